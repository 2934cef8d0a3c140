#include "engine/apply/apply.h"
#include "state/write.h"

void apply_element_activating(struct state *s, u64 key, const void *record);
void apply_element_activated(struct state *s, u64 key, const void *record);
void apply_element_completing(struct state *s, u64 key, const void *record);
void apply_element_completed(struct state *s, u64 key, const void *record);
void apply_element_terminating(struct state *s, u64 key, const void *record);
void apply_element_terminated(struct state *s, u64 key, const void *record);
void apply_sequence_flow_taken(struct state *s, u64 key, const void *record);
void apply_scope_interrupted(struct state *s, u64 key, const void *record);
void apply_element_triggered(struct state *s, u64 key, const void *record);
void apply_scope_reentered(struct state *s, u64 key, const void *record);
void apply_ad_hoc_fulfilled(struct state *s, u64 key, const void *record);

/* A body counts the instances it has begun, and remembers where the next item stands.
 */
static void loop_began(struct state *s, const struct element_activating *e)
{
    const struct element_row *before = element_get(s, e->scope);

    must(before && before->is_body);
    struct element_row row = *before;
    row.loop_created = e->loop_counter;
    row.loop_at = e->loop_at;
    element_put(s, e->scope, &row);
}

/* The tokens and the trigger that have brought it here are consumed. */
void apply_element_activating(struct state *s, u64 key, const void *record)
{
    const struct element_activating *e = record;

    for (u32 i = 0; i < e->tokens.count; i++)
        if (token_get(s, e->tokens.items[i]))
            token_del(s, e->tokens.items[i]);
    if (e->trigger && trigger_get(s, e->trigger))
        trigger_del(s, e->trigger);
    if (e->loop_counter)
        loop_began(s, e);
    element_put(s, key,
                &(struct element_row){
                    .instance = e->instance,
                    .process = e->process,
                    .element = e->element,
                    .scope = e->scope,
                    .state = ELEMENT_STATE_ACTIVATING,
                    .parent = e->parent,
                    .is_body = e->is_body,
                    .loop_counter = e->loop_counter,
                    .is_inner = e->is_inner,
                    .started_at = state_now(s),
                });
}

static void element_move(struct state *s, u64 key, enum element_state state)
{
    const struct element_row *before = element_get(s, key);

    must(before);
    struct element_row row = *before;
    row.state = state;
    row.listener = 0;
    element_put(s, key, &row);
}

void apply_element_activated(struct state *s, u64 key, const void *record)
{
    element_move(s, key, ELEMENT_STATE_ACTIVATED);
}

void apply_element_completing(struct state *s, u64 key, const void *record)
{
    element_move(s, key, ELEMENT_STATE_COMPLETING);
}

void apply_element_terminating(struct state *s, u64 key, const void *record)
{
    element_move(s, key, ELEMENT_STATE_TERMINATING);
    scope_clear_tokens(s, key);
}

/* Its variables, tokens and triggers go with it; and the instance with its process. */
static void element_end(struct state *s, u64 key)
{
    const struct element_row *row = element_get(s, key);

    must(row);
    scope_clear(s, key);
    if (!row->scope) {
        scope_clear_compensations(s, key);
        instance_del(s, key);
        process_left(s, row->process);
    }
    element_del(s, key);
}

/* Has it left a row with its scope, through which what was done in it can be undone? */
static bool is_undoable(const struct state *s, u64 key)
{
    u64 scope = element_get(s, key)->scope;

    for (u64 c = 0; (c = compensation_after(s, scope, c));)
        if (compensation_get(s, c)->activity_instance == key)
            return true;
    return false;
}

/* What was done in an event sub-process cannot be undone once it has ended. */
void apply_element_completed(struct state *s, u64 key, const void *record)
{
    const struct element_row *row = element_get(s, key);

    must(row);
    if (compensation_after(s, key, 0) && !is_undoable(s, key))
        scope_clear_compensations(s, key);
    if (row->loop_counter) {
        struct element_row body = *element_get(s, row->scope);
        body.loop_completed++;
        element_put(s, row->scope, &body);
    }
    element_end(s, key);
}

void apply_element_terminated(struct state *s, u64 key, const void *record)
{
    scope_clear_compensations(s, key);
    element_end(s, key);
}

void apply_sequence_flow_taken(struct state *s, u64 key, const void *record)
{
    token_put(s, key, record);
}

void apply_scope_interrupted(struct state *s, u64 key, const void *record)
{
    const struct scope_interrupted *e = record;
    const struct element_row *before = element_get(s, key);

    must(before);
    struct element_row row = *before;
    row.interrupted_by = e->by;
    element_put(s, key, &row);
    scope_clear_tokens(s, key);
}

void apply_element_triggered(struct state *s, u64 key, const void *record)
{
    trigger_put(s, key, record);
}

void apply_scope_reentered(struct state *s, u64 key, const void *record)
{
    const struct element_row *before = element_get(s, key);

    must(before);
    struct element_row row = *before;
    row.interrupted_by = 0;
    element_put(s, key, &row);
}

void apply_ad_hoc_fulfilled(struct state *s, u64 key, const void *record)
{
    const struct ad_hoc_fulfilled *e = record;
    const struct element_row *before = element_get(s, key);

    must(before);
    struct element_row row = *before;
    row.is_fulfilled = e->is_fulfilled;
    element_put(s, key, &row);
}
