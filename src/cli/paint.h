/* paint.h - a process's own diagram with what was passed in green and the rest in red.
 */
#ifndef PAINT_H
#define PAINT_H

#include "cli/desk.h"

struct paint {
    struct str xml; /* the model */
    /* Was the element or flow with this id passed? False, too, when it is unknown, and
     * then is_known says so. */
    bool (*is_seen)(void *ctx, struct str id, bool *is_known);
    void *ctx;
};

/* Writes an SVG picture. False: the model has no diagram, or err says what is wrong. */
bool paint_write(const struct paint *p, struct arena *arena, const char *path,
                 struct err *err);

#endif
