#include "engine/apply/apply.h"

void apply_decision_evaluated(struct state *s, u64 key, const void *record);
void apply_decision_failed(struct state *s, u64 key, const void *record);

/* For those who follow the log: a decision leaves nothing but what its process makes of
 * it. */
void apply_decision_evaluated(struct state *s, u64 key, const void *record)
{
}

void apply_decision_failed(struct state *s, u64 key, const void *record)
{
}
