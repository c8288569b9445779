import Dispatch
import Foundation
import SuretyCore
import Synchronization

/// Runs work that an interrupt cancels: what is in a transaction is rolled back. A second interrupt ends at once.
///
/// The work begins once interrupts are heard; until then they end the program, which has nothing to roll back.
func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws
    -> Value
{
    let (heard, hear) = AsyncStream.makeStream(of: Void.self)
    let task = Task {  // Ends with this function, which awaits it.
        for await _ in heard {}
        try Task.checkCancellation()
        return try await work()
    }
    let received = Mutex<ExitCode?>(nil)
    let sources = [(SIGINT, ExitCode.interrupted), (SIGTERM, ExitCode.terminated)].map { signal, code in
        let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
        source.setEventHandler {
            let isSecond = received.withLock { before in
                defer { before = code }
                return before != nil
            }
            if isSecond { exit(code.rawValue) }
            task.cancel()
        }
        return (signal, source)
    }
    for (signal, source) in sources { await listen(to: signal, by: source) }
    hear.finish()
    defer { for (_, source) in sources { source.cancel() } }
    let result = await task.result
    if let code = received.withLock({ $0 }) {
        throw CommandFailure(
            code, kind: "interrupted",
            "interrupted: SQL that was running was rolled back, programs were ended")
    }
    return try result.get()
}

/// Returns once a source hears its signal, which then does nothing else.
private func listen(to signal: Int32, by source: any DispatchSourceSignal) async {
    await withCheckedContinuation { continuation in
        source.setRegistrationHandler { continuation.resume() }
        source.activate()
    }
    // On Linux, Dispatch takes the signal over by itself; ignoring it there would lose it.
    #if !os(Linux)
        Foundation.signal(signal, SIG_IGN)
    #endif
}
