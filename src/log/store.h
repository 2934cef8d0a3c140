/* store.h - the folder of the file keeper and the files in it:
 *
 *     format             what wrote it, and three facts that never change:
 *                            fermata log
 *                            format 1
 *                            id 16345020713924385071
 *                            segment 67108864
 *     lock               held (flock) by the server that has the folder open
 *     000000000001.log   segments, all of the same size; read in the order of their
 *     000000000002.log   names. Behind the newest frame there are spare ones, with
 * zeros or with frames of a former life in them segment.new        the next spare,
 * while it is being filled with zeros
 *
 * What is constant after store_open is what cursors share with the writer. */
#ifndef LOG_STORE_H
#define LOG_STORE_H

#include "base/base.h"
#include "base/err.h"
#include "log/disk.h"
#include "log/frame.h"

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
/* The same folder once more, for a reader in another thread. */
bool store_share(const struct store *s, struct store *out, struct err *err);
void store_close(struct store *s);

/* False, with "folder/name: what: why" from errno. A write that failed for a full disk
 * says so. */
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

/* Fills the next part of `segment.new` with zeros; *filled says how far it is. When it
 * is full it becomes the segment of that number, and *filled is 0 again. So it is after
 * a failure: what could not be synced cannot be trusted. */
enum { STORE_SLICE = 1 << 20 };
bool store_fill(const struct store *s, u64 *filled, u64 sequence, struct err *err);

/* Frames of one segment, through a window that is read in big pieces. */
struct segment_reader {
    const struct store *store; /* borrowed */
    int fd;                    /* owned; -1: none */
    u64 sequence;
    char *window;     /* owned */
    size_t size, len; /* of the window; how much of it is filled */
    u64 at;           /* where in the file it starts */
    size_t ahead;     /* how much to read next; more while nothing is forgotten */
};

void reader_init(struct segment_reader *r, const struct store *store);
void reader_free(struct segment_reader *r);
/* False with ERR_NONE: there is no such segment. */
bool reader_open(struct segment_reader *r, u64 sequence, struct err *err);
/* FRAME_WHOLE or FRAME_BAD; FRAME_SHORT: the disk failed, with err. The frame borrows
 * from the window, until the next call. What the window holds of a segment that is
 * being written may be old: reader_forget, and ask again. */
enum frame_state reader_frame(struct segment_reader *r, u64 at, struct frame *out,
                              u64 *size, struct err *err);
void reader_forget(struct segment_reader *r);
/* What the window holds from this place on, after reader_frame; for frame_seems. */
struct str reader_bytes(const struct segment_reader *r, u64 at);

#endif
