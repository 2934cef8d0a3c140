/* incident.c - what only a person can decide; and who may do what. */
#include "engine/behave/behave.h"

bool visit_get(struct step *s, u64 key, struct visit *v)
{
    const struct element_row *row = element_get(s->state, key);

    if (!row)
        return false;
    *v = (struct visit){
        .key = key, .row = row, .element = element_of(s, row->process, row->element)};
    return true;
}

void incident(struct step *s, const struct visit *v, const struct failure *f)
{
    emit(s, EV_INCIDENT_CREATED, key_new(s),
         &(struct incident_row){
             .instance = v->row->instance,
             .process = v->row->process,
             .element = v->row->element,
             .element_instance = v->key,
             .problem = f->problem,
             .message = f->message,
             .variable_scope = f->scope ? f->scope : v->key,
             .tenant = process_get(s->state, v->row->process)->tenant,
         });
}

void incident_job(struct step *s, u64 job, const struct failure *f)
{
    const struct job_row *j = job_get(s->state, job);

    must(j);
    emit(s, EV_INCIDENT_CREATED, key_new(s),
         &(struct incident_row){
             .instance = j->instance,
             .process = j->process,
             .element = j->element,
             .element_instance = j->element_instance,
             .job = job,
             .problem = f->problem,
             .message = f->message,
             .variable_scope = j->element_instance,
             .tenant = j->tenant,
         });
}

void incidents_resolve(struct step *s, u64 element_instance)
{
    for (u64 key; (key = incident_after(s->state, element_instance, 0));) {
        const struct incident_row *i = incident_get(s->state, key);
        emit(s, EV_INCIDENT_RESOLVED, key,
             &(struct incident_resolved){.instance = i->instance,
                                         .element_instance = element_instance});
    }
}

/* Identity comes later; until then everybody may do everything. */
bool may(struct step *s, enum permission permission)
{
    return true;
}
