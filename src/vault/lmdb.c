/* lmdb.c - the vault in one LMDB file, written by a thread of its own.
 *
 *     key    u64 aggregate, u32 number of the page, both big endian: pages of an
 *            aggregate stand together, in order
 *     value  u32 CRC-32C of the key and what follows
 *            u32 length before LZ4; 0: it is not compressed
 *            the bytes
 *
 * The last page of aggregate 0 is the seal: u32 CRC-32C, u32 0, then u32 format, u64
 * position, u64 how many pages, u64 the sum of a number for each of them. So a page
 * that is missing, old or where it does not belong is noticed as well as one that is
 * damaged.
 */
#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <lz4.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/ring.h"
#include "vault/check.h"
#include "vault/keeper.h"

#define FILE_NAME "vault.mdb"
#define FILE_NEW  "vault.new"
#define FORMAT    1
#define MAP_FIRST ((size_t)1 << 40)
#define MAP_LEAST ((size_t)1 << 30)

enum { KEY = CHECK_KEY, VALUE_HEAD = 8, SEAL_BYTES = VALUE_HEAD + 28 };
enum { CHUNK = 1 << 20, RING = 8, IN_FLIGHT = 4 };

enum work_kind { WORK_PUTS, WORK_SEAL, WORK_STOP };

/* What goes to the thread and comes back done. */
struct work {
    enum work_kind kind;
    struct work *next;
    char *bytes; /* owned; puts: pages one after the other */
    size_t len, size, count;
    u64 position;
    bool is_done;
    struct err err;
};

/* A page in `bytes` of a work, its bytes behind it. */
struct packed {
    u64 aggregate;
    u32 number, len;
};

/* For one value, as long as the largest was. */
struct room {
    char *bytes; /* owned */
    size_t size;
};

struct lmdb_vault {
    struct vault vault;
    char *path; /* owned; of the file */

    /* The owner's side. */
    struct work *open;          /* owned; puts; NULL: none */
    struct work *queue, **last; /* owned */
    u32 in_flight;
    u64 backlog;
    bool has_put, is_lost;
    struct err why;
    MDB_txn *reading; /* owned; NULL: nothing was read yet */
    struct room unpacked;

    /* Between the two. */
    struct ring todo, done;
    void *todo_room[RING], *done_room[RING];
    int go_fd, wake_fd; /* owned */
    pthread_t thread;
    bool is_started;

    /* The thread's, once it runs. */
    MDB_env *env;
    MDB_dbi dbi;
    MDB_txn *txn; /* NULL: none */
    u64 count, sum;
    char highest[KEY]; /* no key in the file is higher */
    struct room packing;
};

static struct lmdb_vault *lmdb_of(struct vault *v)
{
    return (struct lmdb_vault *)(void *)v;
}

static bool failed(const struct lmdb_vault *l, int code, const char *what,
                   struct err *err)
{
    if (code == MDB_MAP_FULL)
        return err_set(err, ERR_LIMIT, "%s: it has no more room in the address space",
                       l->path);
    return err_set(err, ERR_IO, "%s: %s: %s%s", l->path, what, mdb_strerror(code),
                   code == ENOSPC ? "; make room on the disk and start again" : "");
}

static bool damaged(const struct lmdb_vault *l, const char *what, struct err *err)
{
    return err_set(err, ERR_CORRUPT,
                   "%s: damaged: %s; restore the data directory from a backup", l->path,
                   what);
}

/* ---- keys and values ------------------------------------------------------------- */

static void key_put(char *to, u64 aggregate, u32 number)
{
    for (int i = 0; i < 8; i++)
        to[i] = (char)(aggregate >> (56 - 8 * i));
    for (int i = 0; i < 4; i++)
        to[8 + i] = (char)(number >> (24 - 8 * i));
}

static void key_get(const char *from, u64 *aggregate, u32 *number)
{
    *aggregate = 0;
    *number = 0;
    for (int i = 0; i < 8; i++)
        *aggregate = *aggregate << 8 | (u8)from[i];
    for (int i = 8; i < KEY; i++)
        *number = *number << 8 | (u8)from[i];
}

static u32 value_crc(const void *key, const char *value, size_t len)
{
    return hash_crc32c(hash_crc32c(0, key, KEY), value + 4, len - 4);
}

