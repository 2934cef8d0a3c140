/* report.h - what was found in files, told to people line by line, as compilers do, or
 * to programs as one JSON document. */
#ifndef REPORT_H
#define REPORT_H

#include "cli/desk.h"

struct finding {
    bool is_error;
    u32 line;           /* 0: none */
    struct str element; /* its id; may be empty */
    struct str place;   /* where in it: a path that begins with the id, or a cell */
    struct str text;
};

struct report {
    struct buf json; /* with --json: what is to be printed at the end */
    const char *file;
    bool has_json, is_strict;
    size_t files, errors, warnings, of_file;
};

void report_add(struct report *r, const struct finding *f);
/* An error that is one text, ended by a zero, in which line and element may stand. */
void report_refusal(struct report *r, struct str text);

/* Tells all that `tell` finds in the files that the words from `first` on name, then
 * how much it was. The exit code: 1 with errors, or when it is strict with warnings,
 * else 0. A file that cannot be read is an error like others. */
int report_files(struct desk *d, int first,
                 void (*tell)(struct desk *d, struct report *r, const char *path,
                              struct str text));

#endif
