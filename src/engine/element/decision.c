/* decision.c - business rule tasks whose decision is made here (behaviours 8.3). */
#include "engine/element/element.h"

static bool unknown(struct step *s, const struct visit *v, struct str id,
                    struct failure *f)
{
    const struct element *e = v->element;
    struct str text = {NULL, 0};

    switch (e->binding) {
    case BINDING_LATEST:
        text = arena_print(s->arena,
                           "Expected to evaluate decision '%.*s', but no decision "
                           "found for id '%.*s'",
                           ARG(id), ARG(id));
        break;
    case BINDING_DEPLOYMENT:
        text = arena_print(
            s->arena,
            "Expected to evaluate decision '%.*s', but no decision found for id '%.*s' "
            "in the deployment with key %llu which contained the current process. To "
            "resolve this incident, migrate the process instance to a process "
            "definition that is deployed together with the intended decision to "
            "evaluate.",
            ARG(id), ARG(id),
            (unsigned long long)process_get(s->state, v->row->process)->deployment);
        break;
    case BINDING_VERSION_TAG:
        text = arena_print(
            s->arena,
            "Expected to evaluate decision '%.*s', but no decision found for id '%.*s' "
            "and version tag '%.*s'. To resolve this incident, deploy a decision with "
            "the given id and version tag.",
            ARG(id), ARG(id), ARG(e->version_tag));
        break;
    }
    *f = (struct failure){PROBLEM_CALLED_DECISION_ERROR, text, v->key};
    return false;
}

static bool decision_find(struct step *s, const struct visit *v, u64 *decision,
                          struct failure *f)
{
    const struct element *e = v->element;
    struct bound bound = {.kind = VERSIONED_DECISION,
                          .binding = e->binding,
                          .version_tag = e->version_tag};

    if (!expr_string(s, v->key, &e->called_id, &bound.id, f))
        return false;
    *decision = binding_find(s, v->row->process, &bound);
    return *decision || unknown(s, v, bound.id, f);
}

/* The event that tells of a failure comes before its incident; it changes nothing, so
 * the task can be tried again. */
enum went decision_enter(struct step *s, struct visit *v)
{
    struct decision_evaluated made;
    struct failure f;
    struct buf b;
    u64 decision;

    if (!decision_find(s, v, &decision, &f))
        return failed(s, v, &f);
    if (!decision_make(s, decision, &(struct decision_from){.visit = v}, &made)) {
        f = (struct failure){PROBLEM_DECISION_EVALUATION_ERROR, made.failure_message,
                             v->key};
        return failed(s, v, &f);
    }
    buf_init(&b, s->arena, made.output.len + 64);
    buf_byte(&b, '{');
    json_put_name(&b, v->element->result_variable);
    buf_add(&b, made.output);
    buf_byte(&b, '}');
    element_triggered(s, v->key, v->row->instance, v->element, buf_str(&b), false);
    return DONE;
}
