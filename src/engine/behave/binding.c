#include "engine/behave/behave.h"

/* What a version is told apart by. */
struct version {
    i32 number;
    u64 deployment;
    struct str tag;
};

static struct version version_of(const struct state *s, enum versioned kind, u64 key)
{
    switch (kind) {
    case VERSIONED_PROCESS: {
        const struct process_row *p = process_get(s, key);
        return (struct version){p->version, p->deployment, p->version_tag};
    }
    case VERSIONED_REQUIREMENTS: {
        const struct requirements_row *r = requirements_get(s, key);
        return (struct version){r->version, r->deployment, STR("")};
    }
    case VERSIONED_DECISION: {
        const struct decision_row *d = decision_get(s, key);
        return (struct version){d->version, d->deployment, d->version_tag};
    }
    case VERSIONED_FORM:
    case VERSIONED_FILE:
        break;
    }
    const struct artifact_row *a = artifact_get(s, key);
    return (struct version){a->version, a->deployment, a->version_tag};
}

static bool is_bound(const struct bound *b, const struct version *v, u64 deployment)
{
    switch (b->binding) {
    case BINDING_LATEST:
        return true;
    case BINDING_DEPLOYMENT:
        return v->deployment == deployment;
    case BINDING_VERSION_TAG:
        return str_equal(v->tag, b->version_tag);
    }
    return false;
}

u64 binding_find(struct step *s, u64 process, const struct bound *b)
{
    const struct process_row *mine = process_get(s->state, process);
    i32 most = INT32_MAX;

    for (u64 key;
         (key = version_up_to(s->state, b->kind, mine->tenant, b->id, most));) {
        struct version v = version_of(s->state, b->kind, key);
        if (is_bound(b, &v, mine->deployment))
            return key;
        most = v.number - 1;
    }
    return 0;
}
