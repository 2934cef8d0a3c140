#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "t/faults/torture.h"

void told(struct torture *t, bool is_good, const char *fmt, ...)
{
    va_list args;

    printf(is_good ? "ok torture: " : "not ok torture: ");
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    putchar('\n');
    fflush(stdout);
    t->passed += is_good;
    t->failed += !is_good;
}

static void folder_make(struct torture *t)
{
    const char *where = getenv("TMPDIR");

    snprintf(t->folder, sizeof(t->folder), "%s/fermata-torture-XXXXXX",
             where ? where : "/tmp");
    must(mkdtemp(t->folder));
}

/* ---- killed, or without power
 * --------------------------------------------------------- */

enum { CLIENTS = 6, LIFE_MS = 250, CALM_MS = 60 };

/* A life under load that ends at any time. True: work was acknowledged in it. */
static bool life_live(struct torture *t, struct life *l, struct ledger *ledger)
{
    u64 before = ledger->created + ledger->completed;
    struct load *load = load_start(ledger, l->port, CLIENTS);

    sleep_ms(CALM_MS + (i64)prng_below(&t->prng, LIFE_MS));
    life_kill(l);
    load_stop(load);
    return ledger->created + ledger->completed > before;
}

static void deploy(struct life *l)
{
    struct client c;

    client_init(&c, l->port);
    if (client_deploy(&c, ledger_model) != 200)
        die("the process cannot be deployed: %s", c.answer);
    client_close(&c);
}

/* A cycle of which nothing was acknowledged, or without a fault, proves nothing: most
 * must have had both. */
static void ledger_told(struct torture *t, const char *what, struct ledger *ledger,
                        u64 hits, bool is_settled)
{
    printf("# %s: fired %llu times under work of %llu cycles; acknowledged %llu "
           "creations and %llu completions; lost %llu, twice %llu\n",
           what, (unsigned long long)hits, (unsigned long long)t->cycles,
           (unsigned long long)ledger->created, (unsigned long long)ledger->completed,
           (unsigned long long)ledger->lost, (unsigned long long)ledger->twice);
    told(t, hits * 2 >= t->cycles, "%s: most faults hit work", what);
    told(t, is_settled, "%s: all that was acknowledged is there, once%s%s", what,
         ledger->first[0] ? ": " : "", ledger->first);
}

void torture_kill(struct torture *t)
{
    char data[300];
    struct ledger ledger;
    struct life l;
    u64 hits = 0;

    snprintf(data, sizeof(data), "%s/kill", t->folder);
    ledger_init(&ledger);
    for (u64 i = 0; i < t->cycles; i++) {
        if (!life_begin(&l, t->binary, data, NULL))
            die("the server does not start after kill %llu", (unsigned long long)i);
        if (i == 0)
            deploy(&l);
        hits += life_live(t, &l, &ledger);
    }
    if (!life_begin(&l, t->binary, data, NULL))
        die("the server does not start at the end");
    bool is_settled = ledger_settle(&ledger, l.port);
    is_settled = life_end(&l) && is_settled;
    ledger_told(t, "kill -9", &ledger, hits, is_settled);
    told(t, verify(t->binary, data), "kill -9: the log is whole");
    ledger_free(&ledger);
}

void torture_power(struct torture *t)
{
    char data[300], journal[300], names[3][400];
    const char *environment[] = {names[0], names[1], names[2], NULL};
    struct power sum = {0};
    struct ledger ledger;
    struct life l;
    u64 hits = 0;

    snprintf(data, sizeof(data), "%s/power", t->folder);
    snprintf(names[0], sizeof(names[0]), "LD_PRELOAD=%s/shim_power.so", t->shims);
    snprintf(names[1], sizeof(names[1]), "POWER_ROOT=%s", data);
    ledger_init(&ledger);
    for (u64 i = 0; i < t->cycles; i++) {
        snprintf(journal, sizeof(journal), "%s/journal-%llu", t->folder,
                 (unsigned long long)i);
        snprintf(names[2], sizeof(names[2]), "POWER_JOURNAL=%s", journal);
        if (!life_begin(&l, t->binary, data, environment))
            die("the server does not start after power loss %llu",
                (unsigned long long)i);
        if (i == 0)
            deploy(&l);
        bool is_hit = life_live(t, &l, &ledger);
        struct power p = power_cut(journal, data, &t->prng, t->keep);
        hits += is_hit && p.pieces > 0;
        sum.writes += p.writes;
        sum.names += p.names;
        sum.pieces += p.pieces;
    }
    if (!life_begin(&l, t->binary, data, NULL))
        die("the server does not start at the end");
    bool is_settled = ledger_settle(&ledger, l.port);
    is_settled = life_end(&l) && is_settled;
    printf("# power: %llu writes, %llu pieces of 512 bytes and %llu names were taken "
           "back; %u of 100 pieces survived\n",
           (unsigned long long)sum.writes, (unsigned long long)sum.pieces,
           (unsigned long long)sum.names, t->keep);
    ledger_told(t, "power loss", &ledger, hits, is_settled);
    told(t, verify(t->binary, data), "power loss: the log is whole");
    ledger_free(&ledger);
}

