/* undo.c - compensation: activities that are done and what undoes them. */
#include "sim/mirror/inside.h"

static i32 handler_of(const struct plan *p, i32 activity)
{
    for (i32 i = 0; i < p->part_count; i++)
        if (p->parts[i].kind == PART_BOUNDARY && p->parts[i].host == activity &&
            p->parts[i].event == ON_COMPENSATION)
            return p->parts[i].handler;
    return NONE;
}

static bool has_undos(const struct mirror *m, u64 scope)
{
    for (const struct undo *u = m->undos; u; u = u->next)
        if (u->scope == scope && !u->is_done)
            return true;
    return false;
}

void undo_note(struct mirror *m, const struct node *n)
{
    enum part_kind kind = m->plan->parts[n->part].kind;
    i32 handler = n->counter || n->is_inner ? NONE : handler_of(m->plan, n->part);
    bool is_scope = n->is_body || kind == PART_SUB || kind == PART_AD_HOC;
    struct undo **end = &m->undos;

    if (handler == NONE && !(is_scope && has_undos(m, n->number)))
        return;
    while (*end)
        end = &(*end)->next;
    *end = NEW(m->arena, struct undo);
    **end = (struct undo){.activity = n->part,
                          .inner = n->number,
                          .handler = handler,
                          .scope = n->scope->number};
}

static void boundary_passes(struct mirror *m, i32 activity)
{
    for (i32 i = 0; i < m->plan->part_count; i++)
        if (m->plan->parts[i].host == activity &&
            m->plan->parts[i].event == ON_COMPENSATION)
            buf_print(&m->trace, "+%s -%s ", m->plan->parts[i].id.text,
                      m->plan->parts[i].id.text);
    m->numbers++;
}

static bool undo_scope(struct mirror *m, struct node *thrower, u64 scope, i32 only)
{
    bool has_begun = false;

    for (struct undo *u = m->undos; u; u = u->next) {
        if (u->scope != scope || u->thrower || u->is_done ||
            (only != NONE && only != u->activity))
            continue;
        u->thrower = thrower;
        if (u->handler != NONE) {
            boundary_passes(m, u->activity);
            u->handler_node = node_begin(m, u->handler, thrower->scope);
            has_begun = true;
        }
        has_begun = undo_scope(m, thrower, u->inner, NONE) || has_begun;
        u->is_done = u->handler == NONE;
    }
    return has_begun;
}

bool undo_throw(struct mirror *m, struct node *thrower)
{
    const struct node *scope = thrower->scope;
    i32 only = m->plan->parts[thrower->part].undoes;
    bool has_begun = undo_scope(m, thrower, scope->number, only);

    if (m->plan->parts[scope->part].kind == PART_EVENT_SUB)
        has_begun = undo_scope(m, thrower, scope->scope->number, only) || has_begun;
    return has_begun;
}

void undo_handled(struct mirror *m, struct node *handler)
{
    struct node *thrower = NULL;

    for (struct undo *u = m->undos; u; u = u->next)
        if (u->handler_node == handler) {
            u->is_done = true;
            thrower = u->thrower;
        }
    for (const struct undo *u = m->undos; u; u = u->next)
        if (!thrower || (u->thrower == thrower && !u->is_done))
            return;
    if (thrower)
        to_do(m, DO_RUN, thrower);
}
