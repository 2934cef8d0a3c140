#include "cli/desk.h"

#include <stdio.h>
#include <time.h>

#include "cli/files.h"
#include "cli/zone.h"

#define MEMORY ((size_t)1 << 30)

/* ---- opening and closing --------------------------------------------------------- */

static int desk_guard(struct desk *d, int (*run)(struct desk *d))
{
    if (setjmp(d->trap.jump) == 0)
        return run(d);
    fflush(stdout);
    fprintf(stderr, "fermata: that takes more memory than %zu MiB\n", MEMORY >> 20);
    return 1;
}

int desk_run(const struct options *o, int (*run)(struct desk *d))
{
    struct desk d = {.options = o};

    arena_init(&d.keep, 64 << 10, MEMORY, &d.trap);
    arena_init(&d.scratch, 64 << 10, MEMORY, &d.trap);
    d.zones = zones_open(zone_file, NULL);
    int code = desk_guard(&d, run);
    zones_close(d.zones);
    arena_free(&d.scratch);
    arena_free(&d.keep);
    return code;
}

/* ---- what the words name --------------------------------------------------------- */

bool desk_file(struct desk *d, const char *path, struct str *out)
{
    struct err err;

    if (input_read(path, &d->keep, out, &err))
        return true;
    fprintf(stderr, "fermata: %s\n", err.text);
    return false;
}

bool desk_json(struct desk *d, const char *option, const char *text,
               enum json_want want, struct str *out)
{
    struct str json = str_of(text);
    struct err err;

    if (text[0] == '@' && !desk_file(d, text + 1, &json))
        return false;
    if (json_canonical(json, want, &(struct json_limits){500}, &d->keep, out, &err)) {
        *out = arena_copy(&d->keep, *out);
        return true;
    }
    fprintf(stderr, "fermata: --%s%s%s: %s\n", option, text[0] == '@' ? " " : "",
            text[0] == '@' ? text : "", err.text);
    return false;
}

bool desk_dialect(const struct desk *d, enum feel_dialect *out)
{
    const char *name = d->options->dialect;

    *out = strcmp(name, "standard") == 0 ? FEEL_STANDARD : FEEL_CAMUNDA;
    if (*out == FEEL_STANDARD || strcmp(name, "camunda") == 0)
        return true;
    fprintf(stderr, "fermata: --dialect is camunda or standard, not '%s'\n", name);
    return false;
}

/* ---- names ----------------------------------------------------------------------- */

#define NAME_MAX_LEN 63

static u32 least(u32 a, u32 b)
{
    return a < b ? a : b;
}

/* How many letters differ, two that changed places counting as one (Damerau), for short
 * names; the case counts as nothing. */
