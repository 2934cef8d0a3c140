/* ways.c - flows, the tokens on them, and which a gateway takes or waits for. */
#include "sim/mirror/inside.h"

/* The next flow of a part after this one; begin with NONE. */
i32 flow_from(const struct plan *p, i32 part, i32 after)
{
    for (i32 i = after + 1; i < p->flow_count; i++)
        if (p->flows[i].from == part)
            return i;
    return NONE;
}

i32 flow_to(const struct plan *p, i32 part, i32 after)
{
    for (i32 i = after + 1; i < p->flow_count; i++)
        if (p->flows[i].to == part)
            return i;
    return NONE;
}

bool token_is_on(const struct node *scope, i32 flow)
{
    for (const struct token *t = scope->tokens; t; t = t->next)
        if (t->flow == flow)
            return true;
    return false;
}

bool token_take(struct node *scope, i32 flow)
{
    for (struct token **t = &scope->tokens; *t; t = &(*t)->next)
        if ((*t)->flow == flow) {
            *t = (*t)->next;
            return true;
        }
    return false;
}

/* Is there a way from this part to one of the gateway's flows that has no token yet? */
static bool leads_to(const struct plan *p, const struct node *scope, i32 from,
                     i32 gateway, bool *seen)
{
    if (seen[from])
        return false;
    seen[from] = true;
    for (i32 f = NONE; (f = flow_from(p, from, f)) != NONE;) {
        if (p->flows[f].to == gateway && !token_is_on(scope, f))
            return true;
        if (p->flows[f].to != gateway &&
            leads_to(p, scope, p->flows[f].to, gateway, seen))
            return true;
    }
    for (i32 i = 0; i < p->part_count; i++) {
        const struct part *a = &p->parts[from], *b = &p->parts[i];
        bool is_boundary = b->kind == PART_BOUNDARY && b->host == from;
        bool is_link = a->event == ON_LINK && a->kind == PART_THROW &&
                       b->event == ON_LINK && b->kind == PART_CATCH &&
                       name_is(&a->name, &b->name);
        if ((is_boundary || is_link) && leads_to(p, scope, i, gateway, seen))
            return true;
    }
    return false;
}

static bool is_awaited(const struct mirror *m, const struct node *scope, i32 gateway)
{
    bool seen[PARTS_MAX] = {false};
    const struct plan *p = m->plan;

    for (const struct node *n = scope->children; n; n = n->next)
        if (n->part != gateway && leads_to(p, scope, n->part, gateway, seen))
            return true;
    for (const struct token *t = scope->tokens; t; t = t->next)
        if (p->flows[t->flow].to != gateway &&
            leads_to(p, scope, p->flows[t->flow].to, gateway, seen))
            return true;
    return false;
}

bool join_may_go(const struct mirror *m, const struct node *scope, i32 gateway)
{
    bool has_all = true, has_some = false;

    for (i32 f = NONE; (f = flow_to(m->plan, gateway, f)) != NONE;) {
        has_all = has_all && token_is_on(scope, f);
        has_some = has_some || token_is_on(scope, f);
    }
    if (has_all)
        return true;
    return m->plan->parts[gateway].kind == PART_INCLUSIVE && has_some &&
           !is_awaited(m, scope, gateway);
}

/* Which flows an exclusive or inclusive gateway takes. */
bool flows_choose(struct mirror *m, struct node *n, bool *chosen)
{
    const struct plan *p = m->plan;
    const struct part *x = part_of(m, n);
    bool has_some = false;
    i32 f = flow_from(p, n->part, NONE);

    if (f != NONE && flow_from(p, n->part, f) == NONE && !p->flows[f].condition.kind) {
        chosen[f] = true;
        return true;
    }
    if (f == NONE)
        return true;
    for (; f != NONE; f = flow_from(p, n->part, f)) {
        if (f == x->default_flow || (has_some && x->kind == PART_EXCLUSIVE))
            continue;
        struct str value = term_value(m, n, NULL, &p->flows[f].condition);
        if (str_is(value, "null"))
            return node_fails(n, TROUBLE_VALUE);
        chosen[f] = str_is(value, "true");
        has_some = has_some || chosen[f];
    }
    if (!has_some && x->default_flow != NONE)
        has_some = chosen[x->default_flow] = true;
    return has_some ? true : node_fails(n, TROUBLE_CONDITION);
}
