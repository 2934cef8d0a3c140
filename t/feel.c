#include "feel/feel.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "t/test.h"

/* ---- what the tests evaluate in -------------------------------------------------- */

struct world {
    struct arena arena;
    struct trap full;
    struct feel_env env;
    struct feel_scope scope;
    struct feel_value variables;
    struct str notes[8];
    size_t note_count;
};

static bool world_get(const struct feel_scope *s, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct world *w = s->ctx;

    return feel_context_get(w->variables.context, name, scratch, out);
}

static void world_note(const struct feel_env *env, struct str warning)
{
    struct world *w = env->note_ctx;

    if (w->note_count < LEN(w->notes))
        w->notes[w->note_count++] = arena_copy(&w->arena, warning);
}

/* Keeps the place of the first note by asking for no further one. */
static void place_first(const struct feel_env *env, struct str warning)
{
    struct world *w = env->note_ctx;

    w->env.place = NULL;
}

static void world_open(struct world *w, const char *variables)
{
    *w = (struct world){.scope = {.get = world_get, .ctx = w}};
    arena_init(&w->arena, 4096, 16 << 20, &w->full);
    w->variables = feel_from_json(str_of(variables), &w->arena);
    w->env = (struct feel_env){.scope = &w->scope,
                               .now = 1718007330000, /* 2024-06-10T08:15:30Z */
                               .limits = feel_limits_default,
                               .note = world_note,
                               .note_ctx = w};
}

static void world_close(struct world *w)
{
    arena_free(&w->arena);
}

static struct feel_value evaluate(struct world *w, const char *text)
{
    struct feel_expr *expr;
    struct err err;

    if (!feel_compile(&w->arena, FEEL_EXPRESSION, str_of(text), NULL, &expr, &err)) {
        test_failed(__FILE__, __LINE__, "%s: %s", text, err.text);
        return (struct feel_value){.kind = FEEL_NULL};
    }
    return feel_eval(expr, &w->env, &w->arena);
}

static struct str printed(struct world *w, const struct feel_value *v)
{
    struct buf b;

    buf_init(&b, &w->arena, 64);
    feel_print(&b, v);
    return buf_str(&b);
}

struct pair {
    const char *text, *wanted;
};

/* What each expression prints as. */
static void check_pairs(struct world *w, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct feel_value v = evaluate(w, pairs[i].text);
        struct str got = v.kind == FEEL_GAVE_UP ? v.string : printed(w, &v);
        if (!str_is(got, pairs[i].wanted))
            test_failed(__FILE__, __LINE__, "%s is %.*s, not %s", pairs[i].text,
                        ARG(got), pairs[i].wanted);
    }
}

/* ---- a zone file made here: no transitions, all of it follows from the footer  */

static bool world_bring(void *ctx, struct str name, struct arena *arena,
                        struct str *tzif)
{
    static const struct pair zones[] = {
        {"Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"},
        {"Asia/Kolkata", "IST-5:30"},
        {"Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"}};
    struct buf file;

