#include "sim/mirror/wild.h"

#include <stdio.h>

#include "base/hash.h"
#include "sim/mirror/engine.h"

enum {
    COMMANDS = 40,   /* of one instance */
    STEPS_MAX = 400, /* of the engine's own after a command; there are endless loops */
    END_STEPS_MAX = 20000, /* of the last one, that ends all */
    KEYS_MAX = 400,
};

struct wild {
    struct actor actor;
    const struct plan *plan;
    struct prng prng;
    struct buf *story;
    struct arena *arena;
    u64 instance;
    u64 processes[2]; /* two versions of the same */
    struct str failure;
};

static u32 below(struct wild *w, u32 bound)
{
    return (u32)prng_below(&w->prng, bound);
}

static bool chance(struct wild *w, u32 mille)
{
    return prng_chance(&w->prng, mille);
}

static bool wrong(struct wild *w, struct str what)
{
    if (!w->failure.len)
        w->failure = what;
    return false;
}

/* ---- commands -------------------------------------------------------------------- */

/* Commands about nothing. */
static bool is_new(enum command_kind kind)
{
    return kind == CMD_DEPLOYMENT_CREATE || kind == CMD_INSTANCE_CREATE ||
           kind == CMD_MESSAGE_PUBLISH || kind == CMD_SIGNAL_BROADCAST ||
           kind == CMD_JOB_ACTIVATE;
}

/* Refused is fine; failed is not. */
static bool ask(struct wild *w, enum command_kind kind, u64 key, const void *record)
{
    bool is_undone = true;

    if (!key && !is_new(kind))
        return true;
    buf_print(w->story, "%s %llu ", commands[kind].name, (unsigned long long)key);
    if (record)
        record_print(w->story, commands[kind].ask, record);
    buf_byte(w->story, '\n');
    w->actor.steps_left = STEPS_MAX;
    if (chance(w, 100))
        actor_do_undone(&w->actor, kind, key, record, &is_undone);
    else
        actor_do(&w->actor, kind, key, record);
    if (!is_undone)
        return wrong(w, STR("a step that was stopped has left something"));
    if (w->actor.has_failed)
        return wrong(w, arena_print(w->arena, "a step failed: %s",
                                    engine_failure(w->actor.engine)));
    return true;
}

/* Any row of a table; 0: it has none. */
static u64 some_key(struct wild *w, enum table_id table)
{
    struct table_walk walk = {0};
    u64 keys[KEYS_MAX], key;
    u32 count = 0;

    while (count < KEYS_MAX && state_next(w->actor.state, table, &walk, &key))
        keys[count++] = key;
    return count ? keys[below(w, count)] : 0;
}

static struct str some_variables(struct wild *w)
{
    if (chance(w, 300))
        return (struct str){NULL, 0};
    return arena_print(w->arena, "{\"v%u\":%s,\"l%u\":[1,2]}", below(w, 4),
                       chance(w, 100) ? "null" : "4", below(w, 3));
}

/* Is the part in the process that is started? */
static bool is_own(const struct plan *p, i32 part)
{
    bool is_inside = false;

    for (; p->parts[part].scope >= 0; part = p->parts[part].scope)
        is_inside = true;
    return is_inside && part == p->processes[0];
}

/* Of one of them; there is a start event at least. */
static struct str some_id(struct wild *w)
{
    i32 part;

    do
        part = (i32)below(w, (u32)w->plan->part_count);
    while (!is_own(w->plan, part));
    return str_of(w->plan->parts[part].id.text);
}

static bool create(struct wild *w)
{
    struct instance_create c = {
        .bpmn_process_id = str_of(w->plan->parts[w->plan->processes[0]].id.text),
        .version = -1,
        .variables =
            STR("{\"v0\":1,\"v1\":5,\"v2\":8,\"v3\":3,\"l0\":[1,2],\"l1\":[]}"),
    };

    return ask(w, CMD_INSTANCE_CREATE, 0, &c);
}

