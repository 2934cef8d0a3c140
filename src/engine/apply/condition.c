#include "engine/apply/apply.h"
#include "state/write.h"

void apply_condition_opened(struct state *s, u64 key, const void *record);
void apply_condition_closed(struct state *s, u64 key, const void *record);
void apply_conditions_evaluated(struct state *s, u64 key, const void *record);

void apply_condition_opened(struct state *s, u64 key, const void *record)
{
    condition_put(s, key, record);
}

void apply_condition_closed(struct state *s, u64 key, const void *record)
{
    condition_del(s, key);
}

/* For those who follow the log: what was started stands in events of its own. */
void apply_conditions_evaluated(struct state *s, u64 key, const void *record)
{
}
