/* clients.c - those who deploy, create, publish, cancel, set variables, resolve and
 * update; who leave, and who repeat what was not answered. */
#include <stdio.h>
#include <stdlib.h>

#include "sim/world.h"
#include "state/read.h"

struct client {
    struct thing thing;
    u32 number;
    struct call *last; /* the newest one under way, if it still is */
};

static void client_answered(struct world *w, struct call *c,
                            const struct gate_answer *a);

static void ask(struct world *w, struct client *x, enum command_kind kind, u64 key,
                const void *record)
{
    x->last = world_ask(w, &(struct call){
                               .kind = kind,
                               .key = key,
                               .record = (void *)(uintptr_t)record,
                               .answered = client_answered,
                               .owner = x,
                           });
}

/* ---- what clients want ----------------------------------------------------------- */

/* A file; now and then with another comment, which makes a new version of it. */
static void deploy(struct world *w, struct client *x, u32 model, u32 version)
{
    const struct sim_model *m = &sim_models[model];
    struct resource file = {
        .name = str_of(m->name),
        .content = arena_print(&w->arena, "%s<!-- %u -->", m->xml, version),
    };
    struct deployment_create record = {.resources = {&file, 1}};

    ask(w, x, CMD_DEPLOYMENT_CREATE, 0, &record);
}

static void do_deploy(struct world *w, struct client *x)
{
    deploy(w, x, (u32)prng_below(&w->prng, sim_model_count),
           (u32)prng_below(&w->prng, 3));
}

static void do_create(struct world *w, struct client *x)
{
    struct str fetch[] = {STR("amount"), STR("packed")};
    struct instance_create record = {
        .bpmn_process_id =
            str_of(sim_processes[prng_below(&w->prng, sim_process_count)]),
        .version = -1,
        .variables = sim_variables(w, true),
        .awaits_result = world_chance(w, 200),
    };

    if (world_chance(w, 100))
        record.version = (i32)world_draw(w, 1, 3);
    if (world_chance(w, 300))
        record.fetch_variables = (struct text_list){fetch, LEN(fetch)};
    ask(w, x, CMD_INSTANCE_CREATE, 0, &record);
}

static void do_publish(struct world *w, struct client *x)
{
    static const i64 lives[] = {0, 500, 5000, 20000};
    struct message_publish record = {
        .name = str_of(sim_messages[prng_below(&w->prng, sim_message_count)]),
        .correlation_key = world_chance(w, 50) ? (struct str){NULL, 0} : sim_key(w),
        .time_to_live = lives[prng_below(&w->prng, LEN(lives))],
        .variables = world_chance(w, 800)
                         ? arena_print(&w->arena, "{\"by\":\"c%u\"}", x->number)
                         : (struct str){NULL, 0},
    };

    if (world_chance(w, 300))
        record.message_id =
            arena_print(&w->arena, "m%u", (u32)prng_below(&w->prng, 40));
    ask(w, x, CMD_MESSAGE_PUBLISH, 0, &record);
}

static void do_signal(struct world *w, struct client *x)
{
    struct signal_broadcast record = {
        .name = world_chance(w, 700) ? STR("alarm") : STR("bell"),
        .variables = arena_print(&w->arena, "{\"rung\":\"c%u\"}", x->number),
    };

    ask(w, x, CMD_SIGNAL_BROADCAST, 0, &record);
}

/* One of the newest thirty; 0: there is none yet. */
static u64 pick(struct world *w, const struct list *l)
{
    u64 back = l->count < 30 ? l->count : 30;

    return back ? l->items[l->count - 1 - prng_below(&w->prng, back)] : 0;
}

static void do_cancel(struct world *w, struct client *x)
{
    u64 key = pick(w, &w->instances);

    if (key)
        ask(w, x, CMD_INSTANCE_CANCEL, key, NULL);
}

static void do_set(struct world *w, struct client *x)
{
    u64 key = pick(w, world_chance(w, 500) ? &w->instances : &w->elements);
    struct variables_set record = {sim_variables(w, true), world_chance(w, 500)};

    if (key)
        ask(w, x, CMD_VARIABLES_SET, key, &record);
}

static void do_resolve(struct world *w, struct client *x)
{
    u64 key = pick(w, &w->incidents);

    if (key)
        ask(w, x, CMD_INCIDENT_RESOLVE, key, NULL);
}

static void do_retries(struct world *w, struct client *x)
{
    u64 key = pick(w, &w->jobs);
    struct job_update_retries record = {(i32)world_draw(w, 0, 3)};

    if (key)
        ask(w, x, CMD_JOB_UPDATE_RETRIES, key, &record);
}

