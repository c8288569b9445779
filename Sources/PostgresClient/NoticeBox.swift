import CLibPQ

/// Hands the server's notices to whoever wants them; confined to the thread of its connection.
final class NoticeBox {
    /// Called for every notice, on the connection's thread.
    var handler: (PostgresNotice) -> Void

    init(_ handler: @escaping (PostgresNotice) -> Void) {
        self.handler = handler
    }

    /// What libpq calls; its argument is the box, which lives as long as the connection.
    static let receiver: PQnoticeReceiver = { argument, result in
        guard let argument, let result else { return }
        func field(_ field: ErrorField) -> String? {
            PQresultErrorField(result, field.code).map { String(cString: $0) }
        }
        let notice = PostgresNotice(
            severity: field(.severity) ?? field(.localizedSeverity) ?? "NOTICE",
            sqlState: field(.sqlState) ?? "00000", message: field(.message) ?? "",
            detail: field(.detail), hint: field(.hint))
        Unmanaged<NoticeBox>.fromOpaque(argument).takeUnretainedValue().handler(notice)
    }
}
