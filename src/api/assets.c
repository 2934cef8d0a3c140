#include "api/private.h"

/* Files that are part of the program: pages and what they are made of. */

/* Nothing from elsewhere, no script in a page, no frame around it. Diagrams put styles
 * at their elements, and fonts and small pictures stand in style sheets as data. */
#define POLICY                                                               \
    "default-src 'self'; style-src 'self' 'unsafe-inline'; "                 \
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; " \
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

#define HEADERS_MAX 8

static bool has_star(const char *path)
{
    size_t len = strlen(path);

    return len > 1 && path[len - 1] == '*';
}

/* How well this row fits the path: all of it, or as much as stands before the star. */
static size_t asset_fit(const struct api_asset *asset, struct str path)
{
    size_t len = strlen(asset->path);

    if (str_is(path, asset->path))
        return SIZE_MAX;
    if (!has_star(asset->path) || path.len < len - 1 ||
        memcmp(path.data, asset->path, len - 1) != 0)
        return 0;
    return len - 1;
}

/* The first row of the path that fits best. */
static const struct api_asset *asset_find(const struct api *a, struct str path)
{
    const struct api_asset *best = NULL;
    size_t best_fit = 0;

    for (u32 i = 0; i < a->options.asset_count; i++) {
        size_t fit = asset_fit(&a->options.assets[i], path);
        if (fit > best_fit) {
            best = &a->options.assets[i];
            best_fit = fit;
        }
    }
    return best;
}

/* The first of its rows that the client takes; NULL: none. */
static const struct api_asset *asset_choose(const struct api *a,
                                            const struct api_asset *first,
                                            const struct api_request *r)
{
    const struct api_asset *end = a->options.assets + a->options.asset_count;

    for (const struct api_asset *row = first;
         row < end && strcmp(row->path, first->path) == 0; row++)
        if (row->encoding[0] == '\0' || accepts_coding(r, row->encoding))
            return row;
    return NULL;
}

static void header_add(struct api_header *headers, u32 *count, const char *name,
                       const char *value)
{
    must(*count < HEADERS_MAX);
    headers[(*count)++] = (struct api_header){str_of(name), str_of(value)};
}

static u32 asset_headers(const struct api_asset *asset, struct api_header *headers)
{
    bool is_page = strncmp(asset->type, "text/html", 9) == 0;
    u32 count = 0;

    header_add(headers, &count, "ETag", asset->etag);
    header_add(headers, &count, "Cache-Control",
               asset->is_immutable ? "public, max-age=31536000, immutable"
                                   : "no-cache");
    header_add(headers, &count, "Vary", "Accept-Encoding");
    header_add(headers, &count, "X-Content-Type-Options", "nosniff");
    if (asset->encoding[0])
        header_add(headers, &count, "Content-Encoding", asset->encoding);
    if (is_page) {
        header_add(headers, &count, "Content-Security-Policy", POLICY);
        header_add(headers, &count, "Referrer-Policy", "same-origin");
    }
    return count;
}

static void asset_put(struct api *a, struct served *s, const struct api_request *r,
                      const struct api_asset *asset)
{
    struct reply_block *b = reply_open(a, s);

    if (setjmp(b->full.jump)) {
        reply_drop(a, b);
        rest_full(a, s);
        return;
    }
    struct api_header *headers = NEW_ARRAY(&b->arena, struct api_header, HEADERS_MAX);
    b->reply.is_last = true;
    b->reply.header_count = asset_headers(asset, headers);
    b->reply.headers = headers;
    b->reply.status = header_matches(r, asset->etag) ? 304 : 200;
    if (b->reply.status == 200) {
        b->reply.content_type = str_of(asset->type);
        b->reply.body = asset->bytes;
    }
    reply_put(a, b);
}

bool asset_serve(struct api *a, struct served *s, const struct api_request *r)
{
    static const struct api_header allow = {{"Allow", 5}, {"GET, HEAD", 9}};
    const struct api_asset *first = asset_find(a, r->path);

    if (!first)
        return false;
    const struct api_asset *asset = asset_choose(a, first, r);
    if (!str_is(r->method, "GET") && !str_is(r->method, "HEAD"))
        rest_problem_with(a, s, 405, "Method Not Allowed",
                          arena_print(r->arena, "%.*s knows GET and HEAD, but not %.*s",
                                      ARG(r->path), ARG(r->method)),
                          &allow);
    else if (!asset)
        rest_problem(a, s, 406, "Not Acceptable",
                     arena_print(r->arena, "%.*s is there in encoding %s only",
                                 ARG(r->path), first->encoding));
    else
        asset_put(a, s, r, asset);
    return true;
}
