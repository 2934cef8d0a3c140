#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/command/files.h"

void decide_deployment_create(struct step *s, u64 key, const void *record);
void decide_deployment_distribute(struct step *s, u64 key, const void *record);

/* Rows that are made, with their keys, in order; and what is told of them and of what
 * was there already. */
struct deployment {
    struct files files;
    u64 key;
    bool is_new; /* something is, and so all of it */
    struct resource_row *resources;
    struct process_row *processes;
    struct requirements_row *requirements;
    struct decision_row *decisions;
    struct artifact_row *artifacts;
    u64 *resource_keys, *process_keys, *requirements_keys, *decision_keys,
        *artifact_keys;
    u32 resource_count, process_count, requirements_count, decision_count,
        artifact_count;
    struct process_metadata *told;    /* of all processes */
    struct deployment_part *parts[5]; /* by enum part_kind */
    u32 part_counts[5];
};

/* In the order in which they are told. */
enum part_kind { PART_PROCESS, PART_DECISION, PART_REQUIREMENTS, PART_FORM, PART_FILE };

/* ---- is it new? ------------------------------------------------------------------ */

static bool is_same(struct step *s, const struct file *f, u64 resource, u64 checksum,
                    struct str name)
{
    return checksum == f->checksum && str_equal(name, f->resource->name) &&
           str_equal(resource_get(s->state, resource)->content, f->resource->content);
}

static u64 latest(struct step *s, enum versioned kind, struct str id)
{
    return version_up_to(s->state, kind, s->tenant, id, INT32_MAX);
}

static bool processes_are_there(struct step *s, const struct file *f)
{
    for (u32 i = 0; i < model_process_count(f->model); i++) {
        u64 key = latest(s, VERSIONED_PROCESS, model_process_at(f->model, i)->id);
        const struct process_row *p = process_get(s->state, key);
        if (!p || !is_same(s, f, p->resource, p->checksum, p->resource_name))
            return false;
    }
    return true;
}

/* Also none of its decisions may have come from elsewhere since. */
static bool decisions_are_there(struct step *s, const struct file *f)
{
    u64 key = latest(s, VERSIONED_REQUIREMENTS, dmn_id(f->dmn));
    const struct requirements_row *r = requirements_get(s->state, key);

    if (!r || !is_same(s, f, r->resource, r->checksum, r->resource_name))
        return false;
    for (size_t i = 0; i < dmn_decision_count(f->dmn); i++) {
        const struct decision_row *d = decision_get(
            s->state, latest(s, VERSIONED_DECISION, dmn_decision_at(f->dmn, i)->id));
        if (!d || d->requirements != key)
            return false;
    }
    return true;
}

static enum versioned versioned_of(const struct file *f)
{
    return f->kind == FILE_FORM ? VERSIONED_FORM : VERSIONED_FILE;
}

static bool artifact_is_there(struct step *s, const struct file *f)
{
    const struct artifact_row *a =
        artifact_get(s->state, latest(s, versioned_of(f), f->id));

    return a && is_same(s, f, a->resource, a->checksum, a->resource_name);
}

static bool file_is_there(struct step *s, const struct file *f)
{
    switch (f->kind) {
    case FILE_PROCESSES:
        return processes_are_there(s, f);
    case FILE_DECISIONS:
        return decisions_are_there(s, f);
    case FILE_FORM:
    case FILE_OTHER:
        break;
    }
    return artifact_is_there(s, f);
}

/* With which deployment a file that is there has come. */
static u64 file_deployment(struct step *s, const struct file *f)
{
    if (f->model)
        return process_get(s->state, latest(s, VERSIONED_PROCESS,
                                            model_process_at(f->model, 0)->id))
            ->deployment;
    if (f->dmn)
        return requirements_get(s->state,
                                latest(s, VERSIONED_REQUIREMENTS, dmn_id(f->dmn)))
            ->deployment;
    return artifact_get(s->state, latest(s, versioned_of(f), f->id))->deployment;
}

/* What is deployed together has versions together: else a process that has not changed
 * could not find, by its deployment, a decision that has. So it is also when nothing
 * has changed, but a process means what has come by itself since. */
static bool is_new(struct step *s, const struct files *files)
{
    bool binds = false, is_mixed = false;

    for (u32 i = 0; i < files->count; i++)
        if (!file_is_there(s, &files->items[i]))
            return true;
    for (u32 i = 0; i < files->count; i++) {
        binds |= files->items[i].binds;
        is_mixed |= file_deployment(s, &files->items[i]) !=
                    file_deployment(s, &files->items[0]);
    }
    return binds && is_mixed;
}

