/* wild.h - what no mirror foresees: commands drawn from what the engine holds, among
 * them modifications and migrations, in steps that may be too short for their work.
 * What must hold all the same: no step fails by our own fault, a step that is stopped
 * leaves nothing, the log gives the state, and after an instance nothing of it is left.
 */
#ifndef MIRROR_WILD_H
#define MIRROR_WILD_H

#include "sim/mirror/plan.h"

/* False: `failure` says what was wrong; the commands are in `story`. */
bool wild_run(const struct plan *p, struct str bpmn, u64 seed, u64 paths,
              struct buf *story, struct str *failure);

#endif
