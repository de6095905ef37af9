import Sellout

extension ByteWriter {
    mutating func put(_ detection: Detection) {
        put(detection.profile)
        put(all: detection.signs) { $0.put($1) }
    }

    mutating func put(_ findings: Findings) {
        put(findings.detection) { $0.put($1) }
        put(Int64(findings.rowsSkipped))
        put(all: findings.controlTotals) { writer, total in
            writer.put(total.scope)
            writer.put(total.file)
            writer.put(total.extracted)
        }
        put(all: findings.warnings) { writer, warning in
            writer.put(warning.code)
            writer.put(warning.message)
            writer.put(Int64(warning.count))
        }
    }

    private mutating func put(_ sums: ControlTotal.Sums) {
        put(sums.quantity) { $0.put($1) }
        put(sums.amount) { $0.put($1) }
    }

    mutating func put(_ refusal: FileRefusal) {
        put(refusal.type.rawValue)
        put(refusal.message)
        put(refusal.suggestion) { $0.put($1) }
    }
}

extension ByteReader {
    mutating func detection() throws(FrameFault) -> Detection {
        Detection(profile: try text(), signs: try list { reader throws(FrameFault) in try reader.text() })
    }

    mutating func findings() throws(FrameFault) -> Findings {
        var findings = Findings()
        findings.detection = try optional { reader throws(FrameFault) in try reader.detection() }
        findings.rowsSkipped = try count()
        findings.controlTotals = try list { reader throws(FrameFault) in
            ControlTotal(scope: try reader.text(), file: try reader.sums(), extracted: try reader.sums())
        }
        findings.warnings = try list { reader throws(FrameFault) in
            Warning(try reader.text(), try reader.text(), count: try reader.count())
        }
        return findings
    }

    private mutating func sums() throws(FrameFault) -> ControlTotal.Sums {
        ControlTotal.Sums(
            quantity: try optional { reader throws(FrameFault) in try reader.integer(Int64.self) },
            amount: try optional { reader throws(FrameFault) in try reader.integer(Int64.self) })
    }

    /// A number of things, which a sheet cannot hold more of than it has cells.
    private mutating func count() throws(FrameFault) -> Int {
        let number: Int64 = try integer()
        guard (0...1 << 40).contains(number) else { throw FrameFault("a count is impossible") }
        return Int(number)
    }

    mutating func refusal() throws(FrameFault) -> FileRefusal {
        FileRefusal(try choice(), try text(), suggestion: try optionalText())
    }
}
