#include <stdarg.h>
#include <stdio.h>

#include "api/private.h"
#include "base/utf8.h"

/* ---- faults: all of them are told, joined ---------------------------------------- */

#define SHOWN_MAX 100 /* bytes of a wrong value */

void body_fault(struct body *b, const char *fmt, ...)
{
    char text[512];
    va_list args;

    if (b->faults.len)
        buf_text(&b->faults, ". ");
    va_start(args, fmt);
    int len = vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    must(len >= 0);
    struct str s = str_of(text);
    s.len = utf8_valid(s); /* it may be cut within a character */
    buf_add(&b->faults, s);
}

static struct str body_shown(struct body *b, struct str value)
{
    if (json_kind(value) == JSON_STRING)
        value = json_text(value, b->arena);
    if (value.len > SHOWN_MAX)
        value.len = SHOWN_MAX;
    value.len = utf8_valid(value);
    return value;
}

static void body_value_fault(struct body *b, const struct part *p, struct str value,
                             const char *rule)
{
    struct str s = body_shown(b, value);

    body_fault(b, "The value for %s is '%.*s' but must be %s", p->name, ARG(s), rule);
}

static void body_absence_fault(struct body *b, const struct part *p)
{
    body_fault(b, "No %s provided", p->name);
}

/* ---- values: each function puts one, or says what is wrong ----------------------- */

static void *body_place_of(struct body *b, const struct part *p, void *record)
{
    return (char *)(p->where == IN_ASK ? (void *)b->ask : record) + p->offset;
}

static void body_number_put(struct body *b, const struct part *p, struct str value,
                            void *to)
{
    bool is_narrow = p->type == PART_I32;
    bool must_be_positive =
        p->demand == DEMAND_POSITIVE || p->demand == DEMAND_POSITIVE_IF_THERE;
    i64 number;

    if (json_kind(value) != JSON_NUMBER || !json_i64(value, &number) ||
        (is_narrow && (number < INT32_MIN || number > INT32_MAX)))
        body_value_fault(b, p, value,
                         is_narrow ? "a whole number of 32 bits"
                                   : "a whole number of 64 bits");
    else if (must_be_positive && number <= 0)
        body_value_fault(b, p, value, "greater than 0");
    else if (is_narrow)
        *(i32 *)to = (i32)number;
    else
        *(i64 *)to = number;
}

static void body_bool_put(struct body *b, const struct part *p, struct str value,
                          void *to)
{
    enum json_kind kind = json_kind(value);

    if (kind != JSON_TRUE && kind != JSON_FALSE)
        body_value_fault(b, p, value, "true or false");
    else
        *(bool *)to = kind == JSON_TRUE;
}

static void body_text_put(struct body *b, const struct part *p, struct str value,
                          void *to)
{
    if (json_kind(value) != JSON_STRING) {
        body_value_fault(b, p, value, "a string");
        return;
    }
    struct str text = json_text(value, b->arena);
    if (p->demand == DEMAND_THERE && str_trim(text).len == 0)
        body_absence_fault(b, p);
    else
        *(struct str *)to = text;
}

static void body_document_put(struct body *b, const struct part *p, struct str value,
                              void *to)
{
    if (json_kind(value) != JSON_MAP)
        body_value_fault(b, p, value, "an object");
    else
        *(struct str *)to = value;
}

/* The place has the one tenant's name already. */
static void body_tenant_check(struct body *b, struct str tenant)
{
    if (!tenant_is_ours(tenant))
        body_fault(b,
                   "Expected to handle request %s with tenant identifier '%.*s', but "
                   "multi-tenancy is disabled",
                   b->call, ARG(tenant));
}

static void body_tenant_put(struct body *b, const struct part *p, struct str value)
{
    if (json_kind(value) != JSON_STRING)
        body_value_fault(b, p, value, "a string");
    else
        body_tenant_check(b, json_text(value, b->arena));
}

