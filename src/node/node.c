#include <stdio.h>
#include <stdlib.h>

#include "node/private.h"
#include "state/pack.h"
#include "state/read.h"

const struct node_options node_options_default = {
    .budget = 1000,
    .backlog_max = (u64)64 << 20,
    .inbox_max = 100000,
    .lag_max_ms = 5000,
    .checkpoint_bytes = (u64)32 << 20,
    .checkpoint_slice = (u64)128 << 10,
};

void held_init(struct held_list *l)
{
    *l = (struct held_list){.end = &l->first};
}

void held_add(struct held_list *l, struct outcome_held *h)
{
    h->next = NULL;
    *l->end = h;
    l->end = &h->next;
}

struct outcome_held *held_take(struct held_list *l)
{
    struct outcome_held *h = l->first;

    if (!h)
        return NULL;
    l->first = h->next;
    if (!l->first)
        l->end = &l->first;
    h->next = NULL;
    return h;
}

void node_lists(struct node *n)
{
    n->inbox_end = &n->inbox;
    held_init(&n->held);
    held_init(&n->answers);
    held_init(&n->effects);
    held_init(&n->notices);
    held_init(&n->sends);
    held_init(&n->sends_given);
    held_init(&n->marks_left);
}

struct node *node_open(const struct node_options *options, struct log *log)
{
    struct node *n = must_alloc(sizeof(*n));

    n->options = *options;
    n->log = log;
    n->pool = pool_open();
    n->state = state_open();
    n->engine = engine_open(n->state, &options->engine);
    checkpoint_open(&n->checkpoint, options, n->state, log);
    node_lists(n);
    n->sent = must_alloc((options->engine.partitions + 1) * sizeof(*n->sent));
    n->marks = must_alloc((options->engine.partitions + 1) * sizeof(*n->marks));
    n->durable = must_alloc((options->engine.partitions + 1) * sizeof(*n->durable));
    arena_init(&n->arena, 4096, (size_t)64 << 20, NULL);
    return n;
}

void held_free(struct node *n, struct outcome_held *h)
{
    while (h) {
        struct outcome_held *next = h->next;
        pool_put(n->pool, h);
        h = next;
    }
}

