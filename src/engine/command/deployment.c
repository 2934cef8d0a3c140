#include "base/hash.h"
#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_deployment_create(struct step *s, u64 key, const void *record);
void decide_deployment_distribute(struct step *s, u64 key, const void *record);

/* One resource of a deployment, and what was found in it. */
struct file {
    const struct resource *resource;
    const struct model *model; /* borrowed from the engine; NULL: not readable */
    u64 checksum, key;         /* of its row; 0: nothing in it is new */
};

struct deployment {
    struct file *files;
    u32 file_count;
    struct buf errors;
    struct process_row *processes; /* new ones, in order */
    u64 *process_keys, *resource_keys;
    struct resource_row *resources;
    u32 process_count, resource_count;
};

/* ---- reading --------------------------------------------------------------------- */

static bool is_bpmn(struct str name)
{
    return str_ends(name, STR(".bpmn")) || str_ends(name, STR(".xml"));
}

static void file_read(struct step *s, struct deployment *d, struct file *f)
{
    struct model_options options = model_options_default;
    struct str name = f->resource->name, findings = {NULL, 0};

    options.now = s->now;
    options.zones = s->engine->options.zones;
    f->checksum = hash_bytes(f->resource->content, 0);
    if (!is_bpmn(name)) {
        buf_print(&d->errors, "\n'%.*s': unknown resource type", ARG(name));
        return;
    }
    struct trap *mine = trap_set(NULL); /* parsing sets a trap of its own */
    struct model *model = NULL;
    bool is_good =
        model_parse(f->resource->content, &options, s->arena, &model, &findings);
    trap_set(mine);
    if (is_good)
        models_stage(s->engine->models, model);
    else
        buf_print(&d->errors, "\n'%.*s': %.*s", ARG(name), ARG(findings));
    f->model = is_good ? model : NULL;
}

/* Two files of a deployment must not bring the same process. */
static void ids_check(struct deployment *d, u32 at)
{
    struct file *f = &d->files[at];

    for (u32 i = 0; f->model && i < model_process_count(f->model); i++) {
        struct str id = model_process_at(f->model, i)->id;
        for (u32 k = 0; k < at; k++)
            if (d->files[k].model && model_process(d->files[k].model, id))
                buf_print(&d->errors,
                          "\nDuplicated process id in resources '%.*s' and '%.*s'",
                          ARG(d->files[k].resource->name), ARG(f->resource->name));
    }
}

/* ---- versions -------------------------------------------------------------------- */

/* The same bytes under the same name as the latest version: nothing new. */
static bool is_unchanged(struct step *s, const struct file *f, u64 latest)
{
    const struct process_row *p = latest ? process_get(s->state, latest) : NULL;

    return p && p->checksum == f->checksum &&
           str_equal(p->resource_name, f->resource->name) &&
           str_equal(resource_get(s->state, p->resource)->content,
                     f->resource->content);
}

static void metadata(struct process_metadata *out, u64 key, const struct process_row *p,
                     bool is_duplicate)
{
    *out = (struct process_metadata){
        .bpmn_process_id = p->bpmn_process_id,
        .version = p->version,
        .process_key = key,
        .resource_name = p->resource_name,
        .tenant = p->tenant,
        .is_duplicate = is_duplicate,
    };
}

static void resource_add(struct step *s, struct deployment *d, struct file *f)
{
    struct resource_row *row = &d->resources[d->resource_count];

    f->key = key_new(s);
    *row = (struct resource_row){f->resource->name, f->checksum, f->resource->content,
                                 s->tenant};
    d->resource_keys[d->resource_count++] = f->key;
    models_name(s->engine->models, f->model, f->key);
    emit(s, EV_RESOURCE_ADDED, f->key, row);
}

static void process_add(struct step *s, struct deployment *d, struct file *f,
                        const struct process *p, u64 deployment,
                        struct process_metadata *out)
{
    struct process_row *row = &d->processes[d->process_count];
    u64 key;

    if (!f->key)
        resource_add(s, d, f);
    *row = (struct process_row){
        .bpmn_process_id = p->id,
        .version = process_version_last(s->state, s->tenant, p->id) + 1,
        .version_tag = p->version_tag,
        .resource = f->key,
        .resource_name = f->resource->name,
        .checksum = f->checksum,
        .deployment = deployment,
        .tenant = s->tenant,
    };
    key = key_new(s);
    d->process_keys[d->process_count++] = key;
    emit(s, EV_PROCESS_CREATED, key, row);
    metadata(out, key, row, false);
}

/* ---- what starts its instances ----------------------------------------------------
 */