static u64 page_sum(const void *key, const void *value)
{
    u64 aggregate;
    u32 number, crc;

    key_get(key, &aggregate, &number);
    memcpy(&crc, value, sizeof(crc));
    return hash_mix(hash_mix(aggregate) + ((u64)number << 32 | crc));
}

static char *room_for(struct room *r, size_t size)
{
    if (size > r->size) {
        r->size = size * 2;
        r->bytes = must_realloc(r->bytes, r->size);
    }
    return r->bytes;
}

/* Below this nothing is gained by compressing. */
#define LZ4_LEAST 128

/* The value of a page, in the room of the vault. */
static struct str value_make(struct lmdb_vault *l, const char *key, struct str bytes)
{
    size_t bound =
        bytes.len <= LZ4_MAX_INPUT_SIZE ? (size_t)LZ4_compressBound((int)bytes.len) : 0;
    char *to =
        room_for(&l->packing, VALUE_HEAD + (bound > bytes.len ? bound : bytes.len));
    u32 raw = 0;
    int len = 0;

    if (bytes.len >= LZ4_LEAST && bound)
        len = LZ4_compress_default(bytes.data, to + VALUE_HEAD, (int)bytes.len,
                                   (int)bound);
    if (len > 0 && (size_t)len < bytes.len) {
        raw = (u32)bytes.len;
    } else {
        len = (int)bytes.len;
        memcpy(to + VALUE_HEAD, bytes.data, bytes.len);
    }
    size_t all = VALUE_HEAD + (size_t)len;
    memcpy(to + 4, &raw, sizeof(raw));
    u32 crc = value_crc(key, to, all);
    memcpy(to, &crc, sizeof(crc));
    return (struct str){to, all};
}

static bool value_bad(const struct lmdb_vault *l, const MDB_val *key, struct err *err)
{
    char what[80];
    u64 aggregate;
    u32 number;

    key_get(key->mv_data, &aggregate, &number);
    snprintf(what, sizeof(what), "page %u of %llu fails its checksum", number,
             (unsigned long long)aggregate);
    return damaged(l, what, err);
}

static bool value_is_whole(const MDB_val *key, const MDB_val *value)
{
    u32 crc;

    if (key->mv_size != KEY || value->mv_size < VALUE_HEAD)
        return false;
    memcpy(&crc, value->mv_data, sizeof(crc));
    return crc == value_crc(key->mv_data, value->mv_data, value->mv_size);
}

/* The page's bytes, for the owner; compressed ones unpacked into its room. */
static bool value_read(struct lmdb_vault *l, const MDB_val *key, const MDB_val *value,
                       struct str *out, struct err *err)
{
    u32 raw;

    if (!value_is_whole(key, value))
        return value_bad(l, key, err);
    *out =
        (struct str){(char *)value->mv_data + VALUE_HEAD, value->mv_size - VALUE_HEAD};
    memcpy(&raw, (char *)value->mv_data + 4, sizeof(raw));
    if (!raw)
        return true;
    char *to = room_for(&l->unpacked, raw);
    if (raw > LZ4_MAX_INPUT_SIZE ||
        LZ4_decompress_safe(out->data, to, (int)out->len, (int)raw) != (int)raw)
        return value_bad(l, key, err);
    *out = (struct str){to, raw};
    return true;
}

/* ---- the seal -------------------------------------------------------------------- */

static MDB_val seal_key(char *room)
{
    key_put(room, 0, UINT32_MAX);
    return (MDB_val){KEY, room};
}

static bool seal_parse(struct lmdb_vault *l, const MDB_val *key, const MDB_val *value,
                       struct err *err)
{
    const char *p = value->mv_data;
    u32 format;

    if (!value_is_whole(key, value) || value->mv_size < VALUE_HEAD + 4)
        return damaged(l, "its seal fails its checksum", err);
    memcpy(&format, p + VALUE_HEAD, sizeof(format));
    if (format > FORMAT)
        return err_set(err, ERR_CORRUPT,
                       "%s: written in format %u by a newer fermata; this one knows "
                       "formats up to %d",
                       l->path, format, FORMAT);
    if (value->mv_size != SEAL_BYTES)
        return damaged(l, "its seal has another length", err);
    memcpy(&l->vault.position, p + VALUE_HEAD + 4, 8);
    memcpy(&l->count, p + VALUE_HEAD + 12, 8);
    memcpy(&l->sum, p + VALUE_HEAD + 20, 8);
    l->vault.pages = l->count;
    return true;
}

