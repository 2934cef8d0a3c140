#include "tck/tck.h"

#include "xml/xml.h"

#define TESTCASE "http://www.omg.org/spec/DMN/20160719/testcase"
#define INSTANCE "http://www.w3.org/2001/XMLSchema-instance"

struct tck {
    const struct xml_node *root;
    struct str model;
    struct arena *arena;
};

/* One run. */
struct run {
    const struct tck_options *options;
    const struct dmn *model;
    struct arena *arena; /* of the tests */
    struct arena *scratch;
    bool is_input;    /* a value without a type waits for that of the input */
    bool has_untyped; /* there was one */
};

struct inputs {
    struct feel_scope scope;
    struct str *names; /* in the arena of the tests, as the values */
    struct feel_value *values;
    size_t count;
};

/* ---- values of the tests --------------------------------------------------------- */

static bool one_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                    struct feel_value *out)
{
    *out = *(const struct feel_value *)s->ctx;
    return str_is(name, "x");
}

/* What a function of FEEL makes of the text. */
static struct feel_value text_value(struct run *t, const char *function,
                                    struct str text)
{
    struct feel_value x = feel_string(text);
    const struct feel_scope scope = {.get = one_get, .ctx = &x};
    struct feel_env env = {.scope = &scope,
                           .zones = t->options->zones,
                           .limits = feel_limits_default,
                           .dialect = FEEL_STANDARD};
    struct str source = arena_print(t->arena, "%s(x)", function);
    struct feel_expr *expr;
    struct err err;

    if (!feel_compile(t->arena, FEEL_EXPRESSION, source, NULL, &expr, &err))
        return (struct feel_value){.kind = FEEL_GAVE_UP, .string = STR("no function")};
    return feel_eval(expr, &env, t->arena);
}

static struct feel_value typed_value(struct run *t, struct str type, struct str text)
{
    static const struct {
        const char *type, *function;
    } functions[] = {{"date", "date"},         {"time", "time"},
                     {"duration", "duration"}, {"dateTime", "date and time"},
                     {"decimal", "number"},    {"double", "number"},
                     {"integer", "number"},    {"int", "number"}};
    const char *colon = type.len ? memchr(type.data, ':', type.len) : NULL;
    struct feel_value v;

    if (colon)
        type = (struct str){colon + 1, type.len - (size_t)(colon + 1 - type.data)};
    for (size_t i = 0; i < LEN(functions); i++)
        if (str_is(type, functions[i].type))
            return text_value(t, functions[i].function, str_trim(text));
    if (str_is(type, "boolean"))
        return feel_boolean(str_is(str_trim(text), "true"));
    if (type.len || t->is_input) {
        t->has_untyped |= type.len == 0;
        return feel_string(text);
    }
    if (text.len == 0) /* neither a type nor a text: that nothing is expected */
        return (struct feel_value){.kind = FEEL_NULL};
    if (str_is(text, "true") || str_is(text, "false"))
        return feel_boolean(str_is(text, "true"));
    v = text_value(t, "number", str_trim(text));
    return v.kind == FEEL_NUMBER ? v : feel_string(text);
}

static bool is_nil(const struct xml_node *n)
{
    return str_is(xml_get(n, INSTANCE, "nil"), "true");
}

static size_t children(const struct xml_node *n, const char *name)
{
    size_t count = 0;

    for (struct xml_node *c = n->first; c; c = c->next)
        count += xml_is(c, TESTCASE, name);
    return count;
}

static struct feel_value value_of(struct run *t, const struct xml_node *n);

static struct feel_value list_of(struct run *t, const struct xml_node *n)
{
    struct feel_value *items =
        NEW_ARRAY(t->arena, struct feel_value, children(n, "item"));
    size_t count = 0;

    for (struct xml_node *c = n->first; c; c = c->next)
        if (xml_is(c, TESTCASE, "item"))
            items[count++] = value_of(t, c);
    return feel_list_of(items, count, t->arena);
}

