/* regex.c - foreign regular expressions: lines of pattern, flags, replacement; the rest
 * is what they look through. A pattern is refused, or the functions that use it agree
 * on whether it is found. */
#include "feel/feel.h"

int fuzz_one(const u8 *data, size_t size);

enum { PATTERN, FLAGS, REPLACEMENT, INPUT, PARTS };

struct fuzz {
    struct arena arena;
    struct trap full;
    struct str parts[PARTS];
};

/* p, f, r and s. */
static bool fuzz_get(const struct feel_scope *s, struct str name, struct arena *scratch,
                     struct feel_value *out)
{
    static const char names[] = "pfrs";
    const struct fuzz *f = s->ctx;
    const char *at = name.len == 1 ? strchr(names, name.data[0]) : NULL;

    if (at)
        *out = feel_string(f->parts[at - names]);
    return at;
}

static void split(struct fuzz *f, struct str text)
{
    for (int i = 0; i < INPUT; i++) {
        const char *end = text.len ? memchr(text.data, '\n', text.len) : NULL;
        size_t len = end ? (size_t)(end - text.data) : text.len;
        f->parts[i] = (struct str){text.data, len};
        text.data += end ? len + 1 : len;
        text.len -= end ? len + 1 : len;
    }
    f->parts[INPUT] = text;
}

/* What each function says; the last two know no flags. */
enum { MATCHES, REPLACE, SPLIT, EXTRACT };

static struct feel_value evaluate(struct fuzz *f)
{
    static const char text[] = "[matches(s, p, f), replace(s, p, r, f), "
                               "if f = \"\" then split(s, p) else null, "
                               "if f = \"\" then extract(s, p) else null]";
    static struct arena keep;
    static struct feel_expr *expr;
    const struct feel_scope scope = {.get = fuzz_get, .ctx = f};
    struct feel_env env = {.scope = &scope, .limits = {20000, 100, 65536, 5000}};
    struct err err;

    if (!expr) {
        arena_init(&keep, 4096, 1 << 16, NULL);
        must(feel_compile(&keep, FEEL_EXPRESSION, str_of(text), NULL, &expr, &err));
    }
    return feel_eval(expr, &env, &f->arena);
}

static size_t count(const struct feel_value *v)
{
    must(v->kind == FEEL_LIST);
    return feel_list_count(v->list);
}

static bool is_input(const struct fuzz *f, const struct feel_value *v)
{
    return v->kind == FEEL_STRING && str_equal(v->string, f->parts[INPUT]);
}

static void check_absent(struct fuzz *f, const struct feel_value *says)
{
    struct feel_value piece;

    must(says[REPLACE].kind == FEEL_NULL || is_input(f, &says[REPLACE]));
    if (f->parts[FLAGS].len)
        return;
    must(count(&says[SPLIT]) == 1 && count(&says[EXTRACT]) == 0);
    piece = feel_list_at(says[SPLIT].list, 0, &f->arena);
    must(is_input(f, &piece));
}

static void check(struct fuzz *f)
{
    struct feel_value all = evaluate(f), says[EXTRACT + 1];

    if (all.kind != FEEL_LIST)
        return;
    for (size_t i = 0; i < LEN(says); i++)
        says[i] = feel_list_at(all.list, i, &f->arena);
    if (says[MATCHES].kind == FEEL_NULL)
        must(says[REPLACE].kind == FEEL_NULL && says[EXTRACT].kind == FEEL_NULL);
    else if (!says[MATCHES].boolean)
        check_absent(f, says);
    else if (!f->parts[FLAGS].len)
        must(count(&says[EXTRACT]) > 0);
}

int fuzz_one(const u8 *data, size_t size)
{
    struct fuzz f = {.parts = {{0}}};

    arena_init(&f.arena, 32768, 8 << 20, &f.full);
    split(&f, (struct str){(const char *)data, size});
    if (setjmp(f.full.jump) == 0)
        check(&f);
    arena_free(&f.arena);
    return 0;
}
