/* behave.h - what commands and elements share: expressions in the scope of an element
 * instance, variables, mappings, what is waited for, what is thrown. */
#ifndef BEHAVE_H
#define BEHAVE_H

#include "engine/step.h"
#include "json/json.h"

/* An element instance in hand: who it is, what it is, where it stands. */
struct visit {
    u64 key;
    const struct element_row *row; /* as of when it was read */
    const struct element *element;
    /* A gateway's ways on, found before its end, and what its trigger has brought. */
    const struct element *const *chosen;
    u32 chosen_count;
    struct str brought;
    u64 called; /* the process that a call activity has found */
    u32 items;  /* how many a loop goes through; `brought` has them */
};

/* One of several instances of its element: of a loop, or what stands around an element
 * of an ad-hoc sub-process. Its boundary events, its compensation and what follows are
 * not its own. */
static inline bool row_is_part(const struct element_row *row)
{
    return row->loop_counter || row->is_inner;
}

/* False: there is no such element instance (any more). */
bool visit_get(struct step *s, u64 key, struct visit *v);

/* Why something that the process's author wrote could not be done. */
struct failure {
    enum problem problem;
    struct str message;
    u64 scope; /* whose variables it was computed from */
};

/* The incident of this element instance, or of its job. */
void incident(struct step *s, const struct visit *v, const struct failure *f);
void incident_job(struct step *s, u64 job, const struct failure *f);
/* All incidents of an element instance are over. */
void incidents_resolve(struct step *s, u64 element_instance);

bool may(struct step *s, enum permission permission);

/* ---- expr.c: false, and what is wrong -------------------------------------------- */

/* Names that are known beside the variables, while mappings are computed. */
struct overlay;

/* Everything that is given back lives in the step's arena. */
bool expr_string(struct step *s, u64 scope, const struct expr *e, struct str *out,
                 struct failure *f);
bool expr_i64(struct step *s, u64 scope, const struct expr *e, i64 *out,
              struct failure *f);
bool expr_boolean(struct step *s, u64 scope, const struct expr *e,
                  const struct overlay *over, bool *out, struct failure *f);
/* The same of a conditional event, which waits also for its variables: null is false.
 */
bool expr_condition(struct step *s, u64 scope, const struct expr *e,
                    const struct overlay *over, bool *out, struct failure *f);
/* A list, as JSON; and how long it is. */
bool expr_list(struct step *s, u64 scope, const struct expr *e, struct str *out,
               u32 *count, struct failure *f);
bool expr_json(struct step *s, u64 scope, const struct expr *e,
               const struct overlay *over, struct str *out, struct failure *f);
/* A correlation key: text, or a number as text. */
bool expr_key(struct step *s, u64 scope, const struct expr *e, struct str message_name,
              struct str *out, struct failure *f);
/* A list of texts as JSON; a static value is cut at its commas. Null: empty. */
bool expr_texts(struct step *s, u64 scope, const struct expr *e, struct str *out,
                struct failure *f);
/* The variables that the expression wants a language model to fill in, by calls of
 * fromAi: a JSON object each, added to the list. */
void expr_parameters(struct step *s, const struct expr *e, struct buf *list);
/* A date-time as ISO text; null: empty. */
bool expr_date(struct step *s, u64 scope, const struct expr *e, struct str *out,
               struct failure *f);

/* When a timer is due first, and how often it will be (-1: for ever). */
struct schedule {
    i64 due, repetitions;
};
bool expr_timer(struct step *s, u64 scope, const struct element *e,
                struct schedule *out, struct failure *f);
/* Of a repeating timer whose next date is not known. */
#define DUE_NEVER INT64_MAX

/* When a timer that was due at `due` is due again. */
bool expr_timer_again(struct step *s, u64 scope, const struct element *e, i64 due,
                      i64 *next, struct failure *f);

