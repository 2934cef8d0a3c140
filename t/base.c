#include "base/base.h"

#include <setjmp.h>

#include "base/arena.h"
#include "base/blocks.h"
#include "base/buf.h"
#include "base/due.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/pool.h"
#include "base/prng.h"
#include "base/ring.h"
#include "base/runs.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "t/test.h"

TEST(keys_come_out_by_time_and_then_by_key)
{
    static const i64 times[] = {30, 10, 20, 10, 30, 10};
    static const u64 order[] = {1, 3, 5, 2, 0, 4};
    struct due_item items[LEN(times)] = {0}, late = {0}, *room[LEN(times) + 1];
    struct due d = {.items = room, .size = LEN(times)};

    for (size_t i = LEN(times); i-- > 0;) {
        items[i].key = i;
        CHECK(due_put(&d, &items[i], times[i]));
    }
    CHECK(!due_put(&d, &late, 0)); /* full */
    CHECK(!due_first(&d, 9));      /* too early */
    for (size_t i = 0; i < LEN(order); i++) {
        CHECK(due_first(&d, 30) == &items[order[i]]);
        due_del(&d, &items[order[i]]);
    }
    CHECK(!due_first(&d, 30)); /* empty */
}

TEST(a_due_item_can_be_moved_and_taken_out)
{
    struct due_item a = {.key = 1}, b = {.key = 2}, *room[3];
    struct due d = {.items = room, .size = 2};

    CHECK(due_put(&d, &a, 10));
    CHECK(due_put(&d, &b, 20));
    CHECK(due_put(&d, &a, 30)); /* later than b now */
    CHECK(due_first(&d, 30) == &b);
    due_del(&d, &b);
    due_del(&d, &b); /* twice does no harm */
    CHECK(due_first(&d, 30) == &a);
}

/* A tree against the plainest set there is: an array of flags. */
TEST(a_tree_holds_what_was_put_in_and_walks_it_in_order)
{
    enum { N = 64 };
    struct tree_item items[N] = {0};
    struct tree t = {0};
    bool in[N] = {0};
    struct prng p = {7};

    for (int round = 0; round < 5000; round++) {
        size_t i = prng_below(&p, N);
        if (in[i])
            tree_del(&t, &items[i]);
        else
            tree_put(&t, &items[i], i / 8, i % 8);
        in[i] = !in[i];
        size_t count = 0;
        struct tree_item *item = tree_first(&t);
        for (size_t k = 0; k < N; k++) {
            if (!in[k])
                continue;
            CHECK(item == &items[k]);
            item = item ? tree_next(&t, item) : NULL;
            count++;
        }
        CHECK(!item && t.count == count);
        if (test_has_failed())
            return;
    }
}

TEST(the_shape_of_a_tree_does_not_depend_on_the_order_of_arrival)
{
    struct tree_item a[8] = {0}, b[8] = {0};
    struct tree t = {0}, u = {0};

    for (size_t i = 0; i < 8; i++) {
        tree_put(&t, &a[i], 1, i);
        tree_put(&u, &b[7 - i], 1, 7 - i);
    }
    for (size_t i = 0; i < 8; i++)
        CHECK_INT(a[i].left ? a[i].left - a : -1, b[i].left ? b[i].left - b : -1);
    CHECK(tree_last(&t) == &a[7]);
    CHECK(tree_from(&t, 1, 3) == &a[3]);
    CHECK(tree_up_to(&t, 1, 3) == &a[3]);
    CHECK(tree_up_to(&t, 2, 0) == &a[7]);
    CHECK(!tree_up_to(&t, 0, 9));
    CHECK(tree_after(&t, 1, 3) == &a[4]);
    CHECK(!tree_after(&t, 1, 7));
}

TEST(an_arena_that_is_full_jumps_to_its_trap)
{
    struct trap trap = {0};
    struct arena a;
    volatile int got = 0;

    arena_init(&a, 64, 256, &trap);
    if (setjmp(trap.jump) == 0) {
        for (;; got++)
            arena_alloc(&a, 32);
    }
    CHECK_INT(trap.why, TRAP_FULL);
    CHECK_INT(got, 8);
    CHECK(!arena_try(&a, 1));
    arena_reset(&a);
    CHECK(arena_try(&a, 1));
    CHECK_INT(arena_total(&a), 64);
    arena_free(&a);
    CHECK_INT(arena_total(&a), 0);
}

TEST(a_failed_must_inside_a_trap_is_caught_with_its_text)
{
    struct trap trap = {0};

    trap_set(&trap);
    if (setjmp(trap.jump) == 0)
        must(1 > 2);
    trap_set(NULL);
    CHECK_INT(trap.why, TRAP_MUST);
    CHECK(strstr(trap.text, "must(1 > 2) failed in test_a_failed_must"));
}

