/* dmn_tck.c - runs the tests of the DMN Technology Compatibility Kit.
 *
 *     dmn_tck [-v] DIR
 *
 * Below DIR, each folder holds models (.dmn) and tests (.xml) of them. Every result
 * node is a check of its own. Prints what fails (with -v also why values were null),
 * then how many checks that expect null and that expect a value passed, and last `N
 * passed, N failed`. Numbers may differ by 1e-8, as in other runners. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "dmn/dmn.h"
#include "xml/xml.h"

#define TESTCASE   "http://www.omg.org/spec/DMN/20160719/testcase"
#define INSTANCE   "http://www.w3.org/2001/XMLSchema-instance"
#define NAMES_MAX  1000
#define INPUTS_MAX 100

struct tck {
    struct zones *zones;
    struct arena arena;   /* of one file of tests */
    struct arena scratch; /* of one check */
    struct trap full;
    bool is_verbose;
    bool is_input;    /* a value without a type waits for that of the input */
    bool has_untyped; /* there was one */
    const char *folder;
    const struct dmn *model;
    size_t passed[2], failed[2]; /* of checks that expect null, that expect a value */
};

struct inputs {
    struct feel_scope scope;
    struct str names[INPUTS_MAX];
    struct feel_value values[INPUTS_MAX];
    size_t count;
};

/* ---- files ----------------------------------------------------------------------- */

static bool file_read(const char *path, struct arena *arena, struct str *out)
{
    FILE *f = fopen(path, "rb");
    long size;
    char *data;

    if (!f)
        return false;
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    if (size < 0 || size > 64 << 20) {
        fclose(f);
        return false;
    }
    data = arena_alloc(arena, (size_t)size + 1);
    *out = (struct str){data, fread(data, 1, (size_t)size, f)};
    fclose(f);
    return true;
}

static bool zone_bring(void *ctx, struct str name, struct arena *arena,
                       struct str *tzif)
{
    char path[256];

    snprintf(path, sizeof(path), "/usr/share/zoneinfo/%.*s", ARG(name));
    return file_read(path, arena, tzif);
}

static int name_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder that do not begin with a dot, sorted; the caller frees. */
static size_t folder_names(const char *folder, char **names)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    size_t count = 0;

    while (dir && (entry = readdir(dir)) && count < NAMES_MAX)
        if (entry->d_name[0] != '.')
            names[count++] = strdup(entry->d_name);
    if (dir)
        closedir(dir);
    qsort(names, count, sizeof(*names), name_order);
    return count;
}

/* ---- values of the tests --------------------------------------------------------- */

static bool one_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                    struct feel_value *out)
{
    *out = *(const struct feel_value *)s->ctx;
    return str_is(name, "x");
}

/* What a function of FEEL makes of the text. */
static struct feel_value text_value(struct tck *t, const char *function,
                                    struct str text)
{
    struct feel_value x = feel_string(text);
    const struct feel_scope scope = {.get = one_get, .ctx = &x};
    struct feel_env env = {.scope = &scope,
                           .zones = t->zones,
                           .limits = feel_limits_default,
                           .dialect = FEEL_STANDARD};
    struct str source = arena_print(&t->arena, "%s(x)", function);
    struct feel_expr *expr;
    struct err err;

    if (!feel_compile(&t->arena, FEEL_EXPRESSION, source, NULL, &expr, &err))
        return (struct feel_value){.kind = FEEL_GAVE_UP, .string = STR("no function")};
    return feel_eval(expr, &env, &t->arena);
}

static struct feel_value typed_value(struct tck *t, struct str type, struct str text)
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

static struct feel_value value_of(struct tck *t, const struct xml_node *n);

static struct feel_value list_of(struct tck *t, const struct xml_node *n)
{
    struct feel_value *items =
        NEW_ARRAY(&t->arena, struct feel_value, children(n, "item"));
    size_t count = 0;

    for (struct xml_node *c = n->first; c; c = c->next)
        if (xml_is(c, TESTCASE, "item"))
            items[count++] = value_of(t, c);
    return feel_list_of(items, count, &t->arena);
}

static struct feel_value context_of(struct tck *t, const struct xml_node *n)
{
    size_t size = children(n, "component"), count = 0;
    struct feel_value *values = NEW_ARRAY(&t->arena, struct feel_value, size);
    struct str *names = NEW_ARRAY(&t->arena, struct str, size);

