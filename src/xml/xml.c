#include "xml/xml.h"

#include <expat.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"

const struct xml_limits xml_limits_default = {
    .depth = 200, .nodes = 200000, .bytes = 4 << 20, .attributes = 256};

/* Between a namespace and a local name as expat hands them over; no XML may hold it. */
#define SEPARATOR '\f'

/* Given to expat at once, so that its own copy stays small beside the text. */
#define CHUNK ((size_t)256 << 10)

struct reader {
    XML_Parser expat;
    const struct xml_limits *limits;
    struct arena *arena;
    struct err *err;
    bool has_failed; /* err is set; expat may still call once or twice */

    struct xml_node *root, *open; /* the innermost element that is open */
    u32 depth, tags;

    /* The text of all open elements, the innermost last: what is inside a child is
     * taken away when it ends, so an element's pieces lie one behind the other. */
    struct buf text;
    size_t *text_from; /* by depth: where that element's text begins */

    struct str names[64]; /* seen lately, so that each is kept about once */
};

/* ---- expat's memory -------------------------------------------------------------- */

/* expat's hooks get no context: this is the arena of the parse that runs in the thread.
 * Giving back is for the arena; a piece carries its size so that it can be moved. */
static _Thread_local struct arena *hook_arena;

#define HOOK_HEAD 16

static void *hook_alloc(size_t size)
{
    char *memory =
        size > SIZE_MAX - HOOK_HEAD ? NULL : arena_try(hook_arena, size + HOOK_HEAD);

    if (!memory)
        return NULL;
    memcpy(memory, &size, sizeof(size));
    return memory + HOOK_HEAD;
}

static void *hook_realloc(void *old, size_t size)
{
    size_t old_size = 0;

    if (old)
        memcpy(&old_size, (char *)old - HOOK_HEAD, sizeof(old_size));
    if (old && size <= old_size)
        return old;
    void *memory = hook_alloc(size);
    if (memory && old)
        memcpy(memory, old, old_size);
    return memory;
}

static void hook_free(void *memory)
{
    (void)memory;
}

/* ---- errors -------------------------------------------------------------------------
 */

static bool fail(struct reader *r, enum err_code code, const char *what)
{
    if (r->has_failed)
        return false;
    r->has_failed = true;
    return err_set(r->err, code, "line %lu, column %lu: %s",
                   (unsigned long)XML_GetCurrentLineNumber(r->expat),
                   (unsigned long)XML_GetCurrentColumnNumber(r->expat) + 1, what);
}

/* For handlers: no more of this text. */
static void stop(struct reader *r, enum err_code code, const char *what)
{
    fail(r, code, what);
    XML_StopParser(r->expat, XML_FALSE);
}

static void stop_at(struct reader *r, const char *before, u32 most, const char *after)
{
    char what[128];

    snprintf(what, sizeof(what), "%s more than %u %s", before, most, after);
    stop(r, ERR_LIMIT, what);
}

/* ---- the tree -------------------------------------------------------------------- */

static struct str name_keep(struct reader *r, struct str name)
{
    struct str *slot = &r->names[hash_bytes(name, 0) % LEN(r->names)];

    if (!slot->data || !str_equal(*slot, name))
        *slot = arena_copy(r->arena, name);
    return *slot;
}

/* "URI\flocal" or "local". */
static void name_split(struct reader *r, const char *full, struct str *uri,
                       struct str *name)
{
    const char *at = strrchr(full, SEPARATOR);

    *uri = name_keep(r, (struct str){full, at ? (size_t)(at - full) : 0});
    *name = name_keep(r, str_of(at ? at + 1 : full));
}

static void attributes_add(struct reader *r, struct xml_node *n, const char **pairs)
{
    struct xml_attribute **last = &n->attributes;

    for (; pairs[0]; pairs += 2, last = &(*last)->next) {
        *last = NEW(r->arena, struct xml_attribute);
        name_split(r, pairs[0], &(*last)->uri, &(*last)->name);
        (*last)->value = arena_copy(r->arena, str_of(pairs[1]));
    }
}

static void node_link(struct reader *r, struct xml_node *n)
{
    n->parent = r->open;
    if (!n->parent)
        r->root = n;
    else if (n->parent->last)
        n->parent->last->next = n;
    else
        n->parent->first = n;
    if (n->parent)
        n->parent->last = n;
    r->open = n;
    r->text_from[r->depth++] = r->text.len;
}

static bool node_fits(struct reader *r, const char **pairs)
{
    u32 count = 0;

    while (pairs[2 * (size_t)count])
        count++;
    if (r->depth == r->limits->depth)
        stop_at(r, "elements are nested", r->limits->depth, "levels deep");
    else if (r->tags == r->limits->nodes)
        stop_at(r, "there are", r->limits->nodes, "elements");
    else if (count > r->limits->attributes)
        stop_at(r, "an element has", r->limits->attributes, "attributes");
    return !r->has_failed;
}

