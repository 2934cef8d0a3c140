/* feel_suite.c - runs a table of FEEL expressions with the value that each must have.
 *
 *     feel_suite [--dialect camunda|standard] FILE.tsv
 *
 * Columns: id, area, context (JSON), expression, expected (JSON, or `error`), note. In
 * JSON {"$date": ...} and the like stand for temporal values, ranges and functions;
 * U+2424 and U+2409 in an expression for a line feed and a tab; the key "?" for the
 * input of a unary test. Where the note says camunda=VALUE, Camunda's dialect must give
 * that or the standard's value, and which is counted; where it says `error` (the engine
 * there does not know the syntax), the standard's. Prints what fails, last `N passed, N
 * failed`. */
#include <stdio.h>
#include <stdlib.h>

#include "feel/feel.h"
#include "t/zoneinfo.h"

#define NAMES_MAX 200

enum { ID, AREA, CONTEXT, EXPRESSION, EXPECTED, NOTE, COLUMNS };

struct suite {
    enum feel_dialect dialect;
    struct zones *zones;
    struct arena arena;
    struct trap full;
    size_t passed, failed, only_standard;
};

/* ---- values that JSON does not have ---------------------------------------------- */

static struct feel_value decode(struct suite *s, struct feel_value v);

static struct feel_value evaluate_text(struct suite *s, struct str text)
{
    struct feel_env env = {.zones = s->zones, .limits = feel_limits_default};
    struct feel_expr *expr;
    struct err err;

    if (!feel_compile(&s->arena, FEEL_EXPRESSION, text, NULL, &expr, &err)) {
        fprintf(stderr, "%.*s: %s\n", ARG(text), err.text);
        exit(2);
    }
    return feel_eval(expr, &env, &s->arena);
}

static struct feel_value decode_special(struct suite *s, struct str key,
                                        const struct feel_value *v)
{
    if (str_is(key, "$function"))
        return evaluate_text(s, STR("function() 1"));
    if (str_is(key, "$range"))
        return evaluate_text(s, v->string);
    return evaluate_text(s, arena_print(&s->arena, "@\"%.*s\"", ARG(v->string)));
}

static struct feel_value decode_list(struct suite *s, const struct feel_list *l)
{
    size_t count = feel_list_count(l);
    struct feel_value *values = NEW_ARRAY(&s->arena, struct feel_value, count);

    for (size_t i = 0; i < count; i++)
        values[i] = decode(s, feel_list_at(l, i, &s->arena));
    return feel_list_of(values, count, &s->arena);
}

static struct feel_value decode_context(struct suite *s, const struct feel_context *c)
{
    size_t count = feel_context_count(c, &s->arena);
    struct feel_value *values = NEW_ARRAY(&s->arena, struct feel_value, count);
    struct str *names = NEW_ARRAY(&s->arena, struct str, count);

    for (size_t i = 0; i < count; i++) {
        struct feel_value v = feel_context_at(c, i, &s->arena, &names[i]);
        if (count == 1 && str_starts(names[i], STR("$")))
            return decode_special(s, names[i], &v);
        values[i] = decode(s, v);
    }
    return feel_context_of(names, values, count, &s->arena);
}

static struct feel_value decode(struct suite *s, struct feel_value v)
{
    if (v.kind == FEEL_LIST)
        return decode_list(s, v.list);
    return v.kind == FEEL_CONTEXT ? decode_context(s, v.context) : v;
}

/* ---- comparing ------------------------------------------------------------------- */

static bool same_number(struct num got, struct num wanted, struct num tolerance)
{
    struct num off = num_abs(num_sub(got, wanted));

    return num_equal(got, wanted) ||
           num_compare(off, num_mul(num_abs(wanted), tolerance)) <= 0;
}

static bool same(struct suite *s, const struct feel_value *a,
                 const struct feel_value *b, struct num tolerance);

static bool same_lists(struct suite *s, const struct feel_list *a,
                       const struct feel_list *b, struct num tolerance)
{
    size_t count = feel_list_count(a);

    if (count != feel_list_count(b))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct feel_value x = feel_list_at(a, i, &s->arena);
        struct feel_value y = feel_list_at(b, i, &s->arena);
        if (!same(s, &x, &y, tolerance))
            return false;
    }
    return true;
}

