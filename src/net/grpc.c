#include "net/inside.h"

/* What gRPC adds to HTTP/2: which requests are calls, how messages are framed and
 * compressed, how deadlines and texts are written. */

/* A message on the wire:
 *
 *     +------------+----------------------+---------- - -
 *     | compressed | length (big endian)  | message
 *     | 1 byte     | 4 bytes              | length bytes
 *     +------------+----------------------+---------- - -
 */
#define FRAME 5

static const struct grpc_refusal
    not_post = {405, GRPC_INTERNAL, "a call is a POST"},
    not_grpc = {415, GRPC_INVALID_ARGUMENT, "the content-type is not application/grpc"},
    headers_too_big = {200, GRPC_RESOURCE_EXHAUSTED, "the headers are too large"},
    bad_timeout = {200, GRPC_INTERNAL, "grpc-timeout is not 1 to 8 digits and a unit"},
    bad_coding = {200, GRPC_UNIMPLEMENTED,
                  "grpc-encoding is none of identity, deflate, gzip"},
    conn_is_full = {200, GRPC_RESOURCE_EXHAUSTED,
                    "too many answers wait for this connection to take them"},
    message_too_big = {200, GRPC_RESOURCE_EXHAUSTED, "the message is too large"},
    inflated_too_big = {200, GRPC_RESOURCE_EXHAUSTED,
                        "the message is too large when decompressed"},
    held_too_much = {200, GRPC_RESOURCE_EXHAUSTED,
                     "there are too many bytes in requests under way"},
    bad_flag = {200, GRPC_INTERNAL, "the compressed flag of the message is not 0 or 1"},
    flag_alone = {200, GRPC_INTERNAL,
                  "the message is compressed, but grpc-encoding does not say how"},
    not_inflated = {200, GRPC_INTERNAL,
                    "the message is not what its grpc-encoding says"},
    no_message = {200, GRPC_INTERNAL, "the call ended without a message"},
    half_message = {200, GRPC_INTERNAL, "the call ended within its message"},
    more_messages = {200, GRPC_INTERNAL, "the call has more than one message"};

/* TimeoutValue TimeoutUnit. Rounded up: a deadline that is there never becomes none. */
bool grpc_timeout(struct str s, i64 *ms)
{
    static const struct {
        char unit;
        i64 times, per;
    } units[] = {{'n', 1, 1000000}, {'u', 1, 1000},  {'m', 1, 1},
                 {'S', 1000, 1},    {'M', 60000, 1}, {'H', 3600000, 1}};
    u64 value;

    if (s.len < 2 || s.len > 9 || !str_to_u64((struct str){s.data, s.len - 1}, &value))
        return false;
    for (size_t i = 0; i < LEN(units); i++)
        if (s.data[s.len - 1] == units[i].unit) {
            *ms = ((i64)value * units[i].times + units[i].per - 1) / units[i].per;
            return true;
        }
    return false;
}

void grpc_percent(struct bytes *out, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.len; i++) {
        u8 c = (u8)text.data[i];
        char *to = bytes_room(out, 3);
        bool is_plain = c >= ' ' && c <= '~' && c != '%';
        to[0] = '%';
        to[1] = hex[c >> 4];
        to[2] = hex[c & 15];
        if (is_plain)
            to[0] = (char)c;
        out->len += is_plain ? 1 : 3;
    }
}

/* application/grpc, application/grpc+proto, either with parameters. */
static bool grpc_is_content_type(struct str s)
{
    struct str word = STR("application/grpc");

    if (!str_starts(s, word))
        return false;
    if (s.len == word.len)
        return true;
    return s.data[word.len] == '+' || s.data[word.len] == ';' ||
           s.data[word.len] == ' ';
}

static bool grpc_coding(struct request *r)
{
    struct str s = r->encoding;

    r->has_coding = s.len > 0;
    if (s.len == 0 || str_is(s, "identity"))
        r->coding = GZIP_IDENTITY;
    else if (str_is(s, "gzip"))
        r->coding = GZIP_GZIP;
    else if (str_is(s, "deflate"))
        r->coding = GZIP_DEFLATE;
    else
        return false;
    return true;
}

const struct grpc_refusal *grpc_check_head(struct request *r, i64 *timeout_ms)
{
    *timeout_ms = -1;
    if (r->is_headers_full)
        return &headers_too_big;
    if (!str_is(r->view.method, "POST"))
        return &not_post;
    if (!grpc_is_content_type(r->content_type))
        return &not_grpc;
    if (!grpc_coding(r))
        return &bad_coding;
    if (r->timeout.len > 0 && !grpc_timeout(r->timeout, timeout_ms))
        return &bad_timeout;
    if (r->conn->queued > r->conn->net->options.unsent_max)
        return &conn_is_full;
    return NULL;
}

static u32 grpc_length(const char *frame)
{
    const u8 *b = (const u8 *)frame;

    return (u32)b[1] << 24 | (u32)b[2] << 16 | (u32)b[3] << 8 | b[4];
}

/* What can be told from the first bytes is told at once: nobody has to send 4 GiB to
 * hear that they are too many. */
const struct grpc_refusal *grpc_check_body(const struct request *r)
{
    const struct bytes *b = &r->body;

    if (b->len < FRAME)
        return NULL;
    if ((u8)b->data[0] > 1)
        return &bad_flag;
    if (grpc_length(b->data) > r->conn->net->options.body_max)
        return &message_too_big;
    return b->len - FRAME > grpc_length(b->data) ? &more_messages : NULL;
}

/* The inflated message takes the place of the one that came. */
static const struct grpc_refusal *grpc_inflate(struct request *r)
{
    struct net *n = r->conn->net;
    struct bytes flat = {0};
    struct str in = {r->body.data + FRAME, r->body.len - FRAME};
    enum gzip_result result =
        gzip_inflate(n->gzip, r->coding, in, n->options.body_max, &flat);

    if (result == GZIP_OK && flat.len > n->options.held_max - (n->held - r->body.len)) {
        bytes_free(&flat);
        return &held_too_much;
    }
    if (result != GZIP_OK) {
        bytes_free(&flat);
        return result == GZIP_TOO_BIG ? &inflated_too_big : &not_inflated;
    }
    n->held += flat.len;
    n->held -= r->body.len;
    bytes_free(&r->body);
    r->body = flat;
    r->view.body = bytes_str(&r->body);
    return NULL;
}

const struct grpc_refusal *grpc_finish(struct request *r)
{
    if (r->body.len == 0)
        return &no_message;
    if (r->body.len < FRAME || r->body.len - FRAME < grpc_length(r->body.data))
        return &half_message;
    if (r->body.data[0] == 0) {
        r->view.body = (struct str){r->body.data + FRAME, r->body.len - FRAME};
        return NULL;
    }
    return r->coding == GZIP_IDENTITY ? &flag_alone : grpc_inflate(r);
}
