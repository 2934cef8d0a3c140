/* internal.h - what the files of feel share: the shapes of values, the tree that the
 * parser makes, the state of one evaluation, and calendar arithmetic. */
#ifndef FEEL_INTERNAL_H
#define FEEL_INTERNAL_H

#include "base/trap.h"
#include "feel/feel.h"

/* ---- values ---------------------------------------------------------------------- */

enum moment_place { PLACE_LOCAL, PLACE_OFFSET, PLACE_ZONE };

/* A date has no time, a time no date: the kind of the value says which fields count. */
struct feel_moment {
    i32 year; /* proleptic Gregorian, with a year 0 */
    u8 month, day, hour, minute, second;
    u8 place; /* enum moment_place */
    i32 nanos;
    i32 offset;      /* seconds east; of a zone: what holds there at that moment */
    struct str zone; /* of PLACE_ZONE */
};

/* Lists and contexts that came as JSON are read one level when somebody looks. Only
 * list_read and context_read write to what is otherwise constant. */
struct feel_list {
    const struct feel_value *items; /* once read */
    size_t count;
    u32 height;      /* how deep lists and contexts nest in it, as far as it was read */
    struct str json; /* until then */
};

struct feel_context {
    const struct str *names; /* once read; in the order written */
    const struct feel_value *values;
    size_t count;
    u32 height;
    struct str json; /* until then */
};

/* Values that nest deeper could not be printed or compared without a deep stack. */
#define HEIGHT_MAX 500

u32 value_height(const struct feel_value *values, size_t count);

/* An end that is null was given as null, unless it is open: then nothing was given, as
 * in (< 5), and all on that side are in the range. */
struct feel_range {
    struct feel_value start, end;
    bool start_included, end_included;
    bool start_open, end_open;
    u8 point; /* OP_EQ: written (= x), OP_NE: (!= x), with x as both ends; else 0 */
};

struct node;
struct frame;
struct builtin;

struct feel_function {
    const struct builtin *builtin; /* or: */
    const struct feel_host *host;  /* or: */
    const struct node *node;       /* NODE_FUNCTION, */
    const struct frame *frame;     /* the names around it, */
    const struct feel_scope *scope;
    const struct feel_expr *expr; /* and where it stands */
};

static inline struct feel_value value_null(void)
{
    return (struct feel_value){.kind = FEEL_NULL};
}

static inline struct feel_value value_num(struct num n)
{
    return (struct feel_value){.kind = num_is_valid(n) ? FEEL_NUMBER : FEEL_NULL,
                               .number = n};
}

static inline struct feel_value value_span(enum feel_kind kind, i128 span)
{
    return (struct feel_value){.kind = kind, .span = span};
}

struct feel_value value_moment(enum feel_kind kind, const struct feel_moment *m,
                               struct arena *arena);

const struct feel_list *list_read(const struct feel_list *l, struct arena *arena);
const struct feel_context *context_read(const struct feel_context *c,
                                        struct arena *arena);
/* The place of a name in a context that was read; false: not there. */
bool context_find(const struct feel_context *c, struct str name, size_t *at);

/* A list that grows. */
struct items {
    struct arena *arena; /* borrowed */
    struct feel_value *data;
    size_t count, size;
};
void items_add(struct items *l, struct feel_value v);
struct feel_value items_list(const struct items *l);

/* Three-valued truth. */
enum truth { NO, YES, UNKNOWN };
static inline struct feel_value value_truth(enum truth t)
{
    return t == UNKNOWN ? value_null() : feel_boolean(t == YES);
}
static inline enum truth truth_of(const struct feel_value *v)
{
    return v->kind != FEEL_BOOLEAN ? UNKNOWN : v->boolean ? YES : NO;
}

/* Equality as `=` sees it: UNKNOWN for kinds that do not compare. *work grows by the
 * items that were compared. */
enum truth value_same(const struct feel_value *a, const struct feel_value *b,
                      enum feel_dialect dialect, struct arena *arena, u64 *work);
/* The same kind with the same components: 10:00Z is not 11:00+01:00. */
bool value_is(const struct feel_value *a, const struct feel_value *b,
              struct arena *arena);
/* False when there is no order between the two; else *order is -1, 0 or 1. */
bool value_order(const struct feel_value *a, const struct feel_value *b, int *order);
/* Whether the value lies in the range. */
enum truth range_has(const struct feel_range *r, const struct feel_value *v);

/* ---- JSON and text --------------------------------------------------------------- */

/* Whether all of the text is one JSON value; for text that nobody checked before. */
bool json_is_valid(struct str text, u32 depth);

