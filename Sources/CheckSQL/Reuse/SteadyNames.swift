/// Names of the server's functions and operators of which a steady condition may be made.
public enum SteadyNames {
    /// Functions that know nothing but their arguments.
    public static let functions = [
        "abs", "lower", "upper", "length", "char_length", "btrim", "ltrim", "rtrim", "round", "floor", "ceil",
    ]
    /// Operators, those of LIKE and ILIKE included.
    public static let operators = ["=", "<", ">", "<=", ">=", "<>", "~~", "!~~", "~~*", "!~~*", "~", "!~"]
}