static bool key_read(struct str text, u64 *out)
{
    i64 number;

    if (!str_to_i64(text, &number))
        return false;
    *out = (u64)number;
    return true;
}

/* Clients of the first releases send keys as numbers. */
static void body_key_put(struct body *b, const struct part *p, struct str value,
                         void *to)
{
    enum json_kind kind = json_kind(value);
    struct str text = kind == JSON_STRING ? json_text(value, b->arena) : value;

    if ((kind != JSON_STRING && kind != JSON_NUMBER) || !key_read(text, to))
        body_value_fault(b, p, value, "a key of digits");
}

/* A message with a record of its own, that the field points to. */
static void body_one_put(struct body *b, const struct part *p, struct str value,
                         void *to)
{
    void *one = arena_alloc(b->arena, p->of->size);

    body_read(b, p->of, value, one);
    *(const void **)to = one;
}

static void body_item_put(struct body *b, const struct part *p, struct str value,
                          void *record, void *to)
{
    switch (p->type) {
    case PART_I32:
    case PART_I64:
    case PART_U64:
        body_number_put(b, p, value, to);
        break;
    case PART_BOOL:
        body_bool_put(b, p, value, to);
        break;
    case PART_TEXT:
        body_text_put(b, p, value, to);
        break;
    case PART_DOCUMENT:
        body_document_put(b, p, value, to);
        break;
    case PART_JSON:
        *(struct str *)to = value;
        break;
    case PART_TENANT:
        body_tenant_put(b, p, value);
        break;
    case PART_KEY:
        body_key_put(b, p, value, to);
        break;
    case PART_MESSAGE:
        if (json_kind(value) != JSON_MAP)
            body_value_fault(b, p, value, "an object");
        else if (p->where == IN_ONE)
            body_one_put(b, p, value, to);
        else
            body_read(b, p->of, value, record);
        break;
    case PART_ENUM:
    case PART_BYTES:
    case PART_STRINGS:
    case PART_FILE:
        must(!"of a JSON body");
    }
}

static u32 body_items_count(struct body *b, struct str array)
{
    struct json_walk w = json_walk(array);
    u32 count = 0;

    for (struct json_member m; json_next(&w, b->arena, &m);)
        count++;
    return count;
}

/* An item of a list of messages, which have records of their own. */
static void body_message_put(struct body *b, const struct part *p, struct str value,
                             void *to)
{
    if (json_kind(value) == JSON_MAP)
        body_read(b, p->of, value, to);
    else
        body_value_fault(b, p, value, "an array of objects");
}

/* The lists that clients send hold texts, tenants, or messages. */
static void body_list_put(struct body *b, const struct part *p, struct str value,
                          void *to)
{
    struct any_list *list = to;

    if (json_kind(value) != JSON_ARRAY) {
        body_value_fault(b, p, value, "an array");
        return;
    }
    bool is_message = p->type == PART_MESSAGE;
    size_t size = is_message ? p->of->size : sizeof(struct str);
    char *items = arena_alloc_array(b->arena, body_items_count(b, value), size);
    struct json_walk w = json_walk(value);
    u32 count = 0;
    for (struct json_member m; json_next(&w, b->arena, &m); count++)
        if (is_message)
            body_message_put(b, p, m.value, items + count * size);
        else
            body_item_put(b, p, m.value, NULL, items + count * size);
    if (p->type != PART_TENANT)
        *list = (struct any_list){items, count};
}

static bool is_empty(struct str value)
{
    static const char *const empty[] = {"\"\"", "[]", "{}", "false"};

    for (size_t i = 0; i < LEN(empty); i++)
        if (str_is(value, empty[i]))
            return true;
    return false;
}

