#include "cli/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/files.h"

#define FORMAT 1

enum { SHA_BYTES = 32, SHA_TEXT = 2 * SHA_BYTES + 1, MANIFEST_MOST = 16 << 20 };

/* ---- one file -------------------------------------------------------------------- */

static bool sha_feed(EVP_MD_CTX *sha, int fd, u64 *size)
{
    static char bytes[1 << 16];
    ssize_t got;

    *size = 0;
    while ((got = read(fd, bytes, sizeof(bytes))) > 0) {
        EVP_DigestUpdate(sha, bytes, (size_t)got);
        *size += (u64)got;
    }
    return got == 0;
}

static bool file_sha(const char *path, char text[SHA_TEXT], u64 *size, struct err *err)
{
    u8 sum[SHA_BYTES];
    EVP_MD_CTX *sha = EVP_MD_CTX_new();
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    must(sha);
    must(EVP_DigestInit_ex(sha, EVP_sha256(), NULL));
    bool is_good = fd >= 0 && sha_feed(sha, fd, size);
    if (!is_good)
        err_set(err, ERR_IO, "%s cannot be read: %s", path, strerror(errno));
    must(EVP_DigestFinal_ex(sha, sum, NULL));
    EVP_MD_CTX_free(sha);
    if (fd >= 0)
        close(fd);
    for (size_t i = 0; i < SHA_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", sum[i]);
    return is_good;
}

/* ---- writing --------------------------------------------------------------------- */

static bool file_put(FILE *to, const char *folder, const char *name, struct err *err)
{
    char path[4096], sha[SHA_TEXT];
    u64 size;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (!file_sha(path, sha, &size, err))
        return false;
    fprintf(to, "file %s %llu %s\n", name, (unsigned long long)size, sha);
    return true;
}

static bool folder_put(FILE *to, const char *folder, const char *below,
                       struct arena *arena, struct err *err)
{
    const char *const *names;
    char path[4096], name[512];
    size_t count;

    snprintf(path, sizeof(path), "%s/%s", folder, below);
    if (!files_list(path, arena, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof(name), "%s/%s", below, names[i]);
        if (!file_put(to, folder, name, err))
            return false;
    }
    return true;
}

static bool part_put(FILE *to, const char *folder, u32 number, struct arena *arena,
                     struct err *err)
{
    char below[32];

    snprintf(below, sizeof(below), "partition-%u", number);
    return folder_put(to, folder, below, arena, err);
}

/* Documents are there if the server has ever had a door for them. */
static bool documents_put(FILE *to, const char *folder, struct arena *arena,
                          struct err *err)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/" DOCUMENTS, folder);
    return !files_is_folder(path) || (folder_put(to, folder, DOCUMENTS, arena, err) &&
                                      file_put(to, folder, DOCUMENTS_SECRET, err));
}

static void head_put(FILE *to, u32 partitions, const struct manifest_part *parts)
{
    time_t now = time(NULL);
    struct tm utc;
    char when[40];

    gmtime_r(&now, &utc);
    strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &utc);
    fprintf(to, "fermata backup, format %d, partitions %u\n", FORMAT, partitions);
    fprintf(to, "made %s by " VERSION "\n", when);
    for (u32 i = 0; i < partitions; i++)
        fprintf(to, "partition %u first %llu next %llu state %016llx\n", i + 1,
                (unsigned long long)parts[i].first, (unsigned long long)parts[i].next,
                (unsigned long long)parts[i].state);
}

static bool manifest_fill(FILE *to, const char *folder, u32 partitions,
                          const struct manifest_part *parts, struct err *err)
{
    struct arena arena;
    bool is_good = true;

    arena_init(&arena, 1 << 16, MANIFEST_MOST, NULL);
    head_put(to, partitions, parts);
    for (u32 i = 1; is_good && i <= partitions; i++)
        is_good = part_put(to, folder, i, &arena, err);
    is_good = is_good && documents_put(to, folder, &arena, err);
    arena_free(&arena);
    if (!is_good)
        return false;
    fprintf(to, "end\n");
    return (fflush(to) == 0 && fsync(fileno(to)) == 0 && !ferror(to)) ||
           err_set(err, ERR_IO, "%s/" MANIFEST " cannot be written: %s", folder,
                   strerror(errno));
}

