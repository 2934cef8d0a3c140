/* What every keeper of the log promises. Included by t/log.c, which says for each
 * keeper how it is opened, how it crashes and how it is made to fail; each test below
 * then runs over all of them. */
#include "log/log.h"

#include <poll.h>
#include <stdio.h>

#include "base/prng.h"
#include "t/test.h"

struct kept {
    const char *name;
    struct log *(*open)(void); /* a new one, not claimed */
    /* What a crash leaves, opened again, not claimed; the old handle is gone. */
    struct log *(*crash)(struct log *l);
    void (*fail)(struct log *l); /* the next write fails */
};

static const struct kept keepers[];
static size_t keeper_count(void);

#define EACH_KEEPER(title)                                                    \
    static void each_##title(const struct kept *k);                           \
    TEST(title)                                                               \
    {                                                                         \
        for (size_t i = 0; i < keeper_count(); i++) {                         \
            each_##title(&keepers[i]);                                        \
            if (test_has_failed()) {                                          \
                fprintf(stderr, "... with the keeper %s\n", keepers[i].name); \
                return;                                                       \
            }                                                                 \
        }                                                                     \
    }                                                                         \
    static void each_##title(const struct kept *k)

/* Entry n is always the same text, of up to some hundred bytes: a wrong one shows. */
static struct str entry_text(u64 n)
{
    static _Thread_local char text[400];
    struct prng p = {n};
    size_t len =
        (size_t)snprintf(text, sizeof(text), "entry %llu:", (unsigned long long)n);

    for (u64 more = prng_below(&p, 300); more > 0; more--)
        text[len++] = (char)('a' + prng_below(&p, n % 3 ? 26 : 2));
    return (struct str){text, len};
}

static void append_many(struct log *l, u64 count)
{
    for (; count > 0; count--)
        log_append(l, entry_text(l->tail));
}

/* Lets the log go on once; waits for the keeper if it has something under way. */
static bool pump_and_wait(struct log *l, struct err *err)
{
    struct pollfd wake = {.fd = log_wake_fd(l), .events = POLLIN};

    if (!log_pump(l, err))
        return false;
    if (wake.fd >= 0 && l->durable < l->tail)
        poll(&wake, 1, 10000);
    return true;
}

static bool make_durable(struct log *l, struct err *err)
{
    while (l->durable < l->tail)
        if (!pump_and_wait(l, err))
            return false;
    return true;
}

static struct log *claimed(struct log *l)
{
    struct err err = {0};

    CHECK(l);
    if (l && !log_claim(l, &err))
        test_failed(__FILE__, __LINE__, "%s", err.text);
    return l;
}

static struct log *filled(const struct kept *k, u64 count)
{
    struct log *l = claimed(k->open());
    struct err err = {0};

    append_many(l, count);
    CHECK(make_durable(l, &err));
    return l;
}

/* The log holds the entries `from` to `to` - 1, and each is what it was. */
static void check_entries(const struct log *l, u64 from, u64 to)
{
    struct err err = {0};
    struct log_cursor *c = log_follow(l, from, &err);
    struct log_entry entry;
    u64 number = from;
    enum log_next next;

    if (!c) {
        test_failed(__FILE__, __LINE__, "%s", err.text);
        return;
    }
    while ((next = log_read(c, to, &entry, &err)) == LOG_ENTRY) {
        CHECK_INT(entry.number, number);
        CHECK(str_equal(entry.bytes, entry_text(number)));
        number++;
    }
    if (next == LOG_FAILED)
        test_failed(__FILE__, __LINE__, "%s", err.text);
    CHECK_INT(number, to);
    log_unfollow(c);
}

EACH_KEEPER(entries_come_back_in_order_with_their_numbers)
{
    struct log *l = filled(k, 100);

    CHECK_INT(l->first, 1);
    CHECK_INT(l->durable, 101);
    for (u64 from = 1; from <= 101; from += 7)
        check_entries(l, from, 101);
    log_close(l);
}

