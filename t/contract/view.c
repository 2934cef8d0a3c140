/* What every keeper of the searchable copy promises. Included by t/view.c, which says
 * for each keeper where a new copy is and how what is there is removed. */
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/prng.h"
#include "json/json.h"
#include "t/test.h"

struct kept {
    const char *name;
    const char *place;
    bool survives; /* closing it */
    void (*remove)(const char *place);
};

static struct kept keepers[3];
static size_t keeper_count(void);

#define EACH_KEEPER(title)                                                    \
    static void each_##title(const struct kept *k);                           \
    TEST(title)                                                               \
    {                                                                         \
        for (size_t i = 0; i < keeper_count(); i++) {                         \
            keepers[i].remove(keepers[i].place);                              \
            each_##title(&keepers[i]);                                        \
            keepers[i].remove(keepers[i].place);                              \
            if (test_has_failed()) {                                          \
                fprintf(stderr, "... with the keeper %s\n", keepers[i].name); \
                return;                                                       \
            }                                                                 \
        }                                                                     \
    }                                                                         \
    static void each_##title(const struct kept *k)

#define NOW 1767225600000 /* 2026-01-01T00:00:00Z */
#define KEY ((u64)1 << 51)

/* ---- entries, made by hand
 * ----------------------------------------------------------- */

struct bench {
    struct view *view;
    struct arena arena; /* of the entry in hand, and of answers' words */
    struct buf events;
    u32 count, partition;
    i64 now;
    struct err err;
    struct view_answer answer;
};

static void bench_view(struct bench *b, const struct kept *k)
{
    struct view_options options = view_options_default;

    options.place = k->place;
    options.partitions = 2;
    options.memory = 1; /* rows are forgotten whenever they are written */
    b->view = view_open(&options, &b->err);
    CHECK(b->view != NULL);
}

static void bench_open(struct bench *b, const struct kept *k)
{
    *b = (struct bench){.partition = 1, .now = NOW};
    arena_init(&b->arena, 65536, (size_t)256 << 20, NULL);
    buf_init(&b->events, &b->arena, 4096);
    bench_view(b, k);
}

static void bench_close(struct bench *b)
{
    view_answer_done(&b->answer);
    view_close(b->view);
    arena_free(&b->arena);
}

static void happens(struct bench *b, enum event_kind kind, u64 key, const void *record)
{
    event_encode(&b->events, kind, key, record);
    b->count++;
}

static bool take(struct bench *b, u64 number, struct str bytes)
{
    struct log_entry entry = {number, bytes};

    return view_take(b->view, b->partition, &entry, &b->err);
}

/* What has happened so far, as an entry of the log. */
static struct str entry_bytes(struct bench *b, u64 number)
{
    struct entry e = {.position = number,
                      .now = b->now,
                      .tenant = STR("<default>"),
                      .event_count = b->count,
                      .events = buf_str(&b->events)};
    struct buf out;

    buf_init(&out, &b->arena, 256);
    record_encode(&out, &entry_shape, &e);
    buf_init(&b->events, &b->arena, 4096);
    b->count = 0;
    return buf_str(&out);
}

static void ends(struct bench *b)
{
    u64 number = view_position(b->view, b->partition);

    CHECK(take(b, number, entry_bytes(b, number)));
    b->now++;
}

static struct str ask(struct bench *b, u64 key, const struct search_ask *what)
{
    struct view_ask q = {1, key, what};

    view_answer_done(&b->answer);
    CHECK(view_settle(b->view, &b->err));
    view_search(b->view, &q, &b->answer);
    return b->answer.text;
}

static struct str search(struct bench *b, enum search_kind kind, const char *query)
{
    struct json_limits limits = {.depth = 20};
    struct str canonical;

    CHECK(json_canonical(str_of(query), JSON_OBJECT, &limits, &b->arena, &canonical,
                         &b->err));
    return ask(b, 0, &(struct search_ask){.what = kind, .query = canonical});
}

/* The n-th text or key behind that name. */
static struct str after(struct str page, const char *name, u32 n)
{
    char wanted[64];
    int len = snprintf(wanted, sizeof(wanted), "\"%s\":\"", name);
    const char *at = page.data;

    for (;; n--) {
        at = memmem(at, page.len - (size_t)(at - page.data), wanted, (size_t)len);
        if (!at)
            return (struct str){NULL, 0};
        at += len;
        if (n == 0)
            break;
    }
    const char *end = memchr(at, '"', page.len - (size_t)(at - page.data));
    return (struct str){at, (size_t)(end - at)};
}

