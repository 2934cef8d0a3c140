/* builtins_time.c - DMN 1.5, 10.3.4.1 and 10.3.4.8: dates, times and durations; and the
 * properties of values (10.3.2.15). */
#include "feel/internal.h"

/* ---- date ------------------------------------------------------------------------ */

static struct feel_value date_of_text(struct eval *e, const struct feel_value *args)
{
    struct feel_moment m;

    if (!read_date(args[0].string, &m))
        return builtin_fail(e, "the text is no date");
    return value_moment(FEEL_DATE, &m, e->arena);
}

/* Of a date and time the date on its own calendar. */
static struct feel_value date_of_moment(struct eval *e, const struct feel_value *args)
{
    struct feel_moment m = {0};

    if (args[0].kind != FEEL_DATE && args[0].kind != FEEL_DATE_TIME)
        return builtin_fail(e, "a text, a date or a date and time was expected");
    m.year = args[0].moment->year;
    m.month = args[0].moment->month;
    m.day = args[0].moment->day;
    return value_moment(FEEL_DATE, &m, e->arena);
}

static bool whole_between(struct num n, i64 low, i64 high, i64 *out)
{
    return num_to_i64(n, out) && *out >= low && *out <= high;
}

static struct feel_value date_of_parts(struct eval *e, const struct feel_value *args)
{
    i64 year, month, day;
    struct feel_moment m = {0};

    if (!whole_between(args[0].number, -YEAR_MAX, YEAR_MAX, &year) ||
        !whole_between(args[1].number, 1, 12, &month) ||
        !whole_between(args[2].number, 1, month_length(year, (int)month), &day))
        return builtin_fail(e, "there is no such date");
    m.year = (i32)year;
    m.month = (u8)month;
    m.day = (u8)day;
    return value_moment(FEEL_DATE, &m, e->arena);
}

/* ---- time ------------------------------------------------------------------------ */

static struct feel_value time_of_text(struct eval *e, const struct feel_value *args)
{
    struct feel_moment m;

    if (!read_time(args[0].string, e->env->zones, e->env->now, &m))
        return builtin_fail(e, "the text is no time");
    return value_moment(FEEL_TIME, &m, e->arena);
}

static struct feel_value time_of_moment(struct eval *e, const struct feel_value *args)
{
    struct feel_moment m = {.year = 1970, .month = 1, .day = 1};
    const struct feel_moment *of = args[0].moment;

    if (args[0].kind == FEEL_DATE) { /* midnight in UTC */
        m.place = PLACE_OFFSET;
        return value_moment(FEEL_TIME, &m, e->arena);
    }
    if (args[0].kind != FEEL_TIME && args[0].kind != FEEL_DATE_TIME)
        return builtin_fail(e, "a text, a time or a date and time was expected");
    m = *of;
    m.year = 1970;
    m.month = m.day = 1;
    return value_moment(FEEL_TIME, &m, e->arena);
}

/* The second may have a fraction; the offset is a duration, or null for none. */
static struct feel_value time_of_parts(struct eval *e, const struct feel_value *args)
{
    struct feel_moment m = {.year = 1970, .month = 1, .day = 1};
    struct num second = args[2].number;
    i64 hour, minute, nanos;

    if (!whole_between(args[0].number, 0, 23, &hour) ||
        !whole_between(args[1].number, 0, 59, &minute) || num_sign(second) < 0 ||
        num_compare(second, num_from_i64(60)) >= 0)
        return builtin_fail(e, "there is no such time");
    nanos = num_cut_i64(num_mul(second, num_from_i64(NANOS_PER_SECOND)));
    moment_set_day_nanos(&m, (hour * 60 + minute) * 60 * NANOS_PER_SECOND + nanos);
    if (args[3].kind == FEEL_DAYS_TIME_DURATION) {
        i128 offset = args[3].span / NANOS_PER_SECOND;
        if (args[3].span % NANOS_PER_SECOND || offset > OFFSET_MAX ||
            offset < -OFFSET_MAX)
            return builtin_fail(e, "there is no such offset");
        m.place = PLACE_OFFSET;
        m.offset = (i32)offset;
    } else if (args[3].kind != FEEL_NULL) {
        return builtin_fail(e, "the offset is no duration");
    }
    return value_moment(FEEL_TIME, &m, e->arena);
}

