/* eval.c - walking the tree. Every node costs a step and a level of depth; what cannot
 * be computed is null and noted; what exceeds a limit jumps back to feel_eval. */
#include <stdarg.h>
#include <stdio.h>

#include "feel/internal.h"

#define TEXT_SHOWN 200 /* characters of a value in a note */

/* A level of depth may take a KiB of the stack. */
const struct feel_limits feel_limits_default = {
    .steps = 5000000, .depth = 1000, .string = 4u << 20, .list = 1000000};

/* ---- giving up --------------------------------------------------------------- */

void eval_give_up(struct eval *e, struct str why)
{
    e->why = why;
    trap_spring(&e->trap, TRAP_FULL);
}

void eval_step(struct eval *e, u64 count)
{
    if (count > e->steps)
        eval_give_up(e, STR("the limit of steps"));
    e->steps -= count;
}

void eval_check_string(struct eval *e, size_t len)
{
    if (len > e->env->limits.string)
        eval_give_up(e, STR("the limit of a string's length"));
}

void eval_check_list(struct eval *e, size_t count)
{
    if (count > e->env->limits.list)
        eval_give_up(e, STR("the limit of a list's length"));
}

struct items eval_items(struct eval *e)
{
    return (struct items){.arena = e->arena};
}

/* ---- notes ------------------------------------------------------------------- */

struct feel_value eval_null(struct eval *e, const char *type, const char *fmt, ...)
{
    char text[512];
    va_list args;
    int start, len;

    if (!e->env->note)
        return value_null();
    start = snprintf(text, sizeof(text), "[%s] ", type);
    va_start(args, fmt);
    len = vsnprintf(text + start, sizeof(text) - (size_t)start, fmt, args);
    va_end(args);
    len = len < (int)sizeof(text) - start ? start + len : (int)sizeof(text) - 1;
    e->env->note(e->env, (struct str){text, (size_t)len});
    return value_null();
}

/* Whether printing the value takes about that many characters at most. */
static bool is_short(const struct feel_value *v, size_t *left)
{
    const struct feel_value *items = NULL;
    size_t cost = 1, count = 0;

    if (v->kind == FEEL_STRING)
        cost += v->string.len;
    if (v->kind == FEEL_LIST) {
        cost += v->list->json.len;
        items = v->list->items;
        count = v->list->count;
    }
    if (v->kind == FEEL_CONTEXT) {
        cost += v->context->json.len;
        items = v->context->values;
        count = v->context->count;
    }
    if (cost > *left)
        return false;
    *left -= cost;
    for (size_t i = 0; i < count; i++)
        if (!is_short(&items[i], left))
            return false;
    return true;
}

/* Short, since it only explains; and only where somebody listens. */
struct str eval_text(struct eval *e, const struct feel_value *v)
{
    size_t left = TEXT_SHOWN;
    struct buf text;

    if (!e->env->note)
        return STR("");
    if (v->kind == FEEL_STRING) {
        struct str s = v->string;
        while (s.len > TEXT_SHOWN ||
               (s.len < v->string.len && (s.data[s.len] & 0xc0) == 0x80))
            s.len = s.len > TEXT_SHOWN ? TEXT_SHOWN : s.len - 1;
        return s;
    }
    if (!is_short(v, &left))
        return v->kind == FEEL_LIST ? STR("[...]") : STR("{...}");
    buf_init(&text, e->arena, 32);
    value_print(&text, v, PRINT_STRING);
    return buf_str(&text);
}

/* ---- names ------------------------------------------------------------------- */

static struct frame *eval_push(struct eval *e, const struct frame *up, struct str name,
                               struct feel_value value)
{
    struct frame *f = NEW(e->arena, struct frame);

    *f = (struct frame){.up = up, .name = name, .value = value};
    return f;
}

static bool frame_find(struct eval *e, struct str name, struct feel_value *out)
{
    size_t at, walked = 0;

    for (const struct frame *f = e->frame; f; f = f->up) {
        walked += f->context ? f->context->count : 1;
        if (walked >= 64) {
            eval_step(e, walked / 64);
            walked = 0;
        }
        if (!f->context && str_equal(f->name, name)) {
            *out = f->value;
            return true;
        }
        if (f->context && context_find(f->context, name, &at)) {
            *out = f->context->values[at];
            return true;
        }
    }
    return false;
}

static bool name_find(struct eval *e, struct str name, struct feel_value *out)
{
    const struct feel_scope *scope = e->env->scope;

    return frame_find(e, name, out) ||
           (scope && scope->get(scope, name, e->arena, out));
}