    for (struct xml_node *c = n->first; c; c = c->next) {
        if (!xml_is(c, TESTCASE, "component"))
            continue;
        names[count] = xml_get(c, "", "name");
        values[count++] = value_of(t, c);
    }
    return feel_context_of(names, values, count, &t->arena);
}

/* Of an element that holds a value, a list or components. */
static struct feel_value value_of(struct tck *t, const struct xml_node *n)
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
static struct feel_value input_of(struct tck *t, const struct xml_node *n)
{
    struct feel_env env = {.zones = t->zones, .limits = feel_limits_default};
    struct feel_value v;

    t->is_input = true;
    t->has_untyped = false;
    v = value_of(t, n);
    t->is_input = false;
    if (t->has_untyped)
        v = dmn_read_input(t->model, str_trim(xml_get(n, "", "name")), &v, &env,
                           &t->arena);
    return v;
}

static void inputs_read(struct tck *t, const struct xml_node *test, struct inputs *in)
{
    in->count = 0;
    in->scope = (struct feel_scope){.get = inputs_get, .ctx = in};
    for (struct xml_node *c = test->first; c && in->count < INPUTS_MAX; c = c->next) {
        struct str uri;
        if (!xml_is(c, TESTCASE, "inputNode"))
            continue;
        uri = xml_get(c, "", "namespace");
        in->names[in->count] = str_trim(xml_get(c, "", "name"));
        if (uri.len)
            in->names[in->count] = arena_print(&t->arena, "{%.*s}%.*s", ARG(uri),
                                               ARG(in->names[in->count]));
        in->values[in->count++] = input_of(t, c);
    }
}

static void note_print(const struct feel_env *env, struct str warning)
{
    printf("    %.*s\n", ARG(warning));
}

static void decide(struct tck *t, const struct xml_node *test, struct str name,
                   const struct feel_env *env, struct dmn_result *result)
{
    struct str service = xml_get(test, "", "invocableName");
    const struct dmn_decision *decision = dmn_find(t->model, name);
    const struct dmn_service *s = dmn_service_find(t->model, service);
    struct feel_value part;

    *result = (struct dmn_result){0};
    if (!str_is(xml_get(test, "", "type"), "decisionService")) {
        if (decision)
            dmn_decide(t->model, decision, env, &t->scratch, result);
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
    dmn_serve(t->model, s, env, &t->scratch, result);
    if (result->value.kind == FEEL_CONTEXT &&
        feel_context_get(result->value.context, name, &t->scratch, &part))
        result->value = part;
}

static void check_print(struct tck *t, const struct xml_node *test, struct str name,
                        const struct feel_value *got, const struct feel_value *wanted)
{
    struct buf a, b;

    buf_init(&a, &t->scratch, 64);
    buf_init(&b, &t->scratch, 64);
    feel_print(&a, got);
    feel_print(&b, wanted);
    printf("not ok: %s %.*s '%.*s': wanted %.*s, got %s%.*s\n", t->folder,
           ARG(xml_get(test, "", "id")), ARG(name), ARG(buf_str(&b)),
           got->kind == FEEL_GAVE_UP ? "nothing: " : "",
           ARG(got->kind == FEEL_GAVE_UP ? got->string : buf_str(&a)));
}

static void check(struct tck *t, const struct xml_node *test,
                  const struct xml_node *node, const struct inputs *in)
{
    const struct xml_node *expected = xml_child(node, TESTCASE, "expected");
    struct feel_value wanted =
        expected ? value_of(t, expected) : (struct feel_value){.kind = FEEL_NULL};
    struct str name = str_trim(xml_get(node, "", "name"));
    struct feel_env env = {.scope = &in->scope,
                           .now = 1718000000000,
                           .zones = t->zones,
                           .limits = feel_limits_default};
    struct dmn_result result;
    bool has_value = wanted.kind != FEEL_NULL, is_same;

    arena_reset(&t->scratch);
    decide(t, test, name, &env, &result);
    is_same = same(&result.value, &wanted, &t->scratch);
    t->passed[has_value] += is_same;
    t->failed[has_value] += !is_same;
    if (is_same)
        return;
    check_print(t, test, name, &result.value, &wanted);
    if (result.failed)
        printf("    %.*s\n", ARG(result.failure));
    env.note = note_print;
    if (t->is_verbose)
        decide(t, test, name, &env, &result);
}

/* ---- one file of tests ----------------------------------------------------------- */

/* An imported model is one of the folder's that has the namespace. */
static bool import_find(const struct dmn_resolver *r, struct str uri,
                        struct str location, struct arena *arena, struct str *xml)
{
    const struct tck *t = r->ctx;
    char *names[NAMES_MAX], path[1024];
    size_t count = folder_names(t->folder, names);
    struct xml_node *root;
    bool found = false;
    struct err err;

    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof(path), "%s/%s", t->folder, names[i]);
        found = found || (str_ends(str_of(names[i]), STR(".dmn")) &&
                          file_read(path, arena, xml) &&
                          xml_parse(*xml, &xml_limits_default, arena, &root, &err) &&
                          str_equal(xml_get(root, "", "namespace"), uri));
        free(names[i]);
    }
    return found;
}

