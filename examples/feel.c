/* feel.c - evaluates a FEEL expression: feel '1 + 2', feel 'for i in 1..3 return i *
 * i'.
 *
 *     cc -Isrc examples/feel.c build/plain/feel.a build/plain/base.a -lpcre2-8 \
 *        -l:libbidgcc000.a -lm
 */
#include "feel/feel.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    struct feel_env env = {.limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct feel_expr *expr;
    struct arena arena;
    struct err err;
    struct buf text;

    if (argc != 2) {
        fprintf(stderr, "usage: feel EXPRESSION\n");
        return 2;
    }
    arena_init(&arena, 4096, 64 << 20, NULL);
    if (!feel_compile(&arena, FEEL_EXPRESSION, str_of(argv[1]), NULL, &expr, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    struct feel_value v = feel_eval(expr, &env, &arena);
    buf_init(&text, &arena, 64);
    feel_print(&text, &v);
    printf("%.*s\n", ARG(buf_str(&text)));
    arena_free(&arena);
    return 0;
}
