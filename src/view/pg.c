/* pg.c - the database as a schema of a PostgreSQL server, by its C library. What has no
 * answer is sent on without waiting (a pipeline); what came of it is looked at before
 * the next answer, at the commit, or when much is under way. One thread uses it. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "view/db.h"
#include "view/libpq.h"

#define QUEUE_MAX     256               /* statements under way */
#define BYTES_MAX     ((size_t)4 << 20) /* of values under way, or in one statement */
#define ROWS_MAX      1000              /* that one statement writes */
#define LOCK          1717924461        /* the first half of our locks' names */
#define LOCK_TRIES    30                /* a tenth of a second each */
#define VERSION_LEAST 120000

/* As the server numbers its types. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTES = 17,
    TYPE_INT8 = 20,
    TYPE_NUMERIC = 1700,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
};

struct pg {
    struct db db;
    struct libpq q;
    PGconn *conn;                /* owned */
    struct arena params, answer; /* of the statement to send; of the row in hand */
    PGresult *result;            /* owned: the row in hand; a jump may leave it */
    i64 limit_ms, begun_ms;
    u32 queued; /* what came of these was not looked at yet */
    size_t bytes;
    u32 names;
    bool is_open;    /* a transaction is */
    bool is_reading; /* an answer; a jump may leave it */
    bool is_canceled, is_lost;
    struct err err; /* why it is lost */
    const char *owner;
};

struct pg_statement {
    char *sql;     /* owned */
    char name[16]; /* empty: it was not run twice yet */
    u32 runs;
};

static struct pg *pg_of(struct db *db)
{
    return (struct pg *)(void *)db;
}

static struct pg_statement *statement_of(struct db_statement *s)
{
    return (struct pg_statement *)(void *)s;
}

static i64 clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- failing --------------------------------------------------------------------- */

/* Its texts have lines, and we have one. */
static void line_of(const char *text, char *out, size_t size)
{
    size_t len = 0;

    for (; *text && len + 1 < size; text++)
        if (*text != '\n' || (text[1] && text[1] != '\n'))
            out[len++] = *text == '\n' || *text == '\t' ? ' ' : *text;
    out[len] = '\0';
}

static bool pg_lose(struct pg *p, const char *why, struct err *err)
{
    char line[400];

    line_of(why, line, sizeof(line));
    err_set(err, ERR_AWAY, "the history in PostgreSQL: %s", line);
    p->is_lost = true;
    p->err = *err;
    return false;
}

static bool pg_lose_connection(struct pg *p, struct err *err)
{
    return pg_lose(p, p->q.PQerrorMessage(p->conn), err);
}

/* Outside a transaction a statement that fails takes nothing with it. */
static bool pg_failed(struct pg *p, PGresult *r, struct err *err)
{
    const char *state = p->q.PQresultErrorField(r, PG_DIAG_SQLSTATE);
    char line[400];

    if (state && strcmp(state, "57014") == 0 && p->is_canceled)
        err_set(err, ERR_LIMIT, "the search took longer than %lld ms",
                (long long)p->limit_ms);
    else if (p->is_open || p->q.PQstatus(p->conn) == CONNECTION_BAD)
        return pg_lose(p, p->q.PQresultErrorMessage(r), err);
    else {
        line_of(p->q.PQresultErrorMessage(r), line, sizeof(line));
        err_set(err, ERR_IO, "the history in PostgreSQL: %s", line);
    }
    return false;
}

static bool is_usable(const struct pg *p, struct err *err)
{
    if (p->is_lost)
        *err = p->err;
    return !p->is_lost;
}

/* ---- waiting --------------------------------------------------------------------- */

static void pg_cancel(struct pg *p)
{
    PGcancel *c = p->q.PQgetCancel(p->conn);
    char why[256];

    p->is_canceled = true;
    if (c)
        p->q.PQcancel(c, why, sizeof(why));
    p->q.PQfreeCancel(c);
}

static int left_ms(const struct pg *p)
{
    i64 left = p->begun_ms + p->limit_ms - clock_ms();

    if (!p->limit_ms || p->is_canceled)
        return -1;
    return left > 0 ? (int)left : 0;
}

