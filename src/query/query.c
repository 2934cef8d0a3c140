#include "query/query.h"

#define LIMIT_STANDARD 100
#define LIMIT_MAX      10000
#define PLACE_MAX      65536 /* bytes of a cursor */

/* Each row is held against all of a filter, so a filter has a size. */
#define VALUES_MAX 10000 /* values, operators and alternatives */
#define LIKE_MAX   1000  /* bytes of a pattern */

/* What is being read, for texts. */
struct reading {
    const struct column *columns;
    u32 column_count;
    struct zones *zones;
    struct arena *arena;
    struct str *wrong;
    u32 values; /* so far */
};

static bool query_refuse(struct reading *r, const char *what, struct str name,
                         const char *rule)
{
    *r->wrong = arena_print(r->arena, "%s '%.*s'%s%s", what,
                            (int)(name.len < 100 ? name.len : 100),
                            name.data ? name.data : "", *rule ? " " : "", rule);
    return false;
}

/* ---- words of the tables -------------------------------------------------------- */

/* `*` any run, `?` one character, `\` takes the next one as it is. Goes back to the
 * last
 * `*` only, so it is at most the product of both lengths. */
bool text_is_like(struct str text, struct str pattern)
{
    size_t t = 0, p = 0, star = SIZE_MAX, star_t = 0;

    while (t < text.len) {
        bool is_plain =
            p < pattern.len && pattern.data[p] == '\\' && p + 1 < pattern.len;
        char wanted = is_plain          ? pattern.data[p + 1]
                      : p < pattern.len ? pattern.data[p]
                                        : '\0';
        if (!is_plain && p < pattern.len && wanted == '*') {
            star = p++;
            star_t = t;
        } else if (p < pattern.len && !is_plain && wanted == '?') {
            for (t++; t < text.len && ((u8)text.data[t] & 0xc0) == 0x80;)
                t++;
            p++;
        } else if (p < pattern.len && wanted == text.data[t]) {
            t++;
            p += is_plain ? 2 : 1;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++star_t;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

bool type_is_text(enum column_type type)
{
    return type == COLUMN_NAME || type == COLUMN_TEXT || type == COLUMN_CHOICE ||
           type == COLUMN_TEXTS || type == COLUMN_TAGS || type == COLUMN_VARIABLES;
}

/* ---- values ---------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum operator op;
} operators[] = {
    {"$eq", OP_EQ},     {"$neq", OP_NEQ},       {"$gt", OP_GT}, {"$gte", OP_GTE},
    {"$lt", OP_LT},     {"$lte", OP_LTE},       {"$in", OP_IN}, {"$notIn", OP_NOT_IN},
    {"$like", OP_LIKE}, {"$exists", OP_EXISTS},
};

/* Which operators a type knows (section 5 of the protocol's description). */
static bool type_knows(enum column_type type, enum operator op)
{
    switch (op) {
    case OP_EQ:
    case OP_NEQ:
    case OP_EXISTS:
    case OP_IN:
        return type != COLUMN_FLAG || op == OP_EQ;
    case OP_NOT_IN:
        return type == COLUMN_KEY || type_is_text(type) || type == COLUMN_NOTHING;
    case OP_LIKE:
        return type_is_text(type) || type == COLUMN_NOTHING;
    case OP_GT:
    case OP_GTE:
    case OP_LT:
    case OP_LTE:
        return type == COLUMN_NUMBER || type == COLUMN_TIME || type == COLUMN_DATE ||
               type == COLUMN_NOTHING;
    }
    return false;
}

static bool choice_has(const char *values, struct str word)
{
    for (const char *at = values; (at = strchr(at, ' ')) && at[1];) {
        const char *end = strchr(++at, ' ');
        if (str_equal((struct str){at, (size_t)(end - at)}, word))
            return true;
    }
    return false;
}

static bool key_read(struct reading *r, struct str json, u64 *out)
{
    struct str text = json_kind(json) == JSON_STRING ? json_text(json, r->arena) : json;
    i64 number;

    if (!str_to_i64(text, &number))
        return false;
    *out = (u64)number;
    return true;
}

static bool values_count(struct reading *r)
{
    if (++r->values <= VALUES_MAX)
        return true;
    *r->wrong = arena_print(r->arena,
                            "The filter has more than %d values and "
                            "alternatives",
                            VALUES_MAX);
    return false;
}

static bool text_read(struct reading *r, const struct column *c, enum operator op,
                      struct str json, struct value *out)
{
    if (json_kind(json) != JSON_STRING)
        return query_refuse(r, "The value for", str_of(c->name), "must be a string");
    out->text = json_text(json, r->arena);
    if (op == OP_LIKE && out->text.len > LIKE_MAX)
        return query_refuse(r, "The pattern for", str_of(c->name),
                            "must not have more than 1000 bytes");
    if (c->type == COLUMN_CHOICE && op != OP_LIKE && !choice_has(c->values, out->text))
        return query_refuse(r, "The value for", str_of(c->name), "is none it can have");
    return true;
}

static bool time_read(struct reading *r, const struct column *c, struct str json,
                      struct value *out)
{
    struct str text =
        json_kind(json) == JSON_STRING ? json_text(json, r->arena) : STR("");
    i64 ms;

    if (!feel_read_instant(text, r->zones, &ms))
        return query_refuse(r, "The value for", str_of(c->name),
                            "must be a date and time according to RFC 3339");
    out->number = (u64)ms;
    return true;
}

static bool value_read(struct reading *r, const struct column *c, enum operator op,
                       struct str json, struct value *out)
{
    enum json_kind kind = json_kind(json);
    i64 number;

    if (!values_count(r))
        return false;
    switch (c->type) {
    case COLUMN_KEY:
        return key_read(r, json, &out->number) ||
               query_refuse(r, "The value for", str_of(c->name),
                            "must be a key of digits");
    case COLUMN_NUMBER:
        if (kind != JSON_NUMBER || !json_i64(json, &number))
            return query_refuse(r, "The value for", str_of(c->name),
                                "must be a whole number");
        out->number = (u64)number;
        return true;
    case COLUMN_FLAG:
        out->number = kind == JSON_TRUE;
        return kind == JSON_TRUE || kind == JSON_FALSE ||
               query_refuse(r, "The value for", str_of(c->name),
                            "must be true or false");
    case COLUMN_TIME:
    case COLUMN_DATE:
        return time_read(r, c, json, out);
    case COLUMN_NAME:
    case COLUMN_TEXT:
    case COLUMN_CHOICE:
    case COLUMN_TEXTS:
    case COLUMN_TAGS:
    case COLUMN_VARIABLES:
        return text_read(r, c, op, json, out);
    case COLUMN_NOTHING: /* nothing equals it, whatever it is */
        return true;
    case COLUMN_DOCUMENT:
    case COLUMN_REFUSED:
        break;
    }
    return query_refuse(r, "The filter property", str_of(c->name),
                        "is not supported yet");
}

/* ---- conditions ------------------------------------------------------------------ */

static u32 items_count(struct reading *r, struct str array)
{
    struct json_walk w = json_walk(array);
    u32 count = 0;

    for (struct json_member m; json_next(&w, r->arena, &m);)
        count++;
    return count;
}

static bool values_read(struct reading *r, const struct column *c, struct str json,
                        struct condition *out)
{
    if (json_kind(json) != JSON_ARRAY)
        return query_refuse(r, "The value for", str_of(c->name), "must be an array");
    struct value *values = NEW_ARRAY(r->arena, struct value, items_count(r, json));
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m); out->count++)
        if (!value_read(r, c, out->op, m.value, &values[out->count]))
            return false;
    out->values = values;
    return true;
}

static struct condition *condition_new(struct reading *r, const struct column *c,
                                       enum operator op, struct condition **list)
{
    struct condition *x = NEW(r->arena, struct condition);

    *x = (struct condition){.column = c, .op = op, .next = *list};
    *list = x;
    return x;
}

static bool condition_read(struct reading *r, const struct column *c, enum operator op,
                           struct str json, struct condition **list)
{
    struct condition *x = condition_new(r, c, op, list);

    if (op == OP_IN || op == OP_NOT_IN || c->type == COLUMN_TAGS)
        return values_read(r, c, json, x);
    struct value *value = NEW(r->arena, struct value);
    x->values = value;
    x->count = 1;
    if (op == OP_EXISTS) {
        if (!values_count(r))
            return false;
        value->number = json_kind(json) == JSON_TRUE;
        return json_kind(json) == JSON_TRUE || json_kind(json) == JSON_FALSE ||
               query_refuse(r, "The value of $exists for", str_of(c->name),
                            "must be true or false");
    }
    return value_read(r, c, op, json, value);
}

static bool operator_read(struct reading *r, const struct column *c,
                          const struct json_member *m, struct condition **list)
{
    for (size_t i = 0; i < LEN(operators); i++)
        if (str_is(m->name, operators[i].name)) {
            if (!type_knows(c->type, operators[i].op))
                break;
            return condition_read(r, c, operators[i].op, m->value, list);
        }
    *r->wrong = arena_print(
        r->arena, "The filter property '%s' does not know the operator '%.*s'", c->name,
        (int)(m->name.len < 100 ? m->name.len : 100), m->name.data);
    return false;
}

/* A plain value, or an object of operators, all of which must hold. */
static bool property_read(struct reading *r, const struct column *c, struct str json,
                          struct condition **list)
{
    if (json_kind(json) != JSON_MAP || c->type == COLUMN_FLAG)
        return condition_read(r, c, OP_EQ, json, list);
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m);)
        if (!operator_read(r, c, &m, list))
            return false;
    return true;
}

