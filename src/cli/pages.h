/* pages.h - the web pages, which are part of the program. The table is printed when the
 * program is built: from ui/ (see ui/embed.mjs), or, where they were left out, with one
 * page that says so (ui/none.c). */
#ifndef PAGES_H
#define PAGES_H

#include "api/api.h"

extern const struct api_asset pages[];
extern const u32 page_count;

#endif
