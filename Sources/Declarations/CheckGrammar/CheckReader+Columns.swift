import SuretyCore

extension CheckReader {
    /// `name`, or `column "quoted name"`.
    mutating func column() throws(CheckSyntaxError) -> String {
        scanner.want("a column")
        let start = scanner.position
        guard let word = scanner.peekWord() else { throw notAName() }
        if word == "column" {
            _ = scanner.takeWord()
            scanner.want("a name in double quotes")
            guard let name = try quotedName() else {
                throw scanner.unexpected(hint: CheckReader.quotingHint("column"))
            }
            return name
        }
        guard !CheckReader.isReserved(word) else {
            throw scanner.error(
                "`\(word)` is a word of the check grammar", hint: CheckReader.quotingHint(word), at: start)
        }
        _ = scanner.takeWord()
        return word
    }

    /// A name in double quotes; nil if none stands here.
    private mutating func quotedName() throws(CheckSyntaxError) -> String? {
        let start = scanner.position
        let name = try scanner.takeQuoted("\"")
        guard name != "" else { throw scanner.error("the name is empty", at: start) }
        return name
    }

    private func notAName() -> CheckSyntaxError {
        guard let first = scanner.next else { return scanner.unexpected() }
        let found = scanner.found
        if first == "\"" {
            return scanner.unexpected(hint: "A name in quotes is written column \"…\"")
        }
        guard first.properties.isAlphabetic || first.continuesName, !found.contains("/") else {
            return scanner.unexpected()
        }
        return scanner.error("`\(found)` is not a plain name", hint: "Write it column \"\(found)\"")
    }

    /// `a, b, c`, with where they stand.
    mutating func columns() throws(CheckSyntaxError) -> (names: [String], places: [Range<Int>]) {
        var names: [String] = []
        var places: [Range<Int>] = []
        var seen: Set<ExactText> = []
        repeat {
            let start = scanner.position
            let name = try column()
            guard seen.insert(ExactText(name)).inserted else {
                throw scanner.error("the column `\(name)` is named twice", at: start)
            }
            guard names.count < 1600 else {
                throw scanner.error("these are more columns than a table can have", at: start)
            }
            names.append(name)
            places.append(start..<scanner.position)
        } while scanner.take(symbol: ",")
        return (names, places)
    }

    /// `schema.table`, or `schema.table.column`; parts that are no plain names stand in double quotes.
    mutating func dotted() throws(CheckSyntaxError) -> (table: AssetName, column: String?) {
        scanner.want("schema.table")
        let schema = try part()
        guard scanner.take(symbol: ".") else {
            throw scanner.unexpected(hint: "A table of another schema is written schema.table")
        }
        let table = try part()
        let name = AssetName(schema: schema, table: table)
        guard scanner.take(symbol: ".") else { return (name, nil) }
        let isQuotedColumn = scanner.peekWord() == "column"
        let column = try part()
        if isQuotedColumn, let quoted = try quotedName() {
            return (name, quoted)
        }
        return (name, column)
    }

    private mutating func part() throws(CheckSyntaxError) -> String {
        if let quoted = try quotedName() { return quoted }
        scanner.want("a name")
        guard let word = scanner.takeWord() else { throw scanner.unexpected() }
        return word
    }

    /// After `columns`: `include (…)`, `are (…)`, `are in order (…)` or `unchanged [except added]`.
    mutating func schema() throws(CheckSyntaxError) -> SchemaRule {
        if scanner.take("include") { return .include(try columnTypes()) }
        if scanner.take("unchanged") {
            guard scanner.take("except") else { return .unchanged(exceptAdded: false) }
            guard scanner.take("added") else { throw scanner.unexpected() }
            return .unchanged(exceptAdded: true)
        }
        guard scanner.take("are") else { throw scanner.unexpected(hint: CheckReader.quotingHint("columns")) }
        guard scanner.take("in") else { return .exactly(try columnTypes()) }
        guard scanner.take("order") else { throw scanner.unexpected() }
        return .inOrder(try columnTypes())
    }

    private mutating func columnTypes() throws(CheckSyntaxError) -> [SchemaRule.ColumnType] {
        guard scanner.take(symbol: "(") else { throw scanner.unexpected() }
        guard scanner.next != ")" else {
            throw scanner.error("the list of columns is empty", hint: "Write (name type, name type)")
        }
        var types: [SchemaRule.ColumnType] = []
        var seen: Set<ExactText> = []
        repeat {
            let start = scanner.position
            let name = try columnInList()
            guard seen.insert(ExactText(name)).inserted else {
                throw scanner.error("the column `\(name)` is named twice", at: start)
            }
            types.append(SchemaRule.ColumnType(name: name, type: try type()))
        } while scanner.take(symbol: ",")
        guard scanner.take(symbol: ")") else { throw scanner.unexpected() }
        return types
    }

    /// A name in a list of columns, where the words of the grammar are names like all others.
    private mutating func columnInList() throws(CheckSyntaxError) -> String {
        scanner.want("a column")
        guard let word = scanner.takeWord() else { throw notAName() }
        guard word == "column", let quoted = try quotedName() else { return word }
        return quoted
    }

    /// A type up to the next `,` or `)`: `numeric(12,2)`, `timestamp with time zone`, `text[]`; nil: none is written.
    private mutating func type() throws(CheckSyntaxError) -> String? {
        let start = scanner.position
        var depth = 0
        var end = start
        var fault: Int?
        scan: while end < scanner.scalars.count {
            let scalar = scanner.scalars[end]
            switch scalar {
            case "(": depth += 1
            case ")":
                if depth == 0 { break scan }
                depth -= 1
            case ",":
                if depth == 0 { break scan }
            case "[", "]", ".", "\"", "%", "-": break
            default:
                let isPart = scalar.continuesName || scalar.properties.isWhitespace || !scalar.isASCII
                if !isPart { fault = fault ?? end }
            }
            end += 1
        }
        if let fault {
            throw scanner.error("`\(scanner.scalars[fault])` cannot stand in a type", at: fault)
        }
        guard end > start else {
            scanner.want("a type")
            return nil
        }
        let type = scanner.collapsed(start..<end)
        guard depth == 0 else { throw scanner.error("a parenthesis is not closed", at: start) }
        guard let first = type.unicodeScalars.first, first.startsName || first == "\"" || !first.isASCII
        else {
            throw scanner.error("`\(scanner.found)` is not a type", at: start)
        }
        scanner.move(to: end)
        return type
    }
}
