#include "log/file.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/ring.h"
#include "log/frame.h"
#include "log/recover.h"
#include "log/writer.h"

/* What is handed to the log's thread and comes back done. */
enum work_kind { WORK_BATCH, WORK_TRIM, WORK_STOP };

struct work {
    enum work_kind kind;
    struct work *next; /* in the queue, or among the free ones */
    char *raw;         /* owned; of a batch: its entries, as frame.h stores them */
    size_t len, size;
    u32 count;
    u64 bytes; /* of the entries themselves */
    u64 below; /* of a trim */

    /* Filled by the thread. */
    bool is_done;
    struct err err; /* when it is not */
    u64 stored;     /* bytes of the frame */
    u64 first;      /* the first entry that is still there */
};

/* How much the thread has at once: what it works on, and what it can go on with before
 * the owner comes by again. The rings have more places, so they never refuse. */
enum { IN_FLIGHT = 4, RING = 8, FREE_MOST = 8 };

struct file_log {
    struct log log;
    struct log_file_options options;
    struct store store; /* constant once it is open, so that cursors may share it */

    /* The owner's side. */
    bool is_claimed, is_lost;
    struct err why;             /* it is lost */
    struct work *open;          /* owned; the batch that fills; NULL: nothing in it */
    struct work *queue, **last; /* owned; waiting for the thread */
    struct work *free;          /* owned */
    u32 free_count, in_flight;
    u64 backlog;

    /* Between the two. */
    struct ring todo, done;
    void *todo_room[RING], *done_room[RING];
    int go_fd, wake_fd; /* owned; eventfds to the thread and back */
    _Atomic bool ends;  /* the owner closes: do not wait for room any more */
    struct work stop;

    /* The thread's, from the claim on. */
    pthread_t thread;
    struct writer writer;
};

const struct log_file_options log_file_options_default = {.segment = (u64)16 << 20,
                                                          .batch_bytes = 1 << 20,
                                                          .batch_entries = 4096,
                                                          .spare = 1};

static struct file_log *file_of(struct log *l)
{
    return (struct file_log *)(void *)l;
}

/* An eventfd refuses only when its count is full; then the other side is awake. */
static void file_signal(int fd)
{
    u64 one = 1;

    must(write(fd, &one, sizeof(one)) == (ssize_t)sizeof(one) || errno == EAGAIN);
}

static void file_unsignal(int fd)
{
    u64 count;

    must(read(fd, &count, sizeof(count)) == (ssize_t)sizeof(count) || errno == EAGAIN);
}

/* ---- the thread ------------------------------------------------------------------ */

static void file_wait(int fd, int most_ms);

enum { FULL_WAIT_MS = 200, FOREVER = -1 };

/* A full disk is waited for: nothing is answered meanwhile, and nothing is lost. The
 * batch is written when there is room again; what comes meanwhile is for the owner to
 * limit. */
static bool file_put(struct file_log *f, struct work *work)
{
    struct str raw = {work->raw, work->len};

    while (!writer_put(&f->writer, 0, work->count, raw, &work->stored, &work->err)) {
        if (work->err.code != ERR_FULL || atomic_load(&f->ends))
            return false;
        file_wait(f->go_fd, FULL_WAIT_MS);
    }
    return true;
}

/* After a failure everything fails with the same words: what is on the disk is unknown
 * until it is read again, so nothing may be written behind it. */
static void file_work(struct file_log *f, struct work *work, const struct err *lost)
{
    struct writer *w = &f->writer;
    bool is_done = false;

    if (lost->code)
        work->err = *lost;
    else if (work->kind == WORK_BATCH)
        is_done = file_put(f, work);
    else if (work->kind == WORK_TRIM)
        is_done = writer_trim(w, work->below, &work->err);
    else /* what is before a CLOSE frame can no longer be taken for a torn tail */
        is_done = !w->is_unsealed ||
                  writer_put(w, FRAME_CLOSE, 0, STR(""), &work->stored, &work->err);
    work->is_done = is_done;
    work->first = writer_first(w);
}

static void file_wait(int fd, int most_ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    int ready;

    while ((ready = poll(&poll_fd, 1, most_ms)) < 0)
        must(errno == EINTR);
    if (ready)
        file_unsignal(fd);
}

static struct work *file_next_work(struct file_log *f, bool is_lost)
{
    struct work *work;

    while (!(work = ring_take(&f->todo))) {
        if (!is_lost && writer_has_chores(&f->writer))
            writer_chore(&f->writer);
        else
            file_wait(f->go_fd, FOREVER);
    }
    return work;
}

