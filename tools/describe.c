/* describe.c - prints the plain C that follows from the tables: `describe FOLDER`
 * writes all files below it, laid out as in src/. It alone reads the .def files. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the tables as data ---------------------------------------------------------- */

enum row_kind { ROW_RECORD, ROW_FIELD, ROW_LIST, ROW_ONE, ROW_MANY, ROW_END };

struct record_row {
    enum row_kind kind;
    const char *record, *field, *type;
    int tag;
};

static const struct record_row record_rows[] = {
#define RECORD(record, what)                 {ROW_RECORD, #record, what, NULL, 0},
#define FIELD(record, field, type, tag)      {ROW_FIELD, #record, #field, #type, tag},
#define FIELD_LIST(record, field, type, tag) {ROW_LIST, #record, #field, #type, tag},
#define FIELD_ONE(record, field, of, tag)    {ROW_ONE, #record, #field, #of, tag},
#define FIELD_MANY(record, field, of, tag)   {ROW_MANY, #record, #field, #of, tag},
#define END(record)                          {ROW_END, #record, NULL, NULL, 0},
#include "record/records.def"
#undef RECORD
#undef FIELD
#undef FIELD_LIST
#undef FIELD_ONE
#undef FIELD_MANY
#undef END
};

struct command_row {
    const char *kind;
    int number;
    const char *ask, *answer, *intent, *whose, *permission, *admission, *failing,
        *keeps;
};

static const struct command_row command_rows[] = {
#define COMMAND(kind, number, ask, answer, intent, whose, permission, admission, \
                failing, keeps)                                                  \
    {#kind,  number,      #ask,       #answer,  intent,                          \
     #whose, #permission, #admission, #failing, #keeps},
#include "record/commands.def"
#undef COMMAND
};

struct event_row {
    const char *name;
    int number;
    const char *record;
};

static const struct event_row event_rows[] = {
#define EVENT(name, number, record) {#name, number, #record},
#include "record/events.def"
#undef EVENT
};

struct effect_row {
    const char *name, *what;
};

static const struct effect_row effect_rows[] = {
#define EFFECT(name, what) {#name, what},
#include "record/effects.def"
#undef EFFECT
};

struct search_row {
    const char *name;
    int number;
};

static const struct search_row search_rows[] = {
#define SEARCH(name, number) {#name, number},
#include "record/searches.def"
#undef SEARCH
};

/* ---- writing --------------------------------------------------------------------- */

static FILE *out;