/* Until there is something to take. */
static bool pg_wait(struct pg *p, struct err *err)
{
    for (;;) {
        int more = p->q.PQflush(p->conn);
        if (more < 0)
            return pg_lose_connection(p, err);
        if (!p->q.PQisBusy(p->conn))
            return true;
        struct pollfd f = {.fd = p->q.PQsocket(p->conn),
                           .events = (short)(POLLIN | (more ? POLLOUT : 0))};
        int ready = poll(&f, 1, left_ms(p));
        if (ready == 0)
            pg_cancel(p);
        if (ready > 0 && f.revents & ~POLLOUT && !p->q.PQconsumeInput(p->conn))
            return pg_lose_connection(p, err);
    }
}

typedef bool pg_taker(struct pg *p, PGresult *r, void *ctx);

/* Takes all that comes up to the mark in the pipeline. The first failure counts. */
static bool pg_take(struct pg *p, pg_taker *take, void *ctx, struct err *err)
{
    bool is_good = true, is_over = false;
    struct err more;

    while (!is_over) {
        if (!pg_wait(p, err))
            return false;
        p->result = p->q.PQgetResult(p->conn);
        ExecStatusType status = p->q.PQresultStatus(p->result);
        is_over = status == PGRES_PIPELINE_SYNC;
        if (!p->result && p->q.PQstatus(p->conn) == CONNECTION_BAD)
            return pg_lose_connection(p, err);
        if (status == PGRES_SINGLE_TUPLE && take)
            take = take(p, p->result, ctx) ? take : NULL;
        else if (p->result && status == PGRES_FATAL_ERROR)
            is_good = pg_failed(p, p->result, is_good ? err : &more);
        p->q.PQclear(p->result);
        p->result = NULL;
    }
    p->queued = 0;
    p->bytes = 0;
    return is_good && is_usable(p, err);
}

static bool pg_mark(struct pg *p, struct err *err)
{
    return p->q.PQpipelineSync(p->conn) || pg_lose_connection(p, err);
}

/* A jump has left an answer. */
static bool pg_leave(struct pg *p, struct err *err)
{
    struct err gone;

    if (!p->is_reading)
        return true;
    p->is_reading = false;
    p->q.PQclear(p->result);
    p->result = NULL;
    pg_cancel(p);
    return pg_take(p, NULL, NULL, &gone) || is_usable(p, err);
}

/* What came of all that was sent. */
static bool pg_drain(struct pg *p, struct err *err)
{
    if (!is_usable(p, err) || !pg_leave(p, err))
        return false;
    return p->queued == 0 || (pg_mark(p, err) && pg_take(p, NULL, NULL, err));
}

static bool pg_queued(struct pg *p, bool is_sent, size_t bytes, struct err *err)
{
    if (!is_sent)
        return pg_lose_connection(p, err);
    p->queued++;
    p->bytes += bytes;
    if (p->queued >= QUEUE_MAX || p->bytes > BYTES_MAX)
        return pg_drain(p, err);
    return p->q.PQflush(p->conn) >= 0 || pg_lose_connection(p, err);
}

static bool pg_send(struct pg *p, const char *sql, struct err *err)
{
    if (!is_usable(p, err) || !pg_leave(p, err))
        return false;
    return pg_queued(
        p, p->q.PQsendQueryParams(p->conn, sql, 0, NULL, NULL, NULL, NULL, 1), 0, err);
}

/* ---- values ----------------------------------------------------------------------
 *
 * A text there has neither a zero byte nor anything that is no UTF-8. Those that
 * clients bring all the same are written behind a byte 1, in such a way that the order
 * stays. */

static bool is_plain(struct str s)
{
    return s.len == 0 || (!memchr(s.data, 0, s.len) && !memchr(s.data, 1, s.len) &&
                          utf8_valid(s) == s.len);
}

static struct str text_written(struct pg *p, struct str s)
{
    struct buf b;