static void cases_run(struct tck *t, const struct xml_node *root)
{
    struct inputs in;

    for (struct xml_node *test = root->first; test; test = test->next) {
        if (!xml_is(test, TESTCASE, "testCase"))
            continue;
        inputs_read(t, test, &in);
        for (struct xml_node *c = test->first; c; c = c->next)
            if (xml_is(c, TESTCASE, "resultNode"))
                check(t, test, c, &in);
    }
}

static void findings_print(const struct tck *t, const struct dmn *d)
{
    size_t count;
    const struct dmn_finding *f = dmn_findings(d, &count);

    for (size_t i = 0; t->is_verbose && i < count; i++)
        printf("    %s:%u: %.*s: %.*s\n", t->folder, f[i].line, ARG(f[i].element),
               ARG(f[i].text));
}

static void file_run(struct tck *t, const char *path)
{
    const struct dmn_resolver resolver = {.find = import_find, .ctx = t};
    struct dmn_options options = dmn_options_default;
    struct xml_node *root, *name;
    struct str text, xml;
    struct dmn *model = NULL;
    char model_path[1024];
    struct err err = {.text = "not there"};

    arena_reset(&t->arena);
    options.resolver = &resolver;
    if (!file_read(path, &t->arena, &text) ||
        !xml_parse(text, &xml_limits_default, &t->arena, &root, &err) ||
        !(name = xml_child(root, TESTCASE, "modelName"))) {
        printf("not ok: %s: %s\n", path, err.text);
        t->failed[1]++;
        return;
    }
    snprintf(model_path, sizeof(model_path), "%s/%.*s", t->folder,
             ARG(str_trim(name->text)));
    if (!file_read(model_path, &t->arena, &xml) ||
        !dmn_parse(xml, &options, &model, &err)) {
        printf("not ok: %s: %s\n", model_path, err.text);
        t->failed[1]++;
        return;
    }
    t->model = model;
    findings_print(t, model);
    cases_run(t, root);
    dmn_free(model);
}

static void folder_run(struct tck *t, const char *folder)
{
    char *names[NAMES_MAX], path[1024];
    size_t count = folder_names(folder, names);
    struct stat st;

    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
            folder_run(t, path);
        } else if (str_ends(str_of(names[i]), STR(".xml"))) {
            t->folder = folder;
            file_run(t, path);
        }
        free(names[i]);
    }
}

int main(int argc, char **argv)
{
    struct tck t = {.is_verbose = argc > 2 && strcmp(argv[1], "-v") == 0};

    if (argc < 2 + t.is_verbose) {
        fprintf(stderr, "usage: dmn_tck [-v] DIR\n");
        return 2;
    }
    if (setjmp(t.full.jump)) {
        fprintf(stderr, "dmn_tck: out of memory\n");
        return 1;
    }
    arena_init(&t.arena, 1 << 20, 256 << 20, &t.full);
    arena_init(&t.scratch, 1 << 20, 64 << 20, &t.full);
    t.zones = zones_open(zone_bring, NULL);
    folder_run(&t, argv[argc - 1]);
    zones_close(t.zones);
    arena_free(&t.scratch);
    arena_free(&t.arena);
    printf("expecting null: %zu passed, %zu failed\n", t.passed[0], t.failed[0]);
    printf("expecting a value: %zu passed, %zu failed\n", t.passed[1], t.failed[1]);
    printf("%zu passed, %zu failed\n", t.passed[0] + t.passed[1],
           t.failed[0] + t.failed[1]);
    return t.failed[0] + t.failed[1] > 0;
}
