/* What an element says of itself: its extension elements and the like. */
#include "base/hash.h"
#include "model/build.h"

/* ---- extension elements that change how an element runs -------------------------- */

/* zeebe's own; NULL: read elsewhere, or without a part in how an element runs. What is
 * not in this list is of a later day and may mean anything. */
static const struct {
    const char *name, *refusal;
} extensions[] = {
    {"taskDefinition", NULL},
    {"taskHeaders", NULL},
    {"ioMapping", NULL},
    {"subscription", NULL},
    {"script", NULL},
    {"formDefinition", NULL},
    {"assignmentDefinition", NULL},
    {"taskSchedule", NULL},
    {"userTaskForm", NULL},
    {"versionTag", NULL},
    {"properties", NULL},
    {"userTask", NULL},
    {"calledDecision", "a called decision (zeebe:calledDecision) is not supported"},
    {"publishMessage",
     "publishing a message by the engine (zeebe:publishMessage) is not supported"},
    {"executionListeners", "execution listeners are not supported"},
    {"taskListeners", NULL},
    {"linkedResources", "linked resources are not supported"},
    {"priorityDefinition", NULL},
    {"jobPriorityDefinition",
     "a job priority (zeebe:jobPriorityDefinition) is not supported"},
};

static void extension_judge(struct build *b, const struct xml_node *n)
{
    for (size_t i = 0; i < LEN(extensions); i++)
        if (str_is(n->name, extensions[i].name)) {
            if (extensions[i].refusal)
                finding_here(b, n, "%s", extensions[i].refusal);
            return;
        }
    finding_here(b, n, "zeebe:%.*s is not supported", ARG(n->name));
}

static void binding_judge(struct build *b, const struct xml_node *n)
{
    struct str binding = xml_get(n, "", "bindingType");

    if (!binding.data || str_is(binding, "latest"))
        return;
    if (str_is(binding, "deployment") || str_is(binding, "versionTag"))
        finding_here(b, n, "the binding type '%.*s' is not supported", ARG(binding));
    else
        finding(b, n,
                "Attribute 'bindingType' must be one of: deployment, latest, "
                "versionTag");
}

static void extensions_judge(struct build *b, const struct xml_node *n)
{
    const struct xml_node *all = xml_child(n, BPMN, "extensionElements");

    for (const struct xml_node *c = all ? all->first : NULL; c; c = c->next) {
        if (!str_is(c->uri, ZEEBE))
            continue;
        extension_judge(b, c);
        binding_judge(b, c);
    }
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
        return p->e->event == EVENT_TYPE_MESSAGE;
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

static void headers_read(struct build *b, struct part *p)
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

static void job_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "taskDefinition");

    if (!n)
        return;
    struct str type = attribute_must(b, n, "type");
    bool has_retries = xml_get(n, "", "retries").data;
    struct str retries = has_retries ? attribute_must(b, n, "retries") : STR("3");
    p->e->has_job = type.len > 0;
    p->e->job_type = expr_read(b, n, type, EXPR_ANY);
    p->e->job_retries = expr_read(b, n, retries, EXPR_ANY);
    headers_read(b, p);
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

