import Foundation
import Hummingbird
import NIOCore

/// The rest of a request never came.
struct LostBody: Error {
    /// Why.
    let cause: any Error
}

extension Call {
    /// The members of the JSON object that was sent; none where nothing was sent.
    func fields(_ known: [String] = []) async throws -> Fields {
        let bytes = try await body()
        guard bytes.readableBytes > 0 else { return Fields() }
        let type = request.headers[.contentType] ?? ""
        guard type.prefix(while: { $0 != ";" && $0 != " " }).lowercased() == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "media_type", "the body is `\(type)`",
                hint: "Send `Content-Type: application/json`.")
        }
        return try Fields(Data(bytes.readableBytesView), known: known)
    }

    private func body() async throws -> ByteBuffer {
        let tooLarge = Problem(
            .contentTooLarge, "too_large", "the body is larger than \(Fields.limit) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Fields.limit {
            throw tooLarge
        }
        do {
            return try await request.body.collect(upTo: Fields.limit)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch {
            throw LostBody(cause: error)
        }
    }
}
