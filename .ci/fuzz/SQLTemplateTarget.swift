// Any bytes as SQL: taken apart so that the pieces are the text again, or refused with a place inside it.
import SuretyCore

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    do throws(SQLTemplateError) {
        for template in [try SQLTemplate(condition: text), try SQLTemplate(text)] {
            for statement in template.statements {
                precondition(statement.bound { _, name in ":" + name } == statement.text, "the pieces differ")
                precondition(Set(statement.names).count == statement.names.count, "a name is listed twice")
            }
            _ = template.unknownNames(known: [])
            _ = template.misplacedNames(known: ["a"])
        }
    } catch {
        precondition((0...text.count).contains(error.offset), "the place lies outside: \(error.offset)")
    }
    let line = SQLTemplate.collapsed(text)
    precondition(line.utf8.count <= text.utf8.count, "a line is longer than its text")
    return 0
}
