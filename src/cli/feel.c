#include "feel/feel.h"

#include <editline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/desk.h"

/* A name that a line of the prompt has set. The value's memory is its own, and stays,
 * since later values may borrow from it. */
struct variable {
    struct str name;
    struct feel_value value;
    struct arena memory;
    struct variable *next;
};

struct sheet {
    struct desk *desk;
    enum feel_dialect dialect;
    struct str context;         /* --context, canonical */
    struct str tested;          /* --input; empty: none */
    struct variable *variables; /* the latest first */
    struct arena line;          /* what is compiled and computed now */
};

static bool sheet_get(const struct feel_scope *scope, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct sheet *s = scope->ctx;
    struct str value;

    for (const struct variable *v = s->variables; v; v = v->next) {
        if (str_equal(v->name, name)) {
            *out = v->value;
            return true;
        }
    }
    if (s->tested.len && str_is(name, "?"))
        value = s->tested;
    else if (!json_get(s->context, name, scratch, &value))
        return false;
    *out = feel_from_json(value, scratch);
    return true;
}

/* The names that an expression may use, for the parser and for suggestions. */
static struct feel_names sheet_names(struct sheet *s)
{
    struct json_walk walk = json_walk(s->context);
    struct json_member m;
    size_t count = 0;

    while (json_next(&walk, &s->line, &m))
        count++;
    for (const struct variable *v = s->variables; v; v = v->next)
        count++;
    struct str *names = NEW_ARRAY(&s->line, struct str, count);
    count = 0;
    for (walk = json_walk(s->context); json_next(&walk, &s->line, &m);)
        names[count++] = m.name;
    for (const struct variable *v = s->variables; v; v = v->next)
        names[count++] = v->name;
    return (struct feel_names){.names = names, .count = count};
}

/* ---- one expression -------------------------------------------------------------- */

static void error_show(struct str text, const char *error)
{
    unsigned line, column;

    fprintf(stderr, "error: %s\n", error);
    if (sscanf(error, "line %u, column %u", &line, &column) == 2)
        place_show(text, line, column);
}

static bool compute(struct sheet *s, struct str text, struct feel_value *out)
{
    struct desk *d = s->desk;
    struct feel_scope scope = {sheet_get, s};
    struct feel_names names = sheet_names(s);
    enum feel_form form = d->options->unary ? FEEL_UNARY_TESTS : FEEL_EXPRESSION;
    struct feel_expr *e;
    struct err err;

    d->names = names.names;
    d->name_count = names.count;
    if (!feel_compile(&s->line, form, text, &names, &e, &err)) {
        error_show(text, err.text);
        return false;
    }
    struct feel_env env = desk_env(d, &scope, s->dialect);
    desk_warnings_begin(d);
    *out = feel_eval(e, &env, &s->line);
    desk_warnings_end(d);
    if (out->kind != FEEL_GAVE_UP)
        return true;
    fprintf(stderr, "error: the evaluation was given up: %.*s\n", ARG(out->string));
    return false;
}

static bool show(struct sheet *s, struct str text)
{
    struct feel_value value;
    struct buf b;

    if (!compute(s, text, &value))
        return false;
    buf_init(&b, &s->desk->scratch, 64);
    if (s->desk->options->feel)
        feel_print(&b, &value);
    else
        feel_to_json(&b, &value);
    printf("%.*s\n", ARG(buf_str(&b)));
    return true;
}

/* ---- the prompt ------------------------------------------------------------------ */

/* Words that may not stand in the name that a line sets: it is an expression then. */
static bool is_keyword(struct str word)
{
    static const char *const keywords[] = {
        "if",    "then",  "else", "for",       "in",      "return",  "some",
        "every", "and",   "or",   "not",       "true",    "between", "instance",
        "of",    "false", "null", "satisfies", "function"};

    for (size_t i = 0; i < LEN(keywords); i++)
        if (str_is(word, keywords[i]))
            return true;
    return false;
}

