#include "json/json.h"

#include "base/prng.h"
#include "t/test.h"

static const struct json_limits limits = {.depth = 4};
static struct arena arena;

/* Each test starts with an empty arena. */
static void begin(void)
{
    arena_free(&arena);
    arena_init(&arena, 64, 1 << 24, NULL);
}

static struct str canonical(struct str text, enum json_want want)
{
    struct str out;
    struct err err;

    if (json_canonical(text, want, &limits, &arena, &out, &err))
        return out;
    return arena_copy(&arena, str_of(err.text));
}

struct pair {
    const char *text, *wanted;
};

static void check_pairs(const struct pair *pairs, size_t count, enum json_want want)
{
    begin();
    for (size_t i = 0; i < count; i++)
        CHECK_STR(canonical(str_of(pairs[i].text), want), pairs[i].wanted);
}

TEST(there_is_one_way_to_write_a_document)
{
    static const struct pair pairs[] = {
        {"null", "null"},
        {" \t\r\n true ", "true"},
        {"false\n", "false"},
        {"-0", "0"},
        {"[-0,-0.0,0,-1]", "[0,-0.0,0,-1]"},
        {"1.50e+07", "1.50e+07"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"[ ]", "[]"},
        {"{ }", "{}"},
        {"[ 1 , [ 2 , { \"a\" : 3 } ] ]", "[1,[2,{\"a\":3}]]"},
        {"\" a  b \"", "\" a  b \""},
        {"\"\\u0041\\/\\u00e9\"", "\"A/\xc3\xa9\""},
        {"\"\\u0022\\u005C\\u000a\\u0008\"", "\"\\\"\\\\\\n\\b\""},
        {"\"\\b\\f\\n\\r\\t\\\"\\\\\"", "\"\\b\\f\\n\\r\\t\\\"\\\\\""},
        {"\"\\u0000\\u001F\\u007f\"", "\"\\u0000\\u001f\x7f\""},
        {"\"\\uD83D\\uDE00\"", "\"\xf0\x9f\x98\x80\""},
        {"\"\xf0\x9f\x98\x80\"", "\"\xf0\x9f\x98\x80\""},
        {"{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}"},
        {"{\"a\":1,\"\\u0061\":2}", "{\"a\":2}"},
        {"{\"x\":{\"a\":1,\"a\":{\"b\":1,\"b\":[2]}},\"y\":0}",
         "{\"x\":{\"a\":{\"b\":[2]}},\"y\":0}"},
        {"{\"\":1,\"\":2,\"\":3}", "{\"\":3}"},
    };

    check_pairs(pairs, LEN(pairs), JSON_ANY);
}

