#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "view/inside.h"

/* ---- statements ------------------------------------------------------------------ */

static struct db_statement *rows_insert(struct view *v, const struct table_info *t,
                                        struct err *err)
{
    char sql[4096];
    size_t len = (size_t)snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (", t->name);

    for (u32 i = 0; i < t->count; i++)
        len += (size_t)snprintf(sql + len, sizeof(sql) - len, "%s?", i ? ", " : "");
    snprintf(sql + len, sizeof(sql) - len, ")");
    return db_prepare(v->db, sql, err);
}

/* The key comes last, since it is the last parameter. */
static struct db_statement *rows_update(struct view *v, const struct table_info *t,
                                        struct err *err)
{
    char sql[4096];
    size_t len = (size_t)snprintf(sql, sizeof(sql), "UPDATE %s SET ", t->name);

    for (u32 i = 1; i < t->count; i++)
        len += (size_t)snprintf(sql + len, sizeof(sql) - len, "%s%s = ?",
                                i > 1 ? ", " : "", view_kept[t->first + i].name);
    snprintf(sql + len, sizeof(sql) - len, " WHERE %s = ?", t->key);
    return db_prepare(v->db, sql, err);
}

bool rows_prepare(struct view *v, struct err *err)
{
    struct rows *r = &v->rows;
    char sql[256];

    arena_init(&r->arena, 65536, SIZE_MAX / 2, NULL);
    r->size = 4096;
    r->buckets = must_alloc(r->size * sizeof(struct row *));
    for (enum view_table table = 0; table < VIEW_TABLES; table++) {
        struct table_info t = view_table(table);
        if (t.from)
            continue;
        r->insert[table] = rows_insert(v, &t, err);
        r->update[table] = rows_update(v, &t, err);
        snprintf(sql, sizeof(sql), "DELETE FROM %s WHERE %s = ?", t.name, t.key);
        r->remove[table] = db_prepare(v->db, sql, err);
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
    arena_free(&r->arena);
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

#define CELLS_MAX 64

static bool row_write(struct view *v, struct row *row)
{
    struct table_info t = view_table(row->table);
    struct db_value values[CELLS_MAX];
    struct err err;
    bool is_good = true;

    must(t.count < CELLS_MAX);
    for (u32 i = 0; i < t.count; i++)
        values[i] = cell_value(&row->cells[i], view_kept[t.first + i].type);
    values[t.count] = values[0];
    if (row->is_gone && !row->is_new)
        is_good =
            db_run(v->db, v->rows.remove[row->table], values, 1, NULL, NULL, &err);
    else if (row->is_new && !row->is_gone)
        is_good = db_run(v->db, v->rows.insert[row->table], values, t.count, NULL, NULL,
                         &err);
    else if (!row->is_gone)
        is_good = db_run(v->db, v->rows.update[row->table], values + 1, t.count, NULL,
                         NULL, &err);
    row->is_new = row->is_gone;
    row->is_dirty = false;
    if (!is_good)
        view_lose(v, &err);
    return is_good;
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
    for (size_t i = 0; i < r->dirty_count; i++)
        if (!row_write(v, r->dirty[i]))
            return false;
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
