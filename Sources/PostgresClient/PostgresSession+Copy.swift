import CLibPQ

extension PostgresSession {
    /// Runs `COPY … FROM STDIN`, in the default text format, with rows that are asked for one after another.
    ///
    /// About 64 kB are held at a time. When `next` throws, the server takes nothing in and the error comes out
    /// unchanged.
    ///
    /// - Returns: how many rows the server took in.
    @discardableResult
    public func copyIn(
        into statement: PostgresStatement, next: () throws -> [String?]?
    ) throws -> Int64 {
        try send(statement)
        guard let first = try link.nextResult(), first.status == PGRES_COPY_IN else {
            // Every other statement has already run or failed; say which.
            _ = try link.lastResult()
            throw PostgresError(sqlState: "42809", message: "this is not COPY … FROM STDIN")
        }
        var failure: (any Error)?
        do {
            try sendRows(next)
        } catch {
            failure = error
        }
        if isLost { throw failure ?? link.failure() }
        try link.endCopy(refusing: failure.map { _ in "the client gave up" })
        do {
            let result = try link.lastResult()
            if let failure { throw failure }
            return result.affectedRows
        } catch {
            throw failure ?? error
        }
    }

    /// Runs `COPY … FROM STDIN`, in the default text format, with rows of texts; nil is NULL.
    ///
    /// - Returns: how many rows the server took in.
    @discardableResult
    public func copyIn(
        into statement: PostgresStatement, rows: some Sequence<[String?]>
    ) throws -> Int64 {
        var rows = rows.makeIterator()
        return try copyIn(into: statement) { rows.next() }
    }

    private func sendRows(_ next: () throws -> [String?]?) throws {
        let limit = 65_536
        var buffer: [UInt8] = []
        buffer.reserveCapacity(2 * limit)
        while let row = try next() {
            if isCancelled { throw PostgresError.cancelled }
            CopyText.append(row, to: &buffer)
            guard buffer.count >= limit else { continue }
            guard try link.sendCopy(buffer) else { return }
            buffer.removeAll(keepingCapacity: true)
        }
        if !buffer.isEmpty { _ = try link.sendCopy(buffer) }
    }
}

/// The text format of COPY.
enum CopyText {
    /// Appends a row: values between tabs, NULL as `\N`, a line feed at the end.
    static func append(_ row: [String?], to buffer: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            guard let value else {
                buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
                continue
            }
            append(value, to: &buffer)
        }
        buffer.append(UInt8(ascii: "\n"))
    }

    /// Appends a text, whole runs of plain bytes at a time.
    private static func append(_ value: String, to buffer: inout [UInt8]) {
        var value = value
        value.withUTF8 { bytes in
            var rest = bytes[...]
            while let place = rest.firstIndex(where: { escape(of: $0) != nil }) {
                buffer.append(contentsOf: rest[..<place])
                buffer.append(UInt8(ascii: "\\"))
                if let letter = escape(of: rest[place]) { buffer.append(letter) }
                rest = rest[(place + 1)...]
            }
            buffer.append(contentsOf: rest)
        }
    }

    /// The letter that stands for a byte behind a backslash; nil for bytes that stand for themselves.
    private static func escape(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\\"): UInt8(ascii: "\\")
        case UInt8(ascii: "\n"): UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        case UInt8(ascii: "\t"): UInt8(ascii: "t")
        default: nil
        }
    }
}
