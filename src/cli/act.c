/* Commands that are one call: start, modify, migrate, complete, fail, throw, publish,
 * signal, set. */
#include <stdio.h>

#include "cli/output.h"

/* Opens the server, and checks how many words there are. */
static int act_open(struct remote *r, struct desk *d, int words, const char *usage)
{
    if (d->options->word_count == words)
        return remote_open(r, d);
    fprintf(stderr, "fermata: usage: %s\n", usage);
    return CLI_USAGE;
}

static struct buf body_open(struct remote *r)
{
    struct buf b;

    buf_init(&b, r->arena, 256);
    buf_byte(&b, '{');
    return b;
}

static struct str body_end(struct buf *b)
{
    buf_byte(b, '}');
    return buf_str(b);
}

static void put_text(struct buf *b, const char *name, const char *text)
{
    if (!text[0])
        return;
    json_put_name(b, str_of(name));
    json_put_string(b, str_of(text));
}

static void put_json(struct buf *b, const char *name, struct str json)
{
    json_put_name(b, str_of(name));
    buf_add(b, json);
}

static void put_number(struct buf *b, const char *name, i64 number)
{
    json_put_name(b, str_of(name));
    json_put_i64(b, number);
}

/* The variables of the options, as a member of the body. */
static int put_variables(struct desk *d, struct buf *b)
{
    struct str variables;
    int code = variables_read(d, &variables);

    if (!code)
        put_json(b, "variables", variables);
    return code;
}

/* ---- start ----------------------------------------------------------------------- */

static int start_body(struct remote *r, struct buf *b)
{
    struct desk *d = r->desk;
    const struct options *o = d->options;
    i64 timeout = 0;
    int code = put_variables(d, b);

    if (!code && o->timeout[0])
        code = span_read("--timeout", o->timeout, &timeout);
    if (o->wait && timeout > 0)
        r->http.timeout_s = (int)(timeout / 1000 > 86400 ? 86400 : timeout / 1000) + 10;
    put_text(b, "processDefinitionId", o->words[0]);
    put_text(b, "businessId", o->business_id);
    if (o->version >= 0)
        put_number(b, "processDefinitionVersion", o->version);
    if (o->wait)
        put_json(b, "awaitCompletion", STR("true"));
    if (o->wait && timeout)
        put_number(b, "requestTimeout", timeout);
    return code;
}

static int start_run(struct desk *d)
{
    struct remote r;
    struct output output;
    struct str answer;
    int code = act_open(&r, d, 1, "fermata start PROCESS [-v NAME=VALUE]...");

    if (code ||
        (code = output_open(&output, &r, "processInstanceKey",
                            "KEY=processInstanceKey PROCESS=processDefinitionId "
                            "VERSION=processDefinitionVersion")))
        return code;
    struct buf b = body_open(&r);
    if ((code = start_body(&r, &b)) ||
        (code =
             remote_call(&r, "POST", "/v2/process-instances", body_end(&b), &answer)))
        return code;
    if (output.format == OUTPUT_JSON || output.format == OUTPUT_JSONL)
        printf("%.*s\n", ARG(answer));
    else if (d->options->wait && output.format != OUTPUT_NAME)
        printf("%.*s\n", ARG(field(&r, answer, "variables")));
    else if (output.format == OUTPUT_TABLE)
        printf("%.*s\n", ARG(field(&r, answer, "processInstanceKey")));
    else
        output_items(&output, &answer, 1);
    return CLI_GOOD;
}

int start_main(const struct options *o)
{
    return desk_run(o, start_run);
}

/* ---- modify ---------------------------------------------------------------------- */

static bool is_key(const char *word)
{
    return *word && word[strspn(word, "0123456789")] == '\0';
}

