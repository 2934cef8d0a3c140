#include "t/slow/slow.h"

static const struct slow_value nothing = {.kind = SLOW_NULL};
static const struct slow_value yes = {.kind = SLOW_BOOLEAN, .boolean = true};
static const struct slow_value no = {.kind = SLOW_BOOLEAN, .boolean = false};

static const struct slow_value *truth(bool b)
{
    return b ? &yes : &no;
}

static bool is_true(const struct slow_value *v)
{
    return v->kind == SLOW_BOOLEAN && v->boolean;
}

static bool is_false(const struct slow_value *v)
{
    return v->kind == SLOW_BOOLEAN && !v->boolean;
}

static struct slow_value *make(struct arena *arena, enum slow_kind kind)
{
    struct slow_value *v = NEW(arena, struct slow_value);

    v->kind = kind;
    return v;
}

static void add(struct arena *arena, struct slow_value *list,
                const struct slow_value *v)
{
    const struct slow_value **items =
        NEW_ARRAY(arena, const struct slow_value *, list->count + 1);

    for (size_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    items[list->count++] = v;
    list->items = items;
}

/* ---- comparing ------------------------------------------------------------------- */

/* Table 53: null equals null alone; other kinds do not compare. */
static const struct slow_value *equal(const struct slow_value *a,
                                      const struct slow_value *b);

static bool same_parts(const struct slow_value *a, const struct slow_value *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        size_t j = i;
        while (a->names && j < b->count && strcmp(a->names[i], b->names[j]) != 0)
            j++;
        for (size_t k = 0; a->names && j == i && k < b->count; k++)
            if (strcmp(a->names[i], b->names[k]) == 0)
                j = k;
        if (j == b->count || !is_true(equal(a->items[i], b->items[j])))
            return false;
    }
    return true;
}

static const struct slow_value *equal(const struct slow_value *a,
                                      const struct slow_value *b)
{
    if (a->kind == SLOW_NULL || b->kind == SLOW_NULL)
        return truth(a->kind == b->kind);
    if (a->kind != b->kind)
        return &nothing;
    if (a->kind == SLOW_BOOLEAN)
        return truth(a->boolean == b->boolean);
    if (a->kind == SLOW_NUMBER)
        return truth(decimal_compare(&a->number, &b->number) == 0);
    if (a->kind == SLOW_STRING)
        return truth(strcmp(a->string, b->string) == 0);
    if (a->kind == SLOW_RANGE &&
        (a->start_included != b->start_included || a->end_included != b->end_included))
        return &no;
    return truth(same_parts(a, b));
}

static const struct slow_value *opposite(const struct slow_value *v)
{
    return v->kind == SLOW_BOOLEAN ? truth(!v->boolean) : &nothing;
}

static const struct slow_value *both(const struct slow_value *a,
                                     const struct slow_value *b)
{
    if (is_false(a) || is_false(b))
        return &no;
    return is_true(a) && is_true(b) ? &yes : &nothing;
}

/* Table 42: numbers and strings, each with its like. */
static const struct slow_value *less(const struct slow_value *a,
                                     const struct slow_value *b, bool or_equal)
{
    int order;

    if (a->kind != b->kind || (a->kind != SLOW_NUMBER && a->kind != SLOW_STRING))
        return &nothing;
    order = a->kind == SLOW_NUMBER ? decimal_compare(&a->number, &b->number)
                                   : strcmp(a->string, b->string);
    return truth(order < 0 || (or_equal && order == 0));
}

static const struct slow_value *in_range(const struct slow_value *v,
                                         const struct slow_value *range)
{
    return both(less(range->items[0], v, range->start_included),
                less(v, range->items[1], range->end_included));
}

static const struct slow_value *in(const struct slow_value *v,
                                   const struct slow_value *of)
{
    if (of->kind == SLOW_RANGE)
        return v->kind == SLOW_RANGE ? equal(v, of) : in_range(v, of);
    for (size_t i = 0; i < of->count; i++) {
        const struct slow_value *one = of->items[i];
        if (is_true(equal(v, one)) ||
            (one->kind == SLOW_RANGE && is_true(in_range(v, one))))
            return &yes;
    }
    return v->kind == SLOW_LIST ? equal(v, of) : &no;
}

