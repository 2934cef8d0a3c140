/* hash.h - numbers from bytes: a fast one for tables, a checksum for what is stored.
 * The results never change, since some of them stand in files. */
#ifndef HASH_H
#define HASH_H

#include "base/base.h"

u64 hash_bytes(struct str s, u64 seed);
/* Spreads the bits of a number; one to one. */
static inline u64 hash_mix(u64 x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* The number that hash_mix made this one of. */
static inline u64 hash_unmix(u64 x)
{
    x ^= x >> 31 ^ x >> 62;
    x *= 0x319642b2d24d8ec3u;
    x ^= x >> 27 ^ x >> 54;
    x *= 0x96de1b173f119089u;
    return x ^ x >> 30 ^ x >> 60;
}

/* CRC-32C (Castagnoli), as stored beside log frames. Start with 0; may be continued. */
u32 hash_crc32c(u32 crc, const void *data, size_t len);

#endif
