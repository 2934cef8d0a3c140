/* batch.h - what others have to know of batch operations. */
#ifndef BATCH_H
#define BATCH_H

#include "engine/step.h"

/* The next piece of this batch operation cannot be done: its item has failed, and it
 * goes on with the next one; or it could not look for items, and ends here. */
void batch_stumbled(struct step *s, u64 key, enum rejection why, struct str reason);

#endif