/* ---- what is told ---------------------------------------------------------------- */

static void process_tell(struct step *s, struct deployment *d, u64 key)
{
    const struct process_row *p = process_get(s->state, key);
    struct process_metadata *m = &d->told[d->part_counts[PART_PROCESS]];

    *m = (struct process_metadata){p->bpmn_process_id, p->version, key,
                                   p->resource_name,   p->tenant,  !d->is_new};
    d->parts[PART_PROCESS][d->part_counts[PART_PROCESS]++].process = m;
}

static void requirements_tell(struct step *s, struct deployment *d, u64 key)
{
    const struct requirements_row *r = requirements_get(s->state, key);
    struct requirements_metadata *m = NEW(s->arena, struct requirements_metadata);

    *m = (struct requirements_metadata){
        r->id, r->name, r->version, key, r->resource_name, r->tenant, !d->is_new};
    d->parts[PART_REQUIREMENTS][d->part_counts[PART_REQUIREMENTS]++].requirements = m;
}

static void decision_tell(struct step *s, struct deployment *d, u64 key)
{
    const struct decision_row *r = decision_get(s->state, key);
    struct decision_metadata *m = NEW(s->arena, struct decision_metadata);

    *m = (struct decision_metadata){
        .decision_id = r->id,
        .decision_name = r->name,
        .version = r->version,
        .decision_key = key,
        .requirements_id = requirements_get(s->state, r->requirements)->id,
        .requirements_key = r->requirements,
        .tenant = r->tenant,
        .is_duplicate = !d->is_new,
    };
    d->parts[PART_DECISION][d->part_counts[PART_DECISION]++].decision = m;
}

static void artifact_tell(struct step *s, struct deployment *d, u64 key)
{
    const struct artifact_row *r = artifact_get(s->state, key);
    struct artifact_metadata *m = NEW(s->arena, struct artifact_metadata);

    *m = (struct artifact_metadata){r->id,     r->version, key, r->resource_name,
                                    r->tenant, !d->is_new};
    if (r->kind == ARTIFACT_FORM)
        d->parts[PART_FORM][d->part_counts[PART_FORM]++].form = m;
    else
        d->parts[PART_FILE][d->part_counts[PART_FILE]++].file = m;
}

/* One list of all parts; the same without files stands at its beginning. */
static struct deployment_created *told(struct step *s, const struct deployment *d)
{
    struct deployment_created *out = NEW(s->arena, struct deployment_created);
    struct deployment_part *all;
    u32 count = 0, at = 0;

    for (size_t i = 0; i < LEN(d->parts); i++)
        count += d->part_counts[i];
    all = NEW_ARRAY(s->arena, struct deployment_part, count);
    for (size_t i = 0; i < LEN(d->parts); i++)
        for (u32 k = 0; k < d->part_counts[i]; k++)
            all[at++] = d->parts[i][k];
    *out = (struct deployment_created){
        .deployment_key = d->key,
        .processes = {d->told, d->part_counts[PART_PROCESS]},
        .tenant = s->tenant,
        .all = {all, count},
        .named = {all, count - d->part_counts[PART_FILE]},
    };
    return out;
}

/* ---- what is made ---------------------------------------------------------------- */

static i32 version_next(struct step *s, enum versioned kind, struct str id)
{
    return version_last(s->state, kind, s->tenant, id) + 1;
}

static void resource_add(struct step *s, struct deployment *d, struct file *f)
{
    struct resource_row *row = &d->resources[d->resource_count];

    f->key = key_new(s);
    *row = (struct resource_row){f->resource->name, f->checksum, f->resource->content,
                                 s->tenant, f->imports};
    d->resource_keys[d->resource_count++] = f->key;
    if (f->model)
        models_name(s->engine->models, f->model, f->key);
    if (f->dmn)
        models_name(s->engine->models, f->dmn, f->key);
    emit(s, EV_RESOURCE_ADDED, f->key, row);
}

static void process_add(struct step *s, struct deployment *d, const struct file *f,
                        const struct process *p)
{
    struct process_row *row = &d->processes[d->process_count];
    u64 key = key_new(s);

    *row = (struct process_row){
        .bpmn_process_id = p->id,
        .version = version_next(s, VERSIONED_PROCESS, p->id),
        .version_tag = p->version_tag,
        .resource = f->key,
        .resource_name = f->resource->name,
        .checksum = f->checksum,
        .deployment = d->key,
        .tenant = s->tenant,
    };
    d->process_keys[d->process_count++] = key;
    emit(s, EV_PROCESS_CREATED, key, row);
}

