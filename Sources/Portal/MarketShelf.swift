import Operations
import RetailFit
import Synchronization
import Web

/// The market as last read, until it changes, and the last answers about it.
package final class MarketShelf: Sendable {
    struct Market: Sendable {
        let version: Int
        let market: FitMarket
    }

    private struct State {
        var market: Market?
        var answers: [(version: Int, question: FitQuestion, response: Response)] = []
        var rankings: [(version: Int, question: FitQuestion, scores: [FitScore])] = []
    }

    private let state = Mutex(State())
    private static let mostAnswers = 16
    /// One of 10,000 retailers takes some megabytes.
    private static let mostRankings = 4

    package init() {}

    /// Read anew where another import has come since. Two that ask at once may both read it.
    func current(_ desk: OperatorDesk) throws(Refused) -> Market {
        let version = try desk.retailVersion()
        if let known = state.withLock({ $0.market }), known.version == version { return known }
        let (read, market) = try desk.market()
        let fresh = Market(version: read, market: market)
        state.withLock { $0.market = fresh }
        return fresh
    }

    func answer(_ market: Market, _ question: FitQuestion, _ make: () throws -> Response) throws -> Response {
        func isSame(_ known: (version: Int, question: FitQuestion, response: Response)) -> Bool {
            known.version == market.version && known.question == question
        }
        if let known = state.withLock({ $0.answers.first(where: isSame) }) { return known.response }
        let response = try make()
        state.withLock { state in
            state.answers.removeAll { $0.version != market.version }
            if state.answers.count >= Self.mostAnswers { state.answers.removeFirst() }
            state.answers.append((market.version, question, response))
        }
        return response
    }

    /// The best first. Who leafs through a ranking asks the same for each page of it.
    func ranking(_ market: Market, _ question: FitQuestion) -> [FitScore] {
        func isSame(_ known: (version: Int, question: FitQuestion, scores: [FitScore])) -> Bool {
            known.version == market.version && known.question == question
        }
        if let known = state.withLock({ $0.rankings.first(where: isSame) }) { return known.scores }
        let scores = market.market.scores(for: question)
        state.withLock { state in
            state.rankings.removeAll { $0.version != market.version }
            if state.rankings.count >= Self.mostRankings { state.rankings.removeFirst() }
            state.rankings.append((market.version, question, scores))
        }
        return scores
    }
}
