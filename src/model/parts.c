/* XML to parts: which elements there are, of which kind, and who is inside whom. */
#include "base/hash.h"
#include "model/build.h"

/* All that BPMN knows inside a process, by name. Long, since it is a list. */
static const struct kind kinds[] = {
    {"startEvent", ELEMENT_START_EVENT, KIND_EVENT | KIND_OUTPUTS, NULL},
    {"endEvent", ELEMENT_END_EVENT, KIND_EVENT | KIND_OUTPUTS, NULL},
    {"intermediateCatchEvent", ELEMENT_INTERMEDIATE_CATCH_EVENT,
     KIND_EVENT | KIND_INPUTS | KIND_OUTPUTS, NULL},
    {"intermediateThrowEvent", ELEMENT_INTERMEDIATE_THROW_EVENT,
     KIND_EVENT | KIND_OUTPUTS, NULL},
    {"boundaryEvent", ELEMENT_BOUNDARY_EVENT, KIND_EVENT | KIND_OUTPUTS, NULL},
    {"serviceTask", ELEMENT_SERVICE_TASK, KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS,
     NULL},
    {"sendTask", ELEMENT_SEND_TASK, KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS, NULL},
    {"receiveTask", ELEMENT_RECEIVE_TASK, KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS,
     NULL},
    {"userTask", ELEMENT_USER_TASK, KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS, NULL},
    {"scriptTask", ELEMENT_SCRIPT_TASK, KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS,
     NULL},
    {"businessRuleTask", ELEMENT_BUSINESS_RULE_TASK,
     KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS, NULL},
    {"manualTask", ELEMENT_MANUAL_TASK, KIND_ACTIVITY, NULL},
    {"task", ELEMENT_TASK, KIND_ACTIVITY, NULL},
    {"subProcess", ELEMENT_SUB_PROCESS,
     KIND_ACTIVITY | KIND_SCOPE | KIND_INPUTS | KIND_OUTPUTS, NULL},
    {"exclusiveGateway", ELEMENT_EXCLUSIVE_GATEWAY, 0, NULL},
    {"parallelGateway", ELEMENT_PARALLEL_GATEWAY, 0, NULL},
    {"eventBasedGateway", ELEMENT_EVENT_BASED_GATEWAY, 0, NULL},
    {"sequenceFlow", ELEMENT_SEQUENCE_FLOW, 0, NULL},

    {"transaction", ELEMENT_UNSPECIFIED, KIND_ACTIVITY | KIND_SCOPE | KIND_UNKNOWN,
     "a transaction sub-process is not supported"},
    {"adHocSubProcess", ELEMENT_UNSPECIFIED, KIND_ACTIVITY | KIND_SCOPE,
     "an ad-hoc sub-process is not supported"},
    {"callActivity", ELEMENT_UNSPECIFIED, KIND_ACTIVITY,
     "a call activity is not supported"},
    {"inclusiveGateway", ELEMENT_UNSPECIFIED, 0,
     "an inclusive gateway is not supported"},
    {"complexGateway", ELEMENT_UNSPECIFIED, KIND_UNKNOWN,
     "a complex gateway is not supported"},
    {"implicitThrowEvent", ELEMENT_UNSPECIFIED, KIND_EVENT,
     "an implicit throw event is not supported"},
    {"subChoreography", ELEMENT_UNSPECIFIED, 0, "a choreography is not supported"},
    {"choreographyTask", ELEMENT_UNSPECIFIED, 0, "a choreography is not supported"},
    {"callChoreography", ELEMENT_UNSPECIFIED, 0, "a choreography is not supported"},
};

static const struct kind process_kind = {"process", ELEMENT_PROCESS, KIND_SCOPE, NULL};

/* Inside a process, but without a part in how it runs. */
static const char *const silent[] = {"documentation",
                                     "extensionElements",
                                     "auditing",
                                     "monitoring",
                                     "incoming",
                                     "outgoing",
                                     "ioSpecification",
                                     "ioBinding",
                                     "property",
                                     "laneSet",
                                     "dataObject",
                                     "dataObjectReference",
                                     "dataStoreReference",
                                     "textAnnotation",
                                     "group",
                                     "association",
                                     "artifact",
                                     "supportedInterfaceRef",
                                     "supports",
                                     "resourceRole",
                                     "performer",
                                     "humanPerformer",
                                     "potentialOwner",
                                     "correlationSubscription",
                                     "dataInputAssociation",
                                     "dataOutputAssociation",
                                     "completionCondition",
                                     "multiInstanceLoopCharacteristics",
                                     "standardLoopCharacteristics"};

bool is_bpmn(const struct xml_node *n, const char *name)
{
    return xml_is(n, BPMN, name);
}

bool is_zeebe(const struct xml_node *n, const char *name)
{
    return xml_is(n, ZEEBE, name);
}

bool bool_read(struct str value, bool otherwise)
{
    struct str s = str_trim(value);

    return s.len == 0 ? otherwise : str_is(s, "true") || str_is(s, "1");
}

const struct xml_node *extension(const struct xml_node *n, const char *name)
{
    const struct xml_node *all = xml_child(n, BPMN, "extensionElements");

    return all ? xml_child(all, ZEEBE, name) : NULL;
}

u32 extensions_count(const struct xml_node *n, const char *name)
{
    u32 count = 0;

    for (const struct xml_node *c = extension(n, name); c; c = c->next)
        count += is_zeebe(c, name);
    return count;
}

/* ---- ids ------------------------------------------------------------------------- */

static struct id *id_slot(struct build *b, struct str id)
{
    u32 mask = b->id_size - 1;
    u32 i = (u32)hash_bytes(id, b->seed) & mask;

