#include <stdlib.h>

#include "api/private.h"

/* GET /metrics: what can be counted, in the text format of Prometheus (0.0.4). Calls
 * are counted by operation and status, and how long they took; partitions tell their
 * rows, queues and places in the log. */

/* Upper bounds, in ms. */
static const i64 bounds[] = {1,   2,   5,    10,   25,   50,   100,
                             250, 500, 1000, 2500, 5000, 10000};

static const u16 http_statuses[] = {200, 201, 204, 207, 304, 400, 401, 403, 404,
                                    405, 406, 409, 413, 415, 500, 501, 503, 504};

#define STATUSES 18 /* of both doors: as above, and gRPC's 0 to 16 */

struct meter {
    const char *door, *operation;
    u64 statuses[STATUSES], others;
    u64 buckets[LEN(bounds) + 1];
    u64 count, sum_ms;
};

struct metrics {
    struct meter *rest, *grpc; /* owned; by route and rpc */
    struct meter unknown;      /* no such call */
    u64 rejections[32];        /* by enum rejection */
};

struct metrics *metrics_open(void)
{
    struct metrics *m = must_alloc(sizeof(*m));

    m->rest = must_alloc(route_count * sizeof(*m->rest));
    m->grpc = must_alloc(rpc_count * sizeof(*m->grpc));
    for (u32 i = 0; i < route_count; i++) {
        m->rest[i].door = "rest";
        m->rest[i].operation = routes[i].operation;
    }
    for (u32 i = 0; i < rpc_count; i++) {
        m->grpc[i].door = "grpc";
        m->grpc[i].operation = rpcs[i].name;
    }
    m->unknown.door = "any";
    m->unknown.operation = "none";
    return m;
}

void metrics_close(struct metrics *m)
{
    free(m->rest);
    free(m->grpc);
    free(m);
}

struct meter *metrics_meter(struct api *a, const struct served *s)
{
    if (s->route)
        return &a->metrics->rest[s->route - routes];
    return s->rpc ? &a->metrics->grpc[s->rpc - rpcs] : &a->metrics->unknown;
}

/* STATUSES: another one. */
static u32 status_slot(const struct api_reply *r)
{
    if (r->door == API_GRPC)
        return r->code <= 16 ? r->code : STATUSES;
    for (u32 i = 0; i < LEN(http_statuses); i++)
        if (http_statuses[i] == r->status)
            return i;
    return STATUSES;
}

void metrics_count(struct meter *meter, const struct api_reply *r, i64 took_ms)
{
    u32 slot = status_slot(r), bucket = 0;

    if (slot < STATUSES)
        meter->statuses[slot]++;
    else
        meter->others++;
    while (bucket < LEN(bounds) && took_ms > bounds[bucket])
        bucket++;
    meter->buckets[bucket]++;
    meter->count++;
    meter->sum_ms += took_ms > 0 ? (u64)took_ms : 0;
}

void metrics_rejected(struct api *a, enum rejection why)
{
    a->metrics->rejections[why % LEN(a->metrics->rejections)]++;
}

/* ---- the text ----------------------------------------------------------------------
 */

typedef unsigned long long llu;

static void family(struct buf *out, const char *name, const char *type,
                   const char *help)
{
    buf_print(out, "# HELP fermata_%s %s\n# TYPE fermata_%s %s\n", name, help, name,
              type);
}

static void single(struct buf *out, const char *name, const char *type,
                   const char *help, u64 value)
{
    family(out, name, type, help);
    buf_print(out, "fermata_%s %llu\n", name, (llu)value);
}

static void seconds(struct buf *out, const char *name, const char *type,
                    const char *help, u64 ms)
{
    family(out, name, type, help);
    buf_print(out, "fermata_%s %llu.%03u\n", name, (llu)(ms / 1000), (u32)(ms % 1000));
}

static void status_name(char text[8], bool is_grpc, u32 slot)
{
    u32 value = is_grpc ? slot : slot < LEN(http_statuses) ? http_statuses[slot] : 0;

    text[0] = '\0';
    char digits[8];
    u32 len = 0;
    do
        digits[len++] = (char)('0' + value % 10);
    while ((value /= 10));
    for (u32 i = 0; i < len; i++)
        text[i] = digits[len - 1 - i];
    text[len] = '\0';
}

