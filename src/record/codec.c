#include <endian.h>
#include <stdlib.h>

#include "base/hash.h"
#include "record/record.h"
#include "record/walk.h"

/* Protobuf's wire types. */
enum wire { WIRE_VARINT = 0, WIRE_I64 = 1, WIRE_BYTES = 2, WIRE_I32 = 5 };

#define VARINT_MAX 10

/* ---- access by shape ------------------------------------------------------------- */

struct any_list {
    const void *items;
    u32 count;
};

static const void *at(const void *record, const struct field *f)
{
    return (const char *)record + f->offset;
}

/* Numbers as the 64 bits that protobuf's varints carry; negative ones sign-extended. */
static u64 number_get(const void *record, const struct field *f)
{
    const void *p = at(record, f);

    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
        return *(const u64 *)p;
    case FIELD_I32:
        return (u64)(i64) * (const i32 *)p;
    case FIELD_U32:
        return *(const u32 *)p;
    case FIELD_BOOLEAN:
        return *(const bool *)p;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES:
    case FIELD_LIST_U64:
    case FIELD_LIST_TEXT:
    case FIELD_ONE:
    case FIELD_MANY:
        break;
    }
    must(!"a number");
    return 0;
}

static void number_set(void *record, const struct field *f, u64 value)
{
    void *p = (char *)record + f->offset;

    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
        *(u64 *)p = value;
        return;
    case FIELD_I32:
        *(i32 *)p = (i32)(i64)value;
        return;
    case FIELD_U32:
        *(u32 *)p = (u32)value;
        return;
    case FIELD_BOOLEAN:
        *(bool *)p = value != 0;
        return;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES:
    case FIELD_LIST_U64:
    case FIELD_LIST_TEXT:
    case FIELD_ONE:
    case FIELD_MANY:
        break;
    }
    must(!"a number");
}

/* ---- writing --------------------------------------------------------------------- */

/* Keys have eight bytes, and keys are most of what is written: their seven times eight
 * bits are moved apart together. */
char *walk_long_varint(char *to, u64 value)
{
    for (; value >> 56; value >>= 7)
        *to++ = (char)(value | 0x80);
    u64 x = (value & 0xfffffff0000000) << 4 | (value & 0xfffffff);
    x = (x & 0x0fffc0000fffc000) << 2 | (x & 0x00003fff00003fff);
    x = (x & 0x3f803f803f803f80) << 1 | (x & 0x007f007f007f007f);
    u32 last = (63 - (u32)__builtin_clzll(x | 1)) / 8;
    x = htole64(x | (0x8080808080808080 & (((u64)1 << last * 8) - 1)));
    memcpy(to, &x, sizeof(x));
    return to + last + 1;
}

static size_t varint_put(char *to, u64 value)
{
    return (size_t)(walk_varint(to, value) - to);
}

static void put_varint(struct buf *out, u64 value)
{
    out->len += varint_put(buf_room(out, VARINT_MAX), value);
}

static void put_tag(struct buf *out, u32 tag, enum wire wire)
{
    put_varint(out, (u64)tag << 3 | wire);
}

/* A tag and a number, with one look for room: most of what is written are these. */
static void put_number(struct buf *out, u32 tag, enum wire wire, u64 value)
{
    char *to = buf_room(out, 2 * VARINT_MAX);
    size_t len = varint_put(to, (u64)tag << 3 | wire);

    out->len += len + varint_put(to + len, value);
}

static void put_bytes(struct buf *out, u32 tag, struct str s)
{
    put_number(out, tag, WIRE_BYTES, s.len);
    buf_add(out, s);
}

/* The length stands before the message and is known after it: make room then. */
static void put_record(struct buf *out, u32 tag, const struct shape *shape,
                       const void *record)
{
    char head[VARINT_MAX];

    put_tag(out, tag, WIRE_BYTES);
    size_t start = out->len;
    record_encode(out, shape, record);
    size_t len = out->len - start, more = varint_put(head, len);
    buf_room(out, more);
    memmove(out->data + start + more, out->data + start, len);
    memcpy(out->data + start, head, more);
    out->len += more;
}