void node_close(struct node *n)
{
    if (!n)
        return;
    if (n->is_stand_in)
        link_close(n);
    held_free(n, n->held.first);
    held_free(n, n->answers.first);
    held_free(n, n->effects.first);
    held_free(n, n->notices.first);
    held_free(n, n->sends.first);
    held_free(n, n->sends_given.first);
    held_free(n, n->marks_left.first);
    held_free(n, n->given);
    held_free(n, n->told);
    for (struct waiting *w; (w = inbox_next(n));)
        pool_put(n->pool, w);
    pool_close(n->pool);
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
    return n->is_stand_in ? atomic_load(&n->link->durable) : n->log->durable;
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

/* ---- what is cold ---------------------------------------------------------------- */

static bool node_thaw(struct node *n, struct err *err)
{
    u64 before = state_cold(n->state);
    bool is_good = state_thaw(n->state, n->checkpoint.vault, err);

    n->counters.thawed += before - state_cold(n->state);
    return is_good || err_in(err, "partition %u", node_partition(n));
}

/* So many aggregates leave memory in one turn: about a millisecond. */
#define EVICT_AT_ONCE 64

/* When the process has little memory left, whoever has it gives what can be given. */
static u64 rows_limit(const struct node *n)
{
    return n->is_pressed ? 0 : n->options.memory;
}

static void node_cool(struct node *n)
{
    u64 limit = rows_limit(n);

    if (!n->options.memory || !n->checkpoint.vault)
        return;
    n->counters.evicted += state_evict(n->state, limit, EVICT_AT_ONCE);
    n->checkpoint.is_hungry =
        state_used(n->state) > limit && !state_may_evict(n->state);
}

/* Has it more to put out of memory at once? */
static bool node_is_warm(const struct node *n)
{
    return n->options.memory && state_used(n->state) > rows_limit(n) &&
           state_may_evict(n->state);
}

/* ---- recovery -------------------------------------------------------------------- */

#define PROGRESS_EVERY 10000

/* What is cold comes into memory as it is needed. */
static bool replay_one(struct node *n, struct str entry, struct err *err)
{
    while (!engine_replay(n->engine, entry, err))
        if (err->code != ERR_NONE || !node_thaw(n, err))
            return false;
    return true;
}

static bool replay_all(struct node *n, struct log_cursor *c, node_progress *progress,
                       void *ctx, struct err *err)
{
    struct log_entry entry;
    enum log_next next;
    u64 done = 0, all = n->log->durable - n->checkpoint.last;

    while ((next = log_read(c, n->log->durable, &entry, err)) == LOG_ENTRY) {
        if (!replay_one(n, entry.bytes, err)) {
            err_in(err, "entry %llu", (unsigned long long)entry.number);
            return err_in(err, "replay of partition %u", node_partition(n));
        }
        n->counters.entries++;
        n->checkpoint.logged += entry.bytes.len;
        node_cool(n);
        if (progress && ++done % PROGRESS_EVERY == 0)
            progress(ctx, "entries of the log", done, all);
    }
    return next == LOG_END;
}

static bool replay_from(struct node *n, u64 from, node_progress *progress, void *ctx,
                        struct err *err)
{
    struct log_cursor *c = log_follow(n->log, from, err);

    if (!c)
        return false;
    bool is_good = replay_all(n, c, progress, ctx, err);
    log_unfollow(c);
    return is_good;
}

bool node_recover(struct node *n, node_progress *progress, void *ctx, struct err *err)
{
    u64 from;

    if (!checkpoint_load(&n->checkpoint, progress, ctx, &from, err))
        return err_in(err, "partition %u", node_partition(n));
    if (!replay_from(n, from, progress, ctx, err))
        return false;
    n->now = state_now(n->state);
    for (u32 p = 1; p <= n->options.engine.partitions; p++)
        n->durable[p] = n->marks[p] = mark_of(n, p);
    return true;
}

/* So many changed pages are packed and written in a fraction of a second. */
#define CHEAP_PAGES 20000

void node_checkpoint(struct node *n)
{
    struct checkpoint *c = &n->checkpoint;

    if (n->is_stand_in)
        link_tell(n, WAITS_CHECKPOINT);
    else if (c->vault && n->log->tail > c->last && n->log->tail > 1 &&
             state_changed(n->state) <= CHEAP_PAGES)
        c->is_wanted = true;
}

bool node_rests(const struct node *n)
{
    if (n->is_stand_in)
        return !n->inbox && ring_is_empty(&n->link->in) &&
               atomic_load(&n->link->is_resting);
    return n->checkpoint.stage == CHECKPOINT_RESTS && !n->checkpoint.is_wanted;
}

void node_hold(struct node *n, struct node_hold *h, u64 at)
{
    atomic_store(&h->at, at);
    h->next = n->checkpoint.holds;
    n->checkpoint.holds = h;
}

void node_let_go(struct node *n, struct node_hold *h)
{
    struct node_hold **hole = &n->checkpoint.holds;

    while (*hole && *hole != h)
        hole = &(*hole)->next;
    if (*hole)
        *hole = h->next;
}

/* ---- what comes in --------------------------------------------------------------- */

struct str held_text(char **to, struct str s)
{
    char *at = *to;

    if (s.len)
        memcpy(at, s.data, s.len);
    *to += s.len;
    return (struct str){at, s.len};
}

void inbox_add(struct node *n, struct waiting *w)
{
    w->next = NULL;
    *n->inbox_end = w;
    n->inbox_end = &w->next;
    n->inbox_count++;
}

struct waiting *inbox_next(struct node *n)
{
    struct waiting *w = n->inbox;

    if (!w)
        return NULL;
    n->inbox = w->next;
    if (!n->inbox)
        n->inbox_end = &n->inbox;
    n->inbox_count--;
    return w;
}

/* One block: the command, its record, its texts. */
static struct waiting *waiting_new(struct node *n, const struct input *in)
{
    const struct shape *shape = commands[in->kind].ask;
    size_t record = in->record ? record_footprint(shape, in->record) + 16 : 0;
    size_t texts = in->asker.name.len + in->tenant.len + in->cause.len;
    struct waiting *w = pool_get(n->pool, sizeof(*w) + record + texts);
    char *to = (char *)(w + 1);

    w->what = WAITS_COMMAND;
    w->in = *in;
    if (in->record) {
        w->in.record = record_place(shape, in->record, to);
        to += record;
    }
    w->in.asker.name = held_text(&to, in->asker.name);
    w->in.tenant = held_text(&to, in->tenant);
    w->in.cause = held_text(&to, in->cause);
    return w;
}

void node_command(struct node *n, const struct input *in)
{
    inbox_add(n, waiting_new(n, in));
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

static struct outcome_held *hold(struct node *n, enum held_kind kind, size_t more)
{
    struct outcome_held *h = pool_get(n->pool, sizeof(*h) + more);

    *h = (struct outcome_held){.tail = n->log->tail, .kind = kind, .since = n->outside};
    held_add(&n->held, h);
    return h;
}

static void hold_answer(struct node *n, const struct input *in,
                        const struct output *out)
{
    const struct shape *shape = commands[in->kind].answer;
    size_t record = out->answer ? record_footprint(shape, out->answer) + 16 : 0;
    struct outcome_held *h = hold(n, HELD_ANSWER, record + out->reason.len);
    char *to = (char *)(h + 1);

    h->answer = (struct answer){.request = in->request,
                                .kind = in->kind,
                                .rejection = out->rejection,
                                .pool = n->pool,
                                .block = h};
    if (out->answer)
        h->answer.record = record_place(shape, out->answer, to);
    to += record;
    h->answer.reason = held_text(&to, out->reason);
}

static void hold_effect(struct node *n, const struct effect *e)
{
    size_t record = e->answer ? record_footprint(e->shape, e->answer) + 16 : 0;
    size_t texts = e->tenant.len + e->type.len + e->reason.len;
    struct outcome_held *h = hold(n, HELD_EFFECT, record + texts);
    char *to = (char *)(h + 1);

    h->effect = *e;
    if (e->answer)
        h->effect.answer = record_place(e->shape, e->answer, to);
    to += record;
    h->effect.tenant = held_text(&to, e->tenant);
    h->effect.type = held_text(&to, e->type);
    h->effect.reason = held_text(&to, e->reason);
}

static void hold_notice(struct node *n, const struct notice *c)
{
    struct outcome_held *h = hold(n, HELD_NOTICE, c->type.len + c->element.len);
    char *to = (char *)(h + 1);

    h->notice = *c;
    h->notice.next = NULL; /* it is the step's */
    h->notice.type = held_text(&to, c->type);
    h->notice.element = held_text(&to, c->element);
}

/* How far we are with the other partitions, after a step that may have changed it. */
static void hold_marks(struct node *n)
{
    for (u32 p = 1; p <= n->options.engine.partitions; p++) {
        struct mark now = mark_of(n, p);
        if (now.sent == n->marks[p].sent && now.applied == n->marks[p].applied)
            continue;
        struct outcome_held *h = hold(n, HELD_MARK, 0);
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
    n->checkpoint.logged += out->entry.len;
}

static void node_step(struct node *n, struct input *in)
{
    struct output out;

    in->now = n->now;
    engine_step(n->engine, in, &out);
    while (out.outcome == STEP_COLD) {
        if (!node_thaw(n, &n->why))
            return;
        engine_step(n->engine, in, &out);
    }
    if (in->kind == CMD_CLOCK_SET || in->kind == CMD_SHARED_SPREAD)
        n->now = state_now(n->state); /* it may have been turned, also back */
    count(n, &out);
    if (out.entry.len)
        log_append(n->log, out.entry);
    if (in->request && out.outcome != STEP_IGNORED && !out.is_late)
        hold_answer(n, in, &out);
    for (u32 i = 0; i < out.effect_count; i++)
        hold_effect(n, &out.effects[i]);
    for (const struct notice *c = out.notices; c; c = c->next)
        hold_notice(n, c);
    if (out.entry.len && n->options.engine.partitions > 1)
        hold_marks(n);
    n->stuck = out.outcome == STEP_FAILED && out.entry.len == 0 && !in->request
                   ? n->stuck + 1
                   : 0;
}

static void waiting_do(struct node *n, struct waiting *w)
{
    switch (w->what) {
    case WAITS_COMMAND:
        node_step(n, &w->in);
        return;
    case WAITS_RESEND:
        node_resend(n);
        return;
    case WAITS_WATCH:
    case WAITS_UNWATCH:
        node_watch(n, w->what == WAITS_WATCH);
        return;
    case WAITS_CHECKPOINT:
        node_checkpoint(n);
        return;
    }
}

static bool inbox_take(struct node *n)
{
    struct waiting *w = inbox_next(n);

    if (!w)
        return false;
    waiting_do(n, w);
    pool_put(n->pool, w);
    return true;
}

static bool own_take(struct node *n)
{
    struct input in;

    while (state_due_is_cold(n->state, n->now))
        if (!node_thaw(n, &n->why))
            return false;
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

void node_release(struct node *n, struct outcome_held *h)
{
    switch (h->kind) {
    case HELD_ANSWER:
        held_add(&n->answers, h);
        return;
    case HELD_EFFECT:
        held_add(&n->effects, h);
        return;
    case HELD_NOTICE:
        held_add(&n->notices, h);
        return;
    case HELD_SEND:
        held_add(&n->sends, h);
        return;
    case HELD_MARK:
        n->durable[h->partition] = h->mark;
        if (n->link && !n->is_stand_in)
            held_add(&n->marks_left, h);
        else
            pool_put(n->pool, h);
        return;
    }
}

static void release(struct node *n)
{
    while (n->held.first && n->held.first->tail <= n->log->durable)
        node_release(n, held_take(&n->held));
}

static bool pump(struct node *n, i64 now, struct err *err)
{
    i64 stands;

    if (now > n->outside)
        n->outside = now;
    if (now > n->now && !clock_stands(n->state, &stands))
        n->now = now;
    for (u32 i = 0; i < n->options.budget && n->stuck < STUCK_MAX && !n->why.code; i++)
        if (!turn(n))
            break;
    if (n->why.code) {
        *err = n->why;
        return false;
    }
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
    if (!checkpoint_pump(&n->checkpoint, err))
        return false;
    node_cool(n);
    return true;
}

bool node_pump(struct node *n, i64 now, struct err *err)
{
    if (n->is_stand_in)
        return link_pump(n, err);
    if (!n->link)
        return pump(n, now, err);
    link_take(n);
    bool goes_on = pump(n, now, err);
    link_give(n, goes_on, err);
    return goes_on;
}

/* Work of the engine's own: when it comes, by its clock. */
static bool work_due(const struct node *n, i64 *when)
{
    return !n->is_stand_in && engine_due(n->engine, when);
}

bool node_is_busy(const struct node *n)
{
    i64 when;

    return n->inbox || n->answers.first || n->effects.first || n->sends.first ||
           n->marks_left.first || (work_due(n, &when) && when <= n->now);
}

/* While the clock stands, nothing becomes due by waiting. */
bool node_due(const struct node *n, i64 *when)
{
    i64 stands;

    if (n->is_stand_in || (!checkpoint_is_busy(&n->checkpoint) && !node_is_warm(n)))
        return work_due(n, when) && !clock_stands(n->state, &stands);
    *when = 0;
    return true;
}

bool node_is_settled(const struct node *n)
{
    if (node_is_busy(n))
        return false;
    if (!n->is_stand_in)
        return n->held.first == NULL && n->log->durable == n->log->tail;
    return ring_is_empty(&n->link->in) && atomic_load(&n->link->is_settled) &&
           ring_is_empty(&n->link->out);
}

bool node_has_news(struct node *n)
{
    bool has = n->has_news;

    n->has_news = false;
    return has;
}

/* ---- what goes out --------------------------------------------------------------- */

bool node_answer(struct node *n, struct answer *out)
{
    struct outcome_held *h = held_take(&n->answers);

    if (!h)
        return false;
    *out = h->answer;
    return true;
}

void node_answer_done(struct answer *a)
{
    if (a->block)
        pool_put(a->pool, a->block);
    a->block = NULL;
}

bool node_effect(struct node *n, struct effect *out)
{
    held_free(n, n->given);
    n->given = held_take(&n->effects);
    if (!n->given)
        return false;
    *out = n->given->effect;
    return true;
}

void node_watch(struct node *n, bool is_watched)
{
    if (n->is_stand_in)
        link_tell(n, is_watched ? WAITS_WATCH : WAITS_UNWATCH);
    else
        engine_watch(n->engine, is_watched);
}

bool node_notice(struct node *n, struct notice *out)
{
    held_free(n, n->told);
    n->told = held_take(&n->notices);
    if (!n->told)
        return false;
    *out = n->told->notice;
    return true;
}

/* Sends are rows; one is given out when its entry is durable. */
bool node_send(struct node *n, struct send *out)
{
    if (n->is_stand_in)
        return link_send(n, out);
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
    if (n->is_stand_in) {
        link_tell(n, WAITS_RESEND);
        return;
    }
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

    if (n->is_stand_in)
        return link_counters(n);
    c.elements = state_count(n->state, TABLE_ELEMENT);
    c.instances = state_count(n->state, TABLE_INSTANCE);
    c.jobs = state_count(n->state, TABLE_JOB);
    c.variables = state_count(n->state, TABLE_VARIABLE);
    c.timers = state_count(n->state, TABLE_TIMER);
    c.incidents = state_count(n->state, TABLE_INCIDENT);
    c.messages = state_count(n->state, TABLE_MESSAGE);
    c.user_tasks = state_count(n->state, TABLE_USER_TASK);
    c.pending = state_count(n->state, TABLE_PENDING);
    c.outbox = state_count(n->state, TABLE_OUTBOX);
    c.inbox = n->inbox_count;
    c.log_first = n->log->first;
    c.log_durable = n->log->durable;
    c.log_tail = n->log->tail;
    c.log_backlog = log_backlog(n->log);
    c.cold = state_cold(n->state);
    c.state_bytes = state_bytes(n->state);
    c.checkpoints = n->checkpoint.count;
    c.checkpoint = n->checkpoint.last;
    return c;
}

bool node_warm(struct node *n, u64 key, struct err *err)
{
    if (!n->checkpoint.vault)
        return true;
    if (key)
        return !state_want(n->state, key) || node_thaw(n, err);
    return state_thaw_all(n->state, n->checkpoint.vault, err) ||
           err_in(err, "partition %u", node_partition(n));
}

u64 node_hash(struct node *n)
{
    struct err err;

    must(node_warm(n, 0, &err));
    return state_hash(n->state);
}