static void meter_statuses(struct buf *out, const struct meter *m)
{
    char status[8];

    for (u32 i = 0; i < STATUSES; i++) {
        if (!m->statuses[i])
            continue;
        status_name(status, m->door[0] == 'g', i);
        buf_print(out,
                  "fermata_requests_total{door=\"%s\",operation=\"%s\",status=\"%s\"} "
                  "%llu\n",
                  m->door, m->operation, status, (llu)m->statuses[i]);
    }
    if (m->others)
        buf_print(
            out,
            "fermata_requests_total{door=\"%s\",operation=\"%s\",status=\"other\"} "
            "%llu\n",
            m->door, m->operation, (llu)m->others);
}

static void meter_buckets(struct buf *out, const struct meter *m)
{
    u64 sum = 0;

    if (!m->count)
        return;
    for (u32 i = 0; i <= LEN(bounds); i++) {
        sum += m->buckets[i];
        buf_print(out,
                  "fermata_request_seconds_bucket{door=\"%s\",operation=\"%s\",le=\"",
                  m->door, m->operation);
        if (i < LEN(bounds))
            buf_print(out, "%lld.%03lld", (long long)bounds[i] / 1000,
                      (long long)bounds[i] % 1000);
        else
            buf_text(out, "+Inf");
        buf_print(out, "\"} %llu\n", (llu)sum);
    }
    buf_print(out,
              "fermata_request_seconds_sum{door=\"%s\",operation=\"%s\"} %llu.%03u\n",
              m->door, m->operation, (llu)(m->sum_ms / 1000), (u32)(m->sum_ms % 1000));
    buf_print(out, "fermata_request_seconds_count{door=\"%s\",operation=\"%s\"} %llu\n",
              m->door, m->operation, (llu)m->count);
}

static void meters_write(struct buf *out, const struct metrics *m,
                         void (*write)(struct buf *out, const struct meter *m))
{
    for (u32 i = 0; i < rpc_count; i++)
        write(out, &m->grpc[i]);
    for (u32 i = 0; i < route_count; i++)
        write(out, &m->rest[i]);
    write(out, &m->unknown);
}

static void calls_write(struct buf *out, const struct api *a)
{
    family(out, "requests_total", "counter", "Calls that were answered, by status.");
    meters_write(out, a->metrics, meter_statuses);
    family(out, "request_seconds", "histogram",
           "From a call's arrival to its answer, waiting included.");
    meters_write(out, a->metrics, meter_buckets);
    family(out, "rejections_total", "counter", "Commands that were refused, by cause.");
    for (u32 i = 1; i < LEN(a->metrics->rejections); i++)
        if (a->metrics->rejections[i])
            buf_print(out, "fermata_rejections_total{cause=\"%s\"} %llu\n",
                      rejections[i].name, (llu)a->metrics->rejections[i]);
    single(out, "calls_open", "gauge", "Calls that wait for an answer, polls included.",
           gate_calls(a->gate));
}

/* Of each partition. */
static const struct {
    const char *name, *type, *help;
    size_t offset;
} partition_rows[] = {
/* clang-format off */
#define ROW(field, name, type, help) \
    {name, type, help, offsetof(struct node_counters, field)},
    ROW(steps,       "steps_total",            "counter", "Commands that were decided.")
    ROW(refused,     "steps_refused_total",    "counter", "Commands that were refused.")
    ROW(failed,      "steps_failed_total",     "counter", "Commands that failed: our fault.")
    ROW(events,      "events_total",           "counter", "Events that have happened.")
    ROW(entries,     "entries_total",          "counter", "Entries that were written to the log.")
    ROW(bytes,       "entry_bytes_total",      "counter", "Bytes of those entries.")
    ROW(banned,      "instances_banned_total", "counter", "Instances that were banned.")
    ROW(inbox,       "inbox_commands",         "gauge",   "Commands that wait for their turn.")
    ROW(pending,     "pending_rows",           "gauge",   "Work that is left for later steps.")
    ROW(outbox,      "outbox_rows",            "gauge",   "Sends that are not acknowledged.")
    ROW(log_first,   "log_first_entry",        "gauge",   "The first entry that the log has.")
    ROW(log_durable, "log_durable_entry",      "gauge",   "Entries below survive a crash.")
    ROW(log_tail,    "log_tail_entry",         "gauge",   "The number of the next entry.")
    ROW(log_backlog, "log_backlog_bytes",      "gauge",   "Bytes that are not durable yet.")
    ROW(state_bytes, "state_bytes",            "gauge",   "Memory of what is true now.")
    ROW(cold,        "process_instances_cold", "gauge",   "Process instances that wait in the vault alone.")
    ROW(evicted,     "evictions_total",        "counter", "Instances that have left memory.")
    ROW(thawed,      "thaws_total",            "counter", "Instances that have come back into memory.")
    ROW(instances,   "process_instances",      "gauge",   "Process instances that run.")
    ROW(elements,    "element_instances",      "gauge",   "Element instances that are active.")
    ROW(jobs,        "jobs",                   "gauge",   "Jobs that are open.")
    ROW(user_tasks,  "user_tasks",             "gauge",   "User tasks that are open.")
    ROW(timers,      "timers",                 "gauge",   "Timers that wait.")
    ROW(incidents,   "incidents",              "gauge",   "Incidents that are open.")
    ROW(messages,    "messages",               "gauge",   "Messages that wait for who takes them.")
    ROW(variables,   "variables",              "gauge",   "Variables of what runs.")
/* clang-format on */
#undef ROW
};

