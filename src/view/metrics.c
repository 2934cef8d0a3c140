/* metrics.c - how many jobs were made, done and failed, minute by minute, type by type
 * and worker by worker. A job has no worker when it is made: that is counted under no
 * name. */
#include "base/hash.h"
#include "view/inside.h"

#define MINUTE 60000

static struct row *count_row(struct view *v, const struct row *job, struct str worker)
{
    struct str type = TEXT(job, JOBS, type), tenant = TEXT(job, JOBS, tenantId);
    i64 minute = v->now - v->now % MINUTE;
    u64 hash = hash_bytes(worker, hash_bytes(type, hash_bytes(tenant, (u64)minute)));
    u64 key = (hash >> 2) | 1;
    struct row *row = copy_get(v, VIEW_JOB_COUNTS, key);

    if (row)
        return row;
    row = copy_new(v, VIEW_JOB_COUNTS, key);
    PUT_NUMBER(v, row, JOB_COUNTS, minute, minute);
    PUT_TEXT(v, row, JOB_COUNTS, type, type);
    PUT_TEXT(v, row, JOB_COUNTS, worker, worker);
    PUT_TEXT(v, row, JOB_COUNTS, tenantId, tenant);
    return row;
}

static void count_up(struct view *v, struct row *row, u32 cell, u32 at)
{
    copy_put_number(v, row, cell, row->cells[cell].number + 1);
    if ((i64)row->cells[at].number < v->now)
        copy_put_number(v, row, at, (u64)v->now);
}

void metrics_created(struct view *v, const struct row *job)
{
    count_up(v, count_row(v, job, STR("")), CELL(JOB_COUNTS, created),
             CELL(JOB_COUNTS, createdAt));
}

void metrics_completed(struct view *v, const struct row *job)
{
    count_up(v, count_row(v, job, TEXT(job, JOBS, worker)), CELL(JOB_COUNTS, completed),
             CELL(JOB_COUNTS, completedAt));
}

void metrics_failed(struct view *v, const struct row *job)
{
    count_up(v, count_row(v, job, TEXT(job, JOBS, worker)), CELL(JOB_COUNTS, failed),
             CELL(JOB_COUNTS, failedAt));
}

/* ---- what is asked for -------------------------------------------------------------
 */

/* "P1DT2H30M" as ms; 0: it is none, or not of whole minutes. */
static i64 duration_ms(struct str text)
{
    static const struct {
        char letter;
        bool is_of_time;
        i64 ms;
    } units[] = {{'D', false, 86400000}, {'H', true, 3600000}, {'M', true, 60000}};
    bool in_time = false;
    i64 sum = 0, number = -1;

    if (text.len < 3 || text.len > 20 || text.data[0] != 'P')
        return 0;
    for (size_t i = 1; i < text.len; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (c - '0');
            if (number > 100000)
                return 0;
        } else if (c == 'T' && number < 0) {
            in_time = true;
        } else {
            size_t k = 0;
            while (k < LEN(units) &&
                   (units[k].letter != c || units[k].is_of_time != in_time))
                k++;
            if (k == LEN(units) || number < 0)
                return 0;
            sum += number * units[k].ms;
            number = -1;
        }
    }
    return number < 0 ? sum : 0;
}

struct span {
    i64 from, to, resolution;
    bool has_from, has_to, has_type;
};

/* Takes from the filter what no row can be held against; false: it was refused. */
static bool span_take(struct answering *a, struct query *q, struct span *s)
{
    *s = (struct span){.resolution = MINUTE};
    for (struct condition **at = &q->conditions; *at;) {
        struct condition *c = *at;
        bool is_from = strcmp(c->column->name, "from") == 0;
        bool is_to = strcmp(c->column->name, "to") == 0;
        bool is_step = strcmp(c->column->name, "resolution") == 0;
        s->has_type |= strcmp(c->column->name, "jobType") == 0;
        if (!is_from && !is_to && !is_step) {
            at = &c->next;
            continue;
        }
        if (c->op == OP_EQ && is_step)
            s->resolution = duration_ms(c->values[0].text);
        if (c->op != OP_EQ || s->resolution <= 0)
            return answer_refuse(a, REJECT_INVALID_ARGUMENT,
                                 "The value for filter.%s must be %s", c->column->name,
                                 is_step ? "a duration of whole minutes, like PT5M"
                                         : "one moment");
        if (is_from)
            s->from = (i64)c->values[0].number;
        if (is_to)
            s->to = (i64)c->values[0].number;
        s->has_from |= is_from;
        s->has_to |= is_to;
        *at = c->next;
    }
    return true;
}

