/* remote.h - a server, as the commands see it that ask one: which one, calls, and what
 * is said when a call does not come to anything.
 *
 *     static int run(struct desk *d) {
 *         struct remote r;
 *         struct str answer;
 *         int code = remote_open(&r, d);
 *         return code ? code : remote_call(&r, "GET", "/v2/topology", NOTHING,
 * &answer);
 *     }
 *
 * Each function gives an exit code; when that is not CLI_GOOD, it has said why. */
#ifndef REMOTE_H
#define REMOTE_H

#include "cli/desk.h"
#include "cli/http.h"

struct remote {
    struct desk *desk;
    struct arena *arena; /* of answers; the desk's keep unless somebody changes it */
    struct http http;
    char url[128];
    const char *from;  /* what named it: "--server", "FERMATA_URL", ... */
    bool is_quiet;     /* say nothing of refusals; `status` and `detail` have them */
    int status;        /* of the last answer; 0: there was none */
    struct str detail; /* of a refusal */
};

#define NOTHING ((struct str){NULL, 0})

int remote_open(struct remote *r, struct desk *d);

/* `body` is JSON, or NOTHING. The answer is canonical JSON, or empty; it lives in the
 * arena. */
int remote_call(struct remote *r, const char *method, const char *path, struct str body,
                struct str *answer);
/* The same with a body of another type; the answer may be of any type. */
int remote_send(struct remote *r, const char *method, const char *path, struct str type,
                struct str body, struct str *answer);

/* A path with one key in it, which must be digits. NULL: it is not, and that was said.
 */
const char *remote_path(struct remote *r, const char *before, const char *key,
                        const char *after);

/* A member as text: strings decoded, null and what is not there empty, else JSON. */
struct str field(struct remote *r, struct str object, const char *name);
bool field_is_true(struct remote *r, struct str object, const char *name);
i64 field_number(struct remote *r, struct str object, const char *name); /* or 0 */

/* Items of a search, page by page, up to `limit`: appended to `items` as members of an
 * array. `more` says how many there are besides. */
struct finding_list {
    struct str *items; /* in the arena */
    size_t count;
    i64 more;
};
int remote_search(struct remote *r, const char *path, struct str filter,
                  struct str sort, i64 limit, struct finding_list *out);

/* The options -v and --variables as one document. */
int variables_read(struct desk *d, struct str *out);
/* NAME=VALUE, whose value is JSON, @FILE, or else text: added to an object. */
int variable_add(struct desk *d, struct buf *object, const char *text);
/* A span of time: 500ms, 30s, 5m, 2h, 7d, or PT5M. */
int span_read(const char *option, const char *text, i64 *ms);

/* Where contexts stand; false: there is no home folder. */
bool contexts_path(char *out, size_t size);
/* A line of that file: `NAME URL`; the one in use has a `*` before it. */
struct context_line {
    char name[64], url[128];
    bool is_used;
};
/* The next one from *at on; lines that are none are passed over. */
bool context_next(struct str text, size_t *at, struct context_line *out);
/* The URL of the context of this name, or of the one in use (NULL); false: none. */
bool context_named(struct desk *d, const char *name, struct str *url);

/* Asks on the terminal, unless --yes says that it need not. */
bool confirmed(struct desk *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
