/* Listeners: jobs that an element asks for before it begins and before it ends, and a
 * user task at what happens to it. */
#include <stdlib.h>

#include "model/build.h"

/* ---- where they may be ----------------------------------------------------------- */

#define EVENT_TYPE_ANY EVENT_TYPE_UNSPECIFIED

/* What an element must not have, and how that is said; the first row that fits counts.
 */
static const struct listener_rule {
    enum element_type type;
    enum event_type event;
    bool forbids_start, forbids_end;
    const char *text;
} listener_rules[] = {
    {ELEMENT_START_EVENT, EVENT_TYPE_ANY, true, false,
     "Execution listeners of type 'start' are not supported by start events"},
    {ELEMENT_BOUNDARY_EVENT, EVENT_TYPE_COMPENSATION, true, true,
     "Execution listeners of type 'start' and 'end' are not supported by "
     "[compensation] boundary events"},
    {ELEMENT_BOUNDARY_EVENT, EVENT_TYPE_ANY, true, false,
     "Execution listeners of type 'start' are not supported by boundary events"},
    {ELEMENT_END_EVENT, EVENT_TYPE_ERROR, false, true,
     "Execution listeners of type 'end' are not supported by [error] end events"},
    {ELEMENT_EXCLUSIVE_GATEWAY, EVENT_TYPE_ANY, false, true,
     "Execution listeners of type 'end' are not supported by gateway element"},
    {ELEMENT_INCLUSIVE_GATEWAY, EVENT_TYPE_ANY, false, true,
     "Execution listeners of type 'end' are not supported by gateway element"},
    {ELEMENT_PARALLEL_GATEWAY, EVENT_TYPE_ANY, false, true,
     "Execution listeners of type 'end' are not supported by gateway element"},
    {ELEMENT_EVENT_BASED_GATEWAY, EVENT_TYPE_ANY, false, true,
     "Execution listeners of type 'end' are not supported by gateway element"},
    {ELEMENT_SEQUENCE_FLOW, EVENT_TYPE_ANY, true, true,
     "Execution listeners are not supported for the 'sequenceFlow' element. "
     "Currently, only process, subProcess, adHocSubProcess, callActivity, task, "
     "gateway and event elements can have execution listeners."},
};

static const struct listener_rule *listener_rule(const struct element *e)
{
    for (size_t i = 0; i < LEN(listener_rules); i++) {
        const struct listener_rule *r = &listener_rules[i];
        if (r->type == e->type && (r->event == EVENT_TYPE_ANY || r->event == e->event))
            return r;
    }
    return NULL;
}

static void place_check(struct build *b, const struct part *p,
                        const struct xml_node *all, const struct listener *list,
                        u32 count)
{
    const struct listener_rule *rule = listener_rule(p->e);

    for (u32 i = 0; rule && i < count; i++)
        if (list[i].event == LISTENER_START ? rule->forbids_start : rule->forbids_end) {
            finding(b, all, "%s", rule->text);
            return;
        }
}

/* ---- each once ------------------------------------------------------------------- */

static int listener_compare(const void *a, const void *b)
{
    const struct listener *x = a, *y = b;

    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return str_compare(x->type.text, y->type.text);
}

static void repeats_check(struct build *b, const struct xml_node *all,
                          const struct listener *list, u32 count)
{
    struct listener *sorted = NEW_ARRAY(b->scratch, struct listener, count);

    if (count < 2)
        return;
    memcpy(sorted, list, count * sizeof(*list));
    qsort(sorted, count, sizeof(*list), listener_compare);
    for (u32 i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && listener_compare(&sorted[i], &sorted[next]) == 0)
            next++;
        if (next - i > 1)
            finding(b, all,
                    "Found '%u' duplicates based on eventType[%s] and type[%.*s], "
                    "these combinations should be unique.",
                    next - i, sorted[i].event == LISTENER_START ? "start" : "end",
                    ARG(sorted[i].type.text));
    }
}

/* ---- reading --------------------------------------------------------------------- */

struct event_word {
    const char *word;
    enum listener_event event;
};

static const struct event_word execution_words[] = {
    {"start", LISTENER_START},
    {"end", LISTENER_END},
};