/* Some do not come back to it in time. */
static bool take(struct wild *w)
{
    const struct job_row *row = job_get(w->actor.state, some_key(w, TABLE_JOB));
    struct job_activate a = {.worker = STR("w"), .timeout = 2000, .max_jobs = 3};

    if (!row)
        return true;
    a.type = arena_copy(w->arena, row->type);
    return ask(w, CMD_JOB_ACTIVATE, 0, &a);
}

static bool complete(struct wild *w)
{
    struct job_complete c = {.variables = some_variables(w)};

    return ask(w, CMD_JOB_COMPLETE, some_key(w, TABLE_JOB), &c);
}

static bool finish(struct wild *w)
{
    struct user_task_complete c = {.variables = some_variables(w)};

    return ask(w, CMD_USER_TASK_COMPLETE, some_key(w, TABLE_USER_TASK), &c);
}

static bool give_up(struct wild *w)
{
    struct job_fail f = {.retries = (i32)below(w, 2),
                         .retry_back_off = chance(w, 300) ? 1000 : 0,
                         .variables = some_variables(w)};

    return ask(w, CMD_JOB_FAIL, some_key(w, TABLE_JOB), &f);
}

static bool throw_error(struct wild *w)
{
    struct job_throw_error t = {.error_code = chance(w, 500) ? STR("E0") : STR("E1"),
                                .variables = some_variables(w)};

    return ask(w, CMD_JOB_THROW_ERROR, some_key(w, TABLE_JOB), &t);
}

static bool resolve(struct wild *w)
{
    u64 key = some_key(w, TABLE_INCIDENT);
    const struct incident_row *row = incident_get(w->actor.state, key);

    if (row && row->job &&
        !ask(w, CMD_JOB_UPDATE_RETRIES, row->job, &(struct job_update_retries){2}))
        return false;
    return ask(w, CMD_INCIDENT_RESOLVE, key, NULL);
}

static bool publish(struct wild *w)
{
    u64 key = some_key(w, TABLE_MESSAGE_SUBSCRIPTION);
    const struct message_subscription_row *row =
        message_subscription_get(w->actor.state, key);
    struct message_publish p = {.time_to_live = chance(w, 300) ? 5000 : 0,
                                .variables = some_variables(w)};

    if (!row)
        return true;
    p.name = arena_copy(w->arena, row->name);
    p.correlation_key = arena_copy(w->arena, row->correlation_key);
    return ask(w, CMD_MESSAGE_PUBLISH, 0, &p);
}

static bool broadcast(struct wild *w)
{
    struct signal_broadcast b = {.name = chance(w, 500) ? STR("s0") : STR("s1"),
                                 .variables = some_variables(w)};

    return ask(w, CMD_SIGNAL_BROADCAST, 0, &b);
}

static bool set(struct wild *w)
{
    struct variables_set v = {some_variables(w), chance(w, 500)};

    return ask(w, CMD_VARIABLES_SET, some_key(w, TABLE_ELEMENT), &v);
}

static bool modify(struct wild *w)
{
    struct activate_instruction begin = {.element_id = some_id(w)};
    struct terminate_instruction end = {.element_instance = some_key(w, TABLE_ELEMENT)};
    struct move_instruction move = {.source_id = some_id(w), .target_id = some_id(w)};
    struct instance_modify m = {0};

    if (chance(w, 300))
        begin.ancestor = some_key(w, TABLE_ELEMENT);
    if (chance(w, 600))
        m.activates.items = &begin, m.activates.count = 1;
    if (chance(w, 500))
        m.terminates.items = &end, m.terminates.count = 1;
    if (chance(w, 200))
        m.moves.items = &move, m.moves.count = 1;
    return ask(w, CMD_INSTANCE_MODIFY, some_key(w, TABLE_INSTANCE), &m);
}

/* Everything stays what it is, in the other version. */
static bool migrate(struct wild *w)
{
    struct mapping_instruction same[PARTS_MAX];
    struct instance_migrate m = {.mappings = {same, 0}};
    const struct instance_row *row = instance_get(w->actor.state, w->instance);

    for (i32 i = 0; i < w->plan->part_count; i++) {
        struct str id = str_of(w->plan->parts[i].id.text);
        if (is_own(w->plan, i))
            same[m.mappings.count++] = (struct mapping_instruction){id, id};
    }
    if (!row)
        return true;
    m.target_process = w->processes[row->process == w->processes[0]];
    return ask(w, CMD_INSTANCE_MIGRATE, w->instance, &m);
}

