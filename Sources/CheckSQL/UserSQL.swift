import SuretyCore

extension Terms {
    /// A user's condition in brackets, its parameters bound.
    func condition(written text: String) throws(Misfit) -> Fragment {
        let template: SQLTemplate
        do { template = try SQLTemplate(condition: text) } catch { throw Misfit("\(error)", "42601") }
        // The line ends before the bracket, in case that the text ends with a comment.
        return "(\(try bound(only(template)))\n)"
    }

    /// A user's query, its parameters bound.
    func query(written text: String) throws(Misfit) -> Fragment {
        let template: SQLTemplate
        do { template = try SQLTemplate(text) } catch { throw Misfit("\(error)", "42601") }
        let statement = try only(template)
        guard statement.isSelectLike else { throw Misfit("a check's query is one SELECT", "42601") }
        return try bound(statement)
    }

    private func only(_ template: SQLTemplate) throws(Misfit) -> SQLTemplate.Statement {
        guard template.statements.count == 1 else {
            throw Misfit("there are \(template.statements.count) statements where one is asked", "42601")
        }
        return template.statements[0]
    }

    private func bound(_ statement: SQLTemplate.Statement) throws(Misfit) -> Fragment {
        var values: [SQLValue] = []
        for name in statement.names { values.append(try parameter(name)) }
        // No SQL contains the character, so that the pieces around placeholders can be told apart.
        let mark: Character = "\u{0}"
        let pieces = statement.bound { number, _ in "\(mark)\(number)\(mark)" }
            .split(separator: mark, omittingEmptySubsequences: false)
        let parts = pieces.enumerated().map { index, piece in
            guard !index.isMultiple(of: 2), let number = Int(piece) else {
                return Fragment.Part.text(ExactText(String(piece)))
            }
            return .value(values[number - 1])
        }
        return Fragment(parts: parts)
    }

    /// What `:name` stands for.
    private func parameter(_ name: String) throws(Misfit) -> SQLValue {
        if let value = asset.params[name] { return value }
        if let interval = slice.interval {
            switch name {
            case "interval_start": return stored(interval.start)
            case "interval_end": return stored(interval.end)
            case "interval_date" where interval.grain == .day: return .date(interval.date)
            default: break
            }
        }
        throw Misfit("there is no parameter :\(name)", "42P02")
    }

    /// An instant; on SQLite in the form of the interval column, so that the two compare.
    private func stored(_ instant: Instant) -> SQLValue {
        guard dialect == .sqlite, let rule = asset.interval, let info = table.column(rule.column) else {
            return .instant(instant)
        }
        let wall = instant.storedWallText(in: zone)
        switch ColumnKind(info, dialect) {
        case .timestamptz: return .instant(instant)
        case .timestamp: return .text(wall)
        case .date, .text, .untyped, .other:
            return .text(wall.hasSuffix(" 00:00:00") ? String(wall.prefix(10)) : wall)
        case .integer, .numeric, .real, .double, .boolean, .time, .length, .uuid, .opaque:
            return .instant(instant)
        }
    }
}
