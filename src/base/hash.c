#include "base/hash.h"

static u64 load64(const char *p)
{
    u64 x;

    memcpy(&x, p, 8);
    return x;
}

static u64 load32(const char *p)
{
    u32 x;

    memcpy(&x, p, 4);
    return x;
}

static u64 load16(const char *p)
{
    u16 x;

    memcpy(&x, p, 2);
    return x;
}

/* Up to seven bytes, the first one lowest: from both ends, which may overlap. */
static u64 load_rest(const char *p, size_t len)
{
    if (len >= 4)
        return load32(p) | load32(p + len - 4) << (8 * (len - 4));
    if (len >= 2)
        return load16(p) | load16(p + len - 2) << (8 * (len - 2));
    return (u8)*p;
}

u64 hash_bytes(struct str s, u64 seed)
{
    u64 h = seed ^ (s.len * 0x9e3779b97f4a7c15u);
    size_t i = 0;

    for (; i + 8 <= s.len; i += 8)
        h = (h ^ hash_mix(load64(s.data + i))) * 0x9e3779b97f4a7c15u;
    if (i < s.len)
        h = (h ^ hash_mix(load_rest(s.data + i, s.len - i) + 1)) * 0x9e3779b97f4a7c15u;
    return hash_mix(h);
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static u32 crc_hardware(u32 crc, const u8 *p,
                                                          size_t len)
{
    u64 c = crc;

    for (; len >= 8; p += 8, len -= 8) {
        u64 x;
        memcpy(&x, p, 8);
        c = __builtin_ia32_crc32di(c, x);
    }
    for (; len > 0; p++, len--)
        c = __builtin_ia32_crc32qi((u32)c, *p);
    return (u32)c;
}

static bool crc_has_hardware(void)
{
    return __builtin_cpu_supports("sse4.2");
}

#else

static u32 crc_hardware(u32 crc, const u8 *p, size_t len)
{
    return crc;
}

static bool crc_has_hardware(void)
{
    return false;
}

#endif

static u32 crc_software(u32 crc, const u8 *p, size_t len)
{
    for (; len > 0; p++, len--) {
        crc ^= *p;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0x82f63b78u & (0 - (crc & 1)));
    }
    return crc;
}

u32 hash_crc32c(u32 crc, const void *data, size_t len)
{
    crc = ~crc;
    crc = crc_has_hardware() ? crc_hardware(crc, data, len)
                             : crc_software(crc, data, len);
    return ~crc;
}
