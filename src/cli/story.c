/* The commands that tell of one process instance: show and explain. */
#include <stdio.h>
#include <time.h>

#include "cli/output.h"
#include "cli/screen.h"

#define STORY_MAX 5000 /* elements and variables that are told of one instance */

/* ---- show ------------------------------------------------------------------------ */

struct story {
    struct remote remote;
    struct str instance;
    struct finding_list elements, variables, incidents;
};

static int instance_search(struct story *t, const char *path, const char *key,
                           const char *sort, struct finding_list *out)
{
    struct arena *arena = t->remote.arena;

    return remote_search(
        &t->remote, path, arena_print(arena, "{\"processInstanceKey\":\"%s\"}", key),
        sort ? arena_print(arena, "[{\"field\":\"%s\"}]", sort) : NOTHING, STORY_MAX,
        out);
}

static int story_read(struct story *t, const char *key)
{
    const char *path = remote_path(&t->remote, "/v2/process-instances/", key, "");
    int code =
        path ? remote_call(&t->remote, "GET", path, NOTHING, &t->instance) : CLI_USAGE;

    if (code ||
        (code = instance_search(t, "/v2/element-instances/search", key,
                                "elementInstanceKey", &t->elements)) ||
        (code = instance_search(t, "/v2/variables/search", key, "name", &t->variables)))
        return code;
    return instance_search(t, "/v2/incidents/search", key, NULL, &t->incidents);
}

/* A time of the API without what repeats: the day once, then the time. */
static void time_print(struct str iso)
{
    if (iso.len >= 23)
        printf("%.8s", iso.data + 11);
    else
        printf("%8s", "");
}

static void story_head(struct story *t)
{
    struct remote *r = &t->remote;
    struct str ended = field(r, t->instance, "endDate");

    printf("%.*s  %.*s v%.*s  %.*s%s\n",
           ARG(field(r, t->instance, "processInstanceKey")),
           ARG(field(r, t->instance, "processDefinitionId")),
           ARG(field(r, t->instance, "processDefinitionVersion")),
           ARG(field(r, t->instance, "state")),
           field_is_true(r, t->instance, "hasIncident") ? "  (incident)" : "");
    printf("started %.*s", ARG(field(r, t->instance, "startDate")));
    if (ended.len)
        printf(", ended %.*s", ARG(ended));
    struct str business = field(r, t->instance, "businessId");
    if (business.len)
        printf(", business id %.*s", ARG(business));
    struct str parent = field(r, t->instance, "parentProcessInstanceKey");
    if (parent.len)
        printf(", called by %.*s", ARG(parent));
    printf("\n\n");
}

static const char *mark(struct remote *r, struct str element)
{
    struct str state = field(r, element, "state");

    if (field_is_true(r, element, "hasIncident"))
        return "!";
    if (str_is(state, "ACTIVE"))
        return ">";
    return str_is(state, "TERMINATED") ? "x" : "+";
}

static void story_elements(struct story *t)
{
    struct remote *r = &t->remote;

    for (size_t i = 0; i < t->elements.count; i++) {
        struct str e = t->elements.items[i], name = field(r, e, "elementName"),
                   id = field(r, e, "elementId"), ended = field(r, e, "endDate");
        time_print(field(r, e, "startDate"));
        printf(" %s ", mark(r, e));
        time_print(ended);
        printf("  %.*s", ARG(name.len ? name : id));
        if (name.len && !str_equal(name, id))
            printf(" (%.*s)", ARG(id));
        printf("  %.*s", ARG(field(r, e, "type")));
        if (!ended.len)
            printf("  %.*s", ARG(field(r, e, "elementInstanceKey")));
        putchar('\n');
    }
    if (t->elements.more > 0)
        printf("... and %lld more elements\n", (long long)t->elements.more);
}

static void story_rest(struct story *t)
{
    struct remote *r = &t->remote;
    struct str root = field(r, t->instance, "processInstanceKey");

    if (t->variables.count)
        printf("\nvariables\n");
    for (size_t i = 0; i < t->variables.count; i++) {
        struct str v = t->variables.items[i], value, scope = field(r, v, "scopeKey");
        value = field(r, v, "value");
        printf("  %.*s = %.*s%s", ARG(field(r, v, "name")), ARG(value),
               field_is_true(r, v, "isTruncated") ? "..." : "");
        if (!str_equal(scope, root))
            printf("  (of %.*s)", ARG(scope));
        putchar('\n');
    }
    if (t->incidents.count)
        printf("\nincidents\n");
    for (size_t i = 0; i < t->incidents.count; i++) {
        struct str n = t->incidents.items[i];
        printf("  %.*s  %.*s at %.*s: %.*s\n", ARG(field(r, n, "incidentKey")),
               ARG(field(r, n, "errorType")), ARG(field(r, n, "elementId")),
               ARG(field(r, n, "errorMessage")));
    }
}

