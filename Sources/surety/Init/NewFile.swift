/// A file that `init` writes: its path below the project's folder, and its text.
struct NewFile: Equatable {
    let path: String
    let text: String
}
