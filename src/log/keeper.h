/* keeper.h - what a keeper of the log brings: one function for each of the face's. Only
 * the keepers and log.c see it; their state begins with the struct of the face. */
#ifndef LOG_KEEPER_H
#define LOG_KEEPER_H

#include "log/log.h"

struct log_ops {
    bool (*claim)(struct log *l, struct err *err);
    u64 (*append)(struct log *l, struct str entry);
    bool (*pump)(struct log *l, struct err *err);
    int (*wake_fd)(const struct log *l);
    u64 (*backlog)(const struct log *l);
    bool (*trim)(struct log *l, u64 below, struct err *err);
    void (*close)(struct log *l);
    struct log_cursor *(*follow)(const struct log *l, u64 at, struct err *err);
    enum log_next (*read)(struct log_cursor *c, u64 durable, struct log_entry *out,
                          struct err *err);
    void (*unfollow)(struct log_cursor *c);
};

/* Cursors of all keepers begin with this. */
struct log_cursor {
    const struct log_ops *ops;
};

#endif
