/* query.h - kinds of things, and filters made of words: FIELD=VALUE. */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include "cli/remote.h"

struct kind_row {
    const char *word, *others, *path, *key, *began, *columns;
};

/* The kind of this word, by any of its names. NULL: it was said that there is none. */
const struct kind_row *kind_find(const char *word);

/* The filter that words make; an exit code. */
int filter_read(struct remote *r, const struct kind_row *kind, const char *const *words,
                int count, struct str *filter);

#endif
