/* dmn.h - decision models: from DMN XML to decisions that never change, and what they
 * decide. Versions 1.1 to 1.5, all boxed expressions, all hit policies, item
 * definitions, business knowledge models, decision services, imports. Knows nothing of
 * processes.
 *
 *     struct dmn *d;
 *     if (!dmn_parse(xml, &options, &d, &err)) ... err says why
 *     struct dmn_result r;
 *     dmn_decide(d, dmn_find(d, STR("dish")), &env, scratch, &r);
 *     if (r.failed) ... r.failure says why
 *     dmn_free(d);
 *
 * What a decision needs comes through the scope of the env, by name. Any number of
 * threads may decide with one model. Not done: PMML, and of Java only the functions of
 * a short list. Uses: feel, xml, base. Pure. */
#ifndef DMN_H
#define DMN_H

#include "feel/feel.h"

/* ---- reading --------------------------------------------------------------------- */

/* Brings the text of a model that another one imports. */
struct dmn_resolver {
    bool (*find)(const struct dmn_resolver *r, struct str uri, struct str location,
                 struct arena *arena, struct str *xml); /* false: there is none */
    const void *ctx;
};

struct dmn_options {
    /* FEEL_STANDARD: as DMN has it. What goes wrong in a decision makes it null and is
     * noted; an expression that cannot be read is null, a reference to nothing is
     * ignored, of two elements with one id the first counts, and all are findings; a
     * decision that the scope knows by name is taken from there, and only what is
     * required can be seen. FEEL_CAMUNDA: as Camunda 8 has it. All names of the scope
     * can be seen, values are not checked against allowed values, a violated hit policy
     * is a failure, and a model with such a finding is refused. */
    enum feel_dialect dialect;
    const struct dmn_resolver *resolver; /* NULL: nothing can be imported */
    size_t bytes;                        /* of one file */
    size_t memory;                       /* that the model may take in all */
};
extern const struct dmn_options dmn_options_default;

struct dmn;

/* ERR_SYNTAX: no XML, no DMN, a hit policy that is none, what requires itself;
 * ERR_LIMIT: too large, too deep. The text names line and element. */
bool dmn_parse(struct str xml, const struct dmn_options *options, struct dmn **out,
               struct err *err);
void dmn_free(struct dmn *d); /* NULL is fine */

/* What was read but is not as it should be, and where; borrowed from the model. */
struct dmn_finding {
    bool is_error;
    struct str element; /* id of the element; may be empty */
    u32 line;
    struct str cell; /* of a table: "rule 2, input 1"; else empty */
    struct str text; /* one line */
};
const struct dmn_finding *dmn_findings(const struct dmn *d, size_t *count);

/* Findings of another kind, for people who write models: cells that can never be of the
 * type of their column, which are errors; and as warnings rules that can never match,
 * gaps and overlaps of tables over simple inputs, inputs that nothing reads, names that
 * nothing brings (of FEEL_STANDARD, which knows what can be seen). Made in the arena. A
 * full arena springs its trap. */
const struct dmn_finding *dmn_check(const struct dmn *d, struct arena *arena,
                                    size_t *count);

/* ---- what is in it --------------------------------------------------------------- */

/*      name                  XML's word           */
#define DMN_KINDS(X)                             \
    X(DECISION_TABLE, "decisionTable")           \
    X(LITERAL_EXPRESSION, "literalExpression")   \
    X(CONTEXT, "context")                        \
    X(INVOCATION, "invocation")                  \
    X(LIST, "list")                              \
    X(RELATION, "relation")                      \
    X(FUNCTION_DEFINITION, "functionDefinition") \
    X(CONDITIONAL, "conditional")                \
    X(FOR, "for")                                \
    X(SOME, "some")                              \
    X(EVERY, "every")                            \
    X(FILTER, "filter")

/* How a decision is made. */
enum dmn_kind {
    DMN_UNKNOWN, /* it has no logic, its value is null */
#define X(name, word) DMN_##name,
    DMN_KINDS(X)
#undef X
};
const char *dmn_kind_name(enum dmn_kind kind); /* "DECISION_TABLE" */

struct dmn_decision {
    struct str id, name;
    struct str version_tag; /* zeebe:versionTag; empty: none */
    enum dmn_kind kind;
    u32 line;
    const struct dmn_decision *const *needs; /* required decisions */
    size_t need_count;
    const struct str *inputs; /* names of required input data */
    size_t input_count;
};

struct str dmn_id(const struct dmn *d); /* of the definitions, as the next two */
struct str dmn_name(const struct dmn *d);
struct str dmn_namespace(const struct dmn *d);

/* The model's own decisions, not those it imports, in the order written. */
size_t dmn_decision_count(const struct dmn *d);
const struct dmn_decision *dmn_decision_at(const struct dmn *d, size_t i);
/* By id, else by name; NULL: none. */
const struct dmn_decision *dmn_find(const struct dmn *d, struct str id_or_name);

struct dmn_service;
/* A decision service by id, else by name; NULL: none. */
const struct dmn_service *dmn_service_find(const struct dmn *d, struct str id_or_name);

/* ---- deciding -------------------------------------------------------------------- */

struct dmn_named {
    struct str id, name;
    struct feel_value value;
};

struct dmn_match {
    struct str id; /* of the rule */
    u32 index;     /* of the rule, from 1 */
    const struct dmn_named *outputs;
    size_t output_count;
};

/* One decision that was made; what only a table has is empty for others. */
struct dmn_evaluated {
    const struct dmn_decision *decision;
    struct feel_value output;
    const struct dmn_named *inputs; /* name: the label, else the expression, cut */
    size_t input_count;
    const struct dmn_match *matches;
    size_t match_count;
};

struct dmn_result {
    struct feel_value value;           /* null when it failed */
    const struct dmn_decision *failed; /* NULL: it did not */
    struct str failure;                /* why; lives in scratch or is constant */
    const struct dmn_evaluated *trace; /* required decisions before those that */
    size_t trace_count;                /* require them; the failed one is last */
};

/* The scope is asked for the names of the model's inputs; for an input of an imported
 * model as "{uri}name" first, then for an entry of the import's name, then by its name
 * alone. `env`'s dialect does not count, the model's does. Everything in the result
 * lives in scratch; a function in it can be shown, but not called any more. */
void dmn_decide(const struct dmn *d, const struct dmn_decision *decision,
                const struct feel_env *env, struct arena *scratch,
                struct dmn_result *out);

/* The value as the type of the input of that name reads it: text becomes the number,
 * date, time or duration that the type wants, also within lists and contexts. For what
 * comes from where there are no such values, as from JSON. What cannot be read, and
 * what has no type, stays as it is. */
struct feel_value dmn_read_input(const struct dmn *d, struct str input,
                                 const struct feel_value *v, const struct feel_env *env,
                                 struct arena *scratch);

/* Likewise a decision service: its input decisions and input data by name. One output
 * decision: its value; several: a context of them. */
void dmn_serve(const struct dmn *d, const struct dmn_service *service,
               const struct feel_env *env, struct arena *scratch,
               struct dmn_result *out);

#endif
