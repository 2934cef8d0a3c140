#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    va_list args;

    e->code = code;
    va_start(args, fmt);
    vsnprintf(e->text, sizeof(e->text), fmt, args);
    va_end(args);
    return false;
}

bool err_in(struct err *e, const char *fmt, ...)
{
    char what[sizeof(e->text)];
    va_list args;

    memcpy(what, e->text, sizeof(what));
    va_start(args, fmt);
    int len = vsnprintf(e->text, sizeof(e->text), fmt, args);
    va_end(args);
    if (len >= 0 && (size_t)len < sizeof(e->text))
        snprintf(e->text + len, sizeof(e->text) - (size_t)len, ": %s", what);
    return false;
}
