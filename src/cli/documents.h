/* documents.h - where documents of clients are kept: a file each in DIR/documents,
 * named by the hash of its id, so that no id names a place of its own; or in memory, up
 * to a limit, when nothing is to survive. A file is whole or not there: it is written
 * beside its place, synced, and then named. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "api/api.h"

struct documents;

/* folder NULL: in memory. NULL: err says what is wrong. */
struct documents *documents_open(const char *folder, struct err *err);
void documents_close(struct documents *d);
const struct api_documents *documents_port(struct documents *d);

#endif
