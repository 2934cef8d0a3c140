/* store.h - the folder of the file keeper and the files in it:
 *
 *     format             what wrote it, and three facts that never change:
 *                            fermata log
 *                            format 1
 *                            id 16345020713924385071
 *                            segment 16777216
 *     lock               held (flock) by the server that has the folder open
 *     000000000001.log   segments, all of the same size; read in the order of their
 *     000000000002.log   names. Behind the newest frame there are spare ones, with
 *                        zeros or with frames of a former life in them
 *     segment.new        the next spare, while it is being filled with zeros
 *
 * What is constant after store_open is what cursors share with the writer. */
#ifndef LOG_STORE_H
#define LOG_STORE_H

#include "base/base.h"
#include "base/err.h"
#include "log/disk.h"

struct store {
    struct disk disk;
    char *path;       /* owned; for messages */
    int folder, lock; /* descriptors; -1: closed. A copy for a cursor has no lock */
    u64 id;
    u64 segment; /* bytes of each segment file */
};

/* Makes the folder if it is missing, and locks it. Refuses what it did not write, and
 * then touches nothing. `segment` counts only for a new folder. */
bool store_open(struct store *s, const char *path, const struct disk *disk, u64 segment,
                struct err *err);
/* The folder for reading alone: nothing is made, locked or changed. */
bool store_look(struct store *s, const char *path, struct err *err);
bool store_is_locked(const struct store *s); /* does a server have it open? */
/* A new folder with the id and the segment size of another, for a copy of its log; not
 * locked, since nobody knows it yet. */
bool store_copy_open(const struct store *from, struct store *out, const char *path,
                     struct err *err);
/* The same folder once more, for a reader in another thread. */
bool store_share(const struct store *s, struct store *out, struct err *err);
void store_close(struct store *s);

/* False, with "folder/name: what: why" from errno; ERR_FULL when there is no room. */
bool store_failed(const struct store *s, const char *name, const char *what,
                  struct err *err);

/* Files by their number in the order of the log. */
struct segment_name {
    char text[24];
};
struct segment_name segment_name(u64 sequence);

/* The numbers of all segments that are there, in order; owned by the caller (free). */
bool store_list(const struct store *s, u64 **out, size_t *count, struct err *err);

/* A descriptor; -1 with err. ERR_NONE in err: it is not there. */
int store_open_segment(const struct store *s, u64 sequence, int flags, struct err *err);
/* Numbers are never used twice: if it is there now, it was not recycled before now. */
bool store_has_segment(const struct store *s, u64 sequence);

/* Steps of changing the folder, each durable when it returns true. */
bool store_rename(const struct store *s, const char *from, const char *to,
                  struct err *err);
bool store_unlink(const struct store *s, const char *name, struct err *err);
bool store_write(const struct store *s, int fd, const char *name, struct str bytes,
                 u64 at, struct err *err);
bool store_sync(const struct store *s, int fd, const char *name, struct err *err);

/* Fills the next slice of `segment.new` with zeros; *filled says how far it is. When it
 * is full it becomes the segment of that number, and *filled is 0 again. So it is after
 * a failure: what could not be synced cannot be trusted, and goes. */
bool store_fill(const struct store *s, u64 *filled, u64 sequence, struct err *err);
/* For who cannot wait so long: it becomes the segment with what is filled, one slice at
 * least. It has its whole size; behind what is filled there is a hole. */
bool store_fill_less(const struct store *s, u64 *filled, u64 sequence, struct err *err);
/* Where the hole of a segment begins, from `at` on; the segment's size: it has none.
 * Nothing but the speed of writing depends on it. */
u64 store_hole(const struct store *s, int fd, u64 at);
/* Fills the next slice of it; *hole moves. No frame may stand behind *hole. */
bool store_fill_hole(const struct store *s, int fd, const char *name, u64 *hole,
                     struct err *err);

#endif
