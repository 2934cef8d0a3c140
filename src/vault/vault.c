#include "vault/vault.h"

#include "vault/keeper.h"

void vault_put(struct vault *v, const struct vault_page *page)
{
    v->ops->put(v, page);
}

void vault_seal(struct vault *v, u64 position)
{
    must(position > v->position);
    v->ops->seal(v, position);
}

bool vault_pump(struct vault *v, struct err *err)
{
    u64 before = v->position;
    bool is_ours = v->ops->pump(v, err);

    must(v->position >= before);
    return is_ours;
}

int vault_wake_fd(const struct vault *v)
{
    return v->ops->wake_fd(v);
}

u64 vault_backlog(const struct vault *v)
{
    return v->ops->backlog(v);
}

bool vault_read(struct vault *v, u64 aggregate, vault_visitor *visit, void *ctx,
                struct err *err)
{
    return v->ops->read(v, aggregate, visit, ctx, err);
}

bool vault_each(struct vault *v, vault_visitor *visit, void *ctx, struct err *err)
{
    return v->ops->each(v, visit, ctx, err);
}

void vault_close(struct vault *v)
{
    if (v)
        v->ops->close(v);
}