/* ---- the words
 * ------------------------------------------------------------------------ */

static const char *const calls[] = {"sync", "write", "open", "accept", "malloc"};

static void usage(void)
{
    die("usage: torture kill|power|fail|all --binary FILE --shims DIR [--cycles N] "
        "[--what malloc|write|sync|open|accept] [--step N] [--from N] [--most N] "
        "[--keep PERCENT] "
        "[--seed N] [--hours N]");
}

/* For hours: all of it, over and over, with another seed each. */
static void torture_all(struct torture *t, u64 hours)
{
    time_t end = time(NULL) + (time_t)(hours * 3600);

    for (u64 round = 1; time(NULL) < end && t->failed == 0; round++) {
        t->cycles = 200;
        torture_kill(t);
        t->keep = (u32)prng_below(&t->prng, 100);
        torture_power(t);
        t->step = 1;
        t->most = 0;
        for (size_t i = 0; i < LEN(calls) && time(NULL) < end; i++)
            torture_fail(t, calls[i]);
        printf("# round %llu is over\n", (unsigned long long)round);
        folder_remove(t->folder);
        folder_make(t);
    }
}

static void run(struct torture *t, const char *mode, const char *what, u64 hours)
{
    if (strcmp(mode, "kill") == 0)
        torture_kill(t);
    else if (strcmp(mode, "power") == 0)
        torture_power(t);
    else if (strcmp(mode, "fail") == 0)
        torture_fail(t, what);
    else if (strcmp(mode, "all") == 0)
        torture_all(t, hours);
    else
        usage();
}

int main(int argc, char **argv)
{
    struct torture t = {.cycles = 20, .step = 1, .from = 1, .prng = {(u64)time(NULL)}};
    const char *what = "sync";
    u64 hours = 1, keep = 0;

    for (int i = 2; i + 1 < argc; i += 2) {
        struct str value = str_of(argv[i + 1]);
        bool is_good = true;
        if (strcmp(argv[i], "--binary") == 0)
            t.binary = argv[i + 1];
        else if (strcmp(argv[i], "--shims") == 0)
            t.shims = argv[i + 1];
        else if (strcmp(argv[i], "--what") == 0)
            what = argv[i + 1];
        else if (strcmp(argv[i], "--cycles") == 0)
            is_good = str_to_u64(value, &t.cycles);
        else if (strcmp(argv[i], "--step") == 0)
            is_good = str_to_u64(value, &t.step) && t.step > 0;
        else if (strcmp(argv[i], "--from") == 0)
            is_good = str_to_u64(value, &t.from) && t.from > 0;
        else if (strcmp(argv[i], "--most") == 0)
            is_good = str_to_u64(value, &t.most);
        else if (strcmp(argv[i], "--keep") == 0)
            is_good = str_to_u64(value, &keep) && keep < 100;
        else if (strcmp(argv[i], "--seed") == 0)
            is_good = str_to_u64(value, &t.prng.state);
        else if (strcmp(argv[i], "--hours") == 0)
            is_good = str_to_u64(value, &hours);
        else
            is_good = false;
        if (!is_good)
            usage();
    }
    if (argc < 2 || argc % 2 || !t.binary || !t.shims)
        usage();
    t.keep = (u32)keep;
    printf("# seed %llu\n", (unsigned long long)t.prng.state);
    folder_make(&t);
    run(&t, argv[1], what, hours);
    folder_remove(t.folder);
    printf("%llu passed, %llu failed\n", (unsigned long long)t.passed,
           (unsigned long long)t.failed);
    return t.failed || !t.passed;
}