/* [{ "name": ..., "value": a text or an object of operators }] */
static bool variables_read(struct reading *r, const struct column *c, struct str json,
                           struct condition **list)
{
    struct str name, value;

    if (json_kind(json) != JSON_ARRAY)
        return query_refuse(r, "The value for", str_of(c->name), "must be an array");
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m);) {
        struct condition *before = *list;
        if (json_kind(m.value) != JSON_MAP ||
            !json_get(m.value, STR("name"), r->arena, &name) ||
            json_kind(name) != JSON_STRING ||
            !json_get(m.value, STR("value"), r->arena, &value))
            return query_refuse(r, "Each of", str_of(c->name),
                                "must have a name and a value");
        if (!property_read(r, c, value, list))
            return false;
        for (struct condition *x = *list; x != before; x = x->next)
            x->name = json_text(name, r->arena);
    }
    return true;
}

static const struct column *column_find(const struct reading *r, struct str name,
                                        enum column_use use)
{
    for (u32 i = 0; i < r->column_count; i++)
        if (r->columns[i].use & use && str_is(name, r->columns[i].name))
            return &r->columns[i];
    return NULL;
}

static bool conditions_read(struct reading *r, struct str json, struct condition **list,
                            struct query *alternatives);

static bool alternatives_read(struct reading *r, struct str json, struct query *q)
{
    if (json_kind(json) != JSON_ARRAY)
        return query_refuse(r, "The value for", STR("$or"), "must be an array");
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m);) {
        struct alternative *a = NEW(r->arena, struct alternative);
        if (!values_count(r) || !conditions_read(r, m.value, &a->conditions, NULL))
            return false;
        a->next = q->alternatives;
        q->alternatives = a;
    }
    return true;
}

