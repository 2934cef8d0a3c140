#include "cli/dmn.h"

#include <stdio.h>

#include "cli/imports.h"

/* ---- dmn check ------------------------------------------------------------------- */

static void findings_add(struct report *r, const struct dmn_finding *f, size_t count)
{
    for (size_t i = 0; i < count; i++)
        report_add(r, &(struct finding){.is_error = f[i].is_error,
                                        .line = f[i].line,
                                        .element = f[i].element,
                                        .place = f[i].cell,
                                        .text = f[i].text});
}

static bool parse(struct desk *d, const char *path, struct str xml,
                  enum feel_dialect dialect, struct dmn **out, struct err *err)
{
    struct dmn_options options = dmn_options_default;
    struct imports imports;

    imports_init(&imports, path, &d->keep);
    options.dialect = dialect;
    options.resolver = &imports.resolver;
    return dmn_parse(xml, &options, out, err);
}

/* Read as the standard has it, which goes on after each finding; then as the server
 * does, which may refuse what the standard lets pass. */
void dmn_report(struct desk *d, struct report *r, const char *path, struct str xml)
{
    size_t errors = r->errors, count;
    const struct dmn_finding *list;
    struct dmn *model;
    struct err err;

    if (!parse(d, path, xml, FEEL_STANDARD, &model, &err)) {
        report_refusal(r, str_of(err.text));
        return;
    }
    list = dmn_findings(model, &count);
    findings_add(r, list, count);
    list = dmn_check(model, &d->scratch, &count);
    findings_add(r, list, count);
    dmn_free(model);
    if (r->errors > errors)
        return;
    if (parse(d, path, xml, FEEL_CAMUNDA, &model, &err))
        dmn_free(model);
    else
        report_refusal(r, str_of(err.text));
}

static int check(struct desk *d)
{
    if (d->options->word_count > 1)
        return report_files(d, 1, dmn_report);
    fprintf(stderr, "fermata: name the files to check: fermata dmn check FILE...\n");
    return 2;
}

/* ---- dmn evaluate: what is given ------------------------------------------------- */

/* A decision to make, with what it may know. */
struct table {
    struct desk *desk;
    const struct dmn *model;
    enum feel_dialect dialect;
    struct str context; /* canonical */
};

static bool table_get(const struct feel_scope *scope, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct table *t = scope->ctx;
    struct str value;

    if (!json_get(t->context, name, scratch, &value))
        return false;
    *out = feel_from_json(value, scratch);
    if (t->dialect == FEEL_STANDARD) { /* which has dates, as JSON has not */
        struct feel_env env = desk_env(t->desk, NULL, t->dialect);
        *out = dmn_read_input(t->model, name, out, &env, scratch);
    }
    return true;
}

static bool is_required(const struct dmn *m, const struct dmn_decision *x)
{
    for (size_t i = 0; i < dmn_decision_count(m); i++) {
        const struct dmn_decision *by = dmn_decision_at(m, i);
        for (size_t k = 0; k < by->need_count; k++)
            if (by->needs[k] == x)
                return true;
    }
    return false;
}

/* The decision that no other needs, if there is just one. */
static const struct dmn_decision *topmost(const struct dmn *m)
{
    const struct dmn_decision *found = NULL;

    for (size_t i = 0; i < dmn_decision_count(m); i++) {
        const struct dmn_decision *x = dmn_decision_at(m, i);
        if (is_required(m, x))
            continue;
        if (found)
            return NULL;
        found = x;
    }
    return found;
}

static const struct dmn_decision *decision_find(struct desk *d, const struct dmn *m)
{
    size_t count = dmn_decision_count(m);
    struct str *ids = NEW_ARRAY(&d->keep, struct str, count);
    struct str wanted = str_of(d->options->decision), like;
    const struct dmn_decision *found = wanted.len ? dmn_find(m, wanted) : topmost(m);

    if (found)
        return found;
    for (size_t i = 0; i < count; i++)
        ids[i] = dmn_decision_at(m, i)->id;
    like = name_nearest(wanted, ids, count);
    if (wanted.len)
        fprintf(stderr, "fermata: there is no decision '%.*s'", ARG(wanted));
    else
        fprintf(stderr, "fermata: say which decision with --decision ID");
    if (like.len)
        fprintf(stderr, " (did you mean '%.*s'?)", ARG(like));
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s%.*s", i ? ", " : "; there are: ", ARG(ids[i]));
    fputc('\n', stderr);
    return NULL;
}

