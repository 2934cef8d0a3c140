#include "cli/remote.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/files.h"

#define STANDARD_URL  "http://127.0.0.1:8080"
#define STANDARD_PORT "8080"
#define PAGE_MAX      1000
#define ANSWER_S      60

/* ---- which server ---------------------------------------------------------------- */

/* `http://HOST:PORT/`, `HOST:PORT` or `HOST`. */
static int url_read(struct remote *r, const char *text)
{
    const char *host = text, *colon, *end;
    char address[128];

    if (strncmp(text, "https://", 8) == 0) {
        fprintf(
            stderr,
            "fermata: %s %s: this program speaks http:// only\n"
            "Let a proxy beside it speak TLS, or name the server's http:// address.\n",
            r->from, text);
        return CLI_USAGE;
    }
    if (strncmp(text, "http://", 7) == 0)
        host = text + 7;
    end = host + strcspn(host, "/");
    colon = memchr(host, ':', (size_t)(end - host));
    int len = snprintf(address, sizeof(address), "%.*s%s", (int)(end - host), host,
                       colon ? "" : ":" STANDARD_PORT);
    size_t host_len = colon ? (size_t)(colon - host) : (size_t)(end - host);
    if (host_len == 0 || host_len >= sizeof(r->http.host) || len >= 100 ||
        strlen(strrchr(address, ':')) > sizeof(r->http.port) ||
        (end[0] == '/' && end[1])) {
        fprintf(stderr, "fermata: %s: '%s' is no address; http://HOST:PORT is meant\n",
                r->from, text);
        return CLI_USAGE;
    }
    http_init(&r->http, address);
    r->http.timeout_s = ANSWER_S;
    snprintf(r->url, sizeof(r->url), "http://%s", address);
    return CLI_GOOD;
}

/* The host of a gRPC address, with the port that REST has by itself. */
static int grpc_read(struct remote *r, const char *text)
{
    const char *scheme = strstr(text, "://"), *host = scheme ? scheme + 3 : text;
    char address[128];

    snprintf(address, sizeof(address), "%.*s:" STANDARD_PORT, (int)strcspn(host, ":/"),
             host);
    return url_read(r, address);
}

static bool from_environment(struct remote *r, const char *name, const char **value)
{
    *value = getenv(name);
    if (!*value || !**value)
        return false;
    r->from = name;
    return true;
}

static bool is_url(const char *text)
{
    return strchr(text, ':') || strchr(text, '.') || strcmp(text, "localhost") == 0;
}

static int server_named(struct remote *r, const char *text)
{
    struct str url;

    r->from = "--server";
    if (is_url(text))
        return url_read(r, text);
    if (context_named(r->desk, text, &url))
        return url_read(r, url.data);
    fprintf(stderr,
            "fermata: --server %s: there is no context of that name\n"
            "fermata context lists them; a server is also http://HOST:PORT.\n",
            text);
    return CLI_USAGE;
}

int remote_open(struct remote *r, struct desk *d)
{
    const char *text;
    struct str url;

    *r = (struct remote){.desk = d, .arena = &d->keep};
    if (d->options->server[0])
        return server_named(r, d->options->server);
    if (from_environment(r, "FERMATA_URL", &text))
        return url_read(r, text);
    if (context_named(d, NULL, &url)) {
        r->from = "the context in use";
        return url_read(r, url.data);
    }
    if (from_environment(r, "ZEEBE_REST_ADDRESS", &text) ||
        from_environment(r, "CAMUNDA_REST_ADDRESS", &text))
        return url_read(r, text);
    if (from_environment(r, "ZEEBE_ADDRESS", &text))
        return grpc_read(r, text);
    r->from = "the default";
    return url_read(r, STANDARD_URL);
}

/* ---- calls ----------------------------------------------------------------------- */

static int unreachable(struct remote *r, const struct err *err)
{
    if (!r->is_quiet)
        fprintf(stderr,
                "fermata: no answer from the server at %s (from %s)\n"
                "%s\n"
                "Start one with `fermata dev` or `fermata serve`, or name another with "
                "--server URL.\n",
                r->url, r->from, err->text);
    return CLI_UNREACHABLE;
}

