#include "gate/asked.h"

#include <stdlib.h>

#include "base/hash.h"

#define SLOTS    512 /* types that are remembered; a power of two */
#define NAME_MAX 128 /* bytes of a worker's name that are */

struct asked_slot {
    u64 hash;                /* of tenant and type */
    struct str tenant, type; /* owned, one block, at tenant.data */
    char worker[NAME_MAX];
    u32 worker_len;
    i64 at; /* 0: it is free */
};

struct asked {
    struct asked_slot slots[SLOTS];
};

struct asked *asked_open(void)
{
    return must_alloc(sizeof(struct asked));
}

static void slot_free(struct asked_slot *s)
{
    free((char *)(uintptr_t)s->tenant.data);
    *s = (struct asked_slot){0};
}

void asked_close(struct asked *a)
{
    for (u32 i = 0; i < SLOTS; i++)
        slot_free(&a->slots[i]);
    free(a);
}

/* Where it stands, or is to stand: its place or one of the next few, whichever is its
 * own, free, or the longest unused. */
static struct asked_slot *slot_find(struct asked *a, u64 hash, struct str tenant,
                                    struct str type)
{
    struct asked_slot *oldest = NULL;

    for (u32 i = 0; i < 8; i++) {
        struct asked_slot *s = &a->slots[(hash + i) % SLOTS];
        if (s->at && s->hash == hash && str_equal(s->tenant, tenant) &&
            str_equal(s->type, type))
            return s;
        if (!oldest || s->at < oldest->at)
            oldest = s;
    }
    return oldest;
}

static void slot_take(struct asked_slot *s, u64 hash, struct str tenant,
                      struct str type)
{
    char *block = must_alloc(tenant.len + type.len + 1);

    slot_free(s);
    memcpy(block, tenant.data, tenant.len);
    memcpy(block + tenant.len, type.data, type.len);
    s->hash = hash;
    s->tenant = (struct str){block, tenant.len};
    s->type = (struct str){block + tenant.len, type.len};
}

void asked_note(struct asked *a, struct str tenant, const struct job_activate *ask,
                i64 now)
{
    u64 hash = hash_bytes(ask->type, hash_bytes(tenant, 0));
    struct asked_slot *s = slot_find(a, hash, tenant, ask->type);
    size_t len = ask->worker.len < NAME_MAX ? ask->worker.len : NAME_MAX;

    if (!s->at || s->hash != hash || !str_equal(s->type, ask->type) ||
        !str_equal(s->tenant, tenant))
        slot_take(s, hash, tenant, ask->type);
    if (len)
        memcpy(s->worker, ask->worker.data, len);
    s->worker_len = (u32)len;
    s->at = now ? now : 1;
}

u32 asked_list(const struct asked *a, struct str tenant, struct job_asker *out, u32 max)
{
    u32 count = 0;

    for (u32 i = 0; i < SLOTS && count < max; i++) {
        const struct asked_slot *s = &a->slots[i];
        if (s->at && str_equal(s->tenant, tenant))
            out[count++] =
                (struct job_asker){s->type, {s->worker, s->worker_len}, s->at, 0};
    }
    return count;
}
