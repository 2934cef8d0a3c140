#include "base/runs.h"

#include <stdlib.h>

enum { RUN_MOST = 256, ITEMS_FIRST = 8 };

/* The least numbers of a run, and behind it for each pair how much more its own are. */
struct run {
    struct pair least;
    u16 count, room; /* pairs that there are, and that there is memory for */
    u8 major_width, minor_width; /* bytes; 0: all are the least */
    u8 bytes[];
};

/* A run while it is changed. */
struct loose {
    struct pair pairs[RUN_MOST + 1];
    size_t count;
};

static int pair_order(struct pair a, struct pair b)
{
    if (a.major != b.major)
        return a.major < b.major ? -1 : 1;
    return a.minor == b.minor ? 0 : a.minor < b.minor ? -1 : 1;
}

/* ---- numbers of a few bytes ------------------------------------------------------ */

static u8 width_of(u64 number)
{
    u8 width = 0;

    for (; number; number >>= 8)
        width++;
    return width;
}

static u64 number_get(const u8 *from, u8 width)
{
    u64 number = 0;

    for (u8 i = 0; i < width; i++)
        number |= (u64)from[i] << (8 * i);
    return number;
}

static u8 *number_put(u8 *to, u64 number, u8 width)
{
    for (u8 i = 0; i < width; i++)
        *to++ = (u8)(number >> (8 * i));
    return to;
}

/* ---- one run --------------------------------------------------------------------- */

static size_t run_width(const struct run *n)
{
    return n->major_width + n->minor_width;
}

static size_t run_bytes(const struct run *n)
{
    return sizeof(*n) + n->room * run_width(n);
}

static struct pair run_at(const struct run *n, size_t at)
{
    const u8 *from = n->bytes + at * run_width(n);

    return (struct pair){n->least.major + number_get(from, n->major_width),
                         n->least.minor +
                             number_get(from + n->major_width, n->minor_width)};
}

