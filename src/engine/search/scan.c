#include "engine/search/search.h"

/* Rows, and empty places of tables, that a step looks at: some milliseconds. An element
 * instance is looked at as a whole, however many variables it has. */
#define LOOKED_MAX 5000
#define DEPTH_MAX  1024 /* of element instances; models are limited to far less */

static bool scan_goes_on(const struct scan *scan)
{
    return scan->looked < LOOKED_MAX;
}

static void scan_offer(struct scan *scan, u64 key)
{
    scan->looked++;
    scan->offer(scan, key);
}

/* ---- a whole table --------------------------------------------------------------- */

static void scan_table(struct scan *scan)
{
    struct table_walk w = {.at = scan->asked->has_begun ? scan->asked->at : 0};
    u64 key;

    while (w.looked < LOOKED_MAX &&
           state_next(scan->step->state, scan->plan->table, &w, &key))
        scan_offer(scan, key);
    scan->found->is_done = w.is_over;
    scan->found->at = w.at;
}

/* ---- all instances of a process -------------------------------------------------- */

static void scan_process(struct scan *scan, u64 process)
{
    const struct state *s = scan->step->state;
    u64 key = scan->asked->has_begun ? scan->asked->at : 0;

    while (scan_goes_on(scan)) {
        u64 next = instance_of(s, process, key);
        if (!next) {
            scan->found->is_done = true;
            return;
        }
        scan_offer(scan, key = next);
    }
    scan->found->at = key;
}

/* ---- one instance ---------------------------------------------------------------- */

/* The element instances of a process instance in the order of its tree: each before
 * those in it. The path to the last one says where to go on, also when it has gone. */
struct path {
    u64 keys[DEPTH_MAX];
    u32 depth;
};

static bool path_next(const struct state *s, struct path *p)
{
    u64 child = p->depth ? child_after(s, p->keys[p->depth - 1], 0) : 0;

    if (child) {
        must(p->depth < DEPTH_MAX);
        p->keys[p->depth++] = child;
        return true;
    }
    for (; p->depth > 1; p->depth--) {
        u64 next = child_after(s, p->keys[p->depth - 2], p->keys[p->depth - 1]);
        if (next) {
            p->keys[p->depth - 1] = next;
            return true;
        }
    }
    return false;
}

static void scan_element(struct scan *scan, u64 element_instance)
{
    const struct state *s = scan->step->state;

    scan->looked++;
    for (u64 key = 0; (key = scan->plan->of_element(s, element_instance, key));)
        scan_offer(scan, key);
}

static void scan_instance(struct scan *scan, u64 instance)
{
    struct path *p = NEW(scan->step->arena, struct path);
    const struct u64_list *from = &scan->asked->path;

    if (scan->asked->has_begun && from->count && from->count <= DEPTH_MAX) {
        memcpy(p->keys, from->items, from->count * sizeof(*p->keys));
        p->depth = from->count;
        if (!path_next(scan->step->state, p))
            return;
    } else {
        p->keys[p->depth++] = instance;
    }
    do {
        scan_element(scan, p->keys[p->depth - 1]);
        if (!scan_goes_on(scan)) {
            scan->found->is_done = false;
            scan->found->path = (struct u64_list){p->keys, p->depth};
            return;
        }
    } while (path_next(scan->step->state, p));
}

/* ---- what a user task sees --------------------------------------------------------
 */

static bool is_hidden(struct scan *scan, u64 element_instance, u64 variable)
{
    const struct variable_row *v = variable_get(scan->step->state, variable);

    return scan->asked->is_effective &&
           variable_visible(scan->step, element_instance, v->name) != v;
}

/* From its own scope outward to that of its process instance. */
static void scan_seen(struct scan *scan, u64 element_instance)
{
    const struct state *s = scan->step->state;
    const struct element_row *row;

    for (u64 scope = element_instance; (row = element_get(s, scope));
         scope = row->scope)
        for (u64 key = 0; (key = variable_after(s, scope, key));)
            if (!is_hidden(scan, element_instance, key))
                scan_offer(scan, key);
}

static void scan_within(struct scan *scan)
{
    const struct user_task_row *task;

    if (scan->asked->within != SEARCH_USER_TASKS) {
        scan_instance(scan, scan->within);
        return;
    }
    task = user_task_get(scan->step->state, scan->within);
    if (task)
        scan_seen(scan, task->element_instance);
}

/* ---- which of them --------------------------------------------------------------- */

/* What has a key of another partition is not here. */
static bool scan_is_elsewhere(const struct scan *scan, u64 key)
{
    u32 partition = key_partition(key);

    return !scan->plan->is_everywhere && partition != scan->step->partition;
}

void scan_run(struct scan *scan)
{
    const struct query *q = scan->query;
    u64 key = query_key(q, scan->plan->key),
        instance = query_key(q, "processInstanceKey"),
        element = query_key(q, "elementInstanceKey"),
        process = query_key(q, "processDefinitionKey");
    bool has_owner = scan->plan->of_element != NULL;

    scan->found->is_done = true;
    if (scan->within) {
        scan_within(scan);
        return;
    }
    if (key) {
        if (!scan_is_elsewhere(scan, key))
            scan_offer(scan, key);
        return;
    }
    if (has_owner && element) {
        if (!scan_is_elsewhere(scan, element))
            scan_element(scan, element);
    } else if (has_owner && instance) {
        if (!scan_is_elsewhere(scan, instance))
            scan_instance(scan, instance);
    } else if (scan->plan->table == TABLE_INSTANCE && process) {
        scan->found->is_done = false;
        scan_process(scan, process);
    } else {
        scan_table(scan);
    }
}
