/* inside.h - what the files of this room share.
 *
 *   tables.c   what tables.def says, for programs, and the SQL that makes it
 *   rows.c     rows in hand: looked up, changed, and written down together
 *   models.c   what the elements of a definition are called, and how many are where
 *   project.c  what each event does to rows
 *   waits.c    what elements wait for; shared.c: what all partitions have
 *   audit.c    what each command of a client is told as
 *   story.c    an instance's events, kept one after the other
 *   words.c    a filter, an order and a place as SQL
 *   pages.c    pages and single things
 *   counts.c   statistics
 *   metrics.c  jobs by the minute
 *   items.c    what of history a batch operation is done to
 *   retell.c   what lives, from a state
 *   forget.c   what is old, or was deleted, goes
 *   follow.c   the logs, the thread, and who waits for an answer */
#ifndef VIEW_INSIDE_H
#define VIEW_INSIDE_H

#include "model/model.h"
#include "query/query.h"
#include "record/record.h"
#include "state/read.h"
#include "view/db.h"
#include "view/view.h"

/* ---- tables ---------------------------------------------------------------------- */

#define COLUMN(table, property, type, use)
#define CHOICE(table, property, values, use)
#define KEPT(table, column, type)
#define SEEN(table, property, type, use, from)
#define WORDS(table, property, values, use, from)
#define RELATED(table, property, type, other, column, where)
#define INDEX(table, name, columns)
#define TABLE(table, noun)         VIEW_##table,
#define VIRTUAL(table, noun, from) VIEW_##table,
enum view_table {
#include "view/tables.def"
    VIEW_TABLES
};
#undef TABLE
#undef VIRTUAL
#undef COLUMN
#undef CHOICE
#undef KEPT

