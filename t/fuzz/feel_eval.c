/* feel_eval.c - random well-formed programs, which the bytes choose: each compiles, is
 * evaluated within its limits, and what it gives prints as an expression that gives the
 * same again. Where the bytes end, what follows from them goes on choosing. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/prng.h"
#include "feel/feel.h"
#include "t/fuzz/zone.h"

int fuzz_one(const u8 *data, size_t size);

#define VARIABLES                                                           \
    "{\"a\":3,\"b\":[1,2,{\"c\":\"d\"}],\"s\":\"text \\u00e9\",\"n\":null," \
    "\"o\":{\"k\":{\"l\":[true,false]},\"in stock\":-0.5},\"t\":true,\"?\":7}"

enum { TEXT_MAX = 250, DEPTH_MAX = 4 };

/* ---- choosing -------------------------------------------------------------------- */

struct writer {
    struct str bytes;
    size_t at;
    struct prng more; /* behind the bytes */
    struct buf out;
    u32 depth;
};

typedef void write_function(struct writer *w);

static u32 choose(struct writer *w, u32 bound)
{
    if (w->at < w->bytes.len)
        return (u8)w->bytes.data[w->at++] % bound;
    return (u32)prng_below(&w->more, bound);
}

static void say(struct writer *w, const char *text)
{
    buf_text(&w->out, text);
}

static void say_one(struct writer *w, const char *const *of, size_t count)
{
    say(w, of[choose(w, (u32)count)]);
}

#define SAY_ONE(w, ...)                                \
    do {                                               \
        static const char *const of[] = {__VA_ARGS__}; \
        say_one(w, of, LEN(of));                       \
    } while (0)

/* ---- what there is --------------------------------------------------------------- */

static void write_any(struct writer *w);

static void write_literal(struct writer *w)
{
    SAY_ONE(w, "0", "1", "2", "-1", "0.5", "3.25", "1e20", "1e-30", "9999999999999999",
            "null", "true", "false", "\"\"", "\"a\"", "\"text \xc3\xa9\"", "\"a,b;c\"",
            "\"[a-z]+(.)\"", "\"\\u0041\\n\"", "@\"2024-02-29\"", "@\"-0001-12-31\"",
            "@\"23:59:59.5\"", "@\"10:00:00+02:00\"", "@\"2024-03-31T02:30:00\"",
            "@\"2024-10-27T02:30:00Z\"", "@\"2024-10-27T02:30:00@BBB\"", "@\"P1Y2M\"",
            "@\"-P3M\"", "@\"P1DT2H\"", "@\"-PT0.5S\"", "[]", "{}", "[1..3]", "(< 5)",
            "[\"a\"..\"f\")", "(function(x) x)", "(function(x, y) x < y)");
}

static void write_name(struct writer *w)
{
    SAY_ONE(w, "a", "b", "s", "n", "o", "t", "x", "y", "item", "partial", "o.k",
            "o.k.l", "b[3].c", "missing", "o.in stock", "i");
}

static void write_many(struct writer *w, const char *between)
{
    u32 count = choose(w, 4);

    for (u32 i = 0; i < count; i++) {
        if (i)
            say(w, between);
        write_any(w);
    }
}

static void write_list(struct writer *w)
{
    say(w, "[");
    write_many(w, ", ");
    say(w, "]");
}

static void write_entry(struct writer *w)
{
    SAY_ONE(w, "a", "c", "k", "x", "\"in stock\"", "\"\"", "year", "f");
    say(w, ": ");
    write_any(w);
}

static void write_context(struct writer *w)
{
    u32 count = choose(w, 4);

    say(w, "{");
    for (u32 i = 0; i < count; i++) {
        if (i)
            say(w, ", ");
        write_entry(w);
    }
    say(w, "}");
}

