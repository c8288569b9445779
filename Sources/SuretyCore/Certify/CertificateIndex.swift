/// Certificates, found by slice and by id.
public struct CertificateIndex: Sendable {
    private struct Place: Hashable {
        let asset: AssetName
        let start: Instant?
        let end: Instant?
    }

    private var newest: [Place: Certificate] = [:]
    private var byID: [CertificateID: Certificate] = [:]
    private var byAsset: [AssetName: [Certificate]] = [:]
    /// The ids in the order in which the certificates were given.
    public private(set) var order: [CertificateID] = []

    /// An index over certificates, newest last.
    public init(_ certificates: [Certificate]) {
        for certificate in certificates { insert(certificate) }
    }

    /// Adds a certificate that is newer than all others of its slice.
    public mutating func insert(_ certificate: Certificate) {
        let place = Place(asset: certificate.asset, start: certificate.start, end: certificate.end)
        if let older = newest[place], older.isValid, !certificate.isValid { return remember(certificate) }
        newest[place] = certificate
        remember(certificate)
    }

    private mutating func remember(_ certificate: Certificate) {
        byID[certificate.id] = certificate
        order.append(certificate.id)
        byAsset[certificate.asset, default: []].append(certificate)
    }

    /// The newest certificate of a slice, withdrawn or not; a valid one wins.
    public func newest(_ key: StepKey) -> Certificate? {
        newest[Place(asset: key.asset, start: key.slice.interval?.start, end: key.slice.interval?.end)]
    }

    /// The valid certificate of the slice that another is about.
    public func successor(of certificate: Certificate) -> Certificate? {
        let place = Place(asset: certificate.asset, start: certificate.start, end: certificate.end)
        return newest[place].flatMap { $0.isValid ? $0 : nil }
    }

    /// The valid certificate of a slice.
    public func valid(_ key: StepKey) -> Certificate? {
        newest(key).flatMap { $0.isValid ? $0 : nil }
    }

    /// The certificate with an id.
    public subscript(id: CertificateID) -> Certificate? { byID[id] }

    /// All certificates of an asset, in the order in which they were given.
    public func all(of asset: AssetName) -> [Certificate] { byAsset[asset] ?? [] }

    /// The newest certificate of each slice of an asset, withdrawn or not; a valid one wins.
    public func newestOfEach(of asset: AssetName) -> [Certificate] {
        all(of: asset).filter { certificate in
            let place = Place(asset: asset, start: certificate.start, end: certificate.end)
            return newest[place]?.id == certificate.id
        }
    }

    /// The newest certificate of an asset by the time at which it was given.
    public func newest(of asset: AssetName) -> Certificate? {
        all(of: asset).filter(\.isValid).max { $0.certifiedAt < $1.certifiedAt }
    }
}
