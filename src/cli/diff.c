/* What differs between two processes, as somebody who reviews a change wants to know
 * it: the flow, the behaviour of elements, texts, or only the layout; and what that
 * means for instances that run. */
#include <stdio.h>

#include "cli/files.h"
#include "cli/remote.h"
#include "cli/screen.h"
#include "xml/xml.h"

#define BPMN      "http://www.omg.org/spec/BPMN/20100524/MODEL"
#define PARTS_MAX 20000

/* A part of a model that has an id, and stands for itself. */
struct part {
    struct str id, what; /* BPMN's word */
    const struct xml_node *node;
    struct str
        text; /* all of it but what has an id of its own and what only reads well */
    struct str words; /* name and documentation */
};

struct side {
    const char *name;
    struct part *parts; /* by their order in the file */
    size_t count;
    struct str layout;
};

/* ---- reading --------------------------------------------------------------------- */

static bool is_layout(const struct xml_node *n)
{
    return memmem(n->uri.data ? n->uri.data : "", n->uri.len, "/DI", 3) ||
           memmem(n->uri.data ? n->uri.data : "", n->uri.len, "/DC", 3) ||
           memmem(n->uri.data ? n->uri.data : "", n->uri.len, "/DD/", 4);
}

/* What flows and lanes say once more. */
static bool is_echo(const struct xml_node *n)
{
    return xml_is(n, BPMN, "incoming") || xml_is(n, BPMN, "outgoing");
}

static bool is_words(const struct xml_node *n)
{
    return xml_is(n, BPMN, "documentation") || xml_is(n, BPMN, "textAnnotation") ||
           xml_is(n, BPMN, "association");
}

static bool is_own(const struct xml_node *n)
{
    return xml_get(n, "", "id").len && str_is(n->uri, BPMN) &&
           !str_ends(n->name, STR("EventDefinition")) &&
           !str_is(n->name, "multiInstanceLoopCharacteristics") &&
           !str_is(n->name, "extensionElements") &&
           !str_is(n->name, "conditionExpression");
}

/* Text that is equal when the two do the same. */
static void node_text(const struct xml_node *n, struct buf *b, u32 depth)
{
    if (depth)
        buf_print(b, "<%.*s", ARG(n->name));
    for (const struct xml_attribute *a = n->attributes; a; a = a->next)
        if (!(a->uri.len == 0 && (str_is(a->name, "id") || str_is(a->name, "name"))))
            buf_print(b, " %.*s='%.*s'", ARG(a->name), ARG(a->value));
    struct str text = str_trim(n->text);
    if (depth)
        buf_print(b, ">%.*s", ARG(text));
    for (const struct xml_node *c = n->first; c; c = c->next)
        if (!is_own(c) && !is_echo(c) && !is_words(c) && !is_layout(c))
            node_text(c, b, depth + 1);
    if (depth)
        buf_text(b, "</>");
}

static void words_text(const struct xml_node *n, struct buf *b)
{
    buf_add(b, xml_get(n, "", "name"));
    for (const struct xml_node *c = n->first; c; c = c->next)
        if (is_words(c))
            buf_print(b, "|%.*s", ARG(str_trim(c->text)));
}

static void layout_text(const struct xml_node *n, struct buf *b)
{
    buf_print(b, "<%.*s", ARG(n->name));
    for (const struct xml_attribute *a = n->attributes; a; a = a->next)
        if (!str_is(a->name, "id"))
            buf_print(b, " %.*s='%.*s'", ARG(a->name), ARG(a->value));
    for (const struct xml_node *c = n->first; c; c = c->next)
        layout_text(c, b);
}

static void parts_add(struct desk *d, struct side *s, const struct xml_node *n,
                      struct buf *layout)
{
    if (is_layout(n)) {
        layout_text(n, layout);
        return;
    }
    if (is_own(n) && !is_words(n) && !xml_is(n, BPMN, "definitions") &&
        s->count < PARTS_MAX) {
        struct part *p = &s->parts[s->count++];
        struct buf text, words;
        buf_init(&text, &d->keep, 64);
        buf_init(&words, &d->keep, 32);
        node_text(n, &text, 0);
        words_text(n, &words);
        *p = (struct part){xml_get(n, "", "id"), n->name, n, buf_str(&text),
                           buf_str(&words)};
    }
    for (const struct xml_node *c = n->first; c; c = c->next)
        parts_add(d, s, c, layout);
}

