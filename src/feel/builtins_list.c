/* builtins_list.c - DMN 1.5, 10.3.4.4: list functions, with Camunda's additions. */
#include "feel/internal.h"

static struct feel_value list_from(struct eval *e, const struct feel_value *items,
                                   size_t count)
{
    return feel_list_of(items, count, e->arena);
}

static struct items copy_of(struct eval *e, const struct feel_list *l)
{
    struct items items = eval_items(e);

    for (size_t i = 0; i < l->count; i++)
        items_add(&items, l->items[i]);
    return items;
}

static bool list_has(struct eval *e, const struct feel_value *items, size_t count,
                     const struct feel_value *v)
{
    for (size_t i = 0; i < count; i++)
        if (eval_same(e, &items[i], v) == YES)
            return true;
    return false;
}

/* A position counts from 1, a negative one from the end. False: outside. */
static bool position_of(struct num n, size_t count, size_t *at)
{
    i64 i = num_cut_i64(n);

    if (i == 0 || i > (i64)count || i < -(i64)count)
        return false;
    *at = (size_t)(i > 0 ? i - 1 : (i64)count + i);
    return true;
}

static struct feel_value bad_position(struct eval *e)
{
    return builtin_fail(e, "the position lies outside of the list");
}

/* ---- asking ---------------------------------------------------------------------- */

static struct feel_value list_contains(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;

    return feel_boolean(list_has(e, l->items, l->count, &args[1]));
}

static struct feel_value list_count(struct eval *e, const struct feel_value *args)
{
    return feel_number((i64)args[0].list->count);
}

static struct feel_value list_is_empty(struct eval *e, const struct feel_value *args)
{
    return feel_boolean(args[0].list->count == 0);
}

static struct feel_value list_index_of(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct items found = eval_items(e);

    for (size_t i = 0; i < l->count; i++)
        if (eval_same(e, &l->items[i], &args[1]) == YES)
            items_add(&found, feel_number((i64)i + 1));
    return items_list(&found);
}

/* The first or last by order; null for an empty list and for items without an order. */
static struct feel_value list_extreme(struct eval *e, const struct feel_list *l,
                                      int wanted)
{
    struct feel_value best;
    int order;

    if (l->count == 0)
        return value_null();
    best = l->items[0];
    for (size_t i = 0; i < l->count; i++) {
        if (!value_order(&l->items[i], &best, &order))
            return builtin_fail(e, "items that do not compare");
        if (order == wanted)
            best = l->items[i];
    }
    return best;
}

static struct feel_value list_min(struct eval *e, const struct feel_value *args)
{
    return list_extreme(e, args[0].list, -1);
}

static struct feel_value list_max(struct eval *e, const struct feel_value *args)
{
    return list_extreme(e, args[0].list, 1);
}

/* ---- numbers --------------------------------------------------------------------- */

static bool all_of(const struct feel_list *l, enum feel_kind kind)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->items[i].kind != kind)
            return false;
    return true;
}

/* Most sums are of numbers, and short ones; the rest, and what is too large, is as if +
 * stood between them. */
static void sum_add(struct eval *e, struct feel_value *sum, const struct feel_value *v)
{
    struct num n;

    if (sum->kind == FEEL_NUMBER) {
        n = num_add(sum->number, v->number);
        if (num_is_valid(n)) {
            sum->number = n;
            return;
        }
    }
    *sum = eval_arithmetic(e, OP_ADD, sum, v);
}

/* False, with its note: the list has no sum. Numbers or durations of one kind. */
static bool sum_of(struct eval *e, const struct feel_list *l, struct feel_value *sum)
{
    if (l->count == 0)
        return false;
    *sum = l->items[0];
    if (sum->kind != FEEL_NUMBER && sum->kind != FEEL_DAYS_TIME_DURATION &&
        sum->kind != FEEL_YEARS_MONTHS_DURATION) {
        builtin_fail(e, "an item that is no number");
        return false;
    }
    for (size_t i = 1; i < l->count; i++) {
        if (l->items[i].kind != sum->kind) {
            builtin_fail(e, "an item that is no number");
            return false;
        }
        sum_add(e, sum, &l->items[i]);
    }
    return true;
}

