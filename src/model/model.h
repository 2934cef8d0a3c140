/* model.h - from BPMN XML to processes that never change.
 *
 *     struct model *m;
 *     if (!model_parse(xml, &options, arena, &m, &findings)) ... findings say why
 *     const struct process *p = model_process(m, STR("order"));
 *
 * An element is named in events and state by its tag: the ordinal number (from 1) of
 * its start tag among all start tags of the file. That follows from the bytes alone, so
 * it stays the same whatever a later release understands of the file.
 *
 * model_parse is strict: what we do not execute is an error that names the element;
 * features.def says which parts of BPMN that are read are executed.
 * model_load is lenient: for what was once accepted and stands in the log.
 *
 * Uses: feel, xml. Pure. */
#ifndef MODEL_H
#define MODEL_H

#include "base/arena.h"
#include "base/err.h"
#include "feel/feel.h"

/* ---- expressions: text that may be FEEL ------------------------------------------ */

/* `=` followed by something is FEEL; anything else is the text itself. */
struct expr {
    struct str text; /* as written; empty with is_set false: absent */
    struct str body; /* FEEL: what stands behind the `=`; static: the text */
    const struct feel_expr *feel; /* NULL: static */
    bool is_set;
};

/* One entry of an element's input or output mappings, in document order. */
struct mapping {
    struct expr source;     /* not set: null */
    struct str target;      /* as written: a.b.c */
    const struct str *path; /* target cut at its dots */
    u32 path_count;
    u32 line;
};

enum timer_kind { TIMER_NONE, TIMER_DURATION, TIMER_DATE, TIMER_CYCLE };

struct header {
    struct str key, value;
};

/* Which version of what an element refers to it means: the latest, the one of the same
 * deployment, the latest with a version tag. */
enum binding { BINDING_LATEST, BINDING_DEPLOYMENT, BINDING_VERSION_TAG };

/* A deployed resource whose key is told to the worker of a job. */
struct linked_resource {
    struct str id, type, link_name; /* link_name may be empty */
    enum binding binding;
    struct str version_tag;
};

/* ---- elements -------------------------------------------------------------------- */

/*      name              BPMN's word         */
#define ELEMENT_TYPES(X)        \
    X(PROCESS)                  \
    X(SUB_PROCESS)              \
    X(START_EVENT)              \
    X(INTERMEDIATE_CATCH_EVENT) \
    X(INTERMEDIATE_THROW_EVENT) \
    X(BOUNDARY_EVENT)           \
    X(END_EVENT)                \
    X(SERVICE_TASK)             \
    X(SEND_TASK)                \
    X(RECEIVE_TASK)             \
    X(USER_TASK)                \
    X(MANUAL_TASK)              \
    X(TASK)                     \
    X(SCRIPT_TASK)              \
    X(BUSINESS_RULE_TASK)       \
    X(EXCLUSIVE_GATEWAY)        \
    X(PARALLEL_GATEWAY)         \
    X(EVENT_BASED_GATEWAY)      \
    X(SEQUENCE_FLOW)            \
    X(EVENT_SUB_PROCESS)        \
    X(CALL_ACTIVITY)            \
    X(INCLUSIVE_GATEWAY)        \
    X(AD_HOC_SUB_PROCESS)

enum element_type {
    ELEMENT_UNSPECIFIED,
#define X(name) ELEMENT_##name,
    ELEMENT_TYPES(X)
#undef X
};
const char *element_type_name(enum element_type t); /* "SERVICE_TASK" */

/* Which trigger an event has. */
enum event_type {
    EVENT_TYPE_UNSPECIFIED, /* not an event */
    EVENT_TYPE_NONE,
    EVENT_TYPE_MESSAGE,
    EVENT_TYPE_TIMER,
    EVENT_TYPE_ERROR,
    EVENT_TYPE_TERMINATE,
    EVENT_TYPE_SIGNAL,
    EVENT_TYPE_ESCALATION,
    EVENT_TYPE_LINK,
    EVENT_TYPE_COMPENSATION,
    EVENT_TYPE_CONDITIONAL,
    EVENT_TYPE_CANCEL,
};

/* A job that an element asks for before it begins or before it ends; of a native user
 * task also at what happens to the task. */
enum listener_event {
    LISTENER_START,
    LISTENER_END,
    LISTENER_CREATING,
    LISTENER_ASSIGNING,
    LISTENER_UPDATING,
    LISTENER_COMPLETING,
    LISTENER_CANCELING,
};

struct listener {
    enum listener_event event;
    struct expr type, retries;
};

/* A multi-instance activity: once for each item of a collection. */
struct loop {
    bool is_sequential;
    struct expr input_collection;
    struct str input_element, output_collection; /* empty: none */
    struct expr output_element;                  /* set if output_collection is */
    struct expr completion_condition;            /* may be not set */
};

struct element {
    u32 tag;  /* see above */
    u32 line; /* of its start tag, for texts */
    enum element_type type;
    enum event_type event;
    struct str id, name;

    const struct element *scope; /* the process or sub-process around; NULL: process */
    /* of a scope: no flows, no boundary events, no event sub-processes */
    const struct element *const *children;
    u32 child_count;
    const struct element *none_start; /* of a scope: its none start event, or NULL */
    bool has_inclusive_join; /* of a scope: an inclusive gateway in it has several ways
                                in */

    const struct element *const *incoming, *const *outgoing; /* flows, document order */
    u32 incoming_count, outgoing_count;
    const struct element *default_flow; /* of a gateway; NULL: none */

    /* a sequence flow */
    const struct element *source, *target;
    struct expr condition;

    /* boundary events: of an activity those attached to it, in document order */
    const struct element *const *boundaries;
    u32 boundary_count;
    const struct element *attached_to; /* of a boundary event */
    bool is_interrupting; /* of a boundary event, of an event sub-process's start */

