#pragma once
// What Swift cannot import of libmicrohttpd: its variadic calls.
#include <microhttpd.h>
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

// What a server is started with. The callbacks get `context`, which is lent until MHD_stop_daemon has returned.
struct httpd_settings {
    int socket;
    size_t connectionMemory;
    unsigned int threads;
    // A multiple of `threads`.
    unsigned int connections;
    unsigned int idleSeconds;
    void *context;
    void *(*began)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback answer;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connected;
};

// Leaves percent escapes as they came: libmicrohttpd would turn %00 into the end of the string.
static inline size_t httpd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

// Threads on one socket that listens already; a connection stays with the thread that took it. NULL where libmicrohttpd
// could not start. poll and not epoll: with epoll, libmicrohttpd 0.9.75 does not notice a client that sends half a request
// and closes, and keeps its place until it has been idle too long.
// With a certificate chain and its key, both PEM, it speaks TLS 1.2 or later.
static inline struct MHD_Daemon *httpd_start(const struct httpd_settings *settings, const char *chain, const char *key) {
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)chain},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, settings->socket, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)settings->connectionMemory, NULL},
        {MHD_OPTION_THREAD_POOL_SIZE, settings->threads, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, settings->connections, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, settings->idleSeconds, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)&httpd_keep_escapes, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)settings->began, settings->context},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)settings->completed, settings->context},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)settings->connected, settings->context},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (chain ? MHD_USE_TLS : 0), 0, NULL, NULL, settings->answer,
        settings->context, MHD_OPTION_ARRAY, options, MHD_OPTION_ARRAY, chain ? tls : none, MHD_OPTION_END);
}

// The socket of a connection, -1 where there is none.
static inline int httpd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

// Whether a connection is suspended still. Only its own thread may ask.
static inline int httpd_is_held(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_SUSPENDED);
    return info && info->suspended == MHD_YES;
}

// Past libmicrohttpd: these bytes, and that nothing follows them. What was sent of them, -1 where nothing could be.
static inline ssize_t httpd_send_last(int socket, const void *bytes, size_t count) {
    ssize_t sent = send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) shutdown(socket, SHUT_WR);
    return sent;
}

static inline int httpd_is_encrypted(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info != NULL && info->tls_session != NULL;
}

// What the callback for connections has put beside a connection.
static inline void *httpd_guest(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

// The numeric address of the client; 0 where it came over no network.
static inline int httpd_client(struct MHD_Connection *connection, char *text, size_t size) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    if (!address) return 0;
    if (address->sa_family == AF_INET)
        return inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, (socklen_t)size) != NULL;
    if (address->sa_family == AF_INET6)
        return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, (socklen_t)size) != NULL;
    return 0;
}

// The same as a number: all of an IPv4 address, the network's half of an IPv6 one. 0 where it came over no network.
static inline uint64_t httpd_client_network(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    uint64_t network = 0;
    if (!address) return 0;
    if (address->sa_family == AF_INET) return ((const struct sockaddr_in *)address)->sin_addr.s_addr | 1ULL << 32;
    if (address->sa_family != AF_INET6) return 0;
    const struct in6_addr *host = &((const struct sockaddr_in6 *)address)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(host)) return host->s6_addr32[3] | 1ULL << 32;
    memcpy(&network, host, sizeof network);
    // ::1 has a network of zeros.
    return network ? network : 1;
}
