/* sources.c - where a model of decisions that is deployed finds what it imports. What
 * it has found is kept with it: a decision is made as it was meant when it was
 * deployed. */
#include "engine/command/files.h"
#include "xml/xml.h"

struct str sources_uri(struct step *s, struct str xml)
{
    struct xml_node *root;
    struct err err;

    struct trap *mine = trap_set(NULL); /* parsing sets a trap of its own */
    bool is_good = xml_parse(xml, &xml_limits_default, s->arena, &root, &err);
    trap_set(mine);
    return is_good ? str_trim(xml_get(root, "", "namespace")) : STR("");
}

/* Does the location mean this file? It may be a path. */
static bool is_at(const struct file *f, struct str location)
{
    struct str name = f->resource->name;
    size_t from = location.len;

    while (from > 0 && location.data[from - 1] != '/')
        from--;
    location = (struct str){location.data + from, location.len - from};
    return location.len && str_ends(name, location) &&
           (name.len == location.len || name.data[name.len - location.len - 1] == '/');
}

static bool may_be(const struct sources *i, const struct file *f, struct str uri)
{
    return f != i->file && f->kind == FILE_DECISIONS && str_equal(f->uri, uri);
}

/* Two of one name: the location says which, or nobody does. */
static void told_twice(const struct sources *i, struct str uri, const struct file *a,
                       const struct file *b)
{
    buf_print(i->errors,
              "\n'%.*s': imports '%.*s', which is the namespace of both '%.*s' and "
              "'%.*s': locationURI must be the name of one of them",
              ARG(i->file->resource->name), ARG(uri), ARG(a->resource->name),
              ARG(b->resource->name));
}

static const struct file *found_beside(const struct sources *i, struct str uri,
                                       struct str location)
{
    const struct file *first = NULL, *second = NULL;

    for (u32 k = 0; k < i->files->count; k++) {
        const struct file *f = &i->files->items[k];
        if (!may_be(i, f, uri))
            continue;
        if (is_at(f, location))
            return f;
        if (!first)
            first = f;
        else if (!second)
            second = f;
    }
    if (second)
        told_twice(i, uri, first, second);
    return first;
}

/* The one that was deployed last. Deployments are rare, so all are looked at. */
static struct str found_deployed(struct step *s, struct str uri)
{
    const struct requirements_row *last = NULL;
    struct table_walk walk = {0};
    u64 newest = 0;

    for (u64 key; state_next(s->state, TABLE_REQUIREMENTS, &walk, &key);) {
        const struct requirements_row *r = requirements_get(s->state, key);
        if (key <= newest || r->is_deleted || !str_equal(r->uri, uri) ||
            !str_equal(r->tenant, s->tenant))
            continue;
        newest = key;
        last = r;
    }
    return last ? resource_get(s->state, last->resource)->content
                : (struct str){NULL, 0};
}

/* A jump from here would leave what the parser has: false, when there is no room. */
static bool found(struct file *f, struct step *s, struct str uri, struct str content)
{
    u32 count = f->imports.count;
    struct imported *all = arena_try(s->arena, (count + 1) * sizeof(*all));
    char *text = all ? arena_try(s->arena, uri.len + 1) : NULL;

    if (!text)
        return false;
    memcpy(text, uri.data, uri.len);
    for (u32 i = 0; i < count; i++)
        all[i] = f->imports.items[i];
    all[count] = (struct imported){{text, uri.len}, content};
    f->imports = (struct imported_list){all, count + 1};
    return true;
}

static bool sources_find(const struct dmn_resolver *r, struct str uri,
                         struct str location, struct arena *arena, struct str *xml)
{
    struct sources *i = (struct sources *)(uintptr_t)r->ctx;
    const struct file *beside = found_beside(i, uri, location);

    *xml = beside ? beside->resource->content : found_deployed(i->step, uri);
    if (!xml->data)
        return false;
    i->is_full = !found(i->file, i->step, uri, *xml);
    return !i->is_full;
}

void sources_init(struct sources *i, struct step *s, const struct files *files,
                  struct file *f, struct buf *errors)
{
    *i = (struct sources){.resolver = {.find = sources_find},
                          .step = s,
                          .files = files,
                          .file = f,
                          .errors = errors};
    i->resolver.ctx = i;
}
