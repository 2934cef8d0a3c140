#include "api/private.h"
#include "base/utf8.h"

/* Protobuf's wire types. */
enum wire_type { WIRE_VARINT = 0, WIRE_I64 = 1, WIRE_BYTES = 2, WIRE_I32 = 5 };

#define VARINT_MAX 10

/* One field as it came: its tag, and its number or its bytes. */
struct wire_field {
    u32 tag;
    enum wire_type type;
    u64 number;
    struct str bytes;
};

/* Where in a message we are. */
struct wire_place {
    struct str in;
    size_t at;
};

/* ---- bytes ----------------------------------------------------------------------- */

static bool varint_next(struct wire_place *p, u64 *out)
{
    *out = 0;
    for (u32 i = 0; i < VARINT_MAX && p->at < p->in.len; i++) {
        u8 byte = (u8)p->in.data[p->at++];
        *out |= (u64)(byte & 0x7f) << (7 * i);
        if (byte < 0x80)
            return true;
    }
    return false;
}

static bool bytes_next(struct wire_place *p, u64 len, struct str *out)
{
    if (len > p->in.len - p->at)
        return false;
    *out = (struct str){p->in.data + p->at, (size_t)len};
    p->at += (size_t)len;
    return true;
}

/* Numbers of fixed size appear in no message of ours, so they are only passed over. */
static bool wire_field_next(struct wire_place *p, struct wire_field *f)
{
    u64 head;

    if (!varint_next(p, &head) || head >> 3 == 0 || head >> 3 > UINT32_MAX >> 3)
        return false;
    f->tag = (u32)(head >> 3);
    f->type = (enum wire_type)(head & 7);
    switch (f->type) {
    case WIRE_VARINT:
        return varint_next(p, &f->number);
    case WIRE_BYTES:
        return varint_next(p, &f->number) && bytes_next(p, f->number, &f->bytes);
    case WIRE_I64:
        return bytes_next(p, 8, &f->bytes);
    case WIRE_I32:
        return bytes_next(p, 4, &f->bytes);
    }
    return false;
}

/* ---- reading --------------------------------------------------------------------- */

static bool wire_fail(struct wire *w, struct str text)
{
    w->text = text;
    return false;
}

static enum wire_type wire_type_of(const struct part *p)
{
    switch (p->type) {
    case PART_I32:
    case PART_I64:
    case PART_U64:
    case PART_BOOL:
    case PART_ENUM:
        return WIRE_VARINT;
    case PART_TEXT:
    case PART_BYTES:
    case PART_DOCUMENT:
    case PART_JSON:
    case PART_TENANT:
    case PART_KEY:
    case PART_STRINGS:
    case PART_MESSAGE:
    case PART_FILE:
        return WIRE_BYTES;
    }
    return WIRE_BYTES;
}

static void *wire_place_of(struct wire *w, const struct part *p, void *record)
{
    return (char *)(p->where == IN_ASK ? (void *)w->ask : record) + p->offset;
}

static void wire_number_put(const struct part *p, void *to, u64 number)
{
    if (p->type == PART_BOOL)
        *(bool *)to = number != 0;
    else if (p->type == PART_I32 || p->type == PART_ENUM)
        *(i32 *)to = (i32)(u32)number;
    else
        *(u64 *)to = number;
}

/* What a part is when the message does not have it, where that is not zero. */
static void wire_part_begin(struct wire *w, const struct part *p, void *record)
{
    void *to = wire_place_of(w, p, record);

    if (p->where == IN_FIXED)
        *(bool *)to = p->number != 0;
    else if (p->where != IN_RECORD && p->where != IN_ASK)
        return;
    else if (p->type == PART_TENANT && p->is_list)
        *(struct text_list *)to = tenants_default;
    else if (p->type == PART_TENANT)
        *(struct str *)to = tenant_default;
    else if (p->type == PART_DOCUMENT)
        *(struct str *)to = STR("{}");
}

static bool wire_tenant_check(struct wire *w, struct str tenant)
{
    if (tenant_is_ours(tenant))
        return true;
    return wire_fail(w, arena_print(w->arena,
                                    "Expected to handle gRPC request %s with tenant "
                                    "identifier '%.*s', but multi-tenancy is disabled",
                                    w->call, ARG(tenant)));
}

static bool wire_text_check(struct wire *w, const struct part *p, struct str text)
{
    if (p->type == PART_BYTES || utf8_valid(text) == text.len)
        return true;
    return wire_fail(w, arena_print(w->arena, "The value for %s is no UTF-8", p->name));
}