static void *file_thread(void *owner)
{
    struct file_log *f = owner;
    struct err lost = {0};
    bool is_last = false;

    while (!is_last) {
        struct work *work = file_next_work(f, lost.code != ERR_NONE);
        is_last = work->kind == WORK_STOP;
        file_work(f, work, &lost);
        if (!work->is_done)
            lost = work->err;
        must(ring_put(&f->done, work)); /* from here on it is the owner's */
        file_signal(f->wake_fd);
        if (!lost.code && !is_last)
            writer_keep_ahead(&f->writer);
    }
    return NULL;
}

/* Signals are for the threads of the owner. */
static bool file_start(struct file_log *f, struct err *err)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&f->thread, NULL, file_thread, f);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !failed || err_set(err, ERR_IO, "%s: no thread for the log: %s",
                              f->store.path, strerror(failed));
}

/* ---- claiming -------------------------------------------------------------------- */

/* The new epoch is durable before anything can be appended in it. What is still to be
 * filled with zeros is left to the thread, when it has nothing else to do; when there
 * is no room for that the log works with what it has, and says so when that is used up.
 */
static bool file_begin(struct file_log *f, struct err *err)
{
    struct writer *w = &f->writer;
    u64 stored;

    if (!writer_put(w, FRAME_EPOCH, 0, STR(""), &stored, err))
        return false;
    return file_start(f, err);
}

static bool file_claim(struct log *l, struct err *err)
{
    struct file_log *f = file_of(l);
    struct recovered found;

    must(!f->is_claimed);
    if (!recover(&f->store, &found, err))
        return false;
    f->writer = (struct writer){.spare = f->options.spare,
                                .sync_delay_us = f->options.sync_delay_us};
    l->dropped = found.dropped;
    if (!writer_open(&f->writer, &f->store, &found, err) || !file_begin(f, err)) {
        writer_close(&f->writer);
        return false;
    }
    f->is_claimed = true;
    l->epoch = f->writer.epoch;
    l->first = writer_first(&f->writer);
    l->durable = l->tail = f->writer.chain.number;
    return true;
}

/* ---- batches --------------------------------------------------------------------- */

static struct work *file_work_get(struct file_log *f, enum work_kind kind)
{
    struct work *work = f->free;

    if (work) {
        f->free = work->next;
        f->free_count--;
    } else {
        work = must_alloc(sizeof(*work));
    }
    *work = (struct work){.kind = kind, .raw = work->raw, .size = work->size};
    return work;
}

static void file_work_free(struct work *work)
{
    if (work)
        free(work->raw);
    free(work);
}

/* Kept for the next batch, unless there are enough or a large entry made it large. */
static void file_work_put(struct file_log *f, struct work *work)
{
    if (f->free_count == FREE_MOST || work->size > 2 * (size_t)f->options.batch_bytes) {
        file_work_free(work);
        return;
    }
    work->next = f->free;
    f->free = work;
    f->free_count++;
}

static void file_queue(struct file_log *f, struct work *work)
{
    work->next = NULL;
    *f->last = work;
    f->last = &work->next;
}

static void file_seal(struct file_log *f)
{
    if (f->open)
        file_queue(f, f->open);
    f->open = NULL;
}

static bool file_is_full(const struct file_log *f, size_t more)
{
    const struct work *open = f->open;

    return open && (open->count >= f->options.batch_entries ||
                    open->len + more > f->options.batch_bytes);
}

static char *file_room(struct work *work, size_t more)
{
    if (more > work->size - work->len) {
        size_t size = work->size ? work->size * 2 : 4096;
        while (size < work->len + more)
            size *= 2;
        work->raw = must_realloc(work->raw, size);
        work->size = size;
    }
    return work->raw + work->len;
}

static u64 file_append(struct log *l, struct str entry)
{
    struct file_log *f = file_of(l);
    size_t size = frame_entry_size(entry);

    must(f->is_claimed);
    f->backlog += entry.len;
    if (f->is_lost)
        return l->tail++; /* the next pump says why nothing comes of it */
    if (file_is_full(f, size))
        file_seal(f);
    if (!f->open)
        f->open = file_work_get(f, WORK_BATCH);
    frame_entry_put(file_room(f->open, size), entry);
    f->open->len += size;
    f->open->count++;
    f->open->bytes += entry.len;
    return l->tail++;
}

/* ---- pumping --------------------------------------------------------------------- */

static void file_lose(struct file_log *f, const struct err *why)
{
    if (!f->is_lost)
        f->why = *why;
    f->is_lost = true;
}

static void file_take(struct file_log *f, struct work *work)
{
    struct log *l = &f->log;

    if (!work->is_done) {
        file_lose(f, &work->err);
    } else if (work->kind == WORK_BATCH) {
        must(!f->is_lost); /* the thread does nothing after a failure */
        l->durable += work->count;
        l->bytes += work->stored;
        f->backlog -= work->bytes;
    }
    if (work->is_done)
        l->first = work->first;
    file_work_put(f, work);
}

