/* manual.h - what the tables of commands and options say, as a manual page and as JSON.
 */
#ifndef MANUAL_H
#define MANUAL_H

/* Both print to standard output and give the exit code. */
int manual_json(void);
int manual_page(void); /* mdoc, as `man` reads it */

/* The i-th exit code and one, and what it means; 0: there are no more. */
int exit_code_at(unsigned long i, const char **meaning);

#endif
