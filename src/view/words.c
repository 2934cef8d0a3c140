/* words.c - a filter as SQL. Every value is a parameter; all words of the text stand in
 * tables.def or here. */
#include <stdio.h>

#include "view/inside.h"

void sql_open(struct sql *s, struct view *v, enum view_table table, struct arena *arena)
{
    *s = (struct sql){.view = v, .table = table, .arena = arena};
}

static void sql_param(struct sql *s, struct db_value value)
{
    if (s->count == s->room) {
        u32 room = s->room * 2 + 16;
        struct db_value *params = NEW_ARRAY(s->arena, struct db_value, room);
        if (s->count)
            memcpy(params, s->params, s->count * sizeof(*params));
        s->params = params;
        s->room = room;
    }
    s->params[s->count++] = value;
}

void sql_number(struct sql *s, i64 number)
{
    sql_param(s, (struct db_value){DB_NUMBER, number, {NULL, 0}});
}

void sql_text(struct sql *s, struct str text)
{
    sql_param(s, (struct db_value){DB_TEXT, 0, text});
}

/* `words` has one place, perhaps more often than once. */
static struct str format_sql(struct sql *s, const char *words, const char *from)
{
    size_t size = strlen(words) + 8 * strlen(from) + 16;
    char *out = arena_alloc(s->arena, size);

    return (struct str){out, (size_t)snprintf(out, size, words, from)};
}

/* ---- conditions ------------------------------------------------------------------ */

void terms_add(struct sql *s, struct terms *t, struct str term)
{
    if (t->count == t->room) {
        u32 room = t->room * 2 + 8;
        struct str *items = NEW_ARRAY(s->arena, struct str, room);
        if (t->count)
            memcpy(items, t->items, t->count * sizeof(*items));
        t->items = items;
        t->room = room;
    }
    t->items[t->count++] = term;
}

static void terms_put(struct buf *b, const struct str *items, u32 count,
                      const char *with)
{
    if (count == 1) {
        buf_add(b, items[0]);
        return;
    }
    buf_byte(b, '(');
    terms_put(b, items, count / 2, with);
    buf_print(b, " %s ", with);
    terms_put(b, items + count / 2, count - count / 2, with);
    buf_byte(b, ')');
}

struct str terms_join(struct sql *s, const struct terms *t, const char *with)
{
    struct buf b;

    if (t->count == 0)
        return strcmp(with, "AND") == 0 ? STR("1 = 1") : STR("1 = 0");
    buf_init(&b, s->arena, 256);
    terms_put(&b, t->items, t->count, with);
    return buf_str(&b);
}

/* ---- where columns come from ------------------------------------------------------
 */

static const struct joined {
    char letter;
    const char *text;
} joined[] = {
    {'i',
     " LEFT JOIN process_instances i ON i.processInstanceKey = t.processInstanceKey"},
    {'p', " LEFT JOIN process_definitions p ON p.processDefinitionKey = "
          "t.processDefinitionKey"},
    {'r', " LEFT JOIN decision_requirements r ON r.decisionRequirementsKey = "
          "t.decisionRequirementsKey"},
    {'f', " LEFT JOIN files f ON f.fileKey = t.file"},
};

const char *sql_source(struct sql *s, const struct column *c)
{
    const char *from = view_sources[c - view_columns].from;

    if (from[0] >= 'a' && from[0] <= 'z' && from[1] == '.')
        s->joins[from[0] - 'a'] = true;
    return from;
}

struct str sql_from(struct sql *s)
{
    struct buf b;

    buf_init(&b, s->arena, 256);
    struct table_info t = view_table(s->table);
    if (t.from)
        buf_print(&b, "(%s) t", t.from);
    else
        buf_print(&b, "%s t", t.name);
    for (size_t i = 0; i < LEN(joined); i++)
        if (s->joins[joined[i].letter - 'a'])
            buf_text(&b, joined[i].text);
    return buf_str(&b);
}

/* ---- one condition -----------------------------------------------------------------
 */

