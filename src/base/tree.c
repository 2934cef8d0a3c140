#include "base/tree.h"

#include "base/hash.h"

static bool before(const struct tree_item *a, const struct tree_item *b)
{
    return a->major != b->major ? a->major < b->major : a->minor < b->minor;
}

static u64 rank(const struct tree_item *item)
{
    return hash_mix(item->major ^ hash_mix(item->minor));
}

/* With the ranks of both. Equal ones fall back to the order, so that the shape stays
 * determined. */
static bool above(const struct tree_item *a, u64 x, const struct tree_item *b, u64 y)
{
    return x != y ? x > y : before(a, b);
}

/* Cut a subtree into what is before the item and what comes after it. */
static void split(struct tree_item *root, const struct tree_item *at,
                  struct tree_item **left, struct tree_item **right)
{
    while (root) {
        if (before(root, at)) {
            *left = root;
            left = &root->right;
            root = root->right;
        } else {
            *right = root;
            right = &root->left;
            root = root->left;
        }
    }
    *left = *right = NULL;
}

static struct tree_item *join(struct tree_item *a, struct tree_item *b)
{
    struct tree_item *root = NULL, **hole = &root;

    while (a && b) {
        if (above(a, rank(a), b, rank(b))) {
            *hole = a;
            hole = &a->right;
            a = a->right;
        } else {
            *hole = b;
            hole = &b->left;
            b = b->left;
        }
    }
    *hole = a ? a : b;
    return root;
}

void tree_put(struct tree *t, struct tree_item *item, u64 major, u64 minor)
{
    must(!item->is_in);
    item->major = major;
    item->minor = minor;
    struct tree_item **hole = &t->root;
    u64 mine = rank(item);
    while (*hole && above(*hole, rank(*hole), item, mine)) {
        must((*hole)->major != major || (*hole)->minor != minor);
        hole = before(*hole, item) ? &(*hole)->right : &(*hole)->left;
    }
    if (*hole)
        split(*hole, item, &item->left, &item->right);
    *hole = item;
    item->is_in = true;
    t->count++;
}

void tree_del(struct tree *t, struct tree_item *item)
{
    if (!item->is_in)
        return;
    struct tree_item **hole = &t->root;
    while (*hole != item) {
        must(*hole);
        hole = before(*hole, item) ? &(*hole)->right : &(*hole)->left;
    }
    *hole = item->left && item->right ? join(item->left, item->right)
            : item->left              ? item->left
                                      : item->right;
    item->left = item->right = NULL;
    item->is_in = false;
    t->count--;
}

struct tree_item *tree_first(const struct tree *t)
{
    struct tree_item *item = t->root;

    while (item && item->left)
        item = item->left;
    return item;
}

struct tree_item *tree_last(const struct tree *t)
{
    struct tree_item *item = t->root;

    while (item && item->right)
        item = item->right;
    return item;
}

struct tree_item *tree_from(const struct tree *t, u64 major, u64 minor)
{
    struct tree_item *item = t->root, *best = NULL;

    while (item) {
        bool is_before =
            item->major != major ? item->major < major : item->minor < minor;
        if (!is_before)
            best = item;
        item = is_before ? item->right : item->left;
    }
    return best;
}

struct tree_item *tree_after(const struct tree *t, u64 major, u64 minor)
{
    if (minor != UINT64_MAX)
        return tree_from(t, major, minor + 1);
    return major == UINT64_MAX ? NULL : tree_from(t, major + 1, 0);
}

struct tree_item *tree_up_to(const struct tree *t, u64 major, u64 minor)
{
    struct tree_item *item = t->root, *best = NULL;

    while (item) {
        bool is_behind =
            item->major != major ? item->major > major : item->minor > minor;
        if (!is_behind)
            best = item;
        item = is_behind ? item->left : item->right;
    }
    return best;
}
