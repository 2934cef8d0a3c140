/* zones.c - time zones from TZif files (RFC 8536): the 64-bit block of versions 2 and
 * later, then the rule in the footer for what comes after the last transition. */
#include <stdlib.h>

#include "feel/internal.h"

#define ZONE_NAME_MAX 63
#define ZONE_ARENA    (16u << 20) /* more than all zones that there are take */
#define FILE_MAX      (1u << 20)

/* One end of summer time in the footer's rule: `day` is counted as `form` says. */
struct rule_day {
    enum { RULE_MONTH, RULE_JULIAN, RULE_ZERO } form; /* Mm.w.d, Jn, n */
    i32 month, week, day;
    i32 seconds; /* since midnight, may be negative or beyond 24 hours */
};

/* The footer, e.g. CET-1CEST,M3.5.0,M10.5.0/3. */
struct rule {
    bool exists, has_summer;
    i32 winter, summer; /* seconds east */
    struct rule_day start, end;
};

struct zone {
    struct str name;
    struct zone *next;
    const u8 *times; /* big-endian, 8 bytes each; in the file's bytes */
    const u8 *kinds; /* one byte each: which of `types` begins there */
    const u8 *types; /* 6 bytes each: offset, is summer, name */
    u32 time_count, type_count;
    struct rule rule;
};

struct zones {
    bool (*bring)(void *ctx, struct str name, struct arena *arena, struct str *tzif);
    void *ctx;
    struct zone *first;
    struct arena arena;
};

struct zones *zones_open(bool (*bring)(void *ctx, struct str name, struct arena *arena,
                                       struct str *tzif),
                         void *ctx)
{
    struct zones *z = must_alloc(sizeof(*z));

    z->bring = bring;
    z->ctx = ctx;
    arena_init(&z->arena, 16384, ZONE_ARENA, NULL);
    return z;
}

void zones_close(struct zones *z)
{
    if (!z)
        return;
    arena_free(&z->arena);
    free(z);
}

/* ---- the file -------------------------------------------------------------------- */

static i64 big_endian(const u8 *at, size_t bytes)
{
    u64 value = at[0] & 0x80 ? ~0ULL : 0;

    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return (i64)value;
}

/* A block begins with 44 bytes: "TZif", version, 15 unused bytes and six counts. */
#define HEAD_SIZE 44

struct head {
    u64 utc_flags, wall_flags, leaps, times, types, chars;
};

static bool read_head(struct str file, size_t at, struct head *h)
{
    const u8 *bytes = (const u8 *)file.data + at;
    u64 *fields[] = {&h->utc_flags, &h->wall_flags, &h->leaps,
                     &h->times,     &h->types,      &h->chars};

    if (file.len - at < HEAD_SIZE || memcmp(bytes, "TZif", 4) != 0)
        return false;
    for (size_t i = 0; i < LEN(fields); i++)
        *fields[i] = (u64)big_endian(bytes + 20 + 4 * i, 4) & 0xffffffffu;
    return true;
}

static u64 block_size(const struct head *h, u64 time_bytes)
{
    return h->times * (time_bytes + 1) + h->types * 6 + h->chars +
           h->leaps * (time_bytes + 4) + h->wall_flags + h->utc_flags;
}

/* Transitions ascend and name types that there are; offsets are sane. */
static bool zone_is_sound(const struct zone *z)
{
    if (z->type_count == 0)
        return false;
    for (u32 i = 0; i < z->time_count; i++) {
        if (z->kinds[i] >= z->type_count)
            return false;
        if (i > 0 &&
            big_endian(z->times + 8 * (i - 1), 8) >= big_endian(z->times + 8 * i, 8))
            return false;
    }
    for (u32 i = 0; i < z->type_count; i++) {
        i64 offset = big_endian(z->types + 6 * i, 4);
        if (offset < -26 * 3600 || offset > 26 * 3600)
            return false;
    }
    return true;
}

static bool read_rule(struct str text, struct rule *r);

static bool zone_read(struct str file, struct zone *z)
{
    struct head h;
    size_t at;

    if (file.len > FILE_MAX || !read_head(file, 0, &h) || file.data[4] < '2')
        return false;
    if (block_size(&h, 4) > file.len - HEAD_SIZE)
        return false;
    at = HEAD_SIZE + block_size(&h, 4);
    if (!read_head(file, at, &h) || block_size(&h, 8) > file.len - at - HEAD_SIZE)
        return false;
    z->times = (const u8 *)file.data + at + HEAD_SIZE;
    z->time_count = (u32)h.times;
    z->kinds = z->times + 8 * h.times;
    z->types = z->kinds + h.times;
    z->type_count = (u32)h.types;
    at += HEAD_SIZE + block_size(&h, 8);
    /* The footer stands between two line feeds. */
    struct str rest = {file.data + at, file.len - at};
    if (rest.len < 2 || rest.data[0] != '\n' || rest.data[rest.len - 1] != '\n')
        return false;
    return zone_is_sound(z) &&
           read_rule((struct str){rest.data + 1, rest.len - 2}, &z->rule);
}

