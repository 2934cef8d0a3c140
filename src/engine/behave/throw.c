/* throw.c - who catches a BPMN error (behaviours 9.4). */
#include "engine/behave/behave.h"

/* Of one element instance: a boundary event for this very code, or else one for all. */
static const struct element *catcher_of(struct step *s, const struct element *e,
                                        struct str code, struct buf *codes)
{
    const struct element *catches_all = NULL;

    for (u32 i = 0; i < e->boundary_count; i++) {
        const struct element *b = e->boundaries[i];
        if (b->event != EVENT_TYPE_ERROR)
            continue;
        if (b->catches_all) {
            catches_all = b;
            continue;
        }
        if (str_equal(b->error_code.body, code))
            return b;
        buf_print(codes, "%s%.*s", codes->len ? ", " : "", ARG(b->error_code.body));
    }
    return catches_all;
}

bool error_catcher(struct step *s, u64 from, struct str code, struct catcher *out,
                   struct str *codes)
{
    struct buf b;
    struct visit v;

    buf_init(&b, s->arena, 0);
    for (u64 key = from; visit_get(s, key, &v); key = v.row->scope) {
        bool is_open = v.row->state == ELEMENT_STATE_ACTIVATED ||
                       (key == from && v.row->state == ELEMENT_STATE_ACTIVATING);
        if (!is_open || v.row->interrupted_by)
            break;
        const struct element *boundary = catcher_of(s, v.element, code, &b);
        if (boundary) {
            *out = (struct catcher){key, boundary};
            return true;
        }
    }
    *codes = buf_str(&b);
    return false;
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