    ++*(int *)ctx;
    for (size_t i = 0; i < LEN(zones); i++) {
        if (!str_is(name, zones[i].text))
            continue;
        buf_init(&file, arena, 256);
        for (int block = 0; block < 2; block++) {
            /* "TZif2", 15 unused bytes, six counts: one type, one byte of names. */
            buf_add(&file, STR("TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
            buf_add(&file, STR("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1"));
            buf_add(&file, STR("\0\0\0\0\0\0\0"));
        }
        buf_print(&file, "\n%s\n", zones[i].wanted);
        *tzif = buf_str(&file);
        return true;
    }
    return false;
}

static i64 instant(const char *text, struct zones *zones)
{
    i64 ms = -1;

    if (!feel_read_instant(str_of(text), zones, &ms))
        test_failed(__FILE__, __LINE__, "%s is no instant", text);
    return ms;
}

/* ---- numbers --------------------------------------------------------------------- */

static struct num num(const char *text)
{
    struct num n = num_from_i64(0);

    if (!num_from_str(str_of(text), &n))
        test_failed(__FILE__, __LINE__, "%s is no number", text);
    return n;
}

static void check_num(struct num n, const char *wanted)
{
    char text[NUM_TEXT_MAX];

    CHECK_STR(((struct str){text, num_to_text(text, n)}), wanted);
}

TEST(numbers_print_with_the_fewest_digits)
{
    static const struct pair pairs[] = {
        {"0", "0"},
        {"-0", "0"},
        {"1.50", "1.5"},
        {"-0.001", "-0.001"},
        {"1e3", "1000"},
        {".5", "0.5"},
        {"1200000000000000000000000000000000000000",
         "1200000000000000000000000000000000000000"},
        {"1E+50", "1E+50"},
        {"-12.5e60", "-1.25E+61"},
        {"1E-34", "0.0000000000000000000000000000000001"},
        {"1E-40", "1E-40"},
        {"12345678901234567890123456789012345", "12345678901234567890123456789012340"},
        {"12345678901234567890123456789012355", "12345678901234567890123456789012360"},
        {"123456789012345678901234567890123450000001",
         "1.234567890123456789012345678901235E+41"},
    };

    for (size_t i = 0; i < LEN(pairs); i++)
        check_num(num(pairs[i].text), pairs[i].wanted);
}

TEST(text_that_is_no_number_is_refused)
{
    static const char *const texts[] = {"",    "-",     ".",         "1.", "1e",
                                        "1e+", "1.2.3", "a",         "1 ", " 1",
                                        "+1",  "0x1",   "1E9999999", "--1"};
    struct num n;

    for (size_t i = 0; i < LEN(texts); i++)
        if (num_from_str(str_of(texts[i]), &n))
            test_failed(__FILE__, __LINE__, "'%s' is taken for a number", texts[i]);
}

TEST(numbers_have_34_digits_and_round_half_to_even)
{
    check_num(num_add(num("0.1"), num("0.2")), "0.3");
    check_num(num_div(num("1"), num("3")), "0.3333333333333333333333333333333333");
    check_num(num_mul(num("99999999999"), num("99999999999")),
              "9999999999800000000001");
    check_num(num_pow(num("2"), num("64")), "18446744073709551616");
    check_num(num_pow(num("0.4"), num("-3000")),
              "6.607330275805654992083397629196504E+1193");
    check_num(num_mod(num("-17"), num("5")), "3");
    check_num(num_mod(num("5.5"), num("-2")), "-0.5");
    CHECK(!num_is_valid(num_div(num("1"), num("0"))));
    CHECK(!num_is_valid(num_sqrt(num("-1"))));
}

TEST(small_numbers_go_the_fast_way_and_give_the_same)
{
    i64 edge = (1LL << 62) - 1, n;

    check_num(num_add(num_from_i64(edge), num_from_i64(edge)), "9223372036854775806");
    check_num(num_sub(num_from_i64(-edge), num_from_i64(edge)), "-9223372036854775806");
    check_num(num_mul(num_from_i64(edge), num_from_i64(2)), "9223372036854775806");
    check_num(num_mul(num_from_i64(edge), num_from_i64(4)), "18446744073709551612");
    check_num(num_add(num("19.99"), num("0.01")), "20");
    check_num(num_sub(num("1e12"), num("0.000000000001")), "999999999999.999999999999");
    check_num(num_add(num("4611686018427387903"), num("0.1")), "4611686018427387903.1");
    CHECK(num_equal(num("2.50"), num("2.5")) &&
          num_compare(num("-1e3"), num("0.1")) < 0);
    CHECK(num_to_i64(num_from_i64(INT64_MIN), &n) && n == INT64_MIN);
    CHECK(!num_to_i64(num("9223372036854775808"), &n));
    CHECK(!num_to_i64(num("1.5"), &n));
    CHECK_INT(num_cut_i64(num("-1.9")), -1);
    CHECK_INT(num_cut_i64(num("1e30")), INT64_MAX);
}

TEST(wide_numbers_of_34_digits_go_in_and_out)
{
    i128 most = (i128)99999999999999999 * 100000000000000000 + 99999999999999999, n;

    check_num(num_from_i128(most), "9999999999999999999999999999999999");
    check_num(num_from_i128(-most), "-9999999999999999999999999999999999");
    CHECK(!num_is_valid(num_from_i128(most + 1)));
    CHECK(!num_is_valid(num_from_i128(-most - 1)));
    CHECK(num_cut_i128(num_from_i128(-most), &n) && n == -most);
    CHECK(num_cut_i128(num("-170e-1"), &n) && n == -17);
    CHECK(num_cut_i128(num("-1.9"), &n) && n == -1);
    CHECK(num_cut_i128(num("9.9e33"), &n) && n == (i128)99 * (most / 100 + 1));
    CHECK(!num_cut_i128(num("1e34"), &n));
    CHECK(!num_cut_i128(num_div(num("1"), num("0")), &n));
}

TEST(each_way_of_rounding_treats_ties_and_signs_as_its_name_says)
{
    static const struct {
        enum num_rounding how;
        const char *of[4]; /* 2.5, -2.5, 2.4, -2.6 */
    } rows[] = {
        {NUM_HALF_EVEN, {"2", "-2", "2", "-3"}}, {NUM_FLOOR, {"2", "-3", "2", "-3"}},
        {NUM_CEILING, {"3", "-2", "3", "-2"}},   {NUM_DOWN, {"2", "-2", "2", "-2"}},
        {NUM_UP, {"3", "-3", "3", "-3"}},        {NUM_HALF_UP, {"3", "-3", "2", "-3"}},
        {NUM_HALF_DOWN, {"2", "-2", "2", "-3"}},
    };
    static const char *const texts[] = {"2.5", "-2.5", "2.4", "-2.6"};

    for (size_t i = 0; i < LEN(rows); i++)
        for (size_t j = 0; j < LEN(texts); j++)
            check_num(num_round(num(texts[j]), 0, rows[i].how), rows[i].of[j]);
    check_num(num_round(num("1250"), -2, NUM_HALF_EVEN), "1200");
    check_num(num_round(num("1.25"), 40, NUM_HALF_UP), "1.25");
}

/* ---- the language ---------------------------------------------------------------- */

TEST(expressions_give_their_values)
{
    static const struct pair pairs[] = {
        {"1 + 2 * 3 ** 2", "19"},
        {"-2 ** 2", "4"},
        {"a.b[2]", "20"},
        {"a.b[-1] + x", "35"},
        {"if x > 4 then \"big\" else \"small\"", "\"big\""},
        {"for i in 1..3, j in [i, 10] return i * j", "[1, 10, 4, 20, 9, 30]"},
        {"for i in 1..4 return if i < 3 then 1 else partial[-1] + partial[-2]",
         "[1, 1, 2, 3]"},
        {"for i in [1..2.5) return i", "[1, 2]"},
        {"for i in (0.5..2.5) return i", "[1.5]"},
        {"some i in a.b satisfies i > 25", "true"},
        {"every i in a.b satisfies i > 25", "false"},
        {"a.b[item > 15]", "[20, 30]"},
        {"[{n: 1}, {n: 2}][n = 2].n", "[2]"},
        {"x between 1 and 5 and x in (1, [4..6])", "true"},
        {"x in > 4", "true"},
        {"{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", "120"},
        {"(function(a, b) a - b)(b: 1, a: 3)", "2"},
        {"[1..5]", "[1..5]"},
        {"(< 5).end", "5"},
        {"x instance of number and a instance of context", "true"},
        {"`odd name`", "7"},
        {"{\"two words\": 1, b: [true, null]}", "{\"two words\": 1, b: [true, null]}"},
        {"@\"2024-02-29\" + @\"P1Y\"", "@\"2025-02-28\""},
        {"\"a\\u00e9\\n\"", "\"a\xc3\xa9\\n\""},
        {"substring(text: \"foobar\", start position: 4)", "null"},
        {"substring(string: \"foobar\", start position: 4)", "\"bar\""},
        {"upper case(\"stra\xc3\x9f"
         "e\")",
         "\"STRASSE\""},
        {"uuid() = uuid()", "false"},
        {"now()", "@\"2024-06-10T08:15:30Z\""},
        {"1 + /* two */ 2 // three", "3"},
    };
    struct world w;

    world_open(&w, "{\"x\":5,\"a\":{\"b\":[10,20,30]},\"odd name\":7}");
    check_pairs(&w, pairs, LEN(pairs));
    world_close(&w);
}

TEST(durations_reach_as_far_as_the_calendar)
{
    static const struct pair pairs[] = {
        {"date(\"9999-12-31\") - date(\"0001-01-01\")", "@\"P3652058D\""},
        {"(@\"9999-12-31\" - @\"0001-01-01\").days", "3652058"},
        {"@\"999999999-12-31\" - @\"-999999999-01-01\"", "@\"P730484999633D\""},
        {"@\"-999999999-01-01\" + @\"P730484999633D\"", "@\"999999999-12-31\""},
        {"@\"999999999-12-31\" + @\"P1D\"", "null"},
        {"duration(\"P200000D\") * 3", "@\"P600000D\""},
        {"duration(\"P600000DT1.5S\") / 3", "@\"P200000DT0.5S\""},
        {"@\"P600000D\" / @\"PT0.000000001S\"", "51840000000000000000"},
        {"-@\"P200000DT1H\"", "@\"-P200000DT1H\""},
        {"abs(@\"-P200000D\") > @\"P199999D\"", "true"},
        {"@\"10:00:00\" - @\"P200000DT11H\"", "@\"23:00:00\""},
        /* As many seconds as fit into 64 bits, as in Java. */
        {"@\"PT922337203685477580S\" * 10 + @\"PT7.999999999S\"",
         "@\"P106751991167300DT15H30M7.999999999S\""},
        {"@\"PT922337203685477580S\" * 10 + @\"PT8S\"", "null"},
        {"@\"P106751991167301D\"", "null"},
    };
    struct world w;

    world_open(&w, "{}");
    check_pairs(&w, pairs, LEN(pairs));
    world_close(&w);
}

TEST(a_bracket_ends_a_range_only_where_one_could_end)
{
    static const struct pair pairs[] = {
        {"a[and(b)]", "[1, 2]"},
        {"a[ or([item = 1]) ]", "[1]"},
        {"[1..2] = [1..(a[and(b)][2])]", "true"},
        {"2 in [1..3[ and (b)", "true"},
        {"2 in [1..a[2][ or (false)", "false"},
        {"2 in [a[1]..3[ and(b)", "true"},
        {"1 in ]0..a[2][ and(every i in a[and(b)] satisfies i < 3)", "true"},
    };
    struct world w;

    world_open(&w, "{\"a\":[1,2],\"b\":true}");
    check_pairs(&w, pairs, LEN(pairs));
    world_close(&w);
}

TEST(what_cannot_be_computed_is_null)
{
    static const struct pair pairs[] = {
        {"missing", "null"},
        {"missing.x.y", "null"},
        {"1 + null", "null"},
        {"1 / 0", "null"},
        {"1 < \"a\"", "null"},
        {"1 = \"a\"", "null"},
        {"nothing(1)", "null"},
        {"abs()", "null"},
        {"abs(\"x\")", "null"},
        {"null and true", "null"},
        {"null and false", "false"},
        {"null or true", "true"},
        {"x(1)", "null"},
        {"date(\"2023-02-30\")", "null"},
        {"matches(\"a\", \"(\")", "null"},
        {"@\"12:00:00@No/Zone\"", "null"},
    };
    struct world w;

    world_open(&w, "{\"x\":5}");
    check_pairs(&w, pairs, LEN(pairs));
    world_close(&w);
}

TEST(notes_say_what_made_a_value_null)
{
    static const struct pair pairs[] = {
        {"z", "[NO_VARIABLE_FOUND] No variable found with name 'z'"},
        {"{a: 1, b: 2}.c",
         "[NO_CONTEXT_ENTRY_FOUND] No context entry found with key 'c'. "
         "Available keys: 'a', 'b'"},
        {"{}.c", "[NO_CONTEXT_ENTRY_FOUND] No context entry found with key 'c'. The "
                 "context is empty"},
        {"null.c", "[NO_CONTEXT_ENTRY_FOUND] No context entry found with key 'c'. The "
                   "context is null"},
        {"(1).c", "[NO_PROPERTY_FOUND] No property found with name 'c' of value '1'"},
        {"1 < \"a\"", "[NOT_COMPARABLE] Can't compare '1' with 'a'"},
        {"1 + \"a\"", "[INVALID_TYPE] Can't add 'a' to '1'"},
        {"f(1)",
         "[NO_FUNCTION_FOUND] No function found with name 'f' and 1 parameters"},
        {"date(\"x\")",
         "[FUNCTION_INVOCATION_FAILURE] Failed to invoke function 'date': "
         "the text is no date"},
    };
    struct world w;

    for (size_t i = 0; i < LEN(pairs); i++) {
        world_open(&w, "{}");
        evaluate(&w, pairs[i].text);
        CHECK_INT(w.note_count, 1);
        CHECK_STR(w.notes[0], pairs[i].wanted);
        world_close(&w);
    }
}

TEST(the_names_of_the_built_ins_can_be_walked)
{
    size_t count = 0;
    bool has_sum = false;

    for (struct str name; (name = feel_builtin_name(count)).len; count++)
        has_sum |= str_is(name, "sum");
    CHECK(has_sum && count > 80 && count < 200);
}

TEST(a_note_comes_with_its_place_in_the_text)
{
    static const struct {
        const char *text;
        u32 line, column;
    } rows[] = {
        {"1 + zz", 1, 5},
        {"x.\n  yy.c", 2, 3},
        {"{a: {b: 1}}.a.\nc", 2, 1},
        {"\"\xc3\xa9\" + (2 *\n upper case(1))", 2, 2},
        {"(function(a) a +\n zz)(1)", 2, 2},
        {"[1] + date(\"x\")", 1, 7},
        {"for i in [1] return i.\nz", 2, 1},
        {"f(1)", 1, 1},
        {"1 + (\"a\" < 1)", 1, 6},
    };
    struct feel_place place;
    struct world w;

    for (size_t i = 0; i < LEN(rows); i++) {
        world_open(&w, "{\"x\":{}}");
        place = (struct feel_place){0};
        w.env.place = &place;
        w.env.note = place_first;
        evaluate(&w, rows[i].text);
        CHECK_STR(place.text, rows[i].text);
        CHECK_INT(place.line, rows[i].line);
        CHECK_INT(place.column, rows[i].column);
        world_close(&w);
    }
}

TEST(text_that_is_no_expression_is_refused_with_its_place)
{
    static const struct pair pairs[] = {
        {"1 +", "line 1, column 4: found the end, expected an expression"},
        {"a\n  ]", "line 2, column 3: found ']', expected an operator or the end"},
        {"\"abc", "line 1, column 1: found a string without its closing quote"},
        {"if a then b", "line 1, column 12: found the end, expected 'else'"},
        {"a || b", "line 1, column 3: found '|', expected an operator or the end"},
        {"{a 1}", "line 1, column 5: found '}', expected ':'"},
        {"[1, 2", "line 1, column 6: found the end, expected ',' or ']'"},
        {"\"\xc3\xa9\" x",
         "line 1, column 5: found 'x', expected an operator or the end"},
        {"a.", "line 1, column 3: found the end, expected a name"},
        {"", "line 1, column 1: found the end, expected an expression"},
        {"1 /* x", "line 1, column 3: found a comment without its end"},
        {"\xff", "byte 1: no well-formed UTF-8"},
    };
    struct feel_expr *expr;
    struct world w;
    struct err err;

    world_open(&w, "{}");
    for (size_t i = 0; i < LEN(pairs); i++) {
        CHECK(!feel_compile(&w.arena, FEEL_EXPRESSION, str_of(pairs[i].text), NULL,
                            &expr, &err));
        CHECK_STR(str_of(err.text), pairs[i].wanted);
        CHECK_INT(err.code, ERR_SYNTAX);
    }
    world_close(&w);
}

TEST(names_with_spaces_are_read_where_they_are_known)
{
    static const struct str known[] = {
        {"first name", 10}, {"order-id", 8}, {"in stock", 8}, {"first", 5}};
    struct feel_names names = {known, LEN(known)};
    struct feel_expr *expr;
    struct world w;
    struct err err;

    world_open(
        &w, "{\"first name\":\"Ada\",\"order-id\":17,\"in stock\":true,\"first\":1}");
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION,
                       STR("[first  name, first, order - id, in stock]"), &names, &expr,
                       &err));
    struct feel_value v = feel_eval(expr, &w.env, &w.arena);
    CHECK_STR(printed(&w, &v), "[\"Ada\", 1, 17, true]");
    CHECK(
        !feel_compile(&w.arena, FEEL_EXPRESSION, STR("first name"), NULL, &expr, &err));
    world_close(&w);
}

