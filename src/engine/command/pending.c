#include "engine/behave/behave.h"
#include "engine/command/batch.h"
#include "engine/command/command.h"

void decide_pending_run(struct step *s, u64 key, const void *record);
void decide_pending_refuse(struct step *s, u64 key, const void *record);
void decide_outbox_acknowledge(struct step *s, u64 key, const void *record);

/* It was answered, so its client will not hear of it: the log keeps it, and an operator
 * is told. */
static void refused_late(struct step *s, u64 key, const struct pending_row *p,
                         enum rejection rejection, struct str reason)
{
    struct str name = str_of(commands[p->kind].name);

    emit(s, EV_PENDING_REFUSED, key,
         &(struct pending_refused){p->instance, name, p->about, rejection, reason});
    effect_note(
        s, arena_print(s->arena,
                       "the command %.*s, which was accepted while the process instance "
                       "with key '%llu' was suspended, could not be done when it went "
                       "on, and is dropped: %.*s",
                       ARG(name), (unsigned long long)p->instance, ARG(reason)));
}

/* A client's command that was held while its instance was suspended. Or the next piece
 * of a batch operation, which may be such a command, too. */
static void run_late(struct step *s, u64 key, const struct pending_row *p,
                     const void *ask)
{
    deciders[p->kind](s, p->about, ask);
    if (s->is_undone)
        return; /* see decide_pending_refuse */
    enum rejection rejection = s->rejection;
    s->rejection = REJECT_NONE;
    if (rejection && p->kind != CMD_BATCH_GO)
        refused_late(s, key, p, rejection, s->reason);
    else
        emit(s, EV_PENDING_REMOVED, key, &(struct pending_removed){p->instance});
}

/* Only doing it has shown that it cannot be done, and that is undone by now. */
void decide_pending_refuse(struct step *s, u64 key, const void *record)
{
    const struct pending_refuse *c = record;
    const struct pending_row *p = pending_get(s->state, key);

    if (!p)
        return;
    if (p->kind != CMD_BATCH_GO) {
        refused_late(s, key, p, (enum rejection)c->rejection, c->reason);
        return;
    }
    emit(s, EV_PENDING_REMOVED, key, &(struct pending_removed){p->instance});
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
