#include <stdio.h>

#include "api/private.h"
#include "query/query.h"

/* Documents of clients: bytes and what is said of them, kept beside the log. There is
 * one store, "local". What may be wrong with one is told like other findings. */

#define STORE "local"

/* ---- dates -------------------------------------------------------------------------
 */

/* Days since 1970 of a civil date; years begin in March. */
static i64 days_of(i64 y, i64 m, i64 d)
{
    y -= m <= 2;
    i64 era = (y >= 0 ? y : y - 399) / 400;
    i64 of_era = y - era * 400;
    i64 of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool digits_read(struct str s, size_t *at, size_t count, i64 *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++, (*at)++) {
        if (*at >= s.len || s.data[*at] < '0' || s.data[*at] > '9')
            return false;
        *out = *out * 10 + (s.data[*at] - '0');
    }
    return true;
}

static bool sign_read(struct str s, size_t *at, char sign)
{
    return *at < s.len && s.data[(*at)++] == sign;
}

/* Behind the seconds: a fraction, whose first three digits count. */
static void fraction_read(struct str s, size_t *at, i64 *ms)
{
    i64 unit = 100;

    *ms = 0;
    if (*at >= s.len || s.data[*at] != '.')
        return;
    for ((*at)++; *at < s.len && s.data[*at] >= '0' && s.data[*at] <= '9'; (*at)++) {
        *ms += (s.data[*at] - '0') * unit;
        unit /= 10;
    }
}

/* Z, or +hh:mm; no zone at all is none. */
static bool offset_read(struct str s, size_t *at, i64 *minutes)
{
    i64 hours, rest;

    *minutes = 0;
    if (*at < s.len && (s.data[*at] == 'Z' || s.data[*at] == 'z'))
        return ++*at == s.len;
    if (*at >= s.len || (s.data[*at] != '+' && s.data[*at] != '-'))
        return false;
    i64 sign = s.data[(*at)++] == '-' ? -1 : 1;
    if (!digits_read(s, at, 2, &hours) || !sign_read(s, at, ':') ||
        !digits_read(s, at, 2, &rest))
        return false;
    *minutes = sign * (hours * 60 + rest);
    return *at == s.len && hours <= 18 && rest < 60;
}

/* An ISO 8601 date-time, the seconds of which may be missing. */
static bool moment_read(struct str s, i64 *ms)
{
    i64 y, mo, d, h, mi, sec = 0, fraction = 0, offset;
    size_t at = 0;

    if (!digits_read(s, &at, 4, &y) || !sign_read(s, &at, '-') ||
        !digits_read(s, &at, 2, &mo) || !sign_read(s, &at, '-') ||
        !digits_read(s, &at, 2, &d) || !sign_read(s, &at, 'T') ||
        !digits_read(s, &at, 2, &h) || !sign_read(s, &at, ':') ||
        !digits_read(s, &at, 2, &mi))
        return false;
    if (at < s.len && s.data[at] == ':') {
        at++;
        if (!digits_read(s, &at, 2, &sec))
            return false;
        fraction_read(s, &at, &fraction);
    }
    if (!offset_read(s, &at, &offset) || mo < 1 || mo > 12 || d < 1 || d > 31 ||
        h > 23 || mi > 59 || sec > 60)
        return false;
    *ms = ((days_of(y, mo, d) * 24 + h) * 60 + mi - offset) * 60000 + sec * 1000 +
          fraction;
    return true;
}

static struct str moment_text(struct arena *arena, i64 ms)
{
    struct buf b;

    buf_init(&b, arena, 32);
    query_print_moment(&b, ms);
    return buf_str(&b);
}

/* ---- what is said of a document
 * ------------------------------------------------------ */

/* JSON values as they will be told; empty: null or what stands for it. */
struct meta {
    struct str content_type, file_name, expires, process_id, instance, properties;
};

struct meta_read {
    struct body *b; /* gathers what is wrong */
    struct arena *arena;
    struct meta meta;
};

static struct str meta_text(struct meta_read *r, const char *name, struct str value)
{
    if (json_kind(value) == JSON_STRING)
        return value;
    body_fault(r->b, "The value for %s is '%.*s' but must be a string", name,
               (int)(value.len < 100 ? value.len : 100), value.data);
    return STR("");
}

