#include "log/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "log/frame.h"

#define FORMAT_FILE    "format"
#define FORMAT_NEW     "format.new"
#define LOCK_FILE      "lock"
#define SEGMENT_NEW    "segment.new"
#define SEGMENT_DIGITS 12

bool store_failed(const struct store *s, const char *name, const char *what,
                  struct err *err)
{
    int why = errno;

    return err_set(err, why == ENOSPC || why == EDQUOT ? ERR_FULL : ERR_IO,
                   "%s%s%s: %s: %s", s->path, name[0] ? "/" : "", name, what,
                   strerror(why));
}

/* ---- the folder ------------------------------------------------------------------ */

/* Makes one folder and has its parent remember it. */
static bool folder_make(const char *path)
{
    if (mkdir(path, 0750) != 0)
        return errno == EEXIST;
    char *parent = must_alloc(strlen(path) + 4);
    snprintf(parent, strlen(path) + 4, "%s/..", path);
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(parent);
    bool is_done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return is_done;
}

static bool folder_make_all(const char *path)
{
    char *part = must_alloc(strlen(path) + 1);
    bool is_done = true;

    for (size_t i = 0; is_done && path[i]; i++) {
        part[i] = path[i];
        if (path[i + 1] == 0 || (path[i + 1] == '/' && i > 0))
            is_done = folder_make(part);
    }
    free(part);
    return is_done;
}

/* What may lie in a folder before it is a log: what a file system puts into its root,
 * and our own beginnings when we were interrupted. */
