/// Tells addresses that only this machine or this network can reach.
enum PrivateAddress {
    /// The private host that a URL names literally; nil if its host is a public address or any other name.
    static func host(of url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let authority = url[scheme.upperBound...].prefix { !"/?#\\".contains($0) }
        let hostAndPort = authority[
            (authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex)...]
        let host: Substring
        if hostAndPort.hasPrefix("[") {
            host = hostAndPort.dropFirst().prefix { $0 != "]" }
        } else {
            host = hostAndPort.prefix { $0 != ":" }
        }
        return isPrivate(host.lowercased()) ? String(host) : nil
    }

    private static func isPrivate(_ host: String) -> Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        if name.contains(":") { return isPrivate6(name) }
        return number4(name).map(isPrivate4) ?? false
    }

    /// The number that an IPv4 address stands for, in every spelling that resolvers take: `127.1`, `0x7f000001`.
    private static func number4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        let numbers = parts.compactMap(number)
        guard numbers.count == parts.count, let last = numbers.last else { return nil }
        var value: UInt64 = 0
        for part in numbers.dropLast() {
            guard part < 256 else { return nil }
            value = value << 8 | part
        }
        let width = UInt64(8 * (5 - parts.count))
        guard last < 1 << width else { return nil }
        return UInt32(value << width | last)
    }

    private static func number(_ part: Substring) -> UInt64? {
        if part.hasPrefix("0x") { return UInt64(part.dropFirst(2), radix: 16) }
        if part.count > 1, part.hasPrefix("0") { return UInt64(part, radix: 8) }
        return part.utf8.allSatisfy { (48...57).contains($0) } ? UInt64(part) : nil
    }

    private static func isPrivate4(_ address: UInt32) -> Bool {
        switch (address >> 24, address >> 16 & 0xFF) {
        case (0, _), (10, _), (127, _), (172, 16...31), (192, 168), (169, 254): true
        default: false
        }
    }

    private static func isPrivate6(_ text: String) -> Bool {
        let address = text.prefix { $0 != "%" }
        guard let groups = groups6(address) else { return false }
        if groups.dropLast(2).allSatisfy({ $0 == 0 }) || groups.prefix(6) == [0, 0, 0, 0, 0, 0xFFFF] {
            let low = UInt32(groups[6]) << 16 | UInt32(groups[7])
            return low <= 1 || isPrivate4(low)
        }
        return groups[0] & 0xFE00 == 0xFC00 || groups[0] & 0xFFC0 == 0xFE80
    }

    private static func groups6(_ text: Substring) -> [UInt16]? {
        func groups(_ part: Substring) -> [UInt16]? {
            if part.isEmpty { return [] }
            var found: [UInt16] = []
            for group in part.split(separator: ":", omittingEmptySubsequences: false) {
                if group.contains("."), let low = number4(String(group)) {
                    found += [UInt16(low >> 16), UInt16(low & 0xFFFF)]
                } else if let value = UInt16(group, radix: 16) {
                    found.append(value)
                } else {
                    return nil
                }
            }
            return found
        }
        guard let gap = text.firstRange(of: "::") else {
            let all = groups(text)
            return all?.count == 8 ? all : nil
        }
        guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
            head.count + tail.count <= 7
        else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }
}
