/* play.h - an engine at home: a node and a gate over a log in memory, whose time is a
 * number. For scenario tests: everything that can go on goes on before a call returns,
 * so nothing waits and nothing is polled.
 *
 *     struct play *p = play_open(zones);
 *     play_deploy(p, files, names, count, &err);
 *     play_ask(p, CMD_SIGNAL_BROADCAST, 0, &record);
 *     if (p->rejection) ... p->text says why
 */
#ifndef PLAY_H
#define PLAY_H

#include "gate/gate.h"
#include "model/model.h"

#define PLAY_MODELS_MAX 256
#define PLAY_PATH_MAX   10000

/* A process that was deployed, and what of it was passed in all instances. */
struct played {
    u64 process;     /* its key */
    struct str file; /* borrowed */
    const struct process *def;
    const struct model *model;
    bool *seen; /* owned; by tag */
    u32 tags;
};

struct play {
    struct arena arena; /* until the end */
    struct log *log;
    struct node *node;
    struct gate *gate;
    i64 now;
    u64 requests, read;

    struct model *models[PLAY_MODELS_MAX]; /* owned */
    u32 model_count;
    struct played *processes; /* in the arena: PLAY_MODELS_MAX */
    u32 process_count;

    u64 instance; /* that was started last */
    struct instance_process {
        u64 instance, process;
    } * instances; /* owned */
    u32 instance_count;
    struct str *path; /* in the arena: ids, in the order in which they became active */
    u32 path_count;

    /* the last answer that came */
    enum rejection rejection;
    struct str text;
    const void *record; /* in the arena */
    struct str result;  /* variables of the instance at its end; empty: it runs */
    u64 result_request;
};

struct play *play_open(struct zones *zones, i64 now);
void play_close(struct play *p);

struct play_file {
    struct str name, content;
};
bool play_deploy(struct play *p, const struct play_file *files, u32 count,
                 struct err *err);
/* One command, until everything has come to rest. False: refused, `text` says why. */
bool play_ask(struct play *p, enum command_kind kind, u64 key, const void *record);
void play_advance(struct play *p, i64 ms);

const struct state *play_state(const struct play *p);
/* The id of an element; empty: there is none. */
struct str play_element(const struct play *p, u64 process, u32 tag);

#endif
