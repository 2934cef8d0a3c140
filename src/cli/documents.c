#include "cli/documents.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/data.h"

#define MEMORY_MAX ((size_t)256 << 20)
#define MAGIC      "fermata document 1\n"

/* In memory: the file as it would be. */
struct held {
    char name[65];
    size_t len;
    struct held *next;
    char bytes[];
};

struct documents {
    struct api_documents port;
    char *folder; /* owned; NULL: in memory */
    struct held *held;
    size_t held_bytes;
    u8 secret[32]; /* what links are signed with */
};

/* ---- hashes ------------------------------------------------------------------------
 */

static void hex_write(const u8 *bytes, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void sha256_hex(struct str s, char out[65])
{
    u8 digest[32];
    unsigned len = sizeof(digest);

    must(EVP_Digest(s.data ? s.data : "", s.len, digest, &len, EVP_sha256(), NULL));
    hex_write(digest, sizeof(digest), out);
}

static void documents_sign(void *ctx, struct str text, char out[65])
{
    struct documents *d = ctx;
    u8 digest[32];
    unsigned len = sizeof(digest);

    must(HMAC(EVP_sha256(), d->secret, sizeof(d->secret), (const u8 *)text.data,
              text.len, digest, &len));
    hex_write(digest, sizeof(digest), out);
}

/* A random UUID (RFC 9562, version 4). */
static struct str id_new(struct arena *arena)
{
    char hex[33];
    u8 r[16];

    must(getentropy(r, sizeof(r)) == 0);
    r[6] = (u8)((r[6] & 0x0f) | 0x40);
    r[8] = (u8)((r[8] & 0x3f) | 0x80);
    hex_write(r, sizeof(r), hex);
    return arena_print(arena, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
                       hex + 16, hex + 20);
}

/* ---- the file: a line, three lengths and the hash, then id, meta, content ----------
 */

#define HEAD_LEN 256

static void file_head(const struct api_document *d, char head[HEAD_LEN])
{
    memset(head, ' ', HEAD_LEN);
    int len = snprintf(head, HEAD_LEN, MAGIC "%zu %zu %zu %s", d->id.len, d->meta.len,
                       d->content.len, d->hash);
    must(len > 0 && len < HEAD_LEN - 1);
    head[len] = ' ';
    head[HEAD_LEN - 1] = '\n';
}

/* Checked: bytes that have changed since are not given out. */
static bool file_read(struct str file, struct api_document *d, struct err *err)
{
    size_t id, meta, content;
    char head[HEAD_LEN + 1], hash[65], now[65];

    if (file.len < HEAD_LEN || memcmp(file.data, MAGIC, sizeof(MAGIC) - 1) != 0)
        return err_set(err, ERR_CORRUPT, "the file of the document is damaged");
    memcpy(head, file.data, HEAD_LEN);
    head[HEAD_LEN] = '\0';
    if (sscanf(head + sizeof(MAGIC) - 1, "%zu %zu %zu %64s", &id, &meta, &content,
               hash) != 4 ||
        id > file.len || meta > file.len || content > file.len ||
        HEAD_LEN + id + meta + content != file.len)
        return err_set(err, ERR_CORRUPT, "the file of the document is damaged");
    const char *at = file.data + HEAD_LEN;
    d->id = (struct str){at, id};
    d->meta = (struct str){at + id, meta};
    d->content = (struct str){at + id + meta, content};
    sha256_hex(d->content, now);
    if (strcmp(now, hash) != 0)
        return err_set(err, ERR_CORRUPT,
                       "the content of the document is not what was stored");
    memcpy(d->hash, hash, sizeof(d->hash));
    return true;
}

/* ---- in memory ----------------------------------------------------------------------
 */

static struct held **held_find(struct documents *d, const char *name)
{
    struct held **place = &d->held;

    while (*place && strcmp((*place)->name, name) != 0)
        place = &(*place)->next;
    return place;
}

static enum api_kept memory_put(struct documents *d, const char *name,
                                const struct api_document *doc, struct err *err)
{
    size_t len = HEAD_LEN + doc->id.len + doc->meta.len + doc->content.len;

    if (*held_find(d, name))
        return KEPT_ALREADY;
    if (len > MEMORY_MAX - d->held_bytes) {
        err_set(err, ERR_LIMIT, "documents in memory are limited to %zu MiB",
                MEMORY_MAX >> 20);
        return KEPT_FAILED;
    }
    struct held *h = must_alloc(sizeof(*h) + len);
    snprintf(h->name, sizeof(h->name), "%s", name);
    h->len = len;
    file_head(doc, h->bytes);
    char *to = h->bytes + HEAD_LEN;
    const struct str pieces[] = {doc->id, doc->meta, doc->content};
    for (size_t i = 0; i < LEN(pieces); i++) {
        if (pieces[i].len)
            memcpy(to, pieces[i].data, pieces[i].len);
        to += pieces[i].len;
    }
    h->next = d->held;
    d->held = h;
    d->held_bytes += len;
    return KEPT;
}

static enum api_kept memory_del(struct documents *d, const char *name)
{
    struct held **place = held_find(d, name), *h = *place;

    if (!h)
        return KEPT_NOT_THERE;
    *place = h->next;
    d->held_bytes -= h->len;
    free(h);
    return KEPT;
}

/* ---- in files -----------------------------------------------------------------------
 */

static enum api_kept failed(struct err *err, const char *what, const char *path)
{
    err_set(err, ERR_IO, "%s %s: %s", path, what, strerror(errno));
    return KEPT_FAILED;
}

static bool write_all(int fd, struct str s)
{
    while (s.len) {
        ssize_t len = write(fd, s.data, s.len);
        if (len < 0 && errno == EINTR)
            continue;
        if (len <= 0)
            return false;
        s = (struct str){s.data + len, s.len - (size_t)len};
    }
    return true;
}

static bool file_write(const char *path, const struct api_document *doc)
{
    char head[HEAD_LEN];
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return false;
    file_head(doc, head);
    bool is_good = write_all(fd, (struct str){head, HEAD_LEN}) &&
                   write_all(fd, doc->id) && write_all(fd, doc->meta) &&
                   write_all(fd, doc->content) && fsync(fd) == 0;
    return close(fd) == 0 && is_good;
}

/* link() refuses a name that is there, rename() would not. */
static enum api_kept files_put(struct documents *d, const char *name,
                               const struct api_document *doc, struct err *err)
{
    char path[4096], temporary[4096];

    snprintf(path, sizeof(path), "%s/%s", d->folder, name);
    snprintf(temporary, sizeof(temporary), "%s/.new", d->folder);
    if (access(path, F_OK) == 0)
        return KEPT_ALREADY;
    if (!file_write(temporary, doc)) {
        enum api_kept kept = failed(err, "cannot be written", temporary);
        unlink(temporary);
        return kept;
    }
    bool is_there = link(temporary, path) == 0;
    int why = errno;
    unlink(temporary);
    errno = why;
    if (!is_there)
        return errno == EEXIST ? KEPT_ALREADY : failed(err, "cannot be named", path);
    return data_sync(d->folder) ? KEPT : failed(err, "cannot be synced", d->folder);
}

static enum api_kept files_get(struct documents *d, const char *name,
                               struct arena *arena, struct str *out, struct err *err)
{
    char path[4096];
    struct stat st;

    snprintf(path, sizeof(path), "%s/%s", d->folder, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? KEPT_NOT_THERE : failed(err, "cannot be read", path);
    bool is_good = fstat(fd, &st) == 0;
    char *data = is_good ? arena_try(arena, (size_t)st.st_size + 1) : NULL;
    size_t len = 0;
    for (ssize_t n = 1; data && n > 0 && len < (size_t)st.st_size; len += (size_t)n)
        n = read(fd, data + len, (size_t)st.st_size - len);
    close(fd);
    if (!data || len != (size_t)st.st_size)
        return failed(err, "cannot be read", path);
    *out = (struct str){data, len};
    return KEPT;
}

static enum api_kept files_del(struct documents *d, const char *name, struct err *err)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/%s", d->folder, name);
    if (unlink(path) != 0)
        return errno == ENOENT ? KEPT_NOT_THERE
                               : failed(err, "cannot be deleted", path);
    return data_sync(d->folder) ? KEPT : failed(err, "cannot be synced", d->folder);
}

/* ---- the port -----------------------------------------------------------------------
 */

static enum api_kept documents_put(void *ctx, struct api_document *doc,
                                   struct arena *arena, struct err *err)
{
    struct documents *d = ctx;
    char name[65];

    if (doc->id.len == 0)
        doc->id = id_new(arena);
    sha256_hex(doc->id, name);
    sha256_hex(doc->content, doc->hash);
    return d->folder ? files_put(d, name, doc, err) : memory_put(d, name, doc, err);
}

static enum api_kept documents_get(void *ctx, struct api_document *doc,
                                   struct arena *arena, struct err *err)
{
    struct documents *d = ctx;
    struct str file = {0};
    char name[65];

    sha256_hex(doc->id, name);
    if (d->folder) {
        enum api_kept kept = files_get(d, name, arena, &file, err);
        if (kept != KEPT)
            return kept;
    } else {
        const struct held *h = *held_find(d, name);
        if (!h)
            return KEPT_NOT_THERE;
        file = arena_copy(arena, (struct str){h->bytes, h->len});
    }
    return file_read(file, doc, err) ? KEPT : KEPT_FAILED;
}

static enum api_kept documents_del(void *ctx, struct str id, struct err *err)
{
    struct documents *d = ctx;
    char name[65];

    sha256_hex(id, name);
    return d->folder ? files_del(d, name, err) : memory_del(d, name);
}

/* ---- opening ------------------------------------------------------------------------
 */

static bool secret_read(struct documents *d, int fd, const char *path, struct err *err)
{
    bool is_good = read(fd, d->secret, sizeof(d->secret)) == sizeof(d->secret);

    close(fd);
    return is_good || err_set(err, ERR_CORRUPT, "%s is damaged; delete it", path);
}

/* Beside its place first, so that it is there whole or not at all. */
static bool secret_write(struct documents *d, const char *path, struct err *err)
{
    char beside[4104];

    snprintf(beside, sizeof(beside), "%s.new", path);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool is_good = fd >= 0 &&
                   write_all(fd, (struct str){(char *)d->secret, sizeof(d->secret)}) &&
                   fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return (is_good && rename(beside, path) == 0 && data_sync(d->folder)) ||
           err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
}

/* The secret is kept with them, so that links outlive a restart. */
static bool secret_open(struct documents *d, struct err *err)
{
    char path[4096];

    must(getentropy(d->secret, sizeof(d->secret)) == 0);
    if (!d->folder)
        return true;
    snprintf(path, sizeof(path), "%s/.secret", d->folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return fd >= 0 ? secret_read(d, fd, path, err) : secret_write(d, path, err);
}

struct documents *documents_open(const char *folder, struct err *err)
{
    struct documents *d = must_alloc(sizeof(*d));

    d->port = (struct api_documents){d, documents_put, documents_get, documents_del,
                                     documents_sign};
    if (folder) {
        size_t size = strlen(folder) + sizeof("/documents");
        d->folder = must_alloc(size);
        snprintf(d->folder, size, "%s/documents", folder);
        if (mkdir(d->folder, 0700) != 0 && errno != EEXIST) {
            err_set(err, ERR_IO, "%s: %s", d->folder, strerror(errno));
            documents_close(d);
            return NULL;
        }
    }
    if (secret_open(d, err))
        return d;
    documents_close(d);
    return NULL;
}

void documents_close(struct documents *d)
{
    if (!d)
        return;
    for (struct held *h = d->held, *next; h; h = next) {
        next = h->next;
        free(h);
    }
    free(d->folder);
    free(d);
}

const struct api_documents *documents_port(struct documents *d)
{
    return &d->port;
}
