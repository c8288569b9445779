import Dispatch
import Foundation
import SuretyCore
import Synchronization

/// Runs work that an interrupt cancels: what is in a transaction is rolled back. A second interrupt ends at once.
func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws
    -> Value
{
    let task = Task { try await work() }  // Ends with this function, which awaits it.
    let received = Mutex<ExitCode?>(nil)
    let sources = [(SIGINT, ExitCode.interrupted), (SIGTERM, ExitCode.terminated)].map { signal, code in
        Foundation.signal(signal, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
        source.setEventHandler {
            let isSecond = received.withLock { before in
                defer { before = code }
                return before != nil
            }
            if isSecond { exit(code.rawValue) }
            task.cancel()
        }
        source.activate()
        return source
    }
    defer { for source in sources { source.cancel() } }
    let result = await task.result
    if let code = received.withLock({ $0 }) {
        throw CommandFailure(
            code, kind: "interrupted",
            "interrupted: SQL that was running was rolled back, programs were ended")
    }
    return try result.get()
}
