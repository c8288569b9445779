import Foundation
import SuretyCore
import Testing

@testable import surety

/// Signals go to processes of their own, so that one which is not heard ends none of the other tests.
@Suite(.timeLimit(.minutes(30))) struct InterruptibleTests {
    @Test func `an interrupt at the very beginning of the work is heard`() async {
        await #expect(processExitsWith: .success) { try await Self.signalled(SIGINT, ends: .interrupted) }
    }

    @Test func `an end that is asked for at the very beginning of the work is heard`() async {
        await #expect(processExitsWith: .success) { try await Self.signalled(SIGTERM, ends: .terminated) }
    }

    @Test func `an interrupt during later work is heard as well`() async {
        await #expect(processExitsWith: .success) {
            try await interruptible {}
            try await Self.signalled(SIGTERM, ends: .terminated)
        }
    }

    /// Work that is signalled at once, and would go on for long.
    private static func signalled(_ signal: Int32, ends code: ExitCode) async throws {
        let failure = await #expect(throws: CommandFailure.self) {
            try await interruptible {
                kill(getpid(), signal)
                try await Task.sleep(for: .seconds(3600))
            }
        }
        #expect(failure?.code == code)
    }
}
