#include "api/private.h"

/* ---- replies --------------------------------------------------------------------- */

static void problem_write(struct buf *out, const struct served *s, u16 status,
                          const char *title, struct str detail)
{
    buf_text(out, "{\"type\":\"about:blank\",\"title\":");
    json_put_string(out, str_of(title));
    buf_text(out, ",\"status\":");
    json_put_i64(out, status);
    buf_text(out, ",\"detail\":");
    json_put_string(out, detail);
    buf_text(out, ",\"instance\":");
    json_put_string(out, s->path);
    buf_byte(out, '}');
}

/* With one more header, if its name is not NULL. */
void rest_problem_with(struct api *a, struct served *s, u16 status, const char *title,
                       struct str detail, const struct api_header *header)
{
    struct reply_block *b = reply_open(a, s);
    struct buf out;

    b->reply.is_last = true;
    b->reply.status = status;
    b->reply.content_type = STR("application/problem+json");
    if (setjmp(b->full.jump) == 0) {
        buf_init(&out, &b->arena, 256);
        problem_write(&out, s, status, title, detail);
        b->reply.body = buf_str(&out);
        if (header) {
            struct api_header *copy = NEW(&b->arena, struct api_header);
            copy->name = arena_copy(&b->arena, header->name);
            copy->value = arena_copy(&b->arena, header->value);
            b->reply.headers = copy;
            b->reply.header_count = 1;
        }
    } else {
        b->reply.body = STR("{\"type\":\"about:blank\",\"title\":\"INTERNAL\","
                            "\"status\":500,\"detail\":\"The answer is larger than one "
                            "reply may be\",\"instance\":\"\"}");
        b->reply.status = 500;
    }
    api_forget(a, s);
    reply_put(a, b);
}

void rest_problem(struct api *a, struct served *s, u16 status, const char *title,
                  struct str detail)
{
    rest_problem_with(a, s, status, title, detail, NULL);
}

void rest_text(struct api *a, struct served *s, struct str json)
{
    struct reply_block *b = reply_open(a, s);

    b->reply.is_last = true;
    b->reply.status = s->route->status;
    b->reply.content_type = STR("application/json");
    b->reply.body = json;
    api_forget(a, s);
    reply_put(a, b);
}

void rest_put(struct api *a, struct served *s, const void *record)
{
    struct reply_block *b = reply_open(a, s);
    struct buf out;

    b->reply.is_last = true;
    b->reply.status = s->route->status;
    if (setjmp(b->full.jump) == 0) {
        if (s->route->answer) {
            buf_init(&out, &b->arena, 256);
            body_write(&out, s->route->answer, record);
            b->reply.content_type = STR("application/json");
            b->reply.body = buf_str(&out);
        }
        api_forget(a, s);
        reply_put(a, b);
    } else {
        reply_drop(a, b);
        rest_problem(a, s, 500, "INTERNAL",
                     STR("The answer is larger than one reply may be"));
    }
}

static const struct api_header *headers_copy(struct arena *arena,
                                             const struct rest_body *body)
{
    struct api_header *copy = NEW_ARRAY(arena, struct api_header, body->header_count);

    for (u32 i = 0; i < body->header_count; i++)
        copy[i] = (struct api_header){arena_copy(arena, body->headers[i].name),
                                      arena_copy(arena, body->headers[i].value)};
    return copy;
}

void rest_put_body(struct api *a, struct served *s, const struct rest_body *body)
{
    struct reply_block *b = reply_open(a, s);

    if (setjmp(b->full.jump)) {
        reply_drop(a, b);
        rest_problem(a, s, 500, "INTERNAL",
                     STR("The answer is larger than one reply may be"));
        return;
    }
    b->reply.is_last = true;
    b->reply.status = body->status;
    b->reply.content_type = arena_copy(&b->arena, body->type);
    b->reply.body = arena_copy(&b->arena, body->body);
    b->reply.headers = headers_copy(&b->arena, body);
    b->reply.header_count = body->header_count;
    api_forget(a, s);
    reply_put(a, b);
}

