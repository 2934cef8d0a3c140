/* refs.c - what was deployed beside a process and is given along with a task: the form
 * that it shows, files for its worker (behaviours 16, 5.2). */
#include "engine/element/element.h"

typedef unsigned long long llu;

/* ---- forms ----------------------------------------------------------------------- */

static struct str form_missing(struct step *s, const struct visit *v, struct str id)
{
    const struct element *e = v->element;

    switch (e->form_binding) {
    case BINDING_LATEST:
        break;
    case BINDING_DEPLOYMENT:
        return arena_print(
            s->arena,
            "Expected to use a form with id '%.*s' with binding type 'deployment', but "
            "no such form found in the deployment with key %llu which contained the "
            "current process. To resolve this incident, migrate the process instance "
            "to a process definition that is deployed together with the intended form "
            "to use.",
            ARG(id), (llu)process_get(s->state, v->row->process)->deployment);
    case BINDING_VERSION_TAG:
        return arena_print(
            s->arena,
            "Expected to use a form with id '%.*s' and version tag '%.*s', but no such "
            "form found. To resolve the incident, deploy a form with the given id and "
            "version tag.",
            ARG(id), ARG(e->form_version_tag));
    }
    return arena_print(
        s->arena,
        "Expected to find a form with id '%.*s', but no form with this id is found, at "
        "least a form with this id should be available. To resolve the Incident please "
        "deploy a form with the same id",
        ARG(id));
}

bool form_find(struct step *s, const struct visit *v, u64 *form, struct failure *f)
{
    const struct element *e = v->element;
    struct bound bound = {.kind = VERSIONED_FORM,
                          .binding = e->form_binding,
                          .version_tag = e->form_version_tag};

    *form = 0;
    if (!e->form_id.is_set)
        return true;
    if (!expr_string(s, v->key, &e->form_id, &bound.id, f))
        return false;
    *form = binding_find(s, v->row->process, &bound);
    if (*form)
        return true;
    *f = (struct failure){PROBLEM_FORM_NOT_FOUND, form_missing(s, v, bound.id), v->key};
    return false;
}

/* ---- files for the worker of a job ----------------------------------------------- */

static bool resource_missing(struct step *s, const struct visit *v,
                             const struct linked_resource *l, struct failure *f)
{
    struct str text = arena_print(
        s->arena,
        "Expected to find a resource with id '%.*s', but no such resource is found. To "
        "resolve the incident, deploy a resource with the given id.",
        ARG(l->id));

    if (l->binding == BINDING_DEPLOYMENT)
        text = arena_print(
            s->arena,
            "Expected to find a resource with id '%.*s' with binding type "
            "'deployment', but no such resource found in the deployment with key %llu "
            "which contained the current process. To resolve this incident, migrate "
            "the process instance to a process definition that is deployed together "
            "with the intended resource.",
            ARG(l->id), (llu)process_get(s->state, v->row->process)->deployment);
    if (l->binding == BINDING_VERSION_TAG)
        text = arena_print(
            s->arena,
            "Expected to find a resource with id '%.*s' and version tag '%.*s', but no "
            "such resource found. To resolve the incident, deploy a resource with the "
            "given id and version tag.",
            ARG(l->id), ARG(l->version_tag));
    *f = (struct failure){PROBLEM_RESOURCE_NOT_FOUND, text, v->key};
    return false;
}

static void resource_put(struct buf *b, u64 key, const struct linked_resource *l)
{
    json_comma(b);
    buf_print(b, "{\"resourceKey\":\"%llu\",\"resourceType\":", (llu)key);
    json_put_string(b, l->type);
    buf_text(b, ",\"linkName\":");
    json_put_string(b, l->link_name);
    buf_byte(b, '}');
}

bool linked_resources_find(struct step *s, const struct visit *v, struct str *json,
                           struct failure *f)
{
    const struct element *e = v->element;
    struct buf b;

    *json = (struct str){NULL, 0};
    if (e->linked_resource_count == 0)
        return true;
    buf_init(&b, s->arena, 128);
    buf_byte(&b, '[');
    for (u32 i = 0; i < e->linked_resource_count; i++) {
        const struct linked_resource *l = &e->linked_resources[i];
        u64 key = binding_find(
            s, v->row->process,
            &(struct bound){VERSIONED_FILE, l->id, l->binding, l->version_tag});
        if (!key)
            return resource_missing(s, v, l, f);
        resource_put(&b, key, l);
    }
    buf_byte(&b, ']');
    *json = buf_str(&b);
    return true;
}