enum print_form {
    PRINT_FEEL,    /* a literal that gives the value back */
    PRINT_STRING,  /* as the function string() has it */
    PRINT_CAMUNDA, /* the same in Camunda's way: {a:1} */
};
void value_print(struct buf *out, const struct feel_value *v, enum print_form form);
/* `keep_zone`: also the names of zones, in brackets. */
void value_to_json(struct buf *out, const struct feel_value *v, bool keep_zone);
void print_quoted(struct buf *out, struct str s);
void print_moment(struct buf *out, enum feel_kind kind, const struct feel_moment *m);
void print_duration(struct buf *out, enum feel_kind kind, i128 span);

/* ---- time ------------------------------------------------------------------------ */

#define NANOS_PER_SECOND 1000000000LL
#define SECONDS_PER_DAY  86400LL
#define NANOS_PER_DAY    (SECONDS_PER_DAY * NANOS_PER_SECOND)
/* The longest duration of days and time, as in Java: seconds that fit into 64 bits. */
#define NANOS_MAX  ((i128)INT64_MAX * NANOS_PER_SECOND + NANOS_PER_SECOND - 1)
#define YEAR_MAX   999999999
#define OFFSET_MAX (18 * 3600)

/* Down, not toward zero: of -1 by 60, -1 and 59. */
static inline i64 floor_div(i64 a, i64 b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static inline i64 floor_mod(i64 a, i64 b)
{
    return a - floor_div(a, b) * b;
}

i64 days_of_civil(i64 year, int month, int day); /* since 1970-01-01 */
void civil_of_days(i64 days, i64 *year, int *month, int *day);
int month_length(i64 year, int month);
int weekday_of_days(i64 days); /* 1: Monday .. 7 */

i64 moment_days(const struct feel_moment *m);      /* of its date */
i64 moment_day_nanos(const struct feel_moment *m); /* since midnight */
i64 moment_local_seconds(
    const struct feel_moment *m);                /* of its wall clock since 1970 */
i64 moment_seconds(const struct feel_moment *m); /* of the instant since 1970 */
bool moment_set_days(struct feel_moment *m, i64 days); /* false: beyond all years */
void moment_set_day_nanos(struct feel_moment *m, i64 nanos);
/* Adds to the wall clock. False: beyond all years. */
bool moment_add_months(struct feel_moment *m, i64 months);
bool moment_add_nanos(struct feel_moment *m, i128 nanos);
/* Looks the offset up again after the wall clock of a zoned moment changed; what fell
 * into a gap moves forward. False: no such zone. */
bool moment_settle(struct feel_moment *m, struct zones *zones);
/* The wall clock at that second in the place where m is. */
bool moment_set_seconds(struct feel_moment *m, i64 seconds, struct zones *zones);

bool read_date(struct str s, struct feel_moment *m);
bool read_time(struct str s, struct zones *zones, i64 now_ms, struct feel_moment *m);
bool read_date_time(struct str s, struct zones *zones, struct feel_moment *m);
bool read_duration(struct str s, struct feel_value *out);
/* What @"..." means: any of the above. */
bool read_temporal(struct str s, const struct feel_env *env, struct arena *arena,
                   struct feel_value *out);

/* The zone's seconds east of UTC at an instant. False: no such zone. UTC, GMT, Z and
 * "UTC+02:00" need no data. */
bool zone_offset_at(struct zones *zones, struct str zone, i64 seconds, i32 *offset);
/* At a wall clock: the earlier offset where there are two; where there is none, the one
 * before the gap (so that the instant comes out right), and *in_gap. */
bool zone_offset_of(struct zones *zones, struct str zone, i64 local, i32 *offset,
                    bool *in_gap);
bool read_offset(struct str s, i32 *offset); /* Z, +hh:mm, -hh:mm:ss */

/* ---- the tree -------------------------------------------------------------------- */

enum node_kind {
    NODE_LITERAL,    /* literal */
    NODE_AT,         /* name: the text of a temporal literal that needs a zone */
    NODE_NAME,       /* name */
    NODE_INPUT,      /* ? */
    NODE_PATH,       /* items[0] . name */
    NODE_FILTER,     /* items[0] [ items[1] ] */
    NODE_ARITHMETIC, /* items joined by ops, from the left */
    NODE_AND,        /* of all items */
    NODE_OR,
    NODE_NEGATE,    /* - items[0] */
    NODE_COMPARE,   /* items[0] op items[1] */
    NODE_BETWEEN,   /* items[0] between items[1] and items[2] */
    NODE_IN,        /* items[0] in any of the tests items[1..] */
    NODE_INSTANCE,  /* items[0] instance of type */
    NODE_IF,        /* items: condition, then, else */
    NODE_FOR,       /* domains in items, then what to return; names */
    NODE_SOME,      /* likewise */
    NODE_EVERY,     /*  */
    NODE_SPAN,      /* items[0] .. items[1] as a domain of for */
    NODE_RANGE,     /* items: start and end; op: which ends are included */
    NODE_LIST,      /* items */
    NODE_CONTEXT,   /* names, items */
    NODE_FUNCTION,  /* names and types of parameters; items[0]: the body; op 1: it
                        describes an external function */
    NODE_CALL,      /* items[0] ( items[1..] ), with names: one for each argument */
    NODE_TEST,      /* op items[0], a comparison with the input */
    NODE_TESTS,     /* any of items */
    NODE_NOT_TESTS, /* none of items */
    NODE_ANYTHING,  /* - */
};

enum op {
    OP_NONE,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_POW,
};

/* Of NODE_RANGE's op. */
enum {
    START_INCLUDED = 1,
    END_INCLUDED = 2,
    START_OPEN = 4,
    END_OPEN = 8,
    POINT_EQUAL = 16,
    POINT_OTHER = 32,
};

/* A type after `instance of` or of a parameter. */
struct type {
    enum type_kind {
        TYPE_ANY,
        TYPE_NULL,
        TYPE_KIND, /* a simple kind, or a list, context, range whose parts do not matter
                    */
        TYPE_LIST, /* of parts[0] */
        TYPE_RANGE,    /* of parts[0] */
        TYPE_CONTEXT,  /* with parts by names */
        TYPE_FUNCTION, /* parts: of the parameters, then of the result */
        TYPE_UNKNOWN,  /* a name that nobody knows: nothing is an instance of it */
    } kind;
    enum feel_kind value;
    struct type **parts;
    struct str *names;
    size_t count;
};

struct feel_type {
    struct type *type;
};

struct node {
    enum node_kind kind;
    u8 op;           /* enum op, or the flags of a range */
    bool uses_input; /* `?` stands in it */
    bool is_plain;   /* of a filter: can only be a number (then nothing is in scope) */
    u32 count;       /* of items */
    u32 at;          /* where in the text it begins; of a path, where its name does */
    struct node **items;
    u8 *ops; /* of NODE_ARITHMETIC: ops[i] joins items[i] and items[i + 1] */
    struct str name;
    struct str *names;   /* as many as items need; NULL: none */
    size_t name_count;   /* of NODE_FUNCTION */
    struct type **types; /* of parameters; entries may be NULL */
    const struct type *type;
    const struct builtin *builtin; /* of NODE_NAME and NODE_CALL: the first row */
    struct feel_value literal;
};

struct feel_expr {
    struct node *root;
    struct str text;
    struct str *reads;
    size_t read_count;
    bool has_functions; /* a frame may be kept by a function */
};

/* ---- words of the text ----------------------------------------------------------- */

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_STRING, /* text: with quotes and escapes */
    TOKEN_AT,     /* text: the string after @ */
    TOKEN_QUOTED, /* text: a name in backticks, without them */
    TOKEN_WORD,   /* name or keyword */
    TOKEN_MARK,   /* an operator or bracket */
    TOKEN_BAD,    /* text: what is wrong */
};

