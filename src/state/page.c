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

static void page_wake(struct state *s, struct page *p);

static void page_free(struct state *s, struct page *p)
{
    page_wake(s, p);
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

static void page_settle(struct state *s, struct page *p)
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

/* In the order in which they have changed: mostly that of their keys, in which a vault
 * takes them best. */
static void page_list(struct page_list *list, struct page *p)
{
    p->after = NULL;
    p->before = list->last;
    *(p->before ? &p->before->after : &list->first) = p;
    list->last = p;
    list->count++;
}

static void page_unlist(struct page_list *list, struct page *p)
{
    *(p->before ? &p->before->after : &list->first) = p->after;
    *(p->after ? &p->after->before : &list->last) = p->before;
    list->count--;
    p->mark = 0;
}

void page_rest(struct state *s, struct page *p)
{
    if (p->number & PAGE_SHARED)
        return;
    page_list(&s->rests, p);
    p->rests = true;
}

static void page_wake(struct state *s, struct page *p)
{
    if (p->rests)
        page_unlist(&s->rests, p);
    p->rests = false;
}

struct page *page_unfreeze(struct state *s)
{
    struct page *p = s->frozen.first;

    if (p) {
        page_pack(s, p);
        page_unlist(&s->frozen, p);
        if (p->count)
            page_rest(s, p);
        else
            page_settle(s, p);
    }
    return s->frozen.first;
}

/* A page that waits to be packed is packed as it was at the freeze. */
static void page_mark(struct state *s, struct page *p)
{
    page_wake(s, p);
    if (p->mark) {
        page_pack(s, p);
        page_unlist(&s->frozen, p);
    }
    p->mark = s->freeze;
    page_list(&s->changed, p);
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
    page_unlist(&s->changed, p);
    page_settle(s, p);
}

/* ---- out of memory --------------------------------------------------------------- */

static bool page_is_durable(const struct state *s, const struct page *p)
{
    return p->mark == 0 && p->kept <= s->sealed;
}

static bool page_may_go(const struct state *s, const struct page *p, bool *has_instance)
{
    if (!page_is_durable(s, p))
        return false;
    for (const struct row *r = p->rows; r; r = r->mate) {
        if (!cold_may(r->table))
            return false;
        *has_instance |= r->table == TABLE_INSTANCE;
    }
    return true;
}

/* The next page of an aggregate from this number on; NULL: that was the last. */
static struct page *page_next(const struct state *s, const struct page *first,
                              u32 number)
{
    struct page *p = NULL;

    for (; !p && number <= first->last; number++)
        p = page_find(s, first->aggregate, number);
    return p;
}

#define EACH_PAGE(p, first) \
    for (struct page *p = (first); p; p = page_next(s, (first), p->number + 1))

/* The instance itself is there, all is durable, and nothing but waits. */
static bool aggregate_may_go(const struct state *s, struct page *first)
{
    bool has_instance = false;

    EACH_PAGE(p, first)
    if (!page_may_go(s, p, &has_instance))
        return false;
    return has_instance;
}

static void page_leave(struct state *s, struct page *p)
{
    for (struct row *r = p->rows, *next; r; r = next) {
        next = r->mate;
        u64 key = r->key;
        enum table_id table = r->table;
        void *data = r->data;
        struct row left = {.key = key, .table = table, .data = data};
        row_leave(s, r);
        cold_put(s, p->aggregate, &left);
        block_put(&s->blocks, data);
    }
    page_free(s, p);
}

bool page_evict(struct state *s)
{
    struct page *p = s->rests.first, *next;

    if (!p || !page_is_durable(s, p))
        return false;
    struct page *first = page_first(s, p->aggregate);
    if (!aggregate_may_go(s, first)) {
        page_wake(s, p); /* it will rest again when what holds it has changed */
        return true;
    }
    for (p = page_next(s, first, 1); p; p = next) {
        next = page_next(s, first, p->number + 1);
        page_leave(s, p);
    }
    page_leave(s, first);
    return true;
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