static struct feel_value function_of(struct eval *e, const struct builtin *b)
{
    struct feel_function *f = NEW(e->arena, struct feel_function);

    f->builtin = b;
    return (struct feel_value){.kind = FEEL_FUNCTION, .function = f};
}

static struct feel_value eval_name(struct eval *e, const struct node *n)
{
    struct feel_value v;
    const struct builtin *b = n->builtin;

    if (name_find(e, n->name, &v))
        return v;
    if (!b && e->env->dialect == FEEL_STANDARD)
        b = builtin_find(n->name);
    if (b)
        return function_of(e, b);
    return eval_null(e, "NO_VARIABLE_FOUND", "No variable found with name '%.*s'",
                     ARG(n->name));
}

static struct feel_value eval_input(struct eval *e)
{
    struct feel_value v;

    if (name_find(e, STR("?"), &v))
        return v;
    return eval_null(e, "NO_VARIABLE_FOUND", "No input value found for '?'");
}

/* ---- paths ------------------------------------------------------------------- */

static struct str keys_text(struct eval *e, const struct feel_context *c)
{
    struct buf text;

    if (!e->env->note)
        return STR("");
    if (c->count == 0)
        return STR("The context is empty");
    buf_init(&text, e->arena, 64);
    buf_text(&text, "Available keys: ");
    for (size_t i = 0; i < c->count && text.len < 300; i++)
        buf_print(&text, "%s'%.*s'", i ? ", " : "", ARG(c->names[i]));
    return buf_str(&text);
}

static struct feel_value path_context(struct eval *e, const struct feel_context *c,
                                      struct str name)
{
    size_t at;

    c = context_read(c, e->arena);
    eval_step(e, c->count / 64);
    if (context_find(c, name, &at))
        return c->values[at];
    return eval_null(e, "NO_CONTEXT_ENTRY_FOUND",
                     "No context entry found with key '%.*s'. %.*s", ARG(name),
                     ARG(keys_text(e, c)));
}

static struct feel_value path_of(struct eval *e, const struct feel_value *v,
                                 struct str name);

static struct feel_value path_list(struct eval *e, const struct feel_list *l,
                                   struct str name)
{
    struct items items = eval_items(e);

    l = list_read(l, e->arena);
    eval_step(e, l->count);
    for (size_t i = 0; i < l->count; i++)
        items_add(&items, l->items[i].kind == FEEL_LIST
                              ? value_null()
                              : path_of(e, &l->items[i], name));
    return items_list(&items);
}

static struct feel_value path_of(struct eval *e, const struct feel_value *v,
                                 struct str name)
{
    if (v->kind == FEEL_CONTEXT)
        return path_context(e, v->context, name);
    if (v->kind == FEEL_LIST)
        return path_list(e, v->list, name);
    if (v->kind == FEEL_NULL)
        return eval_null(e, "NO_CONTEXT_ENTRY_FOUND",
                         "No context entry found with key '%.*s'. The context is null",
                         ARG(name));
    return eval_property(e, v, name);
}

static struct feel_value eval_path(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    return path_of(e, &v, n->name);
}

/* ---- filters ----------------------------------------------------------------- */

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

static struct feel_value eval_filter(struct eval *e, const struct node *n)
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

/* ---- logic and comparison ---------------------------------------------------- */

static enum truth eval_truth(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n);

    if (v.kind != FEEL_BOOLEAN && v.kind != FEEL_NULL)
        eval_null(e, "INVALID_TYPE", "Expected boolean but found '%.*s'",
                  ARG(eval_text(e, &v)));
    return truth_of(&v);
}

/* `decides` ends it: NO for and, YES for or. */
static struct feel_value eval_logic(struct eval *e, const struct node *n,
                                    enum truth decides)
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

static struct feel_value eval_compare(struct eval *e, const struct node *n)
{
    struct feel_value a = eval_node(e, n->items[0]), b = eval_node(e, n->items[1]);

    return value_truth(compare(e, n->op, &a, &b));
}

static enum truth both(enum truth a, enum truth b)
{
    return a == NO || b == NO ? NO : a == YES && b == YES ? YES : UNKNOWN;
}

static struct feel_value eval_between(struct eval *e, const struct node *n)
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

static struct feel_value eval_in_tests(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    return value_truth(any_test(e, n, 1, &v));
}

static struct feel_value eval_tests(struct eval *e, const struct node *n)
{
    struct feel_value input = eval_input(e);
    enum truth t = any_test(e, n, 0, &input);

