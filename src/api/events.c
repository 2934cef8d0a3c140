#include <stdlib.h>

#include "api/private.h"

/* Server-sent events for pages: GET /events?topics=instances:2251799813685250,incidents
 *
 *     event: open      id: 3-17   data: {"topics":["instances:2251799813685250",...]}
 *     event: changes   id: 3-21   data: {"changes":[{"topic":"incidents","count":2,
 *                                 "events":{"INCIDENT_CREATED":2},"elements":[...],
 *                                 "instances":["..."],"keys":["..."],"isCut":false}]}
 *     event: missed    id: 3-99   data: {"reason":"..."}
 *
 * What has changed is told, not what it is now: for that there are the searches. It is
 * gathered for a tenth of a second, and for as long as the client has not taken what it
 * was given. The id says how far the client is: the number of this start, and that of
 * the change. Who comes back with it (Last-Event-ID) gets what it has missed, or is
 * told that this cannot be told any more. Now and then a comment shows that we live. */

#define KEPT       8192  /* changes that can still be told */
#define PAUSE_MS   100   /* between two events to one client */
#define BEAT_MS    15000 /* something is said at least so often */
#define LINGER_MS  60000 /* changes are kept so long when nobody follows */
#define TOPICS_MAX 32
#define KEYS_MAX   50  /* of one topic in one event */
#define PARTS_MAX  256 /* likewise: elements and what happened to them */

/* ---- topics ---------------------------------------------------------------------- */

enum topic_argument {
    ARGUMENT_NONE,
    ARGUMENT_PROCESS,
    ARGUMENT_INSTANCE,
    ARGUMENT_TYPE
};

/* Prefixes of the names of events; NULL: all that are of an instance. */
static const struct topic_row {
    const char *name, *argument;
    enum topic_argument kind;
    const char *prefixes[4];
} topic_rows[] = {
    {"instances", NULL, ARGUMENT_NONE, {NULL}},
    {"instances", "processDefinitionKey", ARGUMENT_PROCESS, {NULL}},
    {"instance", "processInstanceKey", ARGUMENT_INSTANCE, {NULL}},
    {"incidents", NULL, ARGUMENT_NONE, {"INCIDENT_"}},
    {"jobs", NULL, ARGUMENT_NONE, {"JOB_"}},
    {"jobs", "type", ARGUMENT_TYPE, {"JOB_"}},
    {"user-tasks", NULL, ARGUMENT_NONE, {"USER_TASK_"}},
    {"deployments",
     NULL,
     ARGUMENT_NONE,
     {"PROCESS_CREATED", "PROCESS_DELETED", "DECISION_CREATED", "ARTIFACT_"}},
    {"decisions", NULL, ARGUMENT_NONE, {"DECISION_EVALUATED", "DECISION_FAILED"}},
    {"batches", NULL, ARGUMENT_NONE, {"BATCH_"}},
};

struct topic {
    const struct topic_row *row;
    struct str text, argument;
    u64 key;
};

static bool is_prefix(const char *prefix, const char *name)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool topic_names(const struct topic_row *row, const struct notice *n)
{
    if (!row->prefixes[0])
        return n->instance != 0;
    for (u32 i = 0; i < LEN(row->prefixes) && row->prefixes[i]; i++)
        if (is_prefix(row->prefixes[i], events[n->event].name))
            return true;
    return false;
}

static bool topic_fits(const struct topic *t, const struct notice *n)
{
    if (!topic_names(t->row, n))
        return false;
    switch (t->row->kind) {
    case ARGUMENT_NONE:
        return true;
    case ARGUMENT_PROCESS:
        return n->process == t->key;
    case ARGUMENT_INSTANCE:
        return n->instance == t->key;
    case ARGUMENT_TYPE:
        return str_equal(n->type, t->argument);
    }
    return false;
}

static bool topic_argument(struct topic *t)
{
    i64 key;

    if (t->row->kind == ARGUMENT_TYPE)
        return t->argument.len > 0;
    if (!str_to_i64(t->argument, &key) || key <= 0)
        return false;
    t->key = (u64)key;
    return true;
}

