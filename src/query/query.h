/* query.h - what a search asks for: a filter, an order and a page, read from JSON and
 * checked against the columns that the rows have. Who has the rows carries it out.
 *
 *     struct query q;
 *     if (!query_parse(&words, json, arena, &q, &wrong)) ... 400, wrong says why
 *
 * Uses: feel (dates), json, base. Pure. */
#ifndef QUERY_H
#define QUERY_H

#include "base/arena.h"
#include "feel/feel.h"
#include "json/json.h"

/* ---- columns --------------------------------------------------------------------- */

enum column_type {
    COLUMN_KEY,      /* digits in a string; 0: null */
    COLUMN_NAME,     /* text */
    COLUMN_TEXT,     /* text; empty: null */
    COLUMN_CHOICE,   /* one of `values` */
    COLUMN_NUMBER,   /* a whole number of 32 bits */
    COLUMN_FLAG,     /* true or false */
    COLUMN_TIME,     /* milliseconds since 1970, shown as ISO 8601; 0: null */
    COLUMN_DATE,     /* a date and time as text; empty: null */
    COLUMN_TEXTS,    /* an array of texts; a filter fits when it fits one of them */
    COLUMN_TAGS,     /* the same; a filter names an array, all of which must be there */
    COLUMN_DOCUMENT, /* JSON */
    COLUMN_NOTHING,  /* what nothing live has: null */
    COLUMN_VARIABLES, /* a filter only: values of variables of the scope with this key
                       */
    COLUMN_REFUSED,   /* a filter that we do not know how to answer */
};

/* What it is there for. */
/* What it is there for; and: it is never null. */
enum column_use { SHOWN = 1, FILTER = 2, SORT = 4, FILLED = 8 };

/* clang-format off */
/* What the protocol knows, between spaces. */
#define JOB_WORDS                                               \
    " CANCELED COMPLETED CREATED ERROR_THROWN FAILED MIGRATED " \
    "PRIORITY_UPDATED RETRIES_UPDATED TIMEOUT_UPDATED TIMED_OUT "
#define BATCH_WORDS \
    " ACTIVE CANCELED COMPLETED CREATED FAILED PARTIALLY_COMPLETED SUSPENDED "
#define BATCH_TYPES                                                               \
    " ADD_VARIABLE CANCEL_PROCESS_INSTANCE DELETE_DECISION_DEFINITION "           \
    "DELETE_DECISION_INSTANCE DELETE_PROCESS_DEFINITION DELETE_PROCESS_INSTANCE " \
    "MIGRATE_PROCESS_INSTANCE MODIFY_PROCESS_INSTANCE RESOLVE_INCIDENT "          \
    "RESUME_PROCESS_INSTANCE SUSPEND_PROCESS_INSTANCE UPDATE_JOB UPDATE_VARIABLE "
#define TASK_WORDS                                                                  \
    " CREATING CREATED ASSIGNING UPDATING COMPLETING COMPLETED CANCELING CANCELED " \
    "FAILED "
#define LISTENER_WORDS                                                \
    " ASSIGNING BEFORE_ALL CANCEL CANCELING COMPLETING CREATING END " \
    "START UNSPECIFIED UPDATING "
#define PROBLEM_WORDS                                                 \
    " AD_HOC_SUB_PROCESS_NO_RETRIES CALLED_DECISION_ERROR "           \
    "CALLED_ELEMENT_ERROR CONDITION_ERROR DECISION_EVALUATION_ERROR " \
    "EXECUTION_LISTENER_NO_RETRIES EXTRACT_VALUE_ERROR "              \
    "FORM_NOT_FOUND IO_MAPPING_ERROR JOB_NO_RETRIES "                 \
    "MESSAGE_SIZE_EXCEEDED RESOURCE_NOT_FOUND "                       \
    "SECRET_RESOLUTION_ERROR TASK_LISTENER_NO_RETRIES "               \
    "UNHANDLED_ERROR_EVENT UNKNOWN UNSPECIFIED "
#define ELEMENT_WORDS                                                \
    " UNSPECIFIED PROCESS SUB_PROCESS EVENT_SUB_PROCESS "            \
    "AD_HOC_SUB_PROCESS AD_HOC_SUB_PROCESS_INNER_INSTANCE "          \
    "START_EVENT INTERMEDIATE_CATCH_EVENT INTERMEDIATE_THROW_EVENT " \
    "BOUNDARY_EVENT END_EVENT SERVICE_TASK RECEIVE_TASK USER_TASK "  \
    "MANUAL_TASK TASK EXCLUSIVE_GATEWAY INCLUSIVE_GATEWAY "          \
    "PARALLEL_GATEWAY EVENT_BASED_GATEWAY SEQUENCE_FLOW "            \
    "MULTI_INSTANCE_BODY CALL_ACTIVITY BUSINESS_RULE_TASK "          \
    "SCRIPT_TASK SEND_TASK UNKNOWN "
/* clang-format on */

struct value {
    u64 number; /* KEY, NUMBER, FLAG, TIME, VARIABLES; DATE: when it is */
    struct str text;
};

struct column {
    const char *name;
    enum column_type type;
    u32 use;
    const char *values; /* of a CHOICE, between spaces */
};

bool type_is_text(enum column_type type); /* do filters compare it as text? */
/* `*` any run, `?` one character, `\` takes the next one as it is. */
bool text_is_like(struct str text, struct str pattern);

/* ---- queries --------------------------------------------------------------------- */

enum operator{
    OP_EQ,
    OP_NEQ,
    OP_GT,
    OP_GTE,
    OP_LT,
    OP_LTE,
    OP_IN,
    OP_NOT_IN,
    OP_LIKE,
    OP_EXISTS,
};

struct condition {
    const struct column *column;
    enum operator op;
    const struct value *values; /* IN, NOT_IN and TAGS: several; else one */
    u32 count;
    struct str name;        /* VARIABLES: of which variable */
    struct condition *next; /* all of a list must hold */
};

struct alternative {
    struct condition *conditions;
    struct alternative *next; /* one of them must hold */
};

#define SORTS_MAX 32

struct query {
    struct condition *conditions;
    struct alternative *alternatives; /* NULL: none asked for */
    struct {
        const struct column *column;
        bool is_descending;
    } sorts[SORTS_MAX];
    u32 sort_count;
    u32 skip, limit;
    struct str after, before; /* places in the order; NULL data: none */
};

/* What may be asked for. Borrowed. */
struct query_words {
    const struct column *columns;
    u32 count;
    struct zones *zones; /* for times in filters; may be NULL */
};

/* `json` is canonical and borrowed for as long as `out` is used, like the arena. False:
 * *wrong (in the arena) is a sentence for whoever asked. */
bool query_parse(const struct query_words *words, struct str json, struct arena *arena,
                 struct query *out, struct str *wrong);

/* The value that a column is said to be equal to, in all that fits; 0: none. */
u64 query_key(const struct query *q, const char *column);

/* The value as clients see it. */
/* 2026-11-24T08:00:00.123Z of ms since 1970; and quoted, or null for 0. */
void query_print_moment(struct buf *out, i64 ms);
void query_print_time(struct buf *out, i64 ms);
void query_print_value(struct buf *out, const struct column *c, const struct value *v);

/* Places in an order are bytes, as text: RFC 4648, section 4. */
void base64_put(struct buf *b, struct str s);

#endif
