import Foundation

/// The memory of this process.
public enum Memory {
    /// Gives back what is not used any more, as after much was read once: free memory, and the code that only starting
    /// needed, which comes back from the program's file where it is needed after all.
    public static func giveBack() {
        #if os(Linux)
            // The C library has it in a header that Swift does not import.
            if let found = dlsym(nil, "malloc_trim") {
                _ = unsafeBitCast(found, to: (@convention(c) (Int) -> Int32).self)(0)
            }
            for code in codeMappings() { madvise(code.start, code.length, MADV_DONTNEED) }
        #endif
    }

    #if os(Linux)
        /// Where code of files lies: executable and never written, so that the file has all of it.
        private static func codeMappings() -> [(start: UnsafeMutableRawPointer, length: Int)] {
            let text = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
            return text.split(separator: "\n").compactMap { line in
                let fields = line.split(separator: " ", omittingEmptySubsequences: true)
                guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { return nil }
                let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
                guard ends.count == 2, let start = UnsafeMutableRawPointer(bitPattern: ends[0]) else {
                    return nil
                }
                return (start, Int(ends[1] - ends[0]))
            }
        }
    #endif
}
