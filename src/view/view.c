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

static bool mark_take(void *ctx, const struct db_value *values, u32 count)
{
    struct view *v = ctx;

    if (values[0].number >= 1 && values[0].number <= v->options.partitions)
        v->marks[values[0].number - 1] = (struct mark){.entry = (u64)values[1].number,
                                                       .crc = (u32)values[2].number,
                                                       .begins = (u64)values[3].number};
    return true;
}

static bool positions_read(struct view *v, struct err *err)
{
    i64 most = 0;

    if (!view_run(v, "SELECT part, position FROM followed", NULL, 0, position_take, v,
                  err) ||
        !view_run(v, "SELECT part, entry, crc, begins FROM marks", NULL, 0, mark_take,
                  v, err) ||
        !number_ask(v, "SELECT max(part) FROM followed", &most, err))
        return false;
    return most <= v->options.partitions ||
           err_set(err, ERR_FENCED,
                   "the searchable view is of %lld partitions, and the data directory "
                   "has %u",
                   (long long)most, v->options.partitions);
}

/* All tables, and what they are, as one. */
static bool format_make(struct view *v, struct err *err)
{
    return db_script(v->db, "BEGIN", err) && tables_make(v->db, err) &&
           db_format_put(v->db, FORMAT, err) && db_commit(v->db, true, err);
}

static bool statements_make(struct view *v, struct err *err)
{
    v->position_put =
        db_prepare(v->db,
                   "INSERT INTO followed VALUES (?, ?) ON CONFLICT (part) "
                   "DO UPDATE SET position = excluded.position",
                   err);
    v->mark_put = db_prepare(
        v->db,
        "INSERT INTO marks VALUES (?, ?, ?, ?) ON CONFLICT (part) DO UPDATE SET entry "
        "= excluded.entry, crc = excluded.crc, begins = excluded.begins",
        err);
    v->story_parts = db_prepare(v->db,
                                "SELECT bytes FROM story_parts WHERE "
                                "processInstanceKey = ? ORDER BY number",
                                err);
    v->story_parts_remove =
        db_prepare(v->db, "DELETE FROM story_parts WHERE processInstanceKey = ?", err);
    return v->position_put && v->mark_put && v->story_parts && v->story_parts_remove;
}

static bool view_prepare(struct view *v, struct err *err)
{
    i64 format = 0, parts = 0;

    if (!db_format(v->db, &format, err))
        return false;
    if (format != 0 && format != FORMAT)
        return err_set(err, ERR_CORRUPT,
                       "the searchable view is of another release (format %lld)",
                       (long long)format);
    if ((format == 0 && !format_make(v, err)) || !marks_make(v->db, err) ||
        !rows_prepare(v, err) || !statements_make(v, err) || !positions_read(v, err) ||
        !number_ask(v, "SELECT max(number) FROM story_parts", &parts, err))
        return false;
    v->last_part = (u64)parts;
    return true;
}

static bool database_open(struct view *v, struct err *err)
{
    v->db = db_pg_is_url(v->place) ? db_pg_open(v->place, v->owner, err)
                                   : db_sqlite_open(v->place, err);
    return v->db && view_prepare(v, err);
}

static char *text_keep(const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;

    return text ? memcpy(must_alloc(size), text, size) : NULL;
}

static void positions_begin(struct view *v)
{
    for (u32 i = 0; i < v->options.partitions; i++) {
        v->positions[i] = 1;
        v->marks[i] = (struct mark){.begins = 1};
    }
}

struct view *view_open(const struct view_options *options, struct err *err)
{
    struct view *v = must_alloc(sizeof(*v));

    v->options = *options;
    v->place = text_keep(options->place);
    v->owner = text_keep(options->owner);
    v->options.place = v->options.owner = NULL;
    v->positions = must_alloc(options->partitions * sizeof(*v->positions));
    v->marks = must_alloc(options->partitions * sizeof(*v->marks));
    positions_begin(v);
    arena_init(&v->scratch, 65536, (size_t)1 << 30, NULL);
    story_plan(v);
    if (database_open(v, err))
        return v;
    if (options->waits && err->code == ERR_AWAY) {
        view_lose(v, err);
        return v;
    }
    view_close(v);
    return NULL;
}

/* All that is the database's, and what was made of it. */
static void database_close(struct view *v)
{
    db_finish(v->db, v->position_put);
    db_finish(v->db, v->mark_put);
    db_finish(v->db, v->story_parts);
    db_finish(v->db, v->story_parts_remove);
    v->position_put = v->mark_put = v->story_parts = v->story_parts_remove = NULL;
    rows_free(v);
    definitions_free(v);
    db_close(v->db);
    v->db = NULL;
}

bool view_again(struct view *v, struct err *err)
{
    database_close(v);
    positions_begin(v);
    v->is_lost = v->is_open = v->is_quick = false;
    if (database_open(v, err))
        return true;
    view_lose(v, err);
    return false;
}