/* ---- date and time --------------------------------------------------------------- */

static struct feel_value date_time_of_text(struct eval *e,
                                           const struct feel_value *args)
{
    struct feel_moment m;

    if (!read_date_time(args[0].string, e->env->zones, &m))
        return builtin_fail(e, "the text is no date and time");
    return value_moment(FEEL_DATE_TIME, &m, e->arena);
}

static struct feel_value date_time_of_moment(struct eval *e,
                                             const struct feel_value *args)
{
    if (args[0].kind == FEEL_DATE_TIME)
        return args[0];
    if (args[0].kind != FEEL_DATE)
        return builtin_fail(e, "a text, a date or a date and time was expected");
    return value_moment(FEEL_DATE_TIME, args[0].moment, e->arena);
}

static struct feel_value date_time_of_parts(struct eval *e,
                                            const struct feel_value *args)
{
    struct feel_moment m;

    if ((args[0].kind != FEEL_DATE && args[0].kind != FEEL_DATE_TIME) ||
        args[1].kind != FEEL_TIME)
        return builtin_fail(e, "a date and a time were expected");
    m = *args[1].moment;
    m.year = args[0].moment->year;
    m.month = args[0].moment->month;
    m.day = args[0].moment->day;
    if (!moment_settle(&m, e->env->zones))
        return builtin_fail(e, "there is no such date and time");
    return value_moment(FEEL_DATE_TIME, &m, e->arena);
}

/* Camunda: the same instant in another zone; a local one is set into it. */
static struct feel_value date_time_in_zone(struct eval *e,
                                           const struct feel_value *args)
{
    struct feel_moment m;
    i64 seconds;
    bool fits;

    if (args[0].kind != FEEL_DATE_TIME)
        return builtin_fail(e, "a date and time was expected");
    m = *args[0].moment;
    seconds = moment_seconds(&m);
    fits = m.place == PLACE_LOCAL;
    m.place = PLACE_ZONE;
    m.zone = args[1].string;
    if (!(fits ? moment_settle(&m, e->env->zones)
               : moment_set_seconds(&m, seconds, e->env->zones)))
        return builtin_fail(e, "there is no such time zone");
    return value_moment(FEEL_DATE_TIME, &m, e->arena);
}

static struct feel_moment now_of(struct eval *e)
{
    struct feel_moment m = {.place = PLACE_ZONE, .zone = e->env->zone};
    i64 ms = e->env->now % 1000, seconds = e->env->now / 1000;

    if (ms < 0) {
        ms += 1000;
        seconds--;
    }
    m.nanos = (i32)(ms * 1000000);
    if (m.zone.len && moment_set_seconds(&m, seconds, e->env->zones))
        return m;
    m.place = PLACE_OFFSET;
    m.zone = STR("");
    m.offset = 0;
    if (!moment_set_seconds(&m, seconds, NULL))
        moment_set_days(&m, 0);
    return m;
}

static struct feel_value time_now(struct eval *e, const struct feel_value *args)
{
    struct feel_moment m = now_of(e);

    return value_moment(FEEL_DATE_TIME, &m, e->arena);
}

static struct feel_value time_today(struct eval *e, const struct feel_value *args)
{
    struct feel_value now = time_now(e, args);

    return date_of_moment(e, &now);
}

/* ---- durations ------------------------------------------------------------------- */

static struct feel_value duration_of_text(struct eval *e, const struct feel_value *args)
{
    struct feel_value v;

    if (!read_duration(args[0].string, &v))
        return builtin_fail(e, "the text is no duration");
    return v;
}

static struct feel_value duration_of_any(struct eval *e, const struct feel_value *args)
{
    if (args[0].kind != FEEL_DAYS_TIME_DURATION &&
        args[0].kind != FEEL_YEARS_MONTHS_DURATION)
        return builtin_fail(e, "a text was expected");
    return args[0];
}

static bool has_date(const struct feel_value *v)
{
    return v->kind == FEEL_DATE || v->kind == FEEL_DATE_TIME;
}

