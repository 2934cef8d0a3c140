/* pages.c - pages of rows and single ones, as clients see them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "view/inside.h"

#define TOTAL_MAX 10000              /* more are not counted, as in the original */
#define TEXT_MAX  ((size_t)16 << 20) /* bytes that the items of one page may take */
#define VALUE_MAX 8191 /* bytes of a variable's value that are shown unasked */

bool answer_refuse(struct answering *a, enum rejection rejection, const char *fmt, ...)
{
    char text[1024];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    a->out->rejection = rejection;
    a->out->text = arena_copy(a->arena, str_of(text));
    return false;
}

bool answer_database(struct answering *a, const struct err *err)
{
    if (err->code == ERR_LIMIT)
        return answer_refuse(a, REJECT_RESOURCE_EXHAUSTED,
                             "%s; please ask with a filter that leaves fewer rows",
                             err->text);
    if (err->code == ERR_AWAY)
        view_lose(a->v, err);
    return answer_refuse(
        a, err->code == ERR_AWAY ? REJECT_UNAVAILABLE : REJECT_PROCESSING_ERROR, "%s",
        err->text);
}

/* ---- columns -----------------------------------------------------------------------
 */

/* Cut between characters. */
static struct str value_cut(struct str value)
{
    if (value.len <= VALUE_MAX)
        return value;
    value.len = VALUE_MAX;
    while (((u8)value.data[value.len] & 0xc0) == 0x80)
        value.len--;
    return value;
}

#define SEPARATOR '\x1f'

/* The next part of details whose parts stand one behind the other. */
static struct str part_next(struct str *rest)
{
    const char *end = rest->len ? memchr(rest->data, SEPARATOR, rest->len) : NULL;
    size_t len = end ? (size_t)(end - rest->data) : rest->len;
    struct str part = {rest->data, len};

    *rest =
        (struct str){rest->data + len + (end != NULL), rest->len - len - (end != NULL)};
    return part;
}

static void job_details_print(struct buf *out, struct str rest)
{
    struct str key = part_next(&rest), retries = part_next(&rest);
    struct str kind = part_next(&rest), event = part_next(&rest);

    buf_print(out,
              "{\"waitStateType\":\"JOB\",\"jobKey\":\"%.*s\",\"jobType\":", ARG(key));
    json_put_string(out, rest);
    buf_print(out, ",\"jobKind\":\"%.*s\",\"listenerEventType\":", ARG(kind));
    if (str_is(event, "UNSPECIFIED"))
        buf_text(out, "null");
    else
        json_put_string(out, event);
    buf_print(out, ",\"retries\":%.*s}", ARG(retries));
}

static void task_details_print(struct buf *out, struct str rest)
{
    struct str key = part_next(&rest);
    u64 due = 0;

    str_to_u64(rest, &due);
    buf_print(out, "{\"waitStateType\":\"USER_TASK\",\"taskKey\":\"%.*s\",\"dueDate\":",
              ARG(key));
    query_print_time(out, (i64)due);
    buf_byte(out, '}');
}

static void document_print(struct buf *out, const struct column *c, struct str text)
{
    bool is_map = c->type == COLUMN_DOCUMENT;

    if (text.len > 2 && text.data[1] == SEPARATOR) {
        struct str rest = {text.data + 2, text.len - 2};
        if (text.data[0] == 'J')
            job_details_print(out, rest);
        else
            task_details_print(out, rest);
    } else if (text.len)
        buf_add(out, text);
    else
        buf_text(out, is_map ? "{}" : "[]");
}

static void column_print(struct buf *out, const struct column *c,
                         const struct db_value *from)
{
    struct value v = {(u64)from->number, from->text};

    if (c->type == COLUMN_DOCUMENT || c->type == COLUMN_TEXTS || c->type == COLUMN_TAGS)
        document_print(out, c, from->text);
    else if (from->kind == DB_NULL && c->type != COLUMN_KEY && c->type != COLUMN_TIME)
        buf_text(out, "null");
    else
        query_print_value(out, c, &v);
}

static bool has_values(enum view_table table)
{
    return table == VIEW_VARIABLES || table == VIEW_CLUSTER_VARIABLES;
}