static void body_part_put(struct body *b, const struct part *p, struct str value,
                          void *record)
{
    if (p->where == IN_NOTHING)
        return;
    if (p->where == IN_REFUSAL) {
        if (!is_empty(value))
            body_fault(b, "%s is not supported yet: %s", p->name, p->text);
        return;
    }
    if (p->is_list)
        body_list_put(b, p, value, body_place_of(b, p, record));
    else
        body_item_put(b, p, value, record, body_place_of(b, p, record));
    if (p->flag)
        *((bool *)record + p->flag - 1) = true;
}

/* ---- messages -------------------------------------------------------------------- */

static void body_part_begin(struct body *b, const struct part *p, void *record)
{
    void *to = body_place_of(b, p, record);

    if (p->where == IN_FIXED)
        *(bool *)to = p->number != 0;
    if (p->where != IN_RECORD && p->where != IN_ASK)
        return;
    if (p->type == PART_TENANT && p->is_list)
        *(struct text_list *)to = tenants_default;
    else if (p->type == PART_TENANT)
        *(struct str *)to = tenant_default;
    else if (p->type == PART_DOCUMENT)
        *(struct str *)to = STR("{}");
    else if (p->type == PART_I32)
        *(i32 *)to = (i32)p->number;
    else if (p->type == PART_I64)
        *(i64 *)to = p->number;
}

static int shown_len(struct str s)
{
    return (int)(s.len < SHOWN_MAX ? s.len : SHOWN_MAX);
}

/* A value of the address, which is text whatever it means. */
static void body_address_put(struct body *b, const struct part *p, struct str text,
                             void *record)
{
    void *to = body_place_of(b, p, record);

    switch (p->type) {
    case PART_KEY:
        if (!key_read(text, to))
            body_fault(b, "The value for %s is '%.*s' but must be a key of digits",
                       p->name, shown_len(text), text.data);
        return;
    case PART_TENANT:
        body_tenant_check(b, text);
        return;
    case PART_BOOL:
        *(bool *)to = str_is(text, "true");
        if (!str_is(text, "true") && !str_is(text, "false"))
            body_fault(b, "The value for %s is '%.*s' but must be true or false",
                       p->name, shown_len(text), text.data);
        return;
    default:
        must(p->type == PART_TEXT);
        *(struct str *)to = text;
    }
}

static void body_path_put(struct body *b, const struct part *p, void *record)
{
    struct str segment = route_segment(b->route, b->path, p->name);

    body_address_put(b, p, path_decode(segment, b->arena), record);
}

static void body_query_put(struct body *b, const struct part *p, void *record)
{
    struct str value;

    if (query_get(b->query, p->name, b->arena, &value) && value.len > 0)
        body_address_put(b, p, value, record);
    else if (p->demand == DEMAND_QUERY_THERE)
        body_absence_fault(b, p);
}

static bool is_in_address(const struct part *p)
{
    return p->demand == DEMAND_PATH || p->demand == DEMAND_QUERY ||
           p->demand == DEMAND_QUERY_THERE;
}

static void body_parts_begin(struct body *b, const struct message *m, void *record)
{
    must(m->count <= 64); /* one bit each says that it was there */
    for (u32 i = 0; i < m->count; i++) {
        body_part_begin(b, &m->parts[i], record);
        if (m->parts[i].demand == DEMAND_PATH)
            body_path_put(b, &m->parts[i], record);
        else if (is_in_address(&m->parts[i]))
            body_query_put(b, &m->parts[i], record);
    }
}

static void body_parts_end(struct body *b, const struct message *m, const void *record,
                           u64 seen)
{
    for (u32 i = 0; i < m->count; i++) {
        const struct part *p = &m->parts[i];
        if ((p->demand == DEMAND_THERE || p->demand == DEMAND_POSITIVE) &&
            !(seen >> i & 1))
            body_absence_fault(b, p);
    }
    if (m->check)
        m->check(b, record, seen);
}

static u32 body_part_find(const struct message *m, struct str name)
{
    u32 i = 0;

    while (i < m->count &&
           (is_in_address(&m->parts[i]) || m->parts[i].where == IN_FIXED ||
            !str_is(name, m->parts[i].name)))
        i++;
    return i;
}

