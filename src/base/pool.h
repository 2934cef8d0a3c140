/* pool.h - blocks of a few sizes (see blocks.h) that may outlive whoever made them: an
 * answer, when its node has stopped meanwhile. The pool goes with its owner or with the
 * last block, whichever comes later. Of one thread; blocks of no pool (NULL) come from
 * malloc, and any thread may give them back.
 *
 *     struct pool *p = pool_open();
 *     void *x = pool_get(p, size);
 *     pool_close(p);
 *     pool_put(p, x);      ... here it goes
 */
#ifndef POOL_H
#define POOL_H

#include "base/base.h"

struct pool;

struct pool *pool_open(void);
void *pool_get(struct pool *p, size_t size); /* not zeroed; never NULL */
void pool_put(struct pool *p, void *block);  /* that came from it */
void pool_close(struct pool *p);             /* NULL is fine */

#endif
