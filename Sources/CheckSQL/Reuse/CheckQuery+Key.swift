import SuretyCore

extension CheckQuery {
    /// The same for the same query and values, byte by byte; ASCII, because texts that look the same count as one key.
    var key: String {
        let text =
            parameters.isEmpty ? sql : "\(sql) -- \(parameters.map { "\($0)" }.joined(separator: ", "))"
        return text.spelled
    }
}

extension String {
    /// In ASCII, another text for each text.
    fileprivate var spelled: String {
        unicodeScalars.map { $0.isASCII && $0 != "\\" ? String($0) : "\\\(String($0.value, radix: 16));" }
            .joined()
    }

    /// Whether a key may be about one of these columns.
    func isKey(about columns: [String]) -> Bool { columns.contains { contains($0.quoted.spelled) } }
}
