// Any bytes as surety.yaml, and as a file beside one that is right: read, or refused with places inside the project.
import Declarations
import SuretyCore

private let settings = Array("surety: 1\nproject: p\ntimezone: Europe/London\nowners: {ana: {name: Ana}}\n".utf8)

private func read(_ files: [String: [UInt8]]) {
    let source = ProjectSource(
        folder: "/project", files: files.keys.sorted(), read: { files[$0] },
        environment: { $0 == "SET" ? "value" : nil }, secretFile: { _ in nil })
    for finding in ProjectReader(source: source).read().findings {
        precondition(finding.location.line >= 1 && finding.location.column >= 1, "no place: \(finding)")
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    read(["surety.yaml": bytes])
    read(["surety.yaml": settings, "more.yaml": bytes])
    return 0
}
