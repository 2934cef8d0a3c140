/* follow.c - the logs, the thread, and who waits for an answer.
 *
 * The doors' thread and ours share numbers and three queues, no locks. Rows are found
 * as soon as they are written; what is committed later, for many entries together, is
 * in the log anyway. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "view/inside.h"

#define SLICE_ENTRIES 2000 /* taken before searches have their turn */
#define COMMIT_MS     200  /* what was taken is committed after so long */
#define GATHER_MS     15   /* entries gather so long when nobody waits */
#define FORGET_MS     1000 /* between two looks at what is old */
#define AGAIN_MS      250  /* a database that is away is asked again, first so soon */
#define AGAIN_MOST_MS 15000

/* A queue from one thread to one other: what is put in is a stack, and is turned round
 * when it is taken, all at once. */
struct link {
    struct link *next;
};

struct queue {
    _Atomic(struct link *) put;
    struct link *taken; /* in order; of the taker */
};

static void queue_put(struct queue *q, struct link *l)
{
    l->next = atomic_load_explicit(&q->put, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(
        &q->put, &l->next, l, memory_order_release, memory_order_relaxed))
        continue;
}

static struct link *queue_take(struct queue *q)
{
    if (!q->taken) {
        struct link *all =
            atomic_exchange_explicit(&q->put, NULL, memory_order_acquire);
        for (struct link *next; all; all = next) {
            next = all->next;
            all->next = q->taken;
            q->taken = all;
        }
    }
    struct link *l = q->taken;
    if (l)
        q->taken = l->next;
    return l;
}

/* A search, until everything that was durable when it came has been taken. */
struct waiting {
    struct link link;
    struct view_ask ask; /* its record stands behind the positions */
    i64 deadline;
    u64 positions[];
};

struct answered {
    struct link link;
    struct view_answer answer;
};

/* An entry of a log that only its own thread may read. */
struct fed {
    struct link link;
    u32 partition;
    u64 number;
    size_t len;
    char bytes[];
};

struct part {
    struct log *log;           /* borrowed */
    struct log_cursor *cursor; /* owned; NULL: not yet */
    u64 fed;                   /* entries below were handed over */
    bool is_fed;
    _Atomic u64 durable, taken, committed;
};

struct view_follower {
    struct view *view;  /* borrowed */
    struct part *parts; /* owned */
    u32 count;
    bool has_thread, is_pending; /* something is not committed */
    i64 committed_at, forgotten_at;
    struct queue asks, answers, entries;
    struct waiting *first, **last; /* they wait in the order in which they came */
    int work_fd, wake_fd;
    _Atomic bool is_asleep, is_stopping, is_lost;
    i64 again_at, again_ms; /* when, and how long after the last time */
    pthread_mutex_t lock;   /* of what follows, which two threads look at */
    struct err err;         /* why it is lost */
    pthread_t thread;
};

static i64 clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static i64 wall_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void fd_ring(int fd)
{
    u64 one = 1;

    if (fd >= 0)
        while (write(fd, &one, sizeof(one)) < 0 && errno == EINTR)
            continue;
}

static void fd_quiet(int fd)
{
    u64 count;

    while (read(fd, &count, sizeof(count)) < 0 && errno == EINTR)
        continue;
}

/* ---- taking entries ---------------------------------------------------------------
 */

static void follower_lose(struct view_follower *f, const struct err *err)
{
    if (!atomic_load(&f->is_lost)) {
        f->again_ms = AGAIN_MS;
        f->again_at = clock_ms() + AGAIN_MS;
    }
    pthread_mutex_lock(&f->lock);
    f->err = *err;
    pthread_mutex_unlock(&f->lock);
    atomic_store(&f->is_lost, true);
}

static struct err follower_why(const struct view_follower *f)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&f->lock;

    pthread_mutex_lock(lock);
    struct err err = f->err;
    pthread_mutex_unlock(lock);
    return err;
}

/* As the database has it now: behind where it was, as far as it did not keep all. */
static bool follower_begin(struct view_follower *f, struct err *err)
{
    bool is_good = view_again(f->view, err);

    for (u32 i = 0; is_good && i < f->count; i++)
        is_good = view_fits(f->view, i + 1, f->parts[i].log,
                            atomic_load(&f->parts[i].durable), err) ||
                  err_in(err, "the searchable view cannot go on");
    for (u32 i = 0; is_good && i < f->count; i++) {
        struct part *p = &f->parts[i];
        u64 at = view_position(f->view, i + 1);
        log_unfollow(p->cursor);
        p->cursor = NULL;
        atomic_store(&p->taken, at);
        atomic_store(&p->committed, at);
    }
    return is_good;
}

