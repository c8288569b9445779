// The events of libyaml itself: Yams keeps them to itself, and its tree recurses, follows aliases, and loses how a
// text was written.
import CYaml

/// Reads the YAML that declarations are written in: one document of mappings, lists and texts, nothing else.
///
/// Anchors, aliases, merge keys, tags, directives and further documents are refused with their place, as are a depth
/// beyond 64 and the second of two equal keys. Nothing here recurses.
struct YamlParser {
    /// The deepest nesting that is read.
    static let depthLimit = 64

    private let file: YamlFile
    private var open: [Container] = []
    private var root: YamlNode?

    private struct Container {
        let start: YamlMark
        let isMapping: Bool
        var items: [YamlNode] = []
        var pairs: [YamlPair] = []
        var keys: [String: Int] = [:]
        var key: YamlNode?
    }

    private init(_ file: YamlFile) { self.file = file }

    /// The value that a file holds; nil if it holds none.
    static func tree(of file: YamlFile) throws(YamlProblem) -> YamlNode? {
        let bytes = Array(file.text.utf8)
        let outcome: Result<YamlNode?, YamlProblem> = bytes.withUnsafeBufferPointer { buffer in
            do throws(YamlProblem) {
                var parser = YamlParser(file)
                try parser.run(buffer)
                return .success(parser.root)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private mutating func run(_ buffer: UnsafeBufferPointer<UInt8>) throws(YamlProblem) {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw YamlProblem(message: "there is no memory to read it", mark: YamlMark(line: 1, column: 1))
        }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
        var documents = 0
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { throw syntaxProblem(parser) }
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_END_EVENT:
                return
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                try refuseDocument(event, number: documents)
            default:
                try take(event)
            }
        }
    }

    private func refuseDocument(_ event: yaml_event_t, number: Int) throws(YamlProblem) {
        let start = event.data.document_start
        if number > 1 {
            throw YamlProblem(
                message: "a second document is not allowed", hint: "Put it in a file of its own.",
                mark: mark(event.start_mark))
        }
        if start.version_directive != nil || start.tag_directives.start != start.tag_directives.end {
            throw YamlProblem(
                message: "directives are not allowed", hint: "Leave the line out.",
                mark: mark(event.start_mark))
        }
    }

    private mutating func take(_ event: yaml_event_t) throws(YamlProblem) {
        let start = mark(event.start_mark)
        let end = mark(event.end_mark)
        switch event.type {
        case YAML_ALIAS_EVENT:
            throw YamlProblem(
                message: "aliases are not allowed", hint: "Write the value out, or put it in quotes.",
                mark: start)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(anchor: scalar.anchor, tag: scalar.tag, at: start)
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            try add(YamlNode(.scalar(text, style(scalar.style)), in: file, from: start, to: end))
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            try refuse(anchor: sequence.anchor, tag: sequence.tag, at: start)
            try push(Container(start: start, isMapping: false))
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            try refuse(anchor: mapping.anchor, tag: mapping.tag, at: start)
            try push(Container(start: start, isMapping: true))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            guard let done = open.popLast() else { return }
            let content: YamlNode.Content = done.isMapping ? .mapping(done.pairs) : .sequence(done.items)
            try add(YamlNode(content, in: file, from: done.start, to: end))
        default:
            break
        }
    }

    private mutating func push(_ container: Container) throws(YamlProblem) {
        guard open.count < YamlParser.depthLimit else {
            throw YamlProblem(
                message: "the nesting is deeper than \(YamlParser.depthLimit)", mark: container.start)
        }
        open.append(container)
    }

    private mutating func add(_ node: YamlNode) throws(YamlProblem) {
        guard let top = open.indices.last else {
            root = node
            return
        }
        guard open[top].isMapping else {
            open[top].items.append(node)
            return
        }
        guard let key = open[top].key else {
            guard let text = node.scalar else {
                throw YamlProblem(
                    message: "a key must be a text, not \(node.kind)",
                    hint: "A text that begins with `{` or `[` needs quotes.",
                    mark: YamlMark(line: node.line, column: node.column))
            }
            if case .scalar("<<", .plain) = node.content {
                throw YamlProblem(
                    message: "merge keys are not allowed", hint: "Write the values out.",
                    mark: YamlMark(line: node.line, column: node.column))
            }
            if let first = open[top].keys.updateValue(node.line, forKey: text) {
                throw YamlProblem(
                    message: "duplicate key `\(abbreviated(text))`", hint: "The first is on line \(first).",
                    mark: YamlMark(line: node.line, column: node.column))
            }
            open[top].key = node
            return
        }
        open[top].pairs.append(YamlPair(key: key.scalar ?? "", keyNode: key, value: node))
        open[top].key = nil
    }

    private func refuse(
        anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at mark: YamlMark
    ) throws(YamlProblem) {
        if anchor != nil {
            throw YamlProblem(
                message: "anchors are not allowed", hint: "Write the value out, or put it in quotes.",
                mark: mark)
        }
        if tag != nil {
            throw YamlProblem(
                message: "tags are not allowed", hint: "Leave it out, or put the text in quotes.", mark: mark)
        }
    }

    private func style(_ style: yaml_scalar_style_t) -> YamlNode.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
    }

    private func mark(_ mark: yaml_mark_t) -> YamlMark {
        YamlMark(line: mark.line + 1, column: mark.column + 1)
    }

    private func syntaxProblem(_ parser: yaml_parser_t) -> YamlProblem {
        let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        let place = mark(parser.problem_mark)
        let context = parser.context.map { String(cString: $0) }
        let began = Int(parser.context_mark.line) + 1
        let since = began < place.line ? ", which begins on line \(began)" : ""
        let message = "not YAML: \(problem)" + (context.map { " (\($0)\(since))" } ?? "")
        let lines = YamlHint.Lines(
            at: String(file.line(place.line)), before: String(file.line(place.line - 1)),
            began: String(file.line(began)))
        return YamlProblem(
            message: message, hint: YamlHint.about(problem, lines, column: place.column),
            mark: place)
    }
}

/// The beginning of a text that may be long, for a message.
func abbreviated(_ text: some StringProtocol, to length: Int = 80) -> String {
    let flat = text.prefix(length + 1).map { $0.isNewline ? " " : $0 }
    return flat.count > length ? String(flat.prefix(length - 1)) + "…" : String(flat)
}