static void file_take_all(struct file_log *f)
{
    struct work *work;

    if (f->in_flight == 0)
        return;
    file_unsignal(f->wake_fd); /* before looking, lest a later signal be lost */
    while ((work = ring_take(&f->done))) {
        f->in_flight--;
        file_take(f, work);
    }
}

/* The open batch goes on filling until the thread has nothing else to do. */
static void file_give_all(struct file_log *f)
{
    bool is_new = false;

    if (f->in_flight == 0 && !f->queue)
        file_seal(f);
    while (f->queue && f->in_flight < IN_FLIGHT) {
        struct work *work = f->queue;
        f->queue = work->next;
        if (!f->queue)
            f->last = &f->queue;
        must(ring_put(&f->todo, work));
        f->in_flight++;
        is_new = true;
    }
    if (is_new)
        file_signal(f->go_fd);
}

static bool file_pump(struct log *l, struct err *err)
{
    struct file_log *f = file_of(l);

    must(f->is_claimed);
    file_take_all(f);
    if (f->is_lost) {
        *err = f->why;
        return false;
    }
    file_give_all(f);
    return true;
}

static int file_wake_fd(const struct log *l)
{
    return ((const struct file_log *)(const void *)l)->wake_fd;
}

static u64 file_backlog(const struct log *l)
{
    return ((const struct file_log *)(const void *)l)->backlog;
}

/* The thread knows the segments, so it does it, between two frames. */
static bool file_trim(struct log *l, u64 below, struct err *err)
{
    struct file_log *f = file_of(l);

    if (f->is_lost) {
        *err = f->why;
        return false;
    }
    if (below <= l->first)
        return true;
    struct work *work = file_work_get(f, WORK_TRIM);
    work->below = below;
    file_queue(f, work);
    return true;
}

/* ---- opening and closing --------------------------------------------------------- */

static struct log_cursor *file_follow_log(const struct log *l, u64 at, struct err *err)
{
    const struct file_log *f = (const struct file_log *)(const void *)l;

    return file_follow(l->ops, &f->store, at, err);
}

static void file_free_list(struct work *list)
{
    while (list) {
        struct work *next = list->next;
        file_work_free(list);
        list = next;
    }
}

/* What the thread has is finished; what it was not given yet was promised to nobody. */
static void file_stop(struct file_log *f)
{
    struct work *work;

    f->stop.kind = WORK_STOP;
    atomic_store(&f->ends, true);
    must(ring_put(&f->todo, &f->stop));
    file_signal(f->go_fd);
    pthread_join(f->thread, NULL);
    while ((work = ring_take(&f->done)))
        if (work != &f->stop)
            file_work_put(f, work);
    writer_close(&f->writer);
}

static void file_close(struct log *l)
{
    struct file_log *f = file_of(l);

    if (f->is_claimed)
        file_stop(f);
    file_work_free(f->open);
    file_free_list(f->queue);
    file_free_list(f->free);
    if (f->go_fd >= 0)
        close(f->go_fd);
    if (f->wake_fd >= 0)
        close(f->wake_fd);
    store_close(&f->store);
    free(f);
}

static const struct log_ops file_ops = {
    .claim = file_claim,
    .append = file_append,
    .pump = file_pump,
    .wake_fd = file_wake_fd,
    .backlog = file_backlog,
    .trim = file_trim,
    .close = file_close,
    .follow = file_follow_log,
    .read = file_read,
    .unfollow = file_unfollow,
};

struct log *log_file_open_on(const struct disk *disk, const char *folder,
                             const struct log_file_options *options, struct err *err)
{
    struct file_log *f = must_alloc(sizeof(*f));

    must(options->batch_bytes > 0);
    must(options->batch_entries > 0);
    f->log = (struct log){.ops = &file_ops, .first = 1, .durable = 1, .tail = 1};
    f->options = *options;
    f->last = &f->queue;
    f->go_fd = f->wake_fd = -1;
    ring_init(&f->todo, f->todo_room, RING);
    ring_init(&f->done, f->done_room, RING);
    if (!store_open(&f->store, folder, disk, options->segment, err)) {
        free(f);
        return NULL;
    }
    f->go_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    f->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (f->go_fd >= 0 && f->wake_fd >= 0)
        return &f->log;
    err_set(err, ERR_IO, "%s: no event descriptor: %s", folder, strerror(errno));
    file_close(&f->log);
    return NULL;
}

struct log *log_file_open(const char *folder, const struct log_file_options *options,
                          struct err *err)
{
    return log_file_open_on(&disk_real, folder, options, err);
}
