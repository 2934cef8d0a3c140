#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "log/look.h"

/* A segment that is being copied: what is before `used` is frames, behind it a hole. */
struct copy {
    const struct look_log *from; /* borrowed */
    struct store to;
    u64 end;           /* no entry from this number on */
    u64 segment, used; /* 0: none yet */
    u64 next;          /* the number after the last entry that was copied */
    char *room;        /* owned */
};

enum { COPY_ROOM = 1 << 20 };

static bool copy_failed(const struct store *s, u64 segment, const char *what,
                        struct err *err)
{
    return store_failed(s, segment_name(segment).text, what, err);
}

static bool copy_bytes(struct copy *c, int from, int to, struct err *err)
{
    struct segment_name name = segment_name(c->segment);
    const struct disk *disk = &c->from->store.disk;

    for (u64 at = 0; at < c->used;) {
        u64 want = c->used - at < COPY_ROOM ? c->used - at : COPY_ROOM;
        ssize_t got = disk->pread(disk->ctx, from, c->room, want, (off_t)at);
        if (got < 0)
            return copy_failed(&c->from->store, c->segment, "cannot be read", err);
        if (got == 0)
            return err_set(err, ERR_CORRUPT, "%s/%s: ends at byte %llu, within a frame",
                           c->from->store.path, name.text, (unsigned long long)at);
        if (!store_write(&c->to, to, name.text, (struct str){c->room, (size_t)got}, at,
                         err))
            return false;
        at += (u64)got;
    }
    if (ftruncate(to, (off_t)c->to.segment) != 0)
        return copy_failed(&c->to, c->segment, "cannot be given its size", err);
    return store_sync(&c->to, to, name.text, err);
}

/* Numbers are never used twice: if the segment has its name after it was copied, it was
 * not recycled before. */
static bool copy_segment(struct copy *c, struct err *err)
{
    struct segment_name name = segment_name(c->segment);
    const struct store *from = &c->from->store;
    int in = store_open_segment(from, c->segment, O_RDONLY, err);

    if (in < 0)
        return err->code
                   ? false
                   : err_set(err, ERR_LIMIT, "%s/%s: was trimmed while it was copied",
                             from->path, name.text);
    int out =
        openat(c->to.folder, name.text, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    bool is_done = out >= 0 ? copy_bytes(c, in, out, err)
                            : copy_failed(&c->to, c->segment, "cannot be made", err);
    close(in);
    if (out >= 0)
        close(out);
    if (!is_done)
        return false;
    return store_has_segment(from, c->segment) ||
           err_set(err, ERR_LIMIT, "%s/%s: was trimmed while it was copied", from->path,
                   name.text);
}

static bool copy_frame(struct copy *c, const struct log_frame *f, struct err *err)
{
    if (f->segment != c->segment) {
        if (c->segment && !copy_segment(c, err))
            return false;
        c->segment = f->segment;
    }
    c->used = f->at + f->size;
    c->next = f->first + f->count;
    return true;
}

static bool copy_frames(struct copy *c, struct err *err)
{
    struct frames frames;
    struct log_frame f;
    enum log_next next;

    if (!frames_open(&frames, &c->from->log, err))
        return false;
    while ((next = frames_next(&frames, &f, err)) == LOG_ENTRY) {
        if (f.first + f.count > c->end)
            break;
        if (!copy_frame(c, &f, err)) {
            next = LOG_FAILED;
            break;
        }
    }
    frames_close(&frames);
    if (next == LOG_FAILED)
        return false;
    if (c->segment == 0 &&
        c->from->log.first > 1) /* where it began would be forgotten */
        return err_set(err, ERR_LIMIT, "%s: no frame ends before entry %llu",
                       c->from->store.path, (unsigned long long)c->end);
    return c->segment == 0 || copy_segment(c, err);
}

bool log_look_copy(const struct log *l, u64 end, const char *folder, u64 *next,
                   struct err *err)
{
    struct copy c = {.from = (const struct look_log *)(const void *)l, .end = end};

    if (!store_copy_open(&c.from->store, &c.to, folder, err))
        return false;
    c.next = l->first;
    c.room = must_alloc(COPY_ROOM);
    bool is_done = copy_frames(&c, err) && store_sync(&c.to, c.to.folder, "", err);
    free(c.room);
    store_close(&c.to);
    *next = c.next;
    return is_done;
}