static void meta_expires(struct meta_read *r, struct str value)
{
    struct str text = meta_text(r, "expiresAt", value);
    i64 ms;

    if (text.len == 0)
        return;
    struct str plain = json_text(text, r->arena);
    if (moment_read(plain, &ms))
        r->meta.expires =
            arena_print(r->arena, "\"%.*s\"", ARG(moment_text(r->arena, ms)));
    else
        body_fault(r->b,
                   "The value for expiresAt is '%.*s' but must be a date-time of "
                   "ISO 8601 with an offset",
                   (int)(plain.len < 100 ? plain.len : 100), plain.data);
}

static void meta_instance(struct meta_read *r, struct str value)
{
    struct str text =
        json_kind(value) == JSON_STRING ? json_text(value, r->arena) : value;
    i64 key;

    if (!str_to_i64(text, &key))
        body_fault(r->b,
                   "The value for processInstanceKey is '%.*s' but must be a key of "
                   "digits",
                   (int)(text.len < 100 ? text.len : 100), text.data);
    else
        r->meta.instance = arena_print(r->arena, "\"%lld\"", (long long)key);
}

static void meta_member(struct meta_read *r, const struct json_member *m)
{
    if (json_kind(m->value) == JSON_NULL)
        return;
    if (str_is(m->name, "contentType"))
        r->meta.content_type = meta_text(r, "contentType", m->value);
    else if (str_is(m->name, "fileName"))
        r->meta.file_name = meta_text(r, "fileName", m->value);
    else if (str_is(m->name, "processDefinitionId"))
        r->meta.process_id = meta_text(r, "processDefinitionId", m->value);
    else if (str_is(m->name, "expiresAt"))
        meta_expires(r, m->value);
    else if (str_is(m->name, "processInstanceKey"))
        meta_instance(r, m->value);
    else if (str_is(m->name, "customProperties") && json_kind(m->value) == JSON_MAP)
        r->meta.properties = m->value;
    else if (str_is(m->name, "customProperties"))
        body_fault(r->b, "The value for customProperties must be an object");
}

static bool meta_parse(struct body *b, struct str json, struct arena *arena,
                       struct meta *out)
{
    struct meta_read r = {.b = b, .arena = arena};
    struct json_walk w;

    if (json_kind(json) != JSON_MAP) {
        body_fault(b, "The value for metadata must be an object");
        return false;
    }
    w = json_walk(json);
    for (struct json_member m; json_next(&w, arena, &m);)
        meta_member(&r, &m);
    *out = r.meta;
    return b->faults.len == 0;
}

static struct str quoted(struct arena *arena, struct str text)
{
    struct buf b;

    buf_init(&b, arena, text.len + 8);
    json_put_string(&b, text);
    return buf_str(&b);
}

static struct str or_null(struct str value)
{
    return value.len ? value : STR("null");
}

/* What the part itself says stands for what nobody said. */
static struct str meta_json(struct arena *arena, const struct meta *m,
                            const struct form_part *file)
{
    struct str type = file->type.len ? file->type : STR("application/octet-stream");
    struct str name = file->file_name.len ? file->file_name : STR("document");
    struct buf b;

    buf_init(&b, arena, 256);
    buf_text(&b, "{\"contentType\":");
    buf_add(&b, m->content_type.len > 2 ? m->content_type : quoted(arena, type));
    buf_text(&b, ",\"fileName\":");
    buf_add(&b, m->file_name.len > 2 ? m->file_name : quoted(arena, name));
    buf_text(&b, ",\"expiresAt\":");
    buf_add(&b, or_null(m->expires));
    buf_print(&b, ",\"size\":%zu,\"processDefinitionId\":", file->content.len);
    buf_add(&b, or_null(m->process_id));
    buf_text(&b, ",\"processInstanceKey\":");
    buf_add(&b, or_null(m->instance));
    buf_text(&b, ",\"customProperties\":");
    buf_add(&b, m->properties.len ? m->properties : STR("{}"));
    buf_byte(&b, '}');
    return buf_str(&b);
}

/* ---- what all calls begin with -----------------------------------------------------
 */

static void refuse_argument(struct api *a, struct served *s, struct str why)
{
    rest_problem(a, s, 400, "INVALID_ARGUMENT", why);
}

static bool store_check(struct api *a, struct served *s)
{
    struct str id;

    if (!a->options.documents) {
        rest_problem(a, s, 501, "NOT_IMPLEMENTED",
                     STR("No documents are kept by this server"));
        return false;
    }
    if (!query_get(s->request->query, "storeId", s->arena, &id) || id.len == 0 ||
        str_is(id, STORE))
        return true;
    refuse_argument(
        a, s,
        arena_print(s->arena,
                    "Document store with id '%.*s' does not exist; there is "
                    "'" STORE "' alone",
                    ARG(id)));
    return false;
}

