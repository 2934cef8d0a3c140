#include "gate/sweep.h"

#include <stdlib.h>

/* Numbers of our own questions count down from here: no door's are so high. */
#define FIRST UINT64_MAX

enum sweep_state {
    SWEEP_RESTS,
    SWEEP_ASKS,  /* the partition, whether a batch operation waits */
    SWEEP_LOOKS, /* the view has the question */
    SWEEP_TELLS, /* the partition is given what was found */
};

struct sweep {
    enum sweep_state state;
    bool has_news; /* it was woken while it was at work */
    u64 request, batch, turn;
};

struct sweeps {
    u32 count;
    u64 last; /* number given out */
    struct sweep items[];
};

struct sweeps *sweeps_open(u32 count)
{
    struct sweeps *s = must_alloc(sizeof(*s) + count * sizeof(s->items[0]));

    s->count = count;
    s->last = FIRST;
    return s;
}

void sweeps_close(struct sweeps *s)
{
    free(s);
}

static void command(struct sweeps *s, struct sweep *w, struct node *node,
                    enum sweep_state state, struct input in)
{
    w->state = state;
    w->request = s->last--;
    in.request = w->request;
    in.tenant = STR("<default>");
    node_command(node, &in);
}

static void ask(struct sweeps *s, struct sweep *w, struct node *node)
{
    w->has_news = false;
    command(s, w, node, SWEEP_ASKS, (struct input){.kind = CMD_HISTORY_WANTED});
}

static void tell(struct sweeps *s, struct sweep *w, struct node *node,
                 struct history_found *found)
{
    found->turn = w->turn;
    command(
        s, w, node, SWEEP_TELLS,
        (struct input){.kind = CMD_HISTORY_FOUND, .key = w->batch, .record = found});
}

void sweeps_wake(struct sweeps *s, u32 index, struct node *node)
{
    struct sweep *w = &s->items[index];

    if (!node)
        *w = (struct sweep){0};
    else if (w->state == SWEEP_RESTS)
        ask(s, w, node);
    else
        w->has_news = true;
}

/* A batch operation waits: where it goes on in history. */
static void look(struct sweeps *s, struct sweep *w, struct node *node,
                 struct view_follower *view, const struct history_wanted *wanted)
{
    struct buf b;
    struct arena arena;

    w->batch = wanted->batch;
    w->turn = wanted->turn;
    if (!view) {
        tell(s, w, node,
             &(struct history_found){.error =
                                         STR("this server has no searchable view")});
        return;
    }
    arena_init(&arena, 1024, (size_t)1 << 30, NULL);
    buf_init(&b, &arena, wanted->filter.len + 16);
    buf_text(&b, "{\"filter\":");
    buf_add(&b, wanted->filter);
    buf_byte(&b, '}');
    struct search_ask what = {
        .what = wanted->kind == CMD_INSTANCE_DELETE ? SEARCH_PROCESS_INSTANCES
                                                    : SEARCH_DECISION_INSTANCES,
        .query = buf_str(&b),
        .at = wanted->at,
        .aspect = ASPECT_ITEMS,
    };
    w->state = SWEEP_LOOKS;
    w->request = s->last--;
    view_ask(view, &(struct view_ask){w->request, 0, &what});
    arena_free(&arena);
}

static void rest(struct sweeps *s, struct sweep *w, struct node *node)
{
    w->state = SWEEP_RESTS;
    if (w->has_news)
        ask(s, w, node);
}

bool sweeps_answered(struct sweeps *s, u32 index, struct node *node,
                     struct view_follower *view, const struct answer *a)
{
    struct sweep *w = &s->items[index];
    const struct history_wanted *wanted = a->record;

    if (w->state == SWEEP_RESTS || w->request != a->request)
        return a->kind == CMD_HISTORY_WANTED || a->kind == CMD_HISTORY_FOUND;
    if (w->state == SWEEP_TELLS)
        ask(s, w, node);
    else if (a->rejection || !wanted || !wanted->batch)
        rest(s, w, node);
    else
        look(s, w, node, view, wanted);
    return true;
}

static void found_tell(struct sweeps *s, struct sweep *w, struct node *node,
                       const struct view_answer *a)
{
    struct batch_item_row items[VIEW_ITEMS_MAX];
    struct history_found found = {.items.items = items};
    u32 count = (u32)(a->text.len / sizeof(struct view_item));

    must(a->rejection || count <= LEN(items));
    if (a->rejection) {
        found.error = a->text;
        tell(s, w, node, &found);
        return;
    }
    for (u32 i = 0; i < count; i++) {
        struct view_item item;
        memcpy(&item, a->text.data + i * sizeof(item), sizeof(item));
        items[i] = (struct batch_item_row){
            .item = item.key, .instance = item.instance, .root = item.root};
    }
    found.items.count = count;
    found.is_done = count < VIEW_ITEMS_MAX;
    tell(s, w, node, &found);
}

bool sweeps_found(struct sweeps *s, struct node *const *nodes,
                  const struct view_answer *a)
{
    for (u32 i = 0; i < s->count; i++) {
        struct sweep *w = &s->items[i];
        if (w->state == SWEEP_LOOKS && w->request == a->request) {
            found_tell(s, w, nodes[i], a);
            return true;
        }
    }
    return false;
}
