/* Any bytes: either an error with a place, or canonical text that stays as it is and
 * can be walked to the end. */
#include "json/json.h"

int fuzz_one(const u8 *data, size_t size);

static void walk(struct str value, struct arena *arena)
{
    enum json_kind kind = json_kind(value);
    i64 number;

    if (kind == JSON_STRING)
        json_text(value, arena);
    if (kind == JSON_NUMBER)
        json_i64(value, &number);
    if (kind != JSON_ARRAY && kind != JSON_MAP)
        return;
    struct json_walk w = json_walk(value);
    for (struct json_member m; json_next(&w, arena, &m);) {
        struct str found;
        must(kind == JSON_ARRAY || json_get(value, m.name, arena, &found));
        must(kind == JSON_ARRAY || str_equal(found, m.value));
        walk(m.value, arena);
    }
}

int fuzz_one(const u8 *data, size_t size)
{
    static const struct json_limits limits = {.depth = 100};
    struct str text = {(const char *)data, size}, once, twice;
    struct trap full;
    struct arena arena;
    struct err err;

    arena_init(&arena, 4096, 64 << 20, &full);
    if (setjmp(full.jump) == 0 &&
        json_canonical(text, JSON_ANY, &limits, &arena, &once, &err)) {
        must(json_canonical(once, JSON_ANY, &limits, &arena, &twice, &err));
        must(twice.data == once.data);
        must(twice.len == once.len);
        walk(once, &arena);
    }
    arena_free(&arena);
    return 0;
}
