import Dispatch
import Foundation

/// An IPv4 or IPv6 address.
struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16 bytes, in the order of the network.
    let bytes: [UInt8]

    /// Reads an address in its usual forms.
    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// The address as text.
    var text: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }

    /// Whether it is an address of the public internet: not of this machine, a private or shared network, a link,
    /// a group of receivers, or one reserved for documentation, tests or the future (IANA's special-purpose registries).
    var isPublic: Bool {
        guard bytes.count == 16 else { return !Self.special4.contains { $0.contains(bytes) } }
        if let inner = embedded4 { return inner.isPublic }
        // All global unicast is 2000::/3.
        return bytes[0] & 0xE0 == 0x20 && !Self.special6.contains { $0.contains(bytes) }
    }

    /// Whether it is this machine, which nobody else can listen to.
    var isLoopback: Bool {
        guard bytes.count == 16 else { return bytes[0] == 127 }
        if bytes == [UInt8](repeating: 0, count: 15) + [1] { return true }
        return bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) && bytes[12] == 127
    }

    /// The IPv4 address that an IPv6 one stands for: mapped, translated (NAT64) or 6to4.
    private var embedded4: NetworkAddress? {
        if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) { return four(12) }
        if bytes.starts(with: [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8)) { return four(12) }
        if bytes.starts(with: [0x20, 0x02]) { return four(2) }
        return nil
    }

    private func four(_ start: Int) -> NetworkAddress? {
        NetworkAddress(bytes[start..<start + 4].map(String.init).joined(separator: "."))
    }

    /// Addresses with the same first bits.
    private struct Block {
        var first: [UInt8]
        var bits: Int

        init(_ text: String, _ bits: Int) {
            self.first = NetworkAddress(text)?.bytes ?? []
            self.bits = bits
        }

        func contains(_ bytes: [UInt8]) -> Bool {
            guard bytes.count == first.count else { return false }
            for index in 0..<(bits + 7) / 8 {
                let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(8, bits - index * 8))
                if bytes[index] & mask != first[index] & mask { return false }
            }
            return true
        }
    }

    private static let special4 = [
        Block("0.0.0.0", 8), Block("10.0.0.0", 8), Block("100.64.0.0", 10), Block("127.0.0.0", 8),
        Block("169.254.0.0", 16), Block("172.16.0.0", 12), Block("192.0.0.0", 24), Block("192.0.2.0", 24),
        Block("192.88.99.0", 24), Block("192.168.0.0", 16), Block("198.18.0.0", 15),
        Block("198.51.100.0", 24),
        Block("203.0.113.0", 24), Block("224.0.0.0", 4), Block("240.0.0.0", 4),
    ]
    private static let special6 = [
        Block("2001::", 23), Block("2001:db8::", 32), Block("3fff::", 20),
    ]

    /// All addresses of a host, in the system's order of preference, each once. The system's resolver blocks, so it runs
    /// on a thread of its own queue. Throws when there is none.
    static func resolve(_ host: String) async throws -> [NetworkAddress] {
        struct Unresolved: Error {}
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                var hints = addrinfo()
                hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
                var list: UnsafeMutablePointer<addrinfo>?
                guard getaddrinfo(host, nil, &hints, &list) == 0 else {
                    continuation.resume(throwing: Unresolved())
                    return
                }
                defer { freeaddrinfo(list) }
                var found: [NetworkAddress] = []
                var next = list
                while let entry = next {
                    next = entry.pointee.ai_next
                    guard let address = NetworkAddress(entry.pointee), !found.contains(address) else {
                        continue
                    }
                    found.append(address)
                }
                guard found.isEmpty else { return continuation.resume(returning: found) }
                continuation.resume(throwing: Unresolved())
            }
        }
    }

    private init?(_ entry: addrinfo) {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
            getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // The zone of a link-local address, `%eth0`, is not part of it.
        self.init(String(text.prefix { $0 != "%" }))
    }
}