static bool starts_move(struct step *s, u64 process, struct failure *f)
{
    u64 before = starts_before(s, process_get(s->state, process));

    if (before)
        starts_close(s, before);
    return starts_open(s, process, f);
}

/* ---- the commands ---------------------------------------------------------------- */

static void distribute(struct step *s, const struct deployment *d)
{
    struct deployment_distribute all = {
        .resources = {d->resources, d->resource_count},
        .processes = {d->processes, d->process_count},
        .resource_keys = {d->resource_keys, d->resource_count},
        .process_keys = {d->process_keys, d->process_count},
    };

    for (u32 p = 1; d->process_count && p <= s->partitions; p++)
        if (p != s->partition)
            send_to(s, p, CMD_DEPLOYMENT_DISTRIBUTE, 0, &all);
}

static u32 process_count(const struct deployment *d)
{
    u32 count = 0;

    for (u32 i = 0; i < d->file_count; i++)
        count += d->files[i].model ? model_process_count(d->files[i].model) : 0;
    return count;
}

static void deploy(struct step *s, struct deployment *d)
{
    u32 count = process_count(d);
    struct process_metadata *made = NEW_ARRAY(s->arena, struct process_metadata, count);
    struct deployment_created *answer = NEW(s->arena, struct deployment_created);
    u64 key = key_new(s);
    struct failure f;
    u32 n = 0;

    d->processes = NEW_ARRAY(s->arena, struct process_row, count);
    d->process_keys = NEW_ARRAY(s->arena, u64, count);
    d->resources = NEW_ARRAY(s->arena, struct resource_row, d->file_count);
    d->resource_keys = NEW_ARRAY(s->arena, u64, d->file_count);
    for (u32 i = 0; i < d->file_count; i++)
        for (u32 k = 0; k < model_process_count(d->files[i].model); k++) {
            const struct process *p = model_process_at(d->files[i].model, k);
            u64 latest = process_latest(s->state, s->tenant, p->id);
            if (is_unchanged(s, &d->files[i], latest))
                metadata(&made[n++], latest, process_get(s->state, latest), true);
            else
                process_add(s, d, &d->files[i], p, key, &made[n++]);
        }
    for (u32 i = 0; i < d->process_count; i++)
        must(starts_move(s, d->process_keys[i], &f)); /* validated: no variables */
    *answer = (struct deployment_created){key, {made, n}, s->tenant};
    emit(s, EV_DEPLOYMENT_CREATED, key, answer);
    s->answer = answer;
    distribute(s, d);
}

/* Start timers and message names are computed without variables; a model whose ones
 * cannot be was refused while it was read, but for what depends on the time. */
static void timers_check(struct step *s, struct deployment *d)
{
    struct failure f;

    for (u32 i = 0; i < d->file_count && !s->rejection; i++)
        for (u32 k = 0; k < model_process_count(d->files[i].model); k++)
            if (!starts_check(s, model_process_at(d->files[i].model, k), &f))
                reject(s, REJECT_PROCESSING_ERROR,
                       "Expected to create timer for start event, but encountered the "
                       "following error: %.*s",
                       ARG(f.message));
}

void decide_deployment_create(struct step *s, u64 key, const void *record)
{
    const struct deployment_create *c = record;
    struct deployment d = {.file_count = c->resources.count};

    if (c->resources.count == 0) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to deploy at least one resource, but none given");
        return;
    }
    buf_init(&d.errors, s->arena, 0);
    d.files = NEW_ARRAY(s->arena, struct file, d.file_count);
    for (u32 i = 0; i < d.file_count; i++) {
        d.files[i].resource = &c->resources.items[i];
        file_read(s, &d, &d.files[i]);
        ids_check(&d, i);
    }
    if (d.errors.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to deploy new resources, but encountered the following "
               "errors:%.*s",
               ARG(buf_str(&d.errors)));
    else
        timers_check(s, &d);
    if (!s->rejection)
        deploy(s, &d);
}

void decide_deployment_distribute(struct step *s, u64 key, const void *record)
{
    const struct deployment_distribute *c = record;
    struct failure f;

    for (u32 i = 0; i < c->resources.count; i++)
        emit(s, EV_RESOURCE_ADDED, c->resource_keys.items[i], &c->resources.items[i]);
    for (u32 i = 0; i < c->processes.count; i++)
        emit(s, EV_PROCESS_CREATED, c->process_keys.items[i], &c->processes.items[i]);
    for (u32 i = 0; i < c->processes.count; i++)
        must(starts_move(s, c->process_keys.items[i], &f));
}
