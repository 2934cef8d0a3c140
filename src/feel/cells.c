/* cells.c - tests that are simple enough to be looked through without evaluating them:
 * comparisons with literals, ranges of literals, literals. */
#include "feel/internal.h"

struct intervals {
    struct arena *arena;
    struct feel_interval *data;
    size_t count, size;
};

static void interval_add(struct intervals *l, struct feel_interval i)
{
    if (l->count == l->size) {
        size_t size = l->size ? 2 * l->size : 4;
        struct feel_interval *data = NEW_ARRAY(l->arena, struct feel_interval, size);
        if (l->count)
            memcpy(data, l->data, l->count * sizeof(*data));
        l->data = data;
        l->size = size;
    }
    l->data[l->count++] = i;
}

/* A literal that has an order, or true or false. */
static bool is_literal(const struct node *n)
{
    int order;

    return n->kind == NODE_LITERAL && (n->literal.kind == FEEL_BOOLEAN ||
                                       value_order(&n->literal, &n->literal, &order));
}

static bool add_point(struct intervals *l, const struct feel_value *v)
{
    interval_add(
        l, (struct feel_interval){
               .low = *v, .high = *v, .low_included = true, .high_included = true});
    return true;
}

static void add_below(struct intervals *l, const struct feel_value *v, bool included)
{
    interval_add(l, (struct feel_interval){.high = *v, .high_included = included});
}

static void add_above(struct intervals *l, const struct feel_value *v, bool included)
{
    interval_add(l, (struct feel_interval){.low = *v, .low_included = included});
}

static bool add_comparison(struct intervals *l, const struct node *n)
{
    const struct feel_value *v = &n->items[0]->literal;

    if (!is_literal(n->items[0]))
        return false;
    if (n->op == OP_EQ)
        return add_point(l, v);
    if (v->kind == FEEL_BOOLEAN)
        return false;
    if (n->op == OP_LT || n->op == OP_LE || n->op == OP_NE)
        add_below(l, v, n->op == OP_LE);
    if (n->op == OP_GT || n->op == OP_GE || n->op == OP_NE)
        add_above(l, v, n->op == OP_GE);
    return true;
}

static bool add_range(struct intervals *l, const struct node *n)
{
    const struct node *low = n->items[0], *high = n->items[1];
    int order;

    if ((n->op & (START_OPEN | END_OPEN | POINT_EQUAL | POINT_OTHER)) ||
        !is_literal(low) || !is_literal(high) ||
        !value_order(&low->literal, &high->literal, &order) || order > 0)
        return false;
    interval_add(l, (struct feel_interval){.low = low->literal,
                                           .high = high->literal,
                                           .low_included = n->op & START_INCLUDED,
                                           .high_included = n->op & END_INCLUDED});
    return true;
}

bool feel_tests_intervals(const struct feel_expr *tests, struct arena *arena,
                          const struct feel_interval **out, size_t *count)
{
    const struct node *n = tests->root;
    struct intervals l = {.arena = arena};

    *count = 0;
    if (n->kind == NODE_ANYTHING) {
        interval_add(&l, (struct feel_interval){0});
    } else if (n->kind != NODE_TESTS) {
        return false;
    } else {
        for (u32 i = 0; i < n->count; i++) {
            const struct node *test = n->items[i];
            bool is_simple = test->kind == NODE_TEST ? add_comparison(&l, test)
                             : test->kind == NODE_RANGE
                                 ? add_range(&l, test)
                                 : is_literal(test) && add_point(&l, &test->literal);
            if (!is_simple)
                return false;
        }
    }
    *out = l.data;
    *count = l.count;
    return true;
}

bool feel_order(const struct feel_value *a, const struct feel_value *b, int *order)
{
    if (a->kind != FEEL_BOOLEAN || b->kind != FEEL_BOOLEAN)
        return value_order(a, b, order);
    *order = (a->boolean > b->boolean) - (a->boolean < b->boolean);
    return true;
}
