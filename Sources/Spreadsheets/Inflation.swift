import CISAL

/// Unpacks a raw deflate stream block by block.
@safe final class Inflation: ByteSource {
    private let packed: any ByteSource
    private let part: String
    private let state: UnsafeMutablePointer<inflate_state>
    private let input: UnsafeMutableRawBufferPointer

    init(_ packed: any ByteSource, part: String) {
        self.packed = packed
        self.part = part
        unsafe state = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe isal_inflate_init(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_DEFLATE)
        unsafe state.pointee.avail_in = 0
        unsafe input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
    }

    deinit {
        unsafe state.deallocate()
        unsafe input.deallocate()
    }

    @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        guard let target = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        let room = UInt32(clamping: buffer.count)
        unsafe state.pointee.next_out = target
        unsafe state.pointee.avail_out = room
        while unsafe state.pointee.avail_out > 0, unsafe state.pointee.block_state != ISAL_BLOCK_FINISH {
            var isOver = false
            if unsafe state.pointee.avail_in == 0 {
                let got = unsafe try packed.read(into: input)
                isOver = got == 0
                unsafe state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                unsafe state.pointee.avail_in = UInt32(got)
            }
            let before = unsafe state.pointee.avail_out
            let result = unsafe isal_inflate(state)
            guard result >= ISAL_DECOMP_OK, result != ISAL_NEED_DICT else { throw .damaged("the part \(part) cannot be unpacked") }
            // Nothing comes out any more, and nothing is left to put in.
            if isOver, unsafe state.pointee.avail_out == before, unsafe state.pointee.block_state != ISAL_BLOCK_FINISH {
                throw .damaged("the part \(part) ends too early, so the file was cut off")
            }
        }
        return unsafe Int(room - state.pointee.avail_out)
    }
}
