/* look.h - a folder as somebody sees it who does not write it: what log_look_open
 * found, and its frames one by one, for copies and figures. */
#ifndef LOG_LOOK_H
#define LOG_LOOK_H

#include "log/log.h"
#include "log/reader.h"
#include "log/recover.h"

struct look_log {
    struct log log;
    struct store store; /* without the lock */
    struct recovered found;
    bool is_used; /* somebody had the lock when we looked */
};

struct frames {
    const struct look_log *look; /* borrowed */
    struct segment_reader reader;
    u64 segment, at; /* of the next frame */
    u64 serial;      /* of the last one */
};

/* Frames from the first to the last that was found. LOG_END: that was all. */
bool frames_open(struct frames *f, const struct log *l, struct err *err);
enum log_next frames_next(struct frames *f, struct log_frame *out, struct err *err);
void frames_close(struct frames *f);

#endif
