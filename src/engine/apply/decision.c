#include "engine/apply/apply.h"
#include "state/write.h"

void apply_decision_evaluated(struct state *s, u64 key, const void *record);
void apply_decision_failed(struct state *s, u64 key, const void *record);

/* So many that whoever has just asked for a decision can look at how it was made. What
 * is older goes: state is what is true now, and this is no history. */
#define EVALUATIONS_KEPT 1000

static struct evaluation_row row_of(const struct state *s, u64 key,
                                    const struct decision_evaluated *r)
{
    const struct instance_row *i = instance_get(s, r->instance);
    struct evaluation_row row = {
        .evaluation = key,
        .root_decision = r->decision_key,
        .requirements = r->requirements_key,
        .instance = r->instance,
        .process = r->process,
        .element_instance = r->element_instance,
        .evaluated_at = state_now(s),
    };

    if (i) {
        row.root_instance = i->root_instance ? i->root_instance : r->instance;
        row.business_id = i->business_id;
    }
    return row;
}

/* Each decision that was made on the way has a key of its own, which follow each other.
 * The last one is the one that has failed. */
static void remember(struct state *s, u64 key, const struct decision_evaluated *r,
                     struct str failure)
{
    struct evaluation_row row = row_of(s, key, r);

    for (u32 i = 0; i < r->decisions.count; i++) {
        row.made = &r->decisions.items[i];
        if (i + 1 == r->decisions.count)
            row.failure = failure;
        evaluation_put(s, key + i + 1, &row);
        if (state_count(s, TABLE_EVALUATION) > EVALUATIONS_KEPT)
            evaluation_del(s, evaluation_first(s));
    }
    state_used_key(s, (u32)(key >> 51), key + r->decisions.count);
}

void apply_decision_evaluated(struct state *s, u64 key, const void *record)
{
    remember(s, key, record, STR(""));
}

void apply_decision_failed(struct state *s, u64 key, const void *record)
{
    const struct decision_evaluated *r = record;

    remember(s, key, r, r->failure_message);
}
