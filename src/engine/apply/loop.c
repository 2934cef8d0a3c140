#include "engine/apply/apply.h"
#include "state/write.h"

void apply_loop_begun(struct state *s, u64 key, const void *record);
void apply_loop_changed(struct state *s, u64 key, const void *record);
void apply_loop_result_set(struct state *s, u64 key, const void *record);
void apply_loop_results_joined(struct state *s, u64 key, const void *record);

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

/* One row for many, so that the end of the loop has few. */
void apply_loop_results_joined(struct state *s, u64 key, const void *record)
{
    const struct loop_result_row *row = record;

    for (u64 old; (old = loop_result_after(s, row->body, row->number - 1));) {
        if (loop_result_get(s, old)->number >= row->number + row->count)
            break;
        loop_result_del(s, old);
    }
    loop_result_put(s, key, row);
}
