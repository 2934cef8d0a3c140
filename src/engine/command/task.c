#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_user_task_complete(struct step *s, u64 key, const void *record);
void decide_user_task_assign(struct step *s, u64 key, const void *record);
void decide_user_task_unassign(struct step *s, u64 key, const void *record);
void decide_user_task_update(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

static const char *state_name(u32 state)
{
    static const char *const names[] = {
        [USER_TASK_NONE] = "NOT_FOUND",        [USER_TASK_CREATING] = "CREATING",
        [USER_TASK_CREATED] = "CREATED",       [USER_TASK_ASSIGNING] = "ASSIGNING",
        [USER_TASK_CLAIMING] = "CLAIMING",     [USER_TASK_UPDATING] = "UPDATING",
        [USER_TASK_COMPLETING] = "COMPLETING", [USER_TASK_CANCELING] = "CANCELING",
    };

    must(state < LEN(names));
    return names[state];
}

/* A task that is there and rests (behaviours 17). */
static const struct user_task_row *task_at_hand(struct step *s, u64 key,
                                                const char *what)
{
    const struct user_task_row *row = user_task_get(s->state, key);

    if (!row) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to %s user task with key '%llu', but no such user task was "
               "found",
               what, (llu)key);
        return NULL;
    }
    if (row->state != USER_TASK_CREATED) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to %s user task with key '%llu', but it is in state '%s'",
               what, (llu)key, state_name(row->state));
        return NULL;
    }
    return step_about(s, row->instance) ? row : NULL;
}

static struct str action_of(struct str wanted, const char *standard)
{
    return wanted.len ? wanted : str_of(standard);
}

void decide_user_task_complete(struct step *s, u64 key, const void *record)
{
    const struct user_task_complete *c = record;
    const struct user_task_row *row = task_at_hand(s, key, "complete");

    if (!row)
        return;
    task_change(s, key, EV_USER_TASK_COMPLETING,
                &(struct user_task_changing){
                    .instance = row->instance,
                    .wanted = row->values,
                    .action = action_of(c->action, "complete"),
                    .variables = c->variables.len ? c->variables : STR("{}"),
                    .request = s->in->request,
                });
}

static void task_assign(struct step *s, u64 key, const struct user_task_row *row,
                        struct str assignee, enum event_kind kind, struct str action)
{
    static const struct str changed = {"assignee", 8};
    struct user_task_values wanted = *row->values;
    u32 count = !str_equal(wanted.assignee, assignee);

    wanted.assignee = assignee;
    task_change(s, key, kind,
                &(struct user_task_changing){
                    .instance = row->instance,
                    .wanted = &wanted,
                    .changed = {&changed, count},
                    .action = action,
                    .request = s->in->request,
                });
}

/* Only if nobody else has it. */
static bool task_may_claim(struct step *s, u64 key, const struct user_task_row *row,
                           struct str assignee)
{
    struct str now = row->values->assignee;

    if (assignee.len == 0)
        reject(s, REJECT_INVALID_STATE,
               "Expected to claim user task with key '%llu', but provided assignee is "
               "empty",
               (llu)key);
    else if (now.len && !str_equal(now, assignee))
        reject(s, REJECT_INVALID_STATE,
               "Expected to claim user task with key '%llu', but it has already been "
               "assigned",
               (llu)key);
    return s->rejection == REJECT_NONE;
}

void decide_user_task_assign(struct step *s, u64 key, const void *record)
{
    const struct user_task_assign *c = record;
    bool is_claim = c->has_override && !c->overrides;
    const struct user_task_row *row =
        task_at_hand(s, key, is_claim ? "claim" : "assign");

    if (!row || (is_claim && !task_may_claim(s, key, row, c->assignee)))
        return;
    task_assign(s, key, row, c->assignee,
                is_claim ? EV_USER_TASK_CLAIMING : EV_USER_TASK_ASSIGNING,
                action_of(c->action, is_claim ? "claim" : "assign"));
}

void decide_user_task_unassign(struct step *s, u64 key, const void *record)
{
    const struct user_task_row *row = task_at_hand(s, key, "assign");

    if (row)
        task_assign(s, key, row, STR(""), EV_USER_TASK_ASSIGNING, STR("unassign"));
}

/* The attributes that are named, whether their values are new or not. */
static struct text_list changes_named(struct step *s, const struct user_task_change *c)
{
    const struct {
        const char *name;
        bool is_there;
    } all[] = {
        {"candidateGroupsList", c->has_candidate_groups},
        {"candidateUsersList", c->has_candidate_users},
        {"dueDate", c->has_due_date},
        {"followUpDate", c->has_follow_up_date},
        {"priority", c->has_priority},
    };
    struct str *names = NEW_ARRAY(s->arena, struct str, LEN(all));
    u32 count = 0;

    for (size_t i = 0; i < LEN(all); i++)
        if (all[i].is_there)
            names[count++] = str_of(all[i].name);
    return (struct text_list){names, count};
}

void decide_user_task_update(struct step *s, u64 key, const void *record)
{
    static const struct user_task_change nothing;
    const struct user_task_update *c = record;
    const struct user_task_change *changes = c->changeset ? c->changeset : &nothing;
    const struct user_task_row *row;

    if (!task_change_is_valid(s, changes))
        return;
    row = task_at_hand(s, key, "update");
    if (!row)
        return;
    struct user_task_values wanted = *row->values;
    task_values_change(&wanted, changes);
    task_change(s, key, EV_USER_TASK_UPDATING,
                &(struct user_task_changing){
                    .instance = row->instance,
                    .wanted = &wanted,
                    .changed = changes_named(s, changes),
                    .action = action_of(c->action, "update"),
                    .request = s->in->request,
                });
}