/* What may have been meant by a name: a variable, an input, a decision. */
static void names_collect(struct table *t)
{
    struct arena *keep = &t->desk->keep;
    struct json_walk walk = json_walk(t->context);
    struct json_member m;
    size_t count = dmn_decision_count(t->model), size = count;
    struct str *names;

    while (json_next(&walk, keep, &m))
        size++;
    for (size_t i = 0; i < count; i++)
        size += dmn_decision_at(t->model, i)->input_count;
    t->desk->names = names = NEW_ARRAY(keep, struct str, size);
    size = 0;
    for (walk = json_walk(t->context); json_next(&walk, keep, &m);)
        names[size++] = m.name;
    for (size_t i = 0; i < count; i++) {
        const struct dmn_decision *x = dmn_decision_at(t->model, i);
        names[size++] = x->name;
        for (size_t k = 0; k < x->input_count; k++)
            names[size++] = x->inputs[k];
    }
    t->desk->name_count = size;
}

/* ---- dmn evaluate: for people ---------------------------------------------------- */

static struct str value_text(struct desk *d, const struct feel_value *v)
{
    struct buf b;

    buf_init(&b, &d->scratch, 64);
    if (d->options->feel)
        feel_print(&b, v);
    else
        feel_to_json(&b, v);
    return buf_str(&b);
}

static void named_print(struct desk *d, const struct dmn_named *n)
{
    printf("%.*s = %.*s", ARG(n->name.len ? n->name : STR("output")),
           ARG(value_text(d, &n->value)));
}

static void match_print(struct desk *d, const struct dmn_match *m)
{
    printf("  rule %u", m->index);
    if (m->id.len)
        printf(" (%.*s)", ARG(m->id));
    for (size_t i = 0; i < m->output_count; i++) {
        printf("%s", i ? ", " : ": ");
        named_print(d, &m->outputs[i]);
    }
    putchar('\n');
}

static void evaluated_print(struct desk *d, const struct dmn_evaluated *e, bool failed)
{
    printf("%.*s", ARG(e->decision->id));
    if (!str_equal(e->decision->id, e->decision->name))
        printf(" (%.*s)", ARG(e->decision->name));
    printf(": %.*s\n", ARG(failed ? STR("failed") : value_text(d, &e->output)));
    for (size_t i = 0; i < e->input_count; i++) {
        printf("  input ");
        named_print(d, &e->inputs[i]);
        putchar('\n');
    }
    for (size_t i = 0; i < e->match_count; i++)
        match_print(d, &e->matches[i]);
    if (e->decision->kind == DMN_DECISION_TABLE && e->match_count == 0 && !failed)
        printf("  no rule matches\n");
}

/* The value last, on a line of its own. */
static void result_print(struct desk *d, const struct dmn_result *r)
{
    for (size_t i = 0; i < r->trace_count; i++)
        evaluated_print(d, &r->trace[i], r->trace[i].decision == r->failed);
    if (!r->failed)
        printf("\n%.*s\n", ARG(value_text(d, &r->value)));
    fflush(stdout);
    if (r->failed)
        fprintf(stderr, "error: the decision '%.*s' failed: %.*s\n", ARG(r->failed->id),
                ARG(r->failure));
}

/* ---- dmn evaluate: for programs, named as in the REST API ------------------------ */

static void put_text(struct buf *b, const char *name, struct str text)
{
    json_put_name(b, str_of(name));
    json_put_string(b, text);
}

static void put_value(struct buf *b, const char *name, const struct feel_value *v)
{
    json_put_name(b, str_of(name));
    feel_to_json(b, v);
}

static void put_list(struct buf *b, const char *name)
{
    json_put_name(b, str_of(name));
    buf_byte(b, '[');
}

static void put_object(struct buf *b)
{
    json_comma(b);
    buf_byte(b, '{');
}