TEST(unary_tests_answer_for_their_input)
{
    static const struct {
        const char *input, *tests, *wanted;
    } rows[] = {
        {"7", "-", "true"},
        {"7", "5, 7", "true"},
        {"7", "> 7", "false"},
        {"7", "[1..7)", "false"},
        {"7", "not(5, 6)", "true"},
        {"7", "? * 2 = 14", "true"},
        {"7", "\"7\"", "null"},
        {"7", "null", "false"},
        {"false", "false", "true"},
        {"null", "not(null)", "false"},
        {"7", "not(even(?))", "true"},
        {"[1,2]", "[1, 2]", "true"},
        {"3", "[1, 3]", "true"},
        {"7", "> null", "null"},
        {"7", "]7..9], < 0", "false"},
    };
    struct feel_expr *expr;
    struct world w;
    struct err err;

    for (size_t i = 0; i < LEN(rows); i++) {
        char variables[64];
        snprintf(variables, sizeof(variables), "{\"?\":%s}", rows[i].input);
        world_open(&w, variables);
        CHECK(feel_compile(&w.arena, FEEL_UNARY_TESTS, str_of(rows[i].tests), NULL,
                           &expr, &err));
        struct feel_value v = feel_eval(expr, &w.env, &w.arena);
        if (!str_is(printed(&w, &v), rows[i].wanted))
            test_failed(__FILE__, __LINE__, "%s for %s is not %s", rows[i].tests,
                        rows[i].input, rows[i].wanted);
        world_close(&w);
    }
}

