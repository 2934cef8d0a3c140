#include "api/private.h"

/* What the api answers itself, without a command. */

#define PARTITIONS_MAX 1024

static void local_put(struct api *a, struct served *s, const void *record)
{
    if (s->door == API_GRPC)
        grpc_put(a, s, record, true);
    else
        rest_put(a, s, record);
}

/* ---- the cluster ----------------------------------------------------------------- */

static u32 partitions_get(const struct api *a, struct topology_partition *out)
{
    struct gate_partition found[PARTITIONS_MAX];
    u32 count = gate_partitions(a->gate, found, PARTITIONS_MAX);

    must(count <= PARTITIONS_MAX);
    for (u32 i = 0; i < count; i++)
        out[i] = (struct topology_partition){
            .id = (i32)found[i].id,
            .health = found[i].is_healthy ? 0 : 1,
            .health_name = found[i].is_healthy ? STR("healthy") : STR("unhealthy"),
        };
    return count;
}

void local_topology(struct api *a, struct served *s, const void *asked)
{
    struct topology_partition partitions[PARTITIONS_MAX];
    u32 count = partitions_get(a, partitions);
    struct topology_broker broker = {
        .host = a->options.host,
        .port = a->options.port,
        .version = a->options.version,
        .partitions = {partitions, count},
    };
    struct topology topology = {
        .brokers = {&broker, 1},
        .partition_count = (i32)count,
        .version = a->options.version,
    };

    local_put(a, s, &topology);
}

void local_license(struct api *a, struct served *s, const void *asked)
{
    local_put(a, s, asked);
}

void local_constant(struct api *a, struct served *s, const void *asked)
{
    local_put(a, s, asked);
}

void local_cluster_status(struct api *a, struct served *s, const void *asked)
{
    struct gate_partition found[PARTITIONS_MAX];
    u32 count = gate_partitions(a->gate, found, PARTITIONS_MAX), healthy = 0;

    for (u32 i = 0; i < count; i++)
        healthy += found[i].is_healthy;
    local_put(a, s,
              &(struct cluster_status){healthy == count ? STR("HEALTHY")
                                       : healthy        ? STR("DEGRADED")
                                                        : STR("DOWN")});
}

void local_openapi(struct api *a, struct served *s, const void *asked)
{
    rest_text(a, s, str_of(openapi_text));
}

/* ---- streams of jobs ------------------------------------------------------------- */

/* Empty: it can be opened. */
static struct str stream_check(struct served *s, const struct job_activate *ask)
{
    if (str_trim(ask->type).len == 0)
        return STR("Expected to stream activated jobs with type to be present, but it "
                   "was blank");
    if (ask->timeout < 1)
        return arena_print(
            s->arena,
            "Expected to stream activated jobs with timeout to be greater "
            "than zero, but it was '%lld'",
            (long long)ask->timeout);
    return (struct str){NULL, 0};
}

/* It stays open until its client leaves, and is seen as open at once. */
void local_stream(struct api *a, struct served *s, const void *asked)
{
    struct str wrong = stream_check(s, asked);
    struct ask ask = {.tenant = tenant_default, .is_stream = true};

    if (wrong.len) {
        grpc_end(a, s, GRPC_INVALID_ARGUMENT, wrong);
    } else if (a->is_draining) {
        grpc_end(a, s, GRPC_UNAVAILABLE, STR("This node is going down"));
    } else {
        grpc_open(a, s);
        api_ask(a, s, CMD_JOB_ACTIVATE, asked, &ask, 0);
    }
}

/* ---- health ---------------------------------------------------------------------- */

static bool is_serving(const struct api *a)
{
    struct gate_partition found[PARTITIONS_MAX];
    u32 count = gate_partitions(a->gate, found, PARTITIONS_MAX);

    for (u32 i = 0; i < count && !a->is_draining; i++)
        if (found[i].is_healthy)
            return true;
    return false;
}

static i32 health_now(const struct api *a)
{
    return is_serving(a) ? HEALTH_SERVING : HEALTH_NOT_SERVING;
}

static bool service_is_known(struct str service)
{
    return service.len == 0 || str_is(service, "gateway_protocol.Gateway") ||
           str_is(service, "grpc.health.v1.Health");
}

void local_status(struct api *a, struct served *s, const void *asked)
{
    if (is_serving(a))
        rest_put(a, s, asked);
    else
        rest_problem(a, s, 503, "UNAVAILABLE", STR("No partition can be reached"));
}

void local_check(struct api *a, struct served *s, const void *asked)
{
    const struct health_ask *ask = asked;
    struct health health = {health_now(a)};

    if (service_is_known(ask->service))
        grpc_put(a, s, &health, true);
    else
        grpc_end(a, s, GRPC_NOT_FOUND,
                 arena_print(s->arena, "There is no service %.*s", ARG(ask->service)));
}

/* The stream stays open: the first message now, others when health has changed. */
void local_watch(struct api *a, struct served *s, const void *asked)
{
    const struct health_ask *ask = asked;
    struct health health = {HEALTH_UNKNOWN};

    s->knows_service = service_is_known(ask->service);
    if (s->knows_service)
        health.status = health_now(a);
    api_keep(a, s);
    s->is_watcher = true;
    s->health = health.status;
    s->later = a->watchers;
    a->watchers = s;
    grpc_put(a, s, &health, false);
}

void health_pump(struct api *a)
{
    struct health health;

    if (!a->watchers)
        return;
    health.status = health_now(a);
    for (struct served *s = a->watchers, *later; s; s = later) {
        later = s->later;
        if (!s->knows_service || s->health == health.status)
            continue;
        s->health = health.status;
        grpc_put(a, s, &health, false);
    }
}

void api_drain(struct api *a)
{
    a->is_draining = true;
    events_drain(a);
    health_pump(a);
    while (a->watchers)
        grpc_end(a, a->watchers, GRPC_UNAVAILABLE, STR("This node is going down"));
}
