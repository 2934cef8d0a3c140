/* home.h - inside the room: to which aggregate a row belongs, and by which number its
 * table goes in stored pages. */
#ifndef STATE_HOME_H
#define STATE_HOME_H

#include "state/read.h"

/* Of pages of rows that are of no instance; the rest is the number of their table. */
#define PAGE_SHARED ((u32)1 << 31)

struct home {
    u64 aggregate;
    u32 number; /* of the page when it is shared; 0: any of the aggregate's */
};
struct home home_of(enum table_id table, u64 key, const void *record);

/* Numbers of tables are for ever. False: there is no such table. */
u32 home_number(enum table_id table);
bool home_table(u64 number, enum table_id *out);

/* Where the record names its instance, which goes without saying in its pages; NULL: it
 * does not. */
const u64 *home_instance(enum table_id table, const void *record);

/* ... and is filled in again. */
void home_complete(enum table_id table, void *record, u64 aggregate, u32 page);

void homes_check(void); /* each table has a number of its own */

#endif
