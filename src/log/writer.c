#include "log/writer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Checkpoints free several segments at once, and the log will soon want them again.
 * What is beyond this is given back to the disk. */
enum { SPARE_MORE = 3 };

static size_t writer_live(const struct writer *w)
{
    return (size_t)(w->newest + 1 - w->oldest);
}

/* A spare segment whose number does not follow was left by hands: it moves up. */
static bool writer_close_gaps(struct writer *w, struct err *err)
{
    u64 *list;
    size_t count;

    if (!store_list(w->store, &list, &count, err))
        return false;
    bool is_done = true;
    w->last = w->newest;
    for (size_t i = 0; is_done && i < count; i++) {
        if (list[i] <= w->newest)
            continue;
        w->last++;
        if (list[i] != w->last)
            is_done = store_rename(w->store, segment_name(list[i]).text,
                                   segment_name(w->last).text, err);
    }
    free(list);
    return is_done;
}

bool writer_open(struct writer *w, const struct store *store, struct recovered *found,
                 struct err *err)
{
    w->store = store;
    w->epoch = found->chain.epoch + 1;
    w->chain = found->chain;
    w->oldest = found->oldest;
    w->newest = found->newest;
    w->at = found->at;
    w->firsts = found->firsts;
    w->size = writer_live(w);
    w->fd = -1;
    found->firsts = NULL;
    if (w->newest > 0) {
        w->fd = store_open_segment(store, w->newest, O_RDWR, err);
        if (w->fd < 0)
            return err->code ? false
                             : err_set(err, ERR_IO, "%s/%s: has gone", store->path,
                                       segment_name(w->newest).text);
        w->hole = store_hole(store, w->fd, w->at);
    }
    return writer_close_gaps(w, err);
}

void writer_close(struct writer *w)
{
    if (w->fd >= 0)
        close(w->fd);
    free(w->firsts);
    free(w->room);
    w->fd = -1;
    w->firsts = NULL;
    w->room = NULL;
}

/* ---- segments -------------------------------------------------------------------- */

static bool writer_has_hole(const struct writer *w)
{
    return w->fd >= 0 && w->hole < w->store->segment;
}

static bool writer_fill_spare(struct writer *w, struct err *err)
{
    if (!store_fill(w->store, &w->filled, w->last + 1, err))
        return false;
    if (w->filled == 0)
        w->last++;
    return true;
}

bool writer_has_chores(const struct writer *w)
{
    return !w->is_crammed && (writer_has_hole(w) || w->last - w->newest < w->spare);
}

void writer_chore(struct writer *w)
{
    struct err err;
    bool is_done = writer_has_hole(w)
                       ? store_fill_hole(w->store, w->fd, segment_name(w->newest).text,
                                         &w->hole, &err)
                       : writer_fill_spare(w, &err);

    w->is_crammed = !is_done;
}

void writer_keep_ahead(struct writer *w)
{
    if (writer_has_chores(w) && (writer_has_hole(w) || w->filled < 2 * w->at))
        writer_chore(w);
}

static void writer_note_first(struct writer *w)
{
    size_t count = writer_live(w);

    if (count > w->size) {
        w->size = count * 2;
        w->firsts = must_realloc(w->firsts, w->size * sizeof(*w->firsts));
    }
    w->firsts[count - 1] = w->chain.number;
}

/* When there is no spare one, as in a new folder, a part of one will do: the claim of a
 * new folder shall not wait for a whole segment of zeros. */
static bool writer_need_spare(struct writer *w, struct err *err)
{
    if (w->last > w->newest)
        return true;
    if (!store_fill_less(w->store, &w->filled, w->last + 1, err))
        return err_in(err, "the log needs its next segment");
    w->last++;
    return true;
}

static bool writer_roll(struct writer *w, struct err *err)
{
    if (!writer_need_spare(w, err))
        return false;
    int fd = store_open_segment(w->store, w->newest + 1, O_RDWR, err);
    if (fd < 0)
        return err->code ? false
                         : err_set(err, ERR_IO, "%s/%s: has gone", w->store->path,
                                   segment_name(w->newest + 1).text);
    if (w->fd >= 0)
        close(w->fd);
    w->fd = fd;
    w->newest++;
    w->at = 0;
    w->hole = store_hole(w->store, fd, 0);
    w->is_crammed = false;
    writer_note_first(w);
    return true;
}

/* Under a new number the file is spare; its old frames are no danger (frame.h). Each
 * step is durable before the next, so that no crash leaves a gap in the numbers. */
static bool writer_recycle(struct writer *w, struct err *err)
{
    struct segment_name old = segment_name(w->oldest);

    if (w->last - w->newest >= w->spare + SPARE_MORE)
        return store_unlink(w->store, old.text, err);
    if (!store_rename(w->store, old.text, segment_name(w->last + 1).text, err))
        return false;
    w->last++;
    return true;
}

bool writer_trim(struct writer *w, u64 below, struct err *err)
{
    while (w->oldest < w->newest && w->firsts[1] <= below) {
        if (!writer_recycle(w, err))
            return false;
        w->oldest++;
        memmove(w->firsts, w->firsts + 1, writer_live(w) * sizeof(*w->firsts));
        w->is_crammed = false;
    }
    return true;
}

u64 writer_first(const struct writer *w)
{
    return w->newest > 0 ? w->firsts[0] : 1;
}

/* ---- frames ---------------------------------------------------------------------- */

static void writer_delay(const struct writer *w)
{
    struct timespec wait = {w->sync_delay_us / 1000000,
                            (long)(w->sync_delay_us % 1000000) * 1000};

    if (w->sync_delay_us)
        nanosleep(&wait, NULL);
}

static char *writer_room(struct writer *w, u64 size)
{
    if (size > w->room_size) {
        free(w->room);
        w->room_size = size * 2;
        w->room = must_alloc(w->room_size);
    }
    return w->room;
}

static bool writer_too_large(const struct writer *w, u64 size, struct err *err)
{
    return err_set(err, ERR_LIMIT,
                   "%s: a batch of %llu bytes does not fit into a segment of %llu",
                   w->store->path, (unsigned long long)size,
                   (unsigned long long)w->store->segment);
}

static bool writer_store(struct writer *w, struct str bytes, struct err *err)
{
    struct segment_name name = segment_name(w->newest);

    if (!store_write(w->store, w->fd, name.text, bytes, w->at, err))
        return false;
    writer_delay(w);
    if (store_sync(w->store, w->fd, name.text, err))
        return true;
    err->code = ERR_IO; /* also when it is full: what is on the disk is unknown now */
    return false;
}

bool writer_put(struct writer *w, u32 flags, u32 count, struct str raw, u64 *stored,
                struct err *err)
{
    struct frame f = {.flags = flags,
                      .id = w->store->id,
                      .epoch = w->epoch,
                      .serial = w->chain.serial + 1,
                      .first = w->chain.number,
                      .count = count,
                      .prior = w->chain.crc};

    if (raw.len > frame_raw_max())
        return writer_too_large(w, raw.len, err);
    char *room = writer_room(w, frame_room(raw.len));
    *stored = frame_write(&f, raw, room);
    if (*stored > w->store->segment)
        return writer_too_large(w, *stored, err);
    if (*stored > w->store->segment - w->at && !writer_roll(w, err))
        return false;
    if (!writer_store(w, (struct str){room, (size_t)*stored}, err))
        return false;
    frame_advance(&w->chain, &f);
    w->at += *stored;
    if (w->hole < w->at)
        w->hole = w->at;
    w->is_unsealed = count > 0;
    return true;
}