static int code_of(int status)
{
    switch (status) {
    case 401:
    case 403:
        return CLI_FORBIDDEN;
    case 404:
        return CLI_NOT_FOUND;
    case 400:
    case 409:
        return CLI_REJECTED;
    case 429:
    case 503:
    case 504:
        return CLI_UNREACHABLE;
    default:
        return CLI_FAILED;
    }
}

static const char *advice(int status)
{
    switch (status) {
    case 401:
    case 403:
        return "Ask somebody who may do it, or log in as another user.\n";
    case 429:
    case 503:
        return "The server has too much to do or is not ready: try again a little "
               "later.\n";
    case 504:
        return "It may still be done: look before you do it again.\n";
    default:
        return "";
    }
}

/* The path is not one of this server's at all: it is not ours, or an older one. */
static bool is_other_version(struct remote *r, struct str answer)
{
    return r->status == 405 || r->status == 501 ||
           (r->status == 404 && (answer.len == 0 || answer.data[0] != '{' ||
                                 memmem(r->detail.data ? r->detail.data : "",
                                        r->detail.len, "There is no ", 12)));
}

static int refused(struct remote *r, const char *method, const char *path,
                   struct str answer)
{
    int code = code_of(r->status);

    if (r->is_quiet)
        return code;
    if (is_other_version(r, answer)) {
        fprintf(
            stderr,
            "fermata: the server at %s does not know %s %s\n%s%.*s%s"
            "It is another program or another version than this one (fermata " VERSION
            ").\n",
            r->url, method, path, r->detail.len ? "It says: " : "", ARG(r->detail),
            r->detail.len ? "\n" : "");
        return CLI_FAILED;
    }
    if (r->detail.len)
        fprintf(stderr, "fermata: %.*s\n%s", ARG(r->detail), advice(r->status));
    else
        fprintf(stderr, "fermata: the server at %s answers %d\n%s", r->url, r->status,
                advice(r->status));
    return code;
}

int remote_send(struct remote *r, const char *method, const char *path, struct str type,
                struct str body, struct str *answer)
{
    struct err err = {0};
    struct str json;

    r->status = 0;
    r->detail = NOTHING;
    bool is_good = http_call(&r->http, method, path, type, body, r->arena, &r->status,
                             answer, &err);
    http_close(&r->http);
    if (!is_good)
        return unreachable(r, &err);
    if (r->status >= 200 && r->status < 300)
        return CLI_GOOD;
    if (answer->len && json_canonical(*answer, JSON_OBJECT, &(struct json_limits){100},
                                      r->arena, &json, &err)) {
        r->detail = field(r, json, "detail");
        *answer = json;
    }
    return refused(r, method, path, *answer);
}

int remote_call(struct remote *r, const char *method, const char *path, struct str body,
                struct str *answer)
{
    struct str got;
    struct err err = {0};
    int code = remote_send(r, method, path, STR("application/json"), body, &got);

    if (code)
        return code;
    *answer = got;
    if (got.len == 0 || json_canonical(got, JSON_ANY, &(struct json_limits){500},
                                       r->arena, answer, &err))
        return CLI_GOOD;
    fprintf(stderr,
            "fermata: what the server at %s answers to %s %s is no JSON: %s\n"
            "Is it another program? --server URL names the right one.\n",
            r->url, method, path, err.text);
    return CLI_FAILED;
}

const char *remote_path(struct remote *r, const char *before, const char *key,
                        const char *after)
{
    if (*key && key[strspn(key, "0123456789")] == '\0')
        return arena_print(r->arena, "%s%s%s", before, key, after).data;
    fprintf(stderr,
            "fermata: '%s' is no key; keys are digits, as `fermata get` shows\n", key);
    return NULL;
}

/* ---- answers --------------------------------------------------------------------- */

struct str field(struct remote *r, struct str object, const char *name)
{
    struct str value;

    if (object.len == 0 || json_kind(object) != JSON_MAP ||
        !json_get(object, str_of(name), r->arena, &value) ||
        json_kind(value) == JSON_NULL)
        return NOTHING;
    return json_kind(value) == JSON_STRING ? json_text(value, r->arena) : value;
}