    if (is_plain(s))
        return s;
    buf_init(&b, &p->params, s.len * 2 + 16);
    for (size_t at = 0; at < s.len;) {
        size_t good = utf8_valid((struct str){s.data + at, s.len - at});
        for (size_t end = at + good; at < end; at++)
            if ((u8)s.data[at] > 1)
                buf_byte(&b, s.data[at]);
            else
                buf_print(&b, "\1%c", '0' + s.data[at]);
        if (at < s.len)
            buf_print(&b, "\1x%02x", (u8)s.data[at++]);
    }
    return buf_str(&b);
}

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static struct str text_read(struct pg *p, struct str s)
{
    struct buf b;

    if (s.len == 0 || !memchr(s.data, 1, s.len))
        return s;
    buf_init(&b, &p->answer, s.len);
    for (size_t at = 0; at < s.len; at++) {
        if (s.data[at] != 1 || s.len - at < 2) {
            buf_byte(&b, s.data[at]);
        } else if (s.data[at + 1] == 'x' && s.len - at >= 4) {
            buf_byte(
                &b, (char)(hex_digit(s.data[at + 2]) << 4 | hex_digit(s.data[at + 3])));
            at += 3;
        } else {
            buf_byte(&b, (char)(s.data[at + 1] - '0'));
            at++;
        }
    }
    return buf_str(&b);
}

static void big_put(char *to, u64 number, u32 bytes)
{
    for (u32 i = 0; i < bytes; i++)
        to[i] = (char)(number >> (8 * (bytes - 1 - i)));
}

static i64 big_get(const char *from, int bytes)
{
    u64 number = (u8)from[0] & 0x80 ? UINT64_MAX : 0;

    for (int i = 0; i < bytes; i++)
        number = number << 8 | (u8)from[i];
    return (i64)number;
}

static Oid type_of(enum db_kind kind)
{
    switch (kind) {
    case DB_NULL:
        return 0;
    case DB_NUMBER:
        return TYPE_INT8;
    case DB_TEXT:
        return TYPE_TEXT;
    case DB_BYTES:
        return TYPE_BYTES;
    }
    return 0;
}

/* As libpq wants them: side by side, all in binary. */
struct params {
    Oid *types;
    const char **values;
    int *lengths, *formats;
    u32 count;
    size_t bytes;
};

static void params_open(struct pg *p, struct params *all, u32 count)
{
    arena_reset(&p->params);
    *all = (struct params){.types = NEW_ARRAY(&p->params, Oid, count + 1),
                           .values = NEW_ARRAY(&p->params, const char *, count + 1),
                           .lengths = NEW_ARRAY(&p->params, int, count + 1),
                           .formats = NEW_ARRAY(&p->params, int, count + 1),
                           .count = count};
}

static void param_set(struct params *all, u32 at, Oid type, struct str bytes)
{
    all->types[at] = type;
    all->values[at] = bytes.data ? bytes.data : "";
    all->lengths[at] = (int)bytes.len;
    all->formats[at] = 1;
    all->bytes += bytes.len;
}

static void params_fill(struct pg *p, struct params *all, const struct db_value *values)
{
    for (u32 i = 0; i < all->count; i++) {
        const struct db_value *v = &values[i];
        struct str bytes = v->text;
        if (v->kind == DB_NULL)
            continue;
        if (v->kind == DB_TEXT)
            bytes = text_written(p, v->text);
        if (v->kind == DB_NUMBER) {
            char *number = arena_alloc(&p->params, 8);
            big_put(number, (u64)v->number, 8);
            bytes = (struct str){number, 8};
        }
        param_set(all, i, type_of(v->kind), bytes);
    }
}

static void element_put(struct pg *p, struct buf *b, const struct db_value *v)
{
    struct str bytes = v->kind == DB_TEXT ? text_written(p, v->text) : v->text;
    u32 len = v->kind == DB_NULL     ? UINT32_MAX
              : v->kind == DB_NUMBER ? 8
                                     : (u32)bytes.len;

    big_put(buf_room(b, 12), len, 4);
    b->len += 4;
    if (v->kind == DB_NUMBER) {
        big_put(buf_room(b, 8), (u64)v->number, 8);
        b->len += 8;
    } else if (v->kind != DB_NULL) {
        buf_add(b, bytes);
    }
}

/* A column of the rows as an array: dimensions, whether there are nulls, the type, how
 * many from which number; then each, with its length. */
static struct str list_written(struct pg *p, enum db_kind kind,
                               const struct db_value *values, u32 columns, u32 rows)
{
    u32 head[5] = {1, 1, type_of(kind), rows, 1};
    struct buf b;

    buf_init(&b, &p->params, 64 + (size_t)rows * 16);
    for (size_t i = 0; i < LEN(head); i++) {
        big_put(buf_room(&b, 4), head[i], 4);
        b.len += 4;
    }
    for (u32 i = 0; i < rows; i++)
        element_put(p, &b, &values[(size_t)i * columns]);
    return buf_str(&b);
}

