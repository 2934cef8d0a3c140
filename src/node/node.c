#include "node/node.h"

#include <stdio.h>
#include <stdlib.h>

#include "state/read.h"

const struct node_options node_options_default = {
    .budget = 1000,
    .backlog_max = (u64)64 << 20,
    .inbox_max = 100000,
};

/* A command that waits its turn, in one block with all it points to. */
struct waiting {
    struct input in;
    struct waiting *next;
};

/* What a step has left for others, held back until its entry is durable: an answer, a
 * wake-up, or that sends may go to a partition and are applied from it up to a number.
 */
enum held_kind { HELD_ANSWER, HELD_EFFECT, HELD_MARK };

struct outcome_held {
    u64 tail; /* when the log is durable up to here */
    enum held_kind kind;
    struct answer answer;
    struct effect effect;
    u32 partition;
    struct mark {
        u64 sent, applied;
    } mark;
    struct outcome_held *next;
};

struct node {
    struct node_options options;
    struct log *log;       /* borrowed */
    struct state *state;   /* owned */
    struct engine *engine; /* owned */
    struct waiting *inbox, **inbox_end;
    u32 inbox_count;
    struct outcome_held *held, **held_end; /* not durable yet, in order */
    struct outcome_held *answers, **answers_end;
    struct outcome_held *effects, **effects_end;
    struct outcome_held *given; /* the effect that was given out last */
    i64 now;
    bool was_own; /* whose turn it was: commands and the engine's own work alternate */
    u64 *sent;    /* owned; per partition, the number of the last send given out */
    struct mark *marks, *durable; /* owned; per partition, as decided and as durable */
    u32 stuck; /* failures in a row of something with nobody to blame */
    struct node_counters counters;
    struct arena arena; /* of what is given out until the next call */
};

struct node *node_open(const struct node_options *options, struct log *log)
{
    struct node *n = must_alloc(sizeof(*n));

    n->options = *options;
    n->log = log;
    n->state = state_open();
    n->engine = engine_open(n->state, &options->engine);
    n->inbox_end = &n->inbox;
    n->held_end = &n->held;
    n->answers_end = &n->answers;
    n->effects_end = &n->effects;
    n->sent = must_alloc((options->engine.partitions + 1) * sizeof(*n->sent));
    n->marks = must_alloc((options->engine.partitions + 1) * sizeof(*n->marks));
    n->durable = must_alloc((options->engine.partitions + 1) * sizeof(*n->durable));
    arena_init(&n->arena, 4096, (size_t)64 << 20, NULL);
    return n;
}

static void held_free(struct outcome_held *h)
{
    while (h) {
        struct outcome_held *next = h->next;
        node_answer_done(&h->answer);
        free(h);
        h = next;
    }
}

void node_close(struct node *n)
{
    if (!n)
        return;
    held_free(n->held);
    held_free(n->answers);
    held_free(n->effects);
    held_free(n->given);
    while (n->inbox) {
        struct waiting *next = n->inbox->next;
        free(n->inbox);
        n->inbox = next;
    }
    arena_free(&n->arena);
    engine_close(n->engine);
    state_close(n->state);
    free(n->durable);
    free(n->marks);
    free(n->sent);
    free(n);
}

u64 node_durable(const struct node *n)
{
    return n->log->durable;
}

u32 node_partition(const struct node *n)
{
    return n->options.engine.partition;
}

struct state *node_state(struct node *n)
{
    return n->state;
}

struct engine *node_engine(struct node *n)
{
    return n->engine;
}

static struct mark mark_of(const struct node *n, u32 partition)
{
    const struct partition_row *p = partition_get(n->state, partition);

    return p ? (struct mark){p->sent, p->applied} : (struct mark){0, 0};
}

/* ---- recovery -------------------------------------------------------------------- */

#define PROGRESS_EVERY 10000

static bool replay_all(struct node *n, struct log_cursor *c,
                       void (*progress)(void *ctx, u64 done, u64 all), void *ctx,
                       struct err *err)
{
    struct log_entry entry;
    enum log_next next;

