import PostgresClient
import Testing

struct PostgresSettingsTests {
    @Test func `a URL is read and percent-decoded`() throws {
        let settings = try PostgresSettings(
            "postgres://an%40a:p%2Fw%20d@db.example:6543/da%20ta?sslmode=require&application_name=x")

        #expect(settings.user == "an@a")
        #expect(settings.password == "p/w d")
        #expect(settings.host == "db.example")
        #expect(settings.port == "6543")
        #expect(settings.database == "da ta")
        #expect(settings.tlsMode == "require")
        #expect(settings.applicationName == "x")
    }

    @Test func `keywords are read`() throws {
        let settings = try PostgresSettings(
            #"host=/run/pg user=ana password='it\'s' dbname=d connect_timeout=3"#)

        #expect(settings.host == "/run/pg")
        #expect(settings.password == "it's")
        #expect(settings.connectTimeout == .seconds(3))
    }

    @Test(arguments: [
        ("postgres://h/d", "verify-full"), ("postgres://10.0.0.7/d", "verify-full"),
        ("postgres://h/d?sslmode=disable", "disable"), ("postgres://127.0.0.1,h/d", "verify-full"),
        ("postgres://localhost/d", nil), ("postgres://127.0.0.1/d", nil), ("postgres://[::1]/d", nil),
        ("host=/run/pg", nil), ("postgres://127.evil.example/d", "verify-full"),
    ])
    func `servers elsewhere must prove who they are`(_ address: String, _ mode: String?) throws {
        #expect(try PostgresSettings(address).tlsMode == mode)
    }

    @Test(arguments: [
        "postgres://ana:hunter2@h:5432/d?sslmode=require", "host=h user=ana password=hunter2 dbname=d",
        "postgres://h/d?password=hunter2&user=ana",
    ])
    func `the password is never printed`(_ address: String) throws {
        let settings = try PostgresSettings(address)
        var dumped = ""
        dump(settings, to: &dumped)

        for text in ["\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("ana@h"))
        }
    }

    @Test(arguments: [
        "postgres://ana:hunter2@h:port/d", "postgres://ana:hunter2%zz@h/d", "password=hunter2 oops hunter2",
        "postgres://ana:hunter2@[::1/d", "host=h password='hunter2", "postgres://u:hunter2@h/d?nonsense=1",
        "password=a\u{0}b",
    ])
    func `an address that cannot be read is refused without quoting it`(_ address: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresSettings(address) }

        #expect(error?.sqlState == "08001")
        #expect(error?.description.contains("hunter2") == false)
    }
}