static void put(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void put(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vfprintf(out, fmt, args);
    va_end(args);
}

static void fail(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

static void fail(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fputs("describe: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void file_open(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    out = fopen(path, "w");
    if (!out)
        fail("cannot write %s", path);
}

static void file_close(void)
{
    if (fclose(out))
        fail("cannot write all of it; is the disk full?");
}

static void put_lower(const char *name)
{
    for (; *name; name++)
        fputc(*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name, out);
}

/* ---- records --------------------------------------------------------------------- */

struct type_row {
    const char *name, *c;
};

static const struct type_row types[] = {
    {"i64", "i64 "},         {"u64", "u64 "},          {"i32", "i32 "},
    {"u32", "u32 "},         {"boolean", "bool "},     {"text", "struct str "},
    {"json", "struct str "}, {"bytes", "struct str "},
};

static const char *c_type(const struct record_row *r)
{
    for (size_t i = 0; i < LEN(types); i++)
        if (strcmp(types[i].name, r->type) == 0)
            return types[i].c;
    fail("records.def: %s.%s is of no type we know: %s", r->record, r->field, r->type);
}

static bool record_exists(const char *name)
{
    for (size_t i = 0; i < LEN(record_rows); i++)
        if (record_rows[i].kind == ROW_RECORD &&
            strcmp(record_rows[i].record, name) == 0)
            return true;
    return false;
}

/* The order of rows, tags that meet twice, and names of records that are not there. */
static void records_check(void)
{
    const char *open = NULL;

    for (size_t i = 0; i < LEN(record_rows); i++) {
        const struct record_row *r = &record_rows[i];
        if (r->kind == ROW_RECORD ? open != NULL
                                  : !open || strcmp(open, r->record) != 0)
            fail("records.def: %s is not where it belongs", r->record);
        if (r->kind == ROW_RECORD)
            open = r->record;
        if (r->kind == ROW_END)
            open = NULL;
        if ((r->kind == ROW_ONE || r->kind == ROW_MANY) && !record_exists(r->type))
            fail("records.def: %s.%s is of no record we know: %s", r->record, r->field,
                 r->type);
        for (size_t k = i; k-- > 0 && record_rows[k].kind != ROW_RECORD;)
            if (r->tag && record_rows[k].tag == r->tag)
                fail("records.def: tag %d stands twice in %s", r->tag, r->record);
    }
    if (open)
        fail("records.def: %s has no END", open);
}

static bool is_many_of(const char *name)
{
    for (size_t i = 0; i < LEN(record_rows); i++)
        if (record_rows[i].kind == ROW_MANY && strcmp(record_rows[i].type, name) == 0)
            return true;
    return false;
}

static void put_member(const struct record_row *r)
{
    switch (r->kind) {
    case ROW_RECORD:
        put("\n/* %s */\nstruct %s {\n", r->field, r->record);
        break;
    case ROW_FIELD:
        put("    %s%s;%s\n", c_type(r), r->field,
            strcmp(r->type, "json") == 0 ? " /* JSON text */" : "");
        break;
    case ROW_LIST:
        put("    struct %s_list %s;\n", r->type, r->field);
        break;
    case ROW_ONE:
        put("    const struct %s *%s; /* NULL: absent */\n", r->type, r->field);
        break;
    case ROW_MANY:
        put("    struct %s_list %s;\n", r->type, r->field);
        break;
    case ROW_END:
        put("};\n");
        if (is_many_of(r->record))
            put("\nstruct %s_list {\n    const struct %s *items;\n    u32 count;\n};\n",
                r->record, r->record);
        break;
    }
}

/* Lists hold their record by pointer, so they may come before it; but a list must be
 * declared before the record that has one. So: records that are listed come first. */
static void print_records_h(const char *folder)
{
    bool done[LEN(record_rows)] = {false};

    file_open(folder, "record/records.h");
    put("/* records.h - printed from records.def by tools/describe; edit that. */\n"
        "#ifndef RECORDS_H\n#define RECORDS_H\n\n"
        "#include \"base/base.h\"\n\n"
        "struct shape;\n\n"
        "struct u64_list {\n    const u64 *items;\n    u32 count;\n};\n\n"
        "struct text_list {\n    const struct str *items;\n    u32 count;\n};\n");
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < LEN(record_rows); i++) {
            if (done[i] || is_many_of(record_rows[i].record) != (first == 1))
                continue;
            put_member(&record_rows[i]);
            done[i] = true;
        }
    put("\n");
    for (size_t i = 0; i < LEN(record_rows); i++)
        if (record_rows[i].kind == ROW_RECORD)
            put("extern const struct shape %s_shape;\n", record_rows[i].record);
    put("\n#endif\n");
    file_close();
}

static void put_field(const struct record_row *r)
{
    static const char *const kinds[] = {"", "", "LIST_", "ONE", "MANY", ""};

    put("    {\"%s\", FIELD_%s", r->field, kinds[r->kind]);
    if (r->kind == ROW_FIELD || r->kind == ROW_LIST)
        for (const char *c = r->type; *c; c++)
            fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
    put(", %d, offsetof(struct %s, %s), ", r->tag, r->record, r->field);
    if (r->kind == ROW_ONE || r->kind == ROW_MANY)
        put("&%s_shape},\n", r->type);
    else
        put("NULL},\n");
}

/* Does it hold more than a number? Then it points to what stands elsewhere. */
static bool is_far(const struct record_row *r)
{
    return r->kind != ROW_FIELD || strcmp(r->type, "text") == 0 ||
           strcmp(r->type, "json") == 0 || strcmp(r->type, "bytes") == 0;
}

static const struct record_row *record_end(const struct record_row *r)
{
    while (r->kind != ROW_END)
        r++;
    return r;
}

/* A field that the printed functions know: a number, a text or a list of numbers. */
static bool is_walked(const struct record_row *r)
{
    return r->kind == ROW_FIELD || (r->kind == ROW_LIST && strcmp(r->type, "u64") == 0);
}

/* How its functions in record/walk.h are called. */
static const char *walk_of(const struct record_row *r)
{
    return r->kind == ROW_LIST ? "list" : is_far(r) ? "text" : "number";
}

/* How many bytes its texts and numbers take. Other lists and records are left to the
 * walk by shape, if there are any. */
static void put_far(const struct record_row *r)
{
    const struct record_row *end = record_end(r);
    const char *and = "    if (";

    put("\nstatic size_t %s_far(const void *record)\n{\n    const struct %s *r = "
        "record;"
        "\n\n",
        r->record, r->record);
    for (const struct record_row *f = r + 1; f < end; f++)
        if (!is_walked(f)) {
            put("%sr->%s%s", and, f->field, f->kind == ROW_ONE ? "" : ".items");
            and = " || ";
        }
    if (and[1] == '|')
        put(")\n        return WALK_BY_SHAPE;\n");
    const char *plus = "    return ";
    for (const struct record_row *f = r + 1; f < end; f++)
        if (is_walked(f) && is_far(f)) {
            put("%swalk_%s_size(r->%s)", plus, walk_of(f), f->field);
            plus = " +\n           ";
        }
    put("%s;\n}\n", plus[0] == ' ' && plus[1] == '+' ? "" : "    return 0");
}

static void put_write(const struct record_row *r)
{
    const struct record_row *end = record_end(r);

    put("\nstatic char *%s_write(char *to, const void *record)\n{\n"
        "    const struct %s *r = record;\n\n",
        r->record, r->record);
    for (const struct record_row *f = r + 1; f < end; f++)
        if (is_walked(f))
            put("    to = walk_%s(to, %d, %sr->%s);\n", walk_of(f), f->tag,
                is_far(f) ? "" : "(u64)", f->field);
    put("    return to;\n}\n");
}

static void put_move(const struct record_row *r)
{
    const struct record_row *end = record_end(r);

    put("\nstatic void %s_move(char *to, void *record)\n{\n    struct %s *r = record;"
        "\n\n",
        r->record, r->record);
    for (const struct record_row *f = r + 1; f < end; f++)
        if (is_walked(f) && is_far(f))
            put("    to = walk_%s_move(to, &r->%s);\n", walk_of(f), f->field);
    put("}\n");
}

static bool has_field(const struct record_row *r, bool far_only, bool others)
{
    for (r++; r->kind != ROW_END; r++)
        if (is_walked(r) ? is_far(r) || !far_only : others)
            return true;
    return false;
}

/* Records of such fields have functions of their own: most of what a step does is
 * to write, measure and copy them. */
static void put_shape(const struct record_row *r, int count, unsigned long long far)
{
    bool has_walks = has_field(r, false, false), has_far = has_field(r, true, true);
    bool has_texts = has_field(r, true, false);

    if (has_walks && has_far)
        put_far(r);
    if (has_walks)
        put_write(r);
    if (has_walks && has_texts)
        put_move(r);
    put("\nconst struct shape %s_shape = {\n    \"%s\", sizeof(struct %s), ", r->record,
        r->record, r->record);
    if (count)
        put("%s_fields, %d, 0x%llx", r->record, count, far);
    else
        put("NULL, 0, 0");
    if (has_walks)
        put(",\n    %s_write", r->record);
    if (has_walks && has_far)
        put(", %s_far", r->record);
    if (has_walks && has_texts)
        put(", %s_move", r->record);
    put("};\n");
}

static void print_records_c(const char *folder)
{
    unsigned long long far = 0;
    int count = 0;

    file_open(folder, "record/records.c");
    put("/* records.c - printed from records.def by tools/describe; edit that. */\n"
        "#include \"record/record.h\"\n#include \"record/walk.h\"\n");
    for (size_t i = 0; i < LEN(record_rows); i++) {
        const struct record_row *r = &record_rows[i];
        if (r->kind == ROW_RECORD) {
            count = 0;
            far = 0;
        } else if (r->kind == ROW_END) {
            if (count)
                put("};\n");
            put_shape(r - count - 1, count, far);
        } else {
            if (count == 64)
                fail("records.def: more than 64 fields in %s", r->record);
            if (count == 0)
                put("\nstatic const struct field %s_fields[] = {\n", r->record);
            far |= (unsigned long long)is_far(r) << count++;
            put_field(r);
        }
    }
    file_close();
}

/* ---- commands, events, effects --------------------------------------------------- */

static void kinds_check(void)
{
    for (size_t i = 0; i < LEN(command_rows); i++) {
        const struct command_row *c = &command_rows[i];
        if (!record_exists(c->ask) || !record_exists(c->answer))
            fail("commands.def: %s asks or answers with no record we know", c->kind);
        for (size_t k = 0; k < i; k++)
            if (command_rows[k].number == c->number)
                fail("commands.def: number %d stands twice", c->number);
    }
    for (size_t i = 0; i < LEN(event_rows); i++) {
        if (!record_exists(event_rows[i].record))
            fail("events.def: %s tells of no record we know", event_rows[i].name);
        for (size_t k = 0; k < i; k++)
            if (event_rows[k].number == event_rows[i].number)
                fail("events.def: number %d stands twice", event_rows[i].number);
    }
}

static void print_kinds_h(const char *folder)
{
    file_open(folder, "record/kinds.h");
    put("/* kinds.h - printed from commands.def, events.def and effects.def by\n"
        " * tools/describe; edit those. */\n"
        "#ifndef KINDS_H\n#define KINDS_H\n\n#include \"base/base.h\"\n\n"
        "enum command_kind {\n    CMD_NONE = 0,\n");
    for (size_t i = 0; i < LEN(command_rows); i++)
        put("    CMD_%s = %d,\n", command_rows[i].kind, command_rows[i].number);
    put("};\n\nenum event_kind {\n    EV_NONE = 0,\n");
    for (size_t i = 0; i < LEN(event_rows); i++)
        put("    EV_%s = %d,\n", event_rows[i].name, event_rows[i].number);
    put("};\n\nenum effect_kind {\n");
    for (size_t i = 0; i < LEN(effect_rows); i++)
        put("    EFFECT_%s, /* %s */\n", effect_rows[i].name, effect_rows[i].what);
    put("};\n\nenum search_kind {\n    SEARCH_NONE = 0,\n");
    for (size_t i = 0; i < LEN(search_rows); i++)
        put("    SEARCH_%s = %d,\n", search_rows[i].name, search_rows[i].number);
    put("};\n\nenum command_whose {\n    WHOSE_CLIENT,\n    WHOSE_TODO,\n"
        "    WHOSE_SEND,\n    WHOSE_DUE,\n    WHOSE_NODE,\n};\n\n"
        "enum permission {\n    PERMIT_NONE,\n");
    for (size_t i = 0; i < LEN(command_rows); i++) {
        bool is_new = strcmp(command_rows[i].permission, "NONE") != 0;
        for (size_t k = 0; k < i; k++)
            if (strcmp(command_rows[k].permission, command_rows[i].permission) == 0)
                is_new = false;
        if (is_new)
            put("    PERMIT_%s,\n", command_rows[i].permission);
    }
    put("};\n\n#endif\n");
    file_close();
}

static int number_max(bool events)
{
    int max = 0;

    for (size_t i = 0; !events && i < LEN(command_rows); i++)
        if (command_rows[i].number > max)
            max = command_rows[i].number;
    for (size_t i = 0; events && i < LEN(event_rows); i++)
        if (event_rows[i].number > max)
            max = event_rows[i].number;
    return max;
}

static void print_kinds_c(const char *folder)
{
    file_open(folder, "record/kinds.c");
    put("/* kinds.c - printed from commands.def, events.def and effects.def by\n"
        " * tools/describe; edit those. */\n"
        "#include \"record/record.h\"\n\n"
        "const struct command_info commands[COMMAND_COUNT] = {\n");
    for (size_t i = 0; i < LEN(command_rows); i++) {
        const struct command_row *c = &command_rows[i];
        put("    [CMD_%s] = {\"%s\", \"%s\", &%s_shape, &%s_shape,\n"
            "        WHOSE_%s, PERMIT_%s, %s, %s, %s, %s},\n",
            c->kind, c->kind, c->intent, c->ask, c->answer, c->whose, c->permission,
            strcmp(c->admission, "ALWAYS") == 0 ? "true" : "false",
            strcmp(c->admission, "READ") == 0 ? "true" : "false",
            strcmp(c->failing, "BAN") == 0 ? "true" : "false",
            strcmp(c->keeps, "KEEP") == 0 ? "true" : "false");
    }
    put("};\n\nconst struct event_info events[EVENT_COUNT] = {\n");
    for (size_t i = 0; i < LEN(event_rows); i++)
        put("    [EV_%s] = {\"%s\", &%s_shape},\n", event_rows[i].name,
            event_rows[i].name, event_rows[i].record);
    put("};\n");
    file_close();
}

static void print_counts_h(const char *folder)
{
    file_open(folder, "record/counts.h");
    put("/* counts.h - printed by tools/describe: how long the tables by number are. "
        "*/\n"
        "#ifndef COUNTS_H\n#define COUNTS_H\n\n"
        "#define COMMAND_COUNT %d\n#define EVENT_COUNT %d\n\n#endif\n",
        number_max(false) + 1, number_max(true) + 1);
    file_close();
}

/* ---- the engine's dispatch: a row without its function does not link ------------- */

static void print_dispatch(const char *folder)
{
    file_open(folder, "engine/command/dispatch.c");
    put("/* dispatch.c - printed from commands.def by tools/describe; edit that. */\n"
        "#include \"engine/command/command.h\"\n\n");
    for (size_t i = 0; i < LEN(command_rows); i++) {
        put("void decide_");
        put_lower(command_rows[i].kind);
        put("(struct step *s, u64 key, const void *record);\n");
    }
    put("\ndecider *const deciders[COMMAND_COUNT] = {\n");
    for (size_t i = 0; i < LEN(command_rows); i++) {
        put("    [CMD_%s] = decide_", command_rows[i].kind);
        put_lower(command_rows[i].kind);
        put(",\n");
    }
    put("};\n");
    file_close();
    file_open(folder, "engine/apply/dispatch.c");
    put("/* dispatch.c - printed from events.def by tools/describe; edit that. */\n"
        "#include \"engine/apply/apply.h\"\n\n");
    for (size_t i = 0; i < LEN(event_rows); i++) {
        put("void apply_");
        put_lower(event_rows[i].name);
        put("(struct state *s, u64 key, const void *record);\n");
    }
    put("\napplier *const appliers[EVENT_COUNT] = {\n");
    for (size_t i = 0; i < LEN(event_rows); i++) {
        put("    [EV_%s] = apply_", event_rows[i].name);
        put_lower(event_rows[i].name);
        put(",\n");
    }
    put("};\n");
    file_close();
}

/* ---- the messages of the doors --------------------------------------------------- */

enum part_kind {
    PART_OPEN,
    PART_CLOSED,
    PART_FIELD,
    PART_OPTIONAL,
    PART_LIST,
    PART_ONE_OF,
    PART_LEFT,
    PART_FIXED,
    PART_CHECK,
    PART_END,
    PART_ENUM,
    PART_PACKAGE,
    PART_SERVICE,
};

struct part_to {
    const char *where, *field, *with, *text;
};

/* `name` is the field; of OPEN the record, of CHECK the function. */
struct part_row {
    enum part_kind kind;
    const char *message, *name, *type;
    int number;       /* tag, or value */
    const char *more; /* ONE_OF: the group; REST: the demand; LEFT: why */
    struct part_to to;
    const char *since; /* REST */
};

#define TO(field)                    \
    {                                \
        "RECORD", #field, NULL, NULL \
    }
#define TO_WITH(field, flag)          \
    {                                 \
        "RECORD", #field, #flag, NULL \
    }
#define ASK(field)                \
    {                             \
        "ASK", #field, NULL, NULL \
    }
#define KEY                      \
    {                            \
        "ASK", "key", NULL, NULL \
    }
#define HERE                     \
    {                            \
        "SAME", NULL, NULL, NULL \
    }
#define ONE(field)                \
    {                             \
        "ONE", #field, NULL, NULL \
    }
#define CONSTANT(value)               \
    {                                 \
        "CONSTANT", NULL, NULL, value \
    }
#define ABSENT                     \
    {                              \
        "ABSENT", NULL, NULL, NULL \
    }
#define REFUSED(why)               \
    {                              \
        "REFUSAL", NULL, NULL, why \
    }
#define IGNORED(why)               \
    {                              \
        "NOTHING", NULL, NULL, why \
    }
#define LATER                     \
    {                             \
        "LATER", NULL, NULL, NULL \
    }

/* clang-format off */
#define MESSAGE(m, record)  {.kind = PART_OPEN, .message = #m, .name = #record},
#define CLOSED(m, record)   {.kind = PART_CLOSED, .message = #m, .name = #record},
#define LEFT(m, field, why) {.kind = PART_LEFT, .message = #m, .name = #field, .more = why},
#define FIXED(m, field, n)  {.kind = PART_FIXED, .message = #m, .name = #field, .number = n},
#define CHECK(m, function)  {.kind = PART_CHECK, .message = #m, .name = #function},
#define END(m)              {.kind = PART_END, .message = #m},

static const struct part_row grpc_rows[] = {
#define PACKAGE(package)     {.kind = PART_PACKAGE, .message = #package},
#define SERVICE(service)     {.kind = PART_SERVICE, .message = #service},
#define ENUM(m, value, n)    {.kind = PART_ENUM, .message = #m, .name = #value, .number = n},
#define FIELD(m, field, type, tag, to)         {PART_FIELD, #m, #field, #type, tag, NULL, to, NULL},
#define OPTIONAL(m, field, type, tag, to)      {PART_OPTIONAL, #m, #field, #type, tag, NULL, to, NULL},
#define REPEATED(m, field, type, tag, to)      {PART_LIST, #m, #field, #type, tag, NULL, to, NULL},
#define ONE_OF(m, group, field, type, tag, to) {PART_ONE_OF, #m, #field, #type, tag, #group, to, NULL},
#include "api/grpc.def"
#undef FIELD
};

static const struct part_row rest_rows[] = {
#define FIELD(m, field, type, demand, since, to) {PART_FIELD, #m, #field, #type, 0, #demand, to, since},
#define LIST(m, field, type, demand, since, to)  {PART_LIST, #m, #field, #type, 0, #demand, to, since},
#include "api/rest.def"
#undef FIELD
#undef END
};
/* clang-format on */

struct part_table {
    const char *file, *prefix;
    const struct part_row *rows;
    size_t count;
};

static const struct part_table grpc = {"grpc.def", "grpc", grpc_rows, LEN(grpc_rows)};
static const struct part_table rest = {"rest.def", "rest", rest_rows, LEN(rest_rows)};

struct scalar_row {
    const char *name, *part, *at, *proto;
};

static const struct scalar_row scalars[] = {
    {"int32", "I32", "I32", "int32"},       {"int64", "I64", "I64", "int64"},
    {"uint64", "U64", "I64", "uint64"},     {"bool", "BOOL", "BOOL", "bool"},
    {"string", "TEXT", "TEXT", "string"},   {"strings", "STRINGS", NULL, "StringList"},
    {"bytes", "BYTES", "TEXT", "bytes"},    {"document", "DOCUMENT", "TEXT", "string"},
    {"tenant", "TENANT", "TEXT", "string"}, {"key", "KEY", "I64", NULL},
    {"file", "FILE", NULL, NULL},           {"any", "TEXT", NULL, NULL},
    {"json", "JSON", "TEXT", NULL},
};

static const struct scalar_row *scalar_find(const char *name)
{
    for (size_t i = 0; i < LEN(scalars); i++)
        if (strcmp(scalars[i].name, name) == 0)
            return &scalars[i];
    return NULL;
}

static const struct part_row *message_find(const struct part_table *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].kind <= PART_CLOSED && strcmp(t->rows[i].message, name) == 0)
            return &t->rows[i];
    return NULL;
}

