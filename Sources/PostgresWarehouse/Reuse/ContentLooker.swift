import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// Looks at what slices hold, and reads only those of which it is not known that they are as they were.
struct ContentLooker {
    let session: WarehouseSession
    let memory: ContentMemory

    /// - Parameter table: The asset's table a moment ago; nil where there was none.
    func look(
        at asset: Asset, in table: TableInfo?, slices: [Slice]
    ) throws(PortFailure) -> ContentLook {
        let before = try table.flatMap { table throws(PortFailure) in try mark(of: asset, in: table) }
        let entry = before.flatMap { memory.entry(of: asset, at: $0.mark.at) }
        if let entry, let before,
            case .none = before.mark.change(since: entry.mark, notes: try notes(before, entry)),
            slices.allSatisfy({ entry.content[$0] != nil })
        {
            let reader = ContentReader(session)
            return ContentLook(
                snapshot: try reader.snapshot(of: before.table),
                content: entry.content.filter { slices.contains($0.key) })
        }
        let look = try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            transaction throws(PortFailure) in
            try ContentLooker(session: transaction, memory: memory).read(asset, slices, entry)
        }
        if let before {
            memory.remember(
                ContentMemory.Entry(
                    mark: before.mark, readAt: entry?.readAt ?? before.mark.at, rule: asset.interval,
                    content: look.content),
                of: asset.name)
        }
        return look
    }

    /// What the slices hold in the open transaction's snapshot, those of the entry that did not change as they were.
    private func read(
        _ asset: Asset, _ slices: [Slice], _ entry: ContentMemory.Entry?
    ) throws(PortFailure) -> ContentLook {
        try session.settle(zone: .utc)
        let reader = ContentReader(session)
        let table = try reader.outline(of: asset)
        let snapshot = try reader.snapshot(of: table?.name)
        guard let table else { return ContentLook(snapshot: snapshot, content: [:]) }
        var content: [Slice: ContentMark] = [:]
        if let entry, let now = try mark(of: asset, in: table) {
            content = try unchanged(of: asset, in: table, now, entry).filter { slices.contains($0.key) }
        }
        let others = slices.filter { content[$0] == nil }
        content.merge(try reader.content(of: asset, in: table, slices: others)) { _, new in new }
        return ContentLook(snapshot: snapshot, content: content)
    }

    private func unchanged(
        of asset: Asset, in table: TableInfo, _ now: Marked, _ entry: ContentMemory.Entry
    ) throws(PortFailure) -> [Slice: ContentMark] {
        switch now.mark.change(since: entry.mark, notes: try notes(now, entry)) {
        case .none: return entry.content
        case .unknown: return [:]
        case .days(let days, _):
            return entry.content.filter { slice, _ in !slice.touches(days, in: asset.interval?.cadence.zone) }
        case .added:
            // Where rows were only added, those of as many as before are the same.
            let counts = try ContentReader(session).content(
                of: asset, in: table, slices: Array(entry.content.keys), .nothing)
            return entry.content.filter { counts[$0.key]?.rows == $0.value.rows }
        }
    }

    /// How a table is, beside its rows.
    private struct Marked {
        let table: AssetName
        let mark: TableMark
        let relations: [Int64]
    }

    private func mark(of asset: Asset, in table: TableInfo) throws(PortFailure) -> Marked? {
        let day = asset.interval.flatMap { IntervalDay.sql($0, in: table) } ?? ""
        guard let look = try TableMarkQuery(session).look(at: table.name, day: day) else { return nil }
        return Marked(table: table.name, mark: look.mark, relations: look.relations)
    }

    private func notes(_ now: Marked, _ entry: ContentMemory.Entry) throws(PortFailure) -> [ChangeNote]? {
        guard now.mark.guardians != nil else { return nil }
        return try TableMarkQuery(session).notes(on: now.relations, since: entry.mark)
    }
}