    return value_truth(n->kind == NODE_NOT_TESTS ? opposite(t) : t);
}

/* ---- types ------------------------------------------------------------------- */

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
    return v->kind == FEEL_FUNCTION &&
           (!v->function->node || v->function->node->name_count + 1 == t->count);
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

static struct feel_value eval_instance(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    if (n->type->kind == TYPE_UNKNOWN)
        return eval_null(e, "UNKNOWN", "No such type after 'instance of'");
    return feel_boolean(type_fits(e, n->type, &v));
}

/* ---- if and loops ------------------------------------------------------------ */

static struct feel_value eval_if(struct eval *e, const struct node *n)
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

/* Ends that are not included fall away; a range never runs backwards. */
static bool domain_range(struct eval *e, const struct feel_range *r, struct domain *d)
{
    if (r->start_open || r->end_open || r->point ||
        !domain_span(e, &r->start, &r->end, d) || d->step < 0)
        return false;
    if (!r->end_included && d->count > 0)
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

static u32 height_of(const struct feel_value *v)
{
    return value_height(v, 1) - 1;
}

void eval_check_height(struct eval *e, const struct feel_value *v)
{
    if ((v->kind == FEEL_LIST || v->kind == FEEL_CONTEXT) && height_of(v) > HEIGHT_MAX)
        eval_give_up(e, STR("the limit of nesting"));
}

/* One turn with all variables set. */
static void loop_turn(struct eval *e, struct loop *loop)
{
    const struct node *body = loop->node->items[loop->node->count - 1];
    struct feel_value v = eval_node(e, body);
    enum truth decides = loop->node->kind == NODE_SOME ? YES : NO;

    if (loop->node->kind == NODE_FOR) {
        items_add(&loop->results, v);
        loop->height = height_of(&v) > loop->height ? height_of(&v) : loop->height;
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
    if (++e->depth > e->env->limits.depth)
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
    e->depth--;
    e->frame = before;
}

static struct feel_value eval_loop(struct eval *e, const struct node *n)
{
    struct loop loop = {.node = n, .results = eval_items(e)};

    loop.sum = n->kind == NODE_EVERY ? YES : NO;
    loop_run(e, &loop, 0);
    if (loop.failed)
        return value_null();
    return n->kind == NODE_FOR ? items_list(&loop.results) : value_truth(loop.sum);
}

/* ---- lists, contexts, ranges ------------------------------------------------- */

static struct feel_value eval_list(struct eval *e, const struct node *n)
{
    struct feel_value *items = NEW_ARRAY(e->arena, struct feel_value, n->count);

    for (u32 i = 0; i < n->count; i++)
        items[i] = eval_node(e, n->items[i]);
    return feel_list_of(items, n->count, e->arena);
}

/* The value of an entry, with the entries before it in scope; a function also sees
 * itself, so that it can recur. */
static struct feel_value eval_entry(struct eval *e, const struct node *n, u32 i)
{
    struct frame *own = NULL;
    struct feel_value v;

    if (n->items[i]->kind == NODE_FUNCTION)
        e->frame = own = eval_push(e, e->frame, n->names[i], value_null());
    v = eval_node(e, n->items[i]);
    if (!own)
        e->frame = own = eval_push(e, e->frame, n->names[i], v);
    own->value = v;
    return v;
}

static struct feel_value eval_context(struct eval *e, const struct node *n)
{
    struct feel_value *values = NEW_ARRAY(e->arena, struct feel_value, n->count);
    struct str *names = NEW_ARRAY(e->arena, struct str, n->count);
    struct feel_context c = {.names = names, .values = values};
    const struct frame *before = e->frame;
    bool doubled = false;
    size_t at;

    for (u32 i = 0; i < n->count; i++) {
        struct feel_value v = eval_entry(e, n, i);
        bool known = context_find(&c, n->names[i], &at);
        eval_step(e, c.count / 64);
        doubled |= known;
        at = known ? at : c.count++;
        names[at] = n->names[i];
        values[at] = v;
    }
    e->frame = before;
    if (doubled && e->env->dialect == FEEL_STANDARD)
        return eval_null(e, "UNKNOWN", "Two context entries have the same key");
    return feel_context_of(names, values, c.count, e->arena);
}

/* Both ends are of one kind that has an order, or null. */
static bool range_is_sane(const struct feel_range *r)
{
    int order;

    if (r->start.kind == FEEL_NULL || r->end.kind == FEEL_NULL) {
        const struct feel_value *end = r->start.kind == FEEL_NULL ? &r->end : &r->start;
        return end->kind == FEEL_NULL || value_order(end, end, &order);
    }
    return value_order(&r->start, &r->end, &order);
}

static struct feel_value eval_range(struct eval *e, const struct node *n)
{
    struct feel_range *r = NEW(e->arena, struct feel_range);

    r->start = eval_node(e, n->items[0]);
    r->end = eval_node(e, n->items[1]);
    r->start_included = n->op & START_INCLUDED;
    r->end_included = n->op & END_INCLUDED;
    r->start_open = n->op & START_OPEN;
    r->end_open = n->op & END_OPEN;
    r->point = n->op & POINT_EQUAL ? OP_EQ : n->op & POINT_OTHER ? OP_NE : OP_NONE;
    if (!range_is_sane(r))
        return eval_null(e, "INVALID_TYPE", "No range from '%.*s' to '%.*s'",
                         ARG(eval_text(e, &r->start)), ARG(eval_text(e, &r->end)));
    return (struct feel_value){.kind = FEEL_RANGE, .range = r};
}

/* ---- functions --------------------------------------------------------------- */

static struct feel_value eval_function(struct eval *e, const struct node *n)
{
    struct feel_function *f = NEW(e->arena, struct feel_function);

    f->node = n;
    f->frame = e->frame;
    return (struct feel_value){.kind = FEEL_FUNCTION, .function = f};
}

/* Which argument is for the parameter; false: none, or more than one. */
static bool argument_for(const struct node *f, size_t parameter,
                         const struct str *names, size_t count, size_t *at)
{
    bool found = false;

    if (!names) {
        *at = parameter;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(names[i], f->names[parameter])) {
            if (found)
                return false;
            *at = i;
            found = true;
        }
    }
    return found;
}

static struct feel_value apply_node(struct eval *e, const struct feel_function *f,
                                    const struct feel_value *args,
                                    const struct str *names, size_t count)
{
    const struct frame *before = e->frame, *frame = f->frame;
    struct feel_value v;
    size_t at;

    if (f->node->name_count != count)
        return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                         "A function of %zu parameters was given %zu arguments",
                         f->node->name_count, count);
    for (size_t i = 0; i < count; i++) {
        const struct type *type = f->node->types[i];
        if (!argument_for(f->node, i, names, count, &at))
            return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                             "No argument for the parameter '%.*s'",
                             ARG(f->node->names[i]));
        if (type && args[at].kind != FEEL_NULL && !type_fits(e, type, &args[at]))
            return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                             "'%.*s' is not of the type of the parameter '%.*s'",
                             ARG(eval_text(e, &args[at])), ARG(f->node->names[i]));
        frame = eval_push(e, frame, f->node->names[i], args[at]);
    }
    e->frame = frame;
    v = eval_node(e, f->node->items[0]);
    e->frame = before;
    return v;
}