static struct feel_value list_sum(struct eval *e, const struct feel_value *args)
{
    struct feel_value sum;

    return sum_of(e, args[0].list, &sum) ? sum : value_null();
}

static struct feel_value list_mean(struct eval *e, const struct feel_value *args)
{
    struct feel_value sum, count = feel_number((i64)args[0].list->count);

    if (!sum_of(e, args[0].list, &sum))
        return value_null();
    return eval_arithmetic(e, OP_DIV, &sum, &count);
}

static struct feel_value list_product(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct num product = num_from_i64(1);

    if (l->count == 0)
        return value_null();
    if (!all_of(l, FEEL_NUMBER))
        return builtin_fail(e, "an item that is no number");
    for (size_t i = 0; i < l->count; i++)
        product = num_mul(product, l->items[i].number);
    return value_num(product);
}

static struct feel_value list_stddev(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct feel_value mean;
    struct num sum = num_from_i64(0);

    if (l->count < 2 || !all_of(l, FEEL_NUMBER))
        return builtin_fail(e, "two numbers at least are needed");
    mean = list_mean(e, args);
    for (size_t i = 0; i < l->count; i++) {
        struct num off = num_sub(l->items[i].number, mean.number);
        sum = num_add(sum, num_mul(off, off));
    }
    return value_num(num_sqrt(num_div(sum, num_from_i64((i64)l->count - 1))));
}

/* ---- sorting: by merging, so that it is stable and asks n log n times ------------ */

typedef bool precedes(struct eval *e, const void *how, const struct feel_value *a,
                      const struct feel_value *b);

static void merge(struct eval *e, precedes *before, const void *how,
                  struct feel_value *items, size_t middle, size_t count,
                  struct feel_value *spare)
{
    size_t left = 0, right = middle, out = 0;

    while (left < middle && right < count)
        spare[out++] = before(e, how, &items[right], &items[left]) ? items[right++]
                                                                   : items[left++];
    while (left < middle)
        spare[out++] = items[left++];
    while (right < count)
        spare[out++] = items[right++];
    memcpy(items, spare, count * sizeof(*items));
}

static void merge_sort(struct eval *e, precedes *before, const void *how,
                       struct feel_value *items, size_t count, struct feel_value *spare)
{
    if (count < 2)
        return;
    merge_sort(e, before, how, items, count / 2, spare);
    merge_sort(e, before, how, items + count / 2, count - count / 2, spare);
    merge(e, before, how, items, count / 2, count, spare);
}

static struct items sorted(struct eval *e, precedes *before, const void *how,
                           const struct feel_list *l)
{
    struct items items = copy_of(e, l);

    merge_sort(e, before, how, items.data, items.count,
               NEW_ARRAY(e->arena, struct feel_value, l->count));
    return items;
}

static bool precedes_by_order(struct eval *e, const void *how,
                              const struct feel_value *a, const struct feel_value *b)
{
    int order;

    eval_step(e, 1);
    return value_order(a, b, &order) && order < 0;
}

static bool precedes_by_function(struct eval *e, const void *how,
                                 const struct feel_value *a, const struct feel_value *b)
{
    struct feel_value args[] = {*a, *b}, v = eval_apply(e, how, args, 2);

    return truth_of(&v) == YES;
}

static struct feel_value list_sort(struct eval *e, const struct feel_value *args)
{
    struct items items =
        sorted(e, precedes_by_function, args[1].function, args[0].list);

    return items_list(&items);
}

static struct feel_value list_sort_by_order(struct eval *e,
                                            const struct feel_value *args)
{
    struct items items = sorted(e, precedes_by_order, NULL, args[0].list);

    return items_list(&items);
}

static struct feel_value list_median(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct items items;
    size_t middle = l->count / 2;

    if (l->count == 0)
        return value_null();
    if (!all_of(l, FEEL_NUMBER))
        return builtin_fail(e, "an item that is no number");
    items = sorted(e, precedes_by_order, NULL, l);
    if (l->count % 2)
        return items.data[middle];
    return value_num(
        num_div(num_add(items.data[middle - 1].number, items.data[middle].number),
                num_from_i64(2)));
}