static bool topic_read(struct str text, struct topic *t)
{
    const char *colon = text.len ? memchr(text.data, ':', text.len) : NULL;
    struct str name = {text.data, colon ? (size_t)(colon - text.data) : text.len};

    for (u32 i = 0; i < LEN(topic_rows); i++) {
        const struct topic_row *row = &topic_rows[i];
        if (!str_is(name, row->name) || (row->argument != NULL) != (colon != NULL))
            continue;
        *t = (struct topic){.row = row, .text = text};
        if (!colon)
            return true;
        t->argument = (struct str){colon + 1, text.len - name.len - 1};
        return topic_argument(t);
    }
    return false;
}

static struct str topics_known(struct arena *arena)
{
    struct buf b;

    buf_init(&b, arena, 256);
    for (u32 i = 0; i < LEN(topic_rows); i++) {
        buf_text(&b, i ? ", " : "");
        buf_text(&b, topic_rows[i].name);
        if (topic_rows[i].argument)
            buf_print(&b, ":{%s}", topic_rows[i].argument);
    }
    return buf_str(&b);
}

/* ---- what is kept ---------------------------------------------------------------- */

/* With its texts behind it. */
struct kept {
    struct notice notice;
};

struct follower {
    struct served *served;
    struct topic topics[TOPICS_MAX];
    u32 topic_count;
    u64 seen;       /* the last change that it was told of, or need not be */
    u64 told;       /* the number that its client knows */
    bool is_behind; /* it has not taken all that it was given */
    bool has_missed;
    i64 next, beat;
    struct follower *later;
};

struct events {
    struct kept *kept[KEPT]; /* owned; by number */
    u64 first, last;         /* numbers of those that are kept; none: first is beyond */
    struct follower *followers;
    bool is_watching;
    i64 until; /* when to stop watching; 0: there are followers */
};

struct events *events_open(void)
{
    struct events *e = must_alloc(sizeof(*e));

    e->first = 1;
    return e;
}

static void kept_drop(struct events *e)
{
    for (; e->first <= e->last; e->first++) {
        free(e->kept[e->first % KEPT]);
        e->kept[e->first % KEPT] = NULL;
    }
}

void events_close(struct events *e)
{
    kept_drop(e);
    free(e);
}

/* Whatever was told before cannot be gone on from. */
static void kept_gap(struct events *e)
{
    kept_drop(e);
    e->last++;
    e->first = e->last + 1;
}

static struct str text_behind(char **to, struct str s)
{
    char *at = *to;

    if (s.len)
        memcpy(at, s.data, s.len);
    *to += s.len;
    return (struct str){at, s.len};
}

static void kept_put(struct events *e, const struct notice *n)
{
    struct kept *k = must_alloc(sizeof(*k) + n->type.len + n->element.len);
    char *to = (char *)(k + 1);

    k->notice = *n;
    k->notice.type = text_behind(&to, n->type);
    k->notice.element = text_behind(&to, n->element);
    e->last++;
    if (e->last - e->first == KEPT) {
        free(e->kept[e->first % KEPT]);
        e->first++;
    }
    e->kept[e->last % KEPT] = k;
}

static const struct notice *kept_get(const struct events *e, u64 number)
{
    return &e->kept[number % KEPT]->notice;
}

static void notices_take(struct api *a)
{
    struct events *e = a->events;

    for (struct notice n; gate_notice(a->gate, &n);) {
        if (!e->is_watching)
            continue;
        if (n.event == EV_NONE)
            kept_gap(e);
        else
            kept_put(e, &n);
    }
}

/* ---- one topic of an event ------------------------------------------------------- */

/* What has happened to what, how often. */
struct happening {
    struct str element;
    enum event_kind event;
    u32 count;
};

struct digest {
    u32 count, events[EVENT_COUNT];
    struct happening parts[PARTS_MAX];
    u64 keys[KEYS_MAX], instances[KEYS_MAX];
    u32 part_count, key_count, instance_count;
    bool is_cut;
};