static bool same_contexts(struct suite *s, const struct feel_context *a,
                          const struct feel_context *b, struct num tolerance)
{
    size_t count = feel_context_count(a, &s->arena);

    if (count != feel_context_count(b, &s->arena))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct str name;
        struct feel_value x = feel_context_at(a, i, &s->arena, &name), y;
        if (!feel_context_get(b, name, &s->arena, &y) || !same(s, &x, &y, tolerance))
            return false;
    }
    return true;
}

/* What is printed shows all components: the kind of offset, the name of a zone. */
static bool same_text(struct suite *s, const struct feel_value *a,
                      const struct feel_value *b)
{
    struct buf x, y;

    buf_init(&x, &s->arena, 32);
    buf_init(&y, &s->arena, 32);
    feel_print(&x, a);
    feel_print(&y, b);
    return str_equal(buf_str(&x), buf_str(&y));
}

static bool same(struct suite *s, const struct feel_value *a,
                 const struct feel_value *b, struct num tolerance)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == FEEL_NUMBER)
        return same_number(a->number, b->number, tolerance);
    if (a->kind == FEEL_LIST)
        return same_lists(s, a->list, b->list, tolerance);
    if (a->kind == FEEL_CONTEXT)
        return same_contexts(s, a->context, b->context, tolerance);
    return same_text(s, a, b);
}

/* ---- one case -------------------------------------------------------------------- */

struct outcome {
    bool is_error;
    struct feel_value value;
    char text[600]; /* for people */
};

static void show(struct suite *s, struct outcome *o)
{
    struct buf b;

    buf_init(&b, &s->arena, 64);
    feel_print(&b, &o->value);
    snprintf(o->text, sizeof(o->text), "%.*s", (int)b.len, b.data);
}

static struct outcome expected(struct suite *s, struct str json)
{
    struct outcome o = {.is_error = str_is(json, "error"), .text = "error"};

    if (!o.is_error) {
        o.value = decode(s, feel_from_json(json, &s->arena));
        show(s, &o);
    }
    return o;
}

static bool scope_get(const struct feel_scope *scope, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    return feel_context_get(scope->ctx, name, scratch, out);
}

/* The names of all contexts in the value, which the parser must know. */
static void collect_names(struct suite *s, struct feel_value v, struct str *names,
                          size_t *count)
{
    struct str name;

    if (v.kind == FEEL_LIST)
        for (size_t i = 0; i < feel_list_count(v.list); i++)
            collect_names(s, feel_list_at(v.list, i, &s->arena), names, count);
    if (v.kind != FEEL_CONTEXT)
        return;
    for (size_t i = 0; i < feel_context_count(v.context, &s->arena); i++) {
        struct feel_value entry = feel_context_at(v.context, i, &s->arena, &name);
        if (*count < NAMES_MAX)
            names[(*count)++] = name;
        collect_names(s, entry, names, count);
    }
}

static struct outcome run(struct suite *s, struct str *columns)
{
    struct feel_value variables =
        decode(s, feel_from_json(columns[CONTEXT], &s->arena));
    struct feel_scope scope = {.get = scope_get, .ctx = variables.context};
    struct feel_env env = {.scope = &scope,
                           .now = 1718000000000,
                           .zones = s->zones,
                           .limits = feel_limits_default,
                           .dialect = s->dialect};
    struct str known[NAMES_MAX];
    struct feel_names names = {.names = known};
    struct outcome o = {.is_error = true};
    enum feel_form form =
        str_starts(columns[AREA], STR("unary")) ? FEEL_UNARY_TESTS : FEEL_EXPRESSION;
    struct feel_expr *expr;
    struct err err;

    collect_names(s, variables, known, &names.count);
    if (!feel_compile(&s->arena, form, columns[EXPRESSION], &names, &expr, &err)) {
        snprintf(o.text, sizeof(o.text), "error: %s", err.text);
        return o;
    }
    o.value = feel_eval(expr, &env, &s->arena);
    o.is_error = o.value.kind == FEEL_GAVE_UP;
    if (o.is_error)
        snprintf(o.text, sizeof(o.text), "gave up: %.*s", ARG(o.value.string));
    else
        show(s, &o);
    return o;
}

