/* feel_laws.c - laws that hold for FEEL's operators and functions, tried with values
 * that are drawn: what must be equal is computed in two ways.
 *
 *     feel_laws [-n TIMES] [-s SEED]
 *
 * Each law is one test, tried TIMES times in both dialects. Prints what breaks one,
 * last `N passed, N failed`. */
#include <stdio.h>
#include <stdlib.h>

#include "base/prng.h"
#include "feel/feel.h"

struct laws {
    struct prng prng;
    struct arena arena;
    struct feel_env env;
    struct feel_value values[3]; /* of a, b and c */
    struct buf drawn;            /* the same as text */
    u64 times;
    size_t passed, failed;
};

/* ---- values ---------------------------------------------------------------------- */

static i64 between(struct laws *w, i64 low, i64 high)
{
    return low + (i64)prng_below(&w->prng, (u64)(high - low + 1));
}

static void draw(struct laws *w, char kind);

/* Few digits, so that sums and products are exact. */
static void draw_exact(struct laws *w)
{
    static const char *const forms[] = {"%lld", "%lld.5", "%lld.25", "%lld.001", "0"};
    i64 n = between(w, 0, 1) ? between(w, -9, 9) : between(w, -99999999, 99999999);

    buf_print(&w->drawn, forms[prng_below(&w->prng, LEN(forms))], (long long)n);
}

static void draw_number(struct laws *w)
{
    buf_print(&w->drawn, "%lld.%lluE%lld", (long long)between(w, -999, 999),
              (unsigned long long)prng_next(&w->prng), (long long)between(w, -30, 30));
}

static void draw_truth(struct laws *w)
{
    static const char *const of[] = {"true", "false", "null"};

    buf_text(&w->drawn, of[prng_below(&w->prng, LEN(of))]);
}

static void draw_string(struct laws *w)
{
    static const char *const of[] = {"a",        "B",
                                     "z",        ",",
                                     " ",        "ab,",
                                     "\\n",      "\\\"",
                                     "\xc3\xa9", "\xe2\x82\xac",
                                     "0",        "\xf0\x9f\x98\x80"};
    u64 count = prng_below(&w->prng, 7);

    buf_byte(&w->drawn, '"');
    for (u64 i = 0; i < count; i++)
        buf_text(&w->drawn, of[prng_below(&w->prng, LEN(of))]);
    buf_byte(&w->drawn, '"');
}

static void draw_list(struct laws *w, const char *kinds)
{
    u64 count = prng_below(&w->prng, 9);

    buf_byte(&w->drawn, '[');
    for (u64 i = 0; i < count; i++) {
        if (i)
            buf_text(&w->drawn, ", ");
        draw(w, kinds[prng_below(&w->prng, strlen(kinds))]);
    }
    buf_byte(&w->drawn, ']');
}

static void draw_context(struct laws *w)
{
    static const char *const names[] = {"a", "k", "\"two words\"", "\"\\\"\"",
                                        "\"\xc3\xa9\""};
    bool is_first = true;

    buf_byte(&w->drawn, '{');
    for (size_t i = 0; i < LEN(names); i++) {
        if (between(w, 0, 1))
            continue;
        buf_print(&w->drawn, "%s%s: ", is_first ? "" : ", ", names[i]);
        draw(w, "nsbl"[prng_below(&w->prng, 4)]);
        is_first = false;
    }
    buf_byte(&w->drawn, '}');
}

/* What lies between two near dates is less than the 292 years of the longest duration.
 */
static void draw_date(struct laws *w, bool is_near)
{
    i64 year = is_near ? between(w, 1890, 2110) : between(w, -99999, 99999);

    buf_print(&w->drawn, "%s%04lld-%02d-%02d", year < 0 ? "-" : "",
              (long long)(year < 0 ? -year : year), (int)between(w, 1, 12),
              (int)between(w, 1, 28));
}

static void draw_time(struct laws *w)
{
    static const char *const ends[] = {"", ".5", ".000000001"};

    buf_print(&w->drawn, "%02d:%02d:%02d%s", (int)between(w, 0, 23),
              (int)between(w, 0, 59), (int)between(w, 0, 59),
              ends[prng_below(&w->prng, LEN(ends))]);
}

static void draw_moment(struct laws *w, char kind)
{
    buf_text(&w->drawn, "@\"");
    if (kind != 'h')
        draw_date(w, kind != 'D');
    if (kind == 'm')
        buf_byte(&w->drawn, 'T');
    if (kind != 'd' && kind != 'D')
        draw_time(w);
    if (kind == 'm')
        buf_text(&w->drawn, "+02:00");
    buf_byte(&w->drawn, '"');
}

