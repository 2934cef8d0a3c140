/* loose.c - ad-hoc sub-processes (behaviours 8.12): what can begin in them, each in a
 * scope of its own, and when they end. */
#include "sim/mirror/inside.h"

bool part_can_begin(const struct plan *p, i32 part, i32 ad_hoc)
{
    const struct part *x = &p->parts[part];

    return x->scope == ad_hoc && !x->is_handler && x->kind != PART_BOUNDARY &&
           x->kind != PART_EVENT_SUB && flow_to(p, part, NONE) == NONE;
}

void loose_offer(struct mirror *m, struct node *n)
{
    const struct name name = {"adHocSubProcessElements"};
    bool is_first = true;
    struct buf b;

    buf_init(&b, m->arena, 256);
    buf_byte(&b, '[');
    for (i32 i = 0; i < m->plan->part_count; i++)
        if (part_can_begin(m->plan, i, n->part)) {
            buf_print(&b,
                      "%s{\"elementId\":\"%s\",\"elementName\":null,"
                      "\"documentation\":null,\"properties\":{},\"parameters\":[]}",
                      is_first ? "" : ",", m->plan->parts[i].id.text);
            is_first = false;
        }
    buf_byte(&b, ']');
    variable_set(m, n, &name, buf_str(&b));
    if (part_of(m, n)->collects.text[0])
        variable_set(m, n, &part_of(m, n)->collects, STR("[]"));
}

void loose_begin(struct mirror *m, struct node *n, i32 part, const struct document *d)
{
    const struct part *x = part_of(m, n);
    struct node *inner = node_inner(m, n);

    if (x->collects.text[0] && x->result_of.kind == TERM_NAME)
        variable_set(m, inner, &x->result_of.name, STR("null"));
    document_set(m, inner, d);
    to_do(m, DO_BEGIN, inner)->part = part;
}

bool loose_may_end(const struct mirror *m, const struct node *n)
{
    const struct part *x = part_of(m, n);

    return x->kind != PART_AD_HOC || n->is_inner || n->is_body || n->is_fulfilled ||
           n->interrupted_by != NONE || x->enough.kind == TERM_NONE;
}

/* The list with one more; false: it is none any more. */
static bool collect(struct mirror *m, struct node *inner, struct document *out)
{
    const struct part *x = part_of(m, inner);
    const struct variable *list = variable_here(inner->scope, &x->collects);
    struct str result = term_value(m, inner, NULL, &x->result_of);

    if (!list || list->value.data[0] != '[')
        return false;
    document_put(out, &x->collects,
                 arena_print(m->arena, "%.*s%s%.*s]", (int)list->value.len - 1,
                             list->value.data, list->value.len > 2 ? "," : "",
                             ARG(result)));
    return true;
}

void loose_results(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    const struct variable *list =
        x->collects.text[0] ? variable_here(n, &x->collects) : NULL;
    struct document d = {.count = 0};

    if (!list || n->counter)
        return;
    document_put(&d, &x->collects, list->value);
    document_merge(m, n->scope, &d);
}

/* What has begun in it ends, or an event sub-process of it. The list has its result
 * when the condition is asked; if that fails, it has not. */
bool loose_ended(struct mirror *m, struct node *inner)
{
    struct node *n = inner->scope;
    const struct part *x = part_of(m, n);
    struct document with = {.count = 0};

    if (inner->is_inner && x->collects.text[0] && !collect(m, inner, &with))
        return node_fails(inner, TROUBLE_VALUE);

    bool decides = x->enough.kind && n->interrupted_by == NONE;
    struct str enough = decides ? term_value(m, n, &with, &x->enough) : STR("false");
    if (str_is(enough, "null"))
        return node_fails(inner, TROUBLE_VALUE);
    document_set(m, n, &with);
    if (!decides)
        return true;
    n->is_fulfilled = str_is(enough, "true");
    if (n->is_fulfilled && !x->keeps_others) {
        n->interrupted_by = n->part;
        to_do(m, DO_CHILDREN, n);
    }
    return true;
}

bool node_takes_more(const struct mirror *m, const struct node *n)
{
    return part_of(m, n)->kind == PART_AD_HOC && !n->is_inner && !n->is_body &&
           n->state == NODE_ACTIVATED && n->interrupted_by == NONE &&
           !n->is_fulfilled && scope_lets(n->scope, n->part);
}

void mirror_activate(struct mirror *m, struct node *n, i32 part, bool instead,
                     const struct document *d)
{
    if (instead && has_children(n))
        to_do(m, DO_CHILDREN, n);
    loose_begin(m, n, part, d);
    mirror_settle(m);
}
