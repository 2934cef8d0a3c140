/* sqlite.c - the database as one file beside the logs. One thread uses it. What a crash
 * takes away stands in the log, so nothing waits for the disk but its checkpoints. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "query/query.h"
#include "view/db.h"

struct sqlite {
    struct db db;
    sqlite3 *handle; /* owned */
    i64 limit_ms, begun_ms;
};

static struct sqlite *sqlite_of(struct db *db)
{
    return (struct sqlite *)(void *)db;
}

static bool sqlite_failed(struct sqlite *s, int code, const char *what, struct err *err)
{
    if (code == SQLITE_INTERRUPT)
        return err_set(err, ERR_LIMIT, "the search took longer than %lld ms",
                       (long long)s->limit_ms);
    return err_set(
        err, code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? ERR_CORRUPT : ERR_IO,
        "the searchable view: %s: %s", what, sqlite3_errmsg(s->handle));
}

static bool sqlite_script(struct db *db, const char *sql, struct err *err)
{
    struct sqlite *s = sqlite_of(db);
    int code = sqlite3_exec(s->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || sqlite_failed(s, code, "a statement failed", err);
}

static struct db_statement *sqlite_prepare(struct db *db, const char *sql,
                                           struct err *err)
{
    struct sqlite *s = sqlite_of(db);
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v3(s->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  &statement, NULL);

    if (code != SQLITE_OK)
        sqlite_failed(s, code, "a statement cannot be prepared", err);
    return (struct db_statement *)(void *)statement;
}

static void sqlite_bind(sqlite3_stmt *statement, int at, const struct db_value *v)
{
    int code = SQLITE_OK;

    switch (v->kind) {
    case DB_NULL:
        code = sqlite3_bind_null(statement, at);
        break;
    case DB_NUMBER:
        code = sqlite3_bind_int64(statement, at, v->number);
        break;
    case DB_TEXT:
        code = sqlite3_bind_text64(statement, at, v->text.data ? v->text.data : "",
                                   v->text.len, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case DB_BYTES:
        code = sqlite3_bind_blob64(statement, at, v->text.data ? v->text.data : "",
                                   v->text.len, SQLITE_STATIC);
        break;
    }
    must(code == SQLITE_OK || code == SQLITE_TOOBIG || code == SQLITE_NOMEM);
}

static struct db_value sqlite_value(sqlite3_stmt *statement, int at)
{
    struct db_value v = {DB_NULL, 0, {NULL, 0}};

    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
        v.kind = DB_NUMBER;
        v.number = sqlite3_column_int64(statement, at);
        break;
    case SQLITE_TEXT:
        v.kind = DB_TEXT;
        v.text.data = (const char *)sqlite3_column_text(statement, at);
        v.text.len = (size_t)sqlite3_column_bytes(statement, at);
        break;
    case SQLITE_BLOB:
        v.kind = DB_BYTES;
        v.text.data = sqlite3_column_blob(statement, at);
        v.text.len = (size_t)sqlite3_column_bytes(statement, at);
        break;
    }
    return v;
}

#define COLUMNS_MAX 96

static bool sqlite_row(sqlite3_stmt *statement, db_row *row, void *ctx)
{
    struct db_value values[COLUMNS_MAX];
    int count = sqlite3_column_count(statement);

    must(count <= COLUMNS_MAX);
    for (int i = 0; i < count; i++)
        values[i] = sqlite_value(statement, i);
    return row(ctx, values, (u32)count);
}

static i64 clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool sqlite_run(struct db *db, struct db_statement *prepared,
                       const struct db_value *values, u32 count, db_row *row, void *ctx,
                       struct err *err)
{
    struct sqlite *s = sqlite_of(db);
    sqlite3_stmt *statement = (sqlite3_stmt *)(void *)prepared;
    int code;

    if (s->limit_ms)
        s->begun_ms = clock_ms();
    sqlite3_reset(statement); /* a jump out of `row` may have left it half way */
    for (u32 i = 0; i < count; i++)
        sqlite_bind(statement, (int)i + 1, &values[i]);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (row && !sqlite_row(statement, row, ctx)) {
            code = SQLITE_DONE;
            break;
        }
    bool is_good =
        code == SQLITE_DONE || sqlite_failed(s, code, "a statement failed", err);
    sqlite3_reset(statement);
    return is_good;
}

static void sqlite_finish(struct db *db, struct db_statement *statement)
{
    sqlite3_finalize((sqlite3_stmt *)(void *)statement);
}

static bool sqlite_many(struct db *db, struct db_statement *prepared,
                        const enum db_kind *kinds, u32 columns,
                        const struct db_value *values, u32 rows, struct err *err)
{
    for (u32 i = 0; i < rows; i++)
        if (!sqlite_run(db, prepared, values + (size_t)i * columns, columns, NULL, NULL,
                        err))
            return false;
    return true;
}

/* Whatever is committed may be lost with the machine's power, and comes again then. */
static bool sqlite_commit(struct db *db, bool is_durable, struct err *err)
{
    return sqlite_script(db, "COMMIT", err);
}

static bool number_take(void *ctx, const struct db_value *values, u32 count)
{
    *(i64 *)ctx = values[0].number;
    return true;
}

static bool sqlite_format(struct db *db, i64 *out, struct err *err)
{
    struct db_statement *s = sqlite_prepare(db, "PRAGMA user_version", err);
    bool is_good = s && sqlite_run(db, s, NULL, 0, number_take, out, err);

    sqlite_finish(db, s);
    return is_good;
}

static bool sqlite_format_put(struct db *db, i64 format, struct err *err)
{
    char sql[64];

    snprintf(sql, sizeof(sql), "PRAGMA user_version = %lld", (long long)format);
    return sqlite_script(db, sql, err);
}

static int sqlite_progress(void *ctx)
{
    struct sqlite *s = ctx;

    return s->limit_ms && clock_ms() - s->begun_ms > s->limit_ms;
}

static void sqlite_limit(struct db *db, i64 ms)
{
    struct sqlite *s = sqlite_of(db);

    s->limit_ms = ms;
    sqlite3_progress_handler(s->handle, ms ? 20000 : 0, ms ? sqlite_progress : NULL, s);
}

static void sqlite_close(struct db *db)
{
    struct sqlite *s = sqlite_of(db);

    for (sqlite3_stmt *left; (left = sqlite3_next_stmt(s->handle, NULL));)
        sqlite3_finalize(left);
    sqlite3_close(s->handle);
    free(s);
}

/* is_like(text, pattern), by the rules of query.h: its own, since LIKE and GLOB can
 * take for ever with many stars. */
static void sqlite_like(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct str text = {(const char *)sqlite3_value_text(values[0]),
                       (size_t)sqlite3_value_bytes(values[0])};
    struct str pattern = {(const char *)sqlite3_value_text(values[1]),
                          (size_t)sqlite3_value_bytes(values[1])};

    if (!text.data || !pattern.data)
        sqlite3_result_null(context);
    else
        sqlite3_result_int(context, text_is_like(text, pattern));
}

static const struct db_ops sqlite_ops = {
    .script = sqlite_script,
    .prepare = sqlite_prepare,
    .run = sqlite_run,
    .many = sqlite_many,
    .finish = sqlite_finish,
    .limit = sqlite_limit,
    .commit = sqlite_commit,
    .format = sqlite_format,
    .format_put = sqlite_format_put,
    .close = sqlite_close,
};

static const struct db_dialect sqlite_dialect = {
    .key = "INTEGER PRIMARY KEY",
    .number = "BIGINT",
    .text = "TEXT",
    .bytes = "BLOB",
    .texts = "json_each(%1$s) e",
    .like = "is_like(%s, ?)",
};

struct db *db_sqlite_open(const char *path, struct err *err)
{
    struct sqlite *s = must_alloc(sizeof(*s));
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    s->db.ops = &sqlite_ops;
    s->db.dialect = &sqlite_dialect;
    /* Counting what it allocates costs a lock each time. Too late the second time. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int code = sqlite3_open_v2(path, &s->handle, flags, NULL);
    if (code != SQLITE_OK) {
        sqlite_failed(s, code, path, err);
        sqlite3_close(s->handle);
        free(s);
        return NULL;
    }
    sqlite3_create_function(s->handle, "is_like", 2,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                            NULL, sqlite_like, NULL, NULL);
    if (sqlite_script(&s->db,
                      "PRAGMA page_size = 8192;"
                      "PRAGMA journal_mode = WAL;"
                      "PRAGMA locking_mode = EXCLUSIVE;"
                      "PRAGMA synchronous = NORMAL;"
                      "PRAGMA wal_autocheckpoint = 4000;"
                      "PRAGMA cache_size = -131072;"
                      "PRAGMA temp_store = MEMORY;"
                      "PRAGMA mmap_size = 268435456;"
                      "SELECT count(*) FROM sqlite_master",
                      err))
        return &s->db;
    sqlite_close(&s->db);
    return NULL;
}
