#include "cli/deploy.h"

#include <stdio.h>
#include <time.h>

#include "cli/files.h"
#include "cli/output.h"

#define BOUNDARY  "fermata-5b1f9d6a7c"
#define DEPTH_MAX 100

/* ---- which files ----------------------------------------------------------------- */

bool is_model(struct str path)
{
    return str_ends(path, STR(".bpmn")) || str_ends(path, STR(".dmn")) ||
           str_ends(path, STR(".form"));
}

static bool path_add(struct path_list *out, const char *path)
{
    if (out->count == FILES_MAX) {
        fprintf(stderr, "fermata: that is more than %d files\n", FILES_MAX);
        return false;
    }
    out->items[out->count++] = path;
    return true;
}

static int folder_add(struct desk *d, const char *folder, u32 depth,
                      struct path_list *out)
{
    const char *const *names;
    size_t count;
    struct err err;

    if (depth > DEPTH_MAX || !files_list(folder, &d->keep, &names, &count, &err)) {
        fprintf(stderr, "fermata: %s\n",
                depth > DEPTH_MAX ? "nested too deeply" : err.text);
        return CLI_FAILED;
    }
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_print(&d->keep, "%s/%s", folder, names[i]).data;
        int code = CLI_GOOD;
        if (files_is_folder(path))
            code = folder_add(d, path, depth + 1, out);
        else if (is_model(str_of(path)) && !path_add(out, path))
            code = CLI_FAILED;
        if (code)
            return code;
    }
    return CLI_GOOD;
}

int models_list(struct desk *d, const char *folder, struct path_list *out)
{
    if (!out->items)
        out->items = NEW_ARRAY(&d->keep, const char *, FILES_MAX);
    return folder_add(d, folder, 0, out);
}

int models_find(struct desk *d, const char *path, struct path_list *out)
{
    if (!out->items)
        out->items = NEW_ARRAY(&d->keep, const char *, FILES_MAX);
    if (!files_is_folder(path))
        return path_add(out, path) ? CLI_GOOD : CLI_FAILED;
    size_t before = out->count;
    int code = folder_add(d, path, 0, out);
    if (!code && out->count == before) {
        fprintf(stderr, "fermata: there is no .bpmn, .dmn or .form file in %s\n", path);
        return CLI_FAILED;
    }
    return code;
}

/* ---- the call -------------------------------------------------------------------- */

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool part_put(struct buf *b, struct desk *d, const char *path)
{
    struct str content;
    struct err err;

    if (!input_read(path, &d->keep, &content, &err)) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return false;
    }
    buf_text(b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"resources\"; "
                "filename=\"");
    for (const char *c = file_name(path); *c; c++)
        buf_byte(b, *c == '"' || (u8)*c < ' ' ? '_' : *c);
    buf_text(b, "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    buf_add(b, content);
    buf_text(b, "\r\n");
    return true;
}

int models_deploy(struct remote *r, const struct path_list *paths, struct str *answer)
{
    struct str got;
    struct err err;
    struct buf b;

    buf_init(&b, &r->desk->keep, 64 << 10);
    for (size_t i = 0; i < paths->count; i++)
        if (!part_put(&b, r->desk, paths->items[i]))
            return CLI_FAILED;
    buf_text(&b, "--" BOUNDARY "--\r\n");
    int code =
        remote_send(r, "POST", "/v2/deployments",
                    STR("multipart/form-data; boundary=" BOUNDARY), buf_str(&b), &got);
    if (code)
        return code;
    if (json_canonical(got, JSON_OBJECT, &(struct json_limits){100}, r->arena, answer,
                       &err))
        return CLI_GOOD;
    fprintf(stderr, "fermata: the server's answer is no JSON: %s\n", err.text);
    return CLI_FAILED;
}

/* ---- deploy ---------------------------------------------------------------------- */

/* What was deployed, a thing a line: of whichever kind it is. */
static const struct {
    const char *member, *what, *id, *version, *key, *file;
} things[] = {
    {"processDefinition", "process", "processDefinitionId", "processDefinitionVersion",
     "processDefinitionKey", "resourceName"},
    {"decisionDefinition", "decision", "decisionDefinitionId", "version",
     "decisionDefinitionKey", "decisionRequirementsId"},
    {"decisionRequirements", "graph", "decisionRequirementsId", "version",
     "decisionRequirementsKey", "resourceName"},
    {"form", "form", "formId", "version", "formKey", "resourceName"},
    {"resource", "file", "resourceId", "version", "resourceKey", "resourceName"},
};

static bool thing_read(struct remote *r, struct str deployment, struct str *out)
{
    for (size_t i = 0; i < LEN(things); i++) {
        struct str t = field(r, deployment, things[i].member);
        struct buf b;
        if (!t.len)
            continue;
        buf_init(&b, r->arena, 256);
        buf_print(&b, "{\"what\":\"%s\",\"key\":\"%.*s\",\"version\":\"%.*s\",\"id\":",
                  things[i].what, ARG(field(r, t, things[i].key)),
                  ARG(field(r, t, things[i].version)));
        json_put_string(&b, field(r, t, things[i].id));
        json_put_name(&b, STR("file"));
        json_put_string(&b, field(r, t, things[i].file));
        buf_byte(&b, '}');
        *out = buf_str(&b);
        return true;
    }
    return false;
}

