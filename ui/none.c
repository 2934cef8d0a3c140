#include "cli/pages.h"

/* The program without its pages. UI_REASON says why, as the Makefile knows it. */

#ifndef UI_REASON
#define UI_REASON "The build was told to leave them out (UI=no)."
#endif

static const char text[] =
    "<!doctype html>\n"
    "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>fermata</title>\n"
    "<style>body { font: 15px/1.6 system-ui, sans-serif; max-width: 40em;\n"
    "margin: 15vh auto; padding: 0 1em; color-scheme: light dark }</style></head>\n"
    "<body><h1>fermata is running, without its pages</h1>\n"
    "<p>" UI_REASON " Build it again with npm installed (<code>make UI=yes</code>)\n"
    "to see processes here.</p>\n"
    "<p>All that the pages would show is at <a href=\"/v2/topology\">/v2</a>, as\n"
    "<a href=\"/v2/openapi.json\">/v2/openapi.json</a> tells.</p></body></html>\n";

const struct api_asset pages[] = {
    {"/",
     "text/html; charset=utf-8",
     "",
     "\"no-pages\"",
     false,
     {text, sizeof text - 1}},
};
const u32 page_count = LEN(pages);
