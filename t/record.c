#include "record/record.h"

#include <stdlib.h>

#include "base/prng.h"
#include "t/test.h"

#define ARENA_BYTES ((size_t)64 << 20)

/* ---- any record of any shape ----------------------------------------------------- */

static struct str text_any(struct prng *p, struct arena *arena)
{
    size_t len = prng_chance(p, 300) ? 0 : prng_below(p, 200);
    char *text = arena_alloc(arena, len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + prng_below(p, 26));
    return (struct str){text, len};
}

/* Small, large, or nothing, so that each length of a number comes up. */
static u64 number_any(struct prng *p)
{
    return prng_next(p) >> prng_below(p, 64);
}

static void *record_any(const struct shape *shape, struct prng *p, struct arena *arena,
                        u32 depth);

static void field_any(const struct field *f, char *at, struct prng *p,
                      struct arena *arena, u32 depth)
{
    u32 count = (u32)prng_below(p, 4);

    switch (f->type) {
    case FIELD_I64:
        *(i64 *)(void *)at = (i64)number_any(p);
        return;
    case FIELD_U64:
        *(u64 *)(void *)at = number_any(p);
        return;
    case FIELD_I32:
        *(i32 *)(void *)at = (i32)number_any(p);
        return;
    case FIELD_U32:
        *(u32 *)(void *)at = (u32)number_any(p);
        return;
    case FIELD_BOOLEAN:
        *(bool *)(void *)at = prng_chance(p, 500);
        return;
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_BYTES:
        *(struct str *)(void *)at = text_any(p, arena);
        return;
    case FIELD_LIST_U64: {
        u64 *items = NEW_ARRAY(arena, u64, count);
        for (u32 i = 0; i < count; i++)
            items[i] = number_any(p);
        *(struct u64_list *)(void *)at = (struct u64_list){items, count};
        return;
    }
    case FIELD_LIST_TEXT: {
        struct str *items = NEW_ARRAY(arena, struct str, count);
        for (u32 i = 0; i < count; i++)
            items[i] = text_any(p, arena);
        *(struct text_list *)(void *)at = (struct text_list){items, count};
        return;
    }
    case FIELD_ONE:
        if (depth < 4 && prng_chance(p, 700))
            *(void **)(void *)at = record_any(f->of, p, arena, depth + 1);
        return;
    case FIELD_MANY: {
        char *items = arena_alloc(arena, count * f->of->size + 1);
        for (u32 i = 0; i < count; i++)
            memcpy(items + i * f->of->size, record_any(f->of, p, arena, depth + 1),
                   f->of->size);
        /* All lists are alike: where the items are, and how many. */
        *(struct resource_list *)(void *)at =
            (struct resource_list){(const struct resource *)(void *)items, count};
        return;
    }
    }
}

static void *record_any(const struct shape *shape, struct prng *p, struct arena *arena,
                        u32 depth)
{
    char *record = arena_alloc(arena, shape->size);

    for (u32 i = 0; i < shape->count; i++)
        field_any(&shape->fields[i], record + shape->fields[i].offset, p, arena, depth);
    return record;
}

/* Calls `check` for a random record of each shape that is asked, answered or told. */
static void for_all_shapes(void (*check)(const struct shape *shape, const void *record,
                                         struct arena *arena))
{
    for (u64 seed = 1; seed <= 20 && !test_has_failed(); seed++) {
        struct prng p = {seed};
        struct arena arena;
        arena_init(&arena, 1 << 16, ARENA_BYTES, NULL);
        for (u32 i = 0; i < COMMAND_COUNT; i++) {
            if (!commands[i].name)
                continue;
            check(commands[i].ask, record_any(commands[i].ask, &p, &arena, 0), &arena);
            check(commands[i].answer, record_any(commands[i].answer, &p, &arena, 0),
                  &arena);
        }
        for (u32 i = 0; i < EVENT_COUNT; i++)
            if (events[i].name)
                check(events[i].record, record_any(events[i].record, &p, &arena, 0),
                      &arena);
        check(&entry_shape, record_any(&entry_shape, &p, &arena, 0), &arena);
        arena_free(&arena);
    }
}

static struct str encoded(const struct shape *shape, const void *record,
                          struct arena *arena)
{
    struct buf b;

    buf_init(&b, arena, 0);
    record_encode(&b, shape, record);
    return buf_str(&b);
}

/* The same to the codec, and to the hash. */
static void same_check(const struct shape *shape, const void *a, const void *b,
                       struct arena *arena)
{
    if (!str_equal(encoded(shape, a, arena), encoded(shape, b, arena)) ||
        record_hash(shape, a, 7) != record_hash(shape, b, 7))
        test_failed(__FILE__, __LINE__, "a record of %s has changed", shape->name);
}

/* ---- to bytes and back ----------------------------------------------------------- */

static void round_trip(const struct shape *shape, const void *record,
                       struct arena *arena)
{
    void *back = arena_alloc(arena, shape->size);
    struct err err = {0};

