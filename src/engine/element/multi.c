/* multi.c - the body of a multi-instance activity: its instances, one for each item of
 * a collection, all at once or one after the other (behaviours 8.10). The collection is
 * computed once for those that go at once, anew for each of a sequence; each result is
 * a row, and the list of them is made when it is read. */
#include "engine/element/element.h"

static enum went multi_enter(struct step *s, struct visit *v)
{
    struct catches catches;
    struct failure f;

    if (!expr_list(s, v->key, &v->element->loop->input_collection, &v->brought,
                   &v->items, &f) ||
        !catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    return WAIT;
}

static enum went multi_entered(struct step *s, struct visit *v)
{
    emit(s, EV_LOOP_BEGUN, v->key,
         &(struct loop_row){v->row->instance, v->brought, v->items,
                            v->element->loop->output_collection});
    if (v->items == 0)
        return DONE;
    todo(s, CMD_LOOP_GO, v->key, NULL);
    return WAIT;
}

struct str multi_result_name(const struct expr *result)
{
    struct str text = str_trim(result->body);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        bool is_inner = (c >= '0' && c <= '9') || c == '.';
        if (!is_letter && !(is_inner && i > 0))
            return (struct str){NULL, 0};
        if (c == '.' && len == 0)
            len = i;
    }
    return (struct str){text.data, len ? len : text.len};
}

static void child_variables(struct step *s, const struct visit *body, u64 child,
                            u32 number, struct str item)
{
    const struct loop *loop = body->element->loop;
    u64 instance = body->row->instance;
    struct str output = multi_result_name(&loop->output_element);

    if (loop->input_element.len)
        variable_set_local(s, child, instance, loop->input_element, item);
    if (output.len && !str_equal(output, loop->input_element) &&
        !str_is(output, "loopCounter"))
        variable_set_local(s, child, instance, output, STR("null"));
    variable_set_local(s, child, instance, STR("loopCounter"),
                       arena_print(s->arena, "%u", number));
}

void decide_loop_go(struct step *s, u64 key, const void *record);

/* The next instance begins; of a parallel body, one after the other, each a to-do. */
void decide_loop_go(struct step *s, u64 key, const void *record)
{
    const struct loop_row *loop = loop_get(s->state, key);
    struct json_member item;
    struct visit v;

    if (!loop || !visit_get(s, key, &v) || v.row->state != ELEMENT_STATE_ACTIVATED ||
        v.row->interrupted_by || v.row->loop_created >= loop->count)
        return;
    struct json_walk walk = json_walk(loop->items);
    if (v.row->loop_at)
        walk.at = v.row->loop_at;
    else
        for (u32 i = 0; i < v.row->loop_created; i++)
            must(json_next(&walk, s->arena, &item));
    must(json_next(&walk, s->arena, &item));
    u32 number = v.row->loop_created + 1;
    u64 child = element_begin(
        s, v.element,
        &(struct begin){
            .scope = key, .near = v.row, .loop_counter = number, .loop_at = walk.at});
    child_variables(s, &v, child, number, item.value);
    if (!v.element->loop->is_sequential && number < loop->count)
        todo(s, CMD_LOOP_GO, key, NULL);
}

/* The results of these numbers, with null for each that is missing and commas between;
 * `number` has come just now. Rows of several stand within. */
static void results_add(struct step *s, struct buf *b, u64 body, u32 from, u32 to,
                        u32 number, struct str value)
{
    for (u32 i = from; i <= to;) {
        u64 key = i == number ? 0 : loop_result_after(s->state, body, i - 1);
        const struct loop_result_row *r = key ? loop_result_get(s->state, key) : NULL;
        bool is_there = r && r->number == i;
        if (i > from)
            buf_byte(b, ',');
        buf_add(b, i == number ? value : is_there ? r->value : STR("null"));
        i += is_there && r->count ? r->count : 1;
    }
}

static struct str results_with(struct step *s, u64 body, u32 number, struct str value)
{
    const struct loop_row *loop = loop_get(s->state, body);
    struct buf b;

    buf_init(&b, s->arena, 64);
    buf_byte(&b, '[');
    results_add(s, &b, body, 1, loop->room ? loop->room : loop->count, number, value);
    buf_byte(&b, ']');
    return buf_str(&b);
}

/* Somebody has written to the list of results: that is the list from then on. */
static const struct variable_row *results_kept(struct step *s, u64 body)
{
    u64 key = variable_find(s->state, body, loop_get(s->state, body)->output);

    return key ? variable_get(s->state, key) : NULL;
}

