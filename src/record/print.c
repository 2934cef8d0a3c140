#include "json/json.h"
#include "record/record.h"

struct any_list {
    const void *items;
    u32 count;
};

static const void *at(const void *record, const struct field *f)
{
    return (const char *)record + f->offset;
}

/* Empty as the codec understands it: not written. */
static bool field_is_empty(const void *record, const struct field *f)
{
    const void *p = at(record, f);

    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
        return *(const u64 *)p == 0;
    case FIELD_I32:
    case FIELD_U32:
        return *(const u32 *)p == 0;
    case FIELD_BOOLEAN:
        return !*(const bool *)p;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES:
        return ((const struct str *)p)->len == 0;
    case FIELD_LIST_U64:
    case FIELD_LIST_TEXT:
    case FIELD_MANY:
        return ((const struct any_list *)p)->count == 0;
    case FIELD_ONE:
        return !*(const void *const *)p;
    }
    return true;
}

static void put_number(struct buf *out, const void *record, const struct field *f)
{
    const void *p = at(record, f);

    if (f->type == FIELD_I64)
        buf_print(out, "%lld", (long long)*(const i64 *)p);
    else if (f->type == FIELD_U64)
        buf_print(out, "%llu", (unsigned long long)*(const u64 *)p);
    else if (f->type == FIELD_I32)
        buf_print(out, "%d", *(const i32 *)p);
    else if (f->type == FIELD_U32)
        buf_print(out, "%u", *(const u32 *)p);
    else
        buf_text(out, *(const bool *)p ? "true" : "false");
}

/* ---- for people ------------------------------------------------------------------ */

static void print_item(struct buf *out, const struct field *f, const struct any_list *l,
                       u32 i)
{
    if (f->type == FIELD_LIST_U64)
        buf_print(out, "%llu", (unsigned long long)((const u64 *)l->items)[i]);
    else if (f->type == FIELD_LIST_TEXT)
        buf_add(out, ((const struct str *)l->items)[i]);
    else
        record_print(out, f->of, (const char *)l->items + i * f->of->size);
}

static void print_field(struct buf *out, const void *record, const struct field *f)
{
    const struct any_list *list = at(record, f);

    if (f->type <= FIELD_BOOLEAN) {
        put_number(out, record, f);
    } else if (f->type == FIELD_BYTES) {
        buf_print(out, "(%zu bytes)", ((const struct str *)at(record, f))->len);
    } else if (f->type < FIELD_BYTES) {
        buf_add(out, *(const struct str *)at(record, f));
    } else if (f->type == FIELD_ONE) {
        buf_byte(out, '(');
        record_print(out, f->of, *(const void *const *)at(record, f));
        buf_byte(out, ')');
    } else {
        for (u32 i = 0; i < list->count; i++) {
            buf_text(out, i ? ", " : "[");
            print_item(out, f, list, i);
        }
        buf_byte(out, ']');
    }
}

void record_print(struct buf *out, const struct shape *shape, const void *record)
{
    bool is_first = true;

    for (u32 i = 0; i < shape->count; i++) {
        const struct field *f = &shape->fields[i];
        if (field_is_empty(record, f))
            continue;
        buf_print(out, "%s%s=", is_first ? "" : " ", f->name);
        print_field(out, record, f);
        is_first = false;
    }
}

/* ---- for programs ---------------------------------------------------------------- */

/* Most are keys, which are larger than the numbers that JavaScript can hold. */
static void json_u64(struct buf *out, u64 value)
{
    buf_print(out, "\"%llu\"", (unsigned long long)value);
}

static void json_item(struct buf *out, const struct field *f, const struct any_list *l,
                      u32 i)
{
    json_comma(out);
    if (f->type == FIELD_LIST_U64)
        json_u64(out, ((const u64 *)l->items)[i]);
    else if (f->type == FIELD_LIST_TEXT)
        json_put_string(out, ((const struct str *)l->items)[i]);
    else
        record_json(out, f->of, (const char *)l->items + i * f->of->size);
}

static void json_field(struct buf *out, const void *record, const struct field *f)
{
    const struct str *s = at(record, f);
    const struct any_list *list = at(record, f);

    if (f->type == FIELD_U64) {
        json_u64(out, *(const u64 *)(const void *)s);
    } else if (f->type <= FIELD_BOOLEAN) {
        put_number(out, record, f);
    } else if (f->type == FIELD_JSON) {
        buf_add(out, s->len ? *s : STR("null"));
    } else if (f->type == FIELD_BYTES) {
        buf_print(out, "{\"bytes\":%zu}", s->len);
    } else if (f->type == FIELD_TEXT) {
        json_put_string(out, *s);
    } else if (f->type == FIELD_ONE) {
        const void *one = *(const void *const *)at(record, f);
        if (one)
            record_json(out, f->of, one);
        else
            buf_text(out, "null");
    } else {
        buf_byte(out, '[');
        for (u32 i = 0; i < list->count; i++)
            json_item(out, f, list, i);
        buf_byte(out, ']');
    }
}

void record_json(struct buf *out, const struct shape *shape, const void *record)
{
    buf_byte(out, '{');
    for (u32 i = 0; i < shape->count; i++) {
        json_put_name(out, str_of(shape->fields[i].name));
        json_field(out, record, &shape->fields[i]);
    }
    buf_byte(out, '}');
}