static bool is_cut(const struct answering *a, enum view_table table,
                   const struct column *c)
{
    return has_values(table) && !a->ask->what->is_whole &&
           strcmp(c->name, "value") == 0;
}

/* Whole values are not truncated, whatever their size. */
static bool is_said_whole(const struct answering *a, enum view_table table,
                          const struct column *c)
{
    return has_values(table) && a->ask->what->is_whole &&
           strcmp(c->name, "isTruncated") == 0;
}

static u32 row_print(const struct answering *a, enum view_table table, struct buf *out,
                     const struct db_value *values)
{
    struct table_info t = view_table(table);
    u32 at = 0;

    buf_byte(out, '{');
    for (u32 i = 0; i < t.seen_count; i++) {
        const struct column *c = &view_columns[t.seen + i];
        if (!(c->use & SHOWN))
            continue;
        struct db_value value = values[at++];
        if (is_cut(a, table, c))
            value.text = value_cut(value.text);
        if (is_said_whole(a, table, c))
            value.number = 0;
        json_put_name(out, str_of(c->name));
        column_print(out, c, &value);
    }
    buf_byte(out, '}');
    return at;
}

/* "SELECT" with all that is shown. */
static void select_shown(struct sql *s, struct buf *b)
{
    struct table_info t = view_table(s->table);
    bool is_first = true;

    buf_text(b, "SELECT ");
    for (u32 i = 0; i < t.seen_count; i++) {
        const struct column *c = &view_columns[t.seen + i];
        if (!(c->use & SHOWN))
            continue;
        buf_print(b, "%s%s", is_first ? "" : ", ", sql_source(s, c));
        is_first = false;
    }
}

/* ---- places in an order
 * -------------------------------------------------------------- */

/* A mark of the order, then each value it is sorted by (0: null; 1: a number; 2: a text
 * with its length), then the key. */
static u32 order_mark(enum view_table table, const struct query *q)
{
    u64 hash = table;

    for (u32 i = 0; i < q->sort_count; i++)
        hash = hash_mix(hash * 2 + (u64)(q->sorts[i].column - view_columns) * 4 +
                        q->sorts[i].is_descending);
    return (u32)hash;
}

static void number_put(struct buf *b, u64 number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_byte(b, (char)(number >> shift));
}

static void place_put(struct buf *b, const struct db_value *v)
{
    buf_byte(b, v->kind == DB_NULL ? 0 : v->kind == DB_NUMBER ? 1 : 2);
    if (v->kind == DB_NUMBER)
        number_put(b, (u64)v->number);
    if (v->kind != DB_TEXT)
        return;
    number_put(b, v->text.len);
    buf_add(b, v->text);
}

static bool number_get(struct str bytes, size_t *at, u64 *out)
{
    if (bytes.len - *at < 8)
        return false;
    *out = 0;
    for (u32 i = 0; i < 8; i++)
        *out = *out << 8 | (u8)bytes.data[(*at)++];
    return true;
}

static bool place_get(struct str bytes, size_t *at, struct db_value *out)
{
    u64 number = 0;

    *out = (struct db_value){DB_NULL, 0, {NULL, 0}};
    if (*at >= bytes.len)
        return false;
    u8 kind = (u8)bytes.data[(*at)++];
    if (kind == 0)
        return true;
    if (kind > 2 || !number_get(bytes, at, &number))
        return false;
    out->kind = kind == 1 ? DB_NUMBER : DB_TEXT;
    out->number = (i64)number;
    if (kind == 1)
        return true;
    if (number > bytes.len - *at)
        return false;
    out->text = (struct str){bytes.data + *at, number};
    *at += number;
    return true;
}

struct place {
    struct db_value values[SORTS_MAX];
    i64 key;
};

static bool place_read(struct answering *a, enum view_table table,
                       const struct query *q, struct str bytes, struct place *out)
{
    u64 mark = 0, key = 0;
    size_t at = 0;
    bool is_good = number_get(bytes, &at, &mark) && mark == order_mark(table, q);

    for (u32 i = 0; is_good && i < q->sort_count; i++) {
        is_good = place_get(bytes, &at, &out->values[i]);
        if (is_good && out->values[i].kind != DB_NULL)
            is_good = (out->values[i].kind == DB_TEXT) ==
                      type_is_text(q->sorts[i].column->type);
    }
    is_good = is_good && number_get(bytes, &at, &key) && at == bytes.len;
    out->key = (i64)key;
    return is_good ||
           answer_refuse(
               a, REJECT_INVALID_ARGUMENT,
               "The value for '%s' must be a cursor of an earlier answer to the "
               "same search with the same sort",
               q->after.data ? "after" : "before");
}