static void partition_row_write(struct buf *out, u32 row,
                                const struct node_counters *counters,
                                const bool *is_there, u32 count)
{
    family(out, partition_rows[row].name, partition_rows[row].type,
           partition_rows[row].help);
    for (u32 i = 0; i < count; i++) {
        u64 value;
        memcpy(&value, (const char *)&counters[i] + partition_rows[row].offset,
               sizeof(value));
        if (is_there[i])
            buf_print(out, "fermata_%s{partition=\"%u\"} %llu\n",
                      partition_rows[row].name, i + 1, (llu)value);
    }
}

#define PARTITIONS_MAX 64

static void partitions_write(struct buf *out, const struct api *a)
{
    struct gate_partition found[PARTITIONS_MAX];
    struct node_counters counters[PARTITIONS_MAX] = {{0}};
    bool is_there[PARTITIONS_MAX];
    u32 count = gate_partitions(a->gate, found, PARTITIONS_MAX);

    must(count <= PARTITIONS_MAX);
    family(out, "partition_healthy", "gauge", "1: the partition takes commands.");
    for (u32 i = 0; i < count; i++) {
        is_there[i] = gate_counters(a->gate, i, &counters[i]);
        buf_print(out, "fermata_partition_healthy{partition=\"%u\"} %d\n", found[i].id,
                  found[i].is_healthy);
    }
    for (u32 row = 0; row < LEN(partition_rows); row++)
        partition_row_write(out, row, counters, is_there, count);
}

static void figures_write(struct buf *out, const struct api *a)
{
    struct api_figures f;

    if (!a->options.figures)
        return;
    a->options.figures(a->options.figures_ctx, &f);
    single(out, "connections_total", "counter", "Connections that were taken.",
           f.connections);
    single(out, "net_requests_total", "counter", "Requests that came in as a whole.",
           f.net_requests);
    single(out, "clients_gone_total", "counter",
           "Clients that left before their answer.", f.gone);
    single(out, "net_refused_total", "counter", "Requests that the net refused.",
           f.refused);
    single(out, "net_received_bytes_total", "counter", "Bytes from clients.",
           f.bytes_in);
    single(out, "net_sent_bytes_total", "counter", "Bytes to clients.", f.bytes_out);
    single(out, "resident_memory_bytes", "gauge", "Memory of the process.",
           f.resident_bytes);
    seconds(out, "cpu_seconds_total", "counter", "Processor time of the process.",
            f.cpu_ms);
    seconds(out, "start_time_seconds", "gauge", "When the process started.",
            f.started_ms);
}

void local_metrics(struct api *a, struct served *s, const void *asked)
{
    struct buf out;

    buf_init(&out, s->arena, 16384);
    family(&out, "info", "gauge", "Which release answers.");
    buf_print(&out, "fermata_info{version=\"%.*s\"} 1\n", ARG(a->options.version));
    calls_write(&out, a);
    partitions_write(&out, a);
    figures_write(&out, a);
    rest_put_body(a, s,
                  &(struct rest_body){.status = 200,
                                      .type = STR("text/plain; version=0.0.4; "
                                                  "charset=utf-8"),
                                      .body = buf_str(&out)});
}
