#include "engine/apply/apply.h"
#include "state/write.h"

void apply_decision_evaluated(struct state *s, u64 key, const void *record);
void apply_decision_failed(struct state *s, u64 key, const void *record);

/* Each decision that was made on the way has a key of its own, which follow each other.
 * What they were made of is for those who follow the log. */
static void keys_use(struct state *s, u64 key, const struct decision_evaluated *r)
{
    state_used_key(s, (u32)(key >> 51), key + r->decisions.count);
}

void apply_decision_evaluated(struct state *s, u64 key, const void *record)
{
    keys_use(s, key, record);
}

void apply_decision_failed(struct state *s, u64 key, const void *record)
{
    keys_use(s, key, record);
}