TEST(an_expression_knows_which_names_it_reads)
{
    static const char *const wanted[] = {"a", "l", "c", "g", "h"};
    struct feel_expr *expr;
    struct world w;
    struct err err;
    size_t count;

    world_open(&w, "{}");
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION,
                       STR("a.b + sum(for x in l return x * c + a) + "
                           "{d: g, e: d}.e + (function(y) y)(h) + l[item > 1][1]"),
                       NULL, &expr, &err));
    const struct str *reads = feel_reads(expr, &count);
    CHECK_INT(count, LEN(wanted));
    for (size_t i = 0; i < LEN(wanted) && i < count; i++)
        CHECK_STR(reads[i], wanted[i]);
    world_close(&w);
}

TEST(a_compiled_expression_borrows_nothing_from_its_text)
{
    char text[] = "\"ab\" + c + {k: 1}.k";
    struct feel_expr *expr;
    struct world w;
    struct err err;

    world_open(&w, "{\"c\":\"d\"}");
    CHECK(
        feel_compile(&w.arena, FEEL_EXPRESSION, STR("\"ab\" + c"), NULL, &expr, &err));
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION, (struct str){text, 8}, NULL, &expr,
                       &err));
    memset(text, '?', sizeof(text) - 1);
    struct feel_value v = feel_eval(expr, &w.env, &w.arena);
    CHECK_STR(printed(&w, &v), "\"abd\"");
    world_close(&w);
}

/* ---- limits ---------------------------------------------------------------------- */

TEST(deep_nesting_is_refused_and_long_rows_are_not)
{
    static const char *const openings[] = {"(",   "[",    "{a:",    "-",        "f(",
                                           "if ", "not(", "1 in (", "for i in "};
    struct feel_expr *expr;
    struct world w;
    struct err err;
    struct buf text;

    world_open(&w, "{}");
    for (size_t i = 0; i < LEN(openings); i++) {
        buf_init(&text, &w.arena, 64);
        for (int depth = 0; depth < 100000 / (int)strlen(openings[i]); depth++)
            buf_text(&text, openings[i]);
        CHECK(!feel_compile(&w.arena, FEEL_EXPRESSION, buf_str(&text), NULL, &expr,
                            &err));
        CHECK_INT(err.code, ERR_LIMIT);
        arena_reset(&w.arena);
    }
    buf_init(&text, &w.arena, 64);
    buf_byte(&text, '1');
    for (int i = 0; i < 10000; i++)
        buf_text(&text, " + 1");
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION, buf_str(&text), NULL, &expr, &err));
    struct feel_value v = feel_eval(expr, &w.env, &w.arena);
    CHECK_STR(printed(&w, &v), "10001");
    world_close(&w);
}

TEST(an_evaluation_that_exceeds_a_limit_gives_up_and_names_it)
{
    static const struct pair pairs[] = {
        {"for i in 1..1000000000 return i", "the limit of a list's length"},
        {"some i in 1..1000000000000 satisfies false", "the limit of steps"},
        {"{f: function(n) f(n + 1), r: f(1)}.r", "the limit of depth"},
        {"{d: function(s, n) if n = 0 then s else d(s + s, n - 1), r: d(\"ab\", 40)}",
         "the limit of a string's length"},
        {"for i in 1..3000 return [partial[-1]]", "the limit of nesting"},
        {"matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"(a+)+$\")",
         "the limit of a pattern's work"},
        {"1 + assert(2, false, \"too small\")", "Assertion failure: too small"},
    };
    struct world w;

    world_open(&w, "{}");
    w.env.limits = (struct feel_limits){200000, 200, 10000, 5000};
    for (size_t i = 0; i < LEN(pairs); i++) {
        struct feel_value v = evaluate(&w, pairs[i].text);
        CHECK_INT(v.kind, FEEL_GAVE_UP);
        if (v.kind == FEEL_GAVE_UP)
            CHECK_STR(v.string, pairs[i].wanted);
    }
    world_close(&w);
}