static struct str found_type(const struct served *s)
{
    switch (s->route->form) {
    case FORM_XML:
        return STR("text/xml;charset=utf-8");
    case FORM_BYTES:
        return STR("application/octet-stream");
    case FORM_NONE:
    case FORM_PAGE:
    case FORM_ONE:
    case FORM_JSON:
    case FORM_SHOWN:
    case FORM_IN_INSTANCE:
    case FORM_IN_ELEMENT:
    case FORM_IN_TASK:
    case FORM_EFFECTIVE:
    case FORM_TASK_LOGS:
    case FORM_FLOWS:
    case FORM_CALLERS:
    case FORM_HISTORY:
    case FORM_WAITS:
    case FORM_TOTALS:
    case FORM_ELEMENTS:
    case FORM_OF_ELEMENTS:
        break;
    }
    return STR("application/json");
}

/* The view could not take in time what was durable when it was asked. */
static const struct api_header stale = {{"x-fermata-stale", 15}, {"true", 4}};

/* What a search has found is the body already. */
static void rest_put_found(struct api *a, struct served *s,
                           const struct search_found *found)
{
    struct reply_block *b = reply_open(a, s);

    b->reply.is_last = true;
    b->reply.status = s->route->status;
    if (found->is_stale) {
        b->reply.headers = &stale;
        b->reply.header_count = 1;
    }
    if (s->route->form == FORM_SHOWN && found->text.len == 0)
        b->reply.status = 204;
    else
        b->reply.content_type = found_type(s);
    if (setjmp(b->full.jump) == 0) {
        b->reply.body = arena_copy(&b->arena, found->text);
        api_forget(a, s);
        reply_put(a, b);
    } else {
        reply_drop(a, b);
        rest_problem(a, s, 500, "INTERNAL",
                     STR("The answer is larger than one reply may be"));
    }
}

static bool is_json(const struct api *a, struct str text)
{
    struct json_limits limits = {.depth = a->options.json_depth};
    struct trap full = {0};
    struct arena arena;
    struct str out;
    struct err err;

    arena_init(&arena, 4096, a->options.reply_max, &full);
    if (setjmp(full.jump)) {
        arena_free(&arena);
        return false;
    }
    bool is_good = json_canonical(text, JSON_ANY, &limits, &arena, &out, &err);
    arena_free(&arena);
    return is_good;
}

static void rest_found(struct api *a, struct served *s,
                       const struct search_found *found)
{
    if (s->route->form == FORM_JSON && !is_json(a, found->text))
        rest_problem(a, s, 406, "Not Acceptable",
                     STR("The resource is not JSON; it can be had as it is at "
                         "/v2/resources/{resourceKey}/content/binary"));
    else
        rest_put_found(a, s, found);
}

void rest_answer(struct api *a, struct served *s, const struct gate_answer *answer)
{
    const struct rejection_info *r = &rejections[answer->rejection];

    if (answer->rejection != REJECT_NONE)
        rest_problem(a, s, r->http, r->name, answer->text);
    else if (s->route->form != FORM_NONE)
        rest_found(a, s, answer->record);
    else
        rest_put(a, s, answer->record);
}

/* ---- requests -------------------------------------------------------------------- */

static void refuse_path(struct api *a, struct served *s, const struct api_request *r)
{
    rest_problem(
        a, s, 404, "NOT_FOUND",
        arena_print(r->arena, "There is no %.*s %.*s", ARG(r->method), ARG(r->path)));
}

/* Those of the table; or also what follows from them. */
static struct str methods_of(const struct route *first, bool is_all,
                             struct arena *arena)
{
    struct buf methods;

    buf_init(&methods, arena, 32);
    for (const struct route *next = first; next; next = route_next(next)) {
        buf_text(&methods, methods.len ? ", " : "");
        buf_text(&methods, next->method);
        if (is_all && strcmp(next->method, "GET") == 0)
            buf_text(&methods, ", HEAD");
    }
    if (is_all)
        buf_text(&methods, ", OPTIONS");
    return buf_str(&methods);
}

/* What may be asked of this path; and a browser asks so before a page of elsewhere may
 * ask (Fetch, 3.2.2). */