static bool enum_exists(const struct part_table *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].kind == PART_ENUM && strcmp(t->rows[i].message, name) == 0)
            return true;
    return false;
}

static bool part_is_field(const struct part_row *p)
{
    return p->kind >= PART_FIELD && p->kind <= PART_ONE_OF;
}

static bool part_is(const struct part_row *p, const char *where)
{
    return p->to.where && strcmp(p->to.where, where) == 0;
}

static bool message_is_later(const struct part_row *open)
{
    return strcmp(open->name, "LATER") == 0;
}

/* Does the message fill (or show) that field of its record, itself or by a message
 * about the same record? */
static bool message_covers(const struct part_table *t, const struct part_row *open,
                           const char *field)
{
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++) {
        if (p->kind == PART_FIXED && strcmp(p->name, field) == 0)
            return true;
        if ((part_is(p, "RECORD") || part_is(p, "ONE")) &&
            (strcmp(p->to.field, field) == 0 ||
             (p->to.with && strcmp(p->to.with, field) == 0)))
            return true;
        if (part_is(p, "SAME") && message_covers(t, message_find(t, p->type), field))
            return true;
    }
    return false;
}

static bool message_leaves(const struct part_row *open, const char *field)
{
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++)
        if (p->kind == PART_LEFT && strcmp(p->name, field) == 0)
            return true;
    return false;
}

