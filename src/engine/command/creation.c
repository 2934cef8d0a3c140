#include "base/utf8.h"
#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_instance_create(struct step *s, u64 key, const void *record);
void decide_business_id_assign(struct step *s, u64 key, const void *record);

#define TAGS_MAX        10
#define TAG_MAX         100
#define BUSINESS_ID_MAX 256

/* ---- which process --------------------------------------------------------------- */

/* The id wins over the key (behaviours 15.1). */
static u64 find_process(struct step *s, const struct instance_create *c)
{
    struct str id = c->bpmn_process_id;
    u64 key;

    if (id.len && c->version >= 0) {
        key = process_version(s->state, s->tenant, id, c->version);
        if (!key)
            reject(s, REJECT_NOT_FOUND,
                   "Expected to find process definition with process ID '%.*s' and "
                   "version '%d', but none found",
                   ARG(id), c->version);
        return key;
    }
    if (id.len) {
        key = process_latest(s->state, s->tenant, id);
        if (!key)
            reject(s, REJECT_NOT_FOUND,
                   "Expected to find process definition with process ID '%.*s', but "
                   "none found",
                   ARG(id));
        return key;
    }
    if ((i64)c->process_key < 0) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected at least a bpmnProcessId or a key greater than -1, but none "
               "given");
        return 0;
    }
    const struct process_row *row = process_get(s->state, c->process_key);
    if (row && !row->is_deleted)
        return c->process_key;
    reject(s, REJECT_NOT_FOUND,
           "Expected to find process definition with key '%llu', but none found",
           (unsigned long long)c->process_key);
    return 0;
}

/* ---- at which elements ----------------------------------------------------------- */

#define START_AT "Expected to create instance of process with start instructions but "

static bool is_in_loop(const struct element *e)
{
    for (const struct element *x = e->scope; x; x = x->scope)
        if (x->loop)
            return true;
    return false;
}

/* Each check is made of all before the next one is made (behaviours 15.1). */
static void starts_are_there(struct step *s, u64 process,
                             const struct instance_create *c,
                             const struct element **out)
{
    for (u32 i = 0; i < c->starts.count; i++) {
        struct str id = c->starts.items[i].element_id;
        out[i] = element_named(s, process, id);
        if (!out[i]) {
            reject(s, REJECT_INVALID_ARGUMENT,
                   START_AT "no element found with id '%.*s'.", ARG(id));
            return;
        }
    }
}

static void starts_are_outside_loops(struct step *s, const struct element **all,
                                     u32 count)
{
    for (u32 i = 0; i < count; i++)
        if (is_in_loop(all[i])) {
            reject(s, REJECT_INVALID_ARGUMENT,
                   START_AT
                   "the element with id '%.*s' is inside a multi-instance subprocess. "
                   "The creation of elements inside a multi-instance subprocess is not "
                   "supported.",
                   ARG(all[i]->id));
            return;
        }
}

static void starts_are_of_a_type(struct step *s, const struct element **all, u32 count)
{
    for (u32 i = 0; i < count; i++)
        if (!reach_may_begin(all[i])) {
            reject(
                s, REJECT_INVALID_ARGUMENT,
                START_AT "the element with id '%.*s' targets unsupported element type "
                         "'%s'. Supported element types are: %.*s",
                ARG(all[i]->id), element_type_name(all[i]->type), ARG(reach_types(s)));
            return;
        }
}

static void starts_are_of_no_race(struct step *s, const struct element **all, u32 count)
{
    for (u32 i = 0; i < count; i++)
        if (event_is_triggered_elsewhere(all[i])) {
            reject(s, REJECT_INVALID_ARGUMENT,
                   START_AT
                   "the element with id '%.*s' belongs to an event-based gateway. The "
                   "creation of elements belonging to an event-based gateway is not "
                   "supported.",
                   ARG(all[i]->id));
            return;
        }
}

