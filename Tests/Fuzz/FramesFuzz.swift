import Cells
import Frames
import Sellout

// What libFuzzer calls with each input it makes up. A frame or an order is read or refused; what was read says the same when it
// is written and read again. Any trap, hang or growth is a finding.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrames(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    _ = try? Order(bytes)
    guard let frame = try? Frame(bytes) else { return 0 }
    let once = frame.encoded()
    guard let again = try? Frame(Array(once.dropFirst(4))), again.encoded() == once else {
        preconditionFailure("a frame that was read does not come back the same")
    }
    return 0
}
