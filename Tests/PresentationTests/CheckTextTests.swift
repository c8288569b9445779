import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CheckTextTests {
    @Test func `a proof says what it rests on`() {
        let asset = Make.source("raw.a")
        let check = Make.check("id unique", of: asset.name, body: .row(.unique(["id"])))
        let result = Judge(check, of: asset.name, slice: .whole, zone: .utc).provedForRows(
            "the constraint a_pkey")
        #expect(
            CheckText.line(result, .plain)
                == "  pass          id unique  proved by the constraint a_pkey\n")
    }
}