static void write_infix(struct writer *w)
{
    say(w, "(");
    write_any(w);
    SAY_ONE(w, " + ", " - ", " * ", " / ", " ** ", " = ", " != ", " < ", " <= ", " > ",
            " >= ", " and ", " or ");
    write_any(w);
    say(w, ")");
}

static void write_between(struct writer *w)
{
    say(w, "(");
    write_any(w);
    say(w, " between ");
    write_any(w);
    say(w, " and ");
    write_any(w);
    say(w, ")");
}

static void write_in(struct writer *w)
{
    say(w, "(");
    write_any(w);
    SAY_ONE(w, " in (", " in (< ", " in (>= ", " in ([1..3), ", " in (!= ");
    write_any(w);
    say(w, "))");
}

static void write_if(struct writer *w)
{
    say(w, "(if ");
    write_any(w);
    say(w, " then ");
    write_any(w);
    say(w, " else ");
    write_any(w);
    say(w, ")");
}

static void write_for(struct writer *w)
{
    say(w, "(for ");
    SAY_ONE(w, "x in 1..4", "x in b", "x in 3..1, y in b", "x in ",
            "x in [1..3], y in ");
    if (w->out.data[w->out.len - 1] == ' ')
        write_any(w);
    say(w, " return ");
    write_any(w);
    say(w, ")");
}

static void write_quantified(struct writer *w)
{
    SAY_ONE(w, "(some x in ", "(every x in ", "(every x in b, y in ");
    write_any(w);
    say(w, " satisfies ");
    write_any(w);
    say(w, ")");
}

/* In a[and(b)] the bracket could also end a range that goes before "and". */
static void write_filter(struct writer *w)
{
    say(w, "(");
    write_any(w);
    say(w, ")[(");
    write_any(w);
    say(w, ")]");
}

static void write_path(struct writer *w)
{
    say(w, "(");
    write_any(w);
    SAY_ONE(w, ").a", ").k", ").c", ").start", ").end", ").year", ").month", ").days",
            ").time offset", ").hour", ").years", ").start included");
}

/* All names of built-ins, looked up once. */
static u32 builtins_list(const struct str **out)
{
    static struct str names[256];
    static u32 count;

    while (!count || names[count - 1].len) {
        names[count] = feel_builtin_name(count);
        must(++count < LEN(names));
    }
    *out = names;
    return count - 1;
}

static void write_call(struct writer *w)
{
    const struct str *names;
    u32 count = builtins_list(&names);

    buf_add(&w->out, names[choose(w, count)]);
    say(w, "(");
    write_many(w, ", ");
    say(w, ")");
}

/* ---- calls with arguments of the right kinds ------------------------------------- */

static void write_string(struct writer *w)
{
    SAY_ONE(w, "s", "\"\"", "\"a\"", "\"foo,bar;\"", "\"A\\u00e9 \\U01F600\"",
            "(\"x\" + s)", "\"1,234.5\"", "\"Zm9v\"", "\"2024-02-29T10:00:00Z\"",
            "\"[1..5]\"", "\"{\\\"a\\\": [1]}\"", "\"P1DT2H\"", "\"10:00:00\"",
            "\"[a-z]+\"");
}

static void write_number(struct writer *w)
{
    SAY_ONE(w, "a", "0", "1", "2", "3", "-1", "-2", "0.5", "12", "29", "2024", "1e9",
            "-7.25");
}

static void write_items(struct writer *w)
{
    SAY_ONE(w, "b", "[]", "[1, 2, 3]", "[3, 1.5, null]", "[\"b\", \"a\", \"b\"]",
            "[[1, 2], [3]]", "[true, false]", "[@\"P1D\", @\"PT1H\"]", "[o, {a: 1}]",
            "[{key: \"k\", value: 1}]", "(1..3)[true]", "[1..3]");
}

static void write_object(struct writer *w)
{
    SAY_ONE(w, "o", "{}", "{a: 1, k: {l: 2}}", "{key: \"a\", value: [1]}");
}

