/* shim.h - what the two shims share, and what power.c reads: the journal of changes
 * that were not synced, in the order in which they were made. A shim is loaded in front
 * of libc into the real server (LD_PRELOAD). */
#ifndef SHIM_H
#define SHIM_H

#include "base/base.h"

enum note_kind {
    NOTE_WRITE,  /* `len` bytes follow: what stood at `at` of the file before */
    NOTE_SIZE,   /* the file had the size `at` */
    NOTE_CREATE, /* the name is new in the folder */
    NOTE_RENAME, /* from `name` to `other`; what was replaced is kept as `kept` */
    NOTE_UNLINK, /* the file is kept as `kept` */
    NOTE_SYNC,   /* of a file or a folder: what was before is durable */
};

struct note {
    u32 kind, len;
    u64 file, folder; /* inode numbers */
    u64 at;
    char name[64], other[64]; /* in the folder */
    char kept[64];            /* beside the journal; empty: nothing */
};

#endif
