/* closed.h - where the logs of several partitions may end together. Each is copied at a
 * moment of its own; the copy is one that could have been if whatever was received was
 * also sent: an end is moved back before the first send that its sender does not know.
 */
#ifndef CLI_CLOSED_H
#define CLI_CLOSED_H

#include "cli/folder.h"

/* Of each part, the number after the last entry to be copied: an end of a frame. */
bool closed_ends(const struct folder *f, u64 *ends, struct err *err);

#endif
