/* temporal.c - any text as a date, time, duration, instant, span and cron text: refused
 * everywhere, or what it means prints as what means the same, and what is added to it
 * can be taken away again. */
#include <stdio.h>
#include <stdlib.h>

#include "feel/feel.h"
#include "t/fuzz/zone.h"

int fuzz_one(const u8 *data, size_t size);

/* What holds for a date d, a time h, a date and time m and a duration p. A sum that
 * does not fit is null. */
static const struct {
    char of;
    const char *holds;
} laws[] = {
    {'d', "is(date(string(d)), d)"},
    {'d', "d = d and d - d = @\"PT0S\" and d <= d"},
    {'d', "d + @\"P1D\" = null or d + @\"P1D\" - @\"P1D\" = d"},
    {'d', "d + @\"P1D\" = null or d + @\"P1D\" > d"},
    {'d', "d + @\"P1M\" > d"},
    {'d', "date(d.year, d.month, d.day) = d"},
    {'d', "day of year(d) = (d - date(d.year, 1, 1)).days + 1"},
    {'h', "is(time(string(h)), h)"},
    {'h', "h = h and h - h = @\"PT0S\" and h <= h"},
    {'h', "h + @\"P1D\" = h"},
    {'h', "h + @\"PT12H\" - @\"PT12H\" = h"},
    {'m', "is(date and time(string(m)), m)"},
    {'m', "m = m and m - m = @\"PT0S\" and m <= m"},
    {'m', "m + @\"P1D\" = null or m + @\"P1D\" - @\"P1D\" = m"},
    {'m', "m + @\"P1D\" = null or m + @\"P1D\" - m = @\"P1D\""},
    {'m', "m + @\"P1M\" > m"},
    {'m', "date(m).year = m.year"},
    {'p', "duration(string(p)) = p"},
    {'p', "-(-p) = p"},
    {'p', "p - p = p * 0"},
    {'p', "p + p = null or p + p = p * 2"},
    {'p', "p + p = null or p + p - p = p"},
    {'p', "p instance of years and months duration or "
          "@\"2024-02-29T12:00:00Z\" + p = null or "
          "@\"2024-02-29T12:00:00Z\" + p - @\"2024-02-29T12:00:00Z\" = p"},
};

struct fuzz {
    struct arena arena;
    struct trap full;
    struct str text;
    struct zones *zones;
};

static bool fuzz_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    *out = feel_string(((const struct fuzz *)s->ctx)->text);
    return str_is(name, "t");
}

static struct feel_expr *compile(struct arena *keep)
{
    struct feel_expr *expr;
    struct err err;
    struct buf text;

    buf_init(&text, keep, 2048);
    buf_text(&text, "{d: date(t), h: time(t), m: date and time(t), p: duration(t), "
                    "laws: [true");
    for (size_t i = 0; i < LEN(laws); i++)
        buf_print(&text, ", if %c = null then null else %s", laws[i].of, laws[i].holds);
    buf_text(&text, "]}.laws");
    must(feel_compile(keep, FEEL_EXPRESSION, buf_str(&text), NULL, &expr, &err));
    return expr;
}

static struct feel_value evaluate(struct fuzz *f)
{
    static struct arena keep;
    static struct feel_expr *expr;
    const struct feel_scope scope = {.get = fuzz_get, .ctx = f};
    struct feel_env env = {.scope = &scope,
                           .now = 1718007330000,
                           .zones = f->zones,
                           .limits = feel_limits_default,
                           .dialect = FEEL_STANDARD};

    if (!expr) {
        arena_init(&keep, 4096, 1 << 20, NULL);
        expr = compile(&keep);
    }
    return feel_eval(expr, &env, &f->arena);
}

static void check_laws(struct fuzz *f)
{
    struct feel_value all = evaluate(f), v;

    if (all.kind == FEEL_GAVE_UP)
        return;
    for (size_t i = 0; i < LEN(laws); i++) {
        v = feel_list_at(all.list, i + 1, &f->arena);
        if (v.kind != FEEL_BOOLEAN || v.boolean)
            continue;
        fprintf(stderr, "'%.*s' breaks: %s\n", ARG(f->text), laws[i].holds);
        abort();
    }
}

static void check_span(struct fuzz *f, const struct feel_span *span)
{
    struct feel_span back;
    struct buf printed;

    buf_init(&printed, &f->arena, 64);
    feel_print_span(&printed, span);
    must(feel_read_span(buf_str(&printed), &back));
    must(back.months == span->months && back.days == span->days &&
         back.nanos == span->nanos);
    feel_later(0, span, f->zones, STR("BBB"));
    feel_later(INT64_MAX, span, f->zones, STR(""));
}

/* What timers read. */
static void check_timer(struct fuzz *f)
{
    struct feel_span span = {.months = 1, .days = 1, .nanos = 1};
    struct err err;
    i64 ms, next;

    if (feel_read_instant(f->text, f->zones, &ms))
        feel_later(ms, &span, f->zones, STR("BBB"));
    if (feel_read_span(f->text, &span))
        check_span(f, &span);
    if (feel_cron_next(f->text, 1718007330000, f->zones, STR("BBB"), &next, &err))
        must(next == -1 || next > 1718007330000);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct fuzz f = {.text = {(const char *)data, size},
                     .zones = zones_open(fuzz_bring, NULL)};

    arena_init(&f.arena, 32768, 8 << 20, &f.full);
    if (setjmp(f.full.jump) == 0) {
        check_timer(&f);
        check_laws(&f);
    }
    arena_free(&f.arena);
    zones_close(f.zones);
    return 0;
}