static const struct element **starts_find(struct step *s, u64 process,
                                          const struct instance_create *c)
{
    const struct element **all =
        NEW_ARRAY(s->arena, const struct element *, c->starts.count);

    starts_are_there(s, process, c, all);
    if (!s->rejection)
        starts_are_outside_loops(s, all, c->starts.count);
    if (!s->rejection)
        starts_are_of_a_type(s, all, c->starts.count);
    if (!s->rejection)
        starts_are_of_no_race(s, all, c->starts.count);
    return all;
}

/* ---- what it is called, and when it ends ----------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool tag_is_valid(struct str tag)
{
    if (tag.len == 0 || tag.len > TAG_MAX || !is_letter(tag.data[0]))
        return false;
    for (size_t i = 0; i < tag.len; i++) {
        char c = tag.data[i];
        if (!is_letter(c) && !(c >= '0' && c <= '9') && !strchr("_-:.", c))
            return false;
    }
    return true;
}

static void tags_check(struct step *s, struct text_list tags)
{
    struct buf wrong;

    if (tags.count > TAGS_MAX) {
        reject(
            s, REJECT_INVALID_ARGUMENT,
            "Expected to create instance of process with tags, but the number of tags "
            "exceeds the limit of %d.",
            TAGS_MAX);
        return;
    }
    buf_init(&wrong, s->arena, 0);
    for (u32 i = 0; i < tags.count; i++)
        if (!tag_is_valid(tags.items[i]))
            buf_print(&wrong, "%s%.*s", wrong.len ? ", " : "", ARG(tags.items[i]));
    bool is_blank = tags.count == 1 && tags.items[0].len == 0;
    if (wrong.len || is_blank)
        reject(
            s, REJECT_INVALID_ARGUMENT,
            "Expected to create instance of process with tags, but the tags '%.*s' "
            "are invalid. Tag must start with a letter (a-z, A-Z), followed by "
            "alphanumerics, underscores, minuses, colons, or periods. It must not be "
            "blank and must be %d characters or less.",
            ARG(buf_str(&wrong)), TAG_MAX);
}

static void business_id_check(struct step *s, struct str id)
{
    if (utf8_count(id) > BUSINESS_ID_MAX)
        reject(
            s, REJECT_INVALID_ARGUMENT,
            "Expected to create instance of process with a valid business id, but the "
            "business id exceeds the max length of %d.",
            BUSINESS_ID_MAX);
}

/* Instances with this id are made at one partition (see the gate), so it knows. */
static void business_id_is_free(struct step *s, u64 process, struct str id)
{
    if (!s->engine->options.unique_business_ids || id.len == 0)
        return;
    for (u64 key = 0;
         (key = instance_with_business_id(s->state, s->tenant, id, key));) {
        const struct instance_row *i = instance_get(s->state, key);
        if (i->process != process || i->is_banned)
            continue;
        reject(s, REJECT_ALREADY_EXISTS,
               "Expected to create instance of process with business id '%.*s', but an "
               "instance with this business id already exists for process definition "
               "key '%llu'",
               ARG(id), (unsigned long long)process);
        return;
    }
}

static struct u64_list ends_find(struct step *s, u64 process,
                                 const struct instance_create *c)
{
    u64 *tags = NEW_ARRAY(s->arena, u64, c->ends.count);

    for (u32 i = 0; i < c->ends.count && !s->rejection; i++) {
        struct str id = c->ends.items[i].after_element_id;
        const struct element *e = element_named(s, process, id);
        if (!e)
            reject(
                s, REJECT_INVALID_ARGUMENT,
                "Expected to create instance of process with runtime instructions but "
                "no element found with id '%.*s'.",
                ARG(id));
        tags[i] = e ? e->tag : 0;
    }
    return (struct u64_list){tags, c->ends.count};
}

/* ---- making it ------------------------------------------------------------------- */

static void cannot_stand(struct step *s, const struct reach_failure *f)
{
    reject_undone(s, REJECT_INVALID_ARGUMENT,
                  "Expected to subscribe to catch event(s) of '%.*s' but %.*s",
                  ARG(f->scope->id), ARG(f->failure.message));
}

