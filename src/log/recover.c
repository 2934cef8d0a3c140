#include "log/recover.h"

#include <stdlib.h>

#include "log/reader.h"

struct recovery {
    const struct store *store; /* borrowed */
    struct recovered *out;     /* borrowed */
    struct segment_reader reader;
    u64 *list; /* owned; numbers of all segments */
    size_t count;
    size_t i;                 /* the segment in hand */
    struct frame_chain start; /* the chain at its start */
};

static bool recover_missing(struct recovery *r, u64 sequence, struct err *err)
{
    return err_set(err, ERR_CORRUPT,
                   "%s/%s: this part of the log is missing; restore the folder from a "
                   "backup, or move it away and start with an empty one",
                   r->store->path, segment_name(sequence).text);
}

static bool recover_open(struct recovery *r, size_t i, struct err *err)
{
    return reader_open(&r->reader, r->list[i], err) ||
           (err->code ? false : recover_missing(r, r->list[i], err));
}

/* Follows the chain through the open segment as far as it goes. */
static bool recover_scan(struct recovery *r, struct err *err)
{
    struct recovered *out = r->out;
    enum frame_state state;
    struct frame f;
    u64 size;

    out->chain = r->start;
    out->at = 0;
    out->is_closed = false;
    while ((state = reader_frame(&r->reader, out->at, &f, &size, err)) == FRAME_WHOLE) {
        if (!frame_follows(&f, &out->chain))
            break;
        frame_advance(&out->chain, &f);
        out->is_closed = f.flags & FRAME_CLOSE;
        out->at += size;
    }
    return state != FRAME_SHORT;
}

/* Where the log starts. What was before the oldest segment is trimmed and cannot be
 * asked, so the first frame there is believed. */
static bool recover_start(struct recovery *r, struct err *err)
{
    struct frame f;
    u64 size;

    r->out->oldest = r->list[0];
    r->start = (struct frame_chain){.number = 1};
    if (!recover_open(r, 0, err))
        return false;
    if (r->list[0] == 1)
        return true;
    switch (reader_frame(&r->reader, 0, &f, &size, err)) {
    case FRAME_SHORT:
        return false;
    case FRAME_WHOLE:
        r->start = (struct frame_chain){f.epoch, f.serial - 1, f.first, f.prior};
        return true;
    case FRAME_BAD:
        break;
    }
    return err_set(
        err, ERR_CORRUPT,
        "%s/%s: damaged at byte 0, and this is the oldest part of the log; "
        "restore the folder from a backup, or move it away and start with an "
        "empty one",
        r->store->path, segment_name(r->list[0]).text);
}

/* Does the log go on in the next segment? Opens it if it does. */
static bool recover_goes_on(struct recovery *r, bool *goes_on, struct err *err)
{
    struct frame f;
    u64 size;

    *goes_on = false;
    if (r->i + 1 == r->count || r->list[r->i + 1] != r->list[r->i] + 1)
        return true;
    if (!recover_open(r, r->i + 1, err))
        return false;
    enum frame_state state = reader_frame(&r->reader, 0, &f, &size, err);
    *goes_on = state == FRAME_WHOLE && frame_follows(&f, &r->out->chain);
    return state != FRAME_SHORT;
}

static bool recover_walk(struct recovery *r, struct err *err)
{
    for (bool goes_on = true; goes_on;) {
        r->out->firsts[r->i] = r->start.number;
        if (!recover_scan(r, err) || !recover_goes_on(r, &goes_on, err))
            return false;
        if (goes_on) {
            r->i++;
            r->start = r->out->chain;
        }
    }
    r->out->newest = r->list[r->i];
    return true;
}

/* A frame whose sync failed, or that was never synced because the process died, may be
 * in the system's memory and not on the disk. Entries must not count as durable on such
 * evidence. So the newest segment is synced, its clean pages are given up, and it is
 * read again, from the disk. What is lost thereby was never acknowledged. */
