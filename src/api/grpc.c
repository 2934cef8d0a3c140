#include "api/private.h"

/* ---- replies --------------------------------------------------------------------- */

void grpc_end(struct api *a, struct served *s, u32 code, struct str text)
{
    struct reply_block *b = reply_open(a, s);

    if (setjmp(b->full.jump) == 0)
        b->reply.text = arena_copy(&b->arena, text);
    b->reply.is_last = true;
    b->reply.code = code;
    api_forget(a, s);
    reply_put(a, b);
}

void grpc_put(struct api *a, struct served *s, const void *record, bool is_last)
{
    struct reply_block *b = reply_open(a, s);
    struct buf out;

    b->reply.is_last = is_last;
    b->reply.opens = !is_last;
    if (setjmp(b->full.jump) == 0) {
        buf_init(&out, &b->arena, 256);
        wire_write(&out, s->rpc->answer, record);
        b->reply.has_message = true;
        b->reply.message = buf_str(&out);
    } else {
        b->reply.is_last = true;
        b->reply.code = GRPC_INTERNAL;
        b->reply.text = STR("The answer is larger than one reply may be");
    }
    if (b->reply.is_last)
        api_forget(a, s);
    reply_put(a, b);
}

void grpc_open(struct api *a, struct served *s)
{
    struct reply_block *b = reply_open(a, s);

    b->reply.opens = true;
    reply_put(a, b);
}

/* Each job is a message of its own. One that is too large to be one ends the stream. */
static void grpc_jobs(struct api *a, struct served *s,
                      const struct jobs_activated *jobs)
{
    for (u32 i = 0; i < jobs->jobs.count && s->is_kept; i++)
        grpc_put(a, s, &jobs->jobs.items[i], false);
    if (!s->is_kept)
        gate_gone(a->gate, api_number(a, s));
}

/* A poll that found nothing is a stream without messages. */
static bool is_empty_poll(const struct gate_answer *answer)
{
    return answer->kind == CMD_JOB_ACTIVATE &&
           ((const struct jobs_activated *)answer->record)->jobs.count == 0;
}

void grpc_answer(struct api *a, struct served *s, const struct gate_answer *answer)
{
    if (answer->rejection != REJECT_NONE)
        grpc_end(a, s, rejections[answer->rejection].grpc, answer->text);
    else if (answer->is_more)
        grpc_jobs(a, s, answer->record);
    else if (is_empty_poll(answer))
        grpc_end(a, s, GRPC_OK, STR(""));
    else
        grpc_put(a, s, answer->record, true);
}

/* ---- requests -------------------------------------------------------------------- */

static void grpc_unknown(struct api *a, struct served *s)
{
    grpc_end(a, s, GRPC_UNIMPLEMENTED,
             arena_print(s->arena, "There is no call %.*s", ARG(s->path)));
}

static void grpc_later(struct api *a, struct served *s)
{
    grpc_end(a, s, GRPC_UNIMPLEMENTED,
             arena_print(s->arena, "%s is not implemented yet", s->rpc->name));
}

void grpc_serve(struct api *a, struct served *s, const struct api_request *r, i64 now)
{
    struct ask ask = api_ask_open(r);
    struct wire w = {NULL, a->options.json_depth, r->arena, &ask, STR("")};

    s->rpc = rpc_find(a, r->path);
    if (!s->rpc) {
        grpc_unknown(a, s);
        return;
    }
    if (!s->rpc->request) {
        grpc_later(a, s);
        return;
    }
    w.call = s->rpc->name;
    void *record = arena_alloc(r->arena, s->rpc->request->size);
    if (!wire_read(&w, s->rpc->request, r->body, record))
        grpc_end(a, s, GRPC_INVALID_ARGUMENT, w.text);
    else if (s->rpc->local)
        s->rpc->local(a, s, record);
    else
        api_ask(a, s, s->rpc->command, record, &ask, now);
}

void grpc_full(struct api *a, struct served *s)
{
    grpc_end(a, s, GRPC_RESOURCE_EXHAUSTED,
             STR("The request needs more memory than one request may have"));
}
