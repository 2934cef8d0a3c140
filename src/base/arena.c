#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ALIGN 16

/* A chunk's bytes follow this head. */
struct chunk {
    struct chunk *older;
    size_t size;
};

#define HEAD ((sizeof(struct chunk) + ALIGN - 1) / ALIGN * ALIGN)

void arena_init(struct arena *a, size_t first, size_t limit, struct trap *full)
{
    *a = (struct arena){.first = first, .limit = limit, .more = limit, .full = full};
}

static struct chunk *chunk_of(char *base)
{
    return (struct chunk *)(void *)(base - HEAD);
}

static void chunks_free(struct chunk *c)
{
    while (c) {
        struct chunk *older = c->older;
        free(c);
        c = older;
    }
}

void arena_reset(struct arena *a)
{
    struct chunk *keep = a->base ? chunk_of(a->base) : NULL;
    struct chunk *c = a->older;

    /* The chunk to keep is the first one that was taken: the last in the list. */
    a->older = NULL;
    while (c) {
        struct chunk *older = c->older;
        if (older || (keep && keep->size == a->first)) {
            free(c);
        } else {
            free(keep);
            keep = c;
        }
        c = older;
    }
    if (keep && keep->size != a->first) {
        free(keep);
        keep = NULL;
    }
    a->base = keep ? (char *)keep + HEAD : NULL;
    a->size = keep ? keep->size : 0;
    a->used = 0;
    a->more = a->limit - (keep && a->limit >= a->size ? a->size : 0);
}

void arena_free(struct arena *a)
{
    if (a->base)
        free(chunk_of(a->base));
    chunks_free(a->older);
    arena_init(a, a->first, a->limit, a->full);
}

size_t arena_total(const struct arena *a)
{
    return a->limit - a->more;
}

/* A new chunk with room for `size`; false when the limit does not allow it. */
static bool arena_grow(struct arena *a, size_t size)
{
    size_t want = a->base ? a->size * 2 : a->first;

    if (want < size)
        want = size;
    if (want > a->more)
        want = size;
    if (want > a->more)
        return false;
    struct chunk *c = malloc(HEAD + want);
    if (!c)
        return false;
    c->size = want;
    if (a->base) {
        struct chunk *full = chunk_of(a->base);
        full->older = a->older;
        a->older = full;
    }
    c->older = NULL;
    a->base = (char *)c + HEAD;
    a->size = want;
    a->used = 0;
    a->more -= want;
    return true;
}

void *arena_ask(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGN)
        return NULL;
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (size > a->size - a->used && !arena_grow(a, size))
        return NULL;
    void *memory = a->base + a->used;
    a->used += size;
    return memory;
}

void *arena_try(struct arena *a, size_t size)
{
    void *memory = arena_ask(a, size);

    return memory ? memset(memory, 0, size) : NULL;
}

void *arena_take(struct arena *a, size_t size)
{
    void *memory = arena_ask(a, size ? size : 1);

    if (!memory) {
        must(a->full);
        trap_spring(a->full, TRAP_FULL);
    }
    return memory;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(arena_take(a, size), 0, size);
}

void *arena_alloc_array(struct arena *a, size_t count, size_t size)
{
    return arena_alloc(a, count && size > SIZE_MAX / count ? SIZE_MAX : count * size);
}

struct str arena_copy(struct arena *a, struct str s)
{
    char *copy = arena_take(a, s.len + 1);

    if (s.len)
        memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

struct str arena_print(struct arena *a, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    must(len >= 0);
    char *text = arena_take(a, (size_t)len + 1);
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return (struct str){text, (size_t)len};
}
