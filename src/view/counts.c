/* counts.c - what is told of one instance or one definition beside its row. */
#include "view/inside.h"

typedef unsigned long long llu;

static void key_put(struct buf *b, const char *name, u64 key)
{
    json_put_name(b, str_of(name));
    if (key)
        buf_print(b, "\"%llu\"", (llu)key);
    else
        buf_text(b, "null");
}

static void text_put(struct buf *b, const char *name, struct str text)
{
    json_put_name(b, str_of(name));
    json_put_string(b, text);
}

static void number_put(struct buf *b, const char *name, i64 number)
{
    json_put_name(b, str_of(name));
    json_put_i64(b, number);
}

static struct row *instance_asked(struct answering *a)
{
    struct row *i = copy_get(a->v, VIEW_PROCESS_INSTANCES, a->ask->key);

    if (!i)
        answer_refuse(a, REJECT_NOT_FOUND, "Process Instance with key '%llu' not found",
                      (llu)a->ask->key);
    return i;
}

/* ---- sequence flows ----------------------------------------------------------------
 */

static void flow_put(struct buf *b, const struct row *i, struct str id)
{
    json_comma(b);
    buf_print(b, "{\"sequenceFlowId\":\"%llu_%.*s\"", (llu)i->key, ARG(id));
    key_put(b, "processInstanceKey", i->key);
    key_put(b, "rootProcessInstanceKey",
            NUMBER(i, PROCESS_INSTANCES, rootProcessInstanceKey));
    key_put(b, "processDefinitionKey",
            NUMBER(i, PROCESS_INSTANCES, processDefinitionKey));
    text_put(b, "processDefinitionId", TEXT(i, PROCESS_INSTANCES, processDefinitionId));
    text_put(b, "elementId", id);
    text_put(b, "tenantId", TEXT(i, PROCESS_INSTANCES, tenantId));
    buf_byte(b, '}');
}

static bool answer_flows(struct answering *a, struct buf *b)
{
    struct row *i = copy_get(a->v, VIEW_PROCESS_INSTANCES, a->ask->key);
    struct str flows = i ? TEXT(i, PROCESS_INSTANCES, flows) : STR("");

    buf_text(b, "{\"items\":[");
    for (size_t at = 0; at < flows.len;) {
        const char *end = memchr(flows.data + at, '\n', flows.len - at);
        size_t len = end ? (size_t)(end - flows.data) - at : flows.len - at;
        flow_put(b, i, (struct str){flows.data + at, len});
        at += len + 1;
    }
    buf_text(b, "]}");
    return true;
}

/* ---- who called it
 * ------------------------------------------------------------------- */

#define CALLERS_MAX 10000

static void caller_put(struct answering *a, struct buf *b, const struct row *i)
{
    u64 process = NUMBER(i, PROCESS_INSTANCES, processDefinitionKey);
    struct row *p = copy_get(a->v, VIEW_PROCESS_DEFINITIONS, process);
    struct str name = p ? TEXT(p, PROCESS_DEFINITIONS, name) : STR("");

    json_comma(b);
    buf_byte(b, '{');
    key_put(b, "processInstanceKey", i->key);
    key_put(b, "processDefinitionKey", process);
    text_put(b, "processDefinitionName",
             name.len ? name : TEXT(i, PROCESS_INSTANCES, processDefinitionId));
    buf_byte(b, '}');
}

static bool answer_callers(struct answering *a, struct buf *b)
{
    const struct row **all = NEW_ARRAY(a->arena, const struct row *, CALLERS_MAX);
    struct row *i = instance_asked(a);
    u32 count = 0;

    if (!i)
        return false;
    while (i && count < CALLERS_MAX) {
        all[count++] = i;
        i = copy_get(a->v, VIEW_PROCESS_INSTANCES,
                     NUMBER(i, PROCESS_INSTANCES, parentProcessInstanceKey));
    }
    buf_byte(b, '[');
    while (count)
        caller_put(a, b, all[--count]);
    buf_byte(b, ']');
    return true;
}

/* ---- its story
 * ----------------------------------------------------------------------- */

static bool answer_history(struct answering *a, struct buf *b)
{
    struct err err;

    if (!instance_asked(a))
        return false;
    buf_text(b, "{\"items\":");
    if (!story_print(a->v, a->ask->key, b, &err))
        return answer_database(a, &err);
    buf_byte(b, '}');
    return true;
}

/* ---- how many are where
 * -------------------------------------------------------------- */

static void element_put(struct buf *b, struct str id, const struct count *c)
{
    json_comma(b);
    buf_byte(b, '{');
    text_put(b, "elementId", id);
    number_put(b, "active", c->active);
    number_put(b, "canceled", c->canceled);
    number_put(b, "incidents", c->incidents);
    number_put(b, "completed", c->completed);
    buf_byte(b, '}');
}

static bool element_take(void *ctx, const struct db_value *values, u32 count)
{
    struct count c = {0, values[1].number, values[2].number, values[3].number,
                      values[4].number};

    element_put(ctx, values[0].text, &c);
    return true;
}

