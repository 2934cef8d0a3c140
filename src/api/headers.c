#include "api/private.h"

/* ---- header fields: lists, parameters, media types (RFC 9110, 5.6 and 8.3) ------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool header_is(struct str got, const char *wanted)
{
    size_t len = strlen(wanted);

    if (got.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(got.data[i]) != wanted[i])
            return false;
    return true;
}

struct str header_find(const struct api_request *r, const char *name)
{
    for (u32 i = 0; i < r->header_count; i++)
        if (str_is(r->headers[i].name, name))
            return r->headers[i].value;
    return STR("");
}

/* What stands up to the next `end` outside of quotes, trimmed; *at moves behind it. */
static bool piece_next(struct str header, char end, size_t *at, struct str *out)
{
    bool is_quoted = false;
    size_t start = *at, i = start;

    if (start > header.len)
        return false;
    for (; i < header.len && (is_quoted || header.data[i] != end); i++) {
        if (header.data[i] == '"')
            is_quoted = !is_quoted;
        if (header.data[i] == '\\' && is_quoted && i + 1 < header.len)
            i++;
    }
    *out = str_trim((struct str){header.data + start, i - start});
    *at = i + 1;
    return true;
}

struct str header_media(struct str header)
{
    struct str media = STR("");
    size_t at = 0;

    piece_next(header, ';', &at, &media);
    return media;
}

/* A quoted value without its quotes and backslashes. */
static struct str unquoted(struct str value, struct arena *arena)
{
    if (value.len < 2 || value.data[0] != '"' || value.data[value.len - 1] != '"')
        return value;
    char *to = arena_alloc(arena, value.len);
    size_t len = 0;
    for (size_t i = 1; i + 1 < value.len; i++) {
        if (value.data[i] == '\\' && i + 2 < value.len)
            i++;
        to[len++] = value.data[i];
    }
    return (struct str){to, len};
}

bool header_parameter(struct str header, const char *name, struct arena *arena,
                      struct str *out)
{
    struct str piece;
    size_t at = 0;

    piece_next(header, ';', &at, &piece);
    while (piece_next(header, ';', &at, &piece)) {
        const char *sign = piece.len ? memchr(piece.data, '=', piece.len) : NULL;
        if (!sign)
            continue;
        size_t len = (size_t)(sign - piece.data);
        if (!header_is(str_trim((struct str){piece.data, len}), name))
            continue;
        *out = unquoted(str_trim((struct str){sign + 1, piece.len - len - 1}), arena);
        return true;
    }
    return false;
}

/* ---- Accept (RFC 9110, 12.5.1): the most specific range that means JSON decides ----
 */

static u32 range_rank(struct str media)
{
    if (header_is(media, "application/json") ||
        header_is(media, "application/vnd.camunda.api.keys.string+json"))
        return 3;
    if (header_is(media, "application/*"))
        return 2;
    return header_is(media, "*/*") ? 1 : 0;
}

static bool is_zero(struct str quality)
{
    if (quality.len == 0 || quality.data[0] != '0')
        return false;
    for (size_t i = 1; i < quality.len; i++)
        if (quality.data[i] != '0' && quality.data[i] != '.')
            return false;
    return true;
}

struct str foreign_origin(const struct api_request *r)
{
    struct str origin = header_find(r, "origin"), host = header_find(r, "host");
    const char *mark = origin.len ? memmem(origin.data, origin.len, "://", 3) : NULL;
    size_t skip = mark ? (size_t)(mark - origin.data) + 3 : 0;

    if (mark && str_equal((struct str){origin.data + skip, origin.len - skip}, host))
        return STR("");
    return origin;
}

struct str origin_allowed(struct str list, struct str origin)
{
    struct str piece;

    for (size_t at = 0; origin.len && piece_next(list, ',', &at, &piece);)
        if (str_is(piece, "*") || str_equal(piece, origin))
            return piece;
    return STR("");
}

bool accepts_coding(const struct api_request *r, const char *coding)
{
    struct str header = header_find(r, "accept-encoding"), piece, quality;

    for (size_t at = 0; piece_next(header, ',', &at, &piece);)
        if (header_is(header_media(piece), coding))
            return !header_parameter(piece, "q", r->arena, &quality) ||
                   !is_zero(quality);
    return false;
}

bool header_matches(const struct api_request *r, const char *etag)
{
    struct str header = header_find(r, "if-none-match"), piece;

    for (size_t at = 0; piece_next(header, ',', &at, &piece);) {
        if (piece.len > 2 && memcmp(piece.data, "W/", 2) == 0)
            piece = (struct str){piece.data + 2, piece.len - 2};
        if (str_is(piece, etag) || str_is(piece, "*"))
            return true;
    }
    return false;
}

bool accepts_json(const struct api_request *r)
{
    struct str header = header_find(r, "accept"), range, quality;
    bool accepted = false;
    u32 best = 0;

    if (header.len == 0)
        return true;
    for (size_t at = 0; piece_next(header, ',', &at, &range);) {
        u32 rank = range_rank(header_media(range));
        bool wanted =
            !header_parameter(range, "q", r->arena, &quality) || !is_zero(quality);
        if (rank > best || (rank == best && rank > 0 && wanted)) {
            best = rank;
            accepted = wanted;
        }
    }
    return accepted;
}
