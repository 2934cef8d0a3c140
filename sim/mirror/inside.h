/* inside.h - what the files of the mirror share. */
#ifndef MIRROR_INSIDE_H
#define MIRROR_INSIDE_H

#include "sim/mirror/mirror.h"

/* What is still to be done within a stimulus, first come, first served. */
enum to_do_kind {
    DO_RUN,      /* the node goes on as far as it can */
    DO_ARRIVE,   /* a token stands before a part */
    DO_BEGIN,    /* a part of an ad-hoc sub-process begins in the node */
    DO_CHILDREN, /* the next child of the node ends */
    DO_LOOP,     /* a body begins its next instance */
    DO_SIGNAL,   /* the next one that waits for the signal gets it */
    DO_MESSAGE,  /* it gets a message */
    DO_LISTEN,   /* it begins to wait for one: perhaps one is there already */
    DO_TAKEN,    /* it has taken one */
    DO_REFUSED,  /* it has not */
};

struct to_do {
    enum to_do_kind kind;
    struct node *node;
    const struct token *token;
    i32 part;
    u64 after, last; /* numbers: of children, or of waits for a signal */
    struct str name; /* of a signal or message */
    struct document brought;
    struct message *message;
    struct to_do *next;
};

struct to_do *to_do(struct mirror *m, enum to_do_kind kind, struct node *n);

static inline const struct part *part_of(const struct mirror *m, const struct node *n)
{
    return &m->plan->parts[n->part];
}

/* mirror.c */
struct node *node_begin(struct mirror *m, i32 part, struct node *scope);
struct node *node_inner(struct mirror *m, struct node *ad_hoc); /* it stands at once */
void node_terminate(struct mirror *m, struct node *n);
void node_remove(struct mirror *m, struct node *n);
void scope_settle(struct mirror *m, struct node *n); /* is anything left in it? */
bool scope_lets(const struct node *scope, i32 part);
bool node_fails(struct node *n, enum trouble trouble); /* false, always */
void mirror_settle(struct mirror *m);
struct node *node_child_after(const struct node *n, u64 number);
bool has_children(const struct node *n);
void trace(struct mirror *m, char what, const struct node *n);

/* values.c */
struct node *scope_around(const struct node *n); /* NULL: it is a root */
struct variable *variable_here(const struct node *n, const struct name *name);
void variable_set(struct mirror *m, struct node *n, const struct name *name,
                  struct str value);
void document_set(struct mirror *m, struct node *n, const struct document *d);
void document_merge(struct mirror *m, struct node *n, const struct document *d);
void document_here(const struct node *n, struct document *out);
struct str term_value(const struct mirror *m, const struct node *n,
                      const struct document *over, const struct term *t);
bool maps_value(const struct mirror *m, const struct node *n, const struct map *maps,
                u32 count, struct document *out);
struct str results_print(const struct mirror *m, const struct node *n); /* of a body */
bool list_split(const struct mirror *m, struct str list, struct str **items,
                i32 *count);

/* loose.c */
void loose_offer(struct mirror *m, struct node *n); /* what can begin, as a variable */
void loose_begin(struct mirror *m, struct node *n, i32 part, const struct document *d);
bool loose_ended(struct mirror *m, struct node *inner); /* false: it has failed */
void loose_results(struct mirror *m, struct node *n);   /* of an ad-hoc sub-process */
bool loose_may_end(const struct mirror *m, const struct node *n);

/* ways.c */
i32 flow_from(const struct plan *p, i32 part,
              i32 after); /* begin with NONE; the next */
i32 flow_to(const struct plan *p, i32 part, i32 after);
bool token_is_on(const struct node *scope, i32 flow);
bool token_take(struct node *scope, i32 flow);
bool join_may_go(const struct mirror *m, const struct node *scope, i32 gateway);
/* Of an exclusive or inclusive gateway; false: it has failed. */
bool flows_choose(struct mirror *m, struct node *n, bool *chosen);

/* waits.c */
bool waits_open(struct mirror *m, struct node *n); /* false: it has failed, on n */
/* Those of a scope, asked for by its start event, which fails if they do. */
bool waits_open_scope(struct mirror *m, struct node *scope, struct node *start);
bool node_accepts(const struct mirror *m, const struct node *n, i32 target);
void node_trigger(struct mirror *m, struct node *n, i32 target,
                  const struct document *brought, bool is_error);
void trigger_add(struct mirror *m, struct node *n, i32 target,
                 const struct document *brought, bool is_error);
/* Who catches it, from this node upward; NULL: nobody. */
struct node *catcher_find(const struct mirror *m, struct node *from,
                          enum part_event event, const struct name *code, i32 *target);

/* messages.c */
void message_listen(struct mirror *m, struct node *n, struct str name);
void message_come(struct mirror *m, const struct to_do *t);
void message_taken(struct mirror *m, const struct to_do *t);
void message_refused(struct mirror *m, const struct to_do *t);

/* undo.c */
void undo_note(struct mirror *m, const struct node *n);    /* it completes */
bool undo_throw(struct mirror *m, struct node *thrower);   /* false: nothing to do */
void undo_handled(struct mirror *m, struct node *handler); /* it has completed */

#endif