static bool record_has(const char *record, const char *field)
{
    for (size_t i = 0; i < LEN(record_rows); i++)
        if (record_rows[i].kind != ROW_RECORD && record_rows[i].kind != ROW_END &&
            strcmp(record_rows[i].record, record) == 0 &&
            strcmp(record_rows[i].field, field) == 0)
            return true;
    return false;
}

/* Every field of the record is filled or left, not both. */
static void message_check_record(const struct part_table *t,
                                 const struct part_row *open)
{
    for (size_t i = 0; i < LEN(record_rows); i++) {
        const struct record_row *r = &record_rows[i];
        if (r->kind == ROW_RECORD || r->kind == ROW_END ||
            strcmp(r->record, open->name) != 0)
            continue;
        bool covered = message_covers(t, open, r->field);
        bool left = message_leaves(open, r->field);
        if (!covered && !left)
            fail("%s: nothing in %s is about %s.%s", t->file, open->message, r->record,
                 r->field);
        if (covered && left)
            fail("%s: %s both has and leaves %s.%s", t->file, open->message, r->record,
                 r->field);
    }
}

static void part_check(const struct part_table *t, const struct part_row *open,
                       const struct part_row *p)
{
    if (strcmp(open->message, p->message) != 0)
        fail("%s: %s.%s is not where it belongs", t->file, p->message, p->name);
    if (p->type && !scalar_find(p->type) && !enum_exists(t, p->type) &&
        !message_find(t, p->type))
        fail("%s: %s.%s is of no type we know: %s", t->file, p->message, p->name,
             p->type);
    if (part_is(p, "LATER") != message_is_later(open) && part_is_field(p))
        fail("%s: %s.%s goes nowhere", t->file, p->message, p->name);
    if (record_exists(open->name) &&
        (part_is(p, "RECORD") || p->kind == PART_FIXED || p->kind == PART_LEFT) &&
        !record_has(open->name, part_is(p, "RECORD") ? p->to.field : p->name))
        fail("%s: %s has no field for %s.%s", t->file, open->name, p->message, p->name);
    for (const struct part_row *q = open + 1; q < p; q++)
        if (part_is_field(p) && part_is_field(q) &&
            (strcmp(q->name, p->name) == 0 || (p->number && q->number == p->number)))
            fail("%s: %s.%s has a name or tag that stands twice", t->file, p->message,
                 p->name);
}

static void messages_check(const struct part_table *t)
{
    const struct part_row *open = NULL;

    for (size_t i = 0; i < t->count; i++) {
        const struct part_row *p = &t->rows[i];
        if (p->kind >= PART_ENUM)
            continue;
        if ((p->kind <= PART_CLOSED) != !open)
            fail("%s: %s is not where it belongs", t->file, p->message);
        if (p->kind <= PART_CLOSED) {
            open = p;
        } else if (p->kind == PART_END) {
            message_check_record(t, open);
            open = NULL;
        } else {
            part_check(t, open, p);
        }
    }
}

/* ---- the calls ------------------------------------------------------------------- */

struct rpc_row {
    const char *service, *name, *request, *answer;
    bool is_stream;
};

struct route_row {
    const char *operation, *method, *path, *request;
    int status;
    const char *answer;
};

struct call_row {
    const char *command, *local; /* neither: later */
    const char *search, *form;   /* of a SEARCH command */
    struct rpc_row rpc;
    struct route_row route;
};

