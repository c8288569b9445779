import AsyncHTTPClient
import Engine
import Foundation
import NIOCore
import NIOHTTP1
import SuretyCore

/// Where a request goes, as far as messages may tell.
struct RequestPlace {
    /// The host as the client looks it up, without brackets.
    let host: String
    /// The method and where to, for people.
    let shown: String
    /// What the request is, for people: `refresh`, `alert`.
    private let noun: String
    private let url: URL

    /// Reads the address; throws `refused` if it is not `http` or `https` with a host.
    init(_ refresh: HTTPRefresh, noun: String) throws(PortFailure) {
        self.noun = noun
        let method = refresh.method
        func refused(_ what: String, _ hint: String = "") -> PortFailure {
            PortFailure(
                .refused,
                "the \(noun) \(method) \(refresh.url.isSecret ? "***" : "") cannot be sent: \(what)",
                hint: hint)
        }
        guard refresh.url.unset.isEmpty else {
            throw refused("\(refresh.url.unset.joined(separator: ", ")) is not set in the environment")
        }
        guard let url = URL(string: refresh.url.reveal()), let host = url.host, !host.isEmpty,
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme)
        else { throw refused("its url is not one of http or https") }
        guard url.user == nil, url.password == nil else {
            throw refused("its url holds a user", "Put credentials into a header.")
        }
        guard Self.isToken(method) else { throw refused("its method is not one") }
        self.url = url
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let port = url.port.map { ":\($0)" } ?? ""
        self.shown = "\(method) \(refresh.url.isSecret ? "***" : "\(scheme)://\(host)\(port)")"
    }

    /// The request with all headers.
    func request(_ refresh: HTTPRefresh, key: String?) throws(PortFailure) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = HTTPMethod(rawValue: refresh.method)
        request.headers.add(name: "User-Agent", value: "surety")
        for (name, value) in refresh.headers.sorted(by: { $0.key < $1.key }) {
            guard value.unset.isEmpty else {
                throw failure(
                    .refused,
                    "the header \(name) needs \(value.unset.joined(separator: ", ")), not set in the environment"
                )
            }
            let text = value.reveal()
            guard Self.isToken(name), !text.unicodeScalars.contains(where: Self.isForbidden) else {
                throw failure(.refused, "the header \(name) is malformed")
            }
            request.headers.replaceOrAdd(name: name, value: text)
        }
        if let key { request.headers.replaceOrAdd(name: "Idempotency-Key", value: key) }
        if let body = refresh.body?.reveal() {
            if !request.headers.contains(name: "Content-Type"), let first = body.first, "{[".contains(first) {
                request.headers.add(name: "Content-Type", value: "application/json")
            }
            request.body = .bytes(ByteBuffer(string: body))
        }
        return request
    }

    /// Whether a text can be a method or the name of a header (RFC 9110, 5.6.2).
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case _: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether a character would end a header or is not printed.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F
    }

    /// A failure that names this place.
    func failure(
        _ kind: PortFailure.Kind, _ what: String, hint: String = "", isRetryable: Bool = false
    ) -> PortFailure {
        PortFailure(kind, "the \(noun) \(shown) failed: \(what)", hint: hint, isRetryable: isRetryable)
    }
}
