/* ad_hoc.c - ad-hoc sub-processes (behaviours 8.12): their elements begin in no order,
 * each with what follows it in a scope of its own. Which begin, and when it is enough,
 * says the model, or the worker of a job that is made anew whenever one has ended;
 * clients may have further ones begin. */
#include "engine/element/element.h"

typedef unsigned long long llu;

bool ad_hoc_is(const struct visit *v)
{
    return v->element->type == ELEMENT_AD_HOC_SUB_PROCESS && !v->row->is_body &&
           !v->row->is_inner;
}

/* ---- what can begin in it -------------------------------------------------------- */

static bool may_begin(const struct element *e)
{
    return e->incoming_count == 0 && !e->is_for_compensation;
}

static const struct element *ad_hoc_element(const struct element *ad_hoc, struct str id)
{
    for (u32 i = 0; i < ad_hoc->child_count; i++)
        if (may_begin(ad_hoc->children[i]) && str_equal(ad_hoc->children[i]->id, id))
            return ad_hoc->children[i];
    return NULL;
}

static void put_text(struct buf *b, const char *name, struct str text)
{
    json_put_name(b, str_of(name));
    if (text.len)
        json_put_string(b, text);
    else
        buf_text(b, "null");
}

static void put_element(struct step *s, struct buf *b, const struct element *e)
{
    json_comma(b);
    buf_byte(b, '{');
    put_text(b, "elementId", e->id);
    put_text(b, "elementName", e->name);
    put_text(b, "documentation", e->documentation);
    json_put_name(b, STR("properties"));
    buf_byte(b, '{');
    for (u32 i = 0; i < e->property_count; i++) {
        json_put_name(b, e->properties[i].key);
        json_put_string(b, e->properties[i].value);
    }
    buf_byte(b, '}');
    json_put_name(b, STR("parameters"));
    buf_byte(b, '[');
    for (u32 i = 0; i < e->input_count; i++)
        expr_parameters(s, &e->inputs[i].source, b);
    buf_text(b, "]}");
}

void ad_hoc_offer(struct step *s, const struct visit *v)
{
    const struct element *e = v->element;
    struct buf b;

    buf_init(&b, s->arena, 256);
    buf_byte(&b, '[');
    for (u32 i = 0; i < e->child_count; i++)
        if (may_begin(e->children[i]))
            put_element(s, &b, e->children[i]);
    buf_byte(&b, ']');
    variable_set_local(s, v->key, v->row->instance, STR("adHocSubProcessElements"),
                       buf_str(&b));
}

void ad_hoc_variables(struct step *s, const struct visit *v)
{
    struct str results = v->element->output_collection;

    ad_hoc_offer(s, v);
    if (results.len)
        variable_set_local(s, v->key, v->row->instance, results, STR("[]"));
}

/* ---- beginning ------------------------------------------------------------------- */

u64 ad_hoc_inner(struct step *s, const struct visit *v, struct str variables)
{
    struct str result = multi_result_name(&v->element->output_element);
    u64 instance = v->row->instance;
    u64 key = element_make(
        s, v->element,
        &(struct begin){.scope = v->key, .near = v->row, .is_inner = true});

    emit(s, EV_ELEMENT_ACTIVATED, key,
         &(struct element_moved){instance, v->element->tag});
    if (result.len)
        variable_set_local(s, key, instance, result, STR("null"));
    variables_set_local(s, key, instance, variables);
    return key;
}

static void element_go(struct step *s, const struct visit *v, struct str id,
                       struct str variables)
{
    const struct element *e = ad_hoc_element(v->element, id);

    must(e);
    todo(s, CMD_ELEMENT_ACTIVATE, 0,
         &(struct element_activate){.scope = ad_hoc_inner(s, v, variables),
                                    .element = e->tag});
}

static bool cannot_begin(struct step *s, struct failure *f, struct str why)
{
    f->problem = PROBLEM_EXTRACT_VALUE_ERROR;
    f->message =
        arena_print(s->arena, "Failed to activate ad-hoc elements. %.*s", ARG(why));
    return false;
}

/* The collection of the model, as JSON; empty: there is none. */
static bool collection_read(struct step *s, const struct visit *v, struct str *out,
                            struct failure *f)
{
    const struct expr *e = &v->element->active_elements;
    u32 count;

    *out = (struct str){NULL, 0};
    if (!e->is_set)
        return true;
    if (!expr_list(s, v->key, e, out, &count, f) ||
        !expr_texts(s, v->key, e, out, f)) /* and each of it is a text */
        return cannot_begin(s, f, f->message);
    return true;
}