/* The whole months between two dates, toward zero; times of day do not count. */
static struct feel_value months_between(struct eval *e, const struct feel_value *args)
{
    const struct feel_moment *from = args[0].moment, *to = args[1].moment;
    i64 months;

    if (!has_date(&args[0]) || !has_date(&args[1]))
        return builtin_fail(e, "two dates were expected");
    months = (to->year - from->year) * 12LL + to->month - from->month;
    if (months > 0 && to->day < from->day)
        months--;
    if (months < 0 && to->day > from->day)
        months++;
    return value_span(FEEL_YEARS_MONTHS_DURATION, months);
}

/* ---- the calendar ---------------------------------------------------------------- */

static struct feel_value no_date(struct eval *e)
{
    return builtin_fail(e, "a date or a date and time was expected");
}

static struct feel_value day_of_year(struct eval *e, const struct feel_value *args)
{
    if (!has_date(&args[0]))
        return no_date(e);
    return feel_number(moment_days(args[0].moment) -
                       days_of_civil(args[0].moment->year, 1, 1) + 1);
}

static struct feel_value day_of_week(struct eval *e, const struct feel_value *args)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};

    if (!has_date(&args[0]))
        return no_date(e);
    return feel_string(str_of(names[weekday_of_days(moment_days(args[0].moment)) - 1]));
}

static struct feel_value month_of_year(struct eval *e, const struct feel_value *args)
{
    static const char *const names[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};

