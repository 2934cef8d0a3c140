/* slow.h - a second evaluator for a core of FEEL, over a tree of its own: what DMN 1.5,
 * 10.3.2 says, written down as simply as it goes. It takes no text: whoever makes a
 * term prints it for the other evaluator. */
#ifndef SLOW_SLOW_H
#define SLOW_SLOW_H

#include "base/arena.h"
#include "t/slow/decimal.h"

struct slow_value {
    enum slow_kind {
        SLOW_NULL,
        SLOW_BOOLEAN,
        SLOW_NUMBER,
        SLOW_STRING,
        SLOW_LIST,
        SLOW_CONTEXT,
        SLOW_RANGE, /* of two numbers: items */
    } kind;
    bool boolean;
    bool start_included, end_included;
    struct decimal number;
    const char *string;
    size_t count;
    const struct slow_value **items;
    const char **names; /* of a context's items */
};

struct term {
    enum term_kind {
        TERM_LITERAL,
        TERM_NAME,
        TERM_ADD, /* of[0] + of[1], and so on */
        TERM_SUB,
        TERM_MUL,
        TERM_DIV,
        TERM_EQ,
        TERM_NE,
        TERM_LT,
        TERM_LE,
        TERM_GT,
        TERM_GE,
        TERM_AND,
        TERM_OR,
        TERM_NOT,
        TERM_BETWEEN,
        TERM_IN, /* of[1]: a list or a range */
        TERM_IF,
        TERM_FOR,   /* name in of[0] return of[1] */
        TERM_STEPS, /* for name in of[0]..of[1] return of[2] */
        TERM_SOME,
        TERM_EVERY,
        TERM_FILTER, /* of[0] [ of[1] ] */
        TERM_PATH,   /* of[0] . name */
        TERM_LIST,
        TERM_CONTEXT, /* names */
    } kind;
    const char *name;
    const struct slow_value *literal;
    size_t count;
    struct term *of[6];
    const char *names[6];
};

/* What a name stands for; the last one that was set hides those before. */
struct slow_scope {
    const struct slow_scope *up;
    const char *name;
    const struct slow_value *value;
};

/* Values live in the arena. */
const struct slow_value *slow_eval(const struct term *t, const struct slow_scope *scope,
                                   struct arena *arena);
/* As FEEL prints it. */
void slow_print(struct buf *out, const struct slow_value *v);

#endif