/* ---- random jobs, and what a filter leaves of them
 * ------------------------------------- */

#define JOBS 300

struct job {
    u64 key;
    struct str type, worker, error; /* error empty: null */
    i64 retries, deadline;          /* 0: null */
};

static const char *const types[] = {"pack", "bill", "pick*up", "", "b\\", "\xc3\xa4"};
static const char *const errors[] = {"", "no", "no stock", "\"quoted\""};

static void jobs_make(struct bench *b, struct prng *p, struct job *jobs)
{
    happens(b, EV_INSTANCE_CREATED, KEY + 1,
            &(struct instance_row){.bpmn_process_id = STR("p"), .started_at = NOW});
    for (u32 i = 0; i < JOBS; i++) {
        struct job *j = &jobs[i];
        *j = (struct job){
            .key = KEY + 10 + i,
            .type = str_of(types[prng_below(p, LEN(types))]),
            .worker = str_of(types[prng_below(p, LEN(types))]),
            .error = str_of(errors[prng_below(p, LEN(errors))]),
            .retries = (i64)prng_below(p, 4),
            .deadline = prng_chance(p, 500) ? NOW + (i64)prng_below(p, 5) * 1000 : 0};
        happens(b, EV_JOB_CREATED, j->key,
                &(struct job_row){.instance = KEY + 1, .type = j->type, .retries = 9});
        if (j->error.len)
            happens(
                b, EV_JOB_FAILED, j->key,
                &(struct job_failed){.instance = KEY + 1, .error_message = j->error});
        happens(b, EV_JOB_ACTIVATED, j->key,
                &(struct job_activated){KEY + 1, j->worker, j->deadline});
        happens(b, EV_JOB_RETRIES_UPDATED, j->key,
                &(struct job_retries_updated){KEY + 1, (i32)j->retries});
        ends(b);
    }
}

enum property { P_TYPE, P_WORKER, P_ERROR, P_RETRIES, P_DEADLINE, P_KEY, PROPERTIES };

static const char *const property_names[] = {"type",    "worker",   "errorMessage",
                                             "retries", "deadline", "jobKey"};

struct got {
    bool is_text, is_null;
    struct str text;
    i64 number;
};

static struct got job_get(const struct job *j, enum property p)
{
    switch (p) {
    case P_TYPE:
        return (struct got){true, false, j->type, 0};
    case P_WORKER:
        return (struct got){true, false, j->worker, 0};
    case P_ERROR:
        return (struct got){true, j->error.len == 0, j->error, 0};
    case P_RETRIES:
        return (struct got){false, false, {NULL, 0}, j->retries};
    case P_DEADLINE:
        return (struct got){false, j->deadline == 0, {NULL, 0}, j->deadline};
    case P_KEY:
    case PROPERTIES:
        break;
    }
    return (struct got){false, false, {NULL, 0}, (i64)j->key};
}

static int got_compare(const struct got *a, const struct got *b)
{
    if (a->is_text)
        return str_compare(a->text, b->text);
    return (a->number > b->number) - (a->number < b->number);
}

/* By the rules of query.h, told once more: a star is any run, and so on. */
static bool is_like(const char *t, const char *p)
{
    if (!*p)
        return !*t;
    if (*p == '*')
        return is_like(t, p + 1) || (*t && is_like(t + 1, p));
    if (*p == '?') {
        if (!*t)
            return false;
        for (t++; ((u8)*t & 0xc0) == 0x80;)
            t++;
        return is_like(t, p + 1);
    }
    if (*p == '\\' && p[1])
        p++;
    return *t == *p && is_like(t + 1, p + 1);
}

enum op { EQ, NEQ, IN, NOT_IN, EXISTS, LIKE, GT, GTE, LT, LTE };
static const char *const op_names[] = {"$eq",   "$neq", "$in",  "$notIn", "$exists",
                                       "$like", "$gt",  "$gte", "$lt",    "$lte"};
static const char *const patterns[] = {"*",         "p*",   "?",  "*o*",
                                       "pick\\*up", "no*k", "\"*"};

struct condition {
    enum property property;
    enum op op;
    struct got values[2];
    const char *pattern;
    bool exists;
};