static void put_list(struct buf *out, const struct field *f, struct any_list list)
{
    for (u32 i = 0; i < list.count; i++) {
        if (f->type == FIELD_LIST_U64) {
            put_number(out, f->tag, WIRE_VARINT, ((const u64 *)list.items)[i]);
        } else if (f->type == FIELD_LIST_TEXT) {
            put_bytes(out, f->tag, ((const struct str *)list.items)[i]);
        } else {
            put_record(out, f->tag, f->of, (const char *)list.items + i * f->of->size);
        }
    }
}

static void put_field(struct buf *out, const void *record, const struct field *f)
{
    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
    case FIELD_I32:
    case FIELD_U32:
    case FIELD_BOOLEAN: {
        u64 value = number_get(record, f);
        if (value)
            put_number(out, f->tag, WIRE_VARINT, value);
        return;
    }
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES: {
        const struct str *s = at(record, f);
        if (s->len)
            put_bytes(out, f->tag, *s);
        return;
    }
    case FIELD_ONE: {
        const void *one = *(const void *const *)at(record, f);
        if (one)
            put_record(out, f->tag, f->of, one);
        return;
    }
    case FIELD_LIST_U64:
    case FIELD_LIST_TEXT:
    case FIELD_MANY:
        put_list(out, f, *(const struct any_list *)at(record, f));
        return;
    }
}

/* Bytes of what stands behind it, rounded up; WALK_BY_SHAPE: nobody has printed that.
 */
static size_t texts_of(const struct shape *shape, const void *record)
{
    if (!shape->write)
        return WALK_BY_SHAPE;
    return shape->texts ? shape->texts(record) : 0;
}

void record_encode(struct buf *out, const struct shape *shape, const void *record)
{
    size_t texts = texts_of(shape, record);

    if (texts != WALK_BY_SHAPE) {
        char *to = buf_room(out, shape->count * WALK_MOST + texts);
        out->len += (size_t)(shape->write(to, record) - to);
        return;
    }
    for (u32 i = 0; i < shape->count; i++)
        put_field(out, record, &shape->fields[i]);
}

/* ---- reading --------------------------------------------------------------------- */

struct reader {
    struct str in;
    size_t at;
    struct arena *arena;
    struct err *err;
};

static bool bad(struct reader *r, const char *what)
{
    return err_set(r->err, ERR_CORRUPT, "byte %zu: %s", r->at, what);
}