static void draw_duration(struct laws *w, char kind)
{
    const char *sign = between(w, 0, 1) ? "-" : "";

    if (kind == 'q')
        buf_print(&w->drawn, "@\"%sP%dY%dM\"", sign, (int)between(w, 0, 99),
                  (int)between(w, 0, 30));
    else
        buf_print(&w->drawn, "@\"%sP%dDT%dH%dM%d.5S\"", sign, (int)between(w, 0, 9999),
                  (int)between(w, 0, 99), (int)between(w, 0, 99),
                  (int)between(w, 0, 99));
}

/* Small bounds, so that ranges meet. */
static void draw_range(struct laws *w)
{
    i64 start = between(w, 0, 6), end = start + between(w, 1, 5);

    buf_print(&w->drawn, "%c%d..%d%c", "[("[between(w, 0, 1)], (int)start, (int)end,
              "])"[between(w, 0, 1)]);
}

static void draw(struct laws *w, char kind)
{
    switch (kind) {
    case 'n': /* a number of few digits */
        draw_exact(w);
        break;
    case 'N': /* any number */
        draw_number(w);
        break;
    case 'i': /* a small whole number */
        buf_print(&w->drawn, "%d", (int)between(w, 1, 6));
        break;
    case 'b':
        draw_truth(w);
        break;
    case 's':
        draw_string(w);
        break;
    case 'l': /* of numbers */
        draw_list(w, "n");
        break;
    case 'L': /* of anything that compares */
        draw_list(w, "nbsdl");
        break;
    case 'c':
        draw_context(w);
        break;
    case 'd':
    case 'D': /* of any year */
    case 'h':
    case 'm':
        draw_moment(w, kind);
        break;
    case 'p': /* days and time */
    case 'q': /* years and months */
        draw_duration(w, kind);
        break;
    case 'r':
        draw_range(w);
        break;
    default: /* 'x': any of them */
        draw(w, "nNbslLcdDhmpqr"[prng_below(&w->prng, 14)]);
    }
}

/* ---- laws ------------------------------------------------------------------------ */

