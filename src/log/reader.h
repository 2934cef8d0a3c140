/* reader.h - the frames of one segment, as recovery and cursors read them. */
#ifndef LOG_READER_H
#define LOG_READER_H

#include "log/frame.h"
#include "log/store.h"

/* Reads through a window, in big pieces. */
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