    while ((next = log_read(c, n->log->durable, &entry, err)) == LOG_ENTRY) {
        if (!engine_replay(n->engine, entry.bytes, err)) {
            err_in(err, "entry %llu", (unsigned long long)entry.number);
            return err_in(err, "replay of partition %u", node_partition(n));
        }
        n->counters.entries++;
        if (progress && entry.number % PROGRESS_EVERY == 0)
            progress(ctx, entry.number, n->log->durable);
    }
    return next == LOG_END;
}

bool node_recover(struct node *n, void (*progress)(void *ctx, u64 done, u64 all),
                  void *ctx, struct err *err)
{
    struct log_cursor *c = log_follow(n->log, n->log->first, err);

    if (!c)
        return false;
    bool is_good = replay_all(n, c, progress, ctx, err);
    log_unfollow(c);
    n->now = state_now(n->state);
    for (u32 p = 1; p <= n->options.engine.partitions; p++)
        n->durable[p] = n->marks[p] = mark_of(n, p);
    return is_good;
}

/* ---- what comes in --------------------------------------------------------------- */

static bool refuse(struct refusal *why, const char *what, u64 value, u64 limit)
{
    why->rejection = REJECT_RESOURCE_EXHAUSTED;
    snprintf(
        why->text, sizeof(why->text),
        "Expected to take new work, but %s: %llu, and %llu is the limit. What runs "
        "goes on; please try again later.",
        what, (unsigned long long)value, (unsigned long long)limit);
    return false;
}

bool node_admit(const struct node *n, enum command_kind kind, struct refusal *why)
{
    u64 backlog = log_backlog(n->log);

    if (commands[kind].is_always_admitted)
        return true;
    if (backlog > n->options.backlog_max)
        return refuse(why, "the disk is behind, in bytes", backlog,
                      n->options.backlog_max);
    if (n->inbox_count >= n->options.inbox_max)
        return refuse(why, "too many commands wait", n->inbox_count,
                      n->options.inbox_max);
    return true;
}

static struct str copy_text(char **to, struct str s)
{
    char *at = *to;

    if (s.len)
        memcpy(at, s.data, s.len);
    *to += s.len;
    return (struct str){at, s.len};
}

/* One block: the command, its record, its texts. */
static struct waiting *waiting_new(const struct input *in)
{
    const struct shape *shape = commands[in->kind].ask;
    size_t record = in->record ? record_footprint(shape, in->record) + 16 : 0;
    size_t texts = in->asker.name.len + in->tenant.len + in->cause.len;
    struct waiting *w = must_alloc(sizeof(*w) + record + texts);
    char *to = (char *)(w + 1);

    w->in = *in;
    if (in->record) {
        w->in.record = record_place(shape, in->record, to);
        to += record;
    }
    w->in.asker.name = copy_text(&to, in->asker.name);
    w->in.tenant = copy_text(&to, in->tenant);
    w->in.cause = copy_text(&to, in->cause);
    return w;
}

void node_command(struct node *n, const struct input *in)
{
    struct waiting *w = waiting_new(in);

    *n->inbox_end = w;
    n->inbox_end = &w->next;
    n->inbox_count++;
}

bool node_receive(struct node *n, const struct send *s, struct err *err)
{
    const struct shape *shape;
    struct input in = {
        .kind = s->kind,
        .key = s->about,
        .tenant = STR("<default>"),
        .from = s->from,
        .number = s->number,
    };

    if (s->kind >= COMMAND_COUNT || !commands[s->kind].name)
        return err_set(err, ERR_CORRUPT, "a send of an unknown kind: %u", s->kind);
    shape = commands[s->kind].ask;
    arena_reset(&n->arena);
    void *record = arena_alloc(&n->arena, shape->size);
    if (!record_decode(s->record, shape, &n->arena, record, err))
        return false;
    in.record = record;
    node_command(n, &in);
    return true;
}

