/* search.h - questions about what is live: rows that fit a filter, in an order, a page
 * of them. What a kind of rows shows, filters and sorts by stands in columns.def; all
 * else is the same for all kinds.
 *
 *   match.c    does a row fit; and its place in the order, as bytes
 *   columns.c  what the columns of a row are
 *   scan.c     which rows to look at: one, those of an instance, or a whole table
 *   search.c   the command
 *
 * A step looks at a bounded number of rows and says where to go on. */
#ifndef SEARCH_H
#define SEARCH_H

#include "engine/behave/behave.h"
#include "query/query.h"

/* A row in hand, with what it belongs to. */
struct found {
    struct step *step;
    u64 key;
    bool is_whole; /* values of variables are not cut */
    u64 instance, process, element_instance;
    u32 tag; /* of its element; 0: none */
    const struct instance_row *i;
    const struct process_row *p;
    const struct element_row *e;
    const struct job_row *job;
    const struct incident_row *incident;
    const struct variable_row *variable;
    const struct process_subscription_row *subscription;
    const struct user_task_row *task;
    const struct ended_task_row *ended; /* NULL: it is live */
    const struct decision_row *decision;
    const struct requirements_row *requirements;
    const struct artifact_row *artifact;
    const struct evaluation_row *evaluation;
    const struct batch_row *batch;
    const struct batch_item_row *item;
};

void column_get(const struct column *c, const struct found *f, struct value *out);

/* One per enum search_kind. */
struct search_plan {
    const char *noun; /* "Process Instance", for texts */
    const struct column *columns;
    u32 count;
    enum table_id table;
    bool is_everywhere;            /* each partition has all of them */
    bool is_remembered;            /* also those that have ended, from ended_task */
    const char *key;               /* the column that is the row's own key */
    bool (*take)(struct found *f); /* fills it from its key; false: not to be shown */
    /* The rows of this kind that hang from an element instance: the next one. */
    u64 (*of_element)(const struct state *s, u64 element_instance, u64 after);
};
extern const struct search_plan search_plans[];
extern const u32 search_plan_count;

/* Looks the row up; false: there is none, or it is not to be shown. */
bool found_take(struct found *f, const struct search_plan *plan, u64 key);
void found_print(const struct found *f, const struct search_plan *plan,
                 struct buf *out);
/* A time as ISO 8601 in quotes; 0: null. */
void time_print(struct buf *out, i64 ms);
/* What was deployed: the file that it stands in. */
struct str found_file(const struct found *f);
/* The form that a user task shows, or a process before it is started; 0: none. */
u64 found_form(const struct found *f);

/* False: the command has been refused. */
bool query_read(struct step *s, const struct search_plan *plan, struct str json,
                struct query *out);

/* ---- rows ------------------------------------------------------------------------ */

bool match(const struct found *f, const struct query *q);
/* Its place in the order that the query wants: bytes that compare as it sorts, and no
 * two rows have the same. */
struct str order_of(const struct found *f, const struct query *q);

struct scan {
    struct step *step;
    const struct search_plan *plan;
    const struct query *query;
    const struct search_ask *asked;
    struct search_found *found;
    u64 within; /* the key of asked->within; 0: it is looked everywhere */
    u32 looked;
    void (*offer)(struct scan *scan, u64 key);
};
/* Offers rows until it is through or has looked at enough. */
void scan_run(struct scan *scan);

#endif
