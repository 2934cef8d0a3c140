#include "engine/apply/apply.h"
#include "state/write.h"

void apply_variable_created(struct state *s, u64 key, const void *record);
void apply_variable_updated(struct state *s, u64 key, const void *record);
void apply_variables_changed(struct state *s, u64 key, const void *record);
void apply_expression_warned(struct state *s, u64 key, const void *record);

void apply_variable_created(struct state *s, u64 key, const void *record)
{
    struct variable_row row = *(const struct variable_row *)record;

    row.changed = state_last_key(s);
    variable_put(s, key, &row);
}

void apply_variable_updated(struct state *s, u64 key, const void *record)
{
    const struct variable_updated *e = record;

    /* What is cold is not known by its variables' keys: its instance comes first. */
    must(instance_get(s, e->instance));
    const struct variable_row *before = variable_get(s, key);
    must(before);
    struct variable_row row = *before;
    row.value = e->value;
    row.changed = state_last_key(s);
    variable_put(s, key, &row);
}

/* For those who follow the log: the changes stand in events of their own. */
void apply_variables_changed(struct state *s, u64 key, const void *record)
{
}

/* Only for those who read the log. */
void apply_expression_warned(struct state *s, u64 key, const void *record)
{
}
