/* describe.c - prints the plain C that follows from the tables: `describe FOLDER`
 * writes all files below it, laid out as in src/. It alone reads the .def files. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the tables as data
 * ---------------------------------------------------------------- */

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

/* ---- writing
 * ------------------------------------------------------------------------------ */

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

/* ---- records
 * ------------------------------------------------------------------------------- */

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

static void print_records_c(const char *folder)
{
    int count = 0;

    file_open(folder, "record/records.c");
    put("/* records.c - printed from records.def by tools/describe; edit that. */\n"
        "#include \"record/record.h\"\n");
    for (size_t i = 0; i < LEN(record_rows); i++) {
        const struct record_row *r = &record_rows[i];
        if (r->kind == ROW_RECORD) {
            count = 0;
        } else if (r->kind == ROW_END) {
            if (count)
                put("};\n");
            put("\nconst struct shape %s_shape = {\n    \"%s\", sizeof(struct %s), ",
                r->record, r->record, r->record);
            if (count)
                put("%s_fields, %d};\n", r->record, count);
            else
                put("NULL, 0};\n");
        } else {
            if (count++ == 0)
                put("\nstatic const struct field %s_fields[] = {\n", r->record);
            put_field(r);
        }
    }
    file_close();
}

/* ---- commands, events, effects
 * ------------------------------------------------------------ */

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
            "        WHOSE_%s, PERMIT_%s, %s, %s, %s},\n",
            c->kind, c->kind, c->intent, c->ask, c->answer, c->whose, c->permission,
            strcmp(c->admission, "ALWAYS") == 0 ? "true" : "false",
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

/* ---- the engine's dispatch: a row without its function does not link
 * --------------------- */

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
    return 0;
}