static void digest_happening(struct digest *d, const struct notice *n)
{
    struct happening *p = d->parts;

    for (; p < d->parts + d->part_count; p++)
        if (p->event == n->event && str_equal(p->element, n->element)) {
            p->count++;
            return;
        }
    if (d->part_count == PARTS_MAX) {
        d->is_cut = true;
        return;
    }
    *p = (struct happening){n->element, n->event, 1};
    d->part_count++;
}

static void digest_key(struct digest *d, u64 *keys, u32 *count, u64 key)
{
    for (u32 i = *count; i-- > 0;)
        if (keys[i] == key)
            return;
    if (*count == KEYS_MAX)
        d->is_cut = true;
    else
        keys[(*count)++] = key;
}

static void digest_add(struct digest *d, const struct notice *n)
{
    d->count++;
    d->events[n->event]++;
    if (n->element.len)
        digest_happening(d, n);
    digest_key(d, d->keys, &d->key_count, n->key);
    if (n->instance)
        digest_key(d, d->instances, &d->instance_count, n->instance);
}

static void keys_write(struct buf *out, const char *name, const u64 *keys, u32 count)
{
    buf_print(out, ",\"%s\":[", name);
    for (u32 i = 0; i < count; i++)
        buf_print(out, "%s\"%llu\"", i ? "," : "", (unsigned long long)keys[i]);
    buf_byte(out, ']');
}

static void digest_write(struct buf *out, const struct topic *t, const struct digest *d)
{
    buf_text(out, "{\"topic\":");
    json_put_string(out, t->text);
    buf_print(out, ",\"count\":%u,\"events\":{", d->count);
    for (u32 i = 0; i < EVENT_COUNT; i++)
        if (d->events[i]) {
            json_put_name(out, str_of(events[i].name));
            json_put_i64(out, d->events[i]);
        }
    buf_text(out, "},\"elements\":[");
    for (u32 i = 0; i < d->part_count; i++) {
        buf_text(out, i ? ",{\"elementId\":" : "{\"elementId\":");
        json_put_string(out, d->parts[i].element);
        buf_print(out, ",\"event\":\"%s\",\"count\":%u}",
                  events[d->parts[i].event].name, d->parts[i].count);
    }
    buf_byte(out, ']');
    keys_write(out, "instances", d->instances, d->instance_count);
    keys_write(out, "keys", d->keys, d->key_count);
    buf_print(out, ",\"isCut\":%s}", d->is_cut ? "true" : "false");
}

/* All that is new about the follower's topics; false: nothing is. */
static bool changes_write(struct buf *out, const struct events *e,
                          const struct follower *f, struct digest *d)
{
    bool is_any = false;

    for (u32 i = 0; i < f->topic_count; i++) {
        *d = (struct digest){0};
        for (u64 at = f->seen + 1; at <= e->last; at++)
            if (topic_fits(&f->topics[i], kept_get(e, at)))
                digest_add(d, kept_get(e, at));
        if (d->count == 0)
            continue;
        if (is_any)
            buf_byte(out, ',');
        digest_write(out, &f->topics[i], d);
        is_any = true;
    }
    return is_any;
}

/* ---- what is said ---------------------------------------------------------------- */

static void id_write(struct buf *out, struct api *a, struct follower *f, u64 number)
{
    buf_print(out, "id: %u-%llu\n", a->options.boot, (unsigned long long)number);
    f->told = number;
}

static void missed_write(struct buf *out, struct api *a, struct follower *f)
{
    f->has_missed = false;
    f->seen = a->events->first - 1;
    buf_text(out, "event: missed\n");
    id_write(out, a, f, f->seen);
    buf_text(out, "data: {\"reason\":\"what has changed before cannot be told any "
                  "more; ask for what you show\"}\n\n");
}

