/* batch.h - what others have to know of batch operations. */
#ifndef BATCH_H
#define BATCH_H

#include "engine/step.h"

/* The next piece of this batch operation cannot be done: its item has failed, and it
 * goes on with the next one; or it could not look for items, and ends here. */
void batch_stumbled(struct step *s, u64 key, enum rejection why, struct str reason);

/* Begins a batch operation that deletes history: all whose property is this key. The
 * answer is in the step's memory. */
const struct batch_created *batch_of_history(struct step *s, enum command_kind kind,
                                             const char *property, u64 key);

#endif
