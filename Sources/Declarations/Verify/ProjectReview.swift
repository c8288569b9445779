import SuretyCore

/// Looks at what is declared as a whole, once every part of it has been read.
struct ProjectReview {
    /// Where findings go.
    let reading: Reading
    /// Everything that was read.
    let catalog: Catalog
    /// Assets with their places, in order of declaration.
    let assets: [AssetReader.Declared]
    /// Promises with their places, in order of declaration.
    let promises: [PromiseReader.Declared]

    /// Notes all that is wrong.
    func run() {
        let chains = Chains(catalog: catalog)
        CycleReview(reading: reading, catalog: catalog, assets: assets, promises: promises).run()
        ChainReview(review: self, chains: chains).run()
        PeopleReview(reading: reading, catalog: catalog).run()
        for declared in promises {
            ScheduleReview(reading: reading, catalog: catalog, declared: declared).run()
        }
        WarehouseReview(review: self, chains: chains).run()
        for declared in assets { AssetReview(reading: reading, catalog: catalog, declared: declared).run() }
    }
}
