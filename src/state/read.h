/* read.h - what is true now, for everyone who decides. Every index begins with the
 * tenant. Rows are borrowed: they stay as they are until the step in which they are
 * read is committed or aborted, also when the step itself changes or deletes them.
 *
 * Uses: record. Pure. */
#ifndef STATE_READ_H
#define STATE_READ_H

#include "record/record.h"
#include "state/tables.h"

struct state;

struct state *state_open(void);
void state_close(struct state *s);

/* The six states of an element instance (behaviours 4.1), and those of a job. */
enum element_state {
    ELEMENT_STATE_NONE,
    ELEMENT_STATE_ACTIVATING,
    ELEMENT_STATE_ACTIVATED,
    ELEMENT_STATE_COMPLETING,
    ELEMENT_STATE_COMPLETED, /* never stored: the row goes */
    ELEMENT_STATE_TERMINATING,
    ELEMENT_STATE_TERMINATED, /* likewise */
};

enum job_state {
    JOB_STATE_NONE,
    JOB_STATE_ACTIVATABLE,
    JOB_STATE_ACTIVATED,
    JOB_STATE_FAILED,
    JOB_STATE_ERROR_THROWN,
};

enum job_kind {
    JOB_KIND_BPMN_ELEMENT,
    JOB_KIND_EXECUTION_LISTENER,
    JOB_KIND_TASK_LISTENER,
    JOB_KIND_AD_HOC_SUB_PROCESS,
};

/* A native user task: between creation and end it is in state CREATED, except while it
 * changes. */
enum user_task_state {
    USER_TASK_NONE,
    USER_TASK_CREATING,
    USER_TASK_CREATED,
    USER_TASK_ASSIGNING,
    USER_TASK_CLAIMING,
    USER_TASK_UPDATING,
    USER_TASK_COMPLETING,
    USER_TASK_CANCELING,
};

/* Batch operations and their items. Numbers are stored. */
enum batch_state {
    BATCH_ACTIVE,
    BATCH_SUSPENDED,
    BATCH_CANCELED,
    BATCH_COMPLETED,
    BATCH_FAILED,              /* no partition could look for items */
    BATCH_PARTIALLY_COMPLETED, /* some could not */
};

enum batch_item_state {
    BATCH_ITEM_ACTIVE,
    BATCH_ITEM_COMPLETED,
    BATCH_ITEM_SKIPPED, /* it is not there any more */
    BATCH_ITEM_FAILED,
    BATCH_ITEM_CANCELED,
};

/* What is deployed and not read further than to its id. Numbers are stored. */
enum artifact_kind {
    ARTIFACT_NONE,
    ARTIFACT_FORM,
    ARTIFACT_FILE,
};

/* Kinds of incidents: behaviours 1.3. Numbers are stored. */
/* clang-format off */
#define PROBLEMS(X)             \
    X(UNKNOWN,                   0) \
    X(IO_MAPPING_ERROR,          1) \
    X(JOB_NO_RETRIES,            2) \
    X(CONDITION_ERROR,           3) \
    X(EXTRACT_VALUE_ERROR,       4) \
    X(UNHANDLED_ERROR_EVENT,     5) \
    X(MESSAGE_SIZE_EXCEEDED,     6) \
    X(CALLED_ELEMENT_ERROR,      7) \
    X(EXECUTION_LISTENER_NO_RETRIES, 8) \
    X(FORM_NOT_FOUND,            9) \
    X(TASK_LISTENER_NO_RETRIES,  10) \
    X(AD_HOC_SUB_PROCESS_NO_RETRIES, 11) \
    X(CALLED_DECISION_ERROR,     12) \
    X(DECISION_EVALUATION_ERROR, 13) \
    X(RESOURCE_NOT_FOUND,        14)
/* clang-format on */
enum problem {
#define X(name, number) PROBLEM_##name = number,
    PROBLEMS(X)
#undef X
};
const char *problem_name(enum problem p);

