#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_variables_set(struct step *s, u64 key, const void *record);

void decide_variables_set(struct step *s, u64 key, const void *record)
{
    const struct variables_set *c = record;
    const struct element_row *row = element_get(s->state, key);
    struct variables_were_set *answer = NEW(s->arena, struct variables_were_set);

    if (!row || row->state == ELEMENT_STATE_TERMINATING) {
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
