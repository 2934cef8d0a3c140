/* feel_diff.c - random programs, evaluated twice: by the engine, which gets them as
 * text, and by the slow evaluator, which has the tree.
 *
 *     feel_diff [-n PROGRAMS] [-s SEED]
 *
 * Prints what differs, last `N passed, N failed`. */
#include <stdio.h>
#include <stdlib.h>

#include "base/prng.h"
#include "feel/feel.h"
#include "t/slow/slow.h"

enum { DEPTH_MAX = 4, SHOWN_MAX = 20 };

struct diff {
    struct prng prng;
    struct arena arena;
    size_t passed, failed;
};

static u32 below(struct diff *d, u32 bound)
{
    return (u32)prng_below(&d->prng, bound);
}

/* ---- terms ----------------------------------------------------------------------- */

static struct term *any(struct diff *d, u32 depth);
static struct term *condition(struct diff *d, u32 depth);

static struct slow_value *value_make(struct diff *d, enum slow_kind kind)
{
    struct slow_value *v = NEW(&d->arena, struct slow_value);

    v->kind = kind;
    return v;
}

static struct slow_value *number(struct diff *d, i64 whole, int exponent)
{
    struct slow_value *v = value_make(d, SLOW_NUMBER);

    v->number = decimal_of(whole, exponent);
    return v;
}

static struct slow_value *range(struct diff *d)
{
    struct slow_value *v = value_make(d, SLOW_RANGE);
    i64 start = below(d, 50);
    int exponent = below(d, 3) ? 0 : -1; /* 1..4 or 0.7..2.3 */

    v->count = 2;
    v->items = NEW_ARRAY(&d->arena, const struct slow_value *, 2);
    start = exponent ? start : start % 5;
    v->items[0] = number(d, start, exponent);
    v->items[1] = number(d, start + below(d, exponent ? 40 : 4), exponent);
    v->start_included = below(d, 2);
    v->end_included = below(d, 2);
    return v;
}

static struct term *make(struct diff *d, enum term_kind kind, size_t count)
{
    struct term *t = NEW(&d->arena, struct term);

    t->kind = kind;
    t->count = count;
    return t;
}

static struct term *literal(struct diff *d, const struct slow_value *v)
{
    struct term *t = make(d, TERM_LITERAL, 0);

    t->literal = v;
    return t;
}

static struct term *any_literal(struct diff *d)
{
    static const char *const strings[] = {"", "a", "b", "ab", "zz"};
    struct slow_value *v = value_make(d, SLOW_NULL);

    switch (below(d, 6)) {
    case 0:
        v->kind = SLOW_BOOLEAN;
        v->boolean = below(d, 2);
        break;
    case 1:
        v->kind = SLOW_STRING;
        v->string = strings[below(d, LEN(strings))];
        break;
    case 2:
        break;
    case 3:
        v = number(d, (i64)prng_next(&d->prng) / 7, -(int)below(d, 30));
        break;
    default:
        v = number(d, (i64)below(d, 9) - 3, 0);
    }
    return literal(d, v);
}

static struct term *any_name(struct diff *d)
{
    static const char *const names[] = {"a", "b", "l", "k", "o", "x", "y", "item", "m"};
    struct term *t = make(d, TERM_NAME, 0);

    t->name = names[below(d, LEN(names))];
    return t;
}

static struct term *of_any(struct diff *d, enum term_kind kind, size_t count, u32 depth)
{
    struct term *t = make(d, kind, count);

    for (size_t i = 0; i < count; i++)
        t->of[i] = any(d, depth);
    return t;
}

static struct term *any_list(struct diff *d, u32 depth)
{
    return of_any(d, TERM_LIST, below(d, 5), depth);
}

static struct term *any_context(struct diff *d, u32 depth)
{
    static const char *const names[] = {"a", "k", "m"};
    struct term *t = of_any(d, TERM_CONTEXT, below(d, 4), depth);

    for (size_t i = 0; i < t->count; i++)
        t->names[i] = names[i];
    return t;
}

static struct term *any_loop(struct diff *d, enum term_kind kind, u32 depth)
{
    struct term *t = of_any(d, kind, 2, depth);

    t->name = below(d, 2) ? "x" : "y";
    if (below(d, 3) == 0)
        t->of[0] = literal(d, range(d));
    else if (below(d, 2))
        t->of[0] = any_list(d, depth);
    if (kind != TERM_FOR)
        t->of[1] = condition(d, depth);
    return t;
}

static struct term *any_steps(struct diff *d, u32 depth)
{
    struct term *t = of_any(d, TERM_STEPS, 3, depth);

    t->name = "x";
    t->of[0] = literal(d, number(d, below(d, 4), 0));
    t->of[1] = literal(d, number(d, below(d, 4), 0));
    return t;
}

