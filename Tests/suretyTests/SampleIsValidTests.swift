import Declarations
import Presentation
import SuretyCore
import Testing

@testable import surety

/// The sample project and what `validate` says of it.
@Suite struct SampleIsValidTests {
    @Test func `the sample is valid, and validate counts it`() throws {
        let prefix = "checks/"
        let texts = Dictionary(
            uniqueKeysWithValues: SampleProject.files.map { ($0.path, Array($0.text.utf8)) })
        let source = ProjectSource(
            folder: "/sample/checks",
            files: texts.keys.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".yaml") }
                .map { String($0.dropFirst(prefix.count)) }.sorted(),
            read: { texts[prefix + $0] }, environment: { _ in nil }, secretFile: { _ in nil })
        let project = ProjectReader(source: source).read()
        #expect(project.errors.isEmpty)
        #expect(project.catalog?.promises[DemoScene.promise]?.serves == [DemoScene.consumer])
        #expect(ValidText.text(project.catalog).hasPrefix("valid: 3 promises, "))
        #expect(ValidText.text(nil) == "")
    }
}