static void list_put(struct buf *b, const char *name, const struct finding_list *list)
{
    json_put_name(b, str_of(name));
    buf_byte(b, '[');
    for (size_t i = 0; i < list->count; i++) {
        json_comma(b);
        buf_add(b, list->items[i]);
    }
    buf_byte(b, ']');
}

/* All of it as one document. */
static struct str story_json(struct story *t)
{
    struct buf b;

    buf_init(&b, t->remote.arena, 4096);
    buf_byte(&b, '{');
    json_put_name(&b, STR("instance"));
    buf_add(&b, t->instance);
    list_put(&b, "elements", &t->elements);
    list_put(&b, "variables", &t->variables);
    list_put(&b, "incidents", &t->incidents);
    buf_byte(&b, '}');
    return buf_str(&b);
}

static int key_wanted(struct desk *d, const char *command)
{
    if (d->options->word_count == 1)
        return CLI_GOOD;
    fprintf(stderr,
            "fermata: name the key of one process instance: fermata %s KEY\n"
            "fermata get pi lists them.\n",
            command);
    return CLI_USAGE;
}

/* True: it has been printed as the options want it, and not for people. */
static bool as_document(struct output *o, struct str document)
{
    if (o->format == OUTPUT_YAML)
        yaml_print(o->remote->arena, document, 0);
    else if (o->format == OUTPUT_JSON || o->format == OUTPUT_JSONL)
        printf("%.*s\n", ARG(document));
    else
        return false;
    return true;
}

static int show_run(struct desk *d)
{
    struct story *t = NEW(&d->keep, struct story);
    struct output output;
    int code = key_wanted(d, "show");

    if (code || (code = remote_open(&t->remote, d)) ||
        (code = output_open(&output, &t->remote, "processInstanceKey", "")) ||
        (code = story_read(t, d->options->words[0])))
        return code;
    if (as_document(&output, story_json(t)))
        return CLI_GOOD;
    story_head(t);
    story_elements(t);
    story_rest(t);
    return CLI_GOOD;
}

int show_main(const struct options *o)
{
    return desk_run(o, show_run);
}

/* ---- explain --------------------------------------------------------------------- */

static const char *kind_colour(struct str kind)
{
    if (str_is(kind, "INCIDENT") || str_is(kind, "BANNED"))
        return "31";
    return str_is(kind, "SUSPENDED") || str_is(kind, "GATEWAY") ? "33" : NULL;
}

static void sentence_print(struct output *o, struct str state)
{
    struct remote *r = o->remote;
    struct str sentence = field(r, state, "sentence"), kind = field(r, state, "kind");
    const char *colour = o->has_colours ? kind_colour(kind) : NULL;

    if (colour)
        printf("\033[%sm", colour);
    screen_text(arena_print(r->arena, "%.*s.", ARG(sentence)).data);
    if (colour)
        printf("\033[0m");
    struct str key = field(r, state, "jobKey");
    const char *what = "job";
    if (str_is(kind, "INCIDENT")) {
        key = field(r, state, "incidentKey");
        what = "incident";
    } else if (str_is(kind, "USER_TASK")) {
        key = field(r, state, "userTaskKey");
        what = "task";
    }
    if (key.len)
        printf("    %s %.*s\n", what, ARG(key));
}

static int explain_once(struct output *o, const char *key)
{
    struct remote *r = o->remote;
    const char *path = remote_path(r, "/v2/process-instances/", key, "/explain");
    struct str answer, states;
    int code = path ? remote_call(r, "GET", path, NOTHING, &answer) : CLI_USAGE;

    if (code || as_document(o, answer))
        return code;
    states = field(r, answer, "waitStates");
    if (states.len <= 2)
        printf("It waits for nothing: it is at work.\n");
    struct json_walk w = json_walk(states.len ? states : STR("[]"));
    for (struct json_member m; json_next(&w, r->arena, &m);)
        sentence_print(o, m.value);
    if (field_is_true(r, answer, "isCut"))
        printf("There is more that it waits for.\n");
    return CLI_GOOD;
}

static int explain_run(struct desk *d)
{
    struct remote r;
    struct output output;
    struct arena round;
    i64 ms = d->options->interval;
    const struct timespec pause = {(time_t)(ms / 1000), (ms % 1000) * 1000000};
    int code = key_wanted(d, "explain");

    if (code || (code = remote_open(&r, d)) ||
        (code = output_open(&output, &r, "elementInstanceKey", "")))
        return code;
    arena_init(&round, 64 << 10, d->keep.limit, &d->trap);
    r.arena = &round;
    do {
        if (d->options->watch && screen_is_terminal())
            printf("\033[H\033[J");
        code = explain_once(&output, d->options->words[0]);
        arena_reset(&round);
    } while (d->options->watch && !code && fflush(stdout) == 0 &&
             nanosleep(&pause, NULL) == 0);
    arena_free(&round);
    return code;
}

int explain_main(const struct options *o)
{
    return desk_run(o, explain_run);
}