/* ---- a turn
 * -------------------------------------------------------------------------------------
 */

static struct outcome_held *hold(struct node *n)
{
    struct outcome_held *h = must_alloc(sizeof(*h));

    h->tail = n->log->tail;
    *n->held_end = h;
    n->held_end = &h->next;
    return h;
}

static void hold_answer(struct node *n, const struct input *in,
                        const struct output *out)
{
    struct outcome_held *h = hold(n);
    const struct shape *shape = commands[in->kind].answer;
    size_t record = out->answer ? record_footprint(shape, out->answer) + 16 : 0;
    char *to = must_alloc(record + out->reason.len + 1);

    h->kind = HELD_ANSWER;
    h->answer = (struct answer){.request = in->request,
                                .kind = in->kind,
                                .rejection = out->rejection,
                                .block = to};
    if (out->answer)
        h->answer.record = record_place(shape, out->answer, to);
    to += record;
    h->answer.reason = copy_text(&to, out->reason);
}

static void hold_effect(struct node *n, const struct effect *e)
{
    struct outcome_held *h = hold(n);
    size_t record = e->answer ? record_footprint(e->shape, e->answer) + 16 : 0;
    char *to = must_alloc(record + e->tenant.len + e->type.len + e->reason.len + 1);

    h->kind = HELD_EFFECT;
    h->effect = *e;
    h->answer.block = to;
    if (e->answer)
        h->effect.answer = record_place(e->shape, e->answer, to);
    to += record;
    h->effect.tenant = copy_text(&to, e->tenant);
    h->effect.type = copy_text(&to, e->type);
    h->effect.reason = copy_text(&to, e->reason);
}

/* How far we are with the other partitions, after a step that may have changed it. */
static void hold_marks(struct node *n)
{
    for (u32 p = 1; p <= n->options.engine.partitions; p++) {
        struct mark now = mark_of(n, p);
        if (now.sent == n->marks[p].sent && now.applied == n->marks[p].applied)
            continue;
        struct outcome_held *h = hold(n);
        h->kind = HELD_MARK;
        h->partition = p;
        h->mark = n->marks[p] = now;
    }
}

static void count(struct node *n, const struct output *out)
{
    n->counters.steps++;
    n->counters.events += out->events;
    n->counters.refused += out->outcome == STEP_REFUSED;
    n->counters.failed += out->outcome == STEP_FAILED;
    n->counters.entries += out->entry.len > 0;
    n->counters.bytes += out->entry.len;
}

static void node_step(struct node *n, struct input *in)
{
    struct output out;

    in->now = n->now;
    engine_step(n->engine, in, &out);
    count(n, &out);
    if (out.entry.len)
        log_append(n->log, out.entry);
    if (in->request && out.outcome != STEP_IGNORED && !out.is_late)
        hold_answer(n, in, &out);
    for (u32 i = 0; i < out.effect_count; i++)
        hold_effect(n, &out.effects[i]);
    if (out.entry.len && n->options.engine.partitions > 1)
        hold_marks(n);
    n->stuck = out.outcome == STEP_FAILED && out.entry.len == 0 && !in->request
                   ? n->stuck + 1
                   : 0;
}

static bool inbox_take(struct node *n)
{
    struct waiting *w = n->inbox;

    if (!w)
        return false;
    n->inbox = w->next;
    if (!n->inbox)
        n->inbox_end = &n->inbox;
    n->inbox_count--;
    node_step(n, &w->in);
    free(w);
    return true;
}

static bool own_take(struct node *n)
{
    struct input in;

    if (!engine_next(n->engine, n->now, &in))
        return false;
    node_step(n, &in);
    return true;
}

/* Commands from outside and the engine's own work take turns. */
static bool turn(struct node *n)
{
    n->was_own = !n->was_own;
    if (n->was_own)
        return own_take(n) || inbox_take(n);
    return inbox_take(n) || own_take(n);
}

/* What comes again by itself and fails each time, with no instance to blame: stop, so
 * that somebody sees it. */
#define STUCK_MAX 3