/* ---- computing ------------------------------------------------------------------- */

static const struct slow_value *join(struct arena *arena, const char *a, const char *b)
{
    struct slow_value *v = make(arena, SLOW_STRING);

    v->string = arena_print(arena, "%s%s", a, b).data;
    return v;
}

static const struct slow_value *compute(enum term_kind how, const struct slow_value *a,
                                        const struct slow_value *b, struct arena *arena)
{
    struct slow_value *v;
    struct decimal minus;

    if (how == TERM_ADD && a->kind == SLOW_STRING && b->kind == SLOW_STRING)
        return join(arena, a->string, b->string);
    if (a->kind != SLOW_NUMBER || b->kind != SLOW_NUMBER)
        return &nothing;
    if (how == TERM_DIV && b->number.count == 0)
        return &nothing;
    v = make(arena, SLOW_NUMBER);
    minus = decimal_neg(b->number);
    if (how == TERM_ADD)
        v->number = decimal_add(&a->number, &b->number);
    else if (how == TERM_SUB)
        v->number = decimal_add(&a->number, &minus);
    else if (how == TERM_MUL)
        v->number = decimal_mul(&a->number, &b->number);
    else
        v->number = decimal_div(&a->number, &b->number);
    return v;
}

static const struct slow_value *look_up(const struct slow_scope *s, const char *name)
{
    for (; s; s = s->up)
        if (strcmp(s->name, name) == 0)
            return s->value;
    return &nothing;
}

/* Of a list: that of each. A list in it is no context, and has no entries. */
static const struct slow_value *path(const struct slow_value *v, const char *name,
                                     struct arena *arena)
{
    struct slow_value *all;

    if (v->kind == SLOW_LIST) {
        all = make(arena, SLOW_LIST);
        for (size_t i = 0; i < v->count; i++)
            add(arena, all,
                v->items[i]->kind == SLOW_LIST ? &nothing
                                               : path(v->items[i], name, arena));
        return all;
    }
    for (size_t i = 0; v->kind == SLOW_CONTEXT && i < v->count; i++)
        if (strcmp(v->names[i], name) == 0)
            return v->items[i];
    return &nothing;
}

/* A value that is no list is a list of one (10.3.2.9.4). */
static const struct slow_value *as_list(const struct slow_value *v, struct arena *arena)
{
    struct slow_value *one;

    if (v->kind == SLOW_LIST)
        return v;
    one = make(arena, SLOW_LIST);
    add(arena, one, v);
    return one;
}

static const struct slow_value *pick(const struct slow_value *list,
                                     const struct decimal *at)
{
    for (size_t i = 0; i < list->count; i++) {
        struct decimal front = decimal_of((i64)i + 1, 0);
        struct decimal back = decimal_of((i64)i - (i64)list->count, 0);
        if (decimal_compare(at, &front) == 0 || decimal_compare(at, &back) == 0)
            return list->items[i];
    }
    return &nothing;
}

/* A condition sees `item`, and a context's entries by their names. */
static const struct slow_value *filter(const struct term *t,
                                       const struct slow_scope *scope,
                                       struct arena *arena)
{
    const struct slow_value *of = slow_eval(t->of[0], scope, arena), *list;
    struct slow_value *kept = make(arena, SLOW_LIST);

