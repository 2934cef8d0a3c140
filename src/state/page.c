#include "state/page.h"

#include "base/hash.h"
#include "state/home.h"
#include "state/state.h"

enum { ROWS_MOST = 64, BYTES_MOST = 24 << 10 };

/* ---- pages by name --------------------------------------------------------------- */

static u64 page_name(u64 aggregate, u32 number)
{
    return aggregate ^ (u64)number << 40;
}

static struct page *page_find(const struct state *s, u64 aggregate, u32 number)
{
    struct page *p =
        (struct page *)chains_first(&s->pages, page_name(aggregate, number));

    while (p && (p->aggregate != aggregate || p->number != number))
        p = p->chain;
    return p;
}

static struct page *page_make(struct state *s, u64 aggregate, u32 number)
{
    struct page *p = block_get_zeroed(&s->blocks, sizeof(*p));

    p->name = page_name(aggregate, number);
    p->aggregate = aggregate;
    p->number = number;
    chains_add(&s->pages, (struct chained *)p);
    return p;
}

/* The first page of an aggregate: most have no other. Rows come in runs, so the one
 * that was asked for last is asked for again. */
static struct page *page_first(struct state *s, u64 aggregate)
{
    struct page *p = s->page_last;

    if (p && p->aggregate == aggregate)
        return p;
    p = page_find(s, aggregate, 0);
    if (!p)
        p = page_make(s, aggregate, 0);
    s->page_last = p;
    return p;
}

struct page *page_numbered(struct state *s, u64 aggregate, u32 number)
{
    struct page *first, *p;

    if (number & PAGE_SHARED) {
        p = page_find(s, aggregate, number);
        return p ? p : page_make(s, aggregate, number);
    }
    first = page_first(s, aggregate);
    if (number == 0)
        return first;
    p = page_find(s, aggregate, number);
    if (p)
        return p;
    first->others++;
    if (number > first->last)
        first->last = number;
    return page_make(s, aggregate, number);
}

static bool page_has_room(const struct page *p, size_t bytes)
{
    return p->count < ROWS_MOST && (p->count == 0 || p->bytes + bytes <= BYTES_MOST);
}

struct page *page_of_row(struct state *s, enum table_id table, u64 key,
                         const void *record, size_t bytes)
{
    struct home h = home_of(table, key, record);
    struct page *first, *p;

    if (h.number & PAGE_SHARED)
        return page_numbered(s, h.aggregate, h.number);
    first = page_first(s, h.aggregate);
    if (page_has_room(first, bytes))
        return first;
    p = page_numbered(s, h.aggregate, first->last ? first->last : 1);
    return page_has_room(p, bytes) ? p : page_numbered(s, h.aggregate, first->last + 1);
}

static void page_free(struct state *s, struct page *p)
{
    chains_del(&s->pages, (struct chained *)p);
    if (s->page_last == p)
        s->page_last = NULL;
    block_put(&s->blocks, p);
}

/* Nobody needs it any more: no row, nothing in the vault, nothing to be packed. */
static bool page_is_over(const struct page *p)
{
    return p->count == 0 && !p->is_stored && p->mark == 0 && p->others == 0;
}

void page_settle(struct state *s, struct page *p)
{
    if (!page_is_over(p))
        return;
    if (p->number && !(p->number & PAGE_SHARED)) {
        struct page *first = page_first(s, p->aggregate);
        first->others--;
        page_free(s, p);
        p = first;
        if (!page_is_over(p))
            return;
    }
    page_free(s, p);
}

/* ---- those that have changed ----------------------------------------------------- */

static void page_list(struct page **list, struct page *p)
{
    p->after = *list;
    p->hole = list;
    if (p->after)
        p->after->hole = &p->after;
    *list = p;
}

void page_unlist(struct page *p)
{
    *p->hole = p->after;
    if (p->after)
        p->after->hole = p->hole;
    p->mark = 0;
}

/* A page that waits to be packed is packed as it was at the freeze. */
static void page_mark(struct state *s, struct page *p)
{
    if (p->mark) {
        page_pack(s, p);
        page_unlist(p);
        s->frozen_count--;
    }
    p->mark = s->freeze;
    page_list(&s->changed, p);
    s->changed_count++;
}

void page_touch(struct state *s, struct page *p)
{
    if (p->mark != s->freeze)
        page_mark(s, p);
}

/* ---- rows ------------------------------------------------------------------------ */

void page_add(struct page *p, struct row *r)
{
    r->page = p;
    r->mate = p->rows;
    p->rows = r;
    p->count++;
}

void page_drop(struct state *s, struct page *p, struct row *r)
{
    struct row **hole = &p->rows;

    while (*hole != r)
        hole = &(*hole)->mate;
    *hole = r->mate;
    if (--p->count > 0)
        return;
    p->bytes = 0;
    if (p->is_stored || p->mark != s->freeze)
        return;
    page_unlist(p);
    s->changed_count--;
    page_settle(s, p);
}

/* ---- all of them ----------------------------------------------------------------- */

void pages_open(struct state *s)
{
    homes_check();
    s->freeze = 1;
    arena_init(&s->packing, 64 << 10, (size_t)1 << 30, NULL);
}

void pages_close(struct state *s)
{
    for (size_t i = 0; i < s->pages.size; i++)
        while (s->pages.buckets[i]) {
            struct page *p = s->pages.buckets[i];
            s->pages.buckets[i] = p->chain;
            block_put(&s->blocks, p);
        }
    arena_free(&s->packing);
}
