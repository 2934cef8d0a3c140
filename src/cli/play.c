#include "cli/play.h"

#include <stdlib.h>

#include "log/log.h"
#include "state/read.h"

#define ROUNDS_MAX 1000000
#define MEMORY     ((size_t)1 << 30)

/* ---- opening and closing --------------------------------------------------------- */

struct play *play_open(struct zones *zones, i64 now)
{
    struct play *p = must_alloc(sizeof(*p));
    struct node_options options = node_options_default;
    struct err err;

    arena_init(&p->arena, 64 << 10, MEMORY, NULL);
    options.engine = engine_options_default;
    options.engine.partition = options.engine.partitions = 1;
    options.engine.zones = zones;
    p->now = now;
    p->read = 1;
    p->log = log_mem_open(&(struct log_mem_options){.keep = true});
    must(log_claim(p->log, &err));
    p->node = node_open(&options, p->log);
    must(node_recover(p->node, NULL, NULL, &err));
    p->gate = gate_open(&gate_options_default, &p->node, 1);
    p->processes = NEW_ARRAY(&p->arena, struct played, PLAY_MODELS_MAX);
    p->path = NEW_ARRAY(&p->arena, struct str, PLAY_PATH_MAX);
    return p;
}

void play_close(struct play *p)
{
    gate_close(p->gate);
    node_close(p->node);
    log_close(p->log);
    for (u32 i = 0; i < p->process_count; i++)
        free(p->processes[i].seen);
    for (u32 i = 0; i < p->model_count; i++)
        model_free(p->models[i]);
    free(p->instances);
    arena_free(&p->arena);
    free(p);
}

const struct state *play_state(const struct play *p)
{
    return node_state(p->node);
}

static struct played *played_find(const struct play *p, u64 process)
{
    for (u32 i = 0; i < p->process_count; i++)
        if (p->processes[i].process == process)
            return &p->processes[i];
    return NULL;
}

struct str play_element(const struct play *p, u64 process, u32 tag)
{
    const struct played *d = played_find(p, process);
    const struct element *e = d ? model_element(d->model, tag) : NULL;

    return e ? e->id : (struct str){NULL, 0};
}

/* ---- what has happened ----------------------------------------------------------- */

static u64 process_of_instance(const struct play *p, u64 instance)
{
    for (u32 i = p->instance_count; i-- > 0;)
        if (p->instances[i].instance == instance)
            return p->instances[i].process;
    return 0;
}

static void instance_add(struct play *p, u64 key, u64 process)
{
    p->instances =
        must_realloc(p->instances, (p->instance_count + 1) * sizeof(*p->instances));
    p->instances[p->instance_count++] = (struct instance_process){key, process};
}

static void seen_add(struct play *p, u64 process, u32 tag)
{
    struct played *d = played_find(p, process);

    if (d && tag < d->tags)
        d->seen[tag] = true;
}

static void event_look(struct play *p, const struct event *event, const void *record)
{
    const struct element_moved *moved = record;
    const struct token_row *token = record;
    const struct instance_row *instance = record;
    u64 process;

    if (event->kind == EV_INSTANCE_CREATED) {
        instance_add(p, event->key, instance->process);
    } else if (event->kind == EV_SEQUENCE_FLOW_TAKEN) {
        seen_add(p, process_of_instance(p, token->instance), token->flow);
    } else if (event->kind == EV_ELEMENT_ACTIVATED) {
        process = process_of_instance(p, moved->instance);
        seen_add(p, process, moved->element);
        if (p->path_count < PLAY_PATH_MAX && event->key != moved->instance)
            p->path[p->path_count++] = play_element(p, process, moved->element);
    }
}

static void entry_look(struct play *p, struct str bytes)
{
    struct entry entry;
    struct event event;
    struct err err = {0};
    size_t at = 0;

    must(record_decode(bytes, &entry_shape, &p->arena, &entry, &err));
    while (event_next(entry.events, &at, &event, &err)) {
        bool matters = event.kind == EV_INSTANCE_CREATED ||
                       event.kind == EV_SEQUENCE_FLOW_TAKEN ||
                       event.kind == EV_ELEMENT_ACTIVATED;
        const struct shape *shape = events[event.kind].record;
        if (!matters)
            continue;
        void *record = arena_alloc(&p->arena, shape->size);
        must(record_decode(event.bytes, shape, &p->arena, record, &err));
        event_look(p, &event, record);
    }
}

static void log_look(struct play *p)
{
    struct err err = {0};
    struct log_cursor *c = log_follow(p->log, p->read, &err);
    struct log_entry entry;

    must(c);
    while (log_read(c, p->log->durable, &entry, &err) == LOG_ENTRY) {
        entry_look(p, arena_copy(&p->arena, entry.bytes));
        p->read = entry.number + 1;
    }
    log_unfollow(c);
}

/* ---- turns ----------------------------------------------------------------------- */

