#include "engine/command/files.h"

#include "base/hash.h"
#include "json/json.h"

#define FORM_DEPTH 1000 /* of nested JSON in a form */

static void fault(struct buf *errors, const struct file *f, struct str what)
{
    buf_print(errors, "\n'%.*s': %.*s", ARG(f->resource->name), ARG(what));
}

/* ---- each kind ------------------------------------------------------------------- */

static void processes_read(struct step *s, const struct files *all, struct file *f,
                           struct buf *errors)
{
    struct model_options options = model_options_default;
    struct model *model = NULL;
    struct str findings = {NULL, 0};

    options.now = s->now;
    options.zones = s->engine->options.zones;
    struct trap *mine = trap_set(NULL); /* parsing sets a trap of its own */
    bool is_good =
        model_parse(f->resource->content, &options, s->arena, &model, &findings);
    trap_set(mine);
    if (!is_good) {
        fault(errors, f, findings);
        return;
    }
    models_stage_processes(s->engine->models, model);
    f->model = model;
}

/* What can be found later must have a name. */
static void decisions_check(struct file *f, struct buf *errors)
{
    if (dmn_id(f->dmn).len == 0)
        fault(errors, f, STR("the definitions have no id"));
    if (dmn_name(f->dmn).len == 0)
        fault(errors, f, STR("the definitions have no name"));
    for (size_t i = 0; i < dmn_decision_count(f->dmn); i++) {
        const struct dmn_decision *d = dmn_decision_at(f->dmn, i);
        if (d->id.len == 0)
            buf_print(errors, "\n'%.*s': line %u: the decision '%.*s' has no id",
                      ARG(f->resource->name), d->line, ARG(d->name));
    }
}

static void decisions_read(struct step *s, const struct files *all, struct file *f,
                           struct buf *errors)
{
    struct dmn *dmn = NULL;
    struct err err = {0};
    struct sources sources;

    sources_init(&sources, s, all, f, errors);
    if (!decisions_parse(f->resource->content, &sources.resolver, &dmn, &err)) {
        if (sources.is_full)
            trap_spring(s->arena->full, TRAP_FULL);
        fault(errors, f, str_of(err.text));
        return;
    }
    for (u32 i = 0; i < f->imports.count; i++)
        f->checksum = hash_bytes(f->imports.items[i].content, f->checksum);
    models_stage_decisions(s->engine->models, dmn);
    f->dmn = dmn;
    decisions_check(f, errors);
}

/* A text of a JSON object; empty when it is not there or null. False: it is no text. */
static bool text_of(struct step *s, struct str object, const char *name,
                    struct str *out)
{
    struct str value;

    *out = (struct str){NULL, 0};
    if (!json_get(object, str_of(name), s->arena, &value) ||
        json_kind(value) == JSON_NULL)
        return true;
    if (json_kind(value) != JSON_STRING)
        return false;
    *out = json_text(value, s->arena);
    if (!out->data)
        *out = STR("");
    return true;
}

/* `what` is form or resource, and what a thing of it is known by. */
static void json_read(struct step *s, struct file *f, const char *what,
                      struct buf *errors)
{
    static const struct json_limits limits = {.depth = FORM_DEPTH};
    struct str object;
    struct err err = {0};

    if (!json_canonical(f->resource->content, JSON_OBJECT, &limits, s->arena, &object,
                        &err) ||
        (!text_of(s, object, "id", &f->id) &&
         !err_set(&err, ERR_SYNTAX, "the id is no string")) ||
        (!text_of(s, object, "versionTag", &f->version_tag) &&
         !err_set(&err, ERR_SYNTAX, "the version tag is no string"))) {
        buf_print(errors, "\n'%.*s': Failed to parse %sId from %s JSON. '%.*s': %s",
                  ARG(f->resource->name), what, what, ARG(f->resource->name), err.text);
        f->id = (struct str){NULL, 0};
    } else if (!f->id.data) {
        buf_print(errors, "\n'%.*s': Expected the %s id to be present, but none given",
                  ARG(f->resource->name), what);
    } else if (str_trim(f->id).len == 0) {
        buf_print(errors, "\n'%.*s': Expected the %s id to be filled, but it is blank",
                  ARG(f->resource->name), what);
        f->id = (struct str){NULL, 0};
    }
}

