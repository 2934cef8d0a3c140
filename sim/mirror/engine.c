#include "sim/mirror/engine.h"

#include <stdlib.h>

#include "sim/mirror/show.h"

#define TENANT STR("<default>")
#define BEGIN  1767225600000

static const char *const table_names[] = {
#define X(name, noun, links, due) #noun,
    TABLES(X)
#undef X
};

/* ---- steps ----------------------------------------------------------------------- */

static const char *id_of(struct actor *a, u32 tag)
{
    const struct element *e = model_element(a->model, tag);

    return e ? arena_print(&a->arena, "%.*s", ARG(e->id)).data : "?";
}

static void trace_event(struct actor *a, const struct event *e)
{
    static const struct {
        enum event_kind kind;
        char mark;
    } moves[] = {{EV_ELEMENT_ACTIVATED, '+'},
                 {EV_ELEMENT_COMPLETED, '-'},
                 {EV_ELEMENT_TERMINATED, '!'}};
    struct element_moved moved;
    struct token_row token;
    struct err err;

    for (size_t i = 0; i < LEN(moves); i++)
        if (e->kind == moves[i].kind) {
            must(record_decode(e->bytes, events[e->kind].record, &a->arena, &moved,
                               &err));
            buf_print(&a->trace, "%c%s ", moves[i].mark, id_of(a, moved.element));
        }
    if (e->kind == EV_SEQUENCE_FLOW_TAKEN) {
        must(record_decode(e->bytes, events[e->kind].record, &a->arena, &token, &err));
        buf_print(&a->trace, ">%s ", id_of(a, token.flow));
    }
}

static void trace_entry(struct actor *a, struct str bytes)
{
    struct entry entry;
    struct err err = {0};
    struct event e;
    size_t at = 0;

    if (bytes.len == 0 || !a->model)
        return;
    must(record_decode(bytes, &entry_shape, &a->arena, &entry, &err));
    while (event_next(entry.events, &at, &e, &err))
        trace_event(a, &e);
}

static void remember(struct actor *a, const struct input *in)
{
    if (a->count == a->size) {
        a->size = a->size ? a->size * 2 : 64;
        a->done = must_realloc(a->done, a->size * sizeof(*a->done));
    }
    struct done *d = &a->done[a->count++];
    *d = (struct done){*in, arena_copy(&a->arena, a->out.entry)};
    if (in->record)
        d->in.record = record_copy(commands[in->kind].ask, in->record, &a->arena);
}

static bool step(struct actor *a, const struct input *in)
{
    engine_step(a->engine, in, &a->out);
    remember(a, in);
    trace_entry(a, a->out.entry);
    a->has_failed = a->has_failed || a->out.outcome == STEP_FAILED;
    return a->out.outcome == STEP_DONE;
}

/* Work that was left over comes before what is due. */
static bool run_own(struct actor *a)
{
    struct input in;

    while (engine_next(a->engine, a->now, &in)) {
        if (in.kind != CMD_PENDING_RUN && pending_first(a->state))
            continue;
        if (!step(a, &in) && !a->steps_left)
            return false;
        if (a->steps_left && --a->steps_left == 0)
            return false;
    }
    return true;
}

static struct input command(const struct actor *a, enum command_kind kind, u64 key,
                            const void *record)
{
    return (struct input){.kind = kind,
                          .key = key,
                          .record = record,
                          .now = a->now,
                          .tenant = TENANT,
                          .request = 1};
}

bool actor_do(struct actor *a, enum command_kind kind, u64 key, const void *record)
{
    struct input in = command(a, kind, key, record);

    return step(a, &in) && run_own(a);
}

bool actor_tick(struct actor *a, i64 now)
{
    a->now = now;
    return run_own(a);
}

/* The first event stops it, then the second, and so on, until it is through. */
static bool step_undone(struct actor *a, const struct input *in, bool *is_undone)
{
    u64 before = state_hash(a->state);

    *is_undone = true;
    for (u32 n = 1;; n++) {
        engine_trip(a->engine, n);
        engine_step(a->engine, in, &a->out);
        engine_trip(a->engine, 0);
        if (!engine_undone(a->engine))
            break;
        if (state_hash(a->state) != before || a->out.entry.len)
            *is_undone = false;
    }
    remember(a, in);
    trace_entry(a, a->out.entry);
    return a->out.outcome == STEP_DONE;
}

