import Exchange
import Foundation
import Testing

@Suite struct DeclarationSchemaTests {
    @Test func `the schema is JSON of the right draft and ends in a newline`() throws {
        let json = DeclarationSchema.json()
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(json.hasSuffix("}\n"))
        #expect(json == DeclarationSchema.json())
    }

    @Test func `every section is there and unknown keys are refused`() throws {
        let object =
            try JSONSerialization.jsonObject(with: Data(DeclarationSchema.json().utf8)) as? [String: Any]
        let sections = object?["properties"] as? [String: Any]
        let expected = [
            "surety", "project", "timezone", "state", "warehouses", "calendars", "owners", "channels",
            "routes",
            "escalate", "limits", "report", "pools", "promises", "assets", "consumers", "targets",
        ]
        #expect(sections?.keys.sorted() == expected.sorted())
        #expect(object?["additionalProperties"] as? Bool == false)
    }

    @Test func `every mapping and scalar says what it is`() throws {
        let json = try JSONSerialization.jsonObject(with: Data(DeclarationSchema.json().utf8))
        var pending: [(path: String, value: Any)] = [("", json)]
        while let (path, value) = pending.popLast() {
            guard let object = value as? [String: Any] else { continue }
            for (key, property) in object["properties"] as? [String: [String: Any]] ?? [:] {
                #expect(property["description"] is String, "\(path)/\(key)")
            }
            for (key, inner) in object { pending.append(("\(path)/\(key)", inner)) }
        }
    }
}