/* An expression of a client: `=` and FEEL, or a static value. Its names are those of
 * the document and what the element instance sees (0: nothing). In the step's arena. */
bool expr_free(struct step *s, u64 scope, struct str text, struct str variables,
               struct str *out, struct text_list *warnings, struct str *why);
/* `camunda`, which has the cluster variables, unless a variable hides it (feel-dmn 1).
 */
bool cluster_names_get(struct step *s, struct str name, struct arena *scratch,
                       struct feel_value *out);

/* What expressions are computed with here; no names, and nobody who takes notes. */
struct feel_env expr_env(struct step *s);

#define NOTES_MAX 10

/* What FEEL warned of: the first ones. */
struct notes {
    struct arena *arena; /* of the texts */
    struct str items[NOTES_MAX];
    u32 count;
};
/* For the env's `note`, with struct notes as its context. */
void notes_take(const struct feel_env *env, struct str warning);
struct text_list notes_list(const struct notes *n, struct arena *arena); /* copied */

/* ---- binding.c ------------------------------------------------------------------- */

/* The version that an element of this process means: the latest; the one of the
 * process's own deployment; the latest with the version tag. 0: there is none. */
struct bound {
    enum versioned kind;
    struct str id;
    enum binding binding;
    struct str version_tag;
};
u64 binding_find(struct step *s, u64 process, const struct bound *b);

/* ---- decision.c ------------------------------------------------------------------ */

/* From what a decision is made. */
struct decision_from {
    const struct visit *visit; /* the variables that this element instance sees; or */
    struct str variables;      /* a JSON object */
};
/* Makes it and says so in an event; false: it could not be made, and that is said.
 * `out` is good until the next expression is computed. */
bool decision_make(struct step *s, u64 decision, const struct decision_from *from,
                   struct decision_evaluated *out);

/* ---- variable.c ------------------------------------------------------------------ */

/* The visible variable of this name, from the scope upward; NULL: none. */
const struct variable_row *variable_visible(struct step *s, u64 scope, struct str name);
/* The name of its type, as clients know them; NULL is NIL. */
const char *variable_type(const struct variable_row *v);
void variable_set_local(struct step *s, u64 scope, u64 instance, struct str name,
                        struct str value);
void variables_set_local(struct step *s, u64 scope, u64 instance, struct str document);
/* Behaviours 10.1: each goes to the nearest scope from here up that has it, else to the
 * process instance. */
void variables_merge(struct step *s, u64 scope, u64 instance, struct str document);
/* What a client sets: one or the other of these two, and the key of the change. */
u64 variables_change(struct step *s, u64 scope, u64 instance, struct str document,
                     bool is_local);
/* Is it one of these? No names want all. */
bool names_want(struct text_list names, struct str name);
/* What a scope sees, as a JSON object: all of it, or these names. */
struct str variables_collect(struct step *s, u64 scope, struct text_list names);
struct str variables_local(struct step *s, u64 scope, struct text_list names);

/* ---- condition.c ----------------------------------------------------------------- */

/* Variables of an instance that change together: whoever waits for that gets to know it
 * once. */
struct changes {
    u64 instance;
    bool is_looked_at; /* by a condition of the instance; else nothing is listed */
    struct buf list;   /* of struct variable_change */
};
void changes_begin(struct step *s, struct changes *c, u64 instance);
void changes_add(struct step *s, struct changes *c, u64 scope, struct str name,
                 bool is_created);
void changes_end(struct step *s, const struct changes *c);

/* ---- mapping.c ------------------------------------------------------------------- */

/* The result of an element's mappings as a JSON object, nothing set yet. */
bool mapping_compute(struct step *s, u64 scope, const struct mapping *mappings,
                     u32 count, bool merges, struct str *out, struct failure *f);
/* A name more, with a value; for what is known only while something is computed. */
struct overlay *overlay_new(struct step *s);
void overlay_set(struct step *s, struct overlay *o, struct str name, struct str value);
bool overlay_get(const struct overlay *o, struct str name, struct str *out,
                 struct arena *arena);

