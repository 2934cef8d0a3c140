/* keeper.h - what a keeper of the vault brings: one function for each of the face's.
 * Only the keepers and vault.c see it; their state begins with the struct of the face.
 */
#ifndef VAULT_KEEPER_H
#define VAULT_KEEPER_H

#include "vault/vault.h"

struct vault_ops {
    void (*put)(struct vault *v, const struct vault_page *page);
    void (*seal)(struct vault *v, u64 position);
    bool (*pump)(struct vault *v, struct err *err);
    int (*wake_fd)(const struct vault *v);
    u64 (*backlog)(const struct vault *v);
    bool (*read)(struct vault *v, u64 aggregate, vault_visitor *visit, void *ctx,
                 struct err *err);
    bool (*each)(struct vault *v, vault_visitor *visit, void *ctx, struct err *err);
    void (*close)(struct vault *v);
};

#endif
