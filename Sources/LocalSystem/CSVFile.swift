public import Engine
import SuretyCore

/// The rows of a CSV file, read as they are asked for.
public struct CSVFile: RowReader {
    private let shown: String
    private var reader: CSVReader

    /// Opens a file and reads its header; messages name it as `shown`.
    init(_ path: String, shown: String, _ format: CSVFormat) throws(PortFailure) {
        self.shown = shown
        let file = try OpenFile(path)
        do {
            reader = try CSVReader(format) { try file.chunk() }
        } catch {
            throw Self.failure(shown, error)
        }
    }

    /// The names of the columns, in the order of the file.
    public var columns: [String] { reader.columns }

    /// The next row, nil after the last; NULL is nil. Throws `PortFailure`, naming the file and the line.
    public mutating func next() throws -> [String?]? {
        do {
            return try reader.next()
        } catch {
            throw Self.failure(shown, error)
        }
    }

    private static func failure(_ shown: String, _ error: any Error) -> PortFailure {
        switch error {
        case let failure as PortFailure: failure
        default: PortFailure(.refused, "\(shown): \(error)")
        }
    }
}