bool view_clear(const struct view_options *options, struct err *err)
{
    struct db *db = db_pg_open(options->place, options->owner, err);
    bool is_good = db && db_script(db, "BEGIN", err) && tables_drop(db, err) &&
                   db_script(db, "DROP TABLE IF EXISTS fermata", err) &&
                   db_commit(db, true, err);

    db_close(db);
    return is_good;
}

void view_close(struct view *v)
{
    if (!v)
        return;
    database_close(v);
    arena_free(&v->scratch);
    free(v->positions);
    free(v->marks);
    free(v->place);
    free(v->owner);
    free(v);
}

u64 view_position(const struct view *v, u32 partition)
{
    return v->positions[partition - 1];
}

/* ---- is it of this log? ---------------------------------------------------------- */

/* Is the last entry that was taken the one that the log has there? Also when the log
 * has none there any more. */
static bool is_same_log(const struct view *v, u32 partition, const struct log *log)
{
    const struct mark *m = &v->marks[partition - 1];
    struct log_entry entry;
    struct err err;

    if (!m->entry || m->entry != v->positions[partition - 1] - 1)
        return true;
    struct log_cursor *c = log_follow(log, m->entry, &err);
    bool is_read = c && log_read(c, m->entry + 1, &entry, &err) == LOG_ENTRY;
    bool is_same =
        !is_read || hash_crc32c(0, entry.bytes.data, entry.bytes.len) == m->crc;
    log_unfollow(c);
    return is_same;
}

bool view_fits(const struct view *v, u32 partition, const struct log *log, u64 durable,
               struct err *err)
{
    u64 next = v->positions[partition - 1];
    struct log_cursor *c;

    if (next > durable)
        return err_set(err, ERR_FENCED,
                       "it is ahead of the log of partition %u: it ends at entry %llu, "
                       "and the log at %llu",
                       partition, (unsigned long long)next - 1,
                       (unsigned long long)durable - 1);
    if (!is_same_log(v, partition, log))
        return err_set(err, ERR_FENCED,
                       "it is of another log: its last entry of partition %u, %llu, is "
                       "not the one that the log has",
                       partition, (unsigned long long)next - 1);
    if (next == durable)
        return true;
    if (!(c = log_follow(log, next, err)))
        return err_set(
            err, ERR_CORRUPT,
            "it ends at entry %llu of partition %u, and the log has not what "
            "comes next any more",
            (unsigned long long)next - 1, partition);
    log_unfollow(c);
    return true;
}

bool view_is_lost(const struct view *v, struct err *err)
{
    if (v->is_lost)
        *err = v->err;
    return v->is_lost;
}

u32 view_partitions(const struct view *v)
{
    return v->options.partitions;
}

bool view_is_shared(const char *place)
{
    return db_pg_is_url(place);
}

void view_place_name(const char *place, char *out, size_t size)
{
    db_pg_name(place, out, size);
}

u64 view_begins(const struct view *v, u32 partition)
{
    return v->marks[partition - 1].begins;
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
        v->marks[partition - 1].entry = entry->number;
        v->marks[partition - 1].crc =
            hash_crc32c(0, entry->bytes.data, entry->bytes.len);
        return true;
    }
    err_in(err, "partition %u, entry %llu", partition,
           (unsigned long long)entry->number);
    view_lose(v, err);
    return false;
}

bool view_write(struct view *v, struct err *err)
{
    if (!begin(v, err))
        return false;
    if (rows_flush(v))
        return true;
    *err = v->err;
    return false;
}

static bool position_write(struct view *v, u32 i, struct err *err)
{
    const struct mark *m = &v->marks[i];
    struct db_value values[4] = {{DB_NUMBER, i + 1, {NULL, 0}},
                                 {DB_NUMBER, (i64)v->positions[i], {NULL, 0}}};

    if (!db_run(v->db, v->position_put, values, 2, NULL, NULL, err))
        return false;
    values[1].number = (i64)m->entry;
    values[2] = (struct db_value){DB_NUMBER, m->crc, {NULL, 0}};
    values[3] = (struct db_value){DB_NUMBER, (i64)m->begins, {NULL, 0}};
    return db_run(v->db, v->mark_put, values, 4, NULL, NULL, err);
}

/* With how far it has come, as one. */
static bool everything_commit(struct view *v, bool is_durable, struct err *err)
{
    bool is_good = view_write(v, err);

    if (!is_good)
        return false;
    for (u32 i = 0; is_good && i < v->options.partitions; i++)
        is_good = position_write(v, i, err);
    v->is_open = !(is_good && db_commit(v->db, is_durable, err));
    if (v->is_open)
        view_lose(v, err);
    v->is_quick = !is_durable;
    return !v->is_open;
}

bool view_settle(struct view *v, struct err *err)
{
    if (!v->is_lost && v->db->dialect->sees_committed)
        return !v->is_open || everything_commit(v, false, err);
    return view_write(v, err);
}

bool view_commit(struct view *v, struct err *err)
{
    if (!v->is_open && !v->is_quick && !v->is_lost)
        return true;
    return everything_commit(v, true, err);
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
    if (!view_write(v, err))
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
