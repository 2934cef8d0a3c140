#include <stdio.h>
#include <stdlib.h>

#include "log/keeper.h"
#include "log/log.h"

/* Entries that were appended between two pumps are a batch. It waits in a ring of as
 * many places as there can be pumps before the oldest is due, so that a log that keeps
 * nothing never grows. */
struct mem_batch {
    u64 end;   /* the number after its last entry */
    u64 bytes; /* of its entries */
    u64 due;   /* the pump that makes it durable */
};

struct mem_log {
    struct log log;
    u32 pumps;
    bool is_kept, is_claimed;
    struct str *entries;       /* owned; `first` to `tail`, when kept */
    size_t size;               /* room in entries */
    struct mem_batch *batches; /* owned; a ring of `pumps` + 1 */
    u64 put, taken;            /* batches since the beginning */
    u64 pumped;                /* pumps since the beginning */
    u64 open_bytes;            /* appended since the last pump */
    u64 waiting_bytes;         /* in batches that are not due */
    char failure[200];         /* why it is lost, or will be at the next pump */
};

struct mem_cursor {
    struct log_cursor cursor;
    const struct mem_log *log; /* borrowed */
    u64 at;
};

static struct mem_log *mem_of(struct log *l)
{
    return (struct mem_log *)(void *)l;
}

static struct mem_batch *mem_place(struct mem_log *m, u64 count)
{
    return &m->batches[count % (m->pumps + 1)];
}

static void mem_keep(struct mem_log *m, struct str entry)
{
    size_t count = m->log.tail - m->log.first;

    if (count == m->size) {
        m->size = m->size ? m->size * 2 : 16;
        m->entries = must_realloc(m->entries, m->size * sizeof(*m->entries));
    }
    char *copy = must_alloc(entry.len);
    if (entry.len)
        memcpy(copy, entry.data, entry.len);
    m->entries[count] = (struct str){copy, entry.len};
}

/* Forgets the entries from `from` on. */
static void mem_cut(struct mem_log *m, u64 from)
{
    for (u64 n = from; m->is_kept && n < m->log.tail; n++)
        free((char *)(uintptr_t)m->entries[n - m->log.first].data);
    m->log.tail = from;
}

/* Whoever claims sees what is durable and nothing else, as after a crash. */
static bool mem_claim(struct log *l, struct err *err)
{
    struct mem_log *m = mem_of(l);

    if (m->failure[0])
        return err_set(err, ERR_IO, "%s", m->failure);
    log_mem_crash(l);
    m->is_claimed = true;
    l->epoch++;
    l->bytes = 0;
    return true;
}

static u64 mem_append(struct log *l, struct str entry)
{
    struct mem_log *m = mem_of(l);

    must(m->is_claimed);
    if (m->is_kept)
        mem_keep(m, entry);
    m->open_bytes += entry.len;
    return l->tail++;
}

/* The open batch will be durable with the pump that is `pumps` - 1 after this one. */
static void mem_seal(struct mem_log *m)
{
    u64 sealed = m->put > m->taken ? mem_place(m, m->put - 1)->end : m->log.durable;

    if (sealed == m->log.tail)
        return;
    u64 wait = m->pumps ? m->pumps - 1 : 0;
    *mem_place(m, m->put++) =
        (struct mem_batch){m->log.tail, m->open_bytes, m->pumped + wait};
    must(m->put - m->taken <= m->pumps + 1);
    m->waiting_bytes += m->open_bytes;
    m->open_bytes = 0;
}

static bool mem_pump(struct log *l, struct err *err)
{
    struct mem_log *m = mem_of(l);

    must(m->is_claimed);
    if (m->failure[0])
        return err_set(err, ERR_IO, "%s", m->failure);
    m->pumped++;
    mem_seal(m);
    for (; m->taken < m->put && mem_place(m, m->taken)->due <= m->pumped; m->taken++) {
        struct mem_batch *b = mem_place(m, m->taken);
        l->durable = b->end;
        l->bytes += b->bytes;
        m->waiting_bytes -= b->bytes;
    }
    if (!m->is_kept)
        l->first = l->durable;
    return true;
}

