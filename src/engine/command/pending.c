#include "engine/behave/behave.h"
#include "engine/command/batch.h"
#include "engine/command/command.h"

void decide_pending_run(struct step *s, u64 key, const void *record);
void decide_pending_refuse(struct step *s, u64 key, const void *record);
void decide_outbox_acknowledge(struct step *s, u64 key, const void *record);

/* A client's command that was held while its instance was suspended: it was answered
 * then, and what cannot be done any more is dropped. Or the next piece of a batch
 * operation, which may be such a command, too. */
static void run_late(struct step *s, u64 key, const struct pending_row *p,
                     const void *ask)
{
    deciders[p->kind](s, p->about, ask);
    if (s->is_undone)
        return; /* see decide_pending_refuse */
    s->rejection = REJECT_NONE;
    emit(s, EV_PENDING_REMOVED, key, &(struct pending_removed){p->instance});
}

/* Only doing it has shown that it cannot be done, and that is undone by now. */
void decide_pending_refuse(struct step *s, u64 key, const void *record)
{
    const struct pending_refuse *c = record;
    const struct pending_row *p = pending_get(s->state, key);

    if (!p)
        return;
    emit(s, EV_PENDING_REMOVED, key, &(struct pending_removed){p->instance});
    if (p->kind == CMD_BATCH_GO)
        batch_stumbled(s, p->about, (enum rejection)c->rejection, c->reason);
}

/* Work left over from an earlier step: its row goes with the first event of this one.
 */
void decide_pending_run(struct step *s, u64 key, const void *record)
{
    const struct pending_row *p = pending_get(s->state, key);
    struct err err;

    if (!p)
        return;
    must(p->kind < COMMAND_COUNT && commands[p->kind].name);
    const struct shape *shape = commands[p->kind].ask;
    void *ask = arena_alloc(s->arena, shape->size);
    must(record_decode(p->record, shape, s->arena, ask, &err));
    if (commands[p->kind].whose == WHOSE_CLIENT || p->kind == CMD_BATCH_GO) {
        run_late(s, key, p, ask);
        return;
    }
    emit(s, EV_PENDING_REMOVED, key, &(struct pending_removed){p->instance});
    s->in_todo = true;
    if (!p->instance || step_about(s, p->instance))
        deciders[p->kind](s, p->about, ask);
}

void decide_outbox_acknowledge(struct step *s, u64 key, const void *record)
{
    const struct outbox_acknowledge *a = record;
    u64 first = outbox_after(s->state, a->partition, 0);

    if (first && outbox_get(s->state, first)->number <= a->number)
        emit(s, EV_OUTBOX_ACKNOWLEDGED, 0,
             &(struct outbox_acknowledged){a->partition, a->number});
}
