#include "cli/http.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

#define HEAD_MAX 16384

void http_init(struct http *h, const char *address)
{
    const char *colon = strrchr(address, ':');

    must(colon);
    snprintf(h->host, sizeof(h->host), "%.*s", (int)(colon - address), address);
    snprintf(h->port, sizeof(h->port), "%s", colon + 1);
    h->fd = -1;
}

void http_close(struct http *h)
{
    if (h->fd >= 0)
        close(h->fd);
    h->fd = -1;
}

static bool connect_to(struct http *h, const struct addrinfo *a)
{
    const struct timeval limit = {.tv_sec = h->timeout_s};

    h->fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (h->fd < 0)
        return false;
    setsockopt(h->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(h->fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (connect(h->fd, a->ai_addr, a->ai_addrlen) == 0)
        return true;
    int why = errno;
    http_close(h);
    errno = why;
    return false;
}

/* Of several addresses, as localhost has, the first that is answered. */
static bool http_connect(struct http *h, struct err *err)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    int why = getaddrinfo(h->host, h->port, &hints, &found);

    if (why)
        return err_set(err, ERR_IO, "%s:%s: %s", h->host, h->port, gai_strerror(why));
    for (const struct addrinfo *a = found; a && h->fd < 0; a = a->ai_next)
        connect_to(h, a);
    why = errno;
    freeaddrinfo(found);
    return h->fd >= 0 ||
           err_set(err, ERR_IO, "%s:%s: %s", h->host, h->port, strerror(why));
}

static bool send_all(int fd, struct str s)
{
    while (s.len) {
        ssize_t sent = send(fd, s.data, s.len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        s = (struct str){s.data + sent, s.len - (size_t)sent};
    }
    return true;
}

/* Read on until there is a whole answer: our server always says the length. */
static bool read_answer(int fd, struct arena *arena, int *status, struct str *answer)
{
    char *head = arena_alloc(arena, HEAD_MAX + 1), *end = NULL;
    size_t used = 0, length = 0;

    while (!end) {
        ssize_t got = used < HEAD_MAX ? recv(fd, head + used, HEAD_MAX - used, 0) : 0;
        if (got <= 0)
            return false;
        used += (size_t)got;
        head[used] = '\0';
        end = strstr(head, "\r\n\r\n");
    }
    const char *says = strcasestr(head, "\r\ncontent-length:");
    if (sscanf(head, "HTTP/1.1 %d", status) != 1)
        return false;
    if (says && says < end)
        sscanf(says + 17, "%zu", &length);
    char *body = arena_alloc(arena, length + 1);
    size_t have = used - (size_t)(end + 4 - head);
    if (have > length)
        return false;
    memcpy(body, end + 4, have);
    while (have < length) {
        ssize_t got = recv(fd, body + have, length - have, 0);
        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    *answer = (struct str){body, length};
    return true;
}

bool http_call(struct http *h, const char *method, const char *path,
               struct str content_type, struct str body, struct arena *arena,
               int *status, struct str *answer, struct err *err)
{
    struct buf b;

    if (h->fd < 0 && !http_connect(h, err))
        return false;
    errno = 0;
    buf_init(&b, arena, body.len + 512);
    buf_print(&b,
              "%s %s HTTP/1.1\r\nHost: %s:%s\r\nContent-Type: %.*s\r\n"
              "Content-Length: %zu\r\n\r\n",
              method, path, h->host, h->port, ARG(content_type), body.len);
    buf_add(&b, body);
    if (send_all(h->fd, buf_str(&b)) && read_answer(h->fd, arena, status, answer))
        return true;
    http_close(h);
    return err_set(err, ERR_IO, "%s:%s: %s", h->host, h->port,
                   errno == EAGAIN ? "it did not answer in time"
                                   : "the connection broke before there was an answer");
}
