#include "log/reader.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Who follows the newest frames gains nothing from reading ahead, who replays does. */
enum { WINDOW_FIRST = 16 << 10, WINDOW_MOST = 1 << 20 };

void reader_init(struct segment_reader *r, const struct store *store)
{
    *r = (struct segment_reader){.store = store, .fd = -1, .ahead = WINDOW_FIRST};
}

static void reader_close(struct segment_reader *r)
{
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
    r->len = 0;
}

void reader_free(struct segment_reader *r)
{
    reader_close(r);
    free(r->window);
    r->window = NULL;
}

bool reader_open(struct segment_reader *r, u64 sequence, struct err *err)
{
    int fd = store_open_segment(r->store, sequence, O_RDONLY, err);

    if (fd < 0)
        return false;
    reader_close(r);
    r->fd = fd;
    r->sequence = sequence;
    return true;
}

void reader_forget(struct segment_reader *r)
{
    r->len = 0;
    r->ahead = WINDOW_FIRST;
}

/* Reads from `at` on, at least `need` bytes if the segment has so many. */
static bool reader_load(struct segment_reader *r, u64 at, u64 need, struct err *err)
{
    const struct disk *disk = &r->store->disk;
    u64 left = r->store->segment - at, want = need > r->ahead ? need : r->ahead;

    if (want > left)
        want = left;
    if (want > r->size) {
        r->window = must_realloc(r->window, want);
        r->size = want;
    }
    r->ahead = r->ahead < WINDOW_MOST ? r->ahead * 4 : WINDOW_MOST;
    r->at = at;
    r->len = 0;
    while (r->len < want) {
        ssize_t got = disk->pread(disk->ctx, r->fd, r->window + r->len, want - r->len,
                                  (off_t)(at + r->len));
        if (got < 0)
            return store_failed(r->store, segment_name(r->sequence).text,
                                "cannot be read", err);
        if (got == 0) /* it had its size when it was opened; somebody cuts it */
            return true;
        r->len += (size_t)got;
    }
    return true;
}

struct str reader_bytes(const struct segment_reader *r, u64 at)
{
    if (at < r->at || at >= r->at + r->len)
        return (struct str){NULL, 0};
    return (struct str){r->window + (at - r->at), r->len - (size_t)(at - r->at)};
}

enum frame_state reader_frame(struct segment_reader *r, u64 at, struct frame *out,
                              u64 *size, struct err *err)
{
    must(at % FRAME_BLOCK == 0);
    if (at >= r->store->segment)
        return FRAME_BAD;
    enum frame_state state = frame_parse(reader_bytes(r, at), r->store->id, out, size);
    /* At most twice: for the head, and for all that it speaks of. */
    while (state == FRAME_SHORT) {
        size_t had = reader_bytes(r, at).len;
        if (*size > r->store->segment - at)
            return FRAME_BAD;
        if (!reader_load(r, at, *size, err))
            return FRAME_SHORT;
        if (r->len <= had)
            return FRAME_BAD;
        state = frame_parse(reader_bytes(r, at), r->store->id, out, size);
    }
    return state;
}
