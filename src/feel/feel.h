/* feel.h - the FEEL expression language. Knows nothing of processes or decisions. A
 * compiled expression never changes; any number of threads may evaluate it.
 *
 *     struct feel_expr *e;
 *     if (!feel_compile(keep, FEEL_EXPRESSION, STR("a + 1"), NULL, &e, &err)) ...
 *     struct feel_value v = feel_eval(e, &env, scratch);
 *     if (v.kind == FEEL_NUMBER) ...
 *
 * Evaluation always returns: what cannot be computed is null, and a note says why; what
 * exceeds a limit or its arena is GAVE_UP. Uses: base. Pure. */
#ifndef FEEL_H
#define FEEL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/num.h"

enum feel_kind {
    FEEL_NULL,
    FEEL_BOOLEAN,
    FEEL_NUMBER,
    FEEL_STRING,
    FEEL_DATE,
    FEEL_TIME,
    FEEL_DATE_TIME,
    FEEL_DAYS_TIME_DURATION,    /* span in nanoseconds */
    FEEL_YEARS_MONTHS_DURATION, /* span in months */
    FEEL_LIST,
    FEEL_CONTEXT,
    FEEL_RANGE,
    FEEL_FUNCTION,
    FEEL_GAVE_UP, /* also when assert() found its condition not true */
};

struct feel_moment; /* date, time or date-time with its offset or zone */
struct feel_list;
struct feel_context;
struct feel_range;
struct feel_function;

struct feel_value {
    enum feel_kind kind;
    union {
        bool boolean;
        struct num number; /* decimal, 34 digits */
        struct str string; /* GAVE_UP: which limit was reached, or what was asserted */
        i128 span;
        const struct feel_moment *moment; /* these live in the arena that they were */
        const struct feel_list *list;     /* made in, like the string */
        const struct feel_context *context;
        const struct feel_range *range;
        const struct feel_function *function;
    };
};

enum feel_form { FEEL_EXPRESSION, FEEL_UNARY_TESTS };

/* Names that may contain spaces or operators and are known where the expression will be
 * evaluated; the parser takes the longest that fits. NULL: plain names only. */
struct feel_names {
    const struct str *names;
    size_t count;
    /* Types that the caller defines, and as which FEEL type each is read:
     * "list<number>", "context<a: tOther>". They may use each other, but not
     * themselves. */
    const struct str *types, *type_texts;
    size_t type_count;
};

struct feel_expr;

/* Parse `text`; what was made lives in `keep` and borrows nothing from `text`.
 * ERR_SYNTAX names line, column and what was expected. */
bool feel_compile(struct arena *keep, enum feel_form form, struct str text,
                  const struct feel_names *names, struct feel_expr **out,
                  struct err *err);

/* The top-level names that the expression may read (roots of paths; no built-ins), each
 * once, so that a caller can see which variables matter. Borrowed from the expression.
 */
const struct str *feel_reads(const struct feel_expr *e, size_t *count);

/* A call that stands in an expression, for who must know of it without evaluating that:
 * all calls of the built-in of that name, in the order of the text. Made in the arena;
 * borrowed from the expression. */
struct node;
struct feel_call {
    const struct node *node;
};
size_t feel_calls(const struct feel_expr *e, struct str name, struct arena *arena,
                  const struct feel_call **out);
/* The argument for this parameter, if it is a plain variable or a path (a.b), as text.
 * False: it is something else, or not there. */
bool feel_call_path(const struct feel_call *c, struct str parameter,
                    struct arena *arena, struct str *out);

/* What tests accept, when they are simple: literals, ranges of literals, comparisons
 * with literals. A bound that is null: nothing bounds it on that side. */
struct feel_interval {
    struct feel_value low, high;
    bool low_included, high_included;
};
/* False: not that simple. Made in the arena. */
bool feel_tests_intervals(const struct feel_expr *tests, struct arena *arena,
                          const struct feel_interval **out, size_t *count);

/* A type: "number", "list<context<a: string>>", "function<number> -> string", or one
 * that `names` defines. */
struct feel_type;
bool feel_compile_type(struct arena *keep, struct str text,
                       const struct feel_names *names, struct feel_type **out,
                       struct err *err);
