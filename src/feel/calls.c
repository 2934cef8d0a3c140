/* calls.c - calls of a built-in that somebody looks at without evaluating the
 * expression that they stand in. */
#include "feel/internal.h"

struct search {
    const struct builtin *builtin;
    struct arena *arena;
    struct feel_call *found; /* NULL: they are only counted */
    size_t count;
};

static void calls_find(struct search *s, const struct node *n)
{
    if (n->kind == NODE_CALL && n->builtin == s->builtin) {
        if (s->found)
            s->found[s->count] = (struct feel_call){n};
        s->count++;
    }
    for (u32 i = 0; i < n->count; i++)
        if (n->items[i])
            calls_find(s, n->items[i]);
}

size_t feel_calls(const struct feel_expr *e, struct str name, struct arena *arena,
                  const struct feel_call **out)
{
    struct search s = {builtin_find(name), arena, NULL, 0};

    if (!s.builtin)
        return 0;
    calls_find(&s, e->root);
    s.found = NEW_ARRAY(arena, struct feel_call, s.count);
    s.count = 0;
    calls_find(&s, e->root);
    *out = s.found;
    return s.count;
}

/* Which parameter it is; those of a built-in stand in one text, with commas between. */
static bool is_parameter(struct str all, u32 at, struct str name)
{
    for (;; at--) {
        const char *comma = memchr(all.data, ',', all.len);
        size_t len = comma ? (size_t)(comma - all.data) : all.len;
        if (at == 0)
            return str_equal((struct str){all.data, len}, name);
        if (!comma)
            return false;
        all = (struct str){comma + 1, all.len - len - 1};
    }
}

static struct node *argument(const struct feel_call *c, struct str parameter)
{
    const struct node *n = c->node;

    for (u32 i = 1; i < n->count; i++)
        if (n->names ? str_equal(n->names[i - 1], parameter)
                     : is_parameter(str_of(n->builtin->parameters), i - 1, parameter))
            return n->items[i];
    return NULL;
}

static bool put_path(struct buf *b, const struct node *n)
{
    if (n->kind == NODE_NAME) {
        buf_add(b, n->name);
        return true;
    }
    if (n->kind != NODE_PATH || !put_path(b, n->items[0]))
        return false;
    buf_byte(b, '.');
    buf_add(b, n->name);
    return true;
}

bool feel_call_path(const struct feel_call *c, struct str parameter,
                    struct arena *arena, struct str *out)
{
    const struct node *n = argument(c, parameter);
    struct buf b;

    buf_init(&b, arena, 32);
    if (!n || !put_path(&b, n))
        return false;
    *out = buf_str(&b);
    return true;
}

struct feel_value feel_call_value(const struct feel_call *c, struct str parameter,
                                  const struct feel_env *env, struct arena *scratch)
{
    struct feel_expr *alone = NEW(scratch, struct feel_expr);

    *alone = (struct feel_expr){.root = argument(c, parameter), .has_functions = true};
    return alone->root ? feel_eval(alone, env, scratch) : value_null();
}
