/* decision.c - making a decision, and what is told of how it was made (behaviours 16).
 * All that is computed lives in the engine's memory for expressions, also the notes:
 * when that is full the decision has failed, and not the step. */
#include "engine/behave/behave.h"

typedef unsigned long long llu;

struct names {
    struct step *step;
    u64 scope;                   /* whose variables; 0: those of the document */
    struct feel_value variables; /* the document */
    struct notes notes;
};

static bool names_get(const struct feel_scope *scope, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct names *n = scope->ctx;
    const struct variable_row *v;

    if (!n->scope)
        return feel_context_get(n->variables.context, name, scratch, out) ||
               cluster_names_get(n->step, name, scratch, out);
    v = variable_visible(n->step, n->scope, name);
    if (!v)
        return cluster_names_get(n->step, name, scratch, out);
    *out = feel_from_json(v->value, scratch);
    return true;
}

static void names_open(struct names *n, struct step *s,
                       const struct decision_from *from)
{
    *n = (struct names){.step = s,
                        .scope = from->visit ? from->visit->key : 0,
                        .notes = {.arena = &s->engine->feel}};
    arena_reset(&s->engine->feel);
    if (!from->visit)
        n->variables = feel_from_json(from->variables.len ? from->variables : STR("{}"),
                                      &s->engine->feel);
}

/* ---- how it was made ------------------------------------------------------------- */

static struct str json_of(struct step *s, const struct feel_value *v)
{
    struct buf b;

    buf_init(&b, s->arena, 32);
    feel_to_json(&b, v);
    return buf_str(&b);
}

static struct evaluated_input_list inputs_of(struct step *s,
                                             const struct dmn_evaluated *e)
{
    struct evaluated_input *all =
        NEW_ARRAY(s->arena, struct evaluated_input, e->input_count);

    for (size_t i = 0; i < e->input_count; i++)
        all[i] = (struct evaluated_input){e->inputs[i].id, e->inputs[i].name,
                                          json_of(s, &e->inputs[i].value)};
    return (struct evaluated_input_list){all, (u32)e->input_count};
}

static struct matched_rule rule_of(struct step *s, const struct dmn_match *m)
{
    struct evaluated_output *all =
        NEW_ARRAY(s->arena, struct evaluated_output, m->output_count);

    for (size_t i = 0; i < m->output_count; i++)
        all[i] = (struct evaluated_output){
            .output_id = m->outputs[i].id,
            .output_name = m->outputs[i].name,
            .value = json_of(s, &m->outputs[i].value),
            .rule_id = m->id,
            .rule_index = (i32)m->index,
        };
    return (struct matched_rule){m->id, (i32)m->index, {all, (u32)m->output_count}};
}

static struct matched_rule_list rules_of(struct step *s, const struct dmn_evaluated *e)
{
    struct matched_rule *all = NEW_ARRAY(s->arena, struct matched_rule, e->match_count);

    for (size_t i = 0; i < e->match_count; i++)
        all[i] = rule_of(s, &e->matches[i]);
    return (struct matched_rule_list){all, (u32)e->match_count};
}

/* The version of a decision that stands in this graph; those of one graph are deleted
 * together. */
static u64 decision_of(struct step *s, u64 requirements, struct str id)
{
    struct str tenant = requirements_get(s->state, requirements)->tenant;
    i32 most = INT32_MAX;

    for (u64 key;
         (key = version_up_to(s->state, VERSIONED_DECISION, tenant, id, most));) {
        const struct decision_row *d = decision_get(s->state, key);
        if (d->requirements == requirements)
            return key;
        most = d->version - 1;
    }
    return 0;
}

/* The protocol has no words for what is younger than it. */
static struct str type_of(const struct dmn_decision *d)
{
    return str_of(dmn_kind_name(d->kind <= DMN_RELATION ? d->kind : DMN_UNKNOWN));
}

static struct evaluated_decision evaluated_of(struct step *s,
                                              const struct decision_evaluated *all,
                                              const struct dmn_evaluated *e, u32 number)
{
    u64 key = decision_of(s, all->requirements_key, e->decision->id);
    const struct decision_row *row = decision_get(s->state, key);

    return (struct evaluated_decision){
        .decision_key = key,
        .decision_id = e->decision->id,
        .decision_name = e->decision->name,
        .version = row ? row->version : 0,
        .type = type_of(e->decision),
        .output = json_of(s, &e->output),
        .rules = rules_of(s, e),
        .inputs = inputs_of(s, e),
        .tenant = all->tenant,
        .instance_key =
            arena_print(s->arena, "%llu-%u", (llu)all->evaluation_key, number),
    };
}

static void result_take(struct step *s, const struct dmn_result *r,
                        struct decision_evaluated *out)
{
    struct evaluated_decision *all =
        NEW_ARRAY(s->arena, struct evaluated_decision, r->trace_count);

    for (size_t i = 0; i < r->trace_count; i++)
        all[i] = evaluated_of(s, out, &r->trace[i], (u32)i + 1);
    out->decisions = (struct evaluated_decision_list){all, (u32)r->trace_count};
    out->output = json_of(s, &r->value);
    if (!r->failed)
        return;
    out->failed_decision_id = r->failed->id;
    out->failure_message =
        arena_print(s->arena, "Expected to evaluate decision '%.*s', but %.*s",
                    ARG(out->decision_id), ARG(r->failure));
}

/* ---- making it ------------------------------------------------------------------- */

static void head_take(struct step *s, u64 decision, const struct decision_from *from,
                      struct decision_evaluated *out)
{
    const struct decision_row *d = decision_get(s->state, decision);

    *out = (struct decision_evaluated){
        .decision_key = decision,
        .decision_id = d->id,
        .decision_name = d->name,
        .version = d->version,
        .requirements_id = requirements_get(s->state, d->requirements)->id,
        .requirements_key = d->requirements,
        .tenant = d->tenant,
        .evaluation_key = key_new(s),
    };
    if (!from->visit)
        return;
    out->instance = from->visit->row->instance;
    out->process = from->visit->row->process;
    out->element = from->visit->row->element;
    out->element_instance = from->visit->key;
}

bool decision_make(struct step *s, u64 decision, const struct decision_from *from,
                   struct decision_evaluated *out)
{
    const struct decision_row *row = decision_get(s->state, decision);
    const struct dmn *dmn =
        decisions_get(s, requirements_get(s->state, row->requirements)->resource);
    const struct dmn_decision *d = dmn_find(dmn, row->id);
    struct feel_env env = expr_env(s);
    struct dmn_result result;
    struct names names;
    struct feel_scope scope = {names_get, &names};

    must(d);
    names_open(&names, s, from);
    env.scope = &scope;
    env.note = notes_take;
    env.note_ctx = &names.notes;
    dmn_decide(dmn, d, &env, &s->engine->feel, &result);
    head_take(s, decision, from, out);
    result_take(s, &result, out);
    out->warnings = notes_list(&names.notes, s->arena);
    emit(s, result.failed ? EV_DECISION_FAILED : EV_DECISION_EVALUATED,
         out->evaluation_key, out);
    return result.failed == NULL;
}
