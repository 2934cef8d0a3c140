#include "engine/search/search.h"

#include <stdlib.h>

#include "engine/command/command.h"

#define TEXT_MAX ((size_t)16 << 20) /* bytes that the items of one step may take */

void decide_search(struct step *s, u64 key, const void *record);

/* A row that is to be shown so far. */
struct hit {
    struct str order;
    u64 key;
};

/* The best rows so far: twice as many as are wanted, before the worse half goes. */
struct hits {
    struct scan scan;
    struct found f;
    struct hit *items;
    u32 count, room, wanted;
    bool is_backward;
    struct str worst; /* of those that are wanted; empty: there is room yet */
};

static int hit_compare(const void *a, const void *b)
{
    return str_compare(((const struct hit *)a)->order, ((const struct hit *)b)->order);
}

/* Leaves what is wanted, in order: the first, or when it goes backward the last. */
static void hits_trim(struct hits *h)
{
    if (h->count == 0)
        return;
    qsort(h->items, h->count, sizeof(*h->items), hit_compare);
    if (h->count < h->wanted)
        return;
    if (h->is_backward)
        memmove(h->items, h->items + (h->count - h->wanted),
                h->wanted * sizeof(*h->items));
    h->count = h->wanted;
    if (h->count)
        h->worst = h->items[h->is_backward ? 0 : h->count - 1].order;
}

static bool hits_want(const struct hits *h, struct str order)
{
    const struct query *q = h->scan.query;

    if (h->wanted == 0 || (q->after.data && str_compare(order, q->after) <= 0) ||
        (q->before.data && str_compare(order, q->before) >= 0))
        return false;
    if (h->worst.len == 0)
        return true;
    int against = str_compare(order, h->worst);
    return h->is_backward ? against > 0 : against < 0;
}

static void hits_add(struct hits *h, struct hit hit)
{
    if (h->count == h->room) {
        u32 most = h->wanted * 2 + 16;
        if (h->room == most) {
            hits_trim(h);
        } else {
            u32 room = h->room ? h->room * 2 : 64;
            struct hit *items =
                NEW_ARRAY(h->f.step->arena, struct hit, room < most ? room : most);
            if (h->count)
                memcpy(items, h->items, h->count * sizeof(*items));
            h->items = items;
            h->room = room < most ? room : most;
        }
    }
    h->items[h->count++] = hit;
}

static void hits_offer(struct scan *scan, u64 key)
{
    struct hits *h =
        (struct hits *)(void *)((char *)scan - offsetof(struct hits, scan));

    if (!found_take(&h->f, scan->plan, key) || !match(&h->f, scan->query))
        return;
    scan->found->total++;
    struct str order = order_of(&h->f, scan->query);
    if (hits_want(h, order))
        hits_add(h, (struct hit){order, key});
}

/* False: the items of this page are too large, and the command has been refused. */
static bool hits_print(struct hits *h, const struct search_plan *plan)
{
    struct search_hit *out = NEW_ARRAY(h->f.step->arena, struct search_hit, h->count);
    size_t size = 0;

    for (u32 i = 0; i < h->count; i++) {
        struct buf b;
        must(found_take(&h->f, plan, h->items[i].key));
        buf_init(&b, h->f.step->arena, 512);
        found_print(&h->f, plan, &b);
        out[i] = (struct search_hit){h->items[i].order, buf_str(&b)};
        size += b.len;
        if (size > TEXT_MAX) {
            reject(h->f.step, REJECT_INVALID_ARGUMENT,
                   "The items of this page take more than %zu bytes; please ask for "
                   "a page with a smaller limit",
                   TEXT_MAX);
            return false;
        }
    }
    h->scan.found->hits = (struct search_hit_list){out, h->count};
    return true;
}

static bool one_find(struct step *s, struct found *f, const struct search_plan *plan,
                     u64 key)
{
    if (found_take(f, plan, key))
        return true;
    reject(s, REJECT_NOT_FOUND, "%s with key '%llu' not found", plan->noun,
           (unsigned long long)key);
    return false;
}

bool query_read(struct step *s, const struct search_plan *plan, struct str json,
                struct query *out)
{
    struct query_words words = {plan->columns, plan->count, s->engine->options.zones};
    struct str wrong;

    if (query_parse(&words, json, s->arena, out, &wrong))
        return true;
    reject(s, REJECT_INVALID_ARGUMENT, "%.*s", ARG(wrong));
    return false;
}

/* Only the partition of the thing in which is looked has any of it. */
static void search_page(struct step *s, u64 key, const struct search_ask *asked,
                        const struct search_plan *plan)
{
    struct search_found *found = NEW(s->arena, struct search_found);
    struct query *q = NEW(s->arena, struct query);
    struct hits h = {
        .scan = {s, plan, q, asked, found, asked->within ? key : 0, 0, hits_offer},
        .f = {.step = s},
    };

    if (asked->within && !one_find(s, &h.f, &search_plans[asked->within], key))
        return;
    h.f.is_whole = asked->is_whole;
    if (!query_read(s, plan, asked->query, q))
        return;
    h.wanted = q->skip + q->limit;
    h.is_backward = q->before.data != NULL;
    scan_run(&h.scan);
    hits_trim(&h);
    if (!hits_print(&h, plan))
        return;
    found->skip = q->skip;
    found->limit = q->limit;
    found->is_backward = h.is_backward;
    found->is_everywhere = plan->is_everywhere || asked->within;
    s->answer = found;
}

/* A decision that was made: its key and its number have become one key (remember, in
 * apply/decision.c). */
static bool indexed_find(struct step *s, struct found *f,
                         const struct search_plan *plan, u64 key, u32 index)
{
    if (found_take(f, plan, key + index) && f->evaluation &&
        f->evaluation->evaluation == key)
        return true;
    reject(s, REJECT_NOT_FOUND, "%s with key '%llu-%u' not found", plan->noun,
           (unsigned long long)key, index);
    return false;
}

static void search_one(struct step *s, u64 key, const struct search_ask *asked)
{
    const struct search_plan *plan = &search_plans[asked->what];
    struct search_found *answer = NEW(s->arena, struct search_found);
    struct found f = {.step = s, .is_whole = true};
    struct buf b;

    if (asked->index ? !indexed_find(s, &f, plan, key, asked->index)
                     : !one_find(s, &f, plan, key))
        return;
    if (asked->is_form) {
        u64 form = found_form(&f);
        plan = &search_plans[SEARCH_FORMS];
        if (form && !one_find(s, &f, plan, form))
            return;
    }
    buf_init(&b, s->arena, 512);
    if (asked->is_file)
        buf_add(&b, found_file(&f));
    else if (!asked->is_form || f.artifact)
        found_print(&f, plan, &b);
    answer->is_done = true;
    answer->text = buf_str(&b);
    s->answer = answer;
}

void decide_search(struct step *s, u64 key, const void *record)
{
    const struct search_ask *asked = record;

    must(asked->what < search_plan_count && search_plans[asked->what].take);
    if (asked->query.len)
        search_page(s, key, asked, &search_plans[asked->what]);
    else
        search_one(s, key, asked);
}