static bool get_varint(struct reader *r, u64 *value)
{
    *value = 0;
    for (u32 shift = 0; shift < 64; shift += 7) {
        if (r->at == r->in.len)
            return bad(r, "the bytes end inside a number");
        u8 byte = (u8)r->in.data[r->at++];
        *value |= (u64)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return bad(r, "a number is longer than ten bytes");
}

static bool get_bytes(struct reader *r, struct str *s)
{
    u64 len;

    if (!get_varint(r, &len))
        return false;
    if (len > r->in.len - r->at)
        return bad(r, "a length goes beyond the end");
    *s = (struct str){r->in.data + r->at, len};
    r->at += len;
    return true;
}

static bool skip(struct reader *r, u32 wire)
{
    u64 number = 0;
    struct str s;
    size_t len = wire == WIRE_I64 ? 8 : 4;

    if (wire == WIRE_VARINT)
        return get_varint(r, &number);
    if (wire == WIRE_BYTES)
        return get_bytes(r, &s);
    if (wire != WIRE_I64 && wire != WIRE_I32)
        return bad(r, "a field is of no known wire type");
    if (len > r->in.len - r->at)
        return bad(r, "the bytes end inside a field");
    r->at += len;
    return true;
}

/* Lists grow by doubling at powers of two; what was before stays in the arena. */
static void *list_add(struct reader *r, struct any_list *list, size_t size)
{
    if ((list->count & (list->count - 1)) == 0) {
        size_t room = list->count ? (size_t)list->count * 2 : 1;
        char *items = arena_alloc_array(r->arena, room, size);
        if (list->count)
            memcpy(items, list->items, list->count * size);
        list->items = items;
    }
    return (char *)(size_t)list->items + list->count++ * size;
}

static bool get_field(struct reader *r, const struct field *f, u32 wire, void *to)
{
    bool is_number = f->type <= FIELD_BOOLEAN || f->type == FIELD_LIST_U64;
    void *place = (char *)to + f->offset;
    u64 number = 0;
    struct str s;

    if (wire != (is_number ? WIRE_VARINT : WIRE_BYTES))
        return bad(r, "a field has the wire type of another");
    if (is_number ? !get_varint(r, &number) : !get_bytes(r, &s))
        return false;
    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
    case FIELD_I32:
    case FIELD_U32:
    case FIELD_BOOLEAN:
        number_set(to, f, number);
        return true;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES:
        *(struct str *)place = s;
        return true;
    case FIELD_LIST_U64:
        *(u64 *)list_add(r, place, sizeof(u64)) = number;
        return true;
    case FIELD_LIST_TEXT:
        *(struct str *)list_add(r, place, sizeof(s)) = s;
        return true;
    case FIELD_ONE: {
        void *one = arena_alloc(r->arena, f->of->size);
        *(const void **)place = one;
        return record_decode(s, f->of, r->arena, one, r->err);
    }
    case FIELD_MANY:
        return record_decode(s, f->of, r->arena, list_add(r, place, f->of->size),
                             r->err);
    }
    return false;
}

/* Fields mostly come in the order of the shape: look from the last one onward. */
static const struct field *field_of(const struct shape *shape, u32 tag, u32 *next)
{
    for (u32 i = 0; i < shape->count; i++) {
        const struct field *f = &shape->fields[(*next + i) % shape->count];
        if (f->tag == tag) {
            *next = (*next + i) % shape->count;
            return f;
        }
    }
    return NULL;
}

bool record_decode(struct str in, const struct shape *shape, struct arena *arena,
                   void *to, struct err *err)
{
    struct reader r = {.in = in, .arena = arena, .err = err};
    u32 next = 0;

    memset(to, 0, shape->size);
    while (r.at < in.len) {
        u64 head;
        if (!get_varint(&r, &head))
            return false;
        const struct field *f =
            head >> 3 > UINT32_MAX ? NULL : field_of(shape, (u32)(head >> 3), &next);
        u32 wire = head & 7;
        if (f ? !get_field(&r, f, wire, to) : !skip(&r, wire))
            return err_in(err, "%s", shape->name);
    }
    return true;
}

/* ---- copies: the struct first, then what it points to, in the order of the fields
 * ---- */

/* `to` NULL only counts. */
struct copy {
    char *to;
    size_t used;
};

static void *copy_bytes(struct copy *c, const void *from, size_t size)
{
    void *to = c->to ? c->to + c->used : NULL;

    if (to && size)
        memcpy(to, from, size);
    c->used += (size + 7) / 8 * 8;
    return to;
}

static void copy_fields(struct copy *c, const struct shape *shape, const void *from,
                        void *to);

static void copy_list(struct copy *c, const struct field *f,
                      const struct any_list *from, struct any_list *to)
{
    size_t size = f->type == FIELD_LIST_U64    ? sizeof(u64)
                  : f->type == FIELD_LIST_TEXT ? sizeof(struct str)
                                               : f->of->size;
    char *items = copy_bytes(c, from->items, from->count * size);

    for (u32 i = 0; i < from->count && f->type != FIELD_LIST_U64; i++) {
        if (f->type == FIELD_MANY) {
            copy_fields(c, f->of, (const char *)from->items + i * size,
                        items ? items + i * size : NULL);
            continue;
        }
        const struct str *s = &((const struct str *)from->items)[i];
        const char *data = copy_bytes(c, s->data, s->len);
        if (items)
            ((struct str *)(void *)items)[i] = (struct str){data, s->len};
    }
    if (to)
        *to = (struct any_list){from->count ? items : NULL, from->count};
}

