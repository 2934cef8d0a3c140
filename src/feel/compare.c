/* compare.c - three-valued logic, comparisons, tests of a value, and types. */
#include "feel/internal.h"

/* ---- logic and comparison -------------------------------------------------------- */

static enum truth eval_truth(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n);

    if (v.kind != FEEL_BOOLEAN && v.kind != FEEL_NULL)
        eval_null(e, "INVALID_TYPE", "Expected boolean but found '%.*s'",
                  ARG(eval_text(e, &v)));
    return truth_of(&v);
}

/* `decides` ends it: NO for and, YES for or. */
struct feel_value eval_logic(struct eval *e, const struct node *n, enum truth decides)
{
    enum truth sum = decides == NO ? YES : NO;

    for (u32 i = 0; i < n->count; i++) {
        enum truth t = eval_truth(e, n->items[i]);
        if (t == decides)
            return value_truth(t);
        if (t == UNKNOWN)
            sum = UNKNOWN;
    }
    return value_truth(sum);
}

static enum truth not_comparable(struct eval *e, const struct feel_value *a,
                                 const struct feel_value *b)
{
    eval_null(e, "NOT_COMPARABLE", "Can't compare '%.*s' with '%.*s'",
              ARG(eval_text(e, a)), ARG(eval_text(e, b)));
    return UNKNOWN;
}

enum truth eval_same(struct eval *e, const struct feel_value *a,
                     const struct feel_value *b)
{
    u64 work = 1;
    enum truth same = value_same(a, b, e->env->dialect, e->arena, &work);

    eval_step(e, work);
    return same;
}

static enum truth opposite(enum truth t)
{
    return t == UNKNOWN ? t : t == YES ? NO : YES;
}

static enum truth compare(struct eval *e, enum op op, const struct feel_value *a,
                          const struct feel_value *b)
{
    int order;

    if (op == OP_EQ || op == OP_NE) {
        enum truth same = eval_same(e, a, b);
        if (same == UNKNOWN)
            return not_comparable(e, a, b);
        return op == OP_EQ ? same : opposite(same);
    }
    if (!value_order(a, b, &order))
        return not_comparable(e, a, b);
    bool holds = op == OP_LT   ? order < 0
                 : op == OP_LE ? order <= 0
                 : op == OP_GT ? order > 0
                               : order >= 0;
    return holds ? YES : NO;
}

struct feel_value eval_compare(struct eval *e, const struct node *n)
{
    struct feel_value a = eval_node(e, n->items[0]), b = eval_node(e, n->items[1]);

    return value_truth(compare(e, n->op, &a, &b));
}

static enum truth both(enum truth a, enum truth b)
{
    return a == NO || b == NO ? NO : a == YES && b == YES ? YES : UNKNOWN;
}

struct feel_value eval_between(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);
    struct feel_value low = eval_node(e, n->items[1]), high = eval_node(e, n->items[2]);

    return value_truth(both(compare(e, OP_GE, &v, &low), compare(e, OP_LE, &v, &high)));
}

static enum truth in_range(struct eval *e, const struct feel_value *value,
                           const struct feel_range *r)
{
    enum truth t = range_has(r, value);

    if (t == UNKNOWN)
        not_comparable(e, value, r->start.kind != value->kind ? &r->start : &r->end);
    return t;
}

static enum truth in_list(struct eval *e, const struct feel_value *value,
                          const struct feel_list *l)
{
    l = list_read(l, e->arena);
    for (size_t i = 0; i < l->count; i++) {
        if (eval_same(e, value, &l->items[i]) == YES)
            return YES;
        if (l->items[i].kind == FEEL_RANGE &&
            range_has(l->items[i].range, value) == YES)
            return YES;
    }
    return NO;
}

enum truth eval_in(struct eval *e, const struct feel_value *value,
                   const struct feel_value *other)
{
    if (other->kind == FEEL_RANGE && value->kind != FEEL_RANGE)
        return in_range(e, value, other->range);
    if (other->kind == FEEL_LIST && in_list(e, value, other->list) == YES)
        return YES;
    if (other->kind == FEEL_LIST && value->kind != FEEL_LIST)
        return NO;
    return compare(e, OP_EQ, value, other);
}

/* One test of a value: a comparison, an answer of its own (it uses the input, or is a
 * condition), or something to be equal to or in. */
static enum truth eval_test(struct eval *e, const struct node *n,
                            const struct feel_value *value)
{
    struct feel_value v = eval_node(e, n->kind == NODE_TEST ? n->items[0] : n);

    if (n->kind == NODE_TEST)
        return compare(e, n->op, value, &v);
    if (n->uses_input)
        return truth_of(&v);
    if (v.kind == FEEL_BOOLEAN && value->kind != FEEL_BOOLEAN &&
        value->kind != FEEL_LIST && n->kind != NODE_LITERAL)
        return truth_of(&v);
    return eval_in(e, value, &v);
}

