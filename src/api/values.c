#include "api/private.h"

const struct str tenant_default = {"<default>", 9};
const struct text_list tenants_default = {&tenant_default, 1};

/* There is one tenant so far; whoever names none means it. */
bool tenant_is_ours(struct str tenant)
{
    return tenant.len == 0 || str_equal(tenant, tenant_default);
}

bool document_read(struct str in, u32 depth, struct arena *arena, struct str *out,
                   struct str *text)
{
    struct json_limits limits = {.depth = depth};
    struct err err;

    if (str_trim(in).len == 0) {
        *out = STR("{}");
        return true;
    }
    if (!json_canonical(in, JSON_ANY, &limits, arena, out, &err)) {
        *text = arena_print(arena, "Invalid JSON value: %s", err.text);
        return false;
    }
    if (json_kind(*out) == JSON_MAP)
        return true;
    if (json_kind(*out) == JSON_NULL) { /* none is an empty one (behaviours 1.4) */
        *out = STR("{}");
        return true;
    }
    *text =
        arena_print(arena, "Expected document to be a root level object, but was '%s'",
                    json_kind_name(*out));
    return false;
}
