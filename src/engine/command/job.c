#include <stdio.h>

#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_job_activate(struct step *s, u64 key, const void *record);
void decide_job_complete(struct step *s, u64 key, const void *record);
void decide_job_fail(struct step *s, u64 key, const void *record);
void decide_job_throw_error(struct step *s, u64 key, const void *record);
void decide_job_update_retries(struct step *s, u64 key, const void *record);
void decide_job_update_timeout(struct step *s, u64 key, const void *record);
void decide_job_update(struct step *s, u64 key, const void *record);
void decide_job_update_priority(struct step *s, u64 key, const void *record);
void decide_job_yield(struct step *s, u64 key, const void *record);
void decide_job_time_out(struct step *s, u64 key, const void *record);
void decide_job_recur(struct step *s, u64 key, const void *record);

#define ERROR_MESSAGE_MAX 10000
#define BATCH_RESERVE     8192 /* left free in a batch of jobs (behaviours 11.2) */

typedef unsigned long long llu;

/* ---- taking jobs ----------------------------------------------------------------- */

static bool activate_is_valid(struct step *s, const struct job_activate *a)
{
#define WRONG "Expected to activate job batch with %s to be %s, but it was %s"
    char was[32];

    if (a->max_jobs < 1) {
        snprintf(was, sizeof(was), "'%d'", a->max_jobs);
        reject(s, REJECT_INVALID_ARGUMENT, WRONG, "max jobs to activate",
               "greater than zero", was);
    } else if (a->timeout < 1) {
        snprintf(was, sizeof(was), "'%lld'", (long long)a->timeout);
        reject(s, REJECT_INVALID_ARGUMENT, WRONG, "timeout", "greater than zero", was);
    } else if (str_trim(a->type).len == 0) {
        reject(s, REJECT_INVALID_ARGUMENT, WRONG, "type", "present", "blank");
    }
#undef WRONG
    return s->rejection == REJECT_NONE;
}

/* The protocol's own numbers of what a job listens to. */
static i32 job_event_number(const struct job_row *j)
{
    static const i32 numbers[] = {
        [LISTENER_START] = 5,     [LISTENER_END] = 4,      [LISTENER_CREATING] = 3,
        [LISTENER_ASSIGNING] = 0, [LISTENER_UPDATING] = 7, [LISTENER_COMPLETING] = 2,
        [LISTENER_CANCELING] = 1,
    };
    const i32 unspecified = 6;

    must(j->listener_event <= LEN(numbers));
    return j->listener_event ? numbers[j->listener_event - 1] : unspecified;
}

static void job_describe(struct step *s, u64 key, const struct job_row *j,
                         const struct job_activate *a, struct activated_job *out)
{
    const struct process_row *p = process_get(s->state, j->process);
    const struct element *e = element_of(s, j->process, j->element);
    const struct instance_row *i = instance_get(s->state, j->instance);

    *out = (struct activated_job){
        .key = key,
        .type = j->type,
        .instance_key = j->instance,
        .bpmn_process_id = p->bpmn_process_id,
        .version = p->version,
        .process_key = j->process,
        .element_id = e->id,
        .element_instance_key = j->element_instance,
        .custom_headers = job_headers(s, j),
        .worker = a->worker,
        .retries = j->retries,
        .deadline = s->now + a->timeout,
        .variables = task_listener_variables(s, j, a->fetch_variables),
        .tenant = j->tenant,
        .kind = (i32)j->kind,
        .kind_name = job_kind_name(j),
        .listener_event = job_event_number(j),
        .listener_event_name = job_event_name(j),
        .tags = i->tags,
        .business_id = i->business_id,
        .priority = j->priority,
        .root_instance_key = i->root_instance ? i->root_instance : j->instance,
        .user_task = task_properties(s, j),
    };
}

/* About what it takes in an answer: its texts and a bound for its numbers. */
static size_t job_size(const struct activated_job *j)
{
    size_t tags = 0;

    for (u32 i = 0; i < j->tags.count; i++)
        tags += j->tags.items[i].len + 8;
    return j->type.len + j->bpmn_process_id.len + j->element_id.len +
           j->custom_headers.len + j->worker.len + j->variables.len + j->tenant.len +
           j->business_id.len + tags + 200;
}

static void job_too_large(struct step *s, u64 key, size_t size)
{
    incident_job(
        s, key,
        &(struct failure){
            PROBLEM_MESSAGE_SIZE_EXCEEDED,
            arena_print(
                s->arena,
                "The job with key '%llu' can not be activated, because with %zu "
                "bytes it is larger than the configured message size (per "
                "default is 4 MB). Try to reduce the size by reducing the number "
                "of fetched variables or modifying the variable values.",
                (llu)key, size),
            0});
}