static struct str document_id(const struct served *s)
{
    return path_decode(route_segment(s->route, s->path, "documentId"), s->arena);
}

static void document_failed(struct api *a, struct served *s, enum api_kept kept,
                            struct str id, const struct err *err)
{
    if (kept == KEPT_NOT_THERE)
        rest_problem(
            a, s, 404, "NOT_FOUND",
            arena_print(s->arena, "Document with id '%.*s' not found", ARG(id)));
    else if (kept == KEPT_ALREADY)
        rest_problem(
            a, s, 409, "ALREADY_EXISTS",
            arena_print(s->arena, "Document with id '%.*s' already exists", ARG(id)));
    else
        rest_problem(a, s, 500, "INTERNAL", str_of(err->text));
}

/* ---- putting -----------------------------------------------------------------------
 */

/* The next one of this name from *at on; each walk looks at a part once. */
static const struct form_part *part_next(const struct form_part_list *form,
                                         const char *name, u32 *at)
{
    while (*at < form->count) {
        const struct form_part *part = &form->items[(*at)++];
        if (str_is(part->name, name))
            return part;
    }
    return NULL;
}

static const struct form_part *part_first(const struct form_part_list *form,
                                          const char *name)
{
    return part_next(form, name, &(u32){0});
}

static u32 parts_named(const struct form_part_list *form, const char *name)
{
    u32 count = 0;

    for (u32 at = 0; part_next(form, name, &at);)
        count++;
    return count;
}

/* The JSON of a part; false: it is none. */
static bool part_json(struct api *a, struct served *s, const struct form_part *part,
                      struct str *out)
{
    struct json_limits limits = {.depth = a->options.json_depth};
    struct err err;

    if (json_canonical(part->content, JSON_ANY, &limits, s->arena, out, &err))
        return true;
    refuse_argument(a, s,
                    arena_print(s->arena, "The part '%.*s' cannot be read: %s",
                                ARG(part->name), err.text));
    return false;
}

static bool id_is_good(struct str id)
{
    for (size_t i = 0; i < id.len; i++)
        if ((u8)id.data[i] < ' ' || id.data[i] == 0x7f)
            return false;
    return id.len <= 512;
}

static enum api_kept document_put(struct api *a, struct served *s, struct str id,
                                  const struct form_part *file, const struct meta *meta,
                                  struct document_told *told, struct err *err)
{
    struct api_document d = {
        .id = id, .meta = meta_json(s->arena, meta, file), .content = file->content};
    enum api_kept kept =
        a->options.documents->put(a->options.documents->ctx, &d, s->arena, err);

    *told = (struct document_told){d.id, arena_copy(s->arena, str_of(d.hash)), d.meta};
    return kept;
}

/* What was said of the one document; false: it was refused. */
static bool meta_of_form(struct api *a, struct served *s,
                         const struct form_part_list *form, struct meta *meta)
{
    const struct form_part *part = part_first(form, "metadata");
    struct body b = {.call = s->route->operation, .arena = s->arena};
    struct str json;

    *meta = (struct meta){0};
    buf_init(&b.faults, s->arena, 0);
    if (!part || str_trim(part->content).len == 0)
        return true;
    if (!part_json(a, s, part, &json))
        return false;
    if (meta_parse(&b, json, s->arena, meta))
        return true;
    refuse_argument(a, s, buf_str(&b.faults));
    return false;
}

void local_document_create(struct api *a, struct served *s, const void *asked)
{
    struct form_part_list form;
    struct document_told told;
    struct str id = STR("");
    struct meta meta;
    struct err err = {0};

    if (!store_check(a, s) || !rest_form(a, s, s->request, &form))
        return;
    const struct form_part *file = part_first(&form, "file");
    query_get(s->request->query, "documentId", s->arena, &id);
    if (!file) {
        refuse_argument(a, s, STR("No file provided"));
        return;
    }
    if (!id_is_good(id)) {
        refuse_argument(a, s,
                        STR("The value for documentId must be up to 512 bytes "
                            "without control characters"));
        return;
    }
    if (!meta_of_form(a, s, &form, &meta))
        return;
    enum api_kept kept = document_put(a, s, id, file, &meta, &told, &err);
    if (kept == KEPT)
        rest_put(a, s, &told);
    else
        document_failed(a, s, kept, id, &err);
}