static Oid list_type(enum db_kind kind)
{
    return kind == DB_NUMBER ? 1016 : kind == DB_TEXT ? 1009 : 1001;
}

/* A whole number: how many digits to the base 10,000, the place of the first, sign,
 * decimals, the digits, each of two bytes. */
static i64 numeric_read(struct str bytes)
{
    i64 count = big_get(bytes.data, 2), weight = big_get(bytes.data + 2, 2), value = 0;
    bool is_below = big_get(bytes.data + 4, 2) != 0;

    for (i64 i = 0; i <= weight; i++)
        value = value * 10000 + (i < count ? big_get(bytes.data + 8 + 2 * i, 2) : 0);
    return is_below ? -value : value;
}

static struct db_value value_read(struct pg *p, PGresult *r, int column)
{
    struct str bytes = {p->q.PQgetvalue(r, 0, column),
                        (size_t)p->q.PQgetlength(r, 0, column)};

    if (p->q.PQgetisnull(r, 0, column))
        return (struct db_value){DB_NULL, 0, {NULL, 0}};
    switch (p->q.PQftype(r, column)) {
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return (struct db_value){
            DB_NUMBER, big_get(bytes.data, (int)bytes.len), {NULL, 0}};
    case TYPE_NUMERIC: /* a sum */
        return (struct db_value){DB_NUMBER, numeric_read(bytes), {NULL, 0}};
    case TYPE_BYTES:
        return (struct db_value){DB_BYTES, 0, bytes};
    case TYPE_TEXT:
        return (struct db_value){DB_TEXT, 0, text_read(p, bytes)};
    }
    must(!"a type that our statements have");
    return (struct db_value){DB_NULL, 0, {NULL, 0}};
}

/* ---- statements ------------------------------------------------------------------ */

static bool pg_script(struct db *db, const char *sql, struct err *err)
{
    struct pg *p = pg_of(db);
    bool is_sent = pg_send(p, sql, err);

    p->is_open = p->is_open || (is_sent && strcmp(sql, "BEGIN") == 0);
    return is_sent;
}

/* `?` becomes `$1`, `$2`, but not in a text. */
static char *sql_numbered(const char *sql)
{
    size_t size = strlen(sql) + 1, len = 0;
    bool is_text = false;
    u32 count = 0;

    for (const char *c = sql; *c; c++)
        size += *c == '?' ? 6 : 0;
    char *out = must_alloc(size);
    for (; *sql; sql++) {
        is_text = is_text != (*sql == '\'');
        if (*sql == '?' && !is_text)
            len += (size_t)snprintf(out + len, size - len, "$%u", ++count);
        else
            out[len++] = *sql;
    }
    return out;
}

static struct db_statement *pg_prepare(struct db *db, const char *sql, struct err *err)
{
    struct pg_statement *s = must_alloc(sizeof(*s));

    s->sql = sql_numbered(sql);
    return (struct db_statement *)(void *)s;
}

/* A statement that is run a second time is worth a plan that is kept. */
static bool statement_name(struct pg *p, struct pg_statement *s,
                           const struct params *all, struct err *err)
{
    if (s->runs++ == 0 || s->name[0])
        return true;
    snprintf(s->name, sizeof(s->name), "s%u", ++p->names);
    return pg_queued(p,
                     p->q.PQsendPrepare(p->conn, s->name, s->sql, (int)all->count,
                                        all->types),
                     0, err) &&
           pg_drain(p, err);
}

static int statement_send(struct pg *p, const struct pg_statement *s,
                          const struct params *all)
{
    if (s->name[0])
        return p->q.PQsendQueryPrepared(p->conn, s->name, (int)all->count, all->values,
                                        all->lengths, all->formats, 1);
    return p->q.PQsendQueryParams(p->conn, s->sql, (int)all->count, all->types,
                                  all->values, all->lengths, all->formats, 1);
}

struct reading {
    db_row *row;
    void *ctx;
};

#define COLUMNS_MAX 96

static bool row_take(struct pg *p, PGresult *r, void *ctx)
{
    struct reading *reading = ctx;
    struct db_value values[COLUMNS_MAX];
    int count = p->q.PQnfields(r);

    must(count <= COLUMNS_MAX);
    arena_reset(&p->answer);
    for (int i = 0; i < count; i++)
        values[i] = value_read(p, r, i);
    return reading->row(reading->ctx, values, (u32)count);
}

