#include "engine/behave/behave.h"
#include "engine/command/command.h"

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
    if (c->is_local)
        variables_set_local(s, key, row->instance, c->variables);
    else
        variables_merge(s, key, row->instance, c->variables);
    answer->key = key_new(s);
    s->answer = answer;
    emit(s, EV_VARIABLES_CHANGED, answer->key,
         &(struct variables_changed){row->instance, key, c->is_local});
}
