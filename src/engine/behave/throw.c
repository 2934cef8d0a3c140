/* throw.c - who catches a BPMN error or an escalation (behaviours 9.4, 9.5). */
#include "engine/behave/behave.h"

/* What is looked for, and what was seen on the way. */
struct hunt {
    enum event_type event;
    struct str code;
    const struct element *catches_all; /* of the level in hand */
    struct buf codes;
};

static bool catches(struct hunt *h, const struct element *e)
{
    const struct expr *code =
        h->event == EVENT_TYPE_ERROR ? &e->error_code : &e->escalation_code;

    if (e->event != h->event)
        return false;
    if (e->catches_all) {
        if (!h->catches_all)
            h->catches_all = e;
        return false;
    }
    if (str_equal(code->body, h->code))
        return true;
    buf_print(&h->codes, "%s%.*s", h->codes.len ? ", " : "", ARG(code->body));
    return false;
}

/* Of one element instance: one for this very code, or else one for all; its event
 * sub-processes before its boundary events. Those of a loop's instance are the body's,
 * those around an element that began ad hoc the ad-hoc sub-process's. */
static const struct element *catcher_of(const struct visit *v, struct hunt *h)
{
    const struct element *e = v->element;

    h->catches_all = NULL;
    if (v->row->is_inner)
        return NULL;
    for (u32 i = 0; i < e->event_sub_process_count && !v->row->is_body; i++)
        if (catches(h, e->event_sub_processes[i]->start))
            return e->event_sub_processes[i]->start;
    for (u32 i = 0; i < e->boundary_count && !v->row->loop_counter; i++)
        if (catches(h, e->boundaries[i]))
            return e->boundaries[i];
    return h->catches_all;
}

/* Does what is thrown in it, or passes through it, reach its catchers? */
static bool hears(const struct visit *v, bool is_first)
{
    if (v->row->interrupted_by)
        return false;
    return v->row->state == ELEMENT_STATE_ACTIVATED ||
           (is_first && v->row->state == ELEMENT_STATE_ACTIVATING);
}

/* From the element instance upward, and on from a called process to its caller. In a
 * process the way ends at a scope that does not hear; its caller is asked all the same
 * (behaviours 9.4). */
static bool hunt_up(struct step *s, struct hunt *h, u64 from, struct catcher *out)
{
    const struct element *event;
    struct visit v;
    u64 next;

    for (u64 key = from; visit_get(s, key, &v); key = next) {
        bool is_heard = hears(&v, key == from);
        next = v.row->scope ? v.row->scope : v.row->parent;
        if (!is_heard)
            next = element_get(s->state, v.row->instance)->parent;
        event = is_heard ? catcher_of(&v, h) : NULL;
        if (event) {
            *out = (struct catcher){key, event};
            return true;
        }
    }
    return false;
}

bool error_catcher(struct step *s, u64 from, struct str code, struct catcher *out,
                   struct str *codes)
{
    struct hunt h = {.event = EVENT_TYPE_ERROR, .code = code};

    buf_init(&h.codes, s->arena, 0);
    bool is_found = hunt_up(s, &h, from, out);
    *codes = buf_str(&h.codes);
    return is_found;
}

bool escalation_catcher(struct step *s, u64 from, struct str code, struct catcher *out)
{
    struct hunt h = {.event = EVENT_TYPE_ESCALATION, .code = code};

    buf_init(&h.codes, s->arena, 0);
    return hunt_up(s, &h, from, out);
}

struct str error_text(struct step *s, struct str code, struct str message,
                      struct str codes)
{
    struct str with = {NULL, 0};

    if (message.len)
        with = arena_print(s->arena, " with message '%.*s'", ARG(message));
    if (codes.len == 0)
        return arena_print(
            s->arena,
            "Expected to throw an error event with the code '%.*s'%.*s, "
            "but it was not caught. No error events are available in the "
            "scope.",
            ARG(code), ARG(with));
    return arena_print(s->arena,
                       "Expected to throw an error event with the code '%.*s'%.*s, but "
                       "it was not caught. Available error events are [%.*s]",
                       ARG(code), ARG(with), ARG(codes));
}
