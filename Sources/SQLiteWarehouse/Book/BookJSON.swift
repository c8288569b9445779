import Engine
import Foundation
import SuretyCore

/// Certificates as JSON with sorted keys.
enum BookJSON {
    private static let specials = (plus: "Infinity", minus: "-Infinity", nan: "NaN")

    /// The text of a certificate.
    static func text(_ certificate: Certificate) throws(PortFailure) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: specials.plus, negativeInfinity: specials.minus, nan: specials.nan)
        do {
            return String(decoding: try encoder.encode(certificate), as: UTF8.self)
        } catch {
            throw PortFailure(.refused, "the certificate cannot be written: \(error)")
        }
    }

    /// The certificate of a text.
    static func certificate(_ text: String) throws(PortFailure) -> Certificate {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: specials.plus, negativeInfinity: specials.minus, nan: specials.nan)
        do {
            return try decoder.decode(Certificate.self, from: Data(text.utf8))
        } catch {
            throw PortFailure(.refused, "a certificate in surety.certificates cannot be read: \(error)")
        }
    }
}
