/* listener.c - execution listeners: jobs that an element asks for before it begins its
 * own work and before it ends (behaviours 4.3, 11.4). One after the other; how many of
 * the phase's are done stands in the element's row, so a repair does not run them
 * again. */
#include "engine/element/element.h"

static const struct listener *listener_at(const struct element *e,
                                          enum listener_event event, u32 at)
{
    for (u32 i = 0; i < e->listener_count; i++)
        if (e->listeners[i].event == event && at-- == 0)
            return &e->listeners[i];
    return NULL;
}

enum went listener_go(struct step *s, struct visit *v, enum listener_event event)
{
    bool has_none = v->row->is_body || v->row->is_inner;
    const struct listener *l =
        has_none ? NULL : listener_at(v->element, event, v->row->listener);
    struct job_row job = job_of_element(s, v, JOB_KIND_EXECUTION_LISTENER);
    struct failure f;
    i64 retries;

    if (!l)
        return DONE;
    job.listener_event = event + 1u;
    if (!expr_string(s, v->key, &l->type, &job.type, &f) ||
        !expr_i64(s, v->key, &l->retries, &retries, &f))
        return failed(s, v, &f);
    job.retries = retries > INT32_MAX ? INT32_MAX : (i32)retries;
    emit(s, EV_JOB_CREATED, key_new(s), &job);
    effect_jobs(s, job.tenant, job.type);
    return WAIT;
}

/* What it has brought is local: to the element at its beginning, to the scope around at
 * its end (a process has none but itself). */
void listener_completed(struct step *s, const struct job_row *j, struct str variables)
{
    struct visit v;

    if (!visit_get(s, j->element_instance, &v))
        return;
    bool is_end = j->listener_event == LISTENER_END + 1u;
    u64 scope = is_end && v.row->scope ? v.row->scope : v.key;
    variables_set_local(s, scope, j->instance, variables);
}
