/* condition.c - variables that change together, for the conditions that look at them
 * (behaviours 9.10). They are asked in a to-do, when the change is through. */
#include "engine/behave/behave.h"

void changes_begin(struct step *s, struct changes *c, u64 instance)
{
    c->instance = instance;
    c->is_looked_at = condition_inside(s->state, instance, 0) != 0;
    buf_init(&c->list, s->arena, 0);
}

void changes_add(struct step *s, struct changes *c, u64 scope, struct str name,
                 bool is_created)
{
    struct variable_change change = {scope, name, is_created};

    if (c->is_looked_at)
        buf_add(&c->list, (struct str){(const char *)&change, sizeof(change)});
}

/* What waits for a condition from now on has seen the change already. */
void changes_end(struct step *s, const struct changes *c)
{
    u32 count = (u32)(c->list.len / sizeof(struct variable_change));
    u64 before = s->instance;

    if (count == 0)
        return;
    struct variable_change *all = NEW_ARRAY(s->arena, struct variable_change, count);
    memcpy(all, c->list.data, c->list.len);
    s->instance = c->instance;
    todo(s, CMD_CONDITIONS_CHECK, c->instance,
         &(struct conditions_check){.changes = {all, count},
                                    .last = state_last_key(s->state)});
    s->instance = before;
}