static void write_moment(struct writer *w)
{
    SAY_ONE(w, "@\"2024-02-29\"", "@\"2023-12-31T23:59:59.5Z\"", "@\"-0004-03-01\"",
            "@\"2024-10-27T02:30:00@BBB\"", "@\"10:00:00\"", "@\"23:30:00-02:00\"",
            "@\"2024-03-31T02:30:00\"");
}

static void write_duration(struct writer *w)
{
    SAY_ONE(w, "@\"P1D\"", "@\"-PT2H30M\"", "@\"P1Y3M\"", "@\"-P1M\"", "@\"PT0.001S\"");
}

static void write_bounds(struct writer *w)
{
    SAY_ONE(w, "[1..3]", "(2..5]", "[3..3]", "(1..9)", "[5..7)", "(< 4)", "(>= 2)", "3",
            "5", "[@\"2024-01-01\"..@\"2024-12-31\"]");
}

static void write_ordering(struct writer *w)
{
    SAY_ONE(w, "function(x, y) x < y", "function(x, y) x > y", "function(x, y) x = 2",
            "function(x) x", "function(x, y) string(x) < string(y)");
}

static void write_fitting_call(struct writer *w)
{
    static const char *const calls[] = {"substring(%s, %n)",
                                        "substring(%s, %n, %n)",
                                        "string length(%s)",
                                        "upper case(%s)",
                                        "lower case(%s)",
                                        "substring before(%s, %s)",
                                        "substring after(%s, %s)",
                                        "replace(%s, %s, %s)",
                                        "replace(%s, %s, %s, \"i\")",
                                        "contains(%s, %s)",
                                        "starts with(%s, %s)",
                                        "ends with(%s, %s)",
                                        "matches(%s, %s)",
                                        "split(%s, %s)",
                                        "string join(%l, %s)",
                                        "string join(%l, %s, %s, %s)",
                                        "extract(%s, %s)",
                                        "trim(%s)",
                                        "is blank(%s)",
                                        "to base64(%s)",
                                        "from base64(%s)",
                                        "number(%s)",
                                        "number(%s, \",\", \".\")",
                                        "from json(%s)",
                                        "to json(%o)",
                                        "list contains(%l, %n)",
                                        "sublist(%l, %n)",
                                        "sublist(%l, %n, %n)",
                                        "append(%l, %n)",
                                        "concatenate(%l, %l)",
                                        "insert before(%l, %n, %s)",
                                        "remove(%l, %n)",
                                        "list replace(%l, %n, %s)",
                                        "list replace(%l, %f, %s)",
                                        "index of(%l, %n)",
                                        "union(%l, %l)",
                                        "sort(%l, %f)",
                                        "sort(%l)",
                                        "partition(%l, %n)",
                                        "mode(%l)",
                                        "stddev(%l)",
                                        "median(%l)",
                                        "mean(%l)",
                                        "sum(%l)",
                                        "product(%l)",
                                        "min(%l)",
                                        "max(%l)",
                                        "all(%l)",
                                        "any(%l)",
                                        "duplicate values(%l)",
                                        "flatten(%l)",
                                        "get value(%o, \"k\")",
                                        "get value(%o, [\"k\", \"l\"])",
                                        "get entries(%o)",
                                        "context put(%o, %s, %n)",
                                        "context put(%o, [\"k\", \"l\"], %n)",
                                        "context merge([%o, %o])",
                                        "context(%l)",
                                        "decimal(%n, %n)",
                                        "floor(%n, %n)",
                                        "round up(%n, %n)",
                                        "round half down(%n, %n)",
                                        "decimal(%n, %n, \"HALF_UP\")",
                                        "modulo(%n, %n)",
                                        "sqrt(%n)",
                                        "log(%n)",
                                        "exp(%n)",
                                        "odd(%n)",
                                        "even(%n)",
                                        "abs(%d)",
                                        "before(%r, %r)",
                                        "after(%r, %r)",
                                        "meets(%r, %r)",
                                        "overlaps(%r, %r)",
                                        "overlaps before(%r, %r)",
                                        "overlaps after(%r, %r)",
                                        "finishes(%r, %r)",
                                        "includes(%r, %r)",
                                        "during(%r, %r)",
                                        "starts(%r, %r)",
                                        "started by(%r, %r)",
                                        "coincides(%r, %r)",
                                        "range(%s)",
                                        "date(%s)",
                                        "date(%m)",
                                        "date(%n, %n, %n)",
                                        "time(%s)",
                                        "time(%m)",
                                        "time(%n, %n, %n)",
                                        "time(%n, %n, %n, %d)",
                                        "date and time(%s)",
                                        "date and time(%m)",
                                        "date and time(%m, \"BBB\")",
                                        "date and time(%m, %m)",
                                        "duration(%s)",
                                        "years and months duration(%m, %m)",
                                        "day of week(%m)",
                                        "day of year(%m)",
                                        "week of year(%m)",
                                        "month of year(%m)",
                                        "last day of month(%m)",
                                        "is(%m, %m)",
                                        "(%m + %d)",
                                        "(%m - %d)",
                                        "(%m - %m)",
                                        "(%d * %n)",
                                        "(%d / %n)",
                                        "(%d / %d)",
                                        "(%m < %m)",
                                        "(%m = %m)",
                                        "string(%m)",
                                        "string(%d)",
                                        "(%m).time offset",
                                        "(%m).weekday",
                                        "(%d).months",
                                        "(%r).start",
                                        "get or else(%n, %n)",
                                        "is defined(%s)",
                                        "cycle(%n, %d)",
                                        "uuid()",
                                        "random number()",
                                        "now()",
                                        "today()"};
    static const struct {
        char kind;
        write_function *write;
    } kinds[] = {{'s', write_string}, {'n', write_number},  {'l', write_items},
                 {'o', write_object}, {'m', write_moment},  {'d', write_duration},
                 {'r', write_bounds}, {'f', write_ordering}};

    for (const char *p = calls[choose(w, (u32)LEN(calls))]; *p; p++) {
        if (*p != '%') {
            buf_byte(&w->out, *p);
            continue;
        }
        p++;
        for (size_t i = 0; i < LEN(kinds); i++)
            if (kinds[i].kind == *p)
                kinds[i].write(w);
    }
}

