#include "log/log.h"

#include "log/keeper.h"

/* What must hold between any two calls, whoever keeps the log. */
static void log_check(const struct log *l)
{
    must(l->first <= l->durable);
    must(l->durable <= l->tail);
}

bool log_claim(struct log *l, struct err *err)
{
    u64 before = l->epoch;

    if (!l->ops->claim(l, err))
        return false;
    must(l->epoch > before);
    must(l->durable == l->tail);
    log_check(l);
    return true;
}

u64 log_append(struct log *l, struct str entry)
{
    u64 number = l->tail;

    must(l->epoch > 0);
    must(l->ops->append(l, entry) == number);
    must(l->tail == number + 1);
    return number;
}

bool log_pump(struct log *l, struct err *err)
{
    u64 before = l->durable;

    must(l->epoch > 0);
    bool is_ours = l->ops->pump(l, err);
    must(l->durable >= before);
    log_check(l);
    return is_ours;
}

int log_wake_fd(const struct log *l)
{
    return l->ops->wake_fd(l);
}

u64 log_backlog(const struct log *l)
{
    return l->ops->backlog(l);
}

bool log_trim(struct log *l, u64 below, struct err *err)
{
    must(l->epoch > 0);
    must(below <= l->durable);
    return l->ops->trim(l, below, err);
}

void log_close(struct log *l)
{
    if (l)
        l->ops->close(l);
}

struct log_cursor *log_follow(const struct log *l, u64 at, struct err *err)
{
    return l->ops->follow(l, at, err);
}

enum log_next log_read(struct log_cursor *c, u64 durable, struct log_entry *out,
                       struct err *err)
{
    return c->ops->read(c, durable, out, err);
}

void log_unfollow(struct log_cursor *c)
{
    if (c)
        c->ops->unfollow(c);
}
