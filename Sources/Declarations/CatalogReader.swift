import SuretyCore

/// Reads the gathered sections of a project into a catalogue, each section after those that it refers to.
struct CatalogReader {
    /// Where findings go.
    let reading: Reading
    /// The gathered keys.
    let sections: Sections

    /// The catalogue, with errors for all that is wrong with it; nil when the project has no name or zone.
    func catalog() -> Catalog? {
        let settings = SettingsReader(reading: reading, sections: sections)
        let identity = settings.identity()
        reading.zone = identity?.zone ?? .utc
        reading.calendars = CalendarReader(reading: reading).calendars(sections.entries("calendars"))
        let assets = declareNames()
        var catalog = Catalog(project: settings.settings(name: identity?.name ?? "", zone: reading.zone))
        catalog.calendars = reading.calendars
        catalog.owners = PeopleReader(reading: reading).owners(sections.entries("owners"))
        catalog.channels = ChannelReader(reading: reading).channels(sections.entries("channels"))
        catalog.routes = RouteReader(reading: reading).routes(sections.single("routes")?.value)
        let readAssets = assets.map {
            AssetReader(reading: reading).asset($0.0, $0.1.pair, bound: $0.1.values)
        }
        for declared in readAssets { catalog.assets[declared.asset.name] = declared.asset }
        let promises = entries("promises", .promise).compactMap {
            PromiseReader(reading: reading).promise($0)
        }
        for declared in promises { catalog.promises[declared.promise.id] = declared.promise }
        for pair in entries("consumers", .consumer) {
            catalog.consumers[ConsumerID(rawValue: pair.key)] = ConsumerReader(reading: reading).consumer(
                pair)
        }
        for pair in entries("targets", .target) {
            catalog.targets[TargetID(rawValue: pair.key)] = TargetReader(reading: reading).target(pair)
        }
        ProjectReview(reading: reading, catalog: catalog, assets: readAssets, promises: promises).run()
        return identity == nil ? nil : catalog
    }

    /// Notes all ids before anything that refers to them is read; gives the assets, expanded.
    private func declareNames() -> [(AssetName, ForEach.Expanded)] {
        PeopleReader(reading: reading)
            .declare(owners: sections.entries("owners"), channels: sections.entries("channels"))
        for (key, kind) in [
            ("promises", Reading.Kind.promise), ("consumers", .consumer), ("targets", .target),
        ] {
            for pair in sections.entries(key) where reading.isID(pair, "a \(kind.rawValue)") {
                _ = reading.declare(kind, pair.key, at: pair.keyNode.location)
            }
        }
        var assets: [(AssetName, ForEach.Expanded)] = []
        for pair in sections.entries("assets") {
            for expanded in ForEach(reading: reading).expand(pair) {
                let text = Written(
                    raw: expanded.pair.key, text: expanded.pair.key, location: pair.keyNode.location)
                guard let name = reading.assetName(text),
                    reading.declare(.asset, expanded.pair.key, at: pair.keyNode.location)
                else { continue }
                assets.append((name, expanded))
            }
        }
        return assets
    }

    private func entries(_ key: String, _ kind: Reading.Kind) -> [YamlPair] {
        sections.entries(key).filter { reading.declared[kind]?[$0.key] == $0.keyNode.location }
    }
}