static void rest_options(struct api *a, struct served *s, const struct api_request *r,
                         const struct route *first)
{
    struct str wanted = header_find(r, "access-control-request-headers");
    struct str methods = methods_of(first, true, r->arena);
    struct api_header headers[] = {
        {STR("Allow"), methods},
        {STR("Access-Control-Allow-Methods"), methods},
        {STR("Access-Control-Allow-Headers"),
         wanted.len ? wanted : STR("content-type")},
        {STR("Access-Control-Max-Age"), STR("600")},
    };

    rest_put_body(
        a, s,
        &(struct rest_body){.status = 204,
                            .headers = headers,
                            .header_count = s->allowed_origin.len ? LEN(headers) : 1});
}

/* A page of elsewhere must not do anything here in the name of whoever looks at it. */
static bool origin_check(struct api *a, struct served *s, const struct api_request *r)
{
    struct str origin = foreign_origin(r);

    s->allowed_origin = origin_allowed(a->options.cors_origins, origin);
    if (origin.len == 0 || s->allowed_origin.len || str_is(r->method, "GET") ||
        str_is(r->method, "HEAD") || str_is(r->method, "OPTIONS"))
        return true;
    rest_problem(
        a, s, 403, "FORBIDDEN",
        arena_print(r->arena,
                    "Pages from %.*s may not use this server: serve allows that "
                    "with --cors-origin",
                    ARG(origin)));
    return false;
}

static void refuse_method(struct api *a, struct served *s, const struct api_request *r,
                          const struct route *first)
{
    struct api_header allow = {.name = STR("allow"),
                               .value = methods_of(first, false, r->arena)};

    rest_problem_with(a, s, 405, "Method Not Allowed",
                      arena_print(r->arena, "%s knows %.*s, but not %.*s", first->path,
                                  ARG(allow.value), ARG(r->method)),
                      &allow);
}

static void refuse_later(struct api *a, struct served *s)
{
    rest_problem(a, s, 501, "NOT_IMPLEMENTED",
                 arena_print(s->arena, "%s (%s %s) is not implemented yet",
                             s->route->operation, s->route->method, s->route->path));
}

static void refuse_type(struct api *a, struct served *s, struct str type,
                        const char *wanted)
{
    rest_problem(a, s, 415, "Unsupported Media Type",
                 arena_print(s->arena, "The content type is '%.*s' but must be '%s'",
                             ARG(type), wanted));
}

static const struct route *method_find(const struct route *first, struct str method)
{
    if (str_is(method, "HEAD"))
        method = STR("GET"); /* without its body: whoever sends the answer sees to it */
    for (const struct route *r = first; r; r = route_next(r))
        if (str_is(method, r->method))
            return r;
    return NULL;
}

/* An empty body stands for an empty object, whatever its type is said to be. */
bool rest_object(struct api *a, struct served *s, const struct api_request *r,
                 struct str *json)
{
    struct str type = header_find(r, "content-type"), media = header_media(type);
    struct json_limits limits = {.depth = a->options.json_depth};
    struct err err;

    if (r->body.len > 0 && !header_is(media, "application/json") &&
        !header_is(media, "application/vnd.camunda.api.keys.string+json")) {
        refuse_type(a, s, type, "application/json");
        return false;
    }
    if (!json_canonical(r->body, JSON_OBJECT, &limits, r->arena, json, &err)) {
        rest_problem(a, s, 400, "Bad Request",
                     arena_print(r->arena, "The request cannot be read: %s", err.text));
        return false;
    }
    return true;
}

static bool json_read(struct api *a, struct served *s, const struct api_request *r,
                      struct body *b, void *record)
{
    struct str json;

    if (!rest_object(a, s, r, &json))
        return false;
    body_read(b, s->route->request, json, record);
    return true;
}

bool rest_form(struct api *a, struct served *s, const struct api_request *r,
               struct form_part_list *form)
{
    struct str type = header_find(r, "content-type");
    struct err err;

    if (!header_is(header_media(type), "multipart/form-data")) {
        refuse_type(a, s, type, "multipart/form-data");
        return false;
    }
    if (!multipart_read(type, r->body, r->arena, form, &err)) {
        rest_problem(a, s, 400, "Bad Request",
                     arena_print(r->arena, "The request cannot be read: %s", err.text));
        return false;
    }
    return true;
}

static bool form_read(struct api *a, struct served *s, const struct api_request *r,
                      struct body *b, void *record)
{
    struct form_part_list form;

