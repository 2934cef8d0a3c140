#include "cli/scenarios.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/deploy.h"
#include "cli/files.h"
#include "cli/paint.h"
#include "cli/play.h"
#include "cli/remote.h"
#include "state/read.h"

#define START       1767225600000 /* when each scenario begins: 2026-01-01T00:00:00Z */
#define HOLD_MS     300000
#define COVERED_MAX 1000

/* What was passed of a process, by all scenarios of its folder. */
struct covered {
    struct str path, id;
    struct covered_part {
        struct str id;
        bool is_flow, is_seen;
    } * parts;
    u32 count;
};

/* One scenario at work. */
struct scene {
    struct scenarios *all;
    struct desk *desk;
    struct play *play;
    const char *path;
    struct str name;
    struct str folder;
    struct str models; /* as named; empty: all of the folder */
    u32 line;
    bool is_open, is_wrong;
    char why[1024];
    struct held_job {
        struct str type;
        u64 key;
        i32 retries;
    } held[64];
    u32 held_count;
};

static void wrong(struct scene *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void wrong(struct scene *s, const char *fmt, ...)
{
    va_list args;

    if (s->is_wrong)
        return;
    s->is_wrong = true;
    va_start(args, fmt);
    int at = snprintf(s->why, sizeof(s->why), "line %u: ", s->line);
    vsnprintf(s->why + at, sizeof(s->why) - (size_t)at, fmt, args);
    va_end(args);
}

/* ---- the words of a step --------------------------------------------------------- */

/* The next word, or what stands in double quotes. */
static struct str word_take(struct str *rest)
{
    *rest = str_trim(*rest);
    bool is_quoted = rest->len && rest->data[0] == '"';
    size_t at = is_quoted ? 1 : 0, begin = at;

    while (at < rest->len &&
           (is_quoted ? rest->data[at] != '"' : rest->data[at] != ' '))
        at++;
    struct str word = {rest->data + begin, at - begin};
    at += is_quoted && at < rest->len;
    *rest = (struct str){rest->data + at, rest->len - at};
    return word;
}

/* JSON to the end of the line; nothing: {}. */
static bool document_take(struct scene *s, struct str rest, struct str *out)
{
    struct err err;

    if (json_canonical(str_trim(rest), JSON_OBJECT, &(struct json_limits){100},
                       &s->desk->keep, out, &err)) {
        *out = arena_copy(&s->desk->keep, *out);
        return true;
    }
    wrong(s, "%s", err.text);
    return false;
}

static void command(struct scene *s, enum command_kind kind, u64 key,
                    const void *record)
{
    if (!play_ask(s->play, kind, key, record))
        wrong(s, "%.*s", ARG(s->play->text));
}

static bool is_running(const struct scene *s)
{
    return instance_get(play_state(s->play), s->play->instance) != NULL;
}

/* ---- doing ----------------------------------------------------------------------- */

static void do_start(struct scene *s, struct str rest)
{
    struct instance_create record = {.version = -1, .awaits_result = true};

    record.bpmn_process_id = word_take(&rest);
    if (document_take(s, rest, &record.variables))
        command(s, CMD_INSTANCE_CREATE, 0, &record);
}

/* The job of this type that is held, or one that waits: it is held from then on. */
static struct held_job *job_take(struct scene *s, struct str type)
{
    struct job_activate record = {
        .type = type, .worker = STR("scenario"), .timeout = HOLD_MS, .max_jobs = 1};
    const struct jobs_activated *got;

    for (u32 i = 0; i < s->held_count; i++)
        if (str_equal(s->held[i].type, type))
            return &s->held[i];
    command(s, CMD_JOB_ACTIVATE, 0, &record);
    got = s->play->record;
    if (s->is_wrong || !got || got->jobs.count == 0 || s->held_count == LEN(s->held)) {
        wrong(s, "no job of the type '%.*s' waits", ARG(type));
        return NULL;
    }
    s->held[s->held_count] =
        (struct held_job){type, got->jobs.items[0].key, got->jobs.items[0].retries};
    return &s->held[s->held_count++];
}

static void job_drop(struct scene *s, struct held_job *job)
{
    *job = s->held[--s->held_count];
}

static void do_expect_job(struct scene *s, struct str rest)
{
    job_take(s, word_take(&rest));
}

static void do_complete(struct scene *s, struct str rest)
{
    struct held_job *job = job_take(s, word_take(&rest));
    struct job_complete record = {0};

    if (!job || !document_take(s, rest, &record.variables))
        return;
    command(s, CMD_JOB_COMPLETE, job->key, &record);
    job_drop(s, job);
}

/* `fail: TYPE [RETRIES] message`; one retry less, when none are named. */
static void do_fail(struct scene *s, struct str rest)
{
    struct held_job *job = job_take(s, word_take(&rest));
    struct job_fail record = {.variables = STR("{}")};
    struct str message = str_trim(rest), number;
    i64 retries;

    if (!job)
        return;
    record.retries = job->retries - 1;
    number = word_take(&rest);
    if (str_to_i64(number, &retries)) {
        record.retries = (i32)retries;
        message = str_trim(rest);
    }
    record.error_message = message;
    command(s, CMD_JOB_FAIL, job->key, &record);
    job_drop(s, job);
}

static void do_throw(struct scene *s, struct str rest)
{
    struct held_job *job = job_take(s, word_take(&rest));
    struct job_throw_error record = {.error_code = word_take(&rest)};

    if (!job || !document_take(s, rest, &record.variables))
        return;
    command(s, CMD_JOB_THROW_ERROR, job->key, &record);
    job_drop(s, job);
}

/* The user task of an element, or an incident of one. */
static void do_task(struct scene *s, struct str rest)
{
    struct str id = word_take(&rest);
    struct user_task_complete record = {0};
    struct table_walk w = {0};
    u64 key;

    if (!document_take(s, rest, &record.variables))
        return;
    while (state_next(play_state(s->play), TABLE_USER_TASK, &w, &key)) {
        const struct user_task_row *t = user_task_get(play_state(s->play), key);
        if (!str_equal(play_element(s->play, t->process, t->element), id))
            continue;
        command(s, CMD_USER_TASK_COMPLETE, key, &record);
        return;
    }
    wrong(s, "no user task '%.*s' waits", ARG(id));
}

static void do_publish(struct scene *s, struct str rest)
{
    struct message_publish record = {.time_to_live = 3600000};

    record.name = word_take(&rest);
    if (str_trim(rest).len && str_trim(rest).data[0] != '{')
        record.correlation_key = word_take(&rest);
    if (document_take(s, rest, &record.variables))
        command(s, CMD_MESSAGE_PUBLISH, 0, &record);
}

static void do_signal(struct scene *s, struct str rest)
{
    struct signal_broadcast record = {.name = word_take(&rest)};

    if (document_take(s, rest, &record.variables))
        command(s, CMD_SIGNAL_BROADCAST, 0, &record);
}

static void do_set(struct scene *s, struct str rest)
{
    struct variables_set record = {0};

    if (document_take(s, rest, &record.variables))
        command(s, CMD_VARIABLES_SET, s->play->instance, &record);
}

static void do_cancel(struct scene *s, struct str rest)
{
    command(s, CMD_INSTANCE_CANCEL, s->play->instance, NULL);
}

static void do_advance(struct scene *s, struct str rest)
{
    i64 ms;
    struct str text = arena_print(&s->desk->keep, "%.*s", ARG(str_trim(rest)));

    if (span_read("advance", text.data, &ms))
        wrong(s, "'%s' is no span of time", text.data);
    else
        play_advance(s->play, ms);
}

/* ---- expecting ------------------------------------------------------------------- */

/* `[a, b]` without the brackets, an id at a time; false: that was all. */
static bool id_take(struct str *rest, struct str *id)
{
    size_t at = 0;

    *rest = str_trim(*rest);
    while (rest->len && strchr("[], ", rest->data[0]))
        *rest = (struct str){rest->data + 1, rest->len - 1};
    while (at < rest->len && !strchr("[], ", rest->data[at]))
        at++;
    *id = (struct str){rest->data, at};
    *rest = (struct str){rest->data + at, rest->len - at};
    return at > 0;
}

static struct str path_text(struct scene *s)
{
    struct buf b;

    buf_init(&b, &s->desk->keep, 256);
    for (u32 i = 0; i < s->play->path_count; i++)
        buf_print(&b, "%s%.*s", i ? ", " : "", ARG(s->play->path[i]));
    return buf_str(&b);
}

/* These elements became active in this order; others may have between them. */
static void do_expect_path(struct scene *s, struct str rest)
{
    struct str id;
    u32 at = 0;

    while (id_take(&rest, &id)) {
        while (at < s->play->path_count && !str_equal(s->play->path[at], id))
            at++;
        if (at == s->play->path_count) {
            wrong(s, "the path does not come to '%.*s' there; it is %.*s", ARG(id),
                  ARG(path_text(s)));
            return;
        }
        at++;
    }
}

static void do_expect_not(struct scene *s, struct str rest)
{
    struct str id;

    while (id_take(&rest, &id))
        for (u32 i = 0; i < s->play->path_count; i++)
            if (str_equal(s->play->path[i], id))
                wrong(s, "the path comes to '%.*s'; it is %.*s", ARG(id),
                      ARG(path_text(s)));
}

/* Those of the instance that runs, or those it had at its end. */
static bool variable_now(struct scene *s, struct str name, struct str *value)
{
    const struct state *state = play_state(s->play);

    if (!is_running(s))
        return s->play->result.len &&
               json_get(s->play->result, name, &s->desk->keep, value);
    u64 key = variable_find(state, s->play->instance, name);
    if (!key)
        return false;
    *value = variable_get(state, key)->value;
    return true;
}

static void do_expect_variables(struct scene *s, struct str rest)
{
    struct str wanted, value;

    if (!document_take(s, rest, &wanted))
        return;
    struct json_walk w = json_walk(wanted);
    for (struct json_member m; json_next(&w, &s->desk->keep, &m);) {
        if (!variable_now(s, m.name, &value))
            wrong(s, "there is no variable '%.*s'", ARG(m.name));
        else if (!str_equal(value, m.value))
            wrong(s, "'%.*s' is %.*s, not %.*s", ARG(m.name), ARG(value), ARG(m.value));
    }
}

/* Is an element of this id active in the instance, or in what it called? */
static bool is_waiting_at(struct scene *s, struct str id, struct buf *all)
{
    const struct state *state = play_state(s->play);
    struct table_walk w = {0};
    bool is_there = false;
    u64 key;

    while (state_next(state, TABLE_ELEMENT, &w, &key)) {
        const struct element_row *e = element_get(state, key);
        struct str name = play_element(s->play, e->process, e->element);
        if (e->state != ELEMENT_STATE_ACTIVATED || key == e->instance)
            continue;
        buf_print(all, "%s%.*s", all->len ? ", " : "", ARG(name));
        is_there |= str_equal(name, id);
    }
    return is_there;
}

static void do_expect_waiting(struct scene *s, struct str rest)
{
    struct str id;

    while (id_take(&rest, &id)) {
        struct buf all;
        buf_init(&all, &s->desk->keep, 64);
        if (!is_waiting_at(s, id, &all))
            wrong(s, "it does not wait at '%.*s'; it waits at %.*s", ARG(id),
                  ARG(all.len ? buf_str(&all) : STR("nothing, since it has ended")));
    }
}

static void do_expect_ended(struct scene *s, struct str rest)
{
    struct buf all;

    buf_init(&all, &s->desk->keep, 64);
    is_waiting_at(s, STR(""), &all);
    if (is_running(s))
        wrong(s, "it has not ended; it waits at %.*s", ARG(buf_str(&all)));
}

/* The first incident that there is; 0: none. */
static u64 incident_any(struct scene *s)
{
    struct table_walk w = {0};
    u64 key;

    return state_next(play_state(s->play), TABLE_INCIDENT, &w, &key) ? key : 0;
}

static void do_expect_incident(struct scene *s, struct str rest)
{
    struct str type = word_take(&rest);
    u64 key = incident_any(s);
    const struct incident_row *i = key ? incident_get(play_state(s->play), key) : NULL;

    if (!i)
        wrong(s, "there is no incident");
    else if (type.len && !str_is(type, problem_name(i->problem)))
        wrong(s, "the incident is %s: %.*s", problem_name(i->problem), ARG(i->message));
}

static void do_resolve(struct scene *s, struct str rest)
{
    u64 key = incident_any(s);
    const struct incident_row *i = key ? incident_get(play_state(s->play), key) : NULL;
    struct job_update_retries retries = {1};

    if (!i) {
        wrong(s, "there is no incident");
        return;
    }
    if (i->job && strstr(problem_name(i->problem), "NO_RETRIES"))
        command(s, CMD_JOB_UPDATE_RETRIES, i->job, &retries);
    command(s, CMD_INCIDENT_RESOLVE, key, NULL);
}

static const struct verb {
    const char *name;
    void (*run)(struct scene *s, struct str rest);
} verbs[] = {
    {"start", do_start},
    {"expect job", do_expect_job},
    {"complete", do_complete},
    {"fail", do_fail},
    {"throw", do_throw},
    {"complete task", do_task},
    {"publish", do_publish},
    {"signal", do_signal},
    {"set", do_set},
    {"cancel", do_cancel},
    {"advance", do_advance},
    {"resolve", do_resolve},
    {"expect path", do_expect_path},
    {"expect not", do_expect_not},
    {"expect variables", do_expect_variables},
    {"expect waiting", do_expect_waiting},
    {"expect ended", do_expect_ended},
    {"expect incident", do_expect_incident},
};

/* ---- opening a scene ------------------------------------------------------------- */

static bool is_wanted(struct scene *s, struct str name)
{
    struct str rest = s->models, id;

    if (s->models.len == 0)
        return true;
    while (id_take(&rest, &id))
        if (str_equal(id, name))
            return true;
    return false;
}

static struct str file_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash ? slash + 1 : path);
}

