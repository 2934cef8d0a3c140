/* element.h - what every family of BPMN elements can be asked to do, and the common
 * order of every element (behaviours 4.3), which lives once, in phase.c:
 *
 *   ELEMENT_ACTIVATING   input mappings   enter     ELEMENT_ACTIVATED   entered
 *   ELEMENT_COMPLETING   variables, output mappings   finish   ELEMENT_COMPLETED flows
 *   ELEMENT_TERMINATING  what it waits for is closed   ELEMENT_TERMINATED
 *
 * One to-do (ELEMENT_RUN) carries an element as far as it goes: until it waits, fails
 * or ends. Whatever can fail in a phase comes before the phase's first emit, so a phase
 * that failed leaves nothing but its incident, and is done again when that is resolved.
 */
#ifndef ELEMENT_H
#define ELEMENT_H

#include "engine/behave/behave.h"

enum went {
    DONE,   /* the next phase follows */
    WAIT,   /* something else will go on from here */
    FAILED, /* an incident was raised and nothing else emitted in this phase */
};

typedef enum went element_verb(struct step *s, struct visit *v);

/* One per family. NULL means: nothing special, DONE. */
struct element_ops {
    element_verb *mapped; /* after the input mappings, of which it is a part */
    element_verb *enter;  /* before ELEMENT_ACTIVATED */
    element_verb
        *entered;         /* after it, if enter was DONE or WAIT; what it says counts */
    element_verb *finish; /* before ELEMENT_COMPLETED */
    element_verb *ended;  /* after it; WAIT: the outgoing flows are not taken */
};

extern const struct element_ops scope_ops, event_ops, gateway_ops, job_ops, wait_ops,
    call_ops, multi_ops, task_ops, ad_hoc_ops;

/* What a type of element does by its row in elements.def; the body around the instances
 * of a loop has a kind of its own. */
struct element_kind {
    const struct element_ops *ops;
    bool maps_in, maps_out;
};
const struct element_kind *element_kind_of(const struct visit *v);

/* ---- what families and commands share (phase.c) ---------------------------------- */

/* A new instance of an element within a scope begins: ELEMENT_ACTIVATING, and a to-do
 * to carry it on. `near` is any row of the same process instance. An element with a
 * loop begins as the body of it, unless loop_counter says which of its instances it is.
 */
struct begin {
    u64 scope;
    const struct element_row *near;
    struct u64_list tokens; /* that it consumes */
    u64 trigger;            /* a row that it consumes */
    u32 loop_counter;
    u64 loop_at;
    bool is_inner; /* it stands around an element that begins ad hoc */
};
u64 element_begin(struct step *s, const struct element *e, const struct begin *b);
void element_begin_process(struct step *s, u64 process, u64 instance, u64 parent);
/* The same without the to-do. */
u64 element_make(struct step *s, const struct element *e, const struct begin *b);
void element_make_process(struct step *s, u64 process, u64 instance, u64 parent);

/* The tokens that a join takes: one of each incoming flow that has one. */
struct u64_list element_tokens(struct step *s, u64 scope, const struct element *e);

/* What has come for an element instance, to be used when it goes on. */
void element_triggered(struct step *s, u64 key, u64 instance,
                       const struct element *target, struct str variables,
                       bool is_error);

/* Ends an element instance from outside; true at once or when its children have ended.
 */
void element_terminate(struct step *s, u64 key);
void job_cancel(struct step *s, u64 element_instance); /* if it has one */

/* The same at once with all that is in it, and nothing follows from it. */
void element_remove(struct step *s, u64 key);

/* Something in this scope has ended: if it was the last, the scope goes on. */
void scope_check(struct step *s, u64 scope);

/* Raises the incident and is FAILED. */
enum went failed(struct step *s, const struct visit *v, const struct failure *f);

/* listener.c: the job of the next listener of this phase; WAIT: it is out. DONE: there
 * is none. And what a listener has brought, when its job is done. */
enum went listener_go(struct step *s, struct visit *v, enum listener_event event);
void listener_completed(struct step *s, const struct job_row *j, struct str variables);

/* task.c: user tasks that the engine itself keeps. A change of one begins with this
 * event; whoever asks for it is answered when the task's listeners are through. */
void task_change(struct step *s, u64 key, enum event_kind kind,
                 const struct user_task_changing *c);
/* Variables that a client sets at a user task are a change of it when a listener asks
 * for its changes: they are set, and the client is answered, after the last of those.
 * False: it is no such task, and nothing has happened. */
bool task_variables_set(struct step *s, u64 element_instance,
                        const struct variables_set *c);
bool task_change_is_valid(struct step *s,
                          const struct user_task_change *c); /* NULL is */
void task_values_change(struct user_task_values *v, const struct user_task_change *c);
/* A listener's job: may it be completed so? And what follows when it is. */
bool task_listener_may(struct step *s, u64 job, const struct job_row *j,
                       const struct job_complete *c);
void task_listener_completed(struct step *s, const struct job_row *j,
                             const struct job_complete *c);
struct user_task_properties *task_properties(struct step *s, const struct job_row *j);
/* The variables that a job gets: what its element sees; a task's listener also what the
 * task is completed or changed with. Of the step. */
struct str task_listener_variables(struct step *s, const struct job_row *j,
                                   struct text_list names);
/* The element is tried again. False: it has no task. */
bool task_resumes(struct step *s, u64 element_instance);
/* The element ends from outside. True: it has a task, and goes on (element_terminated)
 * when that has ended, maybe at once. */
bool task_cancel(struct step *s, u64 element_instance);
void task_remove(struct step *s, u64 element_instance); /* at once */

/* Everything in it has ended: its last event, and what follows. */
void element_terminated(struct step *s, u64 key);

