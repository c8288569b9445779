import Hummingbird
import Presentation

extension Response {
    /// The headers of every document.
    static let documentHeaders: HTTPFields = [
        .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
    ]

    /// A JSON document.
    static func document(
        _ document: JSONValue, _ status: HTTPResponse.Status = .ok, location: String? = nil
    ) -> Response {
        var headers = documentHeaders
        if let location { headers[.location] = location }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.document)))
    }
}
