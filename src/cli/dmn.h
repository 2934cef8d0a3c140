/* dmn.h - what is wrong in a file of decisions, for `dmn check` and `lint`. */
#ifndef CLI_DMN_H
#define CLI_DMN_H

#include "cli/report.h"

/* Adds all findings about the model in the file to the report. */
void dmn_report(struct desk *d, struct report *r, const char *path, struct str xml);

#endif
