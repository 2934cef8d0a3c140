#include "gate/gather.h"

#include <stdlib.h>

struct row_found {
    struct str order, item; /* owned, one block, at order.data */
};

struct gather {
    struct row_found *rows; /* owned */
    u32 count, room;
    u64 total;
    u64 *path; /* owned */
    u32 path_count;
    u32 skip, limit;
    bool is_backward;
    struct arena arena; /* of the page */
};

struct gather *gather_open(void)
{
    struct gather *g = must_alloc(sizeof(*g));

    arena_init(&g->arena, 4096, (size_t)1 << 31, NULL);
    return g;
}

static void row_free(struct row_found *r)
{
    free((char *)(uintptr_t)r->order.data);
}

void gather_close(struct gather *g)
{
    if (!g)
        return;
    for (u32 i = 0; i < g->count; i++)
        row_free(&g->rows[i]);
    free(g->rows);
    free(g->path);
    arena_free(&g->arena);
    free(g);
}

static int row_compare(const void *a, const void *b)
{
    return str_compare(((const struct row_found *)a)->order,
                       ((const struct row_found *)b)->order);
}

static struct row_found row_copy(const struct search_hit *hit)
{
    char *block = must_alloc(hit->order.len + hit->item.len + 1);

    memcpy(block, hit->order.data, hit->order.len);
    memcpy(block + hit->order.len, hit->item.data, hit->item.len);
    return (struct row_found){{block, hit->order.len},
                              {block + hit->order.len, hit->item.len}};
}

/* Rows that no page can need go: those behind what is wanted, or before it when it goes
 * backward. */
static void gather_trim(struct gather *g)
{
    u32 wanted = g->skip + g->limit, kept = 0;

    if (g->count)
        qsort(g->rows, g->count, sizeof(*g->rows), row_compare);
    for (u32 i = 0; i < g->count; i++) {
        bool is_needed = g->is_backward ? g->count - i <= wanted : i < wanted;
        if (is_needed)
            g->rows[kept++] = g->rows[i];
        else
            row_free(&g->rows[i]);
    }
    g->count = kept;
}

static void path_keep(struct gather *g, struct u64_list path)
{
    g->path_count = path.count;
    if (path.count == 0)
        return;
    g->path = must_realloc(g->path, path.count * sizeof(*g->path));
    memcpy(g->path, path.items, path.count * sizeof(*g->path));
}

struct u64_list gather_path(const struct gather *g)
{
    return (struct u64_list){g->path, g->path_count};
}

void gather_add(struct gather *g, const struct search_found *found)
{
    u32 count = g->count + found->hits.count;

    if (count > g->room) {
        g->room = count;
        g->rows = must_realloc(g->rows, g->room * sizeof(*g->rows));
    }
    for (u32 i = 0; i < found->hits.count; i++)
        g->rows[g->count++] = row_copy(&found->hits.items[i]);
    g->total += found->total;
    path_keep(g, found->path);
    g->skip = found->skip;
    g->limit = found->limit;
    g->is_backward = found->is_backward;
    gather_trim(g);
}

/* ---- the page -------------------------------------------------------------------- */

/* RFC 4648, section 4. */
static void base64_put(struct buf *b, struct str s)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < s.len; i += 3) {
        u32 three = (u32)(u8)s.data[i] << 16;
        if (i + 1 < s.len)
            three |= (u32)(u8)s.data[i + 1] << 8;
        if (i + 2 < s.len)
            three |= (u8)s.data[i + 2];
        buf_byte(b, digits[three >> 18]);
        buf_byte(b, digits[three >> 12 & 63]);
        buf_byte(b, i + 1 < s.len ? digits[three >> 6 & 63] : '=');
        buf_byte(b, i + 2 < s.len ? digits[three & 63] : '=');
    }
}

static void cursor_put(struct buf *b, const struct row_found *row)
{
    if (!row) {
        buf_text(b, "null");
        return;
    }
    buf_byte(b, '"');
    base64_put(b, row->order);
    buf_byte(b, '"');
}

struct str gather_page(struct gather *g)
{
    u32 first = g->skip < g->count ? g->skip : g->count;
    struct buf b;

    buf_init(&b, &g->arena, 4096);
    buf_text(&b, "{\"items\":[");
    for (u32 i = first; i < g->count; i++) {
        if (i > first)
            buf_byte(&b, ',');
        buf_add(&b, g->rows[i].item);
    }
    buf_print(&b, "],\"page\":{\"totalItems\":%llu,\"hasMoreTotalItems\":false,",
              (unsigned long long)g->total);
    buf_text(&b, "\"startCursor\":");
    cursor_put(&b, first < g->count ? &g->rows[first] : NULL);
    buf_text(&b, ",\"endCursor\":");
    cursor_put(&b, first < g->count ? &g->rows[g->count - 1] : NULL);
    buf_text(&b, "}}");
    return buf_str(&b);
}
