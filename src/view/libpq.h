/* libpq.h - inside the room: PostgreSQL's client library, looked for only when a URL
 * asks for it, so that the program runs where there is none. */
#ifndef VIEW_LIBPQ_H
#define VIEW_LIBPQ_H

#include <postgresql/libpq-fe.h>

#include "base/err.h"

/* clang-format off */
#define LIBPQ_FUNCTIONS(X) \
    X(PQconnectdbParams) X(PQstatus) X(PQerrorMessage) X(PQfinish) X(PQsocket) \
    X(PQserverVersion) X(PQparameterStatus) X(PQdb) X(PQhost) X(PQport) \
    X(PQconninfoParse) X(PQconninfoFree) X(PQfreemem) X(PQsetNoticeProcessor) \
    X(PQsetnonblocking) X(PQenterPipelineMode) X(PQpipelineSync) X(PQexec) \
    X(PQsendQueryParams) X(PQsendPrepare) X(PQsendQueryPrepared) X(PQflush) \
    X(PQconsumeInput) X(PQisBusy) X(PQgetResult) X(PQsetSingleRowMode) \
    X(PQresultStatus) X(PQresultErrorField) X(PQresultErrorMessage) X(PQntuples) \
    X(PQnfields) X(PQftype) X(PQgetisnull) X(PQgetvalue) X(PQgetlength) X(PQclear) \
    X(PQgetCancel) X(PQcancel) X(PQfreeCancel)
/* clang-format on */

struct libpq {
    void *handle;
#define X(name) __typeof__(name) *name;
    LIBPQ_FUNCTIONS(X)
#undef X
};

/* False: err says what to install. It stays open for good. */
bool libpq_open(struct libpq *q, struct err *err);

#endif
