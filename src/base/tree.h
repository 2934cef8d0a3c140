/* tree.h - an ordered set of things that carry their own links: what a scope's
 * children, a type's waiting jobs or a message's subscriptions are kept in. Ordered by
 * two numbers; the shape follows from them alone, so two trees with the same items are
 * walked alike and cost alike, however they came to be (a treap whose priorities are
 * hashes). */
#ifndef TREE_H
#define TREE_H

#include "base/base.h"

struct tree_item {
    u64 major, minor; /* the order; both together are unique in one tree */
    struct tree_item *left, *right;
    bool is_in; /* ours to write, yours to read */
};

struct tree {
    struct tree_item *root; /* borrowed, like all items */
    size_t count;
};

void tree_put(struct tree *t, struct tree_item *item, u64 major, u64 minor);
void tree_del(struct tree *t, struct tree_item *item); /* if it is in */

struct tree_item *tree_first(const struct tree *t);
struct tree_item *tree_last(const struct tree *t);
/* The first item that comes after (major, minor); or that is not before it. */
struct tree_item *tree_after(const struct tree *t, u64 major, u64 minor);
struct tree_item *tree_from(const struct tree *t, u64 major, u64 minor);
/* The last item that does not come after (major, minor). */
struct tree_item *tree_up_to(const struct tree *t, u64 major, u64 minor);
#define tree_next(t, item) tree_after((t), (item)->major, (item)->minor)

/* The thing around a link: OWNER(item, struct job_node, by_type). */
#define OWNER(pointer, type, member) \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

#endif