/* An answer is waited for, after all that was sent before. */
static bool statement_read(struct pg *p, const struct pg_statement *s,
                           const struct params *all, struct reading *reading,
                           struct err *err)
{
    p->begun_ms = clock_ms();
    p->is_canceled = false;
    if (!statement_send(p, s, all) || !pg_mark(p, err) ||
        !p->q.PQsetSingleRowMode(p->conn))
        return pg_lose_connection(p, err);
    p->is_reading = true;
    bool is_good = pg_take(p, row_take, reading, err);
    p->is_reading = false;
    return is_good;
}

static bool pg_run(struct db *db, struct db_statement *prepared,
                   const struct db_value *values, u32 count, db_row *row, void *ctx,
                   struct err *err)
{
    struct pg_statement *s = statement_of(prepared);
    struct reading reading = {row, ctx};
    struct pg *p = pg_of(db);
    struct params all;

    if (!is_usable(p, err) || !pg_leave(p, err))
        return false;
    params_open(p, &all, count);
    params_fill(p, &all, values);
    if (!statement_name(p, s, &all, err))
        return false;
    if (!row)
        return pg_queued(p, statement_send(p, s, &all), all.bytes, err);
    return pg_drain(p, err) && statement_read(p, s, &all, &reading, err);
}

/* So many of the rows that one statement does not become too large. */
static u32 rows_fit(const struct db_value *values, u32 columns, u32 rows)
{
    size_t bytes = 0;
    u32 count = 0;

    for (; count < rows && count < ROWS_MAX; count++) {
        for (u32 i = 0; i < columns; i++)
            bytes += values[(size_t)count * columns + i].text.len;
        if (bytes > BYTES_MAX && count)
            break;
    }
    return count;
}

static bool pg_many(struct db *db, struct db_statement *prepared,
                    const enum db_kind *kinds, u32 columns,
                    const struct db_value *values, u32 rows, struct err *err)
{
    struct pg_statement *s = statement_of(prepared);
    struct pg *p = pg_of(db);
    struct params all;

    if (!is_usable(p, err) || !pg_leave(p, err))
        return false;
    for (u32 at = 0, count; at < rows; at += count) {
        const struct db_value *from = values + (size_t)at * columns;
        count = rows_fit(from, columns, rows - at);
        params_open(p, &all, columns);
        for (u32 i = 0; i < columns; i++)
            param_set(&all, i, list_type(kinds[i]),
                      list_written(p, kinds[i], from + i, columns, count));
        if (!statement_name(p, s, &all, err) ||
            !pg_queued(p, statement_send(p, s, &all), all.bytes, err))
            return false;
    }
    return true;
}

static void pg_finish(struct db *db, struct db_statement *prepared)
{
    struct pg_statement *s = statement_of(prepared);

    free(s->sql);
    free(s);
}

static void pg_limit(struct db *db, i64 ms)
{
    pg_of(db)->limit_ms = ms;
}

static bool pg_commit(struct db *db, bool is_durable, struct err *err)
{
    struct pg *p = pg_of(db);
    bool is_good =
        (!is_durable || pg_send(p, "SET LOCAL synchronous_commit = on", err)) &&
        pg_send(p, "COMMIT", err) && pg_drain(p, err);

    p->is_open = false;
    return is_good;
}

static void pg_close(struct db *db)
{
    struct pg *p = pg_of(db);

    p->q.PQclear(p->result);
    p->q.PQfinish(p->conn);
    arena_free(&p->params);
    arena_free(&p->answer);
    free(p);
}

/* ---- what kind of schema it is --------------------------------------------------- */

static bool number_take(void *ctx, const struct db_value *values, u32 count)
{
    *(i64 *)ctx = values[0].number;
    return true;
}

static bool number_ask(struct db *db, const char *sql, i64 *out, struct err *err)
{
    struct db_statement *s = pg_prepare(db, sql, err);
    bool is_good = pg_run(db, s, NULL, 0, number_take, out, err);

    pg_finish(db, s);
    return is_good;
}

