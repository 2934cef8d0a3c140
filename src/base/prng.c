#include "base/prng.h"

#include "base/hash.h"

u64 prng_next(struct prng *p)
{
    p->state += 0x9e3779b97f4a7c15u;
    return hash_mix(p->state);
}

u64 prng_below(struct prng *p, u64 bound)
{
    must(bound > 0);
    return prng_next(p) % bound;
}

bool prng_chance(struct prng *p, u32 mille)
{
    return prng_below(p, 1000) < mille;
}
