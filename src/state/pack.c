#include "state/pack.h"

#include <stdlib.h>

#include "state/home.h"
#include "state/state.h"

/* A page is a list of rows: number of the table, key, record, as events in an entry
 * (record.h): varint, varint, length and bytes. Keys are counted from the aggregate's,
 * which in an instance's pages is the lowest; so are the keys in a row's record there,
 * since most are of the instance or of something in it. */
enum { HEAD_PAGE = 0 };

/* ---- numbers from the aggregate on ----------------------------------------------- */

/* 0 stays 0, and what is far from the aggregate stays as it is. What would then be
 * taken for a number that is near has its bits turned around: no key is so high. */
#define NEAR ((u64)1 << 49)

static u64 number_pack(u64 value, u64 aggregate)
{
    if (value >= aggregate && value - aggregate < NEAR)
        return value - aggregate + 1;
    must(~value > NEAR);
    return value && value <= NEAR ? ~value : value;
}

static u64 number_unpack(u64 value, u64 aggregate)
{
    if (value == 0)
        return 0;
    if (value <= NEAR)
        return value - 1 + aggregate;
    return ~value <= NEAR ? ~value : value;
}

static void record_turn(const struct shape *shape, void *record, u64 aggregate,
                        u64 (*turn)(u64 value, u64 aggregate))
{
    for (u32 i = 0; i < shape->count; i++)
        if (shape->fields[i].type == FIELD_U64) {
            u64 *value = (void *)((char *)record + shape->fields[i].offset);
            *value = turn(*value, aggregate);
        }
}

/* ---- packing --------------------------------------------------------------------- */

static const void *row_for_page(struct state *s, const struct row *r)
{
    const struct shape *shape = s->tables[r->table].shape;

    if (r->page->number & PAGE_SHARED)
        return r->data;
    void *copy = arena_alloc(&s->packing, shape->size);
    memcpy(copy, r->data, shape->size);
    record_turn(shape, copy, r->page->aggregate, number_pack);
    return copy;
}

/* A page takes its time also when it is empty, and only to be dropped. */
enum { PAGE_COST = 64 };

void page_pack(struct state *s, struct page *p)
{
    struct vault_page out = {.aggregate = p->aggregate, .number = p->number};
    struct buf b;

    arena_reset(&s->packing);
    buf_init(&b, &s->packing, p->count ? p->bytes + 64 : 0);
    for (const struct row *r = p->rows; r; r = r->mate)
        row_encode(&b, home_number(r->table), r->key - p->aggregate,
                   s->tables[r->table].shape, row_for_page(s, r));
    out.bytes = buf_str(&b);
    must((out.bytes.len == 0) == (p->count == 0));
    if (p->count || p->is_stored)
        vault_put(s->vault, &out);
    p->is_stored = p->count > 0;
    p->kept = s->freeze;
    p->bytes = (u32)out.bytes.len;
    s->packed += PAGE_COST + out.bytes.len;
}

u64 state_changed(const struct state *s)
{
    return s->changed.count + s->frozen.count;
}

/* How many rows there are is told to whoever looks at a vault. */
static void head_freeze(struct state *s)
{
    s->frozen_head = (struct state_head){.last_key = s->last_key,
                                         .now = s->now,
                                         .rows = {s->frozen_rows, HOME_NUMBERS},
                                         .places = s->places.count};
    for (size_t i = 0; i < TABLE_COUNT; i++)
        s->frozen_rows[home_number((enum table_id)i)] =
            state_count(s, (enum table_id)i);
}

void state_freeze(struct state *s, struct vault *v)
{
    must(!s->is_open);
    must(!s->vault);
    must(!s->frozen.first);
    s->vault = v;
    s->frozen = s->changed;
    s->changed = (struct page_list){0};
    s->freeze++;
    head_freeze(s);
}

bool state_pack(struct state *s, u64 bytes)
{
    must(!s->is_open);
    s->packed = 0;
    while (s->packed < bytes && page_unfreeze(s))
        ;
    return s->frozen.first != NULL;
}

