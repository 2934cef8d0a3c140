#include "view/libpq.h"

#include <dlfcn.h>

static bool function_find(void *handle, const char *name, void *out, struct err *err)
{
    void *found = dlsym(handle, name);

    memcpy(out, &found, sizeof(found));
    return found || err_set(err, ERR_IO,
                            "libpq.so.5 is too old for --history: it has no %s, which "
                            "PostgreSQL's client library has since release 14",
                            name);
}

bool libpq_open(struct libpq *q, struct err *err)
{
    q->handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!q->handle)
        return err_set(err, ERR_IO,
                       "--history needs PostgreSQL's client library, which is not here "
                       "(%s): install the package libpq5",
                       dlerror());
#define X(name)                                          \
    if (!function_find(q->handle, #name, &q->name, err)) \
        return false;
    LIBPQ_FUNCTIONS(X)
#undef X
    return true;
}