static void place_param(struct sql *s, const struct db_value *v)
{
    if (v->kind == DB_NUMBER)
        sql_number(s, v->number);
    else
        sql_text(s, v->text);
}

static struct str equal_sql(struct sql *s, const struct column *c,
                            const struct db_value *v)
{
    const char *from = sql_source(s, c);

    if (v->kind == DB_NULL)
        return arena_print(s->arena, "%s IS NULL", from);
    place_param(s, v);
    return arena_print(s->arena, "%s = ?", from);
}

/* What comes behind the value in the order (or before it); null comes last, both ways.
 */
static struct str beyond_sql(struct sql *s, const struct query *q, u32 i,
                             const struct db_value *v)
{
    const char *from = sql_source(s, q->sorts[i].column);
    bool goes_back = q->before.data != NULL;
    bool is_greater = q->sorts[i].is_descending == goes_back;

    if (v->kind == DB_NULL)
        return goes_back ? arena_print(s->arena, "%s IS NOT NULL", from) : STR("1 = 0");
    place_param(s, v);
    if (goes_back || q->sorts[i].column->use & FILLED)
        return arena_print(s->arena, "%s %s ?", from, is_greater ? ">" : "<");
    return arena_print(s->arena, "(%s %s ? OR %s IS NULL)", from,
                       is_greater ? ">" : "<", from);
}

/* For one column that is never null a bound that an index understands. */
static void bound_sql(struct sql *s, const struct query *q, const struct place *p,
                      struct terms *out)
{
    const struct column *c = q->sorts[0].column;
    bool is_greater = q->sorts[0].is_descending == (q->before.data != NULL);

    if (!(c->use & FILLED) || p->values[0].kind == DB_NULL)
        return;
    place_param(s, &p->values[0]);
    terms_add(
        s, out,
        arena_print(s->arena, "%s %s ?", sql_source(s, c), is_greater ? ">=" : "<="));
}

static void place_sql(struct sql *s, const struct query *q, const struct place *p,
                      struct terms *out)
{
    struct terms any = {0};

    if (q->sort_count)
        bound_sql(s, q, p, out);
    for (u32 i = 0; i <= q->sort_count; i++) {
        struct terms all = {0};
        for (u32 k = 0; k < i; k++)
            terms_add(s, &all, equal_sql(s, q->sorts[k].column, &p->values[k]));
        if (i < q->sort_count) {
            terms_add(s, &all, beyond_sql(s, q, i, &p->values[i]));
        } else {
            sql_number(s, p->key);
            terms_add(s, &all,
                      arena_print(s->arena, "t.%s %s ?", view_table(s->table).key,
                                  q->before.data ? "<" : ">"));
        }
        terms_add(s, &any, terms_join(s, &all, "AND"));
    }
    terms_add(s, out, terms_join(s, &any, "OR"));
}

static void order_sql(struct sql *s, const struct query *q, struct buf *b)
{
    bool goes_back = q->before.data != NULL;

    buf_text(b, " ORDER BY ");
    for (u32 i = 0; i < q->sort_count; i++) {
        const struct column *c = q->sorts[i].column;
        bool is_down = q->sorts[i].is_descending != goes_back;
        buf_print(b, "%s %s", sql_source(s, c), is_down ? "DESC" : "ASC");
        if (!(c->use & FILLED))
            buf_text(b, goes_back ? " NULLS FIRST" : " NULLS LAST");
        buf_text(b, ", ");
    }
    buf_print(b, "t.%s %s", view_table(s->table).key, goes_back ? "DESC" : "ASC");
}

/* ---- a page
 * --------------------------------------------------------------------------- */

struct item {
    struct str text, place;
};

struct page {
    struct answering *a;
    enum view_table table;
    const struct query *query;
    struct item *items;
    u32 count;
    size_t size;
    u64 total;
};