    if (!rest_form(a, s, r, &form))
        return false;
    body_read_form(b, s->route->request, &form, record);
    return true;
}

/* Whoever turns the clock may let all timers be due: only where that is wanted. */
static void rest_clock(struct api *a, struct served *s, struct clock_set *c,
                       struct ask *ask, i64 now)
{
    c->now = now;
    if (a->options.has_clock_control)
        api_ask(a, s, CMD_CLOCK_SET, c, ask, now);
    else
        rest_problem(a, s, 403, "FORBIDDEN",
                     STR("The clock is not to be set here: serve does so with "
                         "--clock-control alone"));
}

static void rest_command(struct api *a, struct served *s, const struct api_request *r,
                         i64 now)
{
    struct ask ask = api_ask_open(r);
    struct body b = {.call = s->route->operation,
                     .arena = r->arena,
                     .ask = &ask,
                     .route = s->route,
                     .path = r->path,
                     .query = r->query};
    void *record = arena_alloc(r->arena, s->route->request->size);

    buf_init(&b.faults, r->arena, 0);
    if (s->route->is_multipart ? !form_read(a, s, r, &b, record)
                               : !json_read(a, s, r, &b, record))
        return;
    if (b.faults.len > 0)
        rest_problem(a, s, 400, "INVALID_ARGUMENT", buf_str(&b.faults));
    else if (s->route->command == CMD_CLOCK_SET)
        rest_clock(a, s, record, &ask, now);
    else
        api_ask(a, s, s->route->command, record, &ask, now);
}

/* `name=value` among the parameters behind the path. */
static bool query_has(struct str query, const char *wanted)
{
    size_t at = 0;

    while (at < query.len) {
        const char *end = memchr(query.data + at, '&', query.len - at);
        size_t len = end ? (size_t)(end - query.data) - at : query.len - at;
        if (str_is((struct str){query.data + at, len}, wanted))
            return true;
        at += len + 1;
    }
    return false;
}

/* `123-4`: a key, and which of those that share it. */
static bool index_cut(struct str *segment, u32 *index)
{
    const char *dash = segment->len ? memchr(segment->data, '-', segment->len) : NULL;
    size_t len = dash ? (size_t)(dash - segment->data) : 0;
    u64 number;

    if (!len || !str_to_u64((struct str){dash + 1, segment->len - len - 1}, &number) ||
        number == 0 || number > UINT32_MAX)
        return false;
    *index = (u32)number;
    segment->len = len;
    return true;
}

/* The key that stands in the path; the name there is whatever the route calls it. */
static bool path_key(const struct served *s, struct str path, u64 *out, u32 *index)
{
    const char *name = strchr(s->route->path, '{') + 1;
    char text[64];
    size_t len = strcspn(name, "}");
    i64 number;

    must(len < sizeof(text));
    memcpy(text, name, len);
    text[len] = '\0';
    struct str segment = route_segment(s->route, path, text);
    if (s->route->search == SEARCH_DECISION_INSTANCES && !index_cut(&segment, index))
        return false;
    if (!str_to_i64(segment, &number))
        return false;
    *out = (u64)number;
    return true;
}

static bool form_is_file(enum search_form form)
{
    return form == FORM_XML || form == FORM_JSON || form == FORM_BYTES;
}

/* Of which kind the thing is in which a page is looked for; NONE: it is for all. */
static enum search_kind form_within(enum search_form form)
{
    if (form == FORM_IN_INSTANCE)
        return SEARCH_PROCESS_INSTANCES;
    if (form == FORM_IN_ELEMENT)
        return SEARCH_ELEMENT_INSTANCES;
    return form == FORM_IN_TASK || form == FORM_EFFECTIVE ? SEARCH_USER_TASKS
                                                          : SEARCH_NONE;
}

