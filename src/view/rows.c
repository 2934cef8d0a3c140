#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "view/inside.h"

/* ---- statements ------------------------------------------------------------------ */

#define CELLS_MAX     64
#define ROWS_TOGETHER 256 /* are written by one call */

static enum db_kind kind_of(enum cell_type type)
{
    switch (type) {
    case CELL_KEY:
    case CELL_TIME:
    case CELL_NUMBER:
    case CELL_FLAG:
        return DB_NUMBER;
    case CELL_NAME:
    case CELL_TEXT:
        return DB_TEXT;
    case CELL_BYTES:
        return DB_BYTES;
    case CELL_MARK:
        break;
    }
    must(!"a column has a type");
    return DB_NULL;
}

struct making {
    char sql[4096];
    size_t len;
};

static void make(struct making *m, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void make(struct making *m, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    m->len += (size_t)vsnprintf(m->sql + m->len, sizeof(m->sql) - m->len, fmt, args);
    va_end(args);
    must(m->len < sizeof(m->sql));
}

/* "unnest(?, ?)": a list for each column, as rows. */
static void make_lists(struct making *m, const struct table_info *t)
{
    static const char *const types[] = {
        [DB_NUMBER] = "bigint", [DB_TEXT] = "text", [DB_BYTES] = "bytea"};

    make(m, "unnest(");
    for (u32 i = 0; i < t->count; i++)
        make(m, "%s?::%s[]", i ? ", " : "",
             types[kind_of(view_kept[t->first + i].type)]);
    make(m, ")");
}

static struct db_statement *rows_insert(struct view *v, const struct table_info *t,
                                        struct err *err)
{
    struct making m = {.len = 0};

    make(&m, "INSERT INTO %s ", t->name);
    if (v->db->dialect->has_lists) {
        make(&m, "SELECT * FROM ");
        make_lists(&m, t);
    } else {
        make(&m, "VALUES (");
        for (u32 i = 0; i < t->count; i++)
            make(&m, "%s?", i ? ", " : "");
        make(&m, ")");
    }
    return db_prepare(v->db, m.sql, err);
}

/* The key is the first parameter, as it is the first column. */
static struct db_statement *rows_update(struct view *v, const struct table_info *t,
                                        struct err *err)
{
    bool has_lists = v->db->dialect->has_lists;
    struct making m = {.len = 0};

    make(&m, "UPDATE %s SET ", t->name);
    for (u32 i = 1; i < t->count; i++) {
        const char *name = view_kept[t->first + i].name;
        if (has_lists)
            make(&m, "%s%s = u.%s", i > 1 ? ", " : "", name, name);
        else
            make(&m, "%s%s = ?%u", i > 1 ? ", " : "", name, i + 1);
    }
    if (!has_lists) {
        make(&m, " WHERE %s = ?1", t->key);
        return db_prepare(v->db, m.sql, err);
    }
    make(&m, " FROM ");
    make_lists(&m, t);
    make(&m, " AS u(");
    for (u32 i = 0; i < t->count; i++)
        make(&m, "%s%s", i ? ", " : "", view_kept[t->first + i].name);
    make(&m, ") WHERE %s.%s = u.%s", t->name, t->key, t->key);
    return db_prepare(v->db, m.sql, err);
}

static struct db_statement *rows_remove(struct view *v, const struct table_info *t,
                                        struct err *err)
{
    struct making m = {.len = 0};

    make(&m,
         v->db->dialect->has_lists ? "DELETE FROM %s WHERE %s = ANY (?::bigint[])"
                                   : "DELETE FROM %s WHERE %s = ?",
         t->name, t->key);
    return db_prepare(v->db, m.sql, err);
}

bool rows_prepare(struct view *v, struct err *err)
{
    struct rows *r = &v->rows;
    char sql[256];

    arena_init(&r->arena, 65536, SIZE_MAX / 2, NULL);
    r->size = 4096;
    r->buckets = must_alloc(r->size * sizeof(struct row *));
    r->values = must_alloc((size_t)ROWS_TOGETHER * CELLS_MAX * sizeof(*r->values));
    for (enum view_table table = 0; table < VIEW_TABLES; table++) {
        struct table_info t = view_table(table);
        if (t.from)
            continue;
        r->insert[table] = rows_insert(v, &t, err);
        r->update[table] = rows_update(v, &t, err);
        r->remove[table] = rows_remove(v, &t, err);
        snprintf(sql, sizeof(sql), "SELECT * FROM %s WHERE %s = ?", t.name, t.key);
        r->select[table] = db_prepare(v->db, sql, err);
        if (!r->insert[table] || !r->update[table] || !r->remove[table] ||
            !r->select[table])
            return false;
    }
    return true;
}

void rows_free(struct view *v)
{
    struct rows *r = &v->rows;

    for (enum view_table t = 0; t < VIEW_TABLES; t++) {
        db_finish(v->db, r->insert[t]);
        db_finish(v->db, r->update[t]);
        db_finish(v->db, r->remove[t]);
        db_finish(v->db, r->select[t]);
    }
    free(r->buckets);
    free(r->dirty);
    free(r->ordered);
    free(r->values);
    arena_free(&r->arena);
    memset(r, 0, sizeof(*r));
}

/* ---- finding --------------------------------------------------------------------- */

static struct row **bucket_of(struct rows *r, enum view_table table, u64 key)
{
    return &r->buckets[hash_mix(key + ((u64)table << 56)) & (r->size - 1)];
}

static void rows_grow(struct rows *r)
{
    struct row **old = r->buckets;
    size_t size = r->size;

    r->size *= 2;
    r->buckets = must_alloc(r->size * sizeof(struct row *));
    for (size_t i = 0; i < size; i++)
        for (struct row *row = old[i], *next; row; row = next) {
            struct row **bucket = bucket_of(r, row->table, row->key);
            next = row->chain;
            row->chain = *bucket;
            *bucket = row;
        }
    free(old);
}

static struct row *row_find(struct rows *r, enum view_table table, u64 key)
{
    struct row *row = *bucket_of(r, table, key);

    while (row && (row->key != key || row->table != table))
        row = row->chain;
    return row;
}

static struct row *row_make(struct view *v, enum view_table table, u64 key)
{
    struct rows *r = &v->rows;
    u32 count = view_table(table).count;

    if (r->count == r->size)
        rows_grow(r);
    struct row *row =
        arena_alloc(&r->arena, sizeof(*row) + count * sizeof(struct cell));
    struct row **bucket = bucket_of(r, table, key);
    row->key = key;
    row->table = table;
    row->cells[0].number = key;
    row->chain = *bucket;
    *bucket = row;
    r->count++;
    return row;
}

void copy_touch(struct view *v, struct row *row)
{
    struct rows *r = &v->rows;

    if (row->is_dirty)
        return;
    row->is_dirty = true;
    if (r->dirty_count == r->dirty_size) {
        r->dirty_size = r->dirty_size ? r->dirty_size * 2 : 1024;
        r->dirty = must_realloc(r->dirty, r->dirty_size * sizeof(struct row *));
    }
    r->dirty[r->dirty_count++] = row;
}

/* What was deployed is told by each partition; of all else a key comes once. */
static bool is_everywhere(enum view_table table)
{
    return table == VIEW_FILES || view_table(table).has_deleted ||
           table == VIEW_START_SUBSCRIPTIONS;
}

struct row *copy_new(struct view *v, enum view_table table, u64 key)
{
    struct row *row = row_find(&v->rows, table, key);

    if (!row && is_everywhere(table))
        row = copy_get(v, table, key);
    if (row && !row->is_gone) {
        copy_touch(v, row);
        return row;
    }
    if (!row) {
        row = row_make(v, table, key);
        row->is_new = true;
    }
    row->is_gone = false;
    copy_touch(v, row);
    return row;
}

struct loading {
    struct view *v;
    enum view_table table;
    struct row *row;
};

static bool row_load(void *ctx, const struct db_value *values, u32 count)
{
    struct loading *l = ctx;
    struct table_info t = view_table(l->table);

    must(count == t.count);
    l->row = row_make(l->v, l->table, (u64)values[0].number);
    for (u32 i = 0; i < count; i++) {
        l->row->cells[i].number = (u64)values[i].number;
        if (values[i].kind == DB_TEXT || values[i].kind == DB_BYTES)
            l->row->cells[i].text = arena_copy(&l->v->rows.arena, values[i].text);
    }
    return true;
}

void view_lose(struct view *v, const struct err *err)
{
    if (!v->is_lost)
        v->err = *err;
    v->is_lost = true;
}

struct row *copy_get(struct view *v, enum view_table table, u64 key)
{
    struct row *row = key ? row_find(&v->rows, table, key) : NULL;
    struct loading l = {v, table, NULL};
    struct db_value value = {DB_NUMBER, (i64)key, {NULL, 0}};
    struct err err;

    if (row)
        return row->is_gone ? NULL : row;
    if (!key || v->is_lost)
        return NULL;
    if (!db_run(v->db, v->rows.select[table], &value, 1, row_load, &l, &err))
        view_lose(v, &err);
    return l.row;
}

/* ---- changing -------------------------------------------------------------------- */

void copy_del(struct view *v, struct row *row)
{
    copy_touch(v, row);
    row->is_gone = true;
}

void copy_put_number(struct view *v, struct row *row, u32 cell, u64 number)
{
    if (row->cells[cell].number == number)
        return;
    row->cells[cell].number = number;
    copy_touch(v, row);
}

void copy_put_text(struct view *v, struct row *row, u32 cell, struct str text)
{
    if (str_equal(row->cells[cell].text, text))
        return;
    row->cells[cell].text = arena_copy(&v->rows.arena, text);
    copy_touch(v, row);
}

/* ---- writing down ---------------------------------------------------------------- */

static struct db_value cell_value(const struct cell *c, enum cell_type type)
{
    switch (type) {
    case CELL_KEY:
    case CELL_TIME:
        if (!c->number)
            break;
        return (struct db_value){DB_NUMBER, (i64)c->number, {NULL, 0}};
    case CELL_NUMBER:
    case CELL_FLAG:
        return (struct db_value){DB_NUMBER, (i64)c->number, {NULL, 0}};
    case CELL_TEXT:
        if (!c->text.len)
            break;
        return (struct db_value){DB_TEXT, 0, c->text};
    case CELL_NAME:
        return (struct db_value){DB_TEXT, 0, c->text};
    case CELL_BYTES:
        return (struct db_value){DB_BYTES, 0, c->text};
    case CELL_MARK:
        must(!"a column has a type");
    }
    return (struct db_value){DB_NULL, 0, {NULL, 0}};
}

/* What is to be done with a row; 0: nothing. */
enum writing { WRITE_NOTHING, WRITE_REMOVE, WRITE_INSERT, WRITE_UPDATE, WRITINGS };

static enum writing writing_of(const struct row *row)
{
    if (row->is_gone)
        return row->is_new ? WRITE_NOTHING : WRITE_REMOVE;
    return row->is_new ? WRITE_INSERT : WRITE_UPDATE;
}

/* Some rows of one table with which the same is to be done. */
static bool rows_write(struct view *v, struct row *const *rows, u32 count)
{
    struct table_info t = view_table(rows[0]->table);
    enum writing writing = writing_of(rows[0]);
    u32 columns = writing == WRITE_REMOVE ? 1 : t.count;
    struct db_value *values = v->rows.values;
    enum db_kind kinds[CELLS_MAX];
    struct err err;

    must(t.count <= CELLS_MAX);
    for (u32 i = 0; i < columns; i++)
        kinds[i] = kind_of(view_kept[t.first + i].type);
    for (u32 k = 0; k < count; k++)
        for (u32 i = 0; i < columns; i++)
            *values++ = cell_value(&rows[k]->cells[i], view_kept[t.first + i].type);
    struct db_statement *s = writing == WRITE_REMOVE   ? v->rows.remove[rows[0]->table]
                             : writing == WRITE_INSERT ? v->rows.insert[rows[0]->table]
                                                       : v->rows.update[rows[0]->table];
    if (writing != WRITE_NOTHING &&
        !db_many(v->db, s, kinds, columns, v->rows.values, count, &err)) {
        view_lose(v, &err);
        return false;
    }
    for (u32 k = 0; k < count; k++) {
        rows[k]->is_new = rows[k]->is_gone;
        rows[k]->is_dirty = false;
    }
    return true;
}

/* Table by table, and what is done alike together; else in the order of their coming.
 */
static struct row **rows_order(struct rows *r)
{
    u32 places[VIEW_TABLES * WRITINGS + 1] = {0};

    r->ordered = must_realloc(r->ordered, (r->dirty_count + 1) * sizeof(struct row *));
    for (size_t i = 0; i < r->dirty_count; i++)
        places[r->dirty[i]->table * WRITINGS + writing_of(r->dirty[i]) + 1]++;
    for (size_t i = 1; i < LEN(places); i++)
        places[i] += places[i - 1];
    for (size_t i = 0; i < r->dirty_count; i++) {
        struct row *row = r->dirty[i];
        r->ordered[places[row->table * WRITINGS + writing_of(row)]++] = row;
    }
    return r->ordered;
}

static u32 rows_alike(struct row *const *rows, size_t left)
{
    u32 count = 1;

    while (count < left && count < ROWS_TOGETHER &&
           rows[count]->table == rows[0]->table &&
           writing_of(rows[count]) == writing_of(rows[0]))
        count++;
    return count;
}

/* A story adds rows, so it comes before those. */
static bool stories_flush(struct view *v)
{
    for (size_t i = 0; i < v->rows.dirty_count; i++)
        if (v->rows.dirty[i]->story && !story_flush(v, v->rows.dirty[i]))
            return false;
    return true;
}

bool rows_flush(struct view *v)
{
    struct rows *r = &v->rows;

    if (v->is_lost || !definitions_flush(v) || !stories_flush(v))
        return false;
    struct row **rows = rows_order(r);
    for (size_t i = 0, count; i < r->dirty_count; i += count) {
        count = rows_alike(rows + i, r->dirty_count - i);
        if (!rows_write(v, rows + i, (u32)count))
            return false;
    }
    r->dirty_count = 0;
    if (arena_total(&r->arena) > v->options.memory)
        rows_forget(v);
    return true;
}

void rows_forget(struct view *v)
{
    struct rows *r = &v->rows;

    must(r->dirty_count == 0);
    memset(r->buckets, 0, r->size * sizeof(struct row *));
    r->count = 0;
    arena_reset(&r->arena);
}