void state_seal(struct state *s, u64 position)
{
    struct vault_page head = {.aggregate = 0, .number = HEAD_PAGE};
    struct buf b;

    must(s->vault);
    must(!s->frozen.first);
    arena_reset(&s->packing);
    buf_init(&b, &s->packing, 256);
    record_encode(&b, &state_head_shape, &s->frozen_head);
    head.bytes = buf_str(&b);
    vault_put(s->vault, &head);
    vault_seal(s->vault, position);
    s->vault = NULL;
    s->sealing = s->freeze;
}

void state_sealed(struct state *s)
{
    s->sealed = s->sealing;
}

#define TELL_EVERY 4096

/* ---- loading --------------------------------------------------------------------- */

static bool load_head(struct state *s, struct str bytes, struct err *err)
{
    struct state_head head;

    if (!record_decode(bytes, &state_head_shape, &s->packing, &head, err))
        return false;
    s->last_key = head.last_key;
    s->now = head.now;
    return true;
}

/* A row of a page, unpacked as far as it is needed. */
struct unpacked {
    enum table_id table;
    u64 key;
    void *record; /* NULL: not asked for */
};

static bool row_unpack(struct state *s, u64 aggregate, u32 number,
                       const struct packed_row *in, bool all, struct unpacked *out,
                       struct err *err)
{
    out->record = NULL;
    out->key = in->key + aggregate;
    if (!home_table(in->number, &out->table))
        return err_set(err, ERR_CORRUPT,
                       "a row of table %llu, which is not known to this release; a "
                       "newer one wrote it",
                       (unsigned long long)in->number);
    if (!all && !cold_tells(out->table))
        return true;
    const struct shape *shape = s->tables[out->table].shape;
    out->record = arena_alloc(&s->packing, shape->size);
    if (!record_decode(in->bytes, shape, &s->packing, out->record, err))
        return false;
    if (!(number & PAGE_SHARED))
        record_turn(shape, out->record, aggregate, number_unpack);
    return true;
}

struct loading {
    struct state *s;
    state_tell *tell;
    void *ctx;
    u64 done, all;
    u64 aggregate; /* the one in hand, and whether it can be cold */
    bool has_instance, has_more;
    u64 *warm; /* owned: those that cannot */
    size_t warm_count, warm_room;
};

/* Rows of a page into memory; those of instances were cold before. */
static bool rows_warm(struct state *s, const struct vault_page *in, struct err *err)
{
    struct page *p = page_numbered(s, in->aggregate, in->number);
    struct packed_row packed;
    struct unpacked row;
    size_t at = 0;

    p->is_stored = true;
    p->bytes = (u32)in->bytes.len;
    while (row_next(in->bytes, &at, &packed, err)) {
        if (!row_unpack(s, in->aggregate, in->number, &packed, true, &row, err))
            return false;
        struct row cold = {.key = row.key, .table = row.table, .data = row.record};
        if (!(in->number & PAGE_SHARED))
            cold_take(s, in->aggregate, &cold);
        row_load(s, row.table, row.key, row.record, p);
    }
    if (p->count)
        page_rest(s, p);
    return err->code == ERR_NONE;
}

/* Into the wake index. */
static bool rows_cool(struct loading *l, const struct vault_page *in, struct err *err)
{
    struct packed_row packed;
    struct unpacked row;
    size_t at = 0;

    while (row_next(in->bytes, &at, &packed, err)) {
        if (!row_unpack(l->s, in->aggregate, in->number, &packed, false, &row, err))
            return false;
        struct row cold = {.key = row.key, .table = row.table, .data = row.record};
        cold_put(l->s, in->aggregate, &cold);
        l->has_instance |= row.table == TABLE_INSTANCE;
        l->has_more |= !cold_may(row.table);
    }
    return err->code == ERR_NONE;
}

/* All pages of an aggregate come together. */
static void aggregate_end(struct loading *l)
{
    if (!l->aggregate || (l->has_instance && !l->has_more))
        return;
    if (l->warm_count == l->warm_room) {
        l->warm_room = l->warm_room ? l->warm_room * 2 : 64;
        l->warm = must_realloc(l->warm, l->warm_room * sizeof(*l->warm));
    }
    l->warm[l->warm_count++] = l->aggregate;
}

