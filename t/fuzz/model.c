/* Any bytes as a model: refused with a text, or accepted, and then whatever is accepted
 * can be loaded again and walked. What is accepted with the features that are executed
 * is accepted with all of them, and lint has errors for what is refused. */
#include "model/model.h"

int fuzz_one(const u8 *data, size_t size);

static void walk(const struct model *m, const struct element *e);

static void walk_flows(const struct element *e)
{
    for (u32 i = 0; i < e->outgoing_count; i++) {
        must(e->outgoing[i]->source == e);
        must(e->outgoing[i]->target);
    }
    for (u32 i = 0; i < e->boundary_count; i++)
        must(e->boundaries[i]->attached_to == e);
}

/* What else leads from one element to another leads to one that the model knows. */
static void walk_references(const struct model *m, const struct element *e)
{
    const struct element *others[] = {e->link_target, e->compensation_boundary,
                                      e->compensation_handler, e->compensation_activity,
                                      e->default_flow};

    for (size_t i = 0; i < LEN(others); i++)
        must(!others[i] || model_element(m, others[i]->tag) == others[i]);
    must(!e->compensation_boundary == !e->compensation_handler);
    must(!e->link_target || e->link_target->scope == e->scope);
}

static void walk_event_sub_processes(const struct model *m, const struct element *e)
{
    for (u32 i = 0; i < e->event_sub_process_count; i++) {
        const struct element *x = e->event_sub_processes[i];
        must(x->type == ELEMENT_EVENT_SUB_PROCESS);
        must(x->scope == e && x->start && x->start->scope == x);
        must(!x->none_start);
        walk(m, x);
    }
}

static void walk(const struct model *m, const struct element *e)
{
    must(model_element(m, e->tag) == e);
    walk_flows(e);
    walk_references(m, e);
    walk_event_sub_processes(m, e);
    for (u32 i = 0; i < e->child_count; i++) {
        must(e->children[i]->scope == e);
        walk(m, e->children[i]);
    }
}

static void walk_all(const struct model *m)
{
    for (u32 i = 0; i < model_process_count(m); i++)
        walk(m, model_process_at(m, i)->root);
}

static bool parses(struct str xml, bool all_features)
{
    struct model_options options = model_options_default;
    struct str findings;
    struct model *m = NULL;
    struct arena arena;

    options.memory = 16 << 20;
    options.all_features = all_features;
    arena_init(&arena, 4096, 32 << 20, NULL);
    bool is_good = model_parse(xml, &options, &arena, &m, &findings);
    if (is_good)
        walk_all(m);
    else
        must(findings.len > 0);
    model_free(m);
    arena_free(&arena);
    return is_good;
}

static bool lints(struct str xml)
{
    struct model_options options = model_options_default;
    const struct model_finding *list;
    struct arena arena;
    bool is_good = true;
    size_t count;

    options.memory = 16 << 20;
    arena_init(&arena, 4096, 32 << 20, NULL);
    list = model_lint(xml, &options, &arena, &count);
    for (size_t i = 0; i < count; i++) {
        must(list[i].text.len > 0);
        is_good &= !list[i].is_error;
    }
    arena_free(&arena);
    return is_good;
}

static bool loads(struct str xml)
{
    struct model_options options = model_options_default;
    struct model *m = NULL;
    struct err err;

    options.memory = 16 << 20;
    bool is_good = model_load(xml, &options, &m, &err);
    if (is_good)
        walk_all(m);
    model_free(m);
    return is_good;
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str xml = {(const char *)data, size};
    bool is_good = parses(xml, false), is_good_with_all = parses(xml, true);

    must(!is_good || is_good_with_all);
    must(lints(xml) == is_good);
    must(loads(xml) || !is_good_with_all);
    return 0;
}