/* Where the first pair is that is not before this one. */
static size_t run_seek(const struct run *n, struct pair p)
{
    size_t low = 0, high = n->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pair_order(run_at(n, middle), p) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void run_loosen(const struct run *n, struct loose *l)
{
    l->count = n->count;
    for (size_t i = 0; i < l->count; i++)
        l->pairs[i] = run_at(n, i);
}

static struct run *run_make(const struct pair *pairs, size_t count)
{
    struct pair least = pairs[0], most = pairs[0];

    for (size_t i = 0; i < count; i++) {
        most.major = pairs[i].major;
        least.minor = pairs[i].minor < least.minor ? pairs[i].minor : least.minor;
        most.minor = pairs[i].minor > most.minor ? pairs[i].minor : most.minor;
    }
    struct run head = {.least = least,
                       .count = (u16)count,
                       .room = (u16)count,
                       .major_width = width_of(most.major - least.major),
                       .minor_width = width_of(most.minor - least.minor)};
    struct run *n = must_have(malloc(run_bytes(&head)));
    *n = head;
    u8 *to = n->bytes;
    for (size_t i = 0; i < count; i++) {
        to = number_put(to, pairs[i].major - least.major, n->major_width);
        to = number_put(to, pairs[i].minor - least.minor, n->minor_width);
    }
    return n;
}

static bool number_fits(u64 number, u64 least, u8 width)
{
    return number >= least && width_of(number - least) <= width;
}

static bool run_fits(const struct run *n, struct pair p)
{
    return n->count < RUN_MOST &&
           number_fits(p.major, n->least.major, n->major_width) &&
           number_fits(p.minor, n->least.minor, n->minor_width);
}

/* Most fit in as they are, and most come at the end. */
enum { ROOM_MORE = 16 };

static struct run *run_put(struct run *n, size_t at, struct pair p)
{
    size_t width = run_width(n);

    if (n->count == n->room) {
        n->room =
            n->room + ROOM_MORE < RUN_MOST ? (u16)(n->room + ROOM_MORE) : RUN_MOST;
        n = must_realloc(n, run_bytes(n));
    }
    u8 *to = n->bytes + at * width;
    memmove(to + width, to, (n->count - at) * width);
    to = number_put(to, p.major - n->least.major, n->major_width);
    number_put(to, p.minor - n->least.minor, n->minor_width);
    n->count++;
    return n;
}

static void run_take(struct run *n, size_t at)
{
    size_t width = run_width(n);
    u8 *to = n->bytes + at * width;

    n->count--;
    memmove(to, to + width, (n->count - at) * width);
}

/* ---- all of them ----------------------------------------------------------------- */

/* The last run that begins with this pair or before it; the first if none does. */
static size_t runs_seek(const struct runs *r, struct pair p)
{
    size_t low = 0, high = r->used;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pair_order(r->items[middle].first, p) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

static void item_open(struct runs *r, size_t at)
{
    if (r->used == r->room) {
        r->bytes -= r->room * sizeof(*r->items);
        r->room = r->room ? r->room * 2 : ITEMS_FIRST;
        r->bytes += r->room * sizeof(*r->items);
        r->items = must_realloc(r->items, r->room * sizeof(*r->items));
    }
    memmove(&r->items[at + 1], &r->items[at], (r->used - at) * sizeof(*r->items));
    r->items[at] = (struct runs_item){.run = NULL};
    r->used++;
}

static void item_drop(struct runs *r, size_t at)
{
    r->used--;
    memmove(&r->items[at], &r->items[at + 1], (r->used - at) * sizeof(*r->items));
}

static void item_free(struct runs *r, size_t at)
{
    if (r->items[at].run)
        r->bytes -= run_bytes(r->items[at].run);
    free(r->items[at].run);
    r->items[at].run = NULL;
}

static void item_set(struct runs *r, size_t at, const struct pair *pairs, size_t count)
{
    item_free(r, at);
    r->items[at] = (struct runs_item){pairs[0], run_make(pairs, count)};
    r->bytes += run_bytes(r->items[at].run);
}

/* One that is too long is cut; what only grows at its end is filled to the last. */
static void item_split(struct runs *r, size_t at, const struct loose *l, size_t added)
{
    size_t half =
        added == l->count - 1 && at + 1 == r->used ? l->count - 1 : l->count / 2;

    item_open(r, at + 1);
    item_set(r, at, l->pairs, half);
    item_set(r, at + 1, l->pairs + half, l->count - half);
}

/* One that does not fit as it is, is made again. */
static void item_remake(struct runs *r, size_t item, size_t at, struct pair p)
{
    struct loose l = {.count = 0};

    if (r->items[item].run)
        run_loosen(r->items[item].run, &l);
    memmove(&l.pairs[at + 1], &l.pairs[at], (l.count - at) * sizeof(l.pairs[0]));
    l.pairs[at] = p;
    l.count++;
    if (l.count > RUN_MOST)
        item_split(r, item, &l, at);
    else
        item_set(r, item, l.pairs, l.count);
}

bool runs_add(struct runs *r, struct pair p)
{
    size_t item = runs_seek(r, p), at = 0;

    if (r->used == 0)
        item_open(r, 0);
    struct run *n = r->items[item].run;
    if (n)
        at = run_seek(n, p);
    if (n && at < n->count && pair_order(run_at(n, at), p) == 0)
        return false;
    r->count++;
    if (!n || !run_fits(n, p)) {
        item_remake(r, item, at, p);
        return true;
    }
    r->bytes -= run_bytes(n);
    n = run_put(n, at, p);
    r->bytes += run_bytes(n);
    r->items[item].run = n;
    if (at == 0)
        r->items[item].first = p;
    return true;
}

/* Two that are nearly empty become one. */
static void item_join(struct runs *r, size_t at)
{
    struct loose l;

    if (at + 1 >= r->used ||
        r->items[at].run->count + r->items[at + 1].run->count > RUN_MOST / 4)
        return;
    run_loosen(r->items[at].run, &l);
    const struct run *next = r->items[at + 1].run;
    for (size_t i = 0; i < next->count; i++)
        l.pairs[l.count++] = run_at(next, i);
    item_free(r, at + 1);
    item_drop(r, at + 1);
    item_set(r, at, l.pairs, l.count);
}

bool runs_del(struct runs *r, struct pair p)
{
    size_t item = runs_seek(r, p);
    struct run *n = r->used ? r->items[item].run : NULL;
    size_t at = n ? run_seek(n, p) : 0;

    if (!n || at == n->count || pair_order(run_at(n, at), p) != 0)
        return false;
    run_take(n, at);
    r->count--;
    if (n->count == 0) {
        item_free(r, item);
        item_drop(r, item);
        return true;
    }
    r->items[item].first = run_at(n, 0);
    item_join(r, item);
    return true;
}

bool runs_from(const struct runs *r, struct pair p, struct pair *out)
{
    size_t item = runs_seek(r, p);

    if (r->used == 0)
        return false;
    size_t at = run_seek(r->items[item].run, p);
    if (at == r->items[item].run->count) {
        item++;
        at = 0;
    }
    if (item == r->used)
        return false;
    *out = run_at(r->items[item].run, at);
    return true;
}

bool runs_has(const struct runs *r, struct pair p)
{
    struct pair there;

    return runs_from(r, p, &there) && pair_order(there, p) == 0;
}

void runs_close(struct runs *r)
{
    for (size_t i = 0; i < r->used; i++)
        free(r->items[i].run);
    free(r->items);
    *r = (struct runs){.items = NULL};
}
