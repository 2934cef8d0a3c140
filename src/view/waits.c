/* waits.c - what elements wait for beside jobs and user tasks, which have rows of their
 * own: timers, messages, signals, conditions. A row is there as long as it is waited.
 */
#include "view/inside.h"

/* What each of the events says of who waits. */
struct waiter {
    u64 instance, element_instance, process;
    u32 element;
    struct str tenant;
};

static struct row *wait_new(struct view *v, u64 key, const struct waiter *w,
                            struct str type)
{
    const struct element *e = definition_element(v, w->process, w->element);
    struct row *i = copy_get(v, VIEW_PROCESS_INSTANCES, w->instance);
    struct row *row = copy_new(v, VIEW_WAITS, key);

    PUT_NUMBER(v, row, WAITS, elementInstanceKey, w->element_instance);
    PUT_NUMBER(v, row, WAITS, processInstanceKey, w->instance);
    PUT_NUMBER(v, row, WAITS, rootProcessInstanceKey,
               i ? NUMBER(i, PROCESS_INSTANCES, rootProcessInstanceKey) : w->instance);
    PUT_TEXT(v, row, WAITS, elementId, e ? e->id : STR(""));
    PUT_TEXT(v, row, WAITS, elementType,
             e ? str_of(element_type_name(e->type)) : STR("UNKNOWN"));
    PUT_TEXT(v, row, WAITS, tenantId, w->tenant);
    PUT_TEXT(v, row, WAITS, waitStateType, type);
    return row;
}

static void details_begin(struct view *v, struct buf *b, struct str type)
{
    buf_init(b, &v->scratch, 128);
    buf_byte(b, '{');
    json_put_name(b, STR("waitStateType"));
    json_put_string(b, type);
}

static void details_end(struct view *v, struct row *row, struct buf *b)
{
    buf_byte(b, '}');
    PUT_TEXT(v, row, WAITS, details, buf_str(b));
}

static void text_put(struct buf *b, const char *name, struct str text)
{
    json_put_name(b, str_of(name));
    if (text.len)
        json_put_string(b, text);
    else
        buf_text(b, "null");
}

static void wait_del(struct view *v, u64 key)
{
    struct row *row = copy_get(v, VIEW_WAITS, key);

    if (row)
        copy_del(v, row);
}

void wait_ended(struct view *v, u64 key, const void *record)
{
    wait_del(v, key);
}

/* Timers that start instances belong to no element instance. */
void wait_timer(struct view *v, u64 key, const void *record)
{
    const struct timer_row *e = record;
    struct waiter w = {e->instance, e->element_instance, e->process, e->element,
                       e->tenant};
    struct buf b;

    if (!e->element_instance)
        return;
    struct row *row = wait_new(v, key, &w, STR("TIMER"));
    details_begin(v, &b, STR("TIMER"));
    json_put_name(&b, STR("dueDate"));
    json_put_i64(&b, e->due);
    json_put_name(&b, STR("repetitions"));
    json_put_i64(&b, e->repetitions);
    details_end(v, row, &b);
}

void wait_signal(struct view *v, u64 key, const void *record)
{
    const struct signal_subscription_row *e = record;
    struct waiter w = {e->instance, e->element_instance, e->process, e->element,
                       e->tenant};
    struct buf b;

    if (!e->element_instance)
        return;
    struct row *row = wait_new(v, key, &w, STR("SIGNAL"));
    details_begin(v, &b, STR("SIGNAL"));
    text_put(&b, "signalName", e->name);
    details_end(v, row, &b);
}

void wait_condition(struct view *v, u64 key, const void *record)
{
    const struct condition_row *e = record;
    struct waiter w = {e->instance, e->element_instance, e->process, e->element,
                       e->tenant};
    const struct element *element = definition_element(v, e->process, e->element);
    struct str body = element ? element->event_condition.body : STR("");
    struct buf b;

    if (!e->element_instance)
        return;
    struct row *row = wait_new(v, key, &w, STR("CONDITION"));
    details_begin(v, &b, STR("CONDITION"));
    json_put_name(&b, STR("expression"));
    json_put_string(&b, body);
    json_put_name(&b, STR("events"));
    buf_byte(&b, '[');
    if (element && element->on_create)
        buf_text(&b, "\"create\"");
    if (element && element->on_update)
        buf_text(&b, element->on_create ? ",\"update\"" : "\"update\"");
    buf_byte(&b, ']');
    details_end(v, row, &b);
}

void wait_message(struct view *v, u64 key, const struct process_subscription_row *e,
                  u64 process)
{
    struct waiter w = {e->instance, e->element_instance, process, e->element,
                       e->tenant};
    struct row *row = wait_new(v, key, &w, STR("MESSAGE"));
    struct buf b;

    PUT_NUMBER(v, row, WAITS, isOnce, e->is_interrupting);
    details_begin(v, &b, STR("MESSAGE"));
    json_put_name(&b, STR("messageName"));
    json_put_string(&b, e->name);
    text_put(&b, "correlationKey", e->correlation_key);
    details_end(v, row, &b);
}

/* A message that interrupts nothing may come again. */
void wait_correlated(struct view *v, u64 key)
{
    struct row *row = copy_get(v, VIEW_WAITS, key);

    if (row && NUMBER(row, WAITS, isOnce))
        copy_del(v, row);
}

/* It is for another element now. */
void wait_moved(struct view *v, u64 key, u64 process, u32 element)
{
    const struct element *e = definition_element(v, process, element);
    struct row *row = copy_get(v, VIEW_WAITS, key);

    if (!row || !e)
        return;
    PUT_TEXT(v, row, WAITS, elementId, e->id);
    PUT_TEXT(v, row, WAITS, elementType, str_of(element_type_name(e->type)));
}

void wait_migrated(struct view *v, u64 key, const void *record)
{
    const struct row_migrated *e = record;

    wait_moved(v, key, e->process, e->element);
}