bool manifest_write(const char *folder, u32 partitions,
                    const struct manifest_part *parts, struct err *err)
{
    char path[4096], beside[4096];

    snprintf(path, sizeof(path), "%s/" MANIFEST, folder);
    snprintf(beside, sizeof(beside), "%s/" MANIFEST ".new", folder);
    FILE *to = fopen(beside, "w");
    if (!to)
        return err_set(err, ERR_IO, "%s cannot be made: %s", beside, strerror(errno));
    bool is_good = manifest_fill(to, folder, partitions, parts, err);
    fclose(to);
    if (!is_good)
        return false;
    return (rename(beside, path) == 0 && data_sync(folder)) ||
           err_set(err, ERR_IO, "%s cannot be written: %s", path, strerror(errno));
}

/* ---- reading --------------------------------------------------------------------- */

static FILE *manifest_open(const char *folder, u32 *partitions)
{
    char path[4096];
    unsigned format;

    snprintf(path, sizeof(path), "%s/" MANIFEST, folder);
    FILE *from = fopen(path, "r");
    if (from &&
        fscanf(from, "fermata backup, format %u, partitions %u\n", &format,
               partitions) == 2 &&
        format == FORMAT && *partitions > 0 && *partitions <= PARTITIONS_MOST)
        return from;
    if (from)
        fclose(from);
    return NULL;
}

bool manifest_read(const char *folder, u32 *partitions)
{
    FILE *from = manifest_open(folder, partitions);

    if (from)
        fclose(from);
    return from != NULL;
}

static bool line_check(const char *folder, const char *line, struct err *err)
{
    char name[512], wanted[SHA_TEXT], path[4608], sha[SHA_TEXT];
    unsigned long long size;
    u64 there;

    if (sscanf(line, "file %511s %llu %64s", name, &size, wanted) != 3)
        return true;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (!file_sha(path, sha, &there, err))
        return false;
    if (there != size)
        return err_set(err, ERR_CORRUPT, "%s: has %llu bytes where the backup had %llu",
                       path, (unsigned long long)there, size);
    return strcmp(sha, wanted) == 0 ||
           err_set(err, ERR_CORRUPT,
                   "%s: is not as it was written: its SHA-256 is %s, and was %s", path,
                   sha, wanted);
}

/* `partition N first A next B state S`: the log must have what the backup says. */
static bool position_check(const struct folder *f, const char *line, struct err *err)
{
    unsigned long long first, next, state;
    unsigned number;

    if (sscanf(line, "partition %u first %llu next %llu state %llx", &number, &first,
               &next, &state) != 4)
        return true;
    const struct log *log =
        number > 0 && number <= f->count ? f->parts[number - 1].log : NULL;
    if (log && log->first == first && log->durable == next)
        return true;
    return err_set(err, ERR_CORRUPT,
                   "%s: partition %u has not the entries %llu to %llu that the backup "
                   "had",
                   f->path, number, first, next - 1);
}

bool manifest_check(const struct folder *f, struct err *err)
{
    bool is_good = true, is_ended = false;
    u32 partitions;
    FILE *from = manifest_open(f->path, &partitions);
    char line[1024];

    while (from && is_good && !is_ended && fgets(line, sizeof(line), from)) {
        is_good = line_check(f->path, line, err) && position_check(f, line, err);
        is_ended = strcmp(line, "end\n") == 0;
    }
    if (from)
        fclose(from);
    if (!is_good)
        return false;
    return is_ended ||
           err_set(err, ERR_CORRUPT,
                   "%s/" MANIFEST ": is cut off; the backup cannot be used", f->path);
}
