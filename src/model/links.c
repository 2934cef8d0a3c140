/* Who leads where: sequence flows, boundary events, and the arrays of the elements. */
#include "base/hash.h"
#include "model/build.h"

/* ---- what a part refers to ------------------------------------------------------- */

static struct part *end_find(struct build *b, struct part *flow, const char *name)
{
    struct str reference = xml_get(flow->xml, "", name);
    struct id *id = id_find(b, reference);

    if (id && id->part && id->part->e->type != ELEMENT_SEQUENCE_FLOW &&
        id->part->e->type != ELEMENT_PROCESS)
        return id->part;
    if (reference.len == 0)
        finding_here(b, flow->xml, "a sequence flow must have a %s", name);
    else
        finding_here(b, flow->xml, "the %s '%.*s' is no element of the process", name,
                     ARG(reference));
    flow->is_dropped = true;
    return NULL;
}

static void flow_link(struct build *b, struct part *p)
{
    p->source = end_find(b, p, "sourceRef");
    p->target = end_find(b, p, "targetRef");
    if (!p->source || !p->target)
        return;
    if (p->source->scope != p->scope || p->target->scope != p->scope) {
        finding_here(
            b, p->xml,
            "a sequence flow must not leave or enter a process or sub-process");
        p->is_dropped = true;
    }
    if (!b->is_strict && (p->source->is_refused || p->target->is_refused ||
                          p->source->is_dropped || p->target->is_dropped))
        p->is_dropped = true;
    if (p->is_dropped)
        return;
    p->e->source = p->source->e;
    p->e->target = p->target->e;
    p->source->outgoing.count++;
    p->target->incoming.count++;
}

static void boundary_link(struct build *b, struct part *p)
{
    struct id *id = id_find(b, xml_get(p->xml, "", "attachedToRef"));

    if (!id || !id->part || !(id->part->kind->traits & KIND_ACTIVITY)) {
        finding(b, p->xml, "Must be attached to an activity");
        p->is_dropped = true;
        return;
    }
    p->attached_to = id->part;
    if (id->part->scope != p->scope) {
        finding_here(b, p->xml, "its activity is in another process or sub-process");
        p->is_dropped = true;
    }
    if (!b->is_strict && (id->part->is_refused || id->part->is_dropped))
        p->is_dropped = true;
    if (p->is_dropped)
        return;
    p->e->attached_to = id->part->e;
    p->attached_to->boundaries.count++;
}

static void default_link(struct build *b, struct part *p)
{
    struct str reference = xml_get(p->xml, "", "default");
    struct id *id = id_find(b, reference);

    if (reference.len == 0 || (p->e->type != ELEMENT_EXCLUSIVE_GATEWAY &&
                               p->e->type != ELEMENT_INCLUSIVE_GATEWAY))
        return;
    if (!id || !id->part || id->part->e->type != ELEMENT_SEQUENCE_FLOW)
        finding_here(b, p->xml, "the default flow '%.*s' does not exist",
                     ARG(reference));
    else if (id->part->source && id->part->source != p)
        finding(b, p->xml, "Default flow must start at gateway");
    else if (!id->part->is_dropped)
        p->e->default_flow = id->part->e;
}

/* ---- arrays: counted, made, filled ----------------------------------------------- */

static bool is_child(const struct part *p)
{
    return p->scope && p->e->type != ELEMENT_SEQUENCE_FLOW &&
           p->e->type != ELEMENT_BOUNDARY_EVENT &&
           p->e->type != ELEMENT_EVENT_SUB_PROCESS;
}

bool is_left_out(const struct build *b, const struct part *p)
{
    return p->is_dropped || (p->is_refused && !b->is_strict);
}

static void links_make(struct build *b, struct links *l)
{
    l->list = l->count ? NEW_ARRAY(b->keep, const struct element *, l->count) : NULL;
    l->count = 0;
}

static void links_add(struct links *l, const struct element *e)
{
    l->list[l->count++] = e;
}

static void arrays_make(struct build *b, struct part *p)
{
    links_make(b, &p->incoming);
    links_make(b, &p->outgoing);
    links_make(b, &p->boundaries);
    links_make(b, &p->children);
    links_make(b, &p->starts);
    links_make(b, &p->event_subs);
}

static void arrays_fill(struct part *p)
{
    if (p->e->type == ELEMENT_SEQUENCE_FLOW) {
        links_add(&p->source->outgoing, p->e);
        links_add(&p->target->incoming, p->e);
    } else if (p->e->type == ELEMENT_BOUNDARY_EVENT) {
        links_add(&p->attached_to->boundaries, p->e);
    } else if (p->e->type == ELEMENT_EVENT_SUB_PROCESS) {
        links_add(&p->scope->event_subs, p->e);
    } else if (is_child(p)) {
        links_add(&p->scope->children, p->e);
    }
    if (p->e->type == ELEMENT_START_EVENT)
        links_add(&p->scope->starts, p->e);
}