static void value_add(struct sql *s, const struct column *c, const struct value *v)
{
    if (type_is_text(c->type))
        sql_text(s, v->text);
    else
        sql_number(s, (i64)v->number);
}

static bool is_denial(enum operator op)
{
    return op == OP_NEQ || op == OP_NOT_IN;
}

static const char *op_word(enum operator op)
{
    switch (op) {
    case OP_EQ:
        return "=";
    case OP_NEQ:
        return "<>";
    case OP_GT:
        return ">";
    case OP_GTE:
        return ">=";
    case OP_LT:
        return "<";
    case OP_LTE:
        return "<=";
    case OP_IN:
    case OP_NOT_IN:
    case OP_LIKE:
    case OP_EXISTS:
        break;
    }
    must(!"an operator with a word of its own");
    return NULL;
}

static struct str list_sql(struct sql *s, const char *from, const struct condition *c)
{
    bool is_not = c->op == OP_NOT_IN;
    struct buf b;

    if (c->count == 0)
        return is_not ? STR("1 = 1") : STR("1 = 0");
    buf_init(&b, s->arena, 64);
    if (is_not)
        buf_print(&b, "(%s IS NULL OR ", from);
    buf_print(&b, "%s %s (", from, is_not ? "NOT IN" : "IN");
    for (u32 i = 0; i < c->count; i++) {
        buf_text(&b, i ? ", ?" : "?");
        value_add(s, c->column, &c->values[i]);
    }
    buf_text(&b, is_not ? "))" : ")");
    return buf_str(&b);
}

/* What every match begins with, for an index. */
static struct str like_prefix(struct sql *s, struct str pattern)
{
    size_t len = 0;

    while (len < pattern.len && !strchr("*?\\", pattern.data[len]))
        len++;
    return arena_copy(s->arena, (struct str){pattern.data, len});
}

struct str sql_like(struct sql *s, const char *from, struct str pattern)
{
    const struct db_dialect *d = s->view->db->dialect;

    sql_text(s, d->pattern ? d->pattern(pattern, s->arena) : pattern);
    return format_sql(s, d->like, from);
}

/* Indexes may have only the beginning of a text. */
static u32 head_of(const struct sql *s, const char *from)
{
    bool is_column = from[0] >= 'a' && from[0] <= 'z' && from[1] == '.';
    u32 head = s->view->db->dialect->head;

    return head && is_column && tables_cut(from + 2) ? head : 0;
}

static struct str text_head(struct str text, u32 characters)
{
    u32 count = 0;
    size_t len = 0;

    for (; len < text.len; len++)
        if (((u8)text.data[len] & 0xc0) != 0x80 && count++ == characters)
            break;
    return (struct str){text.data, len};
}

/* Beside the condition itself, so that such an index serves. */
static struct str begins_sql(struct sql *s, const char *from, struct str prefix,
                             struct str end)
{
    u32 head = head_of(s, from);

    if (!head || prefix.len > head)
        return STR("");
    sql_text(s, prefix);
    sql_text(s, end);
    return arena_print(s->arena, "left(%s, %u) >= ? AND left(%s, %u) < ? AND ", from,
                       head, from, head);
}

static struct str heads_sql(struct sql *s, const char *from, const struct condition *c)
{
    u32 head = head_of(s, from);
    struct buf b;

    if (!head || !type_is_text(c->column->type) || (c->op != OP_EQ && c->op != OP_IN) ||
        c->count == 0)
        return STR("");
    buf_init(&b, s->arena, 64);
    buf_print(&b, "left(%s, %u) IN (", from, head);
    for (u32 i = 0; i < c->count; i++) {
        buf_text(&b, i ? ", ?" : "?");
        sql_text(s, text_head(c->values[i].text, head));
    }
    buf_text(&b, ") AND ");
    return buf_str(&b);
}

static struct str like_sql(struct sql *s, const char *from, struct str pattern)
{
    struct str prefix = like_prefix(s, pattern);

