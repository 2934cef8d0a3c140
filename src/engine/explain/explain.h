/* explain.h - why an instance waits: for each place where it does, a sentence for
 * people and the same as facts for programs. Nothing is changed, and nothing is
 * guessed: what is told stands in state, in the model, or was seen by the gate.
 *
 *   explain.c   the command: walks the elements of the instance and of what it called
 *   reasons.c   what one element instance waits for
 *   joins.c     which tokens a gateway still waits for, and where they are
 *   messages.c  which messages are buffered, with which keys
 *   words.c     texts: spans of time, names, the key that is most like another
 *
 * docs/explain.md says what each kind of wait state looks like. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "engine/behave/behave.h"

/* An answer in the making. */
struct account {
    struct step *step;
    const struct explain_ask *asked;
    struct buf out; /* the wait states, as JSON */
    u32 count;
    bool is_cut;
    struct buf wanted; /* of struct str: names of messages that are asked for first */
};

/* A place of the walk. */
struct spot {
    u64 key;
    const struct element_row *row;
    const struct element *element;
};

/* One wait state: reason_begin, then facts, then reason_end. `kind` is told as it
 * stands. False: there are so many already that this one is left out. */
bool reason_begin(struct account *a, const struct spot *at, const char *kind,
                  struct str sentence);
void reason_end(struct account *a);
void fact_text(struct account *a, const char *name, struct str value);
void fact_key(struct account *a, const char *name, u64 value); /* 0: null */
void fact_number(struct account *a, const char *name, i64 value);
void fact_time(struct account *a, const char *name, i64 value); /* 0: null */
void fact_flag(struct account *a, const char *name, bool value);
void fact_texts(struct account *a, const char *name, const struct text_list *values);

/* All that this element instance waits for itself. */
void reasons_of(struct account *a, const struct spot *at);
/* The gateways in this scope that wait for further tokens. */
void joins_of(struct account *a, const struct spot *scope);

/* ---- messages.c ------------------------------------------------------------------ */

/* Messages of a name that can still be taken. */
struct buffered {
    u64 with_key, others; /* with the key that is waited for; with another one */
    struct str closest;   /* of those: the one most like it */
    u32 differs;          /* in so many characters, or more than CLOSE_MAX */
    bool is_more;         /* there are so many messages that not all were looked at */
};
#define CLOSE_MAX 3

/* With one partition those that are here; else those that the gate has gathered: if it
 * has not yet, it is told that it has to. */
struct buffered buffered_find(struct account *a, struct str name, struct str key);

/* What another partition wants to know: the messages of these names. */
void messages_list(struct step *s, const struct text_list *names,
                   struct explained *answer);

/* ---- words.c: all texts live in the step's arena --------------------------------- */

struct str say_span(struct step *s, i64 ms);   /* "6 d 23 h", "4 min", "12 s" */
struct str say_when(struct step *s, i64 when); /* "in 6 d 23 h, at 2026-...Z" */
struct str say_place(struct step *s, const struct element *e);      /* 'Name' (id) */
struct str say_list(struct step *s, const struct text_list *texts); /* a, b or c */
/* How many characters must be changed to make one of the other, up to `most`. */
u32 text_distance(struct str a, struct str b, u32 most);

#endif
