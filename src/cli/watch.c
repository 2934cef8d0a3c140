#include "cli/watch.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "cli/server.h"

enum { LOOK_EVERY_MS = 200 };

#define MIB ((u64)1 << 20)

/* ---- limits ---------------------------------------------------------------------- */

static u64 file_number(const char *path)
{
    FILE *f = fopen(path, "r");
    unsigned long long value;
    bool is_there = f && fscanf(f, "%llu", &value) == 1;

    if (f)
        fclose(f);
    return is_there ? value : UINT64_MAX;
}

/* What the machine has, or the container may have. */
static u64 memory_there(void)
{
    static const char *const limits[] = {"/sys/fs/cgroup/memory.max",
                                         "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
    u64 least = (u64)sysconf(_SC_PHYS_PAGES) * (u64)sysconf(_SC_PAGESIZE);

    for (size_t i = 0; i < LEN(limits); i++) {
        u64 limit = file_number(limits[i]);
        least = limit < least ? limit : least;
    }
    return least;
}

void watch_open(struct watch *w, const struct options *o)
{
    *w = (struct watch){.path = o->ephemeral ? NULL : o->data,
                        .memory_max = o->memory_mib ? (u64)o->memory_mib * MIB
                                                    : memory_there() / 4 * 3,
                        .disk_least = (u64)o->disk_reserve_mib * MIB};
}

/* ---- values ---------------------------------------------------------------------- */

u64 resident_bytes(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    unsigned long long all, resident = 0;

    if (f && fscanf(f, "%llu %llu", &all, &resident) != 2)
        resident = 0;
    if (f)
        fclose(f);
    return resident * (u64)sysconf(_SC_PAGESIZE);
}

/* What the process has of the machine, less what it could use without asking for more:
 * memory that was once needed is not given back, but it is there for new work. */
static u64 memory_used(struct node **nodes, u32 count)
{
    u64 resident = resident_bytes(), spare = mallinfo2().fordblks;

    for (u32 i = 0; i < count; i++)
        spare += node_spare(nodes[i]);
    return resident > spare ? resident - spare : 0;
}

static u64 disk_free(const struct watch *w)
{
    struct statvfs disk;

    if (!w->path || statvfs(w->path, &disk) != 0)
        return UINT64_MAX;
    return (u64)disk.f_bavail * disk.f_frsize;
}

/* ---- looking --------------------------------------------------------------------- */

static void watch_say(bool is_low, bool *was_low, const char *what, u64 value,
                      u64 limit)
{
    if (is_low && !*was_low)
        say(SAY_WARN, "%s: %llu MiB, where %llu MiB is the limit; new work is refused",
            what, (unsigned long long)(value / MIB), (unsigned long long)(limit / MIB));
    else if (!is_low && *was_low)
        say(SAY_INFO, "%s: %llu MiB; new work is taken again", what,
            (unsigned long long)(value / MIB));
    *was_low = is_low;
}

void watch_turn(struct watch *w, struct node **nodes, u32 count, i64 now)
{
    if (now < w->next && now + LOOK_EVERY_MS >= w->next)
        return;
    w->next = now + LOOK_EVERY_MS;
    struct pressure p = {.memory = memory_used(nodes, count),
                         .memory_max = w->memory_max,
                         .disk = disk_free(w),
                         .disk_least = w->disk_least};
    for (u32 i = 0; i < count; i++)
        node_press(nodes[i], &p);
    watch_say(p.memory > p.memory_max, &w->was_low_on_memory, "memory in use", p.memory,
              p.memory_max);
    watch_say(p.disk < p.disk_least, &w->was_low_disk, "free on the disk", p.disk,
              p.disk_least);
}
