/* value.c - making, comparing and looking into values. */
#include "feel/internal.h"

/* Equal values may nest as deep as JSON lets them. */
#define SAME_DEPTH_MAX 1000

struct feel_value feel_string(struct str s)
{
    return (struct feel_value){.kind = FEEL_STRING, .string = s};
}

struct feel_value feel_number(i64 n)
{
    return value_num(num_from_i64(n));
}

struct feel_value feel_boolean(bool b)
{
    return (struct feel_value){.kind = FEEL_BOOLEAN, .boolean = b};
}

u32 value_height(const struct feel_value *values, size_t count)
{
    u32 height = 0;

    for (size_t i = 0; i < count; i++) {
        u32 own = values[i].kind == FEEL_LIST      ? values[i].list->height
                  : values[i].kind == FEEL_CONTEXT ? values[i].context->height
                                                   : 0;
        height = own > height ? own : height;
    }
    return height + 1;
}

struct feel_value feel_list_of(const struct feel_value *items, size_t count,
                               struct arena *scratch)
{
    struct feel_list *l = NEW(scratch, struct feel_list);

    l->items = items;
    l->count = count;
    l->height = value_height(items, count);
    return (struct feel_value){.kind = FEEL_LIST, .list = l};
}

struct feel_value feel_context_of(const struct str *names,
                                  const struct feel_value *values, size_t count,
                                  struct arena *scratch)
{
    struct feel_context *c = NEW(scratch, struct feel_context);

    c->names = names;
    c->values = values;
    c->count = count;
    c->height = value_height(values, count);
    return (struct feel_value){.kind = FEEL_CONTEXT, .context = c};
}

struct feel_value feel_list_at(const struct feel_list *l, size_t i,
                               struct arena *scratch)
{
    l = list_read(l, scratch);
    return i < l->count ? l->items[i] : value_null();
}

bool context_find(const struct feel_context *c, struct str name, size_t *at)
{
    for (size_t i = 0; i < c->count; i++) {
        if (str_equal(c->names[i], name)) {
            *at = i;
            return true;
        }
    }
    return false;
}

bool feel_context_get(const struct feel_context *c, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    size_t at;

    c = context_read(c, scratch);
    if (!context_find(c, name, &at))
        return false;
    *out = c->values[at];
    return true;
}

size_t feel_context_count(const struct feel_context *c, struct arena *scratch)
{
    return context_read(c, scratch)->count;
}

struct feel_value feel_context_at(const struct feel_context *c, size_t i,
                                  struct arena *scratch, struct str *name)
{
    c = context_read(c, scratch);
    *name = i < c->count ? c->names[i] : STR("");
    return i < c->count ? c->values[i] : value_null();
}

void items_add(struct items *l, struct feel_value v)
{
    if (l->count == l->size) {
        size_t size = l->size ? 2 * l->size : 8;
        struct feel_value *data = NEW_ARRAY(l->arena, struct feel_value, size);
        if (l->count)
            memcpy(data, l->data, l->count * sizeof(*data));
        l->data = data;
        l->size = size;
    }
    l->data[l->count++] = v;
}

struct feel_value items_list(const struct items *l)
{
    return feel_list_of(l->data, l->count, l->arena);
}

/* ---- order ----------------------------------------------------------------------- */

static int compare_i64(i64 a, i64 b)
{
    return (a > b) - (a < b);
}

/* Local moments do not compare with those that have an offset. */
static bool moments_compare(const struct feel_moment *a, const struct feel_moment *b)
{
    return (a->place == PLACE_LOCAL) == (b->place == PLACE_LOCAL);
}

static int order_dates(const struct feel_moment *a, const struct feel_moment *b)
{
    return compare_i64(moment_days(a), moment_days(b));
}

static int order_times(const struct feel_moment *a, const struct feel_moment *b)
{
    return compare_i64(moment_day_nanos(a) - a->offset * NANOS_PER_SECOND,
                       moment_day_nanos(b) - b->offset * NANOS_PER_SECOND);
}

static int order_date_times(const struct feel_moment *a, const struct feel_moment *b)
{
    int order = compare_i64(moment_seconds(a), moment_seconds(b));

    return order ? order : compare_i64(a->nanos, b->nanos);
}