#define ELEMENT_SUMS                                                                  \
    "SELECT e.elementId, sum(CASE WHEN e.state = 'ACTIVE' AND e.hasIncident = 0 "     \
    "THEN 1 ELSE 0 END), sum(CASE WHEN e.state = 'COMPLETED' THEN 1 ELSE 0 END), "    \
    "sum(CASE WHEN e.state = 'TERMINATED' THEN 1 ELSE 0 END), sum(CASE WHEN e.state " \
    "= 'ACTIVE' AND e.hasIncident = 1 THEN 1 ELSE 0 END) FROM element_instances e "

static bool sums_run(struct answering *a, struct sql *s, struct str where,
                     struct buf *b)
{
    struct str text =
        arena_print(a->arena,
                    ELEMENT_SUMS "WHERE %.*s GROUP BY e.elementId ORDER BY "
                                 "e.elementId",
                    ARG(where));
    struct err err;

    return sql_run(s, text, element_take, b, &err) || answer_database(a, &err);
}

static bool instance_elements(struct answering *a, struct buf *b)
{
    struct sql s;

    sql_open(&s, a->v, VIEW_ELEMENT_INSTANCES, a->arena);
    sql_number(&s, (i64)a->ask->key);
    return sums_run(a, &s, STR("e.processInstanceKey = ?"), b);
}

static void definition_elements(struct answering *a, struct buf *b)
{
    struct definition *d = definition_of(a->v, a->ask->key);

    for (u32 i = 0; d && i < d->count_count; i++) {
        const struct count *c = &d->counts[i];
        const struct element *e = d->model ? model_element(d->model, c->tag) : NULL;
        if (e && (c->active || c->canceled || c->incidents || c->completed))
            element_put(b, e->id, c);
    }
}

/* Of those instances alone that the filter leaves. */
static bool filtered_elements(struct answering *a, const struct query *q, struct buf *b)
{
    struct terms all = {0};
    struct sql s;

    sql_open(&s, a->v, VIEW_PROCESS_INSTANCES, a->arena);
    sql_number(&s, (i64)a->ask->key);
    terms_add(&s, &all, STR("t.processDefinitionKey = ?"));
    sql_filter(&s, q, &all);
    struct str where = terms_join(&s, &all, "AND"), from = sql_from(&s);
    return sums_run(
        a, &s,
        arena_print(a->arena,
                    "e.processInstanceKey IN (SELECT t.processInstanceKey FROM "
                    "%.*s WHERE %.*s)",
                    ARG(from), ARG(where)),
        b);
}

static bool answer_elements(struct answering *a, struct buf *b)
{
    struct query *q = NEW(a->arena, struct query);
    bool is_instance = a->ask->what->what == SEARCH_PROCESS_INSTANCES;
    bool is_good = true;

    if (a->ask->what->query.len && !answer_query(a, VIEW_PROCESS_INSTANCES, q))
        return false;
    buf_text(b, "{\"items\":[");
    if (is_instance)
        is_good = instance_elements(a, b);
    else if (q->conditions || q->alternatives)
        is_good = filtered_elements(a, q, b);
    else
        definition_elements(a, b);
    buf_text(b, "]}");
    return is_good;
}

static bool wait_take(void *ctx, const struct db_value *values, u32 count)
{
    json_comma(ctx);
    buf_byte(ctx, '{');
    text_put(ctx, "elementId", values[0].text);
    number_put(ctx, "waitingCount", values[1].number);
    buf_byte(ctx, '}');
    return true;
}

static bool answer_waits(struct answering *a, struct buf *b)
{
    struct err err;
    struct sql s;

    if (!instance_asked(a))
        return false;
    sql_open(&s, a->v, VIEW_WAIT_STATES, a->arena);
    sql_number(&s, (i64)a->ask->key);
    struct str from = sql_from(&s);
    buf_text(b, "{\"items\":[");
    if (!sql_run(&s,
                 arena_print(a->arena,
                             "SELECT t.elementId, count(DISTINCT t.elementInstanceKey) "
                             "FROM %.*s WHERE t.processInstanceKey = ? GROUP BY "
                             "t.elementId ORDER BY t.elementId",
                             ARG(from)),
                 wait_take, b, &err))
        return answer_database(a, &err);
    buf_text(b, "]}");
    return true;
}

bool answer_counts(struct answering *a)
{
    struct buf b;
    bool is_good = false;

    buf_init(&b, a->arena, 1024);
    switch ((enum view_aspect)a->ask->what->aspect) {
    case ASPECT_FLOWS:
        is_good = answer_flows(a, &b);
        break;
    case ASPECT_CALLERS:
        is_good = answer_callers(a, &b);
        break;
    case ASPECT_HISTORY:
        is_good = answer_history(a, &b);
        break;
    case ASPECT_ELEMENTS:
        is_good = answer_elements(a, &b);
        break;
    case ASPECT_WAITS:
        is_good = answer_waits(a, &b);
        break;
    case ASPECT_ROWS:
    case ASPECT_TASK_LOGS:
    case ASPECT_ITEMS:
    case ASPECT_TOTALS:
        must(!"what is no page");
    }
    if (is_good)
        a->out->text = buf_str(&b);
    return is_good;
}
