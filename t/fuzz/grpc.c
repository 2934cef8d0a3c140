/* The first byte chooses a call, the others are its request: either a text that says
 * what is wrong, or a record that the log can keep, with documents that are objects. */
#include "api/private.h"

int fuzz_one(const u8 *data, size_t size);

static void documents_check(const struct message *m, const void *record)
{
    for (u32 i = 0; i < m->count; i++) {
        const struct part *p = &m->parts[i];
        const void *at = (const char *)record + p->offset;
        if (p->where == IN_SAME)
            documents_check(p->of, record);
        else if (p->where == IN_RECORD && p->type == PART_DOCUMENT)
            must(json_kind(*(const struct str *)at) == JSON_MAP);
    }
}

static void record_check(const struct shape *shape, const void *record,
                         struct arena *arena)
{
    void *back = arena_alloc(arena, shape->size);
    struct buf out;
    struct err err;

    buf_init(&out, arena, 64);
    record_encode(&out, shape, record);
    must(record_decode(buf_str(&out), shape, arena, back, &err));
    must(record_hash(shape, record, 1) == record_hash(shape, back, 1));
}

static void request_read(const struct rpc *rpc, struct str in, struct arena *arena)
{
    struct ask ask = {0};
    struct wire w = {rpc->name, 100, arena, &ask, STR("")};
    void *record = arena_alloc(arena, rpc->request->size);

    if (!wire_read(&w, rpc->request, in, record)) {
        must(w.text.len > 0);
        return;
    }
    documents_check(rpc->request, record);
    if (rpc->command != CMD_NONE)
        record_check(commands[rpc->command].ask, record, arena);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct arena arena;
    struct trap full;

    if (size == 0 || !rpcs[data[0] % rpc_count].request)
        return 0;
    arena_init(&arena, 4096, 16 << 20, &full);
    if (setjmp(full.jump) == 0)
        request_read(&rpcs[data[0] % rpc_count],
                     (struct str){(const char *)data + 1, size - 1}, &arena);
    arena_free(&arena);
    return 0;
}