/* All models of the folder, or those that are named. */
static void scene_open(struct scene *s)
{
    struct path_list paths = {0};
    struct play_file *files;
    u32 count = 0;
    struct err err;

    s->is_open = true;
    s->held_count = 0;
    s->play = play_open(s->desk->zones, START);
    if (models_list(s->desk, s->folder.data, &paths)) {
        wrong(s, "the models of %.*s cannot be listed", ARG(s->folder));
        return;
    }
    files = NEW_ARRAY(&s->desk->keep, struct play_file, paths.count + 1);
    for (size_t i = 0; i < paths.count; i++) {
        files[count].name = file_of(paths.items[i]);
        if (!is_wanted(s, files[count].name))
            continue;
        if (!input_read(paths.items[i], &s->desk->keep, &files[count].content, &err))
            wrong(s, "%s", err.text);
        count++;
    }
    if (count == 0)
        wrong(s, "there is no model in %.*s", ARG(s->folder));
    else if (!s->is_wrong && !play_deploy(s->play, files, count, &err))
        wrong(s, "%s", err.text);
}

/* ---- what was passed ------------------------------------------------------------- */

static struct covered *covered_find(struct scenarios *all, struct str path,
                                    struct str id)
{
    for (size_t i = 0; i < all->covered_count; i++)
        if (str_equal(all->covered[i].path, path) && str_equal(all->covered[i].id, id))
            return &all->covered[i];
    return NULL;
}