/* Words of letters, digits and underscores (or beyond ASCII), no keyword among them. */
static bool is_name(struct str text)
{
    size_t from = 0;

    if (text.len == 0 || (text.data[0] >= '0' && text.data[0] <= '9'))
        return false;
    for (size_t i = 0; i <= text.len; i++) {
        u8 c = i < text.len ? (u8)text.data[i] : ' ';
        if (c == ' ') {
            if (is_keyword((struct str){text.data + from, i - from}))
                return false;
            from = i + 1;
        } else if (c < 0x80 && c != '_' && !(c >= '0' && c <= '9') &&
                   !((c | 32) >= 'a' && (c | 32) <= 'z')) {
            return false;
        }
    }
    return true;
}

/* Of a line that sets a name: the name and the expression. */
static bool assignment(struct str line, struct str *name, struct str *text)
{
    const char *equals = memchr(line.data, '=', line.len);

    if (!equals)
        return false;
    *name = str_trim((struct str){line.data, (size_t)(equals - line.data)});
    *text = (struct str){equals + 1, line.len - (size_t)(equals + 1 - line.data)};
    return is_name(*name);
}

/* The value stays in the memory in which it was computed. */
static void assign(struct sheet *s, struct str name, struct str text)
{
    struct desk *d = s->desk;
    struct variable *v;
    struct feel_value value;

    if (!compute(s, text, &value))
        return;
    v = NEW(&d->keep, struct variable);
    *v = (struct variable){.name = arena_copy(&d->keep, name),
                           .value = value,
                           .memory = s->line,
                           .next = s->variables};
    s->variables = v;
    arena_init(&s->line, v->memory.first, v->memory.limit, &d->trap);
}

static void line_run(struct sheet *s, struct str line)
{
    struct str name, text;

    arena_reset(&s->line);
    arena_reset(&s->desk->scratch);
    if (line.len == 0)
        return;
    if (assignment(line, &name, &text))
        assign(s, name, text);
    else
        show(s, line);
    fflush(stdout);
}

/* With history and editing, for people. */
static void prompt(struct sheet *s)
{
    printf("FEEL. `name = expression` sets a name; (a = b) compares; Ctrl-D ends.\n");
    for (char *line; (line = readline("feel> "));) {
        struct str text = str_trim(str_of(line));
        if (text.len)
            add_history(line);
        line_run(s, text);
        free(line);
    }
    putchar('\n');
}

/* The same line by line from a file or pipe. */
static void lines_run(struct sheet *s)
{
    char *line = NULL;
    size_t size = 0;

    for (ssize_t len; (len = getline(&line, &size, stdin)) >= 0;)
        line_run(s, str_trim((struct str){line, (size_t)len}));
    free(line);
}

static int interactive(struct sheet *s)
{
    if (isatty(0))
        prompt(s);
    else
        lines_run(s);
    while (s->variables) {
        struct variable *v = s->variables;
        s->variables = v->next;
        arena_free(&v->memory);
    }
    return 0;
}

/* ---- the command ----------------------------------------------------------------- */

static int sheet_run(struct sheet *s)
{
    const struct options *o = s->desk->options;
    struct str text;

    if (o->interactive)
        return interactive(s);
    if ((o->file[0] != 0) + o->word_count != 1) {
        fprintf(stderr, "fermata: name one expression, or a file with --file, or -i "
                        "for a prompt\n");
        return 2;
    }
    if (!o->file[0])
        text = str_of(o->words[0]);
    else if (!desk_file(s->desk, o->file, &text))
        return 1;
    return show(s, text) ? 0 : 1;
}

static int run(struct desk *d)
{
    const struct options *o = d->options;
    struct sheet s = {.desk = d};

    if (!desk_dialect(d, &s.dialect))
        return 2;
    if (o->input[0] && !o->unary) {
        fprintf(stderr, "fermata: --input is what --unary tests; say --unary, too\n");
        return 2;
    }
    if (!desk_json(d, "context", o->context, JSON_OBJECT, &s.context) ||
        (o->input[0] && !desk_json(d, "input", o->input, JSON_ANY, &s.tested)))
        return 1;
    if (o->unary && !s.tested.len &&
        !json_get(s.context, STR("?"), &d->keep, &s.tested)) {
        fprintf(stderr,
                "fermata: --unary needs the value that is tested: --input JSON\n");
        return 2;
    }
    arena_init(&s.line, 4096, d->keep.limit, &d->trap);
    int code = sheet_run(&s);
    arena_free(&s.line);
    return code;
}

int feel_main(const struct options *o)
{
    return desk_run(o, run);
}