/* PROCESS:VERSION of a server, unless a file has that name. */
static int model_fetch(struct desk *d, const char *word, struct str *xml)
{
    const char *colon = strrchr(word, ':');
    struct remote r;
    struct finding_list list;
    struct buf b;
    i64 version;
    int code;

    if (!colon || !str_to_i64(str_of(colon + 1), &version)) {
        fprintf(stderr, "fermata: there is no file '%s', and no PROCESS:VERSION\n",
                word);
        return CLI_NOT_FOUND;
    }
    if ((code = remote_open(&r, d)))
        return code;
    buf_init(&b, r.arena, 128);
    buf_print(&b, "{\"version\":%lld,\"processDefinitionId\":", (long long)version);
    json_put_string(&b, (struct str){word, (size_t)(colon - word)});
    buf_byte(&b, '}');
    code = remote_search(&r, "/v2/process-definitions/search", buf_str(&b), NOTHING, 1,
                         &list);
    if (!code && list.count == 0) {
        fprintf(stderr,
                "fermata: no process '%s' is deployed; fermata get pd lists them\n",
                word);
        return CLI_NOT_FOUND;
    }
    return code ? code
                : remote_send(
                      &r, "GET",
                      arena_print(r.arena, "/v2/process-definitions/%.*s/xml",
                                  ARG(field(&r, list.items[0], "processDefinitionKey")))
                          .data,
                      STR("application/json"), NOTHING, xml);
}

static int side_read(struct desk *d, const char *word, struct side *s)
{
    struct xml_node *root;
    struct str xml;
    struct err err;
    struct buf layout;
    FILE *f = fopen(word, "rb");
    int code = CLI_GOOD;

    if (f)
        fclose(f);
    if (f && !desk_file(d, word, &xml))
        return CLI_FAILED;
    if (!f && (code = model_fetch(d, word, &xml)))
        return code;
    if (!xml_parse(xml, &xml_limits_default, &d->keep, &root, &err)) {
        fprintf(stderr, "fermata: %s: %s\n", word, err.text);
        return CLI_FAILED;
    }
    if (!xml_is(root, BPMN, "definitions")) {
        fprintf(stderr, "fermata: %s: is no BPMN\n", word);
        return CLI_FAILED;
    }
    s->name = word;
    s->parts = NEW_ARRAY(&d->keep, struct part, PARTS_MAX);
    buf_init(&layout, &d->keep, 1024);
    parts_add(d, s, root, &layout);
    s->layout = buf_str(&layout);
    return CLI_GOOD;
}

/* ---- comparing ------------------------------------------------------------------- */

enum change { CHANGE_FLOW, CHANGE_BEHAVIOUR, CHANGE_WORDS, CHANGE_KINDS };

struct differing {
    struct buf told[CHANGE_KINDS]; /* lines */
    struct buf json;
    size_t counts[CHANGE_KINDS];
    struct desk *desk;
};

static const struct part *part_find(const struct side *s, struct str id)
{
    for (size_t i = 0; i < s->count; i++)
        if (str_equal(s->parts[i].id, id))
            return &s->parts[i];
    return NULL;
}

static bool is_flow(const struct part *p)
{
    return str_is(p->what, "sequenceFlow");
}

/* Something that a token can wait at. */
static bool is_waited_at(const struct part *p)
{
    return str_ends(p->what, STR("Task")) || str_is(p->what, "task") ||
           str_is(p->what, "callActivity") || str_ends(p->what, STR("ubProcess")) ||
           str_is(p->what, "intermediateCatchEvent") ||
           str_is(p->what, "eventBasedGateway") || str_is(p->what, "transaction");
}

static void change(struct differing *x, enum change kind, const struct part *p,
                   const char *how, const char *migrates)
{
    static const char *const names[] = {"flow", "behaviour", "text"};
    struct str name = xml_get(p->node, "", "name");

    x->counts[kind]++;
    buf_print(&x->told[kind], "  %s %.*s %.*s", how, ARG(p->what), ARG(p->id));
    if (name.len)
        buf_print(&x->told[kind], " (%.*s)", ARG(name));
    if (migrates[0])
        buf_print(&x->told[kind], ": %s", migrates);
    buf_byte(&x->told[kind], '\n');
    json_comma(&x->json);
    buf_print(&x->json, "{\"kind\":\"%s\",\"change\":\"%s\",\"element\":", names[kind],
              how);
    json_put_string(&x->json, p->id);
    json_put_name(&x->json, STR("type"));
    json_put_string(&x->json, p->what);
    json_put_name(&x->json, STR("migration"));
    json_put_string(&x->json, str_of(migrates));
    buf_byte(&x->json, '}');
}

