/* Any bytes behind the preface of HTTP/2, on a socket to the real door: frames, header
 * blocks, gRPC messages. Whatever they are, the loop goes on, each request that was
 * given out is answered or gone, and when the connection is over nothing is left. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/net.h"

int fuzz_one(const u8 *data, size_t size);

static struct {
    struct net *net;
    struct sockaddr_in at;
    i64 open; /* given out, and neither answered nor gone */
} door;

static void on_request(void *ctx, const struct net_request *r)
{
    must(r->door == NET_GRPC);
    must(r->path.len > 0);
    if (r->body.len % 3 == 2) { /* some wait for their end */
        door.open++;
        return;
    }
    if (r->body.len % 3 == 1)
        net_grpc_message(door.net, r->id, r->body);
    net_grpc_end(door.net, r->id, 0, STR(""));
}

static void on_gone(void *ctx, u64 request)
{
    door.open--;
}

static void door_open(void)
{
    static const struct net_handler handler = {.request = on_request, .gone = on_gone};
    struct net_options options = net_options_default;
    char bound[64];
    struct err err;
    i64 port;

    options.body_max = 100000;
    door.net = net_open(&options, &handler, &err);
    must(door.net);
    must(net_listen(door.net, NET_GRPC, "127.0.0.1:0", bound, &err));
    must(str_to_i64(str_of(strrchr(bound, ':') + 1), &port));
    door.at.sin_family = AF_INET;
    door.at.sin_port = htons((u16)port);
    must(inet_pton(AF_INET, "127.0.0.1", &door.at.sin_addr) == 1);
}

static void turns(int fd)
{
    char bytes[4096];

    for (int i = 0; i < 6; i++) {
        net_turn(door.net, 0);
        while (recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
            ;
    }
}

/* A reset at the end leaves no port behind, of which there are not so many. */
static void hang_up(int fd)
{
    struct linger at_once = {.l_onoff = 1};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    close(fd);
}

int fuzz_one(const u8 *data, size_t size)
{
    static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

    if (!door.net)
        door_open();
    must(fd >= 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    must(connect(fd, (struct sockaddr *)&door.at, sizeof(door.at)) == 0);
    if (send(fd, preface, sizeof(preface) - 1, MSG_NOSIGNAL) > 0) {
        turns(fd);
        for (size_t at = 0, part; at < size; at += part) {
            part = size - at < 60000 ? size - at : 60000;
            ssize_t sent = send(fd, data + at, part, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent <= 0)
                break;
            part = (size_t)sent;
            turns(fd);
        }
    }
    hang_up(fd);
    for (int i = 0; i < 10 && !net_is_idle(door.net); i++)
        net_turn(door.net, 1);
    must(net_is_idle(door.net));
    must(door.open == 0);
    return 0;
}