static void put_activates(struct desk *d, struct buf *b, struct str variables)
{
    const struct option_list *list = &d->options->activate;

    buf_text(b, "\"activateInstructions\":[");
    for (int i = 0; i < list->count; i++) {
        json_comma(b);
        buf_byte(b, '{');
        put_text(b, "elementId", list->items[i]);
        if (variables.len > 2)
            buf_print(b, ",\"variableInstructions\":[{\"variables\":%.*s}]",
                      ARG(variables));
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
}

static void put_terminates(struct desk *d, struct buf *b)
{
    const struct option_list *list = &d->options->terminate;

    json_put_name(b, STR("terminateInstructions"));
    buf_byte(b, '[');
    for (int i = 0; i < list->count; i++) {
        json_comma(b);
        buf_byte(b, '{');
        put_text(b, is_key(list->items[i]) ? "elementInstanceKey" : "elementId",
                 list->items[i]);
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
}

/* `FROM:TO`: the places of both; false: it is not, and that was said. */
static bool pair_read(struct desk *d, const char *option, const char *text, char **from,
                      const char **to)
{
    const char *colon = strchr(text, ':');

    if (!colon || colon == text || !colon[1]) {
        fprintf(stderr,
                "fermata: --%s %s: two elements with a colon between are meant\n",
                option, text);
        return false;
    }
    struct str copy = arena_print(&d->keep, "%.*s", (int)(colon - text), text);
    *from = (char *)(uintptr_t)copy.data;
    *to = colon + 1;
    return true;
}

static int put_moves(struct desk *d, struct buf *b, struct str variables)
{
    const struct option_list *list = &d->options->move;
    const char *to;
    char *from;

    json_put_name(b, STR("moveInstructions"));
    buf_byte(b, '[');
    for (int i = 0; i < list->count; i++) {
        if (!pair_read(d, "move", list->items[i], &from, &to))
            return CLI_USAGE;
        json_comma(b);
        buf_text(b, "{\"sourceElementInstruction\":{\"sourceType\":\"byId\"");
        put_text(b, "sourceElementId", from);
        buf_text(b,
                 "},\"ancestorScopeInstruction\":{\"ancestorScopeType\":\"inferred\"}");
        put_text(b, "targetElementId", to);
        if (variables.len > 2)
            buf_print(b, ",\"variableInstructions\":[{\"variables\":%.*s}]",
                      ARG(variables));
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
    return CLI_GOOD;
}

static void modify_tell(const struct options *o)
{
    for (int i = 0; i < o->activate.count; i++)
        printf("would begin: %s\n", o->activate.items[i]);
    for (int i = 0; i < o->terminate.count; i++)
        printf("would end: %s\n", o->terminate.items[i]);
    for (int i = 0; i < o->move.count; i++)
        printf("would move: %s\n", o->move.items[i]);
}

static int modify_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    struct str variables, answer;
    int code = act_open(&r, d, 1,
                        "fermata modify KEY --move FROM:TO | --activate "
                        "ELEMENT | --terminate ELEMENT");

    if (code || (code = variables_read(d, &variables)))
        return code;
    if (o->activate.count + o->terminate.count + o->move.count == 0) {
        fprintf(stderr, "fermata: say what is to change: --activate, --terminate or "
                        "--move\n");
        return CLI_USAGE;
    }
    struct buf b = body_open(&r);
    put_activates(d, &b, variables);
    put_terminates(d, &b);
    if ((code = put_moves(d, &b, variables)))
        return code;
    const char *path =
        remote_path(&r, "/v2/process-instances/", o->words[0], "/modification");
    if (!path)
        return CLI_USAGE;
    if (o->dry_run) {
        modify_tell(o);
        return CLI_GOOD;
    }
    code = remote_call(&r, "POST", path, body_end(&b), &answer);
    if (!code)
        fprintf(stderr, "modified %s\n", o->words[0]);
    return code;
}

int modify_main(const struct options *o)
{
    return desk_run(o, modify_run);
}

/* ---- migrate --------------------------------------------------------------------- */

/* The key of PROCESS, PROCESS:VERSION or a key. */
static int definition_find(struct remote *r, const char *word, struct str *key)
{
    const char *colon = strrchr(word, ':');
    int len = colon ? (int)(colon - word) : (int)strlen(word);
    struct finding_list list;
    i64 version = 0;

    if (is_key(word)) {
        *key = str_of(word);
        return CLI_GOOD;
    }
    if (colon && !str_to_i64(str_of(colon + 1), &version)) {
        fprintf(stderr, "fermata: '%s': behind the colon stands a version, a number\n",
                word);
        return CLI_USAGE;
    }
    struct buf b = body_open(r);
    put_text(&b, "processDefinitionId", arena_print(r->arena, "%.*s", len, word).data);
    if (version)
        put_number(&b, "version", version);
    int code =
        remote_search(r, "/v2/process-definitions/search", body_end(&b),
                      STR("[{\"field\":\"version\",\"order\":\"DESC\"}]"), 1, &list);
    if (code)
        return code;
    if (list.count == 0) {
        fprintf(stderr,
                "fermata: no process '%s' is deployed\nfermata get pd lists those that "
                "are.\n",
                word);
        return CLI_NOT_FOUND;
    }
    *key = field(r, list.items[0], "processDefinitionKey");
    return CLI_GOOD;
}

static bool is_mapped(struct desk *d, struct str id)
{
    const struct option_list *list = &d->options->map;

    for (int i = 0; i < list->count; i++)
        if (strncmp(list->items[i], id.data, id.len) == 0 &&
            list->items[i][id.len] == ':')
            return true;
    return false;
}

static bool is_among(const struct str *known, size_t count, struct str id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(known[i], id))
            return true;
    return false;
}

static void put_mapping(struct buf *b, struct str from, const char *to)
{
    json_comma(b);
    buf_text(b, "{\"sourceElementId\":");
    json_put_string(b, from);
    buf_text(b, ",\"targetElementId\":");
    json_put_string(b, str_of(to));
    buf_byte(b, '}');
}

/* Those that are named, and each active element to one of the same id. */
static int put_mappings(struct remote *r, struct buf *b, const char *instance)
{
    struct desk *d = r->desk;
    struct finding_list list;
    const char *to;
    char *from;
    int code = remote_search(
        r, "/v2/element-instances/search",
        arena_print(r->arena, "{\"processInstanceKey\":\"%s\",\"state\":\"ACTIVE\"}",
                    instance),
        NOTHING, 10000, &list);

    if (code)
        return code;
    json_put_name(b, STR("mappingInstructions"));
    buf_byte(b, '[');
    for (int i = 0; i < d->options->map.count; i++) {
        if (!pair_read(d, "map", d->options->map.items[i], &from, &to))
            return CLI_USAGE;
        put_mapping(b, str_of(from), to);
    }
    struct str *known = NEW_ARRAY(r->arena, struct str, list.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        struct str id = field(r, list.items[i], "elementId");
        if (str_is(field(r, list.items[i], "type"), "PROCESS") || is_mapped(d, id) ||
            is_among(known, count, id))
            continue;
        known[count++] = id;
        put_mapping(b, id, arena_print(r->arena, "%.*s", ARG(id)).data);
    }
    buf_byte(b, ']');
    return CLI_GOOD;
}

static int migrate_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    struct str target, answer;
    int code =
        act_open(&r, d, 2, "fermata migrate KEY PROCESS[:VERSION] [--map OLD:NEW]...");
    const char *path =
        code ? NULL
             : remote_path(&r, "/v2/process-instances/", o->words[0], "/migration");

    if (code || (code = path ? definition_find(&r, o->words[1], &target) : CLI_USAGE))
        return code;
    struct buf b = body_open(&r);
    put_text(&b, "targetProcessDefinitionKey",
             arena_print(r.arena, "%.*s", ARG(target)).data);
    if ((code = put_mappings(&r, &b, o->words[0])))
        return code;
    struct str body = body_end(&b);
    if (o->dry_run) {
        printf("%.*s\n", ARG(body));
        return CLI_GOOD;
    }
    code = remote_call(&r, "POST", path, body, &answer);
    if (!code)
        fprintf(stderr, "migrated %s to %s\n", o->words[0], o->words[1]);
    return code;
}

