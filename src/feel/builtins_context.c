/* builtins_context.c - DMN 1.5, 10.3.4.10: context functions, with Camunda's paths. */
#include "feel/internal.h"

static const struct feel_context *read(struct eval *e, const struct feel_value *v)
{
    const struct feel_context *c = context_read(v->context, e->arena);

    eval_step(e, c->count);
    return c;
}

/* A context that grows. The later of two entries with one name wins, in the place of
 * the first. */
struct entries {
    struct eval *e;
    struct feel_context made;
    struct str *names;
    struct feel_value *values;
    size_t size;
};

static void entries_grow(struct entries *to)
{
    size_t size = to->size ? 2 * to->size : 8;
    struct str *names = NEW_ARRAY(to->e->arena, struct str, size);
    struct feel_value *values = NEW_ARRAY(to->e->arena, struct feel_value, size);

    if (to->made.count) {
        memcpy(names, to->names, to->made.count * sizeof(*names));
        memcpy(values, to->values, to->made.count * sizeof(*values));
    }
    to->made.names = to->names = names;
    to->made.values = to->values = values;
    to->size = size;
}

/* True: the name was there before. */
static bool entries_put(struct entries *to, struct str name, struct feel_value v)
{
    size_t at;
    bool known;

    eval_step(to->e, 1 + to->made.count / 16);
    known = context_find(&to->made, name, &at);
    if (!known && to->made.count == to->size)
        entries_grow(to);
    if (!known)
        at = to->made.count++;
    to->names[at] = name;
    to->values[at] = v;
    return known;
}

static void entries_put_all(struct entries *to, const struct feel_context *c)
{
    for (size_t i = 0; i < c->count; i++)
        entries_put(to, c->names[i], c->values[i]);
}

static struct feel_value entries_context(const struct entries *to)
{
    return feel_context_of(to->names, to->values, to->made.count, to->e->arena);
}

/* ---- get ------------------------------------------------------------------------- */

static struct feel_value context_value(struct eval *e, const struct feel_value *args)
{
    const struct feel_context *c = read(e, &args[0]);
    size_t at;

    if (context_find(c, args[1].string, &at))
        return c->values[at];
    return eval_null(e, "NO_CONTEXT_ENTRY_FOUND",
                     "No context entry found with key '%.*s'", ARG(args[1].string));
}

static struct feel_value context_value_path(struct eval *e,
                                            const struct feel_value *args)
{
    struct feel_value v = args[0];
    const struct feel_list *keys = args[1].list;

    if (keys->count == 0)
        return builtin_fail(e, "no keys were given");
    for (size_t i = 0; i < keys->count; i++) {
        if (v.kind != FEEL_CONTEXT || keys->items[i].kind != FEEL_STRING)
            return builtin_fail(e, "the keys lead to no value");
        struct feel_value step[] = {v, keys->items[i]};
        v = context_value(e, step);
    }
    return v;
}

static struct feel_value context_entries(struct eval *e, const struct feel_value *args)
{
    static const struct str names[] = {{"key", 3}, {"value", 5}};
    const struct feel_context *c = read(e, &args[0]);
    struct items items = eval_items(e);

    for (size_t i = 0; i < c->count; i++) {
        struct feel_value *entry = NEW_ARRAY(e->arena, struct feel_value, 2);
        entry[0] = feel_string(c->names[i]);
        entry[1] = c->values[i];
        items_add(&items, feel_context_of(names, entry, 2, e->arena));
    }
    return items_list(&items);
}

/* ---- put ------------------------------------------------------------------------- */

static struct feel_value context_put(struct eval *e, const struct feel_value *args)
{
    struct entries to = {.e = e};

    entries_put_all(&to, read(e, &args[0]));
    entries_put(&to, args[1].string, args[2]);
    return entries_context(&to);
}

/* Puts along a path; contexts that are missing on the way are made. Null when something
 * on the way is no context: the standard wants that, Camunda replaces it. */
static struct feel_value put_along(struct eval *e, const struct feel_value *context,
                                   const struct feel_value *keys, size_t count,
                                   const struct feel_value *value)
{
    struct feel_value args[3] = {*context, keys[0], *value};
    struct feel_value below;
    size_t at;

    if (keys[0].kind != FEEL_STRING)
        return builtin_fail(e, "a key that is no string");
    if (count > 1) {
        const struct feel_context *c = read(e, context);
        below = feel_context_of(NULL, NULL, 0, e->arena);
        if (context_find(c, keys[0].string, &at))
            below = c->values[at];
        if (below.kind == FEEL_NULL && e->env->dialect == FEEL_CAMUNDA)
            below = feel_context_of(NULL, NULL, 0, e->arena);
        if (below.kind != FEEL_CONTEXT)
            return builtin_fail(e, "the keys lead through what is no context");
        args[2] = put_along(e, &below, keys + 1, count - 1, value);
        if (args[2].kind == FEEL_NULL)
            return args[2];
    }
    return context_put(e, args);
}

#define KEYS_MAX 200

static struct feel_value context_put_path(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *keys = args[1].list;

    if (keys->count == 0 || keys->count > KEYS_MAX)
        return builtin_fail(e, "no keys were given, or too many");
    return put_along(e, &args[0], keys->items, keys->count, &args[2]);
}

static struct feel_value context_merge(struct eval *e, const struct feel_value *args)
{
    struct entries to = {.e = e};
    const struct feel_list *l = args[0].list;

    for (size_t i = 0; i < l->count; i++) {
        if (l->items[i].kind != FEEL_CONTEXT)
            return builtin_fail(e, "an item that is no context");
        entries_put_all(&to, read(e, &l->items[i]));
    }
    return entries_context(&to);
}

/* From a list of {key, value}. */
static struct feel_value context_from(struct eval *e, const struct feel_value *args)
{
    struct entries to = {.e = e};
    const struct feel_list *l = args[0].list;

    for (size_t i = 0; i < l->count; i++) {
        struct feel_value key, value;
        if (l->items[i].kind != FEEL_CONTEXT ||
            !feel_context_get(l->items[i].context, STR("key"), e->arena, &key) ||
            !feel_context_get(l->items[i].context, STR("value"), e->arena, &value) ||
            key.kind != FEEL_STRING)
            return builtin_fail(e,
                                "an item without a key that is a string and a value");
        if (entries_put(&to, key.string, value) && e->env->dialect == FEEL_STANDARD)
            return builtin_fail(e, "two entries with the same key");
    }
    return entries_context(&to);
}

const struct builtin builtins_context[] = {
    {"get value", "m,key", "cs", context_value},
    {"get value", "context,key", "cs", context_value},
    {"get value", "context,keys", "cl", context_value_path},
    {"get entries", "m", "c", context_entries},
    {"get entries", "context", "c", context_entries},
    {"context put", "context,key,value", "csx", context_put},
    {"context put", "context,keys,value", "clx", context_put_path},
    {"context merge", "contexts", "l", context_merge},
    {"context merge", "contexts", "r", context_merge},
    {"context", "entries", "l", context_from},
    {"put", "context,key,value", "csx", context_put},
    {"put all", "contexts", "l", context_merge},
    {"put all", "contexts", "r", context_merge},
    {0},
};