/* What is kept, table by table, each behind a mark. */
#define TABLE(table, noun)                   MARK_##table,
#define VIRTUAL(table, noun, from)           MARK_##table,
#define COLUMN(table, property, type, use)   AT_##table##_##property,
#define CHOICE(table, property, values, use) AT_##table##_##property,
#define KEPT(table, column, type)            AT_##table##_##column,
enum view_cell {
#include "view/tables.def"
    VIEW_CELLS
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

/* The place of a column among those of its table. */
#define CELL(table, column) ((u32)(AT_##table##_##column - MARK_##table - 1))

enum cell_type {
    CELL_MARK, /* a table begins */
    CELL_KEY,  /* 0: null */
    CELL_TIME, /* 0: null */
    CELL_NUMBER,
    CELL_FLAG,
    CELL_NAME,
    CELL_TEXT, /* empty: null */
    CELL_BYTES,
};

struct kept {
    const char *name;
    enum cell_type type;
};
extern const struct kept view_kept[VIEW_CELLS];

/* Where a column that is seen comes from; beside the struct column of the same place.
 */
struct source {
    const char *from; /* an expression; RELATED: a column of `other` */
    bool is_related;
    enum view_table other;
    const char *where; /* RELATED: what must hold, too; or NULL */
};

struct table_info {
    const char *name, *noun, *key;
    const char *from;     /* of a virtual one; NULL: it is kept */
    u32 first, count;     /* of view_kept */
    u32 seen, seen_count; /* of view_columns and view_sources */
    bool has_deleted;     /* rows stay when they are deleted, and are not shown */
};
struct table_info view_table(enum view_table t);
extern const struct column view_columns[];
extern const struct source view_sources[];

bool view_table_of(enum search_kind kind, enum view_table *out);
bool tables_make(struct db *db, struct err *err);
/* What is known of the last entry that was taken, and since when: beside the tables,
 * since older copies do not have it. */
bool marks_make(struct db *db, struct err *err);
bool tables_drop(struct db *db, struct err *err);
/* Has an index a column of this name whose texts may be of any length? */
bool tables_cut(const char *name);

/* ---- rows ------------------------------------------------------------------------ */

struct cell {
    u64 number;
    struct str text; /* in the memory of the rows */
};

struct row {
    u64 key;
    u32 table;
    bool is_new, is_dirty, is_gone;
    struct row *chain;
    struct buf *story; /* of an instance: not written yet; NULL: nothing */
    struct cell cells[];
};

struct rows {
    struct row **buckets; /* owned; a power of two */
    size_t size, count;
    struct row **dirty; /* owned; in the order in which they became so */
    size_t dirty_count, dirty_size;
    struct row **ordered;    /* owned; those to be written, by what is done with them */
    struct db_value *values; /* owned; of those that are written by one call */
    struct arena arena;      /* of the rows and their texts */
    struct db_statement *insert[VIEW_TABLES], *update[VIEW_TABLES],
        *remove[VIEW_TABLES], *select[VIEW_TABLES];
};

/* ---- definitions ----------------------------------------------------------------- */

struct count {
    u32 tag;
    i64 active, completed, canceled, incidents;
};

struct definition {
    u64 key;
    struct model *model; /* owned; NULL: it cannot be read */
    const struct process *process;
    struct count *counts; /* owned; by tag */
    u32 count_count;
    bool is_dirty;
    struct definition *chain;
};

struct event_plan {
    bool is_told;            /* part of an instance's story */
    size_t instance;         /* 1 + the place of its field; 0: none */
    size_t element, process; /* likewise */
    bool key_is_instance;
};

#define DEFINITION_BUCKETS 256

/* Of a partition: what the last entry was that was taken (0: unknown), and from which
 * entry on there is all. */
struct mark {
    u64 entry, begins;
    u32 crc;
};

struct view {
    struct view_options options;
    char *place, *owner; /* owned; of the options */
    struct db *db;       /* owned; NULL: it is away */
    struct rows rows;
    struct definition *definitions[DEFINITION_BUCKETS];
    u64 *positions;     /* owned; by partition: the entry that is wanted next */
    struct mark *marks; /* owned; likewise */
    struct event_plan plans[EVENT_COUNT];
    struct arena scratch; /* of the entry in hand, or of an answer */
    struct trap full;
    struct err err;               /* why it is lost */
    bool is_lost, is_open;        /* a transaction is */
    bool is_quick;                /* something is committed, and not durable yet */
    struct db_statement *running; /* of a search; a jump may leave it */
    struct db_statement *position_put, *mark_put, *story_parts, *story_parts_remove;

