#include <stdlib.h>

#include "base/hash.h"
#include "state/state.h"
#include "state/write.h"

static const struct {
    const struct shape *shape;
    u8 links, due;
} kinds[TABLE_COUNT] = {
#define X(name, noun, links, due) [TABLE_##name] = {&noun##_row_shape, links, due},
    TABLES(X)
#undef X
};

#define BUCKETS_FIRST 16

static size_t row_size(enum table_id table)
{
    if (kinds[table].due)
        return sizeof(struct row);
    return offsetof(struct row, links) + kinds[table].links * sizeof(struct tree_item);
}

/* ---- rows by key ----------------------------------------------------------------- */

/* Buckets below `used`; those beyond the last power of two are split already. */
static size_t bucket_of(const struct table *t, u64 key)
{
    size_t at = hash_mix(key) & t->mask;

    return at < t->used ? at : at & (t->mask >> 1);
}

static void table_split(struct table *t)
{
    if (t->used == t->room) {
        t->room *= 2;
        t->buckets = must_realloc(t->buckets, t->room * sizeof(*t->buckets));
    }
    if (t->used > t->mask)
        t->mask = t->mask * 2 + 1;
    size_t from = t->used - (t->mask + 1) / 2;
    t->buckets[t->used++] = NULL;
    struct row **hole = &t->buckets[from];
    while (*hole) {
        struct row *r = *hole;
        size_t at = bucket_of(t, r->key);
        if (at == from) {
            hole = &r->chain;
            continue;
        }
        *hole = r->chain;
        r->chain = t->buckets[at];
        t->buckets[at] = r;
    }
}

static void table_add(struct table *t, struct row *r)
{
    if (t->count >= t->used)
        table_split(t);
    struct row **bucket = &t->buckets[bucket_of(t, r->key)];
    r->chain = *bucket;
    *bucket = r;
    t->count++;
}

static void table_take(struct table *t, struct row *r)
{
    struct row **hole = &t->buckets[bucket_of(t, r->key)];

    if (*t->recent == r)
        *t->recent = NULL;
    while (*hole != r)
        hole = &(*hole)->chain;
    *hole = r->chain;
    t->count--;
}

/* A step asks for the same few rows again and again. */
struct row *row_seek(const struct state *s, enum table_id table, u64 key)
{
    const struct table *t = &s->tables[table];
    struct row *r = *t->recent;

    if (r && r->key == key)
        return r;
    r = t->buckets[bucket_of(t, key)];
    while (r && r->key != key)
        r = r->chain;
    if (r)
        *t->recent = r;
    return r;
}

struct row *row_find(const struct state *s, enum table_id table, u64 key)
{
    struct row *r = row_seek(s, table, key);

    if (!r && key <= s->cold->most && cold_may(table))
        cold_check(s, key);
    return r;
}

/* ---- all rows, with rests -------------------------------------------------------- */

static u64 bits_turned(u64 x)
{
    u64 out = 0;

    for (int i = 0; i < 64; i++)
        out |= (x >> i & 1) << (63 - i);
    return out;
}

/* Rows are walked by their hash with its bits turned around: a bucket, which holds all
 * hashes with the same low bits, is then one range, and a bucket that is split becomes
 * two halves of that range. Hashes are one to one with keys, so nothing ties. */
static struct row *bucket_from(const struct table *t, size_t bucket, u64 at)
{
    struct row *best = NULL;
    u64 best_at = 0;

    for (struct row *r = t->buckets[bucket]; r; r = r->chain) {
        u64 turned = walk_place(r->key);
        if (turned >= at && (!best || turned < best_at)) {
            best = r;
            best_at = turned;
        }
    }
    return best;
}

/* The last place of the range of the bucket that `at` is in. */
static u64 bucket_end(const struct table *t, u64 at)
{
    u64 hash = bits_turned(at);
    size_t mask = (hash & t->mask) < t->used ? t->mask : t->mask >> 1;

    return at | ~bits_turned(mask);
}

u64 walk_place(u64 key)
{
    return bits_turned(hash_mix(key));
}

u64 walk_key(u64 place)
{
    return hash_unmix(bits_turned(place));
}

static void walk_to(struct table_walk *w, u64 last)
{
    w->is_over = last == UINT64_MAX;
    w->at = last + 1;
}

/* What is cold must be in memory before one can walk over it: of instances what comes
 * next, of the rows in them all. */
static void walk_check(const struct state *s, enum table_id table, u64 from, u64 last)
{
    struct pair p = {0, 0};

    if (table != TABLE_INSTANCE && cold_may(table) && s->cold->walk.count)
        cold_stop(s, &s->cold->walk, p, UINT64_MAX, COLD_WALK);
    if (table == TABLE_INSTANCE &&
        runs_from(&s->cold->walk, (struct pair){from, 0}, &p) && p.major <= last)
        cold_stop(s, &s->cold->walk, p, UINT64_MAX, COLD_WALK);
}

