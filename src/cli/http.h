/* http.h - a plain client for REST: one connection, one call at a time, blocking. For
 * the commands and the demo's services, which talk to the server as anybody else does.
 */
#ifndef CLI_HTTP_H
#define CLI_HTTP_H

#include "base/arena.h"
#include "base/err.h"

struct http {
    char host[64], port[8];
    int fd;        /* -1: not connected; it connects by itself */
    int timeout_s; /* an answer that says nothing for so long has failed; 0: for ever */
};

void http_init(struct http *h, const char *address); /* HOST:PORT */
void http_close(struct http *h);

/* One call. The answer's body lives in the arena. False: nobody answered. */
bool http_call(struct http *h, const char *method, const char *path,
               struct str content_type, struct str body, struct arena *arena,
               int *status, struct str *answer, struct err *err);

#endif