    /* The entry in hand. */
    u32 partition;
    u64 position;
    i64 now;
    const struct entry *entry;
    u32 event;     /* its number in the entry */
    u64 last_part; /* of a story */
};

struct row *copy_new(struct view *v, enum view_table table, u64 key);
struct row *copy_get(struct view *v, enum view_table table, u64 key); /* NULL: none */
void copy_del(struct view *v, struct row *row);
void copy_touch(struct view *v, struct row *row); /* it is to be written */
void copy_put_number(struct view *v, struct row *row, u32 cell, u64 number);
void copy_put_text(struct view *v, struct row *row, u32 cell, struct str text);
/* SQL that is run once. A jump out of `row` may leave it: view_search ends it then. */
bool view_run(struct view *v, const char *sql, const struct db_value *values, u32 count,
              db_row *row, void *ctx, struct err *err);
/* Everything in hand is with the database; no more is promised. */
bool view_write(struct view *v, struct err *err);
/* Everything in hand is written; the rows are forgotten when they have become many. */
bool rows_flush(struct view *v);
void rows_forget(struct view *v);
void rows_free(struct view *v);
bool rows_prepare(struct view *v, struct err *err);

#define NUMBER(row, table, column) ((row)->cells[CELL(table, column)].number)
#define TEXT(row, table, column)   ((row)->cells[CELL(table, column)].text)
#define PUT_NUMBER(v, row, table, column, value) \
    copy_put_number(v, row, CELL(table, column), (u64)(value))
#define PUT_TEXT(v, row, table, column, value) \
    copy_put_text(v, row, CELL(table, column), value)

/* A number for a row that has no key of its own: that of its event. */
u64 event_number(const struct view *v);
/* The database is lost: the reason is kept, and view_take says it. */
void view_lose(struct view *v, const struct err *err);

/* ---- definitions ----------------------------------------------------------------- */

struct definition *definition_of(struct view *v, u64 process); /* NULL: there is none */
const struct element *definition_element(struct view *v, u64 process, u32 tag);
struct str definition_element_id(struct view *v, u64 process, u32 tag);
struct count *definition_count(struct definition *d, u32 tag);
bool definitions_flush(struct view *v);
void definitions_free(struct view *v);
struct model *definition_load(struct view *v, u64 file, struct str id,
                              const struct process **process);

/* ---- events ---------------------------------------------------------------------- */

typedef void projector(struct view *v, u64 key, const void *record);
extern projector *const view_projectors[EVENT_COUNT];
void audit_entry(struct view *v);
void metrics_created(struct view *v, const struct row *job);
void metrics_completed(struct view *v, const struct row *job);
void metrics_failed(struct view *v, const struct row *job);
projector wait_timer, wait_signal, wait_condition, wait_ended, wait_migrated;
void wait_message(struct view *v, u64 key, const struct process_subscription_row *e,
                  u64 process);
void wait_correlated(struct view *v, u64 key);
void wait_moved(struct view *v, u64 key, u64 process, u32 element);
projector shared_variable_set, shared_variable_deleted, shared_listener_set,
    shared_listener_deleted;

void instance_forget(struct view *v, u64 instance); /* all of it, for good */

/* ---- stories --------------------------------------------------------------------- */

void story_plan(struct view *v);
void story_add(struct view *v, u64 instance, struct str events);
bool story_flush(struct view *v, struct row *instance);
/* A JSON list of its events. */
bool story_print(struct view *v, u64 instance, struct buf *out, struct err *err);

/* ---- answers --------------------------------------------------------------------- */

/* SQL in the making: parameters in the order in which they stand in the text. */
struct sql {
    struct view *view;
    struct arena *arena;
    enum view_table table;
    struct db_value *params; /* in the arena */
    u32 count, room;
    bool joins[26]; /* by the letter of what is joined */
};

/* Conditions, joined so that they nest little. */
struct terms {
    struct str *items; /* in the arena */
    u32 count, room;
};

void sql_open(struct sql *s, struct view *v, enum view_table table,
              struct arena *arena);
void sql_number(struct sql *s, i64 number); /* the value of the next `?` */
void sql_text(struct sql *s, struct str text);
/* A condition: it is like that, by the rules of query.h. */
struct str sql_like(struct sql *s, const char *from, struct str pattern);
void terms_add(struct sql *s, struct terms *t, struct str term);
/* "(a AND b AND ...)"; of no terms: what is true for AND, what is false for OR. */
struct str terms_join(struct sql *s, const struct terms *t, const char *with);
/* All that the filter says. */
void sql_filter(struct sql *s, const struct query *q, struct terms *out);
/* Rows that were deleted are not shown, unless the filter speaks of their state. */
void sql_undeleted(struct sql *s, const struct query *q, struct terms *out);
/* Where the column comes from; what must be joined for that is noted. */
const char *sql_source(struct sql *s, const struct column *c);
/* "table t LEFT JOIN ...": what was noted so far. */
struct str sql_from(struct sql *s);
bool sql_run(struct sql *s, struct str text, db_row *row, void *ctx, struct err *err);

struct answering {
    struct view *v;
    const struct view_ask *ask;
    struct arena *arena;
    struct view_answer *out;
};
bool answer_refuse(struct answering *a, enum rejection rejection, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
bool answer_database(struct answering *a, const struct err *err); /* it failed */
bool answer_query(struct answering *a, enum view_table table, struct query *q);
bool answer_page(struct answering *a);
bool answer_one(struct answering *a);
bool answer_counts(struct answering *a);
bool answer_items(struct answering *a);
bool answer_metrics(struct answering *a, enum view_table table);
bool answer_totals(struct answering *a);

#endif
