#include "vault/check.h"

#include <stdlib.h>

enum {
    HEAD = 16,     /* bytes before the contents of a page */
    NODE = 8,      /* bytes before the key of a node */
    TREE = 48,     /* bytes of what a head says about a tree */
    TREES_AT = 40, /* where the heads say it */
    LAST_AT = 136,
    CHANGE_AT = 144, /* of two heads the later one counts */
    DEPTH_MAX = 30,
};

enum { PAGE_BRANCH = 1, PAGE_LEAF = 2, PAGE_LARGE = 4, PAGE_HEAD = 8 };

#define MAGIC   0xBEEFC0DEu
#define VERSION 1
#define FREE_FLAGS                                                    \
    0x4008 /* its keys are numbers; the file has no folder of its own \
            */
#define NO_ROOT UINT64_MAX
#define MAP_MAX ((u64)1 << 47)

struct tree_facts {
    u32 page_size;
    u16 flags, depth;
    u64 branches, leaves, large, entries, root;
};

struct check {
    struct str file;
    size_t size; /* of a page */
    u64 last, change;
    u8 *seen; /* owned; a bit for each page */
    const struct tree_facts *tree;
    bool is_free; /* the tree of free pages */
    u64 branches, leaves, large, entries;
    struct str before; /* the key that came last, or a bound; borrowed */
    bool is_bound;     /* it may come again */
    struct err *err;
};

static u16 get16(const char *p)
{
    u16 x;

    memcpy(&x, p, sizeof(x));
    return x;
}

static u32 get32(const char *p)
{
    u32 x;

    memcpy(&x, p, sizeof(x));
    return x;
}

static u64 get64(const char *p)
{
    u64 x;

    memcpy(&x, p, sizeof(x));
    return x;
}

static bool wrong(struct check *c, u64 page, const char *what)
{
    return err_set(c->err, ERR_CORRUPT, "page %llu: %s", (unsigned long long)page,
                   what);
}

static const char *page_at(const struct check *c, u64 page)
{
    return c->file.data + page * c->size;
}

/* Each page has one place. */
static bool page_take(struct check *c, u64 page)
{
    if (page < 2 || page > c->last)
        return wrong(c, page, "a number beyond the pages there are");
    if (c->seen[page / 8] >> (page % 8) & 1)
        return wrong(c, page, "it is used twice");
    c->seen[page / 8] |= (u8)(1 << (page % 8));
    return true;
}

static bool pages_take(struct check *c, u64 page, u64 count)
{
    if (page > c->last || count > c->last - page + 1)
        return wrong(c, page, "a large value goes beyond the end");
    for (u64 i = 0; i < count; i++)
        if (!page_take(c, page + i))
            return false;
    return true;
}

/* ---- keys ------------------------------------------------------------------------ */

static int key_order(const struct check *c, struct str a, struct str b)
{
    if (!c->is_free)
        return str_compare(a, b);
    u64 x = get64(a.data), y = get64(b.data);
    return (x > y) - (x < y);
}

static bool key_follows(struct check *c, u64 page, struct str key, bool is_bound)
{
    if (key.len != (c->is_free ? sizeof(u64) : (size_t)CHECK_KEY))
        return wrong(c, page, "a key of another length");
    if (c->before.len) {
        int order = key_order(c, c->before, key);
        if (order > 0 || (order == 0 && !c->is_bound))
            return wrong(c, page, "its keys are not in order");
    }
    c->before = key;
    c->is_bound = is_bound;
    return true;
}

/* ---- nodes ----------------------------------------------------------------------- */

struct node {
    u64 number; /* of a branch: the child; of a leaf: the length of the value */
    u16 flags;
    struct str key;
    const char *value;
    size_t room; /* from the value to the end of the page */
};

static bool node_get(struct check *c, u64 page, u32 i, bool is_branch, struct node *n)
{
    const char *p = page_at(c, page);
    size_t at = get16(p + HEAD + 2 * i), upper = get16(p + 14);

    if (at < upper || at + NODE > c->size)
        return wrong(c, page, "a node is outside of it");
    const char *node = p + at;
    size_t key = get16(node + 6);
    if (at + NODE + key > c->size)
        return wrong(c, page, "a key goes beyond its end");
    n->number = get16(node) | (u64)get16(node + 2) << 16;
    n->flags = get16(node + 4);
    if (is_branch)
        n->number |= (u64)n->flags << 32;
    n->key = (struct str){node + NODE, key};
    n->value = node + NODE + key;
    n->room = c->size - at - NODE - key;
    return true;
}

/* A value that was replaced by a shorter one keeps its pages. */
static bool large_check(struct check *c, u64 page, const struct node *n,
                        const char **value)
{
    if (n->room < sizeof(u64))
        return wrong(c, page, "a node goes beyond its end");
    u64 first = get64(n->value), least = (HEAD - 1 + n->number) / c->size + 1;
    if (first < 2 || first > c->last)
        return wrong(c, page, "a large value is beyond the pages there are");
    const char *p = page_at(c, first);
    u64 count = get32(p + 12);
    if (get64(p) != first || get16(p + 10) != PAGE_LARGE || count < least)
        return wrong(c, first, "it is not the large value it should be");
    c->large += count;
    *value = p + HEAD;
    return pages_take(c, first, count);
}

/* A value of the tree of free pages: how many, then their numbers, falling. */
static bool free_check(struct check *c, u64 page, const struct node *n,
                       const char *value)
{
    u64 count = n->number >= sizeof(u64) ? get64(value) : 0, before = UINT64_MAX;

    if (n->number < sizeof(u64) || count > n->number / sizeof(u64) - 1)
        return wrong(c, page, "a list of free pages is shorter than it says");
    if (get64(n->key.data) > c->change)
        return wrong(c, page, "pages are freed by a change that is still to come");
    for (u64 i = 1; i <= count; i++) {
        u64 number = get64(value + i * sizeof(u64));
        if (number >= before)
            return wrong(c, page, "a list of free pages is not in order");
        if (!page_take(c, number))
            return false;
        before = number;
    }
    return true;
}

