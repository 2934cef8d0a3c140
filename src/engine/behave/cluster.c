/* cluster.c - cluster variables, as expressions see them: camunda.vars.cluster.NAME,
 * camunda.vars.tenant.NAME, and camunda.vars.env.NAME, where that of the tenant comes
 * before that of the cluster. */
#include "engine/behave/behave.h"

static struct str variables_of(struct step *s, struct str tenant, struct arena *arena)
{
    struct buf b;

    buf_init(&b, arena, 128);
    buf_byte(&b, '{');
    for (u64 key = 0; (key = cluster_variable_after(s->state, tenant, key));) {
        const struct cluster_variable_row *v = cluster_variable_get(s->state, key);
        json_put_name(&b, v->name);
        buf_add(&b, v->value);
    }
    buf_byte(&b, '}');
    return buf_str(&b);
}

/* What a step does by itself is of the tenant that there is. */
static struct str tenant_of(const struct step *s)
{
    return s->tenant.len ? s->tenant : STR("<default>");
}

bool cluster_names_get(struct step *s, struct str name, struct arena *scratch,
                       struct feel_value *out)
{
    struct buf b;

    if (!str_is(name, "camunda"))
        return false;
    struct str cluster = variables_of(s, STR(""), scratch);
    struct str tenant = variables_of(s, tenant_of(s), scratch);
    buf_init(&b, scratch, cluster.len + 2 * tenant.len + 128);
    buf_text(&b, "{\"vars\":{\"cluster\":");
    buf_add(&b, cluster);
    buf_text(&b, ",\"tenant\":");
    buf_add(&b, tenant);
    buf_text(&b, ",\"env\":");
    buf_add(&b, json_merge(cluster, tenant, scratch));
    buf_text(&b, "}}");
    *out = feel_from_json(buf_str(&b), scratch);
    return true;
}