/* The arena grows from nothing until the evaluation fits. */
TEST(a_full_arena_is_a_value_and_never_a_crash)
{
    const char *text = "for i in 1..20 return {k: string(i) + \"x\", m: matches(\"a\", "
                       "\"[a-z]\"), s: split(\"a,b\", \",\"), d: @\"2024-01-01\" + "
                       "@\"P1D\"}";
    struct feel_value v = {.kind = FEEL_GAVE_UP};
    struct trap full;
    struct arena scratch;
    struct feel_expr *expr;
    struct world w;
    struct err err;
    size_t size;

    world_open(&w, "{}");
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION, str_of(text), NULL, &expr, &err));
    for (size = 64; v.kind == FEEL_GAVE_UP && size < 1 << 20; size += size / 4) {
        arena_init(&scratch, 64, size, &full);
        v = feel_eval(expr, &w.env, &scratch);
        CHECK(scratch.full == &full);
        arena_free(&scratch);
    }
    CHECK_INT(v.kind, FEEL_LIST);
    world_close(&w);
}

static bool cold_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    trap_spring(trap_get(), TRAP_COLD);
}

TEST(a_jump_out_of_a_lookup_reaches_the_caller_and_leaves_the_arena_as_it_was)
{
    struct feel_scope scope = {.get = cold_get};
    struct trap mine, *before = trap_set(&mine);
    struct feel_expr *expr;
    struct world w;
    struct err err;
    volatile bool jumped = false;

    world_open(&w, "{}");
    w.env.scope = &scope;
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION, STR("a + 1"), NULL, &expr, &err));
    if (setjmp(mine.jump) == 0)
        feel_eval(expr, &w.env, &w.arena);
    else
        jumped = true;
    CHECK(jumped);
    CHECK_INT(mine.why, TRAP_COLD);
    CHECK(w.arena.full == &w.full);
    CHECK(trap_set(before) == &mine);
    world_close(&w);
}

/* ---- values ---------------------------------------------------------------------- */

static struct str json_of(struct world *w, const struct feel_value *v)
{
    struct buf b;

    buf_init(&b, &w->arena, 64);
    feel_to_json(&b, v);
    return buf_str(&b);
}

TEST(values_become_json)
{
    static const struct pair pairs[] = {
        {"{a: [1, 2.50, \"x\\\"\\n\", true, null], b: {}}",
         "{\"a\":[1,2.5,\"x\\\"\\n\",true,null],\"b\":{}}"},
        {"@\"2024-06-10\"", "\"2024-06-10\""},
        {"@\"10:30:00+02:00\"", "\"10:30:00+02:00\""},
        {"@\"2024-06-10T10:30:00Z\"", "\"2024-06-10T10:30:00Z\""},
        {"@\"PT36H\"", "\"P1DT12H\""},
        {"@\"P14M\"", "\"P1Y2M\""},
        {"[1..5)", "\"[1..5)\""},
        {"function(x) x", "null"},
        {"v", "{\"k\":[1, {\"z\":\"\\u00e9\"}]}"}, /* never looked into */
        {"v.k[2].z", "\"\xc3\xa9\""},
    };
    struct world w;

    world_open(&w, "{\"v\":{\"k\":[1, {\"z\":\"\\u00e9\"}]}}");
    for (size_t i = 0; i < LEN(pairs); i++) {
        struct feel_value v = evaluate(&w, pairs[i].text);
        CHECK_STR(json_of(&w, &v), pairs[i].wanted);
    }
    world_close(&w);
}

TEST(an_expression_knows_its_calls_of_a_built_in)
{
    static const struct {
        const char *path, *description, *type;
    } wanted[] = {
        {"a.b", "\"x\"", "null"},
        {NULL, "null", "null"},
        {"c", "3", "\"t\""},
    };
    const struct feel_call *calls;
    struct feel_expr *expr;
    struct world w;
    struct err err;
    struct str path;

    world_open(&w, "{}");
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION,
                       STR("[fromAi(a.b, \"x\"), if q then fromAi(1) else "
                           "{r: fromAi(type: \"t\", value: c, description: 1 + 2)}]"),
                       NULL, &expr, &err));
    CHECK_INT(feel_calls(expr, STR("fromAi"), &w.arena, &calls), LEN(wanted));
    for (size_t i = 0; i < LEN(wanted); i++) {
        bool has_path = feel_call_path(&calls[i], STR("value"), &w.arena, &path);
        CHECK_INT(has_path, wanted[i].path != NULL);
        if (has_path)
            CHECK_STR(path, wanted[i].path);
        struct feel_value v =
            feel_call_value(&calls[i], STR("description"), &w.env, &w.arena);
        CHECK_STR(printed(&w, &v), wanted[i].description);
        v = feel_call_value(&calls[i], STR("type"), &w.env, &w.arena);
        CHECK_STR(printed(&w, &v), wanted[i].type);
    }
    CHECK_INT(feel_calls(expr, STR("string"), &w.arena, &calls), 0);
    CHECK_INT(feel_calls(expr, STR("no such"), &w.arena, &calls), 0);
    world_close(&w);
}

TEST(json_that_is_cut_or_broken_is_read_without_harm)
{
    const char *text =
        "{\"a\":[1,{\"b\":\"c\\u00e9\\\"\"},[]],\"d\":-1.5e3,\"e\":true}";
    struct world w;

    for (size_t len = 0; len <= strlen(text); len++) {
        world_open(&w, "{}");
        /* A copy of just that many bytes, so that a sanitizer sees a read beyond. */
        char *copy = must_alloc(len);
        memcpy(copy, text, len);
        w.variables = feel_from_json((struct str){copy, len}, &w.arena);
        json_of(&w, &w.variables);
        printed(&w, &w.variables);
        arena_free(&w.arena);
        free(copy);
    }
}

TEST(printed_values_give_themselves_back)
{
    static const char *const texts[] = {
        "[1, -2.5, \"a\\\\b\\\"\", true, null]",
        "{a: {b: [1..2)}, \"c d\": @\"P1Y\"}",
        "@\"2024-06-10T10:30:00.5+05:45\"",
        "(> 3)",
        "@\"-PT0.001S\"",
    };
    struct world w;

    world_open(&w, "{}");
    for (size_t i = 0; i < LEN(texts); i++) {
        struct feel_value v = evaluate(&w, texts[i]);
        CHECK_STR(printed(&w, &v), texts[i]);
        struct feel_value again = evaluate(&w, texts[i]);
        CHECK(feel_equal(&v, &again));
    }
    world_close(&w);
}

TEST(kinds_have_the_names_that_type_checks_use)
{
    static const struct pair pairs[] = {
        {"null", "NULL"},
        {"true", "BOOLEAN"},
        {"1", "NUMBER"},
        {"\"a\"", "STRING"},
        {"@\"PT1H\"", "DURATION"},
        {"@\"P1M\"", "PERIOD"},
        {"[]", "ARRAY"},
        {"{}", "OBJECT"},
        {"@\"2024-01-01\"", "DATE"},
        {"@\"10:00:00\"", "TIME"},
        {"@\"2024-01-01T00:00:00\"", "LOCAL_DATE_TIME"},
        {"@\"2024-01-01T00:00:00Z\"", "DATE_TIME"},
        {"[1..2]", "UNKNOWN"},
    };
    struct world w;

    world_open(&w, "{}");
    for (size_t i = 0; i < LEN(pairs); i++) {
        struct feel_value v = evaluate(&w, pairs[i].text);
        CHECK_STR(str_of(feel_type_name(&v)), pairs[i].wanted);
    }
    world_close(&w);
}