int migrate_main(const struct options *o)
{
    return desk_run(o, migrate_run);
}

/* ---- jobs and user tasks --------------------------------------------------------- */

/* A job, or if there is none of that key a user task. */
static int complete_run(struct desk *d)
{
    struct remote r;
    struct str answer;
    int code = act_open(&r, d, 1, "fermata complete KEY [-v NAME=VALUE]...");

    if (code)
        return code;
    struct buf b = body_open(&r);
    const char *key = d->options->words[0],
               *path = remote_path(&r, "/v2/jobs/", key, "/completion");
    if (!path || put_variables(d, &b))
        return CLI_USAGE;
    struct str body = body_end(&b);
    r.is_quiet = true;
    code = remote_call(&r, "POST", path, body, &answer);
    r.is_quiet = false;
    if (code == CLI_NOT_FOUND)
        code = remote_call(&r, "POST",
                           remote_path(&r, "/v2/user-tasks/", key, "/completion"), body,
                           &answer);
    else if (code) /* say it aloud */
        code = remote_call(&r, "POST", path, body, &answer);
    if (code == CLI_NOT_FOUND)
        fprintf(stderr, "No job has that key either; fermata get job lists them.\n");
    if (!code)
        fprintf(stderr, "completed %s\n", key);
    return code;
}

int complete_main(const struct options *o)
{
    return desk_run(o, complete_run);
}

/* One less than it has now. */
static int retries_left(struct remote *r, const char *key, i64 *out)
{
    struct finding_list list;
    int code = remote_search(r, "/v2/jobs/search",
                             arena_print(r->arena, "{\"jobKey\":\"%s\"}", key), NOTHING,
                             1, &list);

    if (code)
        return code;
    if (list.count == 0) {
        fprintf(stderr, "fermata: there is no job %s\nfermata get job lists them.\n",
                key);
        return CLI_NOT_FOUND;
    }
    *out = field_number(r, list.items[0], "retries") - 1;
    *out = *out < 0 ? 0 : *out;
    return CLI_GOOD;
}