static bool span_is_whole(struct answering *a, const struct span *s, bool needs_type)
{
    const char *missing = !s->has_from                 ? "from"
                          : !s->has_to                 ? "to"
                          : needs_type && !s->has_type ? "jobType"
                                                       : NULL;

    return !missing ||
           answer_refuse(a, REJECT_INVALID_ARGUMENT, "No %s%s provided",
                         a->ask->what->aspect == ASPECT_TOTALS ? "" : "filter.",
                         missing);
}

/* ---- answering ---------------------------------------------------------------------
 */

#define GROUPS_MAX 10000

struct groups {
    struct answering *a;
    enum view_table table;
    struct str after; /* what the last page ended with */
    struct str first, last;
    u32 limit, count, total;
    struct buf out;
};

static void metric_put(struct buf *b, const char *name, const struct db_value *v)
{
    json_put_name(b, str_of(name));
    buf_print(b, "{\"count\":%lld,\"lastUpdatedAt\":", (long long)v[0].number);
    query_print_time(b, v[1].number);
    buf_byte(b, '}');
}

static void metrics_put(struct buf *b, const struct db_value *v)
{
    metric_put(b, "created", v);
    metric_put(b, "completed", v + 2);
    metric_put(b, "failed", v + 4);
}

static void number_put(struct buf *b, const char *name, i64 number)
{
    json_put_name(b, str_of(name));
    json_put_i64(b, number);
}

static void group_put(struct groups *g, const struct db_value *v)
{
    struct buf *b = &g->out;

    if (g->count)
        buf_byte(b, ',');
    buf_byte(b, '{');
    if (g->table == VIEW_JOB_TIMES) {
        json_put_name(b, STR("time"));
        query_print_time(b, v[0].number);
    } else {
        json_put_name(b, g->table == VIEW_JOB_TYPES     ? STR("jobType")
                         : g->table == VIEW_JOB_WORKERS ? STR("worker")
                                                        : STR("errorCode"));
        json_put_string(b, v[0].text);
    }
    if (g->table == VIEW_JOB_ERRORS) {
        json_put_name(b, STR("errorMessage"));
        json_put_string(b, v[1].text);
        number_put(b, "workers", v[2].number);
    } else {
        metrics_put(b, v + 1);
    }
    if (g->table == VIEW_JOB_TYPES)
        number_put(b, "workers", v[7].number);
    buf_byte(b, '}');
}

/* Groups come in the order of these. */
static struct str group_place(struct groups *g, const struct db_value *v)
{
    if (g->table == VIEW_JOB_TIMES)
        return arena_print(g->a->arena, "%020lld", (long long)v[0].number);
    if (g->table == VIEW_JOB_ERRORS)
        return arena_print(g->a->arena, "%.*s%c%.*s", ARG(v[0].text), 0,
                           ARG(v[1].text));
    return arena_copy(g->a->arena, v[0].text);
}

static bool group_take(void *ctx, const struct db_value *values, u32 count)
{
    struct groups *g = ctx;
    struct str place = group_place(g, values);
    bool is_before = g->after.data && str_compare(place, g->after) <= 0;

    g->total++;
    if (is_before || g->count == g->limit)
        return true;
    group_put(g, values);
    if (!g->count)
        g->first = place;
    g->last = place;
    g->count++;
    return true;
}

static void cursor_put(struct buf *b, const char *name, const struct groups *g,
                       struct str place)
{
    json_put_name(b, str_of(name));
    if (!g->count) {
        buf_text(b, "null");
        return;
    }
    buf_byte(b, '"');
    base64_put(b, arena_print(g->a->arena, "m%.*s", ARG(place)));
    buf_byte(b, '"');
}

