/* dmn.c - makes a decision of a model, with inputs as a context of FEEL:
 * dmn dish.dmn Dish '{Season: "Winter", Guests: 4}'.
 *
 *     cc -Isrc examples/dmn.c build/plain/dmn.a build/plain/feel.a build/plain/xml.a \
 *        build/plain/base.a -lexpat -lpcre2-8 -l:libbidgcc000.a -lm
 */
#include "dmn/dmn.h"

#include <stdio.h>

static bool input_get(const struct feel_scope *s, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct feel_value *inputs = s->ctx;

    return inputs->kind == FEEL_CONTEXT &&
           feel_context_get(inputs->context, name, scratch, out);
}

int main(int argc, char **argv)
{
    static char xml[1 << 20];
    FILE *f = argc == 4 ? fopen(argv[1], "rb") : NULL;
    const struct dmn_decision *decision;
    struct dmn_result result;
    struct arena arena;
    struct buf text;
    struct dmn *d = NULL;
    struct err err;

    if (!f) {
        fprintf(stderr, "usage: dmn MODEL DECISION INPUTS\n");
        return 2;
    }
    size_t len = fread(xml, 1, sizeof(xml), f);
    fclose(f);
    arena_init(&arena, 4096, 64 << 20, NULL);
    if (!dmn_parse((struct str){xml, len}, &dmn_options_default, &d, &err) ||
        !(decision = dmn_find(d, str_of(argv[2])))) {
        fprintf(stderr, "%s\n", d ? "there is no such decision" : err.text);
        return 1;
    }
    struct feel_env env = {.limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct feel_expr *expr;
    if (!feel_compile(&arena, FEEL_EXPRESSION, str_of(argv[3]), NULL, &expr, &err)) {
        fprintf(stderr, "inputs: %s\n", err.text);
        return 1;
    }
    struct feel_value inputs = feel_eval(expr, &env, &arena);
    struct feel_scope scope = {.get = input_get, .ctx = &inputs};
    env.scope = &scope;
    dmn_decide(d, decision, &env, &arena, &result);
    buf_init(&text, &arena, 64);
    feel_to_json(&text, &result.value);
    printf("%.*s\n", ARG(result.failed ? result.failure : buf_str(&text)));
    dmn_free(d);
    arena_free(&arena);
    return result.failed != NULL;
}
