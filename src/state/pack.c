#include "state/pack.h"

#include "state/home.h"
#include "state/state.h"

/* A page is a list of rows: number of the table, key, record, as events in an entry
 * (record.h): varint, varint, length and bytes. Keys are counted from the aggregate's,
 * which in an instance's pages is the lowest. */
enum { HEAD_PAGE = 0 };

/* ---- packing --------------------------------------------------------------------- */

/* The record without the instance that its page is of. */
static const void *row_for_page(struct state *s, const struct row *r)
{
    const struct shape *shape = s->tables[r->table].shape;
    const u64 *instance = home_instance(r->table, r->data);

    if (!instance || *instance != r->page->aggregate)
        return r->data;
    char *copy = arena_alloc(&s->packing, shape->size);
    memcpy(copy, r->data, shape->size);
    *(u64 *)(void *)(copy + ((const char *)instance - (const char *)r->data)) = 0;
    return copy;
}

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
    p->bytes = (u32)out.bytes.len;
    s->packed += out.bytes.len;
}

u64 state_changed(const struct state *s)
{
    return s->changed_count + s->frozen_count;
}

void state_freeze(struct state *s, struct vault *v)
{
    must(!s->is_open);
    must(!s->vault);
    must(!s->frozen);
    s->vault = v;
    s->frozen = s->changed;
    s->frozen_count = s->changed_count;
    if (s->frozen)
        s->frozen->hole = &s->frozen;
    s->changed = NULL;
    s->changed_count = 0;
    s->freeze++;
    s->frozen_head = (struct state_head){s->last_key, s->now};
}

bool state_pack(struct state *s, u64 bytes)
{
    must(!s->is_open);
    s->packed = 0;
    while (s->frozen && s->packed < bytes) {
        struct page *p = s->frozen;
        page_pack(s, p);
        page_unlist(p);
        s->frozen_count--;
        page_settle(s, p);
    }
    return s->frozen != NULL;
}

void state_seal(struct state *s, u64 position)
{
    struct vault_page head = {.aggregate = 0, .number = HEAD_PAGE};
    struct buf b;

    must(s->vault);
    must(!s->frozen);
    arena_reset(&s->packing);
    buf_init(&b, &s->packing, 64);
    record_encode(&b, &state_head_shape, &s->frozen_head);
    head.bytes = buf_str(&b);
    vault_put(s->vault, &head);
    vault_seal(s->vault, position);
    s->vault = NULL;
}

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

static bool load_row(struct state *s, struct page *p, const struct packed_row *in,
                     struct err *err)
{
    enum table_id table;
    u64 key = in->key + p->aggregate;

    if (!home_table(in->number, &table))
        return err_set(err, ERR_CORRUPT,
                       "a row of table %llu, which is not known to this release; a "
                       "newer one wrote it",
                       (unsigned long long)in->number);
    const struct shape *shape = s->tables[table].shape;
    void *record = arena_alloc(&s->packing, shape->size);
    if (!record_decode(in->bytes, shape, &s->packing, record, err))
        return false;
    if (key == 0 || row_find(s, table, key))
        return err_set(err, ERR_CORRUPT, "a row stands in two pages");
    home_complete(table, record, p->aggregate, p->number);
    row_load(s, table, key, record, p);
    return true;
}

#define TELL_EVERY 4096

struct loading {
    struct state *s;
    state_tell *tell;
    void *ctx;
    u64 done, all;
};

static bool load_rows(struct state *s, const struct vault_page *in, struct err *err)
{
    struct page *p = page_numbered(s, in->aggregate, in->number);
    struct packed_row row;
    size_t at = 0;

    p->is_stored = true;
    p->bytes = (u32)in->bytes.len;
    while (row_next(in->bytes, &at, &row, err))
        if (!load_row(s, p, &row, err))
            return false;
    return err->code == ERR_NONE;
}

static bool load_page(void *ctx, const struct vault_page *in, struct err *err)
{
    struct loading *l = ctx;
    bool is_head = in->aggregate == 0 && in->number == HEAD_PAGE;

    arena_reset(&l->s->packing);
    if (is_head ? !load_head(l->s, in->bytes, err) : !load_rows(l->s, in, err))
        return err_in(err, "checkpoint: page %u of %llu", in->number,
                      (unsigned long long)in->aggregate);
    if (l->tell && ++l->done % TELL_EVERY == 0)
        l->tell(l->ctx, l->done, l->all);
    return true;
}

bool state_load(struct state *s, struct vault *v, state_tell *tell, void *ctx,
                struct err *err)
{
    struct loading l = {s, tell, ctx, 0, v->pages};

    must(!s->is_open);
    must(s->pages.count == 0);
    err->code = ERR_NONE;
    return vault_each(v, load_page, &l, err);
}
