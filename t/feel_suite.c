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
#include "feel/internal.h"

enum { ID, AREA, CONTEXT, EXPRESSION, EXPECTED, NOTE, COLUMNS };

struct suite {
    enum feel_dialect dialect;
    struct zones *zones;
    struct arena arena;
    struct trap full;
    size_t passed, failed, only_standard;
};

static bool bring(void *ctx, struct str name, struct arena *arena, struct str *tzif)
{
    char path[128];
    long size;
    FILE *f;

    snprintf(path, sizeof(path), "/usr/share/zoneinfo/%.*s", ARG(name));
    f = fopen(path, "rb");
    if (!f)
        return false;
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    if (size <= 0 || size > 1 << 20) {
        fclose(f);
        return false;
    }
    char *data = arena_alloc(arena, (size_t)size);
    tzif->data = data;
    tzif->len = fread(data, 1, (size_t)size, f);
    fclose(f);
    return true;
}

/* ---- values that JSON does not have ------------------------------------------ */

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

static struct feel_value decode(struct suite *s, struct feel_value v)
{
    struct feel_value *values;

    if (v.kind == FEEL_LIST) {
        const struct feel_list *l = list_read(v.list, &s->arena);
        values = NEW_ARRAY(&s->arena, struct feel_value, l->count);
        for (size_t i = 0; i < l->count; i++)
            values[i] = decode(s, l->items[i]);
        return feel_list_of(values, l->count, &s->arena);
    }
    if (v.kind == FEEL_CONTEXT) {
        const struct feel_context *c = context_read(v.context, &s->arena);
        if (c->count == 1 && c->names[0].len && c->names[0].data[0] == '$')
            return decode_special(s, c->names[0], &c->values[0]);
        values = NEW_ARRAY(&s->arena, struct feel_value, c->count);
        for (size_t i = 0; i < c->count; i++)
            values[i] = decode(s, c->values[i]);
        return feel_context_of(c->names, values, c->count, &s->arena);
    }
    return v;
}

/* ---- comparing --------------------------------------------------------------- */

static bool same_number(struct num got, struct num wanted, struct num tolerance)
{
    struct num off = num_abs(num_sub(got, wanted));

    return num_equal(got, wanted) ||
           num_compare(off, num_mul(num_abs(wanted), tolerance)) <= 0;
}

static bool same_moment(const struct feel_moment *a, const struct feel_moment *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day &&
           a->hour == b->hour && a->minute == b->minute && a->second == b->second &&
           a->nanos == b->nanos && a->place == b->place &&
           (a->place != PLACE_OFFSET || a->offset == b->offset) &&
           str_equal(a->zone, b->zone);
}

static bool same(struct suite *s, const struct feel_value *a,
                 const struct feel_value *b, struct num tolerance)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == FEEL_NUMBER)
        return same_number(a->number, b->number, tolerance);
    if (a->kind == FEEL_DATE || a->kind == FEEL_TIME || a->kind == FEEL_DATE_TIME)
        return same_moment(a->moment, b->moment);
    if (a->kind == FEEL_FUNCTION)
        return true;
    if (a->kind == FEEL_LIST) {
        const struct feel_list *x = list_read(a->list, &s->arena);
        const struct feel_list *y = list_read(b->list, &s->arena);
        bool equal = x->count == y->count;
        for (size_t i = 0; equal && i < x->count; i++)
            equal = same(s, &x->items[i], &y->items[i], tolerance);
        return equal;
    }
    if (a->kind == FEEL_CONTEXT) {
        const struct feel_context *x = context_read(a->context, &s->arena);
        const struct feel_context *y = context_read(b->context, &s->arena);
        bool equal = x->count == y->count;
        size_t at;
        for (size_t i = 0; equal && i < x->count; i++)
            equal = context_find(y, x->names[i], &at) &&
                    same(s, &x->values[i], &y->values[at], tolerance);
        return equal;
    }
    return feel_equal(a, b);
}

/* ---- one case ---------------------------------------------------------------- */

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
    if (v.kind == FEEL_LIST)
        for (size_t i = 0; i < v.list->count; i++)
            collect_names(s, v.list->items[i], names, count);
    if (v.kind != FEEL_CONTEXT)
        return;
    for (size_t i = 0; i < v.context->count; i++) {
        if (*count < 200)
            names[(*count)++] = v.context->names[i];
        collect_names(s, v.context->values[i], names, count);
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
    struct feel_names names = {.names = NEW_ARRAY(&s->arena, struct str, 200)};
    struct outcome o = {.is_error = true};
    enum feel_form form =
        str_starts(columns[AREA], STR("unary")) ? FEEL_UNARY_TESTS : FEEL_EXPRESSION;
    struct feel_expr *expr;
    struct err err;

    collect_names(s, variables, (struct str *)names.names, &names.count);
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

/* ---- the table --------------------------------------------------------------- */

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
    s.zones = zones_open(bring, NULL);
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
