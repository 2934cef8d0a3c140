/* parse.c - from XML to a model: its files, its elements and what they require. First
 * all files are read, then all names are known, and only then the expressions, whose
 * meaning depends on the names. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "dmn/private.h"

#define FILES_MAX 64
#define CHAIN_MAX 400 /* of elements that require each other */

const struct dmn_options dmn_options_default = {
    .dialect = FEEL_STANDARD, .bytes = 4 << 20, .memory = 256 << 20};

/* ---- XML of any version ---------------------------------------------------------- */

static const char *const versions[] = {
    "https://www.omg.org/spec/DMN/20230324/MODEL/", /* 1.5 */
    "https://www.omg.org/spec/DMN/20191111/MODEL/", /* 1.3 */
    "https://www.omg.org/spec/DMN/20211108/MODEL/", /* 1.4 */
    "http://www.omg.org/spec/DMN/20180521/MODEL/",  /* 1.2 */
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", /* 1.1 */
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
    "http://www.omg.org/spec/DMN/20151130",
};

bool is_dmn(const struct xml_node *n, const char *name)
{
    if (!str_is(n->name, name))
        return false;
    for (size_t i = 0; i < LEN(versions); i++)
        if (str_is(n->uri, versions[i]))
            return true;
    return false;
}

static struct xml_node *dmn_from(struct xml_node *n, const char *name)
{
    while (n && !is_dmn(n, name))
        n = n->next;
    return n;
}

struct xml_node *dmn_child(const struct xml_node *n, const char *name)
{
    return dmn_from(n->first, name);
}

struct xml_node *dmn_next(const struct xml_node *n, const char *name)
{
    return dmn_from(n->next, name);
}

size_t dmn_children(const struct xml_node *n, const char *name)
{
    size_t count = 0;

    for (struct xml_node *c = dmn_child(n, name); c; c = dmn_next(c, name))
        count++;
    return count;
}

struct str dmn_get(const struct xml_node *n, const char *name)
{
    return str_trim(xml_get(n, "", name));
}

struct str dmn_text(const struct xml_node *n, const char *name)
{
    const struct xml_node *c = name[0] ? dmn_child(n, name) : n;
    const struct xml_node *text = c ? dmn_child(c, "text") : NULL;

    return text ? str_trim(text->text) : STR("");
}

/* ---- failing --------------------------------------------------------------------- */

/* The id, or the name, of the element around that has one. */
static struct str element_of(const struct xml_node *at)
{
    for (; at; at = at->parent) {
        struct str id = dmn_get(at, "id");
        if (id.len)
            return id;
        if (dmn_get(at, "name").len)
            return dmn_get(at, "name");
    }
    return STR("");
}

static size_t place_among(const struct xml_node *at, const char *name)
{
    size_t place = 0;

    for (const struct xml_node *c = dmn_child(at->parent, name); c;
         c = dmn_next(c, name)) {
        place++;
        if (c == at)
            break;
    }
    return place;
}

/* Which cell of a table it is in; empty: in none. */
static struct str cell_of(struct build *b, const struct xml_node *at)
{
    for (; at && at->parent; at = at->parent) {
        bool is_input = is_dmn(at, "inputEntry");
        if (!(is_input || is_dmn(at, "outputEntry")) || !is_dmn(at->parent, "rule"))
            continue;
        return arena_print(b->keep, "rule %zu, %s %zu", place_among(at->parent, "rule"),
                           is_input ? "input" : "output",
                           place_among(at, is_input ? "inputEntry" : "outputEntry"));
    }
    return STR("");
}

static struct finding_node *finding_of(struct build *b, const struct xml_node *at,
                                       struct str text)
{
    struct finding_node *node = NEW(b->keep, struct finding_node);

    node->finding = (struct dmn_finding){.element = arena_copy(b->keep, element_of(at)),
                                         .line = at->line,
                                         .cell = cell_of(b, at),
                                         .text = text};
    return node;
}

static void err_at(struct err *err, enum err_code code, const struct xml_node *at,
                   const char *fmt, va_list args)
{
    char text[400];
    struct str id = element_of(at);

    vsnprintf(text, sizeof(text), fmt, args);
    if (id.len > 80)
        id.len = 80;
    err_set(err, code, "line %u, element '%.*s': %s", at->line, ARG(id), text);
}