/* What there is to say to the follower now. */
static void news_write(struct buf *out, struct api *a, struct follower *f)
{
    struct events *e = a->events;
    struct digest *d = NEW(out->arena, struct digest);
    size_t start = out->len;

    if (f->has_missed || f->seen + 1 < e->first) {
        missed_write(out, a, f);
        start = out->len;
    }
    buf_text(out, "event: changes\n");
    u64 told = f->told;
    id_write(out, a, f, e->last);
    buf_text(out, "data: {\"changes\":[");
    if (changes_write(out, e, f, d)) {
        buf_text(out, "]}\n\n");
    } else {
        out->len = start;
        f->told = told;
    }
    f->seen = e->last;
}

static void beat_write(struct buf *out, struct api *a, struct follower *f)
{
    buf_text(out, ": still here\n");
    if (f->told != f->seen)
        id_write(out, a, f, f->seen);
    buf_byte(out, '\n');
}

static void piece_put(struct api *a, struct follower *f, struct reply_block *b,
                      const struct buf *out)
{
    b->reply.is_in_pieces = true;
    b->reply.has_message = true;
    b->reply.message = buf_str(out);
    f->is_behind = true;
    f->next = a->now + PAUSE_MS;
    f->beat = a->now + BEAT_MS;
    reply_put(a, b);
}

static void follower_tell(struct api *a, struct follower *f, i64 now)
{
    struct reply_block *b = reply_open(a, f->served);
    struct buf out;

    if (setjmp(b->full.jump)) { /* more than one reply may be: they are lost to it */
        f->has_missed = true;
        f->next = now + PAUSE_MS;
        reply_drop(a, b);
        return;
    }
    buf_init(&out, &b->arena, 512);
    if (f->has_missed || f->seen < a->events->last)
        news_write(&out, a, f);
    if (out.len == 0 && now >= f->beat)
        beat_write(&out, a, f);
    if (out.len)
        piece_put(a, f, b, &out);
    else
        reply_drop(a, b);
}

/* ---- who follows ----------------------------------------------------------------- */

static bool follower_due(const struct api *a, const struct follower *f, i64 *when)
{
    if (f->is_behind)
        return false;
    *when = f->has_missed || f->seen < a->events->last ? f->next : f->beat;
    return true;
}

static void watch(struct api *a, bool is_watching)
{
    struct events *e = a->events;

    e->until = 0;
    if (e->is_watching == is_watching)
        return;
    e->is_watching = is_watching;
    kept_gap(e);
    gate_watch(a->gate, is_watching);
}

void events_pump(struct api *a, i64 now)
{
    struct events *e = a->events;
    i64 when;

    notices_take(a);
    for (struct follower *f = e->followers; f; f = f->later)
        if (follower_due(a, f, &when) && when <= now)
            follower_tell(a, f, now);
    if (!e->followers && e->is_watching && !e->until)
        e->until = now + LINGER_MS;
    if (e->until && now >= e->until)
        watch(a, false);
}

bool api_due(const struct api *a, i64 *when)
{
    const struct events *e = a->events;
    bool is_due = e->until != 0;
    i64 due;

    *when = e->until;
    for (const struct follower *f = e->followers; f; f = f->later)
        if (follower_due(a, f, &due) && (!is_due || due < *when)) {
            *when = due;
            is_due = true;
        }
    return is_due;
}

static void follower_unlink(struct api *a, struct served *s)
{
    struct follower **place = &a->events->followers;

    while (*place != s->follower)
        place = &(*place)->later;
    *place = s->follower->later;
    s->follower = NULL;
}

void events_forget(struct api *a, struct served *s)
{
    follower_unlink(a, s);
}

void events_drained(struct api *a, struct served *s)
{
    s->follower->is_behind = false;
}

void events_drain(struct api *a)
{
    while (a->events->followers) {
        struct served *s = a->events->followers->served;
        struct reply_block *b = reply_open(a, s);
        b->reply.is_in_pieces = true;
        b->reply.is_last = true;
        follower_unlink(a, s);
        api_forget(a, s);
        reply_put(a, b);
    }
}

/* ---- a new one ------------------------------------------------------------------- */

static bool topics_refuse(struct api *a, struct served *s, struct str what)
{
    rest_problem(a, s, 400, "INVALID_ARGUMENT",
                 arena_print(s->arena,
                             "%.*s. Topics are given as ?topics= and a list with "
                             "commas, of: %.*s",
                             ARG(what), ARG(topics_known(s->arena))));
    return false;
}