static bool condition_fits(const struct condition *c, const struct job *j)
{
    struct got got = job_get(j, c->property);
    char text[64];
    int first = got_compare(&got, &c->values[0]);
    bool is_one = first == 0 || got_compare(&got, &c->values[1]) == 0;

    if (c->op == EXISTS)
        return c->exists == !got.is_null;
    if (c->op == NEQ || c->op == NOT_IN)
        return got.is_null || !(c->op == NEQ ? first == 0 : is_one);
    if (got.is_null)
        return false;
    snprintf(text, sizeof(text), "%.*s", ARG(got.text));
    switch (c->op) {
    case EQ:
        return first == 0;
    case IN:
        return is_one;
    case LIKE:
        return is_like(text, c->pattern);
    case GT:
        return first > 0;
    case GTE:
        return first >= 0;
    case LT:
        return first < 0;
    case LTE:
        return first <= 0;
    case NEQ:
    case NOT_IN:
    case EXISTS:
        break;
    }
    return false;
}

static enum op op_draw(struct prng *p, enum property property)
{
    static const enum op of_key[] = {EQ, NEQ, IN, NOT_IN, EXISTS};
    static const enum op of_number[] = {EQ, NEQ, IN, EXISTS, GT, GTE, LT, LTE};

    if (property == P_RETRIES || property == P_DEADLINE)
        return of_number[prng_below(p, LEN(of_number))];
    if (property == P_KEY)
        return of_key[prng_below(p, LEN(of_key))];
    return (enum op)prng_below(p, LIKE + 1);
}

static struct condition condition_draw(struct prng *p, const struct job *jobs)
{
    struct condition c = {.property = (enum property)prng_below(p, PROPERTIES)};

    c.op = op_draw(p, c.property);
    for (u32 i = 0; i < 2; i++) {
        do
            c.values[i] = job_get(&jobs[prng_below(p, JOBS)], c.property);
        while (c.values[i].is_null);
    }
    c.pattern = patterns[prng_below(p, LEN(patterns))];
    c.exists = prng_chance(p, 500);
    return c;
}

static void got_print(struct buf *b, const struct condition *c, const struct got *g)
{
    time_t seconds = (time_t)(g->number / 1000);
    char text[64];
    struct tm tm;

    if (g->is_text) {
        json_put_string(b, g->text);
    } else if (c->property == P_KEY) {
        buf_print(b, "\"%lld\"", (long long)g->number);
    } else if (c->property == P_DEADLINE) {
        gmtime_r(&seconds, &tm);
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
        buf_print(b, "\"%s\"", text);
    } else {
        buf_print(b, "%lld", (long long)g->number);
    }
}

static void condition_print(struct buf *b, const struct condition *c)
{
    json_comma(b);
    buf_print(b, "\"%s\":{\"%s\":", property_names[c->property], op_names[c->op]);
    if (c->op == EXISTS) {
        buf_text(b, c->exists ? "true" : "false");
    } else if (c->op == LIKE) {
        json_put_string(b, str_of(c->pattern));
    } else if (c->op == IN || c->op == NOT_IN) {
        buf_byte(b, '[');
        got_print(b, c, &c->values[0]);
        buf_byte(b, ',');
        got_print(b, c, &c->values[1]);
        buf_byte(b, ']');
    } else {
        got_print(b, c, &c->values[0]);
    }
    buf_byte(b, '}');
}

/* ---- a random query, and what should come of it
 * ------------------------------------------ */

struct wanted {
    struct condition conditions[2];
    u32 count;
    enum property sorts[2];
    bool is_down[2];
    u32 sort_count;
};

static const struct wanted *ordering; /* for qsort */

/* Null comes last, both ways; the key decides in the end. */
static int job_compare(const void *a, const void *b)
{
    const struct job *x = a, *y = b;

    for (u32 i = 0; i < ordering->sort_count; i++) {
        struct got p = job_get(x, ordering->sorts[i]),
                   q = job_get(y, ordering->sorts[i]);
        if (p.is_null != q.is_null)
            return p.is_null ? 1 : -1;
        int order = p.is_null ? 0 : got_compare(&p, &q);
        if (order)
            return ordering->is_down[i] ? -order : order;
    }
    return (x->key > y->key) - (x->key < y->key);
}

static struct wanted wanted_draw(struct prng *p, const struct job *jobs)
{
    struct wanted w = {.count = (u32)prng_below(p, 3),
                       .sort_count = (u32)prng_below(p, 3)};

