/* cli.h - the command line: which command, its options, and the commands themselves.
 * Each returns an exit code (enum exit_code); what is wrong was said on standard error.
 */
#ifndef CLI_H
#define CLI_H

#include <stdio.h>

#include "base/base.h"

#define VERSION         "0.1.0"
#define CAMUNDA_VERSION "8.8.0" /* what clients are told, whose protocols we speak */

/* Exit codes, documented and never changed: EXIT_CODE(name, number, meaning) */
/* clang-format off */
#define EXIT_CODES(X)                                                           \
    X(GOOD,         0, "well")                                                  \
    X(FAILED,       1, "something is wrong, and was said")                      \
    X(USAGE,        2, "the words are not understood")                          \
    X(NOT_FOUND,    3, "there is no such thing")                                \
    X(REJECTED,     4, "the server refuses it: the state does not allow it")    \
    X(UNREACHABLE,  5, "no server answers, or not in time")                     \
    X(FORBIDDEN,    6, "not allowed")                                           \
    X(PARTLY,       7, "done for some and not for others")                      \
    X(INCIDENT,    10, "the instance that was followed has an incident")        \
    X(TERMINATED,  11, "the instance that was followed was terminated")         \
    X(INTERRUPTED, 130, "interrupted")
/* clang-format on */
enum exit_code {
#define X(name, number, meaning) CLI_##name = number,
    EXIT_CODES(X)
#undef X
};

#define LIST_MAX 64 /* times that an option may be given which may be given again */

struct option_list {
    const char *items[LIST_MAX]; /* borrowed */
    int count;
};

/* Commands that ask a server take the options of all of these. */
#define CLIENTS "gseacmiuytofhpNxwqR456"

struct options {
#define OPTION_text(name)   const char *name;
#define OPTION_number(name) i64 name;
#define OPTION_flag(name)   bool name;
#define OPTION_list(name)   struct option_list name;
#define OPTION(name, type, standard, least, most, commands, value, help) \
    OPTION_##type(name)
#include "cli/options.def"
#undef OPTION
    char **words; /* that are no options; borrowed */
    int word_count;
    int rest; /* the place in words of the first behind `--`; word_count: there is none
               */
};

/* Fill from the words behind the command, whose array keeps those that are no options.
 * False: what is wrong was printed. */
bool options_read(struct options *o, char command, int argc, char **argv);
void options_help(char command);

/* The name of the n-th option of a command, as it is written, without its dashes; its
 * value's name (empty: a flag) and help. False: there are no more. */
struct option_shown {
    char name[32];
    const char *letter; /* "-o", or NULL */
    const char *value, *help, *standard;
};
bool options_next(char command, size_t *at, struct option_shown *out);

/* What there is, for whoever lists it (help, completion, manual): NULL at the end. */
struct command_row {
    const char *name;
    char letter;
    int (*run)(const struct options *o);
    bool takes_words;
    const char *synopsis, *what, *text;
};
const struct command_row *command_at(size_t i);

int cli_main(int argc, char **argv);
int get_main(const struct options *o);
int show_main(const struct options *o);
int explain_main(const struct options *o);
int start_main(const struct options *o);
int act_main_cancel(const struct options *o);
int act_main_suspend(const struct options *o);
int act_main_resume(const struct options *o);
int act_main_retry(const struct options *o);
int modify_main(const struct options *o);
int migrate_main(const struct options *o);
int complete_main(const struct options *o);
int fail_main(const struct options *o);
int throw_main(const struct options *o);
int publish_main(const struct options *o);
int signal_main(const struct options *o);
int set_main(const struct options *o);
int deploy_main(const struct options *o);
int run_main(const struct options *o);
int job_worker_main(const struct options *o);
int clock_main(const struct options *o);
int context_main(const struct options *o);
int completion_main(const struct options *o);
int top_main(const struct options *o);
int diff_main(const struct options *o);
int dev_main(const struct options *o);
int serve_main(const struct options *o);
int demo_main(const struct options *o);
int feel_main(const struct options *o);
int dmn_main(const struct options *o);
int test_main(const struct options *o);
int lint_main(const struct options *o);
int log_main(const struct options *o);
int verify_main(const struct options *o);
int doctor_main(const struct options *o);
int backup_main(const struct options *o);
int restore_main(const struct options *o);
int bench_main(const struct options *o);

#endif
