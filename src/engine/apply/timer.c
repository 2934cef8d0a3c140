#include "engine/apply/apply.h"
#include "state/write.h"

void apply_timer_created(struct state *s, u64 key, const void *record);
void apply_timer_triggered(struct state *s, u64 key, const void *record);
void apply_timer_canceled(struct state *s, u64 key, const void *record);

void apply_timer_created(struct state *s, u64 key, const void *record)
{
    timer_put(s, key, record);
}

void apply_timer_triggered(struct state *s, u64 key, const void *record)
{
    timer_del(s, key);
}

void apply_timer_canceled(struct state *s, u64 key, const void *record)
{
    timer_del(s, key);
}
