/* items.c - what a batch operation over history is done to: the keys of what has ended
 * and fits a filter, partition by partition, a piece at a time. */
#include "view/inside.h"

struct item_list {
    struct buf out;
    u32 count;
};

static bool item_add(void *ctx, const struct db_value *values, u32 count)
{
    struct item_list *l = ctx;
    struct view_item item = {(u64)values[0].number, (u64)values[1].number,
                             (u64)values[2].number};

    buf_add(&l->out, (struct str){(const char *)&item, sizeof(item)});
    l->count++;
    return true;
}

static const char *items_select(enum view_table table)
{
    if (table == VIEW_PROCESS_INSTANCES)
        return "SELECT t.processInstanceKey, t.processInstanceKey, "
               "t.rootProcessInstanceKey";
    return "SELECT DISTINCT t.decisionEvaluationKey, t.processInstanceKey, "
           "t.rootProcessInstanceKey";
}

/* Behind the one found last, and of its partition. */
static void items_range(struct sql *s, u64 at, struct terms *all)
{
    const char *key = s->table == VIEW_PROCESS_INSTANCES ? "processInstanceKey"
                                                         : "decisionEvaluationKey";

    sql_number(s, (i64)at);
    sql_number(s, (i64)(((at >> 51) + 1) << 51));
    terms_add(s, all, arena_print(s->arena, "t.%s > ? AND t.%s < ?", key, key));
    if (s->table == VIEW_PROCESS_INSTANCES)
        terms_add(s, all, STR("t.endDate IS NOT NULL"));
}

static bool items_find(struct answering *a, enum view_table table,
                       const struct query *q, struct item_list *out, struct err *err)
{
    const char *key = table == VIEW_PROCESS_INSTANCES ? "processInstanceKey"
                                                      : "decisionEvaluationKey";
    struct terms all = {0};
    struct sql s;

    sql_open(&s, a->v, table, a->arena);
    sql_filter(&s, q, &all);
    items_range(&s, a->ask->what->at, &all);
    struct str where = terms_join(&s, &all, "AND"), from = sql_from(&s);
    return sql_run(
        &s,
        arena_print(a->arena, "%s FROM %.*s WHERE %.*s ORDER BY t.%s LIMIT %d",
                    items_select(table), ARG(from), ARG(where), key, VIEW_ITEMS_MAX),
        item_add, out, err);
}

bool answer_items(struct answering *a)
{
    struct query *q = NEW(a->arena, struct query);
    struct item_list found = {.count = 0};
    enum view_table table;
    struct err err;

    must(view_table_of(a->ask->what->what, &table));
    if (!answer_query(a, table, q))
        return false;
    if (!q->conditions && !q->alternatives)
        return answer_refuse(a, REJECT_INVALID_ARGUMENT, "Given filter is empty");
    buf_init(&found.out, a->arena, 4096);
    if (!items_find(a, table, q, &found, &err))
        return answer_database(a, &err);
    a->out->text = buf_str(&found.out);
    return true;
}