    if (!has_date(&args[0]))
        return no_date(e);
    return feel_string(str_of(names[args[0].moment->month - 1]));
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static struct feel_value week_of_year(struct eval *e, const struct feel_value *args)
{
    i64 days, thursday, year;
    int month, day;

    if (!has_date(&args[0]))
        return no_date(e);
    days = moment_days(args[0].moment);
    thursday = days - weekday_of_days(days) + 4;
    civil_of_days(thursday, &year, &month, &day);
    return feel_number((thursday - days_of_civil(year, 1, 1)) / 7 + 1);
}

static struct feel_value last_day_of_month(struct eval *e,
                                           const struct feel_value *args)
{
    struct feel_value date;
    struct feel_moment m;

    if (!has_date(&args[0]))
        return no_date(e);
    date = date_of_moment(e, args);
    m = *date.moment;
    m.day = (u8)month_length(m.year, m.month);
    return value_moment(FEEL_DATE, &m, e->arena);
}

const struct builtin builtins_time[] = {
    {"date", "from", "s", date_of_text},
    {"date", "from", "a", date_of_moment},
    {"date", "year,month,day", "nnn", date_of_parts},
    {"time", "from", "s", time_of_text},
    {"time", "from", "a", time_of_moment},
    {"time", "hour,minute,second,offset", "nnn|x", time_of_parts},
    {"date and time", "from", "s", date_time_of_text},
    {"date and time", "from", "a", date_time_of_moment},
    {"date and time", "date,timezone", "as", date_time_in_zone},
    {"date and time", "date,time", "aa", date_time_of_parts},
    {"duration", "from", "s", duration_of_text},
    {"duration", "from", "a", duration_of_any},
    {"years and months duration", "from,to", "aa", months_between},
    {"now", "", "", time_now},
    {"today", "", "", time_today},
    {"day of year", "date", "a", day_of_year},
    {"day of week", "date", "a", day_of_week},
    {"month of year", "date", "a", month_of_year},
    {"week of year", "date", "a", week_of_year},
    {"last day of month", "date", "a", last_day_of_month},
    {0},
};

/* ---- properties ------------------------------------------------------------------ */

enum {
    ON_DATE = 1 << FEEL_DATE,
    ON_TIME = 1 << FEEL_TIME,
    ON_DATE_TIME = 1 << FEEL_DATE_TIME,
    ON_DAYS = 1 << FEEL_DAYS_TIME_DURATION,
    ON_MONTHS = 1 << FEEL_YEARS_MONTHS_DURATION,
    ON_RANGE = 1 << FEEL_RANGE,
};

static struct feel_value get_year(const struct feel_value *v)
{
    return feel_number(v->moment->year);
}

static struct feel_value get_month(const struct feel_value *v)
{
    return feel_number(v->moment->month);
}

static struct feel_value get_day(const struct feel_value *v)
{
    return feel_number(v->moment->day);
}

static struct feel_value get_weekday(const struct feel_value *v)
{
    return feel_number(weekday_of_days(moment_days(v->moment)));
}

static struct feel_value get_hour(const struct feel_value *v)
{
    return feel_number(v->moment->hour);
}

static struct feel_value get_minute(const struct feel_value *v)
{
    return feel_number(v->moment->minute);
}

static struct feel_value get_second(const struct feel_value *v)
{
    return feel_number(v->moment->second);
}

static struct feel_value get_offset(const struct feel_value *v)
{
    if (v->moment->place == PLACE_LOCAL)
        return value_null();
    return value_span(FEEL_DAYS_TIME_DURATION, v->moment->offset * NANOS_PER_SECOND);
}

static struct feel_value get_zone(const struct feel_value *v)
{
    return v->moment->place == PLACE_ZONE ? feel_string(v->moment->zone) : value_null();
}

static struct feel_value get_days(const struct feel_value *v)
{
    return feel_number((i64)(v->span / NANOS_PER_DAY));
}

static struct feel_value get_hours(const struct feel_value *v)
{
    return feel_number((i64)(v->span / (3600 * NANOS_PER_SECOND) % 24));
}

static struct feel_value get_minutes(const struct feel_value *v)
{
    return feel_number((i64)(v->span / (60 * NANOS_PER_SECOND) % 60));
}

static struct feel_value get_seconds(const struct feel_value *v)
{
    return feel_number((i64)(v->span / NANOS_PER_SECOND % 60));
}

static struct feel_value get_years(const struct feel_value *v)
{
    return feel_number((i64)(v->span / 12));
}

static struct feel_value get_months(const struct feel_value *v)
{
    return feel_number((i64)(v->span % 12));
}

static struct feel_value get_start(const struct feel_value *v)
{
    return v->range->start;
}

static struct feel_value get_end(const struct feel_value *v)
{
    return v->range->end;
}

static struct feel_value get_start_included(const struct feel_value *v)
{
    return feel_boolean(v->range->start_included);
}

static struct feel_value get_end_included(const struct feel_value *v)
{
    return feel_boolean(v->range->end_included);
}

/* Which kinds of values have which properties. */
static const struct {
    const char *name;
    int kinds;
    struct feel_value (*get)(const struct feel_value *v);
} properties[] = {
    {"year", ON_DATE | ON_DATE_TIME, get_year},
    {"month", ON_DATE | ON_DATE_TIME, get_month},
    {"day", ON_DATE | ON_DATE_TIME, get_day},
    {"weekday", ON_DATE | ON_DATE_TIME, get_weekday},
    {"hour", ON_TIME | ON_DATE_TIME, get_hour},
    {"minute", ON_TIME | ON_DATE_TIME, get_minute},
    {"second", ON_TIME | ON_DATE_TIME, get_second},
    {"time offset", ON_TIME | ON_DATE_TIME, get_offset},
    {"timezone", ON_TIME | ON_DATE_TIME, get_zone},
    {"days", ON_DAYS, get_days},
    {"hours", ON_DAYS, get_hours},
    {"minutes", ON_DAYS, get_minutes},
    {"seconds", ON_DAYS, get_seconds},
    {"years", ON_MONTHS, get_years},
    {"months", ON_MONTHS, get_months},
    {"start", ON_RANGE, get_start},
    {"end", ON_RANGE, get_end},
    {"start included", ON_RANGE, get_start_included},
    {"end included", ON_RANGE, get_end_included},
};

struct feel_value eval_property(struct eval *e, const struct feel_value *v,
                                struct str name)
{
    for (size_t i = 0; i < LEN(properties); i++)
        if ((properties[i].kinds & 1 << v->kind) && str_is(name, properties[i].name))
            return properties[i].get(v);
    return eval_null(e, "NO_PROPERTY_FOUND",
                     "No property found with name '%.*s' of value '%.*s'", ARG(name),
                     ARG(eval_text(e, v)));
}
