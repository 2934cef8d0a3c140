#include "engine/explain/explain.h"
#include "engine/search/search.h"
#include "query/query.h"

#define DISTANCE_MAX 128 /* characters that are compared; what is longer is unlike */

struct str say_span(struct step *s, i64 ms)
{
    static const struct {
        i64 ms;
        const char *unit;
    } units[] = {
        {86400000, "d"}, {3600000, "h"}, {60000, "min"}, {1000, "s"}, {1, "ms"}};
    u32 i = 0;

    ms = ms < 0 ? 0 : ms;
    while (i + 1 < LEN(units) && ms < units[i].ms)
        i++;
    i64 large = ms / units[i].ms;
    i64 small = i < 3 ? ms % units[i].ms / units[i + 1].ms : 0;
    if (small == 0)
        return arena_print(s->arena, "%lld %s", (long long)large, units[i].unit);
    return arena_print(s->arena, "%lld %s %lld %s", (long long)large, units[i].unit,
                       (long long)small, units[i + 1].unit);
}

static struct str say_time(struct step *s, i64 when)
{
    struct buf b;

    if (!when)
        return STR("no time");
    buf_init(&b, s->arena, 32);
    query_print_moment(&b, when);
    return buf_str(&b);
}

struct str say_when(struct step *s, i64 when)
{
    if (when == DUE_NEVER)
        return STR("never, since its next time could not be computed");
    if (when <= s->now)
        return arena_print(s->arena, "now (it was due at %.*s)",
                           ARG(say_time(s, when)));
    return arena_print(s->arena, "in %.*s, at %.*s", ARG(say_span(s, when - s->now)),
                       ARG(say_time(s, when)));
}

struct str say_place(struct step *s, const struct element *e)
{
    if (e->name.len && !str_equal(e->name, e->id))
        return arena_print(s->arena, "'%.*s' (%.*s)", ARG(e->name), ARG(e->id));
    return arena_print(s->arena, "'%.*s'", ARG(e->id));
}

struct str say_list(struct step *s, const struct text_list *texts)
{
    struct buf b;

    buf_init(&b, s->arena, 64);
    for (u32 i = 0; i < texts->count; i++) {
        if (i)
            buf_text(&b, i + 1 == texts->count ? " or " : ", ");
        buf_print(&b, "'%.*s'", ARG(texts->items[i]));
    }
    return buf_str(&b);
}

/* Levenshtein's table, a row at a time; bytes count as characters. */
u32 text_distance(struct str a, struct str b, u32 most)
{
    u32 row[DISTANCE_MAX + 1];

    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return most + 1;
    for (u32 k = 0; k <= b.len; k++)
        row[k] = k;
    for (u32 i = 0; i < a.len; i++) {
        u32 corner = row[0];
        row[0] = i + 1;
        for (u32 k = 0; k < b.len; k++) {
            u32 change = corner + (a.data[i] != b.data[k]);
            u32 least = row[k] < row[k + 1] ? row[k] + 1 : row[k + 1] + 1;
            corner = row[k + 1];
            row[k + 1] = change < least ? change : least;
        }
    }
    return row[b.len] > most ? most + 1 : row[b.len];
}