static bool item_take(void *ctx, const struct db_value *values, u32 count)
{
    struct page *p = ctx;
    struct buf b;

    buf_init(&b, p->a->arena, 512);
    u32 at = row_print(p->a, p->table, &b, values);
    p->items[p->count].text = buf_str(&b);
    p->size += b.len;
    buf_init(&b, p->a->arena, 48);
    number_put(&b, order_mark(p->table, p->query));
    for (u32 i = 0; i < p->query->sort_count; i++)
        place_put(&b, &values[at++]);
    number_put(&b, (u64)values[at].number);
    p->items[p->count++].place = buf_str(&b);
    return p->size <= TEXT_MAX;
}

static bool total_take(void *ctx, const struct db_value *values, u32 count)
{
    ((struct page *)ctx)->total = (u64)values[0].number;
    return false;
}

static struct str where_sql(struct sql *s, const struct query *q, const struct place *p,
                            struct str more)
{
    struct terms all = {0};

    if (more.len)
        terms_add(s, &all, more);
    sql_filter(s, q, &all);
    sql_undeleted(s, q, &all);
    if (p)
        place_sql(s, q, p, &all);
    return terms_join(s, &all, "AND");
}

/* `more` has no parameters: keys that we have found ourselves. */
static bool page_total(struct page *p, struct str more, struct err *err)
{
    struct sql s;

    sql_open(&s, p->a->v, p->table, p->a->arena);
    struct str where = where_sql(&s, p->query, NULL, more);
    struct str from = sql_from(&s);
    return sql_run(
        &s,
        arena_print(p->a->arena,
                    "SELECT count(*) FROM (SELECT 1 FROM %.*s WHERE %.*s LIMIT "
                    "%d) q",
                    ARG(from), ARG(where), TOTAL_MAX + 1),
        total_take, p, err);
}

static bool page_items(struct page *p, const struct place *place, struct str more,
                       struct err *err)
{
    const struct query *q = p->query;
    struct buf select, order, whole;
    struct sql s;

    sql_open(&s, p->a->v, p->table, p->a->arena);
    buf_init(&select, p->a->arena, 1024);
    select_shown(&s, &select);
    for (u32 i = 0; i < q->sort_count; i++)
        buf_print(&select, ", %s", sql_source(&s, q->sorts[i].column));
    buf_print(&select, ", t.%s", view_table(p->table).key);
    struct str where = where_sql(&s, q, place, more);
    buf_init(&order, p->a->arena, 128);
    order_sql(&s, q, &order);
    struct str from = sql_from(&s);
    buf_init(&whole, p->a->arena, 4096);
    buf_print(&whole, "%.*s FROM ", ARG(buf_str(&select)));
    buf_add(&whole, from);
    buf_text(&whole, " WHERE ");
    buf_add(&whole, where);
    buf_add(&whole, buf_str(&order));
    buf_print(&whole, " LIMIT %u OFFSET %u", q->limit, q->skip);
    p->items = NEW_ARRAY(p->a->arena, struct item, q->limit + 1);
    return sql_run(&s, buf_str(&whole), item_take, p, err);
}

static void cursor_put(struct buf *b, const struct item *item)
{
    if (!item) {
        buf_text(b, "null");
        return;
    }
    buf_byte(b, '"');
    base64_put(b, item->place);
    buf_byte(b, '"');
}

static void page_print(struct page *p, struct buf *b)
{
    bool has_more = p->total > TOTAL_MAX;

    buf_text(b, "{\"items\":[");
    for (u32 i = 0; i < p->count; i++) {
        if (i)
            buf_byte(b, ',');
        buf_add(b, p->items[i].text);
    }
    buf_print(b, "],\"page\":{\"totalItems\":%llu,\"hasMoreTotalItems\":%s,",
              (unsigned long long)(has_more ? TOTAL_MAX : p->total),
              has_more ? "true" : "false");
    buf_text(b, "\"startCursor\":");
    cursor_put(b, p->count ? &p->items[0] : NULL);
    buf_text(b, ",\"endCursor\":");
    cursor_put(b, p->count ? &p->items[p->count - 1] : NULL);
    buf_text(b, "}}");
}

