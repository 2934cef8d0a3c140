/* feel_values.c - holds FEEL against values that another program computed.
 *
 *     feel_values FILE.tsv...
 *
 * Columns: expression, its variables (JSON), the value as FEEL prints it, by how many
 * units of the 34th digit a number may be off (missing: not at all); tools/feel_values
 * makes them. Prints what differs, last `N passed, N failed`. */
#include <stdio.h>
#include <stdlib.h>

#include "feel/feel.h"
#include "t/zoneinfo.h"

enum { EXPRESSION, VARIABLES, WANTED, OFF, COLUMNS };

struct values {
    struct zones *zones;
    struct arena arena;
    struct trap full;
    size_t passed, failed;
};

static bool get(const struct feel_scope *scope, struct str name, struct arena *scratch,
                struct feel_value *out)
{
    return feel_context_get(scope->ctx, name, scratch, out);
}

/* Printed; what is no expression is the text of the error. */
static struct str evaluate(struct values *s, const struct str *columns)
{
    struct feel_value variables = feel_from_json(columns[VARIABLES], &s->arena), v;
    struct feel_scope scope = {.get = get, .ctx = variables.context};
    struct feel_env env = {.scope = &scope,
                           .zones = s->zones,
                           .limits = feel_limits_default,
                           .dialect = FEEL_STANDARD};
    struct feel_expr *expr;
    struct buf out;
    struct err err;

    if (!feel_compile(&s->arena, FEEL_EXPRESSION, columns[EXPRESSION], NULL, &expr,
                      &err))
        return arena_print(&s->arena, "%s", err.text);
    v = feel_eval(expr, &env, &s->arena);
    if (v.kind == FEEL_GAVE_UP)
        return v.string;
    buf_init(&out, &s->arena, 64);
    feel_print(&out, &v);
    return buf_str(&out);
}

static bool is_near(struct str got, struct str wanted, struct str off)
{
    struct num a, b, units, unit = num_from_i64(0);

    if (!num_from_str(got, &a) || !num_from_str(wanted, &b) ||
        !num_from_str(off, &units))
        return false;
    must(num_from_str(STR("1E-33"), &unit));
    return num_compare(num_abs(num_sub(a, b)),
                       num_mul(num_abs(b), num_mul(units, unit))) <= 0;
}

static void check(struct values *s, const struct str *columns)
{
    struct str got = evaluate(s, columns);
    bool ok =
        str_equal(got, columns[WANTED]) || is_near(got, columns[WANTED], columns[OFF]);

    s->passed += ok;
    s->failed += !ok;
    if (!ok)
        printf("%.*s with %.*s\n  got      %.*s\n  expected %.*s\n",
               ARG(columns[EXPRESSION]), ARG(columns[VARIABLES]), ARG(got),
               ARG(columns[WANTED]));
}

static void check_line(struct values *s, char *line)
{
    struct str columns[COLUMNS] = {0};

    arena_reset(&s->arena);
    for (size_t i = 0; i < COLUMNS && line; i++)
        columns[i] = str_of(strsep(&line, "\t\n"));
    if (setjmp(s->full.jump) == 0) {
        check(s, columns);
    } else {
        printf("%.*s: out of memory\n", ARG(columns[EXPRESSION]));
        s->failed++;
    }
}

static void check_file(struct values *s, const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;

    if (!f) {
        perror(path);
        s->failed++;
        return;
    }
    while (getline(&line, &size, f) >= 0)
        check_line(s, line);
    free(line);
    fclose(f);
}

int main(int argc, char **argv)
{
    struct values s = {.zones = zones_open(zoneinfo_bring, NULL)};

    arena_init(&s.arena, 1 << 16, 16u << 20, &s.full);
    for (int i = 1; i < argc; i++)
        check_file(&s, argv[i]);
    printf("%zu passed, %zu failed\n", s.passed, s.failed);
    zones_close(s.zones);
    arena_free(&s.arena);
    return s.failed > 0 || !s.passed;
}