bool field_is_true(struct remote *r, struct str object, const char *name)
{
    return str_is(field(r, object, name), "true");
}

i64 field_number(struct remote *r, struct str object, const char *name)
{
    i64 number = 0;

    return str_to_i64(field(r, object, name), &number) ? number : 0;
}

static void page_add(struct remote *r, struct str answer, struct finding_list *out,
                     size_t room)
{
    struct str items = field(r, answer, "items");
    struct json_walk w;

    if (items.len == 0)
        return;
    w = json_walk(items);
    for (struct json_member m; out->count < room && json_next(&w, r->arena, &m);)
        out->items[out->count++] = m.value;
}

int remote_search(struct remote *r, const char *path, struct str filter,
                  struct str sort, i64 limit, struct finding_list *out)
{
    struct str answer, cursor = NOTHING;
    size_t before;
    int code;

    *out = (struct finding_list){NEW_ARRAY(r->arena, struct str, (size_t)limit), 0, 0};
    do {
        i64 want = limit - (i64)out->count;
        struct buf b;
        buf_init(&b, r->arena, 256);
        buf_print(&b, "{\"filter\":%.*s,\"sort\":%.*s,\"page\":{\"limit\":%lld",
                  ARG(filter.len ? filter : STR("{}")),
                  ARG(sort.len ? sort : STR("[]")),
                  (long long)(want < PAGE_MAX ? want : PAGE_MAX));
        if (cursor.len) {
            json_put_name(&b, STR("after"));
            json_put_string(&b, cursor);
        }
        buf_text(&b, "}}");
        code = remote_call(r, "POST", path, buf_str(&b), &answer);
        if (code)
            return code;
        before = out->count;
        page_add(r, answer, out, (size_t)limit);
        answer = field(r, answer, "page");
        cursor = field(r, answer, "endCursor");
        out->more = field_number(r, answer, "totalItems") - (i64)out->count;
    } while (out->count > before && out->more > 0 && (i64)out->count < limit &&
             cursor.len);
    return CLI_GOOD;
}

/* ---- what the words say ---------------------------------------------------------- */

static int value_read(struct desk *d, const char *whole, const char *value,
                      struct str *out)
{
    struct str text = str_of(value);
    struct err err = {0};

    if (value[0] == '@' && !desk_file(d, value + 1, &text))
        return CLI_FAILED;
    if (json_canonical(text, JSON_ANY, &(struct json_limits){500}, &d->keep, out,
                       &err)) {
        *out = arena_copy(&d->keep, *out);
        return CLI_GOOD;
    }
    if (value[0] == '@' || strchr("{[\"", value[0]) == NULL || !value[0]) {
        struct buf b;
        buf_init(&b, &d->keep, text.len + 8);
        json_put_string(&b, text);
        *out = buf_str(&b);
        return CLI_GOOD;
    }
    fprintf(stderr, "fermata: %s: %s\n", whole, err.text);
    return CLI_USAGE;
}

int variable_add(struct desk *d, struct buf *object, const char *text)
{
    const char *equals = strchr(text, '=');
    struct str value;
    int code;

    if (!equals || equals == text) {
        fprintf(stderr, "fermata: '%s' sets no variable; NAME=VALUE is meant\n", text);
        return CLI_USAGE;
    }
    struct str name = {text, (size_t)(equals - text)};
    code = value_read(d, text, equals + 1, &value);
    if (code)
        return code;
    json_put_name(object, name);
    buf_add(object, value);
    return CLI_GOOD;
}

int variables_read(struct desk *d, struct str *out)
{
    const struct option_list *list = &d->options->variable;
    struct buf b;

    if (!desk_json(d, "variables", d->options->variables, JSON_OBJECT, out))
        return CLI_USAGE;
    if (list->count == 0)
        return CLI_GOOD;
    buf_init(&b, &d->keep, 256);
    buf_byte(&b, '{');
    for (int i = 0; i < list->count; i++) {
        int code = variable_add(d, &b, list->items[i]);
        if (code)
            return code;
    }
    buf_byte(&b, '}');
    struct str both = buf_str(&b);
    struct err err;
    json_canonical(both, JSON_OBJECT, &(struct json_limits){500}, &d->keep, &both,
                   &err);
    *out = json_merge(*out, both, &d->keep);
    return CLI_GOOD;
}