struct token {
    enum token_kind kind;
    struct str text;
    size_t at, end; /* offsets in the whole text */
};

struct token lex(struct str text, size_t at);
size_t lex_space(struct str text, size_t at); /* past white space and comments */
bool lex_is_name_start(u32 point);
bool lex_is_name_part(u32 point);
/* Whether `name` stands at `at`, white space being free around its words and marks, and
 * ends there; *end is past it. */
bool lex_name(struct str text, size_t at, struct str name, size_t *end);
/* A name that may have spaces with its white space brought into one form. */
struct str lex_tidy(struct str name, struct arena *arena);
/* The string that a literal with its quotes means. False: a bad escape. */
bool lex_unescape(struct str literal, struct arena *arena, struct str *out);

/* Lines and columns of an offset in the text. */
struct feel_place place_of(struct str text, size_t offset);

/* ---- evaluation ------------------------------------------------------------------ */

/* One name, or all entries of a context, that hide what is further up. */
struct frame {
    const struct frame *up; /* borrowed */
    struct str name;
    struct feel_value value;
    const struct feel_context *context; /* instead of name; may be NULL */
};

struct eval {
    const struct feel_env *env;
    const struct feel_expr *expr;
    struct arena *arena;
    const struct feel_scope *scope; /* where the running function was written */
    const struct frame *frame;
    struct feel_budget left;
    u64 draws;                     /* of random bits so far */
    const struct builtin *builtin; /* that runs; for notes */
    const struct node *node;       /* of expr, that is evaluated; likewise */
    struct regex_room *regex_room; /* made when first needed */
    struct str why;
    struct trap trap;
};

