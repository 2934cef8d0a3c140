/* db.h - inside the room: a database that takes SQL with parameters. A port; kept by
 * sqlite.c. What the room says in SQL is what SQLite and PostgreSQL both understand;
 * parameters are written `?`.
 *
 * A failure is a lost database: it stays lost, and each call says why. */
#ifndef VIEW_DB_H
#define VIEW_DB_H

#include "base/base.h"
#include "base/err.h"

struct db_ops;

struct db {
    const struct db_ops *ops;
};

enum db_kind { DB_NULL, DB_NUMBER, DB_TEXT, DB_BYTES };

struct db_value {
    enum db_kind kind;
    i64 number;
    struct str text; /* of TEXT and BYTES; borrowed */
};

/* A statement that was prepared for good; belongs to its database. */
struct db_statement;

/* One row of an answer; the values are borrowed until it returns. False: enough. */
typedef bool db_row(void *ctx, const struct db_value *values, u32 count);

struct db_ops {
    bool (*script)(struct db *db, const char *sql, struct err *err);
    struct db_statement *(*prepare)(struct db *db, const char *sql, struct err *err);
    bool (*run)(struct db *db, struct db_statement *s, const struct db_value *values,
                u32 count, db_row *row, void *ctx, struct err *err);
    void (*finish)(struct db *db, struct db_statement *s);
    void (*limit)(struct db *db, i64 ms);
    void (*close)(struct db *db);
};

/* Statements without parameters and answers, one after the other. */
bool db_script(struct db *db, const char *sql, struct err *err);
struct db_statement *db_prepare(struct db *db, const char *sql, struct err *err);
/* `row` may be NULL. ERR_LIMIT: it took longer than db_limit allows; nothing is lost.
 */
bool db_run(struct db *db, struct db_statement *s, const struct db_value *values,
            u32 count, db_row *row, void *ctx, struct err *err);
void db_finish(struct db *db, struct db_statement *s);
/* What is run from now on is given up after so long; 0: never. */
void db_limit(struct db *db, i64 ms);
void db_close(struct db *db); /* NULL is fine */

/* A file, made if it is missing; ":memory:" is in memory. */
struct db *db_sqlite_open(const char *path, struct err *err);

#endif
