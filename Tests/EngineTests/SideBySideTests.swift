import SuretyCore
import Synchronization
import Testing

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct SideBySideTests {
    /// What began and what ended, in that order.
    private final class Course: Sendable {
        private let numbers = Mutex<(began: [Int], ended: [Int])>(([], []))

        var began: [Int] { numbers.withLock { $0.began } }

        func begin(_ number: Int) { numbers.withLock { $0.began.append(number) } }

        func end(_ number: Int) { numbers.withLock { $0.ended.append(number) } }

        /// The most that went on at any time.
        func goingOn() -> Int { numbers.withLock { $0.began.count - $0.ended.count } }

        /// Returns once a number has begun.
        func hasBegun(_ number: Int) async { while !began.contains(number) { await Task.yield() } }

        /// Returns once a number has ended.
        func hasEnded(_ number: Int) async {
            while !numbers.withLock({ $0.ended.contains(number) }) { await Task.yield() }
        }
    }

    private static func failure(_ number: Int) -> PortFailure { PortFailure(.refused, "number \(number)") }

    @Test func `outcomes come in the order of the inputs, whichever ends first`() async throws {
        let course = Course()
        let outputs = try await SideBySide(most: 3).map([0, 1, 2]) { number async throws(PortFailure) in
            if number < 2 { await course.hasEnded(number + 1) }
            course.end(number)
            return "\(number)"
        }
        #expect(outputs == ["0", "1", "2"])
    }

    @Test(arguments: [0, 1, 2, 3]) func `never more go on than are asked for`(most: Int) async throws {
        let course = Course()
        let counts = try await SideBySide(most: most).map(Array(0..<7)) { number async throws(PortFailure) in
            course.begin(number)
            // As many as may are waited for, so that nothing depends on who is quick.
            while course.began.count < max(1, most) { await Task.yield() }
            let count = course.goingOn()
            course.end(number)
            return count
        }
        #expect(counts.max() == max(1, most))
        #expect(course.began.sorted() == Array(0..<7))
    }

    @Test func `the first input that fails is told of, though a later one failed earlier`() async {
        let course = Course()
        await #expect(throws: Self.failure(0)) {
            try await SideBySide(most: 2).map([0, 1, 2, 3]) { number async throws(PortFailure) in
                course.begin(number)
                if number == 0 { await course.hasEnded(1) }
                course.end(number)
                throw Self.failure(number)
            }
        }
        #expect(!course.began.contains(3))
    }

    @Test func `what goes on before a failure is waited for`() async {
        let course = Course()
        await #expect(throws: Self.failure(1)) {
            try await SideBySide(most: 2).map([0, 1]) { number async throws(PortFailure) in
                if number == 1 {
                    course.end(number)
                    throw Self.failure(number)
                }
                await course.hasEnded(1)
                guard !Task.isCancelled else { throw Self.failure(number) }
            }
        }
    }

    @Test func `what goes on after a failure is cancelled`() async {
        let course = Course()
        await #expect(throws: Self.failure(0)) {
            try await SideBySide(most: 2).map([0, 1]) { number async throws(PortFailure) in
                course.begin(number)
                if number == 0 {
                    await course.hasBegun(1)
                    throw Self.failure(number)
                }
                while !Task.isCancelled { await Task.yield() }
                throw PortFailure(.cancelled, "it was cancelled")
            }
        }
    }

    @Test func `being cancelled reaches all that goes on`() async {
        let course = Course()
        let task = Task {
            try await SideBySide(most: 2).map([0, 1, 2]) { number async throws(PortFailure) in
                course.begin(number)
                while !Task.isCancelled { await Task.yield() }
                throw PortFailure(.cancelled, "number \(number)")
            }
        }
        await course.hasBegun(1)
        task.cancel()
        let result = await task.result
        let failure = #expect(throws: PortFailure.self) { try result.get() }
        #expect(failure?.message == "number 0")
        #expect(course.began.sorted() == [0, 1])
    }
}