static const struct {
    const char *unit;
    i64 ms;
} units[] = {{"ms", 1},      {"s", 1000},     {"m", 60000},    {"min", 60000},
             {"h", 3600000}, {"d", 86400000}, {"w", 604800000}};

/* ISO 8601 without years and months: PT5M, P1DT2H. */
static bool iso_read(const char *text, i64 *ms)
{
    bool is_time = false, has_any = false;

    for (text++; *text;) {
        char *end;
        if (*text == 'T' && !is_time) {
            is_time = true;
            text++;
            continue;
        }
        long long number = strtoll(text, &end, 10);
        i64 unit = is_time ? (*end == 'H'   ? 3600000
                              : *end == 'M' ? 60000
                              : *end == 'S' ? 1000
                                            : 0)
                           : (*end == 'D'   ? 86400000
                              : *end == 'W' ? 604800000
                                            : 0);
        if (end == text || number < 0 || number > 100000000 || unit == 0)
            return false;
        *ms += number * unit;
        has_any = true;
        text = end + 1;
    }
    return has_any;
}

static bool spans_read(const char *text, i64 *ms)
{
    bool has_any = false;

    while (*text) {
        char *end;
        long long number = strtoll(text, &end, 10);
        size_t len = strspn(end, "abcdefghijklmnopqrstuvwxyz"), i = 0;
        while (i < LEN(units) && !str_is((struct str){end, len}, units[i].unit))
            i++;
        if (end == text || number < 0 || number > 100000000 || i == LEN(units))
            return false;
        *ms += number * units[i].ms;
        has_any = true;
        text = end + len;
        text += strspn(text, " ");
    }
    return has_any;
}

int span_read(const char *option, const char *text, i64 *ms)
{
    *ms = 0;
    if (text[0] == 'P' ? iso_read(text, ms) : spans_read(text, ms))
        return CLI_GOOD;
    fprintf(
        stderr,
        "fermata: %s: '%s' is no span of time; 500ms, 30s, 5m, 2h, 7d or PT5M are\n",
        option, text);
    return CLI_USAGE;
}

/* ---- contexts -------------------------------------------------------------------- */

bool contexts_path(char *out, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

    if (config && *config)
        return snprintf(out, size, "%s/fermata/contexts", config) < (int)size;
    return home && *home &&
           snprintf(out, size, "%s/.config/fermata/contexts", home) < (int)size;
}

bool context_next(struct str text, size_t *at, struct context_line *out)
{
    char line[256];

    while (*at < text.len) {
        const char *from = text.data + *at;
        const char *end = memchr(from, '\n', text.len - *at);
        size_t len = end ? (size_t)(end - from) : text.len - *at;
        out->is_used = *from == '*';
        snprintf(line, sizeof(line), "%.*s", (int)len, from);
        *at += len + 1;
        if (sscanf(line + out->is_used, "%63s %127s", out->name, out->url) == 2)
            return true;
    }
    return false;
}

bool context_named(struct desk *d, const char *name, struct str *url)
{
    char path[512];
    struct context_line line;
    struct str text;
    struct err err;

    if (!contexts_path(path, sizeof(path)) || access(path, R_OK) != 0 ||
        !input_read(path, &d->keep, &text, &err))
        return false;
    for (size_t at = 0; context_next(text, &at, &line);)
        if (name ? strcmp(line.name, name) == 0 : line.is_used) {
            *url = arena_print(&d->keep, "%s", line.url);
            return true;
        }
    return false;
}

/* ---- questions ------------------------------------------------------------------- */

bool confirmed(struct desk *d, const char *fmt, ...)
{
    char answer[16];
    va_list args;

    if (d->options->yes)
        return true;
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    if (!isatty(STDIN_FILENO)) {
        fprintf(stderr, "\nfermata: nobody is there to ask; --yes does it unasked\n");
        return false;
    }
    fprintf(stderr, " Go on? [y/N] ");
    return fgets(answer, sizeof(answer), stdin) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}
