/* manifest.h - what makes a folder a backup: a text file, written last, that names each
 * file with its size and its SHA-256, and what the partitions hold.
 *
 *     fermata backup, format 1, partitions 1
 *     made 2026-11-24T16:00:00Z by 0.1.0 from data format 1
 *     partition 1 first 1 next 1201 state 0f1e2d3c4b5a6978
 *     file partition-1/format 61
 * 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d... file
 * partition-1/000000000001.log 16777216 60303ae22b998861bce3b28f33eec1be758a... end
 */
#ifndef CLI_MANIFEST_H
#define CLI_MANIFEST_H

#include "cli/verify.h"

#define MANIFEST "fermata.backup"

/* Files beside the logs that belong to a data directory; and what signs links to them.
 */
#define DOCUMENTS        "documents"
#define DOCUMENTS_SECRET DOCUMENTS "/.secret"

struct manifest_part {
    u64 first, next, state;
};

/* Lists what lies in the partitions' folders and writes the file, durably. */
bool manifest_write(const char *folder, u32 partitions,
                    const struct manifest_part *parts, struct err *err);

/* False: there is none, or none that can be read. */
bool manifest_read(const char *folder, u32 *partitions);
/* Is each file as the manifest says, and is none missing? False: err names the one that
 * is not. */
bool manifest_check(const struct folder *f, struct err *err);

#endif
