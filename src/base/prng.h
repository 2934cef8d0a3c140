/* prng.h - numbers that look random and follow from a seed (splitmix64). For tests, the
 * simulator and tables; not for secrets. */
#ifndef PRNG_H
#define PRNG_H

#include "base/base.h"

struct prng {
    u64 state;
};

u64 prng_next(struct prng *p);
u64 prng_below(struct prng *p, u64 bound);   /* 0 .. bound - 1; bound > 0 */
bool prng_chance(struct prng *p, u32 mille); /* true in mille of 1000 */

#endif
