import ArgumentParser
import Engine
import Foundation
import LocalSystem
import Presentation
import SuretyCore

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show how reliable a week was: which promises were kept, and what to do.",
        discussion: """
            Without --week, the last week that is over. A page (html) is one file that needs nothing else.

              surety report
              surety report --week 2026-W47 --format html --out week.html
            """)

    /// A form of the report.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, html, md, json
    }

    @Option(help: "An ISO week: 2026-W47.") var week: String?
    @Option(help: "The form.") var format: Format?
    @Option(help: "A file to write to.", completion: .file()) var out: String?
    @Option(help: ArgumentHelp("Report as of this instant.", visibility: .hidden)) var now: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let form = format ?? (options.json ? .json : .text)
        let workspace = try Workspace(options, now: now, announces: false)
        workspace.announceClock(json: form != .text && out == nil)
        let surroundings = try await workspace.surroundings(prepares: false)
        let label = week
        let maker = ReportMaker(surroundings)
        let week: DataInterval
        do throws(PortFailure) {
            week = try maker.week(label)
        } catch {
            throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
        }
        let report = try await attempting { () throws(PortFailure) in try await maker.report(of: week) }
        let text = words(report, as: form, out == nil ? console.style : Style(hasColour: false))
        guard let out, out != "-" else { return console.say(text) }
        do {
            try OutputFile(out).write(text)
        } catch {
            throw CommandFailure(
                .usage, kind: "usage", "\(out) cannot be written: \(error.reason)",
                hint: "Name a file in a folder that you may write to; without --out it goes to the terminal.")
        }
        if !options.json { console.say("\(week) is in \(out).\n") }
    }

    private func words(_ report: WeeklyReport, as form: Format, _ style: Style) -> String {
        switch form {
        case .text: ReportText.text(report, style)
        case .html: ReportPage.html(report)
        case .md: ReportMarkdown.text(report)
        case .json: ReportDocument.json(report).document
        }
    }
}