static enum view_aspect form_aspect(enum search_form form)
{
    switch (form) {
    case FORM_TASK_LOGS:
        return ASPECT_TASK_LOGS;
    case FORM_FLOWS:
        return ASPECT_FLOWS;
    case FORM_CALLERS:
        return ASPECT_CALLERS;
    case FORM_HISTORY:
        return ASPECT_HISTORY;
    case FORM_WAITS:
        return ASPECT_WAITS;
    case FORM_TOTALS:
        return ASPECT_TOTALS;
    case FORM_ELEMENTS:
    case FORM_OF_ELEMENTS:
        return ASPECT_ELEMENTS;
    case FORM_NONE:
    case FORM_PAGE:
    case FORM_ONE:
    case FORM_XML:
    case FORM_JSON:
    case FORM_BYTES:
    case FORM_SHOWN:
    case FORM_IN_INSTANCE:
    case FORM_IN_ELEMENT:
    case FORM_IN_TASK:
    case FORM_EFFECTIVE:
        break;
    }
    return ASPECT_ROWS;
}

static bool form_has_body(enum search_form form)
{
    return form == FORM_PAGE || form == FORM_TASK_LOGS || form == FORM_OF_ELEMENTS ||
           form_within(form);
}

/* Parameters as a filter. */
static struct str filter_of(struct str query, struct arena *arena)
{
    /* The table of what is asked for knows which of them it wants. */
    static const char *const names[] = {
        "from", "to", "jobType", "startTime", "endTime", "tenantId", "withTenants"};
    struct buf b;
    struct str value;

    buf_init(&b, arena, 256);
    buf_text(&b, "{\"filter\":{");
    for (size_t i = 0; i < LEN(names); i++)
        if (query_get(query, names[i], arena, &value)) {
            json_put_name(&b, str_of(names[i]));
            json_put_string(&b, value);
        }
    buf_text(&b, "}}");
    return buf_str(&b);
}

static void rest_search(struct api *a, struct served *s, const struct api_request *r,
                        i64 now)
{
    struct ask ask = api_ask_open(r);
    struct search_ask *record = NEW(r->arena, struct search_ask);

    record->what = s->route->search;
    record->is_file = form_is_file(s->route->form);
    record->is_form = s->route->form == FORM_SHOWN;
    record->is_whole = query_has(r->query, "truncateValues=false");
    record->within = form_within(s->route->form);
    record->is_effective = s->route->form == FORM_EFFECTIVE;
    record->aspect = form_aspect(s->route->form);
    if (form_has_body(s->route->form) && !rest_object(a, s, r, &record->query))
        return;
    if (s->route->form == FORM_TOTALS)
        record->query = filter_of(r->query, r->arena);
    if (s->route->form != FORM_PAGE && s->route->form != FORM_TOTALS &&
        !path_key(s, r->path, &ask.key, &record->index)) {
        rest_problem(a, s, 400, "INVALID_ARGUMENT",
                     arena_print(r->arena, "The path must have a key of digits%s: %s",
                                 s->route->search == SEARCH_DECISION_INSTANCES
                                     ? ", a dash and a number from 1 on"
                                     : "",
                                 s->route->path));
        return;
    }
    api_ask(a, s, s->route->command, record, &ask, now);
}

static bool answers_json(const struct route *r)
{
    return r->form != FORM_XML && r->form != FORM_BYTES && r->local != local_events &&
           r->local != local_document_get && r->local != local_metrics;
}

void rest_serve(struct api *a, struct served *s, const struct api_request *r, i64 now)
{
    const struct route *first = route_find(a, r->path);

    if (!origin_check(a, s, r))
        return;
    if (!first) {
        if (!asset_serve(a, s, r))
            refuse_path(a, s, r);
        return;
    }
    s->route = method_find(first, r->method);
    if (!s->route && str_is(r->method, "OPTIONS"))
        rest_options(a, s, r, first);
    else if (!s->route)
        refuse_method(a, s, r, first);
    else if (s->route->status == 0)
        refuse_later(a, s);
    else if (answers_json(s->route) && !accepts_json(r))
        rest_problem(a, s, 406, "Not Acceptable",
                     STR("Answers are of the type application/json"));
    else if (s->route->local)
        s->route->local(a, s, NULL);
    else if (s->route->form != FORM_NONE)
        rest_search(a, s, r, now);
    else
        rest_command(a, s, r, now);
}

void rest_full(struct api *a, struct served *s)
{
    rest_problem(a, s, 413, "Content Too Large",
                 STR("The request needs more memory than one request may have"));
}