EACH_KEEPER(nothing_is_durable_before_pump_says_so)
{
    struct log *l = claimed(k->open());
    struct err err = {0};

    CHECK_INT(log_append(l, STR("first")), 1);
    CHECK_INT(log_append(l, STR("second")), 2);
    CHECK_INT(l->durable, 1);
    CHECK_INT(l->tail, 3);
    CHECK_INT(log_backlog(l), 11);
    CHECK(make_durable(l, &err));
    CHECK_INT(l->durable, 3);
    CHECK_INT(log_backlog(l), 0);
    CHECK(l->bytes > 0);
    log_close(l);
}

EACH_KEEPER(a_crash_takes_what_was_not_durable_and_nothing_else)
{
    struct log *l = filled(k, 10);

    append_many(l, 5);
    l = claimed(k->crash(l));
    CHECK_INT(l->durable, 11);
    CHECK_INT(l->tail, 11);
    CHECK_INT(log_append(l, entry_text(11)), 11);
    struct err err = {0};
    CHECK(make_durable(l, &err));
    check_entries(l, 1, 12);
    log_close(l);
}

EACH_KEEPER(the_epoch_rises_with_each_claim)
{
    struct log *l = claimed(k->open());

    for (u64 before = 0; before < 12; before++) {
        CHECK_INT(l->epoch, before + 1);
        CHECK_INT(l->tail, before + 1);
        struct err err = {0};
        append_many(l, 1);
        CHECK(make_durable(l, &err));
        l = claimed(k->crash(l));
    }
    log_close(l);
}

EACH_KEEPER(an_empty_log_crashes_and_stays_empty)
{
    struct log *l = claimed(k->open());

    for (int i = 0; i < 10; i++)
        l = claimed(k->crash(l));
    CHECK_INT(l->first, 1);
    CHECK_INT(l->tail, 1);
    check_entries(l, 1, 1);
    log_close(l);
}

EACH_KEEPER(entries_below_a_trim_go_and_the_others_stay)
{
    struct log *l = filled(k, 300);
    struct err err = {0};

    CHECK(log_trim(l, 250, &err));
    append_many(l, 1);
    CHECK(make_durable(l, &err));
    CHECK(l->first > 1);
    CHECK(l->first <= 250);
    check_entries(l, l->first, 302);
    CHECK(!log_follow(l, l->first - 1, &err));
    CHECK_INT(err.code, ERR_LIMIT);
    CHECK(log_trim(l, 2, &err)); /* less than before is no harm */
    l = claimed(k->crash(l));
    CHECK(l->first > 1);
    check_entries(l, l->first, 302);
    log_close(l);
}

EACH_KEEPER(a_reader_behind_a_trim_is_told)
{
    struct log *l = filled(k, 300);
    struct err err = {0};
    struct log_cursor *c = log_follow(l, 1, &err);
    struct log_entry entry;

    CHECK(log_trim(l, 300, &err));
    for (int i = 0; i < 20; i++) { /* the files are written over */
        append_many(l, 30);
        CHECK(make_durable(l, &err));
        CHECK(log_trim(l, l->durable, &err));
    }
    u64 number = 1;
    enum log_next next;
    while ((next = log_read(c, l->durable, &entry, &err)) == LOG_ENTRY) {
        CHECK_INT(entry.number, number);
        CHECK(str_equal(entry.bytes, entry_text(number)));
        number++;
    }
    CHECK_INT(next, LOG_FAILED);
    CHECK_INT(err.code, ERR_LIMIT);
    log_unfollow(c);
    log_close(l);
}

EACH_KEEPER(an_entry_may_be_empty_or_hold_any_byte)
{
    struct log *l = claimed(k->open());
    struct err err = {0};
    struct log_entry entry;
    char all[256];

    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    log_append(l, (struct str){NULL, 0});
    log_append(l, (struct str){all, sizeof(all)});
    log_append(l, STR(""));
    CHECK(make_durable(l, &err));
    struct log_cursor *c = log_follow(l, 1, &err);
    CHECK_INT(log_read(c, 4, &entry, &err), LOG_ENTRY);
    CHECK_INT(entry.bytes.len, 0);
    CHECK_INT(log_read(c, 4, &entry, &err), LOG_ENTRY);
    CHECK(str_equal(entry.bytes, (struct str){all, sizeof(all)}));
    CHECK_INT(log_read(c, 4, &entry, &err), LOG_ENTRY);
    CHECK_INT(entry.bytes.len, 0);
    CHECK_INT(log_read(c, 4, &entry, &err), LOG_END);
    log_unfollow(c);
    log_close(l);
}