static void match_put(struct buf *b, const struct dmn_match *m)
{
    put_object(b);
    put_text(b, "ruleId", m->id);
    json_put_name(b, STR("ruleIndex"));
    json_put_i64(b, m->index);
    put_list(b, "evaluatedOutputs");
    for (size_t i = 0; i < m->output_count; i++) {
        put_object(b);
        put_text(b, "outputId", m->outputs[i].id);
        put_text(b, "outputName", m->outputs[i].name);
        put_value(b, "outputValue", &m->outputs[i].value);
        buf_byte(b, '}');
    }
    buf_text(b, "]}");
}

static void evaluated_put(struct buf *b, const struct dmn_evaluated *e)
{
    put_object(b);
    put_text(b, "decisionDefinitionId", e->decision->id);
    put_text(b, "decisionDefinitionName", e->decision->name);
    put_text(b, "decisionDefinitionType", str_of(dmn_kind_name(e->decision->kind)));
    put_value(b, "output", &e->output);
    put_list(b, "evaluatedInputs");
    for (size_t i = 0; i < e->input_count; i++) {
        put_object(b);
        put_text(b, "inputId", e->inputs[i].id);
        put_text(b, "inputName", e->inputs[i].name);
        put_value(b, "inputValue", &e->inputs[i].value);
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
    put_list(b, "matchedRules");
    for (size_t i = 0; i < e->match_count; i++)
        match_put(b, &e->matches[i]);
    buf_text(b, "]}");
}

static void result_json(struct desk *d, const struct dmn_decision *x,
                        const struct dmn_result *r)
{
    struct buf b;

    buf_init(&b, &d->scratch, 1024);
    put_object(&b);
    put_text(&b, "decisionDefinitionId", x->id);
    put_text(&b, "decisionDefinitionName", x->name);
    put_value(&b, "output", &r->value);
    put_text(&b, "failedDecisionDefinitionId", r->failed ? r->failed->id : STR(""));
    put_text(&b, "failureMessage", r->failure);
    put_list(&b, "evaluatedDecisions");
    for (size_t i = 0; i < r->trace_count; i++)
        evaluated_put(&b, &r->trace[i]);
    buf_text(&b, "]}");
    printf("%.*s\n", ARG(buf_str(&b)));
}

/* ---- dmn evaluate ---------------------------------------------------------------- */

static int decide(struct table *t)
{
    struct desk *d = t->desk;
    const struct dmn_decision *x = decision_find(d, t->model);
    struct feel_scope scope = {table_get, t};
    struct feel_env env = desk_env(d, &scope, t->dialect);
    struct dmn_result r;

    if (!x)
        return 1;
    names_collect(t);
    desk_warnings_begin(d);
    dmn_decide(t->model, x, &env, &d->scratch, &r);
    desk_warnings_end(d);
    if (d->options->json)
        result_json(d, x, &r);
    else
        result_print(d, &r);
    return r.failed ? 1 : 0;
}

static int evaluate(struct desk *d)
{
    const struct options *o = d->options;
    struct table t = {.desk = d};
    struct dmn *model;
    struct str xml;
    struct err err;

    if (o->word_count != 2) {
        fprintf(stderr, "fermata: name one file: fermata dmn evaluate FILE\n");
        return 2;
    }
    if (!desk_dialect(d, &t.dialect))
        return 2;
    if (!desk_file(d, o->words[1], &xml) ||
        !desk_json(d, "context", o->context, JSON_OBJECT, &t.context))
        return 1;
    if (!parse(d, o->words[1], xml, t.dialect, &model, &err)) {
        fprintf(stderr, "error: %s: %s\n", o->words[1], err.text);
        return 1;
    }
    t.model = model;
    int code = decide(&t);
    dmn_free(model);
    return code;
}

static int run(struct desk *d)
{
    const struct options *o = d->options;

    if (o->word_count && strcmp(o->words[0], "evaluate") == 0)
        return evaluate(d);
    if (o->word_count && strcmp(o->words[0], "check") == 0)
        return check(d);
    fprintf(stderr, "fermata: say `fermata dmn evaluate FILE` or `fermata dmn check "
                    "FILE...`\n");
    return 2;
}

int dmn_main(const struct options *o)
{
    return desk_run(o, run);
}
