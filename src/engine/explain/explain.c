#include "engine/explain/explain.h"

#include "engine/command/command.h"
#include "engine/search/search.h"

#define REASONS_MAX 500  /* that one answer tells */
#define SPOTS_MAX   5000 /* element instances that are looked at */
#define DEPTH_MAX   1024 /* of element instances; models are limited to far less */

void decide_instance_explain(struct step *s, u64 key, const void *record);

/* ---- writing --------------------------------------------------------------------- */

void fact_text(struct account *a, const char *name, struct str value)
{
    json_put_name(&a->out, str_of(name));
    json_put_string(&a->out, value);
}

void fact_key(struct account *a, const char *name, u64 value)
{
    json_put_name(&a->out, str_of(name));
    if (value)
        buf_print(&a->out, "\"%llu\"", (unsigned long long)value);
    else
        buf_text(&a->out, "null");
}

void fact_number(struct account *a, const char *name, i64 value)
{
    json_put_name(&a->out, str_of(name));
    json_put_i64(&a->out, value);
}

void fact_time(struct account *a, const char *name, i64 value)
{
    json_put_name(&a->out, str_of(name));
    time_print(&a->out, value);
}

void fact_flag(struct account *a, const char *name, bool value)
{
    json_put_name(&a->out, str_of(name));
    buf_text(&a->out, value ? "true" : "false");
}

void fact_texts(struct account *a, const char *name, const struct text_list *values)
{
    json_put_name(&a->out, str_of(name));
    buf_byte(&a->out, '[');
    for (u32 i = 0; i < values->count; i++) {
        json_comma(&a->out);
        json_put_string(&a->out, values->items[i]);
    }
    buf_byte(&a->out, ']');
}

static const char *spot_type(const struct spot *at)
{
    if (at->row->is_body)
        return "MULTI_INSTANCE_BODY";
    return at->row->is_inner ? "AD_HOC_SUB_PROCESS_INNER_INSTANCE"
                             : element_type_name(at->element->type);
}

bool reason_begin(struct account *a, const struct spot *at, const char *kind,
                  struct str sentence)
{
    if (a->count == REASONS_MAX) {
        a->is_cut = true;
        return false;
    }
    a->count++;
    json_comma(&a->out);
    buf_byte(&a->out, '{');
    fact_key(a, "elementInstanceKey", at->key);
    fact_text(a, "elementId", at->element->id);
    fact_text(a, "elementName", at->element->name);
    fact_text(a, "elementType", str_of(spot_type(at)));
    fact_key(a, "processInstanceKey", at->row->instance);
    fact_time(a, "since", at->row->started_at);
    fact_text(a, "kind", str_of(kind));
    fact_text(a, "sentence", sentence);
    return true;
}

void reason_end(struct account *a)
{
    buf_byte(&a->out, '}');
}

/* ---- the instance itself --------------------------------------------------------- */

static void banned_tell(struct account *a, const struct spot *at)
{
    static const char text[] =
        "The engine failed while it worked on this instance and has stopped it, so "
        "that "
        "the failure does not come again and again. It can only be cancelled; the log "
        "of the server has the reason";

    if (reason_begin(a, at, "BANNED", str_of(text)))
        reason_end(a);
}

static void suspended_tell(struct account *a, const struct spot *at, u64 root)
{
    const struct instance_row *i = instance_get(a->step->state, root);
    struct step *s = a->step;

    if (!reason_begin(
            a, at, "SUSPENDED",
            arena_print(s->arena,
                        "The instance has been suspended for %.*s: nothing happens in "
                        "it until somebody resumes %s%llu",
                        ARG(say_span(s, s->now - i->suspended_at)),
                        root == at->row->instance ? "" : "its root instance ",
                        (unsigned long long)root)))
        return;
    fact_key(a, "suspendedInstanceKey", root);
    fact_time(a, "suspendedAt", i->suspended_at);
    reason_end(a);
}

static void instance_tell(struct account *a, const struct spot *at)
{
    const struct instance_row *i = instance_get(a->step->state, at->row->instance);
    u64 root = suspended_with(a->step->state, at->row->instance);

    if (i && i->is_banned)
        banned_tell(a, at);
    if (root)
        suspended_tell(a, at, root);
}

/* ---- the walk -------------------------------------------------------------------- */

struct trail {
    u64 keys[DEPTH_MAX];
    u32 depth;
};

static void spot_tell(struct account *a, u64 key)
{
    struct spot at = {.key = key, .row = element_get(a->step->state, key)};

    at.element = element_of(a->step, at.row->process, at.row->element);
    if (key == at.row->instance)
        instance_tell(a, &at);
    reasons_of(a, &at);
    joins_of(a, &at);
}

/* The next one in the order of the tree: each before those in it. */
static bool trail_next(const struct state *s, struct trail *t)
{
    u64 next = child_after(s, t->keys[t->depth - 1], 0);

    if (next) {
        must(t->depth < DEPTH_MAX);
        t->keys[t->depth++] = next;
        return true;
    }
    for (; t->depth > 1; t->depth--) {
        next = child_after(s, t->keys[t->depth - 2], t->keys[t->depth - 1]);
        if (next) {
            t->keys[t->depth - 1] = next;
            return true;
        }
    }
    return false;
}

static void walk(struct account *a, u64 instance)
{
    struct trail *t = NEW(a->step->arena, struct trail);

    t->keys[t->depth++] = instance;
    for (u32 looked = 0; !a->is_cut; looked++) {
        if (looked == SPOTS_MAX) {
            a->is_cut = true;
            return;
        }
        spot_tell(a, t->keys[t->depth - 1]);
        if (!trail_next(a->step->state, t))
            return;
    }
}

void decide_instance_explain(struct step *s, u64 key, const void *record)
{
    struct account a = {.step = s, .asked = record};
    struct explained *answer = NEW(s->arena, struct explained);
    const struct instance_row *i = instance_get(s->state, key);

    if (a.asked->names.count) {
        messages_list(s, &a.asked->names, answer);
        s->answer = answer;
        return;
    }
    if (!i || !str_equal(i->tenant, s->tenant)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to explain why process instance '%llu' waits, but there is no "
               "such instance that runs",
               (unsigned long long)key);
        return;
    }
    buf_init(&a.out, s->arena, 1024);
    buf_init(&a.wanted, s->arena, 64);
    buf_byte(&a.out, '[');
    if (element_get(s->state, key))
        walk(&a, key);
    buf_byte(&a.out, ']');
    *answer = (struct explained){
        .instance = key,
        .wait_states = buf_str(&a.out),
        .is_cut = a.is_cut,
        .wanted = {(const struct str *)(const void *)a.wanted.data,
                   (u32)(a.wanted.len / sizeof(struct str))},
    };
    s->answer = answer;
}
