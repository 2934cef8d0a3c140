#include "api/private.h"

/* What stands behind the path: `name=value&name=value`, percent-encoded, with `+` for a
 * space (the way forms are written). */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What is no escape stands for itself. */
static struct str decode(struct str in, char space, struct arena *arena)
{
    char *to = arena_alloc(arena, in.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < in.len; i++) {
        bool has_two = in.data[i] == '%' && i + 2 < in.len;
        int high = has_two ? hex_value(in.data[i + 1]) : -1;
        int low = has_two ? hex_value(in.data[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            to[len++] = (char)(high * 16 + low);
            i += 2;
        } else {
            to[len++] = in.data[i] == space ? ' ' : in.data[i];
        }
    }
    return (struct str){to, len};
}

struct str query_decode(struct str in, struct arena *arena)
{
    return decode(in, '+', arena);
}

struct str path_decode(struct str in, struct arena *arena)
{
    return decode(in, ' ', arena);
}

bool query_get_raw(struct str query, const char *name, struct arena *arena,
                   struct str *out)
{
    for (size_t at = 0; at < query.len;) {
        const char *end = memchr(query.data + at, '&', query.len - at);
        struct str pair = {query.data + at,
                           end ? (size_t)(end - query.data) - at : query.len - at};
        const char *sign = pair.len ? memchr(pair.data, '=', pair.len) : NULL;
        struct str key = {pair.data, sign ? (size_t)(sign - pair.data) : pair.len};
        at += pair.len + 1;
        if (!str_is(query_decode(key, arena), name))
            continue;
        *out = sign ? (struct str){sign + 1, pair.len - key.len - 1} : STR("");
        return true;
    }
    return false;
}

bool query_get(struct str query, const char *name, struct arena *arena, struct str *out)
{
    if (!query_get_raw(query, name, arena, out))
        return false;
    *out = query_decode(*out, arena);
    return true;
}