static struct covered *covered_add(struct scenarios *all, struct str path,
                                   const struct played *d)
{
    struct covered *c;

    if (all->covered_count == COVERED_MAX)
        return NULL;
    c = &all->covered[all->covered_count++];
    *c = (struct covered){.path = path, .id = arena_copy(&all->desk->keep, d->def->id)};
    c->parts = NEW_ARRAY(&all->desk->keep, struct covered_part, d->tags);
    return c;
}

static bool is_of(const struct element *e, const struct process *def)
{
    while (e->scope)
        e = e->scope;
    return e == def->root;
}

static void covered_note(struct scene *s, const struct played *d)
{
    struct str path =
        arena_print(&s->desk->keep, "%.*s/%.*s", ARG(s->folder), ARG(d->file));
    struct covered *c = covered_find(s->all, path, d->def->id);
    bool is_new = !c;
    u32 at = 0;

    if (!c && !(c = covered_add(s->all, path, d)))
        return;
    for (u32 tag = 0; tag < d->tags; tag++) {
        const struct element *e = model_element(d->model, tag);
        if (!e || e->type == ELEMENT_PROCESS || !is_of(e, d->def))
            continue;
        if (is_new) {
            c->parts[c->count++] =
                (struct covered_part){arena_copy(&s->desk->keep, e->id),
                                      e->type == ELEMENT_SEQUENCE_FLOW, d->seen[tag]};
        } else if (at < c->count) {
            c->parts[at].is_seen |= d->seen[tag];
        }
        at++;
    }
}