static bool pg_format(struct db *db, i64 *out, struct err *err)
{
    i64 is_there = 0;

    *out = 0;
    return number_ask(db,
                      "SELECT count(*) FROM pg_tables WHERE schemaname = "
                      "current_schema() AND tablename = 'fermata'",
                      &is_there, err) &&
           (!is_there || number_ask(db, "SELECT format FROM fermata", out, err));
}

static bool pg_format_put(struct db *db, i64 format, struct err *err)
{
    struct pg *p = pg_of(db);
    struct db_value values[2] = {{DB_NUMBER, format, {NULL, 0}},
                                 {DB_TEXT, 0, str_of(p->owner ? p->owner : "")}};
    struct db_statement *s = pg_prepare(db, "INSERT INTO fermata VALUES (?, ?)", err);
    bool is_good =
        pg_send(p, "DROP TABLE IF EXISTS fermata", err) &&
        pg_send(p, "CREATE TABLE fermata (format BIGINT, owner TEXT)", err) &&
        pg_run(db, s, values, 2, NULL, NULL, err);

    pg_finish(db, s);
    return is_good;
}

static const struct db_ops pg_ops = {
    .script = pg_script,
    .prepare = pg_prepare,
    .run = pg_run,
    .many = pg_many,
    .finish = pg_finish,
    .limit = pg_limit,
    .commit = pg_commit,
    .format = pg_format,
    .format_put = pg_format_put,
    .close = pg_close,
};

/* Their LIKE has `%` and `_` where ours has `*` and `?`. */
static struct str pattern_of(struct str pattern, struct arena *arena)
{
    struct buf b;

    buf_init(&b, arena, pattern.len + 16);
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.data[i];
        if (c == '\\') {
            buf_byte(&b, c);
            buf_byte(&b, i + 1 < pattern.len ? pattern.data[++i] : c);
        } else if (c == '%' || c == '_') {
            buf_byte(&b, '\\');
            buf_byte(&b, c);
        } else {
            buf_byte(&b, (char)(c == '*' ? '%' : c == '?' ? '_' : c));
        }
    }
    return buf_str(&b);
}

/* A list with what their JSON does not take has no texts that can be looked for. */
static const struct db_dialect pg_dialect = {
    .key = "BIGINT PRIMARY KEY",
    .number = "BIGINT",
    .text = "TEXT COLLATE \"C\"",
    .bytes = "BYTEA",
    .texts =
        "json_array_elements_text(CAST(CASE WHEN strpos(%1$s, chr(1)) > 0 OR "
        "strpos(%1$s, '\\u0000') > 0 THEN '[]' ELSE %1$s END AS json)) AS e(value)",
    .like = "%s LIKE ?",
    .pattern = pattern_of,
    .head = 100,
    .has_lists = true,
    .sees_committed = true,
};

/* ---- opening ----------------------------------------------------------------------
 */

bool db_pg_is_url(const char *place)
{
    return strncmp(place, "postgres://", 11) == 0 ||
           strncmp(place, "postgresql://", 13) == 0;
}

void db_pg_name(const char *place, char *out, size_t size)
{
    const char *host = strstr(place, "://"), *at, *slash, *words;

    host = host ? host + 3 : place;
    slash = strchr(host, '/');
    at = strchr(host, '@');
    if (at && slash && at > slash)
        at = NULL;
    words = strchr(host, '?');
    const char *end = words ? words : host + strlen(host);
    const char *colon = at ? memchr(host, ':', (size_t)(at - host)) : NULL;
    const char *user_end = colon ? colon : at ? at : host;
    snprintf(out, size, "%.*s%.*s%.*s", (int)(host - place), place,
             (int)(user_end - host), host, (int)(end - (at ? at : host)),
             at ? at : host);
}

static void notice_drop(void *ctx, const char *text)
{
}

/* What the server says when it will not let us in for good. */
static bool is_refusal(const char *why)
{
    static const char *const words[] = {"authentication failed",
                                        "does not exist",
                                        "no password supplied",
                                        "no pg_hba.conf entry",
                                        "is not permitted",
                                        "permission denied",
                                        "could not translate host name",
                                        "invalid integer value",
                                        "invalid sslmode value"};

    for (size_t i = 0; i < LEN(words); i++)
        if (strstr(why, words[i]))
            return true;
    return false;
}

/* The first value of the first row; NULL: it is none, or nothing. In `out`. */
static bool value_ask(struct pg *p, const char *sql, char *out, size_t size,
                      struct err *err)
{
    PGresult *r = p->q.PQexec(p->conn, sql);
    ExecStatusType status = p->q.PQresultStatus(r);
    bool is_good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;