static bool leaf_node_check(struct check *c, u64 page, u32 i)
{
    struct node n;

    if (!node_get(c, page, i, false, &n) || !key_follows(c, page, n.key, false))
        return false;
    if (n.flags > 1)
        return wrong(c, page, "a value of an unknown kind");
    const char *value = n.value;
    if (n.flags ? !large_check(c, page, &n, &value) : n.number > n.room)
        return n.flags ? false : wrong(c, page, "a value goes beyond its end");
    c->entries++;
    return !c->is_free || free_check(c, page, &n, value);
}

/* ---- trees ----------------------------------------------------------------------- */

static bool page_check(struct check *c, u64 page, u32 depth);

static bool branch_node_check(struct check *c, u64 page, u32 i, u32 depth)
{
    struct node n;

    if (!node_get(c, page, i, true, &n))
        return false;
    if (i > 0 && !key_follows(c, page, n.key, true))
        return false;
    return page_check(c, n.number, depth + 1);
}

static bool page_check(struct check *c, u64 page, u32 depth)
{
    bool is_branch = depth < c->tree->depth;

    if (!page_take(c, page))
        return false;
    const char *p = page_at(c, page);
    u32 lower = get16(p + 12), upper = get16(p + 14);
    if (get64(p) != page || get16(p + 8) != 0 ||
        get16(p + 10) != (is_branch ? PAGE_BRANCH : PAGE_LEAF))
        return wrong(c, page, "it is not the page it should be");
    if (lower < HEAD || lower > upper || upper > c->size || lower % 2)
        return wrong(c, page, "its nodes are not inside of it");
    u32 count = (lower - HEAD) / 2;
    if (count < (is_branch ? 2 : 1))
        return wrong(c, page, "it has too few nodes");
    *(is_branch ? &c->branches : &c->leaves) += 1;
    for (u32 i = 0; i < count; i++)
        if (is_branch ? !branch_node_check(c, page, i, depth)
                      : !leaf_node_check(c, page, i))
            return false;
    return true;
}

static bool tree_check(struct check *c, const struct tree_facts *t, bool is_free)
{
    c->tree = t;
    c->is_free = is_free;
    c->branches = c->leaves = c->large = c->entries = 0;
    c->before = (struct str){NULL, 0};
    if (t->flags != (is_free ? FREE_FLAGS : 0) || t->depth > DEPTH_MAX ||
        (t->root == NO_ROOT) != (t->depth == 0))
        return wrong(c, 0, "a tree of an unknown kind");
    if (t->root != NO_ROOT && !page_check(c, t->root, 1))
        return false;
    return (c->branches == t->branches && c->leaves == t->leaves &&
            c->large == t->large && c->entries == t->entries) ||
           wrong(c, t->root, "its tree has not as many pages as it should");
}

/* ---- heads ----------------------------------------------------------------------- */

static void facts_get(const char *p, struct tree_facts *t)
{
    *t =
        (struct tree_facts){get32(p),      get16(p + 4),  get16(p + 6),  get64(p + 8),
                            get64(p + 16), get64(p + 24), get64(p + 32), get64(p + 40)};
}

static bool head_check(struct check *c, u64 page)
{
    const char *p = page_at(c, page);
    u64 last = get64(p + LAST_AT), map = get64(p + 32);

    if (get64(p) != page || get16(p + 8) != 0 || get16(p + 10) != PAGE_HEAD)
        return wrong(c, page, "it is no head");
    if (get32(p + 16) != MAGIC || get32(p + 20) != VERSION || get64(p + 24) != 0)
        return wrong(c, page, "it is no head of a version that is known");
    if (get32(p + TREES_AT) != c->size || get32(p + TREES_AT + TREE) != 0)
        return wrong(c, page, "another size of pages");
    if (last < 1 || last >= c->file.len / c->size)
        return wrong(c, page, "the file is shorter than it should be");
    if (map > MAP_MAX || map < (last + 1) * c->size || map % c->size)
        return wrong(c, page, "a map of an impossible size");
    return true;
}

static bool trees_check(struct check *c, u64 head)
{
    struct tree_facts freed, ours;

    facts_get(page_at(c, head) + TREES_AT, &freed);
    facts_get(page_at(c, head) + TREES_AT + TREE, &ours);
    c->last = get64(page_at(c, head) + LAST_AT);
    c->change = get64(page_at(c, head) + CHANGE_AT);
    c->seen = must_alloc(c->last / 8 + 1);
    bool is_good = tree_check(c, &ours, false) && tree_check(c, &freed, true);
    free(c->seen);
    return is_good;
}

bool check_tree(struct str file, struct err *err)
{
    struct check c = {.file = file, .size = 4096, .err = err};

    if (file.len < 2 * c.size)
        return wrong(&c, 0, "the file is shorter than it should be");
    c.size = get32(file.data + TREES_AT);
    if (c.size < 512 || c.size > 32768 || (c.size & (c.size - 1)) ||
        file.len < 2 * c.size)
        return wrong(&c, 0, "an impossible size of pages");
    if (!head_check(&c, 0) || !head_check(&c, 1))
        return false;
    u64 a = get64(page_at(&c, 0) + CHANGE_AT), b = get64(page_at(&c, 1) + CHANGE_AT);
    return trees_check(&c, a < b ? 1 : 0);
}