/* A filter, or one of the alternatives in it, which has none itself. */
static bool conditions_read(struct reading *r, struct str json, struct condition **list,
                            struct query *alternatives)
{
    if (json_kind(json) != JSON_MAP)
        return query_refuse(r, "The", STR("filter"), "must be an object");
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m);) {
        const struct column *c = column_find(r, m.name, FILTER);
        bool is_good = true;
        if (json_kind(m.value) == JSON_NULL)
            continue;
        if (alternatives && str_is(m.name, "$or"))
            is_good = alternatives_read(r, m.value, alternatives);
        else if (!c)
            is_good = query_refuse(r, "The filter has an unknown property", m.name, "");
        else if (c->type == COLUMN_VARIABLES)
            is_good = variables_read(r, c, m.value, list);
        else
            is_good = property_read(r, c, m.value, list);
        if (!is_good)
            return false;
    }
    return true;
}

/* ---- sort ------------------------------------------------------------------------ */

static bool sort_read(struct reading *r, struct str json, struct query *q)
{
    struct str field = {0}, order = {0};

    if (json_kind(json) != JSON_MAP ||
        !json_get(json, STR("field"), r->arena, &field) ||
        json_kind(field) != JSON_STRING)
        return query_refuse(r, "An item of", STR("sort"), "must have a field");
    field = json_text(field, r->arena);
    const struct column *c = column_find(r, field, SORT);
    if (!c)
        return query_refuse(r, "The field", field, "cannot be sorted by");
    if (json_get(json, STR("order"), r->arena, &order) && !str_is(order, "\"ASC\"") &&
        !str_is(order, "\"DESC\"") && json_kind(order) != JSON_NULL)
        return query_refuse(r, "The value for", STR("order"), "must be ASC or DESC");
    if (q->sort_count == SORTS_MAX)
        return query_refuse(r, "The", STR("sort"), "has too many fields");
    q->sorts[q->sort_count].column = c;
    q->sorts[q->sort_count++].is_descending = str_is(order, "\"DESC\"");
    return true;
}