/* The n-th entry of the list that is the part `metadataList`, or the n-th such part. */
static bool metas_of_form(struct api *a, struct served *s,
                          const struct form_part_list *form, struct str *out, u32 count)
{
    const struct form_part *part = part_first(form, "metadataList");
    struct json_member m;
    struct str json;
    u32 found = 0;

    if (!part)
        return true;
    if (!part_json(a, s, part, &json))
        return false;
    if (json_kind(json) == JSON_MAP) {
        for (u32 at = 0; (part = part_next(form, "metadataList", &at)); found++)
            if (!part_json(a, s, part, &json))
                return false;
            else if (found < count)
                out[found] = json;
    } else if (json_kind(json) == JSON_ARRAY) {
        struct json_walk w = json_walk(json);
        for (; json_next(&w, s->arena, &m); found++)
            if (found < count)
                out[found] = m.value;
    }
    if (found == count)
        return true;
    refuse_argument(a, s,
                    arena_print(s->arena,
                                "The number of files (%u) does not match the number of "
                                "metadata entries (%u)",
                                count, found));
    return false;
}

static void batch_put(struct api *a, struct served *s, const struct form_part *file,
                      struct str json, struct documents_told *all)
{
    struct document_told *created =
        (struct document_told *)all->created.items + all->created.count;
    struct document_failed *failed =
        (struct document_failed *)all->failed.items + all->failed.count;
    struct body b = {.call = s->route->operation, .arena = s->arena};
    struct meta meta = {0};
    struct err err = {0};

    buf_init(&b.faults, s->arena, 0);
    *failed = (struct document_failed){
        .name = file->file_name, .title = STR("INVALID_ARGUMENT"), .status = 400};
    if (json.len && !meta_parse(&b, json, s->arena, &meta)) {
        failed->detail = buf_str(&b.faults);
        all->failed.count++;
    } else if (document_put(a, s, STR(""), file, &meta, created, &err) == KEPT) {
        all->created.count++;
    } else {
        failed->status = 500;
        failed->title = STR("INTERNAL");
        failed->detail = arena_copy(s->arena, str_of(err.text));
        all->failed.count++;
    }
}

void local_documents_create(struct api *a, struct served *s, const void *asked)
{
    struct form_part_list form;
    struct documents_told all = {0};

    if (!store_check(a, s) || !rest_form(a, s, s->request, &form))
        return;
    u32 count = parts_named(&form, "files");
    struct str *metas = NEW_ARRAY(s->arena, struct str, count);
    if (count == 0) {
        refuse_argument(a, s, STR("No files provided"));
        return;
    }
    if (!metas_of_form(a, s, &form, metas, count))
        return;
    all.created.items = NEW_ARRAY(s->arena, struct document_told, count);
    all.failed.items = NEW_ARRAY(s->arena, struct document_failed, count);
    for (u32 i = 0, at = 0; i < count; i++)
        batch_put(a, s, part_next(&form, "files", &at), metas[i], &all);
    struct buf out;
    buf_init(&out, s->arena, 256);
    body_write(&out, s->route->answer, &all);
    rest_put_body(a, s,
                  &(struct rest_body){.status = all.failed.count ? 207 : 201,
                                      .type = STR("application/json"),
                                      .body = buf_str(&out)});
}

/* ---- getting -----------------------------------------------------------------------
 */

/* A member of what is said of a document, as text; empty: null. */
static struct str meta_get(struct str meta, const char *name, struct arena *arena)
{
    struct str value;

    if (!json_get(meta, str_of(name), arena, &value) || json_kind(value) != JSON_STRING)
        return STR("");
    return json_text(value, arena);
}

/* What a link's signature is made of. */
static struct str link_text(struct arena *arena, struct str id, struct str expires)
{
    return arena_print(arena, "%.*s\n%.*s", ARG(expires), ARG(id));
}

static bool link_is_good(struct api *a, struct served *s, struct str id)
{
    struct str signature, expires = STR("");
    char wanted[65];
    i64 until = 0;

    if (!query_get(s->request->query, "signature", s->arena, &signature))
        return true; /* no link, but a call */
    query_get(s->request->query, "expires", s->arena, &expires);
    a->options.documents->sign(a->options.documents->ctx,
                               link_text(s->arena, id, expires), wanted);
    if (str_is(signature, wanted) && str_to_i64(expires, &until) && until > a->now)
        return true;
    rest_problem(a, s, 403, "FORBIDDEN", STR("The link is not valid any more"));
    return false;
}

