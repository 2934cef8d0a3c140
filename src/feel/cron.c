/* cron.c - the next time that a cron text of six fields names, by the rules of Spring's
 * cron expressions: all fields must hold, the day of the month and of the week too. */
#include <stdio.h>

#include "feel/internal.h"

/* The calendar repeats after 400 years: what does not come within them never comes. */
#define DAYS_MAX 146097

/* Days of the month counted from its end or moved to a weekday, and days of the week by
 * their number in the month. */
enum special {
    SPECIAL_NONE,
    SPECIAL_LAST,         /* L, L-n: value is n */
    SPECIAL_LAST_WORKDAY, /* LW */
    SPECIAL_NEAR_WORKDAY, /* nW */
    SPECIAL_NTH,          /* d#n: value is d, nth is n */
    SPECIAL_LAST_OF_WEEK, /* dL */
};

#define SPECIALS_MAX 8

struct field {
    u64 bits;
    struct {
        enum special kind;
        int value, nth;
    } specials[SPECIALS_MAX];
    size_t special_count;
};

enum { SECOND, MINUTE, HOUR, DAY, MONTH, WEEKDAY, FIELDS };

static const struct {
    const char *name;
    int least, most;
} kinds[FIELDS] = {
    {"second", 0, 59},       {"minute", 0, 59}, {"hour", 0, 23},
    {"day of month", 1, 31}, {"month", 1, 12},  {"day of week", 0, 7},
};

struct cron {
    struct field fields[FIELDS];
};

/* ---- reading --------------------------------------------------------------------- */

static bool read_name(struct str s, const char *names, int first, int *out)
{
    for (size_t i = 0; s.len == 3 && names[3 * i]; i++) {
        bool same = true;
        for (size_t j = 0; j < 3; j++)
            same &= (s.data[j] & ~32) == names[3 * i + j];
        if (same) {
            *out = (int)i + first;
            return true;
        }
    }
    return false;
}