    if (prefix.len == 0 || (u8)prefix.data[prefix.len - 1] >= 0x7f) {
        return sql_like(s, from, pattern);
    }
    struct str end = arena_copy(s->arena, prefix);
    ((char *)(uintptr_t)end.data)[end.len - 1]++;
    struct str head = begins_sql(s, from, prefix, end);
    sql_text(s, prefix);
    sql_text(s, end);
    struct str like = sql_like(s, from, pattern);
    return arena_print(s->arena, "(%.*s%s >= ? AND %s < ? AND %.*s)", ARG(head), from,
                       from, ARG(like));
}

/* Null is equal to nothing, and neither before nor after anything. */
static struct str whole_sql(struct sql *s, const char *from, const struct condition *c)
{
    const struct value *v = c->values;

    if (c->op == OP_EXISTS)
        return arena_print(s->arena, "%s IS %sNULL", from, v->number ? "NOT " : "");
    if (c->column->type == COLUMN_NOTHING)
        return is_denial(c->op) ? STR("1 = 1") : STR("1 = 0");
    if (c->op == OP_IN || c->op == OP_NOT_IN)
        return list_sql(s, from, c);
    if (c->op == OP_LIKE)
        return like_sql(s, from, v->text);
    /* A flag is no text of anybody's; said so, an index over such rows alone serves. */
    if (c->column->type == COLUMN_FLAG)
        return arena_print(s->arena, "%s = %d", from, v->number != 0);
    value_add(s, c->column, v);
    if (c->op == OP_NEQ)
        return arena_print(s->arena, "(%s IS NULL OR %s <> ?)", from, from);
    return arena_print(s->arena, "%s %s ?", from, op_word(c->op));
}

static struct str plain_sql(struct sql *s, const char *from, const struct condition *c)
{
    struct str heads = heads_sql(s, from, c), whole = whole_sql(s, from, c);

    return heads.len ? arena_print(s->arena, "(%.*s%.*s)", ARG(heads), ARG(whole))
                     : whole;
}

static bool values_have(const struct condition *c, const char *text)
{
    for (u32 i = 0; i < c->count; i++)
        if (str_is(c->values[i].text, text))
            return true;
    return false;
}

/* What has not ended is a small part: there are indexes over that alone. */
static bool is_unended(const struct condition *c)
{
    return strcmp(c->column->name, "state") == 0 && c->column->type == COLUMN_CHOICE &&
           (c->op == OP_EQ || c->op == OP_IN) && !values_have(c, "COMPLETED");
}

static struct str list_of_texts(struct sql *s, const char *from,
                                const struct condition *c)
{
    struct condition one = *c;
    const char *is_not = is_denial(c->op) ? "NOT " : "";

    if (c->op == OP_EXISTS)
        return plain_sql(s, from, c);
    if (c->op == OP_NEQ)
        one.op = OP_EQ;
    if (c->op == OP_NOT_IN)
        one.op = OP_IN;
    struct str term = plain_sql(s, "e.value", &one);
    struct str texts = format_sql(s, s->view->db->dialect->texts, from);
    return arena_print(s->arena, "%sEXISTS (SELECT 1 FROM %.*s WHERE %.*s)", is_not,
                       ARG(texts), ARG(term));
}

/* All that are named must be there. */
static struct str tags_sql(struct sql *s, const char *from, const struct condition *c)
{
    struct terms all = {0};

    for (u32 i = 0; i < c->count; i++) {
        struct condition one = {
            .column = c->column, .op = OP_EQ, .values = &c->values[i], .count = 1};
        terms_add(s, &all, list_of_texts(s, from, &one));
    }
    return terms_join(s, &all, "AND");
}

/* ---- variables ---------------------------------------------------------------------
 */

#define HEAD 40 /* characters of a value that its index has */

static struct str value_head(struct str value)
{
    return text_head(value, HEAD);
}

/* By its first characters, which an index has, and by all of it. (A plain `v.value = ?`
 * would be put in for the other `v.value`, and the index be passed over.) */
