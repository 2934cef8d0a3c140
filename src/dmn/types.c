/* types.c - item definitions. Each becomes a type of FEEL by its text, in which other
 * definitions stand by a word of their own, so that the text means the same in every
 * file. */
#include "base/buf.h"
#include "dmn/private.h"

#define CHAIN_MAX 100 /* of definitions that refer to each other */

static const struct {
    const char *ref, *text;
} builtin_types[] = {
    {"number", "number"},
    {"string", "string"},
    {"boolean", "boolean"},
    {"date", "date"},
    {"time", "time"},
    {"dateTime", "date and time"},
    {"date and time", "date and time"},
    {"dayTimeDuration", "days and time duration"},
    {"days and time duration", "days and time duration"},
    {"yearMonthDuration", "years and months duration"},
    {"years and months duration", "years and months duration"},
    {"Any", "Any"},
    {"context", "context"},
    {"list", "list"},
    {"function", "function"},
    {"integer", "number"}, /* Camunda's */
    {"long", "number"},
    {"double", "number"},
};

/* ---- finding them ---------------------------------------------------------------- */

static void item_collect(struct build *b, struct file *f, const struct xml_node *n,
                         struct item *item)
{
    struct xml_node *c = dmn_child(n, "itemComponent");

    item->xml = n;
    item->file = f;
    item->name = words_tidy(b, dmn_get(n, "name"));
    item->is_collection = str_is(dmn_get(n, "isCollection"), "true");
    item->parts = NEW_ARRAY(b->keep, struct item, dmn_children(n, "itemComponent"));
    for (; c; c = dmn_next(c, "itemComponent"))
        item_collect(b, f, c, &item->parts[item->part_count++]);
}

void items_collect(struct build *b, struct file *f)
{
    struct xml_node *n = dmn_child(f->xml, "itemDefinition");

    f->items = NEW_ARRAY(b->keep, struct item, dmn_children(f->xml, "itemDefinition"));
    for (; n; n = dmn_next(n, "itemDefinition"))
        item_collect(b, f, n, &f->items[f->item_count++]);
}

static struct item *item_named(const struct file *f, struct str name)
{
    for (size_t i = 0; i < f->item_count; i++)
        if (str_equal(f->items[i].name, name))
            return &f->items[i];
    return NULL;
}

/* By name in its own file, or behind the name of an import and a dot; imports without a
 * name are part of the file. Imports of imports are looked through, but not for ever.
 */
static struct item *item_below(const struct file *f, struct str ref, u32 depth)
{
    struct item *item = item_named(f, ref);

    for (size_t i = 0; !item && depth > 0 && i < f->import_count; i++) {
        struct str import = f->imports[i].name, rest = ref;
        if (import.len && !(str_starts(ref, import) && ref.len > import.len + 1 &&
                            ref.data[import.len] == '.'))
            continue;
        if (import.len)
            rest = (struct str){ref.data + import.len + 1, ref.len - import.len - 1};
        item = item_below(f->imports[i].file, rest, depth - 1);
    }
    return item;
}

static struct item *item_find(const struct file *f, struct str ref)
{
    return item_below(f, ref, 2);
}

static const char *simple_find(struct str ref)
{
    for (size_t i = 0; i < LEN(builtin_types); i++)
        if (str_is(ref, builtin_types[i].ref))
            return builtin_types[i].text;
    return NULL;
}

/* A reference may have a prefix in older versions: feel:string. */
static struct str without_prefix(struct str ref)
{
    const char *colon = ref.len ? memchr(ref.data, ':', ref.len) : NULL;
    size_t skip = colon ? (size_t)(colon - ref.data) + 1 : 0;

    return (struct str){ref.data + skip, ref.len - skip};
}

/* What a typeRef means: an item, or else the text of a type of FEEL. */
static struct item *ref_resolve(struct build *b, const struct xml_node *at,
                                struct str ref, const char **text)
{
    struct str rest = without_prefix(ref);
    struct item *item = item_find(b->file, ref);

    *text = "Any";
    if (!item && simple_find(ref))
        *text = simple_find(ref);
    else if (!item && !(item = item_find(b->file, rest)) && simple_find(rest))
        *text = simple_find(rest);
    else if (!item && ref.len && b->options->dialect == FEEL_STANDARD)
        build_flaw(b, at, "the type '%.*s' is not known", ARG(ref));
    return item;
}