static bool answers_take(struct play *p)
{
    bool any = false;

    for (struct gate_answer a; gate_answer(p->gate, &a); gate_answer_done(&a)) {
        any = true;
        if (a.request == p->result_request && !a.rejection) {
            const struct instance_created *r = a.record;
            p->result = arena_copy(&p->arena, r->variables);
            continue;
        }
        if (a.request != p->requests && a.request != p->result_request)
            continue;
        p->rejection = a.rejection;
        p->text = arena_copy(&p->arena, a.text);
        p->record = a.rejection
                        ? NULL
                        : record_copy(commands[a.kind].answer, a.record, &p->arena);
    }
    return any;
}

static void settle(struct play *p)
{
    struct err err = {0};
    u32 idle = 0;

    for (u32 round = 0; idle < 3 && round < ROUNDS_MAX; round++) {
        must(node_pump(p->node, p->now, &err));
        bool is_busy = node_is_busy(p->node);
        gate_pump(p->gate, p->now);
        is_busy = answers_take(p) || is_busy;
        idle = is_busy ? 0 : idle + 1;
    }
    log_look(p);
}

static void ask(struct play *p, enum command_kind kind, u64 key, const void *record,
                i64 wait_ms)
{
    struct ask a = {.request = ++p->requests,
                    .kind = kind,
                    .key = key,
                    .record = record,
                    .tenant = STR("<default>"),
                    .wait_ms = wait_ms};

    p->rejection = REJECT_NONE;
    p->record = NULL;
    gate_ask(p->gate, &a, p->now);
    settle(p);
}

bool play_ask(struct play *p, enum command_kind kind, u64 key, const void *record)
{
    const struct instance_create *create = record;

    if (kind == CMD_INSTANCE_CREATE && create->awaits_result) {
        p->result_request = p->requests + 1;
        p->result = (struct str){NULL, 0};
        u32 before = p->instance_count;
        ask(p, kind, key, record, INT64_MAX / 4);
        if (p->instance_count > before)
            p->instance = p->instances[before].instance;
        return !p->rejection;
    }
    ask(p, kind, key, record, kind == CMD_JOB_ACTIVATE ? -1 : 0);
    return !p->rejection;
}

void play_advance(struct play *p, i64 ms)
{
    i64 end = p->now + ms, when, other;

    settle(p);
    for (;;) {
        bool any = node_due(p->node, &when);
        if (gate_due(p->gate, &other) && (!any || other < when)) {
            when = other;
            any = true;
        }
        if (!any || when > end)
            break;
        if (when > p->now)
            p->now = when;
        settle(p);
    }
    p->now = end;
    settle(p);
}

/* ---- models ---------------------------------------------------------------------- */

static u32 tags_of(const struct model *m)
{
    u32 most = 0;

    for (u32 tag = 1; tag < 1000000; tag++) { /* they are in the order of the file */
        if (model_element(m, tag))
            most = tag;
        else if (tag > most + 10000)
            break;
    }
    return most + 1;
}

static const struct play_file *file_named(const struct play_file *files, u32 count,
                                          struct str name)
{
    for (u32 i = 0; i < count; i++)
        if (str_equal(files[i].name, name))
            return &files[i];
    return NULL;
}

static bool process_add(struct play *p, const struct process_metadata *d,
                        const struct play_file *file, struct err *err)
{
    struct model *m;

    if (p->process_count == PLAY_MODELS_MAX || p->model_count == PLAY_MODELS_MAX)
        return err_set(err, ERR_LIMIT, "more than %d processes", PLAY_MODELS_MAX);
    if (!model_load(file->content, &model_options_default, &m, err))
        return false;
    p->models[p->model_count++] = m;
    const struct process *def = model_process(m, d->bpmn_process_id);
    u32 tags = tags_of(m);
    p->processes[p->process_count++] =
        (struct played){.process = d->process_key,
                        .file = arena_copy(&p->arena, file->name),
                        .def = def,
                        .model = m,
                        .seen = must_alloc(tags * sizeof(bool)),
                        .tags = tags};
    return true;
}

bool play_deploy(struct play *p, const struct play_file *files, u32 count,
                 struct err *err)
{
    struct resource *resources = NEW_ARRAY(&p->arena, struct resource, count);
    const struct deployment_created *made;

    for (u32 i = 0; i < count; i++)
        resources[i] = (struct resource){files[i].name, files[i].content};
    struct deployment_create record = {.resources = {resources, count}};
    if (!play_ask(p, CMD_DEPLOYMENT_CREATE, 0, &record))
        return err_set(err, ERR_SYNTAX, "%.*s", ARG(p->text));
    made = p->record;
    for (u32 i = 0; i < made->all.count; i++) {
        const struct process_metadata *d = made->all.items[i].process;
        const struct play_file *file =
            d ? file_named(files, count, d->resource_name) : NULL;
        if (file && !process_add(p, d, file, err))
            return false;
    }
    return true;
}
