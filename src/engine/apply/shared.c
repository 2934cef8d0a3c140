#include "engine/apply/apply.h"
#include "state/write.h"

void apply_cluster_variable_set(struct state *s, u64 key, const void *record);
void apply_cluster_variable_deleted(struct state *s, u64 key, const void *record);
void apply_global_listener_set(struct state *s, u64 key, const void *record);
void apply_global_listener_deleted(struct state *s, u64 key, const void *record);
void apply_clock_pinned(struct state *s, u64 key, const void *record);
void apply_clock_reset(struct state *s, u64 key, const void *record);

void apply_cluster_variable_set(struct state *s, u64 key, const void *record)
{
    cluster_variable_put(s, key, record);
}

void apply_cluster_variable_deleted(struct state *s, u64 key, const void *record)
{
    cluster_variable_del(s, key);
}

/* Its priority, which is its place among the others, may have changed. */
void apply_global_listener_set(struct state *s, u64 key, const void *record)
{
    if (global_listener_get(s, key))
        global_listener_del(s, key);
    global_listener_put(s, key, record);
}

void apply_global_listener_deleted(struct state *s, u64 key, const void *record)
{
    global_listener_del(s, key);
}

/* Here alone the time of a partition may go back. */
void apply_clock_pinned(struct state *s, u64 key, const void *record)
{
    const struct clock_row *c = record;

    clock_put(s, CLOCK_KEY, c);
    state_turn_clock(s, c->time);
}

void apply_clock_reset(struct state *s, u64 key, const void *record)
{
    if (clock_get(s, CLOCK_KEY))
        clock_del(s, CLOCK_KEY);
    state_turn_clock(s, ((const struct clock_row *)record)->time);
}
