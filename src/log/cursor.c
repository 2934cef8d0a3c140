#include <stdlib.h>

#include "log/file.h"
#include "log/frame.h"
#include "log/reader.h"

/* It shares with the writer the files alone. What it reads may be overwritten under its
 * eyes: so frames are copied before they are checked, and the chain tells whether a
 * frame is the next one. */
struct file_cursor {
    struct log_cursor cursor;
    struct store store;
    struct segment_reader reader;
    struct frame_chain chain; /* what the next frame follows */
    u64 at;                   /* where in the segment it may stand */
    u64 wanted;               /* entries below are passed over */

    /* The frame in hand. */
    char *raw; /* owned */
    size_t raw_size;
    struct str entries; /* borrowed from raw */
    size_t used;        /* of entries */
    u64 number;         /* of its next entry */
};

static struct file_cursor *cursor_of(struct log_cursor *c)
{
    return (struct file_cursor *)(void *)c;
}

/* ---- finding the start ----------------------------------------------------------- */

enum find { FIND_DONE, FIND_AGAIN, FIND_FAILED };

/* The entry may be in this segment. Its first frame is believed, the rest follows. */
static void cursor_start(struct file_cursor *c, const struct frame *f)
{
    c->chain = (struct frame_chain){f->epoch, f->serial - 1, f->first, f->prior};
    c->number = f->first;
    c->at = 0;
}

/* Reads the first frame of a segment. FRAME_SHORT with ERR_NONE: recycled meanwhile. */
static enum frame_state cursor_peek(struct file_cursor *c, u64 sequence,
                                    struct frame *out, struct err *err)
{
    u64 size;

    if (!reader_open(&c->reader, sequence, err))
        return FRAME_SHORT;
    enum frame_state state = reader_frame(&c->reader, 0, out, &size, err);
    if (state == FRAME_SHORT || store_has_segment(&c->store, sequence))
        return state;
    *err = (struct err){0};
    return FRAME_SHORT;
}

/* Goes through the segments in order, as long as their frames get later: spare ones
 * hold old frames. The last that does not begin beyond the entry is the one. */
static enum find cursor_search(struct file_cursor *c, const u64 *list, size_t count,
                               struct err *err)
{
    u64 serial = 0, chosen = 0;
    struct frame f;

    for (size_t i = 0; i < count; i++) {
        enum frame_state state = cursor_peek(c, list[i], &f, err);
        if (state == FRAME_SHORT)
            return err->code ? FIND_FAILED : FIND_AGAIN;
        if (state == FRAME_BAD || f.serial <= serial || f.first > c->wanted) {
            if (i > 0)
                break;
            err_set(err, state == FRAME_BAD ? ERR_CORRUPT : ERR_LIMIT,
                    "%s: entry %llu is not there; it was trimmed or never written",
                    c->store.path, (unsigned long long)c->wanted);
            return FIND_FAILED;
        }
        serial = f.serial;
        chosen = list[i];
        cursor_start(c, &f);
    }
    if (chosen && reader_open(&c->reader, chosen, err))
        return FIND_DONE;
    if (chosen)
        return err->code ? FIND_FAILED : FIND_AGAIN;
    err_set(err, ERR_LIMIT, "%s: the log is not claimed yet", c->store.path);
    return FIND_FAILED;
}

/* While it looks, the writer may recycle what it looks at; then it looks again. */
static bool cursor_find(struct file_cursor *c, struct err *err)
{
    enum find found = FIND_AGAIN;

    while (found == FIND_AGAIN) {
        u64 *list;
        size_t count;
        *err = (struct err){0};
        if (!store_list(&c->store, &list, &count, err))
            return false;
        found = cursor_search(c, list, count, err);
        free(list);
    }
    return found == FIND_DONE;
}

struct log_cursor *file_follow(const struct log_ops *ops, const struct store *store,
                               u64 at, struct err *err)
{
    struct file_cursor *c = must_alloc(sizeof(*c));

    c->cursor.ops = ops;
    c->wanted = at;
    if (!store_share(store, &c->store, err)) {
        free(c);
        return NULL;
    }
    reader_init(&c->reader, &c->store);
    if (cursor_find(c, err))
        return &c->cursor;
    file_unfollow(&c->cursor);
    return NULL;
}