static struct str tenant_wanted(const struct step *s, const struct job_activate *a)
{
    return a->tenants.count ? a->tenants.items[0] : s->tenant;
}

void decide_job_activate(struct step *s, u64 key, const void *record)
{
    const struct job_activate *a = record;
    struct jobs_activated *answer = NEW(s->arena, struct jobs_activated);
    struct str tenant = tenant_wanted(s, a);
    size_t room = s->engine->options.message_max - BATCH_RESERVE, used = 0;

    s->answer = answer;
    if (!activate_is_valid(s, a))
        return;
    u64 waiting = job_waiting_count(s->state, tenant, a->type);
    u32 max = waiting < (u64)a->max_jobs ? (u32)waiting : (u32)a->max_jobs;
    struct activated_job *jobs = NEW_ARRAY(s->arena, struct activated_job, max);
    answer->jobs.items = jobs;
    while (answer->jobs.count < max) {
        u64 job = job_waiting(s->state, tenant, a->type);
        const struct job_row *row = job_get(s->state, job);
        struct activated_job *out = &jobs[answer->jobs.count];
        job_describe(s, job, row, a, out);
        used += job_size(out);
        answer->is_truncated = used > room;
        if (answer->is_truncated) {
            if (answer->jobs.count == 0)
                job_too_large(s, job, used);
            return;
        }
        emit(s, EV_JOB_ACTIVATED, job,
             &(struct job_activated){row->instance, a->worker, out->deadline});
        answer->jobs.count++;
    }
}

/* ---- what a worker says ---------------------------------------------------------- */

static const char *state_name(u32 state)
{
    switch ((enum job_state)state) {
    case JOB_STATE_NONE:
        return "NOT_FOUND";
    case JOB_STATE_ACTIVATABLE:
        return "ACTIVATABLE";
    case JOB_STATE_ACTIVATED:
        return "ACTIVATED";
    case JOB_STATE_FAILED:
        return "FAILED";
    case JOB_STATE_ERROR_THROWN:
        return "ERROR_THROWN";
    }
    return "UNKNOWN";
}

/* A job that may be done something with: activatable or activated (behaviours 11.1). */
static const struct job_row *job_at_hand(struct step *s, u64 key, const char *what)
{
    const struct job_row *j = job_get(s->state, key);

    if (!j) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to %s job with key '%llu', but no such job was found", what,
               (llu)key);
        return NULL;
    }
    if (j->state != JOB_STATE_ACTIVATABLE && j->state != JOB_STATE_ACTIVATED) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to %s job with key '%llu', but it is in state '%s'", what,
               (llu)key, state_name(j->state));
        return NULL;
    }
    return step_about(s, j->instance) ? j : NULL;
}

void decide_job_complete(struct step *s, u64 key, const void *record)
{
    const struct job_complete *c = record;
    const struct job_row *j = job_at_hand(s, key, "complete");

    if (!j)
        return;
    bool is_listener = j->kind == JOB_KIND_EXECUTION_LISTENER;
    bool is_of_task = j->kind == JOB_KIND_TASK_LISTENER;
    bool is_ad_hoc = j->kind == JOB_KIND_AD_HOC_SUB_PROCESS;
    if ((is_of_task && !task_listener_may(s, key, j, c)) ||
        (is_ad_hoc && !ad_hoc_job_may(s, j, c)))
        return;
    emit(s, EV_JOB_COMPLETED, key,
         &(struct job_completed){
             j->instance, j->element_instance, c->variables, is_listener,
             is_of_task ? user_task_of(s->state, j->element_instance) : 0});
    if (is_of_task) {
        task_listener_completed(s, j, c);
        return;
    }
    if (is_ad_hoc) {
        ad_hoc_job_completed(s, j, c);
        return;
    }
    if (is_listener)
        listener_completed(s, j, c->variables);
    todo(s, CMD_ELEMENT_RUN, j->element_instance, NULL);
}

static struct str cut(struct step *s, struct str text)
{
    if (text.len <= ERROR_MESSAGE_MAX)
        return text;
    text.len = ERROR_MESSAGE_MAX;
    while (((u8)text.data[text.len] & 0xc0) == 0x80) /* not inside a code point */
        text.len--;
    return arena_print(s->arena, "%.*s...", ARG(text));
}