static void copy_field(struct copy *c, const struct field *f, const void *from,
                       void *to)
{
    void *place = to ? (char *)to + f->offset : NULL;

    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
    case FIELD_I32:
    case FIELD_U32:
    case FIELD_BOOLEAN:
        return;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES: {
        const struct str *s = at(from, f);
        const char *data = copy_bytes(c, s->data, s->len);
        if (place)
            *(struct str *)place = (struct str){s->len ? data : NULL, s->len};
        return;
    }
    case FIELD_LIST_U64:
    case FIELD_LIST_TEXT:
    case FIELD_MANY:
        copy_list(c, f, at(from, f), place);
        return;
    case FIELD_ONE: {
        const void *one = *(const void *const *)at(from, f);
        if (!one)
            return;
        void *copy = copy_bytes(c, one, f->of->size);
        copy_fields(c, f->of, one, copy);
        if (place)
            *(void **)place = copy;
        return;
    }
    }
}

static void copy_by_shape(struct copy *c, const struct shape *shape, const void *from,
                          void *to)
{
    for (u64 far = shape->far; far; far &= far - 1)
        copy_field(c, &shape->fields[__builtin_ctzll(far)], from, to);
}

/* `to` is the struct as it was copied, or NULL. */
static void copy_fields(struct copy *c, const struct shape *shape, const void *from,
                        void *to)
{
    size_t texts = texts_of(shape, from);

    if (texts == WALK_BY_SHAPE) {
        copy_by_shape(c, shape, from, to);
        return;
    }
    if (to && shape->move)
        shape->move(c->to + c->used, to);
    c->used += texts;
}

size_t record_footprint(const struct shape *shape, const void *record)
{
    struct copy c = {.used = (shape->size + 7) / 8 * 8};

    if (shape->far)
        copy_fields(&c, shape, record, NULL);
    return c.used;
}

static void *copy_into(void *memory, const struct shape *shape, const void *record)
{
    struct copy c = {.to = memory, .used = (shape->size + 7) / 8 * 8};

    memcpy(memory, record, shape->size);
    if (shape->far)
        copy_fields(&c, shape, record, memory);
    return memory;
}

void *record_place(const struct shape *shape, const void *record, void *place)
{
    uintptr_t at = ((uintptr_t)place + 7) / 8 * 8;

    return copy_into((void *)at, shape, record);
}

void *record_clone(const struct shape *shape, const void *record)
{
    void *memory = malloc(record_footprint(shape, record) + 8);

    must(memory);
    return copy_into(memory, shape, record);
}

void *record_copy(const struct shape *shape, const void *record, struct arena *arena)
{
    return copy_into(arena_take(arena, record_footprint(shape, record) + 8), shape,
                     record);
}

/* ---- a number for equal records -------------------------------------------------- */

static u64 hash_list(const struct field *f, const struct any_list *list, u64 h)
{
    h = hash_mix(h ^ list->count);
    for (u32 i = 0; i < list->count; i++) {
        if (f->type == FIELD_LIST_U64)
            h = hash_mix(h ^ ((const u64 *)list->items)[i]);
        else if (f->type == FIELD_LIST_TEXT)
            h = hash_bytes(((const struct str *)list->items)[i], h);
        else
            h = record_hash(f->of, (const char *)list->items + i * f->of->size, h);
    }
    return h;
}

