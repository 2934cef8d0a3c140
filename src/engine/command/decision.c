#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_decision_evaluate(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

/* The id counts when there is one. 0: there is no such decision, and it was refused. */
static u64 decision_asked(struct step *s, const struct decision_evaluate *c)
{
    const struct decision_row *row = decision_get(s->state, c->decision_key);
    u64 key;

    if (c->decision_id.len) {
        key = version_up_to(s->state, VERSIONED_DECISION, s->tenant, c->decision_id,
                            INT32_MAX);
        if (!key)
            reject(s, REJECT_NOT_FOUND,
                   "Expected to evaluate decision '%.*s', but no decision found for id "
                   "'%.*s'",
                   ARG(c->decision_id), ARG(c->decision_id));
        return key;
    }
    if ((i64)c->decision_key <= 0) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected either a decision id or a valid decision key, but none "
               "provided");
        return 0;
    }
    if (row && !row->is_deleted && str_equal(row->tenant, s->tenant))
        return c->decision_key;
    reject(s, REJECT_NOT_FOUND,
           "Expected to evaluate decision '%llu', but no decision found for key "
           "'%llu'",
           (llu)c->decision_key, (llu)c->decision_key);
    return 0;
}

/* One that cannot be made is no error of who asks for it. */
void decide_decision_evaluate(struct step *s, u64 key, const void *record)
{
    const struct decision_evaluate *c = record;
    struct decision_evaluated *answer = NEW(s->arena, struct decision_evaluated);
    u64 decision = decision_asked(s, c);

    if (!decision)
        return;
    decision_make(s, decision, &(struct decision_from){.variables = c->variables},
                  answer);
    s->answer = answer;
}