/* The numbers that are there most often, ascending. */
static struct feel_value list_mode(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct items items, modes = eval_items(e);
    size_t most = 0;

    if (!all_of(l, FEEL_NUMBER))
        return builtin_fail(e, "an item that is no number");
    items = sorted(e, precedes_by_order, NULL, l);
    for (size_t start = 0, end; start < items.count; start = end) {
        for (end = start + 1; end < items.count; end++)
            if (!num_equal(items.data[start].number, items.data[end].number))
                break;
        if (end - start > most) {
            most = end - start;
            modes.count = 0;
        }
        if (end - start == most)
            items_add(&modes, items.data[start]);
    }
    return items_list(&modes);
}

/* ---- parts ----------------------------------------------------------------------- */

static struct feel_value list_sublist(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    size_t start, count;

    if (!position_of(args[1].number, l->count, &start))
        return bad_position(e);
    count = l->count - start;
    if (args[2].kind == FEEL_NUMBER) {
        i64 wanted = num_cut_i64(args[2].number);
        if (wanted < 1)
            return builtin_fail(e, "the length must be 1 at least");
        count = (u64)wanted < count ? (size_t)wanted : count;
    }
    return list_from(e, l->items + start, count);
}

static struct feel_value list_remove(struct eval *e, const struct feel_value *args)
{
    struct items items = eval_items(e);
    const struct feel_list *l = args[0].list;
    size_t position;

    if (!position_of(args[1].number, l->count, &position))
        return bad_position(e);
    for (size_t i = 0; i < l->count; i++)
        if (i != position)
            items_add(&items, l->items[i]);
    return items_list(&items);
}

static struct feel_value list_insert_before(struct eval *e,
                                            const struct feel_value *args)
{
    struct items items = eval_items(e);
    const struct feel_list *l = args[0].list;
    size_t position;

    if (!position_of(args[1].number, l->count, &position))
        return bad_position(e);
    for (size_t i = 0; i < l->count; i++) {
        if (i == position)
            items_add(&items, args[2]);
        items_add(&items, l->items[i]);
    }
    return items_list(&items);
}

static struct feel_value list_replace(struct eval *e, const struct feel_value *args)
{
    struct items items = copy_of(e, args[0].list);
    size_t position;

    if (!position_of(args[1].number, items.count, &position))
        return bad_position(e);
    items.data[position] = args[2];
    return items_list(&items);
}

/* Every item for which the function, given it and the new item, is true. */
static struct feel_value list_replace_where(struct eval *e,
                                            const struct feel_value *args)
{
    struct items items = copy_of(e, args[0].list);

    for (size_t i = 0; i < items.count; i++) {
        struct feel_value pair[] = {items.data[i], args[2]};
        struct feel_value v = eval_apply(e, args[1].function, pair, 2);
        if (v.kind != FEEL_BOOLEAN)
            return builtin_fail(e, "the function must give true or false");
        if (v.boolean)
            items.data[i] = args[2];
    }
    return items_list(&items);
}

static struct feel_value list_partition(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    i64 size = num_cut_i64(args[1].number);
    struct items parts = eval_items(e);

    if (size < 1)
        return builtin_fail(e, "the size must be 1 at least");
    for (size_t at = 0; at < l->count;) {
        size_t left = l->count - at, count = (u64)size < left ? (size_t)size : left;
        items_add(&parts, list_from(e, l->items + at, count));
        at += count;
    }
    return items_list(&parts);
}

/* ---- joining --------------------------------------------------------------------- */

static struct feel_value list_append(struct eval *e, const struct feel_value *args)
{
    struct items items = copy_of(e, args[0].list);

    for (size_t i = 0; i < args[1].list->count; i++)
        items_add(&items, args[1].list->items[i]);
    return items_list(&items);
}

/* All items of all lists; null as soon as one of them is null. */
static bool concatenate(struct eval *e, const struct feel_list *lists,
                        struct items *out)
{
    *out = eval_items(e);
    for (size_t i = 0; i < lists->count; i++) {
        const struct feel_value *v = &lists->items[i];
        if (v->kind == FEEL_NULL)
            return false;
        if (v->kind != FEEL_LIST) {
            items_add(out, *v);
            continue;
        }
        const struct feel_list *l = list_read(v->list, e->arena);
        eval_step(e, l->count);
        for (size_t j = 0; j < l->count; j++)
            items_add(out, l->items[j]);
    }
    return true;
}