static int seal_put(struct lmdb_vault *l, u64 position)
{
    char key_room[KEY], value[SEAL_BYTES] = {0};
    MDB_val key = seal_key(key_room), data = {sizeof(value), value};
    u32 format = FORMAT;

    memcpy(value + VALUE_HEAD, &format, sizeof(format));
    memcpy(value + VALUE_HEAD + 4, &position, 8);
    memcpy(value + VALUE_HEAD + 12, &l->count, 8);
    memcpy(value + VALUE_HEAD + 20, &l->sum, 8);
    u32 crc = value_crc(key.mv_data, value, sizeof(value));
    memcpy(value, &crc, sizeof(crc));
    return mdb_put(l->txn, l->dbi, &key, &data, 0);
}

/* Only an empty vault has none. */
static bool seal_find(struct lmdb_vault *l, MDB_txn *txn, struct err *err)
{
    char room[KEY];
    MDB_val key = seal_key(room), value;
    MDB_stat stat = {0};
    int code = mdb_dbi_open(txn, NULL, 0, &l->dbi);

    if (!code)
        code = mdb_get(txn, l->dbi, &key, &value);
    if (!code)
        return seal_parse(l, &key, &value, err);
    if (code == MDB_NOTFOUND)
        code = mdb_stat(txn, l->dbi, &stat);
    if (code)
        return failed(l, code, "cannot be read", err);
    return stat.ms_entries == 0 || damaged(l, "its seal is missing", err);
}

static bool seal_read(struct lmdb_vault *l, struct err *err)
{
    MDB_txn *txn;
    int code = mdb_txn_begin(l->env, NULL, MDB_RDONLY, &txn);

    if (code)
        return failed(l, code, "cannot be read", err);
    bool is_good = seal_find(l, txn, err);
    mdb_txn_abort(txn);
    return is_good;
}

/* What was looked at stays in the system's cache, but not in our share of memory. */
static void pages_let_go(const struct lmdb_vault *l)
{
    MDB_envinfo info;

    if (mdb_env_info(l->env, &info) == 0 && info.me_mapaddr)
        madvise(info.me_mapaddr, info.me_mapsize, MADV_DONTNEED);
}

/* ---- the thread: changing -------------------------------------------------------- */

static int highest_read(struct lmdb_vault *l)
{
    MDB_val key, value;
    MDB_cursor *c;
    int code = mdb_cursor_open(l->txn, l->dbi, &c);

    if (code)
        return code;
    code = mdb_cursor_get(c, &key, &value, MDB_LAST);
    if (!code)
        memcpy(l->highest, key.mv_data, KEY);
    mdb_cursor_close(c);
    return code == MDB_NOTFOUND ? 0 : code;
}

static int txn_need(struct lmdb_vault *l)
{
    if (l->txn)
        return 0;
    memset(l->highest, 0, KEY);
    int code = mdb_txn_begin(l->env, NULL, 0, &l->txn);
    return code ? code : highest_read(l);
}

/* The page as it was no longer counts. */
static int page_forget(struct lmdb_vault *l, MDB_val *key, bool *was_there)
{
    MDB_val old;
    int code = mdb_get(l->txn, l->dbi, key, &old);

    *was_there = code == 0;
    if (code)
        return code == MDB_NOTFOUND ? 0 : code;
    l->count--;
    l->sum -= page_sum(key->mv_data, old.mv_data);
    return 0;
}

/* New aggregates have higher keys than all before. Told so, LMDB fills each page before
 * it begins another. */
static unsigned append_flag(struct lmdb_vault *l, const char *key)
{
    if (memcmp(key, l->highest, KEY) <= 0)
        return 0;
    memcpy(l->highest, key, KEY);
    return MDB_APPEND;
}

static int page_change(struct lmdb_vault *l, u64 aggregate, u32 number,
                       struct str bytes)
{
    char key_room[KEY];
    MDB_val key = {KEY, key_room};
    bool was_there;

    key_put(key_room, aggregate, number);
    int code = page_forget(l, &key, &was_there);
    if (code || (!bytes.len && !was_there))
        return code;
    if (!bytes.len)
        return mdb_del(l->txn, l->dbi, &key, NULL);
    struct str value = value_make(l, key_room, bytes);
    MDB_val data = {value.len, (char *)(uintptr_t)value.data};
    l->count++;
    l->sum += page_sum(key_room, value.data);
    return mdb_put(l->txn, l->dbi, &key, &data, append_flag(l, key_room));
}