/* What kinds of values a, b and c are, and what is true of them. */
static const struct law {
    const char *kinds, *holds;
} laws[] = {
    /* numbers */
    {"NN", "a + b = b + a"},
    {"NN", "a * b = b * a"},
    {"NN", "a - b = -(b - a)"},
    {"nnn", "(a + b) + c = a + (b + c)"},
    {"nnn", "(a * b) * c = a * (b * c)"},
    {"nnn", "a * (b + c) = a * b + a * c"},
    {"N", "a - a = 0 and a + 0 = a and a * 1 = a and a * 0 = 0 and -(-a) = a"},
    {"N", "a = 0 or a / a = 1"},
    {"nn", "b = 0 or a = b * floor(a / b) + modulo(a, b)"},
    {"nn", "b = 0 or abs(modulo(a, b)) < abs(b)"},
    {"N", "abs(a) >= 0 and (abs(a) = a or abs(a) = -a)"},
    {"N", "floor(a) <= a and a <= ceiling(a) and ceiling(a) = -floor(-a)"},
    {"Ni", "round down(a, b) = -round down(-a, b)"},
    {"Ni", "abs(round up(a, b)) >= abs(round half up(a, b))"},
    {"Ni", "decimal(decimal(a, b), b) = decimal(a, b)"},
    {"N", "number(string(a)) = a"},
    {"n", "sqrt(a * a) = abs(a) and a ** 2 = a * a and a ** 3 = a * a * a"},
    {"NN", "(a < b) = (b > a) and (a <= b) = not(a > b) and (a = b) = not(a != b)"},
    {"NN", "count([a < b, a = b, a > b][item]) = 1"},
    {"NNN", "not(a < b and b < c) or a < c"},
    {"NNN", "(a between b and c) = (b <= a and a <= c)"},
    {"nnn",
     "[a in [b..c], a in (b..c), a in (b..c], a in [b..c)] = [a >= b and a <= c, "
     "a > b and a < c, a > b and a <= c, a >= b and a < c]"},
    {"nn", "max(a, b) + min(a, b) = a + b and max(a, b) >= min(a, b)"},
    {"n", "even(floor(a)) != odd(floor(a))"},
    /* three-valued logic */
    {"bb", "[a and b] = [b and a] and [a or b] = [b or a]"},
    {"bbb", "[(a and b) and c, (a or b) or c] = [a and (b and c), a or (b or c)]"},
    {"bbb", "[a or (b and c), a and (b or c)] = [(a or b) and (a or c), "
            "(a and b) or (a and c)]"},
    {"bb", "[not(a and b), not(a or b)] = [not(a) or not(b), not(a) and not(b)]"},
    {"b", "[not(not(a)), a and true, a or false] = [a, a, a]"},
    {"bxx", "[if a then b else c] = [if a = true then b else c]"},
    {"bb", "[all([a, b]), any([a, b])] = [a and b, a or b]"},
    /* lists */
    {"L", "reverse(reverse(a)) = a and count(reverse(a)) = count(a)"},
    {"LL", "count(concatenate(a, b)) = count(a) + count(b)"},
    {"LL", "reverse(concatenate(a, b)) = concatenate(reverse(b), reverse(a))"},
    {"l", "every x in a satisfies count(a[item = x]) = "
          "count(sort(a, function(x, y) x < y)[item = x])"},
    {"l",
     "{s: sort(a, function(x, y) x < y), ok: count(s) = count(a) and "
     "(count(a) < 2 or every i in 1..count(s) - 1 satisfies s[i] <= s[i + 1])}.ok"},
    {"l", "sort(a, function(x, y) x < y) = "
          "reverse(sort(reverse(a), function(x, y) x > y))"},
    {"l", "a = [] or [min(a), max(a)] = [sort(a, function(x, y) x < y)[1], "
          "sort(a, function(x, y) x < y)[-1]]"},
    {"l", "a = [] or sum(a) = sum(reverse(a))"},
    {"ll", "a = [] or b = [] or sum(concatenate(a, b)) = sum(a) + sum(b)"},
    {"l", "a = [] or (min(a) <= median(a) and median(a) <= max(a) and "
          "min(a) <= mean(a) and mean(a) <= max(a))"},
    {"li", "count(a) <= b or concatenate(sublist(a, 1, b), sublist(a, b + 1)) = a"},
    {"Lx", "append(a, b)[-1] = b or b = null"},
    {"Lxi", "c > count(a) or remove(insert before(a, c, b), c) = a"},
    {"L", "distinct values(distinct values(a)) = distinct values(a)"},
    {"L", "union(a, a) = distinct values(a)"},
    {"l", "every x in a satisfies count(distinct values(a)[item = x]) = 1"},
    {"l", "every x in duplicate values(a) satisfies count(a[item = x]) > 1"},
    {"l", "every x in a satisfies every i in index of(a, x) satisfies a[i] = x"},
    {"l", "every x in a satisfies list contains(a, x) and x in a"},
    {"lll", "flatten([a, [b, [c]]]) = concatenate(a, b, c)"},
    {"ln", "count(a) = count(a[item > b]) + count(a[item <= b])"},
    {"l", "(for x in a return x) = a and a[true] = a and a[false] = []"},
    {"l", "a = [] or a[count(a)] = a[-1] and a[-count(a)] = a[1]"},
    {"ln", "(some x in a satisfies x > b) = not(every x in a satisfies x <= b)"},
    {"ll", "count(for x in a, y in b return x) = count(a) * count(b)"},
    {"li", "flatten(partition(a, b)) = a"},
    {"l", "(for x in a return sum([partial[-1], x][item != null]))[-1] = "
          "(if a = [] then null else sum(a)) or a = []"},
    {"i", "(for x in 1..a return x)[-1] = a and count(for x in 1..a return x) = a"},
    {"i", "(for x in 1..a return x) = reverse(for x in a..1 return x)"},
    {"x", "[a] = [a] and list contains([a], a) and count(distinct values([a, a])) = 1"},
    /* strings */
    {"ss", "string length(a + b) = string length(a) + string length(b)"},
    {"ss", "starts with(a + b, a) and ends with(a + b, b) and contains(a + b, b)"},
    {"si", "substring(a + \"123456\", 1, b) + substring(a + \"123456\", b + 1) = "
           "a + \"123456\""},
    {"ss", "substring before(a + \"|\" + b, \"|\") = a and "
           "substring after(a + \"|\" + b, \"|\") = b"},
    {"s", "string join(split(a, \",\"), \",\") = a"},
    {"s", "replace(a, \"q\", \"r\") = a and replace(a, \"^\", \"\") != \"q\""},
    {"s", "upper case(upper case(a)) = upper case(a)"},
    {"s", "lower case(upper case(a)) = lower case(a)"},
    {"s", "from base64(to base64(a)) = a and string(a) = a"},
    {"ss", "[a < b, a = b, a > b] = [b > a, b = a, b < a]"},
    {"ss", "matches(a, \"b\") = contains(a, \"b\")"},
    {"s", "trim(trim(a)) = trim(a) and (is blank(a) = (trim(a) = \"\"))"},
    /* contexts and JSON */
    {"c", "context(get entries(a)) = a"},
    {"c", "context merge([a, a]) = a and context merge([{}, a, {}]) = a"},
    {"cx", "get value(context put(a, \"k\", b), \"k\") = b or b = null"},
    {"cc", "every e in get entries(b) satisfies "
           "[get value(context merge([a, b]), e.key)] = [e.value]"},
    {"c", "from json(to json(a)) = a"},
    {"c", "every e in get entries(a) satisfies [get value(a, e.key)] = [e.value]"},
    {"n", "from json(to json([a, {b: a}])) = [a, {b: a}]"},
    /* dates and durations */
    {"dd", "a + (b - a) = b and (a < b) = (b - a > @\"PT0S\")"},
    {"dd", "a - b = -(b - a) and (a = b) = not(a != b)"},
    {"mp", "a + b - b = a and a + b - a = b and b + a = a + b"},
    {"mpp", "a + b + c = a + (b + c)"},
    {"mm", "a + (b - a) = b and (a < b) = (b - a > @\"PT0S\")"},
    {"hp", "a + b - b = a"},
    {"Dq", "(a + b).day <= a.day and (a.day > 28 or (a + b).day = a.day)"},
    {"dq", "a + b - b = a and years and months duration(a, a + b) = b"},
    {"pp", "a + b - b = a and a + b = b + a and a - b = -(b - a)"},
    {"qq", "a + b - b = a and a + b = b + a and a - b = -(b - a)"},
    {"p", "a * 3 = a + a + a and a * 3 / 3 = a and -(-a) = a"},
    {"q", "a * 3 = a + a + a and a * 3 / 3 = a and -(-a) = a"},
    {"pp", "count([a < b, a = b, a > b][item]) = 1 and (a < b) = (b > a)"},
    {"D", "date(string(a)) = a and date(a.year, a.month, a.day) = a"},
    {"m", "is(date and time(string(a)), a) and date(a).year = a.year"},
    {"h", "is(time(string(a)), a)"},
    {"p", "duration(string(a)) = a"},
    {"q", "duration(string(a)) = a and a.years * 12 + a.months = a / @\"P1M\""},
    {"d", "a.weekday = modulo((a - @\"2024-01-01\") / @\"P1D\", 7) + 1"},
    {"D", "last day of month(a) + @\"P1D\" = date(a.year, a.month, 1) + @\"P1M\""},
    /* ranges */
    {"rr", "before(a, b) = after(b, a) and meets(a, b) = met by(b, a)"},
    {"rr", "includes(a, b) = during(b, a) and starts(a, b) = started by(b, a)"},
    {"rr", "finishes(a, b) = finished by(b, a) and coincides(a, b) = coincides(b, a)"},
    {"rr", "overlaps(a, b) = overlaps(b, a)"},
    {"rr", "overlaps before(a, b) = overlaps after(b, a)"},
    {"rr", "not(coincides(a, b)) or (includes(a, b) and includes(b, a))"},
    {"rr", "not(before(a, b) and overlaps(a, b))"},
    {"ri", "includes(a, b) = (b in a) and during(b, a) = (b in a)"},
    {"ri", "count([before(b, a), b in a, after(b, a)][item]) = 1"},
    {"rri", "not(includes(a, b) and c in b) or c in a"},
};