static struct str value_equals(struct sql *s, const char *from, struct str value)
{
    sql_text(s, value_head(value));
    sql_text(s, value);
    return arena_print(s->arena, "substr(%s, 1, 40) = ? AND (%s || '') = ?", from,
                       from);
}

/* One of several, likewise. */
static struct str value_among(struct sql *s, const struct condition *c)
{
    struct buf heads, values;

    if (c->count == 1)
        return value_equals(s, "v.value", c->values[0].text);
    buf_init(&heads, s->arena, 64);
    buf_init(&values, s->arena, 64);
    for (u32 i = 0; i < c->count; i++) {
        buf_text(&heads, i ? ", ?" : "?");
        sql_text(s, value_head(c->values[i].text));
    }
    for (u32 i = 0; i < c->count; i++) {
        buf_text(&values, i ? ", ?" : "?");
        sql_text(s, c->values[i].text);
    }
    return arena_print(s->arena,
                       "substr(v.value, 1, 40) IN (%.*s) AND (v.value || '') IN (%.*s)",
                       ARG(buf_str(&heads)), ARG(buf_str(&values)));
}

static struct str variable_equals(struct sql *s, const char *scope,
                                  const struct condition *c)
{
    if (c->count == 0)
        return STR("1 = 0");
    sql_text(s, c->name);
    struct str term = value_among(s, c);
    return arena_print(s->arena,
                       "%s IN (SELECT v.scopeKey FROM variables v WHERE v.name = ? AND "
                       "%.*s)",
                       scope, ARG(term));
}

static struct str variable_exists(struct sql *s, const char *scope,
                                  const struct condition *c)
{
    struct str term = STR("1 = 1");

    sql_text(s, c->name);
    if (c->op != OP_EXISTS)
        term = plain_sql(s, "v.value", c);
    return arena_print(s->arena,
                       "EXISTS (SELECT 1 FROM variables v WHERE v.scopeKey = %s AND "
                       "v.name = ? AND %.*s)",
                       scope, ARG(term));
}

static struct str variable_sql(struct sql *s, const char *scope,
                               const struct condition *c)
{
    struct condition one = *c;

    if (c->op == OP_EQ || c->op == OP_IN)
        return variable_equals(s, scope, c);
    if (c->op == OP_LIKE || (c->op == OP_EXISTS && c->values[0].number))
        return variable_exists(s, scope, c);
    if (c->op == OP_NEQ)
        one.op = OP_EQ;
    if (c->op == OP_NOT_IN)
        one.op = OP_IN;
    struct str term = variable_exists(s, scope, &one);
    return arena_print(s->arena, "NOT %.*s", ARG(term));
}

/* ---- all of a filter
 * ----------------------------------------------------------------- */

static const struct source *source_of(const struct column *c)
{
    return &view_sources[c - view_columns];
}

/* Most variables are the instance's own: those have one index, all others another. */
static struct str variables_of(struct sql *s, i64 instance)
{
    for (u32 i = 0; i < 3; i++)
        sql_number(s, instance);
    return STR(
        "((t.scopeKey = ? AND t.processInstanceKey = ?) OR (t.processInstanceKey = "
        "? AND t.scopeKey <> t.processInstanceKey))");
}

static struct str condition_sql(struct sql *s, const struct condition *c)
{
    const char *from = sql_source(s, c->column);

    switch (c->column->type) {
    case COLUMN_TEXTS:
        return list_of_texts(s, from, c);
    case COLUMN_TAGS:
        return tags_sql(s, from, c);
    case COLUMN_VARIABLES:
        return variable_sql(s, from, c);
    case COLUMN_KEY:
    case COLUMN_NAME:
    case COLUMN_TEXT:
    case COLUMN_CHOICE:
    case COLUMN_NUMBER:
    case COLUMN_FLAG:
    case COLUMN_TIME:
    case COLUMN_DATE:
    case COLUMN_DOCUMENT:
    case COLUMN_NOTHING:
    case COLUMN_REFUSED:
        break;
    }
    if (c->op == OP_EQ && s->table == VIEW_VARIABLES &&
        strcmp(from, "t.processInstanceKey") == 0)
        return variables_of(s, (i64)c->values[0].number);
    /* The value of a variable, beside its name. */
    if (c->op == OP_EQ && s->table == VIEW_VARIABLES && strcmp(from, "t.value") == 0)
        return value_equals(s, from, c->values[0].text);
    struct str term = plain_sql(s, from, c);
    return is_unended(c) && strcmp(from, "t.state") == 0
               ? arena_print(s->arena, "(%.*s AND t.state <> 'COMPLETED')", ARG(term))
               : term;
}