static int fail_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    struct str answer;
    i64 retries = o->retries, backoff;
    int code = act_open(&r, d, 1, "fermata fail KEY [--message TEXT] [--retries N]");
    const char *path =
        code ? NULL : remote_path(&r, "/v2/jobs/", o->words[0], "/failure");

    if (!path)
        return code ? code : CLI_USAGE;
    if ((code = span_read("--backoff", o->backoff, &backoff)) ||
        (retries < 0 && (code = retries_left(&r, o->words[0], &retries))))
        return code;
    struct buf b = body_open(&r);
    put_number(&b, "retries", retries);
    put_number(&b, "retryBackOff", backoff);
    put_text(&b, "errorMessage", o->message);
    if ((code = put_variables(d, &b)))
        return code;
    code = remote_call(&r, "POST", path, body_end(&b), &answer);
    if (!code)
        fprintf(stderr, "failed %s, retries left: %lld\n", o->words[0],
                (long long)retries);
    return code;
}

int fail_main(const struct options *o)
{
    return desk_run(o, fail_run);
}

static int throw_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    struct str answer;
    int code = act_open(&r, d, 1, "fermata throw KEY --code CODE");
    const char *path =
        code ? NULL : remote_path(&r, "/v2/jobs/", o->words[0], "/error");

    if (!path)
        return code ? code : CLI_USAGE;
    if (!o->code[0]) {
        fprintf(stderr, "fermata: which error? --code CODE is needed\n");
        return CLI_USAGE;
    }
    struct buf b = body_open(&r);
    put_text(&b, "errorCode", o->code);
    put_text(&b, "errorMessage", o->message);
    if ((code = put_variables(d, &b)))
        return code;
    code = remote_call(&r, "POST", path, body_end(&b), &answer);
    if (!code)
        fprintf(stderr, "thrown %s at %s\n", o->code, o->words[0]);
    return code;
}

int throw_main(const struct options *o)
{
    return desk_run(o, throw_run);
}

/* ---- messages and signals -------------------------------------------------------- */

static int publish_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    struct str answer;
    i64 ttl;
    int code =
        act_open(&r, d, 1, "fermata publish NAME [--key KEY] [-v NAME=VALUE]...");

    if (code || (code = span_read("--ttl", o->ttl, &ttl)))
        return code;
    struct buf b = body_open(&r);
    put_text(&b, "name", o->words[0]);
    json_put_name(&b, STR("correlationKey"));
    json_put_string(&b, str_of(o->key));
    if ((code = put_variables(d, &b)))
        return code;
    if (!o->correlate) {
        put_number(&b, "timeToLive", ttl);
        put_text(&b, "messageId", o->id);
    }
    code = remote_call(&r, "POST",
                       o->correlate ? "/v2/messages/correlation"
                                    : "/v2/messages/publication",
                       body_end(&b), &answer);
    if (code)
        return code;
    printf("%.*s\n", ARG(field(&r, answer, "messageKey")));
    if (o->correlate)
        fprintf(stderr, "taken by %.*s\n",
                ARG(field(&r, answer, "processInstanceKey")));
    return CLI_GOOD;
}

int publish_main(const struct options *o)
{
    return desk_run(o, publish_run);
}

static int signal_run(struct desk *d)
{
    struct remote r;
    struct str answer;
    int code = act_open(&r, d, 1, "fermata signal NAME [-v NAME=VALUE]...");

    if (code)
        return code;
    struct buf b = body_open(&r);
    put_text(&b, "signalName", d->options->words[0]);
    if ((code = put_variables(d, &b)) ||
        (code =
             remote_call(&r, "POST", "/v2/signals/broadcast", body_end(&b), &answer)))
        return code;
    printf("%.*s\n", ARG(field(&r, answer, "signalKey")));
    return CLI_GOOD;
}

int signal_main(const struct options *o)
{
    return desk_run(o, signal_run);
}

/* ---- variables ------------------------------------------------------------------- */

static int set_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    struct str answer, variables;
    struct buf words;
    int code;

    if (o->word_count < 1 ||
        (o->word_count == 1 && !o->variable.count && strcmp(o->variables, "{}") == 0)) {
        fprintf(stderr, "fermata: usage: fermata set KEY NAME=VALUE...\n");
        return CLI_USAGE;
    }
    if ((code = remote_open(&r, d)) || (code = variables_read(d, &variables)))
        return code;
    words = body_open(&r);
    for (int i = 1; i < o->word_count && !code; i++)
        code = variable_add(d, &words, o->words[i]);
    const char *path =
        code ? NULL
             : remote_path(&r, "/v2/element-instances/", o->words[0], "/variables");
    if (!path)
        return code ? code : CLI_USAGE;
    struct buf b = body_open(&r);
    put_json(&b, "variables", json_merge(variables, body_end(&words), r.arena));
    put_json(&b, "local", o->local ? STR("true") : STR("false"));
    code = remote_call(&r, "PUT", path, body_end(&b), &answer);
    if (!code)
        fprintf(stderr, "set at %s\n", o->words[0]);
    return code;
}

int set_main(const struct options *o)
{
    return desk_run(o, set_run);
}