/* A test of an input and the expression of `a` that it stands for. */
static const struct pair {
    const char *kinds, *tests, *stands;
} pairs[] = {
    {"x", "-", "true"},
    {"nn", "b", "a = b"},
    {"nn", "< b", "a < b"},
    {"nn", ">= b", "a >= b"},
    {"nnn", "b, c", "a = b or a = c"},
    {"nnn", "not(b, c)", "a != b and a != c"},
    {"nnn", "[b..c]", "a >= b and a <= c"},
    {"nnn", "]b..c[", "a > b and a < c"},
    {"nnn", "< b, > c", "a < b or a > c"},
    {"nnn", "not(> b)", "a <= b"},
    {"nnn", "? + b > c", "a + b > c"},
    {"ss", "b", "a = b"},
    {"ss", "starts with(?, b)", "starts with(a, b)"},
    {"DD", "> b", "a > b"},
    {"nl", "b", "a in b"},
    {"nr", "b", "a in b"},
    {"pp", "<= b", "a <= b"},
};

static bool laws_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    const struct laws *w = s->ctx;
    size_t at = name.len == 1 ? (size_t)(u8)(name.data[0] - 'a') : LEN(w->values);

    if (name.len == 1 && name.data[0] == '?')
        at = 0;
    if (at < LEN(w->values))
        *out = w->values[at];
    return at < LEN(w->values);
}