static void form_read(struct step *s, const struct files *all, struct file *f,
                      struct buf *errors)
{
    json_read(s, f, "form", errors);
}

/* A robot's script says its id itself; all else is known by its name. */
static void other_read(struct step *s, const struct files *all, struct file *f,
                       struct buf *errors)
{
    if (str_ends(f->resource->name, STR(".rpa")))
        json_read(s, f, "resource", errors);
    else if (str_trim(f->resource->name).len == 0)
        fault(errors, f, STR("a resource must have a name"));
    else
        f->id = f->resource->name;
}

static const struct {
    const char *suffix;
    enum file_kind kind;
} suffixes[] = {
    {".bpmn", FILE_PROCESSES},
    {".xml", FILE_PROCESSES},
    {".dmn", FILE_DECISIONS},
    {".form", FILE_FORM},
};

static enum file_kind kind_of(struct str name)
{
    for (size_t i = 0; i < LEN(suffixes); i++)
        if (str_ends(name, str_of(suffixes[i].suffix)))
            return suffixes[i].kind;
    return FILE_OTHER;
}

static void file_read(struct step *s, const struct files *all, struct file *f,
                      struct buf *errors)
{
    static void (*const readers[])(struct step *, const struct files *, struct file *,
                                   struct buf *) = {
        [FILE_PROCESSES] = processes_read,
        [FILE_DECISIONS] = decisions_read,
        [FILE_FORM] = form_read,
        [FILE_OTHER] = other_read,
    };

    f->checksum = hash_bytes(f->resource->content, 0);
    readers[f->kind](s, all, f, errors);
}

/* ---- what is in them, by kind and id --------------------------------------------- */

struct thing {
    enum versioned kind;
    struct str id;
    const struct file *file; /* NULL: an empty place */
};

/* Open addressing; a power of two. */
struct things {
    struct thing *items;
    size_t size;
};

static struct thing *thing_place(const struct things *all, enum versioned kind,
                                 struct str id)
{
    size_t at = hash_bytes(id, kind) & (all->size - 1);

    while (all->items[at].file &&
           (all->items[at].kind != kind || !str_equal(all->items[at].id, id)))
        at = (at + 1) & (all->size - 1);
    return &all->items[at];
}

static void thing_twice(struct buf *errors, const struct thing *first,
                        const struct file *again)
{
    static const char *const nouns[] = {
        [VERSIONED_REQUIREMENTS] = "decision requirements",
        [VERSIONED_DECISION] = "decision",
        [VERSIONED_FORM] = "form",
        [VERSIONED_FILE] = "resource",
    };

    if (first->kind == VERSIONED_PROCESS)
        buf_print(errors, "\nDuplicated process id in resources '%.*s' and '%.*s'",
                  ARG(first->file->resource->name), ARG(again->resource->name));
    else
        buf_print(errors,
                  "\nExpected the %s ids to be unique within a deployment but found a "
                  "duplicated id '%.*s' in the resources '%.*s' and '%.*s'.",
                  nouns[first->kind], ARG(first->id), ARG(first->file->resource->name),
                  ARG(again->resource->name));
}

/* Two of one file were found when it was read. */
static void thing_add(const struct things *all, enum versioned kind, struct str id,
                      const struct file *f, struct buf *errors)
{
    struct thing *t = thing_place(all, kind, id);

    if (!t->file)
        *t = (struct thing){kind, id, f};
    else if (t->file != f)
        thing_twice(errors, t, f);
}

static size_t file_things(const struct file *f)
{
    if (f->model)
        return model_process_count(f->model);
    return f->dmn ? 1 + dmn_decision_count(f->dmn) : 1;
}

static void file_add(const struct things *all, const struct file *f, struct buf *errors)
{
    for (u32 i = 0; f->model && i < model_process_count(f->model); i++)
        thing_add(all, VERSIONED_PROCESS, model_process_at(f->model, i)->id, f, errors);
    if (f->dmn)
        thing_add(all, VERSIONED_REQUIREMENTS, dmn_id(f->dmn), f, errors);
    for (size_t i = 0; f->dmn && i < dmn_decision_count(f->dmn); i++)
        thing_add(all, VERSIONED_DECISION, dmn_decision_at(f->dmn, i)->id, f, errors);
    if (f->id.len)
        thing_add(all, f->kind == FILE_FORM ? VERSIONED_FORM : VERSIONED_FILE, f->id, f,
                  errors);
}