/* A number that is no literal could be a position as well as no condition. */
static struct term *any_filter(struct diff *d, u32 depth)
{
    struct term *t = of_any(d, TERM_FILTER, 2, depth);

    if (below(d, 2))
        t->of[0] = any_list(d, depth);
    t->of[1] = below(d, 2) ? literal(d, number(d, (i64)below(d, 7) - 3, 0))
                           : condition(d, depth);
    return t;
}

static struct term *any_path(struct diff *d, u32 depth)
{
    static const char *const names[] = {"a", "k", "m"};
    struct term *t = of_any(d, TERM_PATH, 1, depth);

    t->name = names[below(d, LEN(names))];
    return t;
}

static struct term *any_in(struct diff *d, u32 depth)
{
    struct term *t = of_any(d, TERM_IN, 2, depth);

    t->of[1] = below(d, 2) ? literal(d, range(d)) : any_list(d, depth);
    return t;
}

/* What is true, false or null. */
static struct term *condition(struct diff *d, u32 depth)
{
    u32 kind = below(d, 12);
    u32 less = depth ? depth - 1 : 0;

    if (kind < 6)
        return of_any(d, (enum term_kind)(TERM_EQ + (int)kind), 2, less);
    if (kind == 6)
        return any_in(d, less);
    if (kind == 7 || depth == 0)
        return of_any(d, TERM_BETWEEN, 3, less);
    if (kind == 8)
        return any_loop(d, below(d, 2) ? TERM_SOME : TERM_EVERY, less);
    struct term *t = make(d,
                          kind == 9    ? TERM_NOT
                          : kind == 10 ? TERM_AND
                                       : TERM_OR,
                          kind == 9 ? 1 : 2);
    t->of[0] = condition(d, less);
    t->of[1] = condition(d, less);
    return t;
}

static struct term *any(struct diff *d, u32 depth)
{
    if (depth == 0)
        return below(d, 2) ? any_name(d) : any_literal(d);
    switch (below(d, 14)) {
    case 0:
        return any_list(d, depth - 1);
    case 1:
        return any_context(d, depth - 1);
    case 2:
        return of_any(d, TERM_IF, 3, depth - 1);
    case 3:
        return any_loop(d, TERM_FOR, depth - 1);
    case 4:
        return any_steps(d, depth - 1);
    case 5:
    case 6:
        return any_filter(d, depth - 1);
    case 7:
    case 8:
        return any_path(d, depth - 1);
    case 9:
        return condition(d, depth - 1);
    case 10:
        return below(d, 2) ? any_name(d) : any_literal(d);
    default:
        return of_any(d, (enum term_kind)(TERM_ADD + (int)below(d, 4)), 2, depth - 1);
    }
}

/* ---- as text --------------------------------------------------------------------- */

/* How tightly each binds; parentheses stand where they must. */
enum { LOOSE, OR, AND, COMPARISON, SUM, PRODUCT, TIGHT };

static int tightness(const struct term *t)
{
    switch (t->kind) {
    case TERM_IF:
    case TERM_FOR:
    case TERM_STEPS:
    case TERM_SOME:
    case TERM_EVERY:
        return LOOSE;
    case TERM_OR:
        return OR;
    case TERM_AND:
        return AND;
    case TERM_EQ:
    case TERM_NE:
    case TERM_LT:
    case TERM_LE:
    case TERM_GT:
    case TERM_GE:
    case TERM_BETWEEN:
    case TERM_IN:
        return COMPARISON;
    case TERM_ADD:
    case TERM_SUB:
        return SUM;
    case TERM_MUL:
    case TERM_DIV:
        return PRODUCT;
    case TERM_LITERAL: /* of a negative number the sign stands before it */
        return t->literal->kind == SLOW_NUMBER && t->literal->number.negative ? LOOSE
                                                                              : TIGHT;
    case TERM_NAME:
    case TERM_NOT:
    case TERM_FILTER:
    case TERM_PATH:
    case TERM_LIST:
    case TERM_CONTEXT:
        break;
    }
    return TIGHT;
}

/* `%0` and so on: a part; the letter behind it: how tight that must be. */
static const char *const patterns[] = {
    [TERM_ADD] = "%0s + %1p",
    [TERM_SUB] = "%0s - %1p",
    [TERM_MUL] = "%0p * %1t",
    [TERM_DIV] = "%0p / %1t",
    [TERM_EQ] = "%0s = %1s",
    [TERM_NE] = "%0s != %1s",
    [TERM_LT] = "%0s < %1s",
    [TERM_LE] = "%0s <= %1s",
    [TERM_GT] = "%0s > %1s",
    [TERM_GE] = "%0s >= %1s",
    [TERM_AND] = "%0a and %1c",
    [TERM_OR] = "%0o or %1a",
    [TERM_NOT] = "not(%0l)",
    [TERM_BETWEEN] = "%0s between %1s and %2s",
    [TERM_IN] = "%0s in %1t",
    [TERM_IF] = "if %0l then %1l else %2l",
    [TERM_FOR] = "for $ in %0l return %1l",
    [TERM_STEPS] = "for $ in %0s..%1s return %2l",
    [TERM_SOME] = "some $ in %0l satisfies %1l",
    [TERM_EVERY] = "every $ in %0l satisfies %1l",
    [TERM_FILTER] = "%0t[%1l]",
    [TERM_PATH] = "%0t.$",
    [TERM_CONTEXT] = NULL,
};