u64 record_hash(const struct shape *shape, const void *record, u64 h)
{
    for (u32 i = 0; i < shape->count; i++) {
        const struct field *f = &shape->fields[i];
        if (f->type <= FIELD_BOOLEAN)
            h = hash_mix(h ^ number_get(record, f)) + f->tag;
        else if (f->type <= FIELD_BYTES)
            h = hash_bytes(*(const struct str *)at(record, f), h);
        else if (f->type != FIELD_ONE)
            h = hash_list(f, at(record, f), h);
        else if (*(const void *const *)at(record, f))
            h = record_hash(f->of, *(const void *const *)at(record, f), h + 1);
    }
    return h;
}

/* The sum over the signed bytes of the key, in 32 bits that wrap around. */
u32 record_partition(struct str correlation_key, u32 partitions)
{
    u32 h = 0;

    for (size_t i = 0; i < correlation_key.len; i++) {
        u32 byte = (u8)correlation_key.data[i];
        h = 31 * h + (byte < 128 ? byte : byte - 256);
    }
    i64 rest = (i64)(i32)h % (i64)partitions;
    return (u32)(rest < 0 ? -rest : rest) + 1;
}

/* ---- events in an entry ---------------------------------------------------------- */

/* Most are shorter than 128 bytes: one byte is left for the length, and what stands
 * behind it is moved otherwise. Returns the end. */
static char *length_set(char *body, char *end)
{
    char head[VARINT_MAX];
    size_t len = (size_t)(end - body);

    if (len < 0x80) {
        body[-1] = (char)len;
        return end;
    }
    size_t more = varint_put(head, len) - 1;
    memmove(body + more, body, len);
    memcpy(body - 1, head, more + 1);
    return end + more;
}

/* Two numbers and a record, as events stand in an entry and rows in a page. */
static void item_encode(struct buf *out, u64 number, u64 key, const struct shape *shape,
                        const void *record)
{
    size_t texts = texts_of(shape, record);
    bool is_short = texts != WALK_BY_SHAPE;
    char *to = buf_room(out, 4 * VARINT_MAX +
                                 (is_short ? shape->count * WALK_MOST + texts : 0));

    to = walk_varint(to, number);
    to = walk_varint(to, key) + 1;
    if (is_short) {
        to = length_set(to, shape->write(to, record));
        out->len = (size_t)(to - out->data);
        return;
    }
    size_t start = out->len = (size_t)(to - out->data);
    record_encode(out, shape, record);
    buf_room(out, VARINT_MAX);
    to = length_set(out->data + start, out->data + out->len);
    out->len = (size_t)(to - out->data);
}

static bool item_next(struct str bytes, size_t *from, struct packed_row *out,
                      struct err *err)
{
    struct reader r = {.in = bytes, .at = *from, .err = err};

    err->code = ERR_NONE;
    if (*from == bytes.len)
        return false;
    if (!get_varint(&r, &out->number) || !get_varint(&r, &out->key) ||
        !get_bytes(&r, &out->bytes))
        return false;
    *from = r.at;
    return true;
}

void event_encode(struct buf *out, enum event_kind kind, u64 key, const void *record)
{
    must(kind < EVENT_COUNT && events[kind].name);
    item_encode(out, kind, key, events[kind].record, record);
}

bool event_next(struct str bytes, size_t *from, struct event *out, struct err *err)
{
    struct packed_row item;

    if (!item_next(bytes, from, &item, err))
        return false;
    if (item.number >= EVENT_COUNT || !events[item.number].name)
        return err_set(err, ERR_CORRUPT,
                       "event %llu is not known to this release; a newer one wrote it",
                       (unsigned long long)item.number);
    *out = (struct event){(enum event_kind)item.number, item.key, item.bytes};
    return true;
}

void row_encode(struct buf *out, u64 number, u64 key, const struct shape *shape,
                const void *record)
{
    item_encode(out, number, key, shape, record);
}

bool row_next(struct str bytes, size_t *at, struct packed_row *out, struct err *err)
{
    return item_next(bytes, at, out, err);
}