/* What clients call what is kept as a number: a batch operation, by the command that
 * its items get; the states of those and of their items; kinds of jobs, and the event
 * of a listener, as job_row has them. */
const char *batch_type_name(u32 kind);
const char *batch_state_name(u32 state);
const char *batch_item_state_name(u32 state);
const char *job_kind_word(u32 kind);
const char *listener_event_word(u32 event);

/* The row with this key; NULL: there is none. */
#define X(name, noun, links, due) \
    const struct noun##_row *noun##_get(const struct state *s, u64 key);
TABLES(X)
#undef X

u64 state_count(const struct state *s, enum table_id table);
u64 state_bytes(const struct state *s); /* of memory for rows, but very large ones */

/* All rows of a table, each once, in an order of no meaning that other rows' coming and
 * going does not disturb: so a walk may rest between any two steps. Begin with a zeroed
 * walk. False: that is all. `looked` counts what it cost, empty places too. */
struct table_walk {
    u64 at;
    bool is_over;
    u64 looked;
};
bool state_next(const struct state *s, enum table_id table, struct table_walk *w,
                u64 *key);
u64 state_last_key(
    const struct state *s);             /* the counter of our own keys; 0: none yet */
i64 state_now(const struct state *s);   /* the time of the last step */
u64 state_spare(const struct state *s); /* bytes that it keeps for rows to come */
u64 state_hash(const struct state *s);  /* all rows, all queues in their order */

/* ---- by owner: 0 when there is no (further) one ---------------------------------- */

u64 process_in(const struct state *s, u64 resource, u64 after);
u64 decision_in(const struct state *s, u64 requirements, u64 after); /* deleted, too */
u64 instance_of(const struct state *s, u64 process, u64 after);
u64 batch_item_after(const struct state *s, u64 batch, u64 after);
u64 held_of(const struct state *s, u64 root); /* the oldest work held for it */
u64 child_after(const struct state *s, u64 scope, u64 after); /* element instances */
u64 child_count(const struct state *s, u64 scope);
u64 token_first(const struct state *s, u64 scope,
                u32 flow); /* the oldest of this flow */
u64 token_count(const struct state *s, u64 scope);
u64 token_any(const struct state *s, u64 scope);
u64 token_after(const struct state *s, u64 scope, u64 after); /* by flow, then key */
u64 trigger_of(const struct state *s, u64 element_instance);
u64 trigger_after(const struct state *s, u64 element_instance, u64 after);
u64 job_of(const struct state *s, u64 element_instance);
u64 user_task_of(const struct state *s, u64 element_instance);
u64 timer_after(const struct state *s, u64 owner,
                u64 after); /* element instance, process */
u64 incident_after(const struct state *s, u64 element_instance, u64 after);
u64 process_subscription_find(const struct state *s, u64 element_instance,
                              struct str name);
u64 process_subscription_of(const struct state *s, u64 element_instance); /* any */
u64 process_subscription_after(const struct state *s, u64 element_instance, u64 after);
u64 start_subscription_of(const struct state *s, u64 process, u64 after);

u64 compensation_after(const struct state *s, u64 scope, u64 after);
u64 compensation_thrown_by(const struct state *s, u64 thrower, u64 after);
u64 loop_result_after(const struct state *s, u64 body, u32 after); /* by number */
u64 signal_subscription_of(const struct state *s, u64 owner,
                           u64 after); /* or process */

u64 condition_of(const struct state *s, u64 owner, u64 after); /* or process */
u64 condition_inside(const struct state *s, u64 instance, u64 after);

u64 variable_find(const struct state *s, u64 scope, struct str name);
/* All of a scope: begin with a zeroed walk. The order is fixed, but no order of
 * meaning. */
struct variable_walk {
    u64 major, minor;
    bool has_begun;
};
u64 variable_next(const struct state *s, u64 scope, struct variable_walk *w);
u64 variable_after(const struct state *s, u64 scope, u64 after); /* the same by key */
u64 variable_count(const struct state *s, u64 scope);

