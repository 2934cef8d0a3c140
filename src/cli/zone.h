/* zone.h - time zones by name, from the system's files. */
#ifndef ZONE_H
#define ZONE_H

#include "feel/feel.h"

/* For zones_open: the bytes of a zone's file; false: there is none of that name. */
bool zone_file(void *ctx, struct str name, struct arena *arena, struct str *tzif);

#endif
