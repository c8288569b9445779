import Foundation

/// A user and a password as mail servers take them (RFC 4616, and LOGIN).
enum SMTPSecret {
    /// Both in one text.
    static func plain(_ user: String, _ password: String) -> String { encoded("\0\(user)\0\(password)") }

    /// One of them.
    static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
