#include "model/model.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "model/build.h"

const struct model_options model_options_default = {.memory = (size_t)256 << 20,
                                                    .depth = 200};

const char *element_type_name(enum element_type t)
{
    static const char *const names[] = {"UNSPECIFIED",
#define X(name) #name,
                                        ELEMENT_TYPES(X)
#undef X
    };

    must(t >= 0 && t < LEN(names));
    return names[t];
}

/* ---- building -------------------------------------------------------------------- */

/* One parse. What it allocates hangs here, so that a jump out of it loses nothing. */
struct work {
    struct str xml;
    struct build b;
    struct model *model; /* owned until it is handed out */
    struct arena scratch;
    struct trap trap;
    bool is_lint; /* only the findings are wanted, also when nothing is wrong */
    struct model_finding *list; /* in scratch, for lint */
    struct str findings;        /* in scratch, or of static text */
    char full[96];
};

static void parts_judge(struct build *b)
{
    for (struct part *p = b->first; p; p = p->next)
        details_read(b, p);
    link_events_link(b);
    if (!b->is_strict)
        return;
    for (struct part *p = b->first; p; p = p->next)
        part_check(b, p);
    loops_find(b);
}

static bool work_build(struct work *w)
{
    struct build *b = &w->b;
    struct xml_limits limits = xml_limits_default;
    struct xml_node *root;
    struct err err;

    limits.depth = b->options->depth;
    if (!xml_parse(w->xml, &limits, b->scratch, &root, &err)) {
        w->findings = arena_copy(b->scratch, str_of(err.text));
        return false;
    }
    if (!is_bpmn(root, "definitions")) {
        w->findings = arena_print(
            b->scratch, "line %u, column %u: expected BPMN definitions, but got '%.*s'",
            root->line, root->column, ARG(root->name));
        return false;
    }
    if (parts_read(b, root)) {
        parts_link(b);
        parts_judge(b);
        if (w->is_lint)
            parts_lint(b);
    }
    if (w->is_lint) {
        w->list = findings_list(b);
        return false;
    }
    if (b->is_strict && b->finding_count) {
        w->findings = findings_print(b);
        return false;
    }
    model_finish(b);
    return true;
}

/* The trap is here, in a function of its own that keeps nothing on its stack. */
static bool work_run(struct work *w)
{
    if (setjmp(w->trap.jump) == 0)
        return work_build(w);
    if (w->trap.why == TRAP_FULL)
        w->findings = str_of(w->full);
    return false;
}

static void work_open(struct work *w, const struct model_options *options,
                      bool is_strict)
{
    w->model = must_alloc(sizeof(struct model));
    arena_init(&w->model->arena, 16384, options->memory, &w->trap);
    arena_init(&w->scratch, 65536, options->memory, &w->trap);
    snprintf(w->full, sizeof(w->full), "the model needs more than %zu bytes of memory",
             options->memory);
    w->b = (struct build){.model = w->model,
                          .keep = &w->model->arena,
                          .scratch = &w->scratch,
                          .options = options,
                          .is_strict = is_strict,
                          .seed = hash_bytes(w->xml, 0x6d6f64656c),
                          .associations_end = &w->b.associations,
                          .findings_end = &w->b.findings};
}

/* A must that fails in here goes on to whoever waits for it, when all is given back. */
static void work_again(struct work *w, struct trap *outer)
{
    must(outer);
    model_free(w->model);
    arena_free(&w->scratch);
    memcpy(outer->text, w->trap.text, sizeof(outer->text));
    trap_spring(outer, w->trap.why);
}

static bool work_do(struct work *w, const struct model_options *options, bool is_strict)
{
    struct trap *outer = trap_get();

    work_open(w, options, is_strict);
    if (outer)
        trap_set(&w->trap);
    bool is_good = work_run(w);
    trap_set(outer);
    if (w->trap.why != TRAP_NONE && w->trap.why != TRAP_FULL)
        work_again(w, outer);
    w->model->arena.full = NULL;
    if (!is_good) {
        model_free(w->model);
        w->model = NULL;
    }
    return is_good;
}

