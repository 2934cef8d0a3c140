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

#define MEMORY_LEAST (32 * MIB)

bool memory_limit(const struct options *o, u64 *bytes, struct err *err)
{
    static const struct {
        char unit;
        u64 bytes;
    } units[] = {{'M', MIB}, {'G', 1024 * MIB}, {'T', 1024 * 1024 * MIB}};
    struct str number = {o->memory, strlen(o->memory) ? strlen(o->memory) - 1 : 0};
    i64 count;

    *bytes = memory_there() / 4 * 3;
    if (strcmp(o->memory, "auto") == 0)
        return true;
    for (size_t i = 0; i < LEN(units); i++)
        if (number.len && o->memory[number.len] == units[i].unit &&
            str_to_i64(number, &count) && count > 0 && count < 1000000) {
            *bytes = (u64)count * units[i].bytes;
            if (*bytes >= MEMORY_LEAST)
                return true;
        }
    return err_set(err, ERR_SYNTAX,
                   "--memory is auto, or a size of 32M and more, in M, G or T, like "
                   "512M or 4G, not '%s'",
                   o->memory);
}

void watch_open(struct watch *w, const struct options *o)
{
    struct err err;

    *w = (struct watch){.path = o->ephemeral ? NULL : o->data,
                        .disk_least = (u64)o->disk_reserve_mib * MIB};
    must(memory_limit(o, &w->memory_max, &err)); /* it was read before */
}

/* ---- values ---------------------------------------------------------------------- */

static u64 statm_bytes(bool is_without_files)
{
    FILE *f = fopen("/proc/self/statm", "r");
    unsigned long long all, resident = 0, shared = 0;

    if (f && fscanf(f, "%llu %llu %llu", &all, &resident, &shared) != 3)
        resident = shared = 0;
    if (f)
        fclose(f);
    return (resident - (is_without_files ? shared : 0)) * (u64)sysconf(_SC_PAGESIZE);
}

u64 resident_bytes(void)
{
    return statm_bytes(false);
}

/* What the process has of the machine, less what it could use without asking for more:
 * memory that was once needed is not given back, but it is there for new work. Pages of
 * files that are mapped are the system's: it takes them back when it needs them. */
static u64 memory_used(struct node **nodes, u32 count)
{
    u64 resident = statm_bytes(true), spare = mallinfo2().fordblks;

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
