/* Activities that hold several: multi-instance activities, and ad-hoc sub-processes. */
#include "model/build.h"

/* Both know an output collection, and what of each instance goes into it: one is
 * nothing without the other. */
static void outputs_read(struct build *b, const struct xml_node *n,
                         struct str *collection, struct expr *element)
{
    static const char *const names[] = {"outputCollection", "outputElement"};
    struct str texts[] = {xml_get(n, "", names[0]), xml_get(n, "", names[1])};

    for (int i = 0; i < 2; i++)
        if (texts[i].len == 0 && texts[1 - i].len > 0)
            finding(b, n, "Attribute '%s' must be present if the attribute '%s' is set",
                    names[i], names[1 - i]);
    *collection = arena_copy(b->keep, texts[0]);
    *element = expr_read(b, n, texts[1], EXPR_FEEL);
}

static struct expr completion_read(struct build *b, const struct xml_node *in)
{
    const struct xml_node *n = xml_child(in, BPMN, "completionCondition");

    return n ? expr_read(b, n, str_trim(n->text), EXPR_FEEL) : (struct expr){0};
}

/* ---- multi-instance -------------------------------------------------------------- */

static void items_read(struct build *b, const struct xml_node *n, struct loop *loop)
{
    struct str collection = attribute_must(b, n, "inputCollection");

    loop->input_collection = expr_read(b, n, collection, EXPR_FEEL);
    loop->input_element = arena_copy(b->keep, xml_get(n, "", "inputElement"));
    outputs_read(b, n, &loop->output_collection, &loop->output_element);
}

void loop_read(struct build *b, struct part *p)
{
    const struct xml_node *n =
        xml_child(p->xml, BPMN, "multiInstanceLoopCharacteristics");

    if (!n)
        return;
    if (!(p->kind->traits & KIND_ACTIVITY)) {
        finding_here(b, n, "only an activity can be multi-instance");
        return;
    }
    const struct xml_node *items = extension(n, "loopCharacteristics");
    if (extensions_count(n, "loopCharacteristics") != 1)
        finding(b, n,
                "Must have exactly one 'zeebe:loopCharacteristics' extension element");
    struct loop *loop = NEW(b->keep, struct loop);
    loop->is_sequential = bool_read(xml_get(n, "", "isSequential"), false);
    loop->completion_condition = completion_read(b, n);
    if (items)
        items_read(b, items, loop);
    p->e->loop = loop;
}

/* ---- ad-hoc ---------------------------------------------------------------------- */

/* The worker of its job decides all that could be said here. */
static void ad_hoc_job_check(struct build *b, const struct part *p)
{
    const struct element *e = p->e;
    const char *what[3];
    u32 count = 0;

    if (!e->cancels_remaining)
        what[count++] = "cancelRemainingInstances to false";
    if (e->completion_condition.is_set)
        what[count++] = "completionCondition";
    if (e->active_elements.is_set)
        what[count++] = "activeElementsCollection";
    for (u32 i = 0; i < count; i++)
        finding(b, p->xml, "Must not set %s in combination with zeebe:taskDefinition",
                what[i]);
}

void ad_hoc_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->xml, "adHoc");
    struct element *e = p->e;

    e->cancels_remaining =
        bool_read(xml_get(p->xml, "", "cancelRemainingInstances"), true);
    e->completion_condition = completion_read(b, p->xml);
    if (n) {
        struct str active = xml_get(n, "", "activeElementsCollection");
        e->active_elements = expr_read(b, n, active, EXPR_FEEL);
        outputs_read(b, n, &e->output_collection, &e->output_element);
    }
    job_read(b, p);
    if (e->has_job)
        ad_hoc_job_check(b, p);
}
