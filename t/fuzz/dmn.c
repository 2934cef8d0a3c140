/* Any bytes as a decision model: refused with a text, or accepted, and then everything
 * in it can be decided with small limits, in both dialects. */
#include "dmn/dmn.h"

int fuzz_one(const u8 *data, size_t size);

/* Every name has some value, which follows from its first byte. */
static bool any_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                    struct feel_value *out)
{
    static const struct feel_value nothing = {.kind = FEEL_NULL};
    u8 first = name.len ? (u8)name.data[0] : 0;
    struct feel_value *one;
    struct str *names;

    if (first == '{')
        return false;
    *out = first % 4 == 0   ? feel_number(first)
           : first % 4 == 1 ? feel_string(name)
           : first % 4 == 2 ? nothing
                            : feel_boolean(true);
    if (first % 8 < 4)
        return true;
    one = NEW(scratch, struct feel_value);
    *one = *out;
    names = NEW(scratch, struct str);
    *names = arena_copy(scratch, name);
    *out = first % 16 < 8 ? feel_list_of(one, 1, scratch)
                          : feel_context_of(names, one, 1, scratch);
    return true;
}

/* Imports are the model itself once more. */
static bool same_find(const struct dmn_resolver *r, struct str uri, struct str location,
                      struct arena *arena, struct str *xml)
{
    *xml = *(const struct str *)r->ctx;
    return true;
}

static void decide_one(const struct dmn *d, size_t i)
{
    const struct feel_scope scope = {.get = any_get};
    struct feel_env env = {
        .scope = &scope,
        .limits = {.steps = 20000, .depth = 100, .string = 10000, .list = 1000}};
    struct dmn_result result;
    struct arena scratch;

    arena_init(&scratch, 4096, 4 << 20, NULL); /* what is not caught within aborts */
    dmn_decide(d, dmn_decision_at(d, i), &env, &scratch, &result);
    must(!result.failed || result.failure.len);
    for (size_t j = 0; j < result.trace_count; j++)
        must(result.trace[j].decision);
    arena_free(&scratch);
}

static void decide_all(const struct dmn *d)
{
    for (size_t i = 0; i < dmn_decision_count(d); i++)
        decide_one(d, i);
}

static void check(const struct dmn *d)
{
    struct arena arena;
    struct trap full;
    size_t count;

    arena_init(&arena, 4096, 4 << 20, &full);
    if (setjmp(full.jump) == 0)
        dmn_check(d, &arena, &count);
    arena_free(&arena);
}

int fuzz_one(const u8 *data, size_t size)
{
    static const enum feel_dialect dialects[] = {FEEL_STANDARD, FEEL_CAMUNDA};
    struct dmn_options options = dmn_options_default;
    struct str xml = {(const char *)data, size};
    const struct dmn_resolver resolver = {.find = same_find, .ctx = &xml};
    struct dmn *d;
    struct err err;

    options.memory = 16 << 20;
    options.resolver = &resolver;
    for (size_t i = 0; i < LEN(dialects); i++) {
        options.dialect = dialects[i];
        if (!dmn_parse(xml, &options, &d, &err)) {
            must(err.code == ERR_SYNTAX || err.code == ERR_LIMIT);
            continue;
        }
        decide_all(d);
        check(d);
        dmn_free(d);
    }
    return 0;
}
