#include "log/look.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "log/file.h"
#include "log/keeper.h"

/* How often a folder that somebody writes is looked at again when what was found does
 * not fit together, and how long is waited before. */
enum { LOOKS_MOST = 50, LOOK_WAIT_MS = 20 };

static struct look_log *look_of(const struct log *l)
{
    return (struct look_log *)(void *)(uintptr_t)l;
}

static struct log_cursor *look_follow(const struct log *l, u64 at, struct err *err)
{
    return file_follow(l->ops, &look_of(l)->store, at, err);
}

static void look_close(struct log *l)
{
    struct look_log *look = look_of(l);

    free(look->found.firsts);
    store_close(&look->store);
    free(look);
}

/* Nothing is under way, and nothing can be written. */
static bool look_refuse(struct err *err)
{
    return err_set(err, ERR_LIMIT, "the log is open for reading alone");
}

static bool look_claim(struct log *l, struct err *err)
{
    return look_refuse(err);
}

static u64 look_append(struct log *l, struct str entry)
{
    must(!"a log that is open for reading alone is not appended to");
    return 0;
}

static bool look_trim(struct log *l, u64 below, struct err *err)
{
    return look_refuse(err);
}

static int look_wake_fd(const struct log *l)
{
    return -1;
}

static u64 look_backlog(const struct log *l)
{
    return 0;
}

static const struct log_ops look_ops = {
    .claim = look_claim,
    .append = look_append,
    .pump = look_claim,
    .wake_fd = look_wake_fd,
    .backlog = look_backlog,
    .trim = look_trim,
    .close = look_close,
    .follow = look_follow,
    .read = file_read,
    .unfollow = file_unfollow,
};

static void look_wait(void)
{
    nanosleep(&(struct timespec){0, LOOK_WAIT_MS * 1000000L}, NULL);
}

/* A writer may be under way: what was torn when it was read is whole a moment later,
 * and then looks like damage; a segment that was listed may be recycled. Whatever is
 * really damaged is so each time. */
static bool look_recover(struct look_log *look, struct err *err)
{
    for (int i = 1; !recover(&look->store, &look->found, err); i++) {
        if (err->code != ERR_CORRUPT || i == LOOKS_MOST || !look->is_used)
            return false;
        look_wait();
        look->is_used = store_is_locked(&look->store);
    }
    return true;
}

static void look_fill(struct look_log *look)
{
    const struct recovered *found = &look->found;

    look->log.epoch = found->chain.epoch;
    look->log.first = found->newest ? found->firsts[0] : 1;
    look->log.durable = look->log.tail = found->chain.number;
    look->log.dropped = found->dropped;
}

struct log *log_look_open(const char *folder, struct err *err)
{
    struct look_log *look = must_alloc(sizeof(*look));

    look->log.ops = &look_ops;
    if (!store_look(&look->store, folder, err)) {
        free(look);
        return NULL;
    }
    look->is_used = store_is_locked(&look->store);
    if (!look_recover(look, err)) {
        look_close(&look->log);
        return NULL;
    }
    look_fill(look);
    return &look->log;
}

struct log_facts log_look_facts(const struct log *l)
{
    const struct look_log *look = look_of(l);
    const struct recovered *found = &look->found;

    return (struct log_facts){
        .format = FRAME_FORMAT,
        .id = look->store.id,
        .segment = look->store.segment,
        .segments = found->newest ? found->newest + 1 - found->oldest : 0,
        .spare = found->newest ? found->last - found->newest : 0,
        .is_closed = found->is_closed,
        .is_used = look->is_used,
    };
}

/* ---- frame by frame -------------------------------------------------------------- */

static struct log_frame frame_fact(const struct frame *f, u64 segment, u64 at, u64 size)
{
    return (struct log_frame){
        .segment = segment,
        .at = at,
        .size = size,
        .epoch = f->epoch,
        .first = f->first,
        .count = f->count,
        .raw = f->raw_len,
        .stored = f->stored.len,
        .is_claim = f->flags & FRAME_EPOCH,
        .is_close = f->flags & FRAME_CLOSE,
    };
}

static bool frames_segment(struct frames *f, struct err *err)
{
    if (reader_open(&f->reader, f->segment, err))
        return true;
    return err->code ? false
                     : err_set(err, ERR_LIMIT, "%s/%s: was trimmed while it was read",
                               f->look->store.path, segment_name(f->segment).text);
}

bool frames_open(struct frames *f, const struct log *l, struct err *err)
{
    const struct look_log *look = look_of(l);

    *f = (struct frames){.look = look, .segment = look->found.oldest};
    reader_init(&f->reader, &look->store);
    if (look->found.newest == 0 || frames_segment(f, err))
        return true;
    reader_free(&f->reader);
    return false;
}

/* Not beyond what was found when the folder was looked at. */
static bool frames_is_end(const struct frames *f)
{
    const struct recovered *found = &f->look->found;

    return found->newest == 0 || f->serial == found->chain.serial;
}

static bool frames_roll(struct frames *f, struct err *err)
{
    if (f->segment >= f->look->found.newest)
        return err_set(err, ERR_CORRUPT, "%s: the log ends before its end",
                       f->look->store.path);
    f->at = 0;
    f->segment++;
    return frames_segment(f, err);
}

enum log_next frames_next(struct frames *f, struct log_frame *out, struct err *err)
{
    struct frame frame;
    u64 size;

    while (!frames_is_end(f)) {
        enum frame_state state = reader_frame(&f->reader, f->at, &frame, &size, err);
        if (state == FRAME_SHORT)
            return LOG_FAILED;
        bool is_next = f->serial == 0 || frame.serial == f->serial + 1;
        if (state == FRAME_WHOLE && is_next) {
            f->serial = frame.serial;
            *out = frame_fact(&frame, f->segment, f->at, size);
            f->at += size;
            return LOG_ENTRY;
        }
        if (!frames_roll(f, err))
            return LOG_FAILED;
    }
    return LOG_END;
}

void frames_close(struct frames *f)
{
    reader_free(&f->reader);
}

bool log_look_frames(const struct log *l,
                     void (*each)(void *ctx, const struct log_frame *f), void *ctx,
                     struct err *err)
{
    struct frames f;
    struct log_frame frame;
    enum log_next next;

    if (!frames_open(&f, l, err))
        return false;
    while ((next = frames_next(&f, &frame, err)) == LOG_ENTRY)
        each(ctx, &frame);
    frames_close(&f);
    return next == LOG_END;
}