/* The value as one of that type: itself where it is one; x for [x] and [x] for x where
 * that is one (DMN 1.5, 10.3.2.9.4); a date as its midnight in UTC where a date and
 * time is wanted; else null. GAVE_UP beyond the default limits. */
struct feel_value feel_conform(const struct feel_type *t, const struct feel_value *v,
                               struct arena *scratch);

/* ---- where names get their values ------------------------------------------------ */

struct feel_scope {
    /* True, and the value (made in scratch) of this name; false: there is no such. */
    bool (*get)(const struct feel_scope *s, struct str name, struct arena *scratch,
                struct feel_value *out);
    const void *ctx;
};

/* Time zones by name. The owner brings the bytes (TZif) of a zone when it is first
 * asked for, and what was parsed is kept; the same name must always give the same
 * bytes. One thread at a time may use them. */
struct zones;
struct zones *zones_open(bool (*bring)(void *ctx, struct str name, struct arena *arena,
                                       struct str *tzif),
                         void *ctx);
void zones_close(struct zones *z);

struct feel_limits {
    u64 steps; /* of the evaluator; a loop's turn, a call, a compared item each cost one
                */
    u32 depth; /* of calls and nesting */
    u32 string; /* bytes of one string */
    u32 list;   /* items of one list */
};
extern const struct feel_limits feel_limits_default;

/* What is left for several evaluations that belong together. */
struct feel_budget {
    u64 steps;
    u32 depth; /* that they already nest in */
};

enum feel_dialect { FEEL_CAMUNDA, FEEL_STANDARD };

struct feel_external;

/* Where in an expression something is. */
struct feel_place {
    struct str text;  /* of the whole expression, borrowed from it; empty: in none */
    size_t at;        /* bytes before the place */
    u32 line, column; /* from 1; columns are characters */
};

struct feel_env {
    const struct feel_scope *scope; /* NULL: no names */
    i64 now;                        /* ms since 1970; what now() and today() say */
    struct zones *zones;            /* NULL: UTC and offsets only */
    struct str zone;                /* name of the system's own zone; empty: UTC */
    struct feel_limits limits;
    struct feel_budget *budget; /* borrowed; counts on; NULL: each has limits.steps */
    enum feel_dialect dialect;
    u64 seed; /* what uuid() and random number() follow from */
    const struct feel_external *external; /* NULL: there are no external functions */
    /* Told each thing that made a value null, as "[NO_VARIABLE_FOUND] No variable found
     * with name 'x'" (the types of behaviours 10.5). May be NULL. */
    void (*note)(const struct feel_env *env, struct str warning);
    void *note_ctx;
    struct feel_place *place; /* borrowed; NULL, or set to what a note is about before
                                 it is told */
};

struct feel_value feel_eval(const struct feel_expr *e, const struct feel_env *env,
                            struct arena *scratch);

/* The argument of a call for this parameter, evaluated by itself; null: not there. */
struct feel_value feel_call_value(const struct feel_call *c, struct str parameter,
                                  const struct feel_env *env, struct arena *scratch);

/* ---- functions from outside ------------------------------------------------------ */

/* The names of the built-in functions, from 0, some more than once; empty: no more. */
struct str feel_builtin_name(size_t i);

/* A function that its owner computes. `call` gets one argument for each parameter, in
 * their order. The env is the caller's, its scope and its budget for what the function
 * may evaluate in turn. What it returns may be GAVE_UP, which ends the evaluation that
 * called it. */
struct feel_host {
    struct feel_value (*call)(const struct feel_host *h, const struct feel_env *env,
                              const struct feel_value *args, struct arena *scratch);
    const struct str
        *names; /* of the parameters; borrowed as long as the value lives */
    size_t count;
    const void *ctx;
};
struct feel_value feel_function_of(const struct feel_host *h, struct arena *scratch);

/* Calls a function. `names`: NULL, or the parameter that each argument is for. What is
 * no function is null, and noted. */
struct feel_value feel_apply(const struct feel_value *function,
                             const struct feel_value *args, const struct str *names,
                             size_t count, const struct feel_env *env,
                             struct arena *scratch);

