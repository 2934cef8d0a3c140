#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_instance_create(struct step *s, u64 key, const void *record);
void decide_instance_cancel(struct step *s, u64 key, const void *record);
void decide_instance_ban(struct step *s, u64 key, const void *record);

/* The id wins over the key (behaviours 15.1). */
static u64 find_process(struct step *s, const struct instance_create *c)
{
    struct str id = c->bpmn_process_id;
    u64 key;

    if (id.len && c->version >= 0) {
        key = process_version(s->state, s->tenant, id, c->version);
        if (!key)
            reject(s, REJECT_NOT_FOUND,
                   "Expected to find process definition with process ID '%.*s' and "
                   "version '%d', but none found",
                   ARG(id), c->version);
        return key;
    }
    if (id.len) {
        key = process_latest(s->state, s->tenant, id);
        if (!key)
            reject(s, REJECT_NOT_FOUND,
                   "Expected to find process definition with process ID '%.*s', but "
                   "none found",
                   ARG(id));
        return key;
    }
    if ((i64)c->process_key < 0) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected at least a bpmnProcessId or a key greater than -1, but none "
               "given");
        return 0;
    }
    const struct process_row *row = process_get(s->state, c->process_key);
    if (row && !row->is_deleted)
        return c->process_key;
    reject(s, REJECT_NOT_FOUND,
           "Expected to find process definition with key '%llu', but none found",
           (unsigned long long)c->process_key);
    return 0;
}

void decide_instance_create(struct step *s, u64 key, const void *record)
{
    const struct instance_create *c = record;
    struct instance_row row = {.awaits_result = c->awaits_result,
                               .fetch_variables = c->fetch_variables};
    u64 process = find_process(s, c);

    if (!process)
        return;
    if (!process_of(s, process)->root->none_start) {
        reject(
            s, REJECT_INVALID_STATE,
            "Expected to create instance of process with none start event, but there "
            "is no such event");
        return;
    }
    struct instance_created *answer = NEW(s->arena, struct instance_created);
    const struct process_row *p = process_get(s->state, process);
    *answer = (struct instance_created){
        .process_key = process,
        .bpmn_process_id = p->bpmn_process_id,
        .version = p->version,
        .instance_key = instance_start(s, process, &row, c->variables, 0),
        .tenant = p->tenant,
    };
    s->answer = answer;
}

void decide_instance_cancel(struct step *s, u64 key, const void *record)
{
    const struct element_row *row = element_get(s->state, key);

    if (!instance_get(s->state, key) || !row ||
        row->state == ELEMENT_STATE_TERMINATING) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to cancel a process instance with key '%llu', but no such "
               "process was found",
               (unsigned long long)key);
        return;
    }
    if (row->parent) {
        const struct instance_row *i = instance_get(s->state, key);
        reject(
            s, REJECT_INVALID_STATE,
            "Expected to cancel a process instance with key '%llu', but it is created "
            "by a parent process instance. Cancel the root process instance '%llu' "
            "instead.",
            (unsigned long long)key, (unsigned long long)i->root_instance);
        return;
    }
    if (step_about(s, key))
        element_terminate(s, key);
}

/* A to-do that is too large even alone: its element gets an incident that says so. */
static void pending_too_large(struct step *s, u64 pending)
{
    const struct pending_row *p = pending_get(s->state, pending);
    struct visit v;

    if (!p)
        return;
    emit(s, EV_PENDING_REMOVED, pending, &(struct pending_removed){p->instance});
    if (p->kind != CMD_ELEMENT_RUN || !visit_get(s, p->about, &v))
        return;
    incident(s, &v,
             &(struct failure){
                 PROBLEM_MESSAGE_SIZE_EXCEEDED,
                 arena_print(s->arena,
                             "Expected to process element '%.*s', but exceeded "
                             "MAX_MESSAGE_SIZE limitation. If you have large or many "
                             "variables consider reducing these.",
                             ARG(v.element->id)),
                 v.key});
}

void decide_instance_ban(struct step *s, u64 key, const void *record)
{
    const struct instance_ban *b = record;

    if (b->reason.len == 0) {
        pending_too_large(s, b->pending);
        return;
    }
    if (b->pending && pending_get(s->state, b->pending))
        emit(s, EV_PENDING_REMOVED, b->pending, &(struct pending_removed){b->instance});
    if (b->instance && instance_get(s->state, b->instance))
        emit(s, EV_INSTANCE_BANNED, b->instance,
             &(struct instance_banned){b->instance, b->reason});
    else if (b->timer && timer_get(s->state, b->timer))
        emit(s, EV_DUE_DROPPED, b->timer, &(struct due_dropped){b->reason});
    else if (b->message && message_get(s->state, b->message))
        emit(s, EV_DUE_DROPPED, b->message, &(struct due_dropped){b->reason});
}
