#include "engine/apply/apply.h"
#include "state/write.h"

void apply_batch_created(struct state *s, u64 key, const void *record);
void apply_batch_moved(struct state *s, u64 key, const void *record);
void apply_batch_reported(struct state *s, u64 key, const void *record);
void apply_batch_work_begun(struct state *s, u64 key, const void *record);
void apply_batch_work_moved(struct state *s, u64 key, const void *record);
void apply_batch_scanned(struct state *s, u64 key, const void *record);
void apply_batch_item_added(struct state *s, u64 key, const void *record);
void apply_batch_item_done(struct state *s, u64 key, const void *record);

/* Ended ones are remembered so far back, and their items; the last one always is. */
#define BATCHES_KEPT 1000
#define ITEMS_KEPT   10000

static struct batch_row batch_before(const struct state *s, u64 key)
{
    const struct batch_row *row = batch_get(s, key);

    must(row);
    return *row;
}

static struct batch_work_row work_before(const struct state *s, u64 key)
{
    const struct batch_work_row *row = batch_work_get(s, key);

    must(row);
    return *row;
}

void apply_batch_created(struct state *s, u64 key, const void *record)
{
    struct batch_row row = *(const struct batch_row *)record;

    row.started_at = state_now(s);
    batch_put(s, key, &row);
}

void apply_batch_moved(struct state *s, u64 key, const void *record)
{
    const struct batch_moved *e = record;
    struct batch_row row = batch_before(s, key);

    row.state = e->state;
    if (e->state > BATCH_SUSPENDED)
        row.ended_at = state_now(s);
    batch_put(s, key, &row);
    if (state_count(s, TABLE_BATCH) > BATCHES_KEPT && ended_batch_first(s) &&
        ended_batch_first(s) != key)
        batch_del(s, ended_batch_first(s));
}

/* What a partition says takes the place of what it said before. The room is what it
 * can have at most: as many partitions as a server can have. */
void apply_batch_reported(struct state *s, u64 key, const void *record)
{
    const struct batch_part *e = record;
    struct batch_row row = batch_before(s, key);
    struct batch_part parts[64];
    u32 count = row.parts.count, at = 0;

    must(count <= LEN(parts));
    if (count)
        memcpy(parts, row.parts.items, count * sizeof(parts[0]));
    while (at < count && parts[at].partition != e->partition)
        at++;
    must(at < LEN(parts));
    parts[at] = *e;
    row.parts = (struct batch_part_list){parts, at == count ? count + 1 : count};
    batch_put(s, key, &row);
}

void apply_batch_work_begun(struct state *s, u64 key, const void *record)
{
    batch_work_put(s, key, record);
}

static bool has_too_many(const struct state *s)
{
    return state_count(s, TABLE_BATCH_ITEM) > ITEMS_KEPT ||
           state_count(s, TABLE_BATCH_WORK) > BATCHES_KEPT;
}

static void items_forget(struct state *s, u64 work)
{
    for (u64 item; (item = batch_item_after(s, work, 0));)
        batch_item_del(s, item);
    batch_work_del(s, work);
}

static void items_cancel(struct state *s, u64 work, u64 after)
{
    for (u64 key = after; (key = batch_item_after(s, work, key));) {
        struct batch_item_row row = *batch_item_get(s, key);
        row.state = BATCH_ITEM_CANCELED;
        row.processed_at = state_now(s);
        batch_item_put(s, key, &row);
    }
}

/* Whoever was to go on with it before is overtaken. */
void apply_batch_work_moved(struct state *s, u64 key, const void *record)
{
    const struct batch_moved *e = record;
    struct batch_work_row row = work_before(s, key);

    row.state = e->state;
    row.turn++;
    if (e->state > BATCH_SUSPENDED)
        row.ended_at = state_now(s);
    batch_work_put(s, key, &row);
    if (e->state == BATCH_CANCELED)
        items_cancel(s, key, row.last);
    while (has_too_many(s) && ended_batch_work_first(s) &&
           ended_batch_work_first(s) != key)
        items_forget(s, ended_batch_work_first(s));
}

void apply_batch_scanned(struct state *s, u64 key, const void *record)
{
    const struct batch_scanned *e = record;
    struct batch_work_row row = work_before(s, key);

    row.has_begun = true;
    row.at = e->at;
    row.path = e->path;
    row.is_scanned = e->is_done;
    batch_work_put(s, key, &row);
}

void apply_batch_item_added(struct state *s, u64 key, const void *record)
{
    const struct batch_item_row *e = record;
    struct batch_work_row row = work_before(s, e->batch);

    row.total++;
    batch_work_put(s, e->batch, &row);
    batch_item_put(s, key, e);
}

void apply_batch_item_done(struct state *s, u64 key, const void *record)
{
    const struct batch_item_done *e = record;
    struct batch_work_row row = work_before(s, e->batch);
    const struct batch_item_row *before = batch_item_get(s, key);

    must(before);
    struct batch_item_row item = *before;
    item.state = e->state;
    item.error = e->error;
    item.processed_at = state_now(s);
    batch_item_put(s, key, &item);
    row.last = key;
    if (e->state == BATCH_ITEM_FAILED)
        row.failed++;
    else
        row.completed++;
    batch_work_put(s, e->batch, &row);
}
