#include "cli/closed.h"

#include <stdlib.h>

#include "base/arena.h"
#include "record/record.h"
#include "state/read.h"

struct closed {
    struct folder *folder;
    u64 *ends; /* borrowed; what is being found */
    u64 *all;  /* owned; [from * count + to]: the last send up to the end of the log */
    u64 *sent; /* owned; likewise, up to the end that is being tried */
    u64 *blocked; /* owned; the first entry that may not be copied; 0: none */
    struct arena scratch;
};

static u64 *sent_of(struct closed *c, u32 from, u32 to)
{
    return &c->sent[(size_t)from * c->folder->count + to];
}

/* What was trimmed from a log is in its checkpoint: so the state tells how far the
 * sends are, up to the end of the log. */
static bool all_read(struct closed *c, const char *vaults, struct zones *zones,
                     struct err *err)
{
    u32 count = c->folder->count;

    for (u32 from = 0; from < count; from++) {
        struct replayed r;
        if (!folder_replay(c->folder, from, vaults, zones, &r, err))
            return err_in(err, "%s", c->folder->parts[from].path);
        for (u32 to = 0; to < count; to++) {
            const struct partition_row *row = partition_get(node_state(r.node), to + 1);
            c->all[(size_t)from * count + to] = row ? row->sent : 0;
        }
        replayed_end(&r);
    }
    return true;
}

/* Partitions are numbered from 1, parts from 0. */
static bool peer_of(const struct closed *c, u32 number, u32 *out)
{
    *out = number - 1;
    return number > 0 && number <= c->folder->count;
}

/* It is behind the end: what is up to there ends before it. */
static void sent_note(struct closed *c, u32 part, const struct outbox_row *row)
{
    u32 peer;

    if (peer_of(c, row->partition, &peer) && *sent_of(c, part, peer) >= row->number)
        *sent_of(c, part, peer) = row->number - 1;
}

static void received_check(struct closed *c, u32 part, const struct inbox_moved *moved,
                           u64 entry)
{
    u32 peer;

    if (c->blocked[part] == 0 && peer_of(c, moved->partition, &peer) &&
        *sent_of(c, peer, part) < moved->number)
        c->blocked[part] = entry;
}

static bool event_take(struct closed *c, u32 part, const struct event *e, u64 entry,
                       bool is_sending, struct err *err)
{
    enum event_kind wanted = is_sending ? EV_OUTBOX_ADDED : EV_INBOX_MOVED;
    const struct shape *shape = events[e->kind].record;

    if (e->kind != wanted)
        return true;
    void *record = arena_alloc(&c->scratch, shape->size);
    if (!record_decode(e->bytes, shape, &c->scratch, record, err))
        return false;
    if (is_sending)
        sent_note(c, part, record);
    else
        received_check(c, part, record, entry);
    return true;
}

struct scan {
    struct closed *closed;
    u32 part;
    bool is_sending;
};

static bool entry_take(void *ctx, const struct log_entry *found, struct err *err)
{
    const struct scan *s = ctx;
    struct closed *c = s->closed;
    struct entry entry;
    struct event e;

    *err = (struct err){0};
    arena_reset(&c->scratch);
    if (!record_decode(found->bytes, &entry_shape, &c->scratch, &entry, err))
        return false;
    for (size_t at = 0; event_next(entry.events, &at, &e, err);)
        if (!event_take(c, s->part, &e, found->number, s->is_sending, err))
            return false;
    return err->code == ERR_NONE;
}

/* Sends behind the end, or what was received up to it. */
static bool part_scan(struct closed *c, u32 part, bool is_sending, struct err *err)
{
    const struct log *log = c->folder->parts[part].log;
    u64 from = is_sending ? c->ends[part] : log->first;
    u64 to = is_sending ? log->durable : c->ends[part];

    return part_walk(&c->folder->parts[part], from, to, entry_take,
                     &(struct scan){c, part, is_sending}, err);
}

/* ---- ends of frames -------------------------------------------------------------- */

struct cut {
    u64 below, end;
};

static void cut_frame(void *ctx, const struct log_frame *f)
{
    struct cut *cut = ctx;

    if (f->first + f->count <= cut->below)
        cut->end = f->first + f->count;
}

static bool part_cut(struct closed *c, u32 part, u64 below, struct err *err)
{
    struct cut cut = {.below = below, .end = c->folder->parts[part].log->first};

    if (!log_look_frames(c->folder->parts[part].log, cut_frame, &cut, err))
        return false;
    c->ends[part] = cut.end;
    return true;
}

/* One round: what is sent up to the ends, what is received without having been sent;
 * *is_closed when there is nothing of that kind. */
static bool round_go(struct closed *c, bool *is_closed, struct err *err)
{
    u32 count = c->folder->count;

    *is_closed = true;
    memcpy(c->sent, c->all, (size_t)count * count * sizeof(*c->sent));
    memset(c->blocked, 0, count * sizeof(*c->blocked));
    for (u32 i = 0; i < 2 * count; i++)
        if (!part_scan(c, i % count, i < count, err))
            return false;
    for (u32 i = 0; i < count; i++) {
        if (!c->blocked[i])
            continue;
        *is_closed = false;
        if (!part_cut(c, i, c->blocked[i], err))
            return false;
    }
    return true;
}

static bool closed_find(struct closed *c, const char *vaults, struct zones *zones,
                        struct err *err)
{
    bool is_closed = false, is_good = all_read(c, vaults, zones, err);

    while (is_good && !is_closed)
        is_good = round_go(c, &is_closed, err);
    return is_good;
}

bool closed_ends(struct folder *f, const char *vaults, struct zones *zones, u64 *ends,
                 struct err *err)
{
    struct closed c = {.folder = f, .ends = ends};

    for (u32 i = 0; i < f->count; i++)
        ends[i] = f->parts[i].log->durable;
    if (f->count == 1)
        return true;
    c.all = must_alloc((size_t)f->count * f->count * sizeof(*c.all));
    c.sent = must_alloc((size_t)f->count * f->count * sizeof(*c.sent));
    c.blocked = must_alloc(f->count * sizeof(*c.blocked));
    arena_init(&c.scratch, 1 << 16, (size_t)1 << 30, NULL);
    bool is_good = closed_find(&c, vaults, zones, err);
    arena_free(&c.scratch);
    free(c.blocked);
    free(c.sent);
    free(c.all);
    return is_good;
}
