/* stage.h - a plan on the real engine and in the mirror, side by side.
 *
 *     struct stage *s = stage_open(&plan, seed);
 *     for (...) if (!stage_path(s, path)) ... stage_failure(s)
 *     if (!stage_end(s)) ...
 *     stage_close(s);
 *
 * A path is one instance from its creation to its end, by stimuli that its number
 * decides. */
#ifndef MIRROR_STAGE_H
#define MIRROR_STAGE_H

#include "sim/mirror/plan.h"

struct stage;

/* The plan is copied. It is deployed at once; if the engine refuses it, the first
 * path says so. */
struct stage *stage_open(const struct plan *p, u64 seed);
void stage_close(struct stage *s);

bool stage_path(struct stage *s, u64 path);
bool stage_end(
    struct stage *s); /* the log, replayed and played again, gives the same */

/* Borrowed until the next call: what was wrong; the BPMN; the stimuli of the last path
 * and what both made of them. */
const char *stage_failure(const struct stage *s);
struct str stage_bpmn(const struct stage *s);
struct str stage_story(const struct stage *s);
u64 stage_stimuli(const struct stage *s);     /* of all paths */
bool stage_is_refused(const struct stage *s); /* it could not be deployed */

#endif
