#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_variables_set(struct step *s, u64 key, const void *record);

/* What is ending takes none any more, unless an incident holds it up, of a listener of
 * its end: that could not be resolved without. */
static bool takes_variables(const struct step *s, const struct element_row *row)
{
    const struct instance_row *i = instance_get(s->state, row->instance);

    return row->state != ELEMENT_STATE_TERMINATING || (i && i->incidents > 0);
}

void decide_variables_set(struct step *s, u64 key, const void *record)
{
    const struct variables_set *c = record;
    const struct element_row *row = element_get(s->state, key);
    struct variables_were_set *answer = NEW(s->arena, struct variables_were_set);

    if (!row || !takes_variables(s, row)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to update variables for element with key '%llu', but no such "
               "element was found",
               (unsigned long long)key);
        return;
    }
    if (!step_about(s, row->instance))
        return;
    if (task_variables_set(s, key, c))
        return;
    answer->key = variables_change(s, key, row->instance, c->variables, c->is_local);
    s->answer = answer;
}
