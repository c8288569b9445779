/// The fields of one row as bytes.
struct CSVRecord {
    /// Where a field's bytes are, and whether it was quoted.
    struct Field {
        var range: Range<Int>
        var isQuoted: Bool
    }

    /// The fields.
    private(set) var fields: [Field] = []
    /// The line that the row begins on.
    private(set) var line = 1
    private var content: [UInt8] = []

    /// Reads a row; false when there is none.
    mutating func read(from bytes: inout CSVBytes, format: CSVFormat) throws -> Bool {
        line = bytes.line
        guard try bytes.peek() != nil else { return false }
        while true {
            let isQuoted = try bytes.peek() == UInt8(ascii: "\"")
            let start = content.count
            let end = isQuoted ? try readQuoted(&bytes, format) : try readPlain(&bytes, format)
            fields.append(Field(range: start..<content.count, isQuoted: isQuoted))
            switch end {
            case .field: continue
            case .row: return true
            }
        }
    }

    /// A field's text.
    func text(_ index: Int) throws -> String {
        let slice = content[fields[index].range]
        guard !slice.contains(0), let text = String(validating: slice, as: UTF8.self) else {
            throw CSVError(line: line, .notText)
        }
        return text
    }

    /// What a field ended with.
    private enum End {
        case field
        case row
    }

    private mutating func readPlain(_ bytes: inout CSVBytes, _ format: CSVFormat) throws -> End {
        while true {
            let line = bytes.line
            guard let byte = try bytes.take() else { return .row }
            switch byte {
            case format.delimiter: return .field
            case UInt8(ascii: "\n"): return .row
            case UInt8(ascii: "\r"):
                guard try bytes.take() == UInt8(ascii: "\n") else {
                    throw CSVError(line: line, .strayCarriageReturn)
                }
                return .row
            case UInt8(ascii: "\""): throw CSVError(line: line, .strayQuote)
            case let other: try append(other)
            }
        }
    }

    private mutating func readQuoted(_ bytes: inout CSVBytes, _ format: CSVFormat) throws -> End {
        let begin = bytes.line
        _ = try bytes.take()
        while true {
            guard let byte = try bytes.take() else { throw CSVError(line: begin, .unterminatedQuote) }
            guard byte == UInt8(ascii: "\"") else {
                try append(byte)
                continue
            }
            let line = bytes.line
            switch try bytes.take() {
            case UInt8(ascii: "\""): try append(byte)
            case format.delimiter: return .field
            case nil, UInt8(ascii: "\n"): return .row
            case UInt8(ascii: "\r"):
                guard try bytes.take() == UInt8(ascii: "\n") else {
                    throw CSVError(line: line, .strayCarriageReturn)
                }
                return .row
            default: throw CSVError(line: line, .textAfterQuote)
            }
        }
    }

    private mutating func append(_ byte: UInt8) throws {
        guard content.count < CSVReader.longestRow else {
            throw CSVError(line: line, .rowTooLong(CSVReader.longestRow))
        }
        content.append(byte)
    }
}