TEST(the_dialects_differ_where_both_define_a_value)
{
    static const struct {
        const char *text, *camunda, *standard;
    } rows[] = {
        {"@\"2024-06-10T10:00:00+02:00\" = @\"2024-06-10T08:00:00Z\"", "false", "true"},
        {"@\"P1D\" / @\"P2D\"", "0", "0.5"},
        {"string({a: 1})", "\"{a:1}\"", "\"{a: 1}\""},
        {"{a: 1, a: 2}", "{a: 2}", "null"},
    };
    struct world w;

    world_open(&w, "{}");
    for (size_t i = 0; i < LEN(rows); i++) {
        struct pair camunda = {rows[i].text, rows[i].camunda};
        struct pair standard = {rows[i].text, rows[i].standard};
        w.env.dialect = FEEL_CAMUNDA;
        check_pairs(&w, &camunda, 1);
        w.env.dialect = FEEL_STANDARD;
        check_pairs(&w, &standard, 1);
    }
    world_close(&w);
}

/* ---- time ------------------------------------------------------------------------ */

TEST(spans_are_read_part_by_part)
{
    static const struct {
        const char *text;
        struct feel_span span;
    } rows[] = {
        {"P1Y2M3DT4H5M6S", {14, 3, 14706000000000}},
        {"-P1M1DT1S", {-1, -1, -1000000000}},
        {"PT0.25S", {0, 0, 250000000}},
        {"P2W", {0, 14, 0}},
        {"PT36H", {0, 0, 129600000000000}},
        {"p1y2m3dT4h5m6s", {14, 3, 14706000000000}},
    };
    static const char *const bad[] = {"",
                                      "P",
                                      "PT",
                                      "P1",
                                      "1D",
                                      "P1DT",
                                      "Pt5S",
                                      "P1M1Y",
                                      "PT.1S",
                                      "P1.5D",
                                      "PT1M1H",
                                      "P1D ",
                                      "P99999999999999999999D"};
    struct feel_span s;

    for (size_t i = 0; i < LEN(rows); i++) {
        CHECK(feel_read_span(str_of(rows[i].text), &s));
        CHECK_INT(s.months, rows[i].span.months);
        CHECK_INT(s.days, rows[i].span.days);
        CHECK_INT(s.nanos, rows[i].span.nanos);
    }
    for (size_t i = 0; i < LEN(bad); i++)
        if (feel_read_span(str_of(bad[i]), &s))
            test_failed(__FILE__, __LINE__, "'%s' is taken for a span", bad[i]);
}

TEST(an_instant_needs_an_offset_or_a_zone)
{
    int asked = 0;
    struct zones *z = zones_open(world_bring, &asked);
    i64 ms;

    CHECK_INT(instant("1970-01-01T00:00:01Z", z), 1000);
    CHECK_INT(instant("2019-10-01T12:00:00.250+02:00", z), 1569924000250);
    CHECK_INT(instant("2019-10-01T12:00:00@Europe/Berlin", z), 1569924000000);
    CHECK_INT(instant("2019-10-01T12:00:00+02:00[Europe/Berlin]", z), 1569924000000);
    CHECK_INT(asked, 1); /* the zone was kept */
    CHECK(!feel_read_instant(STR("2019-10-01T12:00:00"), z, &ms));
    CHECK(!feel_read_instant(STR("2019-10-01T12:00:00@Mars/Base"), z, &ms));
    CHECK(!feel_read_instant(STR("2019-10-01T12:00:00@../etc/passwd"), z, &ms));
    CHECK(!feel_read_instant(STR("2019-13-01T12:00:00Z"), z, &ms));
    zones_close(z);
}

TEST(later_follows_the_calendar_of_the_zone)
{
    static const struct {
        const char *from, *span, *to;
    } rows[] = {
        /* A day across the beginning of summer time is 23 hours long. */
        {"2024-03-30T12:00:00+01:00", "P1D", "2024-03-31T12:00:00+02:00"},
        {"2024-03-30T12:00:00+01:00", "PT24H", "2024-03-31T13:00:00+02:00"},
        {"2024-01-31T12:00:00+01:00", "P1M", "2024-02-29T12:00:00+01:00"},
        {"2024-03-30T02:30:00+01:00", "P1D", "2024-03-31T03:30:00+02:00"}, /* a gap */
        {"2024-10-26T02:30:00+02:00", "P1D", "2024-10-27T02:30:00+02:00"}, /* twice */
        {"2024-06-10T12:00:00+02:00", "-P1Y", "2023-06-10T12:00:00+02:00"},
    };
    int asked = 0;
    struct zones *z = zones_open(world_bring, &asked);
    struct feel_span s;

    for (size_t i = 0; i < LEN(rows); i++) {
        CHECK(feel_read_span(str_of(rows[i].span), &s));
        CHECK_INT(feel_later(instant(rows[i].from, z), &s, z, STR("Europe/Berlin")),
                  instant(rows[i].to, z));
    }
    s = (struct feel_span){.nanos = INT64_MAX};
    CHECK_INT(feel_later(INT64_MAX - 5, &s, z, STR("")), INT64_MAX);
    s = (struct feel_span){.months = INT64_MAX};
    CHECK_INT(feel_later(0, &s, z, STR("")), INT64_MAX);
    zones_close(z);
}

TEST(zones_with_negative_summer_time_and_half_hours_work)
{
    int asked = 0;
    struct zones *z = zones_open(world_bring, &asked);

    CHECK_INT(instant("2024-07-01T12:00:00@Europe/Dublin", z),
              instant("2024-07-01T12:00:00+01:00", z));
    CHECK_INT(instant("2024-12-01T12:00:00@Europe/Dublin", z),
              instant("2024-12-01T12:00:00Z", z));
    CHECK_INT(instant("2024-12-01T12:00:00@Asia/Kolkata", z),
              instant("2024-12-01T12:00:00+05:30", z));
    zones_close(z);
}

