#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_ad_hoc_activate(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

#define ACTIVATE "Expected to activate activities for ad-hoc sub-process "

static bool are_single(const struct ad_hoc_element_list *elements)
{
    for (u32 i = 0; i < elements->count; i++)
        for (u32 k = 0; k < i; k++)
            if (str_equal(elements->items[i].element_id, elements->items[k].element_id))
                return false;
    return true;
}

/* A client has elements begin in an ad-hoc sub-process that is active. */
void decide_ad_hoc_activate(struct step *s, u64 key, const void *record)
{
    const struct ad_hoc_activate *c = record;
    struct visit v;

    if (!visit_get(s, key, &v) || !ad_hoc_is(&v)) {
        reject(s, REJECT_NOT_FOUND,
               ACTIVATE "but no ad-hoc sub-process instance found with key '%llu'.",
               (llu)key);
        return;
    }
    if (!step_about(s, v.row->instance))
        return;
    if (v.row->state != ELEMENT_STATE_ACTIVATED || v.row->interrupted_by)
        reject(s, REJECT_INVALID_STATE,
               ACTIVATE "with key '%llu', but it is not active.", (llu)key);
    else if (c->elements.count == 0)
        reject(s, REJECT_INVALID_ARGUMENT,
               ACTIVATE "with key '%llu', but no activities were given.", (llu)key);
    else if (!are_single(&c->elements))
        reject(s, REJECT_INVALID_ARGUMENT,
               ACTIVATE "with key '%llu', but duplicate activities were given.",
               (llu)key);
    else if (ad_hoc_check(s, &v, &c->elements))
        ad_hoc_activate(s, &v, &c->elements, c->cancels_remaining);
}
