/* loop.c - filters, if, for, some and every. */
#include "feel/internal.h"

/* ---- filters --------------------------------------------------------------------- */

static const struct feel_list *list_of_value(struct eval *e, const struct feel_value *v)
{
    struct feel_value *single;

    if (v->kind == FEEL_LIST)
        return list_read(v->list, e->arena);
    single = NEW(e->arena, struct feel_value);
    *single = *v;
    return feel_list_of(single, 1, e->arena).list;
}

static struct feel_value list_pick(struct eval *e, const struct feel_list *l,
                                   struct num position)
{
    i64 i, count = (i64)l->count;

    if (!num_to_i64(position, &i) || i == 0 || i > count || i < -count)
        return value_null();
    return l->items[i > 0 ? i - 1 : count + i];
}

/* The names that a condition sees: `item`, and before it the entries of a context item.
 * They serve all items, unless a function may keep them. */
struct filter {
    const struct node *condition;
    struct frame *item, *entries;
};

static struct feel_value filter_ask(struct eval *e, struct filter *f,
                                    const struct feel_value *item)
{
    const struct frame *before = e->frame;
    struct feel_value v;

    if (!f->item || e->expr->has_functions) {
        f->item = eval_push(e, before, STR("item"), value_null());
        f->entries = eval_push(e, f->item, STR(""), value_null());
    }
    f->item->value = *item;
    e->frame = f->item;
    if (item->kind == FEEL_CONTEXT) {
        f->entries->context = context_read(item->context, e->arena);
        e->frame = f->entries;
    }
    v = eval_node(e, f->condition);
    e->frame = before;
    return v;
}

/* Whether the condition is a position even for an empty list; nobody hears of it. */
static struct feel_value filter_empty(struct eval *e, struct filter *f)
{
    const struct feel_env *env = e->env;
    struct feel_env quiet = *env;
    struct feel_value nothing = value_null(), v;

    quiet.note = NULL;
    e->env = &quiet;
    v = filter_ask(e, f, &nothing);
    e->env = env;
    return v.kind == FEEL_NUMBER ? value_null() : feel_list_of(NULL, 0, e->arena);
}

struct feel_value eval_filter(struct eval *e, const struct node *n)
{
    struct feel_value of = eval_node(e, n->items[0]);
    const struct node *condition = n->items[1];
    const struct feel_list *l;
    struct filter f = {.condition = condition};
    struct items kept = eval_items(e);

    if (of.kind == FEEL_NULL)
        return eval_null(e, "INVALID_TYPE", "Can't filter 'null'");
    l = list_of_value(e, &of);
    if (n->is_plain && condition->literal.kind == FEEL_NUMBER)
        return list_pick(e, l, condition->literal.number);
    if (l->count == 0)
        return filter_empty(e, &f);
    for (size_t i = 0; i < l->count; i++) {
        struct feel_value v = filter_ask(e, &f, &l->items[i]);
        if (v.kind == FEEL_NUMBER)
            return list_pick(e, l, v.number);
        if (truth_of(&v) == YES)
            items_add(&kept, l->items[i]);
    }
    return items_list(&kept);
}

/* ---- if and loops ---------------------------------------------------------------- */

struct feel_value eval_if(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    if (v.kind != FEEL_BOOLEAN)
        eval_null(e, "INVALID_TYPE", "Expected boolean but found '%.*s'",
                  ARG(eval_text(e, &v)));
    return eval_node(e, n->items[truth_of(&v) == YES ? 1 : 2]);
}

/* What a loop goes through: a list, or numbers or dates one apart. */
struct domain {
    const struct feel_list *list;
    struct feel_value start;
    i64 count, step;
};

static bool domain_span(struct eval *e, const struct feel_value *from,
                        const struct feel_value *to, struct domain *d)
{
    i64 distance;

    if (from->kind == FEEL_NUMBER && to->kind == FEEL_NUMBER) {
        struct num n = num_sub(to->number, from->number);
        distance = num_cut_i64(n);
    } else if (from->kind == FEEL_DATE && to->kind == FEEL_DATE) {
        distance = moment_days(to->moment) - moment_days(from->moment);
    } else {
        eval_null(e, "INVALID_TYPE", "Can't iterate from '%.*s' to '%.*s'",
                  ARG(eval_text(e, from)), ARG(eval_text(e, to)));
        return false;
    }
    d->start = *from;
    d->step = distance < 0 ? -1 : 1;
    if (distance == INT64_MIN || distance == INT64_MAX)
        eval_give_up(e, STR("the limit of a list's length"));
    d->count = (distance < 0 ? -distance : distance) + 1;
    return true;
}

static struct feel_value domain_at(struct eval *e, const struct domain *d, i64 i)
{
    struct feel_moment m;

