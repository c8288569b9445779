/// Reads CSV as RFC 4180 says: UTF-8 with or without a byte order mark, a header, quoted fields with doubled quotes
/// and line ends, lines ended by LF or CR LF.
///
/// An unquoted empty field and the format's `null` text are NULL, a quoted empty field is the empty text. Nothing is
/// trimmed. Memory is bounded by one row and one chunk.
public struct CSVReader {
    /// The most bytes of one row.
    public static let longestRow = 16 << 20

    /// The names of the columns, in the order of the file.
    public let columns: [String]

    private let format: CSVFormat
    private var bytes: CSVBytes

    /// Reads the header from a source of chunks, which gives nil after the last one.
    public init(_ format: CSVFormat = .standard, chunks: @escaping () throws -> [UInt8]?) throws {
        self.format = format
        self.bytes = CSVBytes(chunks: chunks)
        try bytes.skipByteOrderMark()
        var record = CSVRecord()
        guard try record.read(from: &bytes, format: format) else { throw CSVError(line: 1, .noHeader) }
        var names: [String] = []
        for index in record.fields.indices {
            let name = try record.text(index)
            guard !name.isEmpty else { throw CSVError(line: record.line, .unnamedColumn(index + 1)) }
            guard !names.contains(name) else { throw CSVError(line: record.line, .duplicateColumn(name)) }
            names.append(name)
        }
        self.columns = names
    }

    /// Reads a whole text that is in memory.
    public init(_ format: CSVFormat = .standard, bytes: [UInt8]) throws {
        var rest: [UInt8]? = bytes
        try self.init(format) {
            defer { rest = nil }
            return rest
        }
    }

    /// The next row in the order of `columns`, nil after the last; throws `CSVError`, or what the source threw.
    public mutating func next() throws -> [String?]? {
        var record = CSVRecord()
        guard try record.read(from: &bytes, format: format) else { return nil }
        guard record.fields.count == columns.count else {
            throw CSVError(
                line: record.line, .fieldCount(found: record.fields.count, expected: columns.count))
        }
        var row: [String?] = []
        row.reserveCapacity(columns.count)
        for index in record.fields.indices {
            let text = try record.text(index)
            let isNull = !record.fields[index].isQuoted && (text.isEmpty || text == format.null)
            row.append(isNull ? nil : text)
        }
        return row
    }
}