struct feel_value eval_apply_named(struct eval *e, const struct feel_function *f,
                                   const struct feel_value *args,
                                   const struct str *names, size_t count)
{
    eval_step(e, 1);
    return f->builtin ? builtin_call(e, f->builtin, args, names, count)
                      : apply_node(e, f, args, names, count);
}

struct feel_value eval_apply(struct eval *e, const struct feel_function *f,
                             const struct feel_value *args, size_t count)
{
    return eval_apply_named(e, f, args, NULL, count);
}

static struct feel_value no_function(struct eval *e, const struct node *callee,
                                     size_t count)
{
    return eval_null(e, "NO_FUNCTION_FOUND",
                     "No function found with name '%.*s' and %zu parameters",
                     ARG(callee->name), count);
}

/* A function that the expression or its surroundings define hides a built-in. */
static struct feel_value eval_call(struct eval *e, const struct node *n)
{
    const struct node *callee = n->items[0];
    size_t count = n->count - 1;
    struct feel_value *args = NEW_ARRAY(e->arena, struct feel_value, count);
    const struct builtin *builtin = n->builtin;
    struct feel_value f = value_null();

    if (callee->kind != NODE_NAME)
        f = eval_node(e, callee);
    else if (builtin)
        frame_find(e, callee->name, &f);
    else
        name_find(e, callee->name, &f);
    for (size_t i = 0; i < count; i++)
        args[i] = eval_node(e, n->items[i + 1]);
    if (f.kind == FEEL_FUNCTION)
        return eval_apply_named(e, f.function, args, n->names, count);
    if (!builtin && callee->kind == NODE_NAME)
        builtin = builtin_find(callee->name);
    if (!builtin)
        return no_function(e, callee, count);
    eval_step(e, 1);
    return builtin_call(e, builtin, args, n->names, count);
}

