#include <stdlib.h>

#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_conditions_evaluate(struct step *s, u64 key, const void *record);
void decide_conditions_check(struct step *s, u64 key, const void *record);
void decide_condition_trigger(struct step *s, u64 key, const void *record);

/* ---- events within an instance (behaviours 9.10) --------------------------------- */

#define ASKED_AT_ONCE 32 /* conditions that one to-do evaluates */

/* A condition that has to do with a change, and how deep it is within its instance. */
struct candidate {
    u64 key;
    u32 depth;
};

/* From outside inward, and then in the order in which they were opened. */
static int by_depth(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static bool is_watched(const struct element *e, const struct variable_change *c)
{
    if (!(c->is_created ? e->on_create : e->on_update))
        return false;
    for (u32 i = 0; i < e->watched_count; i++)
        if (str_equal(e->watched[i], c->name))
            return true;
    return false;
}

/* Is it the variable that is seen from there, and one that is looked at? */
static bool concerns(struct step *s, const struct condition_row *x,
                     const struct variable_change *c)
{
    const struct variable_row *v;

    if (!is_watched(element_of(s, x->process, x->element), c))
        return false;
    v = variable_visible(s, x->element_instance, c->name);
    return v && v->scope == c->scope;
}

static bool concerns_any(struct step *s, const struct condition_row *x,
                         const struct conditions_check *c)
{
    for (u32 i = 0; i < c->changes.count; i++)
        if (concerns(s, x, &c->changes.items[i]))
            return true;
    return false;
}

static u32 depth_of(const struct step *s, u64 element_instance)
{
    const struct element_row *row = element_get(s->state, element_instance);
    u32 depth = 0;

    for (; row && row->scope; row = element_get(s->state, row->scope))
        depth++;
    return depth;
}

/* Nothing around it is ending: else it ends, too, and takes no more. */
static bool is_reached(const struct step *s, u64 element_instance)
{
    const struct element_row *row = element_get(s->state, element_instance), *scope;

    for (; row && row->scope; row = scope) {
        scope = element_get(s->state, row->scope);
        if (!scope || scope->state != ELEMENT_STATE_ACTIVATED ||
            (scope->interrupted_by &&
             (row_is_part(row) || scope->interrupted_by != row->element)))
            return false;
    }
    return row != NULL;
}

void decide_condition_trigger(struct step *s, u64 key, const void *record)
{
    const struct condition_row *x = condition_get(s->state, key);
    struct visit v;

    if (!x || !visit_get(s, x->element_instance, &v))
        return;
    const struct element *event = element_of(s, x->process, x->element);
    if (is_reached(s, v.key) && accepts_trigger(s, v.key, event))
        trigger(s, &v, event, (struct str){NULL, 0}, false);
}

/* One that cannot be computed now is not true now. */
static void ask(struct step *s, u64 key)
{
    const struct condition_row *x = condition_get(s->state, key);
    struct failure f;
    bool is_true;

    if (!x)
        return;
    const struct element *event = element_of(s, x->process, x->element);
    if (expr_condition(s, x->element_instance, &event->event_condition, NULL, &is_true,
                       &f) &&
        is_true)
        decide_condition_trigger(s, key, NULL);
}

static struct candidate *candidates(struct step *s, u64 instance,
                                    const struct conditions_check *c, u32 *count)
{
    struct candidate *all, done = {c->after, c->after_depth};

    *count = 0;
    for (u64 key = 0; (key = condition_inside(s->state, instance, key));)
        ++*count;
    all = NEW_ARRAY(s->arena, struct candidate, *count);
    *count = 0;
    for (u64 key = 0; (key = condition_inside(s->state, instance, key));) {
        const struct condition_row *x = condition_get(s->state, key);
        struct candidate here = {key, depth_of(s, x->element_instance)};
        if (key <= c->last && by_depth(&here, &done) > 0 && concerns_any(s, x, c))
            all[(*count)++] = here;
    }
    qsort(all, *count, sizeof(*all), by_depth);
    return all;
}

/* `key` is the instance. What an event that was triggered has ended is not there any
 * more when its turn comes. */
void decide_conditions_check(struct step *s, u64 key, const void *record)
{
    const struct conditions_check *c = record;
    struct conditions_check rest = *c;
    u32 count;
    struct candidate *all = candidates(s, key, c, &count);

    for (u32 i = 0; i < count && i < ASKED_AT_ONCE; i++) {
        ask(s, all[i].key);
        rest.after = all[i].key;
        rest.after_depth = all[i].depth;
    }
    if (count > ASKED_AT_ONCE)
        todo(s, CMD_CONDITIONS_CHECK, key, &rest);
}

/* ---- start events ---------------------------------------------------------------- */

static struct overlay *overlay_of(struct step *s, struct str variables)
{
    struct overlay *o = overlay_new(s);
    struct json_walk walk;

    if (variables.len == 0)
        return o;
    walk = json_walk(variables);
    for (struct json_member m; json_next(&walk, s->arena, &m);)
        overlay_set(s, o, m.name, m.value);
    return o;
}

/* The start event of this row begins an instance if its condition is true. */
static bool starts(struct step *s, const struct condition_row *x, struct overlay *known,
                   struct str variables, struct instance_reference *out)
{
    const struct element *e = element_of(s, x->process, x->element);
    struct failure f;
    bool is_true;

    if (!expr_condition(s, 0, &e->event_condition, known, &is_true, &f) || !is_true)
        return false;
    out->process_key = x->process;
    out->instance_key = instance_start(s, x->process,
                                       &(struct instance_row){
                                           .start_event = x->element,
                                           .start_variables = variables,
                                       },
                                       (struct str){NULL, 0}, 0);
    s->instance = 0;
    return true;
}

static u64 next_of(const struct step *s, u64 process, u64 after)
{
    return process ? condition_of(s->state, process, after)
                   : start_condition_after(s->state, s->tenant, after);
}

static void start_all(struct step *s, u64 process, struct str variables,
                      struct instance_reference_list *out)
{
    struct overlay *known = overlay_of(s, variables);
    struct instance_reference *all;
    u32 count = 0;

    for (u64 key = 0; (key = next_of(s, process, key));)
        count++;
    all = NEW_ARRAY(s->arena, struct instance_reference, count);
    out->items = all;
    for (u64 key = 0; (key = next_of(s, process, key));)
        if (starts(s, condition_get(s->state, key), known, variables, &all[out->count]))
            out->count++;
}

void decide_conditions_evaluate(struct step *s, u64 key, const void *record)
{
    const struct conditions_evaluate *c = record;
    u64 process = (i64)c->process_key < 0 ? 0 : c->process_key; /* clients write -1 */
    const struct process_row *p = process_get(s->state, process);
    struct conditions_were_evaluated *answer =
        NEW(s->arena, struct conditions_were_evaluated);

    if (process && (!p || p->is_deleted || !str_equal(p->tenant, s->tenant))) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to evaluate conditional start events of process definition "
               "with key '%llu', but none found",
               (unsigned long long)process);
        return;
    }
    *answer =
        (struct conditions_were_evaluated){.key = key_new(s), .tenant = s->tenant};
    emit(s, EV_CONDITIONS_EVALUATED, answer->key,
         &(struct conditions_evaluated){process, c->variables, s->tenant});
    start_all(s, process, c->variables, &answer->instances);
    s->answer = answer;
}