static bool work_puts(struct lmdb_vault *l, struct work *w)
{
    int code = txn_need(l);
    struct packed p;

    for (size_t at = 0; !code && at < w->len; at += sizeof(p) + p.len) {
        memcpy(&p, w->bytes + at, sizeof(p));
        code = page_change(l, p.aggregate, p.number,
                           (struct str){w->bytes + at + sizeof(p), p.len});
    }
    return !code || failed(l, code, "cannot be written", &w->err);
}

static bool work_seal(struct lmdb_vault *l, struct work *w)
{
    int code = txn_need(l);

    if (!code)
        code = seal_put(l, w->position);
    if (code)
        return failed(l, code, "cannot be written", &w->err);
    code = mdb_txn_commit(l->txn);
    l->txn = NULL;
    pages_let_go(l);
    return !code || failed(l, code, "cannot be made durable", &w->err);
}

/* ---- the thread ------------------------------------------------------------------ */

static void eventfd_signal(int fd)
{
    u64 one = 1;

    must(write(fd, &one, sizeof(one)) == (ssize_t)sizeof(one) || errno == EAGAIN);
}

static void eventfd_unsignal(int fd)
{
    u64 count;

    must(read(fd, &count, sizeof(count)) == (ssize_t)sizeof(count) || errno == EAGAIN);
}

static void txn_drop(struct lmdb_vault *l)
{
    if (l->txn)
        mdb_txn_abort(l->txn);
    l->txn = NULL;
}

/* After a failure everything fails with the same words. */
static void work_do(struct lmdb_vault *l, struct work *w, const struct err *lost)
{
    if (lost->code) {
        w->err = *lost;
        return;
    }
    switch (w->kind) {
    case WORK_PUTS:
        w->is_done = work_puts(l, w);
        return;
    case WORK_SEAL:
        w->is_done = work_seal(l, w);
        return;
    case WORK_STOP:
        txn_drop(l);
        w->is_done = true;
        return;
    }
}

static struct work *thread_wait(struct lmdb_vault *l)
{
    struct work *w;

    while (!(w = ring_take(&l->todo))) {
        struct pollfd go = {.fd = l->go_fd, .events = POLLIN};
        while (poll(&go, 1, -1) < 0)
            must(errno == EINTR);
        eventfd_unsignal(l->go_fd);
    }
    return w;
}

static void *thread_run(void *owner)
{
    struct lmdb_vault *l = owner;
    struct err lost = {0};
    bool is_last = false;

    while (!is_last) {
        struct work *w = thread_wait(l);
        is_last = w->kind == WORK_STOP;
        work_do(l, w, &lost);
        if (!w->is_done && !lost.code) {
            lost = w->err;
            txn_drop(l);
        }
        must(ring_put(&l->done, w)); /* from here on it is the owner's */
        eventfd_signal(l->wake_fd);
    }
    txn_drop(l);
    return NULL;
}

/* Signals are for the threads of the owner. */
static bool thread_start(struct lmdb_vault *l, struct err *err)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int code = pthread_create(&l->thread, NULL, thread_run, l);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    l->is_started = !code;
    return !code ||
           err_set(err, ERR_IO, "%s: no thread for it: %s", l->path, strerror(code));
}

/* ---- the owner's side ------------------------------------------------------------ */

static void work_free(struct work *w)
{
    if (w)
        free(w->bytes);
    free(w);
}

static struct work *work_new(enum work_kind kind)
{
    struct work *w = must_alloc(sizeof(*w));

    w->kind = kind;
    return w;
}

static void work_add(struct work *w, const struct packed *p, const char *bytes)
{
    size_t more = sizeof(*p) + p->len;

    if (w->len + more > w->size) {
        w->size = (w->len + more) * 2;
        w->bytes = must_realloc(w->bytes, w->size);
    }
    memcpy(w->bytes + w->len, p, sizeof(*p));
    if (p->len)
        memcpy(w->bytes + w->len + sizeof(*p), bytes, p->len);
    w->len += more;
    w->count++;
}

static void lmdb_queue(struct lmdb_vault *l, struct work *w)
{
    if (l->open && l->open != w) {
        struct work *open = l->open;
        l->open = NULL;
        lmdb_queue(l, open);
    }
    *l->last = w;
    l->last = &w->next;
}

