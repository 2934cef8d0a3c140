/* xml.h - a small element tree with line numbers, read by expat.
 *
 *     struct xml_node *root;
 *     if (!xml_parse(text, &limits, arena, &root, &err)) ...
 *     for (struct xml_node *c = root->first; c; c = c->next) ...
 *
 * Namespaces are resolved: a name is its URI and its local part. Entities other than
 * the five of XML and character references are refused, so is a document type
 * definition. Encodings: UTF-8, UTF-16, ISO-8859-1, US-ASCII (expat's own). Everything
 * lives in the arena, expat's own memory too. Uses: base; expat. Pure. */
#ifndef XML_H
#define XML_H

#include "base/arena.h"
#include "base/err.h"

struct xml_attribute {
    struct str uri, name, value;
    struct xml_attribute *next;
};

struct xml_node {
    struct str uri, name; /* namespace URI (may be empty) and local name */
    struct str text;      /* all character data directly inside, joined */
    u32 tag;              /* ordinal of its start tag in the file, from 1 */
    u32 line, column;     /* of the start tag, from 1 */
    struct xml_attribute *attributes;
    struct xml_node *parent, *first, *last, *next;
};

struct xml_limits {
    u32 depth;      /* of elements */
    u32 nodes;      /* elements in all */
    size_t bytes;   /* of the text */
    u32 attributes; /* on one element */
};
extern const struct xml_limits xml_limits_default;

/* ERR_SYNTAX ("line 3, column 7: mismatched tag"), ERR_LIMIT naming the limit. A full
 * arena springs the arena's trap as everywhere; nothing outside it is held. */
bool xml_parse(struct str text, const struct xml_limits *limits, struct arena *arena,
               struct xml_node **root, struct err *err);

bool xml_is(const struct xml_node *n, const char *uri, const char *name);
/* The value of an attribute; data is NULL when it is absent. uri "" for none. */
struct str xml_get(const struct xml_node *n, const char *uri, const char *name);
struct xml_node *xml_child(const struct xml_node *n, const char *uri, const char *name);

#endif