    out[0] = '\0';
    if (!is_good) {
        pg_lose(p, p->q.PQerrorMessage(p->conn), err);
        err->code = is_refusal(err->text) ? ERR_FENCED : ERR_AWAY;
    } else if (p->q.PQntuples(r) > 0)
        snprintf(out, size, "%s", p->q.PQgetvalue(r, 0, 0));
    p->q.PQclear(r);
    return is_good;
}

static bool script_do(struct pg *p, const char *sql, struct err *err)
{
    char ignored[8];

    return value_ask(p, sql, ignored, sizeof(ignored), err);
}

static bool url_check(struct pg *p, const char *url, struct err *err)
{
    char *why = NULL, line[300];
    PQconninfoOption *all = p->q.PQconninfoParse(url, &why);

    if (!all) {
        line_of(why ? why : "it cannot be read", line, sizeof(line));
        err_set(err, ERR_SYNTAX,
                "--history takes postgres://USER:PASSWORD@HOST:PORT/DATABASE: %s",
                line);
        p->q.PQfreemem(why);
        return false;
    }
    p->q.PQconninfoFree(all);
    return true;
}

/* What stands in the URL itself counts more. */
static bool pg_connect(struct pg *p, const char *url, struct err *err)
{
    const char *names[] = {"application_name",
                           "connect_timeout",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           "dbname",
                           "client_encoding",
                           NULL};
    const char *values[] = {"fermata", "2", "10", "5", "3", "15000", url, "UTF8", NULL};
    char line[400];

    if (!url_check(p, url, err))
        return false;
    p->conn = p->q.PQconnectdbParams(names, values, 1);
    p->q.PQsetNoticeProcessor(p->conn, notice_drop, NULL);
    if (p->q.PQstatus(p->conn) == CONNECTION_OK)
        return true;
    line_of(p->q.PQerrorMessage(p->conn), line, sizeof(line));
    return err_set(err, is_refusal(line) ? ERR_FENCED : ERR_AWAY,
                   "the history in PostgreSQL: %s", line);
}

static bool server_check(struct pg *p, struct err *err)
{
    int version = p->q.PQserverVersion(p->conn);
    const char *encoding = p->q.PQparameterStatus(p->conn, "server_encoding");

    if (version < VERSION_LEAST)
        return err_set(err, ERR_FENCED,
                       "the history in PostgreSQL: the server is of release %d.%d, and "
                       "12 is the oldest that will do",
                       version / 10000, version % 10000);
    return (encoding && strcmp(encoding, "UTF8") == 0) ||
           err_set(err, ERR_FENCED,
                   "the history in PostgreSQL: the database %s is encoded as %s; make "
                   "one with ENCODING 'UTF8'",
                   p->q.PQdb(p->conn), encoding ? encoding : "nothing known");
}

static bool schema_make(struct pg *p, const char *name, struct err *err)
{
    char sql[256], is_there[8];

    snprintf(sql, sizeof(sql), "SELECT 1 FROM pg_namespace WHERE nspname = '%s'", name);
    if (!value_ask(p, sql, is_there, sizeof(is_there), err))
        return false;
    snprintf(sql, sizeof(sql), "CREATE SCHEMA %s", name);
    return is_there[0] || script_do(p, sql, err);
}

