/* What every keeper of the vault promises. Included by t/vault.c, which says for each
 * keeper how it is opened, how it crashes and how it is made to fail; each test below
 * then runs over all of them. */
#include "vault/vault.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/prng.h"
#include "t/test.h"

struct kept {
    const char *name;
    struct vault *(*open)(void); /* a new one */
    /* What a crash leaves, opened again; the old handle is gone. */
    struct vault *(*crash)(struct vault *v);
    void (*fail)(struct vault *v); /* the next seal fails */
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

/* ---- what the vault should hold: a version for each page, 0: there is none ------- */

enum { AGGREGATES = 12, NUMBERS = 4 };

struct model {
    u32 versions[AGGREGATES][NUMBERS];
};

/* The bytes of a version: always the same, small, larger, and large. */
static struct str version_text(u32 aggregate, u32 number, u32 version)
{
    static _Thread_local char text[40000];
    struct prng p = {aggregate * 1000003u + number * 101u + version};
    u64 len = prng_below(&p, 10) ? 20 + prng_below(&p, 400) : prng_below(&p, 30000);

    for (u64 i = 0; i < len; i++)
        text[i] = (char)('a' + prng_below(&p, version % 2 ? 26 : 2));
    return (struct str){text, len ? len : 1};
}

static void put_version(struct vault *v, struct model *m, u32 aggregate, u32 number,
                        u32 version)
{
    struct vault_page page = {aggregate + 1, number, {NULL, 0}};

    if (version)
        page.bytes = version_text(aggregate, number, version);
    m->versions[aggregate][number] = version;
    vault_put(v, &page);
}

static void put_some(struct vault *v, struct model *m, struct prng *p, u32 count)
{
    for (; count > 0; count--)
        put_version(v, m, (u32)prng_below(p, AGGREGATES), (u32)prng_below(p, NUMBERS),
                    prng_chance(p, 250) ? 0 : 1 + (u32)prng_below(p, 1000));
}

static bool pump_until(struct vault *v, u64 position, struct err *err)
{
    struct pollfd wake = {.fd = vault_wake_fd(v), .events = POLLIN};

    while (v->position < position) {
        if (!vault_pump(v, err))
            return false;
        if (wake.fd >= 0 && v->position < position)
            poll(&wake, 1, 10000);
    }
    return true;
}

struct compared {
    struct model left; /* not seen yet */
    struct err err;    /* the first page that is not what it should be */
};

/* What the keeper itself finds wrong at the end counts more than a page. */
static bool model_visit(void *ctx, const struct vault_page *page, struct err *err)
{
    struct compared *c = ctx;
    u64 a = page->aggregate - 1;
    u32 *version = a < AGGREGATES && page->number < NUMBERS
                       ? &c->left.versions[a][page->number]
                       : NULL;

    if (!version || !*version ||
        !str_equal(page->bytes, version_text((u32)a, page->number, *version)))
        err_set(&c->err, ERR_LIMIT, "page %u of %llu is not what was put", page->number,
                (unsigned long long)page->aggregate);
    else
        *version = 0;
    return true;
}

/* Is this what the vault holds, no more and no less? */
static bool model_holds(struct vault *v, const struct model *m, struct err *err)
{
    struct compared c = {.left = *m};

    if (!vault_each(v, model_visit, &c, err))
        return false;
    for (u32 a = 0; a < AGGREGATES; a++)
        for (u32 n = 0; n < NUMBERS; n++)
            if (c.left.versions[a][n])
                err_set(&c.err, ERR_LIMIT, "page %u of %u is missing", n, a + 1);
    if (c.err.code)
        *err = c.err;
    return c.err.code == ERR_NONE;
}

static void check_model(struct vault *v, const struct model *m)
{
    struct err err = {0};

    if (!model_holds(v, m, &err))
        test_failed(__FILE__, __LINE__, "%s", err.text);
}

/* ---- the promises ---------------------------------------------------------------- */

EACH_KEEPER(a_new_vault_is_empty_and_at_no_position)
{
    struct vault *v = k->open();
    struct model m = {0};

    CHECK(v);
    CHECK_INT(v->position, 0);
    check_model(v, &m);
    vault_close(v);
}

EACH_KEEPER(what_was_sealed_survives_a_crash)
{
    struct vault *v = k->open();
    struct prng p = {1};
    struct model m = {0};
    struct err err = {0};

    for (u64 i = 1; i <= 20; i++) {
        put_some(v, &m, &p, 8);
        vault_seal(v, i * 10);
        CHECK(pump_until(v, i * 10, &err));
        v = k->crash(v);
        CHECK_INT(v->position, i * 10);
        check_model(v, &m);
    }
    vault_close(v);
}

EACH_KEEPER(what_was_not_sealed_is_gone_after_a_crash)
{
    struct vault *v = k->open();
    struct prng p = {2};
    struct model m = {0}, more;
    struct err err = {0};

    put_some(v, &m, &p, 20);
    vault_seal(v, 7);
    CHECK(pump_until(v, 7, &err));
    more = m;
    put_some(v, &more, &p, 20);
    CHECK(vault_pump(v, &err));
    v = k->crash(v);
    CHECK_INT(v->position, 7);
    check_model(v, &m);
    vault_close(v);
}

EACH_KEEPER(a_position_moves_with_a_pump_only)
{
    struct vault *v = k->open();
    struct model m = {0};
    struct err err = {0};

    put_version(v, &m, 0, 0, 5);
    vault_seal(v, 3);
    CHECK_INT(v->position, 0);
    CHECK(pump_until(v, 3, &err));
    CHECK_INT(v->position, 3);
    vault_close(v);
}

EACH_KEEPER(seals_that_wait_become_durable_in_their_order)
{
    struct vault *v = k->open();
    struct prng p = {3};
    struct model m = {0};
    struct err err = {0};

    for (u64 i = 1; i <= 30; i++) {
        put_some(v, &m, &p, 5);
        vault_seal(v, i);
    }
    CHECK(pump_until(v, 30, &err));
    v = k->crash(v);
    CHECK_INT(v->position, 30);
    check_model(v, &m);
    vault_close(v);
}

EACH_KEEPER(a_page_that_is_dropped_and_never_was_does_no_harm)
{
    struct vault *v = k->open();
    struct model m = {0};
    struct err err = {0};

    put_version(v, &m, 3, 2, 0);
    put_version(v, &m, 4, 1, 9);
    put_version(v, &m, 4, 1, 0);
    vault_seal(v, 1);
    CHECK(pump_until(v, 1, &err));
    v = k->crash(v);
    check_model(v, &m);
    CHECK_INT(v->pages, 0);
    vault_close(v);
}

static void check_read(struct vault *v, const struct model *m, u32 a)
{
    struct compared c = {.left = {{{0}}}};
    struct err err = {0};

    memcpy(c.left.versions[a], m->versions[a], sizeof(m->versions[a]));
    CHECK(vault_read(v, a + 1, model_visit, &c, &err));
    CHECK(c.err.code == ERR_NONE);
    for (u32 n = 0; n < NUMBERS; n++)
        CHECK_INT(c.left.versions[a][n], 0);
}

EACH_KEEPER(who_reads_an_aggregate_finds_its_pages_of_the_newest_seal)
{
    struct vault *v = k->open();
    struct prng p = {4};
    struct model m = {0};
    struct err err = {0};

    for (u64 i = 1; i <= 10; i++) {
        put_some(v, &m, &p, 15);
        vault_seal(v, i);
        CHECK(pump_until(v, i, &err));
        for (u32 a = 0; a < AGGREGATES; a++)
            check_read(v, &m, a);
        if (i == 5) {
            v = k->crash(v);
            check_read(v, &m, 3);
        }
    }
    vault_close(v);
}

/* What is put meanwhile is of others. */
EACH_KEEPER(who_reads_while_others_are_sealed_finds_what_has_not_changed)
{
    struct vault *v = k->open();
    struct prng p = {9};
    struct model m = {0};
    struct err err = {0};

    put_some(v, &m, &p, 40);
    vault_seal(v, 1);
    CHECK(pump_until(v, 1, &err));
    for (u64 i = 2; i < 60; i++) {
        for (u32 n = 0; n < 5; n++)
            put_version(v, &m, (u32)(i + n) % 4, n % NUMBERS,
                        prng_chance(&p, 300) ? 0 : (u32)i);
        vault_seal(v, i);
        for (u32 a = 4; a < AGGREGATES; a++)
            check_read(v, &m, a);
        CHECK(vault_pump(v, &err));
    }
    vault_close(v);
}

EACH_KEEPER(a_lost_disk_loses_the_vault_and_not_what_was_sealed)
{
    struct vault *v = k->open();
    struct prng p = {5};
    struct model m = {0}, more;
    struct err err = {0};

    put_some(v, &m, &p, 20);
    vault_seal(v, 1);
    CHECK(pump_until(v, 1, &err));
    more = m;
    put_some(v, &more, &p, 20);
    vault_seal(v, 2);
    k->fail(v);
    CHECK(!pump_until(v, 2, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK(err.text[0]);
    put_some(v, &more, &p, 20); /* is taken and goes nowhere */
    vault_seal(v, 3);
    CHECK(!vault_pump(v, &err));
    v = k->crash(v);
    CHECK_INT(v->position, 1);
    check_model(v, &m);
    vault_close(v);
}