static bool collection_check(struct step *s, const struct visit *v, struct str ids,
                             struct failure *f)
{
    struct json_walk walk;
    struct buf unknown;

    if (ids.len == 0)
        return true;
    buf_init(&unknown, s->arena, 0);
    walk = json_walk(ids);
    for (struct json_member m; json_next(&walk, s->arena, &m);) {
        struct str id = json_text(m.value, s->arena);
        if (!ad_hoc_element(v->element, id))
            buf_print(&unknown, "%s'%.*s'", unknown.len ? ", " : "", ARG(id));
    }
    if (unknown.len == 0)
        return true;
    f->scope = v->key;
    return cannot_begin(s, f,
                        arena_print(s->arena, "No BPMN elements found with ids: %.*s.",
                                    ARG(buf_str(&unknown))));
}

static bool job_compute(struct step *s, const struct visit *v, struct job_row *job,
                        struct failure *f)
{
    *job = job_of_element(s, v, JOB_KIND_AD_HOC_SUB_PROCESS);
    return job_prepare(s, v, job, f);
}

static void job_make(struct step *s, const struct job_row *job)
{
    emit(s, EV_JOB_CREATED, key_new(s), job);
    effect_jobs(s, job->tenant, job->type);
}

static enum went ad_hoc_mapped(struct step *s, struct visit *v)
{
    ad_hoc_variables(s, v);
    return DONE;
}

static enum went ad_hoc_enter(struct step *s, struct visit *v)
{
    struct catches catches;
    struct job_row job;
    struct failure f;

