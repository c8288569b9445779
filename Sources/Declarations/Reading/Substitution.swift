/// Fills `${NAME}`, `${NAME:-default}` and `${file:/path}` into a text; `$${` is a literal `${`.
struct Substitution {
    /// The value of an environment variable.
    let environment: (String) -> String?
    /// The text of a secret's file.
    let secretFile: (String) -> String?

    /// A text with its variables filled in.
    struct Filled {
        /// The text.
        var text = ""
        /// Whether part of it came from the environment or a file.
        var isSecret = false
        /// Variables, and files, that gave nothing.
        var unset: [String] = []
    }

    /// Why a `${` cannot be read.
    struct Problem: Error {
        /// What is wrong.
        let message: String
    }

    /// The text with its variables filled in.
    func fill(_ raw: String) throws(Problem) -> Filled {
        guard raw.utf8.contains(UInt8(ascii: "$")), raw.contains("${") else { return Filled(text: raw) }
        var filled = Filled()
        var rest = raw[...]
        while let found = rest.firstRange(of: "${") {
            if rest[..<found.lowerBound].last == "$" {
                filled.text += rest[..<found.lowerBound].dropLast() + "${"
                rest = rest[found.upperBound...]
                continue
            }
            filled.text += rest[..<found.lowerBound]
            guard let close = rest[found.upperBound...].firstIndex(of: "}") else {
                throw Problem(message: "`${` has no closing `}`")
            }
            try fill(rest[found.upperBound..<close], into: &filled)
            rest = rest[rest.index(after: close)...]
        }
        filled.text += rest
        return filled
    }

    private func fill(_ inside: Substring, into filled: inout Filled) throws(Problem) {
        if inside.hasPrefix("file:") {
            let path = String(inside.dropFirst(5))
            guard !path.isEmpty else { throw Problem(message: "`${file:}` names no file") }
            filled.isSecret = true
            if let text = secretFile(path) {
                filled.text += text.hasSuffix("\n") ? String(text.dropLast()) : text
            } else {
                filled.unset.append("file:\(path)")
            }
            return
        }
        let split = inside.firstRange(of: ":-")
        let name = String(inside[..<(split?.lowerBound ?? inside.endIndex)])
        guard Substitution.isName(name) else {
            throw Problem(message: "`${\(abbreviated(inside, to: 40))}` names no variable")
        }
        let value = environment(name)
        if let split, value?.isEmpty ?? true {
            filled.text += inside[split.upperBound...]
        } else if let value {
            filled.text += value
            filled.isSecret = true
        } else {
            filled.unset.append(name)
            filled.isSecret = true
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }
}
