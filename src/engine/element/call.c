/* call.c - call activities: a process as part of another one (behaviours 8.9). */
#include "engine/element/element.h"

#define DEPTH_MAX 1000

static bool unknown(struct step *s, const struct visit *v, struct str id,
                    struct failure *f)
{
    const struct element *e = v->element;
    const struct process_row *mine = process_get(s->state, v->row->process);
    struct str text = {NULL, 0};

    switch (e->binding) {
    case BINDING_LATEST:
        text =
            arena_print(s->arena,
                        "Expected process with BPMN process id '%.*s' to be deployed, "
                        "but not found.",
                        ARG(id));
        break;
    case BINDING_DEPLOYMENT:
        text = arena_print(
            s->arena,
            "Expected to call process with BPMN process id '%.*s' with binding type "
            "'deployment', but no such process found in the deployment with key %llu "
            "which "
            "contained the current process. To resolve this incident, migrate the "
            "process "
            "instance to a process definition that is deployed together with the "
            "intended "
            "process definition to call.",
            ARG(id), (unsigned long long)mine->deployment);
        break;
    case BINDING_VERSION_TAG:
        text = arena_print(s->arena,
                           "Expected to call process with BPMN process id '%.*s' and "
                           "version tag '%.*s', "
                           "but no such process found. To resolve this incident, "
                           "deploy a process with "
                           "the given process id and version tag.",
                           ARG(id), ARG(e->version_tag));
        break;
    }
    *f = (struct failure){PROBLEM_CALLED_ELEMENT_ERROR, text, v->key};
    return false;
}

static bool called(struct step *s, const struct visit *v, u64 *process,
                   struct failure *f)
{
    struct bound bound = {.kind = VERSIONED_PROCESS,
                          .binding = v->element->binding,
                          .version_tag = v->element->version_tag};
    struct str id;

    if (!expr_string(s, v->key, &v->element->called_id, &id, f))
        return false;
    bound.id = id;
    *process = binding_find(s, v->row->process, &bound);
    if (!*process)
        return unknown(s, v, id, f);
    if (!process_of(s, *process)->root->none_start) {
        *f = (struct failure){
            PROBLEM_CALLED_ELEMENT_ERROR,
            arena_print(
                s->arena,
                "Expected process with BPMN process id '%.*s' to have a none start "
                "event, but not found.",
                ARG(id)),
            v->key};
        return false;
    }
    if (instance_get(s->state, v->row->instance)->depth + 1 < DEPTH_MAX)
        return true;
    *f = (struct failure){
        PROBLEM_CALLED_ELEMENT_ERROR,
        arena_print(
            s->arena,
            "Expected to call process with BPMN process id '%.*s', but it would be "
            "the %dth process instance in a chain of calls, which is the limit.",
            ARG(id), DEPTH_MAX),
        v->key};
    return false;
}

static enum went call_enter(struct step *s, struct visit *v)
{
    struct catches catches;
    struct failure f;

    if (!called(s, v, &v->called, &f) || !catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    return WAIT;
}

static struct str variables_for(struct step *s, const struct visit *v)
{
    static const struct text_list all = {NULL, 0};

    if (v->element->passes_parent_variables)
        return variables_collect(s, v->key, all);
    return variables_local(s, v->key, all);
}

static enum went call_entered(struct step *s, struct visit *v)
{
    const struct instance_row *mine = instance_get(s->state, v->row->instance);
    struct instance_row theirs = {
        .parent_instance = v->row->instance,
        .root_instance = mine->root_instance ? mine->root_instance : v->row->instance,
        .depth = mine->depth + 1,
        .business_id = mine->business_id,
    };
    u64 before = s->instance;

    instance_start(s, v->called, &theirs, variables_for(s, v), v->key);
    s->instance = before;
    return WAIT;
}

/* Its variables come home when they are wanted: by output mappings, or all of them. */
void call_completed(struct step *s, const struct visit *v)
{
    struct visit caller;

    if (!visit_get(s, v->row->parent, &caller) ||
        caller.row->state != ELEMENT_STATE_ACTIVATED)
        return;
    if (caller.element->output_count == 0 && !caller.element->passes_child_variables)
        return;
    element_triggered(s, caller.key, caller.row->instance, caller.element,
                      variables_local(s, v->key, (struct text_list){NULL, 0}), false);
}

const struct element_ops call_ops = {.enter = call_enter, .entered = call_entered};
