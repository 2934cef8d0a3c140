#include "engine/apply/apply.h"
#include "state/write.h"

void apply_resource_added(struct state *s, u64 key, const void *record);
void apply_process_created(struct state *s, u64 key, const void *record);
void apply_deployment_created(struct state *s, u64 key, const void *record);

void apply_resource_added(struct state *s, u64 key, const void *record)
{
    resource_put(s, key, record);
}

void apply_process_created(struct state *s, u64 key, const void *record)
{
    process_put(s, key, record);
}

/* For those who follow the log: what it has made stands in events of its own. */
void apply_deployment_created(struct state *s, u64 key, const void *record)
{
}
