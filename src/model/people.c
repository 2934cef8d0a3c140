/* User tasks, by job or kept by the engine itself, and the forms that they show. */
#include "model/build.h"

/* ---- for whom, and until when ---------------------------------------------------- */

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

static void people_read(struct build *b, struct part *p)
{
    const struct xml_node *assignment = extension(p->xml, "assignmentDefinition");
    const struct xml_node *schedule = extension(p->xml, "taskSchedule");

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

static void priority_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "priorityDefinition");
    struct str text = n ? xml_get(n, "", "priority") : (struct str){0};
    struct expr *e = &p->e->priority;
    i64 number;

    if (!p->e->is_native) {
        if (n)
            finding_here(b, n, "a priority is only supported for native user tasks");
        return;
    }
    *e = expr_read(b, n, text.len ? text : STR("50"), EXPR_ANY);
    if (!e->feel && (!str_to_i64(e->body, &number) || number < 0 || number > 100))
        finding_late(
            b, n,
            "Expected static value to be a number between 0 and 100, but found "
            "'%.*s'.",
            ARG(e->body));
}

/* ---- forms ----------------------------------------------------------------------- */

/* A form by its id, or by what `other` says. Which of them it is: one and only one. */
static void form_read(struct build *b, struct part *p, const char *other,
                      struct str *value)
{
    const struct xml_node *n = extension(p->xml, "formDefinition");

    if (!n)
        return;
    struct str id = xml_get(n, "", "formId");
    *value = xml_get(n, "", other);
    if ((str_trim(id).len > 0) == (str_trim(*value).len > 0))
        finding(b, n,
                p->e->is_native
                    ? "Exactly one of the attributes 'formId, externalReference' must "
                      "be present and not blank for native user tasks"
                    : "Exactly one of the attributes 'formId, formKey' must be present "
                      "and not blank");
    p->e->form_id = expr_read(b, n, id, EXPR_ANY);
    p->e->form_binding = binding_read(b, n, &p->e->form_version_tag);
}

static void form_key_read(struct build *b, struct part *p)
{
    struct str key = {0};

    form_read(b, p, "formKey", &key);
    p->e->form_key = arena_copy(b->keep, key);
}

static void form_reference_read(struct build *b, struct part *p)
{
    struct str reference = {0};

    form_read(b, p, "externalReference", &reference);
    p->e->external_reference =
        expr_read(b, extension(p->xml, "formDefinition"), reference, EXPR_ANY);
}

/* Of what begins a process by hand, only kept: no task is made of it. */
void start_form_read(struct build *b, struct part *p)
{
    if (p->e->event == EVENT_TYPE_NONE)
        form_key_read(b, p);
}

/* ---- the task -------------------------------------------------------------------- */

static bool form_is_on(struct build *b, const struct part *p)
{
    const struct xml_node *n = extension(p->xml, "formDefinition");

    return !n || str_trim(xml_get(n, "", "formId")).len == 0 ||
           feature_need(b, n, FEATURE_FORM_ID);
}

void user_task_read(struct build *b, struct part *p)
{
    p->e->is_native = extension(p->xml, "userTask");
    if (!p->e->is_native) {
        p->e->has_job = true;
        p->e->job_type = expr_static(b, STR("io.camunda.zeebe:userTask"));
        p->e->job_retries = expr_static(b, STR("1"));
    }
    headers_read(b, p);
    people_read(b, p);
    priority_read(b, p);
    if (!form_is_on(b, p))
        return;
    if (p->e->is_native)
        form_reference_read(b, p);
    else
        form_key_read(b, p);
}
