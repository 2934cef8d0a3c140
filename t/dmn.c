#include "dmn/dmn.h"

#include <stdio.h>

#include "t/test.h"

#define DEFINITIONS(version, more)                                         \
    "<definitions xmlns=\"" version "\" id=\"drg\" name=\"Requirements\" " \
    "namespace=\"urn:own\" " more ">"
#define V15           "https://www.omg.org/spec/DMN/20230324/MODEL/"
#define MODEL(text)   DEFINITIONS(V15, "") text "</definitions>"

#define LITERAL(text) "<literalExpression><text>" text "</text></literalExpression>"
#define DECISION(name, logic) \
    "<decision id=\"" name "\" name=\"" name "\">" logic "</decision>"
#define INPUT(name, type)                                                 \
    "<inputData id=\"" name "\" name=\"" name "\"><variable name=\"" name \
    "\" typeRef=\"" type "\"/></inputData>"
#define NEEDS(id)                                                 \
    "<informationRequirement><requiredInput href=\"#" id "\"/></" \
    "informationRequirement>"
#define NEEDS_DECISION(id)                                  \
    "<informationRequirement><requiredDecision href=\"#" id \
    "\"/></informationRequirement>"
#define KNOWS(id)                                                   \
    "<knowledgeRequirement><requiredKnowledge href=\"#" id "\"/></" \
    "knowledgeRequirement>"

/* ---- a run in one call ----------------------------------------------------------- */

struct fixture {
    struct dmn_options options;
    struct dmn *dmn;
    struct arena arena;
    struct trap full;
    struct feel_value inputs; /* a context */
    struct feel_scope scope;
    struct feel_env env;
    struct dmn_result result;
    char notes[2000];
    struct err err;
};

static bool inputs_get(const struct feel_scope *s, struct str name,
                       struct arena *scratch, struct feel_value *out)
{
    const struct feel_value *inputs = s->ctx;

    return inputs->kind == FEEL_CONTEXT &&
           feel_context_get(inputs->context, name, scratch, out);
}

static void note(const struct feel_env *env, struct str warning)
{
    struct fixture *f = env->note_ctx;
    size_t len = strlen(f->notes);

    snprintf(f->notes + len, sizeof(f->notes) - len, "%.*s\n", ARG(warning));
}

static struct feel_value evaluate(struct fixture *f, const char *text)
{
    struct feel_env env = {.limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct feel_expr *e;

    if (!feel_compile(&f->arena, FEEL_EXPRESSION, str_of(text), NULL, &e, &f->err)) {
        test_failed(__FILE__, __LINE__, "%s: %s", text, f->err.text);
        return (struct feel_value){0};
    }
    return feel_eval(e, &env, &f->arena);
}

static void fixture_init(struct fixture *f, enum feel_dialect dialect)
{
    *f = (struct fixture){.options = dmn_options_default};
    f->options.dialect = dialect;
    arena_init(&f->arena, 4096, 16 << 20, NULL);
    f->scope = (struct feel_scope){.get = inputs_get, .ctx = &f->inputs};
    f->env = (struct feel_env){
        .scope = &f->scope, .limits = feel_limits_default, .note = note, .note_ctx = f};
}

static void fixture_free(struct fixture *f)
{
    dmn_free(f->dmn);
    arena_free(&f->arena);
}

static bool parse(struct fixture *f, const char *xml)
{
    if (dmn_parse(str_of(xml), &f->options, &f->dmn, &f->err))
        return true;
    test_failed(__FILE__, __LINE__, "%s", f->err.text);
    return false;
}

static struct str shown(struct fixture *f, const struct feel_value *v)
{
    struct buf out;

    buf_init(&out, &f->arena, 64);
    feel_print(&out, v);
    return buf_str(&out);
}

/* The decision's value as FEEL text; a failure in its own words. */
static struct str decide(struct fixture *f, const char *decision, const char *inputs)
{
    const struct dmn_decision *d = dmn_find(f->dmn, str_of(decision));

    f->inputs = evaluate(f, inputs);
    f->notes[0] = 0;
    if (!d)
        return STR("no such decision");
    dmn_decide(f->dmn, d, &f->env, &f->arena, &f->result);
    return f->result.failed ? f->result.failure : shown(f, &f->result.value);
}

static void check_decision(const char *xml, const char *decision, const char *inputs,
                           const char *wanted)
{
    struct fixture f;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, xml))
        CHECK_STR(decide(&f, decision, inputs), wanted);
    fixture_free(&f);
}

/* ---- reading --------------------------------------------------------------------- */

static void check_refused(const char *xml, enum feel_dialect dialect,
                          enum err_code code, const char *part)
{
    struct fixture f;

    fixture_init(&f, dialect);
    CHECK(!dmn_parse(str_of(xml), &f.options, &f.dmn, &f.err));
    CHECK_INT(f.err.code, code);
    if (!strstr(f.err.text, part))
        test_failed(__FILE__, __LINE__, "'%s' has no '%s'", f.err.text, part);
    f.dmn = NULL;
    fixture_free(&f);
}

TEST(all_versions_are_read)
{
    static const char *const models[] = {
#define VERSION(uri) \
    DEFINITIONS(uri, "") DECISION("d", LITERAL("1 + 1")) "</definitions>"
        VERSION("http://www.omg.org/spec/DMN/20151101/dmn.xsd"),
        VERSION("http://www.omg.org/spec/DMN/20180521/MODEL/"),
        VERSION("https://www.omg.org/spec/DMN/20191111/MODEL/"),
        VERSION("https://www.omg.org/spec/DMN/20211108/MODEL/"),
        VERSION(V15),
#undef VERSION
    };

    for (size_t i = 0; i < LEN(models); i++)
        check_decision(models[i], "d", "{}", "2");
}

