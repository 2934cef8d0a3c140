#include "net/http1.h"

#include <strings.h>

/* How many bytes of chunk extensions and trailers a body may carry. */
#define ASIDE_MAX 8192

/* How many digits the size of a chunk may have; leading zeros count. */
#define CHUNK_DIGITS_MAX 15

/* The phases of a chunked body, in the order of the bytes. */
enum {
    CHUNK_SIZE_FIRST,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    TRAILER_FIRST,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF,
    BODY_DONE
};

void http1_init(struct http1 *h, u32 head_max)
{
    *h = (struct http1){.head_max = head_max};
}

static enum http1_result http1_bad(struct http1 *h, u16 status, const char *why)
{
    h->status = status;
    h->why = why;
    return HTTP1_BAD;
}

/* tchar (RFC 9110, 5.6.2). */
static bool is_token_char(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c != 0 && strchr("!#$%&'*+-.^_`|~", c);
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_token_char(s.data[i]))
            return false;
    return s.len > 0;
}

/* What may stand in a field's value: no control character but the tab. */
static bool is_value_char(char c)
{
    return c == '\t' || ((u8)c >= ' ' && c != 0x7f);
}

static bool is_value(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_value_char(s.data[i]))
            return false;
    return true;
}

static bool is_same_word(struct str s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.data, word, s.len) == 0;
}

static struct str part(struct str s, size_t from, size_t to)
{
    return (struct str){s.data + from, to - from};
}

static size_t find(struct str s, size_t from, char c)
{
    const char *at = s.len > from ? memchr(s.data + from, c, s.len - from) : NULL;

    return at ? (size_t)(at - s.data) : s.len;
}

/* ---- the first line: method SP target SP version ----------------------------------
 */

/* HTTP-version = "HTTP/" DIGIT "." DIGIT */
static enum http1_result http1_version(struct http1 *h, struct str s)
{
    bool is_version = s.len == 8 && memcmp(s.data, "HTTP/", 5) == 0 &&
                      s.data[6] == '.' && s.data[5] >= '0' && s.data[5] <= '9' &&
                      s.data[7] >= '0' && s.data[7] <= '9';

    if (!is_version)
        return http1_bad(h, 400, "The first line does not end in an HTTP version.");
    if (s.data[5] != '1' || s.data[7] > '1')
        return http1_bad(h, 505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    h->minor = (u8)(s.data[7] - '0');
    return HTTP1_DONE;
}

/* Where the path begins in "http://authority/path"; s.len when it has none; 0 when s is
 * not of that form. */
static size_t http1_authority_end(struct str s)
{
    size_t start = 0;

    if (s.len > 7 && strncasecmp(s.data, "http://", 7) == 0)
        start = 7;
    else if (s.len > 8 && strncasecmp(s.data, "https://", 8) == 0)
        start = 8;
    else
        return 0;
    size_t slash = find(s, start, '/'), question = find(s, start, '?');
    size_t end = slash < question ? slash : question;
    return end > start ? end : 0;
}

/* request-target = origin-form / absolute-form / asterisk-form; path and query are
 * noted as places within the head's bytes. */
static enum http1_result http1_target(struct http1 *h, struct str target, size_t at,
                                      struct str method)
{
    size_t path = 0;

    for (size_t i = 0; i < target.len; i++)
        if ((u8)target.data[i] <= ' ' || (u8)target.data[i] >= 0x7f ||
            target.data[i] == '#')
            return http1_bad(h, 400,
                             "The request target has a character that must be "
                             "percent-encoded.");
    if (str_is(method, "CONNECT"))
        return http1_bad(h, 501, "CONNECT is not offered here.");
    if (target.len == 0)
        return http1_bad(h, 400, "The request target is empty.");
    if (target.data[0] != '/' && !(str_is(target, "*") && str_is(method, "OPTIONS"))) {
        path = http1_authority_end(target);
        if (path == 0)
            return http1_bad(h, 400,
                             "The request target is neither a path nor an "
                             "http address.");
    }
    size_t query = find(target, path, '?');
    h->path = (struct http1_span){(u32)(at + path), (u32)(query - path)};
    if (query < target.len)
        query++;
    h->query = (struct http1_span){(u32)(at + query), (u32)(target.len - query)};
    return HTTP1_DONE;
}

static enum http1_result http1_first_line(struct http1 *h, struct str line)
{
    size_t one = find(line, 0, ' '), two = find(line, one + 1, ' ');
    struct str method = part(line, 0, one);