TEST(what_is_no_json_is_refused_with_its_place)
{
    static const struct pair pairs[] = {
        {"", "JSON, byte 1: expected a value, but the text ends"},
        {"  ", "JSON, byte 3: expected a value, but the text ends"},
        {"tru", "JSON, byte 1: expected a value"},
        {"nul1", "JSON, byte 1: expected a value"},
        {"'a'", "JSON, byte 1: expected a value"},
        {"\xef\xbb\xbf{}", "JSON, byte 1: expected a value"},
        {"1 2", "JSON, byte 3: expected nothing more after the value"},
        {"{}x", "JSON, byte 3: expected nothing more after the value"},
        {"01", "JSON, byte 2: a number begins with a needless zero"},
        {"-", "JSON, byte 2: expected a digit, but the text ends"},
        {"+1", "JSON, byte 1: expected a value"},
        {".5", "JSON, byte 1: expected a value"},
        {"1.", "JSON, byte 3: expected a digit, but the text ends"},
        {"1.e", "JSON, byte 3: expected a digit"},
        {"1e", "JSON, byte 3: expected a digit, but the text ends"},
        {"1e+x", "JSON, byte 4: expected a digit"},
        {"NaN", "JSON, byte 1: expected a value"},
        {"[1,]", "JSON, byte 4: expected a value"},
        {"[1 2]", "JSON, byte 4: expected ',' or ']' after an item"},
        {"[1", "JSON, byte 3: expected ',' or ']' after an item, but the text ends"},
        {"[1}", "JSON, byte 3: expected ',' or ']' after an item"},
        {"{\"a\" 1}", "JSON, byte 6: expected ':' after a name"},
        {"{\"a\":1,}", "JSON, byte 8: expected a name in double quotes"},
        {"{\"a\":1 \"b\":2}", "JSON, byte 8: expected ',' or '}' after a member"},
        {"{a:1}", "JSON, byte 2: expected a name in double quotes"},
        {"{1:1}", "JSON, byte 2: expected a name in double quotes"},
        {"{\"a\":", "JSON, byte 6: expected a value, but the text ends"},
        {"\"a",
         "JSON, byte 3: expected '\"' at the end of a string, but the text ends"},
        {"\"a\nb\"", "JSON, byte 3: a control character in a string is not escaped"},
        {"\"\\x\"", "JSON, byte 3: unknown escape in a string"},
        {"\"\\", "JSON, byte 3: unknown escape in a string, but the text ends"},
        {"\"\\u12g4\"", "JSON, byte 6: expected four hexadecimal digits after \\u"},
        {"\"\\ud83d\"", "JSON, byte 2: half of a surrogate pair"},
        {"\"\\ude00\"", "JSON, byte 2: half of a surrogate pair"},
        {"\"\\ud83d\\ud83d\"", "JSON, byte 2: half of a surrogate pair"},
        {"\"\\ud83d\\n\"", "JSON, byte 2: half of a surrogate pair"},
        {"\"\xff\"", "JSON, byte 2: a string is not valid UTF-8"},
        {"\"a\xc0\x80\"", "JSON, byte 3: a string is not valid UTF-8"},
        {"\"\xed\xa0\x80\"", "JSON, byte 2: a string is not valid UTF-8"},
        {"\"\xc3\"", "JSON, byte 2: a string is not valid UTF-8"},
        {"[[[[[1]]]]]", "JSON, byte 5: nested more than 4 levels deep"},
    };

    check_pairs(pairs, LEN(pairs), JSON_ANY);
    CHECK_STR(canonical((struct str){"\"a\0\"", 4}, JSON_ANY),
              "JSON, byte 3: a control character in a string is not escaped");
    CHECK_STR(canonical((struct str){"\"\\\0\"", 4}, JSON_ANY),
              "JSON, byte 3: unknown escape in a string");
    CHECK_STR(canonical(STR("[[[[1]]]]"), JSON_ANY), "[[[[1]]]]");
}

TEST(a_document_is_an_object_or_empty)
{
    static const struct pair pairs[] = {
        {"", "{}"},
        {" \n", "{}"},
        {"{\"a\": 1}", "{\"a\":1}"},
        {"[1]", "expected an object, but got an array"},
        {"\"a\"", "expected an object, but got a string"},
        {"1", "expected an object, but got a number"},
        {"true", "expected an object, but got a boolean"},
        {"null", "expected an object, but got null"},
        {"[1", "JSON, byte 3: expected ',' or ']' after an item, but the text ends"},
    };

    check_pairs(pairs, LEN(pairs), JSON_OBJECT);
}

TEST(canonical_text_is_not_copied)
{
    struct str text = STR("{\"a\":[1,\"\\n\",{}],\"b\":\"\xc3\xa9\"}");

    begin();
    CHECK(canonical(text, JSON_ANY).data == text.data);
    CHECK_INT(canonical(text, JSON_ANY).len, text.len);
}

TEST(every_cut_of_a_document_is_refused)
{
    struct str whole = STR("{\"a\":[1.5e3,\"\\u00e9\",true],\"b\":{\"c\":null}}");
    struct str out;
    struct err err;

    begin();
    for (size_t len = 0; len < whole.len; len++) {
        struct str cut = {whole.data, len};
        CHECK(!json_canonical(cut, JSON_ANY, &limits, &arena, &out, &err));
        CHECK_INT(err.code, ERR_SYNTAX);
    }
    CHECK(json_canonical(whole, JSON_ANY, &limits, &arena, &out, &err));
}

TEST(an_object_of_many_members_keeps_the_last_of_each_name)
{
    struct buf in, wanted;
    enum { N = 300 };

    begin();
    buf_init(&in, &arena, 16);
    buf_init(&wanted, &arena, 16);
    buf_byte(&in, '{');
    buf_byte(&wanted, '{');
    for (int i = 0; i < 2 * N; i++)
        buf_print(&in, "%s\"n%d\":%d", i ? "," : "", i % N * 7 % N, i);
    for (int i = 0; i < N; i++)
        buf_print(&wanted, "%s\"n%d\":%d", i ? "," : "", i * 7 % N, N + i);
    buf_byte(&in, '}');
    buf_text(&wanted, "}");
    buf_byte(&wanted, '\0');
    CHECK_STR(canonical(buf_str(&in), JSON_OBJECT), wanted.data);
}

