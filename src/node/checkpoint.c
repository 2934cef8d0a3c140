#include "node/checkpoint.h"

#include "state/pack.h"

/* With so much on its way to the vault, packing waits for it. */
#define BACKLOG_MOST ((u64)64 << 20)

void checkpoint_open(struct checkpoint *c, const struct node_options *o,
                     struct state *state, struct log *log)
{
    *c = (struct checkpoint){.state = state,
                             .log = log,
                             .vault = o->vault,
                             .every = o->checkpoint_bytes,
                             .slice = o->checkpoint_slice};
}

/* ---- starting from one ----------------------------------------------------------- */

/* The newest checkpoint and the log must meet: what lies between them would be lost,
 * and a checkpoint that is newer than its log rests on what has not happened. */
static bool checkpoint_meets_log(const struct checkpoint *c, struct err *err)
{
    unsigned long long at = c->vault ? c->vault->position : 0;
    unsigned long long first = c->log->first, tail = c->log->durable;

    if (at == 0 && first == 1)
        return true;
    if (at == 0)
        return err_set(err, ERR_CORRUPT,
                       "the log begins at entry %llu, and there is no checkpoint for "
                       "what came before; restore the data directory from a backup",
                       first);
    if (at > tail)
        return err_set(err, ERR_CORRUPT,
                       "the checkpoint is of entry %llu, but the log ends before entry "
                       "%llu: a part of it is missing; restore the data directory from "
                       "a backup",
                       at, tail);
    return at >= first ||
           err_set(err, ERR_CORRUPT,
                   "the checkpoint is of entry %llu, but the log begins at entry %llu: "
                   "what lies between is missing; restore the data directory from a "
                   "backup",
                   at, first);
}

struct loading {
    node_progress *progress;
    void *ctx;
};

static void loading_tell(void *ctx, u64 done, u64 all)
{
    const struct loading *l = ctx;

    if (l->progress)
        l->progress(l->ctx, "pages of the checkpoint", done, all);
}

bool checkpoint_load(struct checkpoint *c, node_progress *progress, void *ctx,
                     u64 *from, struct err *err)
{
    struct loading l = {progress, ctx};

    if (!checkpoint_meets_log(c, err))
        return false;
    *from = c->log->first;
    if (!c->vault || !c->vault->position)
        return true;
    *from = c->last = c->vault->position;
    return state_load(c->state, c->vault, loading_tell, &l, err);
}

/* ---- making one ------------------------------------------------------------------ */

/* Even when memory is short, it must be worth it. */
#define HUNGRY_PART 32

static bool checkpoint_is_due(const struct checkpoint *c)
{
    return c->is_wanted ||
           c->logged >= (c->is_hungry ? c->every / HUNGRY_PART : c->every);
}

/* True at the log's tail, which no checkpoint was before. */
static void checkpoint_begin(struct checkpoint *c)
{
    if (!checkpoint_is_due(c) || c->log->tail <= c->last || c->log->tail == 1)
        return;
    c->position = c->log->tail;
    c->logged = 0;
    c->stage = CHECKPOINT_PACKS;
    state_freeze(c->state, c->vault);
}

static void checkpoint_pack(struct checkpoint *c)
{
    if (!checkpoint_is_busy(c))
        return;
    if (!state_pack(c->state, c->is_wanted ? UINT64_MAX : c->slice))
        c->stage = CHECKPOINT_WAITS;
}

static void checkpoint_seal(struct checkpoint *c)
{
    if (c->log->durable < c->position)
        return;
    state_seal(c->state, c->position);
    c->stage = CHECKPOINT_SEALS;
}

/* The one before stays good until the next: the log is kept for it, too. */
static void checkpoint_settle(struct checkpoint *c)
{
    if (c->vault->position < c->position)
        return;
    state_sealed(c->state);
    c->needed = c->last;
    c->last = c->position;
    c->stage = CHECKPOINT_RESTS;
    c->is_wanted = false;
    c->count++;
}

static void checkpoint_step(struct checkpoint *c)
{
    switch (c->stage) {
    case CHECKPOINT_RESTS:
        checkpoint_begin(c);
        return;
    case CHECKPOINT_PACKS:
        checkpoint_pack(c);
        return;
    case CHECKPOINT_WAITS:
        checkpoint_seal(c);
        return;
    case CHECKPOINT_SEALS:
        checkpoint_settle(c);
        return;
    }
}

/* Whoever reads behind us keeps what it has not read. */
static bool checkpoint_trim(struct checkpoint *c, struct err *err)
{
    u64 below = c->needed;

    for (struct node_hold *h = c->holds; h; h = h->next) {
        u64 at = atomic_load(&h->at);
        if (at < below)
            below = at;
    }
    if (below <= c->trimmed)
        return true;
    c->trimmed = below;
    return log_trim(c->log, below, err);
}

bool checkpoint_is_busy(const struct checkpoint *c)
{
    return c->stage == CHECKPOINT_PACKS && vault_backlog(c->vault) < BACKLOG_MOST;
}

/* What the vault has done counts at once, and what it is given goes to it at once: when
 * nothing else happens there may be no further turn for long. */
bool checkpoint_pump(struct checkpoint *c, struct err *err)
{
    if (!c->vault)
        return true;
    if (!vault_pump(c->vault, err))
        return false;
    enum checkpoint_stage stage = c->stage;
    checkpoint_step(c);
    if ((c->stage != stage || c->stage == CHECKPOINT_PACKS) &&
        !vault_pump(c->vault, err))
        return false;
    return checkpoint_trim(c, err);
}