/* ---- the footer ------------------------------------------------------------------ */

static bool at_char(struct str *s, char c)
{
    if (s->len == 0 || s->data[0] != c)
        return false;
    s->data++;
    s->len--;
    return true;
}

/* An abbreviation: letters, or anything between < and >. */
static bool skip_abbreviation(struct str *s)
{
    size_t count = 0;

    if (at_char(s, '<')) {
        while (s->len > 0 && s->data[0] != '>')
            at_char(s, s->data[0]);
        return at_char(s, '>');
    }
    for (; s->len > 0 && ((s->data[0] | 32) >= 'a' && (s->data[0] | 32) <= 'z');
         count++)
        at_char(s, s->data[0]);
    return count > 0;
}

static bool read_int(struct str *s, i32 max, i32 *out)
{
    size_t count = 0;

    for (*out = 0; s->len > 0 && s->data[0] >= '0' && s->data[0] <= '9'; count++) {
        *out = *out * 10 + (s->data[0] - '0');
        if (*out > max)
            return false;
        at_char(s, s->data[0]);
    }
    return count > 0;
}

/* [+-]h[:m[:s]] in seconds. */
static bool read_clock(struct str *s, i32 *seconds)
{
    bool negative = at_char(s, '-');
    i32 hour, minute = 0, second = 0;

    if (!negative)
        at_char(s, '+');
    if (!read_int(s, 167, &hour) || (at_char(s, ':') && !read_int(s, 59, &minute)) ||
        (at_char(s, ':') && !read_int(s, 59, &second)))
        return false;
    *seconds = hour * 3600 + minute * 60 + second;
    if (negative)
        *seconds = -*seconds;
    return true;
}

static bool read_rule_day(struct str *s, struct rule_day *d)
{
    if (!at_char(s, ','))
        return false;
    d->seconds = 2 * 3600;
    if (at_char(s, 'M')) {
        d->form = RULE_MONTH;
        if (!read_int(s, 12, &d->month) || d->month == 0 || !at_char(s, '.') ||
            !read_int(s, 5, &d->week) || d->week == 0 || !at_char(s, '.') ||
            !read_int(s, 6, &d->day))
            return false;
    } else if (at_char(s, 'J')) {
        d->form = RULE_JULIAN;
        if (!read_int(s, 365, &d->day) || d->day == 0)
            return false;
    } else {
        d->form = RULE_ZERO;
        if (!read_int(s, 365, &d->day))
            return false;
    }
    return !at_char(s, '/') || read_clock(s, &d->seconds);
}

/* POSIX counts west of UTC, we count east. */
static bool read_rule(struct str s, struct rule *r)
{
    i32 west;

    *r = (struct rule){.exists = s.len > 0};
    if (!r->exists)
        return true;
    if (!skip_abbreviation(&s) || !read_clock(&s, &west))
        return false;
    r->winter = -west;
    if (s.len == 0)
        return true;
    r->has_summer = true;
    r->summer = r->winter + 3600;
    if (!skip_abbreviation(&s))
        return false;
    if (s.len > 0 && s.data[0] != ',') {
        if (!read_clock(&s, &west))
            return false;
        r->summer = -west;
    }
    return read_rule_day(&s, &r->start) && read_rule_day(&s, &r->end) && s.len == 0;
}

/* When that day's time comes in the year, as wall clock seconds since 1970. */
static i64 rule_moment(const struct rule_day *d, i64 year)
{
    i64 first = days_of_civil(year, 1, 1), days = first + d->day;

    if (d->form == RULE_JULIAN) {
        /* The 29th of February is never counted. */
        days = first + d->day - 1 + (month_length(year, 2) == 29 && d->day >= 60);
    } else if (d->form == RULE_MONTH) {
        i64 month = days_of_civil(year, d->month, 1);
        int ahead = (d->day - weekday_of_days(month) % 7 + 7) % 7;
        int of_month = 1 + ahead + 7 * (d->week - 1);
        while (of_month > month_length(year, d->month))
            of_month -= 7;
        days = month + of_month - 1;
    }
    return days * SECONDS_PER_DAY + d->seconds;
}