static void write_own_call(struct writer *w)
{
    SAY_ONE(w, "(function(x) ", "(function(x, y) ", "(function(x: number) ");
    write_any(w);
    say(w, ")(");
    write_many(w, ", ");
    say(w, ")");
}

static void write_range(struct writer *w)
{
    SAY_ONE(w, "[", "(");
    write_any(w);
    say(w, "..");
    write_any(w);
    SAY_ONE(w, "]", ")");
}

static void write_instance(struct writer *w)
{
    say(w, "(");
    write_any(w);
    say(w, " instance of ");
    SAY_ONE(w, "number", "string", "list<number>", "context<a: number>",
            "range<number>", "date and time", "days and time duration",
            "function<number> -> number");
    say(w, ")");
}

static void write_any(struct writer *w)
{
    static write_function *const ways[] = {
        write_literal,      write_name,       write_list,    write_context,
        write_infix,        write_infix,      write_call,    write_fitting_call,
        write_fitting_call, write_own_call,   write_if,      write_for,
        write_in,           write_quantified, write_filter,  write_path,
        write_range,        write_name,       write_between, write_instance};
    bool ends = w->depth >= DEPTH_MAX || w->out.len > TEXT_MAX;

    w->depth++;
    ways[choose(w, ends ? 2 : (u32)LEN(ways))](w);
    w->depth--;
}

/* ---- what it gives --------------------------------------------------------------- */

struct fuzz {
    struct arena arena;
    struct trap full;
    struct feel_value variables;
    struct feel_env env;
};