void body_read(struct body *b, const struct message *m, struct str json, void *record)
{
    struct json_walk w = json_walk(json);
    u64 seen = 0;

    body_parts_begin(b, m, record);
    for (struct json_member member; json_next(&w, b->arena, &member);) {
        u32 i = body_part_find(m, member.name);
        if (i == m->count) {
            if (m->is_closed)
                body_fault(
                    b, "The request has an unknown property '%.*s'",
                    (int)(member.name.len < SHOWN_MAX ? member.name.len : SHOWN_MAX),
                    member.name.data);
        } else if (json_kind(member.value) != JSON_NULL) {
            seen |= 1ull << i;
            body_part_put(b, &m->parts[i], member.value, record);
        } else if (m->parts[i].demand == DEMAND_CLEARABLE) {
            seen |= 1ull << i;
            *((bool *)record + m->parts[i].flag - 1) = true;
        }
    }
    body_parts_end(b, m, record, seen);
}

/* ---- multipart bodies: the same tables, with parts for properties ---------------- */

static void form_files_put(struct body *b, const struct part *p,
                           const struct form_part_list *form, void *record)
{
    struct any_list *list = body_place_of(b, p, record);
    struct resource *items = NEW_ARRAY(b->arena, struct resource, form->count);
    u32 count = 0;

    for (u32 i = 0; i < form->count; i++) {
        const struct form_part *f = &form->items[i];
        if (!str_is(f->name, p->name))
            continue;
        if (str_trim(f->file_name).len == 0)
            body_fault(b, "A part '%s' has no file name", p->name);
        items[count++] = (struct resource){f->file_name, f->content};
    }
    *list = (struct any_list){items, count};
}

static u64 form_part_put(struct body *b, const struct part *p,
                         const struct form_part_list *form, void *record)
{
    u64 seen = 0;

    for (u32 i = 0; i < form->count; i++)
        if (str_is(form->items[i].name, p->name)) {
            seen = 1;
            if (p->type == PART_TENANT)
                body_tenant_check(b, form->items[i].content);
        }
    if (p->type == PART_FILE)
        form_files_put(b, p, form, record);
    return seen;
}

void body_read_form(struct body *b, const struct message *m,
                    const struct form_part_list *form, void *record)
{
    u64 seen = 0;

    body_parts_begin(b, m, record);
    for (u32 i = 0; i < m->count; i++)
        seen |= form_part_put(b, &m->parts[i], form, record) << i;
    body_parts_end(b, m, record, seen);
}

/* ---- checks that rest.def names -------------------------------------------------- */

/* Which one: by its key or by its id, which are the message's first parts. */
static void key_or_id(struct body *b, u64 seen, struct str id, const char *names)
{
    bool by_key = seen & 1, by_id = seen >> 1 & 1;

    if (by_key && by_id)
        body_fault(b, "Only one of [%s] is allowed", names);
    else if (!by_key && (!by_id || str_trim(id).len == 0))
        body_fault(b, "At least one of [%s] is required", names);
}

void check_creation(struct body *b, const void *record, u64 seen)
{
    const struct instance_create *c = record;

    key_or_id(b, seen, c->bpmn_process_id, "processDefinitionId, processDefinitionKey");
}

void check_evaluation(struct body *b, const void *record, u64 seen)
{
    const struct decision_evaluate *c = record;

    key_or_id(b, seen, c->decision_id, "decisionDefinitionId, decisionDefinitionKey");
}

void check_runtime_instruction(struct body *b, const void *record, u64 seen)
{
    const struct runtime_instruction *x = record;

    if (seen & 1 && !str_is(x->type, "TERMINATE_PROCESS_INSTANCE"))
        body_fault(b,
                   "The value for type is '%.*s' but must be "
                   "TERMINATE_PROCESS_INSTANCE",
                   (int)(x->type.len < SHOWN_MAX ? x->type.len : SHOWN_MAX),
                   x->type.data);
}

