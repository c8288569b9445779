import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// Makes the warehouse's own objects, once, by whoever comes first and may.
struct Preparation {
    let session: WarehouseSession
    let clockOffset: Int64

    /// Leaves the schema at this program's version and the clock at this offset, or throws.
    ///
    /// A role without the right to create anything gets by once somebody else has prepared the warehouse.
    func run() throws(PortFailure) {
        if try version() != WarehouseSchema.version {
            try session.transaction { transaction throws(PortFailure) in
                // Two at once would both find nothing; the second waits here and then finds everything.
                try transaction.run("SELECT pg_advisory_xact_lock(7216837261)")
                try upgrade(from: try version())
            }
        }
        try setClock()
    }

    /// The version that is there, 0 for none; throws when it is newer than this program.
    private func version() throws(PortFailure) -> Int {
        let found = try session.row(
            """
            SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'surety' AND c.relname = 'meta'
            """)
        guard found != nil else { return 0 }
        let row: [String?]?
        do {
            row = try session.row("SELECT value FROM surety.meta WHERE key = 'version'")
        } catch let error where error.kind == .permission {
            session.rollBack()
            throw error.saying(hint: try Grants(session).missingForSurety().joined(separator: " "))
        }
        let version = row?.first.flatMap { $0.flatMap { Int($0) } } ?? 0
        guard version <= WarehouseSchema.version else {
            throw PortFailure(
                .storeUnusable,
                "schema surety of the warehouse has version \(version), this program knows \(WarehouseSchema.version)",
                hint: "Use the newer program; nothing was touched.")
        }
        return version
    }

    private func upgrade(from version: Int) throws(PortFailure) {
        guard version < WarehouseSchema.version else { return }
        do {
            for statement in WarehouseSchema.versions[version...].joined() {
                try session.run("\(unchecked: statement)")
            }
            for function in HelperFunctions.postgres {
                try session.run("\(unchecked: function)")
            }
        } catch let error where error.kind == .permission {
            session.rollBack()
            throw error.saying(
                "this role may not make what Surety keeps in the warehouse: \(error.message)",
                hint: try Grants(session).missingForSurety().joined(separator: " "))
        }
        try session.run(
            """
            INSERT INTO surety.meta (key, value) VALUES ('version', \(String(WarehouseSchema.version)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
    }

    /// Facts made under one kind of clock are never mixed with those of the other.
    private func setClock() throws(PortFailure) {
        let row = try session.row(
            """
            SELECT (SELECT value FROM surety.meta WHERE key = 'clock_offset'),
                EXISTS (SELECT 1 FROM surety.ledger) OR EXISTS (SELECT 1 FROM surety.certificate)
                    OR EXISTS (SELECT 1 FROM surety.owed)
            """)
        let present = row?.first.flatMap { $0.flatMap { Int64($0) } } ?? 0
        guard present != clockOffset else { return }
        let holdsFacts = row?.last.flatMap { $0 } == "t"
        if holdsFacts, (present == 0) != (clockOffset == 0) {
            let (there, here) = present == 0 ? ("the real", "a simulated") : ("a simulated", "the real")
            throw PortFailure(
                .conflict,
                "the warehouse holds facts made under \(there) clock, and this is \(here) one",
                hint: "Use another warehouse for simulated time.")
        }
        try session.run(
            """
            INSERT INTO surety.meta (key, value) VALUES ('clock_offset', \(String(clockOffset)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
    }
}