/* Few rows are meant: then it is better to begin with them. */
static bool is_few(enum view_table other, const struct condition *list)
{
    if (other != VIEW_ELEMENT_INSTANCES)
        return true;
    for (const struct condition *c = list; c; c = c->next) {
        bool is_there = source_of(c->column)->is_related;
        if (is_there && c->op == OP_EQ && c->column->type == COLUMN_FLAG &&
            c->values[0].number)
            return true;
        if (is_there && c->op == OP_EQ &&
            strcmp(source_of(c->column)->from, "x.state") == 0 &&
            !values_have(c, "COMPLETED"))
            return true;
    }
    return false;
}

static struct str related_sql(struct sql *s, enum view_table other,
                              const struct condition *list)
{
    struct terms all = {0};
    bool begins_there = is_few(other, list);

    for (const struct condition *c = list; c; c = c->next) {
        const struct source *from = source_of(c->column);
        if (!from->is_related || from->other != other)
            continue;
        terms_add(s, &all, plain_sql(s, from->from, c));
        if (from->where)
            terms_add(s, &all, str_of(from->where));
        if (strcmp(from->from, "x.state") == 0 && c->op == OP_EQ &&
            !values_have(c, "COMPLETED"))
            terms_add(s, &all, STR("x.state <> 'COMPLETED'"));
    }
    struct str where = terms_join(s, &all, "AND");
    if (begins_there)
        return arena_print(s->arena,
                           "t.processInstanceKey IN (SELECT x.processInstanceKey FROM "
                           "%s x WHERE %.*s)",
                           view_table(other).name, ARG(where));
    return arena_print(s->arena,
                       "EXISTS (SELECT 1 FROM %s x WHERE x.processInstanceKey = "
                       "t.processInstanceKey AND %.*s)",
                       view_table(other).name, ARG(where));
}

static void conditions_sql(struct sql *s, const struct condition *list,
                           struct terms *out)
{
    bool is_done[VIEW_TABLES] = {false};

    for (const struct condition *c = list; c; c = c->next) {
        const struct source *from = source_of(c->column);
        if (!from->is_related) {
            terms_add(s, out, condition_sql(s, c));
        } else if (!is_done[from->other]) {
            is_done[from->other] = true;
            terms_add(s, out, related_sql(s, from->other, list));
        }
    }
}

void sql_filter(struct sql *s, const struct query *q, struct terms *out)
{
    struct terms any = {0};

    conditions_sql(s, q->conditions, out);
    for (const struct alternative *a = q->alternatives; a; a = a->next) {
        struct terms all = {0};
        conditions_sql(s, a->conditions, &all);
        terms_add(s, &any, terms_join(s, &all, "AND"));
    }
    if (q->alternatives)
        terms_add(s, out, terms_join(s, &any, "OR"));
}

static bool speaks_of_state(const struct query *q)
{
    for (const struct condition *c = q->conditions; c; c = c->next)
        if (strcmp(c->column->name, "state") == 0)
            return true;
    return false;
}

void sql_undeleted(struct sql *s, const struct query *q, struct terms *out)
{
    if (view_table(s->table).has_deleted && !speaks_of_state(q))
        terms_add(s, out, STR("t.state <> 'DELETED'"));
}

bool sql_run(struct sql *s, struct str text, db_row *row, void *ctx, struct err *err)
{
    return view_run(s->view, arena_copy(s->arena, text).data, s->params, s->count, row,
                    ctx, err);
}