static bool topic_add(struct api *a, struct served *s, struct follower *f,
                      struct str text)
{
    if (f->topic_count == TOPICS_MAX)
        return topics_refuse(
            a, s, arena_print(s->arena, "There are more than %d topics", TOPICS_MAX));
    if (!topic_read(text, &f->topics[f->topic_count]))
        return topics_refuse(
            a, s, arena_print(s->arena, "There is no topic '%.*s'", ARG(text)));
    f->topic_count++;
    return true;
}

/* A comma within a type is written as %2C: the list is cut before it is decoded. */
static bool topics_read(struct api *a, struct served *s, struct follower *f)
{
    struct str list = STR("");

    query_get_raw(s->request->query, "topics", s->arena, &list);
    if (list.len == 0)
        return topics_refuse(a, s, STR("No topics provided"));
    for (size_t at = 0; at <= list.len;) {
        const char *end =
            at < list.len ? memchr(list.data + at, ',', list.len - at) : NULL;
        struct str piece = {list.data + at,
                            end ? (size_t)(end - list.data) - at : list.len - at};
        at += piece.len + 1;
        if (!topic_add(a, s, f, query_decode(piece, s->arena)))
            return false;
    }
    return true;
}

/* Where to go on: behind what the client has seen, if that can be. */
static void follower_start(struct api *a, struct follower *f,
                           const struct api_request *r)
{
    struct str id = header_find(r, "last-event-id");
    u64 boot, number;

    if (id.len == 0)
        query_get(r->query, "lastEventId", r->arena, &id);
    f->seen = a->events->last;
    if (id.len == 0)
        return;
    const char *dash = memchr(id.data, '-', id.len);
    size_t len = dash ? (size_t)(dash - id.data) : id.len;
    f->has_missed = !dash || !str_to_u64((struct str){id.data, len}, &boot) ||
                    !str_to_u64((struct str){dash + 1, id.len - len - 1}, &number) ||
                    boot != a->options.boot || number > f->seen;
    if (!f->has_missed)
        f->seen = number;
}

/* False: the answer has no room, and its client was told so. */
static bool follower_open(struct api *a, struct follower *f)
{
    static const struct api_header headers[] = {
        {{"Cache-Control", 13}, {"no-store", 8}},
        {{"X-Accel-Buffering", 17}, {"no", 2}}, /* proxies must not wait for more */
    };
    struct reply_block *b = reply_open(a, f->served);
    struct buf out;

    if (setjmp(b->full.jump)) {
        reply_drop(a, b);
        rest_full(a, f->served);
        return false;
    }
    b->reply.opens = true;
    b->reply.status = 200;
    b->reply.content_type = STR("text/event-stream");
    b->reply.headers = headers;
    b->reply.header_count = LEN(headers);
    buf_init(&out, &b->arena, 256);
    buf_text(&out, "retry: 1000\nevent: open\n");
    if (!f->has_missed)
        id_write(&out, a, f, f->seen);
    buf_text(&out, "data: {\"topics\":[");
    for (u32 i = 0; i < f->topic_count; i++) {
        buf_text(&out, i ? "," : "");
        json_put_string(&out, f->topics[i].text);
    }
    buf_text(&out, "]}\n\n");
    b->reply.is_last = str_is(f->served->request->method, "HEAD");
    piece_put(a, f, b, &out);
    return true;
}

void local_events(struct api *a, struct served *s, const void *asked)
{
    struct follower *f = NEW(s->arena, struct follower);

    f->served = s;
    if (!topics_read(a, s, f))
        return;
    if (a->is_draining) {
        rest_problem(a, s, 503, "UNAVAILABLE", STR("This node is going down"));
        return;
    }
    watch(a, true);
    follower_start(a, f, s->request);
    if (!follower_open(a, f) || str_is(s->request->method, "HEAD"))
        return;
    s->follower = f;
    f->later = a->events->followers;
    a->events->followers = f;
    api_keep(a, s);
}
