#include <stdio.h>

#include "view/inside.h"

/* As tables.def says it. No macros, since the words become parts of names there. */
enum column_uses {
    S = SHOWN,
    F = FILTER,
    SF = SHOWN | FILTER,
    SO = SHOWN | SORT,
    FO = FILTER | SORT,
    SFO = SHOWN | FILTER | SORT,
    SFON = SHOWN | FILTER | SORT | FILLED,
};

#define ACTOR_WORDS " ANONYMOUS CLIENT UNKNOWN USER "
#define ENTITY_WORDS                                                        \
    " AUTHORIZATION BATCH CLIENT DECISION GROUP INCIDENT JOB MAPPING_RULE " \
    "PROCESS_INSTANCE RESOURCE ROLE TENANT USER USER_TASK VARIABLE "
#define OPERATION_WORDS                                                      \
    " ASSIGN CANCEL COMPLETE CREATE DELETE EVALUATE MIGRATE MODIFY RESOLVE " \
    "RESUME SUSPEND UNASSIGN UNKNOWN UPDATE "

/* ---- what is kept ---------------------------------------------------------------- */

#define CELL_DOCUMENT                        CELL_TEXT
#define CELL_TEXTS                           CELL_TEXT
#define CELL_TAGS                            CELL_TEXT

#define TABLE(table, noun)                   {#table, CELL_MARK},
#define VIRTUAL(table, noun, from)           {#table, CELL_MARK},
#define COLUMN(table, property, type, use)   {#property, CELL_##type},
#define CHOICE(table, property, values, use) {#property, CELL_TEXT},
#define KEPT(table, column, type)            {#column, CELL_##type},
#define SEEN(table, property, type, use, from)
#define WORDS(table, property, values, use, from)
#define RELATED(table, property, type, other, column, where)
#define INDEX(table, name, columns)
const struct kept view_kept[VIEW_CELLS] = {
#include "view/tables.def"
};
#undef TABLE
#undef VIRTUAL
#undef COLUMN
#undef CHOICE
#undef KEPT
#undef SEEN
#undef WORDS
#undef RELATED

/* ---- what is seen ---------------------------------------------------------------- */

