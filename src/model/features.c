/* What is executed so far: the table that features.def fills. */
#include "model/build.h"

#define YES true
#define NO  false

static const struct {
    bool is_executed;
    const char *refusal;
} features[] = {
    [FEATURE_NONE] = {true, NULL},
#define FEATURE(name, is_executed, refusal) [FEATURE_##name] = {is_executed, refusal},
#include "model/features.def"
#undef FEATURE
};

/* What is only loaded was accepted once, so that it was executed then. */
bool feature_is_on(const struct build *b, enum feature f)
{
    return !b->is_strict || b->options->all_features || features[f].is_executed;
}

bool feature_need(struct build *b, const struct xml_node *at, enum feature f)
{
    if (feature_is_on(b, f))
        return true;
    finding_here(b, at, "%s", features[f].refusal);
    return false;
}
