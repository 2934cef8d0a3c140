#include "view/db.h"

bool db_script(struct db *db, const char *sql, struct err *err)
{
    return db->ops->script(db, sql, err);
}

struct db_statement *db_prepare(struct db *db, const char *sql, struct err *err)
{
    return db->ops->prepare(db, sql, err);
}

bool db_run(struct db *db, struct db_statement *s, const struct db_value *values,
            u32 count, db_row *row, void *ctx, struct err *err)
{
    return db->ops->run(db, s, values, count, row, ctx, err);
}

bool db_many(struct db *db, struct db_statement *s, const enum db_kind *kinds,
             u32 columns, const struct db_value *values, u32 rows, struct err *err)
{
    return db->ops->many(db, s, kinds, columns, values, rows, err);
}

void db_finish(struct db *db, struct db_statement *s)
{
    if (s)
        db->ops->finish(db, s);
}

void db_limit(struct db *db, i64 ms)
{
    db->ops->limit(db, ms);
}

bool db_commit(struct db *db, bool is_durable, struct err *err)
{
    return db->ops->commit(db, is_durable, err);
}

bool db_format(struct db *db, i64 *out, struct err *err)
{
    return db->ops->format(db, out, err);
}

bool db_format_put(struct db *db, i64 format, struct err *err)
{
    return db->ops->format_put(db, format, err);
}

void db_close(struct db *db)
{
    if (db)
        db->ops->close(db);
}