bool value_order(const struct feel_value *a, const struct feel_value *b, int *order)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case FEEL_NUMBER:
        *order = num_compare(a->number, b->number);
        return true;
    case FEEL_STRING:
        /* UTF-8 orders as code points do. */
        *order = compare_i64(str_compare(a->string, b->string), 0);
        return true;
    case FEEL_DATE:
        *order = order_dates(a->moment, b->moment);
        return true;
    case FEEL_TIME:
        *order = order_times(a->moment, b->moment);
        return moments_compare(a->moment, b->moment);
    case FEEL_DATE_TIME:
        *order = order_date_times(a->moment, b->moment);
        return moments_compare(a->moment, b->moment);
    case FEEL_DAYS_TIME_DURATION:
    case FEEL_YEARS_MONTHS_DURATION:
        *order = (a->span > b->span) - (a->span < b->span);
        return true;
    case FEEL_NULL:
    case FEEL_BOOLEAN:
    case FEEL_LIST:
    case FEEL_CONTEXT:
    case FEEL_RANGE:
    case FEEL_FUNCTION:
    case FEEL_GAVE_UP:
        break;
    }
    return false;
}

static enum truth point_has(const struct feel_range *r, const struct feel_value *v)
{
    int order;

    if (!value_order(&r->start, v, &order))
        return UNKNOWN;
    return (order == 0) == (r->point == OP_EQ) ? YES : NO;
}

enum truth range_has(const struct feel_range *r, const struct feel_value *v)
{
    int order;
    bool above = r->start_open, below = r->end_open;

    if (r->point)
        return point_has(r, v);
    if (!r->start_open) {
        if (!value_order(&r->start, v, &order))
            return UNKNOWN;
        above = order < 0 || (order == 0 && r->start_included);
    }
    if (!r->end_open) {
        if (!value_order(v, &r->end, &order))
            return UNKNOWN;
        below = order < 0 || (order == 0 && r->end_included);
    }
    return above && below ? YES : NO;
}

/* ---- equality -------------------------------------------------------------------- */

struct same {
    enum feel_dialect dialect;
    struct arena *arena;
    u64 *work;
};

static enum truth same_at(const struct same *s, const struct feel_value *a,
                          const struct feel_value *b, u32 depth);

static enum truth same_lists(const struct same *s, const struct feel_list *a,
                             const struct feel_list *b, u32 depth)
{
    a = list_read(a, s->arena);
    b = list_read(b, s->arena);
    if (a->count != b->count)
        return NO;
    *s->work += a->count;
    for (size_t i = 0; i < a->count; i++)
        if (same_at(s, &a->items[i], &b->items[i], depth) != YES)
            return NO;
    return YES;
}

static enum truth same_contexts(const struct same *s, const struct feel_context *a,
                                const struct feel_context *b, u32 depth)
{
    size_t at;

    a = context_read(a, s->arena);
    b = context_read(b, s->arena);
    if (a->count != b->count)
        return NO;
    *s->work += a->count;
    for (size_t i = 0; i < a->count; i++)
        if (!context_find(b, a->names[i], &at) ||
            same_at(s, &a->values[i], &b->values[at], depth) != YES)
            return NO;
    return YES;
}

static bool same_ranges(const struct same *s, const struct feel_range *a,
                        const struct feel_range *b, u32 depth)
{
    return a->start_included == b->start_included &&
           a->end_included == b->end_included && a->start_open == b->start_open &&
           a->end_open == b->end_open && a->point == b->point &&
           same_at(s, &a->start, &b->start, depth) == YES &&
           same_at(s, &a->end, &b->end, depth) == YES;
}

static bool same_place(const struct feel_moment *a, const struct feel_moment *b)
{
    return a->place == b->place && str_equal(a->zone, b->zone) &&
           (a->place == PLACE_ZONE || a->offset == b->offset);
}

/* In Camunda the zone belongs to a date and time as much as its clock does. The
 * standard compares on the time line, and its tests want fractions of a second left
 * out. */