static void do_update(struct world *w, struct client *x)
{
    u64 key = pick(w, &w->jobs);
    struct job_update record = {world_chance(w, 500), (i32)world_draw(w, 1, 3),
                                world_chance(w, 500), (i64)world_draw(w, 1, 5000)};

    if (key)
        ask(w, x, CMD_JOB_UPDATE, key, &record);
}

static void do_evaluate(struct world *w, struct client *x)
{
    struct decision_evaluate record = {.decision_id = STR("grade"),
                                       .variables = sim_variables(w, true)};

    ask(w, x, CMD_DECISION_EVALUATE, 0, &record);
}

static void do_suspend(struct world *w, struct client *x)
{
    u64 key = pick(w, &w->instances);

    if (key)
        ask(w, x, world_chance(w, 500) ? CMD_INSTANCE_SUSPEND : CMD_INSTANCE_RESUME,
            key, NULL);
}

/* Something to one instance, or to all that are found anywhere. */
static void do_batch(struct world *w, struct client *x)
{
    static const struct {
        enum command_kind kind;
        const char *filter; /* NULL: one instance */
    } wishes[] = {
        {CMD_BATCH_RESUME_INSTANCES, "{\"state\":\"SUSPENDED\"}"},
        {CMD_BATCH_RESOLVE_INCIDENTS, "{\"hasIncident\":true}"},
        {CMD_BATCH_SUSPEND_INSTANCES, NULL},
        {CMD_BATCH_CANCEL_INSTANCES, NULL},
    };
    u64 key = pick(w, &w->instances), at = prng_below(&w->prng, LEN(wishes));
    char one[64];

    snprintf(one, sizeof(one), "{\"processInstanceKey\":\"%llu\"}",
             (unsigned long long)key);
    const char *filter = wishes[at].filter ? wishes[at].filter : one;
    ask(w, x, wishes[at].kind, 0, &(struct batch_create){str_of(filter)});
}

static void client_act(struct world *w, struct thing *t)
{
    static const struct {
        u32 weight;
        void (*act)(struct world *w, struct client *x);
    } wishes[] = {
        {40, do_create}, {30, do_publish}, {6, do_cancel},  {8, do_set},
        {8, do_resolve}, {5, do_retries},  {4, do_update},  {3, do_evaluate},
        {2, do_deploy},  {4, do_signal},   {5, do_suspend}, {2, do_batch},
    };
    struct client *x = (struct client *)(void *)t;
    u32 all = 0;

    if (w->is_calm)
        return;
    for (size_t i = 0; i < LEN(wishes); i++)
        all += wishes[i].weight;
    u32 drawn = (u32)prng_below(&w->prng, all);
    size_t at = 0;
    for (; drawn >= wishes[at].weight; at++)
        drawn -= wishes[at].weight;
    wishes[at].act(w, x);
    world_at(w, t, w->now + (i64)world_draw(w, 1, 8 * w->config.step_ms));
}

/* ---- answers --------------------------------------------------------------------- */

static bool must_be_repeated(struct world *w, const struct call *c,
                             const struct gate_answer *a)
{
    if (c->tries >= 5)
        return false;
    /* The processes have to get there, whatever happens. */
    if (!a || a->rejection == REJECT_UNAVAILABLE)
        return c->kind == CMD_DEPLOYMENT_CREATE || world_chance(w, 700);
    return world_chance(w, 30);
}

static void client_answered(struct world *w, struct call *c,
                            const struct gate_answer *a)
{
    struct client *x = c->owner;

    if (x->last == c)
        x->last = NULL;
    if (!must_be_repeated(w, c, a))
        return;
    struct call like = *c;
    like.tries++;
    x->last = world_ask(w, &like);
}

void clients_fault(struct world *w)
{
    struct client *x = &w->clients[prng_below(&w->prng, w->config.clients)];

    if (!world_chance(w, w->config.leave_per_mille) || !x->last)
        return;
    world_leave(w, x->last);
    x->last = NULL;
}

void clients_open(struct world *w)
{
    w->clients = must_alloc(w->config.clients * sizeof(*w->clients));
    for (u32 i = 0; i < w->config.clients; i++) {
        struct client *x = &w->clients[i];
        x->thing.act = client_act;
        x->number = i + 1;
        world_at(w, &x->thing, w->now + (i64)world_draw(w, 0, 500));
    }
    for (u32 i = 0; i < sim_model_count; i++)
        deploy(w, &w->clients[0], i, 0);
    w->clients[0].last = NULL;
}

void clients_close(struct world *w)
{
    free(w->clients);
}
