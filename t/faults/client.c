#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "t/faults/torture.h"

enum { ANSWER_MOST = 1 << 20, REQUEST_MOST = 1 << 15 };

void client_init(struct client *c, int port)
{
    *c = (struct client){.fd = -1, .port = port, .timeout_ms = 5000};
    c->answer = must_alloc(ANSWER_MOST + 1);
}

static void client_drop(struct client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
}

void client_close(struct client *c)
{
    client_drop(c);
    free(c->answer);
    c->answer = NULL;
}

static bool client_dial(struct client *c)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((u16)c->port)};
    int one = 1;

    if (c->fd >= 0)
        return true;
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
        client_drop(c);
        return false;
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return true;
}

static bool client_send(struct client *c, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(c->fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

/* The body alone stays in c->answer. */
static int client_receive(struct client *c)
{
    size_t used = 0, head = 0, length = 0;
    int status = 0;

    while (!head || used < head + length) {
        struct pollfd p = {.fd = c->fd, .events = POLLIN};
        if (used == ANSWER_MOST || poll(&p, 1, c->timeout_ms) <= 0)
            return 0;
        ssize_t got = recv(c->fd, c->answer + used, ANSWER_MOST - used, 0);
        if (got <= 0)
            return 0;
        used += (size_t)got;
        c->answer[used] = '\0';
        const char *end = head ? NULL : strstr(c->answer, "\r\n\r\n");
        if (!end)
            continue;
        head = (size_t)(end + 4 - c->answer);
        const char *says = strcasestr(c->answer, "content-length:");
        if (says && says < end)
            length = strtoul(says + 15, NULL, 10);
        if (sscanf(c->answer, "HTTP/1.1 %d", &status) != 1 ||
            head + length > ANSWER_MOST)
            return 0;
    }
    memmove(c->answer, c->answer + head, used - head + 1);
    return status;
}

static int client_ask(struct client *c, const char *method, const char *path,
                      const char *type, const char *body)
{
    char request[REQUEST_MOST];
    int status = 0;
    int len = snprintf(request, sizeof(request),
                       "%s %s HTTP/1.1\r\nHost: t\r\nContent-Type: %s\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       method, path, type, strlen(body), body);

    must(len > 0 && (size_t)len < sizeof(request));
    c->answer[0] = '\0';
    if (client_dial(c) && client_send(c, request, (size_t)len))
        status = client_receive(c);
    if (status == 0)
        client_drop(c);
    return status;
}

int client_call(struct client *c, const char *path, const char *type, const char *body)
{
    return client_ask(c, "POST", path, type, body);
}

int client_put(struct client *c, const char *path, const char *body)
{
    return client_ask(c, "PUT", path, "application/json", body);
}

int client_json(struct client *c, const char *path, const char *fmt, ...)
{
    char body[4096];
    va_list args;

    va_start(args, fmt);
    vsnprintf(body, sizeof(body), fmt, args);
    va_end(args);
    return client_call(c, path, "application/json", body);
}

int client_deploy(struct client *c, const char *model)
{
    char body[REQUEST_MOST - 1024];

    int len = snprintf(body, sizeof(body),
                       "--b\r\nContent-Disposition: form-data; name=\"resources\"; "
                       "filename=\"t.bpmn\"\r\n\r\n%s\r\n--b--\r\n",
                       model);
    must(len > 0 && (size_t)len < sizeof(body));
    return client_call(c, "/v2/deployments", "multipart/form-data; boundary=b", body);
}

u64 answer_key(const char **at, const char *name)
{
    char wanted[64];
    u64 key;

    snprintf(wanted, sizeof(wanted), "\"%s\":\"", name);
    const char *found = strstr(*at, wanted);
    if (!found)
        return 0;
    found += strlen(wanted);
    key = strtoull(found, NULL, 10);
    *at = found;
    return key;
}
