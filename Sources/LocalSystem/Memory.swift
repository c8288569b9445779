#if canImport(Glibc)
    import Glibc
#endif

/// The memory of this process.
public enum Memory {
    /// Gives what is not used any more back to the system, as after much was read once.
    public static func giveBack() {
        #if canImport(Glibc)
            malloc_trim(0)
        #endif
    }
}