static u64 requirements_add(struct step *s, struct deployment *d, const struct file *f)
{
    struct requirements_row *row = &d->requirements[d->requirements_count];
    struct str id = dmn_id(f->dmn);
    u64 key = key_new(s);

    *row = (struct requirements_row){
        .id = id,
        .name = dmn_name(f->dmn),
        .uri = f->uri,
        .version = version_next(s, VERSIONED_REQUIREMENTS, id),
        .resource = f->key,
        .resource_name = f->resource->name,
        .checksum = f->checksum,
        .deployment = d->key,
        .tenant = s->tenant,
    };
    d->requirements_keys[d->requirements_count++] = key;
    emit(s, EV_REQUIREMENTS_CREATED, key, row);
    return key;
}

static void decision_add(struct step *s, struct deployment *d,
                         const struct dmn_decision *decision, u64 requirements)
{
    struct decision_row *row = &d->decisions[d->decision_count];
    u64 key = key_new(s);

    *row = (struct decision_row){
        .id = decision->id,
        .name = decision->name,
        .version = version_next(s, VERSIONED_DECISION, decision->id),
        .version_tag = decision->version_tag,
        .requirements = requirements,
        .deployment = d->key,
        .tenant = s->tenant,
    };
    d->decision_keys[d->decision_count++] = key;
    emit(s, EV_DECISION_CREATED, key, row);
}

static void artifact_add(struct step *s, struct deployment *d, const struct file *f)
{
    struct artifact_row *row = &d->artifacts[d->artifact_count];
    u64 key = key_new(s);

    *row = (struct artifact_row){
        .kind = f->kind == FILE_FORM ? ARTIFACT_FORM : ARTIFACT_FILE,
        .id = f->id,
        .version = version_next(s, versioned_of(f), f->id),
        .version_tag = f->version_tag,
        .resource = f->key,
        .resource_name = f->resource->name,
        .checksum = f->checksum,
        .deployment = d->key,
        .tenant = s->tenant,
    };
    d->artifact_keys[d->artifact_count++] = key;
    emit(s, EV_ARTIFACT_CREATED, key, row);
}

static void file_add(struct step *s, struct deployment *d, struct file *f)
{
    resource_add(s, d, f);
    if (f->model) {
        for (u32 i = 0; i < model_process_count(f->model); i++)
            process_add(s, d, f, model_process_at(f->model, i));
    } else if (f->dmn) {
        u64 requirements = requirements_add(s, d, f);
        for (size_t i = 0; i < dmn_decision_count(f->dmn); i++)
            decision_add(s, d, dmn_decision_at(f->dmn, i), requirements);
    } else {
        artifact_add(s, d, f);
    }
}

/* Of what has just been made, or was there. */
static void file_tell(struct step *s, struct deployment *d, const struct file *f)
{
    for (u32 i = 0; f->model && i < model_process_count(f->model); i++)
        process_tell(s, d,
                     latest(s, VERSIONED_PROCESS, model_process_at(f->model, i)->id));
    for (size_t i = 0; f->dmn && i < dmn_decision_count(f->dmn); i++)
        decision_tell(s, d,
                      latest(s, VERSIONED_DECISION, dmn_decision_at(f->dmn, i)->id));
    if (f->dmn)
        requirements_tell(s, d, latest(s, VERSIONED_REQUIREMENTS, dmn_id(f->dmn)));
    if (f->id.len)
        artifact_tell(s, d, latest(s, versioned_of(f), f->id));
}