    while (b->ids[i].id.data && !str_equal(b->ids[i].id, id))
        i = (i + 1) & mask;
    return &b->ids[i];
}

static void ids_grow(struct build *b)
{
    struct id *old = b->ids;
    u32 old_size = b->id_size;

    b->id_size = old_size ? old_size * 2 : 64;
    b->ids = NEW_ARRAY(b->scratch, struct id, b->id_size);
    for (u32 i = 0; i < old_size; i++)
        if (old[i].id.data)
            *id_slot(b, old[i].id) = old[i];
}

static void id_put(struct build *b, const struct xml_node *n, struct part *p)
{
    struct str id = xml_get(n, "", "id");

    if (id.len == 0)
        return;
    if (2 * b->id_count >= b->id_size)
        ids_grow(b);
    struct id *slot = id_slot(b, id);
    if (slot->id.data) {
        finding_here(b, n, "its id is already used in line %u", slot->xml->line);
        return;
    }
    *slot = (struct id){.id = id, .xml = n, .part = p};
    b->id_count++;
}

/* References are QNames in BPMN: a prefix that belongs to no id may stand before. */
struct id *id_find(struct build *b, struct str reference)
{
    reference = str_trim(reference);
    if (b->id_size == 0 || reference.len == 0)
        return NULL;
    struct id *slot = id_slot(b, reference);
    const char *colon = memchr(reference.data, ':', reference.len);
    if (!slot->id.data && colon) {
        size_t prefix = (size_t)(colon + 1 - reference.data);
        slot =
            id_slot(b, (struct str){reference.data + prefix, reference.len - prefix});
    }
    return slot->id.data ? slot : NULL;
}

/* ---- parts ----------------------------------------------------------------------- */

static const struct kind *kind_find(const struct xml_node *n)
{
    for (size_t i = 0; i < LEN(kinds); i++)
        if (is_bpmn(n, kinds[i].name))
            return &kinds[i];
    return NULL;
}

static bool is_silent(const struct xml_node *n)
{
    for (size_t i = 0; i < LEN(silent); i++)
        if (str_is(n->name, silent[i]))
            return true;
    return false;
}

void part_refuse(struct build *b, struct part *p, const char *why)
{
    finding_here(b, p->xml, "%s", why);
    p->is_refused = true;
}

/* What makes the engine run an element in another way than it can. */
static void part_judge(struct build *b, struct part *p)
{
    const struct xml_node *n = p->xml;

    if (p->kind->traits & KIND_UNKNOWN)
        finding(b, n, "Elements of type '%s' are currently not supported.",
                p->kind->name);
    if (p->kind->refusal)
        part_refuse(b, p, p->kind->refusal);
    if (is_bpmn(n, "subProcess") &&
        bool_read(xml_get(n, "", "triggeredByEvent"), false))
        part_refuse(b, p, "an event sub-process is not supported");
    if (xml_child(n, BPMN, "multiInstanceLoopCharacteristics"))
        part_refuse(b, p, "a multi-instance activity is not supported");
    if (xml_child(n, BPMN, "standardLoopCharacteristics"))
        part_refuse(b, p, "a standard loop is not supported");
    if (bool_read(xml_get(n, "", "isForCompensation"), false))
        part_refuse(b, p, "compensation is not supported");
    if (is_bpmn(n, "eventBasedGateway") &&
        bool_read(xml_get(n, "", "instantiate"), false))
        part_refuse(b, p,
                    "an event-based gateway that starts a process is not "
                    "supported");
    if (p->scope && p->scope->is_refused && !b->is_strict)
        p->is_refused = true;
}

static struct part *part_add(struct build *b, const struct xml_node *n,
                             const struct kind *kind, struct part *scope)
{
    struct part *p = NEW(b->scratch, struct part);

    *p = (struct part){.xml = n, .kind = kind, .scope = scope};
    p->e = NEW(b->keep, struct element);
    p->e->tag = n->tag;
    p->e->line = n->line;
    p->e->type = kind->type;
    p->e->id = arena_copy(b->keep, xml_get(n, "", "id"));
    p->e->name = arena_copy(b->keep, xml_get(n, "", "name"));
    p->e->scope = scope ? scope->e : NULL;
    if (b->last)
        b->last->next = p;
    else
        b->first = p;
    b->last = p;
    b->part_count++;
    if (p->e->id.len == 0) {
        finding_here(b, n, "a %s must have an id", kind->name);
        p->is_dropped = true;
    }
    id_put(b, n, p);
    part_judge(b, p);
    if (kind->traits & KIND_EVENT)
        event_classify(b, p);
    return p;
}

/* As deep as the XML is, which has a limit. */
static void scope_read(struct build *b, struct part *scope)
{
    for (const struct xml_node *n = scope->xml->first; n; n = n->next) {
        if (!str_is(n->uri, BPMN))
            continue;
        const struct kind *kind = kind_find(n);
        if (kind) {
            struct part *p = part_add(b, n, kind, scope);
            if (kind->traits & KIND_SCOPE)
                scope_read(b, p);
        } else if (!is_silent(n)) {
            finding_here(b, n, "%.*s is not supported", ARG(n->name));
        }
    }
}

bool parts_read(struct build *b, const struct xml_node *definitions)
{
    for (const struct xml_node *n = definitions->first; n; n = n->next) {
        if (is_bpmn(n, "message") || is_bpmn(n, "error"))
            id_put(b, n, NULL);
        if (!is_bpmn(n, "process") || !bool_read(xml_get(n, "", "isExecutable"), false))
            continue;
        scope_read(b, part_add(b, n, &process_kind, NULL));
        b->process_count++;
    }
    if (b->process_count == 0)
        finding(b, definitions, "Must contain at least one executable process");
    return b->process_count > 0;
}
