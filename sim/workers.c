/* workers.c - workers that take jobs: long polls, complete, fail with retries, throw
 * errors, answer late or never, leave while their poll is parked or while jobs are on
 * the way to them. */
#include <stdio.h>
#include <stdlib.h>

#include "sim/world.h"

struct worker {
    struct thing thing;
    const char *type;
    u32 number;
    struct call *poll; /* under way */
};

/* A job in a worker's hands. */
struct work {
    struct thing thing;
    u64 job;
    i32 retries;
    u32 said; /* how often something was said about it */
};

static void work_drop(struct thing *t)
{
    free(t);
}

/* ---- what a worker says ---------------------------------------------------------- */

static void said(struct world *w, struct call *c, const struct gate_answer *a);

static void say(struct world *w, struct work *k, enum command_kind kind,
                const void *record)
{
    k->said++;
    world_ask(w, &(struct call){.kind = kind,
                                .key = k->job,
                                .record = (void *)(uintptr_t)record,
                                .answered = said,
                                .owner = k});
}

static void say_complete(struct world *w, struct work *k)
{
    struct job_complete record = {.variables =
                                      arena_print(&w->arena, "{\"result\":\"%u\"}",
                                                  (u32)prng_below(&w->prng, 1000))};

    say(w, k, CMD_JOB_COMPLETE, &record);
}

static void say_fail(struct world *w, struct work *k)
{
    struct job_fail record = {
        .retries = world_chance(w, 700) ? k->retries : k->retries - 1,
        .error_message = STR("the toy world is out of order"),
        .retry_back_off = world_chance(w, 500) ? (i64)world_draw(w, 1, 3000) : 0,
    };

    say(w, k, CMD_JOB_FAIL, &record);
}

static void say_error(struct world *w, struct work *k)
{
    struct job_throw_error record = {
        .error_code = world_chance(w, 700) ? STR("BROKE") : STR("UNHEARD"),
        .error_message = STR("it fell"),
        .variables = STR("{\"broken\":true}"),
    };

    say(w, k, CMD_JOB_THROW_ERROR, &record);
}

static void say_timeout(struct world *w, struct work *k)
{
    struct job_update_timeout record = {(i64)world_draw(w, 100, 4000)};

    say(w, k, CMD_JOB_UPDATE_TIMEOUT, &record);
    world_at(w, &k->thing, w->now + (i64)world_draw(w, 0, 4000));
}

static void work_act(struct world *w, struct thing *t)
{
    struct work *k = (struct work *)(void *)t;
    u64 mood = w->is_calm ? 0 : prng_below(&w->prng, 100);

    if (mood < 70)
        say_complete(w, k);
    else if (mood < 82)
        say_fail(w, k);
    else if (mood < 90)
        say_error(w, k);
    else if (mood < 96 && k->said == 0)
        say_timeout(w, k);
    else if (!k->said)
        free(k); /* died over it */
}

/* What was not answered is said again, and sometimes what was. */
static void said(struct world *w, struct call *c, const struct gate_answer *a)
{
    struct work *k = c->owner;
    bool is_unknown = !a || a->rejection == REJECT_UNAVAILABLE ||
                      a->rejection == REJECT_DEADLINE_EXCEEDED;

    k->said--;
    bool again = (is_unknown || world_chance(w, 80)) && c->tries < 5 && !k->said;
    if (again && !k->thing.due.place) {
        struct call like = *c;
        like.tries++;
        k->said++;
        world_ask(w, &like);
    } else if (!k->said && !k->thing.due.place) {
        free(k);
    }
}

/* ---- polls ----------------------------------------------------------------------- */

static void work_begin(struct world *w, const struct activated_job *j)
{
    struct work *k = must_alloc(sizeof(*k));
    i64 span = j->deadline - w->now > 1 ? j->deadline - w->now : 1;

    k->thing.act = work_act;
    k->thing.drop = work_drop;
    k->job = j->key;
    k->retries = j->retries;
    if (!w->is_calm && world_chance(w, 100))
        span *= 3; /* late, perhaps */
    world_at(w, &k->thing, w->now + (i64)prng_below(&w->prng, (u64)span));
}

static void polled(struct world *w, struct call *c, const struct gate_answer *a)
{
    struct worker *x = c->owner;
    const struct jobs_activated *jobs = a && !a->rejection ? a->record : NULL;

    x->poll = NULL;
    for (u32 i = 0; jobs && i < jobs->jobs.count; i++)
        work_begin(w, &jobs->jobs.items[i]);
    world_at(w, &x->thing, w->now + (i64)world_draw(w, 1, 200));
}

/* The worker's name ends in the number of its request, so that the holder checker knows
 * for which poll a job was taken. */
static void worker_act(struct world *w, struct thing *t)
{
    struct worker *x = (struct worker *)(void *)t;

    if (x->poll || w->is_over)
        return;
    struct job_activate record = {
        .type = str_of(x->type),
        .worker = arena_print(&w->arena, "w%u-%llu", x->number,
                              (unsigned long long)w->requests + 1),
        .timeout = (i64)world_draw(w, 300, 20000),
        .max_jobs = (i32)world_draw(w, 1, 4),
    };
    x->poll = world_ask(w, &(struct call){
                               .kind = CMD_JOB_ACTIVATE,
                               .record = &record,
                               .wait_ms = world_chance(w, 200) ? -1
                                          : world_chance(w, 100)
                                              ? 0
                                              : (i64)world_draw(w, 100, 5000),
                               .answered = polled,
                               .owner = x,
                           });
}

void workers_fault(struct world *w)
{
    struct worker *x = &w->workers[prng_below(&w->prng, w->config.workers)];

    if (!world_chance(w, w->config.leave_per_mille) || !x->poll)
        return;
    world_leave(w, x->poll);
    x->poll = NULL;
    world_at(w, &x->thing, w->now + (i64)world_draw(w, 0, 3000));
}

/* Each type has a worker; the rest is doubled. */
void workers_open(struct world *w)
{
    w->workers = must_alloc(w->config.workers * sizeof(*w->workers));
    for (u32 i = 0; i < w->config.workers; i++) {
        struct worker *x = &w->workers[i];
        x->thing.act = worker_act;
        x->type = sim_types[i % sim_type_count];
        x->number = i + 1;
        world_at(w, &x->thing, w->now + (i64)world_draw(w, 0, 1000));
    }
}

void workers_close(struct world *w)
{
    free(w->workers);
}
