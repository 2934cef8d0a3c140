#include "cli/shards.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "cli/server.h"

struct shard {
    struct shards *all;
    pthread_t thread;
    bool is_started;
    int fd;              /* owned; an eventfd: there is news for this shard */
    struct node **nodes; /* borrowed; its own */
    struct pollfd *fds;  /* owned; the first is ours, then two of each node */
    u32 count;
};

struct shards {
    struct shards_config config;
    struct shard *shards; /* owned; the first has no thread */
    struct node **nodes;  /* owned; as the caller sees them */
    _Atomic bool ends;
};

/* ---- a shard's thread --------------------------------------------------------------
 */

#define REST_MAX_MS 60000

/* Until when it may sleep. */
static int shard_rest(const struct shard *s)
{
    i64 now = now_ms(), first = now + REST_MAX_MS, when;

    for (u32 i = 0; i < s->count; i++) {
        if (node_is_busy(s->nodes[i]))
            return 0;
        if (node_due(s->nodes[i], &when) && when < first)
            first = when;
    }
    return first <= now ? 0 : (int)(first - now);
}

static void shard_sleep(struct shard *s)
{
    u64 count;

    if (poll(s->fds, 2 * s->count + 1, shard_rest(s)) > 0 && s->fds[0].revents) {
        ssize_t got = read(s->fd, &count, sizeof(count));
        (void)got; /* somebody else's signal may have emptied it: as good */
    }
}

/* One turn of all its nodes; false: one has stopped, and its stand-in says why. */
static bool shard_turn(struct shard *s)
{
    bool has_news = false, goes_on = true;
    struct err err;

    for (u32 i = 0; i < s->count && goes_on; i++) {
        goes_on = node_pump(s->nodes[i], now_ms(), &err);
        has_news |= node_has_news(s->nodes[i]);
    }
    if (has_news)
        s->all->config.wake(s->all->config.ctx);
    return goes_on;
}

static void *shard_run(void *ctx)
{
    struct shard *s = ctx;

    while (!atomic_load(&s->all->ends) && shard_turn(s))
        shard_sleep(s);
    return NULL;
}

static void shard_signal(struct shard *s)
{
    u64 one = 1;
    ssize_t written = write(s->fd, &one, sizeof(one));

    (void)written; /* a full counter wakes as well */
}

/* ---- all of them --------------------------------------------------------------------
 */

static void shard_init(struct shards *all, u32 at)
{
    struct shard *s = &all->shards[at];
    u32 most = all->config.count / all->config.shards + 1;

    *s = (struct shard){.all = all, .fd = -1};
    s->nodes = must_alloc(most * sizeof(struct node *));
    s->fds = must_alloc((2 * most + 1) * sizeof(*s->fds));
    for (u32 i = at; i < all->config.count; i += all->config.shards) {
        for (u32 k = 0; k < 2; k++)
            s->fds[2 * s->count + 1 + k] =
                (struct pollfd){.fd = all->config.wake_fds[i][k], .events = POLLIN};
        s->nodes[s->count++] = all->config.nodes[i];
        all->nodes[i] =
            at == 0 ? all->config.nodes[i] : node_stand_in(all->config.nodes[i]);
    }
}

static bool shard_start(struct shard *s, struct err *err)
{
    s->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    s->fds[0] = (struct pollfd){.fd = s->fd, .events = POLLIN};
    if (s->fd < 0)
        return err_set(err, ERR_IO, "no descriptor for a shard: %s", strerror(errno));
    int failed = pthread_create(&s->thread, NULL, shard_run, s);
    s->is_started = !failed;
    return !failed ||
           err_set(err, ERR_IO, "no thread for a shard: %s", strerror(failed));
}

struct shards *shards_open(const struct shards_config *config, struct err *err)
{
    struct shards *s = must_alloc(sizeof(*s));
    bool is_good = true;

    s->config = *config;
    if (s->config.shards > s->config.count)
        s->config.shards = s->config.count;
    s->shards = must_alloc(s->config.shards * sizeof(*s->shards));
    s->nodes = must_alloc(s->config.count * sizeof(struct node *));
    for (u32 i = 0; i < s->config.shards; i++)
        shard_init(s, i);
    for (u32 i = 1; i < s->config.shards && is_good; i++)
        is_good = shard_start(&s->shards[i], err);
    if (!is_good) {
        shards_close(s);
        return NULL;
    }
    return s;
}

struct node **shards_nodes(struct shards *s)
{
    return s->nodes;
}

void shards_wake(struct shards *s)
{
    for (u32 at = 1; at < s->config.shards; at++) {
        bool has_news = false;
        for (u32 i = at; i < s->config.count; i += s->config.shards)
            has_news |= node_has_news(s->nodes[i]);
        if (has_news)
            shard_signal(&s->shards[at]);
    }
}

void shards_close(struct shards *s)
{
    if (!s)
        return;
    atomic_store(&s->ends, true);
    for (u32 at = 0; at < s->config.shards; at++) {
        struct shard *one = &s->shards[at];
        if (one->is_started) {
            shard_signal(one);
            pthread_join(one->thread, NULL);
        }
        if (one->fd >= 0)
            close(one->fd);
        free(one->nodes);
        free(one->fds);
        for (u32 i = at; at > 0 && i < s->config.count; i += s->config.shards)
            node_close(s->nodes[i]);
    }
    free(s->shards);
    free(s->nodes);
    free(s);
}
