/* Foreign bytes as a frame: whatever they are, the decoder stays within them, and what
 * it calls whole it also reads to the end or refuses. Bytes with a good checksum are
 * rare, so the same bytes are also made into a frame and must come back. */
#include <stdlib.h>

#include "log/frame.h"

int fuzz_one(const u8 *data, size_t size);

/* Walks the entries; the sum keeps the compiler from leaving the reads out. */
static u32 walk(struct str raw)
{
    struct str entry;
    size_t at = 0;
    u32 sum = 0;

    while (frame_entry(raw, &at, &entry))
        for (size_t i = 0; i < entry.len; i++)
            sum += (u8)entry.data[i];
    must(at <= raw.len);
    return sum;
}

static u32 unpack(const struct frame *f)
{
    char *raw = must_alloc(f->raw_len);
    u32 sum = 0;

    if (frame_unpack(f, raw))
        sum = walk((struct str){raw, f->raw_len});
    free(raw);
    return sum;
}

static void decode(struct str bytes)
{
    struct frame f;
    u64 size = 0, id = 0;

    if (bytes.len >= 16)
        memcpy(&id, bytes.data + 8, sizeof(id)); /* as if it were of this log */
    switch (frame_parse(bytes, id, &f, &size)) {
    case FRAME_WHOLE:
        must(size <= bytes.len);
        unpack(&f);
        break;
    case FRAME_SHORT:
        must(size > bytes.len);
        break;
    case FRAME_BAD:
        break;
    }
}

static void round_trip(struct str raw)
{
    struct frame f = {.id = 7, .epoch = 1, .serial = 1, .first = 1}, back;
    char *room = must_alloc(frame_room(raw.len)), *again = must_alloc(raw.len);
    u64 size, parsed;

    size = frame_write(&f, raw, room);
    must(frame_parse((struct str){room, size}, 7, &back, &parsed) == FRAME_WHOLE);
    must(parsed == size);
    must(frame_unpack(&back, again));
    must(back.raw_len == raw.len);
    must(raw.len == 0 || memcmp(again, raw.data, raw.len) == 0);
    /* Any compressed bytes with a good checksum: LZ4 must not run away with them. */
    back.stored = raw;
    back.flags = FRAME_LZ4;
    back.raw_len = (u32)raw.len * 3;
    unpack(&back);
    free(again);
    free(room);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str bytes = {(const char *)data, size};

    decode(bytes);
    walk(bytes);
    round_trip(bytes);
    return 0;
}