    CHECK(record_decode(encoded(shape, record, arena), shape, arena, back, &err));
    same_check(shape, record, back, arena);
}

TEST(what_is_encoded_is_decoded_whatever_its_shape)
{
    for_all_shapes(round_trip);
}

static void with_unknown(const struct shape *shape, const void *record,
                         struct arena *arena)
{
    /* Tag 1000 as a number, as eight bytes, as bytes and as four bytes. */
    static const char bytes[] = "\xc0\x3e\x05"
                                "\xc1\x3e"
                                "12345678"
                                "\xc2\x3e\x03"
                                "abc"
                                "\xc5\x3e"
                                "1234";
    const struct str unknown = {bytes, sizeof(bytes) - 1};
    void *back = arena_alloc(arena, shape->size);
    struct buf b;
    struct err err = {0};

    buf_init(&b, arena, 64);
    buf_add(&b, unknown);
    record_encode(&b, shape, record);
    buf_add(&b, unknown);
    CHECK(record_decode(buf_str(&b), shape, arena, back, &err));
    same_check(shape, record, back, arena);
}

TEST(fields_that_are_not_known_are_passed_over)
{
    for_all_shapes(with_unknown);
}

static void copies(const struct shape *shape, const void *record, struct arena *arena)
{
    size_t size = record_footprint(shape, record);
    void *clone = record_clone(shape, record);
    char *place = malloc(size + 16);

    same_check(shape, record, clone, arena);
    same_check(shape, record, record_copy(shape, record, arena), arena);
    if (place)
        same_check(shape, record, record_place(shape, record, place), arena);
    free(place);
    free(clone);
}

TEST(a_copy_in_one_block_is_the_same_and_shares_nothing)
{
    for_all_shapes(copies);
}

TEST(a_copy_does_not_point_into_the_original)
{
    char text[] = "pack";
    struct job_row row = {.type = {text, 4}};
    struct job_row *clone = record_clone(&job_row_shape, &row);

    text[0] = 'b';
    CHECK_STR(clone->type, "pack");
    free(clone);
}

TEST(what_is_empty_takes_no_byte)
{
    struct job_row empty = {0};
    struct arena arena;

    arena_init(&arena, 256, 4096, NULL);
    CHECK_INT(encoded(&job_row_shape, &empty, &arena).len, 0);
    arena_free(&arena);
}

/* The bytes of protobuf, so that a log can be read by other tools. */
TEST(numbers_and_texts_are_as_protobuf_writes_them)
{
    struct job_row row = {.instance = 300, .type = STR("ab"), .retries = -1};
    struct arena arena;

    arena_init(&arena, 256, 4096, NULL);
    struct str bytes = encoded(&job_row_shape, &row, &arena);
    CHECK(str_equal(bytes, STR("\x08\xac\x02"
                               "\x2a\x02"
                               "ab"
                               "\x30\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")));
    arena_free(&arena);
}

/* ---- broken bytes ---------------------------------------------------------------- */

static void cut_and_bent(const struct shape *shape, const void *record,
                         struct arena *arena)
{
    struct str bytes = encoded(shape, record, arena);
    char *bent = malloc(bytes.len + 1);
    void *back = arena_alloc(arena, shape->size);
    struct err err;

    if (!bent)
        return;
    for (size_t i = 0; i < bytes.len; i += 1 + bytes.len / 40) {
        memcpy(bent, bytes.data, bytes.len);
        err = (struct err){0};
        if (!record_decode((struct str){bent, i}, shape, arena, back, &err))
            CHECK_INT(err.code, ERR_CORRUPT);
        bent[i] = (char)~bent[i];
        err = (struct err){0};
        if (!record_decode((struct str){bent, bytes.len}, shape, arena, back, &err))
            CHECK_INT(err.code, ERR_CORRUPT);
    }
    free(bent);
}

TEST(bytes_that_are_cut_or_bent_are_an_error_or_another_record)
{
    for_all_shapes(cut_and_bent);
}

