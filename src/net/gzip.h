/* gzip.h - inflates what clients have compressed, and no more than was allowed. */
#ifndef NET_GZIP_H
#define NET_GZIP_H

#include "net/bytes.h"

enum gzip_coding { GZIP_IDENTITY, GZIP_GZIP, GZIP_DEFLATE };
enum gzip_result { GZIP_OK, GZIP_BROKEN, GZIP_TOO_BIG };

struct gzip;

struct gzip *gzip_open(void);
void gzip_close(struct gzip *g);

/* All of `in`, which must be one whole stream, added to `out`: at most `limit` bytes.
 */
enum gzip_result gzip_inflate(struct gzip *g, enum gzip_coding coding, struct str in,
                              size_t limit, struct bytes *out);

#endif