static void lmdb_put(struct vault *v, const struct vault_page *page)
{
    struct lmdb_vault *l = lmdb_of(v);
    struct packed p = {page->aggregate, page->number, (u32)page->bytes.len};

    must(page->bytes.len <= UINT32_MAX / 2);
    l->has_put = true;
    l->backlog += page->bytes.len;
    if (l->is_lost)
        return;
    if (!l->open)
        l->open = work_new(WORK_PUTS);
    work_add(l->open, &p, page->bytes.data);
    if (l->open->len >= CHUNK) {
        struct work *full = l->open;
        l->open = NULL;
        lmdb_queue(l, full);
    }
}

static void lmdb_seal(struct vault *v, u64 position)
{
    struct work *w = work_new(WORK_SEAL);

    w->position = position;
    lmdb_of(v)->has_put = true;
    lmdb_queue(lmdb_of(v), w);
}

static u64 puts_bytes(const struct work *w)
{
    return w->len - w->count * sizeof(struct packed);
}

static void lmdb_take(struct lmdb_vault *l, struct work *w)
{
    if (!w->is_done) {
        if (!l->is_lost)
            l->why = w->err;
        l->is_lost = true;
    } else if (w->kind == WORK_PUTS) {
        l->backlog -= puts_bytes(w);
    } else if (w->kind == WORK_SEAL) {
        l->vault.position = w->position;
    }
    work_free(w);
}

static void lmdb_take_all(struct lmdb_vault *l)
{
    struct work *w;

    if (l->in_flight == 0)
        return;
    eventfd_unsignal(l->wake_fd); /* before looking, lest a later signal be lost */
    while ((w = ring_take(&l->done))) {
        l->in_flight--;
        lmdb_take(l, w);
    }
}

static void lmdb_give_all(struct lmdb_vault *l)
{
    bool is_new = false;

    while (l->queue && l->in_flight < IN_FLIGHT) {
        struct work *w = l->queue;
        l->queue = w->next;
        if (!l->queue)
            l->last = &l->queue;
        w->next = NULL;
        must(ring_put(&l->todo, w));
        l->in_flight++;
        is_new = true;
    }
    if (is_new)
        eventfd_signal(l->go_fd);
}

static bool lmdb_pump(struct vault *v, struct err *err)
{
    struct lmdb_vault *l = lmdb_of(v);

    lmdb_take_all(l);
    if (l->is_lost) {
        *err = l->why;
        return false;
    }
    lmdb_give_all(l);
    return true;
}

static int lmdb_wake_fd(const struct vault *v)
{
    return ((const struct lmdb_vault *)(const void *)v)->wake_fd;
}

static u64 lmdb_backlog(const struct vault *v)
{
    return ((const struct lmdb_vault *)(const void *)v)->backlog;
}

/* ---- the pages of an aggregate ----------------------------------------------------
 */

/* One transaction, used again: it sees the newest seal each time. */
static int reading_begin(struct lmdb_vault *l)
{
    return l->reading ? mdb_txn_renew(l->reading)
                      : mdb_txn_begin(l->env, NULL, MDB_RDONLY, &l->reading);
}

static bool read_one(struct lmdb_vault *l, u64 aggregate, const MDB_val *key,
                     const MDB_val *value, vault_visitor *visit, void *ctx,
                     bool *is_past, struct err *err)
{
    struct vault_page page;

    key_get(key->mv_data, &page.aggregate, &page.number);
    *is_past = page.aggregate != aggregate ||
               (page.aggregate == 0 && page.number == UINT32_MAX);
    return *is_past ||
           (value_read(l, key, value, &page.bytes, err) && visit(ctx, &page, err));
}

static bool read_all(struct lmdb_vault *l, u64 aggregate, vault_visitor *visit,
                     void *ctx, struct err *err)
{
    char room[KEY];
    MDB_val key = {KEY, room}, value;
    MDB_cursor *c;
    bool is_past = false, is_good = true;
    int code = mdb_cursor_open(l->reading, l->dbi, &c);

    if (code)
        return failed(l, code, "cannot be read", err);
    key_put(room, aggregate, 0);
    code = mdb_cursor_get(c, &key, &value, MDB_SET_RANGE);
    while (!code && is_good && !is_past) {
        is_good = read_one(l, aggregate, &key, &value, visit, ctx, &is_past, err);
        if (is_good && !is_past)
            code = mdb_cursor_get(c, &key, &value, MDB_NEXT);
    }
    mdb_cursor_close(c);
    return is_good &&
           (!code || code == MDB_NOTFOUND || failed(l, code, "cannot be read", err));
}

