/* db.h - inside the room: a database that takes SQL with parameters. A port; kept by
 * sqlite.c and by pg.c. What the room says in SQL is what both understand, but for the
 * few words of struct db_dialect; parameters are written `?`.
 *
 * A failure is a lost database: it stays lost, and each call says why. What has no row
 * to wait for may be found to have failed by a later call, at the latest by the commit.
 */
#ifndef VIEW_DB_H
#define VIEW_DB_H

#include "base/arena.h"
#include "base/base.h"
#include "base/err.h"

struct db_ops;

enum db_kind { DB_NULL, DB_NUMBER, DB_TEXT, DB_BYTES };

/* What the two say differently. */
struct db_dialect {
    const char *key, *number, *text, *bytes; /* types of columns */
    /* Rows `e` with a `value` for each text of a JSON list; %1$s: the list. */
    const char *texts;
    /* `%s` is like the next parameter, by the rules of query.h. */
    const char *like;
    /* What a pattern becomes for that; NULL: it stays. In the arena. */
    struct str (*pattern)(struct str pattern, struct arena *arena);
    u32 head; /* characters of a text of any length that indexes have; 0: all of it */
    /* Statements for db_many take a list for each column, `unnest(?, ...)`. */
    bool has_lists;
    /* What was not committed is not searched: a search that fails would undo it. */
    bool sees_committed;
};

struct db {
    const struct db_ops *ops;
    const struct db_dialect *dialect;
};

struct db_value {
    enum db_kind kind;
    i64 number;
    struct str text; /* of TEXT and BYTES; borrowed */
};

/* A statement that was prepared for good; belongs to its database. */
struct db_statement;

/* One row of an answer; the values are borrowed until it returns. False: enough. It
 * asks the database for nothing. */
typedef bool db_row(void *ctx, const struct db_value *values, u32 count);

struct db_ops {
    bool (*script)(struct db *db, const char *sql, struct err *err);
    struct db_statement *(*prepare)(struct db *db, const char *sql, struct err *err);
    bool (*run)(struct db *db, struct db_statement *s, const struct db_value *values,
                u32 count, db_row *row, void *ctx, struct err *err);
    bool (*many)(struct db *db, struct db_statement *s, const enum db_kind *kinds,
                 u32 columns, const struct db_value *values, u32 rows, struct err *err);
    void (*finish)(struct db *db, struct db_statement *s);
    void (*limit)(struct db *db, i64 ms);
    bool (*commit)(struct db *db, bool is_durable, struct err *err);
    bool (*format)(struct db *db, i64 *out, struct err *err);
    bool (*format_put)(struct db *db, i64 format, struct err *err);
    void (*close)(struct db *db);
};

/* One statement without parameters and answers. */
bool db_script(struct db *db, const char *sql, struct err *err);
struct db_statement *db_prepare(struct db *db, const char *sql, struct err *err);
/* `row` may be NULL. ERR_LIMIT: it took longer than db_limit allows; nothing is lost.
 */
bool db_run(struct db *db, struct db_statement *s, const struct db_value *values,
            u32 count, db_row *row, void *ctx, struct err *err);
/* Once for each row; `values` has row after row, the columns of these kinds or null. */
bool db_many(struct db *db, struct db_statement *s, const enum db_kind *kinds,
             u32 columns, const struct db_value *values, u32 rows, struct err *err);
void db_finish(struct db *db, struct db_statement *s);
/* What is run from now on is given up after so long; 0: never. */
void db_limit(struct db *db, i64 ms);
/* Of what was begun with db_script "BEGIN". Durable: it survives what may befall the
 * database's machine, as far as the keeper promises that at all. */
bool db_commit(struct db *db, bool is_durable, struct err *err);
/* A number of ours that the database has; 0: it is new. */
bool db_format(struct db *db, i64 *out, struct err *err);
bool db_format_put(struct db *db, i64 format, struct err *err);
void db_close(struct db *db); /* NULL is fine */

/* ---- the keepers ----------------------------------------------------------------- */

/* A file, made if it is missing; ":memory:" is in memory. */
struct db *db_sqlite_open(const char *path, struct err *err);

/* What begins like this is a PostgreSQL server's. */
bool db_pg_is_url(const char *place);
/* The URL without its password, for texts. */
void db_pg_name(const char *place, char *out, size_t size);
/* A schema of a PostgreSQL server: that of the URL's search_path, or else `fermata`;
 * made when it is missing. Nobody else has it meanwhile. `owner` (may be NULL) is whose
 * copy it is: who finds that of another owner is refused. ERR_AWAY: later perhaps. */
struct db *db_pg_open(const char *url, const char *owner, struct err *err);

#endif
