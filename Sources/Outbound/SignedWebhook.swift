import Crypto
import Engine
import Foundation
import SuretyCore

/// A request signed as Standard Webhooks 1.0.0 asks.
struct SignedWebhook {
    /// The id, the time of this try, and the signature where there is a secret.
    let headers: [String: Secret]
    /// What is signed and sent.
    let body: String

    /// Signs a body.
    ///
    /// - Parameters:
    ///   - id: The same for every try; it holds no `.`.
    ///   - secret: `whsec_` and base64 of 24 to 64 bytes, or any other text, which is the key as it is.
    init(id: String, sentAt: Instant, body: String, secret: Secret?) throws(PortFailure) {
        self.body = body
        let time = String(sentAt.milliseconds / 1000)
        var headers = [
            "webhook-id": Secret(id), "webhook-timestamp": Secret(time),
            "content-type": Secret("application/json"),
        ]
        if let secret {
            guard secret.unset.isEmpty else {
                throw PortFailure(
                    .refused,
                    "the webhook's secret needs \(secret.unset.joined(separator: ", ")), which is not set")
            }
            let key = try Self.key(secret.reveal())
            let signature = HMAC<SHA256>.authenticationCode(
                for: Data("\(id).\(time).\(body)".utf8), using: SymmetricKey(data: key))
            headers["webhook-signature"] = Secret("v1," + Data(signature).base64EncodedString())
        }
        self.headers = headers
    }

    private static func key(_ text: String) throws(PortFailure) -> Data {
        guard text.hasPrefix("whsec_") else { return Data(text.utf8) }
        guard let key = Data(base64Encoded: String(text.dropFirst("whsec_".count))) else {
            throw PortFailure(.refused, "the webhook's secret is not base64 after `whsec_`")
        }
        return key
    }
}