    if (of->kind == SLOW_NULL)
        return &nothing;
    list = as_list(of, arena);
    if (t->of[1]->kind == TERM_LITERAL && t->of[1]->literal->kind == SLOW_NUMBER)
        return pick(list, &t->of[1]->literal->number);
    for (size_t i = 0; i < list->count; i++) {
        const struct slow_value *item = list->items[i];
        struct slow_scope *inner = NEW(arena, struct slow_scope);
        *inner = (struct slow_scope){scope, "item", item};
        for (size_t j = 0; item->kind == SLOW_CONTEXT && j < item->count; j++) {
            struct slow_scope *entry = NEW(arena, struct slow_scope);
            *entry = (struct slow_scope){inner, item->names[j], item->items[j]};
            inner = entry;
        }
        if (is_true(slow_eval(t->of[1], inner, arena)))
            add(arena, kept, item);
    }
    return kept;
}

/* ---- loops ----------------------------------------------------------------------- */

/* From one number to the other, up or down. */
static const struct slow_value *steps(const struct slow_value *from,
                                      const struct slow_value *to, struct arena *arena)
{
    struct slow_value *list = make(arena, SLOW_LIST);
    struct decimal at = from->number;
    int order = decimal_compare(&from->number, &to->number);
    struct decimal step = decimal_of(order > 0 ? -1 : 1, 0);

    for (;;) {
        struct slow_value *v = make(arena, SLOW_NUMBER);
        v->number = at;
        add(arena, list, v);
        at = decimal_add(&at, &step);
        if (order > 0 ? decimal_compare(&at, &to->number) < 0
                      : decimal_compare(&at, &to->number) > 0)
            return list;
    }
}

/* What a loop goes through; NULL: nothing that one could. */
static const struct slow_value *domain(const struct slow_value *v, struct arena *arena)
{
    const struct slow_value *all;
    struct slow_value *list;

    if (v->kind == SLOW_NULL)
        return NULL;
    if (v->kind != SLOW_RANGE)
        return as_list(v, arena);
    all = steps(v->items[0], v->items[1], arena);
    list = make(arena, SLOW_LIST);
    for (size_t i = 0; i < all->count; i++)
        if (is_true(in_range(all->items[i], v)))
            add(arena, list, all->items[i]);
    return list;
}

static const struct slow_value *turns(const char *name, const struct slow_value *list,
                                      const struct term *body,
                                      const struct slow_scope *scope,
                                      struct arena *arena)
{
    struct slow_value *all = make(arena, SLOW_LIST);

    for (size_t i = 0; i < list->count; i++) {
        struct slow_scope inner = {scope, name, list->items[i]};
        add(arena, all, slow_eval(body, &inner, arena));
    }
    return all;
}

static const struct slow_value *loop(const struct term *t,
                                     const struct slow_scope *scope,
                                     struct arena *arena)
{
    const struct slow_value *list = domain(slow_eval(t->of[0], scope, arena), arena);
    const struct slow_value *all;
    bool wanted = t->kind == TERM_SOME, unknown = false;

    if (!list)
        return &nothing;
    all = turns(t->name, list, t->of[1], scope, arena);
    if (t->kind == TERM_FOR)
        return all;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i]->kind == SLOW_BOOLEAN && all->items[i]->boolean == wanted)
            return truth(wanted);
        unknown |= all->items[i]->kind != SLOW_BOOLEAN;
    }
    return unknown ? &nothing : truth(!wanted);
}

static const struct slow_value *count_loop(const struct term *t,
                                           const struct slow_scope *scope,
                                           struct arena *arena)
{
    const struct slow_value *from = slow_eval(t->of[0], scope, arena);
    const struct slow_value *to = slow_eval(t->of[1], scope, arena);

    return turns(t->name, steps(from, to, arena), t->of[2], scope, arena);
}

/* Later entries see the earlier ones. */
static const struct slow_value *context(const struct term *t,
                                        const struct slow_scope *scope,
                                        struct arena *arena)
{
    struct slow_value *c = make(arena, SLOW_CONTEXT);

    c->names = NEW_ARRAY(arena, const char *, t->count + 1);
    for (size_t i = 0; i < t->count; i++) {
        struct slow_scope *inner = NEW(arena, struct slow_scope);
        const struct slow_value *v = slow_eval(t->of[i], scope, arena);
        c->names[i] = t->names[i];
        add(arena, c, v);
        *inner = (struct slow_scope){scope, t->names[i], v};
        scope = inner;
    }
    return c;
}

