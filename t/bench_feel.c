/* bench_feel.c - what FEEL and decisions cost. Prints rows for tools/bench_feel:
 * `name|ns an evaluation|ns with its variables as JSON|us to compile|allocations`, the
 * last outside of the arena, in one evaluation.
 *
 *     bench_feel FOLDER [CHAPTER11.dmn]
 *
 * FOLDER has expressions.tsv (name, expression, variables) and rules.tsv (the cells of
 * a table, the last one its output); the model is the example of the TCK. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "dmn/dmn.h"

enum { FIELDS = 5, LINE_MAX = 16384, MODEL_MAX = 1 << 20 };

#define SECONDS 0.5

static _Noreturn void die(const char *what, struct str why)
{
    fprintf(stderr, "%s: %.*s\n", what, ARG(why));
    exit(1);
}

/* ---- allocations: the linker sends all calls here -------------------------------- */

static size_t allocations;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    allocations++;
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    allocations++;
    return __real_realloc(p, size);
}

/* ---- measuring ------------------------------------------------------------------- */

struct bench {
    struct arena keep, scratch; /* scratch has its chunk before the clock is read */
    struct feel_expr *expr;
    struct str text, json;       /* of the expression, and of its variables */
    struct feel_value variables; /* made once, in keep */
    const struct dmn *model;
    const struct dmn_decision *decision;
    struct str xml;
};

static bool get(const struct feel_scope *s, struct str name, struct arena *scratch,
                struct feel_value *out)
{
    const struct feel_value *variables = s->ctx;

    return feel_context_get(variables->context, name, scratch, out);
}

static struct feel_value evaluate(struct bench *b, const struct feel_value *variables)
{
    const struct feel_scope scope = {.get = get, .ctx = variables};
    const struct feel_env env = {
        .scope = &scope, .limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct dmn_result result;

    if (b->expr)
        return feel_eval(b->expr, &env, &b->scratch);
    dmn_decide(b->model, b->decision, &env, &b->scratch, &result);
    return result.value;
}

static void run_ready(struct bench *b)
{
    evaluate(b, &b->variables);
}

static void run_json(struct bench *b)
{
    struct feel_value variables = feel_from_json(b->json, &b->scratch);

    evaluate(b, &variables);
}

static void run_compile(struct bench *b)
{
    struct feel_expr *expr;
    struct dmn *model;
    struct err err;

    if (b->expr) {
        must(feel_compile(&b->scratch, FEEL_EXPRESSION, b->text, NULL, &expr, &err));
        return;
    }
    must(dmn_parse(b->xml, &dmn_options_default, &model, &err));
    dmn_free(model);
}

static double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Nanoseconds a run: the best of several, since other work on the machine only adds. */
static double measure(struct bench *b, void (*run)(struct bench *b))
{
    double best = 1e300, until = cpu_seconds() + SECONDS;

    for (u64 times = 1; cpu_seconds() < until;) {
        double start = cpu_seconds(), took;
        for (u64 i = 0; i < times; i++) {
            arena_reset(&b->scratch);
            run(b);
        }
        took = cpu_seconds() - start;
        if (took / (double)times < best && took > 1e-3)
            best = took / (double)times;
        if (took < 1e-2)
            times *= 2;
    }
    return best * 1e9;
}

static void print_row(struct bench *b, const char *name)
{
    double ready = measure(b, run_ready), json = measure(b, run_json);

    arena_reset(&b->scratch);
    allocations = 0;
    run_ready(b);
    size_t allocated = allocations;
    printf("%s|%.0f|%.0f|%.2f|%zu\n", name, ready, json, measure(b, run_compile) / 1e3,
           allocated);
    fflush(stdout);
}

/* ---- rows ------------------------------------------------------------------------ */

static void bench_open(struct bench *b, const char *name, struct str json)
{
    struct feel_env env = {.limits = feel_limits_default};
    struct feel_expr *expr;
    struct err err;

    *b = (struct bench){.json = json};
    arena_init(&b->keep, 1 << 20, 64 << 20, NULL);
    arena_init(&b->scratch, 4 << 20, 64 << 20, NULL);
    arena_alloc(&b->scratch, 1);
    if (!feel_compile(&b->keep, FEEL_EXPRESSION, json, NULL, &expr, &err))
        die(name, str_of(err.text));
    b->variables = feel_eval(expr, &env, &b->keep);
}

static void bench_close(struct bench *b)
{
    arena_free(&b->keep);
    arena_free(&b->scratch);
}

static void bench_expression(char *name, char *text, char *json)
{
    struct bench b;
    struct err err;

    bench_open(&b, name, str_of(json));
    b.text = str_of(text);
    if (!feel_compile(&b.keep, FEEL_EXPRESSION, b.text, NULL, &b.expr, &err))
        die(name, str_of(err.text));
    if (evaluate(&b, &b.variables).kind == FEEL_NULL)
        die(name, STR("the value is null"));
    print_row(&b, name);
    bench_close(&b);
}

static void bench_model(const char *name, struct str xml, struct str decision,
                        const char *json)
{
    struct bench b;
    struct dmn *model;
    struct err err;

    bench_open(&b, name, str_of(json));
    b.xml = xml;
    if (!dmn_parse(xml, &dmn_options_default, &model, &err))
        die(name, str_of(err.text));
    b.model = model;
    b.decision = dmn_find(model, decision);
    must(b.decision);
    if (evaluate(&b, &b.variables).kind == FEEL_NULL)
        die(name, STR("the decision is null"));
    print_row(&b, name);
    dmn_free(model);
    bench_close(&b);
}

/* ---- files ----------------------------------------------------------------------- */

static FILE *file_open(const char *folder, const char *name)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "r");
    if (!f)
        die(path, STR("cannot be read"));
    return f;
}