static i32 rule_offset(const struct rule *r, i64 seconds)
{
    i64 year, start, end;
    int month, day;

    if (!r->has_summer)
        return r->winter;
    civil_of_days((seconds + r->winter) / SECONDS_PER_DAY -
                      ((seconds + r->winter) % SECONDS_PER_DAY < 0),
                  &year, &month, &day);
    start = rule_moment(&r->start, year) - r->winter;
    end = rule_moment(&r->end, year) - r->summer;
    if (start < end)
        return seconds >= start && seconds < end ? r->summer : r->winter;
    return seconds >= end && seconds < start ? r->winter : r->summer;
}

/* ---- looking up ------------------------------------------------------------------ */

/* The type before the first transition is the first one. */
static i32 zone_type_offset(const struct zone *z, u32 type)
{
    return (i32)big_endian(z->types + 6 * type, 4);
}

static i32 zone_offset(const struct zone *z, i64 seconds)
{
    u32 low = 0, high = z->time_count;

    if (z->rule.exists &&
        (z->time_count == 0 || seconds >= big_endian(z->times + 8 * (high - 1), 8)))
        return rule_offset(&z->rule, seconds);
    while (low < high) {
        u32 middle = (low + high) / 2;
        if (big_endian(z->times + 8 * middle, 8) <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return zone_type_offset(z, low == 0 ? 0 : z->kinds[low - 1]);
}

/* Names become file names in the owner's hands, so nothing odd may pass. */
static bool name_is_sane(struct str name)
{
    if (name.len == 0 || name.len > ZONE_NAME_MAX || name.data[0] == '/')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '+' &&
            c != '/')
            return false;
    }
    return true;
}

static struct zone *zone_bring(struct zones *zones, struct str name)
{
    struct zone read = {.next = zones->first};
    struct trap trap, *before = zones->arena.full;
    struct zone *volatile made = NULL;
    struct str file;

    zones->arena.full = &trap;
    if (setjmp(trap.jump) == 0 &&
        zones->bring(zones->ctx, name, &zones->arena, &file) &&
        zone_read(file, &read)) {
        read.name = arena_copy(&zones->arena, name);
        made = NEW(&zones->arena, struct zone);
        *made = read;
        zones->first = made;
    }
    zones->arena.full = before;
    return made;
}

static struct zone *zone_find(struct zones *zones, struct str name)
{
    if (!zones || !name_is_sane(name))
        return NULL;
    for (struct zone *z = zones->first; z; z = z->next)
        if (str_equal(z->name, name))
            return z;
    return zone_bring(zones, name);
}

/* Zones that are an offset: Z, UTC, GMT, UT, and these with an offset behind, which may
 * be as short as +2. */
static bool fixed_offset(struct str name, i32 *offset)
{
    static const struct str prefixes[] = {{"UTC", 3}, {"GMT", 3}, {"UT", 2}};
    struct str rest = name;

    for (size_t i = 0; i < LEN(prefixes); i++) {
        if (str_starts(name, prefixes[i])) {
            rest =
                (struct str){name.data + prefixes[i].len, name.len - prefixes[i].len};
            break;
        }
    }
    *offset = 0;
    if (rest.len == 0)
        return name.len > 0;
    if (rest.len == 2 || rest.len == 3) {
        struct str digits = {rest.data + 1, rest.len - 1};
        i32 hours;
        if ((rest.data[0] != '+' && rest.data[0] != '-') ||
            !read_int(&digits, 18, &hours) || digits.len)
            return false;
        *offset = (rest.data[0] == '-' ? -hours : hours) * 3600;
        return true;
    }
    return read_offset(rest, offset);
}

bool zone_offset_at(struct zones *zones, struct str name, i64 seconds, i32 *offset)
{
    struct zone *z;

    if (fixed_offset(name, offset))
        return true;
    z = zone_find(zones, name);
    if (z)
        *offset = zone_offset(z, seconds);
    return z != NULL;
}

/* No zone is further than a day from UTC, and none changes twice within two days: what
 * holds a day before and a day after are the two candidates. */
bool zone_offset_of(struct zones *zones, struct str name, i64 local, i32 *offset,
                    bool *in_gap)
{
    struct zone *z;

    *in_gap = false;
    if (fixed_offset(name, offset))
        return true;
    z = zone_find(zones, name);
    if (!z)
        return false;
    i32 before = zone_offset(z, local - SECONDS_PER_DAY);
    i32 after = zone_offset(z, local + SECONDS_PER_DAY);
    *offset = before;
    if (zone_offset(z, local - before) == before)
        return true;
    if (zone_offset(z, local - after) == after)
        *offset = after;
    else
        *in_gap = true;
    return true;
}
