#include "engine/apply/apply.h"
#include "state/write.h"

void apply_timer_created(struct state *s, u64 key, const void *record);
void apply_timer_triggered(struct state *s, u64 key, const void *record);
void apply_timer_canceled(struct state *s, u64 key, const void *record);

void apply_timer_created(struct state *s, u64 key, const void *record)
{
    struct timer_row row = *(const struct timer_row *)record;

    row.is_suspended = row.instance && suspended_with(s, row.instance);
    timer_put(s, key, &row);
}

void apply_timer_triggered(struct state *s, u64 key, const void *record)
{
    timer_del(s, key);
}

void apply_timer_canceled(struct state *s, u64 key, const void *record)
{
    timer_del(s, key);
}
