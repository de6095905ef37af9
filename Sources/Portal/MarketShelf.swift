import Operations
import RetailFit
import Synchronization
import Web

/// The market as last read, until it changes, and the last answers about it.
final class MarketShelf: Sendable {
    struct Market: Sendable {
        let version: Int
        let market: FitMarket
    }

    private struct State {
        var market: Market?
        var answers: [(version: Int, question: FitQuestion, response: Response)] = []
    }

    private let state = Mutex(State())
    private static let mostAnswers = 16

    /// Read anew where another import has come since. Two that ask at once may both read it.
    func current(_ desk: OperatorDesk) throws -> Market {
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
}
