/* What events refer to inside the process: links by name, compensation by association
 * and by reference. */
#include <stdlib.h>

#include "model/build.h"

/* ---- compensation ---------------------------------------------------------------- */

static struct part *part_find(struct build *b, struct str reference)
{
    struct id *id = id_find(b, reference);

    return id && id->part && !is_left_out(b, id->part) ? id->part : NULL;
}

static bool is_compensation_boundary(const struct part *p)
{
    return p->e->type == ELEMENT_BOUNDARY_EVENT &&
           p->e->event == EVENT_TYPE_COMPENSATION && p->attached_to;
}

static void handler_link(struct build *b, struct part *boundary, struct part *handler)
{
    struct element *activity = boundary->attached_to->e;

    if (handler->scope != boundary->scope || !handler->e->is_for_compensation) {
        finding_here(b, boundary->xml,
                     "its association must lead to an activity of the same scope with "
                     "isForCompensation=\"true\"");
        boundary->is_refused = true;
    } else if (activity->compensation_handler) {
        finding_here(b, boundary->xml,
                     "its activity already has a compensation handler: '%.*s'",
                     ARG(activity->compensation_handler->id));
        boundary->is_refused = true;
    } else {
        activity->compensation_boundary = boundary->e;
        activity->compensation_handler = handler->e;
    }
}

/* Most associations only lead to a text. */
void compensation_link(struct build *b)
{
    for (const struct association *a = b->associations; a; a = a->next) {
        struct part *source = part_find(b, xml_get(a->xml, "", "sourceRef"));
        struct part *target = part_find(b, xml_get(a->xml, "", "targetRef"));

        if (source && target && is_compensation_boundary(source) &&
            target->kind->traits & KIND_ACTIVITY)
            handler_link(b, source, target);
    }
}

/* From inside an event sub-process the scope around it can be compensated, too. */
static bool is_in_reach(const struct part *thrower, const struct part *activity)
{
    const struct part *scope = thrower->scope;

    return activity->scope == scope || (scope->e->type == ELEMENT_EVENT_SUB_PROCESS &&
                                        activity->scope == scope->scope);
}

static bool has_compensation(const struct part *activity)
{
    if (activity->e->type == ELEMENT_SUB_PROCESS ||
        activity->e->type == ELEMENT_AD_HOC_SUB_PROCESS)
        return true;
    return activity->e->compensation_handler;
}

static void activity_read(struct build *b, struct part *p, struct str reference)
{
    struct part *activity = part_find(b, reference);

    if (!activity || !(activity->kind->traits & KIND_ACTIVITY)) {
        finding(b, p->definition,
                "The referenced compensation activity '%.*s' doesn't exist",
                ARG(reference));
        return;
    }
    if (!has_compensation(activity))
        finding(b, p->definition,
                "The referenced compensation activity '%.*s' must have either a "
                "compensation boundary event or be a subprocess",
                ARG(reference));
    if (!is_in_reach(p, activity))
        finding(b, p->definition,
                "The referenced compensation activity '%.*s' must be in the same scope "
                "as the compensation throw event",
                ARG(reference));
    p->e->compensation_activity = activity->e;
}

void compensation_read(struct build *b, struct part *p)
{
    struct str reference = xml_get(p->definition, "", "activityRef");

    if (!is_throw(p)) {
        if (!p->e->is_interrupting)
            finding(b, p->xml, "Non-Interrupting event of this type is not allowed");
        return;
    }
    if (!bool_read(xml_get(p->definition, "", "waitForCompletion"), true))
        finding(b, p->definition,
                "A compensation %s waitForCompletion attribute must be true or not "
                "present",
                p->e->type == ELEMENT_END_EVENT ? "end event"
                                                : "intermediate throwing event");
    if (reference.len > 0)
        activity_read(b, p, reference);
}

/* ---- links ----------------------------------------------------------------------- */

void link_name_read(struct build *b, struct part *p)
{
    struct str name = xml_get(p->definition, "", "name");

    if (str_trim(name).len == 0)
        finding(b, p->definition, "Link name must be present and not empty.");
    p->e->link_name = arena_copy(b->keep, name);
}

/* Where a link leads to. Names are unique in a process, but lead within a scope. */
struct link {
    u32 process, scope; /* tags */
    struct str name;
    const struct part *root; /* of the process */
    const struct element *e;
};

struct link_table {
    struct link *list; /* in the scratch arena; ordered by link_compare */
    u32 count;
};

static int link_name_compare(const struct link *a, const struct link *b)
{
    if (a->process != b->process)
        return a->process < b->process ? -1 : 1;
    return str_compare(a->name, b->name);
}

static int link_compare(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    int order = link_name_compare(x, y);

    if (order)
        return order;
    return (x->scope > y->scope) - (x->scope < y->scope);
}

static struct link link_of(const struct part *root, const struct part *p)
{
    return (struct link){root->e->tag, p->scope->e->tag, p->e->link_name, root, p->e};
}

static bool is_link(const struct build *b, const struct part *p, enum element_type type)
{
    return p->e->type == type && p->e->event == EVENT_TYPE_LINK &&
           str_trim(p->e->link_name).len > 0 && !is_left_out(b, p);
}

static void catches_collect(struct build *b, struct link_table *t)
{
    const struct part *root = NULL;
    u32 count = 0;

    for (const struct part *p = b->first; p; p = p->next)
        count += is_link(b, p, ELEMENT_INTERMEDIATE_CATCH_EVENT);
    t->list = NEW_ARRAY(b->scratch, struct link, count);
    for (const struct part *p = b->first; p; p = p->next) {
        if (!p->scope)
            root = p;
        if (is_link(b, p, ELEMENT_INTERMEDIATE_CATCH_EVENT))
            t->list[t->count++] = link_of(root, p);
    }
    if (t->count > 1)
        qsort(t->list, t->count, sizeof(struct link), link_compare);
}

static void link_repeats_tell(struct build *b, const struct link_table *t)
{
    for (u32 i = 1; i < t->count; i++) {
        const struct link *l = &t->list[i];
        if (link_name_compare(l - 1, l) == 0 &&
            (i == 1 || link_name_compare(l - 2, l) != 0))
            finding(b, l->root->xml,
                    "Multiple intermediate catch link event definitions with the same "
                    "name '%.*s' are not allowed.",
                    ARG(l->name));
    }
}

static void throw_link(struct build *b, const struct link_table *t, struct part *p,
                       const struct part *root)
{
    struct link wanted = link_of(root, p);
    const struct link *found =
        t->count ? bsearch(&wanted, t->list, t->count, sizeof(wanted), link_compare)
                 : NULL;

    if (found)
        p->e->link_target = found->e;
    else
        finding(b, p->xml,
                "Can't find an catch link event for the throw link event with the name "
                "'%.*s'.",
                ARG(wanted.name));
}

void link_events_link(struct build *b)
{
    const struct part *root = NULL;
    struct link_table t = {0};

    catches_collect(b, &t);
    link_repeats_tell(b, &t);
    for (struct part *p = b->first; p; p = p->next) {
        if (!p->scope)
            root = p;
        if (is_link(b, p, ELEMENT_INTERMEDIATE_THROW_EVENT))
            throw_link(b, &t, p, root);
    }
}