    for (u32 i = 0; i < w.count; i++)
        w.conditions[i] = condition_draw(p, jobs);
    if (w.count == 2 && w.conditions[0].property == w.conditions[1].property)
        w.count = 1; /* a name stands once in an object */
    for (u32 i = 0; i < w.sort_count; i++) {
        w.sorts[i] = (enum property)prng_below(p, PROPERTIES);
        w.is_down[i] = prng_chance(p, 500);
    }
    return w;
}

static u32 wanted_find(const struct wanted *w, const struct job *jobs, struct job *out)
{
    u32 count = 0;

    for (u32 i = 0; i < JOBS; i++) {
        bool fits = true;
        for (u32 k = 0; k < w->count; k++)
            fits = fits && condition_fits(&w->conditions[k], &jobs[i]);
        if (fits)
            out[count++] = jobs[i];
    }
    ordering = w;
    if (count)
        qsort(out, count, sizeof(*out), job_compare);
    return count;
}

static struct str query_print(struct bench *b, const struct wanted *w, const char *page)
{
    struct buf q;

    buf_init(&q, &b->arena, 512);
    buf_text(&q, "{\"filter\":{");
    for (u32 i = 0; i < w->count; i++)
        condition_print(&q, &w->conditions[i]);
    buf_text(&q, "},\"sort\":[");
    for (u32 i = 0; i < w->sort_count; i++)
        buf_print(&q, "%s{\"field\":\"%s\",\"order\":\"%s\"}", i ? "," : "",
                  property_names[w->sorts[i]], w->is_down[i] ? "DESC" : "ASC");
    buf_print(&q, "],\"page\":{%s}}", page);
    buf_byte(&q, '\0');
    q.len--;
    return buf_str(&q);
}

/* The keys of a page, in its order. */
static u32 keys_read(struct str page, u64 *out, u32 max)
{
    u32 count = 0;

    for (struct str key; count < max && (key = after(page, "jobKey", count)).len;
         count++)
        CHECK(str_to_u64(key, &out[count]));
    return count;
}

/* All pages of it, joined, are the whole list; and so are those that go backward. */
static void pages_check(struct bench *b, const struct wanted *w, const struct job *jobs,
                        u32 count, u32 limit, bool goes_back)
{
    u64 keys[JOBS];
    char page[600], cursor[500] = "";
    u32 seen = 0;

    if (goes_back && count) { /* from the last one, which is not in a page before it */
        struct str all =
            search(b, SEARCH_JOBS, query_print(b, w, "\"limit\":1000").data);
        snprintf(cursor, sizeof(cursor), "%.*s", ARG(after(all, "endCursor", 0)));
        seen = 1;
    }
    while (!test_has_failed()) {
        snprintf(page, sizeof(page), "\"limit\":%u%s%s%s", limit,
                 !*cursor    ? ""
                 : goes_back ? ",\"before\":\""
                             : ",\"after\":\"",
                 cursor, *cursor ? "\"" : "");
        struct str got = search(b, SEARCH_JOBS, query_print(b, w, page).data);
        CHECK_INT(b->answer.rejection, REJECT_NONE);
        u32 found = keys_read(got, keys, limit);
        for (u32 i = 0; i < found && !goes_back; i++)
            CHECK_INT(keys[i], jobs[seen + i].key);
        for (u32 i = 0; i < found && goes_back; i++)
            CHECK_INT(keys[i], jobs[count - seen - found + i].key);
        seen += found;
        if (found < limit || test_has_failed())
            break;
        struct str next = after(got, goes_back ? "startCursor" : "endCursor", 0);
        snprintf(cursor, sizeof(cursor), "%.*s", ARG(next));
    }
    CHECK_INT(seen, count);
    arena_reset(&b->arena);
    buf_init(&b->events, &b->arena, 4096);
}

EACH_KEEPER(searches_find_what_a_naive_filter_finds_in_its_order)
{
    static struct job jobs[JOBS], wanted[JOBS];
    struct prng p = {7};
    struct bench b;

    bench_open(&b, k);
    jobs_make(&b, &p, jobs);
    for (u32 i = 0; i < 300 && !test_has_failed(); i++) {
        struct wanted w = wanted_draw(&p, jobs);
        u32 count = wanted_find(&w, jobs, wanted);
        char total[64];
        struct str page = search(&b, SEARCH_JOBS, query_print(&b, &w, "").data);
        snprintf(total, sizeof(total), "\"totalItems\":%u,", count);
        CHECK(memmem(page.data, page.len, total, strlen(total)) != NULL);
        pages_check(&b, &w, wanted, count, 1 + (u32)prng_below(&p, 100), i % 2);
        if (test_has_failed())
            fprintf(stderr, "... %s\n", query_print(&b, &w, "").data);
    }
    bench_close(&b);
}