TEST(text_grows_at_its_end)
{
    struct arena a;
    struct buf b;

    arena_init(&a, 64, 1 << 16, NULL);
    buf_init(&b, &a, 0);
    for (int i = 0; i < 100; i++)
        buf_print(&b, "%d,", i % 10);
    buf_text(&b, "end");
    CHECK_INT(buf_str(&b).len, 203);
    CHECK(str_ends(buf_str(&b), STR("8,9,end")));
    arena_free(&a);
}

TEST(an_error_is_told_from_inside_out)
{
    struct err e;

    CHECK(!err_set(&e, ERR_CORRUPT, "stored bytes fail their checksum"));
    CHECK(!err_in(&e, "entry %d", 812));
    CHECK_INT(e.code, ERR_CORRUPT);
    CHECK_STR(str_of(e.text), "entry 812: stored bytes fail their checksum");
}

TEST(a_checksum_is_the_one_that_everybody_uses)
{
    CHECK_INT(hash_crc32c(0, "123456789", 9), 0xe3069283);
    CHECK_INT(hash_crc32c(hash_crc32c(0, "1234", 4), "56789", 5), 0xe3069283);
}

TEST(a_ring_gives_back_what_was_put_and_refuses_when_full)
{
    void *items[2];
    int a, b, c;
    struct ring r;

    ring_init(&r, items, 2);
    CHECK(!ring_take(&r));
    CHECK(ring_put(&r, &a) && ring_put(&r, &b));
    CHECK(!ring_put(&r, &c));
    CHECK(ring_take(&r) == &a);
    CHECK(ring_put(&r, &c));
    CHECK(ring_take(&r) == &b && ring_take(&r) == &c && !ring_take(&r));
}

TEST(only_well_formed_utf8_is_valid)
{
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {
        {"abc", 3},          {"\xc3\xa4", 2},
        {"\xe2\x82\xac", 3}, {"\xf0\x9f\x98\x80", 4},
        {"\xc0\x80", 0},     {"\xed\xa0\x80", 0},
        {"a\xff", 1},        {"\xf4\x90\x80\x80", 0},
        {"ab\xc3", 2},
    };

    for (size_t i = 0; i < LEN(cases); i++)
        CHECK_INT(utf8_valid(str_of(cases[i].text)), cases[i].valid);
}

TEST(code_points_survive_being_written_and_read)
{
    static const u32 points[] = {0,     0x7f,   0x80,    0x7ff,
                                 0x800, 0xffff, 0x10000, 0x10ffff};

    for (size_t i = 0; i < LEN(points); i++) {
        char out[4];
        size_t at = 0, len = utf8_put(out, points[i]);
        CHECK_INT(utf8_next((struct str){out, len}, &at), points[i]);
        CHECK_INT(at, len);
    }
}

TEST(numbers_are_read_whole_or_not_at_all)
{
    i64 i;
    u64 u;

    CHECK(str_to_i64(STR("-9223372036854775808"), &i) && i == INT64_MIN);
    CHECK(!str_to_i64(STR("9223372036854775808"), &i));
    CHECK(str_to_u64(STR("18446744073709551615"), &u) && u == UINT64_MAX);
    CHECK(!str_to_u64(STR("18446744073709551616"), &u));
    CHECK(!str_to_i64(STR("12x"), &i) && !str_to_i64(STR(""), &i));
    CHECK(!str_to_i64(STR("-"), &i));
}

/* ---- blocks ---------------------------------------------------------------------- */

/* Each block is filled with a byte of its own, which nobody else may change. */
TEST(blocks_keep_what_is_in_them_and_are_used_again)
{
    enum { BLOCKS = 300 };
    struct blocks b = {.slabs = NULL};
    struct prng p = {1};
    u8 *blocks[BLOCKS] = {NULL};
    size_t sizes[BLOCKS] = {0};

    for (u32 round = 0; round < 20000; round++) {
        size_t i = prng_below(&p, BLOCKS);
        for (size_t k = 0; k < sizes[i]; k++)
            CHECK(blocks[i][k] == (u8)i);
        block_put(&b, blocks[i]);
        sizes[i] = prng_below(&p, 4) ? prng_below(&p, 200) : prng_below(&p, 3000);
        blocks[i] =
            round % 2 ? block_get(&b, sizes[i]) : block_get_zeroed(&b, sizes[i]);
        CHECK((uintptr_t)blocks[i] % 8 == 0);
        for (size_t k = 0; k < sizes[i] && round % 2 == 0; k++)
            CHECK(blocks[i][k] == 0);
        memset(blocks[i], (int)i, sizes[i]);
    }
    for (size_t i = 0; i < BLOCKS; i++)
        block_put(&b, blocks[i]);
    blocks_close(&b);
}

TEST(a_block_that_is_resized_keeps_what_is_in_it)
{
    static const size_t sizes[] = {1, 24, 25, 200, 1000, 5000, 40, 9000, 8};
    struct blocks b = {.slabs = NULL};
    u8 *block = NULL;

    for (size_t i = 0; i < LEN(sizes); i++) {
        block = block_resize(&b, block, sizes[i]);
        for (size_t k = 0; i > 0 && k < sizes[i] && k < sizes[i - 1]; k++)
            CHECK(block[k] == (u8)(i - 1));
        memset(block, (int)i, sizes[i]);
    }
    block_put(&b, block);
    blocks_close(&b);
}

