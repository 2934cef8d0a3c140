/* build.h - what the files of this room share while a model is built. A part is an
 * element that is being built, with the XML it comes from; it lives in the scratch
 * arena and is gone when the model stands. Fault-finding goes on to the end: what is
 * wrong becomes a finding, and the part is treated as far as it can be.
 *
 *     parts.c     XML to parts: ids, kinds, who is inside whom
 *     links.c     flows, boundary events, the arrays of the elements
 *     refs.c      links by name, compensation by association
 *     details.c   what a part says of itself in its extension elements
 *     called.c    what it calls or refers to outside, and in which version
 *     people.c    user tasks and forms
 *     listeners.c execution listeners and task listeners
 *     multi.c     multi-instance activities and ad-hoc sub-processes
 *     events.c    which event it is; timers
 *     triggers.c  messages, signals, errors, escalations, conditions
 *     expr.c      expressions, and the paths that mappings lead to
 *     check.c     the rules between parts
 *     loops.c     loops that never wait
 *     lint.c      what may be deployed and is probably not meant
 *     features.c  what is executed so far
 *     findings.c  how all of it is told */
#ifndef MODEL_BUILD_H
#define MODEL_BUILD_H

#include "model/model.h"
#include "xml/xml.h"

#define BPMN  "http://www.omg.org/spec/BPMN/20100524/MODEL"
#define ZEEBE "http://camunda.org/schema/zeebe/1.0"

/* What elements of one BPMN name have in common; the rows are in parts.c. */
enum kind_traits {
    KIND_ACTIVITY = 1,
    KIND_SCOPE = 2, /* holds other elements */
    KIND_EVENT = 4,
    KIND_INPUTS = 8,
    KIND_OUTPUTS = 16,
    /* no engine of this dialect executes it: said in its words too */
    KIND_UNKNOWN = 32,
};

/* The rows of features.def; what belongs to none is always executed. */
enum feature {
    FEATURE_NONE,
#define FEATURE(name, is_executed, refusal) FEATURE_##name,
#include "model/features.def"
#undef FEATURE
};

struct kind {
    const char *name; /* local name in the BPMN namespace */
    enum element_type type;
    u32 traits;
    const char *refusal; /* the sentence that refuses it for ever; NULL: none */
    enum feature feature;
};

struct links {
    const struct element **list; /* in the model's arena */
    u32 count;
};

struct part {
    struct element *e; /* in the model's arena */
    const struct xml_node *xml;
    const struct kind *kind;
    struct part *scope, *next; /* next: in document order */
    struct part *source, *target, *attached_to;
    struct links incoming, outgoing, children, boundaries, starts, event_subs;
    u32 activity_count;                /* of its children */
    const struct xml_node *definition; /* of an event: its (first) definition */
    u32 definition_count;
    bool is_refused; /* not executed; nothing else of it is judged */
    bool is_dropped; /* leads nowhere and is left out */
};

/* A part, or what parts refer to: a message, a signal, an error, an escalation. */
struct id {
    struct str id;
    const struct xml_node *xml;
    struct part *part;
    /* of a message or signal: read once, however many events refer to it */
    struct expr name, key;
    bool is_name_read, is_key_read;
    u32 start_count;
};

struct association {
    const struct xml_node *xml;
    struct association *next;
};

struct finding {
    const struct xml_node *at;
    bool is_late; /* told after the others of its element: found by looking at FEEL */
    bool is_warning;
    u32 order;
    struct str head, text;
    struct finding *next;
};

struct build {
    struct model *model;
    struct arena *keep, *scratch; /* the model's own; gone when it stands */
    const struct model_options *options;
    bool is_strict;
    u64 seed; /* of the tables of ids: from the text, so that nobody chooses collisions
               */

    struct id *ids; /* open addressing; id_size is a power of two */
    u32 id_count, id_size;

    struct part *first, *last; /* all parts in document order */
    struct association *associations, **associations_end;
    u32 process_count, part_count;

    struct finding *findings, **findings_end;
    u32 finding_count;
};

struct model_entry {
    const struct element *e;
    const struct process *process;
};

struct model {
    struct arena arena;
    const struct element **by_tag;
    u32 tag_max;
    struct process *processes;
    u32 process_count;
    struct model_entry *by_id; /* open addressing; its size is a power of two */
    u32 by_id_size;
    u64 seed;
};

/* ---- findings.c ------------------------------------------------------------------ */

void finding_add(struct build *b, const struct xml_node *at, bool is_late,
                 struct str text);
/* With "element 'x' (line 12): " before the sentence, x being the element around it. */
void finding_add_here(struct build *b, const struct xml_node *at, struct str text);
/* Of a process as a whole. */
void finding_process(struct build *b, const struct part *process, struct str text);
void finding_warn(struct build *b, const struct xml_node *at, struct str text);