static const struct call_row call_rows[] = {
/* clang-format off */
#define RPC(service, name, request, answer)    {#service, #name, #request, #answer, false}
#define STREAM(service, name, request, answer) {#service, #name, #request, #answer, true}
#define ROUTE(operation, method, path, request, status, answer) \
    {#operation, #method, path, #request, status, #answer}
#define NO_RPC                {.name = NULL}
#define NO_ROUTE              {.path = NULL}
#define CALL(kind, at_grpc, at_rest)      {.command = #kind, .rpc = at_grpc, .route = at_rest},
#define LOCAL(function, at_grpc, at_rest) {.local = #function, .rpc = at_grpc, .route = at_rest},
#define SEARCH(what, how, operation, method, path) \
    {.command = "SEARCH", .search = #what, .form = #how, \
     .route = {#operation, #method, path, "NOTHING", 200, "NOTHING"}},
#define LATER_RPC(kind, service, name, request, answer) \
    {.rpc = kind(service, name, request, answer)},
#define LATER_ROUTE(operation, method, path) \
    {.route = {#operation, #method, path, "NOTHING", 0, "NOTHING"}},
#include "api/calls.def"
    /* clang-format on */
};

static bool call_is_later(const struct call_row *c)
{
    return !c->command && !c->local;
}

/* The message of a call's one side; NULL: it has none. It must be about the record that
 * the command has there. */
static const struct part_row *call_message(const struct part_table *t,
                                           const struct call_row *c, const char *name,
                                           bool is_answer)
{
    if (strcmp(name, "NOTHING") == 0)
        return NULL;
    const struct part_row *open = message_find(t, name);
    if (!open)
        fail("calls.def: there is no message %s in %s", name, t->file);
    for (size_t i = 0; c->command && i < LEN(command_rows); i++)
        if (strcmp(command_rows[i].kind, c->command) == 0 &&
            strcmp(is_answer ? command_rows[i].answer : command_rows[i].ask,
                   open->name) != 0)
            fail("calls.def: %s is not about what %s %s with", name, c->command,
                 is_answer ? "answers" : "asks");
    return open;
}

static void calls_check(void)
{
    for (size_t i = 0; i < LEN(call_rows); i++) {
        const struct call_row *c = &call_rows[i];
        if (c->rpc.name) {
            call_message(&grpc, c, c->rpc.request, false);
            call_message(&grpc, c, c->rpc.answer, true);
        }
        if (c->route.operation) {
            call_message(&rest, c, c->route.request, false);
            call_message(&rest, c, c->route.answer, true);
        }
    }
}

static int route_compare(const void *a, const void *b)
{
    const struct route_row *x = &(*(const struct call_row *const *)a)->route;
    const struct route_row *y = &(*(const struct call_row *const *)b)->route;
    int order = strcmp(x->path, y->path);

    return order ? order : strcmp(x->method, y->method);
}

/* By path, then by method: `{` comes after all letters, so what is spelled out comes
 * before what stands for anything. */
static size_t routes_sorted(const struct call_row *sorted[LEN(call_rows)])
{
    size_t count = 0;

    for (size_t i = 0; i < LEN(call_rows); i++)
        if (call_rows[i].route.operation)
            sorted[count++] = &call_rows[i];
    qsort(sorted, count, sizeof(sorted[0]), route_compare);
    return count;
}

/* ---- api/tables.c ---------------------------------------------------------------- */

static void put_escaped(const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void put_text(const char *text)
{
    put("\"");
    put_escaped(text);
    put("\"");
}

/* The item of a list: which record's list, in C. */
static const char *list_item(const struct part_table *t, const struct part_row *p)
{
    const struct part_row *of = message_find(t, p->type);

    return of ? of->name : strcmp(p->type, "file") == 0 ? "resource" : "text";
}

static void put_at(const struct part_table *t, const struct part_row *open,
                   const struct part_row *p)
{
    const char *record = part_is(p, "ASK") ? "ask" : open->name;
    const struct scalar_row *s = scalar_find(p->type);

    if (p->kind == PART_LIST)
        put(",\n     .offset = AT_LIST(%s, %s, %s)", record, p->to.field,
            list_item(t, p));
    else if (strcmp(p->type, "strings") == 0)
        put(",\n     .offset = AT_LIST(%s, %s, text)", record, p->to.field);
    else if (part_is(p, "ONE"))
        put(",\n     .offset = AT_ONE(%s, %s, %s)", record, p->to.field,
            message_find(t, p->type)->name);
    else
        put(",\n     .offset = AT_%s(%s, %s)", s ? s->at : "I32", record, p->to.field);
    if (p->to.with)
        put(", .flag = 1 + AT_BOOL(%s, %s)", record, p->to.with);
}

static void put_demand(const char *demand)
{
    static const char *const names[][2] = {
        {"IN_PATH", "PATH"},      {"REQUIRED", "THERE"},
        {"POSITIVE", "POSITIVE"}, {"OPTIONAL_POSITIVE", "POSITIVE_IF_THERE"},
        {"NULLABLE", "NULLABLE"}, {"CLEARABLE", "CLEARABLE"},
        {"IN_QUERY", "QUERY"},    {"QUERY_REQUIRED", "QUERY_THERE"},
    };

    if (!demand)
        return;
    for (size_t i = 0; i < LEN(names); i++)
        if (strcmp(names[i][0], demand) == 0)
            put(", .demand = DEMAND_%s", names[i][1]);
    if (strncmp(demand, "DEFAULT(", 8) == 0)
        put(", .number = %ld", strtol(demand + 8, NULL, 10));
}

static void put_part(const struct part_table *t, const struct part_row *open,
                     const struct part_row *p)
{
    const struct scalar_row *s = scalar_find(p->type);
    const struct part_row *of = message_find(t, p->type);

    put("    {\"%s\", PART_%s, IN_%s", p->name,
        s    ? s->part
        : of ? "MESSAGE"
             : "ENUM",
        p->to.where);
    if (p->kind == PART_LIST)
        put(", .is_list = true");
    if (p->number)
        put(", .tag = %d", p->number);
    if (t == &rest)
        put_demand(p->more);
    if (p->to.field)
        put_at(t, open, p);
    if (part_is(p, "REFUSAL") || part_is(p, "CONSTANT")) {
        put(",\n     .text = ");
        put_text(p->to.text);
    }
    if (part_is(p, "CONSTANT"))
        put(", .number = %ld", strtol(p->to.text, NULL, 10));
    if (of && (part_is(p, "RECORD") || part_is(p, "SAME") || part_is(p, "ONE")))
        put(",\n     .of = &%s_%s", t->prefix, p->type);
    put("},\n");
}

static void put_message(const struct part_table *t, const struct part_row *open)
{
    const char *check = NULL;
    int count = 0;

    for (const struct part_row *p = open + 1; p->kind != PART_END; p++) {
        if (p->kind == PART_CHECK)
            check = p->name;
        if ((!part_is_field(p) && p->kind != PART_FIXED) || part_is(p, "ABSENT"))
            continue;
        if (count++ == 0)
            put("\nstatic const struct part %s_%s_parts[] = {\n", t->prefix,
                open->message);
        if (p->kind == PART_FIXED)
            put("    {\"\", PART_BOOL, IN_FIXED, .offset = AT_BOOL(%s, %s),\n"
                "     .number = %d},\n",
                open->name, p->name, p->number);
        else
            put_part(t, open, p);
    }
    if (count)
        put("};\n");
    put("\nstatic const struct message %s_%s = {\n    \"%s\", sizeof(struct %s), ",
        t->prefix, open->message, open->message, open->name);
    if (count)
        put("%s_%s_parts, %d, %s, %s};\n", t->prefix, open->message, count,
            open->kind == PART_CLOSED ? "true" : "false", check ? check : "NULL");
    else
        put("NULL, 0, %s, NULL};\n", open->kind == PART_CLOSED ? "true" : "false");
}

static void put_messages(const struct part_table *t)
{
    put("\n");
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].kind <= PART_CLOSED && !message_is_later(&t->rows[i]))
            put("static const struct message %s_%s;\n", t->prefix, t->rows[i].message);
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].kind <= PART_CLOSED && !message_is_later(&t->rows[i]))
            put_message(t, &t->rows[i]);
}

static const char *service_package(const char *service)
{
    const char *package = NULL;

    for (size_t i = 0; i < grpc.count; i++) {
        if (grpc_rows[i].kind == PART_PACKAGE)
            package = grpc_rows[i].message;
        if (grpc_rows[i].kind == PART_SERVICE &&
            strcmp(grpc_rows[i].message, service) == 0)
            return package;
    }
    fail("calls.def: there is no service %s in grpc.def", service);
}

static void put_how(const struct call_row *c)
{
    if (c->command)
        put("CMD_%s, NULL", c->command);
    else if (c->local)
        put("CMD_NONE, local_%s", c->local);
    else
        put("CMD_NONE, NULL");
}

static void put_message_name(const struct part_table *t, const char *name,
                             bool is_there)
{
    if (is_there && strcmp(name, "NOTHING") != 0)
        put("&%s_%s, ", t->prefix, name);
    else
        put("NULL, ");
}

static void put_rpcs(void)
{
    int count = 0;

    put("\nconst struct rpc rpcs[] = {\n");
    for (size_t i = 0; i < LEN(call_rows); i++) {
        const struct call_row *c = &call_rows[i];
        if (!c->rpc.name)
            continue;
        put("    {\"%s\", \"/%s.%s/%s\",\n     ", c->rpc.name,
            service_package(c->rpc.service), c->rpc.service, c->rpc.name);
        put_message_name(&grpc, c->rpc.request, !call_is_later(c));
        put_message_name(&grpc, c->rpc.answer, !call_is_later(c));
        put_how(c);
        put(", %s},\n", c->rpc.is_stream ? "true" : "false");
        count++;
    }
    put("};\nconst u32 rpc_count = %d;\n", count);
}

static bool request_has_file(const char *name)
{
    const struct part_row *open = message_find(&rest, name);

    for (const struct part_row *p = open ? open + 1 : NULL; p && p->kind != PART_END;
         p++)
        if (p->type && strcmp(p->type, "file") == 0)
            return true;
    return false;
}

static void put_routes(void)
{
    const struct call_row *sorted[LEN(call_rows)];
    size_t count = routes_sorted(sorted);

    put("\nconst struct route routes[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const struct route_row *r = &sorted[i]->route;
        put("    {\"%s\", \"%s\", \"%s\",\n     ", r->operation, r->method, r->path);
        put_message_name(&rest, r->request, true);
        put_message_name(&rest, r->answer, true);
        put_how(sorted[i]);
        put(", %d, %s", r->status, request_has_file(r->request) ? "true" : "false");
        if (sorted[i]->search)
            put(", SEARCH_%s, FORM_%s", sorted[i]->search, sorted[i]->form);
        put("},\n");
    }
    put("};\nconst u32 route_count = %zu;\n", count);
}

static void print_api_tables(const char *folder)
{
    file_open(folder, "api/tables.c");
    put("/* tables.c - printed from calls.def, grpc.def and rest.def by "
        "tools/describe;\n"
        " * edit those. */\n"
        "#include \"api/private.h\"\n");
    put_messages(&grpc);
    put_messages(&rest);
    put_rpcs();
    put_routes();
    file_close();
}

/* ---- docs/fermata.proto ---------------------------------------------------------- */

/* `A_B` is B inside A. */
static const char *name_inner(const char *name)
{
    const char *bar = strchr(name, '_');

    return bar ? bar + 1 : name;
}

static bool name_is_in(const char *name, const char *outer)
{
    size_t len = strlen(outer);

    return strncmp(name, outer, len) == 0 && name[len] == '_';
}

static void put_proto_enum(size_t first, const char *indent)
{
    const char *name = grpc_rows[first].message;

    put("\n%senum %s {\n", indent, name_inner(name));
    for (size_t i = first; i < grpc.count && grpc_rows[i].kind == PART_ENUM; i++)
        if (strcmp(grpc_rows[i].message, name) == 0)
            put("%s  %s = %d;\n", indent, grpc_rows[i].name, grpc_rows[i].number);
    put("%s}\n", indent);
}

static void put_proto_field(const struct part_row *p, const char *indent)
{
    const struct scalar_row *s = scalar_find(p->type);

    if (part_is(p, "REFUSAL"))
        put("%s// Refused when set: %s.\n", indent, p->to.text);
    if (part_is(p, "NOTHING"))
        put("%s// Without effect: %s.\n", indent, p->to.text);
    if (strcmp(p->type, "document") == 0)
        put("%s// A JSON object.\n", indent);
    put("%s%s%s %s = %d;\n", indent,
        p->kind == PART_OPTIONAL ? "optional "
        : p->kind == PART_LIST   ? "repeated "
                                 : "",
        s ? s->proto : name_inner(p->type), p->name, p->number);
}

static bool enum_begins(size_t i)
{
    return grpc_rows[i].kind == PART_ENUM &&
           (i == 0 || grpc_rows[i - 1].kind != PART_ENUM ||
            strcmp(grpc_rows[i - 1].message, grpc_rows[i].message) != 0);
}

static void put_proto_fields(const struct part_row *open, const char *indent)
{
    const char *group = NULL;
    char deeper[32];

    snprintf(deeper, sizeof(deeper), "%s  ", indent);
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++) {
        if (!part_is_field(p))
            continue;
        if (group && (p->kind != PART_ONE_OF || strcmp(group, p->more) != 0)) {
            put("%s}\n", indent);
            group = NULL;
        }
        if (p->kind == PART_ONE_OF && !group) {
            put("%soneof %s {\n", indent, p->more);
            group = p->more;
        }
        put_proto_field(p, group ? deeper : indent);
    }
    if (group)
        put("%s}\n", indent);
}

static void put_proto_message(const struct part_row *open, const char *indent)
{
    char deeper[32];

    snprintf(deeper, sizeof(deeper), "%s  ", indent);
    put("\n%smessage %s {\n", indent, name_inner(open->message));
    put_proto_fields(open, deeper);
    for (size_t i = 0; i < grpc.count; i++) {
        if (enum_begins(i) && name_is_in(grpc_rows[i].message, open->message))
            put_proto_enum(i, deeper);
        if (grpc_rows[i].kind == PART_OPEN &&
            name_is_in(grpc_rows[i].message, open->message))
            put_proto_message(&grpc_rows[i], deeper);
    }
    put("%s}\n", indent);
}

static void put_proto_service(const char *service)
{
    put("\nservice %s {\n", service);
    for (size_t i = 0; i < LEN(call_rows); i++) {
        const struct rpc_row *r = &call_rows[i].rpc;
        if (!r->name || strcmp(r->service, service) != 0)
            continue;
        if (call_is_later(&call_rows[i]))
            put("  // Answers UNIMPLEMENTED so far.\n");
        put("  rpc %s(%s) returns (%s%s);\n", r->name, r->request,
            r->is_stream ? "stream " : "", r->answer);
    }
    put("}\n");
}

/* The first package only: health is a .proto that everybody has. */
static void print_proto(const char *folder)
{
    size_t end = 1;

    while (end < grpc.count && grpc_rows[end].kind != PART_PACKAGE)
        end++;
    file_open(folder, "../docs/fermata.proto");
    put("// fermata.proto - printed from src/api/*.def by tools/describe.\n"
        "// What fermata answers to over gRPC, beside grpc.health.v1.\n"
        "syntax = \"proto3\";\n\npackage %s;\n",
        grpc_rows[0].message);
    put_proto_service(grpc_rows[1].message);
    for (size_t i = 0; i < end; i++) {
        const struct part_row *p = &grpc_rows[i];
        if (p->kind == PART_OPEN && !strchr(p->message, '_'))
            put_proto_message(p, "");
        if (enum_begins(i) && !strchr(p->message, '_'))
            put_proto_enum(i, "");
    }
    file_close();
}

/* ---- docs/openapi.json, also as C ------------------------------------------------ */

/* What a type is, without the braces around it. */
static void put_schema_type(const struct part_row *p)
{
    static const char *const types[][2] = {
        {"int32", "\"type\": \"integer\", \"format\": \"int32\""},
        {"int64", "\"type\": \"integer\", \"format\": \"int64\""},
        {"bool", "\"type\": \"boolean\""},
        {"string", "\"type\": \"string\""},
        {"tenant", "\"type\": \"string\""},
        {"key", "\"type\": \"string\", \"pattern\": \"^-?[0-9]{1,25}$\""},
        {"document", "\"type\": \"object\", \"additionalProperties\": true"},
        {"file", "\"type\": \"string\", \"format\": \"binary\""},
        {"any", ""},
        {"json", ""},
    };

    for (size_t i = 0; i < LEN(types); i++)
        if (strcmp(types[i][0], p->type) == 0) {
            put("%s", types[i][1]);
            return;
        }
    put("\"$ref\": \"#/components/schemas/%s\"", p->type);
}

static bool demand_is_there(const struct part_row *p)
{
    return strcmp(p->more, "REQUIRED") == 0 || strcmp(p->more, "POSITIVE") == 0 ||
           strcmp(p->more, "NULLABLE") == 0;
}

/* Where it stands in the address; NULL: it is in the body. */
static const char *parameter_place(const struct part_row *p)
{
    if (strcmp(p->more, "IN_PATH") == 0)
        return "path";
    return strcmp(p->more, "IN_QUERY") == 0 || strcmp(p->more, "QUERY_REQUIRED") == 0
               ? "query"
               : NULL;
}

static void put_schema_property(const struct part_row *p)
{
    put("          \"%s\": {\"x-since\": \"%s\"", p->name, p->since);
    if (part_is(p, "REFUSAL"))
        put(", \"description\": \"Refused when set: %s.\"", p->to.text);
    if (part_is(p, "NOTHING") && !strstr(p->to.text, " reads it"))
        put(", \"description\": \"Without effect: %s.\"", p->to.text);
    if (strstr(p->more, "POSITIVE"))
        put(", \"minimum\": 1");
    if (strncmp(p->more, "DEFAULT(", 8) == 0)
        put(", \"default\": %ld", strtol(p->more + 8, NULL, 10));
    if (strcmp(p->type, "any") == 0 || strcmp(p->type, "json") == 0) {
        put("}");
        return;
    }
    put("%s", p->kind == PART_LIST ? ", \"type\": \"array\", \"items\": {"
              : strcmp(p->more, "NULLABLE") == 0
                  ? ", \"oneOf\": [{\"type\": \"null\"}, {"
                  : ", ");
    put_schema_type(p);
    put("%s", p->kind == PART_LIST               ? "}}"
              : strcmp(p->more, "NULLABLE") == 0 ? "}]}"
                                                 : "}");
}

static void put_schema(const struct part_row *open)
{
    const char *comma = "";

    put("      \"%s\": {\n        \"type\": \"object\",\n", open->message);
    if (open->kind == PART_CLOSED)
        put("        \"additionalProperties\": false,\n");
    put("        \"required\": [");
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++)
        if (part_is_field(p) && demand_is_there(p)) {
            put("%s\"%s\"", comma, p->name);
            comma = ", ";
        }
    put("],\n        \"properties\": {");
    comma = "\n";
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++)
        if (part_is_field(p) && !parameter_place(p)) {
            put("%s", comma);
            put_schema_property(p);
            comma = ",\n";
        }
    put("\n        }\n      }");
}

