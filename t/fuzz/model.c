/* Any bytes as a model: refused with a text, or accepted, and then whatever is accepted
 * can be loaded again and walked. */
#include "model/model.h"

int fuzz_one(const u8 *data, size_t size);

static void walk(const struct model *m, const struct element *e)
{
    must(model_element(m, e->tag) == e);
    for (u32 i = 0; i < e->outgoing_count; i++) {
        must(e->outgoing[i]->source == e);
        must(e->outgoing[i]->target);
    }
    for (u32 i = 0; i < e->boundary_count; i++)
        must(e->boundaries[i]->attached_to == e);
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

int fuzz_one(const u8 *data, size_t size)
{
    struct model_options options = model_options_default;
    struct str xml = {(const char *)data, size}, findings;
    struct model *m = NULL;
    struct arena arena;
    struct err err;

    options.memory = 16 << 20;
    arena_init(&arena, 4096, 32 << 20, NULL);
    bool is_good = model_parse(xml, &options, &arena, &m, &findings);
    if (is_good)
        walk_all(m);
    else
        must(findings.len > 0);
    model_free(m);
    m = NULL;
    if (model_load(xml, &options, &m, &err))
        walk_all(m);
    else
        must(!is_good);
    model_free(m);
    arena_free(&arena);
    return 0;
}