static bool pass_time(struct wild *w)
{
    buf_print(w->story, "time\n");
    w->actor.steps_left = STEPS_MAX;
    actor_tick(&w->actor, w->actor.now + 1000 + below(w, 9000));
    return !w->actor.has_failed ||
           wrong(w, arena_print(w->arena, "a due thing failed: %s",
                                engine_failure(w->actor.engine)));
}

static bool cancel(struct wild *w)
{
    return ask(w, CMD_INSTANCE_CANCEL, w->instance, NULL);
}

/* ---- an instance ----------------------------------------------------------------- */

static bool command(struct wild *w)
{
    static const struct {
        u32 weight;
        bool (*act)(struct wild *w);
    } wishes[] = {{40, complete}, {10, finish},  {8, give_up},    {8, throw_error},
                  {10, resolve},  {15, publish}, {8, broadcast},  {6, set},
                  {8, modify},    {5, migrate},  {12, pass_time}, {3, create},
                  {5, take}};
    u32 all = 0, at = 0;

    for (size_t i = 0; i < LEN(wishes); i++)
        all += wishes[i].weight;
    for (u32 drawn = below(w, all); drawn >= wishes[at].weight; at++)
        drawn -= wishes[at].weight;
    return wishes[at].act(w);
}

/* What is left when an instance is cancelled, as long as there is one, and messages and
 * timers have had their time. */
static bool path_end(struct wild *w)
{
    for (u32 i = 0; i < 20 && (w->instance = actor_instance(&w->actor)); i++)
        if (!cancel(w))
            return false;
    w->actor.steps_left = END_STEPS_MAX;
    actor_tick(&w->actor, w->actor.now + 60000);
    if (pending_first(w->actor.state)) /* an endless loop has left too much to end */
        return true;
    const char *left = actor_leftover(&w->actor);
    return !left || wrong(w, arena_print(w->arena, "a row of %s is left", left));
}

static bool path(struct wild *w)
{
    w->story->len = 0;
    if (!create(w))
        return false;
    for (u32 i = 0; i < COMMANDS && (w->instance = actor_instance(&w->actor)); i++)
        if (!command(w))
            return false;
    return path_end(w);
}

static bool deploy_again(struct wild *w, struct str bpmn)
{
    struct resource file = {STR("mirror.bpmn"),
                            arena_print(w->arena, "%.*s<!-- again -->", ARG(bpmn))};
    struct str id = str_of(w->plan->parts[w->plan->processes[0]].id.text);

    if (!ask(w, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}}))
        return false;
    for (i32 i = 0; i < 2; i++)
        w->processes[i] = process_version(w->actor.state, STR("<default>"), id, i + 1);
    actor_settled(&w->actor);
    return true;
}

bool wild_run(const struct plan *p, struct str bpmn, u64 seed, u64 paths,
              struct buf *story, struct str *failure)
{
    static const u32 todos[] = {1, 2, 7, 100};
    struct wild w = {.plan = p, .story = story, .arena = story->arena};
    bool is_good;

    w.prng = (struct prng){hash_mix(seed ^ 0x5eed)};
    is_good = actor_open(&w.actor, bpmn, &w.failure) && deploy_again(&w, bpmn);
    actor_hurry(&w.actor, todos[seed % LEN(todos)]);
    for (u64 i = 0; i < paths && is_good && !pending_first(w.actor.state); i++)
        is_good = path(&w);
    if (is_good && !actor_replays(&w.actor))
        is_good = wrong(&w, STR("the log gives another state than the steps"));
    if (is_good && !actor_repeats(&w.actor))
        is_good = wrong(&w, STR("the same commands give another log"));
    *failure = arena_copy(story->arena, w.failure);
    actor_close(&w.actor);
    return is_good;
}
