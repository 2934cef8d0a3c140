/* story.c - an instance's events, in order, as the log has them: runs of
 * `position, time, length` (varints) and so many bytes of events. While it lives they
 * are parts, one for each time that rows were written; when it ends they become one,
 * compressed. */
#include <lz4.h>
#include <stddef.h>

#include "view/inside.h"

/* ---- whose events ---------------------------------------------------------------- */

static size_t place_of(const struct shape *shape, const char *name,
                       enum field_type type)
{
    for (u32 i = 0; i < shape->count; i++)
        if (shape->fields[i].type == type && strcmp(shape->fields[i].name, name) == 0)
            return shape->fields[i].offset + 1;
    return 0;
}

static bool key_is_instance(enum event_kind kind)
{
    return kind == EV_INSTANCE_CREATED || kind == EV_INSTANCE_SUSPENDED ||
           kind == EV_INSTANCE_RESUMED || kind == EV_INSTANCE_MIGRATED ||
           kind == EV_BUSINESS_ID_ASSIGNED;
}

/* What only the engine needs to go on is no part of a story. */
static bool is_inner(enum event_kind kind)
{
    return kind == EV_PENDING_ADDED || kind == EV_PENDING_REMOVED ||
           kind == EV_TOKEN_MIGRATED || kind == EV_TRIGGER_MIGRATED ||
           kind == EV_LOOP_CHANGED;
}

void story_plan(struct view *v)
{
    for (u32 kind = 0; kind < EVENT_COUNT; kind++) {
        struct event_plan *p = &v->plans[kind];
        if (!events[kind].name)
            continue;
        p->key_is_instance = key_is_instance(kind);
        p->instance = place_of(events[kind].record, "instance", FIELD_U64);
        p->process = place_of(events[kind].record, "process", FIELD_U64);
        p->element = place_of(events[kind].record, "element", FIELD_U32);
        p->is_told = (p->key_is_instance || p->instance) && !is_inner(kind);
    }
}

/* ---- keeping --------------------------------------------------------------------- */

static void varint_put(struct buf *b, u64 n)
{
    for (; n >= 0x80; n >>= 7)
        buf_byte(b, (char)(n | 0x80));
    buf_byte(b, (char)n);
}

void story_add(struct view *v, u64 instance, struct str run)
{
    struct row *row = copy_get(v, VIEW_PROCESS_INSTANCES, instance);

    if (!row || run.len == 0)
        return;
    if (!row->story) {
        row->story = NEW(&v->rows.arena, struct buf);
        buf_init(row->story, &v->rows.arena, row->is_new ? 1024 : 256);
    }
    varint_put(row->story, v->position);
    varint_put(row->story, (u64)v->now);
    varint_put(row->story, run.len);
    buf_add(row->story, run);
    copy_touch(v, row);
}

static bool part_take(void *ctx, const struct db_value *values, u32 count)
{
    buf_add(ctx, values[0].text);
    return true;
}

/* All that was written of it, before what is not. */
static bool parts_read(struct view *v, u64 instance, struct buf *out)
{
    struct db_value key = {DB_NUMBER, (i64)instance, {NULL, 0}};
    struct err err;

    if (db_run(v->db, v->story_parts, &key, 1, part_take, out, &err))
        return true;
    view_lose(v, &err);
    return false;
}

static bool story_read(struct view *v, u64 instance, struct arena *arena,
                       struct buf *out, struct err *err)
{
    struct row *row = copy_get(v, VIEW_STORIES, instance);

    buf_init(out, arena, 4096);
    if (!row)
        return parts_read(v, instance, out) || (*err = v->err, false);
    struct str packed = TEXT(row, STORIES, bytes);
    u64 size = NUMBER(row, STORIES, size);
    char *to = buf_room(out, size + 1);
    if (LZ4_decompress_safe(packed.data, to, (int)packed.len, (int)size) != (int)size)
        return err_set(err, ERR_CORRUPT,
                       "the story of process instance %llu is damaged",
                       (unsigned long long)instance);
    out->len = size;
    return true;
}

