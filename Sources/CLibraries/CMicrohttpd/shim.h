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
static inline struct MHD_Daemon *httpd_start(const struct httpd_settings *settings) {
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, settings->socket, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)settings->connectionMemory, NULL},
        {MHD_OPTION_THREAD_POOL_SIZE, settings->threads, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, settings->connections, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, settings->idleSeconds, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)&httpd_keep_escapes, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)settings->completed, settings->context},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)settings->connected, settings->context},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, settings->answer, settings->context, MHD_OPTION_ARRAY, options,
        MHD_OPTION_END);
}

// The socket of a connection, -1 where there is none.
static inline int httpd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
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