static bool next_line(FILE *f, char line[LINE_MAX], char *fields[FIELDS])
{
    char *rest = line;

    if (!fgets(line, LINE_MAX, f))
        return false;
    for (int i = 0; i < FIELDS; i++)
        fields[i] = strsep(&rest, "\t\n");
    return true;
}

static void bench_expressions(const char *folder)
{
    FILE *f = file_open(folder, "expressions.tsv");
    char line[LINE_MAX], *fields[FIELDS];

    while (next_line(f, line, fields))
        bench_expression(fields[0], fields[1], fields[2]);
    fclose(f);
}

static void put_escaped(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            buf_text(out, "&lt;");
        else
            buf_byte(out, *text);
    }
}

static void put_rule(struct buf *out, char *fields[FIELDS])
{
    buf_text(out, "<rule>");
    for (int i = 0; i + 1 < FIELDS; i++) {
        buf_text(out, "<inputEntry><text>");
        put_escaped(out, fields[i]);
        buf_text(out, "</text></inputEntry>");
    }
    buf_print(out, "<outputEntry><text>%s</text></outputEntry></rule>",
              fields[FIELDS - 1]);
}

static void bench_table(const char *folder)
{
    static const char *const inputs[] = {"amount", "category", "score", "country"};
    FILE *f = file_open(folder, "rules.tsv");
    char line[LINE_MAX], *fields[FIELDS];
    struct arena arena;
    struct buf xml;

    arena_init(&arena, 1 << 16, MODEL_MAX, NULL);
    buf_init(&xml, &arena, 1 << 14);
    buf_text(&xml, "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' "
                   "id='d' name='d' namespace='urn:x'>");
    for (size_t i = 0; i < LEN(inputs); i++)
        buf_print(&xml,
                  "<inputData id='i%zu' name='%s'><variable name='%s'/>"
                  "</inputData>",
                  i, inputs[i], inputs[i]);
    buf_text(&xml, "<decision id='t' name='t'><variable name='t'/>");
    for (size_t i = 0; i < LEN(inputs); i++)
        buf_print(&xml,
                  "<informationRequirement><requiredInput href='#i%zu'/>"
                  "</informationRequirement>",
                  i);
    buf_text(&xml, "<decisionTable hitPolicy='UNIQUE'>");
    for (size_t i = 0; i < LEN(inputs); i++)
        buf_print(&xml,
                  "<input><inputExpression><text>%s</text></inputExpression>"
                  "</input>",
                  inputs[i]);
    buf_text(&xml, "<output/>");
    while (next_line(f, line, fields))
        put_rule(&xml, fields);
    fclose(f);
    buf_text(&xml, "</decisionTable></decision></definitions>");
    bench_model("a table of 20 rules and 4 inputs", buf_str(&xml), STR("t"),
                "{\"amount\":750,\"category\":\"new\",\"score\":620,"
                "\"country\":\"FR\"}");
    arena_free(&arena);
}

static void bench_chapter(const char *path)
{
    static char xml[MODEL_MAX];
    FILE *f = fopen(path, "r");

    if (!f)
        die(path, STR("cannot be read"));
    size_t len = fread(xml, 1, sizeof(xml), f);
    fclose(f);
    bench_model(
        "chapter 11, \"Routing\"", (struct str){xml, len}, STR("Routing"),
        "{\"Applicant data\":{\"Age\":51,\"MartitalStatus\":\"M\","
        "\"EmploymentStatus\":\"EMPLOYED\",\"ExistingCustomer\":false,"
        "\"Monthly\":{\"Income\":100000,\"Repayments\":2500,\"Expenses\":10000}},"
        "\"Requested product\":{\"ProductType\":\"STANDARD LOAN\",\"Rate\":0.08,"
        "\"Term\":36,\"Amount\":100000},"
        "\"Bureau data\":{\"Bankrupt\":false,\"CreditScore\":600}}");
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: bench_feel FOLDER [CHAPTER11.dmn]\n");
        return 2;
    }
    bench_expressions(argv[1]);
    bench_table(argv[1]);
    if (argc == 3)
        bench_chapter(argv[2]);
    return 0;
}
