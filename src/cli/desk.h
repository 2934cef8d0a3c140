/* desk.h - what the commands share that compute at home, without a server: memory, time
 * zones, files and JSON named by their words, and warnings that show their place.
 *
 *     static int run(struct desk *d) { ... return 0; }
 *     int feel_main(const struct options *o) { return desk_run(o, run); }
 */
#ifndef DESK_H
#define DESK_H

#include "cli/cli.h"
#include "feel/feel.h"
#include "json/json.h"

#define WARNINGS_MAX 20 /* more than these help nobody; the rest is only counted */

struct desk {
    const struct options *options; /* borrowed */
    struct arena keep;             /* until the command ends */
    struct arena scratch;          /* until the next evaluation */
    struct trap trap;              /* where both go when they are full */
    struct zones *zones;           /* owned */

    /* for desk_note */
    const struct str *names; /* that may have been meant; borrowed */
    size_t name_count;
    struct feel_place place;
    struct str warned[WARNINGS_MAX]; /* what tells those that were shown; in keep */
    size_t warnings;
};

/* Gives the exit code of `run`, or 1 when it needs more memory than there is. */
int desk_run(const struct options *o, int (*run)(struct desk *d));

/* Each of these gives false, and has printed one sentence, when it cannot be done. */
bool desk_file(struct desk *d, const char *path, struct str *out);
/* JSON text, or @FILE; canonical, in keep. `option` is what brought it. */
bool desk_json(struct desk *d, const char *option, const char *text,
               enum json_want want, struct str *out);
bool desk_dialect(const struct desk *d, enum feel_dialect *out);

/* An env for one evaluation, now, whose notes come out as warnings. */
struct feel_env desk_env(struct desk *d, const struct feel_scope *scope,
                         enum feel_dialect dialect);
void desk_warnings_begin(struct desk *d); /* before what is to warn anew */
void desk_warnings_end(struct desk *d);   /* says how many more there were */

/* The line of the text with a caret below the column, both from 1, on standard error.
 */
void place_show(struct str text, u32 line, u32 column);

/* The other name that is most like this one; empty: none is like it. */
struct str name_nearest(struct str name, const struct str *names, size_t count);

#endif
