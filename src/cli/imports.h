/* imports.h - models that another one imports: any decision model that lies beside it
 * and has the namespace. */
#ifndef IMPORTS_H
#define IMPORTS_H

#include "dmn/dmn.h"

struct imports {
    struct dmn_resolver resolver; /* for dmn_options */
    struct str folder;            /* of the model; borrowed or in the arena */
};

/* `path` is of the model itself. */
void imports_init(struct imports *i, const char *path, struct arena *arena);

#endif
