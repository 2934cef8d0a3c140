/* apply.h - what each event does to state. Appliers are total: they refuse nothing,
 * make no keys and look at no model; what they need stands in the event, for what was
 * written has happened. */
#ifndef APPLY_H
#define APPLY_H

#include "record/record.h"
#include "state/read.h"

typedef void applier(struct state *s, u64 key, const void *record);

extern applier *const appliers[EVENT_COUNT];

/* deployment.c: a file goes when none of its processes can be started and none runs. */
void resource_settle(struct state *s, u64 resource);
/* ... and an instance has left this process. */
void process_left(struct state *s, u64 process);

#endif
