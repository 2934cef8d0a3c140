/* Loops that never wait: a token in one would run for ever, and no worker could stop
 * it. Only tasks that pass straight through are looked at, each once, depth first; the
 * path is a list of its own, so that a long chain of tasks needs no deep stack. */
#include "base/buf.h"
#include "model/build.h"

enum color { WHITE, ON_PATH, DONE };

struct step {
    const struct element *e;
    u32 next; /* the outgoing flow to follow next */
};

struct search {
    struct build *b;
    u8 *colors; /* by tag */
    struct step *path;
    u32 depth;
};

static bool is_straight(const struct element *e)
{
    return e->type == ELEMENT_TASK || e->type == ELEMENT_MANUAL_TASK;
}

static void step_in(struct search *s, const struct element *e)
{
    s->colors[e->tag] = ON_PATH;
    s->path[s->depth++] = (struct step){e, 0};
}

/* Of a long loop, what stands between this many elements and the last is left out. */
#define PRINT_MAX 100

/* The loop that ends where the path comes back to `e`. */
static struct str loop_print(const struct search *s, const struct element *e)
{
    struct buf out;
    u32 i = s->depth - 1;

    while (s->path[i].e != e)
        i--;
    u32 start = i;
    buf_init(&out, s->b->scratch, 256);
    buf_text(&out, "Processes are not allowed to contain a straight-through processing "
                   "loop: ");
    for (; i < s->depth && i - start < PRINT_MAX; i++) {
        buf_add(&out, s->path[i].e->id);
        buf_text(&out, " > ");
    }
    if (i < s->depth)
        buf_text(&out, "... > ");
    buf_add(&out, e->id);
    return buf_str(&out);
}

/* The first loop that is reached from `e`; empty: none. */
static struct str loop_find(struct search *s, const struct element *e)
{
    step_in(s, e);
    while (s->depth > 0) {
        struct step *top = &s->path[s->depth - 1];
        if (top->next == top->e->outgoing_count) {
            s->colors[top->e->tag] = DONE;
            s->depth--;
            continue;
        }
        const struct element *target = top->e->outgoing[top->next++]->target;
        if (s->colors[target->tag] == ON_PATH)
            return loop_print(s, target);
        if (is_straight(target) && s->colors[target->tag] == WHITE)
            step_in(s, target);
    }
    return (struct str){0};
}

/* One loop of each process is told: one is enough to refuse it. */
void loops_find(struct build *b)
{
    struct search s = {.b = b};
    const struct part *process = NULL;
    bool is_told = false;

    s.colors = NEW_ARRAY(b->scratch, u8, b->last ? (size_t)b->last->e->tag + 1 : 1);
    s.path = NEW_ARRAY(b->scratch, struct step, b->part_count);
    for (struct part *p = b->first; p; p = p->next) {
        if (!p->scope) {
            process = p;
            is_told = false;
        }
        if (is_told || !is_straight(p->e) || s.colors[p->e->tag] != WHITE)
            continue;
        s.depth = 0;
        struct str text = loop_find(&s, p->e);
        if (text.len) {
            finding_process(b, process, text);
            is_told = true;
        }
    }
}
