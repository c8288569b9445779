/// A pattern of SQL's LIKE as PostgreSQL reads it: case counts, and `\` takes the next character as it is.
struct LikePattern {
    private enum Piece: Equatable {
        case any
        case one
        case exactly(Unicode.Scalar)
    }

    private let pieces: [Piece]

    init(_ pattern: String) {
        var pieces: [Piece] = []
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if isEscaped {
                pieces.append(.exactly(scalar))
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "%" {
                if pieces.last != .any { pieces.append(.any) }
            } else {
                pieces.append(scalar == "_" ? .one : .exactly(scalar))
            }
        }
        self.pieces = pieces
    }

    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var (piece, place) = (0, 0)
        // The last `%` and where it has been tried to: taking one character more is the only thing to go back to.
        var retry: (piece: Int, place: Int)?
        while place < scalars.count {
            if piece < pieces.count, pieces[piece] == .any {
                retry = (piece, place)
                piece += 1
            } else if piece < pieces.count,
                pieces[piece] == .one || pieces[piece] == .exactly(scalars[place])
            {
                piece += 1
                place += 1
            } else if let last = retry {
                retry = (last.piece, last.place + 1)
                (piece, place) = (last.piece + 1, last.place + 1)
            } else {
                return false
            }
        }
        return pieces[piece...].allSatisfy { $0 == .any }
    }
}
