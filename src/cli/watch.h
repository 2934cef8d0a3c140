/* watch.h - looks at what is around the partitions, the memory of the process and the
 * room on the disk, and tells the nodes, which refuse new work in time. */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include "cli/cli.h"
#include "node/node.h"

struct watch {
    const char *path; /* borrowed; on the disk to watch; NULL: there is none */
    u64 memory_max, disk_least;
    i64 next;                             /* when it looks again */
    bool was_low_on_memory, was_low_disk; /* so that it is said once */
};

u64 resident_bytes(void); /* of this process; 0: it cannot be told */
/* What --memory says, in bytes. */
bool memory_limit(const struct options *o, u64 *bytes, struct err *err);
void watch_open(struct watch *w, const struct options *o);
/* Looks if it is time. Only at turns that come for another reason: who is idle needs no
 * room. */
void watch_turn(struct watch *w, struct node **nodes, u32 count, i64 now);

#endif