bool state_next(const struct state *s, enum table_id table, struct table_walk *w,
                u64 *key)
{
    const struct table *t = &s->tables[table];

    while (!w->is_over) {
        u64 hash = bits_turned(w->at);
        size_t at = hash & t->mask;
        const struct row *r =
            bucket_from(t, at < t->used ? at : at & (t->mask >> 1), w->at);
        u64 last = r ? walk_place(r->key) : bucket_end(t, w->at);
        walk_check(s, table, w->at, last);
        w->looked++;
        walk_to(w, last);
        if (r) {
            *key = r->key;
            return true;
        }
    }
    return false;
}

/* ---- changes, kept and undone ---------------------------------------------------- */

static void row_keep(struct state *s, enum table_id table, u64 key, void *before)
{
    must(s->is_open);
    if (s->changes == s->journal_room) {
        s->journal_room = s->journal_room ? s->journal_room * 2 : 64;
        s->journal = must_realloc(s->journal, s->journal_room * sizeof(*s->journal));
    }
    s->journal[s->changes++] = (struct change){table, key, before};
}

static struct row *row_make(struct state *s, enum table_id table, u64 key, void *data,
                            struct page *p)
{
    struct row *r = block_get_zeroed(&s->blocks, row_size(table));

    r->key = key;
    r->table = table;
    r->data = data;
    table_add(&s->tables[table], r);
    page_add(p, r);
    index_in(s, r);
    return r;
}

static void row_replace(struct state *s, struct row *r, void *data)
{
    page_touch(s, r->page);
    if (!index_moves(r->table, r->data, data)) {
        r->data = data;
        return;
    }
    index_out(s, r);
    r->data = data;
    index_in(s, r);
}

static void row_take(struct state *s, struct row *r)
{
    page_touch(s, r->page);
    index_out(s, r);
    table_take(&s->tables[r->table], r);
    page_drop(s, r->page, r);
    block_put(&s->blocks, r);
}

/* Give the row (NULL: there is none) this record, owned from here on, of so many bytes;
 * NULL takes it out. Its former record is the caller's. */
static void row_set(struct state *s, enum table_id table, u64 key, struct row *r,
                    void *data, size_t bytes)
{
    if (r && data)
        row_replace(s, r, data);
    else if (r)
        row_take(s, r);
    if (r || !data)
        return;
    struct page *p = page_of_row(s, table, key, data, bytes);
    page_touch(s, p);
    p->bytes += (u32)bytes;
    row_make(s, table, key, data, p);
}

void row_leave(struct state *s, struct row *r)
{
    index_out(s, r);
    table_take(&s->tables[r->table], r);
    block_put(&s->blocks, r);
}

/* A row of something cold can neither be changed nor come to it. */
static struct row *row_to_put(const struct state *s, enum table_id table, u64 key,
                              const void *record)
{
    struct row *r = row_find(s, table, key);

    if (!r && cold_may(table))
        cold_check(s, home_of(table, key, record).aggregate);
    return r;
}

void row_put(struct state *s, enum table_id table, u64 key, const void *record)
{
    const struct shape *shape = kinds[table].shape;
    struct row *r = row_to_put(s, table, key, record);
    size_t bytes = record_footprint(shape, record);

    must(key);
    void *place = block_get(&s->blocks, bytes);
    row_keep(s, table, key, r ? r->data : NULL);
    row_set(s, table, key, r, record_place(shape, record, place), bytes);
}

void row_load(struct state *s, enum table_id table, u64 key, const void *record,
              struct page *p)
{
    const struct shape *shape = kinds[table].shape;
    void *place = block_get(&s->blocks, record_footprint(shape, record));

    row_make(s, table, key, record_place(shape, record, place), p);
}

void row_del(struct state *s, enum table_id table, u64 key)
{
    struct row *r = row_find(s, table, key);

    must(r);
    row_keep(s, table, key, r->data);
    row_set(s, table, key, r, NULL, 0);
}

void state_begin(struct state *s)
{
    must(!s->is_open);
    s->is_open = true;
    s->last_key_before = s->last_key;
    s->now_before = s->now;
}

void state_commit(struct state *s)
{
    must(s->is_open);
    for (size_t i = 0; i < s->changes; i++)
        block_put(&s->blocks, s->journal[i].before);
    s->changes = 0;
    s->is_open = false;
}