/* It begins at these elements; the scopes that they need are made once. */
static u64 start_at(struct step *s, u64 process, const struct instance_row *row,
                    const struct instance_create *c, const struct element **all)
{
    u64 key = instance_make(s, process, row, c->variables);
    struct reach_failure f;

    if (!reach_process(s, process, key, &f)) {
        cannot_stand(s, &f);
        return 0;
    }
    for (u32 i = 0; i < c->starts.count; i++)
        if (!reach_begin(s, &(struct reach){.instance = key, .element = all[i]}, &f)) {
            cannot_stand(s, &f);
            return 0;
        }
    return key;
}

static bool may_start(struct step *s, u64 process, const struct instance_create *c)
{
    if (c->starts.count || process_of(s, process)->root->none_start)
        return true;
    reject(s, REJECT_INVALID_STATE,
           "Expected to create instance of process with none start event, but there is "
           "no such event");
    return false;
}

static void answer(struct step *s, u64 process, u64 instance)
{
    struct instance_created *answer = NEW(s->arena, struct instance_created);
    const struct process_row *p = process_get(s->state, process);
    const struct instance_row *i = instance_get(s->state, instance);

    *answer = (struct instance_created){
        .process_key = process,
        .bpmn_process_id = p->bpmn_process_id,
        .version = p->version,
        .instance_key = instance,
        .tenant = p->tenant,
        .tags = i->tags,
        .business_id = i->business_id,
    };
    s->answer = answer;
}

void decide_instance_create(struct step *s, u64 key, const void *record)
{
    const struct instance_create *c = record;
    struct instance_row row = {.awaits_result = c->awaits_result,
                               .fetch_variables = c->fetch_variables,
                               .tags = c->tags,
                               .business_id = c->business_id};
    const struct element **starts = NULL;
    u64 process = find_process(s, c);

    if (!process || !may_start(s, process, c))
        return;
    starts = starts_find(s, process, c);
    if (!s->rejection)
        tags_check(s, c->tags);
    if (!s->rejection)
        business_id_check(s, c->business_id);
    if (!s->rejection)
        business_id_is_free(s, process, c->business_id);
    if (!s->rejection)
        row.ends_after = ends_find(s, process, c);
    if (s->rejection)
        return;
    key = c->starts.count ? start_at(s, process, &row, c, starts)
                          : instance_start(s, process, &row, c->variables, 0);
    if (key)
        answer(s, process, key);
}

/* ---- a business id that comes later ---------------------------------------------- */

#define ASSIGN \
    "Expected to assign a business id to process instance with key '%llu', but "

static void assign_check(struct step *s, u64 key, const struct instance_row *i,
                         struct str id)
{
    unsigned long long instance = key;

    if (!i || element_get(s->state, key)->state == ELEMENT_STATE_TERMINATING)
        reject(s, REJECT_NOT_FOUND, ASSIGN "no such process instance was found",
               instance);
    else if (id.len == 0)
        reject(s, REJECT_INVALID_ARGUMENT, ASSIGN "it is empty", instance);
    else if (utf8_count(id) > BUSINESS_ID_MAX)
        reject(s, REJECT_INVALID_ARGUMENT, ASSIGN "it exceeds the max length of %d",
               instance, BUSINESS_ID_MAX);
    else if (i->parent_instance)
        reject(s, REJECT_INVALID_STATE,
               ASSIGN "it is created by a parent process instance", instance);
    else if (s->engine->options.unique_business_ids)
        reject(s, REJECT_INVALID_STATE,
               ASSIGN "business ids are unique here, so it must be given when the "
                      "instance is created",
               instance);
    else if (i->business_id.len && !str_equal(i->business_id, id))
        reject(s, REJECT_INVALID_STATE, ASSIGN "it has another one already: '%.*s'",
               instance, ARG(i->business_id));
}

void decide_business_id_assign(struct step *s, u64 key, const void *record)
{
    struct str id = ((const struct business_id_assign *)record)->business_id;
    const struct instance_row *i = instance_get(s->state, key);

    assign_check(s, key, i, id);
    if (!s->rejection && step_about(s, key) && i->business_id.len == 0)
        emit(s, EV_BUSINESS_ID_ASSIGNED, key, &(struct business_id_assigned){id});
}
