#include "engine/behave/behave.h"
#include "engine/command/command.h"

/* What all partitions have: cluster variables, global listeners, the clock. The first
 * partition decides, and tells the others by sends, which come in order. */

void decide_cluster_variable_create(struct step *s, u64 key, const void *record);
void decide_cluster_variable_update(struct step *s, u64 key, const void *record);
void decide_cluster_variable_delete(struct step *s, u64 key, const void *record);
void decide_global_listener_create(struct step *s, u64 key, const void *record);
void decide_global_listener_update(struct step *s, u64 key, const void *record);
void decide_global_listener_delete(struct step *s, u64 key, const void *record);
void decide_clock_set(struct step *s, u64 key, const void *record);
void decide_shared_get(struct step *s, u64 key, const void *record);
void decide_shared_spread(struct step *s, u64 key, const void *record);

static const void *spread_record(const struct shared_spread *x)
{
    if (x->variable)
        return x->variable;
    return x->listener ? (const void *)x->listener : x->clock;
}

/* Here and everywhere else. */
static void spread(struct step *s, const struct shared_spread *x)
{
    emit(s, (enum event_kind)x->event, x->key, spread_record(x));
    send_to_others(s, CMD_SHARED_SPREAD, 0, x);
}

void decide_shared_spread(struct step *s, u64 key, const void *record)
{
    const struct shared_spread *x = record;

    must(x->event < EVENT_COUNT && spread_record(x));
    emit(s, (enum event_kind)x->event, x->key, spread_record(x));
}

/* ---- cluster variables ----------------------------------------------------------- */

static const struct shared_found *variable_found(struct step *s,
                                                 const struct cluster_variable_row *v)
{
    struct shared_found *found = NEW(s->arena, struct shared_found);

    *found = (struct shared_found){
        .name = v->name,
        .scope = v->of_tenant.len ? STR("TENANT") : STR("GLOBAL"),
        .of_tenant = v->of_tenant,
        .value = v->value,
        .metadata = v->metadata,
    };
    return found;
}

static const char *scope_words(struct str tenant)
{
    return tenant.len ? "tenant" : "global";
}

/* 0: there is none, and it was said so. */
static u64 variable_at_hand(struct step *s, const struct cluster_variable_change *c,
                            const char *what)
{
    u64 key = cluster_variable_find(s->state, c->of_tenant, c->name);

    if (!key)
        reject(
            s, REJECT_NOT_FOUND,
            "Expected to %s the %s cluster variable '%.*s', but no such variable was "
            "found",
            what, scope_words(c->of_tenant), ARG(c->name));
    return key;
}

static void variable_set(struct step *s, u64 key,
                         const struct cluster_variable_row *row)
{
    s->answer = variable_found(s, row);
    spread(s, &(struct shared_spread){
                  .event = EV_CLUSTER_VARIABLE_SET, .key = key, .variable = row});
}

void decide_cluster_variable_create(struct step *s, u64 key, const void *record)
{
    const struct cluster_variable_change *c = record;

    if (cluster_variable_find(s->state, c->of_tenant, c->name)) {
        reject(s, REJECT_ALREADY_EXISTS,
               "Expected to create the %s cluster variable '%.*s', but it exists "
               "already",
               scope_words(c->of_tenant), ARG(c->name));
        return;
    }
    variable_set(s, key_new(s),
                 &(struct cluster_variable_row){.of_tenant = c->of_tenant,
                                                .name = c->name,
                                                .value = c->value,
                                                .metadata = c->metadata});
}

void decide_cluster_variable_update(struct step *s, u64 key, const void *record)
{
    const struct cluster_variable_change *c = record;
    u64 found = variable_at_hand(s, c, "update");

    if (!found)
        return;
    struct cluster_variable_row row = *cluster_variable_get(s->state, found);
    row.value = c->value;
    if (c->has_metadata)
        row.metadata = c->metadata;
    variable_set(s, found, &row);
}