/* ---- promises
 * ----------------------------------------------------------------------------- */

static void instance_make(struct bench *b, u64 key, const char *value)
{
    happens(b, EV_INSTANCE_CREATED, key,
            &(struct instance_row){.bpmn_process_id = STR("p"),
                                   .tenant = STR("<default>")});
    happens(
        b, EV_VARIABLE_CREATED, key + 1,
        &(struct variable_row){
            .instance = key, .scope = key, .name = STR("v"), .value = str_of(value)});
    happens(b, EV_ELEMENT_ACTIVATING, key,
            &(struct element_activating){.instance = key, .element = 2});
    ends(b);
}

static void instance_end(struct bench *b, u64 key)
{
    happens(b, EV_ELEMENT_COMPLETED, key,
            &(struct element_moved){.instance = key, .element = 2});
    ends(b);
}

EACH_KEEPER(what_was_not_committed_is_taken_again)
{
    struct bench b;
    u64 first = 0, second = 0;

    if (!k->survives)
        return;
    bench_open(&b, k);
    instance_make(&b, KEY + 10, "1");
    CHECK(view_commit(b.view, &b.err));
    instance_make(&b, KEY + 20, "2");
    instance_end(&b, KEY + 10);
    CHECK_INT(view_position(b.view, 1), 4);
    CHECK(view_hash(b.view, &first, &b.err));
    view_close(b.view);
    bench_view(&b, k);
    CHECK_INT(view_position(b.view, 1), 2); /* as committed; then the same once more */
    b.now = NOW + 1;
    instance_make(&b, KEY + 20, "2");
    instance_end(&b, KEY + 10);
    CHECK(view_hash(b.view, &second, &b.err));
    CHECK(first == second);
    bench_close(&b);
}

EACH_KEEPER(it_does_not_matter_when_rows_are_written)
{
    u64 hashes[2];

    for (u32 round = 0; round < 2; round++) {
        struct bench b;
        k->remove(k->place);
        bench_open(&b, k);
        for (u64 i = 1; i < 20; i++) {
            instance_make(&b, KEY + i * 10, "1");
            if (round)
                CHECK(view_commit(b.view, &b.err));
            if (i % 3)
                instance_end(&b, KEY + i * 10);
        }
        CHECK(view_hash(b.view, &hashes[round], &b.err));
        bench_close(&b);
    }
    CHECK(hashes[0] == hashes[1]);
}

EACH_KEEPER(a_cursor_stays_while_others_come_and_go)
{
    struct bench b;
    char query[300];

    bench_open(&b, k);
    for (u64 i = 1; i <= 4; i++)
        instance_make(&b, KEY + i * 10, "1");
    struct str page = search(&b, SEARCH_PROCESS_INSTANCES,
                             "{\"sort\":[{\"field\":\"startDate\",\"order\":\"DESC\"}],"
                             "\"page\":{\"limit\":2}}");
    CHECK(str_is(after(page, "processInstanceKey", 1), "2251799813685278"));
    snprintf(query, sizeof(query),
             "{\"sort\":[{\"field\":\"startDate\",\"order\":\"DESC\"}],\"page\":{"
             "\"limit\":2,\"after\":\"%.*s\"}}",
             ARG(after(page, "endCursor", 0)));
    instance_make(&b, KEY + 50, "1"); /* before them all, in that order */
    page = search(&b, SEARCH_PROCESS_INSTANCES, query);
    CHECK(str_is(after(page, "processInstanceKey", 0), "2251799813685268"));
    CHECK(str_is(after(page, "processInstanceKey", 1), "2251799813685258"));
    bench_close(&b);
}