/* A database that did not answer is asked again, ever more seldom. */
static void follower_again(struct view_follower *f)
{
    struct err err;

    if (!atomic_load(&f->is_lost) || !f->view->options.waits ||
        clock_ms() < f->again_at)
        return;
    if (follower_begin(f, &err)) {
        f->is_pending = false;
        atomic_store(&f->is_lost, false);
        return;
    }
    follower_lose(f, &err);
    f->again_ms = f->again_ms * 2 < AGAIN_MOST_MS ? f->again_ms * 2 : AGAIN_MOST_MS;
    f->again_at = clock_ms() + f->again_ms;
}

static bool entry_take(struct view_follower *f, u32 i, const struct log_entry *entry)
{
    struct err err;

    if (!view_take(f->view, i + 1, entry, &err)) {
        follower_lose(f, &err);
        return false;
    }
    f->is_pending = true;
    atomic_store_explicit(&f->parts[i].taken, entry->number + 1, memory_order_relaxed);
    return true;
}

static u32 fed_take(struct view_follower *f, u32 max)
{
    u32 count = 0;

    for (struct link *l; count < max && (l = queue_take(&f->entries)); count++) {
        struct fed *e = (struct fed *)(void *)l;
        struct log_entry entry = {e->number, {e->bytes, e->len}};
        bool is_wanted = e->number == view_position(f->view, e->partition);
        if (is_wanted && !atomic_load(&f->is_lost))
            entry_take(f, e->partition - 1, &entry);
        free(e);
    }
    return count;
}

static bool part_open(struct view_follower *f, u32 i, u64 at)
{
    struct part *p = &f->parts[i];
    struct err err;

    if (!p->cursor)
        p->cursor = log_follow(p->log, at, &err);
    if (!p->cursor)
        follower_lose(f, &err);
    return p->cursor != NULL;
}

static u32 part_take(struct view_follower *f, u32 i, u32 max)
{
    struct part *p = &f->parts[i];
    u64 durable = atomic_load_explicit(&p->durable, memory_order_acquire);
    u64 at = view_position(f->view, i + 1);
    enum log_next next = LOG_ENTRY;
    struct log_entry entry;
    struct err err = {0};
    u32 count = 0;

    if (p->is_fed || at >= durable || !part_open(f, i, at))
        return 0;
    while (count < max &&
           (next = log_read(p->cursor, durable, &entry, &err)) == LOG_ENTRY) {
        if (!entry_take(f, i, &entry))
            return count;
        count++;
    }
    if (next == LOG_FAILED)
        follower_lose(f, &err);
    return count;
}

/* False: there is nothing more to take for now. */
static bool entries_take(struct view_follower *f)
{
    u32 count = fed_take(f, SLICE_ENTRIES);

    for (u32 i = 0; i < f->count && !atomic_load(&f->is_lost); i++)
        count += part_take(f, i, SLICE_ENTRIES);
    return count > 0 && !atomic_load(&f->is_lost);
}

static void follower_commit(struct view_follower *f)
{
    struct err err;

    f->committed_at = clock_ms();
    if (!f->is_pending || atomic_load(&f->is_lost))
        return;
    f->is_pending = false;
    if (!view_commit(f->view, &err)) {
        follower_lose(f, &err);
        return;
    }
    for (u32 i = 0; i < f->count; i++)
        atomic_store_explicit(&f->parts[i].committed, view_position(f->view, i + 1),
                              memory_order_release);
}

/* ---- answering ---------------------------------------------------------------------
 */

static bool has_all(const struct view_follower *f, const struct waiting *w)
{
    for (u32 i = 0; i < f->count; i++)
        if (view_position(f->view, i + 1) < w->positions[i])
            return false;
    return true;
}

static void waiting_answer(struct view_follower *f, struct waiting *w, bool is_stale)
{
    struct answered *a = must_alloc(sizeof(*a));
    bool is_lost = atomic_load(&f->is_lost);
    struct err err = follower_why(f);

    if (!is_lost && !view_settle(f->view, &err)) {
        follower_lose(f, &err);
        is_lost = true;
    }
    if (is_lost) {
        struct str text = str_of(err.text);
        char *block = must_alloc(text.len + 1);
        memcpy(block, text.data, text.len);
        a->answer = (struct view_answer){
            .rejection = REJECT_UNAVAILABLE, .text = {block, text.len}, .block = block};
    } else {
        view_search(f->view, &w->ask, &a->answer);
        if (view_is_lost(f->view, &err))
            follower_lose(f, &err);
    }
    a->answer.request = w->ask.request;
    a->answer.is_stale = is_stale;
    queue_put(&f->answers, &a->link);
    fd_ring(f->wake_fd);
    free(w);
}

static void asks_take(struct view_follower *f)
{
    for (struct link *l; (l = queue_take(&f->asks));) {
        l->next = NULL;
        *f->last = (struct waiting *)(void *)l;
        f->last = (struct waiting **)(void *)&l->next;
    }
}

