#include "engine/element/element.h"
#include "engine/explain/explain.h"

#define WARNINGS_MAX 10 /* that FEEL gave, of one incident */

/* ---- incidents ------------------------------------------------------------------- */

/* What a person can do about it. */
static const char *remedy(enum problem p)
{
    switch (p) {
    case PROBLEM_JOB_NO_RETRIES:
    case PROBLEM_EXECUTION_LISTENER_NO_RETRIES:
    case PROBLEM_TASK_LISTENER_NO_RETRIES:
    case PROBLEM_AD_HOC_SUB_PROCESS_NO_RETRIES:
        return "Once the worker can do it, give the job retries and resolve the "
               "incident: fermata retry does both";
    case PROBLEM_IO_MAPPING_ERROR:
    case PROBLEM_CONDITION_ERROR:
    case PROBLEM_EXTRACT_VALUE_ERROR:
    case PROBLEM_DECISION_EVALUATION_ERROR:
        return "Set the variables right (fermata set) and resolve the incident "
               "(fermata "
               "retry), or migrate the instance to a version whose expression is right";
    case PROBLEM_UNHANDLED_ERROR_EVENT:
        return "Nothing catches this error: migrate the instance to a version that "
               "does, "
               "or move it on by a modification";
    case PROBLEM_MESSAGE_SIZE_EXCEEDED:
        return "Make the variables smaller and resolve the incident";
    case PROBLEM_CALLED_ELEMENT_ERROR:
    case PROBLEM_FORM_NOT_FOUND:
    case PROBLEM_CALLED_DECISION_ERROR:
    case PROBLEM_RESOURCE_NOT_FOUND:
        return "Deploy what is missing and resolve the incident";
    case PROBLEM_UNKNOWN:
        break;
    }
    return "Find the cause, then resolve the incident";
}

/* The lines of an incident's text behind the first are FEEL's warnings. */
static struct str warnings_cut(struct step *s, struct str message,
                               struct text_list *warnings)
{
    struct str *items = NEW_ARRAY(s->arena, struct str, WARNINGS_MAX);
    const char *end = message.len ? memchr(message.data, '\n', message.len) : NULL;
    size_t at = end ? (size_t)(end - message.data) + 1 : message.len;
    struct str first = {message.data, end ? at - 1 : message.len};

    *warnings = (struct text_list){items, 0};
    while (at < message.len && warnings->count < WARNINGS_MAX) {
        end = memchr(message.data + at, '\n', message.len - at);
        size_t len = end ? (size_t)(end - message.data) - at : message.len - at;
        if (len)
            items[warnings->count++] = (struct str){message.data + at, len};
        at += len + 1;
    }
    return first;
}

static void incident_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct incident_row *i = incident_get(a->step->state, key);
    struct step *s = a->step;
    struct text_list warnings;
    struct str first = warnings_cut(s, i->message, &warnings);
    struct buf text;

    buf_init(&text, s->arena, 256);
    buf_print(&text, "%.*s has an incident for %.*s, %s: %.*s",
              ARG(say_place(s, at->element)), ARG(say_span(s, s->now - i->created_at)),
              problem_name(i->problem), ARG(first));
    for (u32 k = 0; k < warnings.count; k++)
        buf_print(&text, "%s%.*s", k ? "; " : " ", ARG(warnings.items[k]));
    buf_print(&text, ". %s", remedy(i->problem));
    if (!reason_begin(a, at, "INCIDENT", buf_str(&text)))
        return;
    fact_key(a, "incidentKey", key);
    fact_key(a, "jobKey", i->job);
    fact_text(a, "errorType", str_of(problem_name(i->problem)));
    fact_text(a, "errorMessage", i->message);
    fact_texts(a, "warnings", &warnings);
    fact_text(a, "suggestion", str_of(remedy(i->problem)));
    fact_time(a, "createdAt", i->created_at);
    reason_end(a);
}

/* ---- jobs ------------------------------------------------------------------------ */

static const struct job_asker *asker_of(const struct account *a, struct str type)
{
    for (u32 i = 0; i < a->asked->askers.count; i++)
        if (str_equal(a->asked->askers.items[i].type, type))
            return &a->asked->askers.items[i];
    return NULL;
}