/* What the two say of one line each: the parts of the text that are not the same. */
static void detail(struct differing *x, struct str old, struct str new)
{
    size_t front = 0, back = 0;

    while (front < old.len && front < new.len &&old.data[front] == new.data[front])
        front++;
    while (back < old.len - front &&
           back < new.len - front &&old.data[old.len - 1 - back] ==
               new.data[new.len - 1 - back])
        back++;
    while (front && old.data[front - 1] != '<' && old.data[front - 1] != ' ')
        front--;
    while (back && old.data[old.len - back] != '>' && old.data[old.len - back] != ' ')
        back--;
    buf_print(&x->told[CHANGE_BEHAVIOUR], "      - %.*s\n      + %.*s\n",
              (int)(old.len - front - back), old.data + front,
              (int)(new.len - front - back), new.data + front);
}

static void compare_part(struct differing *x, const struct part *old,
                         const struct part *new)
{
    bool is_moved = old->node->parent && new->node->parent &&
                    !str_equal(xml_get(old->node->parent, "", "id"),
                               xml_get(new->node->parent, "", "id")) &&
                    !xml_is(old->node->parent, BPMN, "definitions");

    if (!str_equal(old->what, new->what))
        change(x, CHANGE_FLOW, new, "retyped",
               is_waited_at(old) ? "instances that wait there do not migrate" : "");
    else if (is_moved)
        change(x, CHANGE_FLOW, new, "moved into another scope",
               is_waited_at(old) ? "instances that wait there do not migrate" : "");
    else if (!str_equal(old->text, new->text) && is_flow(new) &&
             (!str_equal(xml_get(old->node, "", "sourceRef"),
                         xml_get(new->node, "", "sourceRef")) ||
              !str_equal(xml_get(old->node, "", "targetRef"),
                         xml_get(new->node, "", "targetRef"))))
        change(x, CHANGE_FLOW, new, "rerouted", "");
    else if (!str_equal(old->text, new->text)) {
        change(x, CHANGE_BEHAVIOUR, new, "changed",
               is_waited_at(new)
                   ? "instances migrate; what they wait for already stays "
                     "as it was"
                   : "");
        detail(x, old->text, new->text);
    }
    if (!str_equal(old->words, new->words))
        change(x, CHANGE_WORDS, new, "renamed", "");
}

static void compare(struct differing *x, const struct side *a, const struct side *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!part_find(b, a->parts[i].id))
            change(x, CHANGE_FLOW, &a->parts[i], "removed",
                   is_waited_at(&a->parts[i])
                       ? "instances that wait there migrate only with --map"
                       : "");
    for (size_t i = 0; i < b->count; i++) {
        const struct part *old = part_find(a, b->parts[i].id);
        if (old)
            compare_part(x, old, &b->parts[i]);
        else
            change(x, CHANGE_FLOW, &b->parts[i], "added", "");
    }
}

/* ---- telling --------------------------------------------------------------------- */

static void told_print(struct differing *x, bool has_layout)
{
    static const char *const heads[] = {"flow", "behaviour", "names and texts"};
    size_t all = 0;

    for (u32 i = 0; i < CHANGE_KINDS; i++) {
        all += x->counts[i];
        if (x->counts[i])
            printf("%s\n%.*s", heads[i], ARG(buf_str(&x->told[i])));
    }
    if (has_layout)
        printf(all ? "layout\n  it differs, too\n"
                   : "layout\n  only that differs: both do the same\n");
    if (all == 0 && !has_layout)
        printf("nothing differs\n");
}

static int run(struct desk *d)
{
    const struct options *o = d->options;
    struct side a = {0}, b = {0};
    struct differing *x = NEW(&d->keep, struct differing);
    int code;

    if (o->word_count != 2) {
        fprintf(stderr,
                "fermata: usage: fermata diff A B (files, or PROCESS:VERSION)\n");
        return CLI_USAGE;
    }
    if ((code = side_read(d, o->words[0], &a)) ||
        (code = side_read(d, o->words[1], &b)))
        return code;
    for (u32 i = 0; i < CHANGE_KINDS; i++)
        buf_init(&x->told[i], &d->keep, 256);
    buf_init(&x->json, &d->keep, 256);
    buf_byte(&x->json, '[');
    compare(x, &a, &b);
    buf_byte(&x->json, ']');
    bool has_layout = !str_equal(a.layout, b.layout);
    if (o->json)
        printf("{\"changes\":%.*s,\"layoutDiffers\":%s}\n", ARG(buf_str(&x->json)),
               has_layout ? "true" : "false");
    else
        told_print(x, has_layout);
    return o->exit_code && (x->json.len > 2 || has_layout) ? CLI_FAILED : CLI_GOOD;
}

int diff_main(const struct options *o)
{
    return desk_run(o, run);
}
