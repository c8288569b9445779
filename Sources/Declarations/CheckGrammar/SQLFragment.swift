import SuretyCore

/// What can be known about the SQL inside a check when it is read.
enum SQLFragment {
    /// Refuses what cannot be a condition: empty, unbalanced quotes or parentheses, or a `;`.
    ///
    /// `place` says where the text stands in a line; nil: it stands alone.
    static func checkCondition(
        _ sql: String, at place: (line: CheckScanner, position: Int)?
    ) throws(CheckSyntaxError) {
        let template: SQLTemplate
        do {
            template = try SQLTemplate(condition: sql)
        } catch {
            throw located(error.message, error.hint, sql, error.offset, place)
        }
        guard !template.statements.isEmpty else {
            throw located("the SQL condition is empty", "", sql, 0, place)
        }
        guard template.statements.count == 1, !template.endsWithSemicolon else {
            throw located("a SQL condition cannot hold `;`", "", sql, 0, place)
        }
    }

    /// Refuses what cannot be one SELECT.
    static func checkQuery(
        _ sql: String, at place: (line: CheckScanner, position: Int)?
    ) throws(CheckSyntaxError) {
        let template: SQLTemplate
        do {
            template = try SQLTemplate(sql)
        } catch {
            throw located(error.message, error.hint, sql, error.offset, place)
        }
        guard let statement = template.statements.first else {
            throw located("the query is empty", "", sql, 0, place)
        }
        guard template.statements.count == 1 else {
            throw located("a check asks one query, not several", "", sql, 0, place)
        }
        guard statement.isSelectLike else {
            throw located("the query of a check is a SELECT, it only reads", "", sql, 0, place)
        }
    }

    private static func located(
        _ message: String, _ hint: String, _ sql: String, _ offset: Int,
        _ place: (line: CheckScanner, position: Int)?
    ) -> CheckSyntaxError {
        guard let place else { return CheckSyntaxError(message, hint: hint, in: sql, offset: offset) }
        return place.line.error(message, hint: hint, at: place.position)
    }
}