TEST(cron_names_the_next_moment)
{
    static const struct {
        const char *text, *from, *next;
    } rows[] = {
        {"0 0 * * * *", "2024-06-10T08:15:30Z", "2024-06-10T09:00:00Z"},
        {"*/10 * * * * *", "2024-06-10T08:15:30Z", "2024-06-10T08:15:40Z"},
        {"@daily", "2024-06-10T00:00:00Z", "2024-06-11T00:00:00Z"},
        {"@weekly", "2024-06-10T00:00:00Z", "2024-06-16T00:00:00Z"},
        {"0 0 12 ? * MON-FRI", "2024-06-14T12:00:00Z", "2024-06-17T12:00:00Z"},
        {"0 0 0 L * *", "2024-02-10T00:00:00Z", "2024-02-29T00:00:00Z"},
        {"0 0 0 L-3 * *", "2024-06-10T00:00:00Z", "2024-06-27T00:00:00Z"},
        {"0 0 0 LW * *", "2024-06-10T00:00:00Z", "2024-06-28T00:00:00Z"},
        {"0 0 0 1W * *", "2024-05-10T00:00:00Z", "2024-06-03T00:00:00Z"},
        {"0 0 0 15W * *", "2024-06-10T00:00:00Z", "2024-06-14T00:00:00Z"},
        {"0 0 0 ? * 5L", "2024-06-10T00:00:00Z", "2024-06-28T00:00:00Z"},
        {"0 0 0 ? * FRI#2", "2024-06-10T00:00:00Z", "2024-06-14T00:00:00Z"},
        {"0 0 0 29 2 *", "2024-03-01T00:00:00Z", "2028-02-29T00:00:00Z"},
        {"0 30 23 31 DEC SUN", "2024-01-01T00:00:00Z", "2028-12-31T23:30:00Z"},
        {"0 0 6,19 * * *", "2024-06-10T08:00:00Z", "2024-06-10T19:00:00Z"},
        {"59 59 23 * * *", "1969-12-31T23:59:58Z", "1969-12-31T23:59:59Z"},
    };
    struct err err;
    i64 next;

    for (size_t i = 0; i < LEN(rows); i++) {
        CHECK(feel_cron_next(str_of(rows[i].text), instant(rows[i].from, NULL), NULL,
                             STR(""), &next, &err));
        if (next != instant(rows[i].next, NULL))
            test_failed(__FILE__, __LINE__, "%s after %s is %lld", rows[i].text,
                        rows[i].from, (long long)next);
    }
    CHECK(feel_cron_next(STR("0 0 0 30 2 *"), 0, NULL, STR(""), &next, &err));
    CHECK_INT(next, -1);
}

TEST(cron_follows_the_clock_of_its_zone)
{
    int asked = 0;
    struct zones *z = zones_open(world_bring, &asked);
    struct err err;
    i64 next;

    CHECK(feel_cron_next(STR("0 30 2 * * *"), instant("2024-03-30T12:00:00Z", z), z,
                         STR("Europe/Berlin"), &next, &err));
    CHECK_INT(next, instant("2024-03-31T03:30:00+02:00", z)); /* 02:30 is not there */
    CHECK(feel_cron_next(STR("0 30 2 * * *"), instant("2024-10-27T00:30:00Z", z), z,
                         STR("Europe/Berlin"), &next, &err));
    CHECK_INT(next, instant("2024-10-28T02:30:00+01:00", z)); /* once is enough */
    zones_close(z);
}

TEST(bad_cron_texts_are_refused_with_the_field)
{
    static const struct pair pairs[] = {
        {"0 0 0 32 * *", "cron '0 0 0 32 * *': '32' is no day of month"},
        {"0 60 * * * *", "cron '0 60 * * * *': '60' is no minute"},
        {"0 0 0 * FOO *", "cron '0 0 0 * FOO *': 'FOO' is no month"},
        {"0 0 5-1 * * *", "cron '0 0 5-1 * * *': '5-1' is no hour"},
        {"* * * * *",
         "cron '* * * * *': six fields were expected: second, minute, hour, "
         "day of month, month, day of week"},
    };
    struct err err;
    i64 next;

    for (size_t i = 0; i < LEN(pairs); i++) {
        CHECK(!feel_cron_next(str_of(pairs[i].text), 0, NULL, STR(""), &next, &err));
        CHECK_STR(str_of(err.text), pairs[i].wanted);
    }
}

TEST(json_that_nests_too_deep_is_handed_on_but_not_looked_into)
{
    struct feel_value v;
    struct world w;
    struct buf text;

    world_open(&w, "{}");
    buf_init(&text, &w.arena, 64);
    buf_text(&text, "{\"v\":");
    for (int i = 0; i < 20000; i++)
        buf_byte(&text, '[');
    for (int i = 0; i < 20000; i++)
        buf_byte(&text, ']');
    buf_byte(&text, '}');
    w.variables = feel_from_json(buf_str(&text), &w.arena);
    v = evaluate(&w, "flatten(v)");
    CHECK_INT(v.kind, FEEL_GAVE_UP);
    v = evaluate(&w, "v[1]");
    CHECK_INT(v.kind, FEEL_GAVE_UP);
    world_close(&w);
}

TEST(a_range_may_be_a_point_or_all_but_a_point)
{
    static const struct pair pairs[] = {
        {"5 in (= 5)", "true"},
        {"5 in (!= 5)", "false"},
        {"(= 5) = [5..5]", "false"},
        {"(!= 5) = (!= 5)", "true"},
        {"is(@\"10:00:00Z\", @\"11:00:00+01:00\")", "false"},
        {"@\"10:00:00Z\" = @\"11:00:00+01:00\"", "true"},
        {"[1, null] instance of list<number>", "true"},
    };
    struct world w;

    world_open(&w, "{}");
    check_pairs(&w, pairs, LEN(pairs));
    world_close(&w);
}

TEST(values_conform_to_types_that_the_caller_defines)
{
    static const struct str types[] = {{"tNumbers", 8}, {"t Person", 8}, {"tLoop", 5}};
    static const struct str texts[] = {{"list<number>", 12},
                                       {"context<name: string, n: tNumbers>", 34},
                                       {"list<tLoop>", 11}};
    static const struct {
        const char *type, *value, *wanted;
    } rows[] = {
        {"number", "5", "5"},
        {"number", "[5]", "5"},
        {"number", "\"a\"", "null"},
        {"tNumbers", "5", "[5]"},
        {"tNumbers", "[1, 2]", "[1, 2]"},
        {"tNumbers", "[1, \"a\"]", "null"},
        {"t Person", "{name: \"x\", n: [1], more: 2}",
         "{name: \"x\", n: [1], more: 2}"},
        {"t Person", "{name: 5, n: [1]}", "null"},
        {"date and time", "@\"2024-06-10\"", "@\"2024-06-10T00:00:00Z\""},
        {"Any", "[1]", "[1]"},
    };
    struct feel_names names = {.types = types, .type_texts = texts, .type_count = 3};
    struct feel_expr *expr;
    struct feel_type *t;
    struct world w;
    struct err err;

    world_open(&w, "{}");
    for (size_t i = 0; i < LEN(rows); i++) {
        struct feel_value v = evaluate(&w, rows[i].value);
        CHECK(feel_compile_type(&w.arena, str_of(rows[i].type), &names, &t, &err));
        v = feel_conform(t, &v, &w.arena);
        CHECK_STR(printed(&w, &v), rows[i].wanted);
    }
    CHECK(feel_compile(&w.arena, FEEL_EXPRESSION,
                       STR("[1] instance of tNumbers and true"), &names, &expr, &err));
    struct feel_value v = feel_eval(expr, &w.env, &w.arena);
    CHECK_STR(printed(&w, &v), "true");
    CHECK(!feel_compile_type(&w.arena, STR("tLoop"), &names, &t, &err));
    CHECK_INT(err.code, ERR_LIMIT);
    CHECK(!feel_compile_type(&w.arena, STR("number x"), &names, &t, &err));
    world_close(&w);
}