/* ---- telling --------------------------------------------------------------------- */

static void xml_text(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '<')
            buf_text(b, "&lt;");
        else if (c == '&')
            buf_text(b, "&amp;");
        else if (c == '"')
            buf_text(b, "&quot;");
        else
            buf_byte(b, (u8)c < ' ' ? ' ' : c);
    }
}

static void scene_tell(struct scene *s)
{
    struct scenarios *all = s->all;
    const struct options *o = s->desk->options;
    size_t number = all->passed + all->failed + 1;

    all->passed += !s->is_wrong;
    all->failed += s->is_wrong;
    buf_print(&all->tap, "%sok %zu - %s: %.*s\n", s->is_wrong ? "not " : "", number,
              s->path, ARG(s->name));
    if (s->is_wrong)
        buf_print(&all->tap, "# %s\n", s->why);
    buf_text(&all->cases, "  <testcase classname=\"");
    xml_text(&all->cases, str_of(s->path));
    buf_text(&all->cases, "\" name=\"");
    xml_text(&all->cases, s->name);
    if (s->is_wrong) {
        buf_text(&all->cases, "\"><failure message=\"");
        xml_text(&all->cases, str_of(s->why));
        buf_text(&all->cases, "\"/></testcase>\n");
    } else {
        buf_text(&all->cases, "\"/>\n");
    }
    if (o->tap)
        return;
    if (s->is_wrong)
        printf("not ok: %s: %.*s: %s\n", s->path, ARG(s->name), s->why);
    else if (o->verbose)
        printf("ok: %s: %.*s\n", s->path, ARG(s->name));
}