/* Who has asked for such jobs, and when. */
static void asker_say(struct account *a, const struct job_asker *w, struct buf *text)
{
    struct step *s = a->step;

    if (!w)
        buf_print(text,
                  "no worker has asked for them since the server started %.*s ago",
                  ARG(say_span(s, s->now - a->asked->since)));
    else if (w->waiting)
        buf_print(text, "%u worker%s wait%s for such jobs, the last one '%.*s'",
                  w->waiting, w->waiting == 1 ? "" : "s", w->waiting == 1 ? "s" : "",
                  ARG(w->worker));
    else
        buf_print(text,
                  "no worker has asked for them for %.*s; the last one was '%.*s'",
                  ARG(say_span(s, s->now - w->asked_at)), ARG(w->worker));
}

static void job_say_waiting(struct account *a, const struct job_row *j,
                            struct buf *text)
{
    struct step *s = a->step;
    u64 count = job_waiting_count(s->state, j->tenant, j->type);

    buf_print(text, "%llu such job%s wait%s, and ", (unsigned long long)count,
              count == 1 ? "" : "s", count == 1 ? "s" : "");
    asker_say(a, asker_of(a, j->type), text);
}

static void job_say_state(struct account *a, const struct job_row *j, struct buf *text)
{
    struct step *s = a->step;

    switch ((enum job_state)j->state) {
    case JOB_STATE_ACTIVATABLE:
        job_say_waiting(a, j, text);
        break;
    case JOB_STATE_ACTIVATED:
        buf_print(text,
                  "the worker '%.*s' holds it; unless it completes the job, others get "
                  "it %.*s",
                  ARG(j->worker), ARG(say_when(s, j->deadline)));
        break;
    case JOB_STATE_FAILED:
        if (j->retries > 0)
            buf_print(text, "it failed and comes again %.*s, with %d %s left",
                      ARG(say_when(s, j->recurs_at)), j->retries,
                      j->retries == 1 ? "retry" : "retries");
        else
            buf_text(text, "it failed and has no retries left");
        if (j->error_message.len)
            buf_print(text, "; the worker said: %.*s", ARG(j->error_message));
        break;
    case JOB_STATE_ERROR_THROWN:
        buf_text(text, "its worker threw an error that nothing catches");
        break;
    case JOB_STATE_NONE:
        break;
    }
}

static const char *const job_states[] = {
    [JOB_STATE_NONE] = "UNKNOWN",
    [JOB_STATE_ACTIVATABLE] = "ACTIVATABLE",
    [JOB_STATE_ACTIVATED] = "ACTIVATED",
    [JOB_STATE_FAILED] = "FAILED",
    [JOB_STATE_ERROR_THROWN] = "ERROR_THROWN",
};

static void job_facts(struct account *a, const struct job_row *j, u64 key)
{
    const struct job_asker *w = asker_of(a, j->type);
    struct step *s = a->step;

    fact_key(a, "jobKey", key);
    fact_text(a, "jobType", j->type);
    fact_text(a, "jobKind", job_kind_name(j));
    fact_text(a, "listenerEventType", job_event_name(j));
    fact_text(a, "state", str_of(job_states[j->state]));
    fact_number(a, "retries", j->retries);
    fact_number(a, "jobsWaiting", (i64)job_waiting_count(s->state, j->tenant, j->type));
    fact_text(a, "worker",
              j->state == JOB_STATE_ACTIVATED ? j->worker : (struct str){NULL, 0});
    fact_time(a, "deadline", j->state == JOB_STATE_ACTIVATED ? j->deadline : 0);
    fact_time(a, "recursAt", j->state == JOB_STATE_FAILED ? j->recurs_at : 0);
    fact_text(a, "lastWorker", w ? w->worker : (struct str){NULL, 0});
    fact_time(a, "lastAskedAt", w ? w->asked_at : 0);
    fact_number(a, "workersWaiting", w ? w->waiting : 0);
    fact_text(a, "errorMessage", j->error_message);
}

static void job_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct job_row *j = job_get(a->step->state, key);
    struct step *s = a->step;
    bool is_listener =
        j->kind == JOB_KIND_EXECUTION_LISTENER || j->kind == JOB_KIND_TASK_LISTENER;
    struct buf text;

    buf_init(&text, s->arena, 256);
    buf_print(&text, "%.*s waits for ", ARG(say_place(s, at->element)));
    if (is_listener)
        buf_print(&text, "its listener at '%.*s', ", ARG(job_event_name(j)));
    buf_print(&text, "a job of the type '%.*s': ", ARG(j->type));
    job_say_state(a, j, &text);
    if (!reason_begin(a, at, is_listener ? "LISTENER" : "JOB", buf_str(&text)))
        return;
    job_facts(a, j, key);
    reason_end(a);
}