TEST(the_entries_of_a_context_can_be_walked)
{
    struct feel_value c, v;
    struct world w;
    struct str name;

    world_open(&w, "{\"c\":{\"a\":1,\"b c\":[]}}");
    c = evaluate(&w, "c");
    CHECK_INT(feel_context_count(c.context, &w.arena), 2);
    v = feel_context_at(c.context, 1, &w.arena, &name);
    CHECK_STR(name, "b c");
    CHECK_INT(v.kind, FEEL_LIST);
    v = feel_context_at(c.context, 2, &w.arena, &name);
    CHECK_STR(name, "");
    CHECK_INT(v.kind, FEEL_NULL);
    world_close(&w);
}

/* ---- functions from outside ------------------------------------------------------ */

static struct feel_value host_minus(const struct feel_host *h,
                                    const struct feel_env *env,
                                    const struct feel_value *args,
                                    struct arena *scratch)
{
    i64 a = num_cut_i64(args[0].number), b = num_cut_i64(args[1].number);

    if (a == 99)
        return (struct feel_value){.kind = FEEL_GAVE_UP,
                                   .string = STR("99 is too many")};
    return feel_number(a - b);
}

/* A world whose variable `minus` is a function of a and b. */
static bool host_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    static const struct str names[] = {{"a", 1}, {"the b", 5}};
    static const struct feel_host host = {
        .call = host_minus, .names = names, .count = LEN(names)};

    *out = feel_function_of(&host, scratch);
    return str_is(name, "minus");
}

TEST(a_function_from_outside_is_called_like_any_other)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"minus(5, 3)", "2"},
        {"minus(the b: 1, a: 5)", "4"},
        {"minus(5)", "null"},
        {"minus(a: 1, c: 2)", "null"},
        {"for x in [1, 2] return minus(x, 1)", "[0, 1]"},
        {"minus instance of function<number, number> -> number", "true"},
        {"minus instance of function<number> -> number", "false"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct world w;
        struct buf out;
        world_open(&w, "{}");
        w.scope.get = host_get;
        w.env.dialect = FEEL_STANDARD;
        struct feel_value v = evaluate(&w, rows[i].text);
        buf_init(&out, &w.arena, 16);
        feel_print(&out, &v);
        CHECK_STR(buf_str(&out), rows[i].wanted);
        world_close(&w);
    }
}

TEST(a_function_from_outside_that_gives_up_ends_the_evaluation)
{
    struct world w;

    world_open(&w, "{}");
    w.scope.get = host_get;
    struct feel_value v = evaluate(&w, "get or else(minus(99, 1), 7)");
    CHECK(v.kind == FEEL_GAVE_UP);
    CHECK_STR(v.string, "99 is too many");
    world_close(&w);
}

TEST(a_function_keeps_the_names_of_the_place_where_it_was_made)
{
    struct world here, there;
    struct feel_value one = feel_number(1), f, v;

    world_open(&here, "{\"x\": 10}");
    world_open(&there, "{\"x\": 20}");
    f = evaluate(&here, "function(n) n + x");
    v = feel_apply(&f, &one, NULL, 1, &there.env, &there.arena);
    CHECK_INT(num_cut_i64(v.number), 11);
    v = feel_apply(&one, &one, NULL, 1, &there.env, &there.arena);
    CHECK(v.kind == FEEL_NULL);
    world_close(&there);
    world_close(&here);
}

TEST(evaluations_with_one_budget_share_their_steps)
{
    struct feel_budget budget = {.steps = 300};
    struct world w;
    struct feel_value v;

    world_open(&w, "{}");
    w.env.budget = &budget;
    v = evaluate(&w, "count(for i in 1..50 return i)");
    CHECK(v.kind == FEEL_NUMBER);
    CHECK(budget.steps < 250);
    for (int i = 0; i < 5 && v.kind == FEEL_NUMBER; i++)
        v = evaluate(&w, "count(for i in 1..50 return i)");
    CHECK(v.kind == FEEL_GAVE_UP);
    CHECK_STR(v.string, "the limit of steps");
    world_close(&w);
}

TEST(simple_tests_can_be_looked_through)
{
    static const struct {
        const char *tests, *wanted;
    } rows[] = {
        {"-", "(.., ..)"},
        {"1, 3", "[1, 1] [3, 3]"},
        {"< 5, >= 7", "(.., 5) [7, ..)"},
        {"!= 2", "(.., 2) (2, ..)"},
        {"[1..3), true", "[1, 3) [true, true]"},
        {"\"a\"", "[\"a\", \"a\"]"},
        {"x", "no"},
        {"? > 1", "no"},
        {"not(1)", "no"},
        {"[1..x]", "no"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        const struct feel_interval *found;
        struct feel_expr *e;
        struct world w;
        struct buf out;
        size_t count;
        struct err err;
        world_open(&w, "{}");
        buf_init(&out, &w.arena, 64);
        CHECK(feel_compile(&w.arena, FEEL_UNARY_TESTS, str_of(rows[i].tests), NULL, &e,
                           &err));
        if (!feel_tests_intervals(e, &w.arena, &found, &count)) {
            buf_text(&out, "no");
            count = 0;
        }
        for (size_t j = 0; j < count; j++) {
            buf_print(&out, "%s%c", j ? " " : "", found[j].low_included ? '[' : '(');
            if (found[j].low.kind == FEEL_NULL)
                buf_text(&out, "..");
            else
                feel_print(&out, &found[j].low);
            buf_text(&out, ", ");
            if (found[j].high.kind == FEEL_NULL)
                buf_text(&out, "..");
            else
                feel_print(&out, &found[j].high);
            buf_byte(&out, found[j].high_included ? ']' : ')');
        }
        CHECK_STR(buf_str(&out), rows[i].wanted);
        world_close(&w);
    }
}
