#include "state/cold.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/trap.h"
#include "state/pack.h"
#include "state/state.h"

/* How a row is remembered while it is cold: not at all, since its aggregate is never;
 * by nothing, since nobody asks for it but through others of its aggregate; by its key;
 * or by that and by the sets outside of its aggregate that it stands in. */
enum kind { NEVER, SILENT, KEYED, TOLD };

static const enum kind kinds[TABLE_COUNT] = {
    [TABLE_INSTANCE] = TOLD,
    [TABLE_ELEMENT] = TOLD,
    [TABLE_TOKEN] = KEYED,
    [TABLE_TRIGGER] = KEYED,
    [TABLE_VARIABLE] = SILENT,
    [TABLE_JOB] = TOLD,
    [TABLE_TIMER] = TOLD,
    [TABLE_INCIDENT] = KEYED,
    [TABLE_PROCESS_SUBSCRIPTION] = KEYED,
    [TABLE_LOOP] = SILENT, /* its key is its element's */
    [TABLE_LOOP_RESULT] = KEYED,
    [TABLE_SIGNAL_SUBSCRIPTION] = TOLD,
    [TABLE_COMPENSATION] = KEYED,
    [TABLE_CONDITION] = KEYED,
    [TABLE_USER_TASK] = KEYED,
};

bool cold_may(enum table_id table)
{
    return kinds[table] != NEVER;
}

bool cold_tells(enum table_id table)
{
    return kinds[table] == TOLD;
}

/* ---- the wake index -------------------------------------------------------------- */

void cold_put(struct state *s, u64 aggregate, struct row *r)
{
    struct cold *c = s->cold;

    c->rows[r->table]++;
    if (kinds[r->table] >= KEYED) {
        runs_add(&c->keys, (struct pair){r->key, r->key - aggregate});
        if (r->key > c->most)
            c->most = r->key;
    }
    if (r->table == TABLE_INSTANCE)
        runs_add(&c->walk, (struct pair){walk_place(r->key), 0});
    if (kinds[r->table] == TOLD)
        index_cold(s, r, true);
}

/* Several rows of an aggregate may have one key: the first takes it out. */
void cold_take(struct state *s, u64 aggregate, struct row *r)
{
    struct cold *c = s->cold;

    must(c->rows[r->table] > 0);
    c->rows[r->table]--;
    if (kinds[r->table] >= KEYED)
        runs_del(&c->keys, (struct pair){r->key, r->key - aggregate});
    if (r->table == TABLE_INSTANCE)
        runs_del(&c->walk, (struct pair){walk_place(r->key), 0});
    if (kinds[r->table] == TOLD)
        index_cold(s, r, false);
    if (c->keys.count == 0)
        c->most = 0;
}

u64 cold_time(i64 when)
{
    return (u64)when ^ (u64)1 << 63;
}

i64 cold_time_back(u64 time)
{
    return (i64)(time ^ (u64)1 << 63);
}

u64 cold_bytes(const struct cold *c)
{
    return c->keys.bytes + c->below.bytes + c->due.bytes + c->walk.bytes + c->grouped;
}

void cold_close(struct cold *c)
{
    runs_close(&c->keys);
    runs_close(&c->below);
    runs_close(&c->due);
    runs_close(&c->walk);
    free(c);
}

/* ---- meeting what is cold -------------------------------------------------------- */

u64 cold_of(const struct state *s, u64 key)
{
    struct pair p;

    if (!runs_from(&s->cold->keys, (struct pair){key, 0}, &p) || p.major != key)
        return 0;
    return key - p.minor;
}

static void want(struct cold *c, u64 aggregate)
{
    for (u32 i = 0; i < c->wanted_count; i++)
        if (c->wanted[i] == aggregate)
            return;
    if (c->wanted_count < WANTED_MOST)
        c->wanted[c->wanted_count++] = aggregate;
}

_Noreturn static void stop(void)
{
    struct trap *t = trap_get();

    must(t);
    trap_spring(t, TRAP_COLD);
}

bool state_want(const struct state *s, u64 key)
{
    u64 aggregate = cold_of(s, key);

    s->cold->wanted_count = 0;
    if (aggregate)
        want(s->cold, aggregate);
    return aggregate != 0;
}

/* What is in memory has its element there. */
void cold_check(const struct state *s, u64 key)
{
    if (key && key <= s->cold->most && !row_seek(s, TABLE_ELEMENT, key) &&
        state_want(s, key))
        stop();
}

static u64 named(struct pair p, enum cold_names names)
{
    if (names == COLD_WALK)
        return walk_key(p.major);
    return names == COLD_MAJOR ? p.major : p.minor;
}

void cold_want(const struct state *s, const struct runs *r, struct pair at, u64 last,
               enum cold_names names)
{
    struct cold *c = s->cold;

    c->wanted_count = 0;
    for (u32 i = 0; i < WANTED_MOST && runs_from(r, at, &at) && at.major <= last;
         i++, at.minor++) {
        u64 aggregate = cold_of(s, named(at, names));
        must(aggregate);
        want(c, aggregate);
    }
}

_Noreturn void cold_stop(const struct state *s, const struct runs *r, struct pair at,
                         u64 last, enum cold_names names)
{
    cold_want(s, r, at, last, names);
    stop();
}
