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

void db_finish(struct db *db, struct db_statement *s)
{
    if (s)
        db->ops->finish(db, s);
}

void db_limit(struct db *db, i64 ms)
{
    db->ops->limit(db, ms);
}

void db_close(struct db *db)
{
    if (db)
        db->ops->close(db);
}