static enum truth any_test(struct eval *e, const struct node *n, u32 first,
                           const struct feel_value *value)
{
    enum truth sum = NO;

    for (u32 i = first; i < n->count; i++) {
        enum truth t = eval_test(e, n->items[i], value);
        if (t == YES)
            return YES;
        if (t == UNKNOWN)
            sum = UNKNOWN;
    }
    return sum;
}

struct feel_value eval_in_tests(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    return value_truth(any_test(e, n, 1, &v));
}

struct feel_value eval_tests(struct eval *e, const struct node *n)
{
    struct feel_value input = eval_input(e);
    enum truth t = any_test(e, n, 0, &input);

    return value_truth(n->kind == NODE_NOT_TESTS ? opposite(t) : t);
}

/* ---- types ----------------------------------------------------------------------- */

/* Within a list or a context null is of every type. */
static bool part_fits(struct eval *e, const struct type *t, const struct feel_value *v)
{
    return v->kind == FEEL_NULL || type_fits(e, t, v);
}

static bool type_fits_list(struct eval *e, const struct type *t,
                           const struct feel_value *v)
{
    const struct feel_list *l;

    if (v->kind != FEEL_LIST)
        return false;
    l = list_read(v->list, e->arena);
    eval_step(e, l->count);
    for (size_t i = 0; i < l->count; i++)
        if (!part_fits(e, t->parts[0], &l->items[i]))
            return false;
    return true;
}

static bool type_fits_context(struct eval *e, const struct type *t,
                              const struct feel_value *v)
{
    const struct feel_context *c;
    size_t at;

    if (v->kind != FEEL_CONTEXT)
        return false;
    c = context_read(v->context, e->arena);
    eval_step(e, t->count);
    for (size_t i = 0; i < t->count; i++)
        if (!context_find(c, t->names[i], &at) ||
            !part_fits(e, t->parts[i], &c->values[at]))
            return false;
    return true;
}

static bool type_fits_range(struct eval *e, const struct type *t,
                            const struct feel_value *v)
{
    return v->kind == FEEL_RANGE &&
           (v->range->start_open || type_fits(e, t->parts[0], &v->range->start)) &&
           (v->range->end_open || type_fits(e, t->parts[0], &v->range->end));
}

/* Of a function only the number of parameters is known. */
static bool type_fits_function(const struct type *t, const struct feel_value *v)
{
    if (v->kind != FEEL_FUNCTION)
        return false;
    if (v->function->host)
        return v->function->host->count + 1 == t->count;
    return !v->function->node || v->function->node->name_count + 1 == t->count;
}

bool type_fits(struct eval *e, const struct type *t, const struct feel_value *v)
{
    switch (t->kind) {
    case TYPE_ANY:
        return v->kind != FEEL_NULL;
    case TYPE_NULL:
        return v->kind == FEEL_NULL;
    case TYPE_KIND:
        return v->kind == t->value;
    case TYPE_LIST:
        return type_fits_list(e, t, v);
    case TYPE_RANGE:
        return type_fits_range(e, t, v);
    case TYPE_CONTEXT:
        return type_fits_context(e, t, v);
    case TYPE_FUNCTION:
        return type_fits_function(t, v);
    case TYPE_UNKNOWN:
        break;
    }
    return false;
}

struct feel_value type_conform(struct eval *e, const struct type *t,
                               const struct feel_value *v)
{
    struct feel_value *single, list;

    if (v->kind == FEEL_NULL || type_fits(e, t, v))
        return *v;
    if (v->kind == FEEL_LIST) {
        const struct feel_list *l = list_read(v->list, e->arena);
        bool fits = l->count == 1 && type_fits(e, t, &l->items[0]);
        return fits ? l->items[0] : value_null();
    }
    if (t->value == FEEL_DATE_TIME && v->kind == FEEL_DATE) {
        struct feel_moment m = *v->moment;
        m.place = PLACE_OFFSET;
        return value_moment(FEEL_DATE_TIME, &m, e->arena);
    }
    single = NEW(e->arena, struct feel_value);
    *single = *v;
    list = feel_list_of(single, 1, e->arena);
    return type_fits(e, t, &list) ? list : value_null();
}

struct feel_value eval_instance(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    if (n->type->kind == TYPE_UNKNOWN)
        return eval_null(e, "UNKNOWN", "No such type after 'instance of'");
    return feel_boolean(type_fits(e, n->type, &v));
}