static void groups_print(struct groups *g)
{
    struct buf b;

    buf_init(&b, g->a->arena, g->out.len + 256);
    buf_text(&b, "{\"items\":[");
    buf_add(&b, buf_str(&g->out));
    buf_print(&b, "],\"page\":{\"totalItems\":%u,\"hasMoreTotalItems\":%s", g->total,
              g->total == GROUPS_MAX ? "true" : "false");
    cursor_put(&b, "startCursor", g, g->first);
    cursor_put(&b, "endCursor", g, g->last);
    buf_text(&b, "}}");
    g->a->out->text = buf_str(&b);
}

#define SUMS                                                           \
    "coalesce(sum(t.created), 0), coalesce(max(t.createdAt), 0), "     \
    "coalesce(sum(t.completed), 0), coalesce(max(t.completedAt), 0), " \
    "coalesce(sum(t.failed), 0), coalesce(max(t.failedAt), 0)"

static struct str groups_sql(struct groups *g, const struct span *s, struct str from,
                             struct str where)
{
    struct arena *arena = g->a->arena;
    long long step = s->resolution;

    switch (g->table) {
    case VIEW_JOB_TYPES:
        return arena_print(arena,
                           "SELECT t.jobType, " SUMS
                           ", count(DISTINCT nullif(t.worker, "
                           "'')) FROM %.*s WHERE %.*s GROUP BY t.jobType ORDER BY "
                           "t.jobType LIMIT %d",
                           ARG(from), ARG(where), GROUPS_MAX);
    case VIEW_JOB_WORKERS:
        return arena_print(arena,
                           "SELECT t.worker, " SUMS " FROM %.*s WHERE %.*s GROUP BY "
                           "t.worker ORDER BY t.worker LIMIT %d",
                           ARG(from), ARG(where), GROUPS_MAX);
    case VIEW_JOB_TIMES:
        return arena_print(arena,
                           "SELECT t.moment - t.moment %% %lld AS step, " SUMS
                           " FROM %.*s WHERE %.*s GROUP BY 1 ORDER BY 1 LIMIT %d",
                           step, ARG(from), ARG(where), GROUPS_MAX);
    default:
        return arena_print(arena,
                           "SELECT t.errorCode, t.errorMessage, count(DISTINCT "
                           "nullif(t.worker, '')) FROM %.*s WHERE %.*s GROUP BY "
                           "t.errorCode, t.errorMessage ORDER BY t.errorCode, "
                           "t.errorMessage LIMIT %d",
                           ARG(from), ARG(where), GROUPS_MAX);
    }
}

static struct str span_sql(struct sql *s, const struct span *span,
                           const struct query *q)
{
    struct terms all = {0};

    sql_filter(s, q, &all);
    sql_number(s, span->from - span->from % MINUTE);
    sql_number(s, span->to);
    terms_add(s, &all, STR("t.moment >= ? AND t.moment <= ?"));
    return terms_join(s, &all, "AND");
}

bool answer_metrics(struct answering *a, enum view_table table)
{
    struct groups g = {.a = a, .table = table};
    struct query *q = NEW(a->arena, struct query);
    struct span span;
    struct err err;
    struct sql s;

    if (!answer_query(a, table, q) || !span_take(a, q, &span) ||
        !span_is_whole(a, &span, table != VIEW_JOB_TYPES))
        return false;
    g.limit = q->limit;
    if (q->before.data || q->skip ||
        (q->after.data && (q->after.len == 0 || q->after.data[0] != 'm')))
        return answer_refuse(a, REJECT_INVALID_ARGUMENT,
                             "The page of a statistic has limit, and as 'after' the "
                             "endCursor of an earlier answer, and nothing else");
    if (q->after.data)
        g.after = (struct str){q->after.data + 1, q->after.len - 1};
    buf_init(&g.out, a->arena, 1024);
    sql_open(&s, a->v, table, a->arena);
    struct str where = span_sql(&s, &span, q), from = sql_from(&s);
    if (!sql_run(&s, groups_sql(&g, &span, from, where), group_take, &g, &err))
        return answer_database(a, &err);
    groups_print(&g);
    return true;
}

/* ---- totals -------------------------------------------------------------------------
 */

static bool total_take(void *ctx, const struct db_value *values, u32 count)
{
    struct buf *b = ctx;

    buf_byte(b, '{');
    metrics_put(b, values);
    buf_text(b, ",\"isIncomplete\":false}");
    return false;
}