EACH_KEEPER(what_is_wrong_with_a_search_is_told)
{
    static const struct {
        const char *query, *text;
    } cases[] = {
        {"{\"filter\":{\"nope\":1}}", "The filter has an unknown property 'nope'"},
        {"{\"sort\":[{\"field\":\"tags\"}]}", "The field 'tags' cannot be sorted by"},
        {"{\"page\":{\"after\":\"AAAA\"}}", "The value for 'after' must be a cursor of "
                                            "an earlier answer to the same search "
                                            "with the same sort"},
        {"{\"filter\":{\"state\":\"GONE\"}}",
         "The value for 'state' is none it can have"},
    };
    struct bench b;

    bench_open(&b, k);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct str text = search(&b, SEARCH_PROCESS_INSTANCES, cases[i].query);
        CHECK_INT(b.answer.rejection, REJECT_INVALID_ARGUMENT);
        CHECK_STR(text, cases[i].text);
    }
    ask(&b, KEY + 7, &(struct search_ask){.what = SEARCH_PROCESS_INSTANCES});
    CHECK_INT(b.answer.rejection, REJECT_NOT_FOUND);
    CHECK_STR(b.answer.text, "Process Instance with key '2251799813685255' not found");
    bench_close(&b);
}

EACH_KEEPER(a_story_is_told_while_it_goes_on_and_after_its_end)
{
    struct search_ask history = {.what = SEARCH_PROCESS_INSTANCES,
                                 .aspect = ASPECT_HISTORY};
    struct bench b;

    bench_open(&b, k);
    instance_make(&b, KEY + 10, "{\"a\":1}");
    struct str text = ask(&b, KEY + 10, &history);
    CHECK(str_is(after(text, "kind", 2), "ELEMENT_ACTIVATING"));
    CHECK(after(text, "kind", 3).len == 0);
    CHECK(memmem(text.data, text.len, "\"value\":{\"a\":1}", 15) != NULL);
    instance_end(&b, KEY + 10);
    text = ask(&b, KEY + 10, &history);
    CHECK(str_is(after(text, "kind", 0), "INSTANCE_CREATED"));
    CHECK(str_is(after(text, "kind", 3), "ELEMENT_COMPLETED"));
    bench_close(&b);
}

EACH_KEEPER(values_of_variables_are_found_whole)
{
    static char longest[60000], query[60200];
    struct bench b;

    bench_open(&b, k);
    memset(longest, 'x', sizeof(longest) - 1);
    longest[0] = longest[sizeof(longest) - 2] = '"';
    instance_make(&b, KEY + 10, longest);
    longest[sizeof(longest) - 3] = 'y';
    instance_make(&b, KEY + 20, longest);
    snprintf(
        query, sizeof(query),
        "{\"filter\":{\"variables\":[{\"name\":\"v\",\"value\":\"\\\"%.*s\\\"\"}]}}",
        (int)sizeof(longest) - 3, longest + 1);
    struct str page = search(&b, SEARCH_PROCESS_INSTANCES, query);
    CHECK(str_is(after(page, "processInstanceKey", 0), "2251799813685268"));
    CHECK(memmem(page.data, page.len, "\"totalItems\":1,", 15) != NULL);
    bench_close(&b);
}

EACH_KEEPER(old_ones_are_forgotten_and_young_ones_stay)
{
    struct bench b;
    bool more;

    bench_open(&b, k);
    instance_make(&b, KEY + 10, "1");
    instance_end(&b, KEY + 10);
    b.now += 1000;
    instance_make(&b, KEY + 20, "1");
    instance_end(&b, KEY + 20);
    instance_make(&b, KEY + 30, "1");
    CHECK(view_forget(b.view, NOW + 500, &more, &b.err));
    CHECK(!more);
    struct str page = search(&b, SEARCH_VARIABLES, "{}");
    CHECK(str_is(after(page, "scopeKey", 0), "2251799813685268"));
    CHECK(str_is(after(page, "scopeKey", 1), "2251799813685278"));
    CHECK(after(page, "scopeKey", 2).len == 0);
    ask(&b, KEY + 10,
        &(struct search_ask){.what = SEARCH_PROCESS_INSTANCES,
                             .aspect = ASPECT_HISTORY});
    CHECK_INT(b.answer.rejection, REJECT_NOT_FOUND);
    bench_close(&b);
}

EACH_KEEPER(an_entry_that_cannot_be_read_loses_the_copy_and_says_where)
{
    struct bench b;

    bench_open(&b, k);
    instance_make(&b, KEY + 10, "1");
    CHECK(!take(&b, 2, STR("\xff\xff\xff")));
    CHECK(strncmp(b.err.text, "partition 1, entry 2: ", 22) == 0);
    view_answer_done(&b.answer);
    struct view_ask q = {1, KEY,
                         &(struct search_ask){.what = SEARCH_PROCESS_INSTANCES}};
    view_search(b.view, &q, &b.answer);
    CHECK_INT(b.answer.rejection, REJECT_UNAVAILABLE);
    bench_close(&b);
}
