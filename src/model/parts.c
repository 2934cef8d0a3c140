/* XML to parts: which elements there are, of which kind, and who is inside whom. */
#include "base/hash.h"
#include "model/build.h"

#define WORK (KIND_ACTIVITY | KIND_INPUTS | KIND_OUTPUTS)

/* All that BPMN knows inside a process, by name. Long, since it is a list. */
static const struct kind kinds[] = {
    {"startEvent", ELEMENT_START_EVENT, KIND_EVENT | KIND_OUTPUTS, NULL, FEATURE_NONE},
    {"endEvent", ELEMENT_END_EVENT, KIND_EVENT | KIND_OUTPUTS, NULL, FEATURE_NONE},
    {"intermediateCatchEvent", ELEMENT_INTERMEDIATE_CATCH_EVENT,
     KIND_EVENT | KIND_INPUTS | KIND_OUTPUTS, NULL, FEATURE_NONE},
    {"intermediateThrowEvent", ELEMENT_INTERMEDIATE_THROW_EVENT,
     KIND_EVENT | KIND_OUTPUTS, NULL, FEATURE_NONE},
    {"boundaryEvent", ELEMENT_BOUNDARY_EVENT, KIND_EVENT | KIND_OUTPUTS, NULL,
     FEATURE_NONE},
    {"serviceTask", ELEMENT_SERVICE_TASK, WORK, NULL, FEATURE_NONE},
    {"sendTask", ELEMENT_SEND_TASK, WORK, NULL, FEATURE_NONE},
    {"receiveTask", ELEMENT_RECEIVE_TASK, WORK, NULL, FEATURE_NONE},
    {"userTask", ELEMENT_USER_TASK, WORK, NULL, FEATURE_NONE},
    {"scriptTask", ELEMENT_SCRIPT_TASK, WORK, NULL, FEATURE_NONE},
    {"businessRuleTask", ELEMENT_BUSINESS_RULE_TASK, WORK, NULL, FEATURE_NONE},
    {"manualTask", ELEMENT_MANUAL_TASK, KIND_ACTIVITY, NULL, FEATURE_NONE},
    {"task", ELEMENT_TASK, KIND_ACTIVITY, NULL, FEATURE_NONE},
    {"callActivity", ELEMENT_CALL_ACTIVITY, WORK, NULL, FEATURE_CALL_ACTIVITY},
    {"subProcess", ELEMENT_SUB_PROCESS, WORK | KIND_SCOPE, NULL, FEATURE_NONE},
    {"transaction", ELEMENT_SUB_PROCESS, WORK | KIND_SCOPE, NULL, FEATURE_TRANSACTION},
    {"adHocSubProcess", ELEMENT_AD_HOC_SUB_PROCESS, WORK | KIND_SCOPE, NULL,
     FEATURE_AD_HOC_SUB_PROCESS},
    {"exclusiveGateway", ELEMENT_EXCLUSIVE_GATEWAY, 0, NULL, FEATURE_NONE},
    {"parallelGateway", ELEMENT_PARALLEL_GATEWAY, 0, NULL, FEATURE_NONE},
    {"inclusiveGateway", ELEMENT_INCLUSIVE_GATEWAY, 0, NULL, FEATURE_INCLUSIVE_GATEWAY},
    {"eventBasedGateway", ELEMENT_EVENT_BASED_GATEWAY, 0, NULL, FEATURE_NONE},
    {"sequenceFlow", ELEMENT_SEQUENCE_FLOW, 0, NULL, FEATURE_NONE},

    {"complexGateway", ELEMENT_UNSPECIFIED, KIND_UNKNOWN,
     "a complex gateway is not supported", FEATURE_NONE},
    {"implicitThrowEvent", ELEMENT_UNSPECIFIED, KIND_EVENT,
     "an implicit throw event is not supported", FEATURE_NONE},
    {"subChoreography", ELEMENT_UNSPECIFIED, 0, "a choreography is not supported",
     FEATURE_NONE},
    {"choreographyTask", ELEMENT_UNSPECIFIED, 0, "a choreography is not supported",
     FEATURE_NONE},
    {"callChoreography", ELEMENT_UNSPECIFIED, 0, "a choreography is not supported",
     FEATURE_NONE},
};

static const struct kind process_kind = {"process", ELEMENT_PROCESS, KIND_SCOPE, NULL,
                                         FEATURE_NONE};
static const struct kind event_sub_process_kind = {
    "subProcess", ELEMENT_EVENT_SUB_PROCESS, KIND_SCOPE | KIND_INPUTS | KIND_OUTPUTS,
    NULL, FEATURE_EVENT_SUB_PROCESS};

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

static bool is_event_sub_process(const struct xml_node *n)
{
    return is_bpmn(n, "subProcess") &&
           bool_read(xml_get(n, "", "triggeredByEvent"), false);
}

static const struct kind *kind_find(const struct xml_node *n)
{
    if (is_event_sub_process(n))
        return &event_sub_process_kind;
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

static void part_need(struct build *b, struct part *p, enum feature f)
{
    if (!feature_need(b, p->xml, f))
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
    part_need(b, p, p->kind->feature);
    if (xml_child(n, BPMN, "multiInstanceLoopCharacteristics"))
        part_need(b, p, FEATURE_MULTI_INSTANCE);
    if (xml_child(n, BPMN, "standardLoopCharacteristics"))
        part_refuse(b, p, "a standard loop is not supported");
    if (p->e->is_for_compensation)
        part_need(b, p, FEATURE_COMPENSATION);
    p->e->is_transaction = is_bpmn(n, "transaction");
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
    p->e->is_for_compensation = kind->traits & KIND_ACTIVITY &&
                                bool_read(xml_get(n, "", "isForCompensation"), false);
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

static void association_add(struct build *b, const struct xml_node *n)
{
    struct association *a = NEW(b->scratch, struct association);

    a->xml = n;
    *b->associations_end = a;
    b->associations_end = &a->next;
}

static void associations_read(struct build *b, const struct xml_node *in)
{
    for (const struct xml_node *n = in->first; n; n = n->next)
        if (is_bpmn(n, "association"))
            association_add(b, n);
}

/* As deep as the XML is, which has a limit. */
static void scope_read(struct build *b, struct part *scope)
{
    associations_read(b, scope->xml);
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

static bool is_referred_to(const struct xml_node *n)
{
    return is_bpmn(n, "message") || is_bpmn(n, "signal") || is_bpmn(n, "error") ||
           is_bpmn(n, "escalation");
}

bool parts_read(struct build *b, const struct xml_node *definitions)
{
    for (const struct xml_node *n = definitions->first; n; n = n->next) {
        if (is_referred_to(n))
            id_put(b, n, NULL);
        if (is_bpmn(n, "collaboration"))
            associations_read(b, n);
        if (!is_bpmn(n, "process") || !bool_read(xml_get(n, "", "isExecutable"), false))
            continue;
        scope_read(b, part_add(b, n, &process_kind, NULL));
        b->process_count++;
    }
    if (b->process_count == 0)
        finding(b, definitions, "Must contain at least one executable process");
    return b->process_count > 0;
}
