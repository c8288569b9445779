import Engine
import Testing

@testable import WebService

@Suite struct `addresses to listen on` {
    @Test(
        arguments: [
            ("127.0.0.1:7433", "127.0.0.1:7433"), ("localhost:80", "127.0.0.1:80"), ("[::1]:0", "[::1]:0"),
            ("127.0.0.2:65535", "127.0.0.2:65535"),
        ])
    func `this machine's own are taken`(text: String, address: String) throws {
        #expect(try WebAddress(parsing: text).description == address)
    }

    @Test(arguments: ["0.0.0.0:7433", "192.168.1.2:7433", "[::]:7433", "example.com:80", "127.0.0.256:80"])
    func `those that others reach need tokens`(text: String) throws {
        let failure = #expect(throws: PortFailure.self) { try WebAddress(parsing: text) }
        #expect(failure?.kind == .refused)
        #expect(failure?.hint.contains("tokens, which are not in this version") == true)
    }

    @Test(arguments: [
        "", "7433", ":7433", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "::1:80", "127.0.0.1:70000",
    ])
    func `what is no address is refused with one that is`(text: String) throws {
        let failure = #expect(throws: PortFailure.self) { try WebAddress(parsing: text) }
        #expect(failure?.hint == "Write it like 127.0.0.1:7433.")
    }
}
