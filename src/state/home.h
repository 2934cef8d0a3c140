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

/* All numbers of tables are below. */
enum { HOME_NUMBERS = 64 };

/* Numbers of tables are for ever. False: there is no such table. */
u32 home_number(enum table_id table);
bool home_table(u64 number, enum table_id *out);

void homes_check(void); /* each table has a number of its own */

#endif