static bool lmdb_read(struct vault *v, u64 aggregate, vault_visitor *visit, void *ctx,
                      struct err *err)
{
    struct lmdb_vault *l = lmdb_of(v);
    int code = reading_begin(l);

    if (code)
        return failed(l, code, "cannot be read", err);
    bool is_good = read_all(l, aggregate, visit, ctx, err);
    mdb_txn_reset(l->reading);
    return is_good;
}

/* ---- all pages ------------------------------------------------------------------- */

struct walk {
    vault_visitor *visit;
    void *ctx;
    u64 count, sum;
};

static bool walk_one(struct lmdb_vault *l, struct walk *w, const MDB_val *key,
                     const MDB_val *value, struct err *err)
{
    struct vault_page page;

    if (!value_read(l, key, value, &page.bytes, err))
        return false;
    key_get(key->mv_data, &page.aggregate, &page.number);
    if (page.aggregate == 0 && page.number == UINT32_MAX)
        return true;
    w->count++;
    w->sum += page_sum(key->mv_data, value->mv_data);
    return w->visit(w->ctx, &page, err);
}

static bool walk_all(struct lmdb_vault *l, struct walk *w, MDB_txn *txn,
                     struct err *err)
{
    MDB_val key, value;
    MDB_cursor *c;
    bool is_good = true;
    int code = mdb_cursor_open(txn, l->dbi, &c);

    if (code)
        return failed(l, code, "cannot be read", err);
    while (is_good && !(code = mdb_cursor_get(c, &key, &value, MDB_NEXT)))
        is_good = walk_one(l, w, &key, &value, err);
    mdb_cursor_close(c);
    if (!is_good)
        return false;
    if (code != MDB_NOTFOUND)
        return failed(l, code, "cannot be read", err);
    return (w->count == l->count && w->sum == l->sum) ||
           damaged(l, "its pages are not those that its seal counts", err);
}

static bool lmdb_each(struct vault *v, vault_visitor *visit, void *ctx, struct err *err)
{
    struct lmdb_vault *l = lmdb_of(v);
    struct walk walk = {visit, ctx, 0, 0};
    MDB_txn *txn;

    must(!l->has_put);
    int code = mdb_txn_begin(l->env, NULL, MDB_RDONLY, &txn);
    if (code)
        return failed(l, code, "cannot be read", err);
    bool is_good = walk_all(l, &walk, txn, err);
    mdb_txn_abort(txn);
    pages_let_go(l);
    return is_good;
}

/* ---- opening and closing --------------------------------------------------------- */

static bool map_open(const struct lmdb_vault *l, MDB_env **env, const char *path,
                     size_t size, struct err *err)
{
    /* Its locks keep pages that the owner reads from being used again. Nobody else is
     * there: the log's lock beside it is ours. */
    const unsigned flags = MDB_NOSUBDIR | MDB_NOTLS;
    int code = mdb_env_create(env);

    if (!code)
        code = mdb_env_set_mapsize(*env, size);
    if (!code)
        code = mdb_env_open(*env, path, flags, 0640);
    if (!code)
        return true;
    mdb_env_close(*env);
    *env = NULL;
    if (code == ENOMEM && size > MAP_LEAST) /* where little may be mapped */
        return map_open(l, env, path, size / 4, err);
    return failed(l, code, "cannot be opened", err);
}

/* Its file of locks is of use only while it is open. */
static void map_close(MDB_env *env, const char *path)
{
    char locks[4200];

    snprintf(locks, sizeof(locks), "%s-lock", path);
    mdb_env_close(env);
    unlink(locks);
}

static bool path_sync(const struct lmdb_vault *l, const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int code = fd < 0 || fsync(fd) != 0 ? errno : 0;

    if (fd >= 0)
        close(fd);
    return !code || failed(l, code, "cannot be made durable", err);
}