EACH_KEEPER(an_entry_larger_than_a_batch_comes_back_whole)
{
    struct log *l = claimed(k->open());
    struct err err = {0};
    struct log_entry entry;
    struct prng p = {3};
    char big[10000];

    for (size_t i = 0; i < sizeof(big); i++)
        big[i] = (char)prng_next(&p);
    append_many(l, 1);
    log_append(l, (struct str){big, sizeof(big)});
    log_append(l, entry_text(3));
    CHECK(make_durable(l, &err));
    struct log_cursor *c = log_follow(l, 2, &err);
    CHECK_INT(log_read(c, 4, &entry, &err), LOG_ENTRY);
    CHECK_INT(entry.number, 2);
    CHECK(str_equal(entry.bytes, (struct str){big, sizeof(big)}));
    CHECK_INT(log_read(c, 4, &entry, &err), LOG_ENTRY);
    CHECK(str_equal(entry.bytes, entry_text(3)));
    log_unfollow(c);
    log_close(l);
}

EACH_KEEPER(a_reader_goes_as_far_as_it_is_told_and_then_on)
{
    struct log *l = filled(k, 10);
    struct err err = {0};
    struct log_entry entry;
    struct log_cursor *c = log_follow(l, 1, &err);

    for (u64 end = 1; end <= 40; end += 3) {
        if (end > l->durable) {
            append_many(l, 10);
            CHECK(make_durable(l, &err));
        }
        u64 read = 0;
        while (log_read(c, end, &entry, &err) == LOG_ENTRY) {
            CHECK(str_equal(entry.bytes, entry_text(entry.number)));
            read = entry.number;
        }
        CHECK_INT(read, end - 1);
    }
    log_unfollow(c);
    log_close(l);
}

EACH_KEEPER(a_reader_may_wait_for_an_entry_that_does_not_exist_yet)
{
    struct log *l = filled(k, 3);
    struct err err = {0};
    struct log_entry entry;
    struct log_cursor *c = log_follow(l, 20, &err);

    CHECK_INT(log_read(c, l->durable, &entry, &err), LOG_END);
    append_many(l, 30);
    CHECK(make_durable(l, &err));
    CHECK_INT(log_read(c, l->durable, &entry, &err), LOG_ENTRY);
    CHECK_INT(entry.number, 20);
    log_unfollow(c);
    log_close(l);
}

EACH_KEEPER(after_a_failure_the_log_is_lost_and_a_claim_finds_what_was_durable)
{
    struct log *l = filled(k, 10);
    struct err err = {0}, again = {0};

    k->fail(l);
    append_many(l, 5);
    CHECK(!make_durable(l, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_INT(l->durable, 11);
    append_many(l, 5); /* does no harm, and changes nothing */
    for (int i = 0; i < 3; i++) {
        CHECK(!log_pump(l, &again));
        CHECK_STR(str_of(again.text), err.text);
    }
    CHECK_INT(l->durable, 11);
    l = claimed(k->crash(l));
    CHECK_INT(l->durable, 11);
    check_entries(l, 1, 11);
    log_close(l);
}

/* Appends, pumps, crashes and trims in random order, beside the numbers that a correct
 * log has. */
EACH_KEEPER(a_log_agrees_with_its_plainest_model)
{
    struct log *l = claimed(k->open());
    struct prng p = {11};
    struct err err = {0};
    u64 kept = 1;

    for (int round = 0; round < 400 && !test_has_failed(); round++) {
        switch (prng_below(&p, 8)) {
        case 0:
            CHECK(make_durable(l, &err));
            l = claimed(k->crash(l));
            CHECK_INT(l->durable, kept);
            check_entries(l, l->first, kept);
            break;
        case 1:
            CHECK(log_trim(l, l->first + prng_below(&p, l->durable - l->first + 1),
                           &err));
            break;
        case 2:
        case 3:
            CHECK(pump_and_wait(l, &err));
            break;
        default:
            append_many(l, prng_below(&p, 12));
            kept = l->tail;
        }
        CHECK(l->first <= l->durable);
        CHECK_INT(l->tail, kept);
    }
    log_close(l);
}