/* The first two properties are two ways to say one thing. */
void check_termination(struct body *b, const void *record, u64 seen)
{
    if ((seen & 3) != 1 && (seen & 3) != 2)
        body_fault(b, "Exactly one of [elementId, elementInstanceKey] is required");
}

/* Types come first in their messages, and then what they ask for. */
void check_source(struct body *b, const void *record, u64 seen)
{
    struct str type = ((const struct move_instruction *)record)->source_type;

    if (str_is(type, "byId") && !(seen >> 1 & 1))
        body_fault(b, "No sourceElementId provided");
    if (str_is(type, "byKey") && !(seen >> 2 & 1))
        body_fault(b, "No sourceElementInstanceKey provided");
    if (type.len && !str_is(type, "byId") && !str_is(type, "byKey"))
        body_fault(b, "The value for sourceType is '%.*s' but must be byId or byKey",
                   (int)(type.len < SHOWN_MAX ? type.len : SHOWN_MAX), type.data);
}

void check_ancestor(struct body *b, const void *record, u64 seen)
{
    struct str type = ((const struct move_instruction *)record)->ancestor_type;

    if (str_is(type, "direct") && !(seen >> 1 & 1))
        body_fault(b, "No ancestorElementInstanceKey provided");
    if (type.len && !str_is(type, "direct") && !str_is(type, "inferred") &&
        !str_is(type, "sourceParent"))
        body_fault(b,
                   "The value for ancestorScopeType is '%.*s' but must be direct, "
                   "inferred or sourceParent",
                   (int)(type.len < SHOWN_MAX ? type.len : SHOWN_MAX), type.data);
}

void check_update(struct body *b, const void *record, u64 seen)
{
    const struct user_task_update *u = record;
    const struct user_task_change *c = u->changeset;
    bool has_any = c && (c->has_candidate_groups || c->has_candidate_users ||
                         c->has_due_date || c->has_follow_up_date || c->has_priority);

    if (!has_any && u->action.len == 0)
        body_fault(b, "No update data provided. Provide at least an \"action\" or a "
                      "non-null value for a supported attribute in the "
                      "\"changeset\".");
}

void check_changeset(struct body *b, const void *record, u64 seen)
{
    if (seen == 0)
        body_fault(b, "At least one of [retries, timeout, priority] is required");
}

/* Names as the API has them: ^[a-zA-Z0-9_~@.+-]+$, up to 256 characters. */
static bool name_is_plain(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            !(c >= '0' && c <= '9') && !strchr("_~@.+-", c))
            return false;
    }
    return name.len <= 256;
}

static void name_check(struct body *b, const char *what, struct str name)
{
    if (name.len && !name_is_plain(name))
        body_fault(b,
                   "The value for %s is '%.*s' but must be up to 256 letters, digits "
                   "and characters of _~@.+-",
                   what, shown_len(name), name.data);
}

void check_variable_name(struct body *b, const void *record, u64 seen)
{
    const struct cluster_variable_change *c = record;

    name_check(b, "name", c->name);
    body_tenant_check(b, c->of_tenant);
}

void check_variable(struct body *b, const void *record, u64 seen)
{
    const struct cluster_variable_change *c = record;

    check_variable_name(b, record, seen);
    if (str_is(c->kind, "SECRET_REFERENCE"))
        body_fault(b,
                   "kind SECRET_REFERENCE is not supported yet: there are no secrets");
    else if (c->kind.len && !str_is(c->kind, "JSON"))
        body_fault(b,
                   "The value for kind is '%.*s' but must be JSON or SECRET_REFERENCE",
                   shown_len(c->kind), c->kind.data);
}

