/* file.h - the file keeper on a disk of one's choice, for tests. */
#ifndef LOG_FILE_H
#define LOG_FILE_H

#include "log/disk.h"
#include "log/keeper.h"
#include "log/store.h"

struct log *log_file_open_on(const struct disk *disk, const char *folder,
                             const struct log_file_options *options, struct err *err);

/* Of cursor.c. */
struct log_cursor *file_follow(const struct log_ops *ops, const struct store *store,
                               u64 at, struct err *err);
enum log_next file_read(struct log_cursor *c, u64 durable, struct log_entry *out,
                        struct err *err);
void file_unfollow(struct log_cursor *c);

#endif
