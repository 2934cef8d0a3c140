#include "engine/apply/apply.h"
#include "state/write.h"

void apply_signal_broadcasted(struct state *s, u64 key, const void *record);
void apply_signal_subscription_created(struct state *s, u64 key, const void *record);
void apply_signal_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_escalated(struct state *s, u64 key, const void *record);

/* A signal is not kept: who waits for it now gets it by events of its own. */
void apply_signal_broadcasted(struct state *s, u64 key, const void *record)
{
}

void apply_signal_subscription_created(struct state *s, u64 key, const void *record)
{
    signal_subscription_put(s, key, record);
}

void apply_signal_subscription_deleted(struct state *s, u64 key, const void *record)
{
    signal_subscription_del(s, key);
}

/* For those who follow the log: what it leads to stands in events of its own. */
void apply_escalated(struct state *s, u64 key, const void *record)
{
}