static void page_turn(struct page *p)
{
    for (u32 i = 0; i < p->count / 2; i++) {
        struct item item = p->items[i];
        p->items[i] = p->items[p->count - 1 - i];
        p->items[p->count - 1 - i] = item;
    }
}

static bool page_answer(struct answering *a, enum view_table table, struct query *q,
                        struct str more)
{
    struct page p = {.a = a, .table = table, .query = q};
    struct place *place = NULL;
    struct buf b;
    struct err err;

    if (q->after.data || q->before.data) {
        place = NEW(a->arena, struct place);
        if (!place_read(a, table, q, q->after.data ? q->after : q->before, place))
            return false;
    }
    if (!page_total(&p, more, &err) || !page_items(&p, place, more, &err))
        return answer_database(a, &err);
    if (p.size > TEXT_MAX)
        return answer_refuse(
            a, REJECT_INVALID_ARGUMENT,
            "The items of this page take more than %zu bytes; please ask "
            "for a page with a smaller limit",
            TEXT_MAX);
    if (q->before.data)
        page_turn(&p);
    buf_init(&b, a->arena, p.size + 1024);
    page_print(&p, &b);
    a->out->text = buf_str(&b);
    return true;
}

/* A database plans what it is asked, which takes long when there is much of it. */
#define CONDITIONS_MAX   500
#define ALTERNATIVES_MAX 250

static bool has_few(struct answering *a, const struct query *q)
{
    u32 conditions = 0, alternatives = 0;

    for (const struct condition *c = q->conditions; c; c = c->next)
        conditions++;
    for (const struct alternative *o = q->alternatives; o; o = o->next, alternatives++)
        for (const struct condition *c = o->conditions; c; c = c->next)
            conditions++;
    return (conditions <= CONDITIONS_MAX && alternatives <= ALTERNATIVES_MAX) ||
           answer_refuse(
               a, REJECT_INVALID_ARGUMENT,
               "The filter has %u conditions in %u alternatives, and must not "
               "have more than %d in %d; a list of values is one condition",
               conditions, alternatives, CONDITIONS_MAX, ALTERNATIVES_MAX);
}

bool answer_query(struct answering *a, enum view_table table, struct query *q)
{
    struct table_info t = view_table(table);
    struct query_words words = {view_columns + t.seen, t.seen_count,
                                a->v->options.zones};
    struct str wrong;

    if (!query_parse(&words, a->ask->what->query, a->arena, q, &wrong))
        return answer_refuse(a, REJECT_INVALID_ARGUMENT, "%.*s", ARG(wrong));
    return has_few(a, q);
}

/* ---- what is in a thing
 * ---------------------------------------------------------------- */

static bool not_found(struct answering *a, enum view_table table)
{
    return answer_refuse(a, REJECT_NOT_FOUND, "%s with key '%llu' not found",
                         view_table(table).noun, (unsigned long long)a->ask->key);
}

/* Of an instance or an element: the incidents of all that is in it, or was called. */
static bool incidents_in(struct answering *a, enum view_table within, struct str *more)
{
    struct row *row = copy_get(a->v, within, a->ask->key);

    if (!row)
        return not_found(a, within);
    u64 root = within == VIEW_PROCESS_INSTANCES
                   ? NUMBER(row, PROCESS_INSTANCES, rootProcessInstanceKey)
                   : NUMBER(row, ELEMENT_INSTANCES, rootProcessInstanceKey);
    *more = arena_print(a->arena,
                        "t.rootProcessInstanceKey = %llu AND t.path LIKE '%%/%llu/%%'",
                        (unsigned long long)root, (unsigned long long)a->ask->key);
    return true;
}

struct seen {
    struct answering *a;
    const u64 *scopes; /* from the task outward */
    u32 scope_count;
    struct str *names;
    u64 *keys;
    u32 *depths;
    u32 count, room;
};

static u32 scope_depth(const struct seen *s, u64 scope)
{
    u32 i = 0;

    while (i < s->scope_count && s->scopes[i] != scope)
        i++;
    return i;
}

