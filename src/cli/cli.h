/* cli.h - the command line: which command, its options, and the commands themselves.
 * Each returns the exit code: 0 well, 1 something outside is wrong (one sentence was
 * printed), 2 the words are not understood. */
#ifndef CLI_H
#define CLI_H

#include "base/base.h"

#define VERSION         "0.1.0"
#define CAMUNDA_VERSION "8.8.0" /* what clients are told, whose protocols we speak */

struct options {
#define OPTION_text(name)   const char *name;
#define OPTION_number(name) i64 name;
#define OPTION_flag(name)   bool name;
#define OPTION(name, type, standard, least, most, commands, value, help) \
    OPTION_##type(name)
#include "cli/options.def"
#undef OPTION
    char **words; /* that are no options; borrowed */
    int word_count;
};

/* Fill from the words behind the command, whose array keeps those that are no options.
 * False: what is wrong was printed. */
bool options_read(struct options *o, char command, int argc, char **argv);
void options_help(char command);

int cli_main(int argc, char **argv);
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
