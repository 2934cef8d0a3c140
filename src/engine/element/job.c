/* job.c - elements whose work is done outside, by a worker that takes a job; and
 * scripts and decisions, which look like them and are computed here. */
#include "engine/element/element.h"

#define USER_TASK_TYPE   "io.camunda.zeebe:userTask"
#define HEADER           "io.camunda.zeebe:"
#define RESOURCES_HEADER "linkedResources"

static void put_header(struct buf *b, const char *name, struct str value)
{
    if (value.len == 0 || str_is(value, "[]"))
        return;
    json_comma(b);
    json_put_string(b, str_of(name));
    buf_byte(b, ':');
    json_put_string(b, value);
}

/* A user task by job says in reserved headers who is to do it and until when. */
static bool user_headers(struct step *s, const struct visit *v, struct str *out,
                         struct failure *f)
{
    const struct element *e = v->element;
    struct str assignee = {0}, groups = {0}, users = {0}, due = {0}, follow_up = {0};
    struct str form_key = e->form_key;
    u64 form = 0;
    struct buf b;

    if ((e->assignee.is_set && e->assignee.feel &&
         !expr_string(s, v->key, &e->assignee, &assignee, f)) ||
        (e->candidate_groups.is_set &&
         !expr_texts(s, v->key, &e->candidate_groups, &groups, f)) ||
        (e->candidate_users.is_set &&
         !expr_texts(s, v->key, &e->candidate_users, &users, f)) ||
        (e->due_date.is_set && !expr_date(s, v->key, &e->due_date, &due, f)) ||
        (e->follow_up_date.is_set &&
         !expr_date(s, v->key, &e->follow_up_date, &follow_up, f)) ||
        !form_find(s, v, &form, f))
        return false;
    if (e->assignee.is_set && !e->assignee.feel)
        assignee = e->assignee.body; /* always text, also `123` */
    if (form)
        form_key = arena_print(s->arena, "%llu", (unsigned long long)form);
    buf_init(&b, s->arena, 64);
    buf_byte(&b, '{');
    put_header(&b, HEADER "formKey", form_key);
    put_header(&b, HEADER "assignee", assignee);
    put_header(&b, HEADER "candidateGroups", groups);
    put_header(&b, HEADER "candidateUsers", users);
    put_header(&b, HEADER "dueDate", due);
    put_header(&b, HEADER "followUpDate", follow_up);
    buf_byte(&b, '}');
    *out = b.len > 2 ? buf_str(&b) : (struct str){NULL, 0};
    return true;
}

static bool resource_headers(struct step *s, const struct visit *v, struct str *out,
                             struct failure *f)
{
    struct str resources;
    struct buf b;

    if (!linked_resources_find(s, v, &resources, f))
        return false;
    if (resources.len == 0)
        return true;
    buf_init(&b, s->arena, resources.len + 64);
    buf_byte(&b, '{');
    put_header(&b, RESOURCES_HEADER, resources);
    buf_byte(&b, '}');
    *out = buf_str(&b);
    return true;
}

struct job_row job_of_element(struct step *s, const struct visit *v, enum job_kind kind)
{
    return (struct job_row){
        .instance = v->row->instance,
        .process = v->row->process,
        .element = v->row->element,
        .element_instance = v->key,
        .state = JOB_STATE_ACTIVATABLE,
        .tenant = process_get(s->state, v->row->process)->tenant,
        .kind = kind,
    };
}

/* Type, retries and headers, in the order of behaviours 8.1. */
bool job_prepare(struct step *s, const struct visit *v, struct job_row *job,
                 struct failure *f)
{
    const struct element *e = v->element;
    i64 retries;

    if (e->type == ELEMENT_USER_TASK) {
        job->type = STR(USER_TASK_TYPE);
        job->retries = 1;
        return user_headers(s, v, &job->headers, f);
    }
    if (!expr_string(s, v->key, &e->job_type, &job->type, f) ||
        !expr_i64(s, v->key, &e->job_retries, &retries, f))
        return false;
    job->retries = retries > INT32_MAX   ? INT32_MAX
                   : retries < INT32_MIN ? INT32_MIN
                                         : (i32)retries;
    return resource_headers(s, v, &job->headers, f);
}

struct str job_headers(struct step *s, const struct job_row *j)
{
    const struct element *e = element_of(s, j->process, j->element);
    struct buf b;

    /* Those of an element are not for its listeners (behaviours 11.4). */
    if (e->header_count == 0 || j->has_all_headers ||
        j->kind == JOB_KIND_EXECUTION_LISTENER)
        return j->headers.len ? j->headers : STR("{}");
    buf_init(&b, s->arena, 128);
    buf_byte(&b, '{');
    for (u32 i = 0; i < e->header_count; i++) {
        json_put_name(&b, e->headers[i].key);
        json_put_string(&b, e->headers[i].value);
    }
    buf_byte(&b, '}');
    return j->headers.len ? json_merge(buf_str(&b), j->headers, s->arena) : buf_str(&b);
}

struct str job_kind_name(const struct job_row *j)
{
    return str_of(job_kind_word(j->kind));
}

struct str job_event_name(const struct job_row *j)
{
    return str_of(listener_event_word(j->listener_event));
}

static enum went script_enter(struct step *s, struct visit *v)
{
    struct str value;
    struct failure f;
    struct buf b;

    if (!expr_json(s, v->key, &v->element->script, NULL, &value, &f))
        return failed(s, v, &f);
    buf_init(&b, s->arena, value.len + 64);
    buf_byte(&b, '{');
    json_put_name(&b, v->element->result_variable);
    buf_add(&b, value);
    buf_byte(&b, '}');
    element_triggered(s, v->key, v->row->instance, v->element, buf_str(&b), false);
    return DONE;
}

static enum went job_enter(struct step *s, struct visit *v)
{
    struct job_row job = job_of_element(s, v, JOB_KIND_BPMN_ELEMENT);
    struct catches catches;
    struct failure f;

    if (v->element->type == ELEMENT_SCRIPT_TASK && v->element->script.is_set)
        return script_enter(s, v);
    if (v->element->type == ELEMENT_BUSINESS_RULE_TASK && v->element->called_id.is_set)
        return decision_enter(s, v);
    /* Whatever can fail comes before the first emit of the phase. */
    if (!job_prepare(s, v, &job, &f) || !catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    emit(s, EV_JOB_CREATED, key_new(s), &job);
    effect_jobs(s, job.tenant, job.type);
    return WAIT;
}

const struct element_ops job_ops = {.enter = job_enter};