/* The document that the request is about, as it is now; false: it was refused. */
static bool document_find(struct api *a, struct served *s, struct api_document *d)
{
    struct str hash;
    struct err err = {0};
    i64 until;

    d->id = document_id(s);
    enum api_kept kept =
        a->options.documents->get(a->options.documents->ctx, d, s->arena, &err);
    if (kept == KEPT && moment_read(meta_get(d->meta, "expiresAt", s->arena), &until) &&
        until <= a->now)
        kept = KEPT_NOT_THERE;
    if (kept != KEPT) {
        document_failed(a, s, kept, d->id, &err);
        return false;
    }
    if (!query_get(s->request->query, "contentHash", s->arena, &hash) ||
        hash.len == 0 || str_is(hash, d->hash))
        return true;
    refuse_argument(a, s,
                    arena_print(s->arena,
                                "Document hash for document %.*s doesn't match the "
                                "provided hash %.*s",
                                ARG(d->id), ARG(hash)));
    return false;
}

/* RFC 6266 and 8187: the name as it is, percent-encoded. */
static struct str disposition(struct arena *arena, struct str name)
{
    static const char digits[] = "0123456789ABCDEF";
    struct buf b;

    buf_init(&b, arena, name.len * 3 + 64);
    buf_text(&b, "attachment; filename*=UTF-8''");
    for (size_t i = 0; i < name.len; i++) {
        u8 c = (u8)name.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        if (is_plain) {
            buf_byte(&b, (char)c);
        } else {
            buf_byte(&b, '%');
            buf_byte(&b, digits[c >> 4]);
            buf_byte(&b, digits[c & 15]);
        }
    }
    return buf_str(&b);
}

/* Whoever has uploaded it may have written a page: it must not be one of ours. */
void local_document_get(struct api *a, struct served *s, const void *asked)
{
    struct api_document d = {0};

    if (!store_check(a, s) || !link_is_good(a, s, document_id(s)) ||
        !document_find(a, s, &d))
        return;
    struct api_header headers[] = {
        {STR("Content-Disposition"),
         disposition(s->arena, meta_get(d.meta, "fileName", s->arena))},
        {STR("X-Content-Type-Options"), STR("nosniff")},
        {STR("Content-Security-Policy"), STR("default-src 'none'; sandbox")},
        {STR("Cache-Control"), STR("private, no-cache")},
    };
    rest_put_body(a, s,
                  &(struct rest_body){.status = 200,
                                      .type = meta_get(d.meta, "contentType", s->arena),
                                      .body = d.content,
                                      .headers = headers,
                                      .header_count = LEN(headers)});
}

void local_document_delete(struct api *a, struct served *s, const void *asked)
{
    struct str id = document_id(s);
    struct err err = {0};

    if (!store_check(a, s))
        return;
    enum api_kept kept = a->options.documents->del(a->options.documents->ctx, id, &err);
    if (kept == KEPT)
        rest_put(a, s, NULL);
    else
        document_failed(a, s, kept, id, &err);
}

/* ---- links -------------------------------------------------------------------------
 */

static bool link_time(struct api *a, struct served *s, i64 *ms)
{
    struct str json, value;

    *ms = 3600000;
    if (!rest_object(a, s, s->request, &json))
        return false;
    if (!json_get(json, STR("timeToLive"), s->arena, &value) ||
        json_kind(value) == JSON_NULL)
        return true;
    if (json_kind(value) == JSON_NUMBER && json_i64(value, ms) && *ms > 0 &&
        *ms < (i64)1 << 52)
        return true;
    refuse_argument(
        a, s,
        arena_print(s->arena,
                    "The value for timeToLive is '%.*s' but must be greater "
                    "than 0",
                    (int)(value.len < 100 ? value.len : 100), value.data));
    return false;
}

void local_document_link(struct api *a, struct served *s, const void *asked)
{
    struct str host = header_find(s->request, "host");
    struct api_document d = {0};
    char signature[65];
    i64 ttl;

    if (!store_check(a, s) || !link_time(a, s, &ttl) || !document_find(a, s, &d))
        return;
    struct str expires = arena_print(s->arena, "%lld", (long long)(a->now + ttl));
    a->options.documents->sign(a->options.documents->ctx,
                               link_text(s->arena, d.id, expires), signature);
    rest_put(
        a, s,
        &(struct document_link){
            arena_print(s->arena,
                        "http://%.*s/v2/documents/%.*s?contentHash=%s&expires=%.*s&"
                        "signature=%s",
                        ARG(host), ARG(route_segment(s->route, s->path, "documentId")),
                        d.hash, ARG(expires), signature),
            moment_text(s->arena, a->now + ttl)});
}
