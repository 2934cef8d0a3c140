#include "engine/apply/apply.h"
#include "state/write.h"

void apply_user_task_creating(struct state *s, u64 key, const void *record);
void apply_user_task_created(struct state *s, u64 key, const void *record);
void apply_user_task_assigning(struct state *s, u64 key, const void *record);
void apply_user_task_claiming(struct state *s, u64 key, const void *record);
void apply_user_task_assigned(struct state *s, u64 key, const void *record);
void apply_user_task_updating(struct state *s, u64 key, const void *record);
void apply_user_task_updated(struct state *s, u64 key, const void *record);
void apply_user_task_completing(struct state *s, u64 key, const void *record);
void apply_user_task_completed(struct state *s, u64 key, const void *record);
void apply_user_task_canceling(struct state *s, u64 key, const void *record);
void apply_user_task_canceled(struct state *s, u64 key, const void *record);
void apply_user_task_corrected(struct state *s, u64 key, const void *record);
void apply_user_task_assignment_denied(struct state *s, u64 key, const void *record);
void apply_user_task_update_denied(struct state *s, u64 key, const void *record);
void apply_user_task_completion_denied(struct state *s, u64 key, const void *record);
void apply_user_task_migrated(struct state *s, u64 key, const void *record);

static struct user_task_row task_before(const struct state *s, u64 key)
{
    const struct user_task_row *row = user_task_get(s, key);

    must(row);
    return *row;
}

void apply_user_task_creating(struct state *s, u64 key, const void *record)
{
    struct user_task_row row = *(const struct user_task_row *)record;

    row.state = USER_TASK_CREATING;
    row.created_at = state_now(s);
    user_task_put(s, key, &row);
}

/* Nothing of a change is left, whether it came about or not. */
static void task_rest(struct state *s, u64 key, bool takes)
{
    struct user_task_row row = task_before(s, key);

    if (takes && row.wanted)
        row.values = row.wanted;
    row.wanted = NULL;
    row.changed = (struct text_list){NULL, 0};
    row.action = row.variables = (struct str){NULL, 0};
    row.is_local = false;
    row.request = 0;
    row.listener = 0;
    row.state = USER_TASK_CREATED;
    user_task_put(s, key, &row);
}

static void task_begin(struct state *s, u64 key, const struct user_task_changing *c,
                       enum user_task_state state)
{
    struct user_task_row row = task_before(s, key);

    row.state = state;
    row.wanted = c->wanted;
    row.changed = c->changed;
    row.action = c->action;
    row.variables = c->variables;
    row.is_local = c->is_local;
    row.request = c->request;
    row.listener = 0;
    user_task_put(s, key, &row);
}

void apply_user_task_created(struct state *s, u64 key, const void *record)
{
    task_rest(s, key, true);
}

void apply_user_task_assigning(struct state *s, u64 key, const void *record)
{
    task_begin(s, key, record, USER_TASK_ASSIGNING);
}

void apply_user_task_claiming(struct state *s, u64 key, const void *record)
{
    task_begin(s, key, record, USER_TASK_CLAIMING);
}

void apply_user_task_assigned(struct state *s, u64 key, const void *record)
{
    task_rest(s, key, true);
}

void apply_user_task_updating(struct state *s, u64 key, const void *record)
{
    task_begin(s, key, record, USER_TASK_UPDATING);
}

void apply_user_task_updated(struct state *s, u64 key, const void *record)
{
    task_rest(s, key, true);
}

void apply_user_task_completing(struct state *s, u64 key, const void *record)
{
    task_begin(s, key, record, USER_TASK_COMPLETING);
}

/* What it has brought stays with its element until that goes on. */
void apply_user_task_completed(struct state *s, u64 key, const void *record)
{
    struct user_task_row row = task_before(s, key);

    trigger_put(s, key,
                &(struct trigger_row){
                    .instance = row.instance,
                    .element_instance = row.element_instance,
                    .target = row.element,
                    .variables = row.variables,
                });
    user_task_del(s, key);
}

void apply_user_task_canceling(struct state *s, u64 key, const void *record)
{
    struct user_task_row row = task_before(s, key);

    row.state = USER_TASK_CANCELING;
    row.wanted = NULL;
    row.changed = (struct text_list){NULL, 0};
    row.action = row.variables = (struct str){NULL, 0};
    row.request = 0;
    row.listener = 0;
    user_task_put(s, key, &row);
}

void apply_user_task_canceled(struct state *s, u64 key, const void *record)
{
    user_task_del(s, key);
}

void apply_user_task_corrected(struct state *s, u64 key, const void *record)
{
    const struct user_task_corrected *e = record;
    struct user_task_row row = task_before(s, key);

    row.wanted = e->wanted;
    row.changed = e->changed;
    user_task_put(s, key, &row);
}

void apply_user_task_assignment_denied(struct state *s, u64 key, const void *record)
{
    task_rest(s, key, false);
}

void apply_user_task_update_denied(struct state *s, u64 key, const void *record)
{
    task_rest(s, key, false);
}

void apply_user_task_completion_denied(struct state *s, u64 key, const void *record)
{
    task_rest(s, key, false);
}

void apply_user_task_migrated(struct state *s, u64 key, const void *record)
{
    const struct row_migrated *e = record;
    struct user_task_row row = task_before(s, key);

    row.process = e->process;
    row.element = e->element;
    user_task_put(s, key, &row);
}
