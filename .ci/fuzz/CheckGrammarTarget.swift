// Any bytes as a check, as DAYS, as a need and as a condition of `choose`: read, or refused with a place inside them.
import Declarations
import SuretyCore

private let parser = CheckParser(
    calendars: ["business": BusinessCalendar(weekdays: [.mon, .tue, .wed, .thu, .fri])], zone: .utc)

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    do throws(CheckSyntaxError) {
        let parsed = try parser.parse(text)
        for part in parsed.bodies {
            let again = try? parser.parse(part.text)
            precondition(again?.bodies.map(\.body) == [part.body], "a text reads back as something else: \(part.text)")
        }
        let checks = parser.build(
            asset: AssetName(schema: "a", table: "b"), list: .stop, name: nil, parsed: parsed,
            location: SourceLocation(file: "f", line: 1, column: 1))
        precondition(Set(checks.map(\.id)).count == parsed.bodies.count, "two checks have one id")
    } catch {
        precondition((0...text.count).contains(error.offset), "the place lies outside: \(error.offset)")
    }
    _ = try? parser.parseDays(text)
    _ = try? parser.parseNeed(text)
    _ = try? parser.parseChoiceCondition(text)
    _ = try? parser.parse(row: text)
    _ = try? parser.parse(column: text, .matches, pattern: text)
    _ = try? parser.parse(sql: text, expect: "returns no rows")
    return 0
}