static int mem_wake_fd(const struct log *l)
{
    return -1;
}

static u64 mem_backlog(const struct log *l)
{
    const struct mem_log *m = (const struct mem_log *)(const void *)l;

    return m->open_bytes + m->waiting_bytes;
}

static bool mem_trim(struct log *l, u64 below, struct err *err)
{
    struct mem_log *m = mem_of(l);

    if (below <= l->first)
        return true;
    for (u64 n = l->first; m->is_kept && n < below; n++)
        free((char *)(uintptr_t)m->entries[n - l->first].data);
    if (m->is_kept)
        memmove(m->entries, m->entries + (below - l->first),
                (l->tail - below) * sizeof(*m->entries));
    l->first = below;
    return true;
}

static void mem_close(struct log *l)
{
    struct mem_log *m = mem_of(l);

    mem_cut(m, l->first);
    free(m->batches);
    free(m->entries);
    free(m);
}

static struct log_cursor *mem_follow(const struct log *l, u64 at, struct err *err)
{
    const struct mem_log *m = (const struct mem_log *)(const void *)l;

    if (!m->is_kept) {
        err_set(err, ERR_LIMIT, "this log is in memory only and keeps no entries");
        return NULL;
    }
    if (at < l->first) {
        err_set(err, ERR_LIMIT, "entry %llu was trimmed; the first is %llu",
                (unsigned long long)at, (unsigned long long)l->first);
        return NULL;
    }
    struct mem_cursor *c = must_alloc(sizeof(*c));
    *c = (struct mem_cursor){{l->ops}, m, at};
    return &c->cursor;
}

static enum log_next mem_read(struct log_cursor *cursor, u64 durable,
                              struct log_entry *out, struct err *err)
{
    struct mem_cursor *c = (struct mem_cursor *)(void *)cursor;
    const struct log *l = &c->log->log;

    if (c->at >= durable || c->at >= l->durable)
        return LOG_END;
    if (c->at < l->first) {
        err_set(err, ERR_LIMIT, "entry %llu was trimmed; the first is %llu",
                (unsigned long long)c->at, (unsigned long long)l->first);
        return LOG_FAILED;
    }
    *out = (struct log_entry){c->at, c->log->entries[c->at - l->first]};
    c->at++;
    return LOG_ENTRY;
}

static void mem_unfollow(struct log_cursor *cursor)
{
    free(cursor);
}

static const struct log_ops mem_ops = {
    .claim = mem_claim,
    .append = mem_append,
    .pump = mem_pump,
    .wake_fd = mem_wake_fd,
    .backlog = mem_backlog,
    .trim = mem_trim,
    .close = mem_close,
    .follow = mem_follow,
    .read = mem_read,
    .unfollow = mem_unfollow,
};

struct log *log_mem_open(const struct log_mem_options *options)
{
    struct mem_log *m = must_alloc(sizeof(*m));

    m->log = (struct log){.ops = &mem_ops, .first = 1, .durable = 1, .tail = 1};
    m->pumps = options->pumps;
    m->is_kept = options->keep;
    m->batches = must_alloc((m->pumps + 1) * sizeof(*m->batches));
    return &m->log;
}

void log_mem_crash(struct log *l)
{
    struct mem_log *m = mem_of(l);

    must(l->ops == &mem_ops);
    mem_cut(m, l->durable);
    m->taken = m->put;
    m->open_bytes = m->waiting_bytes = 0;
    m->failure[0] = 0;
    m->is_claimed = false;
}

void log_mem_fail(struct log *l, const char *text)
{
    struct mem_log *m = mem_of(l);

    must(l->ops == &mem_ops);
    must(text[0]);
    snprintf(m->failure, sizeof(m->failure), "%s", text);
}