/* Some had another word in a former release. */
static const struct event_word task_words[] = {
    {"creating", LISTENER_CREATING},     {"create", LISTENER_CREATING},
    {"assigning", LISTENER_ASSIGNING},   {"assignment", LISTENER_ASSIGNING},
    {"updating", LISTENER_UPDATING},     {"update", LISTENER_UPDATING},
    {"completing", LISTENER_COMPLETING}, {"complete", LISTENER_COMPLETING},
    {"canceling", LISTENER_CANCELING},   {"cancel", LISTENER_CANCELING},
};

static bool word_find(const struct event_word *words, size_t count, struct str word,
                      enum listener_event *out)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(word, words[i].word)) {
            *out = words[i].event;
            return true;
        }
    return false;
}

static bool execution_event_read(struct build *b, const struct xml_node *n,
                                 struct str word, enum listener_event *out)
{
    if (word_find(execution_words, LEN(execution_words), word, out))
        return true;
    if (word.len > 0)
        finding(b, n, "Attribute 'eventType' must be one of: end, start");
    return false;
}

static bool task_event_read(struct build *b, const struct xml_node *n, struct str word,
                            enum listener_event *out)
{
    if (word_find(task_words, LEN(task_words), word, out))
        return true;
    if (word.len > 0)
        finding(b, n,
                "Task listener event type '%.*s' is not supported. It must be one of: "
                "creating, assigning, updating, completing, canceling",
                ARG(word));
    return false;
}

/* False: of no event that there is. */
static bool listener_read(struct build *b, const struct xml_node *n, bool is_task,
                          struct listener *l)
{
    struct str word = attribute_must(b, n, "eventType");
    struct str retries = xml_get(n, "", "retries");

    l->type = expr_read(b, n, attribute_must(b, n, "type"), EXPR_ANY);
    l->retries = expr_read(b, n, retries.len ? retries : STR("3"), EXPR_ANY);
    return is_task ? task_event_read(b, n, word, &l->event)
                   : execution_event_read(b, n, word, &l->event);
}

static const char *const list_names[] = {"executionListeners", "taskListeners"};
static const char *const item_names[] = {"executionListener", "taskListener"};

static u32 items_count(const struct xml_node *all, const char *item)
{
    u32 count = 0;

    for (const struct xml_node *n = all->first; n; n = n->next)
        count += is_zeebe(n, item);
    return count;
}

static void list_read(struct build *b, struct part *p, const struct xml_node *all,
                      bool is_task, struct listener *list)
{
    struct listener *first = &list[p->e->listener_count];
    u32 count = 0;

    for (const struct xml_node *n = all->first; n; n = n->next)
        if (is_zeebe(n, item_names[is_task]))
            count += listener_read(b, n, is_task, &first[count]);
    p->e->listener_count += count;
    if (is_task)
        return;
    place_check(b, p, all, first, count);
    repeats_check(b, all, first, count);
}

/* Those of a user task that a job worker does would never be asked. */
static void task_place_check(struct build *b, const struct part *p)
{
    const struct xml_node *all = extension(p->xml, "taskListeners");

    if (all && !p->e->is_native)
        finding_here(b, all, "task listeners are only supported for native user tasks");
}

void listeners_read(struct build *b, struct part *p)
{
    const struct xml_node *all = xml_child(p->xml, BPMN, "extensionElements");
    struct listener *list;
    u32 count = 0;

    if (extensions_count(p->xml, "executionListeners") > 1)
        finding(b, p->xml,
                "Element must not have more than one execution listeners definition");
    task_place_check(b, p);
    for (const struct xml_node *n = all ? all->first : NULL; n; n = n->next)
        for (int i = 0; i < 2; i++)
            count += is_zeebe(n, list_names[i]) ? items_count(n, item_names[i]) : 0;
    if (count == 0)
        return;
    p->e->listeners = list = NEW_ARRAY(b->keep, struct listener, count);
    for (const struct xml_node *n = all->first; n; n = n->next)
        for (int i = 0; i < 2; i++)
            if (is_zeebe(n, list_names[i]))
                list_read(b, p, n, i, list);
}