/* Of several with one name the nearest. They come by name, so it is the last one. */
static bool seen_take(void *ctx, const struct db_value *values, u32 count)
{
    struct seen *s = ctx;
    u32 depth = scope_depth(s, (u64)values[2].number);

    if (s->count && str_equal(s->names[s->count - 1], values[1].text)) {
        if (depth < s->depths[s->count - 1]) {
            s->depths[s->count - 1] = depth;
            s->keys[s->count - 1] = (u64)values[0].number;
        }
        return true;
    }
    if (s->count == s->room)
        return false;
    s->names[s->count] = arena_copy(s->a->arena, values[1].text);
    s->keys[s->count] = (u64)values[0].number;
    s->depths[s->count++] = depth;
    return true;
}

static struct str keys_in(struct answering *a, const char *column, const u64 *keys,
                          u32 count)
{
    struct buf b;

    if (!count)
        return STR("1 = 0");
    buf_init(&b, a->arena, 64);
    buf_print(&b, "t.%s IN (", column);
    for (u32 i = 0; i < count; i++)
        buf_print(&b, "%s%llu", i ? ", " : "", (unsigned long long)keys[i]);
    buf_byte(&b, ')');
    return buf_str(&b);
}

#define SCOPES_MAX 1024
#define NAMES_MAX  10000

static bool nearest(struct answering *a, const u64 *scopes, u32 count, struct str *more)
{
    struct seen s = {.a = a, .scopes = scopes, .scope_count = count, .room = NAMES_MAX};
    struct str in = keys_in(a, "scopeKey", scopes, count);
    struct err err;
    struct sql sql;

    s.names = NEW_ARRAY(a->arena, struct str, NAMES_MAX);
    s.keys = NEW_ARRAY(a->arena, u64, NAMES_MAX);
    s.depths = NEW_ARRAY(a->arena, u32, NAMES_MAX);
    sql_open(&sql, a->v, VIEW_VARIABLES, a->arena);
    if (!sql_run(
            &sql,
            arena_print(a->arena,
                        "SELECT t.variableKey, t.name, t.scopeKey FROM variables t "
                        "WHERE %.*s ORDER BY t.name",
                        ARG(in)),
            seen_take, &s, &err))
        return answer_database(a, &err);
    *more = keys_in(a, "variableKey", s.keys, s.count);
    return true;
}

/* Variables that a user task sees: from its own scope outward to its process instance.
 */
static bool variables_seen(struct answering *a, struct str *more)
{
    struct row *task = copy_get(a->v, VIEW_USER_TASKS, a->ask->key), *element;
    u64 *scopes = NEW_ARRAY(a->arena, u64, SCOPES_MAX);
    u32 count = 0;

    if (!task)
        return not_found(a, VIEW_USER_TASKS);
    u64 scope = NUMBER(task, USER_TASKS, elementInstanceKey);
    while (scope && count < SCOPES_MAX) {
        scopes[count++] = scope;
        element = copy_get(a->v, VIEW_ELEMENT_INSTANCES, scope);
        scope =
            element ? NUMBER(element, ELEMENT_INSTANCES, elementInstanceScopeKey) : 0;
    }
    if (a->ask->what->is_effective)
        return nearest(a, scopes, count, more);
    *more = keys_in(a, "scopeKey", scopes, count);
    return true;
}

static bool within_sql(struct answering *a, struct str *more)
{
    enum view_table within;

    *more = STR("");
    if (a->ask->what->aspect == ASPECT_TASK_LOGS) {
        *more = arena_print(a->arena, "t.userTaskKey = %llu",
                            (unsigned long long)a->ask->key);
        return true;
    }
    if (!a->ask->what->within)
        return true;
    must(view_table_of(a->ask->what->within, &within));
    return within == VIEW_USER_TASKS ? variables_seen(a, more)
                                     : incidents_in(a, within, more);
}

/* What some statistics cannot do without. */
static bool has_wanted(struct answering *a, enum view_table table,
                       const struct query *q)
{
    const char *wanted = table == VIEW_VERSION_STATISTICS ? "processDefinitionId"
                         : table == VIEW_ERROR_VERSIONS   ? "errorHashCode"
                                                          : NULL;

    for (const struct condition *c = q->conditions; wanted && c; c = c->next)
        if (strcmp(c->column->name, wanted) == 0)
            return true;
    return !wanted ||
           answer_refuse(a, REJECT_INVALID_ARGUMENT, "No filter.%s provided", wanted);
}

