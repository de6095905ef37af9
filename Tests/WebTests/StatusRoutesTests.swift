import Foundation
import Testing
import Texts
import Web

@Suite struct StatusRoutesTests {
    @Test func `health is 200 while every part answers, and 503 with the stuck part named`() throws {
        let playground = try Playground()
        let well: JSONValue = ["part": .text("watcher"), "answers": .bool(true)]
        let healthy = try playground.ask("/healthz")
        #expect(healthy.status == 200)
        #expect(
            try healthy.json == ["healthy": .bool(true), "parts": .array([["part": .text("ledger"), "answers": .bool(true)], well])])
        playground.source.answers.withLock { $0.parts[0].answers = false }
        let answer = try playground.ask("/healthz")
        #expect(answer.status == 503)
        #expect(
            try answer.json == ["healthy": .bool(false), "parts": .array([["part": .text("ledger"), "answers": .bool(false)], well])])
    }

    @Test func `readiness is 200 without a reason against it, and 503 with the reasons`() throws {
        let playground = try Playground()
        let ready = try playground.ask("/readyz")
        #expect(ready.status == 200)
        #expect(try ready.json == ["ready": .bool(true), "reasons": .array([])])
        playground.source.answers.withLock { $0.reasons = ["The disk is full."] }
        let red = try playground.ask("/readyz")
        #expect(red.status == 503)
        #expect(try red.json == ["ready": .bool(false), "reasons": .array([.text("The disk is full.")])])
    }

    @Test func `the status is written as it is documented, to the byte`() throws {
        let playground = try Playground()
        let answer = try playground.ask("/status")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.body == TestSource.page)
    }

    @Test func `the status bears the documented keys, an absent answer as null`() throws {
        let playground = try Playground()
        let json = try JSONSerialization.jsonObject(with: Data(try playground.ask("/status").body.utf8))
        let page = try #require(json as? [String: Any])
        #expect(
            page.keys.sorted() == [
                "ignored_names", "last_answers", "limiter", "problems", "ready", "resellers", "uptime_seconds", "version",
            ])
        #expect(page["limiter"] as? [String: Int] == ["running": 1, "waiting": 2, "max_files": 24, "max_files_per_reseller": 4])
        let resellers = try #require(page["resellers"] as? [[String: Any]])
        #expect(resellers[1]["last_answer"] is NSNull)
        let running = try #require((resellers[0]["running"] as? [[String: Any]])?.first)
        #expect(running.keys.sorted() == ["batch_id", "filename", "percent", "rows_so_far", "seconds"])
        let last = try #require((page["last_answers"] as? [[String: Any]])?.first)
        #expect(last.keys.sorted() == ["at", "batch_id", "filename", "message", "reseller", "status"])
        #expect(last["at"] as? String == "2025-04-18T18:13:20Z")
        let ignored = try #require((page["ignored_names"] as? [[String: Any]])?.first)
        #expect(ignored.keys.sorted() == ["filename", "reason", "reseller", "since", "stale"])
    }

    @Test(arguments: [
        (Duration.seconds(Int64.max), "86400"), (.seconds(Int64.min), "0"), (.milliseconds(-1), "0"), (.zero, "0"),
        (.milliseconds(70), "0.07"),
        (.microseconds(1999), "0.001"),
    ])
    func `any length of time is a number of seconds, and the server lives`(elapsed: Duration, seconds: String) throws {
        let playground = try Playground()
        playground.source.answers.withLock { $0.page.resellers[0].running[0].elapsed = elapsed }
        let answer = try playground.ask("/status")
        #expect(answer.status == 200)
        #expect(answer.body.contains("\"seconds\": \(seconds)}"))
        #expect(try playground.isAlive())
    }

    @Test func `metrics show what was counted and what the page shows`() throws {
        let playground = try Playground()
        playground.tally.batchSettled(reseller: "boxnox", status: "approved", bytes: 512)
        playground.tally.rowsSettled(reseller: "boxnox", processed: 10, failed: 2, unchanged: 3)
        playground.tally.fileRead(took: .milliseconds(300))
        playground.tally.stepped("approve")
        playground.tally.stepped("import mappings", times: 2)
        playground.tally.failed("INVALID_EAN", times: 2)
        playground.tally.swept()
        _ = try playground.ask("/metrics")
        let answer = try playground.ask("/metrics")
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let lines = answer.body.split(separator: "\n")
        for expected in [
            "# TYPE sellout_batches_total counter", #"sellout_batches_total{reseller="boxnox",status="approved"} 1"#,
            #"sellout_rows_total{reseller="boxnox",outcome="failed"} 2"#, #"sellout_bytes_total{reseller="boxnox"} 512"#,
            #"sellout_failures_total{error_type="INVALID_EAN"} 2"#, "sellout_sweeps_total 1", "sellout_watcher_overflows_total 0",
            #"sellout_batch_duration_seconds_bucket{le="0.25"} 0"#, #"sellout_batch_duration_seconds_bucket{le="0.5"} 1"#,
            "sellout_batch_duration_seconds_count 1", "sellout_batch_duration_seconds_sum 0.3", "sellout_ready 1",
            #"sellout_files_waiting{reseller="boxnox"} 2"#, #"sellout_files_running{reseller="boxnox"} 1"#,
            #"sellout_part_answers{part="ledger"} 1"#, "sellout_names_stale 1",
            #"sellout_rows_total{reseller="boxnox",outcome="unchanged"} 3"#, "# TYPE sellout_operator_steps_total counter",
            #"sellout_operator_steps_total{step="approve"} 1"#, #"sellout_operator_steps_total{step="import mappings"} 2"#,
            "# TYPE sellout_reseller_healthy gauge", #"sellout_reseller_healthy{reseller="boxnox"} 0"#,
            #"sellout_reseller_healthy{reseller="liberty"} 1"#, "# TYPE sellout_reseller_late_seconds gauge",
            #"sellout_reseller_late_seconds{reseller="boxnox"} 0"#, #"sellout_reseller_late_seconds{reseller="liberty"} 691200"#,
            #"sellout_http_requests_total{route="/metrics",method="GET",status="2xx"} 1"#, "sellout_http_requests_in_flight 1",
            #"sellout_http_request_duration_seconds_count{route="/metrics",method="GET"} 1"#,
            #"sellout_http_rejected_total{reason="limit"} 0"#,
        ] {
            #expect(lines.contains { $0 == expected }, "\(expected)")
        }
    }
}
