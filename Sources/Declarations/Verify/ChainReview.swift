import SuretyCore

/// Looks at what stands behind each promise.
struct ChainReview {
    /// What is looked at.
    let review: ProjectReview
    /// Which assets stand behind which.
    let chains: Chains
    private var reading: Reading { review.reading }
    private var catalog: Catalog { review.catalog }

    /// A review of the chains.
    init(review: ProjectReview, chains: Chains) {
        self.review = review
        self.chains = chains
    }

    /// Notes all that is wrong.
    func run() {
        var behind: [AssetName: [Promise]] = [:]
        for declared in review.promises {
            lookAt(declared)
            for asset in chains.ofPromise[declared.promise.id] ?? [] {
                behind[asset, default: []].append(declared.promise)
            }
        }
        for declared in review.assets {
            lookAt(declared, behind: behind[declared.asset.name] ?? [])
        }
        refuseExperiments(behind)
    }

    private func lookAt(_ declared: PromiseReader.Declared) {
        let promise = declared.promise
        if catalog.owners[promise.owner]?.isGroup == true {
            reading.error(
                declared.fields.valuePlace("owner"),
                "the owner of the promise `\(promise.id)` is a group: `\(promise.owner)`",
                hint: "Name a person; a group can be the deputy.")
        }
        if promise.deputy == promise.owner {
            reading.warning(
                declared.fields.valuePlace("deputy"), "the deputy of the promise `\(promise.id)` is its owner"
            )
        }
        if promise.recovery.isEmpty, !declared.fields.has("recovery") {
            reading.warning(
                promise.location, "the promise `\(promise.id)` has no `recovery`",
                hint: "Say what the owner does when it breaks.")
        }
    }

    private func lookAt(_ declared: AssetReader.Declared, behind promises: [Promise]) {
        let asset = declared.asset
        guard let first = promises.first else { return }
        if asset.stop.isEmpty, declared.fields.list("stop").isEmpty {
            reading.error(
                asset.location,
                "the asset `\(asset.name)` is behind the promise `\(first.id)` and has no `stop` check",
                hint: "Without one it is never certified. Add `stop:` with at least one check.")
        }
        if !asset.stop.isEmpty, asset.stop.allSatisfy(\.comparesWithHistory) {
            reading.warning(
                asset.location,
                "every `stop` check of the asset `\(asset.name)` compares with history, so that it is not certified while"
                    + " there is too little",
                hint: "Add one that needs none, such as `rows >= 1`.")
        }
        if let owner = asset.owner, catalog.owners[owner]?.isGroup == true,
            let promise = promises.first(where: { $0.tier != .three })
        {
            reading.error(
                declared.fields.valuePlace("owner"),
                "the owner of the asset `\(asset.name)` is a group: `\(owner)`",
                hint:
                    "It is behind the promise `\(promise.id)` of tier \(promise.tier.rawValue); name a person."
            )
        }
    }

    /// What an experiment makes is never an input of a real promise.
    private func refuseExperiments(_ behind: [AssetName: [Promise]]) {
        let experiments = review.promises.filter(\.promise.experiment)
        for declared in experiments {
            for (name, text) in zip(declared.promise.needs, declared.needs)
            where catalog.assets[name]?.build != nil {
                guard let real = behind[name]?.first(where: { !$0.experiment }) else { continue }
                reading.error(
                    text.location,
                    "`\(name)` is made by the experiment `\(declared.promise.id)` and is an input of the promise "
                        + "`\(real.id)`",
                    hint: "An experiment is never an input of a real promise.")
            }
        }
        for declared in review.promises where !declared.promise.experiment {
            for name in declared.after
            where catalog.promises[PromiseID(rawValue: name.text)]?.experiment == true {
                reading.error(
                    name.location,
                    "the promise `\(declared.promise.id)` starts after the experiment `\(name.shown)`",
                    hint: "An experiment is never an input of a real promise.")
            }
        }
    }
}