/* ---- their texts ----------------------------------------------------------------- */

static void item_describe(struct build *b, struct item *item);

/* A definition that is just being described contains itself: there it is anything. */
static void ref_describe(struct build *b, struct buf *out, const struct xml_node *at,
                         struct str ref, const struct item **base, struct str *simple)
{
    const char *text;
    struct item *item = ref_resolve(b, at, ref, &text);
    struct file *file = b->file;

    if (item) {
        *base = item;
        b->file = item->file;
        if (!item->is_busy)
            item_describe(b, item);
        b->file = file;
    }
    if (item && !item->is_busy)
        buf_add(out, item->word);
    else
        buf_text(out, text);
    *simple = item ? STR("") : str_of(text);
}

/* ---- what text means ------------------------------------------------------------- */

static const struct {
    const char *type, *text;
} readers[READERS] = {
    {"number", "number(?)"},
    {"boolean", "if ? = \"true\" then true else if ? = \"false\" then false else null"},
    {"date", "date(?)"},
    {"time", "time(?)"},
    {"date and time", "date and time(?)"},
    {"days and time duration", "duration(?)"},
    {"years and months duration", "duration(?)"},
};

static void readers_read(struct build *b)
{
    for (size_t i = 0; i < LEN(readers); i++)
        b->dmn->readers[i] =
            code_read(b, b->dmn->files->xml, FEEL_EXPRESSION, str_of(readers[i].text));
}

static struct str type_ref_of(const struct xml_node *n)
{
    struct xml_node *ref = dmn_child(n, "typeRef");

    return ref ? str_trim(ref->text) : dmn_get(n, "typeRef");
}

static void function_describe(struct build *b, struct buf *out,
                              const struct xml_node *n)
{
    struct xml_node *p = dmn_child(n, "parameters");
    const struct item *other;
    struct str simple;

    buf_text(out, "function<");
    for (; p; p = dmn_next(p, "parameters")) {
        ref_describe(b, out, p, type_ref_of(p), &other, &simple);
        if (dmn_next(p, "parameters"))
            buf_text(out, ", ");
    }
    buf_text(out, "> -> ");
    ref_describe(b, out, n, dmn_get(n, "outputTypeRef"), &other, &simple);
}

static void parts_describe(struct build *b, struct buf *out, struct item *item)
{
    buf_text(out, "context<");
    for (size_t i = 0; i < item->part_count; i++) {
        struct item *part = &item->parts[i];
        item_describe(b, part);
        buf_print(out, "%s`%.*s`: %.*s", i ? ", " : "", ARG(part->name),
                  ARG(part->text));
    }
    buf_text(out, ">");
}

static void item_describe(struct build *b, struct item *item)
{
    struct xml_node *function = dmn_child(item->xml, "functionItem");
    struct buf out;

    if (item->is_read)
        return;
    if (++b->depth > CHAIN_MAX)
        build_fail(b, ERR_LIMIT, item->xml, "a chain of more than %d types", CHAIN_MAX);
    item->is_busy = true;
    buf_init(&out, b->keep, 32);
    buf_text(&out, item->is_collection ? "list<" : "");
    if (item->part_count)
        parts_describe(b, &out, item);
    else if (function)
        function_describe(b, &out, function);
    else
        ref_describe(b, &out, item->xml, type_ref_of(item->xml), &item->base,
                     &item->simple);
    buf_text(&out, item->is_collection ? ">" : "");
    item->text = buf_str(&out);
    item->is_read = true;
    item->is_busy = false;
    b->depth--;
}

/* ---- what FEEL needs to know of them --------------------------------------------- */

static void type_list_add(struct file *f, struct str name, const struct item *item)
{
    f->types[f->type_count] = name;
    f->type_texts[f->type_count++] = item->text;
}

