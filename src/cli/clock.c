/* The server's clock: fermata clock now, pin, advance, next-timer, reset. */
#include <stdio.h>
#include <time.h>

#include "cli/remote.h"

#define INSTANCES_MAX 10000 /* that next-timer looks at */

static int usage(void)
{
    fprintf(stderr, "fermata: usage: fermata clock now | pin TIME | advance SPAN | "
                    "next-timer | reset\n");
    return CLI_USAGE;
}

/* The engine's time, which expressions see; the door's own may be another. */
static int server_time(struct remote *r)
{
    struct str answer, now;
    int code = remote_call(r, "POST", "/v2/expression/evaluation",
                           STR("{\"expression\":\"=now()\"}"), &answer);

    if (code)
        return code;
    now = field(r, answer, "result");
    printf("%.*s\n", ARG(now));
    return CLI_GOOD;
}

/* The server says how its clock may be moved, if it may not. */
static int clock_call(struct remote *r, const char *method, const char *path,
                      struct str body)
{
    struct str answer;
    int code = remote_call(r, method, path, body, &answer);

    if (code == CLI_FORBIDDEN)
        fprintf(stderr, "fermata dev --clock virtual and fermata serve --clock-control "
                        "let clients move it.\n");
    return code ? code : server_time(r);
}

static int pin(struct remote *r, i64 ms)
{
    return clock_call(r, "PUT", "/v2/clock",
                      arena_print(r->arena, "{\"timestamp\":%lld}", (long long)ms));
}

/* ISO 8601, or milliseconds since 1970. */
static bool time_read(const char *text, i64 *ms)
{
    int year, month, day, hour = 0, minute = 0, second = 0, used = 0;

    if (str_to_i64(str_of(text), ms))
        return true;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
               &second, &used) < 6 &&
        sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) < 3)
        return false;
    if (text[used] && strcmp(text + used, "Z") != 0)
        return false;
    struct tm utc = {.tm_year = year - 1900,
                     .tm_mon = month - 1,
                     .tm_mday = day,
                     .tm_hour = hour,
                     .tm_min = minute,
                     .tm_sec = second};
    *ms = (i64)timegm(&utc) * 1000;
    return true;
}

static int pin_at(struct remote *r, const char *text)
{
    i64 ms;

    if (time_read(text, &ms))
        return pin(r, ms);
    fprintf(
        stderr,
        "fermata: '%s' is no time; 2026-12-24T18:00:00Z, 2026-12-24 or milliseconds "
        "since 1970 are\n",
        text);
    return CLI_USAGE;
}

static int advance(struct remote *r, const char *text)
{
    i64 span;
    int code = span_read("advance", text, &span);

    return code ? code
                : clock_call(r, "POST", "/v2/clock/advance",
                             arena_print(r->arena, "{\"milliseconds\":%lld}",
                                         (long long)span));
}

/* In how many milliseconds the first timer of an instance fires; -1: none does. */
static int instance_timer(struct remote *r, struct str key, i64 *first)
{
    struct str answer, states;
    int code;

    r->is_quiet = true;
    code = remote_call(
        r, "GET",
        arena_print(r->arena, "/v2/process-instances/%.*s/explain", ARG(key)).data,
        NOTHING, &answer);
    r->is_quiet = false;
    if (code)
        return code == CLI_NOT_FOUND ? CLI_GOOD : code; /* it has ended meanwhile */
    states = field(r, answer, "waitStates");
    struct json_walk w = json_walk(states.len ? states : STR("[]"));
    for (struct json_member m; json_next(&w, r->arena, &m);) {
        i64 due = field_number(r, m.value, "dueInMs");
        if (str_is(field(r, m.value, "kind"), "TIMER") &&
            field(r, m.value, "dueAt").len && (*first < 0 || due < *first))
            *first = due;
    }
    return CLI_GOOD;
}

static int next_timer(struct remote *r)
{
    struct finding_list list;
    i64 first = -1;
    int code =
        remote_search(r, "/v2/process-instances/search", STR("{\"state\":\"ACTIVE\"}"),
                      NOTHING, INSTANCES_MAX, &list);

    for (size_t i = 0; !code && i < list.count; i++)
        code = instance_timer(r, field(r, list.items[i], "processInstanceKey"), &first);
    if (code)
        return code;
    if (first < 0) {
        fprintf(stderr, "fermata: no running instance waits for a timer\n");
        return CLI_NOT_FOUND;
    }
    return clock_call(
        r, "POST", "/v2/clock/advance",
        arena_print(r->arena, "{\"milliseconds\":%lld}", first ? (long long)first : 1));
}

static int run(struct desk *d)
{
    const struct options *o = d->options;
    const char *what = o->word_count ? o->words[0] : "now";
    struct remote r;
    int code = remote_open(&r, d);

    if (code)
        return code;
    if (strcmp(what, "pin") == 0 && o->word_count == 2)
        return pin_at(&r, o->words[1]);
    if (strcmp(what, "advance") == 0 && o->word_count == 2)
        return advance(&r, o->words[1]);
    if (o->word_count > 1)
        return usage();
    if (strcmp(what, "next-timer") == 0)
        return next_timer(&r);
    if (strcmp(what, "reset") == 0)
        return clock_call(&r, "POST", "/v2/clock/reset", NOTHING);
    if (strcmp(what, "now") != 0)
        return usage();
    return server_time(&r);
}

int clock_main(const struct options *o)
{
    return desk_run(o, run);
}
