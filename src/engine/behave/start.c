/* start.c - a new instance of a process. */
#include "engine/behave/behave.h"
#include "engine/element/element.h"

u64 instance_make(struct step *s, u64 process, const struct instance_row *more,
                  struct str variables)
{
    const struct process_row *p = process_get(s->state, process);
    struct instance_row row = *more;
    u64 key = key_new(s);

    row.process = process;
    row.bpmn_process_id = p->bpmn_process_id;
    row.version = p->version;
    row.tenant = p->tenant;
    row.started_at = s->now;
    s->instance = key;
    emit(s, EV_INSTANCE_CREATED, key, &row);
    variables_set_local(s, key, key, variables);
    return key;
}

u64 instance_start(struct step *s, u64 process, const struct instance_row *more,
                   struct str variables, u64 parent)
{
    u64 key = instance_make(s, process, more, variables);

    element_begin_process(s, process, key, parent);
    return key;
}