/* Proto3's zero is absence, and a message without fields says nothing; of repeated
 * fields the presence counts. */
static bool wire_is_set(const struct part *p, const struct wire_field *f)
{
    if (p->is_list)
        return true;
    return f->type == WIRE_VARINT ? f->number != 0 : f->bytes.len > 0;
}

static bool wire_refusal_check(struct wire *w, const struct part *p,
                               const struct wire_field *f)
{
    if (!wire_is_set(p, f))
        return true;
    return wire_fail(
        w, arena_print(w->arena, "%s is not supported yet: %s", p->name, p->text));
}

static bool wire_text_put(struct wire *w, const struct part *p, struct str text,
                          struct str *to)
{
    if (!wire_text_check(w, p, text))
        return false;
    if (p->type == PART_TENANT)
        return wire_tenant_check(w, text); /* it has the one tenant's name already */
    if (p->type == PART_DOCUMENT)
        return document_read(text, w->json_depth, w->arena, to, &w->text);
    *to = text;
    return true;
}

static bool wire_fields(struct wire *w, const struct message *m, struct str in,
                        void *record);

/* How often a tag is still to come, this one included. What is broken further on is
 * found when it is read. */
static u32 wire_tag_count(struct wire_place rest, u32 tag)
{
    struct wire_field f;
    u32 count = 1;

    while (rest.at < rest.in.len && wire_field_next(&rest, &f))
        count += f.tag == tag && f.type == WIRE_BYTES;
    return count;
}

/* Room for a list is made when its first item comes. */
static void *wire_list_next(struct wire *w, const struct part *p,
                            struct wire_place rest, void *list, size_t size)
{
    struct any_list *l = list;

    if (l->count == 0)
        l->items = arena_alloc_array(w->arena, wire_tag_count(rest, p->tag), size);
    return (char *)(uintptr_t)l->items + size * l->count++;
}

static bool wire_message_put(struct wire *w, const struct part *p, struct str in,
                             struct wire_place rest, void *record)
{
    if (p->where == IN_SAME)
        return wire_fields(w, p->of, in, record);
    if (p->where == IN_ONE) {
        void *one = arena_alloc(w->arena, p->of->size);
        *(const void **)wire_place_of(w, p, record) = one;
        return wire_read(w, p->of, in, one);
    }
    must(p->is_list);
    void *to = wire_list_next(w, p, rest, wire_place_of(w, p, record), p->of->size);
    return wire_read(w, p->of, in, to);
}

/* Texts in a message of their own, each with the tag 1: none of them is not absence. */
static bool wire_strings_put(struct wire *w, const struct part *p, struct str in,
                             struct text_list *out)
{
    struct wire_place place = {in, 0};
    struct wire_field f = {0};
    struct str *items = NULL;

    *out = (struct text_list){NULL, 0};
    while (place.at < in.len) {
        if (!wire_field_next(&place, &f))
            return wire_fail(
                w, arena_print(w->arena, "The value for %s is no list", p->name));
        if (f.tag != 1 || f.type != WIRE_BYTES)
            continue;
        if (!wire_text_check(w, p, f.bytes))
            return false;
        if (!items)
            items = NEW_ARRAY(w->arena, struct str, wire_tag_count(place, 1));
        items[out->count++] = f.bytes;
    }
    out->items = items;
    return true;
}

static bool wire_part_put(struct wire *w, const struct part *p,
                          const struct wire_field *f, struct wire_place rest,
                          void *record)
{
    if (p->where == IN_REFUSAL)
        return wire_refusal_check(w, p, f);
    if (p->where == IN_NOTHING)
        return true;
    if (p->type == PART_MESSAGE)
        return wire_message_put(w, p, f->bytes, rest, record);
    void *to = wire_place_of(w, p, record);
    if (p->flag)
        *((bool *)record + p->flag - 1) = true;
    if (f->type == WIRE_VARINT) {
        wire_number_put(p, to, f->number);
        return true;
    }
    if (p->type == PART_STRINGS)
        return wire_strings_put(w, p, f->bytes, to);
    if (p->is_list && p->type != PART_TENANT)
        to = wire_list_next(w, p, rest, to, sizeof(struct str));
    return wire_text_put(w, p, f->bytes, to);
}

/* Fields mostly come in the order of their tags: begin where the last one was. */
static const struct part *wire_part_find(const struct message *m, u32 tag, u32 *hint)
{
    for (u32 i = 0; i < m->count; i++) {
        u32 at = (*hint + i) % m->count;
        if (m->parts[at].tag == tag) {
            *hint = at;
            return &m->parts[at];
        }
    }
    return NULL;
}

