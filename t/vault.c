#include "vault/vault.h"

#include "t/contract/vault.c"
#include "t/power.h"
#include "t/test.h"

/* ---- keepers --------------------------------------------------------------------- */

static struct path file_in(struct path folder)
{
    struct path path;
    int len = snprintf(path.text, sizeof(path.text), "%.280s/vault.mdb", folder.text);

    must(len > 0 && (size_t)len < sizeof(path.text));
    return path;
}

static struct path lmdb_path;

static struct vault *open_at(struct path path)
{
    struct err err = {0};
    struct vault *v = vault_lmdb_open(path.text, &err);

    if (!v)
        test_failed(__FILE__, __LINE__, "%s", err.text);
    must(v);
    return v;
}

static struct vault *lmdb_new(void)
{
    lmdb_path = folder_new();
    return open_at(lmdb_path);
}

static struct vault *lmdb_crash(struct vault *v)
{
    vault_close(v);
    bad_never();
    return open_at(lmdb_path);
}

static void lmdb_fail(struct vault *v)
{
    bad_at(FAULT_ONCE, 0);
}

static struct vault *mem_new(void)
{
    return vault_mem_open(&(struct vault_mem_options){.pumps = 0});
}

static struct vault *slow_new(void)
{
    return vault_mem_open(&(struct vault_mem_options){.pumps = 3});
}

static struct vault *mem_crash(struct vault *v)
{
    vault_mem_crash(v, false);
    return v;
}

static void mem_fail(struct vault *v)
{
    vault_mem_fail(v, "the disk is gone");
}

static const struct kept keepers[] = {
    {"lmdb", lmdb_new, lmdb_crash, lmdb_fail},
    {"mem", mem_new, mem_crash, mem_fail},
    {"mem, three pumps late", slow_new, mem_crash, mem_fail},
};

static size_t keeper_count(void)
{
    return LEN(keepers);
}

TEST(a_crash_in_memory_may_keep_the_seal_whose_last_write_had_arrived)
{
    struct vault *v = slow_new();
    struct model m = {0}, more;

    put_version(v, &m, 1, 1, 3);
    vault_seal(v, 4);
    more = m;
    put_version(v, &more, 1, 1, 8);
    vault_seal(v, 5);
    vault_mem_crash(v, true);
    CHECK_INT(v->position, 4);
    check_model(v, &m);
    vault_close(v);
}

/* ---- lmdb: crash at each point --------------------------------------------------- */

enum { SEALS = 5 };

struct history {
    struct model models[SEALS + 1]; /* by position */
    u64 sealed;                     /* the last that we were told of */
};

/* A life of a vault, up to where it fails. */
static void live(struct path path, struct history *h, u64 seed)
{
    struct prng p = {seed};
    struct err err = {0};
    struct vault *v = vault_lmdb_open(path.text, &err);

    *h = (struct history){.sealed = 0};
    for (u64 i = 1; v && i <= SEALS; i++) {
        h->models[i] = h->models[i - 1];
        put_some(v, &h->models[i], &p, 12);
        vault_seal(v, i);
        if (!pump_until(v, i, &err))
            break;
        h->sealed = i;
    }
    vault_close(v);
}

/* It is what it was when it was sealed last, or the next one, whole. */
static bool survived(struct path path, const struct history *h, struct err *err)
{
    struct vault *v = vault_lmdb_open(path.text, err);
    bool is_good = v && v->position >= h->sealed && v->position <= h->sealed + 1;

    if (v && !is_good)
        err_set(err, ERR_CORRUPT, "it is at %llu, and %llu was sealed",
                (unsigned long long)v->position, (unsigned long long)h->sealed);
    is_good = is_good && model_holds(v, &h->models[v->position], err);
    vault_close(v);
    return is_good;
}

static u64 crash_everywhere(enum fault fault, bool cuts_power, u64 seed)
{
    static struct history h;
    struct prng p = {seed};
    struct err err = {0};
    bool has_fired = true;
    u64 n = 0;

    for (; has_fired && !test_has_failed(); n++) {
        struct path path = folder_new();
        if (cuts_power)
            power_begin();
        bad_at(fault, (i64)n);
        live(path, &h, seed);
        has_fired = bad_has_fired();
        bad_never();
        power_cut(&p);
        power_end();
        if (!survived(path, &h, &err))
            test_failed(__FILE__, __LINE__, "stopped at call %llu of seed %llu: %s",
                        (unsigned long long)n, (unsigned long long)seed, err.text);
        folder_empty(path.text);
        rmdir(path.text);
    }
    return n - 1;
}

TEST(a_vault_that_stops_at_any_write_sync_or_rename_is_whole)
{
    u64 points = 0;

    for (u64 seed = 1; seed <= 4; seed++) {
        points += crash_everywhere(FAULT_ONCE, false, seed);
        points += crash_everywhere(FAULT_HALF, false, seed);
    }
    printf("vault: stopped at %llu points, each fired\n", (unsigned long long)points);
    CHECK(points >= 200);
}

