/* What an element says of itself: its extension elements and the like. */
#include "base/hash.h"
#include "model/build.h"

/* ---- extension elements that change how an element runs -------------------------- */

/* zeebe's own, and what it takes to execute them. What is not in this list is of a
 * later day and may mean anything. */
static const struct {
    const char *name;
    enum feature feature;
} extensions[] = {
    {"taskDefinition", FEATURE_NONE},
    {"taskHeaders", FEATURE_NONE},
    {"ioMapping", FEATURE_NONE},
    {"subscription", FEATURE_NONE},
    {"script", FEATURE_NONE},
    {"formDefinition", FEATURE_NONE},
    {"assignmentDefinition", FEATURE_NONE},
    {"taskSchedule", FEATURE_NONE},
    {"userTaskForm", FEATURE_NONE},
    {"versionTag", FEATURE_NONE},
    {"properties", FEATURE_NONE},
    {"calledElement", FEATURE_NONE},
    {"adHoc", FEATURE_NONE},
    {"conditionalFilter", FEATURE_NONE},
    {"userTask", FEATURE_NATIVE_USER_TASK},
    {"calledDecision", FEATURE_CALLED_DECISION},
    {"publishMessage", FEATURE_PUBLISH_MESSAGE},
    {"executionListeners", FEATURE_EXECUTION_LISTENERS},
    {"taskListeners", FEATURE_TASK_LISTENERS},
    {"linkedResources", FEATURE_LINKED_RESOURCES},
    {"priorityDefinition", FEATURE_PRIORITY},
    {"jobPriorityDefinition", FEATURE_JOB_PRIORITY},
};

static bool extension_judge(struct build *b, const struct xml_node *n)
{
    for (size_t i = 0; i < LEN(extensions); i++)
        if (str_is(n->name, extensions[i].name))
            return feature_need(b, n, extensions[i].feature);
    finding_here(b, n, "zeebe:%.*s is not supported", ARG(n->name));
    return true;
}

static bool binding_judge(struct build *b, const struct xml_node *n)
{
    struct str binding = xml_get(n, "", "bindingType");

    if (binding.len == 0 || str_is(binding, "latest"))
        return true;
    if (str_is(binding, "deployment") || str_is(binding, "versionTag"))
        return feature_need(b, n, FEATURE_BINDING);
    finding(b, n,
            "Attribute 'bindingType' must be one of: deployment, latest, versionTag");
    return true;
}

/* False: what is not executed yet is among those inside `n`. */
static bool extensions_judge(struct build *b, const struct xml_node *n)
{
    const struct xml_node *all = n ? xml_child(n, BPMN, "extensionElements") : NULL;
    bool is_good = true;

    for (const struct xml_node *c = all ? all->first : NULL; c; c = c->next) {
        if (!str_is(c->uri, ZEEBE))
            continue;
        is_good &= extension_judge(b, c);
        is_good &= binding_judge(b, c);
        for (const struct xml_node *x = c->first; x; x = x->next)
            if (is_zeebe(x, "linkedResource"))
                is_good &= binding_judge(b, x);
    }
    return is_good;
}

/* ---- what is only kept ----------------------------------------------------------- */

static void properties_read(struct build *b, struct part *p)
{
    const struct xml_node *all = extension(p->xml, "properties");
    struct header *list;
    u32 count = 0;

    for (const struct xml_node *n = all ? all->first : NULL; n; n = n->next)
        count += is_zeebe(n, "property");
    if (count == 0)
        return;
    p->e->properties = list = NEW_ARRAY(b->keep, struct header, count);
    for (const struct xml_node *n = all->first; n; n = n->next) {
        if (!is_zeebe(n, "property"))
            continue;
        struct header *h = &list[p->e->property_count++];
        h->key = arena_copy(b->keep, xml_get(n, "", "name"));
        h->value = arena_copy(b->keep, xml_get(n, "", "value"));
    }
}

static void kept_read(struct build *b, struct part *p)
{
    const struct xml_node *n = xml_child(p->xml, BPMN, "documentation");

    if (n)
        p->e->documentation = arena_copy(b->keep, n->text);
    properties_read(b, p);
}

/* ---- mappings -------------------------------------------------------------------- */

static void mapping_read(struct build *b, const struct xml_node *n, bool is_output,
                         struct mapping *m)
{
    struct str source = xml_get(n, "", "source");

    m->line = n->line;
    if (is_output && source.len == 0)
        finding_late(b, n, "Expected expression but not found.");
    m->source = expr_read(b, n, source, is_output ? EXPR_FEEL : EXPR_ANY);
    mapping_path_read(b, n, m);
}

