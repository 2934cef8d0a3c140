/* files.h - whole files, and what lies in a folder. */
#ifndef FILES_H
#define FILES_H

#include "base/arena.h"
#include "base/err.h"

/* All bytes of the file, in the arena; "-" is the standard input. False: err says in
 * one sentence why it cannot be read; more than 64 MiB are not. */
bool input_read(const char *path, struct arena *arena, struct str *out,
                struct err *err);

bool files_is_folder(const char *path);
/* Copies the bytes and the mode to a file that is not there yet, durably but for its
 * name. False with ERR_NONE: there is no such file any more. */
bool file_copy(const char *from, const char *to, struct err *err);

/* The names in a folder, sorted bytewise, without those that begin with a dot; made in
 * the arena. False: it cannot be read, and err says why. */
bool files_list(const char *path, struct arena *arena, const char *const **names,
                size_t *count, struct err *err);

#endif