TEST(each_kind_of_damage_is_told)
{
    static const struct {
        const char *bytes;
        size_t len;
    } broken[] = {
        {"\x08", 1},                                          /* a number is missing */
        {"\x08\xff", 2},                                      /* it goes on */
        {"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11}, /* and on */
        {"\x2a\x05"
         "ab",
         4},             /* a text is longer than what is there */
        {"\x0a\x01", 2}, /* a number that is written as bytes */
        {"\x2b", 1},     /* a group, which is not used any more */
        {"\x07", 1},     /* a way of writing that does not exist */
    };
    struct arena arena;

    arena_init(&arena, 4096, 1 << 20, NULL);
    for (size_t i = 0; i < LEN(broken); i++) {
        struct job_row row;
        struct err err = {0};
        CHECK(!record_decode((struct str){broken[i].bytes, broken[i].len},
                             &job_row_shape, &arena, &row, &err));
        CHECK_INT(err.code, ERR_CORRUPT);
    }
    arena_free(&arena);
}

/* ---- events in a row ------------------------------------------------------------- */

TEST(events_are_read_one_after_the_other)
{
    struct timer_moved moved = {.instance = 5};
    struct variable_row variable = {.name = STR("a"), .value = {NULL, 0}};
    struct event event;
    struct buf b;
    struct arena arena;
    struct err err = {0};
    size_t at = 0;

    arena_init(&arena, 4096, 1 << 20, NULL);
    char *value = arena_alloc(&arena, 300); /* its length takes two bytes */
    memset(value, 'x', 300);
    variable.value = (struct str){value, 300};
    buf_init(&b, &arena, 0);
    event_encode(&b, EV_TIMER_TRIGGERED, (u64)1 << 52, &moved);
    event_encode(&b, EV_VARIABLE_CREATED, 7, &variable);
    event_encode(&b, EV_MESSAGE_EXPIRED, 8, &moved);

    CHECK(event_next(buf_str(&b), &at, &event, &err));
    CHECK_INT(event.kind, EV_TIMER_TRIGGERED);
    CHECK_INT(event.key, (u64)1 << 52);
    CHECK(event_next(buf_str(&b), &at, &event, &err));
    struct variable_row back;
    CHECK(record_decode(event.bytes, &variable_row_shape, &arena, &back, &err));
    CHECK(str_equal(back.value, variable.value));
    CHECK(event_next(buf_str(&b), &at, &event, &err));
    CHECK_INT(event.key, 8);
    CHECK_INT(event.bytes.len, 0);
    CHECK(!event_next(buf_str(&b), &at, &event, &err));
    CHECK_INT(err.code, ERR_NONE);
    arena_free(&arena);
}

TEST(events_that_are_cut_or_unknown_are_an_error)
{
    struct arena arena;
    struct buf b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    buf_init(&b, &arena, 0);
    event_encode(&b, EV_JOB_RETRIES_UPDATED, 300, &(struct job_retries_updated){5, 3});
    for (size_t len = 1; len < b.len; len++) {
        struct event event;
        struct err err = {0};
        size_t at = 0;
        CHECK(!event_next((struct str){b.data, len}, &at, &event, &err));
        CHECK_INT(err.code, ERR_CORRUPT);
    }
    static const struct str unknown[] = {
        {"\x60\x01\x00", 3}, {"\x00\x01\x00", 3}, {"\xe8\x07\x01\x00", 4}};
    for (size_t i = 0; i < LEN(unknown); i++) {
        struct event event;
        struct err err = {0};
        size_t at = 0;
        bool is_known = i == 0; /* 96 is the last one that there is */
        CHECK(event_next(unknown[i], &at, &event, &err) == is_known);
        CHECK_INT(err.code, is_known ? ERR_NONE : ERR_CORRUPT);
    }
    arena_free(&arena);
}

/* ---- partitions
 * -------------------------------------------------------------------------------------
 */

TEST(a_correlation_key_belongs_to_the_partition_of_its_hash)
{
    static const struct {
        struct str key;
        u32 partitions, wanted;
    } cases[] = {
        {{"", 0}, 3, 1},         {{"a", 1}, 3, 2},           {{"a", 1}, 7, 7},
        {{"ab", 2}, 3, 1},       {{"\xc3\xa9", 2}, 3, 2}, /* its bytes are negative */
        {{"\xc3\xa9", 2}, 7, 5}, {{"order-1042", 10}, 1, 1},
    };

    for (size_t i = 0; i < LEN(cases); i++)
        CHECK_INT(record_partition(cases[i].key, cases[i].partitions), cases[i].wanted);
}

TEST(correlation_keys_spread_over_all_partitions)
{
    u32 seen[4] = {0};

    for (u32 i = 0; i < 400; i++) {
        char text[4] = {(char)('0' + i / 100), (char)('0' + i / 10 % 10),
                        (char)('0' + i % 10)};
        u32 p = record_partition(str_of(text), 4);
        CHECK(p >= 1);
        CHECK(p <= 4);
        seen[p - 1]++;
    }
    for (u32 i = 0; i < 4; i++)
        CHECK(seen[i] > 50);
}

/* ---- tables
 * -----------------------------------------------------------------------------------------------
 */

TEST(each_tag_of_a_shape_is_used_once)
{
    for (u32 k = 0; k < EVENT_COUNT; k++) {
        const struct shape *shape = events[k].record;
        for (u32 i = 0; shape && i < shape->count; i++)
            for (u32 n = 0; n < i; n++)
                CHECK(shape->fields[i].tag != shape->fields[n].tag);
    }
}

TEST(a_record_is_printed_without_its_empty_fields)
{
    struct job_row row = {.type = STR("pack"), .retries = 3};
    struct arena arena;
    struct buf b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    buf_init(&b, &arena, 0);
    record_print(&b, &job_row_shape, &row);
    CHECK_STR(buf_str(&b), "type=pack retries=3");
    arena_free(&arena);
}
