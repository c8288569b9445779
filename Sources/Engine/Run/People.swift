public import SuretyCore

/// What people decide: approvals, rejections, manual work done, failing checks accepted, occurrences waived.
public struct People: Sendable {
    private let surroundings: Surroundings

    /// People in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Answers a request for approval; `notYet`-like misuse is refused with what to do.
    public func answer(_ id: String, approved: Bool, reason: String?) async throws(PortFailure)
        -> ApprovalRequest
    {
        let memories = try await surroundings.state.approvals(limit: 1000)
        guard let memory = memories.first(where: { $0.request.id == id }) else {
            let open = memories.filter { $0.approved == nil }.map(\.request.id).joined(separator: ", ")
            throw PortFailure(
                .refused, "there is no request \(id)", hint: open.isEmpty ? "None is open." : "Open: \(open)."
            )
        }
        if let approved = memory.approved {
            throw PortFailure(.conflict, "\(id) was \(approved ? "approved" : "rejected") before")
        }
        if let expires = memory.request.expiresAt, expires <= surroundings.clock.now() {
            throw PortFailure(
                .conflict, "\(id) expired \(surroundings.catalog.project.zone.words(expires))",
                hint: "Run it again to ask anew.")
        }
        let allowed = memory.request.by.map(\.rawValue)
        guard allowed.isEmpty || allowed.contains(surroundings.person) else {
            throw PortFailure(
                .permission, "\(surroundings.person) may not answer \(id)",
                hint: "It is for \(allowed.joined(separator: ", ")); set SURETY_USER to say who you are.")
        }
        try await surroundings.record(
            .approvalAnswered(id: id, by: surroundings.person, approved: approved, reason: reason))
        return memory.request
    }

    /// Says that manual work of slices is done.
    public func done(_ asset: Asset, slices: [Slice]) async throws(PortFailure) {
        for slice in slices {
            try await surroundings.record(
                .manualDone(asset.name, interval: slice.label, by: surroundings.person))
        }
    }

    /// Takes a failing check as it is; `columns unchanged` compares with the present columns from now on.
    public func accept(
        _ check: Check, of asset: Asset, slices: [Slice], reason: String, until: CivilDate?
    ) async throws(PortFailure) {
        for slice in slices {
            var acceptance = CheckAcceptance(
                check: check.id, asset: asset.name, interval: slice.label, reason: reason, until: until,
                by: surroundings.person)
            if case .schema(.unchanged) = check.body {
                acceptance.baseline = try await presentColumns(of: asset, slice)
            }
            try await surroundings.record(.checkAccepted(acceptance))
        }
    }

    private func presentColumns(
        of asset: Asset, _ slice: Slice
    ) async throws(PortFailure) -> CheckAcceptance.Baseline {
        let now = surroundings.clock.now()
        var context = CheckContext(now: now)
        context.zone = surroundings.catalog.project.zone
        let shape = try await surroundings.warehouse.ask(
            QuestionRound(asset: asset, slice: slice, checks: [], context: context)
        ).shape
        guard !shape.columns.isEmpty else {
            throw PortFailure(.refused, "there is no table \(asset.name), so no columns could be taken")
        }
        return CheckAcceptance.Baseline(columns: shape.columns, at: now, number: shape.number)
    }

    /// The occurrences that a person let go, each by the last interval that it owes.
    public struct Waived: Hashable, Sendable {
        /// All of them, in order.
        public let intervals: [String]
        /// Those whose deadline had passed: nobody is told of them any more, and their outcome stays what it is.
        public let tooLate: [String]
    }

    /// Waives the occurrences of a promise that owe some slices.
    public func waive(
        _ promise: Promise, slices: [AssetName: [Slice]], reason: String
    ) async throws(PortFailure) -> Waived {
        let calendar = try await World.read(surroundings, for: promise.needs).occurrences(of: promise)
        let occurrences = slices.flatMap { asset, slices in
            slices.compactMap(\.interval).compactMap { calendar.occurrence(owing: $0, of: asset) }
        }
        let labels = Set(occurrences.compactMap(\.lastInterval)).sorted().map(\.description)
        guard !labels.isEmpty else {
            throw PortFailure(
                .refused, "no occurrence of \(promise.id) owes that",
                hint: "`surety status \(promise.id)` shows what it owes.")
        }
        for label in labels {
            try await surroundings.record(
                .occurrenceWaived(promise.id, interval: label, by: surroundings.person, reason: reason))
        }
        let waivers = try await surroundings.state.waivers(of: promise.id)
        let inTime = Set(
            occurrences.filter { occurrence in
                occurrence.lastInterval.flatMap { waivers[$0.description] }?
                    .isInTime(for: occurrence.deadline) ?? false
            }.compactMap { $0.lastInterval?.description })
        return Waived(intervals: labels, tooLate: labels.filter { !inTime.contains($0) })
    }
}
