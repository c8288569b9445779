#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Texts as C strings that live as long as this; nil is a null pointer.
final class CStrings {
    private let storage: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>

    init(_ texts: [String?]) {
        storage = .allocate(capacity: max(1, texts.count))
        storage.initialize(repeating: nil)
        for (index, text) in texts.enumerated() {
            storage[index] = text.flatMap { strdup($0) }.map { UnsafePointer($0) }
        }
    }

    /// The first of the pointers; nil only if there was no memory.
    var pointers: UnsafePointer<UnsafePointer<CChar>?>? { UnsafePointer(storage.baseAddress) }

    deinit {
        for pointer in storage { free(UnsafeMutablePointer(mutating: pointer)) }
        storage.deallocate()
    }
}

extension String {
    /// Whether it holds a NUL character, where a C string would end.
    var holdsNUL: Bool { withCString { strlen($0) } != utf8.count }
}