struct str multi_results(struct step *s, u64 body)
{
    const struct variable_row *list = results_kept(s, body);

    if (list)
        return list->value;
    return results_with(s, body, 0, (struct str){NULL, 0});
}

#define NO_UPDATE "Unable to update an item in output collection '%.*s' "
#define WRITTEN \
    " This may happen when multiple BPMN elements write to the same variable."

/* The list that was written to with the result of one instance, if there is room. */
static bool results_put(struct step *s, const struct visit *v,
                        const struct variable_row *list, struct str result,
                        struct str *out, struct failure *f)
{
    struct json_walk walk;
    struct buf b;
    u32 count = 0;

    *f = (struct failure){PROBLEM_EXTRACT_VALUE_ERROR, {NULL, 0}, v->key};
    if (json_kind(list->value) != JSON_ARRAY) {
        f->message = arena_print(
            s->arena,
            NO_UPDATE "because the type of the output collection is: %s." WRITTEN,
            ARG(list->name), variable_type(list));
        return false;
    }
    buf_init(&b, s->arena, list->value.len + result.len);
    buf_byte(&b, '[');
    walk = json_walk(list->value);
    for (struct json_member m; json_next(&walk, s->arena, &m); count++) {
        json_comma(&b);
        buf_add(&b, count + 1 == v->row->loop_counter ? result : m.value);
    }
    buf_byte(&b, ']');
    *out = buf_str(&b);
    f->message = arena_print(
        s->arena,
        NO_UPDATE "at position %u because the size of the collection is: %u." WRITTEN,
        ARG(list->name), v->row->loop_counter, count);
    return v->row->loop_counter <= count;
}