static bool wire_fields(struct wire *w, const struct message *m, struct str in,
                        void *record)
{
    struct wire_place place = {in, 0};
    struct wire_field f = {0};
    u32 hint = 0;

    while (place.at < in.len) {
        size_t start = place.at;
        if (!wire_field_next(&place, &f))
            return wire_fail(w, arena_print(w->arena,
                                            "The bytes are no %s: there is no whole "
                                            "field at byte %zu",
                                            m->name, start + 1));
        const struct part *p = wire_part_find(m, f.tag, &hint);
        if (p && wire_type_of(p) == f.type && !wire_part_put(w, p, &f, place, record))
            return false;
    }
    return true;
}

static void wire_message_begin(struct wire *w, const struct message *m, void *record)
{
    for (u32 i = 0; i < m->count; i++) {
        const struct part *p = &m->parts[i];
        if (p->where == IN_SAME)
            wire_message_begin(w, p->of, record);
        else
            wire_part_begin(w, p, record);
    }
}

bool wire_read(struct wire *w, const struct message *m, struct str in, void *record)
{
    wire_message_begin(w, m, record);
    return wire_fields(w, m, in, record);
}

/* ---- writing --------------------------------------------------------------------- */

static size_t varint_put(char *to, u64 value)
{
    size_t len = 0;

    for (; value >= 0x80; value >>= 7)
        to[len++] = (char)(value | 0x80);
    to[len++] = (char)value;
    return len;
}

static void wire_write_varint(struct buf *out, u64 value)
{
    out->len += varint_put(buf_room(out, VARINT_MAX), value);
}

static void wire_write_number(struct buf *out, const struct part *p, u64 number)
{
    if (number == 0)
        return;
    wire_write_varint(out, (u64)p->tag << 3 | WIRE_VARINT);
    wire_write_varint(out, number);
}

static void wire_write_text(struct buf *out, const struct part *p, struct str text)
{
    if (text.len == 0 && p->type == PART_DOCUMENT)
        text = STR("{}");
    if (text.len == 0)
        return;
    wire_write_varint(out, (u64)p->tag << 3 | WIRE_BYTES);
    wire_write_varint(out, text.len);
    buf_add(out, text);
}

/* The length stands before the message and is known after it: make room then. */
static void wire_write_message(struct buf *out, const struct part *p,
                               const void *record)
{
    char head[VARINT_MAX];

    wire_write_varint(out, (u64)p->tag << 3 | WIRE_BYTES);
    size_t start = out->len;
    wire_write(out, p->of, record);
    size_t len = out->len - start, more = varint_put(head, len);
    buf_room(out, more);
    memmove(out->data + start + more, out->data + start, len);
    memcpy(out->data + start, head, more);
    out->len += more;
}

static void wire_write_list(struct buf *out, const struct part *p,
                            const struct any_list *list)
{
    const struct str *texts = list->items;

    for (u32 i = 0; i < list->count; i++)
        if (p->type == PART_MESSAGE)
            wire_write_message(out, p, (const char *)list->items + i * p->of->size);
        else
            wire_write_text(out, p, texts[i]);
}

static u64 wire_number_get(const struct part *p, const void *from)
{
    if (p->type == PART_BOOL)
        return *(const bool *)from;
    if (p->type == PART_I32 || p->type == PART_ENUM)
        return (u64)(i64) * (const i32 *)from;
    return *(const u64 *)from;
}

static void wire_write_constant(struct buf *out, const struct part *p)
{
    if (wire_type_of(p) == WIRE_VARINT)
        wire_write_number(out, p, (u64)p->number);
    else
        wire_write_text(out, p, str_of(p->text));
}

static void wire_write_part(struct buf *out, const struct part *p, const void *record)
{
    const void *from = (const char *)record + p->offset;

    if (p->where == IN_CONSTANT)
        wire_write_constant(out, p);
    else if (p->where == IN_SAME)
        wire_write_message(out, p, record);
    else if (p->where == IN_ONE && *(const void *const *)from)
        wire_write_message(out, p, *(const void *const *)from);
    else if (p->where == IN_ONE)
        return;
    else if (p->is_list)
        wire_write_list(out, p, from);
    else if (wire_type_of(p) == WIRE_VARINT)
        wire_write_number(out, p, wire_number_get(p, from));
    else
        wire_write_text(out, p, *(const struct str *)from);
}

void wire_write(struct buf *out, const struct message *m, const void *record)
{
    for (u32 i = 0; i < m->count; i++)
        wire_write_part(out, &m->parts[i], record);
}
