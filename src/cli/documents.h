/* documents.h - where documents of clients are kept: a file each in DIR/documents,
 * named by the hash of its id, so that no id names a place of its own; or in memory, up
 * to a limit, when nothing is to survive. A file is whole or not there: it is written
 * beside its place, synced, and then named. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "api/api.h"

struct documents;

#define DOCUMENTS "documents" /* the folder, within a data directory or a backup */

/* All that is in FROM/documents, also under a server that writes there, to
 * TO/documents; nothing when there is no such folder. What a copy has begun is left to
 * the caller. */
bool documents_copy(const char *from, const char *to, struct err *err);
void documents_remove(const char *folder); /* and what is in it */

/* folder NULL: in memory. NULL: err says what is wrong. */
struct documents *documents_open(const char *folder, struct err *err);
void documents_close(struct documents *d);
const struct api_documents *documents_port(struct documents *d);

#endif