static enum truth same_moments(const struct same *s, const struct feel_value *a,
                               const struct feel_value *b)
{
    struct feel_moment x = *a->moment, y = *b->moment;
    struct feel_value v = {.kind = a->kind, .moment = &x};
    struct feel_value w = {.kind = b->kind, .moment = &y};
    int order = 0;

    if (s->dialect == FEEL_STANDARD)
        x.nanos = y.nanos = 0;
    if (!value_order(&v, &w, &order))
        return s->dialect == FEEL_CAMUNDA ? NO : UNKNOWN;
    if (s->dialect == FEEL_CAMUNDA && a->kind == FEEL_DATE_TIME && !same_place(&x, &y))
        return NO;
    return order == 0 ? YES : NO;
}

bool value_is(const struct feel_value *a, const struct feel_value *b,
              struct arena *arena)
{
    u64 work = 0;

    if (a->kind != b->kind)
        return false;
    if ((a->kind == FEEL_TIME || a->kind == FEEL_DATE_TIME) &&
        !same_place(a->moment, b->moment))
        return false;
    return value_same(a, b, FEEL_CAMUNDA, arena, &work) == YES;
}

static enum truth same_at(const struct same *s, const struct feel_value *a,
                          const struct feel_value *b, u32 depth)
{
    if (a->kind == FEEL_NULL || b->kind == FEEL_NULL)
        return a->kind == b->kind ? YES : NO;
    if (a->kind != b->kind || depth == SAME_DEPTH_MAX)
        return UNKNOWN;
    switch (a->kind) {
    case FEEL_NUMBER:
        return num_equal(a->number, b->number) ? YES : NO;
    case FEEL_STRING:
        return str_equal(a->string, b->string) ? YES : NO;
    case FEEL_BOOLEAN:
        return a->boolean == b->boolean ? YES : NO;
    case FEEL_DATE:
    case FEEL_TIME:
    case FEEL_DATE_TIME:
        return same_moments(s, a, b);
    case FEEL_DAYS_TIME_DURATION:
    case FEEL_YEARS_MONTHS_DURATION:
        return a->span == b->span ? YES : NO;
    case FEEL_LIST:
        return same_lists(s, a->list, b->list, depth + 1);
    case FEEL_CONTEXT:
        return same_contexts(s, a->context, b->context, depth + 1);
    case FEEL_RANGE:
        return same_ranges(s, a->range, b->range, depth + 1) ? YES : NO;
    case FEEL_FUNCTION:
        return a->function == b->function ? YES : UNKNOWN;
    case FEEL_NULL:
    case FEEL_GAVE_UP:
        break;
    }
    return UNKNOWN;
}

enum truth value_same(const struct feel_value *a, const struct feel_value *b,
                      enum feel_dialect dialect, struct arena *arena, u64 *work)
{
    struct same s = {dialect, arena, work};

    return same_at(&s, a, b, 0);
}

/* Lists and contexts are read into memory of their own. */
bool feel_equal(const struct feel_value *a, const struct feel_value *b)
{
    struct arena arena;
    struct trap full;
    volatile bool equal = false;
    u64 work = 0;

    arena_init(&arena, 4096, 64u << 20, &full);
    if (setjmp(full.jump) == 0)
        equal = value_same(a, b, FEEL_STANDARD, &arena, &work) == YES;
    arena_free(&arena);
    return equal;
}

const char *feel_type_name(const struct feel_value *v)
{
    switch (v->kind) {
    case FEEL_NULL:
        return "NULL";
    case FEEL_BOOLEAN:
        return "BOOLEAN";
    case FEEL_NUMBER:
        return "NUMBER";
    case FEEL_STRING:
        return "STRING";
    case FEEL_DATE:
        return "DATE";
    case FEEL_TIME:
        return "TIME";
    case FEEL_DATE_TIME:
        return v->moment->place == PLACE_LOCAL ? "LOCAL_DATE_TIME" : "DATE_TIME";
    case FEEL_DAYS_TIME_DURATION:
        return "DURATION";
    case FEEL_YEARS_MONTHS_DURATION:
        return "PERIOD";
    case FEEL_LIST:
        return "ARRAY";
    case FEEL_CONTEXT:
        return "OBJECT";
    case FEEL_RANGE:
    case FEEL_FUNCTION:
    case FEEL_GAVE_UP:
        break;
    }
    return "UNKNOWN";
}