static void types_list(struct build *b, struct file *f, size_t words)
{
    size_t size = words + f->item_count;

    for (size_t i = 0; i < f->import_count; i++)
        size += f->imports[i].file->item_count;
    f->types = NEW_ARRAY(b->keep, struct str, size);
    f->type_texts = NEW_ARRAY(b->keep, struct str, size);
    for (size_t i = 0; i < f->item_count; i++)
        type_list_add(f, f->items[i].name, &f->items[i]);
    for (size_t i = 0; i < f->import_count; i++) {
        const struct import *import = &f->imports[i];
        for (size_t j = 0; j < import->file->item_count; j++) {
            struct item *item = &import->file->items[j];
            type_list_add(f,
                          import->name.len
                              ? arena_print(b->keep, "%.*s.%.*s", ARG(import->name),
                                            ARG(item->name))
                              : item->name,
                          item);
        }
    }
    for (struct file *other = b->dmn->files; other; other = other->next)
        for (size_t i = 0; i < other->item_count; i++)
            type_list_add(f, other->items[i].word, &other->items[i]);
}

static void constraints_read(struct build *b, struct item *item)
{
    item->allowed =
        code_read(b, item->xml, FEEL_UNARY_TESTS, dmn_text(item->xml, "allowedValues"));
    item->constraint = code_read(b, item->xml, FEEL_UNARY_TESTS,
                                 dmn_text(item->xml, "typeConstraint"));
    if (item->allowed.feel || item->constraint.feel)
        b->dmn->has_constraints = true;
    for (size_t i = 0; i < item->part_count; i++)
        constraints_read(b, &item->parts[i]);
}

static const struct feel_type *type_compile(struct build *b, const struct xml_node *at,
                                            struct str text)
{
    const struct feel_names names = {.types = b->file->types,
                                     .type_texts = b->file->type_texts,
                                     .type_count = b->file->type_count};
    struct feel_type *type;
    struct err err;

    if (str_is(text, "Any"))
        return NULL;
    if (feel_compile_type(b->keep, text, &names, &type, &err))
        return type;
    build_flaw(b, at, "a type that cannot be read: %s", err.text);
    return NULL;
}

void items_read(struct build *b)
{
    struct file *files = b->dmn->files;
    size_t words = 0;

    readers_read(b);
    for (struct file *f = files; f; f = f->next) {
        items_collect(b, f);
        for (size_t i = 0; i < f->item_count; i++)
            f->items[i].word = arena_print(b->keep, "type_%zu_", ++words);
    }
    for (b->file = files; b->file; b->file = b->file->next)
        for (size_t i = 0; i < b->file->item_count; i++)
            item_describe(b, &b->file->items[i]);
    for (b->file = files; b->file; b->file = b->file->next)
        types_list(b, b->file, words);
    for (b->file = files; b->file; b->file = b->file->next) {
        for (size_t i = 0; i < b->file->item_count; i++) {
            struct item *item = &b->file->items[i];
            item->type = type_compile(b, item->xml, item->word);
            constraints_read(b, item);
        }
    }
}

const struct border *border_read(struct build *b, const struct xml_node *at,
                                 struct str ref)
{
    struct border *border;
    const struct item *item;
    const char *text;

    if (ref.len == 0)
        return NULL;
    item = ref_resolve(b, at, words_tidy(b, ref), &text);
    if (!item && strcmp(text, "Any") == 0)
        return NULL;
    border = NEW(b->keep, struct border);
    border->name = arena_copy(b->keep, ref);
    border->item = item;
    border->simple = item ? STR("") : str_of(text);
    border->type = item ? item->type : type_compile(b, at, str_of(text));
    return border;
}

const struct border *border_result(struct build *b, const struct border *type)
{
    const struct xml_node *function =
        type && type->item ? dmn_child(type->item->xml, "functionItem") : NULL;
    struct file *file = b->file;

    if (!function || type->item->is_collection)
        return type;
    b->file = type->item->file;
    type = border_read(b, function, dmn_get(function, "outputTypeRef"));
    b->file = file;
    return type;
}

/* ---- reading text ---------------------------------------------------------------- */

static struct feel_value simple_read(struct run *r, struct str type,
                                     struct feel_value v)
{
    struct memo memo = {.run = r};
    struct scope none = {.memo = &memo}, *input;
    struct feel_value read;

    for (size_t i = 0; v.kind == FEEL_STRING && i < LEN(readers); i++) {
        if (!str_is(type, readers[i].type))
            continue;
        input = scope_push(&none, STR("?"), v);
        input->up = NULL;
        read = code_eval(r, &r->dmn->readers[i], input);
        return read.kind == FEEL_NULL ? v : read;
    }
    return v;
}