static bool is_task_event(struct str name)
{
    static const char *const names[] = {"all",      "creating",   "assigning",
                                        "updating", "completing", "canceling"};

    for (size_t i = 0; i < LEN(names); i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

void check_listener(struct body *b, const void *record, u64 seen)
{
    const struct global_listener_change *c = record;

    name_check(b, "id", c->id);
    if (c->retries < 1)
        body_fault(b, "The value for retries is '%d' but must be greater than 0",
                   c->retries);
    for (u32 i = 0; i < c->event_types.count; i++)
        if (!is_task_event(c->event_types.items[i]))
            body_fault(b,
                       "The value for eventTypes is '%.*s' but must be all, creating, "
                       "assigning, updating, completing or canceling",
                       shown_len(c->event_types.items[i]),
                       c->event_types.items[i].data);
}

void check_clock(struct body *b, const void *record, u64 seen)
{
    const struct clock_set *c = record;

    if (c->time < 0)
        body_fault(b, "The value for timestamp is '%lld' but must be not negative",
                   (long long)c->time);
}

/* ---- answers --------------------------------------------------------------------- */

static void body_write_key(struct buf *out, u64 key)
{
    buf_byte(out, '"');
    json_put_i64(out, (i64)key);
    buf_byte(out, '"');
}

static bool body_is_null(const struct part *p, const void *from)
{
    if (p->demand != DEMAND_NULLABLE)
        return false;
    return p->type == PART_KEY ? *(const u64 *)from == 0
                               : ((const struct str *)from)->len == 0;
}

static void body_write_value(struct buf *out, const struct part *p, const void *from)
{
    const struct str *text = from;

    switch (p->type) {
    case PART_I32:
    case PART_ENUM:
        json_put_i64(out, *(const i32 *)from);
        break;
    case PART_I64:
    case PART_U64:
        json_put_i64(out, *(const i64 *)from);
        break;
    case PART_BOOL:
        buf_text(out, *(const bool *)from ? "true" : "false");
        break;
    case PART_TEXT:
    case PART_TENANT:
        json_put_string(out, *text);
        break;
    case PART_DOCUMENT:
        buf_add(out, text->len ? *text : STR("{}"));
        break;
    case PART_JSON:
        buf_add(out, text->len ? *text : STR("null"));
        break;
    case PART_KEY:
        body_write_key(out, *(const u64 *)from);
        break;
    case PART_MESSAGE:
        body_write(out, p->of, from);
        break;
    case PART_BYTES:
    case PART_STRINGS:
    case PART_FILE:
        must(!"of an answer");
    }
}

static void body_write_list(struct buf *out, const struct part *p,
                            const struct any_list *list)
{
    size_t size = p->type == PART_MESSAGE ? p->of->size : sizeof(struct str);

    buf_byte(out, '[');
    for (u32 i = 0; i < list->count; i++) {
        json_comma(out);
        body_write_value(out, p, (const char *)list->items + i * size);
    }
    buf_byte(out, ']');
}

/* Names of properties are letters only: nothing in them is to be escaped. */
static void body_write_name(struct buf *out, const char *name)
{
    json_comma(out);
    buf_byte(out, '"');
    buf_text(out, name);
    buf_add(out, STR("\":"));
}

void body_write(struct buf *out, const struct message *m, const void *record)
{
    buf_byte(out, '{');
    for (u32 i = 0; i < m->count; i++) {
        const struct part *p = &m->parts[i];
        const void *from = (const char *)record + p->offset;
        body_write_name(out, p->name);
        if (p->where == IN_CONSTANT)
            buf_text(out, p->text);
        else if (p->where == IN_SAME)
            body_write(out, p->of, record);
        else if (p->where == IN_ONE && *(const void *const *)from)
            body_write(out, p->of, *(const void *const *)from);
        else if (p->where == IN_ONE)
            buf_text(out, "null");
        else if (p->is_list)
            body_write_list(out, p, from);
        else if (body_is_null(p, from))
            buf_text(out, "null");
        else
            body_write_value(out, p, from);
    }
    buf_byte(out, '}');
}