/* ---- all nodes --------------------------------------------------------------- */

static struct feel_value eval_row(struct eval *e, const struct node *n)
{
    struct feel_value sum = eval_node(e, n->items[0]);

    for (u32 i = 1; i < n->count; i++) {
        struct feel_value next = eval_node(e, n->items[i]);
        sum = eval_arithmetic(e, n->ops[i - 1], &sum, &next);
    }
    return sum;
}

static struct feel_value eval_at(struct eval *e, const struct node *n)
{
    struct feel_value v;

    if (read_temporal(n->name, e->env, e->arena, &v))
        return v;
    return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                     "'%.*s' is no date, time or duration", ARG(n->name));
}

static struct feel_value eval_minus(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    return eval_negate(e, &v);
}

static struct feel_value eval_any_node(struct eval *e, const struct node *n)
{
    switch (n->kind) {
    case NODE_LITERAL:
        return n->literal;
    case NODE_AT:
        return eval_at(e, n);
    case NODE_NAME:
        return eval_name(e, n);
    case NODE_INPUT:
        return eval_input(e);
    case NODE_PATH:
        return eval_path(e, n);
    case NODE_FILTER:
        return eval_filter(e, n);
    case NODE_ARITHMETIC:
        return eval_row(e, n);
    case NODE_AND:
        return eval_logic(e, n, NO);
    case NODE_OR:
        return eval_logic(e, n, YES);
    case NODE_NEGATE:
        return eval_minus(e, n);
    case NODE_COMPARE:
        return eval_compare(e, n);
    case NODE_BETWEEN:
        return eval_between(e, n);
    case NODE_IN:
        return eval_in_tests(e, n);
    case NODE_INSTANCE:
        return eval_instance(e, n);
    case NODE_IF:
        return eval_if(e, n);
    case NODE_FOR:
    case NODE_SOME:
    case NODE_EVERY:
        return eval_loop(e, n);
    case NODE_RANGE:
        return eval_range(e, n);
    case NODE_LIST:
        return eval_list(e, n);
    case NODE_CONTEXT:
        return eval_context(e, n);
    case NODE_FUNCTION:
        return eval_function(e, n);
    case NODE_CALL:
        return eval_call(e, n);
    case NODE_TESTS:
    case NODE_NOT_TESTS:
        return eval_tests(e, n);
    case NODE_ANYTHING:
        return feel_boolean(true);
    case NODE_SPAN: /* only the parser's loops have these two, and look into them */
    case NODE_TEST:
        break;
    }
    must(!"a node that is evaluated");
    return value_null();
}

struct feel_value eval_node(struct eval *e, const struct node *n)
{
    struct feel_value v;

    eval_step(e, 1);
    if (++e->depth > e->env->limits.depth)
        eval_give_up(e, STR("the limit of depth"));
    v = eval_any_node(e, n);
    eval_check_height(e, &v);
    e->depth--;
    return v;
}

/* ---- the face ---------------------------------------------------------------- */

/* Whatever else jumps here (a failed must, a look-up that met something cold) was meant
 * for the one who called us. */
static _Noreturn void pass_on(const struct trap *trap, struct trap *caller)
{
    if (!caller)
        must_failed(trap->text, __FILE__, __LINE__, __func__);
    memcpy(caller->text, trap->text, sizeof(caller->text));
    trap_spring(caller, trap->why);
}

struct feel_value feel_eval(const struct feel_expr *expr, const struct feel_env *env,
                            struct arena *scratch)
{
    struct eval e = {.env = env, .expr = expr, .arena = scratch};
    struct trap *const full = scratch->full;
    struct trap *const caller = trap_set(&e.trap);
    volatile bool finished = false;
    struct feel_value v;

    e.steps = env->limits.steps;
    e.why = STR("the limit of memory");
    scratch->full = &e.trap;
    if (setjmp(e.trap.jump) == 0) {
        v = eval_node(&e, expr->root);
        finished = true;
    }
    scratch->full = full;
    trap_set(caller);
    if (finished)
        return v;
    if (e.trap.why != TRAP_FULL)
        pass_on(&e.trap, caller);
    return (struct feel_value){.kind = FEEL_GAVE_UP, .string = e.why};
}