static void throw_read(struct build *b, struct part *p)
{
    if (p->e->event == EVENT_TYPE_MESSAGE)
        job_or_read(b, p, "publishMessage",
                    extensions_count(p->xml, "publishMessage") +
                        extensions_count(p->definition, "publishMessage"));
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

/* ---- user tasks ------------------------------------------------------------------ */

static bool is_list(struct str s)
{
    for (size_t i = 0, from = 0; i <= s.len; i++) {
        if (i < s.len && s.data[i] != ',')
            continue;
        if (str_trim((struct str){s.data + from, i - from}).len == 0)
            return false;
        from = i + 1;
    }
    return true;
}

static struct expr list_read(struct build *b, const struct xml_node *n,
                             const char *name)
{
    struct expr e = expr_read(b, n, xml_get(n, "", name), EXPR_ANY);

    if (e.is_set && !e.feel && !is_list(e.body))
        finding_late(
            b, n,
            "Expected static value to be a list of comma-separated values, e.g. "
            "'a,b,c', but found '%.*s'.",
            ARG(e.body));
    return e;
}

static struct expr date_read(struct build *b, const struct xml_node *n,
                             const char *name)
{
    struct expr e = expr_read(b, n, xml_get(n, "", name), EXPR_ANY);
    i64 ms;

    if (b->is_strict && e.is_set && !e.feel &&
        !feel_read_instant(e.body, b->options->zones, &ms))
        finding_late(b, n,
                     "Expected static value to be a valid DateTime String, e.g. "
                     "'2023-03-02T15:35+02:00', but found '%.*s'.",
                     ARG(e.body));
    return e;
}

static enum binding binding_read(const struct xml_node *n)
{
    struct str binding = xml_get(n, "", "bindingType");

    if (str_is(binding, "deployment"))
        return BINDING_DEPLOYMENT;
    return str_is(binding, "versionTag") ? BINDING_VERSION_TAG : BINDING_LATEST;
}

static void form_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "formDefinition");

    if (!n)
        return;
    struct str key = xml_get(n, "", "formKey"), id = xml_get(n, "", "formId");
    bool has_key = str_trim(key).len > 0, has_id = str_trim(id).len > 0;
    if (has_key == has_id)
        finding(
            b, n,
            "Exactly one of the attributes 'formId, formKey' must be present and not "
            "blank");
    if (has_id)
        finding_here(b, n, "a form by its id (formId) is not supported");
    p->e->form_key = arena_copy(b->keep, key);
}

static void native_form_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "formDefinition");

    if (!n)
        return;
    struct str id = xml_get(n, "", "formId"),
               other = xml_get(n, "", "externalReference");
    bool has_id = str_trim(id).len > 0, has_other = str_trim(other).len > 0;
    if (has_id == has_other)
        finding(b, n,
                "Exactly one of the attributes 'formId, externalReference' must be "
                "present and not blank for native user tasks");
    if (has_id)
        p->e->form_id = expr_read(b, n, id, EXPR_ANY);
    if (has_other)
        p->e->external_reference = expr_read(b, n, other, EXPR_ANY);
    p->e->form_binding = binding_read(n);
    p->e->form_version_tag = arena_copy(b->keep, xml_get(n, "", "versionTag"));
}

static void priority_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "priorityDefinition");
    i64 number;

    if (!n)
        return;
    if (!p->e->is_native)
        finding_here(b, n, "a priority is only supported for native user tasks");
    struct str text = xml_get(n, "", "priority");
    p->e->priority = expr_read(b, n, text.len ? text : STR("50"), EXPR_ANY);
    if (!p->e->priority.feel &&
        (!str_to_i64(p->e->priority.body, &number) || number < 0 || number > 100))
        finding_late(
            b, n,
            "Expected static value to be a number between 0 and 100, but found "
            "'%.*s'.",
            ARG(p->e->priority.body));
}

/* Each event has its word, and some had another one in a former release. */
static bool task_event_read(struct str word, enum listener_event *out)
{
    static const struct {
        const char *word;
        enum listener_event event;
    } words[] = {
        {"creating", LISTENER_CREATING},     {"create", LISTENER_CREATING},
        {"assigning", LISTENER_ASSIGNING},   {"assignment", LISTENER_ASSIGNING},
        {"updating", LISTENER_UPDATING},     {"update", LISTENER_UPDATING},
        {"completing", LISTENER_COMPLETING}, {"complete", LISTENER_COMPLETING},
        {"canceling", LISTENER_CANCELING},   {"cancel", LISTENER_CANCELING},
    };

    for (size_t i = 0; i < LEN(words); i++)
        if (str_is(word, words[i].word)) {
            *out = words[i].event;
            return true;
        }
    return false;
}

static void task_listener_read(struct build *b, const struct xml_node *n,
                               struct listener *l)
{
    struct str event = attribute_must(b, n, "eventType");
    struct str type = attribute_must(b, n, "type");
    struct str retries = xml_get(n, "", "retries");