static void on_start(void *ctx, const char *name, const char **pairs)
{
    struct reader *r = ctx;

    if (r->has_failed || !node_fits(r, pairs))
        return;
    struct xml_node *n = NEW(r->arena, struct xml_node);
    name_split(r, name, &n->uri, &n->name);
    n->tag = ++r->tags;
    n->line = (u32)XML_GetCurrentLineNumber(r->expat);
    n->column = (u32)XML_GetCurrentColumnNumber(r->expat) + 1;
    attributes_add(r, n, pairs);
    node_link(r, n);
}

static void on_end(void *ctx, const char *name)
{
    struct reader *r = ctx;

    if (r->has_failed)
        return;
    size_t from = r->text_from[--r->depth];
    if (r->text.len > from)
        r->open->text =
            arena_copy(r->arena, (struct str){r->text.data + from, r->text.len - from});
    r->text.len = from;
    r->open = r->open->parent;
}

static void on_text(void *ctx, const char *text, int len)
{
    struct reader *r = ctx;

    if (!r->has_failed)
        buf_add(&r->text, (struct str){text, (size_t)len});
}

static void on_doctype(void *ctx, const char *name, const char *system,
                       const char *public, int has_internal)
{
    stop(ctx, ERR_SYNTAX, "a document type definition is not allowed");
}

/* ---- the parse ------------------------------------------------------------------- */

/* No memory is not a fault of the text: it goes where a full arena goes. */
static bool expat_failed(struct reader *r)
{
    enum XML_Error error = r->expat ? XML_GetErrorCode(r->expat) : XML_ERROR_NO_MEMORY;

    if (error != XML_ERROR_NO_MEMORY)
        return fail(r, ERR_SYNTAX, XML_ErrorString(error));
    must(r->arena->full);
    trap_spring(r->arena->full, TRAP_FULL);
}

static void expat_open(struct reader *r, u64 salt)
{
    static const XML_Memory_Handling_Suite hooks = {hook_alloc, hook_realloc,
                                                    hook_free};
    const char separator[] = {SEPARATOR, '\0'};

    hook_arena = r->arena;
    r->expat = XML_ParserCreate_MM(NULL, &hooks, separator);
    if (!r->expat)
        expat_failed(r);
    XML_SetHashSalt(r->expat, (unsigned long)salt);
    XML_SetUserData(r->expat, r);
    XML_SetElementHandler(r->expat, on_start, on_end);
    XML_SetCharacterDataHandler(r->expat, on_text);
    XML_SetStartDoctypeDeclHandler(r->expat, on_doctype);
}

static bool expat_feed(struct reader *r, struct str text)
{
    size_t at = 0;

    do {
        size_t len = text.len - at < CHUNK ? text.len - at : CHUNK;
        bool is_last = at + len == text.len;
        if (!XML_Parse(r->expat, text.data ? text.data + at : "", (int)len, is_last))
            return r->has_failed ? false : expat_failed(r);
        at += len;
    } while (at < text.len);
    return !r->has_failed;
}

bool xml_parse(struct str text, const struct xml_limits *limits, struct arena *arena,
               struct xml_node **root, struct err *err)
{
    struct reader r = {.limits = limits, .arena = arena, .err = err};

    if (text.len > limits->bytes)
        return err_set(err, ERR_LIMIT, "%zu bytes of XML are more than the allowed %zu",
                       text.len, limits->bytes);
    buf_init(&r.text, arena, 256);
    r.text_from = NEW_ARRAY(arena, size_t, limits->depth);
    /* The salt of expat's tables comes from the text, so that the same text costs the
     * same everywhere, and names that collide cannot simply be listed. Never 0, which
     * would let expat ask the system for one. */
    expat_open(&r, hash_bytes(text, 0x786d6c) | 1);
    bool is_good = expat_feed(&r, text);
    hook_arena = NULL;
    if (!is_good)
        return false;
    must(r.root);
    must(!r.open);
    *root = r.root;
    return true;
}

/* ---- looking at it --------------------------------------------------------------- */

bool xml_is(const struct xml_node *n, const char *uri, const char *name)
{
    return str_is(n->name, name) && str_is(n->uri, uri);
}

struct str xml_get(const struct xml_node *n, const char *uri, const char *name)
{
    for (const struct xml_attribute *a = n->attributes; a; a = a->next)
        if (str_is(a->name, name) && str_is(a->uri, uri))
            return a->value;
    return (struct str){0};
}

struct xml_node *xml_child(const struct xml_node *n, const char *uri, const char *name)
{
    for (struct xml_node *c = n->first; c; c = c->next)
        if (xml_is(c, uri, name))
            return c;
    return NULL;
}
