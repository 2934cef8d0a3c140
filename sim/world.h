/* world.h - the real nodes and gate in a toy world that one number decides.
 *
 * In production the owner of gate and nodes is a server's thread; here it is the world.
 * It holds the time, a heap of things to come and one source of chance. Its logs are
 * slow, fail, and forget what was not durable; its partitions crash, one by one and all
 * at once; its workers are late, fail, die and leave; its clients leave and repeat
 * themselves. That is the storm. In the calm after it nothing fails any more and
 * everything must come to its end. Checkers look on (checker.h).
 *
 *     struct world_config c = world_swarm(42);
 *     struct world_result r;
 *     if (!world_run(&c, false, &r)) puts(r.failure);
 *
 * The same seed gives the same run and the same hash, on every machine. */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "base/due.h"
#include "base/prng.h"
#include "base/tree.h"
#include "gate/gate.h"
#include "sim/map.h"

#define PARTITIONS_MAX 5

struct world_config {
    u64 seed;
    u32 partitions, workers, clients;
    u32 storm;   /* steps with faults and new work */
    u32 calm;    /* at most so many without, in which everything must come to its end */
    u32 step_ms; /* most that time moves in a step */
    u32 log_pumps;     /* most pumps until an entry is durable */
    u32 todos, budget; /* of a step of the engine, of a pump of a node */
    u32 crash_per_mille, crash_all_per_mille, disk_fault_per_mille; /* per step */
    u32 repeat_per_mille; /* sends between partitions go again; per step */
    u32 leave_per_mille;  /* clients and workers leave; per step */
    u32 slow_per_mille;   /* a node or the gate gets no turn in a step */
    bool is_apart;        /* nodes are reached through stand-ins, as over threads */
    u32 bad_per_mille;    /* variables that no expression can use */
    u32 vault_pumps;      /* most pumps until a seal is durable */
    u32 checkpoint_bytes; /* logged between two checkpoints; 0: there are none */
    u32 checkpoint_slice; /* bytes packed in a turn */
    u32 checkpoint_crash_per_mille; /* after a turn in which one was under way */
    u32 memory; /* of rows, above which instances that wait leave it; 0: none do */
};

struct world_config world_swarm(u64 seed); /* every knob drawn from the seed */
void world_config_print(const struct world_config *c);

struct world_result {
    u64 hash; /* of all state at the end */
    u64 steps, entries, events, crashes, instances;
    u64 checkpoints, checkpoint_crashes; /* crashes: while one was under way */
    u64 evicted, thawed;                 /* instances that left memory, and came back */
    char failure[600];                   /* step, checker, and what was wrong */
};

/* False: a checker found something. */
bool world_run(const struct world_config *c, bool is_verbose, struct world_result *out);

/* ---- inside: what the actors and checkers see ------------------------------------ */

struct world;

/* Something to come. The first member of whoever it is about. */
struct thing {
    struct due_item due;
    void (*act)(struct world *w, struct thing *t);
    void (*drop)(
        struct thing *t); /* the run is over: free it; NULL: it is no one's own */
};

/* Puts it into the heap, or moves it. */
void world_at(struct world *w, struct thing *t, i64 when);

/* A call under way. */
struct call {
    u64 request;
    enum command_kind kind;
    u64 key;
    void *record; /* owned */
    i64 wait_ms;
    i64 asked_at;
    u32 boot; /* of the gate that was asked */
    /* What its owner does with the answer; NULL for an answer: it will never come.
     * The call is gone afterwards. */
    void (*answered)(struct world *w, struct call *c, const struct gate_answer *a);
    void *owner;
    u32 tries;
    struct call *before, *next;
};

struct call *world_ask(struct world *w, const struct call *like);
void world_leave(struct world *w, struct call *c); /* its client goes away */

struct checker;

struct partition {
    struct log *log;
    struct vault *vault; /* NULL: none */
    struct node *node;   /* NULL: down */
    struct node *front;  /* what the gate sees: the node, or its stand-in */
    i64 back_at;
    u64 seen;           /* entries below have been shown to the checkers */
    struct list hashes; /* of each of them */
    u64 chain;          /* a hash over them */
    u32 boot;           /* how often it has started */
};

struct world {
    struct world_config config;
    struct prng prng;
    i64 now;
    u32 step;
    bool is_calm; /* no faults and no new work any more */
    bool is_over; /* nothing is left to do: workers ask no more */
    bool is_verbose;
    struct partition parts[PARTITIONS_MAX];
    struct node_options node_options;
    struct gate *gate;
    u32 boot;                  /* of the gate */
    struct call *first, *last; /* under way, by request */
    u64 requests;
    struct due due;
    u64 things;
    struct arena arena; /* of one step */
    void *checks[16];   /* what each checker remembers */
    struct world_result *result;
    bool has_failed;

    /* What everybody may know from the durable logs. */
    struct list instances, incidents, subscriptions, elements, jobs;
    u64 events, entries;

    /* actors */
    struct worker *workers;
    struct client *clients;
    struct janitor *janitor;
};

/* Partition index of a key. */
u32 world_index(const struct world *w, u64 key);
/* What a start of this partition would find now: into an empty state and its engine. */
void world_rebuild(struct world *w, u32 index, struct state *s, struct engine *e);
/* Its state, or NULL when it is down. */
struct state *world_state(const struct world *w, u64 key);

void world_fail(struct world *w, const char *who, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void world_say(const struct world *w, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool world_chance(struct world *w, u32 mille);
u64 world_draw(struct world *w, u64 from, u64 to); /* both included */

/* ---- actors ---------------------------------------------------------------------- */

void workers_open(struct world *w);
void workers_fault(struct world *w); /* in a storm, each step */
void workers_close(struct world *w);

void clients_open(struct world *w);
void clients_fault(struct world *w);
void clients_close(struct world *w);

void janitor_open(struct world *w); /* cleans up in the calm */
void janitor_close(struct world *w);

/* ---- models.c -------------------------------------------------------------------- */

struct sim_model {
    const char *name, *xml;
};
extern const struct sim_model sim_models[];
extern const u32 sim_model_count;
/* Processes that can be created, job types, and messages by name. */
extern const char *const sim_processes[], *const sim_types[], *const sim_messages[];
extern const u32 sim_process_count, sim_type_count, sim_message_count;

/* Variables for an instance: good, or with something bad in them. */
struct str sim_variables(struct world *w, bool may_be_bad);
struct str sim_key(struct world *w); /* a correlation key */

#endif
