import SuretyCore

extension TextFormat {
    /// A regular expression that the whole text matches, the same for PostgreSQL and for Foundation; nil where the
    /// format is told by a function.
    var pattern: String? {
        switch self {
        case .email: #"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"#
        case .uuid: "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"
        case .url:
            #"^[hH][tT][tT][pP][sS]?://([^\s/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(:[0-9]*)?([/?#]\S*)?$"#
        case .date: "^\(Self.date)$"
        case .datetime:
            "^\(Self.date)[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?"
                + "(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?$"
        case .integer: "^[+-]?[0-9]+$"
        case .number: #"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"#
        case .ipv4, .ipv6, .json: nil
        }
    }

    /// A day that the Gregorian calendar has, in the years 0001 to 9999.
    private static let date =
        "(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
        + "|02-(0[1-9]|1[0-9]|2[0-8]))"
        + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
}