static struct feel_value item_read(struct run *r, const struct item *item,
                                   struct feel_value v);

static struct feel_value parts_read(struct run *r, const struct item *item,
                                    const struct feel_context *c)
{
    size_t count = feel_context_count(c, r->scratch);
    struct feel_value *values = NEW_ARRAY(r->scratch, struct feel_value, count);
    struct str *names = NEW_ARRAY(r->scratch, struct str, count);

    for (size_t i = 0; i < count; i++) {
        values[i] = feel_context_at(c, i, r->scratch, &names[i]);
        for (size_t j = 0; j < item->part_count; j++)
            if (str_equal(item->parts[j].name, names[i]))
                values[i] = item_read(r, &item->parts[j], values[i]);
    }
    return feel_context_of(names, values, count, r->scratch);
}

static struct feel_value items_read_text(struct run *r, const struct item *item,
                                         const struct feel_list *l)
{
    size_t count = feel_list_count(l);
    struct feel_value *values = NEW_ARRAY(r->scratch, struct feel_value, count);

    for (size_t i = 0; i < count; i++)
        values[i] = item_read(r, item, feel_list_at(l, i, r->scratch));
    return feel_list_of(values, count, r->scratch);
}

static struct feel_value item_read(struct run *r, const struct item *item,
                                   struct feel_value v)
{
    run_step(r, 1);
    if (v.kind == FEEL_LIST)
        return items_read_text(r, item, v.list);
    if (item->base)
        return item_read(r, item->base, v);
    return v.kind == FEEL_CONTEXT ? parts_read(r, item, v.context)
                                  : simple_read(r, item->simple, v);
}

struct feel_value border_read_text(struct run *r, const struct border *b,
                                   struct feel_value v)
{
    if (!b)
        return v;
    return b->item ? item_read(r, b->item, v) : simple_read(r, b->simple, v);
}

/* ---- passing a border ------------------------------------------------------------ */

static bool item_allows(struct run *r, const struct item *item, struct feel_value v);

static bool parts_allow(struct run *r, const struct item *item, struct feel_value v)
{
    struct feel_value part;

    for (size_t i = 0; v.kind == FEEL_CONTEXT && i < item->part_count; i++)
        if (feel_context_get(v.context, item->parts[i].name, r->scratch, &part) &&
            !item_allows(r, &item->parts[i], part))
            return false;
    return true;
}

/* Of one value, not of a collection. Null is what nothing is said about. */
static bool value_allowed(struct run *r, const struct item *item, struct feel_value v)
{
    run_step(r, 1);
    if (v.kind == FEEL_NULL)
        return true;
    if (item->allowed.feel && !code_holds(r, &item->allowed, v, NULL))
        return false;
    if (item->base && !item_allows(r, item->base, v))
        return false;
    return parts_allow(r, item, v);
}

static bool item_allows(struct run *r, const struct item *item, struct feel_value v)
{
    if (v.kind == FEEL_NULL)
        return true;
    if (item->constraint.feel && !code_holds(r, &item->constraint, v, NULL))
        return false;
    if (!item->is_collection || v.kind != FEEL_LIST)
        return value_allowed(r, item, v);
    for (size_t i = 0; i < feel_list_count(v.list); i++)
        if (!value_allowed(r, item, feel_list_at(v.list, i, r->scratch)))
            return false;
    return true;
}

/* The value as one of the type; null, and a note, when it is none. */
struct feel_value border_pass(struct run *r, const struct border *b,
                              struct feel_value v)
{
    struct feel_value passed;

    if (!b || v.kind == FEEL_NULL)
        return v;
    passed = b->type ? feel_conform(b->type, &v, r->scratch) : v;
    if (passed.kind == FEEL_GAVE_UP)
        run_fail(r, "a value for the type %.*s: %.*s", ARG(b->name),
                 ARG(passed.string));
    if (passed.kind == FEEL_NULL)
        return run_error(r, "%.*s is no %.*s", ARG(run_text(r, &v)), ARG(b->name));
    if (r->dmn->dialect == FEEL_STANDARD && r->dmn->has_constraints && b->item &&
        !item_allows(r, b->item, passed))
        return run_error(r, "%.*s is not allowed for the type %.*s",
                         ARG(run_text(r, &v)), ARG(b->name));
    return passed;
}
