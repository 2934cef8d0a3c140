#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/desk.h"
#include "cli/folder.h"
#include "record/record.h"

/* ---- which entries are wanted ---------------------------------------------------- */

/* The keys of all rows that belong to an instance, in order: learned as they come,
 * since an event of a job names the job alone. */
struct keys {
    u64 *list; /* owned */
    size_t count, size;
};

struct show {
    struct desk *desk;
    struct arena scratch; /* until the next entry */
    const struct folder_part *part;
    const struct entry *entry;
    u64 instance;     /* 0: any */
    struct keys keys; /* of the instance */
    u64 shown;
    bool has_many; /* partitions */
};

/* Where it is, or should be. Keys rise, so a new one mostly comes last. */
static size_t keys_place(const struct keys *k, u64 key)
{
    size_t low = 0, high = k->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (k->list[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool keys_have(const struct keys *k, u64 key)
{
    size_t place = keys_place(k, key);

    return place < k->count && k->list[place] == key;
}

static void keys_add(struct keys *k, u64 key)
{
    size_t place = keys_place(k, key);

    if (key == 0 || keys_have(k, key))
        return;
    if (k->count == k->size) {
        k->size = k->size ? k->size * 2 : 16;
        k->list = must_realloc(k->list, k->size * sizeof(*k->list));
    }
    memmove(k->list + place + 1, k->list + place,
            (k->count - place) * sizeof(*k->list));
    k->list[place] = key;
    k->count++;
}

/* Does the record name the instance, or a row that is known to be of it? */
static bool record_names(const struct keys *keys, const struct shape *shape,
                         const void *record)
{
    for (u32 i = 0; i < shape->count; i++) {
        const struct field *f = &shape->fields[i];
        const void *at = (const char *)record + f->offset;
        if (f->type == FIELD_U64 && keys_have(keys, *(const u64 *)at))
            return true;
    }
    return false;
}

static bool event_concerns(struct show *s, const struct event *e, const void *record)
{
    const struct shape *shape = events[e->kind].record;

    if (!keys_have(&s->keys, e->key) && !record_names(&s->keys, shape, record))
        return false;
    keys_add(&s->keys, e->key);
    return true;
}

/* `job_complete` is JOB_COMPLETE is job-complete. */
static bool kind_is(const char *name, const char *wanted)
{
    for (; *name && *wanted; name++, wanted++)
        if (*name != (*wanted == '-' ? '_' : toupper((u8)*wanted)))
            return false;
    return *name == *wanted;
}

static bool kind_exists(const char *wanted)
{
    for (u32 i = 0; i < COMMAND_COUNT; i++)
        if (commands[i].name && kind_is(commands[i].name, wanted))
            return true;
    for (u32 i = 0; i < EVENT_COUNT; i++)
        if (events[i].name && kind_is(events[i].name, wanted))
            return true;
    return false;
}

static const char *command_name(u32 kind)
{
    return kind < COMMAND_COUNT && commands[kind].name ? commands[kind].name
                                                       : "unknown";
}

/* Decodes each event once; false: one cannot be, which the caller says. */
static bool entry_is_wanted(struct show *s, bool *is_wanted, struct err *err)
{
    const struct entry *entry = s->entry;
    const char *kind = s->desk->options->kind;
    bool is_kind = !kind[0] || kind_is(command_name(entry->kind), kind);
    bool concerns = s->instance == 0;
    struct event e;

    if (s->instance && keys_have(&s->keys, entry->about))
        concerns = true;
    for (size_t at = 0; event_next(entry->events, &at, &e, err);) {
        const struct shape *shape = events[e.kind].record;
        void *record = arena_alloc(&s->scratch, shape->size);
        if (!record_decode(e.bytes, shape, &s->scratch, record, err))
            return false;
        is_kind = is_kind || kind_is(events[e.kind].name, kind);
        if (s->instance && event_concerns(s, &e, record))
            concerns = true;
    }
    *is_wanted = is_kind && concerns;
    return err->code == ERR_NONE;
}

/* ---- one entry as text ----------------------------------------------------------- */

struct moment {
    char text[40];
};

static struct moment moment_of(i64 ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct moment m;
    struct tm utc;

    gmtime_r(&seconds, &utc);
    snprintf(m.text, sizeof(m.text), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
             utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
             utc.tm_sec, (int)(ms % 1000));
    return m;
}

static void text_command(struct show *s, struct buf *b, struct err *err)
{
    const struct entry *entry = s->entry;

    if (entry->kind >= COMMAND_COUNT || !commands[entry->kind].name ||
        entry->command.len == 0)
        return;
    const struct shape *shape = commands[entry->kind].ask;
    void *record = arena_alloc(&s->scratch, shape->size);
    if (!record_decode(entry->command, shape, &s->scratch, record, err))
        return;
    buf_text(b, " ");
    record_print(b, shape, record);
}

static void text_events(struct show *s, struct buf *b, struct err *err)
{
    struct event e;

    for (size_t at = 0; event_next(s->entry->events, &at, &e, err);) {
        const struct shape *shape = events[e.kind].record;
        void *record = arena_alloc(&s->scratch, shape->size);
        if (!record_decode(e.bytes, shape, &s->scratch, record, err))
            return;
        buf_print(b, "    %s", events[e.kind].name);
        if (e.key)
            buf_print(b, " %llu", (unsigned long long)e.key);
        buf_byte(b, ' ');
        record_print(b, shape, record);
        if (b->data[b->len - 1] == ' ')
            b->len--;
        buf_byte(b, '\n');
    }
}

static void text_entry(struct show *s, u64 number, struct buf *b, struct err *err)
{
    const struct entry *entry = s->entry;

    if (s->has_many)
        buf_print(b, "%u/", s->part->number);
    buf_print(b, "%llu %s %s", (unsigned long long)number, moment_of(entry->now).text,
              command_name(entry->kind));
    if (entry->about)
        buf_print(b, " %llu", (unsigned long long)entry->about);
    if (entry->asker && entry->asker->name.len)
        buf_print(b, " by %.*s", ARG(entry->asker->name));
    if (entry->operation)
        buf_print(b, " operation=%llu", (unsigned long long)entry->operation);
    if (entry->cause.len)
        buf_print(b, " cause=%.*s", ARG(entry->cause));
    text_command(s, b, err);
    buf_byte(b, '\n');
    text_events(s, b, err);
}

/* ---- ... and as JSON ------------------------------------------------------------- */

static void json_key(struct buf *b, const char *name, u64 key)
{
    json_put_name(b, str_of(name));
    buf_print(b, "\"%llu\"", (unsigned long long)key);
}

static void json_string(struct buf *b, const char *name, struct str value)
{
    json_put_name(b, str_of(name));
    json_put_string(b, value);
}

static void json_event(struct show *s, struct buf *b, const struct event *e,
                       struct err *err)
{
    const struct shape *shape = events[e->kind].record;
    void *record = arena_alloc(&s->scratch, shape->size);

    if (!record_decode(e->bytes, shape, &s->scratch, record, err))
        return;
    json_comma(b);
    buf_byte(b, '{');
    json_string(b, "event", str_of(events[e->kind].name));
    json_key(b, "key", e->key);
    json_put_name(b, STR("fields"));
    record_json(b, shape, record);
    buf_byte(b, '}');
}

static void json_command(struct show *s, struct buf *b, struct err *err)
{
    const struct entry *entry = s->entry;

    json_string(b, "command", str_of(command_name(entry->kind)));
    json_key(b, "about", entry->about);
    if (entry->kind >= COMMAND_COUNT || !commands[entry->kind].name ||
        entry->command.len == 0)
        return;
    const struct shape *shape = commands[entry->kind].ask;
    void *record = arena_alloc(&s->scratch, shape->size);
    if (!record_decode(entry->command, shape, &s->scratch, record, err))
        return;
    json_put_name(b, STR("ask"));
    record_json(b, shape, record);
}

static void json_entry(struct show *s, u64 number, struct buf *b, struct err *err)
{
    const struct entry *entry = s->entry;
    struct event e;

    buf_print(b, "{\"partition\":%u,\"position\":%llu", s->part->number,
              (unsigned long long)number);
    json_string(b, "time", str_of(moment_of(entry->now).text));
    json_command(s, b, err);
    json_string(b, "asker", entry->asker ? entry->asker->name : STR(""));
    json_string(b, "tenant", entry->tenant);
    json_key(b, "operation", entry->operation);
    json_string(b, "cause", entry->cause);
    buf_print(b, ",\"logic\":%u,\"events\":[", entry->logic);
    for (size_t at = 0; event_next(entry->events, &at, &e, err);)
        json_event(s, b, &e, err);
    buf_text(b, "]}\n");
}

/* ---- all of them ----------------------------------------------------------------- */

static bool entry_show(void *ctx, const struct log_entry *found, struct err *err)
{
    struct show *s = ctx;
    struct entry entry;
    bool is_wanted;
    struct buf b;

    *err = (struct err){0};
    arena_reset(&s->scratch);
    s->entry = &entry;
    if (!record_decode(found->bytes, &entry_shape, &s->scratch, &entry, err) ||
        !entry_is_wanted(s, &is_wanted, err))
        return false;
    if (!is_wanted || found->number < (u64)s->desk->options->from)
        return true;
    buf_init(&b, &s->scratch, 4096);
    if (s->desk->options->json)
        json_entry(s, found->number, &b, err);
    else
        text_entry(s, found->number, &b, err);
    s->shown++;
    return err->code == ERR_NONE && fwrite(b.data, 1, b.len, stdout) == b.len;
}

/* An instance is looked for from the start, since its first events tell its rows. */
static u64 show_start(const struct show *s)
{
    u64 from = (u64)s->desk->options->from, first = s->part->log->first;

    return s->instance || from < first ? first : from;
}

static u64 show_end(const struct show *s)
{
    u64 to = (u64)s->desk->options->to, end = s->part->log->durable;

    return to && to + 1 < end ? to + 1 : end;
}

static bool folder_show(struct show *s, const struct folder *f, struct err *err)
{
    bool is_good = true;

    for (u32 i = 0; is_good && i < f->count; i++) {
        s->part = &f->parts[i];
        is_good = part_walk(s->part, show_start(s), show_end(s), entry_show, s, err);
    }
    return is_good && fflush(stdout) == 0;
}

static int log_show(struct desk *d, const struct folder *f)
{
    struct show s = {
        .desk = d, .instance = (u64)d->options->instance, .has_many = f->count > 1};
    struct err err = {0};

    if (d->options->kind[0] && !kind_exists(d->options->kind)) {
        fprintf(stderr,
                "fermata: --kind takes the name of a command or an event, as `fermata "
                "log stat` lists them, not '%s'\n",
                d->options->kind);
        return 2;
    }
    keys_add(&s.keys, s.instance);
    arena_init(&s.scratch, 1 << 16, (size_t)1 << 30, &d->trap);
    bool is_good = folder_show(&s, f, &err);
    if (!is_good && err.code)
        fprintf(stderr, "fermata: %s\n", err.text);
    if (is_good && s.shown == 0)
        fprintf(stderr, "no entry is like that\n");
    arena_free(&s.scratch);
    free(s.keys.list);
    return is_good ? 0 : 1;
}

/* ---- figures --------------------------------------------------------------------- */

struct figures {
    struct arena *scratch;                 /* borrowed; of one entry */
    u64 frames, claims, raw, stored, size; /* of frames */
    u64 entries, bytes;
    u64 commands[COMMAND_COUNT], events[EVENT_COUNT], event_bytes[EVENT_COUNT];
    i64 first_time, last_time;
};

static void frame_count(void *ctx, const struct log_frame *f)
{
    struct figures *g = ctx;

    g->frames++;
    g->claims += f->is_claim;
    g->raw += f->raw;
    g->stored += f->stored;
    g->size += f->size;
}

static bool entry_count(void *ctx, const struct log_entry *found, struct err *err)
{
    struct figures *g = ctx;
    struct entry entry;
    struct event e;

    *err = (struct err){0};
    arena_reset(g->scratch);
    if (!record_decode(found->bytes, &entry_shape, g->scratch, &entry, err))
        return false;
    if (g->entries++ == 0)
        g->first_time = entry.now;
    g->last_time = entry.now;
    g->bytes += found->bytes.len;
    if (entry.kind < COMMAND_COUNT)
        g->commands[entry.kind]++;
    for (size_t at = 0; event_next(entry.events, &at, &e, err);) {
        g->events[e.kind]++;
        g->event_bytes[e.kind] += e.bytes.len;
    }
    return err->code == ERR_NONE;
}

static bool part_count(struct figures *g, const struct folder_part *p, struct err *err)
{
    return log_look_frames(p->log, frame_count, g, err) &&
           part_walk(p, p->log->first, p->log->durable, entry_count, g, err);
}

static void stat_text(const struct folder_part *p, const struct figures *g)
{
    struct log_facts facts = log_look_facts(p->log);

    printf("partition %u: %s\n", p->number, p->path);
    printf("  segments   %llu of %llu bytes, and %llu spare\n",
           (unsigned long long)facts.segments, (unsigned long long)facts.segment,
           (unsigned long long)facts.spare);
    printf("  entries    %llu in %llu frames; %llu starts of a server\n",
           (unsigned long long)g->entries, (unsigned long long)g->frames,
           (unsigned long long)g->claims);
    printf("  bytes      %llu raw, %llu compressed, %llu on the disk\n",
           (unsigned long long)g->raw, (unsigned long long)g->stored,
           (unsigned long long)g->size);
    if (g->entries) {
        printf("  first      %llu at %s\n", (unsigned long long)p->log->first,
               moment_of(g->first_time).text);
        printf("  last       %llu at %s\n", (unsigned long long)p->log->durable - 1,
               moment_of(g->last_time).text);
    }
    printf("  %-34s %10s %12s\n", "event", "count", "bytes");
    for (u32 i = 0; i < EVENT_COUNT; i++)
        if (g->events[i])
            printf("  %-34s %10llu %12llu\n", events[i].name,
                   (unsigned long long)g->events[i],
                   (unsigned long long)g->event_bytes[i]);
    printf("  %-34s %10s\n", "command", "count");
    for (u32 i = 0; i < COMMAND_COUNT; i++)
        if (g->commands[i])
            printf("  %-34s %10llu\n", command_name(i),
                   (unsigned long long)g->commands[i]);
}

static void json_number(struct buf *b, const char *name, u64 value)
{
    json_put_name(b, str_of(name));
    buf_print(b, "%llu", (unsigned long long)value);
}

static void json_kinds(struct buf *b, const struct figures *g)
{
    buf_text(b, ",\"events\":{");
    for (u32 i = 0; i < EVENT_COUNT; i++)
        if (g->events[i]) {
            json_put_name(b, str_of(events[i].name));
            buf_print(b, "{\"count\":%llu,\"bytes\":%llu}",
                      (unsigned long long)g->events[i],
                      (unsigned long long)g->event_bytes[i]);
        }
    buf_text(b, "},\"commands\":{");
    for (u32 i = 0; i < COMMAND_COUNT; i++)
        if (g->commands[i])
            json_number(b, command_name(i), g->commands[i]);
    buf_byte(b, '}');
}

static void stat_json(struct buf *b, const struct folder_part *p,
                      const struct figures *g)
{
    struct log_facts facts = log_look_facts(p->log);

    json_comma(b);
    buf_print(b, "{\"partition\":%u", p->number);
    json_number(b, "segments", facts.segments);
    json_number(b, "segmentBytes", facts.segment);
    json_number(b, "spare", facts.spare);
    json_number(b, "entries", g->entries);
    json_number(b, "frames", g->frames);
    json_number(b, "starts", g->claims);
    json_number(b, "rawBytes", g->raw);
    json_number(b, "storedBytes", g->stored);
    json_number(b, "diskBytes", g->size);
    json_number(b, "first", p->log->first);
    json_number(b, "next", p->log->durable);
    if (g->entries) {
        json_string(b, "firstTime", str_of(moment_of(g->first_time).text));
        json_string(b, "lastTime", str_of(moment_of(g->last_time).text));
    }
    json_kinds(b, g);
    buf_byte(b, '}');
}

static bool folder_count(struct desk *d, const struct folder *f, struct buf *b,
                         struct err *err)
{
    struct figures *g = NEW(&d->keep, struct figures);

    for (u32 i = 0; i < f->count; i++) {
        *g = (struct figures){.scratch = &d->scratch};
        if (!part_count(g, &f->parts[i], err))
            return false;
        if (d->options->json)
            stat_json(b, &f->parts[i], g);
        else
            stat_text(&f->parts[i], g);
    }
    return true;
}

static int log_stat(struct desk *d, const struct folder *f)
{
    struct err err = {0};
    struct buf b;

    buf_init(&b, &d->keep, 4096);
    buf_text(&b, "{\"partitions\":[");
    if (!folder_count(d, f, &b, &err)) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return 1;
    }
    buf_text(&b, "]}");
    if (d->options->json)
        printf("%.*s\n", ARG(buf_str(&b)));
    return 0;
}

/* ---- the command ----------------------------------------------------------------- */

static int run(struct desk *d)
{
    const struct options *o = d->options;
    bool is_show = o->word_count == 2 && strcmp(o->words[0], "show") == 0;
    bool is_stat = o->word_count == 2 && strcmp(o->words[0], "stat") == 0;
    struct err err = {0};
    struct folder f;

    if (!is_show && !is_stat) {
        fprintf(stderr, "fermata: say what and where: fermata log show DIR, or fermata "
                        "log stat DIR\n");
        return 2;
    }
    if (!folder_look(o->words[1], &f, &err)) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return 1;
    }
    int code = is_show ? log_show(d, &f) : log_stat(d, &f);
    folder_leave(&f);
    return code;
}

int log_main(const struct options *o)
{
    return desk_run(o, run);
}
