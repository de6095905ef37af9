import CMicrohttpd
import Glibc

/// libmicrohttpd's server on one socket. Its threads work on the reception that it was made with, which must outlive `stop`.
@safe struct HTTPDaemon: @unchecked Sendable {  // libmicrohttpd lets any thread stop it; `WebServer` sees to it that one does.
    private let pointer: OpaquePointer

    init(_ socket: consuming ListeningSocket, _ reception: Reception, _ server: ServerSettings) throws(WebFault) {
        let address = socket.address
        let limits = server.limits
        var settings = unsafe httpd_settings()
        unsafe settings.connectionMemory = max(limits.connectionMemory, 1024)
        unsafe settings.threads = UInt32(clamping: limits.threadsMade)
        unsafe settings.connections = UInt32(clamping: limits.connectionsTaken)
        unsafe settings.idleSeconds = UInt32(clamping: max(limits.idle.components.seconds, 1))
        unsafe settings.context = Unmanaged.passUnretained(reception).toOpaque()
        unsafe settings.began = requestBegan
        unsafe settings.answer = answerRequest
        unsafe settings.completed = requestCompleted
        unsafe settings.connected = connectionChanged
        unsafe settings.socket = socket.handOver()
        // libmicrohttpd does not say whether a failed start has closed the socket. It is left open: closing it twice would be worse.
        guard let certificate = server.certificate, address.family != AF_UNIX else {
            guard let pointer = unsafe httpd_start(&settings, nil, nil) else { throw WebFault("Serve HTTP on", address, errno: 0) }
            unsafe self.pointer = pointer
            return
        }
        guard let pointer = unsafe httpd_start(&settings, certificate.chain, certificate.key) else {
            throw WebFault(
                "Serve HTTPS on", address, errno: 0, remedy: "The certificate and its key do not belong together, or one is damaged.")
        }
        unsafe self.pointer = pointer
    }

    /// Returns the listening socket, which is the caller's from then on.
    func takeNoMore() -> Int32 { unsafe MHD_quiesce_daemon(pointer) }

    /// Closes every connection and returns when its threads have ended. Once.
    func stop() { unsafe MHD_stop_daemon(pointer) }
}
