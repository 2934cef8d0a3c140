/* err.h - why something outside the program failed; filled exactly when a function that
 * takes it returns false. The two below do so too: return err_set(err, ERR_IO, ...). */
#ifndef ERR_H
#define ERR_H

#include "base/base.h"

/* ERR_FULL: there is no room on the disk, and nothing was changed that counts; the same
 * may be tried again. ERR_AWAY: a server that does not answer now may do so later. */
enum err_code {
    ERR_NONE,
    ERR_IO,
    ERR_SYNTAX,
    ERR_CORRUPT,
    ERR_FENCED,
    ERR_LIMIT,
    ERR_FULL,
    ERR_AWAY
};

struct err {
    enum err_code code;
    char text[504]; /* one line, made to be shown; no allocation; cut when too long */
};

/* Always false, for the caller to return. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Puts where before what: "replay at 812" + ": " + what was there. Always false. */
bool err_in(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