static u32 mappings_read(struct build *b, const struct xml_node *all, bool is_output,
                         const struct mapping **out)
{
    const char *name = is_output ? "output" : "input";
    u32 count = 0;

    for (const struct xml_node *n = all->first; n; n = n->next)
        count += is_zeebe(n, name);
    if (count == 0)
        return 0;
    struct mapping *m = NEW_ARRAY(b->keep, struct mapping, count);
    *out = m;
    for (const struct xml_node *n = all->first; n; n = n->next)
        if (is_zeebe(n, name))
            mapping_read(b, n, is_output, m++);
    return count;
}

static bool takes_inputs(const struct part *p)
{
    enum element_type type = p->e->type;

    if (type == ELEMENT_INTERMEDIATE_THROW_EVENT || type == ELEMENT_END_EVENT)
        return p->e->event == EVENT_TYPE_MESSAGE || p->e->event == EVENT_TYPE_SIGNAL;
    return p->kind->traits & KIND_INPUTS;
}

static void io_read(struct build *b, struct part *p)
{
    const struct xml_node *all = extension(p->xml, "ioMapping");

    if (!all)
        return;
    if (takes_inputs(p))
        p->e->input_count = mappings_read(b, all, false, &p->e->inputs);
    if (p->kind->traits & KIND_OUTPUTS)
        p->e->output_count = mappings_read(b, all, true, &p->e->outputs);
}

/* ---- jobs ------------------------------------------------------------------------ */

#define RESERVED_PREFIX "io.camunda.zeebe:"

/* A header without key or value is no header. */
static bool is_header(const struct xml_node *n)
{
    return is_zeebe(n, "header") && xml_get(n, "", "key").len > 0 &&
           xml_get(n, "", "value").len > 0;
}

/* Each key once; many keys are looked up in a table. */
static void header_keys_check(struct build *b, const struct xml_node *all,
                              const struct header *headers, u32 count)
{
    u32 size = 4;

    while (size < 2 * count)
        size *= 2;
    const struct header **seen = NEW_ARRAY(b->scratch, const struct header *, size);
    for (u32 i = 0; i < count; i++) {
        u32 at = (u32)hash_bytes(headers[i].key, b->seed) & (size - 1);
        while (seen[at] && !str_equal(seen[at]->key, headers[i].key))
            at = (at + 1) & (size - 1);
        if (seen[at])
            finding_late(b, all, "Headers contain duplicate entries for key '%.*s'",
                         ARG(headers[i].key));
        seen[at] = &headers[i];
    }
}

void headers_read(struct build *b, struct part *p)
{
    const struct xml_node *all = extension(p->xml, "taskHeaders");
    struct header *headers;
    u32 count = 0;

    for (const struct xml_node *n = all ? all->first : NULL; n; n = n->next)
        count += is_header(n);
    if (count == 0)
        return;
    p->e->headers = headers = NEW_ARRAY(b->keep, struct header, count);
    for (const struct xml_node *n = all->first; n; n = n->next) {
        if (!is_header(n))
            continue;
        struct header *h = &headers[p->e->header_count++];
        h->key = arena_copy(b->keep, xml_get(n, "", "key"));
        h->value = arena_copy(b->keep, xml_get(n, "", "value"));
        if (str_starts(h->key, STR(RESERVED_PREFIX)))
            finding_late(
                b, n,
                "Attribute 'key' contains '%.*s', but header keys starting with "
                "'%s' are reserved for internal use.",
                ARG(h->key), RESERVED_PREFIX);
    }
    header_keys_check(b, all, headers, count);
}

static void job_priority_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "jobPriorityDefinition");
    struct expr *e = &p->e->job_priority;
    i64 number;

    if (!n)
        return;
    *e = expr_read(b, n, attribute_must(b, n, "priority"), EXPR_ANY);
    if (e->is_set && !e->feel && !str_to_i64(e->body, &number))
        finding_late(b, n, "Expected static value to be a number, but found '%.*s'.",
                     ARG(e->body));
}

/* Retries that are empty are as good as absent: there are models that have them so. */
void job_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "taskDefinition");

    if (!n)
        return;
    struct str type = attribute_must(b, n, "type");
    struct str retries = xml_get(n, "", "retries");
    p->e->has_job = type.len > 0;
    p->e->job_type = expr_read(b, n, type, EXPR_ANY);
    p->e->job_retries = expr_read(b, n, retries.len ? retries : STR("3"), EXPR_ANY);
    headers_read(b, p);
    job_priority_read(b, p);
}

static void job_must_read(struct build *b, struct part *p)
{
    if (extensions_count(p->xml, "taskDefinition") != 1)
        finding(b, p->xml,
                "Must have exactly one 'zeebe:taskDefinition' extension element");
    job_read(b, p);
}