/* ---- runs ------------------------------------------------------------------------ */

enum { PAIRS = 4000 };

/* The same by looking at all of them. */
static bool naive_from(const struct pair *pairs, const bool *in, struct pair at,
                       struct pair *out)
{
    bool is_found = false;

    for (size_t i = 0; i < PAIRS; i++) {
        struct pair p = pairs[i];
        bool is_before =
            p.major < at.major || (p.major == at.major && p.minor < at.minor);
        if (!in[i] || is_before)
            continue;
        if (!is_found || p.major < out->major ||
            (p.major == out->major && p.minor < out->minor))
            *out = p;
        is_found = true;
    }
    return is_found;
}

static void check_runs(const struct runs *r, const struct pair *pairs, const bool *in,
                       u64 seed)
{
    struct pair at = pairs[hash_mix(seed) % PAIRS], found = {0}, naive = {0};

    at.minor += hash_mix(seed) % 3 - 1;
    bool is_found = runs_from(r, at, &found);
    CHECK(is_found == naive_from(pairs, in, at, &naive));
    CHECK(found.major == naive.major && found.minor == naive.minor);
}

/* Pairs that are near each other, that are far, and that differ in one number only. */
static void pairs_make(struct pair *pairs)
{
    for (u64 i = 0; i < PAIRS; i++) {
        u64 kind = i / (PAIRS / 4), wild = hash_mix(i + 1);
        pairs[i] = (struct pair[]){{((u64)1 << 51) + i * 7, i % 20},
                                   {5, ((u64)1 << 51) + wild % 1000000 * PAIRS + i},
                                   {wild, 0},
                                   {i % 50, wild}}[kind];
    }
}

TEST(runs_hold_the_pairs_that_a_naive_set_holds)
{
    static struct pair pairs[PAIRS];
    static bool in[PAIRS];
    struct runs r = {.items = NULL};
    u64 count = 0;

    pairs_make(pairs);
    for (u64 i = 0; i < PAIRS * 12; i++) {
        u64 at = i < PAIRS ? i : hash_mix(i) % PAIRS;
        bool adds = i < PAIRS || (i < 6 * PAIRS ? hash_mix(i * 3) % 2 == 0
                                                : hash_mix(i * 3) % 16 == 0);
        CHECK(adds ? runs_add(&r, pairs[at]) == !in[at]
                   : runs_del(&r, pairs[at]) == in[at]);
        count += adds && !in[at];
        count -= !adds && in[at];
        in[at] = adds;
        CHECK(runs_has(&r, pairs[at]) == adds && r.count == count);
        if (i % 16 == 0)
            check_runs(&r, pairs, in, i);
    }
    for (size_t i = 0; i < PAIRS; i++)
        CHECK(runs_del(&r, pairs[i]) == in[i]);
    CHECK(r.count == 0 && r.used == 0);
    runs_close(&r);
}

/* What there are millions of: keys that come in order, each near a number of its own.
 */
TEST(runs_of_near_numbers_take_a_few_bytes_each)
{
    struct runs r = {.items = NULL};

    for (u64 i = 0; i < 100000; i++)
        CHECK(runs_add(&r, (struct pair){((u64)1 << 51) + i * 9, i % 30}));
    CHECK(r.bytes < 100000 * 5);
    runs_close(&r);
    CHECK(r.bytes == 0);
}

TEST(what_spreads_a_number_can_be_undone)
{
    for (u64 i = 0; i < 1000; i++) {
        CHECK(hash_unmix(hash_mix(i)) == i);
        CHECK(hash_unmix(hash_mix(hash_mix(i))) == hash_mix(i));
    }
}

/* ---- pools ----------------------------------------------------------------------- */

/* What leaks or is used after it is gone, the sanitizer sees. */
TEST(a_block_of_a_pool_may_outlive_its_owner)
{
    struct pool *p = pool_open();
    char *first = pool_get(p, 20), *second = pool_get(p, 2000);

    memset(first, 'a', 20);
    memset(second, 'b', 2000);
    pool_put(p, pool_get(p, 20));
    pool_close(p);
    CHECK(first[19] == 'a' && second[1999] == 'b');
    pool_put(p, first);
    pool_put(p, second);
    pool_close(pool_open());
    pool_close(NULL);
}

TEST(a_block_that_was_given_back_is_the_next_of_its_size)
{
    struct blocks b = {.slabs = NULL};
    void *first = block_get(&b, 40);

#if !defined(__SANITIZE_ADDRESS__)
    block_put(&b, first);
    CHECK(block_get(&b, 33) == first);
    CHECK(block_get(&b, 40) != first);
#endif
    block_put(&b, first);
    block_put(&b, NULL);
    blocks_close(&b);
}