bool answer_page(struct answering *a)
{
    struct query *q = NEW(a->arena, struct query);
    enum view_table table;
    struct str more;

    must(view_table_of(a->ask->what->what, &table));
    if (table == VIEW_JOB_TYPES || table == VIEW_JOB_WORKERS ||
        table == VIEW_JOB_TIMES || table == VIEW_JOB_ERRORS)
        return answer_metrics(a, table);
    return within_sql(a, &more) && answer_query(a, table, q) &&
           has_wanted(a, table, q) && page_answer(a, table, q, more);
}

/* ---- one
 * ------------------------------------------------------------------------------- */

struct one {
    struct answering *a;
    enum view_table table;
    struct buf out;
    bool is_there;
};

static bool one_take(void *ctx, const struct db_value *values, u32 count)
{
    struct one *o = ctx;

    row_print(o->a, o->table, &o->out, values);
    o->is_there = true;
    return false;
}

static bool one_print(struct answering *a, enum view_table table, u64 key,
                      bool *is_there)
{
    struct one o = {.a = a, .table = table};
    struct query none = {0};
    struct terms all = {0};
    struct buf select;
    struct sql s;
    struct err err;

    sql_open(&s, a->v, table, a->arena);
    buf_init(&o.out, a->arena, 512);
    buf_init(&select, a->arena, 1024);
    select_shown(&s, &select);
    sql_number(&s, (i64)key);
    terms_add(&s, &all, arena_print(a->arena, "t.%s = ?", view_table(table).key));
    sql_undeleted(&s, &none, &all);
    struct str from = sql_from(&s), where = terms_join(&s, &all, "AND");
    buf_print(&select, " FROM %.*s WHERE %.*s", ARG(from), ARG(where));
    if (!sql_run(&s, buf_str(&select), one_take, &o, &err))
        return answer_database(a, &err);
    a->out->text = buf_str(&o.out);
    *is_there = o.is_there;
    return true;
}

/* Where the file of something deployed is kept. */
static u64 file_of(struct answering *a, enum view_table table)
{
    struct row *row = copy_get(a->v, table, a->ask->key);

    if (!row)
        return 0;
    switch (table) {
    case VIEW_PROCESS_DEFINITIONS:
        return NUMBER(row, PROCESS_DEFINITIONS, file);
    case VIEW_DECISION_REQUIREMENTS:
        return NUMBER(row, DECISION_REQUIREMENTS, file);
    case VIEW_RESOURCES:
        return NUMBER(row, RESOURCES, file);
    case VIEW_FORMS:
        return NUMBER(row, FORMS, file);
    case VIEW_DECISION_DEFINITIONS:
        row = copy_get(a->v, VIEW_DECISION_REQUIREMENTS,
                       NUMBER(row, DECISION_DEFINITIONS, decisionRequirementsKey));
        return row ? NUMBER(row, DECISION_REQUIREMENTS, file) : 0;
    default:
        return 0;
    }
}

static bool answer_file(struct answering *a, enum view_table table)
{
    struct row *row = copy_get(a->v, VIEW_FILES, file_of(a, table));

    if (!row)
        return not_found(a, table);
    a->out->text = arena_copy(a->arena, TEXT(row, FILES, content));
    return true;
}

/* ---- forms
 * ----------------------------------------------------------------------------- */

struct newest {
    u64 key;
    const struct element *start;
    u64 deployment;
};

static bool form_take(void *ctx, const struct db_value *values, u32 count)
{
    struct newest *n = ctx;
    struct str tag = values[2].text;
    bool is_bound = true;

    if (n->start->form_binding == BINDING_DEPLOYMENT)
        is_bound = (u64)values[1].number == n->deployment;
    if (n->start->form_binding == BINDING_VERSION_TAG)
        is_bound = str_equal(tag, n->start->form_version_tag);
    if (is_bound)
        n->key = (u64)values[0].number;
    return !is_bound;
}