TEST(what_cannot_be_is_refused_with_its_place)
{
    static const struct {
        const char *xml;
        enum err_code code;
        const char *part;
    } rows[] = {
        {"<dmn", ERR_SYNTAX, "line 1"},
        {"<definitions/>", ERR_SYNTAX, "no DMN definitions"},
        {"<!DOCTYPE x><x/>", ERR_SYNTAX, "document type"},
        {MODEL(DECISION("a", NEEDS_DECISION("b")) DECISION("b", NEEDS_DECISION("a"))),
         ERR_SYNTAX, "requires itself"},
        {MODEL("<businessKnowledgeModel id=\"f\" name=\"f\">" KNOWS(
             "g") "</businessKnowledgeModel><businessKnowledgeModel id=\"g\" "
                  "name=\"g\">" KNOWS("f") "</businessKnowledgeModel>"),
         ERR_SYNTAX, "requires itself"},
        {MODEL(DECISION("d", "<decisionTable hitPolicy=\"LUCKY\"/>")), ERR_SYNTAX,
         "line 1, element 'd': the hit policy 'LUCKY' is not known"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_refused(rows[i].xml, FEEL_STANDARD, rows[i].code, rows[i].part);
}

TEST(a_decision_may_have_a_version_tag)
{
    struct fixture f;

    fixture_init(&f, FEEL_CAMUNDA);
    CHECK(parse(&f,
                MODEL("<decision id=\"a\" name=\"A\"><extensionElements><x:versionTag "
                      "xmlns:x=\"http://camunda.org/schema/zeebe/1.0\" value=\"v1\"/>"
                      "</extensionElements>" LITERAL("1") "</decision>" DECISION(
                          "b", LITERAL("2")))));
    CHECK_STR(dmn_find(f.dmn, STR("a"))->version_tag, "v1");
    CHECK_STR(dmn_find(f.dmn, STR("b"))->version_tag, "");
    fixture_free(&f);
}

TEST(flaws_are_findings_in_the_standard_and_the_end_in_camunda)
{
    static const struct {
        const char *xml, *part;
    } rows[] = {
        {MODEL(DECISION("d", LITERAL("1 +"))), "failed to parse expression '1 +'"},
        {MODEL(DECISION("d", NEEDS("x"))), "refers to '#x', which is not there"},
        {MODEL("<decision id=\"d\"/>"), "a decision without a name"},
        {MODEL(DECISION("d", "") DECISION("d", "")), "the id 'd' is used twice"},
        {MODEL("<import namespace=\"urn:other\" name=\"o\"/>"), "that is not there"},
        {MODEL(DECISION("d", "<literalExpression expressionLanguage=\"groovy\"><text>"
                             "1</text></literalExpression>")),
         "another language than FEEL"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct fixture f;
        size_t count;
        fixture_init(&f, FEEL_STANDARD);
        if (parse(&f, rows[i].xml)) {
            const struct dmn_finding *found = dmn_findings(f.dmn, &count);
            CHECK_INT(count, 1);
            CHECK(count == 1 && memmem(found->text.data, found->text.len, rows[i].part,
                                       strlen(rows[i].part)));
        }
        fixture_free(&f);
        check_refused(rows[i].xml, FEEL_CAMUNDA, ERR_SYNTAX, rows[i].part);
    }
}

TEST(a_broken_expression_is_null_and_leaves_the_others_alone)
{
    const char *xml =
        MODEL(DECISION("bad", LITERAL("1 +")) DECISION("good", LITERAL("1")));

    check_decision(xml, "bad", "{}", "null");
    check_decision(xml, "good", "{}", "1");
}

TEST(a_model_beyond_its_memory_is_refused)
{
    struct fixture f;

    fixture_init(&f, FEEL_STANDARD);
    f.options.memory = 20000;
    CHECK(!dmn_parse(STR(MODEL(DECISION("d", LITERAL("1")))), &f.options, &f.dmn,
                     &f.err));
    CHECK_INT(f.err.code, ERR_LIMIT);
    f.dmn = NULL;
    fixture_free(&f);
}

TEST(a_chain_of_requirements_may_not_be_endless)
{
    static char xml[200000];
    size_t len = (size_t)snprintf(xml, sizeof(xml), "%s", DEFINITIONS(V15, ""));

    for (int i = 0; i < 600; i++)
        len += (size_t)snprintf(
            xml + len, sizeof(xml) - len,
            "<decision id=\"d%d\" name=\"d%d\"><informationRequirement>"
            "<requiredDecision href=\"#d%d\"/></informationRequirement>"
            "</decision>",
            i, i, i + 1);
    snprintf(xml + len, sizeof(xml) - len,
             "<decision id=\"d600\" name=\"x\"/></definitions>");
    check_refused(xml, FEEL_STANDARD, ERR_LIMIT, "requirements");
}

TEST(decisions_tell_their_kind_and_what_they_need)
{
    struct fixture f;
    const struct dmn_decision *d;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, MODEL(INPUT("in", "number") DECISION("a", LITERAL("1")) DECISION(
                      "b", NEEDS("in") NEEDS_DECISION("a") "<list/>")))) {
        CHECK_STR(dmn_id(f.dmn), "drg");
        CHECK_STR(dmn_name(f.dmn), "Requirements");
        CHECK_STR(dmn_namespace(f.dmn), "urn:own");
        CHECK_INT(dmn_decision_count(f.dmn), 2);
        CHECK(dmn_decision_at(f.dmn, 0)->kind == DMN_LITERAL_EXPRESSION);
        d = dmn_decision_at(f.dmn, 1);
        CHECK(strcmp(dmn_kind_name(d->kind), "LIST") == 0);
        CHECK_INT(d->need_count, 1);
        CHECK(d->needs[0] == dmn_decision_at(f.dmn, 0));
        CHECK_INT(d->input_count, 1);
        CHECK_STR(d->inputs[0], "in");
        CHECK(!dmn_find(f.dmn, STR("c")));
    }
    fixture_free(&f);
}

/* ---- decision tables ------------------------------------------------------------- */

/* Over the number x: 1 matches the first rule, 2 the first two, 3 all. */
#define RULE(id, test, output)                    \
    "<rule id=\"" id "\"><inputEntry><text>" test \
    "</text></inputEntry><outputEntry><text>" output "</text></outputEntry></rule>"
#define TABLE(policy, outputs, a, b, c)                                             \
    MODEL(INPUT("x", "number") DECISION(                                            \
        "d",                                                                        \
        NEEDS("x") "<decisionTable " policy                                         \
                   "><input id=\"i\"><inputExpression><text>x</text>"               \
                   "</inputExpression></input><output id=\"o\" name=\"o\">" outputs \
                   "</output>" RULE("r1", ">= 1", a) RULE("r2", ">= 2", b)          \
                       RULE("r3", ">= 3", c) "</decisionTable>"))
#define VALUES   "<outputValues><text>\"high\", \"mid\", \"low\"</text></outputValues>"
#define FALLBACK "<defaultOutputEntry><text>0 - 1</text></defaultOutputEntry>"

TEST(hit_policies_and_aggregations)
{
#define LOW  "\"low\""
#define MID  "\"mid\""
#define HIGH "\"high\""
    static const struct {
        const char *xml, *inputs, *wanted;
    } rows[] = {
        {TABLE("", "", "10", "20", "30"), "{x: 1}", "10"},
        {TABLE("hitPolicy=\"UNIQUE\"", "", "10", "20", "30"), "{x: 2}", "null"},
        {TABLE("hitPolicy=\"UNIQUE\"", "", "10", "20", "30"), "{x: 0}", "null"},
        {TABLE("hitPolicy=\"UNIQUE\"", FALLBACK, "10", "20", "30"), "{x: 0}", "-1"},
        {TABLE("hitPolicy=\"ANY\"", "", "10", "10", "30"), "{x: 2}", "10"},
        {TABLE("hitPolicy=\"ANY\"", "", "10", "10", "30"), "{x: 3}", "null"},
        {TABLE("hitPolicy=\"FIRST\"", "", "10", "20", "30"), "{x: 3}", "10"},
        {TABLE("hitPolicy=\"PRIORITY\"", VALUES, LOW, HIGH, MID), "{x: 3}", HIGH},
        {TABLE("hitPolicy=\"PRIORITY\"", VALUES, LOW, MID, MID), "{x: 3}", MID},
        {TABLE("hitPolicy=\"OUTPUT ORDER\"", VALUES, LOW, HIGH, MID), "{x: 3}",
         "[\"high\", \"mid\", \"low\"]"},
        {TABLE("hitPolicy=\"RULE ORDER\"", VALUES, LOW, HIGH, MID), "{x: 3}",
         "[\"low\", \"high\", \"mid\"]"},
        {TABLE("hitPolicy=\"COLLECT\"", "", "10", "20", "30"), "{x: 2}", "[10, 20]"},
        {TABLE("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "", "10", "20", "30"),
         "{x: 3}", "60"},
        {TABLE("hitPolicy=\"COLLECT\" aggregation=\"MIN\"", "", "10", "20", "30"),
         "{x: 3}", "10"},
        {TABLE("hitPolicy=\"COLLECT\" aggregation=\"MAX\"", "", "10", "20", "30"),
         "{x: 3}", "30"},
        {TABLE("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "", "10", "20", "30"),
         "{x: 3}", "3"},
        {TABLE("hitPolicy=\"COLLECT\"", "", "10", "20", "30"), "{x: 0}", "null"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(rows[i].xml, "d", rows[i].inputs, rows[i].wanted);
}

TEST(an_output_that_is_none_of_its_values_is_an_error)
{
    check_decision(TABLE("hitPolicy=\"FIRST\"", VALUES, "\"top\"", "1", "1"), "d",
                   "{x: 1}", "null");
}

#define TWO_COLUMNS                                                                    \
    INPUT("x", "number")                                                               \
    DECISION(                                                                          \
        "d",                                                                           \
        NEEDS(                                                                         \
            "x") "<decisionTable hitPolicy=\"PRIORITY\"><input id=\"i\" label=\"the "  \
                 "x\">"                                                                \
                 "<inputExpression><text>x</text></inputExpression>"                   \
                 "<inputValues><text>[0..100]</text></inputValues></input>"            \
                 "<output id=\"o1\" name=\"level\"><outputValues><text>2, 1</text>"    \
                 "</outputValues></output><output id=\"o2\" name=\"the name\" "        \
                 "label=\"L\"><outputValues><text>\"b\", \"a\"</text></outputValues>"  \
                 "</output><rule id=\"r1\"><inputEntry><text>-</text></inputEntry>"    \
                 "<outputEntry><text>1</text></outputEntry><outputEntry><text>\"b\"</" \
                 "text>"                                                               \
                 "</outputEntry></rule><rule id=\"r2\"><inputEntry><text>&gt; 5, "     \
                 "1</text>"                                                            \
                 "</inputEntry><outputEntry><text>2</text></outputEntry><outputEntry>" \
                 "<text>\"a\"</text></outputEntry></rule></decisionTable>")            \
    DECISION("e", NEEDS_DECISION("d") LITERAL("d.the name"))

TEST(several_outputs_make_a_context_and_the_first_counts_most)
{
    static const struct {
        const char *decision, *inputs, *wanted;
    } rows[] = {
        {"d", "{x: 2}", "{level: 1, \"the name\": \"b\"}"},
        {"d", "{x: 6}", "{level: 2, \"the name\": \"a\"}"},
        {"d", "{x: 1}", "{level: 2, \"the name\": \"a\"}"},
        {"d", "{x: 101}", "null"}, /* no value for the input */
        {"e", "{x: 6}", "\"a\""},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(MODEL(TWO_COLUMNS), rows[i].decision, rows[i].inputs,
                       rows[i].wanted);
}

TEST(the_trace_tells_what_was_decided_and_why)
{
    struct fixture f;
    const struct dmn_evaluated *t;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, MODEL(TWO_COLUMNS))) {
        CHECK_STR(decide(&f, "e", "{x: 6}"), "\"a\"");
        CHECK_INT(f.result.trace_count, 2);
        t = f.result.trace;
        CHECK_STR(t[0].decision->id, "d");
        CHECK_STR(shown(&f, &t[0].output), "{level: 2, \"the name\": \"a\"}");
        CHECK_INT(t[0].input_count, 1);
        CHECK_STR(t[0].inputs[0].id, "i");
        CHECK_STR(t[0].inputs[0].name, "the x");
        CHECK_STR(shown(&f, &t[0].inputs[0].value), "6");
        CHECK_INT(t[0].match_count, 2);
        CHECK_STR(t[0].matches[1].id, "r2");
        CHECK_INT(t[0].matches[1].index, 2);
        CHECK_INT(t[0].matches[1].output_count, 2);
        CHECK_STR(t[0].matches[1].outputs[1].id, "o2");
        CHECK_STR(t[0].matches[1].outputs[1].name, "L");
        CHECK_STR(t[0].matches[1].outputs[0].name, "level");
        CHECK_STR(shown(&f, &t[0].matches[1].outputs[0].value), "2");
        CHECK_STR(t[1].decision->id, "e");
        CHECK_INT(t[1].match_count, 0);
    }
    fixture_free(&f);
}

/* ---- boxed expressions ----------------------------------------------------------- */

#define BOX(inside) MODEL(INPUT("x", "number") DECISION("d", NEEDS("x") inside))
#define ENTRY(name, inside) \
    "<contextEntry><variable name=\"" name "\"/>" inside "</contextEntry>"
#define LOOP(kind, variable, in, word, body)                        \
    BOX("<" kind " iteratorVariable=\"" variable "\"><in>" LITERAL( \
        in) "</in><" word ">" LITERAL(body) "</" word "></" kind ">")

TEST(every_boxed_expression_has_its_value)
{
    static const struct {
        const char *xml, *wanted;
    } rows[] = {
        {BOX(LITERAL("x + 1")), "4"},
        {BOX(""), "null"},
        {BOX("<context>" ENTRY("the a", LITERAL("x"))
                 ENTRY("b", LITERAL("the a * 2")) "</context>"),
         "{\"the a\": 3, b: 6}"},
        {BOX("<context>" ENTRY("a", LITERAL("x")) "<contextEntry>" LITERAL(
             "a + 1") "</contextEntry></context>"),
         "4"},
        {BOX("<context>" ENTRY("a", LITERAL("1"))
                 ENTRY("a", LITERAL("2")) "</context>"),
         "null"},
        {BOX("<context><contextEntry><variable name=\"a\" "
             "typeRef=\"string\"/>" LITERAL("x") "</contextEntry></context>"),
         "{a: null}"},
        {BOX("<list>" LITERAL("x") "<list/>" LITERAL("\"s\"") "</list>"),
         "[3, [], \"s\"]"},
        {BOX("<relation><column name=\"a\"/><column name=\"b c\"/><row>" LITERAL("x")
                 LITERAL("2") "</row><row>" LITERAL("4")
                     LITERAL("5") "</row></relation>"),
         "[{a: 3, \"b c\": 2}, {a: 4, \"b c\": 5}]"},
        {BOX("<context>" ENTRY(
             "f",
             "<functionDefinition><formalParameter name=\"n\"/>" LITERAL(
                 "if n = 0 then 1 else n * f(n - 1)") "</"
                                                      "functionDefinition"
                                                      ">") "<contextEntry"
                                                           ">" LITERAL(
                                                               "f("
                                                               "x"
                                                               ")") "</contextEntry></"
                                                                    "context>"),
         "6"},
        {BOX("<invocation>" LITERAL(
             "function(a, b) a - b") "<binding><parameter "
                                     "name=\"b\"/>" LITERAL(
                                         "1") "</binding><binding><parameter "
                                              "name=\"a\"/>" LITERAL("x") "</"
                                                                          "binding>"
                                                                          "</"
                                                                          "invocati"
                                                                          "on>"),
         "2"},
        {BOX("<invocation>" LITERAL("x") "</invocation>"), "null"},
        {BOX("<conditional><if>" LITERAL("x = 3") "</if><then>" LITERAL(
             "\"y\"") "</then><else>" LITERAL("\"n\"") "</else></conditional>"),
         "\"y\""},
        {BOX("<conditional><if>" LITERAL("\"?\"") "</if><then>" LITERAL(
             "\"y\"") "</then><else>" LITERAL("\"n\"") "</else></conditional>"),
         "\"n\""},
        {LOOP("for", "the i", "[1..x]", "return", "the i * the i"), "[1, 4, 9]"},
        {LOOP("for", "i", "[1, 2, 3]", "return", "count(partial)"), "[0, 1, 2]"},
        {LOOP("for", "i", "null", "return", "i"), "null"},
        {LOOP("some", "i", "[1, x]", "satisfies", "i = 3"), "true"},
        {LOOP("every", "i", "[1, x]", "satisfies", "i = 3"), "false"},
        {LOOP("every", "i", "[1, x]", "satisfies", "i"), "null"},
        {BOX("<filter><in>" LITERAL("[1, 5, x]") "</in><match>" LITERAL(
             "item &gt; 2") "</match></filter>"),
         "[5, 3]"},
        {BOX("<filter><in>" LITERAL("[{a: 1}, {a: 3, item: 3}]") "</in><match>" LITERAL(
             "a = x and item = "
             "a") "</match></"
                  "filter>"),
         "[{a: 3, item: 3}]"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(rows[i].xml, "d", "{x: 3}", rows[i].wanted);
}

TEST(a_table_may_stand_within_other_boxes)
{
    check_decision(
        BOX("<context>" ENTRY("t", "<decisionTable><input><inputExpression><text>x"
                                   "</text></inputExpression></input><output/>" RULE(
                                       "r", "3", "\"three\"") "</decisionTable>")
                ENTRY("u", LITERAL("t + \"!\"")) "</context>"),
        "d", "{x: 3}", "{t: \"three\", u: \"three!\"}");
}

/* ---- requirements ---------------------------------------------------------------- */

TEST(a_decision_sees_what_it_requires_and_nothing_else)
{
    static const char xml[] =
        MODEL(INPUT("x", "number") INPUT("y", "number")
                  DECISION("a", NEEDS("x") LITERAL("x + 1"))
                      DECISION("b", NEEDS_DECISION("a") LITERAL("[a, x]")));

    check_decision(xml, "b", "{x: 1, y: 2}", "[2, null]");
    check_decision(xml, "b", "{x: 1, a: 10}", "[10, null]"); /* in place of its logic */
    check_decision(xml, "a", "{}", "null");
}

#define FACTORIAL                                                                  \
    "<businessKnowledgeModel id=\"f\" name=\"the f\"><variable name=\"the f\"/>"   \
    "<encapsulatedLogic><formalParameter name=\"n\" typeRef=\"number\"/>" LITERAL( \
        "if n &lt; 2 then 1 else n * the f(n - 1)") "</encapsulatedLogic></"       \
                                                    "businessKnowledgeModel>"

TEST(knowledge_is_a_function_with_its_own_surroundings)
{
    static const struct {
        const char *xml, *wanted;
    } rows[] = {
        {MODEL(FACTORIAL DECISION("d", KNOWS("f") LITERAL("the f(5)"))), "120"},
        {MODEL(FACTORIAL DECISION("d", KNOWS("f") LITERAL("the f(n: 3)"))), "6"},
        {MODEL(FACTORIAL DECISION("d", KNOWS("f") LITERAL("the f(\"s\")"))), "null"},
        {MODEL(FACTORIAL DECISION("d", KNOWS("f") LITERAL("the f([4])"))), "24"},
        {MODEL(FACTORIAL DECISION("d", KNOWS("f") LITERAL("the f(1, 2)"))), "null"},
        {MODEL(FACTORIAL DECISION("d", LITERAL("the f(1)"))), "null"},
        {MODEL(FACTORIAL DECISION(
             "d", KNOWS("f") "<invocation>" LITERAL("the f") "<binding><parameter "
                                                             "name=\"n\"/>" LITERAL(
                                                                 "4") "</binding></"
                                                                      "invocation>")),
         "24"},
        {MODEL(
             "<businessKnowledgeModel id=\"f\" name=\"f\"><encapsulatedLogic>" LITERAL(
                 "x") "</encapsulatedLogic></businessKnowledgeModel>" INPUT("x",
                                                                            "number")
                 DECISION("d", NEEDS("x") KNOWS("f") LITERAL("f()"))),
         "null"}, /* the caller's names are not the function's */
        {MODEL(INPUT("x", "number")
                   DECISION("g", NEEDS("x") LITERAL("function(a) a + x"))
                       DECISION("d", NEEDS_DECISION("g") LITERAL("g(1)"))),
         "8"}, /* but a function keeps those of the place where it was made */
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(rows[i].xml, "d", "{x: 7}", rows[i].wanted);
}

#define SERVICE                                                          \
    INPUT("x", "number")                                                 \
    DECISION("pre", LITERAL("100"))                                      \
    DECISION("one", NEEDS("x") NEEDS_DECISION("pre") LITERAL("pre + x")) \
    DECISION("two", NEEDS("x") LITERAL("x * 2"))                         \
    "<decisionService id=\"s\" name=\"the "                              \
    "s\"><outputDecision href=\"#one\"/>"                                \
    "<outputDecision href=\"#two\"/><inputDecision "                     \
    "href=\"#pre\"/>"                                                    \
    "<inputData href=\"#x\"/></decisionService>"                         \
    "<decisionService id=\"t\" "                                         \
    "name=\"t\"><outputDecision href=\"#two\"/>"                         \
    "<inputData href=\"#x\"/></decisionService>"

TEST(a_decision_service_is_a_function_of_its_inputs)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {LITERAL("the s(1, 7)"), "{one: 8, two: 2}"},
        {LITERAL("the s(x: 2, pre: 5)"), "{one: 7, two: 4}"},
        {LITERAL("t(4)"), "8"},
        {LITERAL("t(\"s\")"), "null"},
        {LITERAL("t()"), "null"},
        {LITERAL("sum(for i in 1..3 return t(i))"), "12"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        char xml[4000];
        snprintf(xml, sizeof(xml),
                 DEFINITIONS(V15, "")
                     SERVICE DECISION("d", KNOWS("s") KNOWS("t") "%s") "</definitions>",
                 rows[i].text);
        check_decision(xml, "d", "{x: 50}", rows[i].wanted);
    }
}

TEST(a_decision_service_can_be_asked_for)
{
    struct fixture f;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, MODEL(SERVICE))) {
        const struct dmn_service *s = dmn_service_find(f.dmn, STR("the s"));
        f.inputs = evaluate(&f, "{x: 1, pre: 2}");
        CHECK(s && s == dmn_service_find(f.dmn, STR("s")));
        dmn_serve(f.dmn, s, &f.env, &f.arena, &f.result);
        CHECK(!f.result.failed);
        CHECK_STR(shown(&f, &f.result.value), "{one: 3, two: 2}");
        CHECK(!dmn_service_find(f.dmn, STR("one")));
    }
    fixture_free(&f);
}

/* ---- types ----------------------------------------------------------------------- */

#define ITEM(name, inside) \
    "<itemDefinition name=\"" name "\">" inside "</itemDefinition>"
#define ITEMS(name, inside)                                           \
    "<itemDefinition name=\"" name "\" isCollection=\"true\">" inside \
    "</itemDefinition>"
#define PART(name, inside) "<itemComponent name=\"" name "\">" inside "</itemComponent>"
#define REF(type)          "<typeRef>" type "</typeRef>"
#define ALLOW(text)        "<allowedValues><text>" text "</text></allowedValues>"
#define TYPES                                                                        \
    ITEM("tGrade", REF("string") ALLOW("\"A\", \"B\""))                              \
    ITEM("tAge", REF("number") ALLOW("[0..150]"))                                    \
    ITEM("tPerson", PART("the name", REF("string")) PART("age", REF("tAge"))         \
                        PART("grades", REF("tGrades")))                              \
    ITEMS("tGrades", REF("tGrade"))                                                  \
    ITEMS("tPeople", REF("tPerson"))                                                 \
    ITEM("tTree", PART("value", REF("number")) "<itemComponent name=\"kids\" "       \
                                               "isCollection=\"true\">" REF(         \
                                                   "tTree") "</itemComponent>")      \
    "<itemDefinition name=\"tShort\" isCollection=\"true\">" REF(                    \
        "number") "<typeConstraint><text>count(?) &lt; "                             \
                  "3</text></typeConstraint></itemDefinition>" ITEM("tFunction",     \
                                                                    "<functionItem " \
                                                                    "outputTypeRef=" \
                                                                    "\"number\"><"   \
                                                                    "parameters "    \
                                                                    "name=\"a\" "    \
                                                                    "typeRef="       \
                                                                    "\"tAge\"/></"   \
                                                                    "functionItem>")

TEST(values_pass_borders_as_their_types_let_them)
{
    static const struct {
        const char *type, *value, *wanted;
    } rows[] = {
        {"number", "\"1\"", "null"},
        {"number", "[1]", "1"},
        {"Any", "[1]", "[1]"},
        {"tGrade", "\"A\"", "\"A\""},
        {"tGrade", "\"C\"", "null"},
        {"tGrade", "null", "null"},
        {"tGrade", "[\"B\"]", "\"B\""},
        {"tGrades", "\"A\"", "[\"A\"]"},
        {"tGrades", "[\"A\", \"B\", null]", "[\"A\", \"B\", null]"},
        {"tGrades", "[\"A\", \"C\"]", "null"},
        {"tAge", "150", "150"},
        {"tAge", "151", "null"},
        {"tPerson", "{the name: \"n\", age: 1, grades: [\"A\"]}",
         "{\"the name\": \"n\", age: 1, grades: [\"A\"]}"},
        {"tPerson", "{the name: \"n\", age: 151, grades: [\"A\"]}", "null"},
        {"tPerson", "{the name: \"n\", age: 1, grades: [\"X\"]}", "null"},
        {"tPerson", "{the name: \"n\"}", "null"},
        {"tPeople", "{the name: \"n\", age: 1, grades: []}",
         "[{\"the name\": \"n\", age: 1, grades: []}]"},
        {"tTree", "{value: 1, kids: [{value: 2, kids: []}]}",
         "{value: 1, kids: [{value: 2, kids: []}]}"},
        {"tTree", "{value: \"1\", kids: []}", "null"},
        {"tShort", "[1, 2]", "[1, 2]"},
        {"tShort", "[1, 2, 3]", "null"},
        {"tFunction", "1", "null"},
        {"dateTime", "@\"2024-06-10\"", "@\"2024-06-10T00:00:00Z\""},
        {"feel:string", "1", "null"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        char xml[4000], inputs[300];
        snprintf(xml, sizeof(xml),
                 DEFINITIONS(V15, "") TYPES INPUT("x", "%s")
                     DECISION("d", NEEDS("x") LITERAL("x")) "</definitions>",
                 rows[i].type);
        snprintf(inputs, sizeof(inputs), "{x: %s}", rows[i].value);
        check_decision(xml, "d", inputs, rows[i].wanted);
    }
}

TEST(item_definitions_are_types_of_expressions)
{
    static const struct {
        const char *xml, *wanted;
    } rows[] = {
        {MODEL(TYPES DECISION("d", LITERAL("1 instance of tAge"))), "true"},
        {MODEL(TYPES DECISION("d", LITERAL("\"1\" instance of tAge"))), "false"},
        {MODEL(TYPES DECISION("d", LITERAL("[\"A\"] instance of tGrades"))), "true"},
        {MODEL(TYPES DECISION("d", LITERAL("(function(a: tAge) a + 1)(1)"))), "2"},
        {MODEL(TYPES DECISION(
             "d", "<variable name=\"d\" typeRef=\"tAge\"/>" LITERAL("1000"))),
         "null"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(rows[i].xml, "d", "{}", rows[i].wanted);
}

TEST(the_type_of_a_function_says_what_it_gives)
{
#define GIVES(type)                                                                    \
    MODEL(ITEM("tText", "<functionItem outputTypeRef=\"string\"/>") DECISION(          \
        "o",                                                                           \
        LITERAL("\"s\"")) "<decisionService id=\"s\" name=\"s\"><variable name=\"s\" " \
                          "typeRef=\"" type                                            \
                          "\"/><outputDecision href=\"#o\"/></decisionService>"        \
                          "<businessKnowledgeModel id=\"f\" name=\"f\"><variable "     \
                          "name=\"f\" typeRef=\"" type                                 \
                          "\"/><encapsulatedLogic>" LITERAL(                           \
                              "\"t\"") "</"                                            \
                                       "encapsulatedLogic><"                           \
                                       "/businessKnowledgeM"                           \
                                       "odel>" DECISION("d", KNOWS("s") KNOWS("f")     \
                                                                 LITERAL("[s(), "      \
                                                                         "f()]")))
    static const struct {
        const char *xml, *wanted;
    } rows[] = {
        {GIVES("tText"), "[\"s\", \"t\"]"},
        {GIVES("string"), "[\"s\", \"t\"]"},
        {GIVES("number"), "[null, null]"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(rows[i].xml, "d", "{}", rows[i].wanted);
}

TEST(text_becomes_what_the_input_is)
{
    struct fixture f;
    struct feel_value v;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, MODEL(ITEM("tStay",
                             PART("from", REF("date")) PART("nights", REF("number")))
                            ITEMS("tStays", REF("tStay")) INPUT("stays", "tStays")
                                INPUT("day", "date")))) {
        v = evaluate(&f, "[{from: \"2024-06-10\", nights: \"2\", more: \"3\"}, \"x\"]");
        v = dmn_read_input(f.dmn, STR("stays"), &v, &f.env, &f.arena);
        CHECK_STR(shown(&f, &v),
                  "[{from: @\"2024-06-10\", nights: 2, more: \"3\"}, \"x\"]");
        v = feel_string(STR("tomorrow"));
        v = dmn_read_input(f.dmn, STR("day"), &v, &f.env, &f.arena);
        CHECK_STR(shown(&f, &v), "\"tomorrow\"");
    }
    fixture_free(&f);
}

/* ---- imports --------------------------------------------------------------------- */

#define V13 "https://www.omg.org/spec/DMN/20191111/MODEL/"
#define IMPORT(name, uri) \
    "<import name=\"" name "\" namespace=\"" uri "\" importType=\"" V13 "\"/>"
#define OTHER_NEEDS(kind, what, id)                                             \
    "<" kind "Requirement><required" what " href=\"urn:other#" id "\"/></" kind \
    "Requirement>"

static bool other_find(const struct dmn_resolver *r, struct str uri,
                       struct str location, struct arena *arena, struct str *xml)
{
    *xml = STR(
        "<definitions xmlns=\"" V13 "\" namespace=\"urn:other\" name=\"o\">"
        "<import name=\"back\" namespace=\"urn:own\"/>"
        "<itemDefinition "
        "name=\"tWord\"><typeRef>string</typeRef></itemDefinition>" INPUT("who",
                                                                          "tWord")
            DECISION("hello",
                     NEEDS("who") LITERAL(
                         "\"Hello \" + who")) "<businessKnowledgeModel id=\"say\" "
                                              "name=\"say it\"><encapsulatedLogic>"
                                              "<formalParameter name=\"w\" "
                                              "typeRef=\"tWord\"/>" LITERAL(
                                                  "w + \"!\"") "</encapsulatedLogic></"
                                                               "businessKnowledgeModel>"
                                                               "</definitions>");
    return str_is(uri, "urn:other");
}

TEST(what_is_imported_lives_under_the_name_of_the_import)
{
    static const struct {
        const char *import, *logic, *inputs, *wanted;
    } rows[] = {
        {"the o", LITERAL("the o.hello"), "{`{urn:other}who`: \"Ann\"}",
         "\"Hello Ann\""},
        {"the o", LITERAL("the o.hello"), "{the o: {who: \"Bo\"}}", "\"Hello Bo\""},
        {"the o", LITERAL("the o.hello"), "{who: \"Cy\"}", "\"Hello Cy\""},
        {"the o", LITERAL("the o.hello"), "{who: 1}", "null"},
        {"the o", LITERAL("the o.say it(\"ho\")"), "{}", "\"ho!\""},
        {"the o", LITERAL("the o.say it(1)"), "{}", "null"},
        {"the o", LITERAL("\"a\" instance of the o.tWord"), "{}", "true"},
        {"the o", LITERAL("1 instance of the o.tWord"), "{}", "false"},
        {"", LITERAL("say it(hello)"), "{who: \"Di\"}", "\"Hello Di!\""},
        {"", LITERAL("\"a\" instance of tWord"), "{}", "true"},
    };
    const struct dmn_resolver resolver = {.find = other_find};

    for (size_t i = 0; i < LEN(rows); i++) {
        struct fixture f;
        char xml[3000];
        snprintf(xml, sizeof(xml),
                 DEFINITIONS(V15, "") IMPORT("%s", "urn:other") DECISION(
                     "d", OTHER_NEEDS("information", "Decision", "hello") OTHER_NEEDS(
                              "knowledge", "Knowledge", "say") "%s") "</definitions>",
                 rows[i].import, rows[i].logic);
        fixture_init(&f, FEEL_STANDARD);
        f.options.resolver = &resolver;
        if (parse(&f, xml))
            CHECK_STR(decide(&f, "d", rows[i].inputs), rows[i].wanted);
        CHECK_INT(dmn_decision_count(f.dmn), 1);
        fixture_free(&f);
    }
}

/* ---- Camunda's dialect ----------------------------------------------------------- */

TEST(in_camunda_all_names_are_seen_and_decisions_by_their_ids)
{
    struct fixture f;

    fixture_init(&f, FEEL_CAMUNDA);
    if (parse(
            &f,
            MODEL(
                "<decision id=\"dish\" name=\"The dish\">" NEEDS_DECISION("season")
                    LITERAL(
                        "[season, time, The season, guests]") "</decision><decision "
                                                              "id=\"season\" "
                                                              "name=\"The season\">"
                                                              "<variable "
                                                              "name=\"time\"/>" LITERAL(
                                                                  "if hot then 1 else "
                                                                  "2") "</"
                                                                       "decision"
                                                                       ">"))) {
        CHECK_STR(decide(&f, "dish", "{hot: true, guests: 4, time: 9}"),
                  "[1, 1, 1, 4]");
        CHECK_STR(decide(&f, "dish", "{hot: false}"), "[2, 2, 2, null]");
        CHECK(strstr(f.notes,
                     "[NO_VARIABLE_FOUND] No variable found with name 'guests'"));
    }
    fixture_free(&f);
}

TEST(in_camunda_an_error_is_a_failure_of_the_decision)
{
    static const struct {
        const char *xml, *inputs, *wanted;
    } rows[] = {
        {TABLE("", "", "10", "20", "30"), "{x: 2}",
         "multiple values aren't allowed for UNIQUE hit policy. found: '[10, 20]'"},
        {TABLE("hitPolicy=\"ANY\"", "", "10", "20", "30"), "{x: 2}",
         "different values aren't allowed for ANY hit policy. found: '[10, 20]'"},
        {MODEL(DECISION("d", LITERAL("assert(1, false, \"why\")"))), "{}",
         "failed to evaluate expression 'assert(1, false, \"why\")': Assertion "
         "failure: why"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct fixture f;
        fixture_init(&f, FEEL_CAMUNDA);
        if (parse(&f, rows[i].xml)) {
            CHECK_STR(decide(&f, "d", rows[i].inputs), rows[i].wanted);
            CHECK(f.result.failed == dmn_find(f.dmn, STR("d")));
            CHECK(f.result.value.kind == FEEL_NULL);
            CHECK_INT(f.result.trace_count, 1);
            CHECK(f.result.trace[0].decision == f.result.failed);
        }
        fixture_free(&f);
    }
}

TEST(what_was_decided_before_a_failure_is_in_the_trace)
{
    struct fixture f;

    fixture_init(&f, FEEL_CAMUNDA);
    if (parse(&f, MODEL(DECISION("a", LITERAL("1"))
                            DECISION("b", LITERAL("assert(1, false)"))
                                DECISION("c", NEEDS_DECISION("a") NEEDS_DECISION("b")
                                                  LITERAL("a + b"))))) {
        decide(&f, "c", "{}");
        CHECK(f.result.failed == dmn_find(f.dmn, STR("b")));
        CHECK_INT(f.result.trace_count, 2);
        CHECK_STR(f.result.trace[0].decision->id, "a");
        CHECK_STR(f.result.trace[1].decision->id, "b");
    }
    fixture_free(&f);
}

TEST(an_input_without_a_label_is_named_by_the_start_of_its_expression)
{
    struct fixture f;

    fixture_init(&f, FEEL_CAMUNDA);
    if (parse(
            &f,
            MODEL(DECISION(
                "d", "<decisionTable><input id=\"i\"><inputExpression>"
                     "<text>\"123456789012345678901234567890\"</text></inputExpression>"
                     "</input><output id=\"o\" name=\"o\"/>" RULE(
                         "r", "", "1") "</decisionTable>")))) {
        CHECK_STR(decide(&f, "d", "{}"), "1");
        CHECK_STR(f.result.trace[0].inputs[0].name, "\"12345678901234567890123456789");
    }
    fixture_free(&f);
}

/* ---- limits ---------------------------------------------------------------------- */

TEST(what_exceeds_a_limit_fails)
{
    static const struct {
        const char *xml, *part;
        u64 steps;
        u32 depth;
    } rows[] = {
        {MODEL(DECISION("d", LITERAL("count(for i in 1..1000 return i)"))),
         "the limit of steps", 500, 1000},
        {MODEL(FACTORIAL DECISION("d", KNOWS("f") LITERAL("the f(1000000)"))),
         "the limit of depth", 1000000, 1000},
        {MODEL(
             SERVICE DECISION("d", KNOWS("t") LITERAL("for i in 1..1000 return t(i)"))),
         "the limit of steps", 5000, 1000},
        {MODEL(DECISION("a", LITERAL("count(for i in 1..100 return i)")) DECISION(
             "d", NEEDS_DECISION("a") LITERAL("count(for i in 1..100 return i)"))),
         "the limit of steps", 600, 1000},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct fixture f;
        struct str why;
        fixture_init(&f, FEEL_STANDARD);
        f.env.limits.steps = rows[i].steps;
        f.env.limits.depth = rows[i].depth;
        if (parse(&f, rows[i].xml)) {
            why = decide(&f, "d", "{}");
            CHECK(f.result.failed);
            CHECK(memmem(why.data, why.len, rows[i].part, strlen(rows[i].part)));
        }
        fixture_free(&f);
    }
}

TEST(any_amount_of_memory_gives_the_value_or_a_failure)
{
    struct fixture f;
    struct arena small;
    bool decided = false;

    fixture_init(&f, FEEL_STANDARD);
    f.env.note = NULL;
    if (parse(&f, MODEL(FACTORIAL TWO_COLUMNS DECISION(
                      "z", NEEDS_DECISION("e") KNOWS("f") LITERAL("[e, the f(5)]"))))) {
        f.inputs = evaluate(&f, "{x: 6}");
        for (size_t size = 64; !decided && size < 1 << 20; size += 64) {
            arena_init(&small, 64, size, &f.full);
            dmn_decide(f.dmn, dmn_find(f.dmn, STR("z")), &f.env, &small, &f.result);
            CHECK(small.full == &f.full);
            decided = !f.result.failed;
            if (decided)
                CHECK_STR(shown(&f, &f.result.value), "[\"a\", 120]");
            else
                CHECK_STR(f.result.failure, "the limit of memory");
            arena_free(&small);
        }
        CHECK(decided);
    }
    fixture_free(&f);
}

/* ---- Java ------------------------------------------------------------------------ */

#define JAVA(class, method, parameters)                      \
    "<context>" ENTRY(                                       \
        "f",                                                 \
        "<functionDefinition kind=\"Java\">" parameters      \
        "<context>" ENTRY("class", LITERAL("\"" class "\"")) \
            ENTRY("method signature",                        \
                  LITERAL("\"" method                        \
                          "\"")) "</context></functionDefinition>") "<contextEntry>"
#define P(name)      "<formalParameter name=\"" name "\"/>"
#define CALLED(text) LITERAL(text) "</contextEntry></context>"

TEST(the_java_functions_that_are_known_have_their_values)
{
    static const struct {
        const char *xml, *wanted;
    } rows[] = {
        {BOX(JAVA("java.lang.Math", "max(double, double)", P("a") P("b"))
                 CALLED("f(1, x)")),
         "3"},
        {BOX(JAVA("java.lang.Math", "cos(double)", P("a")) CALLED("f(0)")), "1"},
        {BOX(JAVA("java.lang.Math", "sin(double)", P("a"))
                 CALLED("decimal(f(1000), 12)")),
         "0.826879540532"},
        {BOX(JAVA("java.lang.Math", "abs(int)", P("a")) CALLED("f(-3)")), "3"},
        {BOX(JAVA("java.lang.Math", "abs(int)", P("a")) CALLED("f(1.5)")), "null"},
        {BOX(JAVA("java.lang.Integer", "valueOf(java.lang.String)", P("s"))
                 CALLED("f(\"+12\")")),
         "12"},
        {BOX(JAVA("java.lang.Byte", "valueOf(java.lang.String)", P("s"))
                 CALLED("f(\"128\")")),
         "null"},
        {BOX(JAVA("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)",
                  P("s") P("a"))
                 CALLED("f(\"%s costs %.2f (%d%%)\", [\"It\", 1.5, x])")),
         "\"It costs 1.50 (3%)\""},
        {BOX(JAVA("java.lang.Runtime", "exit(int)", P("a")) CALLED("f(1)")), "null"},
        {BOX(LITERAL("(function(a: number) external {java: {class: \"java.lang.Math\", "
                     "method signature: \"abs(double)\"}})(-2)")),
         "2"},
        {BOX(LITERAL("(function(external) external + 1)(x)")), "4"},
        {BOX("<context>" ENTRY(
             "f",
             "<functionDefinition kind=\"PMML\"/>") "<contextEntry>" CALLED("f()")),
         "null"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        check_decision(rows[i].xml, "d", "{x: 3}", rows[i].wanted);
}

TEST(a_java_function_that_is_not_known_is_said_to_be_so)
{
    struct fixture f;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, BOX(JAVA("java.lang.Runtime", "exit(int)", P("a")) CALLED("f(1)")))) {
        decide(&f, "d", "{}");
        CHECK(strstr(f.notes, "the Java method 'exit(int)' of the class "
                              "'java.lang.Runtime' is not known"));
    }
    fixture_free(&f);
}

/* ---- findings for people --------------------------------------------------------- */

#define RULE2(id, a, b)                        \
    "<rule id=\"" id "\"><inputEntry><text>" a \
    "</text></inputEntry><inputEntry><text>" b \
    "</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
#define CHECKED(policy, x, y, rules)                                                  \
    MODEL(ITEM("tGrade", REF("string") ALLOW("\"A\", \"B\"")) INPUT("x", x)           \
              INPUT("y", y) DECISION(                                                 \
                  "d",                                                                \
                  NEEDS("x") NEEDS("y") "<decisionTable id=\"t\" hitPolicy=\"" policy \
                                        "\"><input><inputExpression><text>x</text></" \
                                        "inputExpression></input>"                    \
                                        "<input><inputExpression><text>y</text></"    \
                                        "inputExpression></input>"                    \
                                        "<output id=\"o\" name=\"o\"/>" rules         \
                                        "</decisionTable>"))

TEST(tables_are_checked_for_gaps_overlaps_and_rules_without_effect)
{
    static const struct {
        const char *xml, *wanted;
    } rows[] = {
        {CHECKED("UNIQUE", "number", "boolean",
                 RULE2("r1", "&lt; 5", "-") RULE2("r2", "&gt;= 5", "true")
                     RULE2("r3", "&gt;= 5", "false")),
         ""},
        {CHECKED("UNIQUE", "number", "boolean",
                 RULE2("r1", "&lt; 5", "true") RULE2("r2", "&gt; 5", "-")
                     RULE2("r3", "&lt;= 5", "false")),
         "t: no rule matches for x = 5, y = true\n"},
        {CHECKED("UNIQUE", "number", "boolean",
                 RULE2("r1", "&lt;= 5", "-") RULE2("r2", "[5..7]", "true")
                     RULE2("r3", "&gt; 5", "false") RULE2("r4", "&gt; 7", "true")),
         "r2: rules 1 and 2 both match for x = 5, y = true, which the hit policy "
         "UNIQUE "
         "does not allow\n"},
        {CHECKED("FIRST", "number", "boolean",
                 RULE2("r1", "-", "true") RULE2("r2", "3", "true")
                     RULE2("r3", "-", "-")),
         "r2: rule 2 is never reached: whatever it matches, a rule before it does, "
         "too\n"},
        {CHECKED("ANY", "tGrade", "boolean",
                 RULE2("r1", "\"A\"", "-") RULE2("r2", "\"C\"", "-")),
         "t: no rule matches for x = \"B\"\n"
         "r2: rule 2 can never match\n"},
        {CHECKED("ANY", "string", "boolean", RULE2("r1", "\"A\"", "-")), ""},
        {CHECKED("UNIQUE", "number", "boolean",
                 RULE2("r1", "x + 1", "-") RULE2("r2", "-", "-")),
         ""}, /* not simple: nothing is claimed */
        {MODEL(INPUT("x", "number") DECISION("d", NEEDS("x") LITERAL("1"))),
         "d: 'd' requires 'x' and does not use it\n"},
        {CHECKED("FIRST", "number", "boolean",
                 RULE2("r1", "\"5\"", "-") RULE2("r2", "3", "&gt; 7")),
         "ERROR r1: rule 1, input 1: \"5\" is no value of the type 'number'\n"
         "ERROR r2: rule 2, input 2: 7 is no value of the type 'boolean'\n"},
        {MODEL(INPUT("x", "number") DECISION(
             "d", NEEDS("x") "<decisionTable id=\"t\" hitPolicy=\"COLLECT\"><input>"
                             "<inputExpression><text>x</text></inputExpression></input>"
                             "<output id=\"o\" name=\"o\" typeRef=\"date\"/>"
                             "<rule id=\"r1\"><inputEntry><text>1</text></inputEntry>"
                             "<outputEntry><text>\"1 May\"</text></outputEntry></rule>"
                             "<rule id=\"r2\"><inputEntry><text>2</text></inputEntry>"
                             "<outputEntry><text>date(2026, 5, 1)</text></outputEntry>"
                             "</rule></decisionTable>")),
         "ERROR r1: rule 1, output 1: \"1 May\" is no value of the type 'date'\n"},
        {MODEL(DECISION(
             "d", "<decisionTable id=\"t\"><output id=\"o\" name=\"o\"><outputValues>"
                  "<text>\"A\", \"B\"</text></outputValues></output>"
                  "<rule id=\"r1\"><outputEntry><text>\"C\"</text></outputEntry></rule>"
                  "</decisionTable>")),
         "ERROR r1: rule 1, output 1: \"C\" is not one of the allowed values \"A\", "
         "\"B\"\n"},
        {MODEL(INPUT("x", "number") DECISION("d", NEEDS("x") LITERAL("x + y"))),
         "d: reads 'y', which 'd' does not require\n"},
        {MODEL(INPUT("x", "Any") DECISION("d", NEEDS("x") LITERAL("[x, abs]"))), ""},
        {MODEL(INPUT("x", "Any") DECISION("d", NEEDS("x") LITERAL("{f: abs, x: x}.x"))),
         ""},
        {MODEL(DECISION("d", LITERAL("x + y"))), ""}, /* any may be meant */
        {MODEL(INPUT("x", "Any") DECISION("d", NEEDS("x") LITERAL("x[y &gt; 1]"))), ""},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct fixture f;
        struct buf out;
        size_t count;
        fixture_init(&f, FEEL_STANDARD);
        buf_init(&out, &f.arena, 256);
        if (parse(&f, rows[i].xml)) {
            const struct dmn_finding *found = dmn_check(f.dmn, &f.arena, &count);
            for (size_t j = 0; j < count; j++)
                buf_print(&out, "%s%.*s: %.*s%s%.*s\n",
                          found[j].is_error ? "ERROR " : "", ARG(found[j].element),
                          ARG(found[j].cell), found[j].cell.len ? ": " : "",
                          ARG(found[j].text));
            CHECK_STR(buf_str(&out), rows[i].wanted);
        }
        fixture_free(&f);
    }
}

TEST(a_finding_in_a_table_names_its_cell)
{
    struct fixture f;
    size_t count;

    fixture_init(&f, FEEL_STANDARD);
    if (parse(&f, CHECKED("FIRST", "number", "boolean",
                          RULE2("r1", "-", "true") RULE2("r2", "1", "[[[")))) {
        const struct dmn_finding *found = dmn_findings(f.dmn, &count);
        CHECK_INT(count, 1);
        CHECK(found->is_error);
        CHECK_STR(found->element, "r2");
        CHECK_STR(found->cell, "rule 2, input 2");
    }
    fixture_free(&f);
}

/* ---- imports of imports ---------------------------------------------------------- */

#define FOREIGN(kind, what, href) \
    "<" kind "Requirement><required" what " href=\"" href "\"/></" kind "Requirement>"
#define FILE_OF(uri, inside)                                                  \
    "<definitions xmlns=\"" V15 "\" namespace=\"" uri "\" name=\"f\">" inside \
    "</definitions>"

/* a has an input and a type; b and c import a and greet. */
static bool family_find(const struct dmn_resolver *r, struct str uri,
                        struct str location, struct arena *arena, struct str *xml)
{
    static const struct {
        const char *uri, *xml;
    } files[] = {
        {"urn:a", FILE_OF("urn:a", ITEM("tPerson", PART("full name", REF("string")))
                                       INPUT("person", "tPerson"))},
        {"urn:b",
         FILE_OF("urn:b",
                 IMPORT("model A", "urn:a")
                     ITEM("tGuest", PART("who", REF("model A.tPerson"))) DECISION(
                         "greet", FOREIGN("information", "Input", "urn:a#person")
                                      LITERAL("\"Hi \" + model A.person.full name")))},
        {"urn:c",
         FILE_OF("urn:c", IMPORT("a", "urn:a") DECISION(
                              "bid", FOREIGN("information", "Input", "urn:a#person")
                                         LITERAL("\"Bye \" + a.person.full name")))},
    };

    for (size_t i = 0; i < LEN(files); i++) {
        if (str_is(uri, files[i].uri)) {
            *xml = str_of(files[i].xml);
            return true;
        }
    }
    return false;
}

TEST(an_input_that_is_imported_along_two_ways_is_one_input)
{
    static const char *const inputs[] = {
        "{`{urn:a}person`: {full name: \"Eve\"}}",
        "{person: {full name: \"Eve\"}}",
    };
    const struct dmn_resolver resolver = {.find = family_find};

    for (size_t i = 0; i < LEN(inputs); i++) {
        struct fixture f;
        fixture_init(&f, FEEL_STANDARD);
        f.options.resolver = &resolver;
        if (parse(&f,
                  MODEL(IMPORT("B", "urn:b") IMPORT("C", "urn:c") DECISION(
                      "d",
                      FOREIGN("information", "Decision", "urn:b#greet")
                          FOREIGN("information", "Decision", "urn:c#bid") LITERAL(
                              "B.greet + \", \" + C.bid")) "<inputData id=\"g\" "
                                                           "name=\"g\"><variable "
                                                           "name=\"g\" "
                                                           "typeRef=\"B.tGuest\"/></"
                                                           "inputData>" DECISION(
                                                               "e", NEEDS("g") LITERAL(
                                                                        "g.who.full "
                                                                        "name"))))) {
            CHECK_STR(decide(&f, "d", inputs[i]), "\"Hi Eve, Bye Eve\"");
            CHECK_STR(decide(&f, "e", "{g: {who: {full name: \"Z\"}}}"), "\"Z\"");
            CHECK_STR(decide(&f, "e", "{g: {who: \"Z\"}}"), "null");
        }
        fixture_free(&f);
    }
}
