/* private.h - what the files of dmn share: the model, its reading, and one run. */
#ifndef DMN_PRIVATE_H
#define DMN_PRIVATE_H

#include "base/trap.h"
#include "dmn/dmn.h"
#include "xml/xml.h"

/* ---- the model ------------------------------------------------------------------- */

/* An expression and its text; without `feel`: absent, or not readable. */
struct code {
    const struct feel_expr *feel;
    struct str text;
    bool is_broken; /* a finding says why */
};

/* An item definition, or a component of one. */
struct item {
    struct str name;
    struct str word;   /* by which types of other items name it, unique in the model */
    struct str text;   /* what it is, as a FEEL type */
    struct str simple; /* the type of FEEL that its typeRef names */
    const struct xml_node *xml;
    struct file *file;
    const struct feel_type *type; /* NULL: anything */
    const struct item *base;      /* what its typeRef names; NULL: a type of FEEL */
    struct item *parts;
    size_t part_count;
    struct code allowed;    /* of the value, or of each in a collection */
    struct code constraint; /* of the whole value (DMN 1.5) */
    bool is_collection;
    bool is_read, is_busy;
};

/* The type that a value must have where it passes; NULL everywhere: any. */
struct border {
    const struct feel_type *type;
    const struct item *item; /* NULL: a type of FEEL */
    struct str name;         /* as written */
    struct str simple;       /* the type of FEEL */
};

enum hit { UNIQUE, FIRST, PRIORITY, ANY, COLLECT, RULE_ORDER, OUTPUT_ORDER };
enum aggregation { AGGREGATE_NONE, SUM, COUNT, MIN, MAX };

struct input {
    struct str id, label;
    struct code expr, allowed;
    const struct border *type; /* of the expression */
};

struct output {
    struct str id, name, label;
    struct code allowed;       /* as tests */
    struct code values;        /* as a list: the order of priorities */
    struct code fallback;      /* when no rule matches */
    const struct border *type; /* of a single value; NULL: any, or not known */
};

struct rule {
    struct str id;
    u32 line;
    struct code *tests;   /* for each input; absent: any value */
    struct code *outputs; /* for each output */
};

struct table {
    struct str id;
    u32 line;
    enum hit hit;
    enum aggregation aggregation;
    struct input *inputs;
    struct output *outputs;
    struct rule *rules;
    size_t input_count, output_count, rule_count;
    struct code aggregate;
    bool has_fallback;
};

enum language { LANGUAGE_FEEL, LANGUAGE_JAVA, LANGUAGE_PMML };

/* A boxed expression. */
struct box {
    enum dmn_kind kind;
    struct str id;
    u32 line;
    const struct border *type;
    struct code code; /* of a literal; what is called; how an iterator iterates */
    /* Entries, items, bindings, cells row by row; the domain and body of an iterator;
     * condition, then, else; the body of a function. */
    struct box **items;
    size_t count;
    struct str *names; /* of entries (the result has none), bindings, columns, */
    const struct border **types; /* parameters */
    size_t name_count;
    struct table *table;
    enum language language;
};

enum element_kind { INPUT, DECISION, KNOWLEDGE, SERVICE };

struct need {
    struct element *element;
    struct str import; /* under which it is known; empty: by its own name */
};

struct dmn_service {
    struct element **outputs, **inputs;
    size_t output_count, input_count;
};

struct element {
    struct dmn_decision face; /* id, name and line of all kinds */
    enum element_kind kind;
    size_t place; /* among all elements of the model */
    struct file *file;
    const struct xml_node *xml;
    struct str variable;
    const struct border *type;
    struct need *needs;
    size_t need_count;
    struct box *logic; /* of knowledge: a function */
    struct dmn_service service;
    enum { UNSEEN, BUSY, SEEN } visit; /* of the search for cycles */
};

struct import {
    struct str name, uri;
    struct file *file;
};

/* One XML text: the model itself, or one that it imports. */
struct file {
    struct str id, name, uri;
    struct xml_node *xml;
    struct import *imports;
    size_t import_count;
    struct item *items;
    size_t item_count;
    struct file *next;
    struct str *types, *type_texts; /* what feel_names wants */
    size_t type_count;
};

struct finding_node {
    struct dmn_finding finding;
    struct finding_node *next;
};

#define READERS 7

struct dmn {
    struct arena arena;
    enum feel_dialect dialect;
    struct file *files; /* the model itself first */
    size_t file_count;
    struct element **elements;
    size_t element_count;
    const struct dmn_decision **decisions;
    size_t decision_count;
    bool has_constraints;         /* some item has allowed values */
    struct code readers[READERS]; /* of text, by the places in the table of types */
    struct dmn_finding *findings;
    size_t finding_count;
    struct finding_node *hints; /* what dmn_check tells, and only reading knows */
};