/* ---- user tasks ------------------------------------------------------------------ */

static void candidates_say(struct step *s, const struct user_task_values *v,
                           struct buf *text)
{
    buf_text(text, "has no assignee");
    if (v->candidate_users.count)
        buf_print(text, "; it can be claimed by the user %.*s",
                  ARG(say_list(s, &v->candidate_users)));
    if (v->candidate_groups.count)
        buf_print(text, "%s of the group %.*s",
                  v->candidate_users.count ? " or by members"
                                           : "; it can be claimed by members",
                  ARG(say_list(s, &v->candidate_groups)));
    if (v->candidate_users.count == 0 && v->candidate_groups.count == 0)
        buf_text(text, " and no candidates: anybody can claim it");
}

static void user_task_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct user_task_row *t = user_task_get(a->step->state, key);
    static const struct user_task_values none;
    const struct user_task_values *v = t->values ? t->values : &none;
    struct buf text;

    buf_init(&text, a->step->arena, 256);
    buf_print(&text, "%.*s is a user task that ", ARG(say_place(a->step, at->element)));
    if (t->state == USER_TASK_CANCELING)
        buf_text(&text, "is being canceled: its listeners run");
    else if (t->state != USER_TASK_CREATED)
        buf_text(&text, "is being changed: its listeners run");
    else if (v->assignee.len)
        buf_print(&text, "waits for '%.*s' to complete it", ARG(v->assignee));
    else
        candidates_say(a->step, v, &text);
    if (v->due_date.len)
        buf_print(&text, "; it is due at %.*s", ARG(v->due_date));
    if (!reason_begin(a, at, "USER_TASK", buf_str(&text)))
        return;
    fact_key(a, "userTaskKey", key);
    fact_text(a, "assignee", v->assignee);
    fact_texts(a, "candidateUsers", &v->candidate_users);
    fact_texts(a, "candidateGroups", &v->candidate_groups);
    fact_text(a, "dueDate", v->due_date);
    reason_end(a);
}

/* ---- events ---------------------------------------------------------------------- */

/* In which way an event concerns the element that waits for it. */
enum role { ROLE_OWN, ROLE_BEHIND_GATEWAY, ROLE_BOUNDARY, ROLE_EVENT_SUB_PROCESS };

static const char *const role_names[] = {"OWN", "BEHIND_GATEWAY", "BOUNDARY",
                                         "EVENT_SUB_PROCESS"};

static enum role role_of(const struct spot *at, const struct element *event)
{
    if (event == at->element)
        return ROLE_OWN;
    if (event->type == ELEMENT_BOUNDARY_EVENT)
        return ROLE_BOUNDARY;
    return event->type == ELEMENT_START_EVENT ? ROLE_EVENT_SUB_PROCESS
                                              : ROLE_BEHIND_GATEWAY;
}

/* `what` completes the sentence: "message 'paid' with the key '7'". */
static struct str event_say(struct step *s, const struct spot *at,
                            const struct element *event, struct str what)
{
    struct str place = say_place(s, at->element);

    switch (role_of(at, event)) {
    case ROLE_OWN:
        break;
    case ROLE_BEHIND_GATEWAY:
        return arena_print(s->arena, "%.*s goes on at %.*s with %.*s", ARG(place),
                           ARG(say_place(s, event)), ARG(what));
    case ROLE_BOUNDARY:
        return arena_print(s->arena, "%.*s is %s at %.*s by %.*s", ARG(place),
                           event->is_interrupting ? "interrupted" : "accompanied",
                           ARG(say_place(s, event)), ARG(what));
    case ROLE_EVENT_SUB_PROCESS:
        return arena_print(
            s->arena, "%.*s is %s by the event sub-process %.*s with %.*s", ARG(place),
            event->is_interrupting ? "interrupted" : "accompanied",
            ARG(say_place(s, event->scope)), ARG(what));
    }
    return arena_print(s->arena, "%.*s waits for %.*s", ARG(place), ARG(what));
}