static bool folder_name_is_harmless(const char *name)
{
    static const char *const names[] = {".", "..", "lost+found", LOCK_FILE, FORMAT_NEW};

    for (size_t i = 0; i < LEN(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static DIR *folder_list(const struct store *s, struct err *err)
{
    int fd = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd >= 0 ? fdopendir(fd) : NULL;

    if (list)
        return list;
    store_failed(s, "", "cannot be listed", err);
    if (fd >= 0)
        close(fd);
    return NULL;
}

static bool folder_is_ours_to_take(const struct store *s, struct err *err)
{
    DIR *list = folder_list(s, err);
    char found[256] = "";

    if (!list)
        return false;
    for (struct dirent *e; (e = readdir(list)) && !found[0];)
        if (!folder_name_is_harmless(e->d_name))
            snprintf(found, sizeof(found), "%s", e->d_name);
    closedir(list);
    return !found[0] ||
           err_set(
               err, ERR_CORRUPT,
               "%s: the folder is not empty (%.100s) and holds no fermata log; name "
               "another one",
               s->path, found);
}

/* Somebody who only asks whether it is locked has the lock for a moment. */
enum { LOCK_TRIES = 10, LOCK_WAIT_MS = 5 };

static bool store_lock(struct store *s, struct err *err)
{
    s->lock = s->disk.openat(s->disk.ctx, s->folder, LOCK_FILE, O_RDWR | O_CREAT);
    if (s->lock < 0)
        return store_failed(s, LOCK_FILE, "cannot be opened for writing", err);
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(s->lock, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            break;
        nanosleep(&(struct timespec){0, LOCK_WAIT_MS * 1000000L}, NULL);
    }
    if (errno != EWOULDBLOCK)
        return store_failed(s, LOCK_FILE, "cannot be locked", err);
    return err_set(err, ERR_FENCED, "%s: another server uses this folder", s->path);
}

/* ---- the format file ------------------------------------------------------------- */

/* Cuts a line off; without its end. */
static struct str text_line(struct str *text)
{
    const char *end = text->len ? memchr(text->data, '\n', text->len) : NULL;
    struct str line = {text->data, end ? (size_t)(end - text->data) : text->len};
    size_t cut = line.len + (end ? 1 : 0);

    *text = (struct str){text->data + cut, text->len - cut};
    return line;
}

static bool text_fact(struct str *text, struct str name, u64 *out)
{
    struct str line = text_line(text);

    if (!str_starts(line, name))
        return false;
    return str_to_u64((struct str){line.data + name.len, line.len - name.len}, out);
}

static bool segment_size_is_sound(u64 size)
{
    return size >= FRAME_BLOCK && size % FRAME_BLOCK == 0 && size <= INT64_MAX;
}

static bool format_parse(struct store *s, struct str text, struct err *err)
{
    u64 format;

    if (!str_is(text_line(&text), "fermata log") ||
        !text_fact(&text, STR("format "), &format))
        return err_set(err, ERR_CORRUPT, "%s/" FORMAT_FILE ": this is no fermata log",
                       s->path);
    if (format > FRAME_FORMAT)
        return err_set(err, ERR_CORRUPT,
                       "%s: written in log format %llu by a newer fermata; this one "
                       "knows formats up to %d",
                       s->path, (unsigned long long)format, FRAME_FORMAT);
    if (format == 0 || !text_fact(&text, STR("id "), &s->id) ||
        !text_fact(&text, STR("segment "), &s->segment) ||
        !segment_size_is_sound(s->segment))
        return err_set(err, ERR_CORRUPT,
                       "%s/" FORMAT_FILE ": damaged; restore it from a backup of the "
                       "folder",
                       s->path);
    return true;
}

/* False with ERR_NONE: there is none. */
static bool format_read(struct store *s, struct err *err)
{
    char text[256];
    int fd = s->disk.openat(s->disk.ctx, s->folder, FORMAT_FILE, O_RDONLY);

    *err = (struct err){0};
    if (fd < 0)
        return errno != ENOENT && store_failed(s, FORMAT_FILE, "cannot be opened", err);
    ssize_t len = s->disk.pread(s->disk.ctx, fd, text, sizeof(text), 0);
    bool is_read = len >= 0 ? format_parse(s, (struct str){text, (size_t)len}, err)
                            : store_failed(s, FORMAT_FILE, "cannot be read", err);
    close(fd);
    return is_read;
}

static bool format_write(struct store *s, u64 segment, struct err *err)
{
    char text[128];

    if (!segment_size_is_sound(segment))
        return err_set(err, ERR_LIMIT,
                       "%s: a segment of %llu bytes is not possible; it must be a "
                       "multiple of %d",
                       s->path, (unsigned long long)segment, FRAME_BLOCK);
    s->segment = segment;
    snprintf(text, sizeof(text), "fermata log\nformat %d\nid %llu\nsegment %llu\n",
             FRAME_FORMAT, (unsigned long long)s->id, (unsigned long long)segment);
    int fd =
        s->disk.openat(s->disk.ctx, s->folder, FORMAT_NEW, O_RDWR | O_CREAT | O_TRUNC);
    if (fd < 0)
        return store_failed(s, FORMAT_NEW, "cannot be made", err);
    bool is_done = store_write(s, fd, FORMAT_NEW, str_of(text), 0, err) &&
                   store_sync(s, fd, FORMAT_NEW, err);
    close(fd);
    return is_done && store_rename(s, FORMAT_NEW, FORMAT_FILE, err);
}

static bool store_name(struct store *s, struct err *err)
{
    return getrandom(&s->id, sizeof(s->id), 0) == (ssize_t)sizeof(s->id) ||
           store_failed(s, "", "no random id for the log", err);
}

/* The order matters: nothing is made in a folder before it is known to be ours, and
 * only who holds the lock may take an empty one. */
static bool store_take(struct store *s, u64 segment, struct err *err)
{
    bool is_log = format_read(s, err);

    if (!is_log && (err->code || !folder_is_ours_to_take(s, err)))
        return false;
    if (!store_lock(s, err))
        return false;
    if (is_log || format_read(s, err))
        return true;
    return !err->code && store_name(s, err) && format_write(s, segment, err);
}

bool store_open(struct store *s, const char *path, const struct disk *disk, u64 segment,
                struct err *err)
{
    *s = (struct store){.disk = *disk, .path = strdup(path), .folder = -1, .lock = -1};
    must(s->path);
    if (!folder_make_all(path))
        store_failed(s, "", "the folder cannot be made", err);
    else if ((s->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        store_failed(s, "", "the folder cannot be opened", err);
    else if (store_take(s, segment, err))
        return true;
    store_close(s);
    return false;
}

static bool store_look_in(struct store *s, struct err *err)
{
    s->folder = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->folder < 0)
        return store_failed(s, "", "the folder cannot be opened", err);
    return format_read(s, err) ||
           (err->code ? false
                      : err_set(err, ERR_CORRUPT, "%s: holds no fermata log", s->path));
}

bool store_look(struct store *s, const char *path, struct err *err)
{
    *s = (struct store){
        .disk = disk_real, .path = strdup(path), .folder = -1, .lock = -1};
    must(s->path);
    if (store_look_in(s, err))
        return true;
    store_close(s);
    return false;
}

bool store_is_locked(const struct store *s)
{
    int fd = openat(s->folder, LOCK_FILE, O_RDONLY | O_CLOEXEC);
    bool is_locked = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;

    if (fd >= 0)
        close(fd);
    return is_locked;
}

bool store_copy_open(const struct store *from, struct store *out, const char *path,
                     struct err *err)
{
    *out = (struct store){
        .disk = from->disk, .path = strdup(path), .folder = -1, .lock = -1};
    must(out->path);
    out->id = from->id;
    if (mkdir(path, 0750) != 0)
        store_failed(out, "", "the folder cannot be made", err);
    else if ((out->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        store_failed(out, "", "the folder cannot be opened", err);
    else if (format_write(out, from->segment, err))
        return true;
    store_close(out);
    return false;
}

bool store_share(const struct store *s, struct store *out, struct err *err)
{
    *out = *s;
    out->lock = -1;
    out->folder = fcntl(s->folder, F_DUPFD_CLOEXEC, 0);
    if (out->folder < 0)
        return store_failed(s, "", "the folder cannot be opened once more", err);
    out->path = strdup(s->path);
    must(out->path);
    return true;
}

void store_close(struct store *s)
{
    if (s->lock >= 0)
        close(s->lock);
    if (s->folder >= 0)
        close(s->folder);
    free(s->path);
    s->path = NULL;
    s->folder = s->lock = -1;
}

/* ---- segments -------------------------------------------------------------------- */

struct segment_name segment_name(u64 sequence)
{
    struct segment_name name;

    snprintf(name.text, sizeof(name.text), "%0*llu.log", SEGMENT_DIGITS,
             (unsigned long long)sequence % 1000000000000u);
    return name;
}

static bool segment_parse(const char *name, u64 *out)
{
    struct str s = str_of(name);

    if (s.len != SEGMENT_DIGITS + 4 || !str_ends(s, STR(".log")))
        return false;
    return str_to_u64((struct str){s.data, SEGMENT_DIGITS}, out) && *out > 0;
}

static int segment_order(const void *a, const void *b)
{
    u64 x, y;

    memcpy(&x, a, sizeof(x));
    memcpy(&y, b, sizeof(y));
    return (x > y) - (x < y);
}

bool store_list(const struct store *s, u64 **out, size_t *count, struct err *err)
{
    DIR *list = folder_list(s, err);
    size_t size = 0;
    u64 sequence;

    *out = NULL;
    *count = 0;
    if (!list)
        return false;
    for (struct dirent *e; (e = readdir(list));) {
        if (!segment_parse(e->d_name, &sequence))
            continue;
        if (*count == size) {
            size = size ? size * 2 : 16;
            *out = must_realloc(*out, size * sizeof(**out));
        }
        (*out)[(*count)++] = sequence;
    }
    closedir(list);
    if (*count)
        qsort(*out, *count, sizeof(**out), segment_order);
    return true;
}

/* Segments are made under another name and have their whole size from then on. So a
 * crash never leaves a shorter one, but a copy that was cut off does. */
static bool segment_has_size(const struct store *s, int fd, const char *name,
                             struct err *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return store_failed(s, name, "cannot be examined", err);
    if ((u64)st.st_size == s->segment)
        return true;
    return err_set(
        err, ERR_CORRUPT,
        "%s/%s: has %lld bytes where each segment has %llu, so a part of the "
        "log is missing; restore the folder from a backup, or move it away "
        "and start with an empty one",
        s->path, name, (long long)st.st_size, (unsigned long long)s->segment);
}

int store_open_segment(const struct store *s, u64 sequence, int flags, struct err *err)
{
    struct segment_name name = segment_name(sequence);
    int fd = s->disk.openat(s->disk.ctx, s->folder, name.text, flags);

    *err = (struct err){0};
    if (fd < 0) {
        if (errno != ENOENT)
            store_failed(s, name.text, "cannot be opened", err);
        return -1;
    }
    if (segment_has_size(s, fd, name.text, err))
        return fd;
    close(fd);
    return -1;
}

bool store_has_segment(const struct store *s, u64 sequence)
{
    return faccessat(s->folder, segment_name(sequence).text, F_OK, 0) == 0;
}

bool store_sync(const struct store *s, int fd, const char *name, struct err *err)
{
    return s->disk.fdatasync(s->disk.ctx, fd) == 0 ||
           store_failed(s, name, "cannot be made durable", err);
}

bool store_rename(const struct store *s, const char *from, const char *to,
                  struct err *err)
{
    if (s->disk.renameat(s->disk.ctx, s->folder, from, to) != 0)
        return store_failed(s, from, "cannot be renamed", err);
    return store_sync(s, s->folder, "", err);
}

bool store_unlink(const struct store *s, const char *name, struct err *err)
{
    if (s->disk.unlinkat(s->disk.ctx, s->folder, name) != 0)
        return store_failed(s, name, "cannot be removed", err);
    return store_sync(s, s->folder, "", err);
}

/* A disk that gets full takes a part first. */
bool store_write(const struct store *s, int fd, const char *name, struct str bytes,
                 u64 at, struct err *err)
{
    while (bytes.len > 0) {
        ssize_t put = s->disk.pwrite(s->disk.ctx, fd, bytes.data, bytes.len, (off_t)at);
        if (put < 0)
            return store_failed(s, name, "cannot be written", err);
        if (put == 0)
            return err_set(err, ERR_IO,
                           "%s/%s: nothing of %zu bytes could be written at byte %llu",
                           s->path, name, bytes.len, (unsigned long long)at);
        bytes = (struct str){bytes.data + put, bytes.len - (size_t)put};
        at += (u64)put;
    }
    return true;
}

/* What is filled at once: so little that a frame that comes meanwhile hardly waits, and
 * about as much as the largest batch, since one slice is filled for each. */
static size_t store_slice(const struct store *s)
{
    u64 slice = s->segment / 16, most = (u64)1 << 20;

    if (slice > most)
        slice = most;
    return (size_t)(slice < FRAME_BLOCK ? FRAME_BLOCK : slice);
}

/* Zeros are written, not only reserved: a file system would turn reserved blocks into
 * written ones at each sync, at the price of a journal commit. */
static bool store_zeros(const struct store *s, int fd, const char *name, u64 *at,
                        struct err *err)
{
    u64 left = s->segment - *at;
    size_t len = left < store_slice(s) ? (size_t)left : store_slice(s);
    char *zeros = must_alloc(len);
    bool is_done = store_write(s, fd, name, (struct str){zeros, len}, *at, err) &&
                   store_sync(s, fd, name, err);

    free(zeros);
    *at += len;
    return is_done;
}

static bool store_fill_slice(const struct store *s, u64 *filled, struct err *err)
{
    int flags = O_RDWR | (*filled ? 0 : O_CREAT | O_TRUNC);
    int fd = s->disk.openat(s->disk.ctx, s->folder, SEGMENT_NEW, flags);

    if (fd < 0)
        return store_failed(s, SEGMENT_NEW, "cannot be made", err);
    bool is_done = store_zeros(s, fd, SEGMENT_NEW, filled, err);
    close(fd);
    return is_done;
}

/* Its last block gives the file its size, with a hole before it. */
static bool store_stretch(const struct store *s, struct err *err)
{
    static const char zeros[FRAME_BLOCK];
    int fd = s->disk.openat(s->disk.ctx, s->folder, SEGMENT_NEW, O_RDWR);

    if (fd < 0)
        return store_failed(s, SEGMENT_NEW, "cannot be opened", err);
    bool is_done = store_write(s, fd, SEGMENT_NEW, (struct str){zeros, sizeof(zeros)},
                               s->segment - sizeof(zeros), err) &&
                   store_sync(s, fd, SEGMENT_NEW, err);
    close(fd);
    return is_done;
}

/* Gives `segment.new` its number, or takes it away when it could not be filled: on a
 * full disk, others shall have the room. If it stays, it is used next time. */
static bool store_fill_end(const struct store *s, bool is_filled, u64 *filled,
                           u64 sequence, struct err *err)
{
    *filled = 0;
    if (is_filled)
        return store_rename(s, SEGMENT_NEW, segment_name(sequence).text, err);
    s->disk.unlinkat(s->disk.ctx, s->folder, SEGMENT_NEW);
    return false;
}

bool store_fill(const struct store *s, u64 *filled, u64 sequence, struct err *err)
{
    bool is_done = store_fill_slice(s, filled, err);

    if (is_done && *filled < s->segment)
        return true;
    return store_fill_end(s, is_done, filled, sequence, err);
}

bool store_fill_less(const struct store *s, u64 *filled, u64 sequence, struct err *err)
{
    bool is_done = (*filled > 0 || store_fill_slice(s, filled, err)) &&
                   (*filled == s->segment || store_stretch(s, err));

    return store_fill_end(s, is_done, filled, sequence, err);
}

u64 store_hole(const struct store *s, int fd, u64 at)
{
    off_t hole = s->disk.hole(s->disk.ctx, fd, (off_t)at);

    return hole < (off_t)at ? s->segment : (u64)hole;
}

bool store_fill_hole(const struct store *s, int fd, const char *name, u64 *hole,
                     struct err *err)
{
    return store_zeros(s, fd, name, hole, err);
}
