#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_incident_resolve(struct step *s, u64 key, const void *record);

static bool job_has_retries(struct step *s, u64 key, const struct incident_row *i)
{
    const struct job_row *j = job_get(s->state, i->job);

    if (!j || j->retries > 0 ||
        (i->problem != PROBLEM_JOB_NO_RETRIES &&
         i->problem != PROBLEM_TASK_LISTENER_NO_RETRIES &&
         i->problem != PROBLEM_AD_HOC_SUB_PROCESS_NO_RETRIES &&
         i->problem != PROBLEM_EXECUTION_LISTENER_NO_RETRIES))
        return true;
    reject(
        s, REJECT_INVALID_STATE,
        "Expected to resolve incident with key '%llu', but job with key '%llu' has no "
        "retries left. Please update the job retries and retry resolving the incident",
        (unsigned long long)key, (unsigned long long)i->job);
    return false;
}

/* Those timers of an element whose next date could not be computed. */
static void timers_go_on(struct step *s, const struct visit *v)
{
    struct failure f;
    u64 next;

    for (u64 key = timer_after(s->state, v->key, 0); key; key = next) {
        struct timer_row t = *timer_get(s->state, key);
        next = timer_after(s->state, v->key, key);
        if (t.due != DUE_NEVER)
            continue;
        if (!expr_timer_again(s, v->key, element_of(s, t.process, t.element), s->now,
                              &t.due, &f)) {
            incident(s, v, &f);
            return;
        }
        emit(s, EV_TIMER_CANCELED, key, &(struct timer_moved){t.instance});
        emit(s, EV_TIMER_CREATED, key_new(s), &t);
    }
}

/* An element goes on where it has failed. One that stands has not failed itself: an
 * event at it has, so it waits on for what it waits for. */
static void element_resume(struct step *s, const struct incident_row *i)
{
    struct visit v;

    if (!visit_get(s, i->element_instance, &v))
        return;
    if (v.row->state == ELEMENT_STATE_ACTIVATED &&
        i->problem == PROBLEM_EXTRACT_VALUE_ERROR) {
        timers_go_on(s, &v);
        if (!user_task_of(s->state, v.key))
            return;
    }
    todo(s, CMD_ELEMENT_RUN, v.key, NULL);
}

void decide_incident_resolve(struct step *s, u64 key, const void *record)
{
    const struct incident_row *i = incident_get(s->state, key);

    if (!i) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to resolve incident with key '%llu', but no such incident was "
               "found",
               (unsigned long long)key);
        return;
    }
    if (!step_about(s, i->instance) || !job_has_retries(s, key, i))
        return;
    emit(s, EV_INCIDENT_RESOLVED, key,
         &(struct incident_resolved){i->instance, i->element_instance, i->job,
                                     !i->job &&
                                         i->problem == PROBLEM_EXTRACT_VALUE_ERROR});
    const struct job_row *j = i->job ? job_get(s->state, i->job) : NULL;
    if (j)
        effect_jobs(s, j->tenant, j->type);
    else
        element_resume(s, i);
}