/* The same by printf rules; late is what an expression says. */
#define finding(b, at, ...) \
    finding_add((b), (at), false, arena_print((b)->scratch, __VA_ARGS__))
#define finding_late(b, at, ...) \
    finding_add((b), (at), true, arena_print((b)->scratch, __VA_ARGS__))
#define finding_here(b, at, ...) \
    finding_add_here((b), (at), arena_print((b)->scratch, __VA_ARGS__))

struct str findings_print(struct build *b);
struct model_finding *findings_list(struct build *b); /* the same, one by one */

/* ---- features.c ------------------------------------------------------------------ */

bool feature_is_on(const struct build *b, enum feature f);
/* Says at `at` that the feature is not there yet, and gives false, when it is not. */
bool feature_need(struct build *b, const struct xml_node *at, enum feature f);

/* ---- parts.c --------------------------------------------------------------------- */

bool parts_read(struct build *b, const struct xml_node *definitions);
struct id *id_find(struct build *b, struct str reference);
bool bool_read(struct str value, bool otherwise);
bool is_bpmn(const struct xml_node *n, const char *name);
bool is_zeebe(const struct xml_node *n, const char *name);
const struct xml_node *extension(const struct xml_node *n, const char *name);
u32 extensions_count(const struct xml_node *n, const char *name);

/* ---- links.c --------------------------------------------------------------------- */

void parts_link(struct build *b);
bool is_left_out(const struct build *b, const struct part *p);
void model_finish(struct build *b); /* the tables, when all is good */

/* ---- refs.c ---------------------------------------------------------------------- */

/* Before details are read: what throws compensation looks at the handlers. */
void compensation_link(struct build *b);
void compensation_read(struct build *b, struct part *p);
void link_name_read(struct build *b, struct part *p);
void link_events_link(struct build *b); /* when all have their names */

/* ---- details.c ------------------------------------------------------------------- */

void details_read(struct build *b, struct part *p);
void job_read(struct build *b, struct part *p);     /* zeebe:taskDefinition, if any */
void headers_read(struct build *b, struct part *p); /* zeebe:taskHeaders */

/* ---- called.c -------------------------------------------------------------------- */

/* The binding that `n` has, with its version tag where it needs one. */
enum binding binding_read(struct build *b, const struct xml_node *n, struct str *tag);
void call_read(struct build *b, struct part *p);
void decision_read(struct build *b, struct part *p);
void linked_resources_read(struct build *b, struct part *p);

/* ---- people.c, listeners.c, multi.c ---------------------------------------------- */

void user_task_read(struct build *b, struct part *p);
void start_form_read(struct build *b, struct part *p);
void listeners_read(struct build *b, struct part *p);
void loop_read(struct build *b, struct part *p);
void ad_hoc_read(struct build *b, struct part *p);

/* ---- events.c, triggers.c -------------------------------------------------------- */

/* Which event it is; called when the part is made, before it is linked. */
void event_classify(struct build *b, struct part *p);
void part_refuse(struct build *b, struct part *p, const char *why);
void event_read(struct build *b, struct part *p);
bool is_throw(const struct part *p);         /* an end or intermediate throw event */
bool is_process_start(const struct part *p); /* a start event of a process itself */

void message_read(struct build *b, struct part *p);
void receive_read(struct build *b, struct part *p);
/* The element publishes the message that `at` refers to itself, as `n` says. */
void publish_read(struct build *b, struct part *p, const struct xml_node *at,
                  const struct xml_node *n);
void signal_read(struct build *b, struct part *p);
void event_code_read(struct build *b, struct part *p); /* of an error or escalation */
void condition_read(struct build *b, struct part *p);

/* ---- expr.c ---------------------------------------------------------------------- */

enum expr_want { EXPR_ANY, EXPR_FEEL };

/* Reads `text`, found at `at`; what is wrong is a finding. Absent or empty is not set,
 * and a finding too when it is mandatory. */
struct expr expr_read(struct build *b, const struct xml_node *at, struct str text,
                      enum expr_want want);
struct expr expr_static(struct build *b, struct str text);
/* An attribute that must be present and not empty. */
struct str attribute_must(struct build *b, const struct xml_node *at, const char *name);
bool mapping_path_read(struct build *b, const struct xml_node *at, struct mapping *m);

/* The value of an expression that needs no variables, in the scratch arena. */
struct feel_value expr_value(struct build *b, const struct expr *e);
void timer_check(struct build *b, const struct part *p);
/* `name` is of the message or signal that starts a process; what: which of them. */
void start_name_check(struct build *b, struct part *p, struct expr *name,
                      const char *what);

/* ---- check.c, loops.c, lint.c ---------------------------------------------------- */

void part_check(struct build *b, struct part *p);
void loops_find(struct build *b);
void parts_lint(struct build *b); /* when all else is judged */

#endif