TEST(a_vault_whose_unsynced_writes_are_lost_in_part_is_whole)
{
    u64 points = 0;

    for (u64 seed = 1; seed <= 12; seed++)
        points += crash_everywhere(seed % 2 ? FAULT_ONCE : FAULT_HALF, true, seed);
    printf("vault: power cut at %llu points, each fired\n", (unsigned long long)points);
    CHECK(points >= 300);
}

/* ---- lmdb: damage ---------------------------------------------------------------- */

enum { FILE_MOST = 1 << 20 };

static size_t file_load(const char *path, char *room)
{
    int fd = open(path, O_RDONLY);
    must(fd >= 0);
    ssize_t len = read(fd, room, FILE_MOST);
    must(len > 0 && len < FILE_MOST);
    close(fd);
    return (size_t)len;
}

static void file_store(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0666);
    must(fd >= 0);
    must(write_now(fd, bytes, len, 0) == (ssize_t)len);
    close(fd);
}

/* A small vault that has lived: with large pages, and pages that are free. */
static size_t small_file(struct history *h, char *room)
{
    struct path path = folder_new();

    live(path, h, 77);
    must(h->sealed == SEALS);
    return file_load(file_in(path).text, room);
}

/* What is left can be used, too: a change goes through. */
static bool still_works(struct vault *v, const struct model *m, struct err *err)
{
    struct model after = *m;

    put_version(v, &after, 2, 1, 4711);
    put_version(v, &after, 3, 1, 0);
    vault_seal(v, v->position + 1);
    return pump_until(v, v->position + 1, err);
}

/* Found, or the state that was sealed, this time or the time before. */
static bool is_harmless(struct path path, const struct history *h, bool *is_found,
                        struct err *err)
{
    struct vault *v = vault_lmdb_open(path.text, err);

    *is_found = true;
    if (!v)
        return err->code == ERR_CORRUPT;
    u64 position = v->position;
    struct model none = {0};
    *is_found = !model_holds(v, position <= SEALS ? &h->models[position] : &none, err);
    bool is_good = *is_found ? err->code == ERR_CORRUPT && strstr(err->text, "damaged")
                             : position + 1 >= SEALS && position <= SEALS &&
                                   still_works(v, &h->models[position], err);
    vault_close(v);
    return is_good;
}

TEST(a_bit_that_flips_in_a_vault_is_found_or_does_no_harm)
{
    static char whole[FILE_MOST];
    static struct history h;
    struct path path = folder_new();
    size_t len = small_file(&h, whole);
    struct prng p = {9};
    u64 found = 0;

    must(mkdir(path.text, 0777) == 0);
    /* Every byte of what LMDB goes by; of long values, a part. */
    for (size_t at = 0; at < len && !test_has_failed();
         at += at % 4096 < 160 ? 1 : 1 + prng_below(&p, 80)) {
        struct err err = {0};
        bool is_found;
        char before = whole[at];
        whole[at] = (char)(before ^ (1 << prng_below(&p, 8)));
        file_store(file_in(path).text, whole, len);
        if (!is_harmless(path, &h, &is_found, &err))
            test_failed(__FILE__, __LINE__, "byte %zu: %s", at, err.text);
        found += is_found;
        whole[at] = before;
    }
    printf("vault: %llu flipped bits of %zu bytes were found\n",
           (unsigned long long)found, len);
    CHECK(found > 1000);
}

TEST(a_vault_that_was_cut_off_is_found)
{
    static char whole[FILE_MOST];
    static struct history h;
    struct path path = folder_new();
    size_t len = small_file(&h, whole);

    must(mkdir(path.text, 0777) == 0);
    for (size_t cut = 0; cut < len && !test_has_failed(); cut += 1024) {
        struct err err = {0};
        bool is_found;
        file_store(file_in(path).text, whole, cut);
        if (!is_harmless(path, &h, &is_found, &err))
            test_failed(__FILE__, __LINE__, "cut to %zu bytes: %s", cut, err.text);
    }
}

TEST(a_file_that_is_no_vault_is_refused_with_its_name)
{
    struct path path = folder_new();
    struct err err = {0};
    static char text[20000];

    must(mkdir(path.text, 0777) == 0);
    memset(text, 'x', sizeof(text));
    file_store(file_in(path).text, text, sizeof(text));
    CHECK(!vault_lmdb_open(path.text, &err));
    CHECK_INT(err.code, ERR_CORRUPT);
    CHECK(strstr(err.text, "vault.mdb: damaged: page 0: "));
    CHECK(!vault_lmdb_open("/dev/null/no", &err));
    CHECK_INT(err.code, ERR_IO);
}