/* Those that have what they wait for, or have waited long enough. */
static void asks_answer(struct view_follower *f)
{
    i64 now = clock_ms();

    for (struct waiting **hole = &f->first, *w; (w = *hole);) {
        bool is_good = has_all(f, w) || atomic_load(&f->is_lost);
        if (!is_good && w->deadline > now) {
            hole = (struct waiting **)(void *)&w->link.next;
            continue;
        }
        *hole = (struct waiting *)(void *)w->link.next;
        if (f->last == (struct waiting **)(void *)&w->link.next)
            f->last = hole;
        waiting_answer(f, w, !is_good);
    }
}

/* ---- what is old
 * --------------------------------------------------------------------- */

static void old_forget(struct view_follower *f)
{
    i64 history = f->view->options.history_ms;
    struct err err;
    bool more = true;

    if (!history || clock_ms() - f->forgotten_at < FORGET_MS ||
        atomic_load(&f->is_lost))
        return;
    if (!view_forget(f->view, wall_ms() - history, &more, &err))
        follower_lose(f, &err);
    f->is_pending = true;
    if (!more)
        f->forgotten_at = clock_ms();
}

/* ---- the thread
 * ---------------------------------------------------------------------- */

static bool turn(struct view_follower *f)
{
    asks_take(f);
    asks_answer(f);
    follower_again(f);
    bool more = entries_take(f);
    asks_take(f);
    asks_answer(f);
    if (f->is_pending && clock_ms() - f->committed_at >= COMMIT_MS)
        follower_commit(f);
    if (!more && !f->first)
        old_forget(f);
    return more;
}

static bool has_news(struct view_follower *f)
{
    if (atomic_load(&f->asks.put) || atomic_load(&f->entries.put) ||
        atomic_load(&f->is_stopping))
        return true;
    for (u32 i = 0; i < f->count; i++)
        if (!f->parts[i].is_fed && !atomic_load(&f->is_lost) &&
            atomic_load(&f->parts[i].durable) > view_position(f->view, i + 1))
            return true;
    return false;
}

static void wait_for(struct view_follower *f, int ms)
{
    struct pollfd p = {.fd = f->work_fd, .events = POLLIN};

    if (poll(&p, 1, ms) > 0)
        fd_quiet(f->work_fd);
}

/* A commit that is due, a search that has waited too long, old rows: or nothing. */
static int sleep_ms(const struct view_follower *f)
{
    if (atomic_load(&f->is_lost) && f->view->options.waits)
        return AGAIN_MS / 2;
    if (f->is_pending || f->first)
        return f->first ? 5 : COMMIT_MS;
    return f->view->options.history_ms ? FORGET_MS : -1;
}

static void rest(struct view_follower *f)
{
    atomic_store(&f->is_asleep, true);
    if (!has_news(f))
        wait_for(f, sleep_ms(f));
    atomic_store(&f->is_asleep, false);
    if (!f->first && !atomic_load(&f->asks.put) && !atomic_load(&f->is_stopping))
        wait_for(f, GATHER_MS);
}

static void *follow(void *ctx)
{
    struct view_follower *f = ctx;

    f->committed_at = clock_ms();
    while (!atomic_load(&f->is_stopping))
        if (!turn(f))
            rest(f);
    /* What it has not taken stands in the log for the next time. */
    follower_commit(f);
    return NULL;
}

/* ---- opening and closing
 * --------------------------------------------------------------- */

static bool follower_start(struct view_follower *f, struct err *err)
{
    f->work_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    f->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int why = f->work_fd < 0 || f->wake_fd < 0
                  ? errno
                  : pthread_create(&f->thread, NULL, follow, f);
    return why == 0 ||
           err_set(err, ERR_IO, "the searchable view has no thread: %s", strerror(why));
}

struct view_follower *view_follow(struct view *v, struct log *const *logs, u32 count,
                                  bool has_thread, struct err *err)
{
    struct view_follower *f = must_alloc(sizeof(*f));

    f->view = v;
    f->count = count;
    f->parts = must_alloc(count * sizeof(*f->parts));
    f->work_fd = f->wake_fd = -1;
    f->last = &f->first;
    must(pthread_mutex_init(&f->lock, NULL) == 0);
    if (v->is_lost)
        follower_lose(f, &v->err);
    for (u32 i = 0; i < count; i++) {
        struct part *p = &f->parts[i];
        u64 at = view_position(v, i + 1);
        p->log = logs[i];
        p->fed = at;
        /* What has no descriptor is in memory, which belongs to its own thread. */
        p->is_fed = has_thread && log_wake_fd(logs[i]) < 0;
        atomic_init(&p->durable,
                    p->is_fed || at > logs[i]->durable ? at : logs[i]->durable);
        atomic_init(&p->taken, at);
        atomic_init(&p->committed, at);
    }
    if (!has_thread)
        return f;
    if (!follower_start(f, err)) {
        view_unfollow(f);
        return NULL;
    }
    f->has_thread = true;
    return f;
}