/* ---- what starts its instances ---------------------------------------------------
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
        .resource_keys = {d->resource_keys, d->resource_count},
        .processes = {d->processes, d->process_count},
        .process_keys = {d->process_keys, d->process_count},
        .requirements = {d->requirements, d->requirements_count},
        .requirements_keys = {d->requirements_keys, d->requirements_count},
        .decisions = {d->decisions, d->decision_count},
        .decision_keys = {d->decision_keys, d->decision_count},
        .artifacts = {d->artifacts, d->artifact_count},
        .artifact_keys = {d->artifact_keys, d->artifact_count},
    };

    if (d->is_new)
        send_to_others(s, CMD_DEPLOYMENT_DISTRIBUTE, 0, &all);
}

/* Room for all that the files can bring. */
static void deployment_open(struct step *s, struct deployment *d)
{
    u32 files = d->files.count, processes = 0, decisions = 0;

    for (u32 i = 0; i < files; i++) {
        const struct file *f = &d->files.items[i];
        processes += f->model ? model_process_count(f->model) : 0;
        decisions += f->dmn ? (u32)dmn_decision_count(f->dmn) : 0;
    }
    d->resources = NEW_ARRAY(s->arena, struct resource_row, files);
    d->resource_keys = NEW_ARRAY(s->arena, u64, files);
    d->processes = NEW_ARRAY(s->arena, struct process_row, processes);
    d->process_keys = NEW_ARRAY(s->arena, u64, processes);
    d->requirements = NEW_ARRAY(s->arena, struct requirements_row, files);
    d->requirements_keys = NEW_ARRAY(s->arena, u64, files);
    d->decisions = NEW_ARRAY(s->arena, struct decision_row, decisions);
    d->decision_keys = NEW_ARRAY(s->arena, u64, decisions);
    d->artifacts = NEW_ARRAY(s->arena, struct artifact_row, files);
    d->artifact_keys = NEW_ARRAY(s->arena, u64, files);
    d->told = NEW_ARRAY(s->arena, struct process_metadata, processes);
    d->parts[PART_PROCESS] = NEW_ARRAY(s->arena, struct deployment_part, processes);
    d->parts[PART_DECISION] = NEW_ARRAY(s->arena, struct deployment_part, decisions);
    for (size_t i = PART_REQUIREMENTS; i <= PART_FILE; i++)
        d->parts[i] = NEW_ARRAY(s->arena, struct deployment_part, files);
}

static void deploy(struct step *s, struct deployment *d)
{
    struct deployment_created *answer, happened;
    struct failure f;

    d->key = key_new(s);
    d->is_new = is_new(s, &d->files);
    deployment_open(s, d);
    for (u32 i = 0; d->is_new && i < d->files.count; i++)
        file_add(s, d, &d->files.items[i]);
    for (u32 i = 0; i < d->files.count; i++)
        file_tell(s, d, &d->files.items[i]);
    for (u32 i = 0; i < d->process_count; i++)
        must(starts_move(s, d->process_keys[i], &f)); /* validated: no variables */
    answer = told(s, d);
    happened = (struct deployment_created){
        .deployment_key = d->key, .tenant = s->tenant, .all = answer->all};
    emit(s, EV_DEPLOYMENT_CREATED, d->key, &happened);
    s->answer = answer;
    distribute(s, d);
}

/* Start timers and message names are computed without variables; a model whose ones
 * cannot be was refused while it was read, but for what depends on the time. */
static void timers_check(struct step *s, const struct files *files)
{
    struct failure f;

    for (u32 i = 0; i < files->count && !s->rejection; i++) {
        const struct model *m = files->items[i].model;
        for (u32 k = 0; m && k < model_process_count(m); k++)
            if (!starts_check(s, model_process_at(m, k), &f))
                reject(s, REJECT_PROCESSING_ERROR,
                       "Expected to create timer for start event, but encountered the "
                       "following error: %.*s",
                       ARG(f.message));
    }
}

void decide_deployment_create(struct step *s, u64 key, const void *record)
{
    const struct deployment_create *c = record;
    struct deployment d = {0};
    struct buf errors;

    if (c->resources.count == 0) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to deploy at least one resource, but none given");
        return;
    }
    buf_init(&errors, s->arena, 0);
    files_read(s, c->resources, &d.files, &errors);
    if (errors.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to deploy new resources, but encountered the following "
               "errors:%.*s",
               ARG(buf_str(&errors)));
    else
        timers_check(s, &d.files);
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
    for (u32 i = 0; i < c->requirements.count; i++)
        emit(s, EV_REQUIREMENTS_CREATED, c->requirements_keys.items[i],
             &c->requirements.items[i]);
    for (u32 i = 0; i < c->decisions.count; i++)
        emit(s, EV_DECISION_CREATED, c->decision_keys.items[i], &c->decisions.items[i]);
    for (u32 i = 0; i < c->artifacts.count; i++)
        emit(s, EV_ARTIFACT_CREATED, c->artifact_keys.items[i], &c->artifacts.items[i]);
    for (u32 i = 0; i < c->processes.count; i++)
        must(starts_move(s, c->process_keys.items[i], &f));
}
