#include "net/gzip.h"

#include <stdlib.h>
#include <zlib.h>

/* One inflater serves all requests of a loop, one after the other: its window is then
 * taken once and not for every message. */
struct gzip {
    z_stream z;
};

struct gzip *gzip_open(void)
{
    struct gzip *g = must_alloc(sizeof(*g));

    must(inflateInit2(&g->z, 15) == Z_OK);
    return g;
}

void gzip_close(struct gzip *g)
{
    inflateEnd(&g->z);
    free(g);
}

/* zlib's word for the wrapper: 15 bits of window, and 16 more for gzip's header. What
 * gRPC and HTTP call deflate is zlib's format (RFC 9110, 8.4.1.2). */
static int gzip_bits(enum gzip_coding coding)
{
    return coding == GZIP_GZIP ? 15 + 16 : 15;
}

/* One byte more than allowed is room enough to see that there is more. */
static size_t gzip_piece(const struct bytes *out, size_t start, size_t limit,
                         size_t guess)
{
    size_t left = limit + 1 - (out->len - start);

    return left < guess ? left : guess;
}

enum gzip_result gzip_inflate(struct gzip *g, enum gzip_coding coding, struct str in,
                              size_t limit, struct bytes *out)
{
    size_t start = out->len, guess = in.len * 4 + 64;

    if (in.len > UINT32_MAX / 8 || limit > UINT32_MAX / 8)
        return GZIP_TOO_BIG;
    must(inflateReset2(&g->z, gzip_bits(coding)) == Z_OK);
    g->z.next_in = (Bytef *)(void *)(uintptr_t)in.data;
    g->z.avail_in = (uInt)in.len;
    for (;;) {
        size_t room = gzip_piece(out, start, limit, guess);
        g->z.next_out = (Bytef *)bytes_room(out, room);
        g->z.avail_out = (uInt)room;
        int result = inflate(&g->z, Z_NO_FLUSH);
        out->len += room - g->z.avail_out;
        if (out->len - start > limit)
            return GZIP_TOO_BIG;
        if (result == Z_STREAM_END)
            return g->z.avail_in == 0 ? GZIP_OK : GZIP_BROKEN;
        /* A stream that ends too early has used all input and still left room. */
        if (result != Z_OK || (g->z.avail_in == 0 && g->z.avail_out > 0))
            return GZIP_BROKEN;
        guess *= 2;
    }
}