static void put_problem_schema(void)
{
    put(",\n      \"Problem\": {\n        \"type\": \"object\",\n"
        "        \"required\": [\"type\", \"title\", \"status\", \"detail\", "
        "\"instance\"],\n        \"properties\": {\n"
        "          \"type\": {\"type\": \"string\"},\n"
        "          \"title\": {\"type\": \"string\"},\n"
        "          \"status\": {\"type\": \"integer\", \"format\": \"int32\"},\n"
        "          \"detail\": {\"type\": \"string\"},\n"
        "          \"instance\": {\"type\": \"string\"}\n        }\n      }");
}

static void put_parameters(const struct route_row *r)
{
    const struct part_row *open = message_find(&rest, r->request);
    const char *before = "        \"parameters\": [";

    for (const struct part_row *p = open ? open + 1 : NULL; p && p->kind != PART_END;
         p++)
        if (part_is_field(p) && parameter_place(p)) {
            put("%s{\"name\": \"%s\", \"in\": \"%s\", \"required\": %s,\n"
                "          \"schema\": {",
                before, p->name, parameter_place(p),
                strcmp(p->more, "IN_QUERY") == 0 ? "false" : "true");
            put_schema_type(p);
            put("}}");
            before = ",\n          ";
        }
    if (before[0] == ',')
        put("],\n");
}