/* What a function outside FEEL is: function(a, b) external {java: {class: "...",
 * method signature: "..."}}. Its body's value and the arguments come here; NULL in the
 * env: null. */
struct feel_external {
    struct feel_value (*call)(const struct feel_external *x,
                              const struct feel_context *body,
                              const struct feel_value *args, size_t count,
                              struct arena *scratch);
};

/* ---- values in and out ----------------------------------------------------------- */

/* From JSON text that json_canonical let pass. An object or array may be read only when
 * somebody looks into it. Borrows from the text. */
struct feel_value feel_from_json(struct str json, struct arena *scratch);
/* To JSON text: numbers with the fewest digits and without exponent where that is
 * short, temporal values as ISO 8601 strings, functions and ranges as null (ranges as
 * text). */
void feel_to_json(struct buf *out, const struct feel_value *v);
/* To FEEL text, as a literal that gives the value back. */
void feel_print(struct buf *out, const struct feel_value *v);

struct feel_value feel_string(struct str s); /* borrows */
struct feel_value feel_number(i64 n);
struct feel_value feel_boolean(bool b);
bool feel_equal(const struct feel_value *a, const struct feel_value *b);
/* *order is -1, 0 or 1; false before true. False: there is no order between them. */
bool feel_order(const struct feel_value *a, const struct feel_value *b, int *order);

size_t feel_list_count(const struct feel_list *l);
struct feel_value feel_list_at(const struct feel_list *l, size_t i,
                               struct arena *scratch);
bool feel_context_get(const struct feel_context *c, struct str name,
                      struct arena *scratch, struct feel_value *out);
/* The entries in the order written; an index beyond them is a null without a name. */
size_t feel_context_count(const struct feel_context *c, struct arena *scratch);
struct feel_value feel_context_at(const struct feel_context *c, size_t i,
                                  struct arena *scratch, struct str *name);
struct feel_value feel_list_of(const struct feel_value *items, size_t count,
                               struct arena *scratch);
struct feel_value feel_context_of(const struct str *names,
                                  const struct feel_value *values, size_t count,
                                  struct arena *scratch);

/* "STRING", "NUMBER", "DAYS_TIME_DURATION" ... as behaviours 1.3 names result types:
 * NULL BOOLEAN NUMBER STRING DURATION PERIOD DATE DATE_TIME (with a zone or offset;
 * LOCAL_DATE_TIME without) TIME ARRAY OBJECT UNKNOWN. */
const char *feel_type_name(const struct feel_value *v);

/* ---- time, for timers ------------------------------------------------------------ */

/* An ISO 8601 duration: P1Y2M3DT4H5M6S, also negative and with a fraction of a second,
 * also with W and with both years/months and days/time parts. All letters but the T may
 * be small. */
struct feel_span {
    i64 months, days; /* days apart from nanos: a day may be 23 or 25 hours */
    i128 nanos;
};
bool feel_read_span(struct str text, struct feel_span *out);
/* The span of a duration value; false for any other kind. */
bool feel_span_of(const struct feel_value *v, struct feel_span *out);
void feel_print_span(struct buf *out, const struct feel_span *s);

/* A date and time with offset or zone ("2019-10-01T12:00:00Z",
 * "...+02:00[Europe/Berlin]", "...@Europe/Berlin") as ms since 1970. False for anything
 * else, also for a local date and time. */
bool feel_read_instant(struct str text, struct zones *zones, i64 *ms);
bool feel_instant_of(const struct feel_value *v, struct zones *zones, i64 *ms);

/* Later by the span, in the given zone's calendar where it has months or days (empty:
 * UTC), by the clock otherwise. Saturates. */
i64 feel_later(i64 ms, const struct feel_span *s, struct zones *zones, struct str zone);

/* The next moment strictly after `ms` that a cron text of six fields (sec min hour dom
 * mon dow; Spring's rules: nicknames, L, LW, nW, L-n, d#n, dL, names) names, in the
 * zone. False with ERR_SYNTAX for a bad text; *next = -1 when there is no such moment.
 */
bool feel_cron_next(struct str text, i64 ms, struct zones *zones, struct str zone,
                    i64 *next, struct err *err);

#endif
