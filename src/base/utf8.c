#include "base/utf8.h"

/* Length of the sequence that starts with this byte, its smallest code point, and the
 * bits that the first byte gives; 0 for a byte that starts none. */
static size_t lead(u8 b, u32 *least, u32 *bits)
{
    if (b < 0x80)
        return *least = 0, *bits = b, 1;
    if (b >= 0xc2 && b < 0xe0)
        return *least = 0x80, *bits = b & 0x1fu, 2;
    if (b >= 0xe0 && b < 0xf0)
        return *least = 0x800, *bits = b & 0x0fu, 3;
    if (b >= 0xf0 && b < 0xf5)
        return *least = 0x10000, *bits = b & 0x07u, 4;
    return 0;
}

/* The sequence at `at`: its length and code point, or 0. */
static size_t sequence(struct str s, size_t at, u32 *point)
{
    u32 least = 0, bits = 0;
    size_t len = lead((u8)s.data[at], &least, &bits);

    if (len == 0 || len > s.len - at)
        return 0;
    for (size_t i = 1; i < len; i++) {
        u8 b = (u8)s.data[at + i];
        if ((b & 0xc0) != 0x80)
            return 0;
        bits = bits << 6 | (b & 0x3fu);
    }
    if (bits < least || bits > 0x10ffff || (bits >= 0xd800 && bits < 0xe000))
        return 0;
    *point = bits;
    return len;
}

size_t utf8_valid(struct str s)
{
    size_t at = 0;

    while (at < s.len) {
        u32 point;
        u64 eight;
        if (s.len - at >= sizeof(eight)) { /* mostly they are ASCII */
            memcpy(&eight, s.data + at, sizeof(eight));
            if (!(eight & 0x8080808080808080)) {
                at += sizeof(eight);
                continue;
            }
        }
        size_t len = (u8)s.data[at] < 0x80 ? 1 : sequence(s, at, &point);
        if (len == 0)
            break;
        at += len;
    }
    return at;
}

u32 utf8_next(struct str s, size_t *at)
{
    u32 point = 0xfffd;

    must(*at < s.len);
    size_t len = sequence(s, *at, &point);
    *at += len ? len : 1;
    return point;
}

size_t utf8_put(char out[4], u32 point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xe0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (point & 0x3f));
    return 4;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;

    for (size_t at = 0; at < s.len; count++)
        utf8_next(s, &at);
    return count;
}