static void release_one(struct node *n, struct outcome_held *h)
{
    switch (h->kind) {
    case HELD_ANSWER:
        *n->answers_end = h;
        n->answers_end = &h->next;
        return;
    case HELD_EFFECT:
        *n->effects_end = h;
        n->effects_end = &h->next;
        return;
    case HELD_MARK:
        n->durable[h->partition] = h->mark;
        free(h);
        return;
    }
}

static void release(struct node *n)
{
    while (n->held && n->held->tail <= n->log->durable) {
        struct outcome_held *h = n->held;
        n->held = h->next;
        if (!n->held)
            n->held_end = &n->held;
        h->next = NULL;
        release_one(n, h);
    }
}

bool node_pump(struct node *n, i64 now, struct err *err)
{
    if (now > n->now)
        n->now = now;
    for (u32 i = 0; i < n->options.budget && n->stuck < STUCK_MAX; i++)
        if (!turn(n))
            break;
    if (n->stuck >= STUCK_MAX)
        return err_set(
            err, ERR_CORRUPT,
            "partition %u is stopped: the same work failed %u times at entry "
            "%llu: %s",
            node_partition(n), n->stuck, (unsigned long long)n->log->tail,
            engine_failure(n->engine));
    if (!log_pump(n->log, err))
        return false;
    release(n);
    return true;
}

bool node_is_busy(const struct node *n)
{
    i64 when;

    return n->inbox || n->answers || n->effects ||
           (engine_due(n->engine, &when) && when <= n->now);
}

bool node_due(const struct node *n, i64 *when)
{
    return engine_due(n->engine, when);
}

/* ---- what goes out --------------------------------------------------------------- */

bool node_answer(struct node *n, struct answer *out)
{
    struct outcome_held *h = n->answers;

    if (!h)
        return false;
    n->answers = h->next;
    if (!n->answers)
        n->answers_end = &n->answers;
    *out = h->answer;
    free(h);
    return true;
}

void node_answer_done(struct answer *a)
{
    free(a->block);
    a->block = NULL;
}

bool node_effect(struct node *n, struct effect *out)
{
    struct outcome_held *h = n->effects;

    held_free(n->given);
    n->given = NULL;
    if (!h)
        return false;
    n->effects = h->next;
    if (!n->effects)
        n->effects_end = &n->effects;
    h->next = NULL;
    n->given = h;
    *out = h->effect;
    return true;
}

/* Sends are rows; one is given out when its entry is durable. */
bool node_send(struct node *n, struct send *out)
{
    for (u32 p = 1; p <= n->options.engine.partitions; p++) {
        u64 key = outbox_after(n->state, p, n->sent[p]);
        const struct outbox_row *row = key ? outbox_get(n->state, key) : NULL;
        if (!row || row->number > n->durable[p].sent)
            continue;
        n->sent[p] = row->number;
        *out = (struct send){
            .from = node_partition(n),
            .to = p,
            .number = row->number,
            .kind = (enum command_kind)row->kind,
            .about = row->about,
            .record = row->record,
        };
        return true;
    }
    return false;
}

void node_resend(struct node *n)
{
    for (u32 p = 1; p <= n->options.engine.partitions; p++)
        n->sent[p] = 0;
}

u64 node_applied(const struct node *n, u32 from)
{
    return n->durable[from].applied;
}

struct node_counters node_counters(const struct node *n)
{
    struct node_counters c = n->counters;

    c.elements = state_count(n->state, TABLE_ELEMENT);
    c.instances = state_count(n->state, TABLE_INSTANCE);
    c.jobs = state_count(n->state, TABLE_JOB);
    c.variables = state_count(n->state, TABLE_VARIABLE);
    c.timers = state_count(n->state, TABLE_TIMER);
    c.incidents = state_count(n->state, TABLE_INCIDENT);
    c.messages = state_count(n->state, TABLE_MESSAGE);
    return c;
}

u64 node_hash(const struct node *n)
{
    return state_hash(n->state);
}
