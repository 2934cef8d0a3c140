/* http1.h - reads HTTP/1.1 requests (RFC 9112), strictly: whatever two readers could
 * understand differently is refused, since that is how requests are smuggled. Pure;
 * takes no memory: the head is read from the caller's bytes, which hold it from its
 * beginning, the body is given out in pieces of the caller's bytes.
 *
 *     http1_init(&h, 32768);
 *     while (http1_head(&h, bytes) == HTTP1_MORE) ...         more at the end of bytes
 *     while (http1_field(bytes, &h, &name, &value)) ...
 *     while (http1_body(&h, rest, &used, &piece) == HTTP1_MORE) ...
 *
 * HTTP1_BAD: h.status and h.why say what to answer; the connection cannot go on. */
#ifndef NET_HTTP1_H
#define NET_HTTP1_H

#include "base/base.h"

enum http1_result { HTTP1_MORE, HTTP1_DONE, HTTP1_BAD };

struct http1_span {
    u32 at, len; /* within the head's bytes */
};

struct http1 {
    /* The head, once it is done. */
    struct http1_span method, path, query;
    size_t head_len; /* of all lines, with the empty one */
    u64 length;      /* Content-Length; 0 when there is none or the body is chunked */
    u8 minor;        /* HTTP/1.minor */
    bool is_chunked, keep_alive, wants_continue;

    /* Why it is bad. */
    u16 status;
    const char *why; /* a literal */

    /* Between two calls. */
    u32 head_max;
    size_t line_at, seen; /* the line that is being read; how far it was looked at */
    size_t fields_at, field_at; /* the first field; the next one for http1_field */
    bool has_line, has_host, has_length, has_coding, says_close, says_keep;
    u8 phase;  /* of a chunked body */
    u32 aside; /* bytes of chunk extensions and trailers: they do not count as body */
    u64 left;  /* of the body, or of its chunk */
};

void http1_init(struct http1 *h, u32 head_max);

/* `bytes` begin where the request begins, and may go on behind its head. Call again
 * with the same bytes and more of them. */
enum http1_result http1_head(struct http1 *h, struct str bytes);

/* The head's fields one by one, names as they were sent, values without white space at
 * both ends. `bytes` are those of http1_head. False: that was the last one. */
bool http1_field(struct http1 *h, struct str bytes, struct str *name,
                 struct str *value);

/* Takes `used` bytes of the body and gives out `piece` of them (maybe nothing). MORE
 * with all bytes used: more must come. DONE also says that there never was a body. */
enum http1_result http1_body(struct http1 *h, struct str bytes, size_t *used,
                             struct str *piece);

#endif