/* Who has used the engine: instances begun, decisions made, people with tasks. */
#define USE                                                                          \
    "SELECT (SELECT count(*) FROM process_instances i WHERE i.startDate >= ? AND "   \
    "i.startDate < ? AND i.parentProcessInstanceKey IS NULL), (SELECT count(*) "     \
    "FROM decision_instances d WHERE d.evaluationDate >= ? AND d.evaluationDate < "  \
    "?), (SELECT count(DISTINCT u.assignee) FROM user_tasks u WHERE u.creationDate " \
    ">= ? AND u.creationDate < ? AND u.assignee IS NOT NULL)"

static void use_put(struct buf *b, const i64 *use)
{
    number_put(b, "processInstances", use[0]);
    number_put(b, "decisionInstances", use[1]);
    number_put(b, "assignees", use[2]);
}

static bool use_take(void *ctx, const struct db_value *values, u32 count)
{
    i64 *use = ctx;

    for (u32 i = 0; i < count; i++)
        use[i] = values[i].number;
    return false;
}

struct usage {
    const struct condition *start, *end, *tenant, *all;
};

static void usage_take(const struct query *q, struct usage *u)
{
    for (const struct condition *c = q->conditions; c; c = c->next) {
        const char *name = c->column->name;
        const struct condition **to = strcmp(name, "startTime") == 0  ? &u->start
                                      : strcmp(name, "endTime") == 0  ? &u->end
                                      : strcmp(name, "tenantId") == 0 ? &u->tenant
                                                                      : &u->all;
        *to = c;
    }
}

/* There is one tenant; another one has used nothing. */
static bool answer_usage(struct answering *a)
{
    struct query *q = NEW(a->arena, struct query);
    struct usage u = {NULL, NULL, NULL, NULL};
    i64 use[3] = {0};
    struct err err;
    struct buf b;
    struct sql s;

    if (!answer_query(a, VIEW_USAGE, q))
        return false;
    usage_take(q, &u);
    if (!u.start || !u.end)
        return answer_refuse(a, REJECT_INVALID_ARGUMENT, "No %s provided",
                             u.start ? "endTime" : "startTime");
    sql_open(&s, a->v, VIEW_USAGE, a->arena);
    for (u32 i = 0; i < 3; i++) {
        sql_number(&s, (i64)u.start->values[0].number);
        sql_number(&s, (i64)u.end->values[0].number);
    }
    bool is_ours = !u.tenant || str_is(u.tenant->values[0].text, "<default>");
    if (is_ours && !sql_run(&s, STR(USE), use_take, use, &err))
        return answer_database(a, &err);
    bool is_used = use[0] || use[1] || use[2];
    buf_init(&b, a->arena, 256);
    buf_byte(&b, '{');
    use_put(&b, use);
    number_put(&b, "activeTenants", is_used);
    json_put_name(&b, STR("tenants"));
    buf_byte(&b, '{');
    if (is_used && u.all && str_is(u.all->values[0].text, "true")) {
        json_put_name(&b, STR("<default>"));
        buf_byte(&b, '{');
        use_put(&b, use);
        buf_byte(&b, '}');
    }
    buf_text(&b, "}}");
    a->out->text = buf_str(&b);
    return true;
}

/* Of all jobs; what is asked for stood behind the path. */
bool answer_totals(struct answering *a)
{
    struct query *q = NEW(a->arena, struct query);
    enum view_table table;
    struct span span;
    struct err err;
    struct buf b;
    struct sql s;

    must(view_table_of(a->ask->what->what, &table));
    if (table == VIEW_USAGE)
        return answer_usage(a);
    if (!answer_query(a, table, q) || !span_take(a, q, &span) ||
        !span_is_whole(a, &span, false))
        return false;
    buf_init(&b, a->arena, 512);
    sql_open(&s, a->v, table, a->arena);
    struct str where = span_sql(&s, &span, q), from = sql_from(&s);
    if (!sql_run(&s,
                 arena_print(a->arena, "SELECT " SUMS " FROM %.*s WHERE %.*s",
                             ARG(from), ARG(where)),
                 total_take, &b, &err))
        return answer_database(a, &err);
    a->out->text = buf_str(&b);
    return true;
}