/* Nothing but what stands in the address is no body. */
static bool request_has_body(const struct route_row *r)
{
    const struct part_row *open = message_find(&rest, r->request);

    if (!open)
        return false;
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++)
        if (part_is_field(p) && !parameter_place(p))
            return true;
    return strcmp(r->method, "POST") == 0;
}

/* What goes in and what comes out, by messages. */
static void put_exchange(const struct route_row *r)
{
    put_parameters(r);
    if (request_has_body(r))
        put("        \"requestBody\": {\"content\": {\"%s\":\n          {\"schema\": "
            "{\"$ref\": \"#/components/schemas/%s\"}}}},\n",
            request_has_file(r->request) ? "multipart/form-data" : "application/json",
            r->request);
    put("        \"responses\": {\n          \"%d\": {\"description\": \"done\"",
        r->status);
    if (strcmp(r->answer, "NOTHING") != 0)
        put(",\n            \"content\": {\"application/json\":\n              "
            "{\"schema\": {\"$ref\": \"#/components/schemas/%s\"}}}",
            r->answer);
}

static bool search_is_text(const struct call_row *c)
{
    return strcmp(c->form, "XML") == 0 || strcmp(c->form, "BYTES") == 0;
}

static bool search_is_page(const struct call_row *c)
{
    return strcmp(c->form, "PAGE") == 0 || strncmp(c->form, "IN_", 3) == 0 ||
           strcmp(c->form, "EFFECTIVE") == 0 || strcmp(c->form, "TASK_LOGS") == 0 ||
           strcmp(c->form, "OF_ELEMENTS") == 0;
}

/* A search has no messages: what it answers with stands in the engine's columns. */
static void put_search(const struct call_row *c)
{
    const char *name = strchr(c->route.path, '{');

    if (name)
        put("        \"parameters\": [{\"name\": \"%.*s\", \"in\": \"path\", "
            "\"required\": true,\n          \"schema\": {\"type\": \"string\"}}],\n",
            (int)strcspn(name + 1, "}"), name + 1);
    if (search_is_page(c))
        put("        \"requestBody\": {\"content\": {\"application/json\":\n          "
            "{\"schema\": {\"$ref\": \"#/components/schemas/SearchQuery\"}}}},\n");
    put("        \"responses\": {\n          \"200\": {\"description\": \"done\",\n"
        "            \"content\": {\"%s\":\n              {\"schema\": {",
        strcmp(c->form, "XML") == 0     ? "text/xml"
        : strcmp(c->form, "BYTES") == 0 ? "application/octet-stream"
                                        : "application/json");
    if (search_is_page(c) && strcmp(c->form, "OF_ELEMENTS") != 0)
        put("\"$ref\": \"#/components/schemas/SearchQueryResponse\"");
    else
        put("\"type\": \"%s\"", search_is_text(c)                 ? "string"
                                : strcmp(c->form, "CALLERS") == 0 ? "array"
                                                                  : "object");
    put("}}}");
    if (strcmp(c->form, "SHOWN") == 0)
        put(",\n          \"204\": {\"description\": \"it shows none\"}");
}

static void put_search_schemas(void)
{
    put(",\n      \"SearchQuery\": {\n        \"type\": \"object\",\n"
        "        \"additionalProperties\": false,\n        \"properties\": {\n"
        "          \"filter\": {\"type\": \"object\"},\n"
        "          \"sort\": {\"type\": \"array\", \"items\": {\"type\": "
        "\"object\"}},\n"
        "          \"page\": {\"type\": \"object\"}\n        }\n      }");
    put(",\n      \"SearchQueryResponse\": {\n        \"type\": \"object\",\n"
        "        \"required\": [\"items\", \"page\"],\n        \"properties\": {\n"
        "          \"items\": {\"type\": \"array\", \"items\": {\"type\": "
        "\"object\"}},\n"
        "          \"page\": {\"type\": \"object\"}\n        }\n      }");
}

