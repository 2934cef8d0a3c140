/* tables.c - decision tables: reading them, which rules match, and what the hit policy
 * makes of them (DMN 1.5, 8.2.8). */
#include <stdlib.h>

#include "dmn/private.h"

#define NAME_SHOWN 30 /* characters of an input expression that stand for its name */

/* ---- reading --------------------------------------------------------------------- */

static const struct {
    const char *word;
    enum hit hit;
} hits[] = {{"", UNIQUE},           {"UNIQUE", UNIQUE},
            {"FIRST", FIRST},       {"ANY", ANY},
            {"PRIORITY", PRIORITY}, {"RULE ORDER", RULE_ORDER},
            {"COLLECT", COLLECT},   {"OUTPUT ORDER", OUTPUT_ORDER}};

static const struct {
    const char *word, *text;
    enum aggregation aggregation;
} aggregations[] = {{"", "", AGGREGATE_NONE},
                    {"SUM", "sum(?)", SUM},
                    {"COUNT", "count(?)", COUNT},
                    {"MIN", "min(?)", MIN},
                    {"MAX", "max(?)", MAX}};

static void policy_read(struct build *b, struct table *t, const struct xml_node *n)
{
    struct str hit = dmn_get(n, "hitPolicy"), aggregation = dmn_get(n, "aggregation");
    size_t i, j;

    for (i = 0; i < LEN(hits) && !str_is(hit, hits[i].word); i++)
        ;
    for (j = 0; j < LEN(aggregations) && !str_is(aggregation, aggregations[j].word);
         j++)
        ;
    if (i == LEN(hits))
        build_fail(b, ERR_SYNTAX, n, "the hit policy '%.*s' is not known", ARG(hit));
    if (j == LEN(aggregations))
        build_fail(b, ERR_SYNTAX, n, "the aggregation '%.*s' is not known",
                   ARG(aggregation));
    t->hit = hits[i].hit;
    if (t->hit != COLLECT)
        return;
    t->aggregation = aggregations[j].aggregation;
    t->aggregate = code_read(b, n, FEEL_EXPRESSION, str_of(aggregations[j].text));
    if (t->aggregation != AGGREGATE_NONE && dmn_children(n, "output") > 1)
        build_flaw(b, n, "COLLECT with an aggregation and several outputs");
}

/* Where the table says nothing the type's allowed values count. */
static struct str values_text(struct build *b, const struct xml_node *values,
                              const struct border *type)
{
    const struct item *item = type ? type->item : NULL;
    struct str text = values ? dmn_text(values, "") : STR("");

    for (; item && text.len == 0; item = item->base)
        text = item->allowed.text;
    return text;
}

static void input_read(struct build *b, struct input *in, const struct xml_node *n)
{
    const struct xml_node *expr = dmn_child(n, "inputExpression");

    in->id = arena_copy(b->keep, dmn_get(n, "id"));
    in->label = arena_copy(b->keep, dmn_get(n, "label"));
    if (!expr) {
        build_flaw(b, n, "an input without an expression");
        return;
    }
    in->expr = code_read(b, expr, FEEL_EXPRESSION, dmn_text(expr, ""));
    in->type = border_read(b, expr, dmn_get(expr, "typeRef"));
    in->allowed = code_read(b, n, FEEL_UNARY_TESTS, dmn_text(n, "inputValues"));
}

/* Of one output the name is often left out, and its type may be the table's. */
static void output_read(struct build *b, struct output *out, const struct xml_node *n,
                        const struct border *type)
{
    const struct xml_node *fallback = dmn_child(n, "defaultOutputEntry");
    const struct border *own = border_read(b, n, dmn_get(n, "typeRef"));
    struct str values;

    out->type = own;
    out->id = arena_copy(b->keep, dmn_get(n, "id"));
    out->label = arena_copy(b->keep, dmn_get(n, "label"));
    out->name = words_tidy(b, dmn_get(n, "name"));
    if (fallback)
        out->fallback = code_read(b, fallback, FEEL_EXPRESSION, dmn_text(fallback, ""));
    values = values_text(b, dmn_child(n, "outputValues"), own ? own : type);
    if (values.len == 0)
        return;
    out->allowed = code_read(b, n, FEEL_UNARY_TESTS, dmn_text(n, "outputValues"));
    out->values.text = values;
}

/* The values of an output as a list, for policies that want an order. */
static void priorities_read(struct build *b, struct table *t, const struct xml_node *n)
{
    if (t->hit != PRIORITY && t->hit != OUTPUT_ORDER)
        return;
    for (size_t i = 0; i < t->output_count; i++) {
        struct str text = t->outputs[i].values.text;
        if (text.len)
            t->outputs[i].values = code_read(b, n, FEEL_EXPRESSION,
                                             arena_print(b->keep, "[%.*s]", ARG(text)));
    }
}

