#include "engine/search/search.h"
#include "feel/feel.h"

/* ---- one condition --------------------------------------------------------------- */

static bool value_is_null(const struct column *c, const struct value *v)
{
    switch (c->type) {
    case COLUMN_KEY:
    case COLUMN_TIME:
        return v->number == 0;
    case COLUMN_TEXT:
    case COLUMN_DATE:
        return v->text.len == 0;
    case COLUMN_NOTHING:
        return true;
    case COLUMN_NAME:
    case COLUMN_CHOICE:
    case COLUMN_NUMBER:
    case COLUMN_FLAG:
    case COLUMN_TEXTS:
    case COLUMN_TAGS:
    case COLUMN_DOCUMENT:
    case COLUMN_VARIABLES:
    case COLUMN_REFUSED:
        return false;
    }
    return false;
}

static int value_compare(const struct column *c, const struct value *a,
                         const struct value *b)
{
    if (type_is_text(c->type))
        return str_compare(a->text, b->text);
    return ((i64)a->number > (i64)b->number) - ((i64)a->number < (i64)b->number);
}

static bool value_is_among(const struct condition *c, const struct value *v)
{
    for (u32 i = 0; i < c->count; i++)
        if (value_compare(c->column, v, &c->values[i]) == 0)
            return true;
    return false;
}

/* Null is equal to nothing, and neither before nor after anything. */
static bool value_fits(const struct condition *c, const struct value *v, bool is_null)
{
    int order = is_null || !c->count || c->op == OP_EXISTS
                    ? 0
                    : value_compare(c->column, v, &c->values[0]);

    switch (c->op) {
    case OP_EXISTS:
        return c->values[0].number == !is_null;
    case OP_NEQ:
        return is_null || order != 0;
    case OP_NOT_IN:
        return is_null || !value_is_among(c, v);
    case OP_EQ:
        return !is_null && order == 0;
    case OP_GT:
        return !is_null && order > 0;
    case OP_GTE:
        return !is_null && order >= 0;
    case OP_LT:
        return !is_null && order < 0;
    case OP_LTE:
        return !is_null && order <= 0;
    case OP_IN:
        return !is_null && value_is_among(c, v);
    case OP_LIKE:
        return !is_null && text_is_like(v->text, c->values[0].text);
    }
    return false;
}

/* What is not to be fits when none of them is; all else when one of them fits. */
static bool texts_fit(const struct found *f, const struct condition *c, struct str json)
{
    bool is_denial = c->op == OP_NEQ || c->op == OP_NOT_IN;
    struct json_walk w = json_walk(json);
    struct json_member m;

    if (c->op == OP_EXISTS)
        return c->values[0].number == json_next(&w, f->step->arena, &m);
    while (json_next(&w, f->step->arena, &m)) {
        struct value v = {.text = json_text(m.value, f->step->arena)};
        if (value_fits(c, &v, false) != is_denial)
            return !is_denial;
    }
    return is_denial;
}

static bool tags_fit(const struct found *f, const struct condition *c, struct str json)
{
    for (u32 i = 0; i < c->count; i++) {
        struct condition one = {
            .column = c->column, .op = OP_EQ, .values = &c->values[i], .count = 1};
        if (!texts_fit(f, &one, json))
            return false;
    }
    return true;
}

static bool variable_fits(const struct found *f, const struct condition *c, u64 scope)
{
    u64 key = variable_find(f->step->state, scope, c->name);
    const struct variable_row *row = key ? variable_get(f->step->state, key) : NULL;
    struct value v = {.text = row ? row->value : STR("")};

    return value_fits(c, &v, !row);
}

static bool condition_fits(const struct found *f, const struct condition *c)
{
    struct value v = {0};
    i64 ms;

    column_get(c->column, f, &v);
    if (c->column->type == COLUMN_TEXTS)
        return texts_fit(f, c, v.text);
    if (c->column->type == COLUMN_TAGS)
        return tags_fit(f, c, v.text);
    if (c->column->type == COLUMN_VARIABLES)
        return variable_fits(f, c, v.number);
    if (c->column->type == COLUMN_DATE &&
        feel_read_instant(v.text, f->step->engine->options.zones, &ms))
        v.number = (u64)ms;
    return value_fits(c, &v, value_is_null(c->column, &v));
}

static bool conditions_fit(const struct found *f, const struct condition *c)
{
    for (; c; c = c->next)
        if (!condition_fits(f, c))
            return false;
    return true;
}

bool match(const struct found *f, const struct query *q)
{
    if (!conditions_fit(f, q->conditions))
        return false;
    for (const struct alternative *a = q->alternatives; a; a = a->next)
        if (conditions_fit(f, a->conditions))
            return true;
    return !q->alternatives;
}

/* ---- the place in the order ------------------------------------------------------ */

#define SORTED_MAX 256 /* bytes of a text that count; then the key decides */

static void order_number(struct buf *b, u64 number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_byte(b, (char)(number >> shift));
}

/* A zero byte ends it, so that a shorter text comes first; one within it is escaped. */
static void order_text(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.len && i < SORTED_MAX; i++) {
        buf_byte(b, text.data[i]);
        if (text.data[i] == '\0')
            buf_byte(b, (char)0xff);
    }
    buf_add(b, (struct str){"\0", 2});
}

static void order_value(const struct found *f, struct buf *b, const struct column *c,
                        bool is_descending)
{
    struct value v = {0};
    i64 ms;

    column_get(c, f, &v);
    bool is_null = value_is_null(c, &v);
    buf_byte(b, is_null ? 2 : 1); /* what has none comes last, both ways */
    size_t start = b->len;
    if (is_null)
        return;
    if (c->type == COLUMN_DATE &&
        feel_read_instant(v.text, f->step->engine->options.zones, &ms))
        v.number = (u64)ms;
    if (type_is_text(c->type))
        order_text(b, v.text);
    else
        order_number(b, v.number ^ (u64)1 << 63);
    for (size_t i = start; is_descending && i < b->len; i++)
        b->data[i] = (char)~b->data[i];
}

struct str order_of(const struct found *f, const struct query *q)
{
    struct buf b;

    buf_init(&b, f->step->arena, 32);
    for (u32 i = 0; i < q->sort_count; i++)
        order_value(f, &b, q->sorts[i].column, q->sorts[i].is_descending);
    order_number(&b, f->key);
    return buf_str(&b);
}
