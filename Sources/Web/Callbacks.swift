import CMicrohttpd
import Glibc

/// Called with a request's first line. What it returns is the request's from then on: the exchange, retained until `requestCompleted`.
let requestBegan: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
    context, target, pointer in
    guard let reception = unsafe Reception.lent(context), let pointer = unsafe pointer, let target = unsafe target else { return nil }
    let bytes = unsafe UnsafeBufferPointer(start: target, count: strlen(target)).map { UInt8(bitPattern: $0) }
    let connection = unsafe ClientConnection(lent: pointer)
    guard let guest = connection.guest else { return nil }
    let exchange = Exchange(reception, connection, guest, target: bytes)
    return unsafe UnsafeMutableRawPointer(Unmanaged.passRetained(exchange).toOpaque())
}

/// Called with the head, again for each piece of a body, when the request is whole, and whenever the connection was held.
let answerRequest: MHD_AccessHandlerCallback = { _, pointer, _, method, _, piece, pieceSize, state in
    guard let pointer = unsafe pointer, let held = unsafe state?.pointee, let method = unsafe method else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    let move: Exchange.Move
    if let pieceSize = unsafe pieceSize, unsafe pieceSize.pointee > 0 {
        guard let piece = unsafe piece else { return .NO }
        move = unsafe exchange.take(UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee).bytes)
        unsafe pieceSize.pointee = 0
    } else {
        move = unsafe exchange.goOn(method: String(cString: method))
    }
    switch move {
    case .goOn: return .YES
    case .answer(let response): return unsafe ClientConnection(lent: pointer).send(response) ? .YES : .NO
    case .cut: return .NO
    }
}

let requestCompleted: MHD_RequestCompletedCallback = { _, _, state, _ in
    guard let state = unsafe state, let held = unsafe state.pointee else { return }
    unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue().end()
    unsafe state.pointee = nil
}

/// `place` is ours: it holds the guest, retained as long as the connection is there.
let connectionChanged: MHD_NotifyConnectionCallback = { context, pointer, place, change in
    guard let doorkeeper = unsafe Reception.lent(context)?.doorkeeper, let pointer = unsafe pointer, let place = unsafe place else {
        return
    }
    if change == .CONNECTION_NOTIFY_STARTED {
        let connection = unsafe ClientConnection(lent: pointer)
        let guest = doorkeeper.began(connection.socket, from: connection.address)
        unsafe place.pointee = Unmanaged.passRetained(guest).toOpaque()
    } else if let held = unsafe place.pointee {
        unsafe doorkeeper.ended(Unmanaged<Guest>.fromOpaque(held).takeRetainedValue())
        unsafe place.pointee = nil
    }
}

extension Reception {
    fileprivate static func lent(_ context: UnsafeMutableRawPointer?) -> Reception? {
        unsafe context.map { unsafe Unmanaged<Reception>.fromOpaque($0).takeUnretainedValue() }
    }
}
