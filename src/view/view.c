#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "view/inside.h"

/* Of the rows and their indexes: a copy of another one is made again from the logs. */
#define FORMAT 3

const struct view_options view_options_default = {
    .place = ":memory:",
    .partitions = 1,
    .search_ms = 5000,
    .stale_ms = 2000,
    .memory = (size_t)64 << 20,
};

/* ---- opening --------------------------------------------------------------------- */

static bool number_take(void *ctx, const struct db_value *values, u32 count)
{
    *(i64 *)ctx = values[0].number;
    return false;
}

bool view_run(struct view *v, const char *sql, const struct db_value *values, u32 count,
              db_row *row, void *ctx, struct err *err)
{
    struct db_statement *s = v->running = db_prepare(v->db, sql, err);
    bool is_good = s && db_run(v->db, s, values, count, row, ctx, err);

    v->running = NULL;
    db_finish(v->db, s);
    return is_good;
}

static bool number_ask(struct view *v, const char *sql, i64 *out, struct err *err)
{
    return view_run(v, sql, NULL, 0, number_take, out, err);
}

static bool position_take(void *ctx, const struct db_value *values, u32 count)
{
    struct view *v = ctx;

    if (values[0].number >= 1 && values[0].number <= v->options.partitions)
        v->positions[values[0].number - 1] = (u64)values[1].number;
    return true;
}

static bool positions_read(struct view *v, struct err *err)
{
    return view_run(v, "SELECT part, position FROM followed", NULL, 0, position_take, v,
                    err);
}

/* All tables, and what they are, as one. */
static bool format_make(struct view *v, struct err *err)
{
    char commit[64];

    snprintf(commit, sizeof(commit), "PRAGMA user_version = %d; COMMIT", FORMAT);
    return db_script(v->db, "BEGIN", err) && tables_make(v->db, err) &&
           db_script(v->db, commit, err);
}

static bool view_prepare(struct view *v, struct err *err)
{
    i64 format = 0, parts = 0;

    if (!number_ask(v, "PRAGMA user_version", &format, err))
        return false;
    if (format != 0 && format != FORMAT)
        return err_set(err, ERR_CORRUPT,
                       "the searchable view is of another release (format %lld)",
                       (long long)format);
    if ((format == 0 && !format_make(v, err)) || !rows_prepare(v, err) ||
        !positions_read(v, err) ||
        !number_ask(v, "SELECT max(number) FROM story_parts", &parts, err))
        return false;
    v->last_part = (u64)parts;
    v->position_put =
        db_prepare(v->db,
                   "INSERT INTO followed VALUES (?, ?) ON CONFLICT (part) "
                   "DO UPDATE SET position = excluded.position",
                   err);
    v->story_parts = db_prepare(v->db,
                                "SELECT bytes FROM story_parts WHERE "
                                "processInstanceKey = ? ORDER BY number",
                                err);
    v->story_parts_remove =
        db_prepare(v->db, "DELETE FROM story_parts WHERE processInstanceKey = ?", err);
    return v->position_put && v->story_parts && v->story_parts_remove;
}

struct view *view_open(const struct view_options *options, struct err *err)
{
    struct db *db = db_sqlite_open(options->place, err);

    if (!db)
        return NULL;
    struct view *v = must_alloc(sizeof(*v));
    v->options = *options;
    v->options.place = NULL;
    v->db = db;
    v->positions = must_alloc(options->partitions * sizeof(*v->positions));
    for (u32 i = 0; i < options->partitions; i++)
        v->positions[i] = 1;
    arena_init(&v->scratch, 65536, (size_t)1 << 30, NULL);
    story_plan(v);
    if (view_prepare(v, err))
        return v;
    view_close(v);
    return NULL;
}

void view_close(struct view *v)
{
    if (!v)
        return;
    db_finish(v->db, v->position_put);
    db_finish(v->db, v->story_parts);
    db_finish(v->db, v->story_parts_remove);
    rows_free(v);
    definitions_free(v);
    db_close(v->db);
    arena_free(&v->scratch);
    free(v->positions);
    free(v);
}

u64 view_position(const struct view *v, u32 partition)
{
    return v->positions[partition - 1];
}

/* ---- taking ---------------------------------------------------------------------- */

static u64 event_instance(const struct view *v, const struct event *e,
                          const void *record)
{
    const struct event_plan *p = &v->plans[e->kind];
    u64 instance = 0;

    if (p->key_is_instance)
        return e->key;
    if (p->instance)
        memcpy(&instance, (const char *)record + p->instance - 1, sizeof(instance));
    return instance >> 51 == v->partition ? instance : 0;
}

/* Runs of events of one instance go into its story together. */
struct run {
    u64 instance;
    size_t from, to;
};

static void run_end(struct view *v, struct run *r)
{
    if (r->instance)
        story_add(v, r->instance,
                  (struct str){v->entry->events.data + r->from, r->to - r->from});
    r->instance = 0;
}

static void run_take(struct view *v, struct run *r, u64 instance, size_t from,
                     size_t to)
{
    if (instance != r->instance || from != r->to) {
        run_end(v, r);
        *r = (struct run){instance, from, to};
    }
    r->to = to;
}