void view_unfollow(struct view_follower *f)
{
    if (!f)
        return;
    atomic_store(&f->is_stopping, true);
    fd_ring(f->work_fd);
    if (f->has_thread)
        pthread_join(f->thread, NULL);
    else
        follower_commit(f);
    asks_take(f);
    for (struct waiting *w = f->first, *next; w; w = next) {
        next = (struct waiting *)(void *)w->link.next;
        free(w);
    }
    for (struct view_answer a; view_answer(f, &a);)
        view_answer_done(&a);
    for (struct link *l; (l = queue_take(&f->entries));)
        free(l);
    for (u32 i = 0; i < f->count; i++)
        log_unfollow(f->parts[i].cursor);
    if (f->work_fd >= 0)
        close(f->work_fd);
    if (f->wake_fd >= 0)
        close(f->wake_fd);
    pthread_mutex_destroy(&f->lock);
    free(f->parts);
    free(f);
}

/* ---- the doors' side
 * --------------------------------------------------------------------- */

/* What only this thread may read is copied for the other one, and may go then. */
static void part_feed(struct view_follower *f, u32 i, u64 durable)
{
    struct part *p = &f->parts[i];
    struct log_entry entry;
    struct err err;

    if (!p->cursor && !(p->cursor = log_follow(p->log, p->fed, &err)))
        return;
    while (log_read(p->cursor, durable, &entry, &err) == LOG_ENTRY) {
        struct fed *e = must_alloc(sizeof(*e) + entry.bytes.len);
        e->partition = i + 1;
        e->number = entry.number;
        e->len = entry.bytes.len;
        if (e->len)
            memcpy(e->bytes, entry.bytes.data, e->len);
        queue_put(&f->entries, &e->link);
        p->fed = entry.number + 1;
    }
    log_trim(p->log, p->fed, &err);
}

void view_publish(struct view_follower *f, u32 partition, u64 durable)
{
    struct part *p = &f->parts[partition - 1];

    if (durable <= atomic_load_explicit(&p->durable, memory_order_relaxed))
        return;
    if (p->is_fed)
        part_feed(f, partition - 1, durable);
    atomic_store(&p->durable, durable);
    if (atomic_load(&f->is_asleep))
        fd_ring(f->work_fd);
}

void view_ask(struct view_follower *f, const struct view_ask *ask)
{
    size_t record = record_footprint(&search_ask_shape, ask->what) + 16;
    size_t positions = f->count * sizeof(u64);
    struct waiting *w = must_alloc(sizeof(*w) + positions + record);

    w->ask = *ask;
    w->ask.what =
        record_place(&search_ask_shape, ask->what, (char *)(w + 1) + positions);
    w->deadline = clock_ms() + f->view->options.stale_ms;
    for (u32 i = 0; i < f->count; i++)
        w->positions[i] =
            atomic_load_explicit(&f->parts[i].durable, memory_order_relaxed);
    queue_put(&f->asks, &w->link);
    fd_ring(f->work_fd);
}

bool view_answer(struct view_follower *f, struct view_answer *out)
{
    struct answered *a = (struct answered *)(void *)queue_take(&f->answers);

    if (!a)
        return false;
    *out = a->answer;
    free(a);
    return true;
}

int view_wake_fd(const struct view_follower *f)
{
    return f->wake_fd;
}

void view_heard(struct view_follower *f)
{
    fd_quiet(f->wake_fd);
}

/* Then it is made again from a checkpoint and the log behind that, which is there
 * anyway. */
static bool follower_has_given_up(const struct view_follower *f)
{
    return atomic_load(&f->is_lost) && !f->view->options.waits;
}

u64 view_committed(const struct view_follower *f, u32 partition)
{
    if (follower_has_given_up(f))
        return UINT64_MAX;
    return atomic_load_explicit(&f->parts[partition - 1].committed,
                                memory_order_acquire);
}

u64 view_lag(const struct view_follower *f)
{
    u64 lag = 0;

    if (follower_has_given_up(f))
        return 0;
    for (u32 i = 0; i < f->count; i++) {
        u64 durable = atomic_load_explicit(&f->parts[i].durable, memory_order_relaxed);
        u64 taken = atomic_load_explicit(&f->parts[i].taken, memory_order_relaxed);
        lag += durable > taken ? durable - taken : 0;
    }
    return lag;
}

bool view_failed(const struct view_follower *f, struct err *err)
{
    if (!atomic_load(&f->is_lost))
        return false;
    *err = follower_why(f);
    return true;
}

void view_turn(struct view_follower *f)
{
    must(!f->has_thread);
    while (turn(f))
        continue;
}
