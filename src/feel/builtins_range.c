/* builtins_range.c - DMN 1.5, 10.3.4.9: how points and ranges lie to each other. A
 * point is handled as the range that starts and ends with it. */
#include "feel/internal.h"

/* A pair of ranges whose ends compare. */
struct pair {
    struct feel_range a, b;
};

static struct feel_range as_range(const struct feel_value *v)
{
    if (v->kind == FEEL_RANGE)
        return *v->range;
    return (struct feel_range){
        .start = *v, .end = *v, .start_included = true, .end_included = true};
}

/* False: an end is missing, or the ends do not compare. */
static bool pair_of(const struct feel_value *args, struct pair *p)
{
    int order;

    p->a = as_range(&args[0]);
    p->b = as_range(&args[1]);
    return value_order(&p->a.start, &p->a.end, &order) &&
           value_order(&p->b.start, &p->b.end, &order) &&
           value_order(&p->a.start, &p->b.start, &order);
}

static int order_of(const struct feel_value *a, const struct feel_value *b)
{
    int order = 0;

    value_order(a, b, &order);
    return order;
}

static bool ends_before(const struct feel_range *a, const struct feel_range *b)
{
    int order = order_of(&a->end, &b->start);

    return order < 0 || (order == 0 && !(a->end_included && b->start_included));
}

/* a covers the start, or the end, of b. */
static bool covers_start(const struct feel_range *a, const struct feel_range *b)
{
    int order = order_of(&a->start, &b->start);

    return order < 0 || (order == 0 && (a->start_included || !b->start_included));
}

static bool covers_end(const struct feel_range *a, const struct feel_range *b)
{
    int order = order_of(&a->end, &b->end);

    return order > 0 || (order == 0 && (a->end_included || !b->end_included));
}

static bool same_start(const struct feel_range *a, const struct feel_range *b)
{
    return order_of(&a->start, &b->start) == 0 &&
           a->start_included == b->start_included;
}

static bool same_end(const struct feel_range *a, const struct feel_range *b)
{
    return order_of(&a->end, &b->end) == 0 && a->end_included == b->end_included;
}

static bool meets(const struct pair *p)
{
    return p->a.end_included && p->b.start_included &&
           order_of(&p->a.end, &p->b.start) == 0;
}

static bool overlaps(const struct pair *p)
{
    return !ends_before(&p->a, &p->b) && !ends_before(&p->b, &p->a);
}

/* a begins first, and the two share something, but a does not reach the end of b, or
 * only just. */
static bool overlaps_before(const struct pair *p)
{
    return overlaps(p) && covers_start(&p->a, &p->b) && !same_start(&p->a, &p->b) &&
           covers_end(&p->b, &p->a);
}

static bool includes(const struct pair *p)
{
    return covers_start(&p->a, &p->b) && covers_end(&p->a, &p->b);
}

/* A point starts a range that includes its start; a range, one with the same start. */
static bool starts(const struct pair *p)
{
    return same_start(&p->a, &p->b) && covers_end(&p->b, &p->a);
}

static bool finishes(const struct pair *p)
{
    return same_end(&p->a, &p->b) && covers_start(&p->b, &p->a);
}

static bool coincides(const struct pair *p)
{
    return same_start(&p->a, &p->b) && same_end(&p->a, &p->b);
}

typedef bool relation(const struct pair *p);

static struct feel_value relate(struct eval *e, const struct feel_value *args,
                                relation *holds)
{
    struct pair p;

    if (!pair_of(args, &p))
        return builtin_fail(e, "points or ranges that do not compare");
    return feel_boolean(holds(&p));
}

/* The same relation seen from the other. */
static struct feel_value relate_back(struct eval *e, const struct feel_value *args,
                                     relation *holds)
{
    struct feel_value swapped[] = {args[1], args[0]};

    return relate(e, swapped, holds);
}

static bool before(const struct pair *p)
{
    return ends_before(&p->a, &p->b);
}

#define RELATION(title, relate_how, holds)                                \
    static struct feel_value range_##title(struct eval *e,                \
                                           const struct feel_value *args) \
    {                                                                     \
        return relate_how(e, args, holds);                                \
    }

RELATION(before, relate, before)
RELATION(after, relate_back, before)
RELATION(meets, relate, meets)
RELATION(met_by, relate_back, meets)
RELATION(overlaps, relate, overlaps)
RELATION(overlaps_before, relate, overlaps_before)
RELATION(overlaps_after, relate_back, overlaps_before)
RELATION(finishes, relate, finishes)
RELATION(finished_by, relate_back, finishes)
RELATION(includes, relate, includes)
RELATION(during, relate_back, includes)
RELATION(starts, relate, starts)
RELATION(started_by, relate_back, starts)
RELATION(coincides, relate, coincides)

/* ---- range("[1..5]") ------------------------------------------------------------- */

static bool is_literal(const struct node *n)
{
    return n->kind == NODE_LITERAL || n->kind == NODE_AT ||
           (n->kind == NODE_CALL && n->items[0]->builtin && n->count > 1 &&
            n->items[1]->kind == NODE_LITERAL);
}

/* Both ends are there, literals, and in order. */
static struct feel_value range_from(struct eval *e, const struct feel_value *args)
{
    struct feel_expr *expr;
    struct err err;
    struct feel_value v;
    int order;

    eval_step(e, args[0].string.len);
    if (!feel_compile(e->arena, FEEL_EXPRESSION, args[0].string, NULL, &expr, &err) ||
        expr->root->kind != NODE_RANGE || (expr->root->op & (START_OPEN | END_OPEN)) ||
        !is_literal(expr->root->items[0]) || !is_literal(expr->root->items[1]))
        return builtin_fail(e, "the text is no range with literal ends");
    v = eval_node(e, expr->root);
    if (v.kind != FEEL_RANGE || !value_order(&v.range->start, &v.range->end, &order) ||
        order > 0)
        return builtin_fail(e, "the ends are not in order");
    return v;
}

/* Of two points only some relations are defined; those of ranges only between ranges.
 */
const struct builtin builtins_range[] = {
    {"before", "point1,point2", "pp", range_before},
    {"before", "point,range", "pg", range_before},
    {"before", "range,point", "gp", range_before},
    {"before", "range1,range2", "gg", range_before},
    {"after", "point1,point2", "pp", range_after},
    {"after", "point,range", "pg", range_after},
    {"after", "range,point", "gp", range_after},
    {"after", "range1,range2", "gg", range_after},
    {"meets", "range1,range2", "gg", range_meets},
    {"met by", "range1,range2", "gg", range_met_by},
    {"overlaps", "range1,range2", "gg", range_overlaps},
    {"overlaps before", "range1,range2", "gg", range_overlaps_before},
    {"overlaps after", "range1,range2", "gg", range_overlaps_after},
    {"finishes", "point,range", "pg", range_finishes},
    {"finishes", "range1,range2", "gg", range_finishes},
    {"finished by", "range,point", "gp", range_finished_by},
    {"finished by", "range1,range2", "gg", range_finished_by},
    {"includes", "range,point", "gp", range_includes},
    {"includes", "range1,range2", "gg", range_includes},
    {"during", "point,range", "pg", range_during},
    {"during", "range1,range2", "gg", range_during},
    {"starts", "point,range", "pg", range_starts},
    {"starts", "range1,range2", "gg", range_starts},
    {"started by", "range,point", "gp", range_started_by},
    {"started by", "range1,range2", "gg", range_started_by},
    {"coincides", "point1,point2", "pp", range_coincides},
    {"coincides", "range1,range2", "gg", range_coincides},
    {"range", "from", "s", range_from},
    {0},
};
