/* documents.h - the variables that bench and load give to instances: about 85 bytes
 * with 3 of them, as a small order has, or about 570 with 14. No two instances get the
 * same ones, or the log would compress what it never could in real life. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include <stdio.h>

#include "base/hash.h"

enum { DOCUMENTS = 1024, DOCUMENT_MAX = 1024 };

static inline void document_small(char *to, u64 n)
{
    u64 h = hash_mix(n + 1);

    snprintf(to, DOCUMENT_MAX,
             "{\"orderId\":\"A-%07u\",\"amount\":%u.%02u,"
             "\"customer\":{\"id\":%u,\"name\":\"Customer %03u\"}}",
             (unsigned)(h % 10000000), (unsigned)(h >> 24 & 1023),
             (unsigned)(h >> 34) % 100, (unsigned)(h >> 44), (unsigned)(h % 1000));
}

static inline void document_large(char *to, u64 n)
{
    u64 h = hash_mix(n + 1), i = hash_mix(h), k = hash_mix(i);

    snprintf(
        to, DOCUMENT_MAX,
        "{\"orderId\":\"%016llx\",\"isExpress\":%s,\"itemCount\":%u,"
        "\"address\":{\"street\":\"Long Road %u\",\"town\":\"Newtown\",\"zip\":%u,"
        "\"note\":\"please ring twice and leave it with the neighbours on the left "
        "side\"},"
        "\"traceId\":\"%016llx-%016llx-0001\",\"sessionId\":\"%016llx-%016llx-0002\","
        "\"basketId\":\"%016llx-%016llx-0003\",\"channel\":\"web\",\"weight\":%u.%02u,"
        "\"isGift\":false,\"isNew\":true,\"total\":%u.25,"
        "\"customer\":{\"id\":%u,\"name\":\"Jane Doe\",\"tags\":[\"a\",\"b\",\"c\"]},"
        "\"lines\":[{\"sku\":\"X-%u\",\"n\":2,\"price\":19.99},{\"sku\":\"Y-2\",\"n\":"
        "1}"
        "]}",
        (unsigned long long)h, h & 1 ? "true" : "false", (unsigned)(h >> 56),
        (unsigned)(h >> 40 & 255), (unsigned)(i >> 48), (unsigned long long)i,
        (unsigned long long)k, (unsigned long long)k, (unsigned long long)h,
        (unsigned long long)(i ^ k), (unsigned long long)(h ^ k),
        (unsigned)(k >> 50 & 63), (unsigned)(k >> 30) % 100, (unsigned)(i >> 30 & 4095),
        (unsigned)(k >> 20 & 65535), (unsigned)(h >> 20 & 4095));
}

/* All that are given in turn, made beforehand, so that making them is not measured. */
struct documents {
    char text[DOCUMENTS][DOCUMENT_MAX];
};

static inline void documents_init(struct documents *d, bool is_large)
{
    for (u64 n = 0; n < DOCUMENTS; n++)
        (is_large ? document_large : document_small)(d->text[n], n);
}

static inline const char *document_at(const struct documents *d, u64 n)
{
    return d->text[n % DOCUMENTS];
}

#endif