void state_abort(struct state *s)
{
    must(s->is_open);
    while (s->changes > 0) {
        struct change *c = &s->journal[--s->changes];
        struct row *r = row_seek(s, c->table, c->key);
        void *after = r ? r->data : NULL;
        row_set(s, c->table, c->key, r, c->before,
                c->before ? kinds[c->table].shape->size : 0);
        block_put(&s->blocks, after);
    }
    s->last_key = s->last_key_before;
    s->now = s->now_before;
    s->is_open = false;
}

void state_set_now(struct state *s, i64 now)
{
    must(s->is_open);
    must(now >= s->now);
    s->now = now;
}

u64 state_bytes(const struct state *s)
{
    return s->blocks.bytes + s->blocks.large + cold_bytes(s->cold);
}

void state_turn_clock(struct state *s, i64 now)
{
    must(s->is_open);
    s->now = now;
}

bool clock_stands(const struct state *s, i64 *time)
{
    const struct clock_row *c = clock_get(s, CLOCK_KEY);

    if (c)
        *time = c->time;
    return c != NULL;
}

void state_used_key(struct state *s, u32 partition, u64 key)
{
    must(s->is_open);
    if (key >> 51 == partition && key > s->last_key)
        s->last_key = key;
}

/* ---- the whole ------------------------------------------------------------------- */

struct state *state_open(void)
{
    struct state *s = must_alloc(sizeof(*s));

    for (size_t i = 0; i < TABLE_COUNT; i++) {
        struct table *t = &s->tables[i];
        t->shape = kinds[i].shape;
        t->used = t->room = BUCKETS_FIRST;
        t->mask = BUCKETS_FIRST - 1;
        t->buckets = must_alloc(t->room * sizeof(*t->buckets));
        t->recent = must_alloc(sizeof(*t->recent));
    }
    chains_init(&s->places);
    s->recent = must_alloc(sizeof(*s->recent));
    chains_init(&s->groups);
    chains_init(&s->pages);
    s->cold = must_alloc(sizeof(*s->cold));
    pages_open(s);
    return s;
}

u64 state_spare(const struct state *s)
{
    return s->blocks.spare;
}

void state_close(struct state *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        struct table *t = &s->tables[i];
        for (size_t k = 0; k < t->used; k++)
            while (t->buckets[k]) {
                struct row *r = t->buckets[k];
                t->buckets[k] = r->chain;
                index_out(s, r);
                block_put(&s->blocks, r->data);
                block_put(&s->blocks, r);
            }
        free(t->buckets);
        free(t->recent);
    }
    groups_close(s);
    cold_close(s->cold);
    pages_close(s);
    free(s->pages.buckets);
    free(s->recent);
    free(s->places.buckets);
    free(s->groups.buckets);
    free(s->due.items);
    free(s->journal);
    blocks_close(&s->blocks);
    free(s);
}

u64 state_count(const struct state *s, enum table_id table)
{
    return s->tables[table].count + s->cold->rows[table];
}

u64 state_last_key(const struct state *s)
{
    return s->last_key;
}

i64 state_now(const struct state *s)
{
    return s->now;
}

/* Rows and groups have no order among each other, so their numbers are added up; within
 * a queue the order counts. All is in memory then. */
u64 state_hash(const struct state *s)
{
    u64 sum = hash_mix(s->last_key) + hash_mix((u64)s->now);

    must(s->cold->keys.count == 0);
    for (size_t i = 0; i < TABLE_COUNT; i++)
        for (size_t k = 0; k < s->tables[i].used; k++)
            for (struct row *r = s->tables[i].buckets[k]; r; r = r->chain) {
                u64 h = hash_mix(r->key ^ hash_mix(i));
                sum += record_hash(s->tables[i].shape, r->data, h);
                if (kinds[i].due && r->due.place)
                    sum += hash_mix(r->key ^ hash_mix((u64)r->due.when));
            }
    for (size_t i = 0; i < s->groups.size; i++)
        for (struct group *g = s->groups.buckets[i]; g; g = g->chain) {
            u64 h = g->hash;
            for (struct tree_item *t = tree_first(&g->rows); t;
                 t = tree_next(&g->rows, t))
                h = hash_mix(h ^ t->major) + t->minor;
            sum += h;
        }
    return sum;
}

#define X(name, noun, links, due)                                           \
    const struct noun##_row *noun##_get(const struct state *s, u64 key)     \
    {                                                                       \
        struct row *r = row_find(s, TABLE_##name, key);                     \
        return r ? r->data : NULL;                                          \
    }                                                                       \
    void noun##_put(struct state *s, u64 key, const struct noun##_row *row) \
    {                                                                       \
        row_put(s, TABLE_##name, key, row);                                 \
    }                                                                       \
    void noun##_del(struct state *s, u64 key)                               \
    {                                                                       \
        row_del(s, TABLE_##name, key);                                      \
    }
TABLES(X)
#undef X