static bool event_begin(struct account *a, const struct spot *at, const char *kind,
                        const struct element *event, struct str sentence)
{
    if (!reason_begin(a, at, kind, sentence))
        return false;
    fact_text(a, "role", str_of(role_names[role_of(at, event)]));
    fact_text(a, "eventElementId", event->id);
    fact_flag(a, "isInterrupting", event->is_interrupting);
    return true;
}

static void timer_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct timer_row *t = timer_get(a->step->state, key);
    struct step *s = a->step;
    const struct element *event = element_of(s, t->process, t->element);
    struct str what =
        arena_print(s->arena, "its timer, which fires %.*s%s", ARG(say_when(s, t->due)),
                    t->is_suspended ? ", but not before the instance is resumed" : "");

    if (!event_begin(a, at, "TIMER", event, event_say(s, at, event, what)))
        return;
    fact_key(a, "timerKey", key);
    fact_time(a, "dueAt", t->due == DUE_NEVER ? 0 : t->due);
    fact_number(a, "dueInMs",
                t->due == DUE_NEVER || t->due < s->now ? 0 : t->due - s->now);
    fact_number(a, "repetitionsLeft", t->repetitions);
    reason_end(a);
}

static void buffered_say(const struct buffered *b, struct buf *text)
{
    if (b->with_key)
        buf_print(
            text,
            "; %llu such message%s buffered, but %s taken by this process already",
            (unsigned long long)b->with_key, b->with_key == 1 ? " is" : "s are",
            b->with_key == 1 ? "was" : "were");
    if (b->others == 0) {
        if (!b->with_key)
            buf_text(text, "; no message of that name is buffered");
        return;
    }
    buf_print(text, "; %s%llu message%s of that name %s buffered with %s",
              b->is_more ? "at least " : "", (unsigned long long)b->others,
              b->others == 1 ? "" : "s", b->others == 1 ? "is" : "are",
              b->others == 1 ? "another key" : "other keys");
    if (b->differs <= CLOSE_MAX)
        buf_print(text, ": the closest, '%.*s', differs in %u character%s",
                  ARG(b->closest), b->differs, b->differs == 1 ? "" : "s");
    else
        buf_print(text, ", '%.*s' for one", ARG(b->closest));
}

static void message_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct process_subscription_row *p =
        process_subscription_get(a->step->state, key);
    struct step *s = a->step;
    const struct element *event = element_of(s, at->row->process, p->element);
    struct buffered b = buffered_find(a, p->name, p->correlation_key);
    struct str what =
        arena_print(s->arena, "the message '%.*s' with the correlation key '%.*s'",
                    ARG(p->name), ARG(p->correlation_key));
    struct buf text;

    buf_init(&text, s->arena, 256);
    buf_add(&text, event_say(s, at, event, what));
    buffered_say(&b, &text);
    if (!event_begin(a, at, "MESSAGE", event, buf_str(&text)))
        return;
    fact_text(a, "messageName", p->name);
    fact_text(a, "correlationKey", p->correlation_key);
    fact_number(a, "bufferedWithOtherKeys", (i64)b.others);
    fact_text(a, "closestKey", b.closest);
    reason_end(a);
}

static void signal_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct signal_subscription_row *p =
        signal_subscription_get(a->step->state, key);
    struct step *s = a->step;
    const struct element *event = element_of(s, at->row->process, p->element);
    struct str what = arena_print(s->arena, "the signal '%.*s'", ARG(p->name));

    if (!event_begin(a, at, "SIGNAL", event, event_say(s, at, event, what)))
        return;
    fact_text(a, "signalName", p->name);
    reason_end(a);
}

static void condition_tell(struct account *a, const struct spot *at, u64 key)
{
    const struct condition_row *c = condition_get(a->step->state, key);
    struct step *s = a->step;
    const struct element *event = element_of(s, at->row->process, c->element);
    struct str what =
        arena_print(s->arena, "the condition '%.*s', which is not true yet",
                    ARG(event->event_condition.body));

    if (!event_begin(a, at, "CONDITION", event, event_say(s, at, event, what)))
        return;
    fact_text(a, "condition", event->event_condition.body);
    reason_end(a);
}

/* ---- elements that wait for others ----------------------------------------------- */

