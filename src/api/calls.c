#include "api/private.h"
#include "base/hash.h"

/* ---- gRPC: by the whole path ----------------------------------------------------- */

static void rpcs_open(struct api *a)
{
    must(rpc_count < UINT8_MAX);
    must(rpc_count < RPC_SLOTS / 2);
    for (u32 i = 0; i < rpc_count; i++) {
        u64 slot = hash_bytes(str_of(rpcs[i].path), 0) % RPC_SLOTS;
        while (a->rpc_slots[slot])
            slot = (slot + 1) % RPC_SLOTS;
        a->rpc_slots[slot] = (u8)(i + 1);
    }
}

const struct rpc *rpc_find(const struct api *a, struct str path)
{
    u64 slot = hash_bytes(path, 0) % RPC_SLOTS;

    for (; a->rpc_slots[slot]; slot = (slot + 1) % RPC_SLOTS)
        if (str_is(path, rpcs[a->rpc_slots[slot] - 1].path))
            return &rpcs[a->rpc_slots[slot] - 1];
    return NULL;
}

/* ---- REST: by what no key can stand for ------------------------------------------ */

/* The next segment of a path: what stands behind the slash at *at. */
static bool segment_next(struct str path, size_t *at, struct str *out)
{
    if (*at >= path.len || path.data[*at] != '/')
        return false;
    size_t end = ++*at;
    while (end < path.len && path.data[end] != '/')
        end++;
    *out = (struct str){path.data + *at, end - *at};
    *at = end;
    return true;
}

/* Of "/v2/jobs/7/completion": the version, the noun, and how many segments there are.
 * They are spelled out in all paths. */
static u64 route_slot(struct str path)
{
    struct str segment;
    u64 hash = 0, count = 0;

    for (size_t at = 0; segment_next(path, &at, &segment); count++)
        if (count < 2)
            hash = hash_bytes(segment, hash);
    return hash_mix(hash + count) % ROUTE_SLOTS;
}

/* Chains are built from behind, so they keep the order of the table, in which what is
 * spelled out comes before what stands for anything. */
static void routes_open(struct api *a)
{
    must(route_count < UINT16_MAX);
    a->route_nexts = must_alloc(route_count * sizeof(u16));
    for (u32 i = route_count; i-- > 0;) {
        u64 slot = route_slot(str_of(routes[i].path));
        a->route_nexts[i] = a->route_firsts[slot];
        a->route_firsts[slot] = (u16)(i + 1);
    }
}

void calls_open(struct api *a)
{
    rpcs_open(a);
    routes_open(a);
}

static bool segment_is_name(struct str segment)
{
    return segment.len > 0 && segment.data[0] == '{';
}

static bool route_fits(const struct route *r, struct str path)
{
    struct str pattern = str_of(r->path), wanted, got;
    size_t at = 0, path_at = 0;

    while (segment_next(pattern, &at, &wanted)) {
        if (!segment_next(path, &path_at, &got))
            return false;
        if (segment_is_name(wanted) ? got.len == 0 : !str_equal(wanted, got))
            return false;
    }
    return path_at == path.len;
}

const struct route *route_find(const struct api *a, struct str path)
{
    u16 next = a->route_firsts[route_slot(path)];

    for (; next; next = a->route_nexts[next - 1])
        if (route_fits(&routes[next - 1], path))
            return &routes[next - 1];
    return NULL;
}

const struct route *route_next(const struct route *r)
{
    const struct route *next = r + 1;

    return next < routes + route_count && strcmp(next->path, r->path) == 0 ? next
                                                                           : NULL;
}

struct str route_segment(const struct route *route, struct str path, const char *name)
{
    struct str pattern = str_of(route->path), wanted, got = {0};
    size_t at = 0, path_at = 0;

    while (segment_next(pattern, &at, &wanted) && segment_next(path, &path_at, &got))
        if (segment_is_name(wanted) && wanted.len == strlen(name) + 2 &&
            memcmp(wanted.data + 1, name, strlen(name)) == 0)
            return got;
    return STR("");
}