/* The instance that was suspended, with which this one rests: itself or the root of the
 * calls above it; 0: none. */
u64 suspended_with(const struct state *s, u64 instance);

/* ---- by name --------------------------------------------------------------------- */

/* What has an id and versions from 1 on. Those that were deleted are not found. */
enum versioned {
    VERSIONED_PROCESS,
    VERSIONED_REQUIREMENTS,
    VERSIONED_DECISION,
    VERSIONED_FORM,
    VERSIONED_FILE,
};
/* The highest version that is not above `most` (INT32_MAX: the latest); 0: none. */
u64 version_up_to(const struct state *s, enum versioned kind, struct str tenant,
                  struct str id, i32 most);
/* The highest number that there ever was, those of deleted ones included; 0: none. */
i32 version_last(const struct state *s, enum versioned kind, struct str tenant,
                 struct str id);

u64 process_latest(const struct state *s, struct str tenant,
                   struct str bpmn_process_id);
u64 process_version(const struct state *s, struct str tenant,
                    struct str bpmn_process_id, i32 version);

/* Instances that nobody called. */
u64 instance_with_business_id(const struct state *s, struct str tenant,
                              struct str business_id, u64 after);

/* The first that waits, in the order they are handed out: priority, then key. */
u64 job_waiting(const struct state *s, struct str tenant, struct str type);
u64 job_waiting_count(const struct state *s, struct str tenant, struct str type);

u64 message_after(const struct state *s, struct str tenant, struct str name,
                  struct str correlation_key, u64 after);
u64 message_with_id(const struct state *s, struct str tenant, struct str name,
                    struct str correlation_key, struct str message_id);
/* In ascending order of element instance; `after` is such a key, 0 at the beginning. */
u64 message_subscription_after(const struct state *s, struct str tenant,
                               struct str name, struct str correlation_key,
                               u64 after_element_instance);
u64 message_subscription_find(const struct state *s, u64 element_instance,
                              struct str name);
u64 start_subscription_after(const struct state *s, struct str tenant, struct str name,
                             u64 after);
u64 signal_subscription_after(const struct state *s, struct str tenant, struct str name,
                              u64 after);
u64 start_condition_after(const struct state *s, struct str tenant, u64 after);
u64 start_lock_find(const struct state *s, struct str tenant,
                    struct str bpmn_process_id, struct str correlation_key);

/* ---- what all partitions have ------------------------------------------------------
 */

/* Of a tenant; empty: of the cluster. */
u64 cluster_variable_find(const struct state *s, struct str tenant, struct str name);
u64 cluster_variable_after(const struct state *s, struct str tenant, u64 after);
/* Those of higher priority first, then as they were made; 0: begin, and no more. */
u64 global_listener_next(const struct state *s, u64 after);
/* Does the engine's clock stand still, and where? */
#define CLOCK_KEY 1
bool clock_stands(const struct state *s, i64 *time);

/* ---- what is to be done ---------------------------------------------------------- */

u64 pending_first(const struct state *s);
u64 pending_after(const struct state *s, u64 after);
/* User tasks that have ended and are remembered, from the one that ended first. */
u64 ended_task_first(const struct state *s);
u64 ended_task_next(const struct state *s, u64 key);
/* Decisions that were made and are remembered: the one that was made first. */
u64 evaluation_first(const struct state *s);
/* Batch operations that have ended, and parts of them, from the one that ended first.
 */
u64 ended_batch_first(const struct state *s);
u64 ended_batch_work_first(const struct state *s);
u64 outbox_after(const struct state *s, u32 partition, u64 after_number);

/* The row that is due first, if it is due by `now`; and when the first one is due. */
bool state_due(const struct state *s, i64 now, enum table_id *table, u64 *key);
bool state_due_at(const struct state *s, i64 *when);

#endif
