public import SuretyCore

extension Catalog {
    /// The promises that serve a consumer, in order of id.
    func promises(serving consumer: ConsumerID) -> [Promise] {
        promisesInOrder.filter { $0.serves.contains(consumer) }
    }

    /// The assets whose certificates a consumer's gate asks for.
    public func assets(concerning consumer: Consumer) -> [AssetName] {
        Set(promises(serving: consumer.id).flatMap(\.needs) + consumer.uses).sorted()
    }
}