static bool sorts_read(struct reading *r, struct str json, struct query *q)
{
    if (json_kind(json) != JSON_ARRAY)
        return query_refuse(r, "The", STR("sort"), "must be an array");
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m);)
        if (!sort_read(r, m.value, q))
            return false;
    return true;
}

/* ---- page ------------------------------------------------------------------------ */

static int digit_of(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* RFC 4648, section 4. */
static bool base64_read(struct str in, struct arena *arena, struct str *out)
{
    char *to = arena_alloc(arena, in.len / 4 * 3 + 1);
    u32 bits = 0, count = 0;

    *out = (struct str){to, 0};
    if (in.len == 0 || in.len % 4)
        return false;
    for (size_t i = 0; i < in.len && !(in.data[i] == '=' && i + 2 >= in.len); i++) {
        int digit = digit_of(in.data[i]);
        if (digit < 0)
            return false;
        bits = bits << 6 | (u32)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            to[out->len++] = (char)(bits >> count);
        }
    }
    return true;
}

static bool cursor_read(struct reading *r, const struct json_member *m, struct str *out)
{
    struct str text =
        json_kind(m->value) == JSON_STRING ? json_text(m->value, r->arena) : STR("");

    return (text.len <= PLACE_MAX && base64_read(text, r->arena, out)) ||
           query_refuse(r, "The value for", m->name,
                        "must be a cursor of an earlier answer");
}

static bool count_read(struct reading *r, const struct json_member *m, u32 *out)
{
    i64 number;

    if (json_kind(m->value) != JSON_NUMBER || !json_i64(m->value, &number) ||
        number < 0 || number > LIMIT_MAX)
        return query_refuse(r, "The value for", m->name,
                            "must be a whole number from 0 to 10000");
    *out = (u32)number;
    return true;
}

static bool page_part_read(struct reading *r, const struct json_member *m,
                           struct query *q)
{
    if (json_kind(m->value) == JSON_NULL)
        return true;
    if (str_is(m->name, "limit"))
        return count_read(r, m, &q->limit);
    if (str_is(m->name, "from"))
        return count_read(r, m, &q->skip);
    if (str_is(m->name, "after"))
        return cursor_read(r, m, &q->after);
    if (str_is(m->name, "before"))
        return cursor_read(r, m, &q->before);
    return query_refuse(r, "The page has an unknown property", m->name, "");
}

static bool page_read(struct reading *r, struct str json, struct query *q)
{
    if (json_kind(json) != JSON_MAP)
        return query_refuse(r, "The", STR("page"), "must be an object");
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, r->arena, &m);)
        if (!page_part_read(r, &m, q))
            return false;
    if (q->after.data && q->before.data)
        return query_refuse(r, "The", STR("page"), "has both after and before");
    if (q->skip && (q->after.data || q->before.data))
        return query_refuse(r, "The", STR("page"), "has both from and a cursor");
    if (q->skip + q->limit > LIMIT_MAX)
        return query_refuse(r, "The", STR("page"),
                            "ends beyond 10000 items; please use after instead");
    return true;
}

/* ---- the whole ------------------------------------------------------------------- */

bool query_parse(const struct query_words *words, struct str json, struct arena *arena,
                 struct query *out, struct str *wrong)
{
    struct reading r = {words->columns, words->count, words->zones, arena, wrong, 0};
    struct json_walk w = json_walk(json);

    *out = (struct query){.limit = LIMIT_STANDARD};
    for (struct json_member m; json_next(&w, arena, &m);) {
        bool is_good = true;
        if (json_kind(m.value) == JSON_NULL)
            continue;
        if (str_is(m.name, "filter"))
            is_good = conditions_read(&r, m.value, &out->conditions, out);
        else if (str_is(m.name, "sort"))
            is_good = sorts_read(&r, m.value, out);
        else if (str_is(m.name, "page"))
            is_good = page_read(&r, m.value, out);
        else
            is_good =
                query_refuse(&r, "The request has an unknown property", m.name, "");
        if (!is_good)
            return false;
    }
    return true;
}

u64 query_key(const struct query *q, const char *column)
{
    for (const struct condition *c = q->conditions; c; c = c->next)
        if (c->op == OP_EQ && c->column->type == COLUMN_KEY &&
            strcmp(c->column->name, column) == 0)
            return c->values[0].number;
    return 0;
}