static struct things things_of(struct step *s, const struct files *files,
                               struct buf *errors)
{
    struct things all = {NULL, 16};
    size_t count = 0;

    for (u32 i = 0; i < files->count; i++)
        count += file_things(&files->items[i]);
    while (all.size < 2 * count)
        all.size *= 2;
    all.items = NEW_ARRAY(s->arena, struct thing, all.size);
    for (u32 i = 0; i < files->count; i++)
        file_add(&all, &files->items[i], errors);
    return all;
}

/* ---- what is meant to be deployed together --------------------------------------- */

struct reference {
    enum versioned kind;
    enum binding binding;
    const struct expr *id;
    const char *noun, *extension;
};

struct check {
    const struct things *all;
    struct file *file;
    struct buf found; /* what is missing */
};

static void reference_check(struct check *c, const struct element *e,
                            const struct reference *r)
{
    if (r->binding != BINDING_DEPLOYMENT || !r->id->is_set)
        return;
    c->file->binds = true;
    if (r->id->feel || thing_place(c->all, r->kind, r->id->body)->file)
        return;
    buf_print(&c->found,
              "- Element: %.*s > extensionElements > %s\n    - ERROR: Expected to find "
              "%s with id '%.*s' in current deployment, but not found.\n",
              ARG(e->id), r->extension, r->noun, ARG(r->id->body));
}

static void element_check(struct check *c, const struct element *e)
{
    bool calls = e->type == ELEMENT_CALL_ACTIVITY;
    const struct reference references[] = {
        {calls ? VERSIONED_PROCESS : VERSIONED_DECISION, e->binding, &e->called_id,
         calls ? "process" : "decision", calls ? "calledElement" : "calledDecision"},
        {VERSIONED_FORM, e->form_binding, &e->form_id, "form", "formDefinition"},
    };

    if (e->type == ELEMENT_START_EVENT)
        return; /* its form need not be there */
    for (size_t i = 0; i < LEN(references); i++)
        reference_check(c, e, &references[i]);
    for (u32 i = 0; i < e->linked_resource_count; i++) {
        const struct linked_resource *l = &e->linked_resources[i];
        struct expr id = {.text = l->id, .body = l->id, .is_set = true};
        reference_check(c, e,
                        &(struct reference){VERSIONED_FILE, l->binding, &id, "resource",
                                            "linkedResources > linkedResource"});
    }
}

/* Scopes nest no deeper than the XML may. */
static void scope_check_in(struct check *c, const struct element *scope)
{
    for (u32 i = 0; i < scope->child_count; i++) {
        element_check(c, scope->children[i]);
        scope_check_in(c, scope->children[i]);
    }
    for (u32 i = 0; i < scope->event_sub_process_count; i++)
        scope_check_in(c, scope->event_sub_processes[i]);
}

static void bindings_check(struct step *s, const struct things *all, struct file *f,
                           struct buf *errors)
{
    struct check c = {.all = all, .file = f};

    buf_init(&c.found, s->arena, 0);
    for (u32 i = 0; f->model && i < model_process_count(f->model); i++)
        scope_check_in(&c, model_process_at(f->model, i)->root);
    if (c.found.len)
        fault(errors, f, buf_str(&c.found));
}

/* ---- all of them ----------------------------------------------------------------- */

void files_read(struct step *s, struct resource_list resources, struct files *out,
                struct buf *errors)
{
    out->count = resources.count;
    out->items = NEW_ARRAY(s->arena, struct file, resources.count);
    for (u32 i = 0; i < out->count; i++) {
        struct file *f = &out->items[i];
        f->resource = &resources.items[i];
        f->kind = kind_of(f->resource->name);
        if (f->kind == FILE_DECISIONS)
            f->uri = sources_uri(s, f->resource->content);
    }
    for (u32 i = 0; i < out->count; i++)
        file_read(s, out, &out->items[i], errors);
    struct things all = things_of(s, out, errors);
    bool is_good = errors->len == 0;
    for (u32 i = 0; i < out->count && is_good; i++)
        bindings_check(s, &all, &out->items[i], errors);
}
