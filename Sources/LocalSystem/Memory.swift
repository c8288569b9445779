import Foundation

/// The memory of this process.
public enum Memory {
    /// Gives what is not used any more back to the system, as after much was read once.
    public static func giveBack() {
        #if os(Linux)
            // The C library has it in a header that Swift does not import.
            guard let found = dlsym(nil, "malloc_trim") else { return }
            _ = unsafeBitCast(found, to: (@convention(c) (Int) -> Int32).self)(0)
        #endif
    }
}