static bool recover_settle(struct recovery *r, struct err *err)
{
    struct segment_name name = segment_name(r->list[r->i]);

    if (!recover_open(r, r->i, err))
        return false;
    if (!store_sync(r->store, r->reader.fd, name.text, err))
        return false;
    r->store->disk.forget(r->store->disk.ctx, r->reader.fd);
    reader_forget(&r->reader);
    return recover_scan(r, err);
}

/* The place of the frame that should follow: at the end of the newest segment, or at
 * the start of the one behind it. Tells which of them, if either, has its head. */
static bool recover_lost(struct recovery *r, u64 *sequence, u64 *at, u64 *size,
                         struct err *err)
{
    u64 serial = r->out->chain.serial + 1;
    struct frame f;

    *sequence = r->out->newest;
    *at = r->out->at;
    for (size_t i = r->i; i < r->count && i <= r->i + 1; i++) {
        u64 place = i == r->i ? r->out->at : 0;
        if (!recover_open(r, i, err) ||
            reader_frame(&r->reader, place, &f, size, err) == FRAME_SHORT)
            return false;
        if (!frame_seems(reader_bytes(&r->reader, place), r->store->id, serial))
            continue;
        *sequence = r->list[i];
        *at = place;
        return true;
    }
    *size = 0;
    return true;
}

static bool recover_damaged(struct recovery *r, u64 sequence, u64 later_at,
                            struct err *err)
{
    u64 lost, at, size;

    if (r->i + 1 < r->count && r->list[r->i + 1] != r->list[r->i] + 1)
        return recover_missing(r, r->list[r->i] + 1, err);
    if (!recover_lost(r, &lost, &at, &size, err))
        return false;
    return err_set(
        err, ERR_CORRUPT,
        "%s/%s: damaged at byte %llu: entry %llu and what was written with it "
        "cannot be read, but later ones can (%s, byte %llu); restore the "
        "folder from a backup, or move it away and start with an empty one",
        r->store->path, segment_name(lost).text, (unsigned long long)at,
        (unsigned long long)r->out->chain.number, segment_name(sequence).text,
        (unsigned long long)later_at);
}

/* Looks for a later frame from this place to the end of the open segment. A frame is
 * only written when the one before is durable. So a frame that comes later says that
 * the one that is missing was durable and acknowledged once: that is damage, not a torn
 * write. Old frames of a recycled file have lower serials. */
static bool recover_check(struct recovery *r, u64 at, struct err *err)
{
    for (u64 size; at < r->store->segment; at += size) {
        struct frame f;
        enum frame_state state = reader_frame(&r->reader, at, &f, &size, err);
        if (state == FRAME_SHORT)
            return false;
        if (state == FRAME_BAD)
            size = FRAME_BLOCK;
        else if (f.serial > r->out->chain.serial)
            return recover_damaged(r, r->reader.sequence, at, err);
    }
    return true;
}

static bool recover_end(struct recovery *r, struct err *err)
{
    u64 sequence, at;

    for (size_t i = r->i; i < r->count; i++)
        if (!recover_open(r, i, err) ||
            !recover_check(r, i == r->i ? r->out->at : 0, err))
            return false;
    if (!recover_lost(r, &sequence, &at, &r->out->dropped, err))
        return false;
    if (r->out->dropped > r->store->segment)
        r->out->dropped = r->store->segment; /* a torn head may say anything */
    return true;
}

static bool recover_all(struct recovery *r, struct err *err)
{
    r->out->last = r->list[r->count - 1];
    r->out->firsts = must_alloc(r->count * sizeof(*r->out->firsts));
    return recover_start(r, err) && recover_walk(r, err) && recover_settle(r, err) &&
           recover_end(r, err);
}

bool recover(const struct store *s, struct recovered *out, struct err *err)
{
    struct recovery r = {.store = s, .out = out};

    /* With no segment at all, the next frame begins the first one. */
    *out = (struct recovered){.chain = {.number = 1}, .oldest = 1, .at = s->segment};
    if (!store_list(s, &r.list, &r.count, err))
        return false;
    reader_init(&r.reader, s);
    bool is_done = r.count == 0 || recover_all(&r, err);
    reader_free(&r.reader);
    free(r.list);
    if (!is_done) {
        free(out->firsts);
        out->firsts = NULL;
    }
    return is_done;
}