/* ---- catches.c: messages and timers that an element waits for -------------------- */

/* Elements of one process and those that take their place in another one. */
struct element_pairs {
    const struct element *const *from, *const *to;
    u32 count;
};
const struct element *pair_to(const struct element_pairs *p, u32 from);

struct catch;
struct catches {
    struct catch *first, **end;
    const struct element_pairs *taken; /* what takes a place is open already */
    struct failure failure;
};

/* Evaluate all that this element instance will wait for: its own event, the events
 * behind an event-based gateway, its boundary events. Nothing is opened; false: f says
 * why. */
bool catches_prepare(struct step *s, const struct visit *v, struct catches *c,
                     struct failure *f);
/* The boundary events of a sub-process, when its start event completes. */
bool catches_prepare_scope(struct step *s, const struct visit *scope, struct catches *c,
                           struct failure *f);
void catches_open(struct step *s, const struct visit *v, const struct catches *c);
void catches_close(struct step *s, u64 element_instance);
/* An element instance that is now one of another process, as `v` shows it: events that
 * it waited for give way to those that take their place, others end, and what is new is
 * opened. False: that could not be computed, and the step must be undone. */
bool catches_migrate(struct step *s, const struct visit *v,
                     const struct element_pairs *pairs, struct failure *f);

/* Has something come that it goes on with, or that ends it? What an event sub-process
 * was begun with is not meant. */
bool is_triggered(struct step *s, u64 element_instance);

/* Would this element instance take a trigger for this event now? */
bool accepts_trigger(struct step *s, u64 element_instance,
                     const struct element *target);
/* Something has come for an element instance: for itself, for one of its boundary
 * events, for an event behind the gateway that it is, or for the start event of an
 * event sub-process in the scope that it is. It accepts_trigger. */
void trigger(struct step *s, const struct visit *v, const struct element *target,
             struct str variables, bool is_error);

/* ---- suspension.c ---------------------------------------------------------------- */

/* The instance goes on, with what was held, and workers are told of its jobs; or it
 * does so only to end, and what clients wanted of it is dropped. */
void instance_resume(struct step *s, u64 root, bool is_to_end);

/* ---- throw.c: BPMN errors -------------------------------------------------------- */

struct catcher {
    u64 element_instance;
    const struct element *event; /* a boundary event, or an event sub-process's start */
};

/* Who catches this error, from the element instance upward. False: nobody; `codes` then
 * says which codes were there to catch, for the text. */
bool error_catcher(struct step *s, u64 from, struct str code, struct catcher *out,
                   struct str *codes);
/* The same of an escalation; one that nobody catches does no harm. */
bool escalation_catcher(struct step *s, u64 from, struct str code, struct catcher *out);
struct str error_text(struct step *s, struct str code, struct str message,
                      struct str codes);

/* ---- starts.c: what starts instances of the latest version ----------------------- */

void starts_close(struct step *s, u64 process);
/* False: an expression could not be computed; those before it are open. */
bool starts_open(struct step *s, u64 process, struct failure *f);
/* Could its timers be opened now? (False: as above, and nothing was done.) */
bool starts_check(struct step *s, const struct process *p, struct failure *f);
/* The version that is the latest without this one; 0: none. */
u64 starts_before(struct step *s, const struct process_row *row);

/* ---- start.c
 * ------------------------------------------------------------------------------------
 */

/* Start an instance: by its none start event, or by another with what its trigger
 * brought. Returns its key; nothing of it has run yet. */
u64 instance_start(struct step *s, u64 process, const struct instance_row *more,
                   struct str variables, u64 parent);
/* The same, and nothing of it is there yet, not even its process. */
u64 instance_make(struct step *s, u64 process, const struct instance_row *more,
                  struct str variables);

#endif
