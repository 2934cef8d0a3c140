#include "base/base.h"

#include <setjmp.h>

#include "base/arena.h"
#include "base/blocks.h"
#include "base/buf.h"
#include "base/due.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/prng.h"
#include "base/ring.h"
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

TEST(a_number_has_its_digits)
{
    static const struct {
        i64 value;
        const char *digits;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {-10, "-10"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};

    for (size_t i = 0; i < LEN(cases); i++) {
        char space[I64_DIGITS];
        CHECK_STR(i64_digits(cases[i].value, space), cases[i].digits);
    }
}