/* A job, or what the engine does itself instead: exactly one of the two. */
static void job_or_read(struct build *b, struct part *p, const char *other, u32 others)
{
    if (extensions_count(p->xml, "taskDefinition") + others != 1)
        finding(
            b, p->xml,
            "Must have either one 'zeebe:%s' or one 'zeebe:taskDefinition' extension "
            "element",
            other);
    job_read(b, p);
}

/* A job, or the engine publishes the message that `at` refers to. */
static void job_or_publish_read(struct build *b, struct part *p,
                                const struct xml_node *at)
{
    u32 count = extensions_count(p->xml, "publishMessage");
    const struct xml_node *n = extension(p->xml, "publishMessage");

    if (at != p->xml)
        count += extensions_count(at, "publishMessage");
    if (!n)
        n = extension(at, "publishMessage");
    job_or_read(b, p, "publishMessage", count);
    if (n)
        publish_read(b, p, at, n);
}

static void script_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "script");

    job_or_read(b, p, "script", extensions_count(p->xml, "script"));
    if (!n)
        return;
    struct str text = attribute_must(b, n, "expression");
    struct str variable = attribute_must(b, n, "resultVariable");
    p->e->script = expr_read(b, n, text, EXPR_FEEL);
    p->e->result_variable = arena_copy(b->keep, variable);
}

/* ---- the rest -------------------------------------------------------------------- */

static void process_read(struct build *b, struct part *p)
{
    const struct xml_node *all = xml_child(p->xml, BPMN, "extensionElements");

    for (const struct xml_node *n = all ? all->first : NULL; n; n = n->next)
        if (is_zeebe(n, "userTaskForm") && str_trim(n->text).len == 0)
            finding(b, n,
                    "User task form text content has to be present and not empty");
}

static void flow_read(struct build *b, struct part *p)
{
    const struct xml_node *n = xml_child(p->xml, BPMN, "conditionExpression");

    if (!n)
        return;
    struct str text = str_trim(n->text);
    if (text.len == 0)
        finding_late(b, n, "Expected expression but not found.");
    p->e->condition = expr_read(b, n, text, EXPR_FEEL);
}

static void type_read(struct build *b, struct part *p)
{
    switch (p->e->type) {
    case ELEMENT_PROCESS:
        process_read(b, p);
        break;
    case ELEMENT_START_EVENT:
        start_form_read(b, p);
        break;
    case ELEMENT_SERVICE_TASK:
        job_must_read(b, p);
        linked_resources_read(b, p);
        break;
    case ELEMENT_SEND_TASK:
        job_or_publish_read(b, p, p->xml);
        break;
    case ELEMENT_BUSINESS_RULE_TASK:
        job_or_read(b, p, "calledDecision", extensions_count(p->xml, "calledDecision"));
        decision_read(b, p);
        break;
    case ELEMENT_SCRIPT_TASK:
        script_read(b, p);
        break;
    case ELEMENT_USER_TASK:
        user_task_read(b, p);
        break;
    case ELEMENT_RECEIVE_TASK:
        receive_read(b, p);
        break;
    case ELEMENT_CALL_ACTIVITY:
        call_read(b, p);
        break;
    case ELEMENT_AD_HOC_SUB_PROCESS:
        ad_hoc_read(b, p);
        break;
    case ELEMENT_INTERMEDIATE_THROW_EVENT:
    case ELEMENT_END_EVENT:
        if (p->e->event == EVENT_TYPE_MESSAGE)
            job_or_publish_read(b, p, p->definition);
        break;
    case ELEMENT_SEQUENCE_FLOW:
        flow_read(b, p);
        break;
    case ELEMENT_UNSPECIFIED:
    case ELEMENT_SUB_PROCESS:
    case ELEMENT_EVENT_SUB_PROCESS:
    case ELEMENT_INTERMEDIATE_CATCH_EVENT:
    case ELEMENT_BOUNDARY_EVENT:
    case ELEMENT_MANUAL_TASK:
    case ELEMENT_TASK:
    case ELEMENT_EXCLUSIVE_GATEWAY:
    case ELEMENT_PARALLEL_GATEWAY:
    case ELEMENT_INCLUSIVE_GATEWAY:
    case ELEMENT_EVENT_BASED_GATEWAY:
        break;
    }
}

void details_read(struct build *b, struct part *p)
{
    if (p->is_refused)
        return;
    bool is_good = extensions_judge(b, p->xml);
    is_good &= extensions_judge(b, p->definition);
    if (!is_good)
        return;
    type_read(b, p);
    event_read(b, p);
    loop_read(b, p);
    listeners_read(b, p);
    io_read(b, p);
    kept_read(b, p);
}