static u32 distance(struct str a, struct str b)
{
    u32 rows[3][NAME_MAX_LEN + 1];

    for (u32 k = 0; k <= b.len; k++)
        rows[0][k] = k;
    for (u32 i = 1; i <= a.len; i++) {
        u32 *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = i;
        for (u32 k = 1; k <= b.len; k++) {
            u32 cost = (a.data[i - 1] | 32) != (b.data[k - 1] | 32);
            row[k] = least(above[k - 1] + cost, least(above[k], row[k - 1]) + 1);
            if (i > 1 && k > 1 && a.data[i - 1] == b.data[k - 2] &&
                a.data[i - 2] == b.data[k - 1])
                row[k] = least(row[k], before[k - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

struct str name_nearest(struct str name, const struct str *names, size_t count)
{
    u32 best = (u32)(name.len / 3 + 1);
    struct str nearest = {NULL, 0};

    for (size_t i = 0; i < count && name.len <= NAME_MAX_LEN; i++) {
        if (names[i].len == 0 || names[i].len > NAME_MAX_LEN ||
            str_equal(names[i], name))
            continue;
        u32 far = distance(name, names[i]);
        if (far < best || (far == best && nearest.len == 0 && far < name.len)) {
            best = far;
            nearest = names[i];
        }
    }
    return nearest;
}

/* ---- warnings -------------------------------------------------------------------- */

static struct str line_of(struct str text, u32 line)
{
    const char *end;

    for (; line > 1 && text.len; line--) {
        end = memchr(text.data, '\n', text.len);
        size_t skip = end ? (size_t)(end - text.data) + 1 : text.len;
        text = (struct str){text.data + skip, text.len - skip};
    }
    end = text.len ? memchr(text.data, '\n', text.len) : NULL;
    return (struct str){text.data, end ? (size_t)(end - text.data) : text.len};
}

void place_show(struct str text, u32 line, u32 column)
{
    struct str shown = line_of(text, line);

    fputs("  ", stderr);
    for (size_t i = 0; i < shown.len; i++)
        fputc((u8)shown.data[i] < ' ' ? ' ' : shown.data[i], stderr);
    fprintf(stderr, "\n  %*s^\n", column > 0 ? (int)column - 1 : 0, "");
}

/* The next word of the text in single quotes; `text` moves behind it. */
static bool quoted_next(struct str *text, struct str *out)
{
    const char *end = text->data + text->len, *from, *to;

    from = text->len ? memchr(text->data, '\'', text->len) : NULL;
    to = from ? memchr(from + 1, '\'', (size_t)(end - from - 1)) : NULL;
    if (!to)
        return false;
    *out = (struct str){from + 1, (size_t)(to - from - 1)};
    *text = (struct str){to + 1, (size_t)(end - to - 1)};
    return true;
}

/* A name that is there was given the wrong number of arguments. */
static struct str function_nearest(struct str name)
{
    struct str names[200];
    size_t count = 0;

    for (; count < LEN(names) && (names[count] = feel_builtin_name(count)).len; count++)
        if (str_equal(names[count], name))
            return (struct str){0};
    return name_nearest(name, names, count);
}

/* Among the keys that the rest of the warning lists. */
static struct str key_nearest(struct str name, struct str rest)
{
    struct str keys[32];
    size_t count = 0;

    while (count < LEN(keys) && quoted_next(&rest, &keys[count]))
        count++;
    return name_nearest(name, keys, count);
}

/* What may have been meant instead of a name that is not there: another variable,
 * another entry of the context, another function. */
static struct str meant_instead(const struct desk *d, struct str warning)
{
    struct str rest = warning, name;

    if (!quoted_next(&rest, &name))
        return (struct str){0};
    if (str_starts(warning, STR("[NO_VARIABLE_FOUND]")))
        return name_nearest(name, d->names, d->name_count);
    if (str_starts(warning, STR("[NO_CONTEXT_ENTRY_FOUND]")))
        return key_nearest(name, rest);
    if (str_starts(warning, STR("[NO_FUNCTION_FOUND]")))
        return function_nearest(name);
    return (struct str){0};
}

/* Without the kind in brackets, which is for programs. */
static struct str kind_cut(struct str warning)
{
    const char *end = warning.len ? memchr(warning.data, ']', warning.len) : NULL;

    if (!end || warning.data[0] != '[')
        return warning;
    size_t skip = (size_t)(end + 1 - warning.data);
    return str_trim((struct str){warning.data + skip, warning.len - skip});
}

/* Into `text`; returns its length. */
static size_t warning_print(const struct desk *d, struct str warning, char *text,
                            size_t size)
{
    const struct feel_place *p = &d->place;
    struct str rest = warning, name;
    char place[64] = "";
    int len;

    if (p->text.len)
        snprintf(place, sizeof(place), "line %u, column %u: ", p->line, p->column);
    if (str_starts(warning, STR("[NO_VARIABLE_FOUND]")) && quoted_next(&rest, &name))
        len = snprintf(text, size, "%sno variable '%.*s'", place, ARG(name));
    else
        len = snprintf(text, size, "%s%.*s", place, ARG(kind_cut(warning)));
    return (size_t)len < size ? (size_t)len : size - 1;
}

/* Of each kind one at a place: a loop would repeat it for each of its turns. False: it
 * was shown before, or is one too many. */
static bool is_to_be_shown(struct desk *d, struct str warning, struct str shown)
{
    const struct feel_place *p = &d->place;
    const char *end = memchr(warning.data, ']', warning.len);
    size_t kind = end ? (size_t)(end - warning.data) : 0;
    char text[640];
    int len;

    if (p->text.len)
        len = snprintf(text, sizeof(text), "%p %zu %.*s", (const void *)p->text.data,
                       p->at, (int)kind, warning.data);
    else
        len = snprintf(text, sizeof(text), "%.*s", ARG(shown));
    struct str key = {text,
                      (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1};
    for (size_t i = 0; i < d->warnings && i < WARNINGS_MAX; i++)
        if (str_equal(d->warned[i], key))
            return false;
    if (d->warnings++ >= WARNINGS_MAX)
        return false;
    d->warned[d->warnings - 1] = arena_copy(&d->keep, key);
    return true;
}

static void desk_note(const struct feel_env *env, struct str warning)
{
    struct desk *d = env->note_ctx;
    const struct feel_place *p = &d->place;
    struct str like = meant_instead(d, warning);
    char text[640];
    size_t len = warning_print(d, warning, text, sizeof(text));

    if (!is_to_be_shown(d, warning, (struct str){text, len}))
        return;
    fprintf(stderr, "warning: %s", text);
    if (like.len)
        fprintf(stderr, " - did you mean '%.*s'?", ARG(like));
    fputc('\n', stderr);
    if (p->text.len)
        place_show(p->text, p->line, p->column);
}

void desk_warnings_begin(struct desk *d)
{
    d->warnings = 0;
}

void desk_warnings_end(struct desk *d)
{
    if (d->warnings > WARNINGS_MAX)
        fprintf(stderr, "warning: and %zu more\n", d->warnings - WARNINGS_MAX);
}

struct feel_env desk_env(struct desk *d, const struct feel_scope *scope,
                         enum feel_dialect dialect)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (struct feel_env){
        .scope = scope,
        .now = (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000,
        .zones = d->zones,
        .limits = feel_limits_default,
        .dialect = dialect,
        .seed = (u64)now.tv_nsec,
        .note = desk_note,
        .note_ctx = d,
        .place = &d->place,
    };
}
