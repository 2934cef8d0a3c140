/* private.h - what a node is made of, for its own files. */
#ifndef NODE_PRIVATE_H
#define NODE_PRIVATE_H

#include "base/pool.h"
#include "base/ring.h"
#include "node/checkpoint.h"
#include "node/node.h"

/* A command that waits its turn, in one block with all it points to. */
struct waiting {
    struct input in;
    enum waits {
        WAITS_COMMAND,
        WAITS_RESEND,
        WAITS_WATCH,
        WAITS_UNWATCH,
        WAITS_CHECKPOINT
    } what;
    struct waiting *next;
};

/* What a step has left for others, held back until its entry is durable: an answer, a
 * wake-up, a notice for who watches, or that sends may go to a partition and are
 * applied from it up to a number; and a send, on its way to a stand-in. One block
 * with all it points to; an answer's goes to whoever takes it. */
enum held_kind { HELD_ANSWER, HELD_EFFECT, HELD_NOTICE, HELD_MARK, HELD_SEND };

struct held_list {
    struct outcome_held *first, **end;
};

struct outcome_held {
    u64 tail; /* when the log is durable up to here */
    i64 since;
    enum held_kind kind;
    union {
        struct answer answer;
        struct effect effect;
        struct send send;
        struct notice notice;
    };
    u32 partition;
    struct mark {
        u64 sent, applied;
    } mark;
    struct outcome_held *next;
};

struct node {
    struct node_options options;
    struct pool *pool;     /* owned: of what waits and what is held; NULL: malloc,
                              since another thread gives it back */
    struct log *log;       /* borrowed */
    struct state *state;   /* owned */
    struct engine *engine; /* owned */
    struct waiting *inbox, **inbox_end;
    u32 inbox_count;
    struct held_list held; /* not durable yet, in order */
    struct held_list answers, effects, notices;
    struct outcome_held *given, *told; /* the effect and notice given out last */
    struct link *link;                 /* NULL: whoever asks is on this thread */
    bool is_stand_in;                  /* owns the link, and has no heart */
    bool has_news;                     /* has given something to its other half */
    struct held_list sends;            /* to or of the other half */
    struct held_list sends_given, marks_left;
    i64 now;
    i64 outside;  /* the same where the engine's clock is not turned */
    bool was_own; /* whose turn it was: commands and the engine's own work alternate */
    u64 *sent;    /* owned; per partition, the number of the last send given out */
    struct mark *marks, *durable; /* owned; per partition, as decided and as durable */
    u32 stuck;      /* failures in a row of something with nobody to blame */
    struct err why; /* the vault is lost to us, and what was needed from it */
    struct checkpoint checkpoint;
    struct node_counters counters;
    struct pressure pressure;
    bool is_pressed;    /* the process has hardly any memory left */
    struct arena arena; /* of what is given out until the next call */
};

/* What a node and its stand-in share, and nothing else. */
#define LINK_ITEMS 16384

#define COUNTERS   (sizeof(struct node_counters) / sizeof(u64))

struct link {
    struct ring in, out; /* struct waiting to the node; struct outcome_held from it */
    void *in_items[LINK_ITEMS], *out_items[LINK_ITEMS];
    _Atomic u64 backlog, waiting, lag, spare;
    _Atomic u64 durable;            /* told before what rests on it is given */
    _Atomic u64 counters[COUNTERS]; /* struct node_counters, each by itself */
    _Atomic bool is_settled, is_resting, is_stopped, is_pressed;
    struct err why; /* written before is_stopped */
};

void held_init(struct held_list *l);
void held_add(struct held_list *l, struct outcome_held *h);
struct outcome_held *held_take(struct held_list *l);    /* NULL: empty */
void held_free(struct node *n, struct outcome_held *h); /* and those after it */
struct str held_text(char **to, struct str s); /* a copy; *to moves behind it */
struct waiting *inbox_next(struct node *n);    /* NULL: empty */
void inbox_add(struct node *n, struct waiting *w);
/* It is durable: out to whom it may concern. */
void node_release(struct node *n, struct outcome_held *h);

/* link.c: the node's half, before and after its turn, and the stand-in's turn. */
void link_take(struct node *n);
void link_give(struct node *n, bool goes_on, const struct err *err);
bool link_pump(struct node *n, struct err *err);
bool link_send(struct node *n, struct send *out);
void link_tell(struct node *n, enum waits what); /* in turn with commands */
struct node_counters link_counters(const struct node *n);
u64 link_backlog(const struct node *n);
u64 node_lag(const struct node *n);     /* ms; of a node itself */
u64 link_waiting(const struct node *n); /* beyond the stand-in's own inbox */
void link_close(struct node *n);
void node_lists(struct node *n);

#endif