    if (event.len && !task_event_read(event, &l->event))
        finding(b, n,
                "Task listener event type '%.*s' is not supported. It must be one of: "
                "creating, assigning, updating, completing, canceling",
                ARG(event));
    l->type = expr_read(b, n, type, EXPR_ANY);
    l->retries = expr_read(b, n, retries.len ? retries : STR("3"), EXPR_ANY);
}

static void task_listeners_read(struct build *b, struct part *p)
{
    const struct xml_node *all = extension(p->xml, "taskListeners");
    u32 count = 0;

    for (const struct xml_node *n = all ? all->first : NULL; n; n = n->next)
        count += is_zeebe(n, "taskListener");
    if (all && !p->e->is_native) {
        finding_here(b, all, "task listeners are only supported for native user tasks");
        return;
    }
    if (count == 0)
        return;
    struct listener *listeners = NEW_ARRAY(b->keep, struct listener, count);
    p->e->listeners = listeners;
    for (const struct xml_node *n = all->first; n; n = n->next)
        if (is_zeebe(n, "taskListener"))
            task_listener_read(b, n, &listeners[p->e->listener_count++]);
}

static void user_task_read(struct build *b, struct part *p)
{
    const struct xml_node *assignment = extension(p->xml, "assignmentDefinition");
    const struct xml_node *schedule = extension(p->xml, "taskSchedule");

    p->e->is_native = extension(p->xml, "userTask") != NULL;
    if (p->e->is_native) {
        native_form_read(b, p);
    } else {
        p->e->has_job = true;
        p->e->job_type = expr_static(b, STR("io.camunda.zeebe:userTask"));
        p->e->job_retries = expr_static(b, STR("1"));
        form_read(b, p);
    }
    headers_read(b, p);
    priority_read(b, p);
    task_listeners_read(b, p);
    if (assignment) {
        p->e->assignee =
            expr_read(b, assignment, xml_get(assignment, "", "assignee"), EXPR_ANY);
        p->e->candidate_groups = list_read(b, assignment, "candidateGroups");
        p->e->candidate_users = list_read(b, assignment, "candidateUsers");
    }
    if (schedule) {
        p->e->due_date = date_read(b, schedule, "dueDate");
        p->e->follow_up_date = date_read(b, schedule, "followUpDate");
    }
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

void details_read(struct build *b, struct part *p)
{
    if (!p->kind->refusal)
        extensions_judge(b, p->xml);
    if (p->definition)
        extensions_judge(b, p->definition);
    if (p->is_refused && !b->is_strict)
        return;
    switch (p->e->type) {
    case ELEMENT_PROCESS:
        process_read(b, p);
        break;
    case ELEMENT_SERVICE_TASK:
        job_must_read(b, p);
        break;
    case ELEMENT_SEND_TASK:
        job_or_read(b, p, "publishMessage", extensions_count(p->xml, "publishMessage"));
        break;
    case ELEMENT_BUSINESS_RULE_TASK:
        job_or_read(b, p, "calledDecision", extensions_count(p->xml, "calledDecision"));
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
    case ELEMENT_INTERMEDIATE_THROW_EVENT:
    case ELEMENT_END_EVENT:
        throw_read(b, p);
        break;
    case ELEMENT_SEQUENCE_FLOW:
        flow_read(b, p);
        break;
    case ELEMENT_UNSPECIFIED:
    case ELEMENT_SUB_PROCESS:
    case ELEMENT_START_EVENT:
    case ELEMENT_INTERMEDIATE_CATCH_EVENT:
    case ELEMENT_BOUNDARY_EVENT:
    case ELEMENT_MANUAL_TASK:
    case ELEMENT_TASK:
    case ELEMENT_EXCLUSIVE_GATEWAY:
    case ELEMENT_PARALLEL_GATEWAY:
    case ELEMENT_EVENT_BASED_GATEWAY:
    case ELEMENT_EVENT_SUB_PROCESS:
    case ELEMENT_CALL_ACTIVITY:
    case ELEMENT_INCLUSIVE_GATEWAY:
    case ELEMENT_AD_HOC_SUB_PROCESS:
        break;
    }
    event_read(b, p);
    io_read(b, p);
}
