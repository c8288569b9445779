import Foundation

/// Names a process of this machine so that no other has the same name, also after its number is used again.
enum ProcessMark {
    /// The name of this process: the machine, its number and when it began.
    static let own = mark(of: getpid()) ?? "\(ProcessInfo.processInfo.hostName)/\(getpid())/0"

    /// Whether the process with a name still runs; nil for one of another machine.
    static func isRunning(_ mark: String) -> Bool? {
        let parts = mark.split(separator: "/")
        guard parts.count == 3, let number = Int32(parts[1]), parts[0] == ProcessInfo.processInfo.hostName
        else { return nil }
        return self.mark(of: number) == mark
    }

    /// The name of the process with a number; nil if there is none.
    private static func mark(of number: Int32) -> String? {
        guard let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            let close = status.lastIndex(of: ")")
        else { return nil }
        // After the program's name, in parentheses, the 20th field says when it began.
        let fields = status[status.index(after: close)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z" else { return nil }
        return "\(ProcessInfo.processInfo.hostName)/\(number)/\(fields[19])"
    }
}