static struct feel_value list_concatenate(struct eval *e, const struct feel_value *args)
{
    struct items items;

    if (!concatenate(e, args[0].list, &items))
        return builtin_fail(e, "null instead of a list");
    return items_list(&items);
}

static struct items distinct(struct eval *e, const struct feel_value *items,
                             size_t count)
{
    struct items kept = eval_items(e);

    for (size_t i = 0; i < count; i++)
        if (!list_has(e, kept.data, kept.count, &items[i]))
            items_add(&kept, items[i]);
    return kept;
}

static struct feel_value list_distinct(struct eval *e, const struct feel_value *args)
{
    struct items kept = distinct(e, args[0].list->items, args[0].list->count);

    return items_list(&kept);
}

static struct feel_value list_union(struct eval *e, const struct feel_value *args)
{
    struct items all, kept;

    if (!concatenate(e, args[0].list, &all))
        return builtin_fail(e, "null instead of a list");
    kept = distinct(e, all.data, all.count);
    return items_list(&kept);
}

/* Each value that is there more than once, once. */
static struct feel_value list_duplicates(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct items kept = eval_items(e);

    for (size_t i = 0; i < l->count; i++)
        if (list_has(e, l->items + i + 1, l->count - i - 1, &l->items[i]) &&
            !list_has(e, kept.data, kept.count, &l->items[i]))
            items_add(&kept, l->items[i]);
    return items_list(&kept);
}

static struct feel_value list_reverse(struct eval *e, const struct feel_value *args)
{
    struct items items = eval_items(e);

    for (size_t i = args[0].list->count; i-- > 0;)
        items_add(&items, args[0].list->items[i]);
    return items_list(&items);
}

/* Lists nest no deeper than the evaluator lets them. */
static void flatten(struct eval *e, const struct feel_list *l, struct items *out)
{
    l = list_read(l, e->arena);
    eval_step(e, l->count);
    for (size_t i = 0; i < l->count; i++) {
        if (l->items[i].kind == FEEL_LIST)
            flatten(e, l->items[i].list, out);
        else
            items_add(out, l->items[i]);
    }
}

static struct feel_value list_flatten(struct eval *e, const struct feel_value *args)
{
    struct items items = eval_items(e);

    flatten(e, args[0].list, &items);
    return items_list(&items);
}

const struct builtin builtins_list[] = {
    {"list contains", "list,element", "lx", list_contains},
    {"count", "list", "l", list_count},
    {"min", "list", "l", list_min},
    {"min", "list", "r", list_min},
    {"max", "list", "l", list_max},
    {"max", "list", "r", list_max},
    {"sum", "list", "l", list_sum},
    {"sum", "list", "r", list_sum},
    {"product", "list", "l", list_product},
    {"product", "list", "r", list_product},
    {"mean", "list", "l", list_mean},
    {"mean", "list", "r", list_mean},
    {"median", "list", "l", list_median},
    {"median", "list", "r", list_median},
    {"stddev", "list", "l", list_stddev},
    {"stddev", "list", "r", list_stddev},
    {"mode", "list", "l", list_mode},
    {"mode", "list", "r", list_mode},
    {"sublist", "list,start position,length", "ln|n", list_sublist},
    {"append", "list,item", "lr", list_append},
    {"concatenate", "list", "r", list_concatenate},
    {"insert before", "list,position,newItem", "lnx", list_insert_before},
    {"remove", "list,position", "ln", list_remove},
    {"list replace", "list,position,newItem", "lnx", list_replace},
    {"list replace", "list,match,newItem", "lfx", list_replace_where},
    {"reverse", "list", "l", list_reverse},
    {"index of", "list,match", "lx", list_index_of},
    {"union", "list", "r", list_union},
    {"distinct values", "list", "l", list_distinct},
    {"duplicate values", "list", "l", list_duplicates},
    {"flatten", "list", "l", list_flatten},
    {"sort", "list,precedes", "lf", list_sort},
    {"sort", "list", "l", list_sort_by_order},
    {"is empty", "list", "l", list_is_empty},
    {"partition", "list,size", "ln", list_partition},
    {0},
};
