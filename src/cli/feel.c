#include "feel/feel.h"

#include <editline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/zone.h"
#include "json/json.h"

#define MEMORY ((size_t)256 << 20)

/* The variables, as one JSON object, and what else an expression may know. */
struct desk {
    const struct options *options;
    struct arena keep, scratch;
    struct trap trap;
    struct zones *zones;
    struct str context; /* canonical, in `keep` */
    struct str tested;  /* what a unary test is about; empty: none */
    u64 count;          /* of evaluations, for the seed */
};

static struct str whole_file(const char *path, struct arena *arena)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    struct buf b;

    if (!f) {
        fprintf(stderr, "fermata: %s cannot be read\n", path);
        exit(1);
    }
    buf_init(&b, arena, 4096);
    for (size_t got; (got = fread(buf_room(&b, 4096), 1, 4096, f)) > 0;)
        b.len += got;
    if (f != stdin)
        fclose(f);
    return buf_str(&b);
}

static bool json_read(struct desk *d, const char *text, enum json_want want,
                      struct str *out)
{
    struct str json = text[0] == '@' ? whole_file(text + 1, &d->keep) : str_of(text);
    struct err err;

    if (json_canonical(json, want, &(struct json_limits){500}, &d->keep, out, &err)) {
        *out = arena_copy(&d->keep, *out);
        return true;
    }
    fprintf(stderr, "fermata: %s\n", err.text);
    return false;
}

/* ---- names ----------------------------------------------------------------------- */

static bool desk_get(const struct feel_scope *scope, struct str name,
                     struct arena *scratch, struct feel_value *out)
{
    const struct desk *d = scope->ctx;
    struct str value;

    if (d->tested.len && str_is(name, "?"))
        value = d->tested;
    else if (!json_get(d->context, name, scratch, &value))
        return false;
    *out = feel_from_json(value, scratch);
    return true;
}

/* How many letters differ, as people count them (Levenshtein), for short names. */
static u32 distance(struct str a, struct str b)
{
    u32 row[64];

    if (a.len >= LEN(row) || b.len >= LEN(row))
        return UINT32_MAX;
    for (u32 i = 0; i <= b.len; i++)
        row[i] = i;
    for (size_t i = 1; i <= a.len; i++) {
        u32 corner = row[0];
        row[0] = (u32)i;
        for (size_t k = 1; k <= b.len; k++) {
            u32 change = corner + (a.data[i - 1] != b.data[k - 1]);
            corner = row[k];
            row[k] = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
            row[k] = row[k] < change ? row[k] : change;
        }
    }
    return row[b.len];
}

/* The name of the context that the unknown one is most like, if it is like any. */
static struct str nearest(const struct desk *d, struct str name, struct arena *arena)
{
    struct json_walk walk = json_walk(d->context);
    struct str best = {NULL, 0};
    u32 least = (u32)(name.len / 3 + 1);

    for (struct json_member m; json_next(&walk, arena, &m);) {
        u32 far = distance(name, m.name);
        if (far <= least) {
            least = far;
            best = m.name;
        }
    }
    return best;
}

static void desk_note(const struct feel_env *env, struct str warning)
{
    struct desk *d = env->note_ctx;
    const char *from = memchr(warning.data, '\'', warning.len);
    const char *end = warning.data + warning.len;
    const char *to = from ? memchr(from + 1, '\'', (size_t)(end - from - 1)) : NULL;
    struct str like = {NULL, 0};

    if (to && str_starts(warning, STR("[NO_VARIABLE_FOUND]")))
        like = nearest(d, (struct str){from + 1, (size_t)(to - from - 1)}, &d->keep);
    fprintf(stderr, "warning: %.*s", ARG(warning));
    if (like.len)
        fprintf(stderr, " - did you mean '%.*s'?", ARG(like));
    fputc('\n', stderr);
}

/* ---- one expression ---------------------------------------------------------------
 */

/* The line in question with a caret below the place, when the error names one. */
static void show_place(struct str text, const char *error)
{
    unsigned line = 0, column = 0;

    if (sscanf(error, "line %u, column %u", &line, &column) != 2)
        return;
    while (line > 1 && text.len) {
        const char *end = memchr(text.data, '\n', text.len);
        size_t skip = end ? (size_t)(end - text.data) + 1 : text.len;
        text = (struct str){text.data + skip, text.len - skip};
        line--;
    }
    const char *end = memchr(text.data ? text.data : "", '\n', text.len);
    struct str shown = {text.data, end ? (size_t)(end - text.data) : text.len};
    fprintf(stderr, "  %.*s\n  %*s^\n", ARG(shown), column > 0 ? (int)column - 1 : 0,
            "");
}

