#include <stdlib.h>

#include "engine/step.h"

const struct rejection_info rejections[] = {{"NONE", 0, 200},
#define X(name, grpc, http) {#name, grpc, http},
                                            REJECTIONS(X)
#undef X
};

const struct engine_options engine_options_default = {
    .partition = 1,
    .partitions = 1,
    .scratch = (size_t)64 << 20,
    .entry = (size_t)8 << 20, /* a log segment holds twice that */
    .todos = 100,
    .message_max = (size_t)4 << 20,
};

#define FEEL_BYTES    ((size_t)32 << 20)
#define SCRATCH_FIRST ((size_t)64 << 10)
#define ENTRY_FIRST   ((size_t)32 << 10)

struct engine *engine_open(struct state *state, const struct engine_options *options)
{
    struct engine *e = must_alloc(sizeof(*e));

    must(options->partition >= 1 && options->partition <= options->partitions);
    e->state = state;
    e->options = *options;
    arena_init(&e->scratch, SCRATCH_FIRST, options->scratch, &e->trap);
    arena_init(&e->entry, ENTRY_FIRST, options->entry, &e->trap);
    arena_init(&e->output, 64 << 10, options->entry * 2 + (1 << 20), NULL);
    arena_init(&e->feel, 64 << 10, FEEL_BYTES, &e->trap);
    e->models = models_open();
    return e;
}

void engine_close(struct engine *e)
{
    if (!e)
        return;
    engine_watch(e, false);
    models_close(e->models);
    arena_free(&e->feel);
    arena_free(&e->output);
    arena_free(&e->entry);
    arena_free(&e->scratch);
    free(e);
}

/* ---- what wants to be done by itself --------------------------------------------- */

static bool next_pending(struct engine *e, struct input *in)
{
    u64 key = pending_first(e->state);

    in->kind = CMD_PENDING_RUN;
    in->key = key;
    return key != 0;
}

static bool next_due(struct engine *e, i64 now, struct input *in)
{
    enum table_id table;
    const struct job_row *job;

    if (!state_due(e->state, now, &table, &in->key))
        return false;
    job = table == TABLE_JOB ? job_get(e->state, in->key) : NULL;
    if (job)
        in->kind = job->state == JOB_STATE_ACTIVATED ? CMD_JOB_TIME_OUT : CMD_JOB_RECUR;
    else
        in->kind = table == TABLE_TIMER ? CMD_TIMER_TRIGGER : CMD_MESSAGE_EXPIRE;
    return true;
}

bool engine_next(struct engine *e, i64 now, struct input *in)
{
    *in = (struct input){.now = now, .tenant = STR("<default>")};
    e->was_pending = !e->was_pending;
    if (e->was_pending)
        return next_pending(e, in) || next_due(e, now, in);
    return next_due(e, now, in) || next_pending(e, in);
}

bool engine_due(const struct engine *e, i64 *when)
{
    if (pending_first(e->state)) {
        *when = state_now(e->state);
        return true;
    }
    return state_due_at(e->state, when);
}

void engine_trip(struct engine *e, u32 emit)
{
    e->trip = emit;
}

void engine_break(struct engine *e, u32 emit)
{
    e->breaks = emit;
}

void engine_limit(struct engine *e, size_t bytes)
{
    size_t scratch = bytes ? bytes : e->options.scratch;
    size_t entry = bytes ? bytes : e->options.entry;

    e->is_limited = bytes != 0;
    arena_free(&e->scratch);
    arena_free(&e->entry);
    arena_init(&e->scratch, bytes ? 0 : SCRATCH_FIRST, scratch, &e->trap);
    arena_init(&e->entry, bytes ? 0 : ENTRY_FIRST, entry, &e->trap);
}

bool engine_undone(const struct engine *e)
{
    return e->is_undone;
}

const char *engine_failure(const struct engine *e)
{
    return e->trap.text;
}
