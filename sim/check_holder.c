/* check_holder.c - a job has one holder at a time, and that one has heard of it: the
 * poll for which it was taken is answered with it, or, when its client has left, it is
 * handed back; nobody holds one beyond its deadline. Which poll a job was taken for
 * stands in the worker's name (workers.c). */
#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "sim/checker.h"
#include "state/read.h"

/* Steps in which what is on its way must arrive, while the partition has nothing else
 * to do; the slowest log and the slowest gate need about thirty. */
#define PATIENCE 60

struct hold {
    u64 job, request;
    i64 deadline, rested_until;
    u32 due;        /* the step in which it must have been heard of */
    u32 boot, gate; /* of the partition and the gate, when it was taken */
    bool is_heard;
    struct hold *next;
};

struct holder {
    struct hold *holds; /* owned; newest first */
    struct map taken;   /* (job, request): the deadline that it was taken with */
    u32 started[PARTITIONS_MAX]; /* in which step a partition has started last */
};

static void *holder_open(struct world *w)
{
    return must_alloc(sizeof(struct holder));
}

static void holder_close(void *mine)
{
    struct holder *h = mine;

    while (h->holds) {
        struct hold *next = h->holds->next;
        free(h->holds);
        h->holds = next;
    }
    map_free(&h->taken);
    free(h);
}

static struct hold **hold_of(struct holder *h, u64 job)
{
    struct hold **at = &h->holds;

    while (*at && (*at)->job != job)
        at = &(*at)->next;
    return at;
}

static u64 pair(u64 a, u64 b)
{
    u64 x = hash_mix(a ^ hash_mix(b));

    return x ? x : 1;
}

/* ---- taken and let go ------------------------------------------------------------ */

static u64 request_of(struct str worker)
{
    u64 request = 0;
    size_t at = worker.len;

    while (at > 0 && worker.data[at - 1] != '-')
        at--;
    must(str_to_u64((struct str){worker.data + at, worker.len - at}, &request));
    return request;
}

static void take(struct world *w, struct holder *h, const struct shown *e)
{
    const struct job_activated *a = e->record;
    struct hold **at = hold_of(h, e->key);
    u32 i = e->partition - 1;

    if (*at) {
        world_fail(w, "holder",
                   "job %" PRIu64 " is held for request %" PRIu64
                   " and was given to %.*s too",
                   e->key, (*at)->request, ARG(a->worker));
        return;
    }
    struct hold *x = must_alloc(sizeof(*x));
    *x = (struct hold){
        .job = e->key,
        .request = request_of(a->worker),
        .deadline = a->deadline,
        .due = w->step + PATIENCE,
        .boot = w->parts[i].boot,
        .gate = w->boot,
        .next = h->holds,
    };
    h->holds = x;
    *map_at(&h->taken, pair(x->job, x->request)) = (u64)a->deadline;
}

static void let_go(struct world *w, struct holder *h, const struct shown *e)
{
    struct hold **at = hold_of(h, e->key), *x = *at;

    if (!x) {
        if (e->kind == EV_JOB_TIMED_OUT || e->kind == EV_JOB_YIELDED)
            world_fail(w, "holder", "%s of job %" PRIu64 ", which nobody holds",
                       events[e->kind].name, e->key);
        return;
    }
    if (e->kind == EV_JOB_TIMED_OUT && e->now < x->deadline)
        world_fail(w, "holder", "job %" PRIu64 " timed out before its deadline",
                   e->key);
    if (e->kind == EV_JOB_YIELDED && x->is_heard)
        world_fail(w, "holder",
                   "job %" PRIu64 " was taken back from request %" PRIu64
                   ", which has it",
                   e->key, x->request);
    *at = x->next;
    free(x);
}

/* Whoever moves the deadline wants the job to stay where it is: it is not handed back
 * any more, but comes back by the new deadline. */
static void move(struct hold *x, const struct job_timeout_updated *e)
{
    x->deadline = e->deadline;
    x->due = UINT32_MAX;
}

static void holder_event(struct world *w, void *mine, const struct shown *e)
{
    struct holder *h = mine;
    struct hold *x;

    switch ((int)e->kind) {
    case EV_JOB_ACTIVATED:
        take(w, h, e);
        return;
    case EV_JOB_TIMEOUT_UPDATED:
        if ((x = *hold_of(h, e->key)))
            move(x, e->record);
        return;
    case EV_JOB_COMPLETED:
    case EV_JOB_FAILED:
    case EV_JOB_ERROR_THROWN:
    case EV_JOB_TIMED_OUT:
    case EV_JOB_YIELDED:
    case EV_JOB_CANCELED:
        let_go(w, h, e);
        return;
    }
}

/* ---- heard of -------------------------------------------------------------------- */

static void holder_answered(struct world *w, void *mine, const struct call *c,
                            const struct gate_answer *a)
{
    const struct jobs_activated *jobs = a->record;
    struct holder *h = mine;

    for (u32 i = 0;
         c->kind == CMD_JOB_ACTIVATE && !a->rejection && i < jobs->jobs.count; i++) {
        const struct activated_job *j = &jobs->jobs.items[i];
        struct hold *x = *hold_of(h, j->key);
        if (map_get(&h->taken, pair(j->key, c->request)) != (u64)j->deadline)
            world_fail(w, "holder",
                       "request %" PRIu64 " was given job %" PRIu64
                       ", which was not durably taken for it",
                       c->request, j->key);
        if (x && x->request == c->request)
            x->is_heard = true;
    }
}

static void holder_started(struct world *w, void *mine, u32 i)
{
    ((struct holder *)mine)->started[i] = w->step;
}

/* A crash may lose the answer; then the deadline brings the job back. */
static void unheard(struct world *w, struct hold *x, const struct partition *p)
{
    if (x->is_heard || x->boot != p->boot || x->gate != w->boot)
        return;
    if (node_is_busy(p->node))
        x->due += x->due < UINT32_MAX;
    if (w->step > x->due)
        world_fail(w, "holder",
                   "job %" PRIu64 " was taken for request %" PRIu64
                   ", which has not heard of it, and is not handed back",
                   x->job, x->request);
}

/* A job of a suspended instance is due when that is resumed. */
static bool rests(const struct world *w, u64 key)
{
    const struct job_row *job = job_get(world_state(w, key), key);

    return job && job->is_suspended;
}

static void holder_step(struct world *w, void *mine)
{
    struct holder *h = mine;

    for (struct hold *x = h->holds; x; x = x->next) {
        u32 i = world_index(w, x->job);
        const struct partition *p = &w->parts[i];
        if (!p->node)
            continue;
        unheard(w, x, p);
        if (rests(w, x->job))
            x->rested_until = w->now;
        i64 from = x->deadline > x->rested_until ? x->deadline : x->rested_until;
        if (w->now > from + PATIENCE * (i64)w->config.step_ms &&
            w->step > h->started[i] + PATIENCE && !node_is_busy(p->node))
            world_fail(w, "holder",
                       "job %" PRIu64 " is still held %" PRId64
                       " ms after its deadline",
                       x->job, w->now - x->deadline);
    }
}

const struct checker holder_checker = {
    .name = "holder",
    .open = holder_open,
    .close = holder_close,
    .event = holder_event,
    .answered = holder_answered,
    .started = holder_started,
    .step = holder_step,
};
