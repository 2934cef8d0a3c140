/* mapping.c - input and output mappings (behaviours 10.3): all mappings of an element
 * make one context, in document order; a later one may use the target of an earlier
 * one. */
#include "engine/behave/behave.h"

/* The context in the making: a name has a value, or further names below it. */
struct overlay {
    struct str name;
    struct str value; /* JSON; empty: it has entries */
    struct overlay *entries, *next;
};

static struct overlay *overlay_entry(struct overlay *o, struct str name,
                                     struct arena *arena)
{
    struct overlay **hole = &o->entries;

    while (*hole && !str_equal((*hole)->name, name))
        hole = &(*hole)->next;
    if (!*hole) {
        *hole = NEW(arena, struct overlay);
        (*hole)->name = name;
    }
    return *hole;
}

static void overlay_put(struct overlay *o, const struct mapping *m, struct str value,
                        struct arena *arena)
{
    for (u32 i = 0; i < m->path_count; i++) {
        o->value = (struct str){NULL, 0};
        o = overlay_entry(o, m->path[i], arena);
    }
    o->value = value;
    o->entries = NULL;
}

/* `under`: what stands there already and is to survive beside the new entries. */
static struct str overlay_json(const struct overlay *o, struct str under,
                               struct arena *arena)
{
    struct buf b;

    if (o->value.len)
        return o->value;
    buf_init(&b, arena, 64);
    buf_byte(&b, '{');
    for (const struct overlay *e = o->entries; e; e = e->next) {
        struct str below = {NULL, 0};
        if (under.len)
            json_get(under, e->name, arena, &below);
        if (below.len && json_kind(below) != JSON_MAP)
            below = (struct str){NULL, 0};
        json_put_name(&b, e->name);
        buf_add(&b, overlay_json(e, below, arena));
    }
    buf_byte(&b, '}');
    return under.len ? json_merge(under, buf_str(&b), arena) : buf_str(&b);
}

struct overlay *overlay_new(struct step *s)
{
    return NEW(s->arena, struct overlay);
}

void overlay_set(struct step *s, struct overlay *o, struct str name, struct str value)
{
    overlay_entry(o, name, s->arena)->value = value;
}

bool overlay_get(const struct overlay *o, struct str name, struct str *out,
                 struct arena *arena)
{
    for (const struct overlay *e = o->entries; e; e = e->next)
        if (str_equal(e->name, name)) {
            *out = overlay_json(e, (struct str){NULL, 0}, arena);
            return true;
        }
    return false;
}

/* An output `a.b` keeps the other entries of a visible context `a`. */
static struct str with_siblings(struct step *s, u64 scope, const struct overlay *all)
{
    struct buf b;

    buf_init(&b, s->arena, 64);
    buf_byte(&b, '{');
    for (const struct overlay *e = all->entries; e; e = e->next) {
        const struct variable_row *v = variable_visible(s, scope, e->name);
        bool is_context = v && !e->value.len && json_kind(v->value) == JSON_MAP;
        json_put_name(&b, e->name);
        buf_add(&b, overlay_json(e, is_context ? v->value : (struct str){NULL, 0},
                                 s->arena));
    }
    buf_byte(&b, '}');
    return buf_str(&b);
}

bool mapping_compute(struct step *s, u64 scope, const struct mapping *mappings,
                     u32 count, bool merges, struct str *out, struct failure *f)
{
    struct overlay all = {0};

    for (u32 i = 0; i < count; i++) {
        struct str value;
        if (!expr_json(s, scope, &mappings[i].source, &all, &value, f)) {
            f->problem = PROBLEM_IO_MAPPING_ERROR;
            return false;
        }
        overlay_put(&all, &mappings[i], value, s->arena);
    }
    *out = merges ? with_siblings(s, scope, &all)
                  : overlay_json(&all, (struct str){NULL, 0}, s->arena);
    return true;
}