static void scene_end(struct scene *s)
{
    if (!s->is_open)
        return;
    for (u32 i = 0; i < s->play->process_count; i++)
        covered_note(s, &s->play->processes[i]);
    play_close(s->play);
    scene_tell(s);
    s->is_open = s->is_wrong = false;
    s->play = NULL;
}

/* ---- a file ---------------------------------------------------------------------- */

static void step_run(struct scene *s, struct str line)
{
    const char *colon = memchr(line.data, ':', line.len);
    size_t len = colon ? (size_t)(colon - line.data) : line.len;
    struct str name = str_trim((struct str){line.data, len}),
               rest = {line.data + len + (colon != NULL),
                       line.len - len - (colon != NULL)},
               names[LEN(verbs)], nearest;

    if (!s->is_open)
        scene_open(s);
    for (size_t i = 0; i < LEN(verbs) && !s->is_wrong; i++) {
        names[i] = str_of(verbs[i].name);
        if (str_is(name, verbs[i].name)) {
            verbs[i].run(s, str_trim(rest));
            return;
        }
    }
    if (s->is_wrong)
        return;
    nearest = name_nearest(name, names, LEN(names));
    if (nearest.len)
        wrong(s, "there is no step '%.*s' - did you mean '%.*s'?", ARG(name),
              ARG(nearest));
    else
        wrong(s,
              "there is no step '%.*s'; start, expect job, complete, fail, throw, "
              "complete task, publish, signal, set, cancel, advance, resolve and "
              "expect path, not, variables, waiting, ended, incident are known",
              ARG(name));
}

static void line_run(struct scene *s, struct str line)
{
    line = str_trim(line);
    if (line.len == 0 || line.data[0] == '#' || str_is(line, "steps:"))
        return;
    if (str_is(line, "---")) {
        scene_end(s);
        s->name = s->models = (struct str){NULL, 0};
    } else if (line.data[0] == '-') {
        step_run(s, str_trim((struct str){line.data + 1, line.len - 1}));
    } else if (str_starts(line, STR("name:"))) {
        s->name = str_trim((struct str){line.data + 5, line.len - 5});
    } else if (str_starts(line, STR("models:"))) {
        s->models = str_trim((struct str){line.data + 7, line.len - 7});
    } else {
        if (!s->is_open)
            scene_open(s);
        wrong(s,
              "'%.*s' is not understood; `name:`, `models:`, `steps:` and steps that "
              "begin with `- ` are",
              ARG(line));
    }
}

bool scenario_is(struct str path)
{
    return str_ends(path, STR(".scenario.yaml")) ||
           str_ends(path, STR(".scenario.yml"));
}