static void put_operation(const struct call_row *c)
{
    const struct route_row *r = &c->route;

    put("      \"");
    put_lower(r->method);
    put("\": {\n        \"operationId\": \"%s\",\n", r->operation);
    if (c->search)
        put_search(c);
    else
        put_exchange(r);
    put("},\n          \"default\": {\"description\": \"not done\",\n"
        "            \"content\": {\"application/problem+json\":\n              "
        "{\"schema\": {\"$ref\": \"#/components/schemas/Problem\"}}}}\n"
        "        }\n      }");
}

static void put_paths(void)
{
    const struct call_row *sorted[LEN(call_rows)];
    size_t count = routes_sorted(sorted);
    const char *path = "";

    put("  \"paths\": {");
    for (size_t i = 0; i < count; i++) {
        const struct route_row *r = &sorted[i]->route;
        if (call_is_later(sorted[i]))
            continue;
        if (strcmp(path, r->path) == 0)
            put(",\n");
        else
            put("%s    \"%s\": {\n", *path ? "\n    },\n" : "\n", r->path);
        put_operation(sorted[i]);
        path = r->path;
    }
    put("\n    }\n  },\n");
}

static void put_openapi(void)
{
    const char *comma = "\n";

    put("{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\n    \"title\": \"fermata\",\n"
        "    \"description\": \"What fermata answers to over REST. Printed from "
        "src/api/*.def by tools/describe.\",\n    \"version\": \"2\"\n  },\n");
    put_paths();
    put("  \"components\": {\n    \"schemas\": {");
    for (size_t i = 0; i < rest.count; i++)
        if (rest_rows[i].kind <= PART_CLOSED) {
            put("%s", comma);
            put_schema(&rest_rows[i]);
            comma = ",\n";
        }
    put_problem_schema();
    put_search_schemas();
    put("\n    }\n  }\n}\n");
}

/* The text once more, a literal a line. */
static void put_openapi_c(const char *text)
{
    put("/* openapi.c - printed from calls.def and rest.def by tools/describe; edit "
        "those. */\n"
        "#include \"api/private.h\"\n\n"
        "const char openapi_text[] =");
    while (*text) {
        size_t len = strcspn(text, "\n");
        char line[4096];
        snprintf(line, sizeof(line), "%.*s", (int)len, text);
        put("\n    \"");
        put_escaped(line);
        put("\\n\"");
        text += len + (text[len] == '\n');
    }
    put(";\n");
}

static void print_openapi(const char *folder)
{
    char *text = NULL;
    size_t len = 0;

    out = open_memstream(&text, &len);
    if (!out)
        fail("no memory for the OpenAPI text");
    put_openapi();
    file_close();
    file_open(folder, "../docs/openapi.json");
    put("%s", text);
    file_close();
    file_open(folder, "api/openapi.c");
    put_openapi_c(text);
    file_close();
    free(text);
}

/* ---- docs/api.md -------------------------------------------------------------------
 */

/* Some are read by a file of their own, which is no news to clients. */
static bool part_is_read_elsewhere(const struct part_row *p)
{
    return part_is(p, "NOTHING") && strstr(p->to.text, " reads it");
}

static const char *part_what(const struct part_row *p)
{
    static char what[512];
    const char *where = parameter_place(p);

    snprintf(what, sizeof(what), "%s%s%s%s", where ? "in the " : "",
             where && strcmp(where, "path") == 0 ? "path"
             : where                             ? "query"
                                                 : "",
             demand_is_there(p) || (where && strcmp(p->more, "IN_QUERY") != 0)
                 ? where ? ", required" : "required"
                 : "",
             strncmp(p->more, "DEFAULT(", 8) == 0 ? p->more + 7 : "");
    if (part_is(p, "REFUSAL") ||
        (part_is(p, "NOTHING") && !part_is_read_elsewhere(p))) {
        size_t len = strlen(what);
        snprintf(what + len, sizeof(what) - len, "%s%s: %s", len ? "; " : "",
                 part_is(p, "REFUSAL") ? "refused when set" : "without effect",
                 p->to.text);
    }
    return what;
}

static void put_md_part(const struct part_row *p)
{
    put("| `%s` | %s%s%s | %s |\n", p->name, p->type,
        p->kind == PART_LIST ? " list" : "",
        strcmp(p->more, "NULLABLE") == 0 ? " or null" : "", part_what(p));
}

static void put_md_message(const char *title, const char *name)
{
    const struct part_row *open = message_find(&rest, name);

    if (!open || open[1].kind == PART_END)
        return;
    put("\n%s `%s`%s:\n\n| property | type | |\n|---|---|---|\n", title, name,
        open->kind == PART_CLOSED ? ", which takes no others" : "");
    for (const struct part_row *p = open + 1; p->kind != PART_END; p++)
        if (part_is_field(p))
            put_md_part(p);
}

static const char *search_words(const struct call_row *c)
{
    if (search_is_page(c))
        return "A search: `filter`, `sort` and `page` in the body; a page of items.";
    if (strcmp(c->form, "ONE") == 0)
        return "One thing, by its key.";
    return strcmp(c->form, "SHOWN") == 0 ? "The form that it shows; 204: none."
                                         : "A file, as it was deployed.";
}

static void put_md_operation(const struct call_row *c)
{
    const struct route_row *r = &c->route;

    put("\n### %s\n\n`%s %s`: %d\n", r->operation, r->method, r->path, r->status);
    if (c->search)
        put("\n%s\n", search_words(c));
    put_md_message("Request", r->request);
    put_md_message("Answer", r->answer);
}

/* Messages within messages, each once. */
static bool md_is_shown(const char *name)
{
    for (size_t i = 0; i < LEN(call_rows); i++)
        if (call_rows[i].route.operation &&
            (strcmp(call_rows[i].route.request, name) == 0 ||
             strcmp(call_rows[i].route.answer, name) == 0))
            return true;
    return false;
}

static void print_api_md(const char *folder)
{
    const struct call_row *sorted[LEN(call_rows)];
    size_t count = routes_sorted(sorted);

    file_open(folder, "../docs/api.md");
    put("# The REST API\n\nPrinted from src/api/*.def by tools/describe. The same as "
        "OpenAPI: docs/openapi.json, which a server gives at\n`/v2/openapi.json`. What "
        "is refused is a problem document with `type`, `title`, `status`, `detail` and "
        "`instance`.\n\n## Operations\n");
    for (size_t i = 0; i < count; i++)
        if (!call_is_later(sorted[i]))
            put_md_operation(sorted[i]);
    put("\n## What they are made of\n");
    for (size_t i = 0; i < rest.count; i++)
        if (rest_rows[i].kind <= PART_CLOSED && !md_is_shown(rest_rows[i].message)) {
            put("\n### %s\n", rest_rows[i].message);
            put_md_message("Of it", rest_rows[i].message);
        }
    put("\n## Not carried out yet\n\nThese answer 501, and say so by name.\n\n");
    for (size_t i = 0; i < count; i++)
        if (call_is_later(sorted[i]))
            put("- `%s %s` %s\n", sorted[i]->route.method, sorted[i]->route.path,
                sorted[i]->route.operation);
    file_close();
}

int main(int argc, char **argv)
{
    if (argc != 2)
        fail("usage: describe FOLDER");
    records_check();
    kinds_check();
    print_records_h(argv[1]);
    print_records_c(argv[1]);
    print_kinds_h(argv[1]);
    print_kinds_c(argv[1]);
    print_counts_h(argv[1]);
    print_dispatch(argv[1]);
    messages_check(&grpc);
    messages_check(&rest);
    calls_check();
    print_api_tables(argv[1]);
    print_proto(argv[1]);
    print_openapi(argv[1]);
    print_api_md(argv[1]);
    return 0;
}