bool actor_do_undone(struct actor *a, enum command_kind kind, u64 key,
                     const void *record, bool *is_undone)
{
    struct input in = command(a, kind, key, record);

    return step_undone(a, &in, is_undone) && run_own(a);
}

/* ---- the log --------------------------------------------------------------------- */

static void replay(const struct actor *a, struct engine *e)
{
    struct err err;

    for (size_t i = 0; i < a->count; i++)
        if (a->done[i].entry.len)
            must(engine_replay(e, a->done[i].entry, &err));
}

static void restart(struct actor *a)
{
    engine_close(a->engine);
    state_close(a->state);
    a->state = state_open();
    a->engine = engine_open(a->state, &a->options);
    replay(a, a->engine);
}

bool actor_replays(struct actor *a)
{
    u64 before = state_hash(a->state);

    restart(a);
    return state_hash(a->state) == before;
}

bool actor_repeats(struct actor *a)
{
    struct state *state = state_open();
    struct engine *engine = engine_open(state, &a->options);
    bool is_same = true;
    struct output out;

    for (size_t i = 0; i < a->count && is_same; i++) {
        engine_step(engine, &a->done[i].in, &out);
        is_same = str_equal(out.entry, a->done[i].entry);
    }
    is_same = is_same && state_hash(state) == state_hash(a->state);
    engine_close(engine);
    state_close(state);
    return is_same;
}

const char *actor_leftover(const struct actor *a)
{
    for (u32 t = 0; t < TABLE_COUNT; t++)
        if (state_count(a->state, (enum table_id)t) != a->counts[t])
            return table_names[t];
    return NULL;
}

/* ---- opening --------------------------------------------------------------------- */

