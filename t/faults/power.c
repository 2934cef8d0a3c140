#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "t/faults/shim.h"
#include "t/faults/torture.h"

enum { PIECE = 512 };

struct noted {
    struct note note;
    char *bytes;   /* owned; of a write */
    bool survives; /* or is dropped, since it was synced */
};

struct cut {
    struct noted *notes; /* owned */
    size_t count, size;
    const char *journal, *folder;
    struct prng *prng;
    u32 keep;
    struct power done;
};

/* ---- reading the journal
 * ---------------------------------------------------------------- */

static bool note_is_name(const struct note *n)
{
    return n->kind == NOTE_CREATE || n->kind == NOTE_RENAME || n->kind == NOTE_UNLINK;
}

static void sync_take(struct cut *c, u64 inode)
{
    for (size_t i = 0; i < c->count; i++) {
        struct noted *n = &c->notes[i];
        if ((note_is_name(&n->note) ? n->note.folder : n->note.file) == inode)
            n->survives = true;
    }
}

/* Drops what needs not be undone, so that the list stays short. */
static void notes_compact(struct cut *c)
{
    size_t count = 0;

    for (size_t i = 0; i < c->count; i++) {
        if (c->notes[i].survives)
            free(c->notes[i].bytes);
        else
            c->notes[count++] = c->notes[i];
    }
    c->count = count;
}

static void note_take(struct cut *c, const struct note *n, FILE *f)
{
    if (c->count == c->size) {
        c->size = c->size ? c->size * 2 : 256;
        c->notes = must_realloc(c->notes, c->size * sizeof(*c->notes));
    }
    struct noted *to = &c->notes[c->count];
    *to = (struct noted){.note = *n};
    if (n->len) {
        to->bytes = must_alloc(n->len);
        if (fread(to->bytes, 1, n->len, f) != n->len) {
            free(to->bytes); /* cut off by the kill: the write did not begin */
            return;
        }
    }
    c->count++;
}

static void journal_read(struct cut *c)
{
    FILE *f = fopen(c->journal, "rb");
    struct note n;

    while (f && fread(&n, sizeof(n), 1, f) == 1) {
        if (n.kind != NOTE_SYNC) {
            note_take(c, &n, f);
            continue;
        }
        sync_take(c, n.file);
        notes_compact(c);
    }
    if (f)
        fclose(f);
}

/* ---- finding things by their inode
 * --------------------------------------------------------- */

static bool find_inode(const char *folder, u64 inode, char path[4096])
{
    DIR *list = opendir(folder);
    bool found = false;
    struct stat st;

    for (struct dirent *e; list && !found && (e = readdir(list));) {
        if (strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(path, 4096, "%s/%s", folder, e->d_name);
        if (lstat(path, &st) != 0)
            continue;
        found = (u64)st.st_ino == inode;
        if (!found && S_ISDIR(st.st_mode) && strcmp(e->d_name, ".") != 0) {
            char below[4096];
            snprintf(below, sizeof(below), "%s/%s", folder, e->d_name);
            found = find_inode(below, inode, path);
        }
    }
    if (list)
        closedir(list);
    return found;
}

/* ---- undoing
 * --------------------------------------------------------------------------- */

static bool survives(struct cut *c)
{
    return prng_below(c->prng, 100) < c->keep;
}

static void undo_write(struct cut *c, const struct noted *n)
{
    char path[4096];
    int fd = find_inode(c->folder, n->note.file, path) ? open(path, O_WRONLY) : -1;

    if (fd < 0)
        return;
    c->done.writes++;
    for (u32 at = 0; at < n->note.len; at += PIECE) {
        u32 len = n->note.len - at < PIECE ? n->note.len - at : PIECE;
        if (survives(c))
            continue;
        must(pwrite(fd, n->bytes + at, len, (off_t)(n->note.at + at)) == (ssize_t)len);
        c->done.pieces++;
    }
    close(fd);
}

static void undo_size(struct cut *c, const struct note *n)
{
    char path[4096];

    if (!survives(c) && find_inode(c->folder, n->file, path))
        must(truncate(path, (off_t)n->at) == 0);
}

static void undo_name(struct cut *c, const struct note *n)
{
    char folder[4096], name[4200], other[4200], kept[4200];

    if (!find_inode(c->folder, n->folder, folder))
        return;
    snprintf(name, sizeof(name), "%s/%s", folder, n->name);
    snprintf(other, sizeof(other), "%s/%s", folder, n->other);
    snprintf(kept, sizeof(kept), "%s-%s", c->journal, n->kept);
    c->done.names++;
    if (n->kind == NOTE_CREATE)
        unlink(name);
    else if (n->kind == NOTE_RENAME)
        rename(other, name);
    if (n->kept[0] && link(kept, n->kind == NOTE_RENAME ? other : name) != 0)
        c->done.names--; /* it was never taken away: killed before */
}

/* Of a folder's changes that were not synced the first few survive: they are made in
 * order. */
static size_t names_that_survive(struct cut *c)
{
    size_t count = 0;

    for (size_t i = 0; i < c->count; i++)
        count += note_is_name(&c->notes[i].note);
    return c->keep && count ? prng_below(c->prng, count + 1) : 0;
}

static void undo_all(struct cut *c)
{
    size_t most = names_that_survive(c), names = 0;

    for (size_t i = 0; i < c->count; i++)
        if (note_is_name(&c->notes[i].note))
            c->notes[i].survives = names++ < most;
    for (size_t i = c->count; i-- > 0;) {
        struct noted *n = &c->notes[i];
        if (n->note.kind == NOTE_WRITE)
            undo_write(c, n);
        else if (n->note.kind == NOTE_SIZE)
            undo_size(c, &n->note);
        else if (!n->survives)
            undo_name(c, &n->note);
        free(n->bytes);
    }
}

struct power power_cut(const char *journal, const char *folder, struct prng *p,
                       u32 keep)
{
    struct cut c = {.journal = journal, .folder = folder, .prng = p, .keep = keep};

    journal_read(&c);
    undo_all(&c);
    free(c.notes);
    return c.done;
}
