/* A request as four lines (method, path, content type, accept) and a body: there is one
 * reply, with JSON in its body if it has one, or the gate is asked with a record that
 * the log can keep. */
#include "api/private.h"

int fuzz_one(const u8 *data, size_t size);

/* ---- a gate that only looks ------------------------------------------------------ */

struct gate {
    u32 asks;
};

void gate_ask(struct gate *g, const struct ask *ask, i64 now)
{
    const struct shape *shape = commands[ask->kind].ask;
    struct arena arena;
    struct buf out;
    struct err err;

    g->asks++;
    arena_init(&arena, 4096, 64 << 20, NULL);
    buf_init(&out, &arena, 64);
    record_encode(&out, shape, ask->record);
    must(record_decode(buf_str(&out), shape, &arena, arena_alloc(&arena, shape->size),
                       &err));
    arena_free(&arena);
}

void gate_gone(struct gate *g, u64 request)
{
    must(request == 1);
}

void gate_drained(struct gate *g, u64 request)
{
    must(request == 1);
}

void gate_watch(struct gate *g, bool is_watched)
{
}

bool gate_notice(struct gate *g, struct notice *out)
{
    return false;
}

bool gate_counters(const struct gate *g, u32 index, struct node_counters *out)
{
    *out = (struct node_counters){.log_tail = 9, .log_durable = 7, .inbox = 3};
    return index == 0;
}

size_t gate_calls(const struct gate *g)
{
    return 4;
}

bool gate_answer(struct gate *g, struct gate_answer *out)
{
    return false;
}

void gate_answer_done(struct gate_answer *a)
{
    must(!"given");
}

u32 gate_partitions(const struct gate *g, struct gate_partition *out, u32 max)
{
    out[0] = (struct gate_partition){1, true};
    return 1;
}

/* ---- the request ----------------------------------------------------------------- */

static struct str line_next(struct str *text)
{
    const char *end = text->len ? memchr(text->data, '\n', text->len) : NULL;
    struct str line = {text->data, end ? (size_t)(end - text->data) : text->len};
    size_t passed = line.len + (end != NULL);

    *text = (struct str){text->data + passed, text->len - passed};
    return line;
}

static void reply_check(struct api *a, const struct api_reply *r)
{
    struct json_limits limits = {.depth = 200};
    struct arena arena;
    struct str out;
    struct err err;

    must(r->id == 1);
    must(r->is_last || r->is_in_pieces);
    must(r->status >= 200);
    if (r->is_in_pieces)
        return;
    arena_init(&arena, 4096, 64 << 20, NULL);
    if (r->content_type.len)
        must(json_canonical(r->body, JSON_OBJECT, &limits, &arena, &out, &err));
    else
        must(r->body.len == 0);
    arena_free(&arena);
}

static void serve(struct api *a, struct gate *gate, struct str text,
                  struct arena *arena)
{
    struct api_header headers[2] = {{STR("content-type")}, {STR("accept")}};
    struct api_request r = {.id = 1,
                            .door = API_HTTP,
                            .arena = arena,
                            .headers = headers,
                            .header_count = 2};
    struct api_reply reply;
    u32 replies = 0;

    r.method = line_next(&text);
    r.path = line_next(&text);
    headers[0].value = line_next(&text);
    headers[1].value = line_next(&text);
    r.body = text;
    api_request(a, &r, 1);
    for (; api_reply(a, &reply); api_reply_done(a, &reply), replies++)
        reply_check(a, &reply);
    must(replies + gate->asks == 1);
    api_gone(a, 1);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct gate gate = {0};
    struct api *a = api_open(&api_options_default, &gate);
    struct arena arena;

    arena_init(&arena, 4096, 1 << 20, NULL);
    serve(a, &gate, text, &arena);
    arena_free(&arena);
    api_close(a);
    return 0;
}
