#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_expression_evaluate(struct step *s, u64 key, const void *record);

static const struct expression_evaluated *evaluated(struct step *s, struct str text,
                                                    struct str result,
                                                    struct text_list warnings)
{
    struct expression_evaluated *answer = NEW(s->arena, struct expression_evaluated);
    struct expression_note *notes =
        NEW_ARRAY(s->arena, struct expression_note, warnings.count);

    for (u32 i = 0; i < warnings.count; i++)
        notes[i].message = warnings.items[i];
    *answer = (struct expression_evaluated){text, result, {notes, warnings.count}};
    return answer;
}

/* With the variables that came with it, then those that the element instance with the
 * key sees, if there is a key. Nothing is kept of it. */
void decide_expression_evaluate(struct step *s, u64 key, const void *record)
{
    const struct expression_evaluate *c = record;
    struct text_list warnings;
    struct str result, why;

    if (key && !element_get(s->state, key))
        reject(
            s, REJECT_NOT_FOUND,
            "Expected to evaluate an expression in the scope with key '%llu', but no "
            "such element instance was found",
            (unsigned long long)key);
    else if (expr_free(s, key, c->expression, c->variables, &result, &warnings, &why))
        s->answer = evaluated(s, c->expression, result, warnings);
    else
        reject(s, REJECT_INVALID_ARGUMENT, "%.*s", ARG(why));
}
