/* What an element calls or refers to outside of its process, and in which version. */
#include "model/build.h"

/* ---- bindings -------------------------------------------------------------------- */

enum binding binding_read(struct build *b, const struct xml_node *n, struct str *tag)
{
    struct str binding = xml_get(n, "", "bindingType");

    if (str_is(binding, "deployment"))
        return BINDING_DEPLOYMENT;
    if (!str_is(binding, "versionTag"))
        return BINDING_LATEST;
    *tag = arena_copy(b->keep, attribute_must(b, n, "versionTag"));
    return BINDING_VERSION_TAG;
}

/* ---- call activities and decisions ----------------------------------------------- */

void call_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "calledElement");
    struct element *e = p->e;

    e->passes_parent_variables = e->passes_child_variables = true;
    if (extensions_count(p->xml, "calledElement") != 1)
        finding(b, p->xml,
                "Must have exactly one 'zeebe:calledElement' extension element");
    if (!n)
        return;
    e->called_id = expr_read(b, n, attribute_must(b, n, "processId"), EXPR_ANY);
    e->passes_parent_variables =
        bool_read(xml_get(n, "", "propagateAllParentVariables"), true);
    e->passes_child_variables =
        bool_read(xml_get(n, "", "propagateAllChildVariables"), true);
    e->binding = binding_read(b, n, &e->version_tag);
}

void decision_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "calledDecision");
    struct element *e = p->e;

    if (!n)
        return;
    e->called_id = expr_read(b, n, attribute_must(b, n, "decisionId"), EXPR_ANY);
    e->result_variable = arena_copy(b->keep, attribute_must(b, n, "resultVariable"));
    e->binding = binding_read(b, n, &e->version_tag);
}

/* ---- linked resources ------------------------------------------------------------ */

static void linked_resource_read(struct build *b, const struct xml_node *n,
                                 struct linked_resource *r)
{
    r->id = arena_copy(b->keep, attribute_must(b, n, "resourceId"));
    r->type = arena_copy(b->keep, attribute_must(b, n, "resourceType"));
    r->link_name = arena_copy(b->keep, xml_get(n, "", "linkName"));
    r->binding = binding_read(b, n, &r->version_tag);
}

void linked_resources_read(struct build *b, struct part *p)
{
    const struct xml_node *all = extension(p->xml, "linkedResources");
    struct linked_resource *list;
    u32 count = 0;

    for (const struct xml_node *n = all ? all->first : NULL; n; n = n->next)
        count += is_zeebe(n, "linkedResource");
    if (count == 0)
        return;
    p->e->linked_resources = list = NEW_ARRAY(b->keep, struct linked_resource, count);
    for (const struct xml_node *n = all->first; n; n = n->next)
        if (is_zeebe(n, "linkedResource"))
            linked_resource_read(b, n, &list[p->e->linked_resource_count++]);
}