static i64 later(i64 now, i64 ms)
{
    return ms > INT64_MAX - now ? INT64_MAX : now + ms;
}

static enum problem no_retries(const struct job_row *j)
{
    static const enum problem problems[] = {
        [JOB_KIND_BPMN_ELEMENT] = PROBLEM_JOB_NO_RETRIES,
        [JOB_KIND_EXECUTION_LISTENER] = PROBLEM_EXECUTION_LISTENER_NO_RETRIES,
        [JOB_KIND_TASK_LISTENER] = PROBLEM_TASK_LISTENER_NO_RETRIES,
        [JOB_KIND_AD_HOC_SUB_PROCESS] = PROBLEM_AD_HOC_SUB_PROCESS_NO_RETRIES,
    };

    must(j->kind < LEN(problems));
    return problems[j->kind];
}

void decide_job_fail(struct step *s, u64 key, const void *record)
{
    const struct job_fail *c = record;
    const struct job_row *j = job_at_hand(s, key, "fail");
    struct str message = cut(s, c->error_message);
    bool waits = c->retries > 0 && c->retry_back_off > 0;

    if (!j)
        return;
    emit(s, EV_JOB_FAILED, key,
         &(struct job_failed){
             .instance = j->instance,
             .retries = c->retries,
             .error_message = message,
             .recurs_at = waits ? later(s->now, c->retry_back_off) : 0,
         });
    variables_set_local(s, j->element_instance, j->instance, c->variables);
    if (c->retries <= 0)
        incident_job(
            s, key,
            &(struct failure){no_retries(j),
                              message.len ? message : STR("No more retries left."), 0});
    else if (!waits)
        effect_jobs(s, j->tenant, j->type);
}

static void error_uncaught(struct step *s, u64 key, const struct job_row *j,
                           const struct job_throw_error *c, struct str codes)
{
    struct str text = error_text(s, c->error_code, cut(s, c->error_message), codes);

    emit(s, EV_JOB_ERROR_THROWN, key,
         &(struct job_error_thrown){j->instance, c->error_code,
                                    cut(s, c->error_message), false});
    incident_job(s, key, &(struct failure){PROBLEM_UNHANDLED_ERROR_EVENT, text, 0});
}

void decide_job_throw_error(struct step *s, u64 key, const void *record)
{
    const struct job_throw_error *c = record;
    const struct job_row *j = job_at_hand(s, key, "throw an error for");
    struct catcher catcher;
    struct str codes;
    struct visit v;

    if (!j)
        return;
    if (j->kind != JOB_KIND_BPMN_ELEMENT && j->kind != JOB_KIND_AD_HOC_SUB_PROCESS) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to throw an error for job with key '%llu', but it is the job "
               "of a "
               "listener, which cannot throw errors",
               (llu)key);
        return;
    }
    const struct element_row *row = element_get(s->state, j->element_instance);
    if (!row || row->state != ELEMENT_STATE_ACTIVATED) {
        reject(
            s, REJECT_INVALID_STATE,
            "Expected to find active service task, but was element instance with key "
            "'%llu'",
            (llu)j->element_instance);
        return;
    }
    if (!error_catcher(s, j->element_instance, c->error_code, &catcher, &codes)) {
        error_uncaught(s, key, j, c, codes);
        return;
    }
    if (!accepts_trigger(s, catcher.element_instance, catcher.event)) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to find event scope that is accepting events, but was element "
               "instance with key '%llu'",
               (llu)catcher.element_instance);
        return;
    }
    emit(s, EV_JOB_ERROR_THROWN, key,
         &(struct job_error_thrown){j->instance, c->error_code,
                                    cut(s, c->error_message), true});
    must(visit_get(s, catcher.element_instance, &v));
    trigger(s, &v, catcher.event, c->variables, true);
}

/* ---- retries and timeouts -------------------------------------------------------- */

static const struct job_row *job_to_update(struct step *s, u64 key, const char *what)
{
    const struct job_row *j = job_get(s->state, key);

    if (!j) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to update %s with key '%llu', but no such job was found", what,
               (llu)key);
        return NULL;
    }
    return step_about(s, j->instance) ? j : NULL;
}

static bool retries_are_valid(struct step *s, u64 key, i32 retries)
{
    if (retries < 1)
        reject(
            s, REJECT_INVALID_ARGUMENT,
            "Expected to update retries for job with key '%llu' with a positive amount "
            "of retries, but the amount given was '%d'",
            (llu)key, retries);
    return retries >= 1;
}