/* The text behind `key` in the note, up to the next bar. */
static bool tag(struct str note, const char *key, struct str *out)
{
    for (size_t at = 0; at < note.len; at++) {
        struct str rest = {note.data + at, note.len - at};
        const char *bar;
        if (!str_starts(rest, str_of(key)) || (at > 0 && note.data[at - 1] != ' '))
            continue;
        rest = (struct str){rest.data + strlen(key), rest.len - strlen(key)};
        bar = rest.len ? memchr(rest.data, '|', rest.len) : NULL;
        *out =
            str_trim(bar ? (struct str){rest.data, (size_t)(bar - rest.data)} : rest);
        return true;
    }
    return false;
}

static bool agrees(struct suite *s, const struct outcome *got, struct str wanted,
                   struct num tolerance)
{
    struct outcome o = expected(s, wanted);

    return got->is_error == o.is_error &&
           (o.is_error || same(s, &got->value, &o.value, tolerance));
}

static void run_case(struct suite *s, struct str *columns)
{
    struct outcome got = run(s, columns);
    struct num tolerance = num_from_i64(0);
    struct str camunda, tol;
    bool ok;

    if (tag(columns[NOTE], "tol=", &tol))
        num_from_str(tol, &tolerance);
    ok = agrees(s, &got, columns[EXPECTED], tolerance);
    if (s->dialect == FEEL_CAMUNDA && tag(columns[NOTE], "camunda=", &camunda) &&
        !str_is(camunda, "error") && !str_is(camunda, "other")) {
        bool theirs = agrees(s, &got, camunda, tolerance);
        s->only_standard += ok && !theirs;
        ok |= theirs;
    }
    s->passed += ok;
    s->failed += !ok;
    if (!ok)
        printf("%.*s: %.*s\n  got %s\n  expected %.*s\n", ARG(columns[ID]),
               ARG(columns[EXPRESSION]), got.text, ARG(columns[EXPECTED]));
}

/* ---- the table ------------------------------------------------------------------- */

static struct str put_breaks(struct suite *s, struct str text)
{
    struct buf b;

    buf_init(&b, &s->arena, text.len);
    for (size_t at = 0; at < text.len; at++) {
        struct str rest = {text.data + at, text.len - at};
        bool feed = str_starts(rest, STR("\xe2\x90\xa4"));
        if (!feed && !str_starts(rest, STR("\xe2\x90\x89"))) {
            buf_byte(&b, text.data[at]);
            continue;
        }
        buf_byte(&b, feed ? '\n' : '\t');
        at += 2;
    }
    return buf_str(&b);
}

static void run_line(struct suite *s, char *line)
{
    struct str columns[COLUMNS] = {0};

    arena_reset(&s->arena);
    for (size_t i = 0; i < COLUMNS && line; i++)
        columns[i] = str_of(strsep(&line, "\t\n"));
    columns[EXPRESSION] = put_breaks(s, columns[EXPRESSION]);
    if (setjmp(s->full.jump) == 0) {
        run_case(s, columns);
    } else {
        printf("%.*s: out of memory\n", ARG(columns[ID]));
        s->failed++;
    }
}

int main(int argc, char **argv)
{
    struct suite s = {.dialect = FEEL_CAMUNDA};
    char *line = NULL;
    size_t size = 0;
    FILE *f;

    if (argc == 4 && strcmp(argv[1], "--dialect") == 0)
        s.dialect = strcmp(argv[2], "standard") == 0 ? FEEL_STANDARD : FEEL_CAMUNDA;
    else if (argc != 2)
        return fprintf(stderr, "feel_suite [--dialect camunda|standard] FILE.tsv\n"), 2;
    f = fopen(argv[argc - 1], "r");
    if (!f)
        return perror(argv[argc - 1]), 2;
    s.zones = zones_open(zoneinfo_bring, NULL);
    arena_init(&s.arena, 1 << 16, 64u << 20, &s.full);
    if (getline(&line, &size, f) < 0) /* the header */
        s.failed++;
    while (getline(&line, &size, f) >= 0)
        run_line(&s, line);
    if (s.only_standard)
        printf("%zu cases with the standard's value where Camunda's differs\n",
               s.only_standard);
    printf("%zu passed, %zu failed\n", s.passed, s.failed);
    free(line);
    fclose(f);
    zones_close(s.zones);
    arena_free(&s.arena);
    return s.failed > 0;
}
