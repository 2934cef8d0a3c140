/* check_undo.c - a step that is stopped at any of its events leaves the state as it
 * was, and says nothing. Tried on a copy that is made from the durable log alone: each
 * of some commands with the first event failing, then the second, and so on, until it
 * is through. */
#include <inttypes.h>

#include "sim/checker.h"
#include "state/read.h"

#define EVERY     110 /* steps from one look to the next */
#define TRIES     10  /* commands of one look */
#define EMITS_MAX 2000

/* ---- commands that may come ------------------------------------------------------ */

static u64 pick(struct world *w, const struct list *l, u32 partition)
{
    for (u32 i = 0; i < 20 && l->count; i++) {
        u64 key = l->items[prng_below(&w->prng, l->count)];
        if (key >> 51 == partition)
            return key;
    }
    return 0;
}

static const void *create(struct world *w)
{
    struct instance_create *c = NEW(&w->arena, struct instance_create);

    c->bpmn_process_id = str_of(sim_processes[prng_below(&w->prng, sim_process_count)]);
    c->version = -1;
    c->variables = sim_variables(w, true);
    return c;
}

static const void *publish(struct world *w)
{
    struct message_publish *m = NEW(&w->arena, struct message_publish);

    m->name = str_of(sim_messages[prng_below(&w->prng, sim_message_count)]);
    m->correlation_key = sim_key(w);
    m->time_to_live = (i64)world_draw(w, 0, 1000);
    return m;
}

static const void *activate(struct world *w)
{
    struct job_activate *a = NEW(&w->arena, struct job_activate);

    *a = (struct job_activate){
        .type = str_of(sim_types[prng_below(&w->prng, sim_type_count)]),
        .worker = STR("undo"),
        .timeout = 1000,
        .max_jobs = 10,
    };
    return a;
}

static const void *fail(struct world *w)
{
    struct job_fail *f = NEW(&w->arena, struct job_fail);

    f->retries = (i32)world_draw(w, 0, 1);
    return f;
}

static const void *throw_error(struct world *w)
{
    struct job_throw_error *t = NEW(&w->arena, struct job_throw_error);

    t->error_code = STR("BROKE");
    return t;
}

static struct input drawn(struct world *w, struct engine *e, const struct state *s,
                          u32 partition)
{
    struct input in = {.kind = CMD_NONE};

    switch (prng_below(&w->prng, 8)) {
    case 0:
        in.kind = CMD_INSTANCE_CREATE;
        in.record = create(w);
        break;
    case 1:
        in.kind = CMD_MESSAGE_PUBLISH;
        in.record = publish(w);
        break;
    case 2:
        in.kind = CMD_JOB_ACTIVATE;
        in.record = activate(w);
        break;
    case 3:
        in.kind = CMD_JOB_COMPLETE;
        in.key = pick(w, &w->jobs, partition);
        break;
    case 4:
        in.kind = CMD_JOB_FAIL;
        in.key = pick(w, &w->jobs, partition);
        in.record = fail(w);
        break;
    case 5:
        in.kind = CMD_JOB_THROW_ERROR;
        in.key = pick(w, &w->jobs, partition);
        in.record = throw_error(w);
        break;
    case 6:
        in.kind = CMD_INSTANCE_CANCEL;
        in.key = pick(w, &w->instances, partition);
        break;
    case 7:
        if (engine_next(e, state_now(s) + (i64)world_draw(w, 0, 20000), &in))
            return in;
        in.kind = CMD_MESSAGE_PUBLISH;
        in.record = publish(w);
        break;
    }
    in.tenant = STR("<default>");
    return in;
}

/* ---- stopping it ----------------------------------------------------------------- */

static void stop_everywhere(struct world *w, struct engine *e, struct state *s,
                            const struct input *in)
{
    u64 before = state_hash(s);
    struct output out;

    for (u32 n = 1; n < EMITS_MAX; n++) {
        engine_trip(e, n);
        engine_step(e, in, &out);
        engine_trip(e, 0);
        if (!engine_undone(e))
            return;
        if (state_hash(s) != before || out.entry.len || out.effect_count || out.answer)
            world_fail(w, "undo",
                       "%s of %" PRIu64
                       ", stopped at event %u, has not left everything as it was",
                       commands[in->kind].name, in->key, n);
        if (w->has_failed)
            return;
    }
    world_fail(w, "undo", "%s never comes to its end", commands[in->kind].name);
}

static void undo_step(struct world *w, void *mine)
{
    u32 i = (w->step / EVERY) % w->config.partitions;
    struct engine_options options = w->node_options.engine;

    if (w->step % EVERY || w->is_calm || !w->parts[i].node || w->has_failed)
        return;
    options.partition = i + 1;
    struct state *s = state_open();
    struct engine *e = engine_open(s, &options);
    world_rebuild(w, i, s, e);
    for (u32 k = 0; k < TRIES && !w->has_failed; k++) {
        struct input in = drawn(w, e, s, i + 1);
        in.now = state_now(s) + (i64)world_draw(w, 0, 100);
        if (in.kind == CMD_TIMER_TRIGGER || in.kind == CMD_JOB_TIME_OUT ||
            in.kind == CMD_JOB_RECUR || in.kind == CMD_MESSAGE_EXPIRE)
            in.now = state_now(s) + 20000;
        stop_everywhere(w, e, s, &in);
    }
    engine_close(e);
    state_close(s);
}

const struct checker undo_checker = {.name = "undo", .step = undo_step};
