#include <stdio.h>

#include "node/private.h"
#include "state/read.h"

/* What a command may be refused for. */
struct bound {
    const char *what; /* as in "... , but WHAT: VALUE, and LIMIT is the limit" */
    u64 value, limit;
    bool is_least;    /* the value must not be below the limit, instead of not above */
    bool is_for_more; /* only what adds to what is kept is refused, not reads */
};

static bool bound_holds(const struct bound *b)
{
    return b->limit == 0 || (b->is_least ? b->value >= b->limit : b->value <= b->limit);
}

static bool refuse(struct refusal *why, const struct bound *b)
{
    why->rejection = REJECT_RESOURCE_EXHAUSTED;
    snprintf(why->text, sizeof(why->text),
             "Expected to take new work, but %s: %llu, and %llu is the %s. What runs "
             "goes on; please try again later.",
             b->what, (unsigned long long)b->value, (unsigned long long)b->limit,
             b->is_least ? "least" : "limit");
    return false;
}

/* How long the first of those that wait for the log has waited. */
u64 node_lag(const struct node *n)
{
    const struct outcome_held *oldest = n->held.first;

    return oldest && n->outside > oldest->since ? (u64)(n->outside - oldest->since) : 0;
}

u64 node_spare(const struct node *n)
{
    return n->is_stand_in ? atomic_load(&n->link->spare) : state_spare(n->state);
}

void node_press(struct node *n, const struct pressure *p)
{
    n->pressure = *p;
    n->is_pressed = p->memory_max && p->memory > p->memory_max / 8 * 7;
    if (n->is_stand_in)
        atomic_store(&n->link->is_pressed, n->is_pressed);
}

bool node_admit(const struct node *n, enum command_kind kind, struct refusal *why)
{
    const struct node_options *o = &n->options;
    const struct pressure *p = &n->pressure;

    if (commands[kind].is_always_admitted)
        return true;
    const struct bound bounds[] = {
        {"the disk is behind, in bytes",
         n->is_stand_in ? link_backlog(n) : log_backlog(n->log), o->backlog_max},
        {"the disk is behind, in milliseconds",
         n->is_stand_in ? atomic_load(&n->link->lag) : node_lag(n), o->lag_max_ms},
        {"too many commands wait, with this one",
         n->inbox_count + (n->is_stand_in ? link_waiting(n) : 0) + 1, o->inbox_max},
        {"there is little memory left, with bytes in use", p->memory, p->memory_max,
         .is_for_more = true},
        {"there is little room on the disk, with bytes free", p->disk, p->disk_least,
         .is_least = true, .is_for_more = true},
    };
    for (size_t i = 0; i < LEN(bounds); i++)
        if (!bound_holds(&bounds[i]) &&
            !(bounds[i].is_for_more && commands[kind].is_read))
            return refuse(why, &bounds[i]);
    return true;
}