/* ---- reading --------------------------------------------------------------------- */

/* Names that grow, and are cut back when a scope ends. */
struct words {
    struct str *data;
    size_t count, size;
};

struct build {
    struct dmn *dmn;
    struct arena *keep;
    const struct dmn_options *options;
    struct err *err;
    struct trap trap;
    struct file *file; /* that is being read */
    const struct element *element;
    struct words scope; /* the names that an expression may use here */
    struct words parts; /* names of components and entries anywhere in the model */
    u32 depth;          /* of what refers to what */
    struct finding_node *first, **last, **last_hint;
};

void words_add(struct build *b, struct words *w, struct str word);
struct str words_tidy(struct build *b, struct str name);

_Noreturn void build_fail(struct build *b, enum err_code code,
                          const struct xml_node *at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* What makes a part of the model useless: a finding in the standard's dialect, the end
 * in Camunda's. */
void build_flaw(struct build *b, const struct xml_node *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

bool is_dmn(const struct xml_node *n, const char *name); /* of any version */
struct xml_node *dmn_child(const struct xml_node *n, const char *name);
struct xml_node *dmn_next(const struct xml_node *n, const char *name); /* sibling */
size_t dmn_children(const struct xml_node *n, const char *name);
struct str dmn_get(const struct xml_node *n, const char *name);
/* The text of the child `text` of the child `name`, or of `n` itself for "". */
struct str dmn_text(const struct xml_node *n, const char *name);

struct code code_read(struct build *b, const struct xml_node *at, enum feel_form form,
                      struct str text);

/* types.c */
void items_collect(struct build *b, struct file *f);
void items_read(struct build *b);
const struct border *border_read(struct build *b, const struct xml_node *at,
                                 struct str ref);

/* Of what a function gives: the type may be that of the function or of its result. */
const struct border *border_result(struct build *b, const struct border *type);

/* boxes.c, tables.c */
struct box *box_read(struct build *b, const struct xml_node *n);
struct box *box_in(struct build *b, const struct xml_node *parent); /* NULL: none */
struct box *function_read(struct build *b, const struct xml_node *n);
struct table *table_read(struct build *b, const struct xml_node *n);

/* ---- deciding -------------------------------------------------------------------- */

struct slot {
    bool is_done, is_busy;
    struct feel_value value;
};

struct run {
    const struct dmn *dmn;
    const struct feel_scope *inputs; /* the caller's */
    struct feel_env env;
    struct feel_budget budget;
    struct feel_external external; /* Java */
    struct arena *scratch;
    struct trap trap;
    const struct element *wanted;   /* the decision that was asked for */
    const struct element *first;    /* that, or the service */
    const struct element *deciding; /* the innermost decision that is being made */
    struct dmn_evaluated *current;  /* what is known of it so far */
    size_t open;                    /* decisions that are being made */
    struct str failure;
    struct dmn_evaluated *trace;
    size_t trace_count, trace_size;
    u64 draws;
};

/* What is known of the elements: of a whole decision, or within one call of a decision
 * service, which sees nothing but what it was given. */
struct memo {
    struct run *run;
    struct slot *slots; /* by place */
    bool is_closed;     /* of a service */
};

/* Where names get their values; the innermost first. */
struct scope {
    struct feel_scope face; /* first, so that the one is the other */
    const struct scope *up;
    struct memo *memo;
    const struct element *element;      /* the names it requires; or: */
    const struct feel_context *context; /* all entries; or: */
    struct str name;                    /* one name */
    struct feel_value value;
};

struct scope *scope_push(const struct scope *up, struct str name,
                         struct feel_value value);

_Noreturn void run_fail(struct run *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* What is an error in a decision: noted and null in the standard, else a failure. */
struct feel_value run_error(struct run *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void run_step(struct run *r, size_t count);
struct str run_text(struct run *r, const struct feel_value *v); /* short */
struct feel_value code_eval(struct run *r, const struct code *c, const struct scope *s);
bool code_is_true(struct run *r, const struct code *c, const struct scope *s);
/* Whether the tests hold for the value. */
bool code_holds(struct run *r, const struct code *tests, struct feel_value value,
                const struct scope *s);
struct feel_value border_pass(struct run *r, const struct border *b,
                              struct feel_value v);

/* What text within the value means to the type; never an error. */
struct feel_value border_read_text(struct run *r, const struct border *b,
                                   struct feel_value v);

struct feel_value box_eval(const struct box *b, const struct scope *s);
struct feel_value table_eval(const struct table *t, const struct scope *s,
                             struct dmn_evaluated *trace);
struct feel_value java_call(const struct feel_external *x,
                            const struct feel_context *body,
                            const struct feel_value *args, size_t count,
                            struct arena *scratch);

#endif
