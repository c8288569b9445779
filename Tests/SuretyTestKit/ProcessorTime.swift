import Foundation

/// The processor time that this thread spends on a body, whatever else the machine does meanwhile.
public func processorTime(_ body: () throws -> Void) rethrows -> Duration {
    let before = spent()
    try body()
    return spent() - before
}

private func spent() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
}
