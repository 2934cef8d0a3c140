#include "engine/apply/apply.h"
#include "state/write.h"

void apply_compensation_subscribed(struct state *s, u64 key, const void *record);
void apply_compensation_triggered(struct state *s, u64 key, const void *record);
void apply_compensation_completed(struct state *s, u64 key, const void *record);

void apply_compensation_subscribed(struct state *s, u64 key, const void *record)
{
    compensation_put(s, key, record);
}

void apply_compensation_triggered(struct state *s, u64 key, const void *record)
{
    const struct compensation_triggered *e = record;
    const struct compensation_row *before = compensation_get(s, key);

    must(before);
    struct compensation_row row = *before;
    row.thrower = e->thrower;
    row.handler_instance = e->handler_instance;
    compensation_put(s, key, &row);
}

/* What was done in the activity is being undone still, or its undoing was given up: it
 * goes with the scope around. */
void apply_compensation_completed(struct state *s, u64 key, const void *record)
{
    const struct compensation_row *gone = compensation_get(s, key);

    must(gone);
    for (u64 inner; (inner = compensation_after(s, gone->activity_instance, 0));) {
        struct compensation_row row = *compensation_get(s, inner);
        row.scope = gone->scope;
        compensation_put(s, inner, &row);
    }
    compensation_del(s, key);
}