static const struct slow_value *list(const struct term *t,
                                     const struct slow_scope *scope,
                                     struct arena *arena)
{
    struct slow_value *l = make(arena, SLOW_LIST);

    for (size_t i = 0; i < t->count; i++)
        add(arena, l, slow_eval(t->of[i], scope, arena));
    return l;
}

/* ---- all ------------------------------------------------------------------------- */

/* Those that need the values of their parts and nothing else. */
static const struct slow_value *operate(const struct term *t,
                                        const struct slow_value *a,
                                        const struct slow_value *b,
                                        const struct slow_value *c, struct arena *arena)
{
    switch (t->kind) {
    case TERM_ADD:
    case TERM_SUB:
    case TERM_MUL:
    case TERM_DIV:
        return compute(t->kind, a, b, arena);
    case TERM_EQ:
        return equal(a, b);
    case TERM_NE:
        return opposite(equal(a, b));
    case TERM_LT:
        return less(a, b, false);
    case TERM_LE:
        return less(a, b, true);
    case TERM_GT:
        return less(b, a, false);
    case TERM_GE:
        return less(b, a, true);
    case TERM_AND:
        return both(a, b);
    case TERM_OR:
        return opposite(both(opposite(a), opposite(b)));
    case TERM_NOT:
        return opposite(a);
    case TERM_BETWEEN:
        return both(less(b, a, true), less(a, c, true));
    case TERM_IN:
        return in(a, b);
    default:
        return path(a, t->name, arena);
    }
}

const struct slow_value *slow_eval(const struct term *t, const struct slow_scope *scope,
                                   struct arena *arena)
{
    const struct slow_value *of[3] = {&nothing, &nothing, &nothing};

    switch (t->kind) {
    case TERM_LITERAL:
        return t->literal;
    case TERM_NAME:
        return look_up(scope, t->name);
    case TERM_IF:
        return slow_eval(t->of[is_true(slow_eval(t->of[0], scope, arena)) ? 1 : 2],
                         scope, arena);
    case TERM_FOR:
    case TERM_SOME:
    case TERM_EVERY:
        return loop(t, scope, arena);
    case TERM_STEPS:
        return count_loop(t, scope, arena);
    case TERM_FILTER:
        return filter(t, scope, arena);
    case TERM_LIST:
        return list(t, scope, arena);
    case TERM_CONTEXT:
        return context(t, scope, arena);
    default:
        for (size_t i = 0; i < t->count; i++)
            of[i] = slow_eval(t->of[i], scope, arena);
        return operate(t, of[0], of[1], of[2], arena);
    }
}

static void print_parts(struct buf *out, const struct slow_value *v)
{
    for (size_t i = 0; i < v->count; i++) {
        if (i)
            buf_text(out, ", ");
        if (v->names)
            buf_print(out, "%s: ", v->names[i]);
        slow_print(out, v->items[i]);
    }
}

void slow_print(struct buf *out, const struct slow_value *v)
{
    switch (v->kind) {
    case SLOW_NULL:
        buf_text(out, "null");
        break;
    case SLOW_BOOLEAN:
        buf_text(out, v->boolean ? "true" : "false");
        break;
    case SLOW_NUMBER:
        decimal_print(out, &v->number);
        break;
    case SLOW_STRING:
        buf_print(out, "\"%s\"", v->string);
        break;
    case SLOW_LIST:
        buf_byte(out, '[');
        print_parts(out, v);
        buf_byte(out, ']');
        break;
    case SLOW_CONTEXT:
        buf_byte(out, '{');
        print_parts(out, v);
        buf_byte(out, '}');
        break;
    case SLOW_RANGE:
        buf_byte(out, v->start_included ? '[' : '(');
        slow_print(out, v->items[0]);
        buf_text(out, "..");
        slow_print(out, v->items[1]);
        buf_byte(out, v->end_included ? ']' : ')');
        break;
    }
}
