/* recover.h - reads a folder to the end of its log, as whoever claims it must. */
#ifndef LOG_RECOVER_H
#define LOG_RECOVER_H

#include "log/frame.h"
#include "log/store.h"

struct recovered {
    struct frame_chain chain; /* what the next frame follows */
    u64 oldest,
        newest;     /* numbers of the segments with frames; newest 0: there are none */
    u64 last;       /* of all segments; behind newest they are spare */
    u64 at;         /* where in the newest one the next frame may stand */
    u64 *firsts;    /* owned; of each from oldest to newest, its first entry number */
    u64 dropped;    /* bytes of a torn frame */
    bool is_closed; /* the writer before left in order */
};

/* Changes nothing. False: the disk failed, or ERR_CORRUPT: what was once acknowledged
 * cannot be read. */
bool recover(const struct store *s, struct recovered *out, struct err *err);

#endif