static void call_tell(struct account *a, const struct spot *at)
{
    u64 called = child_after(a->step->state, at->key, 0);
    const struct instance_row *i = called ? instance_get(a->step->state, called) : NULL;

    if (!i ||
        !reason_begin(
            a, at, "CALLED_INSTANCE",
            arena_print(a->step->arena,
                        "%.*s waits for the process '%.*s' that it called, instance "
                        "%llu, whose own reasons follow",
                        ARG(say_place(a->step, at->element)), ARG(i->bpmn_process_id),
                        (unsigned long long)called)))
        return;
    fact_key(a, "calledInstanceKey", called);
    fact_text(a, "calledProcessId", i->bpmn_process_id);
    reason_end(a);
}

static void loop_tell(struct account *a, const struct spot *at)
{
    const struct loop_row *l = loop_get(a->step->state, at->key);
    const struct element_row *row = at->row;
    u32 active = row->loop_created - row->loop_completed;

    if (!l ||
        !reason_begin(
            a, at, "MULTI_INSTANCE",
            arena_print(a->step->arena, "%.*s has done %u of %u, %s; %u %s active",
                        ARG(say_place(a->step, at->element)), row->loop_completed,
                        l->count,
                        at->element->loop->is_sequential ? "one after the other"
                                                         : "all at once",
                        active, active == 1 ? "is" : "are")))
        return;
    fact_number(a, "completed", row->loop_completed);
    fact_number(a, "active", active);
    fact_number(a, "total", l->count);
    fact_flag(a, "isSequential", at->element->loop->is_sequential);
    reason_end(a);
}

static void gateway_tell(struct account *a, const struct spot *at)
{
    if (!reason_begin(a, at, "EVENT_BASED_GATEWAY",
                      arena_print(a->step->arena,
                                  "%.*s goes on with the first of %u events, which "
                                  "follow",
                                  ARG(say_place(a->step, at->element)),
                                  at->element->outgoing_count)))
        return;
    fact_number(a, "events", at->element->outgoing_count);
    reason_end(a);
}

static void ad_hoc_tell(struct account *a, const struct spot *at)
{
    if (reason_begin(
            a, at, "AD_HOC_SUB_PROCESS",
            arena_print(a->step->arena,
                        "%.*s waits for somebody to activate one of its elements",
                        ARG(say_place(a->step, at->element)))))
        reason_end(a);
}

static void compensation_tell(struct account *a, const struct spot *at)
{
    struct step *s = a->step;
    u64 first = compensation_thrown_by(s->state, at->key, 0);
    u32 count = 0;

    for (u64 key = first; key; key = compensation_thrown_by(s->state, at->key, key))
        count++;
    if (!reason_begin(
            a, at, "COMPENSATION",
            arena_print(s->arena,
                        "%.*s waits until %u activit%s undone by compensation",
                        ARG(say_place(s, at->element)), count,
                        count == 1 ? "y is" : "ies are")))
        return;
    fact_number(a, "activities", count);
    reason_end(a);
}

/* What it waits for by its nature, beside jobs and events. */
static void nature_tell(struct account *a, const struct spot *at)
{
    const struct state *s = a->step->state;
    struct visit v = {at->key, at->row, at->element, NULL, 0, {NULL, 0}, 0, 0};

    if (compensation_thrown_by(s, at->key, 0))
        compensation_tell(a, at);
    if (at->row->is_body)
        loop_tell(a, at);
    else if (at->element->type == ELEMENT_CALL_ACTIVITY)
        call_tell(a, at);
    else if (at->element->type == ELEMENT_EVENT_BASED_GATEWAY)
        gateway_tell(a, at);
    else if (ad_hoc_is(&v) && !job_of(s, at->key) && !child_after(s, at->key, 0))
        ad_hoc_tell(a, at);
}

void reasons_of(struct account *a, const struct spot *at)
{
    const struct state *s = a->step->state;
    u64 key;

    for (key = 0; (key = incident_after(s, at->key, key));)
        incident_tell(a, at, key);
    nature_tell(a, at);
    if ((key = job_of(s, at->key)))
        job_tell(a, at, key);
    if ((key = user_task_of(s, at->key)))
        user_task_tell(a, at, key);
    for (key = 0; (key = process_subscription_after(s, at->key, key));)
        message_tell(a, at, key);
    for (key = 0; (key = timer_after(s, at->key, key));)
        timer_tell(a, at, key);
    for (key = 0; (key = signal_subscription_of(s, at->key, key));)
        signal_tell(a, at, key);
    for (key = 0; (key = condition_of(s, at->key, key));)
        condition_tell(a, at, key);
}
