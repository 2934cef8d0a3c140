/* shrink.c - a plan with something less in it. What is taken away stays in its place in
 * the arrays, so that all others keep their names, but in no scope. */
#include "sim/mirror/plan.h"

enum { GONE = -2 }; /* a scope that nothing is in */

static bool is_gone(const struct plan *p, i32 part)
{
    return p->parts[part].scope == GONE;
}

static void flow_del(struct plan *p, i32 flow)
{
    for (i32 i = 0; i < p->part_count; i++)
        if (p->parts[i].default_flow == flow)
            p->parts[i].default_flow = NONE;
    p->flows[flow].from = p->flows[flow].to = NONE;
}

static void part_del(struct plan *p, i32 part);

static void begin_del(struct part *x, i32 part)
{
    i32 count = 0;

    for (i32 i = 0; i < x->begin_count; i++)
        if (x->begins[i] != part)
            x->begins[count++] = x->begins[i];
    x->begin_count = count;
}

/* With a part goes all that is in it or hangs from it. */
static void parts_del(struct plan *p, i32 part)
{
    for (i32 i = 0; i < p->part_count; i++) {
        const struct part *x = &p->parts[i];
        if (!is_gone(p, i) && (x->scope == part || x->host == part))
            part_del(p, i);
        if (x->undoes == part)
            p->parts[i].undoes = NONE;
        begin_del(&p->parts[i], part);
    }
}

static void part_del(struct plan *p, i32 part)
{
    i32 handler = p->parts[part].handler;

    p->parts[part].scope = GONE;
    p->parts[part].host = NONE;
    p->parts[part].event = ON_NOTHING;
    parts_del(p, part);
    if (handler != NONE)
        part_del(p, handler);
    for (i32 f = 0; f < p->flow_count; f++)
        if (p->flows[f].from == part || p->flows[f].to == part)
            flow_del(p, f);
}

/* Its only way out, or NONE. */
static i32 way_out(const struct plan *p, i32 part)
{
    i32 out = NONE, count = 0;

    for (i32 f = 0; f < p->flow_count; f++)
        if (p->flows[f].from == part) {
            out = f;
            count++;
        }
    return count == 1 ? out : NONE;
}

/* Who came to it comes to what followed it. */
static bool part_bypass(struct plan *p, i32 part)
{
    const struct part *x = &p->parts[part];
    i32 out = way_out(p, part);

    if (is_gone(p, part) || x->kind == PART_PROCESS || x->kind == PART_START)
        return false;
    for (i32 f = 0; f < p->flow_count && out != NONE; f++)
        if (p->flows[f].to == part)
            p->flows[f].to = p->flows[out].to;
    part_del(p, part);
    return true;
}

static bool loop_drop(struct plan *p, i32 part)
{
    bool was_on = p->parts[part].loop.is_on;

    p->parts[part].loop.is_on = false;
    return was_on && !is_gone(p, part);
}

static bool extras_drop(struct plan *p, i32 part)
{
    struct part *x = &p->parts[part];
    bool had_some = x->in_count || x->out_count || x->starts || x->ends;

    x->in_count = x->out_count = 0;
    x->starts = x->ends = 0;
    return had_some && !is_gone(p, part);
}

static bool flow_drop(struct plan *p, i32 flow)
{
    bool was_there = flow < p->flow_count && p->flows[flow].from != NONE;

    if (was_there)
        flow_del(p, flow);
    return was_there;
}

/* Great ones first: with a scope goes much. */
bool plan_shrink(struct plan *p, i32 change)
{
    static bool (*const ways[])(struct plan *, i32) = {part_bypass, loop_drop,
                                                       extras_drop};
    i32 way = change / PARTS_MAX, part = change % PARTS_MAX;

    if (way >= (i32)LEN(ways))
        return flow_drop(p, change - (i32)LEN(ways) * PARTS_MAX);
    return part < p->part_count && ways[way](p, part);
}