#define KEPT(table, column, type)
#define TABLE(table, noun)                     {NULL, COLUMN_NOTHING, 0, NULL},
#define VIRTUAL(table, noun, from)             {NULL, COLUMN_NOTHING, 0, NULL},
#define COLUMN(table, property, type, use)     {#property, COLUMN_##type, use, NULL},
#define CHOICE(table, property, values, use)   {#property, COLUMN_CHOICE, use, values},
#define SEEN(table, property, type, use, from) {#property, COLUMN_##type, use, NULL},
#define WORDS(table, property, values, use, from) \
    {#property, COLUMN_CHOICE, use, values},
#define RELATED(table, property, type, other, column, where) \
    {#property, COLUMN_##type, FILTER, NULL},
const struct column view_columns[] = {
#include "view/tables.def"
};
#undef TABLE
#undef VIRTUAL
#undef COLUMN
#undef CHOICE
#undef SEEN
#undef WORDS
#undef RELATED

#define TABLE(table, noun)                        {NULL, false, 0, NULL},
#define VIRTUAL(table, noun, from)                {NULL, false, 0, NULL},
#define COLUMN(table, property, type, use)        {"t." #property, false, 0, NULL},
#define CHOICE(table, property, values, use)      {"t." #property, false, 0, NULL},
#define SEEN(table, property, type, use, from)    {from, false, 0, NULL},
#define WORDS(table, property, values, use, from) {from, false, 0, NULL},
#define RELATED(table, property, type, other, column, where) \
    {"x." #column, true, VIEW_##other, where},
const struct source view_sources[] = {
#include "view/tables.def"
};
#undef TABLE
#undef VIRTUAL
#undef COLUMN
#undef CHOICE
#undef SEEN
#undef WORDS
#undef RELATED

/* Their places there, table by table. */
#define TABLE(table, noun)                        SEEN_##table,
#define VIRTUAL(table, noun, from)                SEEN_##table,
#define COLUMN(table, property, type, use)        SEEN_##table##_##property##_##use,
#define CHOICE(table, property, values, use)      SEEN_##table##_##property##_##use,
#define SEEN(table, property, type, use, from)    SEEN_##table##_##property##_##use,
#define WORDS(table, property, values, use, from) SEEN_##table##_##property##_##use,
#define RELATED(table, property, type, other, column, where) \
    SEEN_##table##_##property##_F,
enum view_seen {
#include "view/tables.def"
    SEEN_END
};
#undef TABLE
#undef VIRTUAL
#undef COLUMN
#undef CHOICE
#undef KEPT
#undef SEEN
#undef WORDS
#undef RELATED
#undef INDEX

/* ---- tables ---------------------------------------------------------------------- */

/* Each reaches to the mark of the next one. */
struct reach {
    u32 kept, seen;
};

#define COLUMN(table, property, type, use)
#define CHOICE(table, property, values, use)
#define KEPT(table, column, type)
#define SEEN(table, property, type, use, from)
#define WORDS(table, property, values, use, from)
#define RELATED(table, property, type, other, column, where)
#define INDEX(table, name, columns)
#define TABLE(table, noun)         {MARK_##table, SEEN_##table},
#define VIRTUAL(table, noun, from) {MARK_##table, SEEN_##table},
static const struct reach marks[VIEW_TABLES + 1] = {
#include "view/tables.def"
    {VIEW_CELLS, SEEN_END},
};
#undef TABLE
#undef VIRTUAL
#define TABLE(table, noun_)         {#table, noun_, NULL},
#define VIRTUAL(table, noun_, from) {#table, noun_, from},
static const struct {
    const char *name, *noun, *from;
} names[VIEW_TABLES] = {
#include "view/tables.def"
};
#undef TABLE
#undef VIRTUAL
#undef COLUMN
#undef CHOICE
#undef KEPT
#undef SEEN
#undef WORDS
#undef RELATED
#undef INDEX

struct table_info view_table(enum view_table t)
{
    u32 first = marks[t].kept + 1;
    bool has_deleted =
        t == VIEW_PROCESS_DEFINITIONS || t == VIEW_DECISION_DEFINITIONS ||
        t == VIEW_DECISION_REQUIREMENTS || t == VIEW_FORMS || t == VIEW_RESOURCES;

    return (struct table_info){
        .name = names[t].name,
        .noun = names[t].noun,
        .from = names[t].from,
        .key = view_kept[first].name,
        .first = first,
        .count = marks[t + 1].kept - first,
        .seen = marks[t].seen + 1,
        .seen_count = marks[t + 1].seen - marks[t].seen - 1,
        .has_deleted = has_deleted,
    };
}

static const struct {
    enum search_kind kind;
    enum view_table table;
} kinds[] = {
#define SEARCHED(name)             \
    {                              \
        SEARCH_##name, VIEW_##name \
    }
    SEARCHED(PROCESS_INSTANCES),
    SEARCHED(ELEMENT_INSTANCES),
    SEARCHED(JOBS),
    SEARCHED(INCIDENTS),
    SEARCHED(VARIABLES),
    SEARCHED(PROCESS_DEFINITIONS),
    SEARCHED(MESSAGE_SUBSCRIPTIONS),
    SEARCHED(USER_TASKS),
    SEARCHED(BATCH_OPERATIONS),
    SEARCHED(BATCH_OPERATION_ITEMS),
    SEARCHED(DECISION_DEFINITIONS),
    SEARCHED(DECISION_REQUIREMENTS),
    SEARCHED(FORMS),
    SEARCHED(RESOURCES),
    SEARCHED(DECISION_INSTANCES),
    SEARCHED(CORRELATED_MESSAGES),
    SEARCHED(AUDIT_LOGS),
    SEARCHED(PROCESS_STATISTICS),
    SEARCHED(VERSION_STATISTICS),
    SEARCHED(ERROR_STATISTICS),
    SEARCHED(ERROR_VERSIONS),
    SEARCHED(SUBSCRIPTION_STATISTICS),
    SEARCHED(WAIT_STATES),
    SEARCHED(CLUSTER_VARIABLES),
    SEARCHED(GLOBAL_LISTENERS),
    SEARCHED(JOB_TYPES),
    SEARCHED(JOB_WORKERS),
    SEARCHED(JOB_TIMES),
    SEARCHED(JOB_ERRORS),
    SEARCHED(USAGE),
#undef SEARCHED
};

bool view_table_of(enum search_kind kind, enum view_table *out)
{
    for (size_t i = 0; i < LEN(kinds); i++)
        if (kinds[i].kind == kind) {
            *out = kinds[i].table;
            return true;
        }
    return false;
}

/* ---- making them ----------------------------------------------------------------- */

static const char *type_word(const struct db_dialect *d, enum cell_type type)
{
    switch (type) {
    case CELL_KEY:
    case CELL_TIME:
    case CELL_NUMBER:
    case CELL_FLAG:
        return d->number;
    case CELL_NAME:
    case CELL_TEXT:
        return d->text;
    case CELL_BYTES:
        return d->bytes;
    case CELL_MARK:
        break;
    }
    must(!"a column has a type");
    return NULL;
}

static bool table_make(struct db *db, enum view_table table, struct err *err)
{
    struct table_info t = view_table(table);
    char sql[4096];
    size_t len =
        (size_t)snprintf(sql, sizeof(sql), "CREATE TABLE IF NOT EXISTS %s (", t.name);

    for (u32 i = 0; i < t.count; i++) {
        const struct kept *k = &view_kept[t.first + i];
        len += (size_t)snprintf(sql + len, sizeof(sql) - len, "%s%s %s", i ? ", " : "",
                                k->name,
                                i ? type_word(db->dialect, k->type) : db->dialect->key);
        must(len < sizeof(sql) - 3);
    }
    snprintf(sql + len, sizeof(sql) - len, ")");
    return db_script(db, sql, err);
}

static const struct {
    enum view_table table;
    const char *name, *columns;
} indexes[] = {
#define TABLE(table, noun)
#define VIRTUAL(table, noun, from)
#define COLUMN(table, property, type, use)
#define CHOICE(table, property, values, use)
#define KEPT(table, column, type)
#define SEEN(table, property, type, use, from)
#define WORDS(table, property, values, use, from)
#define RELATED(table, property, type, other, column, where)
#define INDEX(table, name, columns) {VIEW_##table, #table "_by_" #name, columns},
#include "view/tables.def"
};

/* A text of any length: not one of a few words. */
static bool is_long(enum view_table table, struct str name)
{
    struct table_info t = view_table(table);

    for (u32 i = 0; i < t.seen_count; i++)
        if (str_is(name, view_columns[t.seen + i].name) &&
            view_columns[t.seen + i].type == COLUMN_CHOICE)
            return false;
    for (u32 i = 0; i < t.count; i++)
        if (str_is(name, view_kept[t.first + i].name))
            return view_kept[t.first + i].type == CELL_NAME ||
                   view_kept[t.first + i].type == CELL_TEXT;
    return false;
}

static size_t word_len(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

/* The columns, up to where a condition or an expression begins. */
static bool column_next(const char *columns, size_t *at, struct str *name)
{
    size_t len = word_len(columns + *at);

    *name = (struct str){columns + *at, len};
    if (len == 0 || columns[*at + len] == '(')
        return false;
    *at += len;
    return true;
}

bool tables_cut(const char *name)
{
    for (size_t i = 0; i < LEN(indexes); i++) {
        struct str column;
        for (size_t at = 0; column_next(indexes[i].columns, &at, &column); at += 2)
            if (str_is(column, name) && is_long(indexes[i].table, column))
                return true;
            else if (strncmp(indexes[i].columns + at, ", ", 2) != 0)
                break;
    }
    return false;
}

/* Some databases take no long value into an index: there it has the beginning. */
static bool index_make(struct db *db, size_t i, struct err *err)
{
    const char *columns = indexes[i].columns;
    u32 head = db->dialect->head;
    char sql[512];
    struct str name;
    size_t at = 0;
    size_t len =
        (size_t)snprintf(sql, sizeof(sql), "CREATE INDEX IF NOT EXISTS %s ON %s (",
                         indexes[i].name, view_table(indexes[i].table).name);

    while (column_next(columns, &at, &name)) {
        bool is_cut = head && is_long(indexes[i].table, name);
        len += (size_t)snprintf(sql + len, sizeof(sql) - len,
                                is_cut ? "left(%.*s, %u)" : "%.*s", ARG(name), head);
        if (strncmp(columns + at, ", ", 2) != 0)
            break;
        len += (size_t)snprintf(sql + len, sizeof(sql) - len, ", ");
        at += 2;
    }
    snprintf(sql + len, sizeof(sql) - len, "%s)", columns + at);
    return db_script(db, sql, err);
}

static bool followed_make(struct db *db, struct err *err)
{
    char sql[128];

    snprintf(sql, sizeof(sql),
             "CREATE TABLE IF NOT EXISTS followed (part %s, position %s)",
             db->dialect->key, db->dialect->number);
    return db_script(db, sql, err);
}

bool tables_make(struct db *db, struct err *err)
{
    for (enum view_table t = 0; t < VIEW_TABLES; t++)
        if (!view_table(t).from && !table_make(db, t, err))
            return false;
    for (size_t i = 0; i < LEN(indexes); i++)
        if (!index_make(db, i, err))
            return false;
    return followed_make(db, err);
}

bool marks_make(struct db *db, struct err *err)
{
    char sql[160];

    snprintf(sql, sizeof(sql),
             "CREATE TABLE IF NOT EXISTS marks (part %s, entry %s, crc %s, begins %s)",
             db->dialect->key, db->dialect->number, db->dialect->number,
             db->dialect->number);
    return db_script(db, sql, err);
}

bool tables_drop(struct db *db, struct err *err)
{
    char sql[128];

    for (enum view_table t = 0; t < VIEW_TABLES; t++) {
        snprintf(sql, sizeof(sql), "DROP TABLE IF EXISTS %s", view_table(t).name);
        if (!view_table(t).from && !db_script(db, sql, err))
            return false;
    }
    return db_script(db, "DROP TABLE IF EXISTS followed", err) &&
           db_script(db, "DROP TABLE IF EXISTS marks", err);
}