    if (d->list)
        return d->list->items[i];
    if (d->start.kind == FEEL_NUMBER)
        return value_num(num_add(d->start.number, num_from_i64(i * d->step)));
    m = *d->start.moment;
    moment_set_days(&m, moment_days(&m) + i * d->step);
    return value_moment(FEEL_DATE, &m, e->arena);
}

/* Ends that are not included fall away, where the steps come to them; a range never
 * runs backwards. */
static bool domain_range(struct eval *e, const struct feel_range *r, struct domain *d)
{
    struct feel_value last;
    int order;

    if (r->start_open || r->end_open || r->point ||
        !domain_span(e, &r->start, &r->end, d) || d->step < 0)
        return false;
    last = domain_at(e, d, d->count - 1);
    if (!r->end_included && value_order(&last, &r->end, &order) && order == 0)
        d->count--;
    if (!r->start_included && d->count > 0) {
        d->start = domain_at(e, d, 1);
        d->count--;
    }
    return true;
}

static bool domain_open(struct eval *e, const struct node *n, struct domain *d)
{
    struct feel_value v;

    *d = (struct domain){0};
    if (n->kind == NODE_SPAN) {
        struct feel_value from = eval_node(e, n->items[0]);
        struct feel_value to = eval_node(e, n->items[1]);
        return domain_span(e, &from, &to, d);
    }
    v = eval_node(e, n);
    if (v.kind == FEEL_RANGE)
        return domain_range(e, v.range, d);
    if (v.kind == FEEL_NULL) {
        eval_null(e, "INVALID_TYPE", "Expected list but found 'null'");
        return false;
    }
    d->list = list_of_value(e, &v);
    d->count = (i64)d->list->count;
    return true;
}

struct loop {
    const struct node *node;
    struct items results; /* of for */
    u32 height;           /* of what is in them */
    enum truth sum;       /* of some and every */
    bool failed;          /* a domain was no list */
    bool decided;
};

/* One turn with all variables set. */
static void loop_turn(struct eval *e, struct loop *loop)
{
    const struct node *body = loop->node->items[loop->node->count - 1];
    struct feel_value v = eval_node(e, body);
    enum truth decides = loop->node->kind == NODE_SOME ? YES : NO;

    if (loop->node->kind == NODE_FOR) {
        u32 height = value_height(&v, 1) - 1;
        items_add(&loop->results, v);
        loop->height = height > loop->height ? height : loop->height;
        eval_check_list(e, loop->results.count);
        return;
    }
    loop->decided = truth_of(&v) == decides;
    if (loop->decided)
        loop->sum = decides;
    else if (v.kind != FEEL_BOOLEAN)
        loop->sum = UNKNOWN;
}

/* What was returned so far. */
static struct feel_value loop_partial(struct eval *e, const struct loop *loop)
{
    struct feel_list *l = NEW(e->arena, struct feel_list);

    l->items = loop->results.data;
    l->count = loop->results.count;
    l->height = loop->height + 1;
    return (struct feel_value){.kind = FEEL_LIST, .list = l};
}

static void loop_run(struct eval *e, struct loop *loop, u32 variable)
{
    const struct frame *before = e->frame;
    bool is_last = variable + 2 == loop->node->count;
    struct frame *own = NULL, *partial = NULL;
    struct domain d;

    if (!domain_open(e, loop->node->items[variable], &d)) {
        loop->failed = true;
        return;
    }
    if (++e->left.depth > e->env->limits.depth)
        eval_give_up(e, STR("the limit of depth"));
    for (i64 i = 0; i < d.count && !loop->failed && !loop->decided; i++) {
        eval_step(e, 1);
        /* A function may keep the frames of its turn; else they serve all turns. */
        if (!own || e->expr->has_functions) {
            own = eval_push(e, before, loop->node->names[variable], value_null());
            partial = eval_push(e, own, STR("partial"), value_null());
        }
        own->value = domain_at(e, &d, i);
        e->frame = own;
        if (is_last && loop->node->kind == NODE_FOR) {
            partial->value = loop_partial(e, loop);
            e->frame = partial;
        }
        if (is_last)
            loop_turn(e, loop);
        else
            loop_run(e, loop, variable + 1);
    }
    e->left.depth--;
    e->frame = before;
}

struct feel_value eval_loop(struct eval *e, const struct node *n)
{
    struct loop loop = {.node = n, .results = eval_items(e)};

    loop.sum = n->kind == NODE_EVERY ? YES : NO;
    loop_run(e, &loop, 0);
    if (loop.failed)
        return value_null();
    return n->kind == NODE_FOR ? items_list(&loop.results) : value_truth(loop.sum);
}