/* Made under another name, so that it is there whole or not at all. */
static bool file_make(struct lmdb_vault *l, const char *folder, struct err *err)
{
    char beside[4200], above[4200];
    MDB_env *env;

    snprintf(beside, sizeof(beside), "%s/" FILE_NEW, folder);
    snprintf(above, sizeof(above), "%s/..", folder);
    if (unlink(beside) != 0 && errno != ENOENT)
        return failed(l, errno, "what was left beside it cannot be removed", err);
    if (!map_open(l, &env, beside, MAP_LEAST, err))
        return false;
    map_close(env, beside);
    if (!path_sync(l, beside, err))
        return false;
    if (rename(beside, l->path) != 0)
        return failed(l, errno, "cannot be made", err);
    return path_sync(l, folder, err) && path_sync(l, above, err);
}

static bool map_check(struct lmdb_vault *l, int fd, size_t size, struct err *err)
{
    void *map = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    struct err why = {0};

    if (size == 0)
        return damaged(l, "it is empty", err);
    if (map == MAP_FAILED)
        return failed(l, errno, "cannot be read", err);
    bool is_good = check_tree((struct str){map, size}, &why);
    munmap(map, size);
    return is_good || damaged(l, why.text, err);
}

/* What was written and not synced when a server died counts only once it is synced. */
static bool file_check(struct lmdb_vault *l, const char *folder, struct err *err)
{
    int fd = open(l->path, O_RDWR | O_CLOEXEC);
    struct stat st;

    if (fd < 0 && errno == ENOENT)
        return file_make(l, folder, err);
    if (fd < 0)
        return failed(l, errno, "cannot be opened", err);
    bool is_good = (fdatasync(fd) == 0 && fstat(fd, &st) == 0) ||
                   failed(l, errno, "cannot be made durable", err);
    is_good = is_good && map_check(l, fd, (size_t)st.st_size, err);
    close(fd);
    return is_good;
}

static bool folder_make(const struct lmdb_vault *l, const char *folder, struct err *err)
{
    return mkdir(folder, 0750) == 0 || errno == EEXIST ||
           failed(l, errno, "its folder cannot be made", err);
}

static bool fds_open(struct lmdb_vault *l, struct err *err)
{
    l->go_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    l->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return (l->go_fd >= 0 && l->wake_fd >= 0) ||
           failed(l, errno, "no event descriptor", err);
}

static void list_free(struct work *w)
{
    while (w) {
        struct work *next = w->next;
        work_free(w);
        w = next;
    }
}

static void thread_stop(struct lmdb_vault *l)
{
    struct work *stop = work_new(WORK_STOP), *w;

    must(ring_put(&l->todo, stop));
    eventfd_signal(l->go_fd);
    pthread_join(l->thread, NULL);
    while ((w = ring_take(&l->done)))
        work_free(w);
}

static void lmdb_close(struct vault *v)
{
    struct lmdb_vault *l = lmdb_of(v);

    if (l->is_started)
        thread_stop(l);
    if (l->reading)
        mdb_txn_abort(l->reading);
    if (l->env)
        map_close(l->env, l->path);
    work_free(l->open);
    list_free(l->queue);
    if (l->go_fd >= 0)
        close(l->go_fd);
    if (l->wake_fd >= 0)
        close(l->wake_fd);
    free(l->packing.bytes);
    free(l->unpacked.bytes);
    free(l->path);
    free(l);
}

static const struct vault_ops lmdb_ops = {
    .put = lmdb_put,
    .seal = lmdb_seal,
    .pump = lmdb_pump,
    .wake_fd = lmdb_wake_fd,
    .backlog = lmdb_backlog,
    .read = lmdb_read,
    .each = lmdb_each,
    .close = lmdb_close,
};

struct vault *vault_lmdb_open(const char *folder, struct err *err)
{
    struct lmdb_vault *l = must_alloc(sizeof(*l));
    size_t len = strlen(folder) + sizeof("/" FILE_NAME);

    l->vault.ops = &lmdb_ops;
    l->last = &l->queue;
    l->go_fd = l->wake_fd = -1;
    l->path = must_alloc(len);
    snprintf(l->path, len, "%s/" FILE_NAME, folder);
    ring_init(&l->todo, l->todo_room, RING);
    ring_init(&l->done, l->done_room, RING);
    if (folder_make(l, folder, err) && file_check(l, folder, err) &&
        map_open(l, &l->env, l->path, MAP_FIRST, err) && seal_read(l, err) &&
        fds_open(l, err) && thread_start(l, err))
        return &l->vault;
    lmdb_close(&l->vault);
    return NULL;
}
