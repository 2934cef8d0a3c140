/* What events wait for or throw: messages, signals, errors, escalations, conditions. */
#include "model/build.h"

/* ---- what several events refer to ------------------------------------------------ */

/* The message or signal that an attribute of `n` refers to; NULL: none. */
static struct id *root_find(struct build *b, const struct xml_node *n,
                            const char *reference, const char *name)
{
    struct id *id = id_find(b, xml_get(n, "", reference));

    return id && is_bpmn(id->xml, name) ? id : NULL;
}

static void name_read(struct build *b, struct id *id)
{
    struct str name = xml_get(id->xml, "", "name");

    if (id->is_name_read)
        return;
    id->is_name_read = true;
    if (name.len == 0)
        finding(b, id->xml, "Name must be present and not empty");
    else
        id->name = expr_read(b, id->xml, name, EXPR_ANY);
}

/* ---- messages -------------------------------------------------------------------- */

static void message_key_read(struct build *b, struct id *message)
{
    const struct xml_node *subscription = extension(message->xml, "subscription");

    if (message->is_key_read)
        return;
    message->is_key_read = true;
    if (extensions_count(message->xml, "subscription") != 1) {
        finding(b, message->xml,
                "Must have exactly one zeebe:subscription extension element");
        return;
    }
    struct str key = attribute_must(b, subscription, "correlationKey");
    if (key.len)
        message->key = expr_read(b, subscription, key, EXPR_FEEL);
}

/* The message that `n` refers to; NULL with a finding when there must be one. */
static struct id *message_find(struct build *b, const struct xml_node *n,
                               bool is_needed)
{
    struct id *message = root_find(b, n, "messageRef", "message");

    if (message)
        name_read(b, message);
    else if (is_needed)
        finding(b, n, "Must reference a message");
    return message;
}

static void message_catch_read(struct build *b, struct part *p,
                               const struct xml_node *n)
{
    struct id *message = message_find(b, n, true);

    if (!message)
        return;
    message_key_read(b, message);
    p->e->message_name = message->name;
    p->e->correlation_key = message->key;
}

static void message_start_read(struct build *b, struct part *p)
{
    struct id *message = message_find(b, p->definition, true);

    if (!message)
        return;
    if (message->start_count++ == 1)
        finding(b, message->xml,
                "A message cannot be referred by more than one start event");
    p->e->message_name = message->name;
    start_name_check(b, p, &p->e->message_name, "message");
}

void receive_read(struct build *b, struct part *p)
{
    message_catch_read(b, p, p->xml);
}

static void lifetime_read(struct build *b, struct part *p, const struct xml_node *n)
{
    struct expr *e = &p->e->time_to_live;
    struct feel_span span;

    *e = expr_read(b, n, xml_get(n, "", "timeToLive"), EXPR_ANY);
    if (e->is_set && !e->feel && !feel_read_span(e->body, &span))
        finding_late(b, n,
                     "Expected static value to be a duration, e.g. 'PT1H', but found "
                     "'%.*s'.",
                     ARG(e->body));
}

void publish_read(struct build *b, struct part *p, const struct xml_node *at,
                  const struct xml_node *n)
{
    struct id *message = message_find(b, at, true);
    struct str key = attribute_must(b, n, "correlationKey");

    p->e->publishes_message = true;
    if (message)
        p->e->message_name = message->name;
    p->e->correlation_key = expr_read(b, n, key, EXPR_ANY);
    p->e->message_id = expr_read(b, n, xml_get(n, "", "messageId"), EXPR_ANY);
    lifetime_read(b, p, n);
}

/* What throws a message by a job leaves it to the worker what to send; a message that
 * is named all the same is only looked at. */
void message_read(struct build *b, struct part *p)
{
    if (is_process_start(p))
        message_start_read(b, p);
    else if (!is_throw(p))
        message_catch_read(b, p, p->definition);
    else if (!p->e->publishes_message)
        message_find(b, p->definition, false);
}

/* ---- signals --------------------------------------------------------------------- */

void signal_read(struct build *b, struct part *p)
{
    struct id *signal = root_find(b, p->definition, "signalRef", "signal");

    if (!signal) {
        finding(b, p->definition, "Must reference a signal");
        return;
    }
    name_read(b, signal);
    p->e->signal_name = signal->name;
    if (is_process_start(p))
        start_name_check(b, p, &p->e->signal_name, "signal");
}

/* ---- errors and escalations ------------------------------------------------------ */

