import CLibPQ

/// The one owner of a result of libpq.
///
/// `@unchecked`: libpq never changes a result after handing it out and allows reading it from several threads, and
/// nothing here changes it; it is freed once, when nobody reads it any more.
final class ResultHandle: @unchecked Sendable {
    private let result: OpaquePointer

    init(owning result: OpaquePointer) {
        self.result = result
    }

    deinit { PQclear(result) }

    var status: ExecStatusType { PQresultStatus(result) }

    var isError: Bool { status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE }

    var rowCount: Int { Int(PQntuples(result)) }

    var columnCount: Int { Int(PQnfields(result)) }

    /// Rows touched by INSERT, UPDATE, DELETE, MERGE, COPY, or returned by SELECT; 0 for everything else.
    var affectedRows: Int64 { PQcmdTuples(result).flatMap { Int64(String(cString: $0)) } ?? 0 }

    /// The command tag, like `INSERT 0 3`.
    var command: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    func columnName(_ column: Int) -> String {
        PQfname(result, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func columnType(_ column: Int) -> PostgresType { PostgresType(oid: PQftype(result, Int32(column))) }

    func columnModifier(_ column: Int) -> Int32 { PQfmod(result, Int32(column)) }

    func text(row: Int, column: Int) -> String? {
        let (row, column) = (Int32(row), Int32(column))
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
            return nil
        }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A field of an error or notice, by its letter in the protocol.
    func field(_ field: ErrorField) -> String? {
        PQresultErrorField(result, field.code).map { String(cString: $0) }
    }

    /// The whole message, where the server sent no fields.
    var errorMessage: String { PQresultErrorMessage(result).map { String(cString: $0) } ?? "" }
}

/// The fields of errors and notices, by their letters in the protocol.
enum ErrorField: Character {
    case severity = "V"
    case localizedSeverity = "S"
    case sqlState = "C"
    case message = "M"
    case detail = "D"
    case hint = "H"
    case position = "P"
    case schema = "s"
    case table = "t"
    case column = "c"
    case constraint = "n"

    var code: Int32 { Int32(rawValue.asciiValue ?? 0) }
}