/* The form that a process shows before it is started, by its binding. */
static bool start_form(struct answering *a, u64 *out)
{
    struct row *row = copy_get(a->v, VIEW_PROCESS_DEFINITIONS, a->ask->key);
    struct definition *d = row ? definition_of(a->v, a->ask->key) : NULL;
    struct newest n = {0};
    struct sql s;
    struct err err;

    *out = 0;
    if (!row)
        return not_found(a, VIEW_PROCESS_DEFINITIONS);
    n.start = d && d->process ? d->process->root->none_start : NULL;
    n.deployment = NUMBER(row, PROCESS_DEFINITIONS, deployment);
    if (!n.start || !n.start->form_id.is_set || n.start->form_id.feel)
        return true;
    sql_open(&s, a->v, VIEW_FORMS, a->arena);
    sql_text(&s, n.start->form_id.body);
    sql_text(&s, TEXT(row, PROCESS_DEFINITIONS, tenantId));
    if (!sql_run(
            &s,
            STR("SELECT formKey, deployment, versionTag FROM forms WHERE formId = ? "
                "AND tenantId = ? AND state <> 'DELETED' ORDER BY version DESC"),
            form_take, &n, &err))
        return answer_database(a, &err);
    *out = n.key;
    return true;
}

static bool answer_form(struct answering *a, enum view_table table)
{
    u64 form = 0;
    bool is_there;

    if (table == VIEW_USER_TASKS) {
        struct row *task = copy_get(a->v, table, a->ask->key);
        if (!task)
            return not_found(a, table);
        form = NUMBER(task, USER_TASKS, formKey);
    } else if (!start_form(a, &form)) {
        return false;
    }
    if (!form)
        return true;
    return one_print(a, VIEW_FORMS, form, &is_there);
}

bool answer_one(struct answering *a)
{
    const struct search_ask *what = a->ask->what;
    enum view_table table;
    bool is_there = false;

    must(view_table_of(what->what, &table));
    if (what->is_file)
        return answer_file(a, table);
    if (what->is_form)
        return answer_form(a, table);
    if (what->index) {
        struct row *row =
            copy_get(a->v, VIEW_DECISION_INSTANCES, a->ask->key + what->index);
        if (!row ||
            NUMBER(row, DECISION_INSTANCES, decisionEvaluationKey) != a->ask->key)
            return answer_refuse(a, REJECT_NOT_FOUND, "%s with key '%llu-%u' not found",
                                 view_table(table).noun,
                                 (unsigned long long)a->ask->key, what->index);
    }
    if (!one_print(a, table, a->ask->key + what->index, &is_there))
        return false;
    return is_there || not_found(a, table);
}

/* ---- any
 * ------------------------------------------------------------------------------- */

static void answer_any(struct answering *a)
{
    u32 aspect = a->ask->what->aspect;

    if (aspect == ASPECT_ITEMS)
        answer_items(a);
    else if (aspect == ASPECT_TOTALS)
        answer_totals(a);
    else if (aspect != ASPECT_ROWS && aspect != ASPECT_TASK_LOGS)
        answer_counts(a);
    else if (a->ask->what->query.len)
        answer_page(a);
    else
        answer_one(a);
}

void view_search(struct view *v, const struct view_ask *ask, struct view_answer *out)
{
    struct trap full = {0};
    struct arena arena;
    struct answering a = {v, ask, &arena, out};

    *out = (struct view_answer){.request = ask->request};
    arena_init(&arena, 16384, (size_t)256 << 20, &full);
    if (setjmp(full.jump)) {
        out->rejection = REJECT_INVALID_ARGUMENT;
        out->text = STR("The answer needs more memory than one answer may have; please "
                        "ask with a smaller limit");
        db_finish(v->db, v->running);
        v->running = NULL;
    } else if (v->is_lost) {
        answer_refuse(&a, REJECT_UNAVAILABLE, "%s", v->err.text);
    } else {
        db_limit(v->db, v->options.search_ms);
        answer_any(&a);
    }
    db_limit(v->db, 0);
    char *block = must_alloc(out->text.len + 1);
    if (out->text.len)
        memcpy(block, out->text.data, out->text.len);
    out->text.data = out->block = block;
    arena_free(&arena);
}

void view_answer_done(struct view_answer *a)
{
    free(a->block);
    a->block = NULL;
}
