#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define FILE_MAX ((size_t)64 << 20)

bool files_is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool file_take(FILE *f, const char *path, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct buf b;

    buf_init(&b, arena, 4096);
    for (size_t got; (got = fread(buf_room(&b, 4096), 1, 4096, f)) > 0;) {
        b.len += got;
        if (b.len > FILE_MAX)
            return err_set(err, ERR_LIMIT, "%s is larger than %zu MiB", path,
                           FILE_MAX >> 20);
    }
    *out = buf_str(&b);
    return !ferror(f) ||
           err_set(err, ERR_IO, "%s cannot be read: %s", path, strerror(errno));
}

bool input_read(const char *path, struct arena *arena, struct str *out, struct err *err)
{
    if (strcmp(path, "-") == 0)
        return file_take(stdin, "the standard input", arena, out, err);
    if (files_is_folder(path))
        return err_set(err, ERR_IO, "%s is a folder, not a file", path);
    FILE *f = fopen(path, "rb");
    if (!f)
        return err_set(err, ERR_IO, "%s cannot be read: %s", path, strerror(errno));
    bool is_good = file_take(f, path, arena, out, err);
    fclose(f);
    return is_good;
}

static bool bytes_copy(int in, int out)
{
    static char bytes[1 << 16];
    ssize_t got;

    while ((got = read(in, bytes, sizeof(bytes))) > 0)
        if (write(out, bytes, (size_t)got) != got)
            return false;
    return got == 0 && fsync(out) == 0;
}

bool file_copy(const char *from, const char *to, struct err *err)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
    struct stat st;

    *err = (struct err){0};
    if (in < 0)
        return errno != ENOENT &&
               err_set(err, ERR_IO, "%s cannot be read: %s", from, strerror(errno));
    bool is_done = fstat(in, &st) == 0 &&
                   (out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                               st.st_mode & 0777)) >= 0 &&
                   bytes_copy(in, out);
    if (!is_done)
        err_set(err, ERR_IO, "%s cannot be copied to %s: %s", from, to,
                strerror(errno));
    close(in);
    if (out >= 0)
        close(out);
    return is_done;
}

static int name_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void name_add(struct arena *arena, const char ***names, size_t *count,
                     const char *name)
{
    if ((*count & (*count - 1)) == 0) {
        const char **more = NEW_ARRAY(arena, const char *, *count ? 2 * *count : 1);
        if (*count)
            memcpy(more, *names, *count * sizeof(*more));
        *names = more;
    }
    (*names)[(*count)++] = arena_copy(arena, str_of(name)).data;
}

bool files_list(const char *path, struct arena *arena, const char *const **names,
                size_t *count, struct err *err)
{
    const char **list = NULL;
    DIR *dir = opendir(path);

    *count = 0;
    if (!dir)
        return err_set(err, ERR_IO, "%s cannot be read: %s", path, strerror(errno));
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            name_add(arena, &list, count, entry->d_name);
    closedir(dir);
    if (*count)
        qsort(list, *count, sizeof(*list), name_order);
    *names = list;
    return true;
}
