/* deploy.h - files to a server. */
#ifndef CLI_DEPLOY_H
#define CLI_DEPLOY_H

#include "cli/remote.h"

#define FILES_MAX 1000 /* of one deployment */

struct path_list {
    const char **items; /* owned by the desk */
    size_t count;
};

bool is_model(struct str path); /* .bpmn, .dmn or .form */
/* All models below a folder; there may be none. */
int models_list(struct desk *d, const char *folder, struct path_list *out);
/* The models that a path names: itself, or all below a folder. An exit code. */
int models_find(struct desk *d, const char *path, struct path_list *out);
/* All of them at once; the answer is what the API says. */
int models_deploy(struct remote *r, const struct path_list *paths, struct str *answer);

#endif
