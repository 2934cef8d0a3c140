#include <stdlib.h>

#include "engine/step.h"

const struct rejection_info rejections[] = {{"NONE", 0, 200},
#define X(name, grpc, http) {#name, grpc, http},
                                            REJECTIONS(X)
#undef X
};

const struct engine_options engine_options_default = {
    .partition = 1,
    .partitions = 1,
    .scratch = (size_t)64 << 20,
    .entry = (size_t)8 << 20, /* a log segment holds twice that */
    .todos = 100,
    .message_max = (size_t)4 << 20,
};

#define FEEL_BYTES    ((size_t)32 << 20)
#define SCRATCH_FIRST ((size_t)64 << 10)
#define ENTRY_FIRST   ((size_t)32 << 10)

struct engine *engine_open(struct state *state, const struct engine_options *options)
{
    struct engine *e = must_alloc(sizeof(*e));

    must(options->partition >= 1 && options->partition <= options->partitions);
    e->state = state;
    e->options = *options;
    arena_init(&e->scratch, SCRATCH_FIRST, options->scratch, &e->trap);
    arena_init(&e->entry, ENTRY_FIRST, options->entry, &e->trap);
    arena_init(&e->output, 64 << 10, options->entry * 2 + (1 << 20), NULL);
    arena_init(&e->feel, 64 << 10, FEEL_BYTES, &e->trap);
    e->models = models_open();
    return e;
}

void engine_close(struct engine *e)
{
    if (!e)
        return;
    models_close(e->models);
    arena_free(&e->feel);
    arena_free(&e->output);
    arena_free(&e->entry);
    arena_free(&e->scratch);
    free(e);
}

/* ---- models by the resource they come from --------------------------------------- */

/* Parsed when first needed and kept: what is deployed is used. */
struct models {
    struct kept {
        u64 resource;
        struct model *model; /* owned */
    } * items;               /* owned, open addressing, a power of two */
    size_t size, count;
    struct kept *staged; /* owned */
    size_t staged_count;
    u64 *leaving; /* owned: resources that may go, or will with their last instance */
    size_t leaving_count;
};

struct models *models_open(void)
{
    struct models *m = must_alloc(sizeof(*m));

    m->size = 64;
    m->items = must_alloc(m->size * sizeof(*m->items));
    return m;
}

void models_close(struct models *m)
{
    for (size_t i = 0; i < m->size; i++)
        model_free(m->items[i].model);
    for (size_t i = 0; i < m->staged_count; i++)
        model_free(m->staged[i].model);
    free(m->leaving);
    free(m->staged);
    free(m->items);
    free(m);
}

static struct kept *models_place(struct models *m, u64 resource)
{
    size_t at = (size_t)(resource * 0x9e3779b97f4a7c15u) & (m->size - 1);

    while (m->items[at].model && m->items[at].resource != resource)
        at = (at + 1) & (m->size - 1);
    return &m->items[at];
}

static void models_grow(struct models *m)
{
    struct models bigger = {.size = m->size * 2, .count = m->count};

    bigger.items = must_alloc(bigger.size * sizeof(*bigger.items));
    for (size_t i = 0; i < m->size; i++)
        if (m->items[i].model)
            *models_place(&bigger, m->items[i].resource) = m->items[i];
    free(m->items);
    m->items = bigger.items;
    m->size = bigger.size;
}

static void models_put(struct models *m, u64 resource, struct model *model)
{
    if (m->count * 2 >= m->size)
        models_grow(m);
    struct kept *k = models_place(m, resource);
    if (k->model)
        model_free(k->model);
    else
        m->count++;
    *k = (struct kept){resource, model};
}

/* What stands behind it in its chain moves up. */
static void models_del(struct models *m, u64 resource)
{
    struct kept *k = models_place(m, resource);

    if (!k->model)
        return;
    model_free(k->model);
    *k = (struct kept){0};
    m->count--;
    for (size_t at = (size_t)(k - m->items + 1) & (m->size - 1); m->items[at].model;
         at = (at + 1) & (m->size - 1)) {
        struct kept moved = m->items[at];
        m->items[at] = (struct kept){0};
        *models_place(m, moved.resource) = moved;
    }
}

void models_leave(struct models *m, u64 resource)
{
    for (size_t i = 0; i < m->leaving_count; i++)
        if (m->leaving[i] == resource)
            return;
    m->leaving = must_realloc(m->leaving, (m->leaving_count + 1) * sizeof(*m->leaving));
    m->leaving[m->leaving_count++] = resource;
}

/* Can one of its processes still be started? (The deletion may have been undone.) */
static bool resource_stays(const struct state *state, u64 resource)
{
    for (u64 key = 0; (key = process_in(state, resource, key));)
        if (!process_get(state, key)->is_deleted)
            return true;
    return false;
}

