/* files.h - the files of a deployment, as far as they can be told without a look at
 * what is deployed already: what kind they are of, what is in them, and what is wrong
 * with them. */
#ifndef FILES_H
#define FILES_H

#include "engine/step.h"

enum file_kind {
    FILE_PROCESSES,
    FILE_DECISIONS,
    FILE_FORM,
    FILE_OTHER, /* kept as it is */
};

struct file {
    const struct resource *resource;
    enum file_kind kind;
    const struct model *model;    /* PROCESSES: borrowed from the engine; NULL: bad */
    const struct dmn *dmn;        /* DECISIONS: likewise */
    struct str id, version_tag;   /* FORM and OTHER; no id: bad */
    struct str uri;               /* DECISIONS: its namespace, as others import it */
    struct imported_list imports; /* DECISIONS: all that it needs, of the step */
    u64 checksum, key;            /* of its row; 0: it has none yet */
    bool binds; /* a process in it means what is deployed together with it */
};

struct files {
    struct file *items;
    u32 count;
};

/* For a model of decisions of these files: what it imports is looked for among them,
 * then among what is deployed, the latest first. What was found, and what several have,
 * are told to the file and to `errors`. */
struct sources {
    struct dmn_resolver resolver;
    struct step *step;
    const struct files *files;
    struct file *file;
    struct buf *errors;
    bool is_full; /* the step has no room for what was found */
};
void sources_init(struct sources *i, struct step *s, const struct files *files,
                  struct file *f, struct buf *errors);
/* The namespace of a model of decisions, without reading it; empty when it is none. */
struct str sources_uri(struct step *s, struct str xml);

/* All that is wrong goes into `errors`, each thing on a line of its own that begins
 * with a line break and names the file; what could be read is borrowed until the step
 * is through, or for as long as the resource lives once it has got its key
 * (models_name). */
void files_read(struct step *s, struct resource_list resources, struct files *out,
                struct buf *errors);

#endif
