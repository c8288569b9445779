import SuretyCore

/// A value in a table of the state.
enum StateValue: Hashable, Sendable {
    case null
    case text(String)
    case number(Int64)

    /// A text, or NULL.
    static func text(_ value: String?) -> StateValue { value.map { .text($0) } ?? .null }
    /// An instant, or NULL.
    static func instant(_ value: Instant?) -> StateValue { value.map { .number($0.milliseconds) } ?? .null }
    /// A truth.
    static func flag(_ value: Bool) -> StateValue { .number(value ? 1 : 0) }
    /// An asset's name.
    static func asset(_ value: AssetName) -> StateValue { .text(value.description) }
    /// An interval as on the command line, empty for the whole table.
    static func slice(_ label: String?) -> StateValue { .text(label ?? "") }
}
