#include <stdlib.h>

#include "engine/step.h"

/* What the events of a step have changed, for whoever watches. It has memory of its
 * own, and what does not fit is left out: a step must go the same way, watched or not.
 */

#define WATCH_MEMORY 262144

struct watched {
    struct arena arena;
    struct notice *first, **end;
    struct notice cut; /* stands for those that did not fit */
    bool is_cut;
};

void engine_watch(struct engine *e, bool is_watched)
{
    struct watched *w = e->watched;

    if (is_watched == (w != NULL))
        return;
    e->watched = NULL;
    if (w)
        arena_free(&w->arena);
    free(w);
    if (!is_watched)
        return;
    e->watched = must_alloc(sizeof(*w));
    arena_init(&e->watched->arena, 4096, WATCH_MEMORY, NULL);
    watch_start(e);
}

void watch_start(struct engine *e)
{
    struct watched *w = e->watched;

    if (!w)
        return;
    arena_reset(&w->arena);
    w->first = NULL;
    w->end = &w->first;
    w->is_cut = false;
}

const struct notice *watch_notices(const struct engine *e)
{
    if (!e->watched)
        return NULL;
    if (e->watched->is_cut)
        *e->watched->end = &e->watched->cut;
    return e->watched->first;
}

/* The number in this field of the record; 0: it has no such field. */
static u64 field_number(const struct shape *shape, const void *record, const char *name)
{
    for (u32 i = 0; i < shape->count; i++) {
        const char *at = (const char *)record + shape->fields[i].offset;
        u64 wide;
        u32 narrow;
        if (strcmp(shape->fields[i].name, name) != 0)
            continue;
        if (shape->fields[i].type == FIELD_U64) {
            memcpy(&wide, at, sizeof(wide));
            return wide;
        }
        if (shape->fields[i].type == FIELD_U32) {
            memcpy(&narrow, at, sizeof(narrow));
            return narrow;
        }
    }
    return 0;
}

/* A job's row is there until it ends; its creation brings it. */
static void note_job(struct step *s, struct notice *c, const void *record, u32 *element)
{
    const struct job_row *job =
        c->event == EV_JOB_CREATED ? record : job_get(s->state, c->key);

    if (!job)
        return;
    c->type = job->type;
    c->process = job->process;
    *element = job->element;
}

static bool is_of_job(enum event_kind kind)
{
    return kind == EV_JOB_CREATED || kind == EV_JOB_ACTIVATED ||
           kind == EV_JOB_COMPLETED || kind == EV_JOB_FAILED ||
           kind == EV_JOB_ERROR_THROWN || kind == EV_JOB_TIMED_OUT ||
           kind == EV_JOB_RECURRED || kind == EV_JOB_YIELDED ||
           kind == EV_JOB_CANCELED || kind == EV_JOB_RETRIES_UPDATED ||
           kind == EV_JOB_TIMEOUT_UPDATED || kind == EV_JOB_PRIORITY_UPDATED;
}

/* Events of no instance that are told all the same: what is deployed, and batches. */
static bool is_of_all(enum event_kind kind)
{
    return kind == EV_PROCESS_CREATED || kind == EV_PROCESS_DELETED ||
           kind == EV_REQUIREMENTS_CREATED || kind == EV_REQUIREMENTS_DELETED ||
           kind == EV_DECISION_CREATED || kind == EV_DECISION_DELETED ||
           kind == EV_ARTIFACT_CREATED || kind == EV_ARTIFACT_DELETED ||
           kind == EV_DECISION_EVALUATED || kind == EV_DECISION_FAILED ||
           kind == EV_BATCH_CREATED || kind == EV_BATCH_MOVED ||
           kind == EV_BATCH_REPORTED;
}

static struct str watch_copy(struct watched *w, struct str s)
{
    char *copy = s.len ? arena_try(&w->arena, s.len) : NULL;

    if (!copy)
        return (struct str){NULL, 0};
    memcpy(copy, s.data, s.len);
    return (struct str){copy, s.len};
}

static void watch_put(struct watched *w, const struct notice *c)
{
    struct notice *copy = arena_try(&w->arena, sizeof(*copy));

    if (!copy || w->is_cut) {
        w->is_cut = true;
        return;
    }
    *copy = *c;
    copy->type = watch_copy(w, c->type);
    copy->element = watch_copy(w, c->element);
    *w->end = copy;
    w->end = &copy->next;
}

/* Rows are still as they were before the event. */
void watch_note(struct step *s, enum event_kind kind, u64 key, const void *record)
{
    const struct shape *shape = events[kind].record;
    struct notice c = {.event = kind, .key = key};
    u32 element = (u32)field_number(shape, record, "element");

    c.instance =
        kind == EV_INSTANCE_CREATED ? key : field_number(shape, record, "instance");
    c.process = field_number(shape, record, "process");
    if (is_of_job(kind))
        note_job(s, &c, record, &element);
    if (!c.instance && !is_of_all(kind))
        return;
    const struct instance_row *instance = instance_get(s->state, c.instance);
    if (!c.process && instance)
        c.process = instance->process;
    if (element && c.process && process_get(s->state, c.process))
        c.element = element_of(s, c.process, element)->id;
    watch_put(s->engine->watched, &c);
}