/* The findings go into the caller's arena last, when nothing else is held: it may jump.
 */
static struct str findings_hand_out(struct work *w, struct arena *arena)
{
    size_t len = w->findings.len;
    char *text = arena_try(arena, len + 1);

    if (text && len)
        memcpy(text, w->findings.data, len);
    arena_free(&w->scratch);
    if (!text)
        arena_alloc(arena, len + 1);
    return (struct str){text, len};
}

bool model_parse(struct str xml, const struct model_options *options,
                 struct arena *arena, struct model **out, struct str *findings)
{
    struct work w = {.xml = xml};

    if (!work_do(&w, options, true)) {
        *findings = findings_hand_out(&w, arena);
        return false;
    }
    arena_free(&w.scratch);
    *out = w.model;
    return true;
}

/* Copies a text into the caller's arena; false: it is full. */
static bool text_hand_out(struct str *text, struct arena *arena)
{
    char *copy = arena_try(arena, text->len + 1);

    if (copy && text->len)
        memcpy(copy, text->data, text->len);
    text->data = copy;
    return copy;
}

/* NULL: the arena is full. A text that is no model, or too large, is one finding. */
static struct model_finding *lint_hand_out(struct work *w, struct arena *arena,
                                           size_t *count)
{
    const struct model_finding whole = {.is_error = true, .text = w->findings};
    size_t size = (*count = w->list ? w->b.finding_count : 1) * sizeof(whole);
    struct model_finding *list = arena_try(arena, size + 1);

    if (!list)
        return NULL;
    if (size)
        memcpy(list, w->list ? w->list : &whole, size);
    for (size_t i = 0; i < *count; i++)
        if (!text_hand_out(&list[i].element, arena) ||
            !text_hand_out(&list[i].path, arena) ||
            !text_hand_out(&list[i].text, arena))
            return NULL;
    return list;
}

const struct model_finding *model_lint(struct str xml,
                                       const struct model_options *options,
                                       struct arena *arena, size_t *count)
{
    struct work w = {.xml = xml, .is_lint = true};

    work_do(&w, options, true);
    struct model_finding *list = lint_hand_out(&w, arena, count);
    arena_free(&w.scratch);
    if (!list)
        arena_alloc(arena, SIZE_MAX); /* for which there is no room: springs the trap */
    return list;
}

bool model_load(struct str xml, const struct model_options *options, struct model **out,
                struct err *err)
{
    struct work w = {.xml = xml};
    bool is_good = work_do(&w, options, false);

    if (is_good)
        *out = w.model;
    else
        err_set(err, w.trap.why == TRAP_FULL ? ERR_LIMIT : ERR_SYNTAX, "%.*s",
                ARG(w.findings));
    arena_free(&w.scratch);
    return is_good;
}

void model_free(struct model *m)
{
    if (!m)
        return;
    arena_free(&m->arena);
    free(m);
}

size_t model_size(const struct model *m)
{
    return sizeof(*m) + arena_total(&m->arena);
}

/* ---- looking things up ----------------------------------------------------------- */

u32 model_process_count(const struct model *m)
{
    return m->process_count;
}

const struct process *model_process_at(const struct model *m, u32 i)
{
    must(i < m->process_count);
    return &m->processes[i];
}

static const struct model_entry *entry_find(const struct model *m, struct str id)
{
    u32 mask = m->by_id_size - 1;
    u32 i = (u32)hash_bytes(id, m->seed) & mask;

    while (m->by_id[i].e && !str_equal(m->by_id[i].e->id, id))
        i = (i + 1) & mask;
    return &m->by_id[i];
}

const struct process *model_process(const struct model *m, struct str id)
{
    const struct model_entry *entry = entry_find(m, id);

    return entry->e && entry->e->type == ELEMENT_PROCESS ? entry->process : NULL;
}

const struct element *model_element(const struct model *m, u32 tag)
{
    return tag <= m->tag_max ? m->by_tag[tag] : NULL;
}

const struct element *process_element(const struct model *m, const struct process *p,
                                      struct str id)
{
    const struct model_entry *entry = entry_find(m, id);

    return entry->process == p ? entry->e : NULL;
}
