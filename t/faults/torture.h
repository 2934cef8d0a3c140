/* torture.h - the real server under faults: killed, without power, or with a call of
 * the system that fails. Clients keep a ledger of what was acknowledged; after each
 * fault the server must have all of it, once. */
#ifndef TORTURE_H
#define TORTURE_H

#include <pthread.h>
#include <sys/types.h>

#include "base/base.h"
#include "base/prng.h"

/* ---- server.c: a life of the server ------------------------------------------------
 */

struct life {
    pid_t pid;
    int says;  /* its standard output; owned */
    int port;  /* of REST */
    int ended; /* its status as waitpid gives it, once it has ended */
};

/* With these variables in its environment, NULL at the end. False: it ended before it
 * was ready; life->ended says how. */
bool life_begin(struct life *l, const char *binary, const char *data,
                const char *const *environment);
void life_kill(struct life *l); /* SIGKILL, and waits for it */
bool life_end(struct life *l);  /* SIGTERM; false: it did not end well */
/* Has it ended by itself? Then l->ended says how. */
bool verify(const char *binary, const char *data); /* by `fermata verify` */
void folder_remove(const char *path);
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void sleep_ms(i64 ms);

/* ---- client.c: one connection, one call at a time
 * ------------------------------------- */

struct client {
    int fd, port; /* -1: not connected */
    char *answer; /* owned; of the last call */
    int timeout_ms;
};

void client_init(struct client *c, int port);
void client_close(struct client *c);
/* The status; 0: there was no answer. */
int client_call(struct client *c, const char *path, const char *type, const char *body);
int client_put(struct client *c, const char *path, const char *body);
int client_json(struct client *c, const char *path, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int client_deploy(struct client *c, const char *model);
/* The number behind `"name":"`, from *at on, which moves behind it; 0: there is none.
 */
u64 answer_key(const char **at, const char *name);

/* ---- ledger.c: what was acknowledged, and whether it is so
 * ---------------------------- */

struct ledger {
    pthread_mutex_t lock;
    u64 next; /* id of the next instance */
    struct line {
        u64 job;         /* of its task; 0: it was never handed out */
        bool is_created; /* acknowledged */
        bool is_done;    /* its completion: acknowledged, or found to be so */
    } * lines;           /* owned; by id */
    u64 size;
    u64 created, completed; /* acknowledged */
    u64 lost, twice;        /* what must not be */
    char first[200];        /* the first of those */
};

extern const char ledger_model[];
void ledger_init(struct ledger *l);
void ledger_free(struct ledger *l);
/* Clients in threads of their own, until load_stop. */
struct load;
struct load *load_start(struct ledger *l, int port, int clients);
void load_stop(struct load *l);
/* Completes all that is there, as one client, and looks at all that was acknowledged.
 */
bool ledger_settle(struct ledger *l, int port);

/* ---- power.c: undoes what was not synced, as the shim wrote it down
 * -------------------- */

struct power {
    u64 writes, names, pieces; /* that were undone */
};
/* Of the pieces of 512 bytes that were not synced, `keep` of 100 survive. */
struct power power_cut(const char *journal, const char *folder, struct prng *p,
                       u32 keep);

/* ---- what main.c runs
 * -------------------------------------------------------------------- */

struct torture {
    const char *binary, *shims; /* the folder of the shims */
    char folder[200];           /* of this run; removed at the end */
    struct prng prng;
    u64 cycles, step, from, most;
    u32 keep;
    u64 passed, failed;
};

void told(struct torture *t, bool is_good, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void torture_kill(struct torture *t);
void torture_power(struct torture *t);
/* Each n-th call of this kind fails: malloc, write, sync, open, accept. */
void torture_fail(struct torture *t, const char *what);

#endif