/* One that had ended is told on when something is still heard of its instance. */
static void story_end(struct view *v, const struct row *instance, struct str whole)
{
    struct row *before =
        instance->is_new ? NULL : copy_get(v, VIEW_STORIES, instance->key);
    struct row *row = before ? before : copy_new(v, VIEW_STORIES, instance->key);
    int room = LZ4_compressBound((int)whole.len);
    char *packed = arena_alloc(&v->rows.arena, (size_t)room);
    int len = LZ4_compress_default(whole.data, packed, (int)whole.len, room);

    must(len > 0);
    PUT_NUMBER(v, row, STORIES, size, whole.len);
    row->cells[CELL(STORIES, bytes)].text = (struct str){packed, (size_t)len};
    copy_touch(v, row);
}

static bool story_close(struct view *v, struct row *instance)
{
    struct db_value key = {DB_NUMBER, (i64)instance->key, {NULL, 0}};
    struct buf whole;
    struct err err;

    if (instance->is_new) {
        story_end(v, instance, buf_str(instance->story));
        return true;
    }
    if (!story_read(v, instance->key, &v->rows.arena, &whole, &err)) {
        view_lose(v, &err);
        return false;
    }
    buf_add(&whole, buf_str(instance->story));
    story_end(v, instance, buf_str(&whole));
    if (db_run(v->db, v->story_parts_remove, &key, 1, NULL, NULL, &err))
        return true;
    view_lose(v, &err);
    return false;
}

bool story_flush(struct view *v, struct row *instance)
{
    bool is_over = NUMBER(instance, PROCESS_INSTANCES, endDate) != 0;
    struct buf *story = instance->story;

    if (is_over) {
        if (!story_close(v, instance))
            return false;
    } else {
        struct row *part = copy_new(v, VIEW_STORY_PARTS, ++v->last_part);
        PUT_NUMBER(v, part, STORY_PARTS, processInstanceKey, instance->key);
        part->cells[CELL(STORY_PARTS, bytes)].text = buf_str(story);
    }
    instance->story = NULL;
    return true;
}

/* ---- telling --------------------------------------------------------------------- */

