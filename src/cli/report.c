#include "cli/report.h"

#include <stdio.h>

#include "cli/files.h"

static void file_end(struct report *r)
{
    if (r->file)
        buf_text(&r->json, "]}");
}

static void report_file(struct report *r, const char *path)
{
    file_end(r);
    r->file = path;
    r->files++;
    json_comma(&r->json);
    buf_byte(&r->json, '{');
    json_put_name(&r->json, STR("file"));
    json_put_string(&r->json, str_of(path));
    json_put_name(&r->json, STR("findings"));
    buf_byte(&r->json, '[');
}

static void text_member(struct buf *b, const char *name, struct str value)
{
    json_put_name(b, str_of(name));
    json_put_string(b, value);
}

static void json_add(struct report *r, const struct finding *f)
{
    struct buf *b = &r->json;

    json_comma(b);
    buf_byte(b, '{');
    text_member(b, "severity", f->is_error ? STR("error") : STR("warning"));
    json_put_name(b, STR("line"));
    json_put_i64(b, f->line);
    text_member(b, "element", f->element);
    text_member(b, "place", f->place);
    text_member(b, "text", f->text);
    buf_byte(b, '}');
}

static void line_print(const struct report *r, const struct finding *f)
{
    printf("%s:", r->file);
    if (f->line)
        printf("%u:", f->line);
    printf(" %s: ", f->is_error ? "error" : "warning");
    if (f->element.len && !str_starts(f->place, f->element))
        printf("%.*s%s", ARG(f->element), f->place.len ? ", " : "");
    printf("%.*s%s%.*s\n", ARG(f->place), f->element.len || f->place.len ? ": " : "",
           ARG(f->text));
}

/* Of "line 3, element 'x': what" the parts; of "line 3, column 7: what" the line. */
static struct finding taken_apart(const struct finding *f)
{
    struct finding out = *f;
    unsigned line;
    int skip = 0;
    const char *end = NULL;

    if (sscanf(f->text.data, "line %u, %n", &line, &skip) != 1 || skip == 0)
        return out;
    out.line = line;
    out.text = (struct str){f->text.data + skip, f->text.len - (size_t)skip};
    if (str_starts(out.text, STR("element '")))
        end = memmem(out.text.data, out.text.len, "': ", 3);
    if (!end)
        return out;
    out.element = (struct str){out.text.data + 9, (size_t)(end - out.text.data) - 9};
    out.text.len -= (size_t)(end + 3 - out.text.data);
    out.text.data = end + 3;
    return out;
}

void report_add(struct report *r, const struct finding *f)
{
    r->errors += f->is_error;
    r->warnings += !f->is_error;
    if (r->has_json)
        json_add(r, f);
    else
        line_print(r, f);
}

void report_refusal(struct report *r, struct str text)
{
    struct finding f = taken_apart(&(struct finding){.is_error = true, .text = text});

    report_add(r, &f);
}

static int report_end(struct report *r)
{
    file_end(r);
    if (r->has_json) {
        buf_print(&r->json, "],\"errors\":%zu,\"warnings\":%zu}", r->errors,
                  r->warnings);
        printf("%.*s\n", ARG(buf_str(&r->json)));
    } else {
        printf("%zu %s: %zu error%s, %zu warning%s\n", r->files,
               r->files == 1 ? "file" : "files", r->errors, r->errors == 1 ? "" : "s",
               r->warnings, r->warnings == 1 ? "" : "s");
    }
    return r->errors || (r->is_strict && r->warnings) ? 1 : 0;
}

int report_files(struct desk *d, int first,
                 void (*tell)(struct desk *d, struct report *r, const char *path,
                              struct str text))
{
    const struct options *o = d->options;
    struct report r = {.has_json = o->json, .is_strict = o->strict};
    struct str text;
    struct err err;

    buf_init(&r.json, &d->keep, 1024);
    buf_text(&r.json, "{\"files\":[");
    for (int i = first; i < o->word_count; i++) {
        report_file(&r, o->words[i]);
        arena_reset(&d->scratch);
        if (input_read(o->words[i], &d->scratch, &text, &err))
            tell(d, &r, o->words[i], text);
        else
            report_add(&r,
                       &(struct finding){.is_error = true, .text = str_of(err.text)});
    }
    return report_end(&r);
}
