/* models.c - what the deployed files say: each is read when it is first needed, and
 * kept while something of it can be used. */
#include <stdlib.h>

#include "engine/step.h"

/* Parsed when first needed and kept: what is deployed is used. */
struct models {
    struct kept {
        u64 resource;
        struct model *model; /* owned; of a file with processes */
        struct dmn *dmn;     /* owned; of one with decisions */
    } * items;               /* owned, open addressing, a power of two */
    size_t size, count;
    struct kept *staged; /* owned */
    size_t staged_count;
    u64 *leaving; /* owned: resources that may go, or will with their last instance */
    size_t leaving_count;
};

static bool kept_is_there(const struct kept *k)
{
    return k->model || k->dmn;
}

static void kept_free(struct kept *k)
{
    model_free(k->model);
    dmn_free(k->dmn);
}

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
        kept_free(&m->items[i]);
    for (size_t i = 0; i < m->staged_count; i++)
        kept_free(&m->staged[i]);
    free(m->leaving);
    free(m->staged);
    free(m->items);
    free(m);
}

static struct kept *models_place(struct models *m, u64 resource)
{
    size_t at = (size_t)(resource * 0x9e3779b97f4a7c15u) & (m->size - 1);

    while (kept_is_there(&m->items[at]) && m->items[at].resource != resource)
        at = (at + 1) & (m->size - 1);
    return &m->items[at];
}

static void models_grow(struct models *m)
{
    struct models bigger = {.size = m->size * 2, .count = m->count};

    bigger.items = must_alloc(bigger.size * sizeof(*bigger.items));
    for (size_t i = 0; i < m->size; i++)
        if (kept_is_there(&m->items[i]))
            *models_place(&bigger, m->items[i].resource) = m->items[i];
    free(m->items);
    m->items = bigger.items;
    m->size = bigger.size;
}

static void models_put(struct models *m, const struct kept *new)
{
    if (m->count * 2 >= m->size)
        models_grow(m);
    struct kept *k = models_place(m, new->resource);
    m->count += !kept_is_there(k);
    kept_free(k);
    *k = *new;
}

/* What stands behind it in its chain moves up. */
static void models_del(struct models *m, u64 resource)
{
    struct kept *k = models_place(m, resource);

    if (!kept_is_there(k))
        return;
    kept_free(k);
    *k = (struct kept){0};
    m->count--;
    for (size_t at = (size_t)(k - m->items + 1) & (m->size - 1);
         kept_is_there(&m->items[at]); at = (at + 1) & (m->size - 1)) {
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

static void models_stage(struct models *m, const struct kept *k)
{
    m->staged = must_realloc(m->staged, (m->staged_count + 1) * sizeof(*m->staged));
    m->staged[m->staged_count++] = *k;
}

void models_stage_processes(struct models *m, struct model *model)
{
    models_stage(m, &(struct kept){.model = model});
}

void models_stage_decisions(struct models *m, struct dmn *dmn)
{
    models_stage(m, &(struct kept){.dmn = dmn});
}

void models_name(struct models *m, const void *staged, u64 resource)
{
    for (size_t i = 0; i < m->staged_count; i++)
        if (m->staged[i].model == staged || m->staged[i].dmn == staged)
            m->staged[i].resource = resource;
}

void models_settle(struct models *m, const struct state *state)
{
    for (size_t i = 0; i < m->staged_count; i++) {
        struct kept *k = &m->staged[i];
        if (k->resource && resource_get(state, k->resource))
            models_put(m, k);
        else
            kept_free(k);
    }
    m->staged_count = 0;
    leaving_settle(m, state);
}

/* Staged ones come first: a key that an undone step had given out is given out again.
 */
static const struct kept *models_find(struct models *m, u64 resource)
{
    for (size_t i = 0; i < m->staged_count; i++)
        if (m->staged[i].resource == resource)
            return &m->staged[i];
    return models_place(m, resource);
}

const struct model *models_get(struct step *s, u64 resource)
{
    struct models *m = s->engine->models;
    const struct kept *k = models_find(m, resource);

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
    models_put(m, &(struct kept){.resource = resource, .model = model});
    return model;
}

bool decisions_parse(struct str xml, const struct dmn_resolver *imports,
                     struct dmn **out, struct err *err)
{
    struct dmn_options options = dmn_options_default;

    options.dialect = FEEL_CAMUNDA;
    options.resolver = imports;
    struct trap *mine = trap_set(NULL); /* parsing sets a trap of its own */
    bool is_good = dmn_parse(xml, &options, out, err);
    trap_set(mine);
    return is_good;
}

/* As it was when the model that imports it was deployed. */
static bool imported_find(const struct dmn_resolver *r, struct str uri,
                          struct str location, struct arena *arena, struct str *xml)
{
    const struct resource_row *row = r->ctx;

    for (u32 i = 0; i < row->imports.count; i++)
        if (str_equal(row->imports.items[i].uri, uri)) {
            *xml = row->imports.items[i].content;
            return true;
        }
    return false;
}

const struct dmn *decisions_get(struct step *s, u64 resource)
{
    struct models *m = s->engine->models;
    const struct kept *k = models_find(m, resource);
    struct dmn *dmn = NULL;
    struct err err = {0};

    if (k->dmn)
        return k->dmn;
    const struct resource_row *row = resource_get(s->state, resource);
    must(row);
    struct dmn_resolver imports = {imported_find, row};
    must(decisions_parse(row->content, &imports, &dmn, &err));
    models_put(m, &(struct kept){.resource = resource, .dmn = dmn});
    return dmn;
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