static bool varint_read(struct str bytes, size_t *at, u64 *out)
{
    *out = 0;
    for (u32 shift = 0; *at < bytes.len && shift < 64; shift += 7) {
        u8 byte = (u8)bytes.data[(*at)++];
        *out |= (u64)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

static void field_print(struct buf *out, const struct field *f, const char *at);

static void record_tell(struct buf *out, const struct shape *shape, const void *record)
{
    buf_byte(out, '{');
    for (u32 i = 0; i < shape->count; i++)
        field_print(out, &shape->fields[i],
                    (const char *)record + shape->fields[i].offset);
    buf_byte(out, '}');
}

struct any_list {
    const void *items;
    u32 count;
};

static void list_print(struct buf *out, const struct field *f,
                       const struct any_list *list)
{
    buf_byte(out, '[');
    for (u32 i = 0; i < list->count; i++) {
        json_comma(out);
        if (f->type == FIELD_LIST_U64)
            buf_print(out, "\"%llu\"",
                      (unsigned long long)((const u64 *)list->items)[i]);
        else if (f->type == FIELD_LIST_TEXT)
            json_put_string(out, ((const struct str *)list->items)[i]);
        else
            record_tell(out, f->of, (const char *)list->items + i * f->of->size);
    }
    buf_byte(out, ']');
}

/* Keys are texts, as everywhere; JSON is itself; what is empty is left out. */
static void field_print(struct buf *out, const struct field *f, const char *at)
{
    struct str text = {NULL, 0};
    struct any_list list = {NULL, 0};
    const void *one = NULL;
    i64 number = 0;

    switch (f->type) {
    case FIELD_I64:
    case FIELD_U64:
        memcpy(&number, at, sizeof(number));
        break;
    case FIELD_I32:
        number = *(const i32 *)(const void *)at;
        break;
    case FIELD_U32:
        number = *(const u32 *)(const void *)at;
        break;
    case FIELD_BOOLEAN:
        number = *(const bool *)(const void *)at;
        break;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES:
        memcpy(&text, at, sizeof(text));
        break;
    case FIELD_LIST_U64:
    case FIELD_LIST_TEXT:
    case FIELD_MANY:
        memcpy(&list, at, sizeof(list));
        break;
    case FIELD_ONE:
        memcpy(&one, at, sizeof(one));
        break;
    }
    if (!number && !text.len && !list.count && !one)
        return;
    if (f->type == FIELD_BYTES)
        return;
    json_put_name(out, str_of(f->name));
    if (f->type == FIELD_U64)
        buf_print(out, "\"%llu\"", (unsigned long long)number);
    else if (f->type == FIELD_BOOLEAN)
        buf_text(out, "true");
    else if (number)
        json_put_i64(out, number);
    else if (f->type == FIELD_TEXT)
        json_put_string(out, text);
    else if (f->type == FIELD_JSON)
        buf_add(out, text);
    else if (one)
        record_tell(out, f->of, one);
    else
        list_print(out, f, &list);
}

/* Which process the events are of: it changes when the instance is migrated. */
struct telling {
    struct view *v;
    struct buf *out;
    u64 instance, process, position;
    i64 now;
};

static u64 number_at(size_t place, const void *record)
{
    u64 number = 0;

    if (place)
        memcpy(&number, (const char *)record + place - 1, sizeof(number));
    return number;
}

static void event_element(struct telling *t, const struct event *e, const void *record)
{
    const struct event_plan *p = &t->v->plans[e->kind];
    u32 tag = 0;

    if (number_at(p->process, record) && e->kind != EV_PROCESS_CREATED)
        t->process = number_at(p->process, record);
    if (!p->element)
        return;
    memcpy(&tag, (const char *)record + p->element - 1, sizeof(tag));
    const struct element *found =
        tag ? definition_element(t->v, t->process, tag) : NULL;
    if (!found)
        return;
    json_put_name(t->out, STR("elementId"));
    json_put_string(t->out, found->id);
    json_put_name(t->out, STR("elementType"));
    json_put_string(t->out, str_of(element_type_name(found->type)));
}

static bool event_tell(struct telling *t, const struct event *e, struct err *err)
{
    const struct shape *shape = events[e->kind].record;
    void *record = arena_alloc(&t->v->scratch, shape->size + 8);
    struct value time = {.number = (u64)t->now};
    static const struct column time_column = {"time", COLUMN_TIME, 0, NULL};

    if (!record_decode(e->bytes, shape, &t->v->scratch, record, err))
        return false;
    json_comma(t->out);
    buf_print(t->out, "{\"position\":%llu,\"time\":", (unsigned long long)t->position);
    query_print_value(t->out, &time_column, &time);
    buf_print(t->out, ",\"kind\":\"%s\",\"key\":\"%llu\"", events[e->kind].name,
              (unsigned long long)e->key);
    event_element(t, e, record);
    json_put_name(t->out, STR("fields"));
    record_tell(t->out, shape, record);
    buf_byte(t->out, '}');
    arena_reset(&t->v->scratch);
    return true;
}

static bool run_tell(struct telling *t, struct str run, struct err *err)
{
    size_t at = 0;

    for (struct event e; event_next(run, &at, &e, err);)
        if (!event_tell(t, &e, err))
            return false;
    return err->code == ERR_NONE;
}

static bool story_tell(struct telling *t, struct str bytes, struct err *err)
{
    u64 position, now, len;

    for (size_t at = 0; at < bytes.len; at += len) {
        if (!varint_read(bytes, &at, &position) || !varint_read(bytes, &at, &now) ||
            !varint_read(bytes, &at, &len) || len > bytes.len - at)
            return err_set(err, ERR_CORRUPT,
                           "the story of process instance %llu is damaged",
                           (unsigned long long)t->instance);
        t->position = position;
        t->now = (i64)now;
        if (!run_tell(t, (struct str){bytes.data + at, len}, err))
            return false;
    }
    return true;
}

bool story_print(struct view *v, u64 instance, struct buf *out, struct err *err)
{
    struct telling t = {.v = v, .out = out, .instance = instance};
    struct buf bytes;

    *err = (struct err){0};
    if (!story_read(v, instance, out->arena, &bytes, err))
        return false;
    buf_byte(out, '[');
    bool is_good = story_tell(&t, buf_str(&bytes), err);
    buf_byte(out, ']');
    return is_good;
}