static bool fuzz_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    const struct fuzz *f = s->ctx;

    return feel_context_get(f->variables.context, name, scratch, out);
}

static struct str print(struct fuzz *f, const struct feel_value *v)
{
    struct buf out;

    buf_init(&out, &f->arena, 64);
    feel_print(&out, v);
    return buf_str(&out);
}

/* Functions have no literal that gives them back. */
static bool has_function(struct fuzz *f, struct feel_value v)
{
    struct str name;

    if (v.kind == FEEL_LIST)
        for (size_t i = 0; i < feel_list_count(v.list); i++)
            if (has_function(f, feel_list_at(v.list, i, &f->arena)))
                return true;
    if (v.kind == FEEL_CONTEXT)
        for (size_t i = 0; i < feel_context_count(v.context, &f->arena); i++)
            if (has_function(f, feel_context_at(v.context, i, &f->arena, &name)))
                return true;
    return v.kind == FEEL_FUNCTION;
}

static _Noreturn void find(const char *what, struct str a, struct str b)
{
    fprintf(stderr, "%s: %.*s\n%.*s\n", what, ARG(a), ARG(b));
    abort();
}

static void check_print(struct fuzz *f, const struct feel_value *v)
{
    struct feel_expr *expr;
    struct feel_value back;
    struct buf json;
    struct err err;
    struct str text = print(f, v);

    buf_init(&json, &f->arena, 64);
    feel_to_json(&json, v);
    if (v->kind == FEEL_GAVE_UP || has_function(f, *v) || text.len > 10000)
        return;
    if (!feel_compile(&f->arena, FEEL_EXPRESSION, text, NULL, &expr, &err))
        find("what was printed is refused", text, str_of(err.text));
    back = feel_eval(expr, &f->env, &f->arena);
    if (back.kind == FEEL_GAVE_UP) /* a list in many places is long when printed */
        return;
    if (back.kind != v->kind || !str_equal(print(f, &back), text))
        find("what was printed gives something else", text, print(f, &back));
}

static void check_program(struct fuzz *f, struct str text)
{
    static const struct str known[] = {{"in stock", 8}};
    struct feel_names names = {known, LEN(known)};
    struct feel_value first, again;
    struct feel_expr *expr;
    struct err err;

    if (!feel_compile(&f->arena, FEEL_EXPRESSION, text, &names, &expr, &err)) {
        if (err.code != ERR_LIMIT)
            find("a well-formed program is refused", text, str_of(err.text));
        return;
    }
    first = feel_eval(expr, &f->env, &f->arena);
    again = feel_eval(expr, &f->env, &f->arena);
    if (!str_equal(print(f, &first), print(f, &again)))
        find("the second time it gives something else", text, print(f, &again));
    check_print(f, &first);
}

static void fuzz_program(struct fuzz *f, struct str bytes)
{
    struct writer w = {.bytes = bytes, .more = {hash_bytes(bytes, 1)}};

    buf_init(&w.out, &f->arena, 256);
    f->env.dialect = choose(&w, 2) ? FEEL_STANDARD : FEEL_CAMUNDA;
    write_any(&w);
    check_program(f, buf_str(&w.out));
}

int fuzz_one(const u8 *data, size_t size)
{
    struct fuzz f = {.variables = {.kind = FEEL_NULL}};
    struct feel_scope scope = {.get = fuzz_get, .ctx = &f};

    f.env = (struct feel_env){.scope = &scope,
                              .now = 1718007330000,
                              .zones = zones_open(fuzz_bring, NULL),
                              .limits = {2000, 100, 2048, 200}};
    arena_init(&f.arena, 16384, 8 << 20, &f.full);
    if (setjmp(f.full.jump) == 0) {
        f.variables = feel_from_json(STR(VARIABLES), &f.arena);
        fuzz_program(&f, (struct str){(const char *)data, size});
    }
    arena_free(&f.arena);
    zones_close(f.env.zones);
    return 0;
}
