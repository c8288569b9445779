import Foundation

/// Runs the jobs of one actor, one after another, on a thread of its own.
///
/// A dispatch queue would not do: on Linux, serial queues share as many threads as there are cores, and a few
/// blocked ones hold up all others. The thread ends with the executor.
final class ThreadExecutor: SerialExecutor {
    private let mailbox = Mailbox()

    init(name: String) {
        let thread = Thread { [mailbox] in mailbox.work() }
        thread.name = name
        thread.start()
    }

    deinit { mailbox.close() }

    func enqueue(_ job: consuming ExecutorJob) {
        mailbox.post(UnownedJob(job), to: self)
    }
}

/// The jobs that wait for a thread.
///
/// `@unchecked`: what is mutable is only touched while the condition is locked.
private final class Mailbox: @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [(job: UnownedJob, executor: ThreadExecutor)] = []
    private var isClosed = false

    func post(_ job: UnownedJob, to executor: ThreadExecutor) {
        condition.withLock {
            jobs.append((job, executor))
            condition.signal()
        }
    }

    func close() {
        condition.withLock {
            isClosed = true
            condition.signal()
        }
    }

    /// Runs jobs until it is closed and empty.
    func work() {
        while let next = next() {
            // The executor is held until its job is done, which may be the one that ends the actor.
            next.job.runSynchronously(on: next.executor.asUnownedSerialExecutor())
        }
    }

    private func next() -> (job: UnownedJob, executor: ThreadExecutor)? {
        condition.withLock {
            while jobs.isEmpty && !isClosed { condition.wait() }
            return jobs.isEmpty ? nil : jobs.removeFirst()
        }
    }
}