static struct feel_value context_of(struct run *t, const struct xml_node *n)
{
    size_t size = children(n, "component"), count = 0;
    struct feel_value *values = NEW_ARRAY(t->arena, struct feel_value, size);
    struct str *names = NEW_ARRAY(t->arena, struct str, size);

    for (struct xml_node *c = n->first; c; c = c->next) {
        if (!xml_is(c, TESTCASE, "component"))
            continue;
        names[count] = xml_get(c, "", "name");
        values[count++] = value_of(t, c);
    }
    return feel_context_of(names, values, count, t->arena);
}

/* Of an element that holds a value, a list or components. */
static struct feel_value value_of(struct run *t, const struct xml_node *n)
{
    const struct xml_node *value = xml_child(n, TESTCASE, "value");
    const struct xml_node *list = xml_child(n, TESTCASE, "list");

    if (is_nil(n) || (value && is_nil(value)) || (list && is_nil(list)))
        return (struct feel_value){.kind = FEEL_NULL};
    if (list)
        return list_of(t, list);
    if (value)
        return typed_value(t, xml_get(value, INSTANCE, "type"), value->text);
    if (xml_child(n, TESTCASE, "component"))
        return context_of(t, n);
    return (struct feel_value){.kind = FEEL_NULL};
}

/* ---- comparing ------------------------------------------------------------------- */

static bool same(const struct feel_value *got, const struct feel_value *wanted,
                 struct arena *a);

static bool same_list(const struct feel_list *got, const struct feel_list *wanted,
                      struct arena *a)
{
    size_t count = feel_list_count(wanted);

    if (feel_list_count(got) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct feel_value x = feel_list_at(got, i, a), y = feel_list_at(wanted, i, a);
        if (!same(&x, &y, a))
            return false;
    }
    return true;
}

static bool same_context(const struct feel_context *got,
                         const struct feel_context *wanted, struct arena *a)
{
    size_t count = feel_context_count(wanted, a);
    struct str name;

    if (feel_context_count(got, a) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct feel_value y = feel_context_at(wanted, i, a, &name), x;
        if (!feel_context_get(got, name, a, &x) || !same(&x, &y, a))
            return false;
    }
    return true;
}

static bool same(const struct feel_value *got, const struct feel_value *wanted,
                 struct arena *a)
{
    struct num tolerance;

    if (got->kind != wanted->kind)
        return false;
    if (got->kind == FEEL_LIST)
        return same_list(got->list, wanted->list, a);
    if (got->kind == FEEL_CONTEXT)
        return same_context(got->context, wanted->context, a);
    if (got->kind != FEEL_NUMBER)
        return feel_equal(got, wanted);
    num_from_str(STR("0.00000001"), &tolerance);
    return num_compare(num_abs(num_sub(got->number, wanted->number)), tolerance) <= 0;
}

/* ---- one check ------------------------------------------------------------------- */

static bool inputs_get(const struct feel_scope *s, struct str name,
                       struct arena *scratch, struct feel_value *out)
{
    const struct inputs *in = s->ctx;

    for (size_t i = 0; i < in->count; i++) {
        if (str_equal(in->names[i], name)) {
            *out = in->values[i];
            return true;
        }
    }
    return false;
}

/* A value without a type is what the model says of the input. */
static struct feel_value input_of(struct run *t, const struct xml_node *n)
{
    struct feel_env env = {.zones = t->options->zones, .limits = feel_limits_default};
    struct feel_value v;

    t->is_input = true;
    t->has_untyped = false;
    v = value_of(t, n);
    t->is_input = false;
    if (t->has_untyped)
        v = dmn_read_input(t->model, str_trim(xml_get(n, "", "name")), &v, &env,
                           t->arena);
    return v;
}

static void inputs_read(struct run *t, const struct xml_node *test, struct inputs *in)
{
    size_t size = children(test, "inputNode");

    in->count = 0;
    in->names = NEW_ARRAY(t->arena, struct str, size);
    in->values = NEW_ARRAY(t->arena, struct feel_value, size);
    in->scope = (struct feel_scope){.get = inputs_get, .ctx = in};
    for (struct xml_node *c = test->first; c; c = c->next) {
        struct str uri;
        if (!xml_is(c, TESTCASE, "inputNode"))
            continue;
        uri = xml_get(c, "", "namespace");
        in->names[in->count] = str_trim(xml_get(c, "", "name"));
        if (uri.len)
            in->names[in->count] = arena_print(t->arena, "{%.*s}%.*s", ARG(uri),
                                               ARG(in->names[in->count]));
        in->values[in->count++] = input_of(t, c);
    }
}

