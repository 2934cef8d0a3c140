/* Any bytes: read whole and byte by byte they come to the same end, and what is given
 * out keeps the promises that the door relies on. */
#include "net/http1.h"

#include <stdlib.h>

int fuzz_one(const u8 *data, size_t size);

/* What one reading came to. */
struct reading {
    enum http1_result result;
    u16 status;
    size_t head_len, used; /* by head and body */
    u64 sum;               /* of the body, byte by byte */
};

static void sum_piece(struct reading *r, struct str piece)
{
    for (size_t i = 0; i < piece.len; i++)
        r->sum = r->sum * 31 + (u8)piece.data[i] + 1;
}

/* A copy of exactly these bytes, so that a step beyond them is seen. */
static struct str exactly(struct str s, size_t len)
{
    char *copy = must_alloc(len);

    if (len > 0)
        memcpy(copy, s.data, len);
    return (struct str){copy, len};
}

static void check_fields(struct http1 *h, struct str bytes)
{
    struct str name, value;

    while (http1_field(h, bytes, &name, &value)) {
        must(name.len > 0);
        must(!memchr(name.data, ' ', name.len));
        must(value.len == 0 || !memchr(value.data, '\n', value.len));
    }
    must(h->path.at + h->path.len <= h->head_len);
    must(h->query.at + h->query.len <= h->head_len);
    must(!(h->is_chunked && h->length > 0));
}

static void read_body(struct http1 *h, struct str all, size_t have, size_t step,
                      struct reading *r)
{
    for (;;) {
        struct str rest = {all.data + r->used, have - r->used}, piece;
        struct str bytes = exactly(rest, rest.len);
        size_t used;
        r->result = http1_body(h, bytes, &used, &piece);
        must(used <= bytes.len);
        must(piece.len <= used);
        sum_piece(r, piece);
        free((void *)(uintptr_t)bytes.data);
        r->used += used;
        if (r->result != HTTP1_MORE || (r->used == have && have == all.len))
            return;
        must(used > 0 || rest.len == 0); /* it asks for more only when all is used */
        if (r->used == have)
            have = have + step < all.len ? have + step : all.len;
    }
}

static struct reading read_all(struct str all, size_t step)
{
    struct reading r = {HTTP1_MORE, 0, 0, 0, 0};
    struct http1 h;
    size_t have = 0;

    http1_init(&h, 1024);
    while (r.result == HTTP1_MORE && have < all.len) {
        have = have + step < all.len ? have + step : all.len;
        struct str bytes = exactly(all, have);
        r.result = http1_head(&h, bytes);
        if (r.result == HTTP1_DONE)
            check_fields(&h, bytes);
        free((void *)(uintptr_t)bytes.data);
    }
    r.head_len = r.used = r.result == HTTP1_DONE ? h.head_len : 0;
    must(r.used <= have);
    if (r.result == HTTP1_DONE)
        read_body(&h, all, have, step, &r);
    r.status = h.status;
    must((r.result == HTTP1_BAD) == (r.status != 0));
    return r;
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str all = {(const char *)data, size < 4096 ? size : 4096};
    struct reading whole = read_all(all, 4096), by_one = read_all(all, 1);

    must(whole.result == by_one.result);
    must(whole.status == by_one.status);
    must(whole.head_len == by_one.head_len);
    must(whole.sum == by_one.sum);
    must(whole.result == HTTP1_BAD || whole.used == by_one.used);
    return 0;
}
