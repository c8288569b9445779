import SuretyCore

extension World {
    /// The valid certificates that rest on one, directly or further on, as far as later changes of it matter to them.
    func dependants(of id: CertificateID) -> [Certificate] {
        var moved: Set<CertificateID> = [id]
        var found: [Certificate] = []
        for id in lineage.certificates.order {
            guard let certificate = lineage.certificates[id], certificate.isValid, !moved.contains(id) else {
                continue
            }
            let binding = lineage.bindingInputs(of: certificate)
            guard binding.contains(where: { moved.contains($0) }) else { continue }
            moved.insert(id)
            found.append(certificate)
        }
        return found
    }
}