    /* what it waits for or throws; the name of a process's message start event is its
     * value, and static, since it had to be constant */
    struct expr message_name, correlation_key;
    enum timer_kind timer;
    struct expr timer_value;
    bool catches_all;       /* an error catch without code */
    struct expr error_code; /* static for catches; may be FEEL for error end events */

    /* a job worker's element, user tasks by job included (their type and retries are
     * set); has_job false: it has none of its own */
    bool has_job;
    struct expr job_type, job_retries, job_priority;
    const struct header *headers; /* custom headers, document order */
    u32 header_count;

    const struct linked_resource *linked_resources; /* for the worker */
    u32 linked_resource_count;

    /* it publishes its message itself (zeebe:publishMessage) and has no job: what goes
     * with the name and the key */
    bool publishes_message;
    struct expr message_id, time_to_live;

    /* a user task by job: what goes into its reserved headers when it is set */
    struct expr assignee, candidate_groups, candidate_users, due_date, follow_up_date;
    struct str form_key; /* as it goes into the header; empty: none */

    /* a script task by expression */
    struct expr script;
    struct str result_variable;

    const struct mapping *inputs, *outputs;
    u32 input_count, output_count;

    const struct loop *loop;          /* NULL: once */
    const struct listener *listeners; /* in document order */
    u32 listener_count;

    /* a scope: its event sub-processes in document order; of an event sub-process: its
     * start event, whose is_interrupting says what it does to the scope around */
    const struct element *const *event_sub_processes;
    u32 event_sub_process_count;
    const struct element *start;

    struct expr signal_name;
    struct expr escalation_code; /* static for catches, where catches_all may be true */
    struct str link_name;
    const struct element *link_target; /* of a link throw event: the catch event */
    struct expr event_condition;       /* of a conditional event */
    bool on_create, on_update;         /* which changes of variables it looks at */
    const struct str *watched;         /* of which variables */
    u32 watched_count;

    bool is_transaction; /* of a sub-process: a cancel end event in it undoes it */

    /* compensation: of an activity its handler (by way of its boundary event), of a
     * throw or end event the one activity that it is for (NULL: all of the scope) */
    bool is_for_compensation;
    const struct element *compensation_boundary, *compensation_handler;
    const struct element *compensation_activity;

    /* a call activity, a called decision, a form: whom, and which version */
    struct expr called_id; /* process id or decision id */
    enum binding binding;
    struct str version_tag;
    bool passes_parent_variables, passes_child_variables;

    /* a user task that the engine itself keeps (zeebe:userTask); forms by id also of
     * user tasks by job and of none start events */
    bool is_native;
    struct expr priority; /* of a native user task always set */
    struct expr form_id, external_reference;
    enum binding form_binding;
    struct str form_version_tag;

    /* an ad-hoc sub-process: what begins with it, when it is done */
    struct expr active_elements, completion_condition;
    bool cancels_remaining;
    struct str output_collection;
    struct expr output_element;

    const struct header *properties; /* zeebe:properties, kept for those who ask */
    u32 property_count;
    struct str documentation;
};

/* Those of the file that are not executable are not there at all. */
struct process {
    struct str id, name, version_tag;
    const struct element *root; /* of type PROCESS; its tag names the process */
    const struct element *const *starts; /* all start events of the process itself */
    u32 start_count;
    bool is_executable;
};

struct model; /* owned by who parsed it: one arena, freed by model_free */

/* ---- reading --------------------------------------------------------------------- */

struct model_options {
    size_t memory;       /* most bytes that a model may take, e.g. 256 MiB */
    u32 depth;           /* of XML elements, e.g. 200 */
    i64 now;             /* for start timers that are tried without variables */
    struct zones *zones; /* for the same; may be NULL */
    bool all_features;   /* accept also what features.def says is not executed yet */
};
extern const struct model_options model_options_default;

/* All that is wrong, in the format of behaviours 6.2: `- Element: <path>` newline, then
 * `    - ERROR: <message>` newline, in document order; `- Process: <id>` before a loop
 * that never waits. After 12 KiB of text the rest is only counted. For what is not of
 * one element (broken XML), the plain text with line and column, without a newline.
 * Lives in `arena`. */
bool model_parse(struct str xml, const struct model_options *options,
                 struct arena *arena, struct model **out, struct str *findings);
bool model_load(struct str xml, const struct model_options *options, struct model **out,
                struct err *err);
/* What is wrong in a model, or may be deployed and is probably not meant, one by one:
 * for people who write models. */
struct model_finding {
    bool is_error;      /* else a warning */
    u32 line;           /* of the element; 0: the text says it */
    struct str element; /* id of the closest element that has one; may be empty */
    struct str path;    /* as model_parse has it: `task1 > extensionElements` */
    struct str text;
};

/* The errors are those of model_parse, all of them and with the same texts; a file
 * without errors can be deployed. Warnings are of gateways without a way out, elements
 * that are never reached, errors and escalations that nothing throws or nothing
 * catches, compensation that never runs, numbers where text must be. In document order;
 * lives in `arena`. */
const struct model_finding *model_lint(struct str xml,
                                       const struct model_options *options,
                                       struct arena *arena, size_t *count);

void model_free(struct model *m); /* NULL is fine */
size_t model_size(const struct model *m);

u32 model_process_count(const struct model *m);
const struct process *model_process_at(const struct model *m, u32 i);
const struct process *model_process(const struct model *m, struct str id);

/* The element with this tag, flows included; NULL: none that a process executes. */
const struct element *model_element(const struct model *m, u32 tag);
/* The element with this id in this process; NULL: none. */
const struct element *process_element(const struct model *m, const struct process *p,
                                      struct str id);

#endif
