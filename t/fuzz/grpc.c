/* The first line names a call, or else the first byte chooses one; what follows is its
 * request: either a text that says what is wrong, or a record that the log can keep,
 * with documents that are objects. */
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

/* And leaves its request in `in`. */
static const struct rpc *rpc_of(struct str *in)
{
    const char *end = memchr(in->data, '\n', in->len);
    struct str name = {in->data, end ? (size_t)(end - in->data) : 0};
    const struct rpc *rpc = &rpcs[(u8)in->data[0] % rpc_count];
    size_t passed = 1;

    for (u32 i = 0; i < rpc_count; i++)
        if (str_is(name, rpcs[i].name)) {
            rpc = &rpcs[i];
            passed = name.len + 1;
        }
    *in = (struct str){in->data + passed, in->len - passed};
    return rpc;
}

static void request_try(const struct rpc *rpc, struct str in)
{
    struct arena arena;
    struct trap full;

    arena_init(&arena, 4096, 16 << 20, &full);
    if (setjmp(full.jump) == 0)
        request_read(rpc, in, &arena);
    arena_free(&arena);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str in = {(const char *)data, size};
    const struct rpc *rpc = size ? rpc_of(&in) : NULL;

    if (rpc && rpc->request)
        request_try(rpc, in);
    return 0;
}
