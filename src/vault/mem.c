/* mem.c - a vault in memory, with a disk that forgets what was not sealed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/tree.h"
#include "vault/keeper.h"

/* A page in a set; as a change it may be empty. */
struct mem_page {
    struct tree_item item; /* aggregate, number */
    size_t len;
    char bytes[];
};

struct mem_seal {
    u64 position, due; /* the pump that makes it durable */
    struct tree pages; /* owned: what it changes */
    struct mem_seal *next;
};

struct mem_vault {
    struct vault vault;
    u32 pumps;
    u64 pumped, bytes;
    struct tree durable, open;      /* owned */
    struct mem_seal *seals, **last; /* owned; not durable yet, in order */
    char failure[200];
};

static struct mem_vault *mem_of(struct vault *v)
{
    return (struct mem_vault *)(void *)v;
}

static struct mem_page *page_of(struct tree_item *i)
{
    return i ? OWNER(i, struct mem_page, item) : NULL;
}

static struct mem_page *mem_find(const struct tree *t, u64 aggregate, u32 number)
{
    struct tree_item *i = tree_from(t, aggregate, number);

    return i && i->major == aggregate && i->minor == number ? page_of(i) : NULL;
}

static void mem_del(struct tree *t, struct mem_page *page)
{
    if (!page)
        return;
    tree_del(t, &page->item);
    free(page);
}

static void mem_put_page(struct tree *t, u64 aggregate, u32 number, struct str bytes)
{
    struct mem_page *page = must_alloc(sizeof(*page) + bytes.len);

    mem_del(t, mem_find(t, aggregate, number));
    page->len = bytes.len;
    if (bytes.len)
        memcpy(page->bytes, bytes.data, bytes.len);
    tree_put(t, &page->item, aggregate, number);
}

static void mem_drop(struct tree *t)
{
    for (struct tree_item *i; (i = tree_first(t));)
        mem_del(t, page_of(i));
}

static struct str mem_bytes(const struct mem_page *page)
{
    return (struct str){page->bytes, page->len};
}

/* ---- changing -------------------------------------------------------------------- */

static void mem_put(struct vault *v, const struct vault_page *page)
{
    struct mem_vault *m = mem_of(v);

    m->bytes += page->bytes.len;
    mem_put_page(&m->open, page->aggregate, page->number, page->bytes);
}

static void mem_seal(struct vault *v, u64 position)
{
    struct mem_vault *m = mem_of(v);
    struct mem_seal *s = must_alloc(sizeof(*s));

    *s = (struct mem_seal){position, m->pumped + m->pumps + 1, m->open, NULL};
    m->open = (struct tree){0};
    *m->last = s;
    m->last = &s->next;
}

static void mem_apply(struct mem_vault *m, struct tree *changes)
{
    for (struct tree_item *i; (i = tree_first(changes));) {
        struct mem_page *page = page_of(i);
        mem_del(&m->durable, mem_find(&m->durable, i->major, (u32)i->minor));
        tree_del(changes, i);
        if (page->len)
            tree_put(&m->durable, &page->item, i->major, i->minor);
        else
            free(page);
    }
}

static void mem_settle(struct mem_vault *m)
{
    struct mem_seal *s = m->seals;

    mem_apply(m, &s->pages);
    m->vault.position = s->position;
    m->seals = s->next;
    if (!m->seals)
        m->last = &m->seals;
    free(s);
}

static bool mem_pump(struct vault *v, struct err *err)
{
    struct mem_vault *m = mem_of(v);

    if (m->failure[0])
        return err_set(err, ERR_IO, "%s", m->failure);
    m->pumped++;
    while (m->seals && m->seals->due <= m->pumped)
        mem_settle(m);
    m->bytes = 0;
    return true;
}

static int mem_wake_fd(const struct vault *v)
{
    return -1;
}

static u64 mem_backlog(const struct vault *v)
{
    return ((const struct mem_vault *)(const void *)v)->bytes;
}

/* ---- reading --------------------------------------------------------------------- */

static bool mem_read(struct vault *v, u64 aggregate, vault_visitor *visit, void *ctx,
                     struct err *err)
{
    struct mem_vault *m = mem_of(v);

    for (struct tree_item *i = tree_from(&m->durable, aggregate, 0);
         i && i->major == aggregate; i = tree_next(&m->durable, i)) {
        struct vault_page page = {aggregate, (u32)i->minor, mem_bytes(page_of(i))};
        if (!visit(ctx, &page, err))
            return false;
    }
    return true;
}

static bool mem_each(struct vault *v, vault_visitor *visit, void *ctx, struct err *err)
{
    struct mem_vault *m = mem_of(v);

    for (struct tree_item *i = tree_first(&m->durable); i;
         i = tree_next(&m->durable, i)) {
        struct vault_page page = {i->major, (u32)i->minor, mem_bytes(page_of(i))};
        if (!visit(ctx, &page, err))
            return false;
    }
    return true;
}

/* ---- opening, crashing, closing -------------------------------------------------- */

static void mem_forget(struct mem_vault *m)
{
    mem_drop(&m->open);
    while (m->seals) {
        struct mem_seal *next = m->seals->next;
        mem_drop(&m->seals->pages);
        free(m->seals);
        m->seals = next;
    }
    m->last = &m->seals;
    m->bytes = 0;
}

static void mem_close(struct vault *v)
{
    struct mem_vault *m = mem_of(v);

    mem_forget(m);
    mem_drop(&m->durable);
    free(m);
}

static const struct vault_ops mem_ops = {
    .put = mem_put,
    .seal = mem_seal,
    .pump = mem_pump,
    .wake_fd = mem_wake_fd,
    .backlog = mem_backlog,
    .read = mem_read,
    .each = mem_each,
    .close = mem_close,
};

struct vault *vault_mem_open(const struct vault_mem_options *options)
{
    struct mem_vault *m = must_alloc(sizeof(*m));

    m->vault.ops = &mem_ops;
    m->pumps = options->pumps;
    m->last = &m->seals;
    return &m->vault;
}

void vault_mem_crash(struct vault *v, bool is_kept)
{
    struct mem_vault *m = mem_of(v);

    must(v->ops == &mem_ops);
    if (is_kept && m->seals)
        mem_settle(m);
    mem_forget(m);
    m->failure[0] = 0;
    v->pages = m->durable.count;
}

void vault_mem_fail(struct vault *v, const char *text)
{
    struct mem_vault *m = mem_of(v);

    must(v->ops == &mem_ops);
    must(text[0]);
    snprintf(m->failure, sizeof(m->failure), "%s", text);
}