/* A word that needs no quotes. */
static bool is_simple(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len < 64 && (name[0] < '0' || name[0] > '9') &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

/* That of the URL's search_path; if it names none, one of our own. */
static bool schema_choose(struct pg *p, char *schema, size_t size, struct err *err)
{
    char path[256];

    if (!value_ask(p, "SELECT current_setting('search_path')", path, sizeof(path), err))
        return false;
    bool is_open = strcmp(path, "\"$user\", public") == 0;
    if (is_open && (!schema_make(p, "fermata", err) ||
                    !script_do(p, "SET search_path = fermata", err)))
        return false;
    if (!is_open && is_simple(path) && !schema_make(p, path, err))
        return false;
    if (!value_ask(p, "SELECT current_schema()", schema, size, err))
        return false;
    return schema[0] || err_set(err, ERR_FENCED,
                                "the history in PostgreSQL: the search_path that the "
                                "URL names has no schema that is there");
}

/* Held by the session: whoever ends, however, gives it back. That of a server that was
 * killed a moment ago may still be held. */
static bool schema_lock(struct pg *p, const char *schema, struct err *err)
{
    const struct timespec pause = {.tv_nsec = 100000000};
    char sql[512], is_ours[8] = "", who[160];

    snprintf(sql, sizeof(sql),
             "SELECT pg_try_advisory_lock(%d, hashtext(current_schema()))", LOCK);
    for (int i = 0; i < LOCK_TRIES && is_ours[0] != 't'; i++) {
        if (i)
            nanosleep(&pause, NULL);
        if (!value_ask(p, sql, is_ours, sizeof(is_ours), err))
            return false;
    }
    if (is_ours[0] == 't')
        return true;
    snprintf(sql, sizeof(sql),
             "SELECT coalesce(host(client_addr), 'its own machine') || ', process ' || "
             "pid FROM pg_stat_activity WHERE pid = (SELECT pid FROM pg_locks WHERE "
             "locktype = 'advisory' AND granted AND classid = %d AND objid = "
             "hashtext(current_schema())::bigint & 4294967295 LIMIT 1)",
             LOCK);
    return value_ask(p, sql, who, sizeof(who), err) &&
           err_set(err, ERR_FENCED,
                   "the history in PostgreSQL: the schema %s of the database %s is "
                   "being written by another fermata (from %s); end that one, or name "
                   "another database or schema",
                   schema, p->q.PQdb(p->conn), who);
}

/* Tables that are there must be ours. */
static bool schema_check(struct pg *p, const char *schema, struct err *err)
{
    char found[128], owner[128];

    if (!value_ask(p,
                   "SELECT count(*) FROM pg_tables WHERE schemaname = "
                   "current_schema() AND tablename = 'fermata'",
                   found, sizeof(found), err))
        return false;
    if (found[0] == '0') {
        if (!value_ask(p,
                       "SELECT tablename FROM pg_tables WHERE schemaname = "
                       "current_schema() AND tablename IN ('process_instances', "
                       "'jobs', 'incidents', 'variables', 'followed') LIMIT 1",
                       found, sizeof(found), err))
            return false;
        return !found[0] ||
               err_set(
                   err, ERR_FENCED,
                   "the history in PostgreSQL: the schema %s of the database %s has "
                   "a table %s that is not fermata's; name another schema with "
                   "?options=-csearch_path%%3DNAME",
                   schema, p->q.PQdb(p->conn), found);
    }
    if (!value_ask(p, "SELECT owner FROM fermata", owner, sizeof(owner), err))
        return false;
    return !p->owner || strcmp(owner, p->owner) == 0 ||
           err_set(err, ERR_FENCED,
                   "the history in PostgreSQL: the schema %s of the database %s is of "
                   "another data directory (%s, and this one is %s); name another "
                   "database or schema, or let `fermata rebuild-view` take it over",
                   schema, p->q.PQdb(p->conn), owner, p->owner);
}

static bool pg_begin(struct pg *p, struct err *err)
{
    char schema[128];

    return server_check(p, err) && schema_choose(p, schema, sizeof(schema), err) &&
           schema_lock(p, schema, err) && schema_check(p, schema, err) &&
           script_do(p, "SET synchronous_commit = off", err) &&
           script_do(p, "SET statement_timeout = 0", err) &&
           script_do(p, "SET idle_in_transaction_session_timeout = 0", err) &&
           script_do(p, "SET jit = off", err);
}

struct db *db_pg_open(const char *url, const char *owner, struct err *err)
{
    struct pg *p = must_alloc(sizeof(*p));

    *err = (struct err){0};
    p->db.ops = &pg_ops;
    p->db.dialect = &pg_dialect;
    p->owner = owner;
    if (!libpq_open(&p->q, err)) {
        free(p);
        return NULL;
    }
    arena_init(&p->params, 65536, SIZE_MAX / 2, NULL);
    arena_init(&p->answer, 4096, SIZE_MAX / 2, NULL);
    if (pg_connect(p, url, err) && pg_begin(p, err) &&
        p->q.PQsetnonblocking(p->conn, 1) == 0 &&
        p->q.PQenterPipelineMode(p->conn) == 1)
        return &p->db;
    pg_close(&p->db);
    return NULL;
}
