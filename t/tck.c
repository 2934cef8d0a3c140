#include "tck/tck.h"

#include "t/test.h"

#define TESTS(content)                                                      \
    "<t:testCases xmlns:t='http://www.omg.org/spec/DMN/20160719/testcase' " \
    "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:x='xsd'>"    \
    "<t:modelName> m.dmn </t:modelName>" content "</t:testCases>"
#define CASE(content)      "<t:testCase id='c'>" content "</t:testCase>"
#define GIVEN(name, value) "<t:inputNode name='" name "'>" value "</t:inputNode>"
#define WANTED(name, value) \
    "<t:resultNode name='" name "'><t:expected>" value "</t:expected></t:resultNode>"
#define VALUE(type, text) "<t:value i:type='x:" type "'>" text "</t:value>"
#define NIL               "<t:value i:nil='true'/>"

/* Each decision gives back its input, or is of it. */
static const char model_text[] =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' name='m' "
    "namespace='m'>"
    "<inputData id='a' name='a'><variable name='a'/></inputData>"
    "<inputData id='day' name='day'><variable name='day' typeRef='date'/></inputData>"
    "<decision id='same' name='same'><variable name='same'/>"
    "<informationRequirement><requiredInput href='#a'/></informationRequirement>"
    "<literalExpression><text>a</text></literalExpression></decision>"
    "<decision id='year' name='year'><variable name='year'/>"
    "<informationRequirement><requiredInput href='#day'/></informationRequirement>"
    "<literalExpression><text>day.year</text></literalExpression></decision>"
    "</definitions>";

struct fixture {
    struct arena arena, scratch;
    struct trap full;
    struct buf told;
    u32 notes;
};

static void tell(void *ctx, const struct tck_check *c)
{
    struct fixture *f = ctx;

    buf_print(&f->told, "%.*s %.*s %s ", ARG(c->test), ARG(c->node),
              c->is_good ? "is" : "is not");
    feel_print(&f->told, &c->wanted);
    if (!c->is_good) {
        buf_text(&f->told, " but ");
        if (c->got.kind == FEEL_GAVE_UP)
            buf_add(&f->told, c->got.string);
        else
            feel_print(&f->told, &c->got);
    }
    buf_byte(&f->told, '\n');
}

static void note(const struct feel_env *env, struct str warning)
{
    ((struct fixture *)env->note_ctx)->notes++;
}

static void fixture_run(struct fixture *f, const char *tests)
{
    const struct tck_options options = {.tell = tell, .note = note, .ctx = f};
    struct dmn *model = NULL;
    struct tck *t = NULL;
    struct err err = {0};

    *f = (struct fixture){0};
    arena_init(&f->arena, 4096, 16 << 20, &f->full);
    arena_init(&f->scratch, 4096, 16 << 20, &f->full);
    buf_init(&f->told, &f->arena, 256);
    if (!dmn_parse(str_of(model_text), &dmn_options_default, &model, &err) ||
        !tck_parse(str_of(tests), &f->arena, &t, &err))
        test_failed(__FILE__, __LINE__, "%s", err.text);
    else
        tck_run(t, model, &options, &f->scratch);
    dmn_free(model);
}

static void fixture_free(struct fixture *f)
{
    arena_free(&f->scratch);
    arena_free(&f->arena);
}

TEST(each_result_is_compared_with_what_is_expected)
{
    static const struct {
        const char *tests, *wanted;
    } rows[] = {
        {TESTS(CASE(GIVEN("a", VALUE("decimal", "1.5"))
                        WANTED("same", VALUE("decimal", "1.500000001")))),
         "c same is 1.500000001\n"},
        {TESTS(CASE(GIVEN("a", VALUE("string", "x")) WANTED(
             "same", VALUE("string", "y")) WANTED("same", VALUE("string", "x")))),
         "c same is not \"y\" but \"x\"\nc same is \"x\"\n"},
        {TESTS(CASE(GIVEN(
             "a", "<t:list><t:item>" VALUE("boolean", "true") "</t:item>"
                                                              "<t:item>" NIL
                                                              "</t:item></t:list>")
                        WANTED("same", "<t:list><t:item>" VALUE(
                                           "boolean", "true") "</t:item></t:list>"))),
         "c same is not [true] but [true, null]\n"},
        {TESTS(CASE(GIVEN(
             "a", "<t:component name='k'>" VALUE("date", "2026-01-02") "</t:component>")
                        WANTED("same", "<t:component name='k'>" VALUE(
                                           "date", "2026-01-02") "</t:component>"))),
         "c same is {k: @\"2026-01-02\"}\n"},
        /* a value without a type is of the input's type */
        {TESTS(CASE(GIVEN("day", "<t:value>2026-01-02</t:value>")
                        WANTED("year", VALUE("decimal", "2026")))),
         "c year is 2026\n"},
        /* an input that is not given is null */
        {TESTS(CASE(WANTED("same", NIL))), "c same is null\n"},
        {TESTS(CASE(WANTED("nothing", NIL))),
         "c nothing is not null but no such decision\n"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct fixture f;
        fixture_run(&f, rows[i].tests);
        CHECK_STR(buf_str(&f.told), rows[i].wanted);
        fixture_free(&f);
    }
}

TEST(only_a_failed_check_is_explained)
{
    struct fixture f;

    fixture_run(&f, TESTS(CASE(WANTED("year", NIL))));
    CHECK_INT(f.notes, 0);
    fixture_free(&f);
    fixture_run(&f, TESTS(CASE(WANTED("year", VALUE("decimal", "1")))));
    CHECK(f.notes > 0);
    fixture_free(&f);
}

TEST(what_is_no_test_is_told_from_a_broken_one)
{
    static const struct {
        const char *text, *error; /* NULL: none */
    } rows[] = {
        {"<project/>", NULL},
        {"<testCases/>", "namespace"},
        {"<testCases xmlns='http://www.omg.org/spec/DMN/20160719/testcase'/>",
         "name no model"},
        {"<testCases", "line 1"},
    };
    struct arena arena;

    arena_init(&arena, 4096, 1 << 20, NULL);
    for (size_t i = 0; i < LEN(rows); i++) {
        struct err err = {0};
        struct tck *t;
        CHECK(tck_parse(str_of(rows[i].text), &arena, &t, &err) == !rows[i].error);
        CHECK(!t);
        CHECK(!rows[i].error || strstr(err.text, rows[i].error));
    }
    arena_free(&arena);
}