/* The type of the component that an output of several is. */
static const struct border *component_type(struct build *b, const struct border *type,
                                           struct str name)
{
    const struct item *item = type ? type->item : NULL;
    struct border *border;

    for (; item && item->part_count == 0; item = item->base)
        ;
    for (size_t i = 0; item && i < item->part_count; i++) {
        if (!str_equal(item->parts[i].name, name))
            continue;
        border = NEW(b->keep, struct border);
        border->item = &item->parts[i];
        return border;
    }
    return NULL;
}

static void columns_read(struct build *b, struct table *t, const struct xml_node *n)
{
    size_t inputs = dmn_children(n, "input"), outputs = dmn_children(n, "output");
    const struct xml_node *variable = dmn_child(n->parent, "variable");
    struct str ref = dmn_get(n, "typeRef");
    const struct border *type;

    if (ref.len == 0 && variable)
        ref = dmn_get(variable, "typeRef");
    type = border_read(b, n, ref);
    t->inputs = NEW_ARRAY(b->keep, struct input, inputs);
    t->outputs = NEW_ARRAY(b->keep, struct output, outputs);
    for (struct xml_node *c = n->first; c; c = c->next) {
        if (is_dmn(c, "input"))
            input_read(b, &t->inputs[t->input_count++], c);
        if (is_dmn(c, "output"))
            output_read(b, &t->outputs[t->output_count++], c,
                        outputs == 1 ? type
                                     : component_type(b, type, dmn_get(c, "name")));
    }
    for (size_t i = 0; i < t->output_count; i++)
        t->has_fallback |= t->outputs[i].fallback.text.len > 0;
    if (t->output_count == 0)
        build_flaw(b, n, "a table without an output");
    priorities_read(b, t, n);
}

static size_t cells_read(struct build *b, const struct xml_node *n, const char *name,
                         enum feel_form form, struct code *cells, size_t count)
{
    size_t i = 0;

    for (struct xml_node *c = dmn_child(n, name); c; c = dmn_next(c, name), i++)
        if (i < count)
            cells[i] = code_read(b, c, form, dmn_text(c, ""));
    return i;
}

static void rule_read(struct build *b, struct table *t, const struct xml_node *n)
{
    struct rule *r = &t->rules[t->rule_count++];
    size_t tests, outputs;

    r->id = arena_copy(b->keep, dmn_get(n, "id"));
    r->line = n->line;
    r->tests = NEW_ARRAY(b->keep, struct code, t->input_count);
    r->outputs = NEW_ARRAY(b->keep, struct code, t->output_count);
    tests = cells_read(b, n, "inputEntry", FEEL_UNARY_TESTS, r->tests, t->input_count);
    outputs =
        cells_read(b, n, "outputEntry", FEEL_EXPRESSION, r->outputs, t->output_count);
    if (tests != t->input_count || outputs != t->output_count)
        build_flaw(b, n,
                   "a rule of %zu and %zu cells in a table of %zu and %zu columns",
                   tests, outputs, t->input_count, t->output_count);
}

struct table *table_read(struct build *b, const struct xml_node *n)
{
    struct table *t = NEW(b->keep, struct table);

    t->id = arena_copy(b->keep, dmn_get(n, "id"));
    t->line = n->line;
    policy_read(b, t, n);
    columns_read(b, t, n);
    t->rules = NEW_ARRAY(b->keep, struct rule, dmn_children(n, "rule"));
    for (struct xml_node *c = dmn_child(n, "rule"); c; c = dmn_next(c, "rule"))
        rule_read(b, t, c);
    return t;
}

/* ---- matching -------------------------------------------------------------------- */

struct match {
    const struct rule *rule;
    const struct feel_value *outputs;
    size_t *ranks;  /* of its outputs, for an order */
    size_t columns; /* how many */
    struct feel_value value;
};

struct matching {
    const struct table *table;
    const struct scope *scope;
    struct run *run;
    const struct scope **inputs; /* with the value of each input as ? */
    struct match *matches;
    size_t count;
};

static struct str input_name(const struct input *in)
{
    struct str name = in->label.len ? in->label : in->expr.text;
    size_t len = 0;

    if (in->label.len)
        return name;
    for (size_t shown = 0; len < name.len && shown <= NAME_SHOWN; len++)
        if (((u8)name.data[len] & 0xc0) != 0x80 && ++shown > NAME_SHOWN)
            break;
    return (struct str){name.data, len};
}

