/* frame.h - a frame is what one group commit leaves: a head, then the entries of the
 * batch, kept or lost as one. Pure; no keeper is known here.
 *
 *     byte   0  u32  magic "FLOG"            All numbers are little endian. The entries
 *            4  u16  format, 1               are stored one after the other, each as
 *            6  u16  flags                   u32 length and its bytes; all of them
 *            8  u64  id of the log           together in LZ4 when that is shorter.
 *           16  u64  epoch of the writer
 *           24  u64  serial, 1 for the first frame of the log, then one more each
 *           32  u64  number of the first entry; of the next one if there is none
 *           40  u32  how many entries
 *           44  u32  length of the entries before LZ4
 *           48  u32  length of the entries as stored
 *           52  u32  CRC of the frame before; 0 in the first
 *           56  u32  0
 *           60  u32  CRC-32C of bytes 0 to 59 and of the stored entries
 *           64       the stored entries, then zeros up to the next multiple of 4096
 *
 * Why a frame is never taken for another: files are recycled, so behind the newest
 * frame there may be old ones that are whole. They have a lower serial. A frame of
 * another log has another id, and so have bytes that a client has made to look like a
 * frame: ids are random and never leave the folder. What is left of a frame that a
 * crash tore apart has no valid CRC, and its place is the place of the next frame.
 * Hence nothing must be cleaned away: the frame that follows is the one with the next
 * serial, the CRC of the one before it and an epoch that is not lower, and there can be
 * only one. */
#ifndef LOG_FRAME_H
#define LOG_FRAME_H

#include "base/base.h"

/* Blocks are what a disk may tear apart. Frames fill whole ones, so that what was
 * acknowledged is never written again, not even beside a change. */
enum { FRAME_BLOCK = 4096, FRAME_HEAD = 64, FRAME_FORMAT = 1 };

enum frame_flags {
    FRAME_LZ4 = 1,   /* the entries are compressed */
    FRAME_EPOCH = 2, /* a claim: a new epoch begins */
    FRAME_CLOSE = 4, /* the writer left in order: what is before it was acknowledged */
};

struct frame {
    u32 flags;
    u64 id, epoch, serial;
    u64 first;
    u32 count;
    u32 raw_len;
    u32 prior, crc;
    struct str stored; /* borrowed from the bytes it was parsed from */
};

/* The place that the next frame has to fit. In an empty log, 0 but for number 1. */
struct frame_chain {
    u64 epoch, serial, number; /* of the newest frame; and of the entry to come */
    u32 crc;                   /* of the newest frame */
};

enum frame_state {
    FRAME_WHOLE,
    FRAME_SHORT, /* more bytes are needed to tell; `size` of them */
    FRAME_BAD,
};

/* The bytes of a frame with its zeros, for `stored` bytes of entries. */
u64 frame_size(u64 stored);
/* The most entry bytes that a frame can hold before LZ4. */
u64 frame_raw_max(void);

/* Looks at the frame at the start of the bytes. FRAME_WHOLE fills *out and *size,
 * FRAME_SHORT *size. FRAME_BAD: what stands here is no frame of this log. */
enum frame_state frame_parse(struct str bytes, u64 id, struct frame *out, u64 *size);

/* Does the head carry this id and serial, whatever may be wrong with the rest? */
bool frame_seems(struct str bytes, u64 id, u64 serial);

/* Does the frame follow? Then the chain moves on. */
bool frame_follows(const struct frame *f, const struct frame_chain *chain);
void frame_advance(struct frame_chain *chain, const struct frame *f);

/* The entries as they were before LZ4, in room for raw_len bytes. False: they are not
 * what the head says. */
bool frame_unpack(const struct frame *f, char *raw);

/* Walks unpacked entries. False at the end, which must be the very end. */
bool frame_entry(struct str raw, size_t *at, struct str *out);

/* Puts an entry into room of this size. */
size_t frame_entry_size(struct str entry);
void frame_entry_put(char *room, struct str entry);

/* Writes the frame that f and the unpacked entries make, with its zeros, and fills
 * f->crc; returns its size. Needs room for frame_room(raw.len). */
u64 frame_room(u64 raw);
u64 frame_write(struct frame *f, struct str raw, char *room);

#endif
