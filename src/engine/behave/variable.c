/* variable.c - variables of scopes: seen from inside out, set where they are. */
#include <stdlib.h>

#include "engine/behave/behave.h"
#include "engine/element/element.h"

static u64 scope_around(const struct state *state, u64 scope)
{
    const struct element_row *row = element_get(state, scope);

    return row ? row->scope : 0;
}

/* The results of a loop are read as a variable of its body, made for whoever asks. */
static const struct variable_row *results_visible(struct step *s, u64 scope,
                                                  struct str name)
{
    const struct loop_row *loop = loop_get(s->state, scope);
    struct variable_row *v;

    if (!loop || loop->output.len == 0 || !str_equal(loop->output, name))
        return NULL;
    v = NEW(s->arena, struct variable_row);
    *v = (struct variable_row){loop->instance, scope, name, multi_results(s, scope),
                               UINT64_MAX};
    return v;
}

const struct variable_row *variable_visible(struct step *s, u64 scope, struct str name)
{
    for (; scope; scope = scope_around(s->state, scope)) {
        u64 key = variable_find(s->state, scope, name);
        if (key)
            return variable_get(s->state, key);
        const struct variable_row *results = results_visible(s, scope, name);
        if (results)
            return results;
    }
    return NULL;
}

const char *variable_type(const struct variable_row *v)
{
    return json_kind_name(v ? v->value : STR("null"));
}

static void variable_set(struct step *s, struct changes *c, u64 scope, struct str name,
                         struct str value)
{
    u64 key = variable_find(s->state, scope, name);

    if (key && str_equal(variable_get(s->state, key)->value, value))
        return;
    if (!key)
        emit(s, EV_VARIABLE_CREATED, key_new(s),
             &(struct variable_row){c->instance, scope, name, value});
    else
        emit(s, EV_VARIABLE_UPDATED, key,
             &(struct variable_updated){c->instance, scope, name, value});
    changes_add(s, c, scope, name, !key);
}

void variable_set_local(struct step *s, u64 scope, u64 instance, struct str name,
                        struct str value)
{
    struct changes c;

    changes_begin(s, &c, instance);
    variable_set(s, &c, scope, name, value);
    changes_end(s, &c);
}

void variables_set_local(struct step *s, u64 scope, u64 instance, struct str document)
{
    struct json_walk walk;
    struct changes c;

    if (document.len == 0)
        return;
    changes_begin(s, &c, instance);
    walk = json_walk(document);
    for (struct json_member m; json_next(&walk, s->arena, &m);)
        variable_set(s, &c, scope, m.name, m.value);
    changes_end(s, &c);
}

/* The results of a loop, that this is not: from now they are kept as a variable. */
static bool overwrites_results(struct step *s, u64 scope, struct str name,
                               struct str value)
{
    const struct variable_row *results = results_visible(s, scope, name);

    return results && !str_equal(results->value, value);
}

/* As the original does it (behaviours 10.1): a variable that has the same value already
 * does not stop the new one, which goes on to the scopes around. */
static void variable_merge(struct step *s, struct changes *c, u64 scope,
                           struct str name, struct str value)
{
    for (; scope != c->instance; scope = scope_around(s->state, scope)) {
        u64 key = variable_find(s->state, scope, name);
        must(scope);
        if (key ? !str_equal(variable_get(s->state, key)->value, value)
                : overwrites_results(s, scope, name, value)) {
            variable_set(s, c, scope, name, value);
            return;
        }
    }
    variable_set(s, c, c->instance, name, value);
}

void variables_merge(struct step *s, u64 scope, u64 instance, struct str document)
{
    struct json_walk walk;
    struct changes c;

    if (document.len == 0)
        return;
    changes_begin(s, &c, instance);
    walk = json_walk(document);
    for (struct json_member m; json_next(&walk, s->arena, &m);)
        variable_merge(s, &c, scope, m.name, m.value);
    changes_end(s, &c);
}

u64 variables_change(struct step *s, u64 scope, u64 instance, struct str document,
                     bool is_local)
{
    if (is_local)
        variables_set_local(s, scope, instance, document);
    else
        variables_merge(s, scope, instance, document);
    u64 key = key_new(s);
    emit(s, EV_VARIABLES_CHANGED, key,
         &(struct variables_changed){instance, scope, is_local});
    return key;
}

/* ---- documents of what is there -------------------------------------------------- */

struct found {
    u64 key;
    const struct variable_row *row;
};

static int by_key(const void *a, const void *b)
{
    u64 x = ((const struct found *)a)->key, y = ((const struct found *)b)->key;

    return (x > y) - (x < y);
}

/* A few are put into their places by hand. */
static void found_sort(struct found *all, size_t count)
{
    if (count > 32) {
        qsort(all, count, sizeof(*all), by_key);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct found x = all[i];
        size_t at = i;
        for (; at > 0 && all[at - 1].key > x.key; at--)
            all[at] = all[at - 1];
        all[at] = x;
    }
}

static void put_variable(struct buf *b, const struct variable_row *v)
{
    json_put_name(b, v->name);
    buf_add(b, v->value);
}

bool names_want(struct text_list names, struct str name)
{
    for (u32 i = 0; i < names.count; i++)
        if (str_equal(names.items[i], name))
            return true;
    return names.count == 0;
}

/* Can anything between the two scopes hide what is in the outer one? */
static bool is_open_to(const struct state *state, u64 from, u64 scope)
{
    for (; from != scope; from = scope_around(state, from))
        if (variable_count(state, from) || loop_get(state, from))
            return false;
    return true;
}

/* Those of one scope that are wanted and that no inner scope hides, oldest first. */
static void put_scope(struct step *s, struct buf *b, u64 from, u64 scope,
                      struct text_list names)
{
    size_t count = 0, room = variable_count(s->state, scope);
    struct variable_walk walk = {0};

    if (room == 0)
        return;
    bool is_open = is_open_to(s->state, from, scope);
    struct found *found = NEW_ARRAY(s->arena, struct found, room);
    for (u64 key; (key = variable_next(s->state, scope, &walk));) {
        const struct variable_row *v = variable_get(s->state, key);
        if (names_want(names, v->name) &&
            (is_open || variable_visible(s, from, v->name) == v))
            found[count++] = (struct found){key, v};
    }
    found_sort(found, count);
    for (size_t i = 0; i < count; i++)
        put_variable(b, found[i].row);
}

struct str variables_collect(struct step *s, u64 scope, struct text_list names)
{
    struct buf b;

    buf_init(&b, s->arena, 256);
    buf_byte(&b, '{');
    for (u64 at = scope; at; at = scope_around(s->state, at))
        put_scope(s, &b, scope, at, names);
    buf_byte(&b, '}');
    return buf_str(&b);
}

struct str variables_local(struct step *s, u64 scope, struct text_list names)
{
    struct buf b;

    buf_init(&b, s->arena, 256);
    buf_byte(&b, '{');
    put_scope(s, &b, scope, scope, names);
    buf_byte(&b, '}');
    return buf_str(&b);
}
