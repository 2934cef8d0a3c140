/* feel.c - foreign bytes as an expression: it is refused, or it evaluates within its
 * limits, and what it gives prints and compares. The first byte chooses the form, the
 * dialect and whether the rest is JSON or a zone's file instead. */
#include "feel/feel.h"

#include "t/fuzz/zone.h"

int fuzz_one(const u8 *data, size_t size);

#define VARIABLES                                                           \
    "{\"a\":1,\"b\":[1,2,{\"c\":\"d\"}],\"s\":\"text \\u00e9\",\"n\":null," \
    "\"o\":{\"k\":{\"l\":[true,false]},\"in stock\":-0.5},\"?\":7}"

struct fuzz {
    struct arena arena;
    struct trap full;
    struct feel_value variables;
};

static bool fuzz_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    const struct fuzz *f = s->ctx;

    return feel_context_get(f->variables.context, name, scratch, out);
}

static void fuzz_note(const struct feel_env *env, struct str warning)
{
    must(warning.len > 0 && warning.data[0] == '[');
}

/* The file that ctx is. */
static bool given_bring(void *ctx, struct str name, struct arena *arena,
                        struct str *tzif)
{
    *tzif = *(const struct str *)ctx;
    return true;
}

/* The bytes as a zone's file: refused, or every instant has an offset. */
static void fuzz_zone(struct str file)
{
    static const i64 days[] = {-800000, -1, 0, 10957, 20000, 40000, 800000};
    struct zones *zones = zones_open(given_bring, &file);
    struct feel_span span = {.days = 1};

    for (size_t i = 0; i < LEN(days); i++)
        feel_later(days[i] * 86400000, &span, zones, STR("AAA"));
    zones_close(zones);
}

static void fuzz_value(struct fuzz *f, const struct feel_value *v)
{
    struct buf text;

    buf_init(&text, &f->arena, 64);
    feel_to_json(&text, v);
    feel_print(&text, v);
    feel_equal(v, v);
    must(feel_type_name(v));
}

static void fuzz_expression(struct fuzz *f, enum feel_form form, struct str text,
                            enum feel_dialect dialect, struct zones *zones)
{
    static const struct str known[] = {{"in stock", 8}, {"a - b", 5}, {"a", 1}};
    struct feel_names names = {known, LEN(known)};
    struct feel_scope scope = {.get = fuzz_get, .ctx = f};
    struct feel_env env = {.scope = &scope,
                           .now = 1718007330000,
                           .zones = zones,
                           .limits = {20000, 200, 65536, 5000},
                           .dialect = dialect,
                           .note = fuzz_note};
    struct feel_expr *expr;
    struct err err = {0};

    f->variables = feel_from_json(STR(VARIABLES), &f->arena);
    if (!feel_compile(&f->arena, form, text, &names, &expr, &err)) {
        must(err.code == ERR_SYNTAX || err.code == ERR_LIMIT);
        must(err.text[0]);
        return;
    }
    struct feel_value v = feel_eval(expr, &env, &f->arena);
    fuzz_value(f, &v);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct fuzz f = {.variables = {.kind = FEEL_NULL}};
    struct zones *zones = zones_open(fuzz_bring, NULL);
    struct str text = {(const char *)data + 1, size ? size - 1 : 0};
    struct feel_value v;

    arena_init(&f.arena, 4096, 8 << 20, &f.full);
    if (size > 0 && setjmp(f.full.jump) == 0) {
        if (data[0] % 8 < 4) {
            fuzz_expression(&f, data[0] & 1 ? FEEL_UNARY_TESTS : FEEL_EXPRESSION, text,
                            data[0] & 2 ? FEEL_STANDARD : FEEL_CAMUNDA, zones);
        } else if (data[0] % 8 == 5) {
            fuzz_zone(text);
        } else {
            v = feel_from_json(text, &f.arena);
            fuzz_value(&f, &v);
        }
    }
    arena_free(&f.arena);
    zones_close(zones);
    return 0;
}