    if (two >= line.len)
        return http1_bad(h, 400, "The first line is not METHOD TARGET VERSION.");
    if (!is_token(method))
        return http1_bad(h, 400, "The method is not a word.");
    if (http1_version(h, part(line, two + 1, line.len)) == HTTP1_BAD)
        return HTTP1_BAD;
    h->method = (struct http1_span){(u32)h->line_at, (u32)one};
    h->has_line = true;
    return http1_target(h, part(line, one + 1, two), h->line_at + one + 1, method);
}

/* ---- the fields that we must understand --------------------------------------------
 */

static enum http1_result http1_content_length(struct http1 *h, struct str value)
{
    if (h->has_length)
        return http1_bad(h, 400, "Content-Length is there twice.");
    h->has_length = true;
    if (!str_to_u64(value, &h->length) || h->length > INT64_MAX)
        return http1_bad(h, 400, "Content-Length is not a decimal number.");
    return HTTP1_DONE;
}

static enum http1_result http1_transfer_encoding(struct http1 *h, struct str value)
{
    if (h->has_coding)
        return http1_bad(h, 400, "Transfer-Encoding is there twice.");
    h->has_coding = true;
    if (!is_same_word(value, "chunked"))
        return http1_bad(h, 501, "No Transfer-Encoding but chunked is understood.");
    h->is_chunked = true;
    return HTTP1_DONE;
}

/* uri-host [ ":" port ]: only the characters are looked at. */
static enum http1_result http1_host(struct http1 *h, struct str value)
{
    if (h->has_host)
        return http1_bad(h, 400, "Host is there twice.");
    h->has_host = true;
    for (size_t i = 0; i < value.len; i++)
        if ((u8)value.data[i] <= ' ' || (u8)value.data[i] >= 0x7f ||
            strchr("/?#@\\\"<>", value.data[i]))
            return http1_bad(h, 400, "Host is not a host.");
    return HTTP1_DONE;
}

static enum http1_result http1_connection(struct http1 *h, struct str value)
{
    for (size_t at = 0; at <= value.len;) {
        size_t comma = find(value, at, ',');
        struct str word = str_trim(part(value, at, comma));
        h->says_close |= is_same_word(word, "close");
        h->says_keep |= is_same_word(word, "keep-alive");
        at = comma + 1;
    }
    return HTTP1_DONE;
}

static enum http1_result http1_expect(struct http1 *h, struct str value)
{
    if (!is_same_word(value, "100-continue"))
        return http1_bad(h, 417, "Nothing but 100-continue can be expected here.");
    h->wants_continue = true;
    return HTTP1_DONE;
}

static const struct {
    const char *name;
    enum http1_result (*read)(struct http1 *h, struct str value);
} known_fields[] = {
    {"content-length", http1_content_length},
    {"transfer-encoding", http1_transfer_encoding},
    {"host", http1_host},
    {"connection", http1_connection},
    {"expect", http1_expect},
};

/* field-line = field-name ":" OWS field-value OWS */
static bool http1_split(struct str line, struct str *name, struct str *value)
{
    size_t colon = find(line, 0, ':');

    if (colon == line.len)
        return false;
    *name = part(line, 0, colon);
    *value = part(line, colon + 1, line.len);
    while (value->len > 0 && (value->data[0] == ' ' || value->data[0] == '\t'))
        *value = part(*value, 1, value->len);
    while (value->len > 0 &&
           (value->data[value->len - 1] == ' ' || value->data[value->len - 1] == '\t'))
        value->len--;
    return true;
}

static enum http1_result http1_field_line(struct http1 *h, struct str line)
{
    struct str name, value;

