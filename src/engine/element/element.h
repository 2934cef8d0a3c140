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
    element_verb *enter; /* before ELEMENT_ACTIVATED */
    element_verb
        *entered;         /* after it, if enter was DONE or WAIT; what it says counts */
    element_verb *finish; /* before ELEMENT_COMPLETED */
    element_verb *ended;  /* after it, instead of taking the outgoing flows */
    /* Joins only: are the tokens there to enter? */
    bool (*may_enter)(const struct step *s, u64 scope, const struct element *e);
};

extern const struct element_ops scope_ops, event_ops, gateway_ops, job_ops, wait_ops;

/* What a type of element does by its row in elements.def. */
struct element_kind {
    const struct element_ops *ops;
    bool maps_in, maps_out;
};
const struct element_kind *element_kind_of(const struct element *e);

/* ---- what families and commands share (phase.c) ---------------------------------- */

/* A new instance of an element within a scope begins: ELEMENT_ACTIVATING, and a to-do
 * to carry it on. `near` is any row of the same process instance; tokens may be NULL.
 */
u64 element_begin(struct step *s, const struct element *e, u64 scope,
                  const struct element_row *near, const struct u64_list *tokens);
void element_begin_process(struct step *s, u64 process, u64 instance);

/* Ends an element instance from outside; true at once or when its children have ended.
 */
void element_terminate(struct step *s, u64 key);

/* Something in this scope has ended: if it was the last, the scope goes on. */
void scope_check(struct step *s, u64 scope);

/* Raises the incident and is FAILED. */
enum went failed(struct step *s, const struct visit *v, const struct failure *f);

/* The trigger's variables become local ones of an event that was triggered elsewhere.
 */
bool event_is_triggered_elsewhere(const struct element *e);

#endif