void decide_cluster_variable_delete(struct step *s, u64 key, const void *record)
{
    u64 found = variable_at_hand(s, record, "delete");

    if (found)
        spread(s, &(struct shared_spread){.event = EV_CLUSTER_VARIABLE_DELETED,
                                          .key = found,
                                          .variable =
                                              cluster_variable_get(s->state, found)});
}

/* ---- global listeners ------------------------------------------------------------ */

static const struct shared_found *listener_found(struct step *s,
                                                 const struct global_listener_row *l)
{
    struct shared_found *found = NEW(s->arena, struct shared_found);

    *found = (struct shared_found){
        .id = l->id,
        .type = l->type,
        .retries = l->retries,
        .event_types = l->event_types,
        .is_after = l->is_after,
        .priority = l->priority,
    };
    return found;
}

/* There are few of them. */
static u64 listener_find(const struct step *s, struct str id)
{
    u64 key = 0;

    while ((key = global_listener_next(s->state, key)))
        if (str_equal(global_listener_get(s->state, key)->id, id))
            return key;
    return 0;
}

static u64 listener_at_hand(struct step *s, struct str id, const char *what)
{
    u64 key = listener_find(s, id);

    if (!key)
        reject(s, REJECT_NOT_FOUND,
               "Expected to %s the global task listener '%.*s', but no such listener "
               "was found",
               what, ARG(id));
    return key;
}

static void listener_set(struct step *s, u64 key,
                         const struct global_listener_change *c)
{
    struct global_listener_row row = {
        .id = c->id,
        .type = c->type,
        .retries = c->retries,
        .event_types = c->event_types,
        .is_after = c->is_after,
        .priority = c->priority,
    };

    s->answer =
        listener_found(s, record_copy(&global_listener_row_shape, &row, s->arena));
    spread(s, &(struct shared_spread){
                  .event = EV_GLOBAL_LISTENER_SET, .key = key, .listener = &row});
}

void decide_global_listener_create(struct step *s, u64 key, const void *record)
{
    const struct global_listener_change *c = record;

    if (listener_find(s, c->id))
        reject(s, REJECT_ALREADY_EXISTS,
               "Expected to create the global task listener '%.*s', but it exists "
               "already",
               ARG(c->id));
    else
        listener_set(s, key_new(s), c);
}

void decide_global_listener_update(struct step *s, u64 key, const void *record)
{
    const struct global_listener_change *c = record;
    u64 found = listener_at_hand(s, c->id, "update");

    if (found)
        listener_set(s, found, c);
}

void decide_global_listener_delete(struct step *s, u64 key, const void *record)
{
    u64 found = listener_at_hand(s, ((const struct global_listener_change *)record)->id,
                                 "delete");

    if (found)
        spread(s, &(struct shared_spread){.event = EV_GLOBAL_LISTENER_DELETED,
                                          .key = found,
                                          .listener =
                                              global_listener_get(s->state, found)});
}

/* ---- the clock ------------------------------------------------------------------- */

/* The step itself is still of the time before. */
void decide_clock_set(struct step *s, u64 key, const void *record)
{
    const struct clock_set *c = record;
    struct clock_row row = {c->is_reset ? c->now : c->time};

    if (c->is_advance && !c->is_reset &&
        __builtin_add_overflow(s->now, c->time, &row.time))
        row.time = INT64_MAX;

    spread(s,
           &(struct shared_spread){
               .event = c->is_reset ? EV_CLOCK_RESET : EV_CLOCK_PINNED, .clock = &row});
}

/* ---- reading --------------------------------------------------------------------- */

void decide_shared_get(struct step *s, u64 key, const void *record)
{
    const struct shared_get *c = record;

    if (c->listener.len) {
        u64 listener = listener_at_hand(s, c->listener, "get");
        if (listener)
            s->answer = listener_found(s, global_listener_get(s->state, listener));
        return;
    }
    struct cluster_variable_change ask = {.name = c->variable,
                                          .of_tenant = c->of_tenant};
    u64 variable = variable_at_hand(s, &ask, "get");
    if (variable)
        s->answer = variable_found(s, cluster_variable_get(s->state, variable));
}