    if ((v->element->has_job && !job_compute(s, v, &job, &f)) ||
        !collection_read(s, v, &v->brought, &f) ||
        !collection_check(s, v, v->brought, &f) ||
        !catches_prepare_scope(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    if (v->element->has_job)
        job_make(s, &job);
    return WAIT;
}

static enum went ad_hoc_entered(struct step *s, struct visit *v)
{
    struct json_walk walk;

    if (v->brought.len == 0)
        return WAIT;
    walk = json_walk(v->brought);
    for (struct json_member m; json_next(&walk, s->arena, &m);)
        element_go(s, v, json_text(m.value, s->arena), (struct str){NULL, 0});
    return WAIT;
}

/* ---- when something in it has ended ---------------------------------------------- */

bool ad_hoc_may_end(const struct visit *v)
{
    const struct element *e = v->element;

    if (!ad_hoc_is(v) || v->row->interrupted_by || v->row->is_fulfilled)
        return true;
    return !e->has_job && !e->completion_condition.is_set;
}

/* The list of results with that of this element. */
static bool result_add(struct step *s, const struct visit *v, const struct visit *child,
                       struct str *out, struct failure *f)
{
    u64 key = variable_find(s->state, v->key, v->element->output_collection);
    const struct variable_row *list = key ? variable_get(s->state, key) : NULL;
    struct str result;
    struct buf b;

    if (!expr_json(s, child->key, &v->element->output_element, NULL, &result, f)) {
        f->problem = PROBLEM_EXTRACT_VALUE_ERROR;
        return false;
    }
    if (!list || json_kind(list->value) != JSON_ARRAY) {
        *f = (struct failure){
            PROBLEM_EXTRACT_VALUE_ERROR,
            arena_print(s->arena,
                        "The output collection has the wrong type. Expected ARRAY but "
                        "was %s.",
                        variable_type(list)),
            v->key};
        return false;
    }
    buf_init(&b, s->arena, list->value.len + result.len + 2);
    buf_add(&b, (struct str){list->value.data, list->value.len - 1});
    json_comma(&b);
    buf_add(&b, result);
    buf_byte(&b, ']');
    *out = buf_str(&b);
    return true;
}

/* It is enough: what still lives in it ends now, or is waited for. */
static void fulfill(struct step *s, const struct visit *v, bool is_fulfilled,
                    bool cancels_remaining)
{
    if (is_fulfilled && cancels_remaining) {
        emit(s, EV_SCOPE_INTERRUPTED, v->key,
             &(struct scope_interrupted){v->row->instance, v->row->element});
        todo(s, CMD_CHILDREN_TERMINATE, v->key, &(struct children_terminate){0});
    } else if (is_fulfilled != v->row->is_fulfilled) {
        emit(s, EV_AD_HOC_FULFILLED, v->key,
             &(struct ad_hoc_fulfilled){v->row->instance, is_fulfilled});
    }
}

/* Nobody asks the worker any more when all is said already. */
static bool asks_again(const struct visit *v)
{
    return v->element->has_job && !v->row->interrupted_by && !v->row->is_fulfilled;
}

/* All that can fail comes first; the condition knows the new result. */
enum went ad_hoc_child_ends(struct step *s, struct visit *child)
{
    struct overlay *results = overlay_new(s);
    struct str list = {NULL, 0};
    bool is_enough = false;
    struct job_row job;
    struct failure f;
    struct visit v;

    must(visit_get(s, child->row->scope, &v));
    const struct element *e = v.element;
    bool collects = child->row->is_inner && e->output_collection.len;
    bool decides = e->completion_condition.is_set && !v.row->interrupted_by;
    if (collects && !result_add(s, &v, child, &list, &f))
        return failed(s, child, &f);
    if (collects)
        overlay_set(s, results, e->output_collection, list);
    if ((asks_again(&v) && !job_compute(s, &v, &job, &f)) ||
        (decides &&
         !expr_boolean(s, v.key, &e->completion_condition, results, &is_enough, &f)))
        return failed(s, child, &f);
    if (collects)
        variable_set_local(s, v.key, v.row->instance, e->output_collection, list);
    if (decides)
        fulfill(s, &v, is_enough, e->cancels_remaining);
    if (asks_again(&v)) {
        job_cancel(s, v.key);
        job_make(s, &job);
    }
    return DONE;
}

/* The results go where those of a task go; an instance of a loop keeps them. */
static enum went ad_hoc_finish(struct step *s, struct visit *v)
{
    struct str name = v->element->output_collection;
    u64 key = name.len ? variable_find(s->state, v->key, name) : 0;
    struct buf b;

    if (!key || v->row->loop_counter)
        return DONE;
    buf_init(&b, s->arena, 64);
    buf_byte(&b, '{');
    json_put_name(&b, name);
    buf_add(&b, variable_get(s->state, key)->value);
    buf_byte(&b, '}');
    variables_merge(s, v->row->scope, v->row->instance, buf_str(&b));
    return DONE;
}

/* ---- what others want ------------------------------------------------------------ */

bool ad_hoc_check(struct step *s, const struct visit *v,
                  const struct ad_hoc_element_list *elements)
{
    struct buf unknown;

    buf_init(&unknown, s->arena, 0);
    for (u32 i = 0; i < elements->count; i++)
        if (!ad_hoc_element(v->element, elements->items[i].element_id))
            buf_print(&unknown, "%s%.*s", unknown.len ? ", " : "",
                      ARG(elements->items[i].element_id));
    bool is_named = elements->count > 0 && elements->items[0].element_id.len > 0;
    if (unknown.len == 0 && (elements->count == 0 || is_named))
        return true;
    reject(s, REJECT_NOT_FOUND,
           "Expected to activate activities for ad-hoc sub-process with key '%llu', "
           "but the given elements [%.*s] do not exist.",
           (llu)v->key, ARG(buf_str(&unknown)));
    return false;
}

/* What ends are those that are there before the new ones begin. */
void ad_hoc_activate(struct step *s, const struct visit *v,
                     const struct ad_hoc_element_list *elements, bool cancels_remaining)
{
    if (cancels_remaining && child_count(s->state, v->key))
        todo(s, CMD_CHILDREN_TERMINATE, v->key,
             &(struct children_terminate){.until = state_last_key(s->state)});
    for (u32 i = 0; i < elements->count; i++)
        element_go(s, v, elements->items[i].element_id, elements->items[i].variables);
}

bool ad_hoc_job_may(struct step *s, const struct job_row *j,
                    const struct job_complete *c)
{
    struct visit v;

    must(visit_get(s, j->element_instance, &v));
    if (c->is_fulfilled && c->activates.count) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "No elements can be activated for ad-hoc sub-process with key '%llu' "
               "because the completion condition is fulfilled.",
               (llu)v.key);
        return false;
    }
    return ad_hoc_check(s, &v, &c->activates);
}

void ad_hoc_job_completed(struct step *s, const struct job_row *j,
                          const struct job_complete *c)
{
    struct visit v;

    variables_set_local(s, j->element_instance, j->instance, c->variables);
    must(visit_get(s, j->element_instance, &v));
    if (c->is_fulfilled) {
        fulfill(s, &v, true, c->cancels_remaining);
        scope_check(s, v.key);
    } else {
        ad_hoc_activate(s, &v, &c->activates, c->cancels_remaining);
    }
}

const struct element_ops ad_hoc_ops = {
    .mapped = ad_hoc_mapped,
    .enter = ad_hoc_enter,
    .entered = ad_hoc_entered,
    .finish = ad_hoc_finish,
};