void file_unfollow(struct log_cursor *cursor)
{
    struct file_cursor *c = cursor_of(cursor);

    reader_free(&c->reader);
    store_close(&c->store);
    free(c->raw);
    free(c);
}

/* ---- reading --------------------------------------------------------------------- */

static bool cursor_damaged(struct file_cursor *c, const char *what, struct err *err)
{
    return err_set(
        err, ERR_CORRUPT,
        "%s/%s: damaged at byte %llu: entry %llu %s; restore the folder from "
        "a backup, or move it away and start with an empty one",
        c->store.path, segment_name(c->reader.sequence).text, (unsigned long long)c->at,
        (unsigned long long)c->chain.number, what);
}

/* The frame at c->at, if it is the next one. False with ERR_NONE: it is not. */
static bool cursor_try(struct file_cursor *c, struct frame *f, u64 *size,
                       struct err *err)
{
    *err = (struct err){0};
    return reader_frame(&c->reader, c->at, f, size, err) == FRAME_WHOLE &&
           frame_follows(f, &c->chain);
}

/* The next frame is durable, so it is here, or the first of the next segment. */
static bool cursor_frame(struct file_cursor *c, struct frame *f, u64 *size,
                         struct err *err)
{
    u64 sequence = c->reader.sequence, at = c->at;

    if (cursor_try(c, f, size, err) || err->code)
        return !err->code;
    reader_forget(&c->reader); /* the window may be older than the frame */
    if (cursor_try(c, f, size, err) || err->code)
        return !err->code;
    if (reader_open(&c->reader, sequence + 1, err)) {
        c->at = 0;
        if (cursor_try(c, f, size, err))
            return true;
    }
    if (err->code)
        return false;
    if (!store_has_segment(&c->store, sequence))
        return err_set(err, ERR_LIMIT, "%s: entry %llu was trimmed while it was read",
                       c->store.path, (unsigned long long)c->chain.number);
    c->reader.sequence = sequence; /* where it should have been */
    c->at = at;
    return cursor_damaged(c, "is not there", err);
}

static bool cursor_unpack(struct file_cursor *c, const struct frame *f, struct err *err)
{
    if (f->raw_len > c->raw_size) {
        free(c->raw);
        c->raw_size = (size_t)f->raw_len * 2;
        c->raw = must_alloc(c->raw_size);
    }
    if (!frame_unpack(f, c->raw))
        return cursor_damaged(c, "cannot be decompressed", err);
    c->entries = (struct str){c->raw, f->raw_len};
    c->used = 0;
    return true;
}

/* Takes the next frame in hand, with its entries if any of them is wanted. */
static bool cursor_load(struct file_cursor *c, struct err *err)
{
    struct frame f;
    u64 size;

    if (!cursor_frame(c, &f, &size, err))
        return false;
    bool is_wanted = f.first + f.count > c->wanted;
    c->entries = (struct str){NULL, 0};
    c->used = 0;
    if (is_wanted && !cursor_unpack(c, &f, err))
        return false;
    frame_advance(&c->chain, &f);
    c->number = is_wanted ? f.first : c->chain.number;
    c->at += size;
    return true;
}

/* The next entry of the frame in hand. False with ERR_NONE: there is no more. */
static bool cursor_entry(struct file_cursor *c, struct log_entry *out, struct err *err)
{
    *err = (struct err){0};
    if (c->number == c->chain.number && c->used == c->entries.len)
        return false;
    if (c->number == c->chain.number || !frame_entry(c->entries, &c->used, &out->bytes))
        return cursor_damaged(c, "is preceded by a frame with another count", err);
    out->number = c->number++;
    return true;
}

enum log_next file_read(struct log_cursor *cursor, u64 durable, struct log_entry *out,
                        struct err *err)
{
    struct file_cursor *c = cursor_of(cursor);

    while (c->number < durable) {
        if (cursor_entry(c, out, err)) {
            if (out->number >= c->wanted)
                return LOG_ENTRY;
        } else if (err->code || (c->number < durable && !cursor_load(c, err))) {
            return LOG_FAILED;
        }
    }
    return LOG_END;
}