static bool read_value(struct str s, int kind, int *out)
{
    i64 value;

    if (kind == MONTH && read_name(s, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", 1, out))
        return true;
    if (kind == WEEKDAY && read_name(s, "MONTUEWEDTHUFRISATSUN", 1, out))
        return true;
    if (s.len == 0 || s.len > 4 || s.data[0] == '-' || !str_to_i64(s, &value) ||
        value < kinds[kind].least || value > kinds[kind].most)
        return false;
    *out = (int)value;
    return true;
}

/* What stands before the first such character, and what behind it. */
static bool split_at(struct str s, char c, struct str *before, struct str *behind)
{
    const char *at = s.len ? memchr(s.data, c, s.len) : NULL;

    if (!at)
        return false;
    *before = (struct str){s.data, (size_t)(at - s.data)};
    *behind = (struct str){at + 1, s.len - before->len - 1};
    return true;
}

static bool special_add(struct field *f, enum special kind, int value, int nth)
{
    if (f->special_count == SPECIALS_MAX)
        return false;
    f->specials[f->special_count].kind = kind;
    f->specials[f->special_count].value = value;
    f->specials[f->special_count++].nth = nth;
    return true;
}

/* L, L-n, LW, nW of the day of month; d#n, dL of the day of week. */
static bool read_special(struct str s, int kind, struct field *f, bool *is_special)
{
    struct str before, behind;
    i64 n;
    int value;
    char last = s.data[s.len - 1];

    *is_special = true;
    if (kind == DAY && str_is(s, "L"))
        return special_add(f, SPECIAL_LAST, 0, 0);
    if (kind == DAY && str_is(s, "LW"))
        return special_add(f, SPECIAL_LAST_WORKDAY, 0, 0);
    if (kind == DAY && str_starts(s, STR("L-")))
        return str_to_i64((struct str){s.data + 2, s.len - 2}, &n) && n > 0 && n < 31 &&
               special_add(f, SPECIAL_LAST, (int)n, 0);
    if (kind == DAY && last == 'W')
        return read_value((struct str){s.data, s.len - 1}, kind, &value) &&
               special_add(f, SPECIAL_NEAR_WORKDAY, value, 0);
    if (kind == WEEKDAY && split_at(s, '#', &before, &behind))
        return read_value(before, kind, &value) && str_to_i64(behind, &n) && n > 0 &&
               n < 6 && special_add(f, SPECIAL_NTH, value ? value : 7, (int)n);
    if (kind == WEEKDAY && last == 'L')
        return read_value((struct str){s.data, s.len - 1}, kind, &value) &&
               special_add(f, SPECIAL_LAST_OF_WEEK, value ? value : 7, 0);
    *is_special = false;
    return true;
}

/* star, a, a-b; with /n behind. A single value before /n stands for it and all above.
 */
static bool read_range(struct str s, int kind, struct field *f)
{
    struct str range = s, step_text, low, high;
    bool has_step = split_at(s, '/', &range, &step_text);
    int from, to;
    i64 step = 1;

    if (has_step && (!str_to_i64(step_text, &step) || step < 1))
        return false;
    if (str_is(range, "*") ||
        (str_is(range, "?") && (kind == DAY || kind == WEEKDAY))) {
        from = kinds[kind].least;
        to = kinds[kind].most;
    } else if (split_at(range, '-', &low, &high)) {
        if (!read_value(low, kind, &from) || !read_value(high, kind, &to))
            return false;
        if (kind == WEEKDAY && from == 7 && to < 7)
            from = 0;
        if (from > to)
            return false;
    } else {
        if (!read_value(range, kind, &from))
            return false;
        to = has_step ? kinds[kind].most : from;
    }
    for (i64 i = from; i <= to; i += step)
        f->bits |= 1ULL << i;
    return true;
}

/* The parts between commas. */
static bool read_field(struct str s, int kind, struct field *f)
{
    struct str item, rest = s;
    bool is_special, more = true;

    while (more) {
        more = split_at(rest, ',', &item, &rest);
        if (!more)
            item = rest;
        if (item.len == 0 || !read_special(item, kind, f, &is_special))
            return false;
        if (!is_special && !read_range(item, kind, f))
            return false;
    }
    if (kind == WEEKDAY && (f->bits & 1))
        f->bits |= 1 << 7; /* Sunday is 0 and 7 */
    return true;
}

static bool nickname(struct str *s)
{
    static const char *const names[][2] = {
        {"@yearly", "0 0 0 1 1 *"},  {"@annually", "0 0 0 1 1 *"},
        {"@monthly", "0 0 0 1 * *"}, {"@weekly", "0 0 0 * * 0"},
        {"@daily", "0 0 0 * * *"},   {"@midnight", "0 0 0 * * *"},
        {"@hourly", "0 0 * * * *"},
    };

    for (size_t i = 0; i < LEN(names); i++) {
        if (str_is(*s, names[i][0])) {
            *s = str_of(names[i][1]);
            return true;
        }
    }
    return false;
}

static bool cron_read(struct str text, struct cron *c, struct err *err)
{
    struct str rest = str_trim(text), word;
    int count = 0;

    *c = (struct cron){0};
    nickname(&rest);
    for (; rest.len > 0; count++) {
        if (!split_at(rest, ' ', &word, &rest)) {
            word = rest;
            rest.len = 0;
        }
        rest = str_trim(rest);
        if (count == FIELDS)
            break;
        if (!read_field(word, count, &c->fields[count]))
            return err_set(err, ERR_SYNTAX, "cron '%.*s': '%.*s' is no %s", ARG(text),
                           ARG(word), kinds[count].name);
    }
    if (count != FIELDS || rest.len > 0)
        return err_set(
            err, ERR_SYNTAX,
            "cron '%.*s': six fields were expected: second, minute, hour, day "
            "of month, month, day of week",
            ARG(text));
    return true;
}

/* ---- the next day and time ------------------------------------------------------- */

struct date {
    i64 year, days; /* since 1970 */
    int month, day, weekday, length;
};

static struct date date_of(i64 days)
{
    struct date d = {.days = days};

    civil_of_days(days, &d.year, &d.month, &d.day);
    d.weekday = weekday_of_days(days);
    d.length = month_length(d.year, d.month);
    return d;
}

/* The workday nearest to that day in the same month. */
static int near_workday(const struct date *d, int day)
{
    int weekday = weekday_of_days(d->days - d->day + day);

    if (weekday == 6)
        return day > 1 ? day - 1 : day + 2;
    if (weekday == 7)
        return day < d->length ? day + 1 : day - 2;
    return day;
}

static int last_workday(const struct date *d)
{
    int weekday = weekday_of_days(d->days - d->day + d->length);

    return d->length - (weekday > 5 ? weekday - 5 : 0);
}

static bool special_is(const struct date *d, enum special kind, int value, int nth)
{
    switch (kind) {
    case SPECIAL_LAST:
        return d->day == d->length - value;
    case SPECIAL_LAST_WORKDAY:
        return d->day == last_workday(d);
    case SPECIAL_NEAR_WORKDAY:
        return value <= d->length && d->day == near_workday(d, value);
    case SPECIAL_NTH:
        return d->weekday == value && (d->day - 1) / 7 + 1 == nth;
    case SPECIAL_LAST_OF_WEEK:
        return d->weekday == value && d->day + 7 > d->length;
    case SPECIAL_NONE:
        break;
    }
    return false;
}

static bool field_has(const struct field *f, const struct date *d, int value)
{
    if (f->bits >> value & 1)
        return true;
    for (size_t i = 0; i < f->special_count; i++)
        if (special_is(d, f->specials[i].kind, f->specials[i].value,
                       f->specials[i].nth))
            return true;
    return false;
}

static bool date_is(const struct cron *c, const struct date *d)
{
    return (c->fields[MONTH].bits >> d->month & 1) &&
           field_has(&c->fields[DAY], d, d->day) &&
           field_has(&c->fields[WEEKDAY], d, d->weekday);
}

/* The lowest value of the field from `from` on, or -1. */
static int value_from(const struct field *f, int from)
{
    u64 bits = from > 63 ? 0 : f->bits >> from << from;

    return bits ? __builtin_ctzll(bits) : -1;
}

/* The first second of a day, from `from` on, that the clock fields name; -1: none. */
static int clock_from(const struct cron *c, int from)
{
    int hour = from / 3600, minute = from / 60 % 60, second = from % 60, found;

    for (; (found = value_from(&c->fields[HOUR], hour)) >= 0; hour = found + 1) {
        if (found != hour)
            minute = second = 0;
        hour = found;
        for (; (found = value_from(&c->fields[MINUTE], minute)) >= 0;
             minute = found + 1) {
            if (found != minute)
                second = 0;
            minute = found;
            found = value_from(&c->fields[SECOND], second);
            if (found >= 0)
                return (hour * 60 + minute) * 60 + found;
            found = minute;
            second = 0;
        }
        found = hour;
        minute = second = 0;
    }
    return -1;
}

/* The next wall clock second after that one; false: never. */
static bool cron_local_next(const struct cron *c, i64 after, i64 *next)
{
    i64 days = (after + 1) / SECONDS_PER_DAY - ((after + 1) % SECONDS_PER_DAY < 0);
    int from = (int)(after + 1 - days * SECONDS_PER_DAY);

    for (i64 end = days + DAYS_MAX; days <= end; days++, from = 0) {
        struct date d = date_of(days);
        int clock;
        if (!date_is(c, &d) || (clock = clock_from(c, from)) < 0)
            continue;
        *next = days * SECONDS_PER_DAY + clock;
        return true;
    }
    return false;
}

/* A wall clock in a gap moves forward by it; one that comes twice counts the first
 * time, so a moment may turn out not to be later: then the next one is asked for. */
bool feel_cron_next(struct str text, i64 ms, struct zones *zones, struct str zone,
                    i64 *next, struct err *err)
{
    struct feel_moment m = {.place = zone.len ? PLACE_ZONE : PLACE_OFFSET,
                            .zone = zone};
    struct cron c;
    i64 seconds = ms / 1000 - (ms % 1000 < 0), local;

    *next = -1;
    if (!cron_read(text, &c, err))
        return false;
    if (!moment_set_seconds(&m, seconds, zones))
        return err_set(err, ERR_SYNTAX, "cron: no time zone '%.*s'", ARG(zone));
    local = moment_local_seconds(&m);
    for (int tries = 0; tries < 100000 && cron_local_next(&c, local, &local); tries++) {
        i64 days = local / SECONDS_PER_DAY - (local % SECONDS_PER_DAY < 0);
        if (!moment_set_days(&m, days))
            break;
        moment_set_day_nanos(&m, (local - days * SECONDS_PER_DAY) * NANOS_PER_SECOND);
        if (!moment_settle(&m, zones))
            break;
        if (moment_seconds(&m) > seconds) {
            *next = moment_seconds(&m) * 1000;
            break;
        }
    }
    return true;
}
