/* models.c - what was deployed, as far as rows need it: the elements' names, and how
 * many tokens are where. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "view/inside.h"

struct model *definition_load(struct view *v, u64 file, struct str id,
                              const struct process **process)
{
    struct row *row = copy_get(v, VIEW_FILES, file);
    struct model_options options = model_options_default;
    struct model *model = NULL;
    struct err err;

    options.zones = v->options.zones;
    if (!row || !model_load(TEXT(row, FILES, content), &options, &model, &err))
        return NULL;
    *process = model_process(model, id);
    if (*process)
        return model;
    model_free(model);
    return NULL;
}

/* `tag active completed canceled incidents;` for each that was ever reached. */
static void counts_read(struct definition *d, struct str text)
{
    char line[160];

    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.data + at, ';', text.len - at);
        size_t len = end ? (size_t)(end - text.data) - at : 0;
        unsigned tag = 0;
        long long n[4] = {0};
        if (!end || len >= sizeof(line))
            return;
        memcpy(line, text.data + at, len);
        line[len] = '\0';
        if (sscanf(line, "%u %lld %lld %lld %lld", &tag, &n[0], &n[1], &n[2], &n[3]) !=
            5)
            return;
        struct count *c = definition_count(d, tag);
        *c = (struct count){tag, n[0], n[1], n[2], n[3]};
        at += len + 1;
    }
}

struct definition *definition_of(struct view *v, u64 process)
{
    struct definition **bucket =
        &v->definitions[hash_mix(process) % DEFINITION_BUCKETS];
    struct definition *d = *bucket;

    while (d && d->key != process)
        d = d->chain;
    if (d)
        return d;
    struct row *row = copy_get(v, VIEW_PROCESS_DEFINITIONS, process);
    if (!row)
        return NULL;
    d = must_alloc(sizeof(*d));
    d->key = process;
    d->model = definition_load(v, NUMBER(row, PROCESS_DEFINITIONS, file),
                               TEXT(row, PROCESS_DEFINITIONS, processDefinitionId),
                               &d->process);
    counts_read(d, TEXT(row, PROCESS_DEFINITIONS, counts));
    d->is_dirty = false;
    d->chain = *bucket;
    *bucket = d;
    return d;
}

const struct element *definition_element(struct view *v, u64 process, u32 tag)
{
    struct definition *d = definition_of(v, process);

    return d && d->model ? model_element(d->model, tag) : NULL;
}

struct str definition_element_id(struct view *v, u64 process, u32 tag)
{
    const struct element *e = definition_element(v, process, tag);

    return e ? e->id : STR("");
}

struct count *definition_count(struct definition *d, u32 tag)
{
    u32 low = 0, high = d->count_count;

    d->is_dirty = true;
    while (low < high) {
        u32 middle = (low + high) / 2;
        if (d->counts[middle].tag < tag)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < d->count_count && d->counts[low].tag == tag)
        return &d->counts[low];
    d->counts = must_realloc(d->counts, (d->count_count + 1) * sizeof(*d->counts));
    memmove(d->counts + low + 1, d->counts + low,
            (d->count_count - low) * sizeof(*d->counts));
    d->counts[low] = (struct count){.tag = tag};
    d->count_count++;
    return &d->counts[low];
}

static bool definition_flush(struct view *v, struct definition *d)
{
    struct row *row = copy_get(v, VIEW_PROCESS_DEFINITIONS, d->key);
    struct buf b;

    d->is_dirty = false;
    if (!row)
        return !v->is_lost;
    buf_init(&b, &v->rows.arena, 256);
    for (u32 i = 0; i < d->count_count; i++)
        buf_print(&b, "%u %lld %lld %lld %lld;", d->counts[i].tag,
                  (long long)d->counts[i].active, (long long)d->counts[i].completed,
                  (long long)d->counts[i].canceled, (long long)d->counts[i].incidents);
    PUT_TEXT(v, row, PROCESS_DEFINITIONS, counts, buf_str(&b));
    return true;
}

bool definitions_flush(struct view *v)
{
    for (u32 i = 0; i < DEFINITION_BUCKETS; i++)
        for (struct definition *d = v->definitions[i]; d; d = d->chain)
            if (d->is_dirty && !definition_flush(v, d))
                return false;
    return true;
}

void definitions_free(struct view *v)
{
    for (u32 i = 0; i < DEFINITION_BUCKETS; i++)
        for (struct definition *d = v->definitions[i], *next; d; d = next) {
            next = d->chain;
            model_free(d->model);
            free(d->counts);
            free(d);
        }
    memset(v->definitions, 0, sizeof(v->definitions));
}