TEST(an_object_is_walked_in_its_order_with_decoded_names)
{
    struct json_walk w =
        json_walk(STR("{\"a\\n\":[1,{\"]\":\"}\"}],\"\":\"\\\"\",\"z\":-1}"));
    struct json_member m;

    begin();
    CHECK(json_next(&w, &arena, &m));
    CHECK_STR(m.name, "a\n");
    CHECK_STR(m.value, "[1,{\"]\":\"}\"}]");
    CHECK(json_next(&w, &arena, &m));
    CHECK_STR(m.name, "");
    CHECK_STR(m.value, "\"\\\"\"");
    CHECK_STR(json_text(m.value, &arena), "\"");
    CHECK(json_next(&w, &arena, &m));
    CHECK_STR(m.value, "-1");
    CHECK(!json_next(&w, &arena, &m));
    CHECK(!json_next(&w, &arena, &m));
}

TEST(an_array_is_walked_in_its_order)
{
    static const char *const items[] = {"null", "true", "\"a,b\"", "[]", "{}", "1e5"};
    static const enum json_kind kinds[] = {JSON_NULL,  JSON_TRUE, JSON_STRING,
                                           JSON_ARRAY, JSON_MAP,  JSON_NUMBER};
    struct json_walk w = json_walk(STR("[null,true,\"a,b\",[],{},1e5]"));
    struct json_member m;

    begin();
    for (size_t i = 0; i < LEN(items); i++) {
        CHECK(json_next(&w, &arena, &m));
        CHECK_STR(m.name, "");
        CHECK_STR(m.value, items[i]);
        CHECK_INT(json_kind(m.value), kinds[i]);
    }
    CHECK(!json_next(&w, &arena, &m));
    CHECK_INT(json_kind(STR("false")), JSON_FALSE);
}

TEST(a_member_is_found_by_its_decoded_name)
{
    struct str object = STR("{\"a\":1,\"a\\\"b\\u0001\":2,\"\":3,\"ab\":4}"), out;
    static const struct pair pairs[] = {
        {"a", "1"}, {"a\"b\x01", "2"}, {"", "3"}, {"ab", "4"}};

    begin();
    for (size_t i = 0; i < LEN(pairs); i++) {
        CHECK(json_get(object, str_of(pairs[i].text), &arena, &out));
        CHECK_STR(out, pairs[i].wanted);
    }
    CHECK(!json_get(object, STR("b"), &arena, &out));
    CHECK(!json_get(STR("{}"), STR("a"), &arena, &out));
}

TEST(a_string_gives_back_its_text)
{
    begin();
    CHECK_STR(json_text(STR("\"\\b\\f\\n\\r\\t\\\"\\\\/\\u001f\xc3\xa9\""), &arena),
              "\b\f\n\r\t\"\\/\x1f\xc3\xa9");
    struct str plain = STR("\"plain\"");
    CHECK(json_text(plain, &arena).data == plain.data + 1);
    CHECK_INT(json_text(STR("\"\""), &arena).len, 0);
    struct str zero = json_text(STR("\"a\\u0000b\""), &arena);
    CHECK(str_equal(zero, (struct str){"a\0b", 3}));
}

TEST(a_whole_number_is_read_however_it_is_written)
{
    static const struct {
        const char *text;
        bool fits;
        i64 value;
    } rows[] = {
        {"0", true, 0},
        {"-1", true, -1},
        {"1200", true, 1200},
        {"12e2", true, 1200},
        {"1.2E+3", true, 1200},
        {"1200.00", true, 1200},
        {"120000e-2", true, 1200},
        {"0.0012e6", true, 1200},
        {"0e999999999999999999", true, 0},
        {"0.000e-5", true, 0},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"92233720368547758070", false, 0},
        {"1.5", false, 0},
        {"1e-1", false, 0},
        {"1e19", false, 0},
        {"1e99999999999999999999", false, 0},
        {"1e-99999999999999999999", false, 0},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        i64 value = 0;
        bool fits = json_i64(str_of(rows[i].text), &value);
        if (fits != rows[i].fits || (fits && value != rows[i].value))
            test_failed(__FILE__, __LINE__, "%s gives %d, %lld", rows[i].text, fits,
                        (long long)value);
    }
}

TEST(what_is_written_is_canonical)
{
    struct buf b;

    begin();
    buf_init(&b, &arena, 1);
    buf_byte(&b, '{');
    json_put_name(&b, STR("a\n"));
    buf_byte(&b, '[');
    json_comma(&b);
    json_put_i64(&b, INT64_MIN);
    json_comma(&b);
    json_put_string(&b, STR("q\" b\\ \x01\x1f\t / \xc3\xa9"));
    buf_byte(&b, ']');
    json_put_name(&b, STR("b"));
    json_put_i64(&b, 7);
    buf_byte(&b, '}');
    CHECK_STR(buf_str(&b), "{\"a\\n\":[-9223372036854775808,"
                           "\"q\\\" b\\\\ \\u0001\\u001f\\t / \xc3\xa9\"],\"b\":7}");
    CHECK(canonical(buf_str(&b), JSON_OBJECT).data == b.data);
}

