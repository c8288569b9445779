/// The bytes of chunks, one after another, with the number of the line they stand on.
struct CSVBytes {
    /// The line of the next byte, from 1.
    private(set) var line = 1
    private let chunks: () throws -> [UInt8]?
    private var chunk: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    init(chunks: @escaping () throws -> [UInt8]?) { self.chunks = chunks }

    /// The next byte without taking it, nil at the end.
    mutating func peek() throws -> UInt8? {
        while position == chunk.count {
            guard !isAtEnd, let more = try chunks() else {
                isAtEnd = true
                return nil
            }
            chunk = more
            position = 0
        }
        return chunk[position]
    }

    /// Takes the next byte.
    mutating func take() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    /// Takes a byte order mark if the first three bytes are one.
    mutating func skipByteOrderMark() throws {
        var first: [UInt8] = []
        while first.count < 3, let byte = try peek() {
            first.append(byte)
            position += 1
        }
        guard first != [0xEF, 0xBB, 0xBF] else { return }
        chunk = first + chunk[position...]
        position = 0
    }
}