    if (line.data[0] == ' ' || line.data[0] == '\t')
        return http1_bad(h, 400, "A header field is folded over two lines.");
    if (!http1_split(line, &name, &value))
        return http1_bad(h, 400, "A header line has no colon.");
    if (!is_token(name))
        return http1_bad(h, 400, "The name of a header field is not a word.");
    if (!is_value(value))
        return http1_bad(h, 400,
                         "The value of a header field has a control character.");
    for (size_t i = 0; i < LEN(known_fields); i++)
        if (is_same_word(name, known_fields[i].name))
            return known_fields[i].read(h, value);
    return HTTP1_DONE;
}

/* What only all fields together show. */
static enum http1_result http1_head_end(struct http1 *h)
{
    if (h->minor == 1 && !h->has_host)
        return http1_bad(h, 400, "Host is missing.");
    if (h->has_coding && h->has_length)
        return http1_bad(h, 400,
                         "Content-Length and Transfer-Encoding are both there.");
    if (h->has_coding && h->minor == 0)
        return http1_bad(h, 400, "HTTP/1.0 has no Transfer-Encoding.");
    h->keep_alive = !h->says_close && (h->minor == 1 || h->says_keep);
    h->wants_continue &= h->minor == 1;
    h->left = h->length;
    h->phase = CHUNK_SIZE_FIRST;
    h->head_len = h->line_at;
    h->field_at = h->fields_at;
    return HTTP1_DONE;
}

/* A line without its CRLF. MORE: the next one. Empty lines before the first one are
 * passed over (RFC 9112, 2.2). */
static enum http1_result http1_line(struct http1 *h, struct str line)
{
    enum http1_result result = HTTP1_DONE;

    if (line.len > 0)
        result = h->has_line ? http1_field_line(h, line) : http1_first_line(h, line);
    if (result == HTTP1_BAD)
        return HTTP1_BAD;
    bool is_first = line.len > 0 && h->fields_at == 0;
    h->line_at += line.len + 2;
    if (is_first)
        h->fields_at = h->line_at;
    return h->has_line && line.len == 0 ? http1_head_end(h) : HTTP1_MORE;
}

enum http1_result http1_head(struct http1 *h, struct str bytes)
{
    enum http1_result result = HTTP1_MORE;

    while (result == HTTP1_MORE) {
        size_t lf = find(bytes, h->seen, '\n');
        if (lf >= h->head_max || (lf == bytes.len && bytes.len >= h->head_max))
            return http1_bad(h, 431, "The request's head is too large.");
        h->seen = lf;
        if (lf == bytes.len)
            return HTTP1_MORE;
        if (lf == h->line_at || bytes.data[lf - 1] != '\r')
            return http1_bad(h, 400, "A line of the head does not end in CR LF.");
        h->seen = lf + 1;
        result = http1_line(h, part(bytes, h->line_at, lf - 1));
    }
    return result;
}

bool http1_field(struct http1 *h, struct str bytes, struct str *name, struct str *value)
{
    if (h->field_at + 2 >= h->head_len)
        return false;
    size_t lf = find(bytes, h->field_at, '\n');
    bool is_there = http1_split(part(bytes, h->field_at, lf - 1), name, value);
    must(is_there); /* http1_head has seen it */
    h->field_at = lf + 1;
    return true;
}

/* ---- the body -----------------------------------------------------------------------
 */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The digits are counted in `length`, which a chunked body does not use otherwise. */
static enum http1_result http1_chunk_digit(struct http1 *h, int digit)
{
    if (h->phase == CHUNK_SIZE_FIRST) {
        h->left = 0;
        h->length = 0;
    }
    if (++h->length > CHUNK_DIGITS_MAX)
        return http1_bad(h, 400, "The size of a chunk has too many digits.");
    h->left = h->left * 16 + (u64)digit;
    h->phase = CHUNK_SIZE;
    return HTTP1_MORE;
}

/* chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF */
static enum http1_result http1_chunk_size(struct http1 *h, char c)
{
    int digit = hex_digit(c);