/* How the two are told apart, and what is said of them. */
static const struct code_rule {
    enum event_type event;
    const char *name, *reference, *code;
    const char *no_reference, *no_code, *no_constant;
} code_rules[] = {
    {EVENT_TYPE_ERROR, "error", "errorRef", "errorCode", "Must reference an error",
     "ErrorCode must be present and not empty",
     "The errorCode of the error catch event is not allowed to be an expression"},
    {EVENT_TYPE_ESCALATION, "escalation", "escalationRef", "escalationCode",
     "Must reference an escalation", "EscalationCode must be present and not empty",
     "The escalationCode of the escalation catch event is not allowed to be an "
     "expression"},
};

static struct expr throw_code_read(struct build *b, struct part *p,
                                   const struct code_rule *rule, const struct id *id)
{
    if (!id) {
        finding(b, p->definition, "%s", rule->no_reference);
        return (struct expr){0};
    }
    struct str code = xml_get(id->xml, "", rule->code);
    if (code.len == 0)
        finding(b, p->definition, "%s", rule->no_code);
    return expr_read(b, id->xml, code, EXPR_ANY);
}

static struct expr catch_code_read(struct build *b, struct part *p,
                                   const struct code_rule *rule, const struct id *id)
{
    struct str reference = xml_get(p->definition, "", rule->reference);
    struct str code = id ? xml_get(id->xml, "", rule->code) : (struct str){0};

    if (!id && reference.len > 0)
        finding_here(b, p->xml, "the %s '%.*s' does not exist", rule->name,
                     ARG(reference));
    if (code.len > 0 && code.data[0] == '=')
        finding(b, p->definition, "%s", rule->no_constant);
    p->e->catches_all = code.len == 0;
    return expr_static(b, code);
}

void event_code_read(struct build *b, struct part *p)
{
    bool is_error = p->e->event == EVENT_TYPE_ERROR;
    const struct code_rule *rule = &code_rules[!is_error];
    struct id *id = root_find(b, p->definition, rule->reference, rule->name);
    struct expr *code = is_error ? &p->e->error_code : &p->e->escalation_code;

    must(rule->event == p->e->event);
    *code =
        is_throw(p) ? throw_code_read(b, p, rule, id) : catch_code_read(b, p, rule, id);
    if (is_error && !is_throw(p) && !p->e->is_interrupting)
        finding(b, p->xml, "Non-Interrupting event of this type is not allowed");
}

/* ---- conditions ------------------------------------------------------------------ */

static void filter_word_read(struct build *b, struct part *p, const struct xml_node *n,
                             struct str word)
{
    if (str_is(word, "create"))
        p->e->on_create = true;
    else if (str_is(word, "update"))
        p->e->on_update = true;
    else
        finding(b, n,
                "Attribute 'variableEvents' must be a list of: create, update; but "
                "found '%.*s'",
                ARG(word));
}

/* The next of some words with commas between them; false: that was all. */
static bool listed_next(struct str *rest, struct str *out)
{
    if (!rest->data)
        return false;
    const char *comma = memchr(rest->data, ',', rest->len);
    size_t len = comma ? (size_t)(comma - rest->data) : rest->len;
    *out = str_trim((struct str){rest->data, len});
    *rest = comma ? (struct str){comma + 1, rest->len - len - 1} : (struct str){0};
    return true;
}

/* The variables that it names, or else those that the condition reads. */
static void watched_read(struct build *b, struct part *p, struct str names)
{
    const struct feel_expr *feel = p->e->event_condition.feel;
    struct str *all = NEW_ARRAY(b->keep, struct str, names.len / 2 + 1);
    size_t count = 0;

    for (struct str name; listed_next(&names, &name);)
        if (name.len)
            all[count++] = arena_copy(b->keep, name);
    p->e->watched = all;
    if (count == 0 && feel)
        p->e->watched = feel_reads(feel, &count);
    p->e->watched_count = (u32)count;
}

/* Without a filter it looks at all changes of what its condition reads. */
static void filter_read(struct build *b, struct part *p)
{
    const struct xml_node *n = extension(p->definition, "conditionalFilter");
    struct str words = n ? xml_get(n, "", "variableEvents") : (struct str){0};

    watched_read(b, p, n ? xml_get(n, "", "variableNames") : (struct str){0});
    if (str_trim(words).len == 0) {
        p->e->on_create = p->e->on_update = true;
        return;
    }
    for (struct str word; listed_next(&words, &word);)
        filter_word_read(b, p, n, word);
}

void condition_read(struct build *b, struct part *p)
{
    const struct xml_node *n = xml_child(p->definition, BPMN, "condition");
    struct str text = n ? str_trim(n->text) : (struct str){0};

    if (text.len == 0)
        finding(b, p->definition,
                "Attribute 'condition' must be present and not empty");
    else
        p->e->event_condition = expr_read(b, n, text, EXPR_FEEL);
    filter_read(b, p);
}
