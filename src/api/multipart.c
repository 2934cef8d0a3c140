#include "api/private.h"
#include "base/utf8.h"

/* multipart/form-data (RFC 7578, RFC 2046 5.1):
 *
 *     --BOUNDARY CRLF
 *     Content-Disposition: form-data; name="resources"; filename="order.bpmn" CRLF
 *     CRLF
 *     bytes CRLF
 *     --BOUNDARY-- CRLF
 *
 * What stands before the first and behind the last boundary means nothing. */

#define BOUNDARY_MAX 70

struct form {
    struct str in, delimiter; /* "\r\n--BOUNDARY" */
    size_t at;
    struct arena *arena;
    struct err *why;
};

static bool form_fail(struct form *f, const char *what)
{
    return err_set(f->why, ERR_SYNTAX, "multipart body, byte %zu: %s", f->at + 1, what);
}

static bool bytes_find(struct str in, size_t at, struct str what, size_t *found)
{
    const char *p =
        at < in.len ? memmem(in.data + at, in.len - at, what.data, what.len) : NULL;

    if (p)
        *found = (size_t)(p - in.data);
    return p != NULL;
}

static struct str form_rest(const struct form *f)
{
    return (struct str){f->in.data + f->at, f->in.len - f->at};
}

/* Behind a boundary: `--` ends the body, blanks and a line break begin a part. */
static bool boundary_pass(struct form *f, bool *is_end)
{
    *is_end = str_starts(form_rest(f), STR("--"));
    if (*is_end)
        return true;
    while (f->at < f->in.len && (f->in.data[f->at] == ' ' || f->in.data[f->at] == '\t'))
        f->at++;
    if (!str_starts(form_rest(f), STR("\r\n")))
        return form_fail(f, "expected the end of the line behind a boundary");
    f->at += 2;
    return true;
}

/* To the first boundary, which may be the first thing in the body. */
static bool form_begin(struct form *f, bool *is_end)
{
    struct str first = {f->delimiter.data + 2, f->delimiter.len - 2};
    size_t found;

    if (str_starts(f->in, first)) {
        f->at = first.len;
        return boundary_pass(f, is_end);
    }
    if (!bytes_find(f->in, 0, f->delimiter, &found))
        return form_fail(f, "there is no boundary");
    f->at = found + f->delimiter.len;
    return boundary_pass(f, is_end);
}

static bool disposition_read(struct form *f, struct str value, struct form_part *part)
{
    if (!header_is(header_media(value), "form-data"))
        return form_fail(f, "a part is no form-data");
    if (!header_parameter(value, "name", f->arena, &part->name))
        return form_fail(f, "a part has no name");
    header_parameter(value, "filename", f->arena, &part->file_name);
    if (utf8_valid(part->name) < part->name.len ||
        utf8_valid(part->file_name) < part->file_name.len)
        return form_fail(f, "a part's name is no UTF-8");
    return true;
}

static bool encoding_check(struct form *f, struct str value)
{
    if (header_is(value, "binary") || header_is(value, "8bit") ||
        header_is(value, "7bit"))
        return true;
    return form_fail(f, "a part's content is encoded, which is not supported");
}

static bool form_header_read(struct form *f, struct str line, struct form_part *part)
{
    const char *colon = line.len ? memchr(line.data, ':', line.len) : NULL;

    if (!colon)
        return form_fail(f, "expected a header of a part");
    size_t len = (size_t)(colon - line.data);
    struct str name = {line.data, len};
    struct str value = str_trim((struct str){colon + 1, line.len - len - 1});
    if (header_is(name, "content-disposition"))
        return disposition_read(f, value, part);
    if (header_is(name, "content-type"))
        part->type = value;
    if (header_is(name, "content-transfer-encoding"))
        return encoding_check(f, value);
    return true;
}

static bool form_headers_read(struct form *f, struct form_part *part)
{
    size_t end;

    while (bytes_find(f->in, f->at, STR("\r\n"), &end)) {
        struct str line = {f->in.data + f->at, end - f->at};
        if (line.len > 0 && !form_header_read(f, line, part))
            return false;
        f->at = end + 2;
        if (line.len == 0)
            return part->name.data || form_fail(f, "a part has no content-disposition");
    }
    return form_fail(f, "the headers of a part do not end");
}

/* An empty content may share its line break with the headers before it. */
static bool form_part_read(struct form *f, struct form_part *part, bool *is_end)
{
    size_t end;

    if (!form_headers_read(f, part))
        return false;
    if (!bytes_find(f->in, f->at - 2, f->delimiter, &end))
        return form_fail(f, "a part does not end");
    if (end > f->at)
        part->content = (struct str){f->in.data + f->at, end - f->at};
    f->at = end + f->delimiter.len;
    return boundary_pass(f, is_end);
}

/* At most so many parts: the last one may lack its end. */
static u32 parts_max(const struct form *f)
{
    u32 count = 1;

    for (size_t at = f->at, found; bytes_find(f->in, at, f->delimiter, &found);
         at = found + f->delimiter.len)
        count++;
    return count;
}

bool multipart_read(struct str content_type, struct str in, struct arena *arena,
                    struct form_part_list *out, struct err *why)
{
    struct form f = {.in = in, .arena = arena, .why = why};
    struct str boundary;
    bool is_end = true;

    if (!header_parameter(content_type, "boundary", arena, &boundary) ||
        boundary.len == 0 || boundary.len > BOUNDARY_MAX)
        return err_set(why, ERR_SYNTAX, "the content type has no boundary");
    f.delimiter = arena_print(arena, "\r\n--%.*s", ARG(boundary));
    if (!form_begin(&f, &is_end))
        return false;
    struct form_part *items = NEW_ARRAY(arena, struct form_part, parts_max(&f));
    *out = (struct form_part_list){items, 0};
    while (!is_end)
        if (!form_part_read(&f, &items[out->count++], &is_end))
            return false;
    return true;
}
