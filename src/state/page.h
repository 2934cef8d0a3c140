/* page.h - inside the room: which rows are packed together, and which of these pages
 * have changed. See pack.h for what is packed, and when. */
#ifndef STATE_PAGE_H
#define STATE_PAGE_H

#include "state/read.h"

struct row;

/* An aggregate's page 0 is there as long as another one of it is. */
struct page {
    u64 name; /* a hash of the next two, to be found by */
    struct page *chain;
    u64 aggregate;
    u32 number;
    u32 last, others; /* of page 0: the highest number; how many there are beside it */
    u32 count, bytes; /* rows; about as large as their packed records */
    bool is_stored;   /* the vault has it, or will with the next seal */
    bool rests;       /* is in the list of those that have not changed */
    u64 mark;         /* in which freeze it is to be packed; 0: it has not changed */
    u64 kept;         /* in which it was packed last; 0: it was loaded */
    struct row *rows; /* borrowed; chained by their `mate` */
    struct page *before, *after; /* in the list of those with its mark */
};

/* Borrowed; in the order in which they came. */
struct page_list {
    struct page *first, *last;
    u64 count;
};

/* Where a row belongs, made if missing. */
struct page *page_of_row(struct state *s, enum table_id table, u64 key,
                         const void *record, size_t bytes);
/* The page of an aggregate, made if missing. */
struct page *page_numbered(struct state *s, u64 aggregate, u32 number);
/* It is about to change. */
void page_touch(struct state *s, struct page *p);
/* Touched before: takes a row in, or lets it go; then the page may be gone, too. */
void page_add(struct page *p, struct row *r);
void page_drop(struct state *s, struct page *p, struct row *r);

/* Packs the first frozen page; returns the next one, or NULL. */
struct page *page_unfreeze(struct state *s);
/* pack.c: puts it into the vault as it is. */
void page_pack(struct state *s, struct page *p);

/* It is as the vault has it, and may leave memory when that is durable. */
void page_rest(struct state *s, struct page *p);
/* The aggregate that has not changed for longest leaves memory, if it can. False: there
 * is none that is durable as it is. */
bool page_evict(struct state *s);

void pages_open(struct state *s);
void pages_close(struct state *s);

#endif