/* False: a value is not allowed, which is an error. */
static bool inputs_eval(struct matching *m, struct dmn_named *named)
{
    const struct table *t = m->table;

    for (size_t i = 0; i < t->input_count; i++) {
        const struct input *in = &t->inputs[i];
        struct feel_value v = code_eval(m->run, &in->expr, m->scope);
        m->inputs[i] = scope_push(m->scope, STR("?"), v);
        named[i] = (struct dmn_named){.id = in->id, .name = input_name(in), .value = v};
        if (m->run->dmn->dialect == FEEL_STANDARD && in->allowed.feel &&
            v.kind != FEEL_NULL && !code_is_true(m->run, &in->allowed, m->inputs[i])) {
            run_error(m->run, "%.*s is no value for the input '%.*s'",
                      ARG(run_text(m->run, &v)), ARG(input_name(in)));
            return false;
        }
    }
    return true;
}

static bool rule_matches(struct matching *m, const struct rule *r)
{
    run_step(m->run, 1);
    for (size_t i = 0; i < m->table->input_count; i++) {
        const struct code *test = &r->tests[i];
        if (test->is_broken ||
            (test->feel && !code_is_true(m->run, test, m->inputs[i])))
            return false;
    }
    return true;
}

/* A bare value, or a context of several. */
static struct feel_value outputs_value(struct matching *m,
                                       const struct feel_value *outputs)
{
    const struct table *t = m->table;
    struct str *names;

    if (t->output_count == 1)
        return outputs[0];
    names = NEW_ARRAY(m->run->scratch, struct str, t->output_count);
    for (size_t i = 0; i < t->output_count; i++)
        names[i] = t->outputs[i].name;
    return feel_context_of(names, outputs, t->output_count, m->run->scratch);
}

static void match_add(struct matching *m, const struct rule *r)
{
    const struct table *t = m->table;
    struct feel_value *outputs =
        NEW_ARRAY(m->run->scratch, struct feel_value, t->output_count);

    for (size_t i = 0; i < t->output_count; i++)
        outputs[i] = code_eval(m->run, &r->outputs[i], m->scope);
    m->matches[m->count++] = (struct match){
        .rule = r, .outputs = outputs, .value = outputs_value(m, outputs)};
}

static void rules_match(struct matching *m)
{
    const struct table *t = m->table;

    m->matches = NEW_ARRAY(m->run->scratch, struct match, t->rule_count);
    for (size_t i = 0; i < t->rule_count; i++) {
        if (!rule_matches(m, &t->rules[i]))
            continue;
        match_add(m, &t->rules[i]);
        if (t->hit == FIRST)
            break;
    }
}

static void matches_show(const struct matching *m, struct dmn_evaluated *trace)
{
    const struct table *t = m->table;
    struct dmn_match *shown = NEW_ARRAY(m->run->scratch, struct dmn_match, m->count);

    for (size_t i = 0; i < m->count; i++) {
        const struct match *match = &m->matches[i];
        struct dmn_named *outputs =
            NEW_ARRAY(m->run->scratch, struct dmn_named, t->output_count);
        for (size_t j = 0; j < t->output_count; j++) {
            const struct output *out = &t->outputs[j];
            outputs[j] =
                (struct dmn_named){.id = out->id,
                                   .name = out->label.len ? out->label : out->name,
                                   .value = match->outputs[j]};
        }
        shown[i] = (struct dmn_match){.id = match->rule->id,
                                      .index = (u32)(match->rule - t->rules) + 1,
                                      .outputs = outputs,
                                      .output_count = t->output_count};
    }
    trace->matches = shown;
    trace->match_count = m->count;
}

/* ---- hit policies ---------------------------------------------------------------- */

/* The place of an output among its values; behind all when it is none of them. */
static size_t rank_of(struct run *r, struct feel_value values, struct feel_value v)
{
    size_t count = values.kind == FEEL_LIST ? feel_list_count(values.list) : 0, i;

    run_step(r, count);
    for (i = 0; i < count; i++) {
        struct feel_value other = feel_list_at(values.list, i, r->scratch);
        if (feel_equal(&other, &v))
            break;
    }
    return i;
}

static int match_order(const void *a, const void *b)
{
    const struct match *x = a, *y = b;

    for (size_t i = 0; i < x->columns; i++)
        if (x->ranks[i] != y->ranks[i])
            return x->ranks[i] < y->ranks[i] ? -1 : 1;
    return (x->rule > y->rule) - (x->rule < y->rule);
}