static void deployed_print(struct output *o, struct str answer)
{
    struct remote *r = o->remote;
    struct str items[FILES_MAX], all = field(r, answer, "deployments");
    struct json_walk w = json_walk(all.len ? all : STR("[]"));
    size_t count = 0;

    if (o->format == OUTPUT_JSON || o->format == OUTPUT_JSONL) {
        printf("%.*s\n", ARG(answer));
        return;
    }
    for (struct json_member m; count < FILES_MAX && json_next(&w, r->arena, &m);)
        count += thing_read(r, m.value, &items[count]);
    output_items(o, items, count);
}

static int deploy_run(struct desk *d)
{
    struct path_list paths = {0};
    struct output output;
    struct remote r;
    struct str answer;
    int code = CLI_GOOD;

    if (d->options->word_count == 0) {
        fprintf(stderr, "fermata: deploy what? fermata deploy FILE... or a folder\n");
        return CLI_USAGE;
    }
    for (int i = 0; i < d->options->word_count && !code; i++)
        code = models_find(d, d->options->words[i], &paths);
    if (code || (code = remote_open(&r, d)) ||
        (code = output_open(&output, &r, "key",
                            "KEY=key WHAT=what ID=id VERSION=version FILE=file")) ||
        (code = models_deploy(&r, &paths, &answer)))
        return code;
    deployed_print(&output, answer);
    return CLI_GOOD;
}

int deploy_main(const struct options *o)
{
    return desk_run(o, deploy_run);
}

/* ---- run ------------------------------------------------------------------------- */

/* The process to start: the one of the file, or the one that is named. */
static int process_choose(struct remote *r, struct str answer, struct str *id,
                          struct str *version)
{
    const char *wanted = r->desk->options->process;
    struct str all = field(r, answer, "deployments"), names = NOTHING;
    struct json_walk w = json_walk(all.len ? all : STR("[]"));
    u32 count = 0;

    for (struct json_member m; json_next(&w, r->arena, &m);) {
        struct str p = field(r, m.value, "processDefinition"),
                   name = field(r, p, "processDefinitionId");
        if (!p.len || (wanted[0] && !str_is(name, wanted)))
            continue;
        *id = name;
        *version = field(r, p, "processDefinitionVersion");
        names =
            count++ ? arena_print(r->arena, "%.*s, %.*s", ARG(names), ARG(name)) : name;
    }
    if (count == 1)
        return CLI_GOOD;
    if (count)
        fprintf(stderr,
                "fermata: the file has several processes: --process ID chooses "
                "one of %.*s\n",
                ARG(names));
    else
        fprintf(stderr, "fermata: the file has no process%s%s\n", wanted[0] ? " " : "",
                wanted);
    return CLI_USAGE;
}

struct followed {
    struct remote *remote;
    struct str key;
    struct buf told; /* of struct str: what was said, so that it is said once */
    bool is_quiet;
    bool has_incident;
};

static void tell(struct followed *f, struct str line)
{
    const struct str *told = (const struct str *)(const void *)f->told.data;

    for (size_t i = 0; i < f->told.len / sizeof(line); i++)
        if (str_equal(told[i], line))
            return;
    line = arena_copy(&f->remote->desk->keep, line);
    buf_add(&f->told, (struct str){(const char *)&line, sizeof(line)});
    if (!f->is_quiet)
        fprintf(stderr, "%.*s\n", ARG(line));
}

static int elements_follow(struct followed *f)
{
    struct remote *r = f->remote;
    struct finding_list list;
    int code = remote_search(
        r, "/v2/element-instances/search",
        arena_print(r->arena, "{\"processInstanceKey\":\"%.*s\"}", ARG(f->key)),
        STR("[{\"field\":\"elementInstanceKey\"}]"), 1000, &list);

    for (size_t i = 0; !code && i < list.count; i++) {
        struct str id = field(r, list.items[i], "elementId"),
                   type = field(r, list.items[i], "type"),
                   key = field(r, list.items[i], "elementInstanceKey"),
                   state = field(r, list.items[i], "state");
        if (!str_is(type, "PROCESS"))
            tell(f, arena_print(r->arena, "  %-10.*s %.*s  %.*s  %.*s", ARG(state),
                                ARG(id), ARG(type), ARG(key)));
    }
    return code;
}

/* Why it stands still, once for each reason. */
static int reasons_follow(struct followed *f)
{
    struct remote *r = f->remote;
    struct str answer, states;
    int code = remote_call(
        r, "GET",
        arena_print(r->arena, "/v2/process-instances/%.*s/explain", ARG(f->key)).data,
        NOTHING, &answer);

    if (code)
        return code;
    states = field(r, answer, "waitStates");
    struct json_walk w = json_walk(states.len ? states : STR("[]"));
    for (struct json_member m; json_next(&w, r->arena, &m);)
        if (str_is(field(r, m.value, "kind"), "INCIDENT")) {
            f->has_incident = true;
            fprintf(stderr, "fermata: %.*s.\n", ARG(field(r, m.value, "sentence")));
        }
    return code;
}

