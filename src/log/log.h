/* log.h - an ordered, append-only run of entries. An entry is what one step made. What
 * is written, kept or lost as one is the batch: all entries that gathered while the
 * batch before was being synced. A port; all keepers pass t/contract/log.c.
 *
 *     struct log *l = log_file_open("data/1", &options, &err);
 *     if (!log_claim(l, &err)) ...
 *     u64 n = log_append(l, entry);
 *     while (l->durable <= n)
 *         if (!log_pump(l, &err)) ... stop: what is durable is all there is
 *
 * Uses: base (and later record). */
#ifndef LOG_H
#define LOG_H

#include "base/base.h"
#include "base/err.h"

struct log_ops;
struct log_cursor;

/* first <= durable <= tail, always. Entries are numbered from 1. */
struct log {
    const struct log_ops *ops; /* a keeper's functions for what follows */
    u64 epoch;   /* of our claim, higher than any before; the boot number of request ids
                  */
    u64 first;   /* entries below were trimmed */
    u64 durable; /* entries below survive a crash; only pump moves it */
    u64 tail;    /* the number the next entry will get */
    u64 bytes;   /* as stored since the claim, for measuring */
    u64 dropped; /* bytes of a torn tail that the claim found; worth a line to the user
                  */
};

/* Become the only writer, in a new epoch. From here on an older writer's pump fails
 * with ERR_FENCED. Reads what is there to its end: a torn tail is dropped, damage
 * before it is ERR_CORRUPT with the position and what can be done. */
bool log_claim(struct log *l, struct err *err);

/* Put an entry into the open batch; returns its number. Copies the bytes, never blocks,
 * never fails: trouble shows at the next pump. */
u64 log_append(struct log *l, struct str entry);

/* Let I/O go on; may raise l->durable. False: the log is lost to us (disk, another
 * writer). Stop, and start again from what is durable. Never blocks. */
bool log_pump(struct log *l, struct err *err);

/* A descriptor that becomes readable when pump has something to do (a sync has ended);
 * -1: pump never waits for anything. Owned by the log. */
int log_wake_fd(const struct log *l);

/* Bytes appended that are not durable yet. */
u64 log_backlog(const struct log *l);

/* Entries below may go; `below` is not beyond durable. `first` moves when it is done,
 * which may be at a later pump, and as far as whole files allow. */
bool log_trim(struct log *l, u64 below, struct err *err);
void log_close(struct log *l); /* waits for what is under way; NULL is fine */

/* A place of one's own in the log: recovery, view, export, lens, backup. It shares with
 * the writer nothing that changes: the caller says how far entries are durable. */
struct log_entry {
    u64 number;
    struct str bytes; /* borrowed; until the next read */
};
enum log_next { LOG_ENTRY, LOG_END, LOG_FAILED };

/* NULL with err: entry `at` was trimmed, or the disk failed. A cursor belongs to one
 * thread, which may be another than the log's; let it go before the log is closed. */
struct log_cursor *log_follow(const struct log *l, u64 at, struct err *err);
/* LOG_END: entry `durable` was reached. LOG_FAILED: trimmed meanwhile (ERR_LIMIT),
 * damaged (ERR_CORRUPT) or the disk failed. */
enum log_next log_read(struct log_cursor *c, u64 durable, struct log_entry *out,
                       struct err *err);
void log_unfollow(struct log_cursor *c);

/* ---- the keepers ----------------------------------------------------------------- */

struct log_file_options {
    u64 segment;     /* bytes of one segment file, fixed with the folder; 16 MiB */
    u32 batch_bytes; /* most bytes of one batch (one larger entry goes alone); 1 MiB */
    u32 batch_entries; /* 4096 */
    u32 spare;         /* segments kept ready, zero-filled; 1 */
    u32 sync_delay_us; /* added to each sync, to measure slow disks; 0 */
};
extern const struct log_file_options log_file_options_default;

/* In a folder (made if missing), locked against a second server. NULL with err: it is
 * in use (ERR_FENCED), holds something else or a newer format (ERR_CORRUPT), or the
 * disk failed. A batch that fits into no segment fails the pump with ERR_LIMIT. */
struct log *log_file_open(const char *folder, const struct log_file_options *options,
                          struct err *err);

/* A folder as it stands, for reading alone: nothing in it is made, changed or locked,
 * and a server may go on writing it. `durable` is the end that was found, and is on the
 * disk. Takes log_follow and log_close, nothing else. NULL with err: it is no log, or
 * of a newer format, or damaged (ERR_CORRUPT with the place), or the disk failed. */
struct log *log_look_open(const char *folder, struct err *err);

struct log_facts {
    u32 format;
    u64 id, segment;     /* of the log; bytes of each segment */
    u64 segments, spare; /* files with frames, and kept ready */
    bool is_closed;      /* the last writer left in order */
    bool is_used;        /* a server had it open when we looked */
};
struct log_facts log_look_facts(const struct log *look);

/* What one group commit left, and where. */
struct log_frame {
    u64 segment, at, size; /* number of the file, place in it, bytes with the zeros */
    u64 epoch, first;      /* of the writer; number of its first entry */
    u32 count;             /* entries */
    u64 raw, stored;       /* bytes of the entries, before and after compression */
    bool is_claim, is_close;
};
/* All frames that were found, in order. False: the disk failed, or the log was trimmed
 * meanwhile (ERR_LIMIT). */
bool log_look_frames(const struct log *look,
                     void (*each)(void *ctx, const struct log_frame *f), void *ctx,
                     struct err *err);

/* Copies the log into a folder that is not there yet, up to the last whole frame
 * without entries from `end` on; *next is the number after its last entry. What is
 * there then is durable, and a log like any other, with the same id. False: the disk
 * failed, or the log was trimmed meanwhile (ERR_LIMIT: look and copy again). */
bool log_look_copy(const struct log *look, u64 end, const char *folder, u64 *next,
                   struct err *err);

/* In memory: for tests, the simulator and --ephemeral. Nothing is durable until pump
 * was called as often as `pumps` says after the append (0: at once, at the next). */
struct log_mem_options {
    u32 pumps;
    bool keep; /* keep entries for cursors; --ephemeral does not */
};
struct log *log_mem_open(const struct log_mem_options *options);
/* What a crash leaves: what is not durable is gone; the next claim may follow. */
void log_mem_crash(struct log *l);
/* The pump that comes next fails with this text (a lost disk); then the log is lost. */
void log_mem_fail(struct log *l, const char *text);

#endif