TEST(ill_formed_text_is_written_as_replacement_characters)
{
    struct buf b;

    begin();
    buf_init(&b, &arena, 0);
    json_put_string(&b, STR("a\xff\xc3z"));
    CHECK_STR(buf_str(&b), "\"a\xef\xbf\xbd\xef\xbf\xbdz\"");
}

TEST(merging_lets_the_upper_object_win)
{
    static const struct {
        const char *under, *over, *wanted;
    } rows[] = {
        {"{}", "{}", "{}"},
        {"{\"a\":1}", "{}", "{\"a\":1}"},
        {"{}", "{\"a\":1}", "{\"a\":1}"},
        {"{\"a\":1,\"b\":2}", "{\"c\":3,\"a\":{\"x\":[1]}}",
         "{\"a\":{\"x\":[1]},\"b\":2,\"c\":3}"},
        {"{\"\":1,\"\\n\":2}", "{\"\\n\":3}", "{\"\":1,\"\\n\":3}"},
    };

    begin();
    for (size_t i = 0; i < LEN(rows); i++)
        CHECK_STR(json_merge(str_of(rows[i].under), str_of(rows[i].over), &arena),
                  rows[i].wanted);
}

/* Random objects, merged, against a look-up in each. */
TEST(a_merged_object_has_each_member_of_both)
{
    struct prng p = {11};

    for (int round = 0; round < 300 && !test_has_failed(); round++) {
        struct buf both[2];
        struct str merged, value, other;
        begin();
        for (int k = 0; k < 2; k++) {
            buf_init(&both[k], &arena, 1);
            buf_byte(&both[k], '{');
            for (int n = 0; n < 20; n++)
                if (prng_chance(&p, 500)) {
                    json_put_name(&both[k], arena_print(&arena, "k%d", n));
                    json_put_i64(&both[k], (i64)prng_below(&p, 100));
                }
            buf_byte(&both[k], '}');
        }
        merged = json_merge(buf_str(&both[0]), buf_str(&both[1]), &arena);
        CHECK(canonical(merged, JSON_OBJECT).data == merged.data);
        for (int n = 0; n < 20; n++) {
            struct str name = arena_print(&arena, "k%d", n);
            bool is_wanted = json_get(buf_str(&both[1]), name, &arena, &other) ||
                             json_get(buf_str(&both[0]), name, &arena, &other);
            CHECK(json_get(merged, name, &arena, &value) == is_wanted);
            CHECK(!is_wanted || str_equal(value, other));
        }
    }
}

/* Wherever memory ends, the jump leads out and nothing is left: the sanitizer would
 * tell. */
TEST(an_arena_that_is_too_small_springs_its_trap)
{
    struct str text = STR("{\"a\":\"\\u00e9\",\"b\":[1,2],\"a\":{\"c\" : 1}}"), out;
    struct trap full;
    struct err err;
    volatile size_t limit;
    volatile bool is_read = false;

    for (limit = 16; !is_read; limit += 16) {
        struct arena a;
        arena_init(&a, 16, limit, &full);
        full.why = TRAP_NONE;
        if (setjmp(full.jump) == 0)
            is_read = json_canonical(text, JSON_ANY, &limits, &a, &out, &err);
        CHECK(is_read || full.why == TRAP_FULL);
        if (is_read)
            CHECK_STR(out, "{\"a\":{\"c\":1},\"b\":[1,2]}");
        arena_free(&a);
        if (test_has_failed())
            return;
    }
    CHECK(limit > 256);
}

TEST(walking_what_is_not_canonical_is_a_failed_must)
{
    static const char *const texts[] = {"[1 2]",    "[",    "[1",
                                        "{\"a\"1}", "{\"a", "{1:2}"};
    struct trap trap;

    begin();
    for (size_t i = 0; i < LEN(texts); i++) {
        trap.why = TRAP_NONE;
        trap_set(&trap);
        if (setjmp(trap.jump) == 0) {
            struct json_walk w = json_walk(str_of(texts[i]));
            for (struct json_member m; json_next(&w, &arena, &m);)
                ;
        }
        trap_set(NULL);
        CHECK_INT(trap.why, TRAP_MUST);
    }
}
