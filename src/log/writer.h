/* writer.h - appends frames to the folder, keeps spare segments ready and recycles
 * those that were trimmed. It belongs to one thread at a time: to the one who claims,
 * then to the log's own. After a failure nothing more may be asked of it. */
#ifndef LOG_WRITER_H
#define LOG_WRITER_H

#include "log/recover.h"
#include "log/store.h"

struct writer {
    const struct store *store; /* borrowed */
    u32 spare;                 /* segments to keep ready */
    u32 sync_delay_us;
    u64 epoch;
    struct frame_chain chain;
    u64 oldest, newest, last; /* segments; behind newest they are spare */
    u64 *firsts;              /* owned; as in struct recovered, with room for `size` */
    size_t size;
    int fd; /* owned; the newest segment; -1: none yet */
    u64 at;
    u64 hole;        /* where the newest segment is not filled yet; its size: nowhere */
    u64 filled;      /* of the next spare segment */
    bool is_crammed; /* nothing more can be filled; tried again with the next segment */
    bool is_unsealed; /* entries are in the newest frame */
    char *room;       /* owned; where frames are made */
    u64 room_size;
};

/* Takes over what was recovered. */
bool writer_open(struct writer *w, const struct store *store, struct recovered *found,
                 struct err *err);
void writer_close(struct writer *w);

/* Writes one frame and makes it durable; *stored is its size on disk. ERR_FULL: there
 * is no room, and the same may be tried again; after another failure nothing may. */
bool writer_put(struct writer *w, u32 flags, u32 count, struct str raw, u64 *stored,
                struct err *err);

/* Is there something to be filled with zeros: the rest of the newest segment, or a
 * spare one? Does one slice of it. That it cannot be done is no failure before it is
 * needed: until then the disk may have room again. */
bool writer_has_chores(const struct writer *w);
void writer_chore(struct writer *w);
/* To be called after each frame: under steady load there is no idle time, so there is
 * more filled than the frames take; but not more than one slice for one of them. */
void writer_keep_ahead(struct writer *w);

/* Segments with entries below `below` only are recycled. */
bool writer_trim(struct writer *w, u64 below, struct err *err);
u64 writer_first(const struct writer *w); /* the first entry that is still there */

#endif
