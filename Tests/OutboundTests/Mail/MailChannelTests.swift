import Engine
import NIOCore
import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(10))) struct `alerts by mail` {
    private struct StoppedClock: WallClock {
        var simulatedOffset: Int64? { nil }
        func now() -> Instant { Make.instant("2026-04-01T06:30:00Z") }
        func sleep(seconds: Double) async throws {}
    }

    /// The words that the program finds.
    private struct Words: AlertWriter {
        func document(_ message: AlertMessage) -> String { "{}" }
        func body(_ message: AlertMessage) -> String { document(message) }
        func letter(_ report: WeeklyReport, id: String) -> Letter {
            Letter(subject: "The week", text: "kept", html: "<p>kept</p>", line: "kept", document: "{}")
        }
        func slack(_ message: AlertMessage) -> SlackWords { SlackWords(text: "", blocks: "[]") }
        func mail(_ message: AlertMessage) -> MailWords {
            MailWords(
                subject: AlertMail.subject(message), text: AlertMail.text(message),
                html: AlertMail.html(message))
        }
    }

    private let ana = Owner(id: "ana", name: "Ana Ruíz", email: "ana@acme.example", to: ["mail"])

    private var messenger: ChannelMessenger {
        ChannelMessenger(
            folder: "/nonexistent", writer: Words(),
            sender: HTTPSender(clock: StoppedClock(), timeout: .seconds(300)) { _ in
                [NetworkAddress("127.0.0.1")].compactMap { $0 }
            })
    }

    private func channel(_ port: Int, from: String = "Surety <surety@acme.example>") -> AlertChannel {
        let server = Secret("smtp://localhost:\(port)", isSecret: false)
        return AlertChannel(id: "mail", kind: .email(MailServer(server: server, from: from)))
    }

    private func incident() -> Incident {
        let billing = Make.name("raw.billing_export")
        let trouble = Trouble(
            cause: Cause(
                .checkFailed, asset: billing, interval: "2026-03-31",
                message: "rows >= 40: 21 rows of <b>billing</b> & co", owner: "ana"),
            intervals: ["2026-03-31"],
            affects: ["raw.billing_export 2026-03-31", "mart.revenue_daily 2026-03-31"],
            promises: ["revenue-by-8"], consumers: ["leadership-revenue"], severity: .critical)
        return Incident(id: "inc_k3v9", trouble: trouble, at: Make.instant("2026-04-01T06:30:00Z"))
    }

    private func message(
        _ event: IncidentBook.Event = .opened, _ change: (inout Incident) -> Void = { _ in }
    ) -> AlertMessage {
        var incident = incident()
        change(&incident)
        var alert = Alert(
            event: event, at: Make.instant("2026-04-01T06:30:00Z"), incident: incident,
            headline: "revenue-by-8 is blocked: raw.billing_export 2026-03-31 is half there")
        alert.promises = [
            Alert.PromiseAtStake(
                id: "revenue-by-8", sentence: "By 08:00 leadership sees Tuesday’s revenue.", tier: .one,
                deadline: Make.instant("2026-04-01T07:00:00Z"), zone: Make.zone("Europe/London"))
        ]
        alert.observed = "21"
        alert.expected = "at least 40"
        alert.readers = [
            Alert.Reader(id: "leadership-revenue", name: "Leadership revenue", shows: "2026-03-30")
        ]
        alert.owner = Alert.Person(ana)
        alert.recovery = [
            "Ask billing-ops to resend the export.", "surety run revenue-by-8 --for 2026-03-31",
        ]
        alert.done = ["kept the gate of leadership-revenue closed"]
        alert.earlier = [Make.instant("2026-03-12T06:30:00Z")]
        return AlertMessage(
            alert, to: AlertRecipient(channel: "mail", person: "ana"), dueAt: alert.at)
    }

    private func mail(_ message: AlertMessage) throws -> Mail {
        Mail(
            message, Words().mail(message), from: try #require(MailAddress("Surety <surety@acme.example>")),
            to: try #require(MailAddress("ana@acme.example", name: "Ana Ruíz")),
            at: Make.instant("2026-04-01T06:30:05Z"))
    }

    @Test func `an alert stays as it was written down`() throws {
        let composed = try mail(message()).composed
        expectSnapshot(composed.replacing("\r\n", with: "\n"), named: "alert")
        #expect(composed.utf8.count < 90_000)
    }

    @Test func `the words of an alert stay as they were written down`() {
        let words = Words().mail(message())
        expectSnapshot(
            "\(words.subject)\n\n\(words.text)\n\(words.html)", named: "alert-words")
        for foreign in ["<script", "<svg", "http://", "https://", "src=", "<style", "<b>"] {
            #expect(!words.html.contains(foreign), "\(foreign)")
        }
    }

    @Test func `all mails of an incident have one subject and one thread, and each its own id`() throws {
        let opened = message()
        let resolved = message(.resolved) {
            $0.status = .resolved
            $0.resolvedAt = Make.instant("2026-04-01T06:45:00Z")
            $0.sequence = 4
            $0.severity = .warning
            $0.intervals = ["2026-03-30", "2026-03-31"]
            $0.promises = ["payments-by-6", "revenue-by-8"]
        }
        let mails = try [opened, resolved].map(mail)
        #expect(Set(mails.map(\.subject)) == ["[Surety] raw.billing_export: a check failed (inc_k3v9)"])
        for mail in mails {
            let lines = mail.composed.split(separator: "\r\n")
            #expect(lines.contains("References: <incident-inc_k3v9@acme.example>"))
            #expect(lines.contains("In-Reply-To: <incident-inc_k3v9@acme.example>"))
        }
        #expect(mails[0].composed.contains("\r\nMessage-ID: <inc_k3v9-1-mail-ana@acme.example>\r\n"))
        #expect(mails[1].composed.contains("\r\nMessage-ID: <inc_k3v9-4-mail-ana@acme.example>\r\n"))
        #expect(mails.map { $0.composed.contains("\r\nImportance: high\r\n") } == [true, false])
    }

    @Test(arguments: [
        (IncidentBook.Event.opened, Incident.Status.firing, "OPEN since 2026-04-01 07:30 +01:00"),
        (.reopened, .firing, "OPEN AGAIN, first opened 2026-04-01 07:30 +01:00"),
        (.acknowledged, .acknowledged, "ACKNOWLEDGED by ben, open since 2026-04-01 07:30 +01:00"),
        (.updated, .recovering, "RECOVERING, open since 2026-04-01 07:30 +01:00"),
        (
            .resolved, .resolved,
            "RESOLVED at 2026-04-01 07:45 +01:00, opened 2026-04-01 07:30 +01:00"
        ),
    ])
    func `the first line says where the incident stands`(
        _ event: IncidentBook.Event, _ status: Incident.Status, _ line: String
    ) {
        let message = message(event) {
            $0.status = status
            let now = Make.instant("2026-04-01T06:45:00Z")
            if status == .acknowledged { $0.acknowledgement = .init(by: "ben", at: now, rating: nil) }
            if status == .resolved { $0.resolvedAt = now }
        }
        let words = Words().mail(message)
        #expect(words.text.split(separator: "\n").first.map(String.init) == line)
        #expect(words.html.contains(">\(line)<"))
    }

    @Test func `an alert reaches the owner, and is known by its id`() async throws {
        let message = message()
        let received = try await LocalMailServer().receive { port in
            let receipt = try await messenger.send(message, over: channel(port), to: ana, after: nil)
            #expect(receipt == "<inc_k3v9-1-mail-ana@acme.example>")
        }
        let got = try #require(received.first)
        #expect(received.count == 1)
        #expect(got.from == "surety@acme.example")
        #expect(got.to == ["ana@acme.example"])
        #expect(got.addresses == [["Ana Ruíz", "ana@acme.example"]])
        #expect(got.values("From") == ["Surety <surety@acme.example>"])
        #expect(got.values("X-Surety-Incident") == ["inc_k3v9"])
        #expect(got.values("X-Surety-Severity") == ["critical"])
        #expect(got.values("Importance") == ["high"])
        #expect(got.text == AlertMail.text(message))
        #expect(got.html == AlertMail.html(message))
        #expect(got.defects.isEmpty)
    }

    @Test func `a recipient that the server refuses is a failure of the alert`() async throws {
        let server = LocalMailServer(recipients: ["ana@acme.example": "550 5.1.1 no such user"])
        _ = try await server.receive { port in
            let failure = try await MailFixture.failure {
                _ = try await messenger.send(message(), over: channel(port), to: ana, after: nil)
            }
            #expect(failure.kind == .refused && failure.message.contains("no such user"), "\(failure)")
        }
    }

    @Test func `nobody, a person without an address and a sender that is none are refused`() async throws {
        let cases: [(Owner?, String, String)] = [
            (nil, "surety@acme.example", "`to`"),
            (Owner(id: "ben", name: "Ben"), "surety@acme.example", "Declare `email`"),
            (Owner(id: "ben", name: "Ben", email: "ben@a b"), "surety@acme.example", "no address"),
            (ana, "surety", "`from`"),
        ]
        for (person, from, words) in cases {
            let failure = try await MailFixture.failure {
                _ = try await messenger.send(message(), over: channel(1, from: from), to: person, after: nil)
            }
            #expect(failure.kind == .refused && !failure.isRetryable)
            #expect(failure.description.contains(words), "\(failure)")
        }
    }
}