static bool job_is_active(struct step *s, u64 key, const struct job_row *j)
{
    if (j->state != JOB_STATE_ACTIVATED)
        reject(s, REJECT_INVALID_STATE,
               "Expected to update the timeout of job with key '%llu', but it is not "
               "active",
               (llu)key);
    return j->state == JOB_STATE_ACTIVATED;
}

static void set_retries(struct step *s, u64 key, const struct job_row *j, i32 retries)
{
    emit(s, EV_JOB_RETRIES_UPDATED, key,
         &(struct job_retries_updated){j->instance, retries});
}

static void set_timeout(struct step *s, u64 key, const struct job_row *j, i64 timeout)
{
    emit(s, EV_JOB_TIMEOUT_UPDATED, key,
         &(struct job_timeout_updated){j->instance, later(s->now, timeout)});
}

static void set_priority(struct step *s, u64 key, const struct job_row *j, i32 priority)
{
    emit(s, EV_JOB_PRIORITY_UPDATED, key,
         &(struct job_priority_updated){j->instance, priority});
}

void decide_job_update_priority(struct step *s, u64 key, const void *record)
{
    const struct job_update_priority *c = record;
    const struct job_row *j;

    if (!c->has_priority) {
        reject(
            s, REJECT_INVALID_ARGUMENT,
            "Expected to update the priority of job with key '%llu', but no priority "
            "was given",
            (llu)key);
        return;
    }
    j = job_to_update(s, key, "priority for job");
    if (j)
        set_priority(s, key, j, c->priority);
}

void decide_job_update_retries(struct step *s, u64 key, const void *record)
{
    const struct job_update_retries *c = record;
    const struct job_row *j;

    if (!retries_are_valid(s, key, c->retries))
        return;
    j = job_to_update(s, key, "retries for job");
    if (j)
        set_retries(s, key, j, c->retries);
}

void decide_job_update_timeout(struct step *s, u64 key, const void *record)
{
    const struct job_update_timeout *c = record;
    const struct job_row *j = job_to_update(s, key, "job deadline");

    if (j && job_is_active(s, key, j))
        set_timeout(s, key, j, c->timeout);
}

void decide_job_update(struct step *s, u64 key, const void *record)
{
    const struct job_update *c = record;
    const struct job_row *j;

    if (c->has_retries && !retries_are_valid(s, key, c->retries))
        return;
    j = job_to_update(s, key, "retries for job");
    if (!j || (c->has_timeout && !job_is_active(s, key, j)))
        return;
    if (c->has_retries)
        set_retries(s, key, j, c->retries);
    if (c->has_priority)
        set_priority(s, key, j, c->priority);
    if (c->has_timeout)
        set_timeout(s, key, j, c->timeout);
}

/* ---- back to the others ---------------------------------------------------------- */

static void back(struct step *s, enum event_kind kind, u64 key, const struct job_row *j)
{
    emit(s, kind, key, &(struct job_moved){j->instance});
    effect_jobs(s, j->tenant, j->type);
}

/* Which of its holdings is meant, the gate says by their deadline: the job may have
 * timed out and be another worker's by now. */
void decide_job_yield(struct step *s, u64 key, const void *record)
{
    const struct job_row *j = job_get(s->state, key);
    u64 deadline = s->in->operation;

    if (!j || j->state != JOB_STATE_ACTIVATED ||
        (deadline && (u64)j->deadline != deadline))
        reject(s, REJECT_NOT_FOUND,
               "Expected to yield job with key '%llu', but no such job was found",
               (llu)key);
    else if (step_about(s, j->instance))
        back(s, EV_JOB_YIELDED, key, j);
}

void decide_job_time_out(struct step *s, u64 key, const void *record)
{
    const struct job_row *j = job_get(s->state, key);

    if (!j || j->state != JOB_STATE_ACTIVATED || j->deadline > s->now)
        reject(s, REJECT_NOT_FOUND,
               "Expected to time out activated job with key '%llu', but %s", (llu)key,
               !j ? "no such job was found" : "it has not timed out");
    else if (step_about(s, j->instance))
        back(s, EV_JOB_TIMED_OUT, key, j);
}

void decide_job_recur(struct step *s, u64 key, const void *record)
{
    const struct job_row *j = job_get(s->state, key);

    if (!j || j->state != JOB_STATE_FAILED || j->recurs_at > s->now)
        reject(s, REJECT_NOT_FOUND,
               "Expected to back off failed job with key '%llu', but %s", (llu)key,
               !j ? "no such job was found" : "its pause is not over");
    else if (step_about(s, j->instance))
        back(s, EV_JOB_RECURRED, key, j);
}