/* job.c: a job for an element, with nothing that is computed. */
struct job_row job_of_element(struct step *s, const struct visit *v,
                              enum job_kind kind);
/* Type, retries and computed headers of the job that an element asks for. */
bool job_prepare(struct step *s, const struct visit *v, struct job_row *job,
                 struct failure *f);

/* What a worker gets to see of a job's headers: those of the model, then those
 * that were computed when it was made. A job that has come from another process has
 * all of them with it. */
struct str job_headers(struct step *s, const struct job_row *j);
/* What it is and which event it listens to, in the protocol's words. */
struct str job_kind_name(const struct job_row *j);
struct str job_event_name(const struct job_row *j);

/* gateway.c: does it wait for tokens of several flows, and are they there? */
bool gateway_joins(const struct element *e);
bool gateway_may_enter(struct step *s, u64 scope, const struct element *e);

/* multi.c: an instance of a loop is about to complete. FAILED: an incident on it. */
enum went multi_child_ends(struct step *s, struct visit *child);
/* ... and the body of a loop has lost one, and may go on. */
void multi_check(struct step *s, u64 body);
/* The list of results of a body, as far as they are there. */
struct str multi_results(struct step *s, u64 body);
/* The variable that a result is read from, and that is therefore made beforehand: the
 * root of an expression that is a plain variable or a path; empty: it is something
 * else. */
struct str multi_result_name(const struct expr *result);

/* ad_hoc.c: is it an ad-hoc sub-process itself, and not what stands around one of its
 * elements or around its instances? */
bool ad_hoc_is(const struct visit *v);
/* Its variables: what can begin in it, and the list of its results. */
void ad_hoc_offer(struct step *s, const struct visit *v);
void ad_hoc_variables(struct step *s, const struct visit *v);
/* The scope of one element that begins in it, with these variables. */
u64 ad_hoc_inner(struct step *s, const struct visit *v, struct str variables);
/* Something in it is about to complete. FAILED: an incident on that. */
enum went ad_hoc_child_ends(struct step *s, struct visit *child);
/* Would it end when nothing lives in it? True of everything else. */
bool ad_hoc_may_end(const struct visit *v);
/* Somebody wants these elements to begin, and what is there to end. False: one of them
 * is not there, and the command has been refused. */
bool ad_hoc_check(struct step *s, const struct visit *v,
                  const struct ad_hoc_element_list *elements);
void ad_hoc_activate(struct step *s, const struct visit *v,
                     const struct ad_hoc_element_list *elements,
                     bool cancels_remaining);
/* Its job: may it be completed so? And what follows when it is. */
bool ad_hoc_job_may(struct step *s, const struct job_row *j,
                    const struct job_complete *c);
void ad_hoc_job_completed(struct step *s, const struct job_row *j,
                          const struct job_complete *c);

/* compensation.c: an activity that completes may be undone later; a throw event has it
 * done now; a handler has ended. */
void compensation_subscribe(struct step *s, const struct visit *v);
enum went compensation_throw(struct step *s, struct visit *v);
void compensation_handled(struct step *s, const struct visit *handler);

/* transaction.c: a cancel end event stands; the last thing beside it in its transaction
 * has ended, so that it goes on (true); and what was done there is undone now (true: it
 * waits for that). At its own end the transaction is left by its cancel boundary event.
 */
enum went transaction_cancel(struct step *s, struct visit *v);
bool transaction_empties(struct step *s, u64 scope, const struct element_row *row);
bool transaction_undoes(struct step *s, struct visit *v);
void transaction_leave(struct step *s, const struct visit *v);

/* refs.c: the form that a task shows (0: none by id), and the files for the worker of a
 * job (empty: none), as JSON. False: one is not there. */
bool form_find(struct step *s, const struct visit *v, u64 *form, struct failure *f);
bool linked_resources_find(struct step *s, const struct visit *v, struct str *json,
                           struct failure *f);

/* decision.c: a business rule task whose decision is made here begins. */
enum went decision_enter(struct step *s, struct visit *v);

/* call.c: a called process has ended; what it brings home. */
void call_completed(struct step *s, const struct visit *called);

/* reach.c: elements that begin where somebody wants them to, and not where a flow leads
 * (behaviours 15.2). The scopes around are those that are there, or made at once:
 * without start event, mappings and listeners, but with all that they wait for. */
struct reach {
    u64 instance;
    const struct element *element;
    u64 ancestor; /* below this element instance all scopes are new; 0: found */
    struct variable_instruction_list variables;
};

enum reach_fault {
    REACH_GOOD,
    REACH_MANY,  /* a scope has several instances, and no ancestor says which */
    REACH_LOOP,  /* a scope with a loop would have to be made */
    REACH_GOING, /* a scope is about to be interrupted */
    REACH_REST,  /* the process has not begun yet, or is ending: listeners are out */
};
/* May it begin there? `at` is the scope that is in the way. */
enum reach_fault reach_check(struct step *s, const struct reach *r,
                             const struct element **at);

/* Why a scope that was made cannot stand: its events cannot be waited for. */
struct reach_failure {
    const struct element *scope;
    struct failure failure;
};
/* False: the step must be undone. */
bool reach_process(struct step *s, u64 process, u64 instance, struct reach_failure *f);
bool reach_begin(struct step *s, const struct reach *r, struct reach_failure *f);

/* Can it be begun at? The other types, as a text. */
bool reach_may_begin(const struct element *e);
struct str reach_types(struct step *s);

/* Is it the start event of an event sub-process? */
bool event_is_start(const struct element *e);

/* The trigger's variables become local ones of an event that was triggered elsewhere.
 */
bool event_is_triggered_elsewhere(const struct element *e);

#endif
