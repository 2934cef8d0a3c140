/* Any bytes as an entry of the log: what is read stays within them, and an entry that
 * is good, with events that are, is written again and comes back alike. The first byte
 * also chooses an event whose record the rest is taken for. */
#include "record/record.h"

int fuzz_one(const u8 *data, size_t size);

static void again(const struct shape *shape, const void *record, struct arena *arena)
{
    struct err err = {0};
    struct buf b;

    buf_init(&b, arena, 256);
    record_encode(&b, shape, record);
    void *back = arena_alloc(arena, shape->size);
    must(record_decode(buf_str(&b), shape, arena, back, &err));
    must(record_hash(shape, record, 1) == record_hash(shape, back, 1));
    b.len = 0;
    record_print(&b, shape, record);
    record_json(&b, shape, record);
}

static void record_read(struct str bytes, const struct shape *shape,
                        struct arena *arena)
{
    void *record = arena_alloc(arena, shape->size);
    struct err err = {0};

    if (record_decode(bytes, shape, arena, record, &err))
        again(shape, record, arena);
    else
        must(err.code == ERR_CORRUPT);
}

static void entry_read(struct str bytes, struct arena *arena)
{
    struct entry entry;
    struct event e;
    struct err err = {0};

    if (!record_decode(bytes, &entry_shape, arena, &entry, &err))
        return;
    for (size_t at = 0; event_next(entry.events, &at, &e, &err);) {
        must(e.kind < EVENT_COUNT && events[e.kind].name);
        must(e.bytes.data >= entry.events.data);
        must(e.bytes.data + e.bytes.len <= entry.events.data + entry.events.len);
        record_read(e.bytes, events[e.kind].record, arena);
    }
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct arena arena;
    struct trap full;

    arena_init(&arena, 1 << 16, (size_t)64 << 20, &full);
    if (setjmp(full.jump) == 0) {
        entry_read(bytes, &arena);
        if (size > 0 && data[0] < EVENT_COUNT && events[data[0]].name)
            record_read((struct str){bytes.data + 1, size - 1}, events[data[0]].record,
                        &arena);
    }
    arena_free(&arena);
    return 0;
}
