#include "engine/apply/apply.h"
#include "state/write.h"

void apply_loop_begun(struct state *s, u64 key, const void *record);
void apply_loop_changed(struct state *s, u64 key, const void *record);
void apply_loop_result_set(struct state *s, u64 key, const void *record);

/* What changes later has a key that is no smaller. */
static void items_read(struct state *s, u64 key, const struct loop_row *record)
{
    struct loop_row row = *record;

    row.read = state_last_key(s);
    loop_put(s, key, &row);
}

void apply_loop_begun(struct state *s, u64 key, const void *record)
{
    items_read(s, key, record);
}

/* Where the next item begins is not known any more. */
void apply_loop_changed(struct state *s, u64 key, const void *record)
{
    struct element_row row = *element_get(s, key);

    row.loop_at = 0;
    element_put(s, key, &row);
    items_read(s, key, record);
}

void apply_loop_result_set(struct state *s, u64 key, const void *record)
{
    loop_result_put(s, key, record);
}