struct feel_value eval_node(struct eval *e, const struct node *n);
/* Nodes that have a file of their own: loop.c, compare.c. */
struct feel_value eval_filter(struct eval *e, const struct node *n);
struct feel_value eval_logic(struct eval *e, const struct node *n, enum truth decides);
struct feel_value eval_compare(struct eval *e, const struct node *n);
struct feel_value eval_between(struct eval *e, const struct node *n);
struct feel_value eval_in_tests(struct eval *e, const struct node *n);
struct feel_value eval_tests(struct eval *e, const struct node *n);
struct feel_value eval_instance(struct eval *e, const struct node *n);
struct feel_value eval_if(struct eval *e, const struct node *n);
struct feel_value eval_loop(struct eval *e, const struct node *n);

/* A frame in front of the others; not yet the one that counts. */
struct frame *eval_push(struct eval *e, const struct frame *up, struct str name,
                        struct feel_value value);
struct feel_value eval_input(struct eval *e); /* what ? stands for */
void eval_step(struct eval *e, u64 count);    /* gives up when there are none left */
_Noreturn void eval_give_up(struct eval *e, struct str why);
void eval_check_string(struct eval *e, size_t len);
void eval_check_list(struct eval *e, size_t count);
void eval_check_height(struct eval *e, const struct feel_value *v);
struct items eval_items(struct eval *e);
u64 eval_random(struct eval *e);
/* Null, and the note that says why. */
struct feel_value eval_null(struct eval *e, const char *type, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
struct str eval_text(struct eval *e, const struct feel_value *v); /* for notes */
enum truth eval_same(struct eval *e, const struct feel_value *a,
                     const struct feel_value *b);
struct feel_value eval_apply(struct eval *e, const struct feel_function *f,
                             const struct feel_value *args, size_t count);
struct feel_value eval_arithmetic(struct eval *e, enum op op,
                                  const struct feel_value *a,
                                  const struct feel_value *b);
struct feel_value eval_negate(struct eval *e, const struct feel_value *v);
struct feel_value eval_property(struct eval *e, const struct feel_value *v,
                                struct str name);
/* `names`: NULL, or the parameter that each argument is for. */
struct feel_value eval_apply_named(struct eval *e, const struct feel_function *f,
                                   const struct feel_value *args,
                                   const struct str *names, size_t count);
/* Whether the value is equal to the other, or lies or is contained in it. */
enum truth eval_in(struct eval *e, const struct feel_value *value,
                   const struct feel_value *other);
/* As feel_conform. */
struct feel_value type_conform(struct eval *e, const struct type *t,
                               const struct feel_value *v);
bool type_fits(struct eval *e, const struct type *t, const struct feel_value *v);

/* ---- built-ins ------------------------------------------------------------------- */

/* One row. Kinds of parameters, one letter each: s string, n number, b boolean, l list
 * (a single value counts as a list of one), c context, g range, f function, d date, t
 * time, m date and time, D days and time duration, Y years and months duration, a
 * anything but null, x anything, o anything, and null where a call with names leaves it
 * out, r all further arguments as a list. A capital S N B L
 * also lets null pass; what follows | may be left out (and is null then). */
struct builtin {
    const char *name;
    const char *parameters; /* names, with commas between */
    const char *kinds;
    struct feel_value (*call)(struct eval *e, const struct feel_value *args);
};

/* The first row of that name, or NULL; rows of one name stand together. */
const struct builtin *builtin_find(struct str name);
/* The longest name with white space in it that stands at `at`; NULL: none. */
const struct builtin *builtin_at(struct str text, size_t at, size_t *end);
/* `names`: NULL, or the parameter that each argument is for. */
struct feel_value builtin_call(struct eval *e, const struct builtin *first,
                               const struct feel_value *args, const struct str *names,
                               size_t count);

/* Null, with a note that the running built-in could not do it. */
struct feel_value builtin_fail(struct eval *e, const char *why);

/* ---- regular expressions (XPath and XQuery functions, 5.6) ----------------------- */

struct regex;
/* NULL: the pattern or the flags are not well-formed. */
struct regex *regex_get(struct eval *e, struct str pattern, struct str flags);
/* The next match from `at` on; the ends of the whole and of its groups lie in
 * spans[2 * i], spans[2 * i + 1], SIZE_MAX where a group took no part. */
#define REGEX_GROUPS_MAX 32
struct regex_match {
    size_t spans[2 * REGEX_GROUPS_MAX];
    size_t count; /* of groups, with the whole */
};
bool regex_next(struct eval *e, struct regex *r, struct str s, size_t at,
                struct regex_match *m);
size_t regex_groups(const struct regex *r);

/* Full case mapping where one character becomes others; returns bytes written (at most
 * 12). */
size_t case_upper(char *out, u32 point);
size_t case_lower(char *out, u32 point);
bool lex_is_space(u32 point);

/* The tables, one for each topic; an empty row ends each. */
extern const struct builtin builtins_number[], builtins_string[], builtins_list[],
    builtins_context[], builtins_time[], builtins_range[], builtins_logic[];

#endif