void scenario_file(struct scenarios *all, const char *path)
{
    struct scene *s = NEW(&all->desk->keep, struct scene);
    const char *slash = strrchr(path, '/');
    struct str text;
    struct err err;

    *s = (struct scene){.all = all, .desk = all->desk, .path = path};
    s->folder = slash ? arena_print(&all->desk->keep, "%.*s", (int)(slash - path), path)
                      : STR(".");
    if (!input_read(path, &all->desk->keep, &text, &err)) {
        all->failed++;
        printf("not ok: %s\n", err.text);
        return;
    }
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.data + at, '\n', text.len - at);
        size_t len = end ? (size_t)(end - text.data) - at : text.len - at;
        s->line++;
        line_run(s, (struct str){text.data + at, len});
        at += len + 1;
    }
    scene_end(s);
}

/* ---- all of them ----------------------------------------------------------------- */

void scenarios_open(struct scenarios *s, struct desk *d)
{
    *s = (struct scenarios){.desk = d};
    buf_init(&s->tap, &d->keep, 1024);
    buf_init(&s->cases, &d->keep, 1024);
    s->covered = NEW_ARRAY(&d->keep, struct covered, COVERED_MAX);
}

static void covered_tell(FILE *to, const struct covered *c)
{
    u32 elements = 0, flows = 0, seen_elements = 0, seen_flows = 0, left = 0;

    for (u32 i = 0; i < c->count; i++) {
        elements += !c->parts[i].is_flow;
        flows += c->parts[i].is_flow;
        seen_elements += !c->parts[i].is_flow && c->parts[i].is_seen;
        seen_flows += c->parts[i].is_flow && c->parts[i].is_seen;
    }
    fprintf(to, "%.*s: %.*s: %u of %u elements, %u of %u flows", ARG(c->path),
            ARG(c->id), seen_elements, elements, seen_flows, flows);
    for (u32 i = 0; i < c->count; i++)
        if (!c->parts[i].is_seen)
            fprintf(to, "%s%.*s", left++ ? ", " : "; never: ", ARG(c->parts[i].id));
    fputc('\n', to);
}

/* Ids are unique in a file, which may hold several processes. */
struct painted {
    const struct scenarios *all;
    struct str path;
};

static bool part_is_seen(void *ctx, struct str id, bool *is_known)
{
    const struct painted *p = ctx;

    for (size_t i = 0; i < p->all->covered_count; i++) {
        const struct covered *c = &p->all->covered[i];
        for (u32 k = 0; k < c->count && str_equal(c->path, p->path); k++)
            if (str_equal(c->parts[k].id, id)) {
                *is_known = true;
                return c->parts[k].is_seen;
            }
    }
    return false;
}

/* The diagram of each model, into the folder: NAME.svg. */
static bool models_paint(struct scenarios *s, const char *folder)
{
    struct arena *keep = &s->desk->keep;
    bool is_good = true;

    for (size_t i = 0; i < s->covered_count; i++) {
        struct str path = s->covered[i].path;
        struct painted p = {s, path};
        struct paint paint = {.is_seen = part_is_seen, .ctx = &p};
        const char *file = arena_print(keep, "%.*s", ARG(path)).data;
        struct err err = {0};
        if (!input_read(file, keep, &paint.xml, &err) ||
            !paint_write(
                &paint, keep,
                arena_print(keep, "%s/%.*s.svg", folder, ARG(file_of(file))).data,
                &err)) {
            fprintf(stderr, "fermata: %s: %s\n", file, err.text);
            is_good = is_good && err.code != ERR_IO;
        }
    }
    return is_good;
}

static bool junit_write(struct scenarios *s, const char *path)
{
    FILE *f = fopen(path, "w");

    if (f)
        fprintf(f,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<testsuite name=\"fermata\" tests=\"%zu\" failures=\"%zu\">\n%.*s"
                "</testsuite>\n",
                s->passed + s->failed, s->failed, ARG(buf_str(&s->cases)));
    if (f && fclose(f) == 0)
        return true;
    fprintf(stderr, "fermata: %s cannot be written\n", path);
    return false;
}

bool scenarios_end(struct scenarios *s)
{
    const struct options *o = s->desk->options;

    if (o->tap)
        printf("TAP version 13\n1..%zu\n%.*s", s->passed + s->failed,
               ARG(buf_str(&s->tap)));
    for (size_t i = 0; i < s->covered_count && (o->coverage || o->verbose); i++)
        covered_tell(o->tap ? stderr : stdout, &s->covered[i]);
    if (o->paint[0] && !models_paint(s, o->paint))
        return false;
    return !o->junit[0] || junit_write(s, o->junit);
}