static void decide(struct run *t, const struct xml_node *test, struct str name,
                   const struct feel_env *env, struct dmn_result *result)
{
    struct str service = xml_get(test, "", "invocableName");
    const struct dmn_decision *decision = dmn_find(t->model, name);
    const struct dmn_service *s = dmn_service_find(t->model, service);
    struct feel_value part;

    *result = (struct dmn_result){0};
    if (!str_is(xml_get(test, "", "type"), "decisionService")) {
        if (decision)
            dmn_decide(t->model, decision, env, t->scratch, result);
        else
            result->value = (struct feel_value){.kind = FEEL_GAVE_UP,
                                                .string = STR("no such decision")};
        return;
    }
    if (!s) {
        result->value =
            (struct feel_value){.kind = FEEL_GAVE_UP, .string = STR("no such service")};
        return;
    }
    dmn_serve(t->model, s, env, t->scratch, result);
    if (result->value.kind == FEEL_CONTEXT &&
        feel_context_get(result->value.context, name, t->scratch, &part))
        result->value = part;
}

static void check(struct run *t, const struct xml_node *test,
                  const struct xml_node *node, const struct inputs *in)
{
    const struct xml_node *expected = xml_child(node, TESTCASE, "expected");
    struct str name = str_trim(xml_get(node, "", "name"));
    struct tck_check c = {.test = xml_get(test, "", "id"), .node = name};
    struct feel_env env = {.scope = &in->scope,
                           .now = t->options->now,
                           .zones = t->options->zones,
                           .limits = feel_limits_default,
                           .note_ctx = t->options->ctx};
    struct dmn_result result;

    arena_reset(t->scratch);
    if (expected)
        c.wanted = value_of(t, expected);
    decide(t, test, name, &env, &result);
    c.got = result.value;
    c.failure = result.failed ? result.failure : STR("");
    c.is_good = same(&c.got, &c.wanted, t->scratch);
    t->options->tell(t->options->ctx, &c);
    env.note = t->options->note;
    if (!c.is_good && env.note)
        decide(t, test, name, &env, &result);
}

/* ---- the face -------------------------------------------------------------------- */

bool tck_parse(struct str text, struct arena *arena, struct tck **out, struct err *err)
{
    struct xml_node *root, *name;

    *out = NULL;
    if (!xml_parse(text, &xml_limits_default, arena, &root, err))
        return false;
    if (!str_is(root->name, "testCases"))
        return true;
    if (!xml_is(root, TESTCASE, "testCases"))
        return err_set(err, ERR_SYNTAX,
                       "line %u: test cases of the namespace '%.*s', not " TESTCASE,
                       root->line, ARG(root->uri));
    name = xml_child(root, TESTCASE, "modelName");
    if (!name || str_trim(name->text).len == 0)
        return err_set(err, ERR_SYNTAX, "line %u: the test cases name no model",
                       root->line);
    *out = NEW(arena, struct tck);
    **out = (struct tck){.root = root, .model = str_trim(name->text), .arena = arena};
    return true;
}

struct str tck_model(const struct tck *t)
{
    return t->model;
}

void tck_run(const struct tck *t, const struct dmn *model,
             const struct tck_options *options, struct arena *scratch)
{
    struct run run = {
        .options = options, .model = model, .arena = t->arena, .scratch = scratch};
    struct inputs in;

    for (struct xml_node *test = t->root->first; test; test = test->next) {
        if (!xml_is(test, TESTCASE, "testCase"))
            continue;
        inputs_read(&run, test, &in);
        for (struct xml_node *c = test->first; c; c = c->next)
            if (xml_is(c, TESTCASE, "resultNode"))
                check(&run, test, c, &in);
    }
}
