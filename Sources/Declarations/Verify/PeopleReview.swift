import SuretyCore

/// Looks whether people can be reached.
struct PeopleReview {
    /// Where findings go.
    let reading: Reading
    /// Everything that was read.
    let catalog: Catalog

    /// Notes all that is wrong.
    func run() {
        for owner in catalog.owners.values.sorted(by: { $0.id < $1.id }) {
            guard let place = reading.declared[.owner]?[owner.id.rawValue] else { continue }
            if owner.to.isEmpty, !canReachMembers(of: owner) {
                reading.warning(
                    place, "the owner `\(owner.id)` cannot be reached", hint: "List channels under `to`.")
            }
            for channel in owner.to
            where isMail(channel) && owner.email == nil && !hasMail(owner.members ?? []) {
                reading.warning(
                    place, "the owner `\(owner.id)` has no `email` for the channel `\(channel)`",
                    hint: "Add `email`.")
            }
        }
    }

    private func canReachMembers(of owner: Owner) -> Bool {
        owner.members?.contains { catalog.owners[$0]?.to.isEmpty == false } ?? false
    }

    private func hasMail(_ members: [OwnerID]) -> Bool {
        members.contains { catalog.owners[$0]?.email != nil }
    }

    private func isMail(_ id: ChannelID) -> Bool {
        guard case .email = catalog.channels[id]?.kind else { return false }
        return true
    }
}