    if (digit >= 0)
        return http1_chunk_digit(h, digit);
    if (h->phase == CHUNK_SIZE && (c == ';' || c == '\r')) {
        h->phase = c == ';' ? CHUNK_EXTENSION : CHUNK_SIZE_LF;
        return HTTP1_MORE;
    }
    return http1_bad(h, 400, "The size of a chunk is not a hexadecimal number.");
}

/* A byte that must be this one. */
static enum http1_result http1_expect_char(struct http1 *h, char c, char wanted,
                                           u8 next)
{
    if (c != wanted)
        return http1_bad(h, 400, "A line of the chunked body does not end in CR LF.");
    h->phase = next;
    return HTTP1_MORE;
}

/* A byte of an extension or a trailer, which are bounded and thrown away. */
static enum http1_result http1_aside(struct http1 *h, char c, u8 line_end)
{
    if (++h->aside > ASIDE_MAX)
        return http1_bad(h, 431,
                         "The extensions and trailers of the body are too large.");
    if (c == '\r')
        h->phase = line_end;
    else if (!is_value_char(c))
        return http1_bad(h, 400, "The chunked body has a control character beside it.");
    return HTTP1_MORE;
}

/* trailer-section = *( field-line CRLF ), and the empty line that ends the body. */
static enum http1_result http1_trailer_name(struct http1 *h, char c)
{
    if (c == '\r' && h->phase == TRAILER_FIRST) {
        h->phase = LAST_LF;
        return HTTP1_MORE;
    }
    if (c == ':' && h->phase == TRAILER_NAME) {
        h->phase = TRAILER_VALUE;
        return HTTP1_MORE;
    }
    if (!is_token_char(c))
        return http1_bad(h, 400, "The name of a trailer is not a word.");
    h->phase = TRAILER_NAME;
    return http1_aside(h, c, TRAILER_NAME);
}

static enum http1_result http1_chunk_byte(struct http1 *h, char c)
{
    switch (h->phase) {
    case CHUNK_SIZE_FIRST:
    case CHUNK_SIZE:
        return http1_chunk_size(h, c);
    case CHUNK_EXTENSION:
        return http1_aside(h, c, CHUNK_SIZE_LF);
    case CHUNK_SIZE_LF:
        return http1_expect_char(h, c, '\n', h->left ? CHUNK_DATA : TRAILER_FIRST);
    case CHUNK_DATA_CR:
        return http1_expect_char(h, c, '\r', CHUNK_DATA_LF);
    case CHUNK_DATA_LF:
        return http1_expect_char(h, c, '\n', CHUNK_SIZE_FIRST);
    case TRAILER_FIRST:
    case TRAILER_NAME:
        return http1_trailer_name(h, c);
    case TRAILER_VALUE:
        return http1_aside(h, c, TRAILER_LF);
    case TRAILER_LF:
        return http1_expect_char(h, c, '\n', TRAILER_FIRST);
    default:
        must(h->phase == LAST_LF);
        return http1_expect_char(h, c, '\n', BODY_DONE);
    }
}

/* As much of what is left as there is. */
static void http1_take(struct http1 *h, struct str bytes, size_t *used,
                       struct str *piece)
{
    size_t len = bytes.len - *used;

    if (len > h->left)
        len = (size_t)h->left;
    *piece = part(bytes, *used, *used + len);
    *used += len;
    h->left -= len;
}

static enum http1_result http1_chunked(struct http1 *h, struct str bytes, size_t *used,
                                       struct str *piece)
{
    while (h->phase != BODY_DONE && *used < bytes.len) {
        if (h->phase == CHUNK_DATA) {
            http1_take(h, bytes, used, piece);
            if (h->left == 0)
                h->phase = CHUNK_DATA_CR;
            return HTTP1_MORE;
        }
        if (http1_chunk_byte(h, bytes.data[(*used)++]) == HTTP1_BAD)
            return HTTP1_BAD;
    }
    return h->phase == BODY_DONE ? HTTP1_DONE : HTTP1_MORE;
}

enum http1_result http1_body(struct http1 *h, struct str bytes, size_t *used,
                             struct str *piece)
{
    *used = 0;
    *piece = (struct str){0};
    if (h->is_chunked)
        return http1_chunked(h, bytes, used, piece);
    if (h->left > 0 && bytes.len > 0)
        http1_take(h, bytes, used, piece);
    return h->left == 0 ? HTTP1_DONE : HTTP1_MORE;
}