static void aggregate_begin(struct loading *l, u64 aggregate)
{
    if (aggregate == l->aggregate)
        return;
    aggregate_end(l);
    l->aggregate = aggregate;
    l->has_instance = l->has_more = false;
}

static bool page_err(const struct vault_page *in, struct err *err)
{
    return err_in(err, "checkpoint: page %u of %llu", in->number,
                  (unsigned long long)in->aggregate);
}

static bool page_load(struct loading *l, const struct vault_page *in, struct err *err)
{
    if (in->aggregate == 0 && in->number == HEAD_PAGE)
        return load_head(l->s, in->bytes, err);
    if (in->number & PAGE_SHARED)
        return rows_warm(l->s, in, err);
    aggregate_begin(l, in->aggregate);
    return rows_cool(l, in, err);
}

static bool load_page(void *ctx, const struct vault_page *in, struct err *err)
{
    struct loading *l = ctx;

    arena_reset(&l->s->packing);
    if (!page_load(l, in, err))
        return page_err(in, err);
    if (l->tell && ++l->done % TELL_EVERY == 0)
        l->tell(l->ctx, l->done, l->all);
    return true;
}

/* ---- out of memory, and back ----------------------------------------------------- */

/* Shared pages of the same number are never cold. */
static bool warm_page(void *ctx, const struct vault_page *in, struct err *err)
{
    struct state *s = ctx;

    if (in->number & PAGE_SHARED)
        return true;
    arena_reset(&s->packing);
    return rows_warm(s, in, err) || page_err(in, err);
}

static bool aggregate_thaw(struct state *s, struct vault *v, u64 aggregate,
                           struct err *err)
{
    err->code = ERR_NONE;
    if (!vault_read(v, aggregate, warm_page, s, err))
        return false;
    return cold_of(s, aggregate) == 0 ||
           err_set(err, ERR_CORRUPT,
                   "checkpoint: it has no page of process instance %llu any more, "
                   "which it had when it was read before; restore the data directory "
                   "from a backup",
                   (unsigned long long)aggregate);
}

bool state_thaw(struct state *s, struct vault *v, struct err *err)
{
    struct cold *c = s->cold;

    must(!s->is_open);
    must(c->wanted_count > 0);
    for (u32 i = 0; i < c->wanted_count; i++)
        if (!aggregate_thaw(s, v, c->wanted[i], err))
            return false;
    c->wanted_count = 0;
    return true;
}

bool state_thaw_all(struct state *s, struct vault *v, struct err *err)
{
    struct pair p = {0, 0};

    must(!s->is_open);
    while (runs_from(&s->cold->walk, p, &p))
        if (!aggregate_thaw(s, v, walk_key(p.major), err))
            return false;
    return true;
}

u64 state_used(const struct state *s)
{
    return blocks_used(&s->blocks);
}

u64 state_cold(const struct state *s)
{
    return s->cold->walk.count;
}

bool state_may_evict(const struct state *s)
{
    return s->rests.first && s->rests.first->kept <= s->sealed;
}

u32 state_evict(struct state *s, u64 limit, u32 most)
{
    u32 count = 0;

    must(!s->is_open);
    while (count < most && blocks_used(&s->blocks) > limit && page_evict(s))
        count++;
    return count;
}

/* ---- all of it ------------------------------------------------------------------- */

static bool warm_all(struct loading *l, struct vault *v, struct err *err)
{
    aggregate_end(l);
    for (size_t i = 0; i < l->warm_count; i++)
        if (!aggregate_thaw(l->s, v, l->warm[i], err))
            return false;
    return true;
}

bool state_load(struct state *s, struct vault *v, state_tell *tell, void *ctx,
                struct err *err)
{
    struct loading l = {.s = s, .tell = tell, .ctx = ctx, .all = v->pages};

    must(!s->is_open);
    must(s->pages.count == 0);
    err->code = ERR_NONE;
    bool is_good = vault_each(v, load_page, &l, err) && warm_all(&l, v, err);
    free(l.warm);
    return is_good;
}