static void arrays_set(struct part *p)
{
    p->e->incoming = p->incoming.list;
    p->e->incoming_count = p->incoming.count;
    p->e->outgoing = p->outgoing.list;
    p->e->outgoing_count = p->outgoing.count;
    p->e->boundaries = p->boundaries.list;
    p->e->boundary_count = p->boundaries.count;
    if (p->e->type == ELEMENT_INCLUSIVE_GATEWAY && p->incoming.count > 1)
        p->scope->e->has_inclusive_join = true;
    p->e->children = p->children.list;
    p->e->child_count = p->children.count;
    p->e->event_sub_processes = p->event_subs.list;
    p->e->event_sub_process_count = p->event_subs.count;
    if (p->e->type == ELEMENT_EVENT_SUB_PROCESS && p->starts.count > 0)
        p->e->start = p->starts.list[0];
    for (u32 i = p->starts.count; i-- > 0;)
        if (p->starts.list[i]->event == EVENT_TYPE_NONE)
            p->e->none_start = p->starts.list[i];
}

static void part_count(struct part *p)
{
    if (is_child(p))
        p->scope->children.count++;
    if (p->e->type == ELEMENT_EVENT_SUB_PROCESS)
        p->scope->event_subs.count++;
    if (p->scope && p->kind->traits & KIND_ACTIVITY)
        p->scope->activity_count++;
}

/* What is only loaded may be anything: an event sub-process that nothing starts is left
 * out, and with each that is left out what is inside. */
static void scopes_leave_out(struct build *b)
{
    for (struct part *p = b->first; p; p = p->next)
        if (p->e->type == ELEMENT_START_EVENT && !is_left_out(b, p))
            p->scope->starts.count++;
    for (struct part *p = b->first; p && !b->is_strict; p = p->next)
        if ((p->e->type == ELEMENT_EVENT_SUB_PROCESS && p->starts.count == 0) ||
            (p->scope && p->scope->is_dropped))
            p->is_dropped = true;
}

void parts_link(struct build *b)
{
    scopes_leave_out(b);
    for (struct part *p = b->first; p; p = p->next)
        if (p->e->type == ELEMENT_BOUNDARY_EVENT)
            boundary_link(b, p);
    for (struct part *p = b->first; p; p = p->next)
        if (p->e->type == ELEMENT_SEQUENCE_FLOW)
            flow_link(b, p);
        else if (!is_left_out(b, p))
            part_count(p);
    for (struct part *p = b->first; p; p = p->next)
        arrays_make(b, p);
    for (struct part *p = b->first; p; p = p->next)
        if (!is_left_out(b, p))
            arrays_fill(p);
    for (struct part *p = b->first; p; p = p->next) {
        arrays_set(p);
        default_link(b, p);
    }
    compensation_link(b);
}

/* ---- the model's own tables ------------------------------------------------------ */

static void entry_put(struct model *m, const struct element *e,
                      const struct process *process)
{
    u32 mask = m->by_id_size - 1;
    u32 i = (u32)hash_bytes(e->id, m->seed) & mask;

    while (m->by_id[i].e && !str_equal(m->by_id[i].e->id, e->id))
        i = (i + 1) & mask;
    if (!m->by_id[i].e)
        m->by_id[i] = (struct model_entry){e, process};
}

static struct process *process_add(struct build *b, struct part *p)
{
    struct process *process = &b->model->processes[b->model->process_count++];
    const struct xml_node *tag = extension(p->xml, "versionTag");

    process->id = p->e->id;
    process->name = p->e->name;
    process->root = p->e;
    process->starts = p->starts.list;
    process->start_count = p->starts.count;
    process->is_executable = true;
    if (tag)
        process->version_tag = arena_copy(b->keep, xml_get(tag, "", "value"));
    return process;
}

void model_finish(struct build *b)
{
    struct model *m = b->model;
    struct process *process = NULL;

    m->tag_max = b->last ? b->last->e->tag : 0;
    m->by_tag = NEW_ARRAY(b->keep, const struct element *, (size_t)m->tag_max + 1);
    m->processes = NEW_ARRAY(b->keep, struct process, b->process_count);
    for (m->by_id_size = 16; m->by_id_size < 2 * b->part_count;)
        m->by_id_size *= 2;
    m->by_id = NEW_ARRAY(b->keep, struct model_entry, m->by_id_size);
    m->seed = b->seed;
    for (struct part *p = b->first; p; p = p->next) {
        if (is_left_out(b, p) && p->scope)
            continue;
        if (!p->scope)
            process = process_add(b, p);
        m->by_tag[p->e->tag] = p->e;
        entry_put(m, p->e, process);
    }
}