static struct feel_value evaluate(struct laws *w, enum feel_form form, const char *text)
{
    struct feel_expr *expr;
    struct err err;

    if (!feel_compile(&w->arena, form, str_of(text), NULL, &expr, &err)) {
        printf("%s: %s\n", text, err.text);
        return (struct feel_value){.kind = FEEL_GAVE_UP};
    }
    return feel_eval(expr, &w->env, &w->arena);
}

/* Each value is also printed and read again, and must be the same. */
static bool draw_values(struct laws *w, const char *kinds)
{
    struct buf printed;
    bool ok = true;

    arena_reset(&w->arena);
    for (size_t i = 0; kinds[i]; i++) {
        buf_init(&w->drawn, &w->arena, 64);
        draw(w, kinds[i]);
        buf_byte(&w->drawn, 0);
        w->values[i] = evaluate(w, FEEL_EXPRESSION, w->drawn.data);
        buf_init(&printed, &w->arena, 64);
        feel_print(&printed, &w->values[i]);
        buf_byte(&printed, 0);
        struct feel_value again = evaluate(w, FEEL_EXPRESSION, printed.data);
        if (again.kind == w->values[i].kind && feel_equal(&again, &w->values[i]))
            continue;
        printf("%s prints as %s, which is another value\n", w->drawn.data,
               printed.data);
        ok = false;
    }
    return ok;
}

static void show(struct laws *w, const char *kinds, const char *law)
{
    struct buf out;

    buf_init(&out, &w->arena, 256);
    for (size_t i = 0; kinds[i]; i++) {
        buf_print(&out, "%s%c = ", i ? ", " : "", (char)('a' + (int)i));
        feel_print(&out, &w->values[i]);
    }
    printf("%s%s: not for %.*s\n", law,
           w->env.dialect == FEEL_CAMUNDA ? " (Camunda)" : "", ARG(buf_str(&out)));
}

static bool holds(struct laws *w, const char *text)
{
    struct feel_value v = evaluate(w, FEEL_EXPRESSION, text);

    return v.kind == FEEL_BOOLEAN && v.boolean;
}

static bool stands(struct laws *w, const struct pair *p)
{
    struct feel_value test = evaluate(w, FEEL_UNARY_TESTS, p->tests);
    struct feel_value value = evaluate(w, FEEL_EXPRESSION, p->stands);

    return test.kind == value.kind && feel_equal(&test, &value);
}

/* Until it breaks. */
static void try_law(struct laws *w, const struct law *law)
{
    bool ok = true;

    for (u64 i = 0; i < w->times && ok; i++) {
        w->env.dialect = i % 2 ? FEEL_CAMUNDA : FEEL_STANDARD;
        ok = draw_values(w, law->kinds) && holds(w, law->holds);
        if (!ok)
            show(w, law->kinds, law->holds);
    }
    w->passed += ok;
    w->failed += !ok;
}

static void try_pair(struct laws *w, const struct pair *p)
{
    bool ok = true;

    for (u64 i = 0; i < w->times && ok; i++) {
        w->env.dialect = i % 2 ? FEEL_CAMUNDA : FEEL_STANDARD;
        ok = draw_values(w, p->kinds) && stands(w, p);
        if (!ok)
            show(w, p->kinds, p->tests);
    }
    w->passed += ok;
    w->failed += !ok;
}

int main(int argc, char **argv)
{
    struct laws w = {.prng = {1}, .times = 300};
    struct feel_scope scope = {.get = laws_get, .ctx = &w};

    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "-n") == 0)
            str_to_u64(str_of(argv[i + 1]), &w.times);
        else if (strcmp(argv[i], "-s") == 0)
            str_to_u64(str_of(argv[i + 1]), &w.prng.state);
    }
    w.env = (struct feel_env){.scope = &scope, .limits = feel_limits_default};
    arena_init(&w.arena, 1 << 16, 16u << 20, NULL);
    for (size_t i = 0; i < LEN(laws); i++)
        try_law(&w, &laws[i]);
    for (size_t i = 0; i < LEN(pairs); i++)
        try_pair(&w, &pairs[i]);
    printf("%zu passed, %zu failed\n", w.passed, w.failed);
    arena_free(&w.arena);
    return w.failed > 0;
}