static bool compute(struct desk *d, struct str text, struct feel_value *out)
{
    const struct options *o = d->options;
    struct json_walk walk = json_walk(d->context);
    struct str *names = NEW_ARRAY(&d->keep, struct str, d->context.len / 4 + 1);
    struct feel_names known = {.names = names};
    struct feel_scope scope = {desk_get, d};
    struct timespec now;
    struct feel_expr *e;
    struct err err;

    clock_gettime(CLOCK_REALTIME, &now);
    for (struct json_member m; json_next(&walk, &d->keep, &m);)
        names[known.count++] = m.name;
    if (!feel_compile(&d->keep, o->unary[0] ? FEEL_UNARY_TESTS : FEEL_EXPRESSION, text,
                      &known, &e, &err)) {
        fprintf(stderr, "error: %s\n", err.text);
        show_place(text, err.text);
        return false;
    }
    struct feel_env env = {
        .scope = &scope,
        .now = (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000,
        .zones = d->zones,
        .limits = feel_limits_default,
        .dialect = strcmp(o->dialect, "standard") == 0 ? FEEL_STANDARD : FEEL_CAMUNDA,
        .seed = (u64)now.tv_nsec + ++d->count,
        .note = desk_note,
        .note_ctx = d,
    };
    arena_reset(&d->scratch);
    *out = feel_eval(e, &env, &d->scratch);
    if (out->kind != FEEL_GAVE_UP)
        return true;
    fprintf(stderr, "error: the evaluation was given up: %.*s\n", ARG(out->string));
    return false;
}

static bool show(struct desk *d, struct str text)
{
    struct feel_value value;
    struct buf b;

    if (!compute(d, text, &value))
        return false;
    buf_init(&b, &d->scratch, 64);
    if (d->options->feel)
        feel_print(&b, &value);
    else
        feel_to_json(&b, &value);
    printf("%.*s\n", ARG(buf_str(&b)));
    return true;
}

/* ---- the prompt ---------------------------------------------------------------------
 */

/* `name = expression` keeps the value; a comparison `a = b` of names that are there is
 * an expression like any. */
static bool assign(struct desk *d, struct str line)
{
    const char *equals = memchr(line.data, '=', line.len);
    struct feel_value value;
    struct str known;
    struct buf b;

    if (!equals)
        return false;
    struct str name = str_trim((struct str){line.data, (size_t)(equals - line.data)});
    for (size_t i = 0; i < name.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789",
                    name.data[i]))
            return false;
    if (name.len == 0 || json_get(d->context, name, &d->keep, &known))
        return false;
    struct str rest = {equals + 1, line.len - (size_t)(equals + 1 - line.data)};
    if (!compute(d, rest, &value))
        return true;
    buf_init(&b, &d->keep, 64);
    buf_byte(&b, '{');
    json_put_name(&b, name);
    feel_to_json(&b, &value);
    buf_byte(&b, '}');
    d->context = json_merge(d->context, buf_str(&b), &d->keep);
    return true;
}

static int prompt(struct desk *d)
{
    if (isatty(0))
        printf(
            "FEEL; `name = expression` keeps a value, an empty line or Ctrl-D ends\n");
    for (char *line; (line = readline(isatty(0) ? "feel> " : ""));) {
        struct str text = str_trim(str_of(line));
        if (text.len == 0) {
            free(line);
            break;
        }
        add_history(line);
        text = arena_copy(&d->keep, text);
        free(line);
        if (!assign(d, text))
            show(d, text);
    }
    return 0;
}

static int run(struct desk *d)
{
    const struct options *o = d->options;

    if (strcmp(o->dialect, "camunda") != 0 && strcmp(o->dialect, "standard") != 0) {
        fprintf(stderr, "fermata: --dialect is camunda or standard, not '%s'\n",
                o->dialect);
        return 2;
    }
    if (!json_read(d, o->context, JSON_OBJECT, &d->context) ||
        (o->unary[0] && !json_read(d, o->unary, JSON_ANY, &d->tested)))
        return 1;
    if (o->interactive)
        return prompt(d);
    if (!o->file[0] && o->word_count != 1) {
        fprintf(stderr, "fermata: name one expression, or a file with --file\n");
        return 2;
    }
    struct str text = o->file[0] ? whole_file(o->file, &d->keep) : str_of(o->words[0]);
    return show(d, text) ? 0 : 1;
}

int feel_main(const struct options *o)
{
    struct desk d = {.options = o};
    int code;

    arena_init(&d.keep, 64 << 10, MEMORY, &d.trap);
    arena_init(&d.scratch, 64 << 10, MEMORY, &d.trap);
    d.zones = zones_open(zone_file, NULL);
    if (setjmp(d.trap.jump)) {
        fprintf(stderr, "fermata: that takes more memory than %zu MiB\n", MEMORY >> 20);
        return 1;
    }
    code = run(&d);
    zones_close(d.zones);
    arena_free(&d.scratch);
    arena_free(&d.keep);
    return code;
}