static void print_term(struct buf *out, const struct term *t, int least);

static void print_pattern(struct buf *out, const struct term *t, const char *pattern)
{
    static const char levels[] = "loacspt";

    for (const char *p = pattern; *p; p++) {
        if (*p == '%') {
            print_term(out, t->of[p[1] - '0'],
                       LOOSE + (int)(strchr(levels, p[2]) - levels));
            p += 2;
        } else if (*p == '$') {
            buf_text(out, t->name);
        } else {
            buf_byte(out, *p);
        }
    }
}

static void print_parts(struct buf *out, const struct term *t, const char *marks)
{
    buf_byte(out, marks[0]);
    for (size_t i = 0; i < t->count; i++) {
        if (i)
            buf_text(out, ", ");
        if (t->names[i])
            buf_print(out, "%s: ", t->names[i]);
        print_term(out, t->of[i], LOOSE);
    }
    buf_byte(out, marks[1]);
}

static void print_term(struct buf *out, const struct term *t, int least)
{
    bool parentheses = tightness(t) < least;

    if (parentheses)
        buf_byte(out, '(');
    if (t->kind == TERM_LITERAL)
        slow_print(out, t->literal);
    else if (t->kind == TERM_NAME)
        buf_text(out, t->name);
    else if (t->kind == TERM_LIST || t->kind == TERM_CONTEXT)
        print_parts(out, t, t->kind == TERM_LIST ? "[]" : "{}");
    else
        print_pattern(out, t, patterns[t->kind]);
    if (parentheses)
        buf_byte(out, ')');
}

/* ---- both ------------------------------------------------------------------------ */

static struct str evaluate(struct diff *d, struct str text)
{
    struct feel_env env = {.limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct feel_expr *expr;
    struct feel_value v;
    struct buf out;
    struct err err;

    if (!feel_compile(&d->arena, FEEL_EXPRESSION, text, NULL, &expr, &err))
        return arena_print(&d->arena, "%s", err.text);
    v = feel_eval(expr, &env, &d->arena);
    buf_init(&out, &d->arena, 64);
    feel_print(&out, &v);
    return buf_str(&out);
}

static struct str evaluate_slowly(struct diff *d, const struct term *t)
{
    struct buf out;

    buf_init(&out, &d->arena, 64);
    slow_print(&out, slow_eval(t, NULL, &d->arena));
    return buf_str(&out);
}

/* {a: ..., b: ..., r: the program}.r */
static struct term *program(struct diff *d)
{
    struct term *names = make(d, TERM_CONTEXT, 6), *t = make(d, TERM_PATH, 1);

    names->of[0] = any_literal(d);
    names->of[1] = any_literal(d);
    names->of[2] = any_list(d, 1);
    names->of[3] = condition(d, 0);
    names->of[4] = any_context(d, 2);
    names->of[5] = any(d, 1 + below(d, DEPTH_MAX));
    memcpy(names->names, (const char *[]){"a", "b", "l", "k", "o", "r"},
           sizeof(names->names));
    t->of[0] = names;
    t->name = "r";
    return t;
}

static void compare(struct diff *d)
{
    struct str got, wanted;
    struct term *t;
    struct buf text;

    arena_reset(&d->arena);
    t = program(d);
    buf_init(&text, &d->arena, 256);
    print_term(&text, t, LOOSE);
    got = evaluate(d, buf_str(&text));
    wanted = evaluate_slowly(d, t);
    if (str_equal(got, wanted)) {
        d->passed++;
        return;
    }
    if (d->failed++ < SHOWN_MAX)
        printf("%.*s\n  the engine %.*s\n  slowly     %.*s\n", ARG(buf_str(&text)),
               ARG(got), ARG(wanted));
}

int main(int argc, char **argv)
{
    struct diff d = {.prng = {1}};
    u64 programs = 20000;

    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "-n") == 0)
            str_to_u64(str_of(argv[i + 1]), &programs);
        else if (strcmp(argv[i], "-s") == 0)
            str_to_u64(str_of(argv[i + 1]), &d.prng.state);
    }
    arena_init(&d.arena, 1 << 18, 256u << 20, NULL);
    for (u64 i = 0; i < programs; i++)
        compare(&d);
    printf("%zu passed, %zu failed\n", d.passed, d.failed);
    arena_free(&d.arena);
    return d.failed > 0 || !d.passed;
}
