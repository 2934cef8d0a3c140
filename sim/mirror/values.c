/* values.c - variables of nodes and terms over them. */
#include "sim/mirror/inside.h"

void document_put(struct document *d, const struct name *name, struct str value)
{
    for (u32 i = 0; i < d->count; i++)
        if (name_is(&d->items[i].name, name)) {
            d->items[i].value = value;
            return;
        }
    must(d->count < LEN(d->items));
    d->items[d->count++] = (struct variable){*name, value, NULL};
}

struct str document_print(const struct document *d, struct arena *arena)
{
    struct buf b;

    buf_init(&b, arena, 64);
    buf_byte(&b, '{');
    for (u32 i = 0; i < d->count; i++)
        buf_print(&b, "%s\"%s\":%.*s", i ? "," : "", d->items[i].name.text,
                  ARG(d->items[i].value));
    buf_byte(&b, '}');
    return buf_str(&b);
}

/* ---- scopes ---------------------------------------------------------------------- */

/* A called process does not see its caller's. */
struct node *scope_around(const struct node *n)
{
    return n->is_root ? NULL : n->scope;
}

struct variable *variable_here(const struct node *n, const struct name *name)
{
    struct variable *v = n->variables;

    while (v && !name_is(&v->name, name))
        v = v->next;
    return v;
}

void variable_set(struct mirror *m, struct node *n, const struct name *name,
                  struct str value)
{
    struct variable *v = variable_here(n, name), **end = &n->variables;

    if (!v) {
        while (*end)
            end = &(*end)->next;
        v = *end = NEW(m->arena, struct variable);
        v->name = *name;
    }
    v->value = value;
}

void document_set(struct mirror *m, struct node *n, const struct document *d)
{
    for (u32 i = 0; i < d->count; i++)
        variable_set(m, n, &d->items[i].name, d->items[i].value);
}

/* Up to where it is, or to the root; what is equal already lets it pass on. */
void document_merge(struct mirror *m, struct node *n, const struct document *d)
{
    for (u32 i = 0; i < d->count; i++) {
        const struct variable *x = &d->items[i];
        struct node *at = n;
        for (; scope_around(at); at = scope_around(at)) {
            const struct variable *v = variable_here(at, &x->name);
            if (v && !str_equal(v->value, x->value))
                break;
        }
        variable_set(m, at, &x->name, x->value);
    }
}

/* The results of a body are a variable of it. */
struct str results_print(const struct mirror *m, const struct node *n)
{
    struct buf b;

    buf_init(&b, m->arena, 32);
    buf_byte(&b, '[');
    for (i32 i = 0; i < n->room; i++)
        buf_print(&b, "%s%.*s", i ? "," : "", ARG(n->results[i]));
    buf_byte(&b, ']');
    return buf_str(&b);
}

static bool has_results(const struct mirror *m, const struct node *n)
{
    return n->is_body && n->results && m->plan->parts[n->part].loop.results.text[0];
}

/* A loop's unfinished results are seen by expressions only. */
void document_here(const struct node *n, struct document *out)
{
    out->count = 0;
    for (const struct variable *v = n->variables; v; v = v->next)
        document_put(out, &v->name, v->value);
}

static struct str lookup(const struct mirror *m, const struct node *n,
                         const struct document *over, const struct name *name)
{
    for (u32 i = 0; over && i < over->count; i++)
        if (name_is(&over->items[i].name, name))
            return over->items[i].value;
    for (; n; n = scope_around(n)) {
        const struct variable *v = variable_here(n, name);
        if (v)
            return v->value;
        if (has_results(m, n) && name_is(&m->plan->parts[n->part].loop.results, name))
            return results_print(m, n);
    }
    return STR("null");
}

static bool is_in(const struct document *d, u32 count, const struct name *name)
{
    for (u32 i = 0; i < count; i++)
        if (name_is(&d->items[i].name, name))
            return true;
    return false;
}

/* A loop's unfinished results are not given away, but hide what they are named like. */
void mirror_visible(const struct mirror *m, const struct node *n, struct document *out)
{
    struct document hidden = {.count = 0};

    out->count = 0;
    for (; n; n = scope_around(n)) {
        u32 before = out->count;
        for (const struct variable *v = n->variables; v; v = v->next)
            if (!is_in(out, before, &v->name) &&
                !is_in(&hidden, hidden.count, &v->name))
                document_put(out, &v->name, v->value);
        if (has_results(m, n))
            document_put(&hidden, &m->plan->parts[n->part].loop.results, STR(""));
    }
}

/* ---- terms ----------------------------------------------------------------------- */

struct str term_value(const struct mirror *m, const struct node *n,
                      const struct document *over, const struct term *t)
{
    struct str value;
    i64 number;
    struct buf b;

    switch (t->kind) {
    case TERM_NONE:
        break;
    case TERM_NUMBER:
        return arena_print(m->arena, "%d", t->number);
    case TERM_NAME:
    case TERM_SURE:
        return lookup(m, n, over, &t->name);
    case TERM_SUM:
        value = lookup(m, n, over, &t->name);
        if (str_to_i64(value, &number))
            return arena_print(m->arena, "%lld", (long long)(number + t->number));
        break;
    case TERM_LESS:
        value = lookup(m, n, over, &t->name);
        if (str_to_i64(value, &number))
            return number < t->number ? STR("true") : STR("false");
        break;
    case TERM_LIST:
        buf_init(&b, m->arena, 16);
        buf_byte(&b, '[');
        for (i32 i = 1; i <= t->number; i++)
            buf_print(&b, i > 1 ? ",%d" : "%d", i);
        buf_byte(&b, ']');
        return buf_str(&b);
    }
    return STR("null");
}

/* Later maps see what earlier ones have made. False: one fails, and so all do. */
bool maps_value(const struct mirror *m, const struct node *n, const struct map *maps,
                u32 count, struct document *out)
{
    out->count = 0;
    for (u32 i = 0; i < count; i++) {
        struct str value = term_value(m, n, out, &maps[i].source);
        if (maps[i].source.kind == TERM_SURE && str_is(value, "null"))
            return false;
        document_put(out, &maps[i].target, value);
    }
    return true;
}

bool list_split(const struct mirror *m, struct str list, struct str **items, i32 *count)
{
    size_t depth = 0, from = 1;

    *count = 0;
    if (list.len < 2 || list.data[0] != '[')
        return false;
    *items = NEW_ARRAY(m->arena, struct str, list.len);
    for (size_t i = 1; i < list.len; i++) {
        char c = list.data[i];
        if (depth == 0 && (c == ',' || c == ']') && i > from) {
            (*items)[(*count)++] = (struct str){list.data + from, i - from};
            from = i + 1;
        }
        depth += c == '[';
        depth -= c == ']' && depth > 0;
    }
    return true;
}