/* By the first output, then by the next; what is equal stays in the order of rules. */
static void matches_sort(struct matching *m)
{
    const struct table *t = m->table;

    for (size_t i = 0; i < m->count; i++) {
        m->matches[i].ranks = NEW_ARRAY(m->run->scratch, size_t, t->output_count);
        m->matches[i].columns = t->output_count;
    }
    for (size_t j = 0; j < t->output_count; j++) {
        struct feel_value values = code_eval(m->run, &t->outputs[j].values, m->scope);
        for (size_t i = 0; i < m->count; i++)
            m->matches[i].ranks[j] = rank_of(m->run, values, m->matches[i].outputs[j]);
    }
    if (m->count)
        qsort(m->matches, m->count, sizeof(*m->matches), match_order);
}

static struct feel_value matches_list(const struct matching *m)
{
    struct feel_value *values = NEW_ARRAY(m->run->scratch, struct feel_value, m->count);

    for (size_t i = 0; i < m->count; i++)
        values[i] = m->matches[i].value;
    return feel_list_of(values, m->count, m->run->scratch);
}

static struct feel_value matches_unique(const struct matching *m)
{
    struct feel_value all;

    if (m->count == 1)
        return m->matches[0].value;
    all = matches_list(m);
    return run_error(m->run,
                     "multiple values aren't allowed for UNIQUE hit policy. found: "
                     "'%.*s'",
                     ARG(run_text(m->run, &all)));
}

static struct feel_value matches_any(const struct matching *m)
{
    struct feel_value all;

    for (size_t i = 1; i < m->count; i++) {
        if (feel_equal(&m->matches[0].value, &m->matches[i].value))
            continue;
        all = matches_list(m);
        return run_error(m->run,
                         "different values aren't allowed for ANY hit policy. found: "
                         "'%.*s'",
                         ARG(run_text(m->run, &all)));
    }
    return m->matches[0].value;
}

static struct feel_value matches_collect(const struct matching *m)
{
    struct feel_value list = matches_list(m);

    if (m->table->aggregation == AGGREGATE_NONE)
        return list;
    if (m->table->output_count > 1)
        return run_error(m->run, "several outputs cannot be aggregated");
    return code_eval(m->run, &m->table->aggregate,
                     scope_push(m->scope, STR("?"), list));
}

static struct feel_value no_match(struct matching *m)
{
    const struct table *t = m->table;
    struct feel_value *outputs;

    if (!t->has_fallback)
        return (struct feel_value){.kind = FEEL_NULL};
    outputs = NEW_ARRAY(m->run->scratch, struct feel_value, t->output_count);
    for (size_t i = 0; i < t->output_count; i++)
        outputs[i] = code_eval(m->run, &t->outputs[i].fallback, m->scope);
    return outputs_value(m, outputs);
}

static struct feel_value matches_value(struct matching *m)
{
    if (m->count == 0)
        return no_match(m);
    switch (m->table->hit) {
    case UNIQUE:
        return matches_unique(m);
    case ANY:
        return matches_any(m);
    case FIRST:
        return m->matches[0].value;
    case PRIORITY:
        matches_sort(m);
        return m->matches[0].value;
    case OUTPUT_ORDER:
        matches_sort(m);
        return matches_list(m);
    case RULE_ORDER:
        return matches_list(m);
    case COLLECT:
        return matches_collect(m);
    }
    return (struct feel_value){.kind = FEEL_NULL};
}

/* In the standard an output that is none of the output's values is an error. */
static bool outputs_allowed(const struct matching *m)
{
    const struct table *t = m->table;

    for (size_t i = 0; i < m->count; i++) {
        for (size_t j = 0; j < t->output_count; j++) {
            struct feel_value v = m->matches[i].outputs[j];
            if (!t->outputs[j].allowed.feel || v.kind == FEEL_NULL ||
                code_holds(m->run, &t->outputs[j].allowed, v, m->scope))
                continue;
            run_error(m->run, "%.*s is no value for the output '%.*s'",
                      ARG(run_text(m->run, &v)), ARG(t->outputs[j].name));
            return false;
        }
    }
    return true;
}

struct feel_value table_eval(const struct table *t, const struct scope *s,
                             struct dmn_evaluated *trace)
{
    struct run *r = s->memo->run;
    struct matching m = {.table = t, .scope = s, .run = r};
    struct dmn_named *inputs = NEW_ARRAY(r->scratch, struct dmn_named, t->input_count);

    m.inputs = NEW_ARRAY(r->scratch, const struct scope *, t->input_count);
    if (trace) {
        trace->inputs = inputs;
        trace->input_count = t->input_count;
    }
    if (!inputs_eval(&m, inputs))
        return (struct feel_value){.kind = FEEL_NULL};
    rules_match(&m);
    if (trace)
        matches_show(&m, trace);
    if (r->dmn->dialect == FEEL_STANDARD && !outputs_allowed(&m))
        return (struct feel_value){.kind = FEEL_NULL};
    return matches_value(&m);
}