static bool event_take(struct view *v, const struct event *e, struct run *run,
                       size_t from, size_t to, struct err *err)
{
    const struct shape *shape = events[e->kind].record;
    projector *project = view_projectors[e->kind];
    bool is_told = v->plans[e->kind].is_told;

    if (!project && !is_told)
        return true;
    void *record = arena_alloc(&v->scratch, shape->size + 8);
    if (!record_decode(e->bytes, shape, &v->scratch, record, err))
        return false;
    if (project)
        project(v, e->key, record);
    if (is_told)
        run_take(v, run, event_instance(v, e, record), from, to);
    return !v->is_lost;
}

static bool events_take(struct view *v, struct err *err)
{
    struct run run = {0};
    size_t at = 0, from = 0;

    for (struct event e; event_next(v->entry->events, &at, &e, err); from = at) {
        if (!event_take(v, &e, &run, from, at, err))
            return false;
        v->event++;
    }
    run_end(v, &run);
    return err->code == ERR_NONE;
}

static bool begin(struct view *v, struct err *err)
{
    if (v->is_lost) {
        *err = v->err;
        return false;
    }
    if (v->is_open)
        return true;
    v->is_open = db_script(v->db, "BEGIN", err);
    if (!v->is_open)
        view_lose(v, err);
    return v->is_open;
}

bool view_take(struct view *v, u32 partition, const struct log_entry *entry,
               struct err *err)
{
    struct entry e;

    must(partition >= 1 && partition <= v->options.partitions);
    must(entry->number == v->positions[partition - 1]);
    *err = (struct err){0};
    if (!begin(v, err))
        return false;
    arena_reset(&v->scratch);
    bool is_good = record_decode(entry->bytes, &entry_shape, &v->scratch, &e, err);
    v->partition = partition;
    v->position = entry->number;
    v->now = e.now;
    v->entry = &e;
    v->event = 0;
    if (is_good && e.event_count)
        is_good = events_take(v, err);
    if (is_good && e.event_count)
        audit_entry(v);
    v->entry = NULL;
    if (v->is_lost)
        *err = v->err;
    if (is_good && !v->is_lost) {
        v->positions[partition - 1]++;
        return true;
    }
    err_in(err, "partition %u, entry %llu", partition,
           (unsigned long long)entry->number);
    view_lose(v, err);
    return false;
}

bool view_settle(struct view *v, struct err *err)
{
    if (!begin(v, err))
        return false;
    if (rows_flush(v))
        return true;
    *err = v->err;
    return false;
}

bool view_commit(struct view *v, struct err *err)
{
    if (!v->is_open && !v->is_lost)
        return true;
    if (!view_settle(v, err))
        return false;
    for (u32 i = 0; i < v->options.partitions; i++) {
        struct db_value values[2] = {{DB_NUMBER, i + 1, {NULL, 0}},
                                     {DB_NUMBER, (i64)v->positions[i], {NULL, 0}}};
        if (!db_run(v->db, v->position_put, values, 2, NULL, NULL, err)) {
            view_lose(v, err);
            return false;
        }
    }
    v->is_open = !db_script(v->db, "COMMIT", err);
    if (v->is_open)
        view_lose(v, err);
    return !v->is_open;
}

/* ---- equal copies ---------------------------------------------------------------- */

static bool hash_take(void *ctx, const struct db_value *values, u32 count)
{
    u64 *hash = ctx;

    for (u32 i = 0; i < count; i++) {
        *hash = hash_mix(*hash + values[i].kind);
        *hash = hash_bytes(values[i].text, *hash + (u64)values[i].number);
    }
    return true;
}

/* How a story is cut depends on when rows were written; what is in it does not. */
struct story_hash {
    u64 instance, sum;
    u32 crc;
};

static bool story_hash_take(void *ctx, const struct db_value *values, u32 count)
{
    struct story_hash *s = ctx;

    if ((u64)values[0].number != s->instance) {
        s->sum = hash_mix(s->sum + s->instance) + s->crc;
        s->instance = (u64)values[0].number;
        s->crc = 0;
    }
    s->crc = hash_crc32c(s->crc, values[1].text.data, values[1].text.len);
    return true;
}

bool view_hash(struct view *v, u64 *out, struct err *err)
{
    struct story_hash stories = {0};

    *out = 0;
    if (!view_settle(v, err))
        return false;
    arena_reset(&v->scratch);
    for (enum view_table t = 0; t < VIEW_TABLES; t++) {
        struct table_info info = view_table(t);
        if (info.from)
            continue;
        struct str sql = arena_print(&v->scratch, "SELECT * FROM %s ORDER BY %s",
                                     info.name, info.key);
        if (t != VIEW_STORY_PARTS &&
            !view_run(v, sql.data, NULL, 0, hash_take, out, err))
            return false;
    }
    if (!view_run(v,
                  "SELECT processInstanceKey, bytes FROM story_parts ORDER BY "
                  "processInstanceKey, number",
                  NULL, 0, story_hash_take, &stories, err))
        return false;
    *out += hash_mix(stories.sum + stories.instance) + stories.crc;
    return true;
}
