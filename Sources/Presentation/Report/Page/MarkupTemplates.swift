import Mustache

/// The templates of pages and mails, read once.
enum MarkupTemplates {
    private static let library: MustacheLibrary = {
        MustacheContentTypes.register(Markup(), named: "MARKUP")
        let texts = [
            "page": PageTemplate.page, "page-table": PageTemplate.table,
            "mail": MailTemplate.mail, "mail-table": MailTemplate.table,
        ]
        do {
            // A template escapes as its first line says, and a part of another does not inherit that.
            let templates = try texts.mapValues { text in
                try MustacheTemplate(string: "{{% CONTENT_TYPE:MARKUP}}\n" + text)
            }
            return MustacheLibrary(templates: templates)
        } catch {
            preconditionFailure("a template that cannot be read: \(error)")
        }
    }()

    /// The page with these facts.
    static func page(_ view: PageView) -> String { library.render(view, withTemplate: "page") ?? "" }

    /// The mail with these facts.
    static func mail(_ view: MailView) -> String { library.render(view, withTemplate: "mail") ?? "" }
}