static bool reads(const struct expr *e, struct str name)
{
    size_t count = 0;
    const struct str *names = e->feel ? feel_reads(e->feel, &count) : NULL;

    for (size_t i = 0; i < count; i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

/* What a completion condition may ask beside the variables. The results are made only
 * if it reads them, since they are as many as the instances. */
static struct overlay *counts(struct step *s, const struct visit *v,
                              const struct element_row *body, struct str result,
                              struct str kept)
{
    const struct loop *loop = v->element->loop;
    u64 key = v->row->scope;
    struct overlay *o = overlay_new(s);
    u32 active =
        (u32)child_count(s->state, key) - 1; /* without the one that completes */
    u32 completed = body->loop_completed + 1;

    if (result.len && reads(&loop->completion_condition, loop->output_collection))
        overlay_set(s, o, loop->output_collection,
                    kept.len ? kept
                             : results_with(s, key, v->row->loop_counter, result));
    overlay_set(s, o, STR("numberOfInstances"),
                arena_print(s->arena, "%u", body->loop_created));
    overlay_set(s, o, STR("numberOfActiveInstances"),
                arena_print(s->arena, "%u", active));
    overlay_set(s, o, STR("numberOfCompletedInstances"),
                arena_print(s->arena, "%u", completed));
    overlay_set(s, o, STR("numberOfTerminatedInstances"),
                arena_print(s->arena, "%u", body->loop_created - active - completed));
    return o;
}

/* The collection is a variable that has not changed. Most are, and then it need be
 * neither computed nor compared. */
static bool is_as_before(struct step *s, u64 body, const struct expr *e,
                         const struct loop_row *loop)
{
    struct str name = multi_result_name(e);
    bool is_variable = name.len && name.len == str_trim(e->body).len;
    const struct variable_row *v = is_variable ? variable_visible(s, body, name) : NULL;

    return v && (v->changed < loop->read || str_equal(v->value, loop->items));
}

/* What a sequence goes on through, when it has become something else. False: it is no
 * list any more. One that is read from the very variable that its results hide stays as
 * it was found. */
static bool items_change(struct step *s, const struct visit *v, struct loop_row *out,
                         bool *is_changed, struct failure *f)
{
    const struct expr *e = &v->element->loop->input_collection;
    const struct loop_row *loop = loop_get(s->state, v->row->scope);
    u32 room = loop->room ? loop->room : loop->count;

    *out = *loop;
    out->read = 0; /* the applier knows */
    *is_changed = false;
    if (reads(e, loop->output) || is_as_before(s, v->row->scope, e, loop))
        return true;
    if (!expr_list(s, v->row->scope, e, &out->items, &out->count, f))
        return false;
    out->room = out->count > room ? out->count : room;
    *is_changed = !str_equal(out->items, loop->items);
    return true;
}

enum went multi_child_ends(struct step *s, struct visit *v)
{
    const struct loop *loop = v->element->loop;
    const struct element_row *body = element_get(s->state, v->row->scope);
    struct str result = {NULL, 0}, kept = {NULL, 0};
    bool is_enough = false, is_changed = false;
    const struct variable_row *list = results_kept(s, v->row->scope);
    struct loop_row next;
    struct failure f;

    if (loop->output_collection.len &&
        !expr_json(s, v->key, &loop->output_element, NULL, &result, &f)) {
        f.problem = PROBLEM_EXTRACT_VALUE_ERROR;
        return failed(s, v, &f);
    }
    if (result.len && list && !results_put(s, v, list, result, &kept, &f))
        return failed(s, v, &f);
    if (loop->completion_condition.is_set &&
        !expr_boolean(s, v->key, &loop->completion_condition,
                      counts(s, v, body, result, kept), &is_enough, &f))
        return failed(s, v, &f);
    if (loop->is_sequential && !is_enough &&
        !items_change(s, v, &next, &is_changed, &f))
        return failed(s, v, &f);
    if (is_changed)
        emit(s, EV_LOOP_CHANGED, v->row->scope, &next);
    if (kept.len)
        variable_set_local(s, v->row->scope, v->row->instance, list->name, kept);
    else if (result.len)
        emit(s, EV_LOOP_RESULT_SET, key_new(s),
             &(struct loop_result_row){v->row->instance, v->row->scope,
                                       v->row->loop_counter, result});
    if (is_enough && !body->interrupted_by) {
        emit(s, EV_SCOPE_INTERRUPTED, v->row->scope,
             &(struct scope_interrupted){v->row->instance, v->row->element});
        todo(s, CMD_CHILDREN_TERMINATE, v->row->scope, &(struct children_terminate){0});
    }
    return DONE;
}

/* So many rows of results are one in the end; fewer are taken as they are. */
static u32 join_size(const struct step *s)
{
    u32 todos = s->engine->options.todos;

    return todos ? 10 * todos : 10;
}

static void join_from(struct step *s, const struct visit *v, u32 from)
{
    leave(s, v->row->instance, CMD_LOOP_JOIN, v->key, &(struct loop_join){from});
}

/* Very many results are not for one step: they are joined before it, in pieces. */
static bool wants_join(struct step *s, u64 body, const struct loop_row *loop)
{
    u64 first = loop_result_after(s->state, body, 0);

    return loop->count > join_size(s) && first &&
           !loop_result_get(s->state, first)->count;
}

void decide_loop_join(struct step *s, u64 key, const void *record);

void decide_loop_join(struct step *s, u64 key, const void *record)
{
    const struct loop_join *c = record;
    const struct loop_row *loop = loop_get(s->state, key);
    u32 size = join_size(s);
    struct visit v;
    struct buf b;

    if (!loop || !visit_get(s, key, &v) || v.row->state != ELEMENT_STATE_ACTIVATED)
        return;
    u32 all = loop->room ? loop->room : loop->count;
    u32 last = all - c->from < size ? all : c->from + size - 1;
    buf_init(&b, s->arena, 64 * size);
    results_add(s, &b, key, c->from, last, 0, (struct str){NULL, 0});
    emit(s, EV_LOOP_RESULTS_JOINED, key_new(s),
         &(struct loop_result_row){v.row->instance, key, c->from, buf_str(&b),
                                   last - c->from + 1});
    if (last < all)
        join_from(s, &v, last + 1);
    else
        multi_check(s, key);
}

void multi_check(struct step *s, u64 body)
{
    const struct element_row *row = element_get(s->state, body);
    const struct loop_row *loop = loop_get(s->state, body);
    struct visit v;

    must(loop && visit_get(s, body, &v));
    bool is_through = row->interrupted_by || row->loop_created >= loop->count;
    if (is_through && child_count(s->state, body) == 0 && wants_join(s, body, loop))
        join_from(s, &v, 1);
    else if (is_through && child_count(s->state, body) == 0)
        todo(s, CMD_ELEMENT_RUN, body, NULL);
    else if (!is_through && v.element->loop->is_sequential &&
             child_count(s->state, body) == 0)
        todo(s, CMD_LOOP_GO, body, NULL);
}

const struct element_ops multi_ops = {.enter = multi_enter, .entered = multi_entered};