void build_fail(struct build *b, enum err_code code, const struct xml_node *at,
                const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    err_at(b->err, code, at, fmt, args);
    va_end(args);
    trap_spring(&b->trap, TRAP_NONE);
}

void build_flaw(struct build *b, const struct xml_node *at, const char *fmt, ...)
{
    struct finding_node *node;
    char text[400];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    if (b->options->dialect == FEEL_CAMUNDA)
        build_fail(b, ERR_SYNTAX, at, "%s", text);
    node = finding_of(b, at, arena_copy(b->keep, str_of(text)));
    node->finding.is_error = true;
    *b->last = node;
    b->last = &node->next;
    b->dmn->finding_count++;
}

/* ---- names ----------------------------------------------------------------------- */

void words_add(struct build *b, struct words *w, struct str word)
{
    if (word.len == 0)
        return;
    if (w->count == w->size) {
        size_t size = w->size ? 2 * w->size : 16;
        struct str *data = NEW_ARRAY(b->keep, struct str, size);
        if (w->count)
            memcpy(data, w->data, w->count * sizeof(*data));
        w->data = data;
        w->size = size;
    }
    w->data[w->count++] = word;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A name with one blank where it had white space: all that a name may differ in. */
struct str words_tidy(struct build *b, struct str name)
{
    struct str from = str_trim(name);
    char *to = arena_alloc(b->keep, from.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < from.len; i++) {
        char c = is_space(from.data[i]) ? ' ' : from.data[i];
        if (c != ' ' || to[len - 1] != ' ')
            to[len++] = c;
    }
    return (struct str){to, len};
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return true;
}

static void part_add(struct build *b, struct str name)
{
    if (is_plain(name))
        return;
    name = words_tidy(b, name);
    for (size_t i = 0; i < b->parts.count; i++)
        if (str_equal(b->parts.data[i], name))
            return;
    if (b->parts.count == 5000)
        build_fail(b, ERR_LIMIT, b->file->xml, "more than 5000 names of components");
    words_add(b, &b->parts, name);
}

/* Names of what an import holds, and of what several decisions of a service give. */
static bool is_element_part(const struct build *b, const struct xml_node *n)
{
    static const char *const words[] = {"businessKnowledgeModel", "inputData",
                                        "decisionService", "decision"};
    bool is_foreign = b->file != b->dmn->files;

    for (size_t i = 0; i < LEN(words); i++)
        if (is_dmn(n, words[i]))
            return is_foreign || (i == 3 && dmn_child(b->file->xml, "decisionService"));
    return false;
}

/* What a value may consist of, anywhere in the file, as far as it needs to be known to
 * be read: the type of what stands before a dot is not. */
static void parts_collect(struct build *b, const struct xml_node *n)
{
    const struct xml_node *variable = dmn_child(n, "variable");

    if (is_dmn(n, "itemComponent") || is_dmn(n, "output") || is_dmn(n, "column") ||
        is_element_part(b, n))
        part_add(b, dmn_get(n, "name"));
    if (variable && (is_dmn(n, "contextEntry") || is_element_part(b, n)))
        part_add(b, dmn_get(variable, "name"));
    for (const struct xml_node *c = n->first; c; c = c->next)
        parts_collect(b, c);
}

/* ---- expressions ----------------------------------------------------------------- */

static bool in_feel(const struct xml_node *at)
{
    struct str language = {0};

    for (; at && !language.len; at = at->parent)
        language = dmn_get(at, "expressionLanguage");
    return language.len == 0 || memmem(language.data, language.len, "FEEL", 4) ||
           memmem(language.data, language.len, "feel", 4);
}

static bool is_known(const struct build *b, struct str name)
{
    for (size_t i = 0; i < b->scope.count; i++)
        if (str_equal(b->scope.data[i], name))
            return true;
    return false;
}

/* Within a filter the entries of what is filtered are names, too, and nobody knows
 * them before. */
static bool has_filter(const struct xml_node *at, struct str text)
{
    for (; at; at = at->parent)
        if (is_dmn(at, "filter"))
            return true;
    return memchr(text.data, '[', text.len);
}

/* A built-in function may be meant as a value. */
static bool is_builtin(struct build *b, struct str name)
{
    struct feel_env env = {.limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct feel_expr *feel;
    struct err err;

    return feel_compile(b->keep, FEEL_EXPRESSION, name, NULL, &feel, &err) &&
           feel_eval(feel, &env, b->keep).kind == FEEL_FUNCTION;
}

static bool requires_input(const struct element *e)
{
    for (size_t i = 0; i < e->need_count; i++)
        if (e->needs[i].element->kind == INPUT)
            return true;
    return false;
}

/* Names that nothing brings are told of what says which inputs it requires: whoever
 * says nothing, as many models for Camunda, may mean any variable. */
static void names_check(struct build *b, const struct xml_node *at,
                        const struct code *code)
{
    const struct element *e = b->element;
    size_t count;
    const struct str *reads = feel_reads(code->feel, &count);

    if (b->options->dialect == FEEL_CAMUNDA || !e || e->kind != DECISION ||
        !requires_input(e) || has_filter(at, code->text))
        return;
    for (size_t i = 0; i < count; i++) {
        if (is_known(b, reads[i]) || is_builtin(b, reads[i]))
            continue;
        *b->last_hint = finding_of(
            b, at,
            arena_print(b->keep, "reads '%.*s', which '%.*s' does not require",
                        ARG(reads[i]), ARG(e->face.name)));
        b->last_hint = &(*b->last_hint)->next;
    }
}

struct code code_read(struct build *b, const struct xml_node *at, enum feel_form form,
                      struct str text)
{
    const struct feel_names names = {.names = b->scope.data,
                                     .count = b->scope.count,
                                     .types = b->file->types,
                                     .type_texts = b->file->type_texts,
                                     .type_count = b->file->type_count};
    struct code code = {.text = arena_copy(b->keep, text)};
    struct feel_expr *feel;
    struct err err;

    if (text.len == 0)
        return code;
    if (in_feel(at) && feel_compile(b->keep, form, text, &names, &feel, &err)) {
        code.feel = feel;
        names_check(b, at, &code);
        return code;
    }
    code.is_broken = true;
    if (!in_feel(at))
        build_flaw(b, at, "an expression in another language than FEEL");
    else
        build_flaw(b, at, "failed to parse expression '%.*s': %s",
                   (int)(text.len < 80 ? text.len : 80), text.data, err.text);
    return code;
}

/* ---- files ----------------------------------------------------------------------- */

static struct file *file_find(const struct build *b, struct str uri)
{
    for (struct file *f = b->dmn->files; f; f = f->next)
        if (str_equal(f->uri, uri))
            return f;
    return NULL;
}

static struct file *file_load(struct build *b, struct str text)
{
    struct xml_limits limits = xml_limits_default;
    struct file *f = NEW(b->keep, struct file), **last = &b->dmn->files;

    limits.bytes = b->options->bytes;
    if (!xml_parse(text, &limits, b->keep, &f->xml, b->err))
        trap_spring(&b->trap, TRAP_NONE);
    if (!is_dmn(f->xml, "definitions"))
        build_fail(b, ERR_SYNTAX, f->xml,
                   "no DMN definitions of versions 1.1 to 1.5, but '%.*s' in the "
                   "namespace '%.*s'",
                   ARG(f->xml->name), ARG(f->xml->uri));
    if (++b->dmn->file_count > FILES_MAX)
        build_fail(b, ERR_LIMIT, f->xml, "more than %d models in all", FILES_MAX);
    f->id = arena_copy(b->keep, dmn_get(f->xml, "id"));
    f->name = words_tidy(b, dmn_get(f->xml, "name"));
    f->uri = arena_copy(b->keep, dmn_get(f->xml, "namespace"));
    while (*last)
        last = &(*last)->next;
    return *last = f;
}

static bool is_model_import(const struct xml_node *n)
{
    struct str type = dmn_get(n, "importType");

    for (size_t i = 0; i < LEN(versions); i++)
        if (str_is(type, versions[i]))
            return true;
    return type.len == 0 || memmem(type.data, type.len, "/DMN/", 5);
}

static struct file *import_load(struct build *b, const struct xml_node *n,
                                struct str uri)
{
    const struct dmn_resolver *r = b->options->resolver;
    struct file *f = file_find(b, uri);
    struct str text;

    if (f)
        return f;
    if (r && r->find(r, uri, dmn_get(n, "locationURI"), b->keep, &text))
        f = file_load(b, text);
    if (!f)
        build_flaw(b, n, "imports a model '%.*s' that is not there", ARG(uri));
    else if (!str_equal(f->uri, uri))
        build_flaw(b, n, "imports '%.*s' and gets '%.*s'", ARG(uri), ARG(f->uri));
    return f;
}

/* Files that this one imports come behind it in the list, so that they get here, too.
 */
static void imports_read(struct build *b, struct file *f)
{
    struct xml_node *n = dmn_child(f->xml, "import");

    f->imports = NEW_ARRAY(b->keep, struct import, dmn_children(f->xml, "import"));
    for (; n; n = dmn_next(n, "import")) {
        struct import *i = &f->imports[f->import_count];
        i->name = words_tidy(b, dmn_get(n, "name"));
        i->uri = arena_copy(b->keep, dmn_get(n, "namespace"));
        if (!is_model_import(n)) {
            build_flaw(b, n, "imports something that is no decision model");
            continue;
        }
        i->file = import_load(b, n, i->uri);
        f->import_count += i->file != NULL;
    }
}

/* ---- elements -------------------------------------------------------------------- */

static const struct {
    const char *word;
    enum element_kind kind;
} element_words[] = {{"inputData", INPUT},
                     {"decision", DECISION},
                     {"businessKnowledgeModel", KNOWLEDGE},
                     {"decisionService", SERVICE}};

static bool element_kind_of(const struct xml_node *n, enum element_kind *kind)
{
    for (size_t i = 0; i < LEN(element_words); i++) {
        if (is_dmn(n, element_words[i].word)) {
            *kind = element_words[i].kind;
            return true;
        }
    }
    return false;
}

/* Camunda's extension: <zeebe:versionTag value="..."/>. */
static struct str version_tag_of(const struct xml_node *n)
{
    const struct xml_node *all = dmn_child(n, "extensionElements");

    for (const struct xml_node *c = all ? all->first : NULL; c; c = c->next)
        if (str_is(c->uri, "http://camunda.org/schema/zeebe/1.0") &&
            str_is(c->name, "versionTag"))
            return dmn_get(c, "value");
    return STR("");
}

static void element_add(struct build *b, const struct xml_node *n,
                        enum element_kind kind)
{
    struct element *e = NEW(b->keep, struct element);
    const struct xml_node *variable = dmn_child(n, "variable");

    e->kind = kind;
    e->file = b->file;
    e->xml = n;
    e->face.line = n->line;
    e->face.id = arena_copy(b->keep, dmn_get(n, "id"));
    e->face.name = words_tidy(b, dmn_get(n, "name"));
    e->face.version_tag = arena_copy(b->keep, version_tag_of(n));
    if (e->face.name.len == 0)
        build_flaw(b, n, "a %.*s without a name", ARG(n->name));
    if (variable)
        e->variable = words_tidy(b, dmn_get(variable, "name"));
    if (e->variable.len == 0)
        e->variable = e->face.name;
    b->dmn->elements[b->dmn->element_count++] = e;
}

static size_t elements_count(const struct build *b)
{
    enum element_kind kind;
    size_t count = 0;

    for (struct file *f = b->dmn->files; f; f = f->next)
        for (struct xml_node *n = f->xml->first; n; n = n->next)
            count += element_kind_of(n, &kind);
    return count;
}

static int element_order(const void *a, const void *b)
{
    const struct element *x = *(struct element *const *)a;
    const struct element *y = *(struct element *const *)b;
    int order = str_compare(x->file->uri, y->file->uri);

    return order ? order : str_compare(x->face.id, y->face.id);
}

static int element_sort_order(const void *a, const void *b)
{
    const struct element *x = *(struct element *const *)a;
    const struct element *y = *(struct element *const *)b;
    int order = element_order(a, b);

    return order ? order
                 : (x->face.line > y->face.line) - (x->face.line < y->face.line);
}

/* By the model they stand in and their id, so that references find them. */
static void elements_sort(struct build *b)
{
    struct dmn *d = b->dmn;

    qsort(d->elements, d->element_count, sizeof(*d->elements), element_sort_order);
    for (size_t i = 0; i < d->element_count; i++) {
        struct element *e = d->elements[i];
        e->place = i;
        if (i > 0 && e->face.id.len && element_order(&d->elements[i - 1], &e) == 0)
            build_flaw(b, e->xml, "the id '%.*s' is used twice", ARG(e->face.id));
    }
}

/* Decisions in the order of the model, before the elements are sorted. */
static void decisions_list(struct build *b)
{
    struct dmn *d = b->dmn;

    d->decisions = NEW_ARRAY(b->keep, const struct dmn_decision *, d->element_count);
    for (size_t i = 0; i < d->element_count; i++)
        if (d->elements[i]->kind == DECISION && d->elements[i]->file == d->files)
            d->decisions[d->decision_count++] = &d->elements[i]->face;
}

static void elements_collect(struct build *b)
{
    enum element_kind kind;

    b->dmn->elements = NEW_ARRAY(b->keep, struct element *, elements_count(b));
    for (b->file = b->dmn->files; b->file; b->file = b->file->next)
        for (struct xml_node *n = b->file->xml->first; n; n = n->next)
            if (element_kind_of(n, &kind))
                element_add(b, n, kind);
    b->file = b->dmn->files;
    decisions_list(b);
    elements_sort(b);
}

/* "#id" or "uri#id"; a part before # that names no model is taken for our own. */
static struct element *element_find(const struct build *b, struct file *from,
                                    struct str href)
{
    const char *mark = href.len ? memchr(href.data, '#', href.len) : NULL;
    struct file key_file = {.uri = from->uri};
    struct element key = {.file = &key_file, .face.id = href}, *k = &key, **found;

    if (mark) {
        struct str uri = {href.data, (size_t)(mark - href.data)};
        key.face.id = (struct str){mark + 1, href.len - uri.len - 1};
        if (uri.len && file_find(b, uri))
            key_file.uri = uri;
    }
    found = bsearch(&k, b->dmn->elements, b->dmn->element_count,
                    sizeof(*b->dmn->elements), element_order);
    while (found && found > b->dmn->elements && element_order(found - 1, &k) == 0)
        found--; /* of two with one id the first counts */
    return found ? *found : NULL;
}

/* ---- what they require ----------------------------------------------------------- */

static struct element *element_linked(struct build *b, const struct xml_node *n,
                                      struct file *from)
{
    struct element *e = element_find(b, from, dmn_get(n, "href"));

    if (!e)
        build_flaw(b, n, "refers to '%.*s', which is not there",
                   ARG(dmn_get(n, "href")));
    return e;
}

static struct str import_of(const struct file *from, const struct file *to)
{
    for (size_t i = 0; i < from->import_count; i++)
        if (from->imports[i].file == to && from != to)
            return from->imports[i].name;
    return STR("");
}

static void need_add(struct build *b, struct element *e, const struct xml_node *n)
{
    struct element *other = element_linked(b, n, e->file);

    if (other)
        e->needs[e->need_count++] =
            (struct need){.element = other, .import = import_of(e->file, other->file)};
}

static void needs_read(struct build *b, struct element *e)
{
    size_t count = dmn_children(e->xml, "informationRequirement") +
                   dmn_children(e->xml, "knowledgeRequirement");

    e->needs = NEW_ARRAY(b->keep, struct need, 2 * count);
    for (struct xml_node *n = e->xml->first; n; n = n->next) {
        if (!is_dmn(n, "informationRequirement") && !is_dmn(n, "knowledgeRequirement"))
            continue;
        for (struct xml_node *c = n->first; c; c = c->next)
            if ((is_dmn(c, "requiredInput") || is_dmn(c, "requiredDecision") ||
                 is_dmn(c, "requiredKnowledge")) &&
                e->need_count < 2 * count)
                need_add(b, e, c);
    }
}

/* What the face shows of it. */
static void needs_show(struct build *b, struct element *e)
{
    const struct dmn_decision **needs =
        NEW_ARRAY(b->keep, const struct dmn_decision *, e->need_count);
    struct str *inputs = NEW_ARRAY(b->keep, struct str, e->need_count);

    for (size_t i = 0; i < e->need_count; i++) {
        struct element *other = e->needs[i].element;
        if (other->kind == DECISION)
            needs[e->face.need_count++] = &other->face;
        if (other->kind == INPUT)
            inputs[e->face.input_count++] = other->variable;
    }
    e->face.needs = needs;
    e->face.inputs = inputs;
}

static void links_read(struct build *b, struct element *e, const char *name,
                       struct element **to, size_t *count)
{
    for (struct xml_node *n = dmn_child(e->xml, name); n; n = dmn_next(n, name)) {
        struct element *other = element_linked(b, n, e->file);
        if (other)
            to[(*count)++] = other;
    }
}

/* Its parameters are its input data and then its input decisions, each in the order
 * written. */
static void service_read(struct build *b, struct element *e)
{
    struct dmn_service *s = &e->service;

    s->outputs =
        NEW_ARRAY(b->keep, struct element *, dmn_children(e->xml, "outputDecision"));
    s->inputs = NEW_ARRAY(b->keep, struct element *,
                          dmn_children(e->xml, "inputDecision") +
                              dmn_children(e->xml, "inputData"));
    links_read(b, e, "outputDecision", s->outputs, &s->output_count);
    links_read(b, e, "inputData", s->inputs, &s->input_count);
    links_read(b, e, "inputDecision", s->inputs, &s->input_count);
    if (s->output_count == 0)
        build_flaw(b, e->xml, "a decision service without an output decision");
}

/* Whether anything requires itself. A function may call itself, so knowledge may name
 * itself; what a service needs is decided apart, from its inputs on. */
static void cycle_check(struct build *b, struct element *e)
{
    if (e->visit == SEEN)
        return;
    if (e->visit == BUSY)
        build_fail(b, ERR_SYNTAX, e->xml, "'%.*s' requires itself", ARG(e->face.name));
    if (++b->depth > CHAIN_MAX)
        build_fail(b, ERR_LIMIT, e->xml, "a chain of more than %d requirements",
                   CHAIN_MAX);
    e->visit = BUSY;
    for (size_t i = 0; i < e->need_count; i++)
        if (e->needs[i].element != e || e->kind != KNOWLEDGE)
            cycle_check(b, e->needs[i].element);
    for (size_t i = 0; i < e->service.output_count; i++)
        if (e->service.input_count == 0)
            cycle_check(b, e->service.outputs[i]);
    e->visit = SEEN;
    b->depth--;
}

static void elements_link(struct build *b)
{
    struct dmn *d = b->dmn;

    for (size_t i = 0; i < d->element_count; i++) {
        needs_read(b, d->elements[i]);
        needs_show(b, d->elements[i]);
        if (d->elements[i]->kind == SERVICE)
            service_read(b, d->elements[i]);
    }
    for (size_t i = 0; i < d->element_count; i++)
        cycle_check(b, d->elements[i]);
}

/* ---- logic ----------------------------------------------------------------------- */

static void scope_enter(struct build *b, const struct element *e)
{
    b->file = e->file;
    b->element = e;
    b->scope.count = 0;
    for (size_t i = 0; i < b->parts.count; i++)
        words_add(b, &b->scope, b->parts.data[i]);
    words_add(b, &b->scope, e->variable); /* a function may call itself */
    for (size_t i = 0; i < e->need_count; i++) {
        struct need *n = &e->needs[i];
        words_add(b, &b->scope, n->import.len ? n->import : n->element->variable);
        words_add(b, &b->scope, n->element->variable);
        if (b->options->dialect == FEEL_CAMUNDA)
            words_add(b, &b->scope, n->element->face.name);
    }
}

/* A decision that requires itself was refused, so its own name cannot mean itself. */
static void logic_read(struct build *b, struct element *e)
{
    const struct xml_node *variable = dmn_child(e->xml, "variable");
    const struct xml_node *logic = dmn_child(e->xml, "encapsulatedLogic");

    scope_enter(b, e);
    if (variable)
        e->type = border_read(b, variable, dmn_get(variable, "typeRef"));
    if (e->kind == KNOWLEDGE && logic)
        e->logic = function_read(b, logic);
    if (e->kind == KNOWLEDGE && e->logic && !e->logic->type)
        e->logic->type = border_result(b, e->type);
    if (e->kind == SERVICE)
        e->type = border_result(b, e->type);
    if (e->kind == DECISION)
        e->logic = box_in(b, e->xml);
    if (e->logic)
        e->face.kind = e->logic->kind;
}

static void build_all(struct build *b, struct str xml)
{
    struct dmn *d = b->dmn;

    file_load(b, xml);
    for (b->file = d->files; b->file; b->file = b->file->next)
        imports_read(b, b->file);
    for (b->file = d->files; b->file; b->file = b->file->next)
        parts_collect(b, b->file->xml);
    elements_collect(b);
    elements_link(b);
    b->scope = b->parts;
    items_read(b);
    for (size_t i = 0; i < d->element_count; i++)
        logic_read(b, d->elements[i]);
    d->findings = NEW_ARRAY(b->keep, struct dmn_finding, d->finding_count);
    d->finding_count = 0;
    for (struct finding_node *n = b->first; n; n = n->next)
        d->findings[d->finding_count++] = n->finding;
}

/* ---- the face -------------------------------------------------------------------- */

bool dmn_parse(struct str xml, const struct dmn_options *options, struct dmn **out,
               struct err *err)
{
    struct dmn *d = must_alloc(sizeof(*d));
    struct build b = {.dmn = d, .keep = &d->arena, .options = options, .err = err};

    arena_init(&d->arena, 16 << 10, options->memory, &b.trap);
    d->dialect = options->dialect;
    b.last = &b.first;
    b.last_hint = &d->hints;
    if (setjmp(b.trap.jump) == 0) {
        build_all(&b, xml);
        d->arena.full = NULL;
        *out = d;
        return true;
    }
    if (b.trap.why == TRAP_FULL)
        err_set(err, ERR_LIMIT, "the model takes more than %zu bytes of memory",
                options->memory);
    dmn_free(d);
    return false;
}

void dmn_free(struct dmn *d)
{
    if (!d)
        return;
    arena_free(&d->arena);
    free(d);
}

const struct dmn_finding *dmn_findings(const struct dmn *d, size_t *count)
{
    *count = d->finding_count;
    return d->findings;
}

const char *dmn_kind_name(enum dmn_kind kind)
{
    static const char *const names[] = {"UNKNOWN",
#define X(name, word) #name,
                                        DMN_KINDS(X)
#undef X
    };

    return names[kind];
}

struct str dmn_id(const struct dmn *d)
{
    return d->files->id;
}

struct str dmn_name(const struct dmn *d)
{
    return d->files->name;
}

struct str dmn_namespace(const struct dmn *d)
{
    return d->files->uri;
}

size_t dmn_decision_count(const struct dmn *d)
{
    return d->decision_count;
}

const struct dmn_decision *dmn_decision_at(const struct dmn *d, size_t i)
{
    must(i < d->decision_count);
    return d->decisions[i];
}

const struct dmn_decision *dmn_find(const struct dmn *d, struct str id_or_name)
{
    for (size_t i = 0; i < d->decision_count; i++)
        if (str_equal(d->decisions[i]->id, id_or_name))
            return d->decisions[i];
    for (size_t i = 0; i < d->decision_count; i++)
        if (str_equal(d->decisions[i]->name, id_or_name))
            return d->decisions[i];
    return NULL;
}

const struct dmn_service *dmn_service_find(const struct dmn *d, struct str id_or_name)
{
    const struct dmn_service *by_name = NULL;

    for (size_t i = 0; i < d->element_count; i++) {
        const struct element *e = d->elements[i];
        if (e->kind != SERVICE || e->file != d->files)
            continue;
        if (str_equal(e->face.id, id_or_name))
            return &e->service;
        if (str_equal(e->face.name, id_or_name))
            by_name = &e->service;
    }
    return by_name;
}