bool actor_open(struct actor *a, struct str bpmn, struct str *why)
{
    struct resource file = {STR("mirror.bpmn"), bpmn};
    struct err err;

    *a = (struct actor){.options = engine_options_default, .now = BEGIN};
    a->options.todos = 100000; /* the order of what is left over is another one */
    arena_init(&a->arena, 256 << 10, (size_t)1 << 30, NULL);
    buf_init(&a->trace, &a->arena, 1024);
    a->state = state_open();
    a->engine = engine_open(a->state, &a->options);
    bool is_good =
        actor_do(a, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    *why = a->out.reason;
    if (!is_good)
        return false;
    must(model_load(bpmn, &model_options_default, &a->model, &err));
    actor_settled(a);
    return true;
}

void actor_settled(struct actor *a)
{
    for (u32 t = 0; t < TABLE_COUNT; t++)
        a->counts[t] = state_count(a->state, (enum table_id)t);
}

void actor_hurry(struct actor *a, u32 todos)
{
    a->options.todos = todos;
    restart(a);
}

void actor_close(struct actor *a)
{
    engine_close(a->engine);
    state_close(a->state);
    model_free(a->model);
    free(a->done);
    arena_free(&a->arena);
}

u64 actor_instance(const struct actor *a)
{
    struct table_walk walk = {0};

    for (u64 key; state_next(a->state, TABLE_INSTANCE, &walk, &key);)
        if (!instance_get(a->state, key)->parent_instance)
            return key;
    return 0;
}

/* ---- how it stands --------------------------------------------------------------- */

static void put_variables(struct actor *a, u64 key, struct buf *out)
{
    struct lines l = {.count = 0};

    for (u64 v = 0; (v = variable_after(a->state, key, v));) {
        const struct variable_row *row = variable_get(a->state, v);
        lines_add(&l,
                  arena_print(&a->arena, "%.*s=%.*s", ARG(row->name), ARG(row->value)));
    }
    lines_put(&l, "", out);
}

static void put_waits(struct actor *a, u64 key, struct buf *out)
{
    struct lines l = {.count = 0};

    for (u64 k = 0; (k = process_subscription_after(a->state, key, k));) {
        const struct process_subscription_row *p =
            process_subscription_get(a->state, k);
        lines_add(&l, arena_print(&a->arena, "message:%.*s/%.*s>%s", ARG(p->name),
                                  ARG(p->correlation_key), id_of(a, p->element)));
    }
    for (u64 k = 0; (k = timer_after(a->state, key, k));) {
        const struct timer_row *t = timer_get(a->state, k);
        lines_add(&l, arena_print(&a->arena, "timer@%lldx%lld>%s", (long long)t->due,
                                  (long long)t->repetitions, id_of(a, t->element)));
    }
    for (u64 k = 0; (k = signal_subscription_of(a->state, key, k));) {
        const struct signal_subscription_row *x = signal_subscription_get(a->state, k);
        lines_add(&l, arena_print(&a->arena, "signal:%.*s/>%s", ARG(x->name),
                                  id_of(a, x->element)));
    }
    lines_put(&l, "", out);
}

static void put_rest(struct actor *a, u64 key, struct buf *out)
{
    struct lines l = {.count = 0};

    for (u64 k = 0; (k = token_after(a->state, key, k));)
        lines_add(&l, str_of(id_of(a, token_get(a->state, k)->flow)));
    lines_put(&l, "token:", out);
    for (u64 k = 0; (k = compensation_after(a->state, key, k));) {
        const struct compensation_row *c = compensation_get(a->state, k);
        if (!c->thrower)
            lines_add(&l, str_of(id_of(a, c->activity)));
    }
    lines_put(&l, "undo:", out);
}

static void put_job(struct actor *a, u64 key, struct buf *out)
{
    static const char *const states[] = {"none", "waits", "waits", "failed", "threw"};
    u64 job = job_of(a->state, key);
    const struct job_row *row = job ? job_get(a->state, job) : NULL;

    if (row)
        buf_print(out, " job:%s:%d", states[row->state], row->retries);
}

static void put_incidents(struct actor *a, u64 key, struct buf *out)
{
    for (u64 k = 0; (k = incident_after(a->state, key, k));)
        switch (incident_get(a->state, k)->problem) {
        case PROBLEM_JOB_NO_RETRIES:
            buf_text(out, " !NO_RETRIES");
            break;
        case PROBLEM_EXECUTION_LISTENER_NO_RETRIES:
            buf_text(out, " !LISTENER");
            break;
        case PROBLEM_IO_MAPPING_ERROR:
            buf_text(out, " !MAPPING");
            break;
        case PROBLEM_CONDITION_ERROR:
            buf_text(out, " !CONDITION");
            break;
        case PROBLEM_EXTRACT_VALUE_ERROR:
            buf_text(out, " !VALUE");
            break;
        case PROBLEM_UNHANDLED_ERROR_EVENT:
            buf_text(out, " !ERROR");
            break;
        default:
            buf_print(out, " !%s",
                      problem_name((enum problem)incident_get(a->state, k)->problem));
            break;
        }
}

static void put_element(struct actor *a, u64 key, u32 depth, struct buf *out)
{
    static const char *const states[] = {"none",       "activating", "activated",
                                         "completing", "completed",  "terminating"};
    const struct element_row *row = element_get(a->state, key);

    buf_print(out, "%*s%s %s", (int)depth * 2, "", id_of(a, row->element),
              states[row->state]);
    if (row->is_body) {
        const struct loop_row *loop = loop_get(a->state, key);
        buf_print(out, " body:%u/%u", row->loop_created, loop ? loop->count : 0);
    }
    if (row->loop_counter)
        buf_print(out, " #%u", row->loop_counter);
    if (row->interrupted_by)
        buf_print(out, " by:%s", id_of(a, row->interrupted_by));
    if (row->listener)
        buf_print(out, " listened:%u", row->listener);
    if (user_task_of(a->state, key))
        buf_text(out, " task");
    put_job(a, key, out);
    put_incidents(a, key, out);
    put_variables(a, key, out);
    put_waits(a, key, out);
    put_rest(a, key, out);
    buf_byte(out, '\n');
    for (u64 child = 0; (child = child_after(a->state, key, child));)
        put_element(a, child, depth + 1, out);
}

void actor_print(struct actor *a, u64 instance, struct buf *out)
{
    if (element_get(a->state, instance))
        put_element(a, instance, 0, out);
}
