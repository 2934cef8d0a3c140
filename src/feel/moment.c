/* moment.c - dates and times: the calendar, and reading and writing them as text. */
#include <stdio.h>

#include "feel/internal.h"

/* ---- the calendar ---------------------------------------------------------------- */

static bool is_leap(i64 year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int month_length(i64 year, int month)
{
    static const u8 lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* The year is counted from March, so that the leap day is its last; 400 of them make a
 * cycle of 146097 days. */
i64 days_of_civil(i64 year, int month, int day)
{
    i64 y = month > 2 ? year : year - 1;
    i64 cycle = floor_div(y, 400), of_cycle = y - cycle * 400;
    i64 of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return cycle * 146097 + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year -
           719468;
}

void civil_of_days(i64 days, i64 *year, int *month, int *day)
{
    i64 z = days + 719468, cycle = floor_div(z, 146097), of_cycle = z - cycle * 146097;
    i64 years =
        (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
    i64 of_year = of_cycle - (365 * years + years / 4 - years / 100);
    i64 m = (5 * of_year + 2) / 153;

    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = years + cycle * 400 + (*month <= 2);
}

int weekday_of_days(i64 days)
{
    return (int)floor_mod(days + 3, 7) + 1;
}

i64 moment_days(const struct feel_moment *m)
{
    return days_of_civil(m->year, m->month, m->day);
}

i64 moment_day_nanos(const struct feel_moment *m)
{
    return ((m->hour * 60LL + m->minute) * 60 + m->second) * NANOS_PER_SECOND +
           m->nanos;
}

i64 moment_local_seconds(const struct feel_moment *m)
{
    return moment_days(m) * SECONDS_PER_DAY + moment_day_nanos(m) / NANOS_PER_SECOND;
}

i64 moment_seconds(const struct feel_moment *m)
{
    return moment_local_seconds(m) - m->offset;
}

bool moment_set_days(struct feel_moment *m, i64 days)
{
    i64 year;
    int month, day;

    if (days > 400000000000 || days < -400000000000)
        return false;
    civil_of_days(days, &year, &month, &day);
    if (year > YEAR_MAX || year < -YEAR_MAX)
        return false;
    m->year = (i32)year;
    m->month = (u8)month;
    m->day = (u8)day;
    return true;
}

void moment_set_day_nanos(struct feel_moment *m, i64 nanos)
{
    i64 seconds = nanos / NANOS_PER_SECOND;

    m->nanos = (i32)(nanos % NANOS_PER_SECOND);
    m->second = (u8)(seconds % 60);
    m->minute = (u8)(seconds / 60 % 60);
    m->hour = (u8)(seconds / 3600);
}

bool moment_add_months(struct feel_moment *m, i64 months)
{
    i64 count, year;

    if (__builtin_add_overflow(m->year * 12LL + m->month - 1, months, &count))
        return false;
    year = floor_div(count, 12);
    if (year > YEAR_MAX || year < -YEAR_MAX)
        return false;
    m->year = (i32)year;
    m->month = (u8)(floor_mod(count, 12) + 1);
    if (m->day > month_length(year, m->month))
        m->day = (u8)month_length(year, m->month);
    return true;
}

bool moment_add_nanos(struct feel_moment *m, i128 nanos)
{
    i64 days = (i64)(nanos / NANOS_PER_DAY);
    i64 rest = moment_day_nanos(m) + (i64)(nanos % NANOS_PER_DAY);

    if (!moment_set_days(m, moment_days(m) + days + floor_div(rest, NANOS_PER_DAY)))
        return false;
    moment_set_day_nanos(m, floor_mod(rest, NANOS_PER_DAY));
    return true;
}

static bool moment_set_local(struct feel_moment *m, i64 seconds)
{
    if (!moment_set_days(m, floor_div(seconds, SECONDS_PER_DAY)))
        return false;
    moment_set_day_nanos(m, floor_mod(seconds, SECONDS_PER_DAY) * NANOS_PER_SECOND +
                                m->nanos);
    return true;
}

bool moment_set_seconds(struct feel_moment *m, i64 seconds, struct zones *zones)
{
    if (m->place == PLACE_ZONE && !zone_offset_at(zones, m->zone, seconds, &m->offset))
        return false;
    return moment_set_local(m, seconds + m->offset);
}

bool moment_settle(struct feel_moment *m, struct zones *zones)
{
    bool in_gap = false;
    i64 local = moment_local_seconds(m);

    if (m->place != PLACE_ZONE)
        return true;
    if (!zone_offset_of(zones, m->zone, local, &m->offset, &in_gap))
        return false;
    return !in_gap || moment_set_seconds(m, local - m->offset, zones);
}

struct feel_value value_moment(enum feel_kind kind, const struct feel_moment *m,
                               struct arena *arena)
{
    struct feel_moment *kept = NEW(arena, struct feel_moment);

    *kept = *m;
    return (struct feel_value){.kind = kind, .moment = kept};
}

/* ---- reading --------------------------------------------------------------------- */

/* What is left of a text that is read from the left. */
struct reader {
    struct str s;
};

static bool skip(struct reader *r, char c)
{
    if (r->s.len == 0 || r->s.data[0] != c)
        return false;
    r->s.data++;
    r->s.len--;
    return true;
}

static size_t digits_ahead(const struct reader *r)
{
    size_t count = 0;

    while (count < r->s.len && r->s.data[count] >= '0' && r->s.data[count] <= '9')
        count++;
    return count;
}

/* Exactly `count` digits, up to 18. */
static bool read_digits(struct reader *r, size_t count, i64 *value)
{
    if (count == 0 || count > 18 || digits_ahead(r) < count)
        return false;
    *value = 0;
    for (size_t i = 0; i < count; i++)
        *value = *value * 10 + (r->s.data[i] - '0');
    r->s.data += count;
    r->s.len -= count;
    return true;
}

static bool read_two(struct reader *r, i64 max, u8 *out)
{
    i64 value;

    if (digits_ahead(r) != 2 || !read_digits(r, 2, &value) || value > max)
        return false;
    *out = (u8)value;
    return true;
}

/* -?YYYY-MM-DD; a year of more than four digits has no zero in front. */
static bool read_date_part(struct reader *r, struct feel_moment *m)
{
    bool negative = skip(r, '-');
    size_t count = digits_ahead(r);
    bool padded = r->s.len > 0 && r->s.data[0] == '0';
    i64 year;

    if (count < 4 || count > 9 || (count > 4 && padded) ||
        !read_digits(r, count, &year))
        return false;
    m->year = (i32)(negative ? -year : year);
    return skip(r, '-') && read_two(r, 12, &m->month) && m->month > 0 && skip(r, '-') &&
           read_two(r, 31, &m->day) && m->day > 0 &&
           m->day <= month_length(m->year, m->month);
}

static bool read_fraction(struct reader *r, i32 *nanos)
{
    size_t count = digits_ahead(r);
    i64 value;

    if (count == 0 || count > 9 || !read_digits(r, count, &value))
        return false;
    for (; count < 9; count++)
        value *= 10;
    *nanos = (i32)value;
    return true;
}

/* HH:MM[:SS[.fraction]]; 24:00:00 is let through, for the caller to judge. */
static bool read_clock(struct reader *r, struct feel_moment *m)
{
    if (!read_two(r, 24, &m->hour) || !skip(r, ':') || !read_two(r, 59, &m->minute))
        return false;
    m->second = 0;
    m->nanos = 0;
    if (skip(r, ':')) {
        if (!read_two(r, 59, &m->second))
            return false;
        if (skip(r, '.') && !read_fraction(r, &m->nanos))
            return false;
    }
    return m->hour < 24 || (m->minute == 0 && m->second == 0 && m->nanos == 0);
}

static bool read_offset_part(struct reader *r, i32 *offset)
{
    u8 hour, minute, second = 0;
    bool negative;

    if (skip(r, 'Z') || skip(r, 'z')) {
        *offset = 0;
        return true;
    }
    negative = skip(r, '-');
    if (!negative && !skip(r, '+'))
        return false;
    if (!read_two(r, 18, &hour) || !skip(r, ':') || !read_two(r, 59, &minute) ||
        (skip(r, ':') && !read_two(r, 59, &second)))
        return false;
    *offset = (hour * 60 + minute) * 60 + second;
    if (*offset > OFFSET_MAX)
        return false;
    if (negative)
        *offset = -*offset;
    return true;
}

bool read_offset(struct str s, i32 *offset)
{
    struct reader r = {s};

    return read_offset_part(&r, offset) && r.s.len == 0;
}

/* Nothing, an offset, @Zone, or an offset and [Zone]: then the zone counts. */
static bool read_place(struct reader *r, struct feel_moment *m)
{
    m->place = PLACE_LOCAL;
    m->offset = 0;
    if (r->s.len == 0)
        return true;
    if (skip(r, '@')) {
        m->place = PLACE_ZONE;
        m->zone = r->s;
        return true;
    }
    if (!read_offset_part(r, &m->offset))
        return false;
    m->place = PLACE_OFFSET;
    if (!skip(r, '['))
        return r->s.len == 0;
    if (r->s.len < 2 || r->s.data[r->s.len - 1] != ']')
        return false;
    m->place = PLACE_ZONE;
    m->zone = (struct str){r->s.data, r->s.len - 1};
    return true;
}

bool read_date(struct str s, struct feel_moment *m)
{
    struct reader r = {s};

    *m = (struct feel_moment){0};
    return read_date_part(&r, m) && r.s.len == 0;
}

/* A time in a zone has no date to look its offset up at; as in Java's offset times the
 * present one is taken. */
bool read_time(struct str s, struct zones *zones, i64 now_ms, struct feel_moment *m)
{
    struct reader r = {s};

    *m = (struct feel_moment){.year = 1970, .month = 1, .day = 1};
    skip(&r, 'T');
    if (!read_clock(&r, m) || m->hour == 24 || !read_place(&r, m))
        return false;
    return m->place != PLACE_ZONE ||
           zone_offset_at(zones, m->zone, floor_div(now_ms, 1000), &m->offset);
}

/* A date without a time is its midnight; 24:00:00 is the midnight that ends the day. */
bool read_date_time(struct str s, struct zones *zones, struct feel_moment *m)
{
    struct reader r = {s};

    *m = (struct feel_moment){0};
    if (!read_date_part(&r, m))
        return false;
    if (r.s.len == 0)
        return true;
    if (!skip(&r, 'T') || !read_clock(&r, m) || !read_place(&r, m))
        return false;
    if (m->hour == 24) {
        m->hour = 0;
        if (!moment_set_days(m, moment_days(m) + 1))
            return false;
    }
    return moment_settle(m, zones);
}

static void keep_zone(struct feel_moment *m, struct arena *arena)
{
    if (m->place == PLACE_ZONE)
        m->zone = arena_copy(arena, m->zone);
}

bool read_temporal(struct str s, const struct feel_env *env, struct arena *arena,
                   struct feel_value *out)
{
    struct zones *zones = env ? env->zones : NULL;
    struct feel_moment m;

    if (read_duration(s, out))
        return true;
    if (read_date(s, &m)) {
        *out = value_moment(FEEL_DATE, &m, arena);
    } else if (read_date_time(s, zones, &m)) {
        keep_zone(&m, arena);
        *out = value_moment(FEEL_DATE_TIME, &m, arena);
    } else if (read_time(s, zones, env ? env->now : 0, &m)) {
        keep_zone(&m, arena);
        *out = value_moment(FEEL_TIME, &m, arena);
    } else {
        return false;
    }
    return true;
}

/* ---- writing --------------------------------------------------------------------- */

static void print_fraction(struct buf *out, i64 nanos)
{
    char text[16];
    size_t len = 10;

    if (nanos == 0)
        return;
    snprintf(text, sizeof(text), ".%09lld", (long long)nanos);
    while (text[len - 1] == '0')
        len--;
    buf_add(out, (struct str){text, len});
}

static void print_offset(struct buf *out, i32 offset)
{
    int size = offset < 0 ? -offset : offset;

    if (offset == 0) {
        buf_byte(out, 'Z');
        return;
    }
    buf_print(out, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    if (size % 60)
        buf_print(out, ":%02d", size % 60);
}

static void print_date(struct buf *out, const struct feel_moment *m)
{
    buf_print(out, "%s%04d-%02d-%02d", m->year < 0 ? "-" : "",
              m->year < 0 ? -m->year : m->year, m->month, m->day);
}

void print_moment(struct buf *out, enum feel_kind kind, const struct feel_moment *m)
{
    if (kind != FEEL_TIME)
        print_date(out, m);
    if (kind == FEEL_DATE)
        return;
    buf_print(out, "%s%02d:%02d:%02d", kind == FEEL_TIME ? "" : "T", m->hour, m->minute,
              m->second);
    print_fraction(out, m->nanos);
    if (m->place == PLACE_OFFSET)
        print_offset(out, m->offset);
    if (m->place == PLACE_ZONE)
        buf_print(out, "@%.*s", ARG(m->zone));
}

/* ---- durations ------------------------------------------------------------------- */

/* The whole number before a letter, times `unit`, onto *sum. */
static bool add_part(i64 value, i64 unit, i64 *sum)
{
    i64 part;

    return !__builtin_mul_overflow(value, unit, &part) &&
           !__builtin_add_overflow(*sum, part, sum);
}

struct span_parts {
    struct feel_span span;
    bool has_date, has_months, has_days, has_weeks;
};

/* Years, months, weeks and days, in that order, each at most once. */
static bool read_span_date(struct reader *r, struct span_parts *p)
{
    static const char letters[] = "YMWD";
    size_t next = 0;

    while (digits_ahead(r) > 0) {
        i64 value;
        if (!read_digits(r, digits_ahead(r), &value) || r->s.len == 0)
            return false;
        const char *letter =
            memchr(letters + next, r->s.data[0], sizeof(letters) - 1 - next);
        if (!letter)
            return false;
        skip(r, *letter);
        next = (size_t)(letter - letters) + 1;
        p->has_months |= *letter == 'Y' || *letter == 'M';
        p->has_weeks |= *letter == 'W';
        p->has_days |= *letter == 'D';
        if (!add_part(value,
                      *letter == 'Y'   ? 12
                      : *letter == 'W' ? 7
                                       : 1,
                      p->has_days || p->has_weeks ? &p->span.days : &p->span.months))
            return false;
    }
    p->has_date = next > 0;
    return true;
}

/* Hours, minutes and seconds likewise; seconds may have a fraction. */
static bool read_span_time(struct reader *r, struct span_parts *p)
{
    static const char letters[] = "HMS";
    static const i64 units[] = {3600 * NANOS_PER_SECOND, 60 * NANOS_PER_SECOND,
                                NANOS_PER_SECOND};
    size_t next = 0;

    while (digits_ahead(r) > 0) {
        i64 value;
        i32 nanos = 0;
        bool fraction;
        if (!read_digits(r, digits_ahead(r), &value))
            return false;
        fraction = skip(r, '.'); /* with no digit behind it too, as Java reads it */
        if ((fraction && digits_ahead(r) > 0 && !read_fraction(r, &nanos)) ||
            r->s.len == 0)
            return false;
        const char *letter =
            memchr(letters + next, r->s.data[0], sizeof(letters) - 1 - next);
        if (!letter || (fraction && *letter != 'S'))
            return false;
        skip(r, *letter);
        next = (size_t)(letter - letters) + 1;
        p->span.nanos += (i128)value * units[letter - letters] + nanos;
    }
    return next > 0;
}

static bool read_span_parts(struct str text, struct span_parts *p)
{
    struct reader r = {text};
    bool negative = skip(&r, '-');

    *p = (struct span_parts){0};
    if (!skip(&r, 'P') || !read_span_date(&r, p))
        return false;
    if (skip(&r, 'T')) {
        if (!read_span_time(&r, p))
            return false;
        p->has_days = true;
    } else if (!p->has_date) {
        return false;
    }
    if (negative)
        p->span = (struct feel_span){-p->span.months, -p->span.days, -p->span.nanos};
    return r.s.len == 0;
}

bool feel_read_span(struct str text, struct feel_span *out)
{
    static const char small[] = "pymwdhs"; /* all letters but the T */
    char letters[128];
    struct span_parts p;

    if (text.len > sizeof(letters))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        letters[i] = c && strchr(small, c) ? (char)(c - 'a' + 'A') : c;
    }
    if (!read_span_parts((struct str){letters, text.len}, &p))
        return false;
    *out = p.span;
    return true;
}

/* FEEL knows two kinds that never mix, and no weeks. */
bool read_duration(struct str s, struct feel_value *out)
{
    struct span_parts p;
    i128 nanos;

    if (!read_span_parts(s, &p) || p.has_weeks || p.has_months == p.has_days)
        return false;
    if (p.has_months) {
        *out = value_span(FEEL_YEARS_MONTHS_DURATION, p.span.months);
        return true;
    }
    nanos = p.span.nanos + (i128)p.span.days * NANOS_PER_DAY;
    if (nanos > NANOS_MAX || nanos < -NANOS_MAX)
        return false;
    *out = value_span(FEEL_DAYS_TIME_DURATION, nanos);
    return true;
}

bool feel_span_of(const struct feel_value *v, struct feel_span *out)
{
    *out = (struct feel_span){0};
    if (v->kind == FEEL_YEARS_MONTHS_DURATION)
        out->months = (i64)v->span;
    else if (v->kind == FEEL_DAYS_TIME_DURATION)
        out->nanos = v->span;
    else
        return false;
    return true;
}

/* Without its sign. No span is the smallest number there is. */
static i128 size_of(i128 n)
{
    return n < 0 ? -n : n;
}

static void print_part(struct buf *out, i128 value, char letter)
{
    if (value)
        buf_print(out, "%lld%c", (long long)value, letter);
}

static void print_months(struct buf *out, i128 months)
{
    print_part(out, months / 12, 'Y');
    print_part(out, months % 12, 'M');
}

static void print_clock(struct buf *out, i128 nanos)
{
    i128 seconds = nanos / NANOS_PER_SECOND;

    if (nanos == 0)
        return;
    buf_byte(out, 'T');
    print_part(out, seconds / 3600, 'H');
    print_part(out, seconds / 60 % 60, 'M');
    if (seconds % 60 || nanos % NANOS_PER_SECOND) {
        buf_print(out, "%d", (int)(seconds % 60));
        print_fraction(out, (i64)(nanos % NANOS_PER_SECOND));
        buf_byte(out, 'S');
    }
}

void print_duration(struct buf *out, enum feel_kind kind, i128 span)
{
    i128 size = size_of(span);

    if (span == 0) {
        buf_text(out, kind == FEEL_YEARS_MONTHS_DURATION ? "P0M" : "PT0S");
        return;
    }
    buf_text(out, span < 0 ? "-P" : "P");
    if (kind == FEEL_YEARS_MONTHS_DURATION) {
        print_months(out, size);
        return;
    }
    print_part(out, size / NANOS_PER_DAY, 'D');
    print_clock(out, size % NANOS_PER_DAY);
}

/* All parts have one sign, as they were read. */
void feel_print_span(struct buf *out, const struct feel_span *s)
{
    if (s->months == 0 && s->days == 0 && s->nanos == 0) {
        buf_text(out, "PT0S");
        return;
    }
    buf_text(out, s->months < 0 || s->days < 0 || s->nanos < 0 ? "-P" : "P");
    print_months(out, size_of(s->months));
    print_part(out, size_of(s->days), 'D');
    print_clock(out, size_of(s->nanos));
}

/* ---- instants, for timers -------------------------------------------------------- */

static bool instant_ms(const struct feel_moment *m, i64 *ms)
{
    return m->place != PLACE_LOCAL &&
           !__builtin_mul_overflow(moment_seconds(m), 1000, ms) &&
           !__builtin_add_overflow(*ms, m->nanos / 1000000, ms);
}

bool feel_read_instant(struct str text, struct zones *zones, i64 *ms)
{
    struct feel_moment m;

    return read_date_time(text, zones, &m) && instant_ms(&m, ms);
}

bool feel_instant_of(const struct feel_value *v, struct zones *zones, i64 *ms)
{
    return v->kind == FEEL_DATE_TIME && instant_ms(v->moment, ms);
}

static i64 clamp(i128 n)
{
    return n > INT64_MAX ? INT64_MAX : n < INT64_MIN ? INT64_MIN : (i64)n;
}

/* By the calendar of the zone; false where that has no answer (no such zone, or beyond
 * all years). */
static bool later_by_calendar(i64 *ms, const struct feel_span *s, struct zones *zones,
                              struct str zone)
{
    struct feel_moment m = {.place = zone.len ? PLACE_ZONE : PLACE_OFFSET,
                            .zone = zone};
    i64 days;

    if (!moment_set_seconds(&m, floor_div(*ms, 1000), zones) ||
        !moment_add_months(&m, s->months) ||
        __builtin_add_overflow(moment_days(&m), s->days, &days) ||
        !moment_set_days(&m, days) || !moment_settle(&m, zones))
        return false;
    *ms = clamp((i128)moment_seconds(&m) * 1000 + floor_mod(*ms, 1000));
    return true;
}

i64 feel_later(i64 ms, const struct feel_span *s, struct zones *zones, struct str zone)
{
    if ((s->months || s->days) && !later_by_calendar(&ms, s, zones, zone) &&
        !later_by_calendar(&ms, s, NULL, STR("")))
        return s->months < 0 || s->days < 0 ? INT64_MIN : INT64_MAX;
    return clamp(ms + s->nanos / 1000000);
}
