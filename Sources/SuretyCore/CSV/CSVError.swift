/// What is wrong with a CSV text, and on which line.
public struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What can be wrong.
    public enum Problem: Hashable, Sendable {
        /// There is nothing, not even a header.
        case noHeader
        /// A column of the header has no name; it is counted from 1.
        case unnamedColumn(Int)
        /// The header names a column twice.
        case duplicateColumn(String)
        /// A quoted field that began on this line never ends.
        case unterminatedQuote
        /// A closing quote is followed by something other than a delimiter or a line end.
        case textAfterQuote
        /// A quote stands inside a field that is not quoted.
        case strayQuote
        /// A carriage return stands outside quotes and not before a line feed.
        case strayCarriageReturn
        /// A row has another number of fields than the header.
        case fieldCount(found: Int, expected: Int)
        /// The bytes are not UTF-8, or hold a zero byte.
        case notText
        /// A row is longer than the most that is read at once, in bytes.
        case rowTooLong(Int)
    }

    /// The line in the file, from 1.
    public let line: Int
    /// What is wrong.
    public let problem: Problem

    /// A problem on a line.
    public init(line: Int, _ problem: Problem) {
        self.line = line
        self.problem = problem
    }

    /// `line 7: 4 fields, where the header has 5`.
    public var description: String { "line \(line): \(what)" }

    private var what: String {
        switch problem {
        case .noHeader: "the file is empty; its first line must name the columns"
        case .unnamedColumn(let position): "column \(position) of the header has no name"
        case .duplicateColumn(let name): "the header names the column \(name) twice"
        case .unterminatedQuote: "a quoted field begins here and never ends"
        case .textAfterQuote: "text follows a closing quote; a quote inside a quoted field is written twice"
        case .strayQuote: "a quote stands inside a field that does not begin with one"
        case .strayCarriageReturn: "a carriage return stands alone; lines end with LF or CR LF"
        case .fieldCount(let found, let expected):
            "\(found) \(found == 1 ? "field" : "fields"), where the header has \(expected)"
        case .notText: "the text is not UTF-8"
        case .rowTooLong(let most): "a row is longer than \(most) bytes; is a quote missing?"
        }
    }
}
