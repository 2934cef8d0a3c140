/* check.h - is the file a whole LMDB database? LMDB believes what it reads, and a
 * damaged page can make it read or write where nothing is. So before it is allowed to
 * look, everything it goes by is looked at here: the two heads, the trees, the list of
 * free pages. What the pages' contents say has checksums (lmdb.c).
 *
 * The layout is that of LMDB's data version 1, 64 bits, little endian:
 *
 *     each page     0  u64  its number         10  u16  flags
 *                  12  u16  lower, 14 u16 upper; of large values: 12 u32 how many pages
 *     pages 0, 1   16  u32  magic, u32 version, u64 address, u64 size of the map, then
 *     (heads)      40  two trees (free pages, ours): u32 page size, u16 flags, u16
 *                      depth, u64 branch, leaf and large pages, u64 entries, u64 root
 *                 136  u64  last page, u64 number of the change
 *     a branch     16  u16  where each node stands: u16 low, u16 high, u16 top part of
 *                      the child's number, u16 length of the key, the key
 *     a leaf       likewise; low and high are the length of the value, then flags
 *                      (1: the value is in large pages and their number stands here) */
#ifndef VAULT_CHECK_H
#define VAULT_CHECK_H

#include "base/base.h"
#include "base/err.h"

/* The bytes of all keys of our tree. */
enum { CHECK_KEY = 12 };

/* The file, whole in memory. False: ERR_CORRUPT with page and reason. */
bool check_tree(struct str file, struct err *err);

#endif