static void leaving_settle(struct models *m, const struct state *state)
{
    size_t count = 0;

    for (size_t i = 0; i < m->leaving_count; i++) {
        u64 resource = m->leaving[i];
        if (!resource_get(state, resource))
            models_del(m, resource);
        else if (!resource_stays(state, resource))
            m->leaving[count++] = resource;
    }
    m->leaving_count = count;
}

void models_stage(struct models *m, struct model *model)
{
    m->staged = must_realloc(m->staged, (m->staged_count + 1) * sizeof(*m->staged));
    m->staged[m->staged_count++] = (struct kept){0, model};
}

void models_name(struct models *m, const struct model *model, u64 resource)
{
    for (size_t i = 0; i < m->staged_count; i++)
        if (m->staged[i].model == model)
            m->staged[i].resource = resource;
}

void models_settle(struct models *m, const struct state *state)
{
    for (size_t i = 0; i < m->staged_count; i++) {
        struct kept *k = &m->staged[i];
        if (k->resource && resource_get(state, k->resource))
            models_put(m, k->resource, k->model);
        else
            model_free(k->model);
    }
    m->staged_count = 0;
    leaving_settle(m, state);
}

/* Staged ones come first: a key that an undone step had given out is given out again.
 */
const struct model *models_get(struct step *s, u64 resource)
{
    struct models *m = s->engine->models;
    const struct kept *k = models_place(m, resource);

    for (size_t i = 0; i < m->staged_count; i++)
        if (m->staged[i].resource == resource)
            return m->staged[i].model;
    if (k->model)
        return k->model;
    const struct resource_row *row = resource_get(s->state, resource);
    must(row);
    struct model_options options = model_options_default;
    options.zones = s->engine->options.zones;
    options.now = s->now;
    struct model *model = NULL;
    struct err err = {0};
    struct trap *mine = trap_set(NULL); /* parsing sets a trap of its own */
    bool is_good = model_load(row->content, &options, &model, &err);
    trap_set(mine);
    must(is_good);
    models_put(m, resource, model);
    return model;
}

const struct process *process_of(struct step *s, u64 process)
{
    const struct process_row *row = process_get(s->state, process);

    must(row);
    const struct process *p =
        model_process(models_get(s, row->resource), row->bpmn_process_id);
    must(p);
    return p;
}

const struct element *element_of(struct step *s, u64 process, u32 tag)
{
    const struct process_row *row = process_get(s->state, process);

    must(row);
    const struct element *e = model_element(models_get(s, row->resource), tag);
    must(e);
    return e;
}

const struct element *element_named(struct step *s, u64 process, struct str id)
{
    const struct process_row *row = process_get(s->state, process);

    must(row);
    return process_element(models_get(s, row->resource), process_of(s, process), id);
}

/* ---- what wants to be done by itself --------------------------------------------- */

static bool next_pending(struct engine *e, struct input *in)
{
    u64 key = pending_first(e->state);

    in->kind = CMD_PENDING_RUN;
    in->key = key;
    return key != 0;
}

static bool next_due(struct engine *e, i64 now, struct input *in)
{
    enum table_id table;
    const struct job_row *job;

    if (!state_due(e->state, now, &table, &in->key))
        return false;
    job = table == TABLE_JOB ? job_get(e->state, in->key) : NULL;
    if (job)
        in->kind = job->state == JOB_STATE_ACTIVATED ? CMD_JOB_TIME_OUT : CMD_JOB_RECUR;
    else
        in->kind = table == TABLE_TIMER ? CMD_TIMER_TRIGGER : CMD_MESSAGE_EXPIRE;
    return true;
}

bool engine_next(struct engine *e, i64 now, struct input *in)
{
    *in = (struct input){.now = now, .tenant = STR("<default>")};
    e->was_pending = !e->was_pending;
    if (e->was_pending)
        return next_pending(e, in) || next_due(e, now, in);
    return next_due(e, now, in) || next_pending(e, in);
}

bool engine_due(const struct engine *e, i64 *when)
{
    if (pending_first(e->state)) {
        *when = state_now(e->state);
        return true;
    }
    return state_due_at(e->state, when);
}

void engine_trip(struct engine *e, u32 emit)
{
    e->trip = emit;
}

void engine_break(struct engine *e, u32 emit)
{
    e->breaks = emit;
}

void engine_limit(struct engine *e, size_t bytes)
{
    size_t scratch = bytes ? bytes : e->options.scratch;
    size_t entry = bytes ? bytes : e->options.entry;

    e->is_limited = bytes != 0;
    arena_free(&e->scratch);
    arena_free(&e->entry);
    arena_init(&e->scratch, bytes ? 0 : SCRATCH_FIRST, scratch, &e->trap);
    arena_init(&e->entry, bytes ? 0 : ENTRY_FIRST, entry, &e->trap);
}

bool engine_undone(const struct engine *e)
{
    return e->is_undone;
}

const char *engine_failure(const struct engine *e)
{
    return e->trap.text;
}
