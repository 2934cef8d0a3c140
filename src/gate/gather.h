/* gather.h - a search in the making: what the steps at the partitions have found so
 * far, until a page can be made of it. It keeps as many rows as the page may need. */
#ifndef GATHER_H
#define GATHER_H

#include "record/record.h"

struct gather;

struct gather *gather_open(void);
void gather_close(struct gather *g); /* NULL is fine */

/* What one step has found; copied. */
void gather_add(struct gather *g, const struct search_found *found);

/* Where that step has stopped, within an instance; until the next one. */
struct u64_list gather_path(const struct gather *g);

/* The page as JSON; borrowed until the end. */
struct str gather_page(struct gather *g);

#endif