static i64 now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The variables at the end, as far as the server still has them. */
static void variables_print(struct followed *f)
{
    struct remote *r = f->remote;
    struct finding_list list;
    struct buf b;

    r->is_quiet = true;
    if (remote_search(r, "/v2/variables/search",
                      arena_print(r->arena, "{\"scopeKey\":\"%.*s\"}", ARG(f->key)),
                      STR("[{\"field\":\"name\"}]"), 1000, &list) ||
        list.count == 0)
        return;
    buf_init(&b, r->arena, 256);
    buf_byte(&b, '{');
    for (size_t i = 0; i < list.count; i++) {
        json_put_name(&b, field(r, list.items[i], "name"));
        buf_add(&b, field(r, list.items[i], "value"));
    }
    buf_byte(&b, '}');
    printf("%.*s\n", ARG(buf_str(&b)));
}

static int ended(struct followed *f, struct str state)
{
    fprintf(stderr, "%.*s %.*s\n", ARG(f->key), ARG(state));
    if (str_is(state, "COMPLETED"))
        variables_print(f);
    return str_is(state, "COMPLETED") ? CLI_GOOD : CLI_TERMINATED;
}

/* A server without history has forgotten what has ended: then it has. */
static int instance_follow(struct followed *f, i64 until)
{
    const struct timespec pause = {0, 150000000};
    struct remote *r = f->remote;
    const char *path =
        arena_print(&r->desk->keep, "/v2/process-instances/%.*s", ARG(f->key)).data;
    struct str instance;
    int code;

    for (;;) {
        r->is_quiet = true;
        code = remote_call(r, "GET", path, NOTHING, &instance);
        r->is_quiet = false;
        if (code == CLI_NOT_FOUND)
            return ended(f, STR("COMPLETED"));
        if (code)
            return remote_call(r, "GET", path, NOTHING, &instance);
        struct str state = field(r, instance, "state");
        if ((code = elements_follow(f)))
            return code;
        if (!str_is(state, "ACTIVE") && !str_is(state, "SUSPENDED"))
            return ended(f, state);
        if (field_is_true(r, instance, "hasIncident") && !(code = reasons_follow(f)) &&
            f->has_incident)
            return CLI_INCIDENT;
        if (until && now_ms() >= until) {
            fprintf(stderr,
                    "fermata: it has not ended in time; fermata explain %.*s says "
                    "why\n",
                    ARG(f->key));
            return CLI_UNREACHABLE;
        }
        nanosleep(&pause, NULL);
        arena_reset(r->arena);
    }
}

static int run_start(struct remote *r, struct str id, struct str version,
                     struct str *key)
{
    struct desk *d = r->desk;
    struct str variables, answer;
    struct buf b;
    int code = variables_read(d, &variables);

    if (code)
        return code;
    buf_init(&b, r->arena, 256);
    buf_print(&b,
              "{\"processDefinitionVersion\":%.*s,\"variables\":%.*s,"
              "\"processDefinitionId\":",
              ARG(version), ARG(variables));
    json_put_string(&b, id);
    if (d->options->business_id[0]) {
        json_put_name(&b, STR("businessId"));
        json_put_string(&b, str_of(d->options->business_id));
    }
    buf_byte(&b, '}');
    code = remote_call(r, "POST", "/v2/process-instances", buf_str(&b), &answer);
    if (!code)
        *key = arena_copy(&d->keep, field(r, answer, "processInstanceKey"));
    return code;
}

static int run_run(struct desk *d)
{
    const struct options *o = d->options;
    struct path_list paths = {0};
    struct remote r;
    struct str answer, id = NOTHING, version = NOTHING;
    struct followed f = {.remote = &r, .is_quiet = o->quiet};
    i64 timeout = 0;
    int code;

    if (o->word_count != 1 || files_is_folder(o->words[0])) {
        fprintf(stderr, "fermata: usage: fermata run FILE [-v NAME=VALUE]...\n");
        return CLI_USAGE;
    }
    if ((o->timeout[0] && (code = span_read("--timeout", o->timeout, &timeout))) ||
        (code = models_find(d, o->words[0], &paths)) || (code = remote_open(&r, d)) ||
        (code = models_deploy(&r, &paths, &answer)) ||
        (code = process_choose(&r, answer, &id, &version)) ||
        (code = run_start(&r, id, version, &f.key)))
        return code;
    if (o->quiet || o->detach)
        printf("%.*s\n", ARG(f.key));
    if (o->detach)
        return CLI_GOOD;
    if (!o->quiet)
        fprintf(stderr, "%.*s %.*s v%.*s\n", ARG(f.key), ARG(id), ARG(version));
    buf_init(&f.told, &d->keep, 1024);
    r.arena = &d->scratch; /* of one look */
    return instance_follow(&f, timeout ? now_ms() + timeout : 0);
}

int run_main(const struct options *o)
{
    return desk_run(o, run_run);
}
