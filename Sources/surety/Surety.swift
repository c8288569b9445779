import ArgumentParser

/// The root command.
struct Surety: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "surety",
        abstract: "Keeps the promises that data makes.",
        discussion: """
            A promise says what your data owes the business, by when, and who owns it. \
            Surety runs the chain of assets behind it, checks the data between the steps, \
            publishes only what passed, and answers whether a dashboard may refresh.

            First steps:
              surety demo                    a good morning and a bad one
              surety init my-project         the beginnings of your own project
              surety validate                every error and warning in it
              surety doctor                  connections, rights, clocks
              surety plan revenue-by-8       what would run, and why
              surety run revenue-by-8        run it, to the end
              surety status                  the promise board
              surety gate leadership         may this dashboard refresh?
              surety explain revenue-by-8    why it is so, back to the root cause
              surety serve                   all of it by itself
              surety report                  how reliable the week was

            Exit codes:
              0 done, certified, open        6 waits for a person
              1 the answer is no             7 conflict
              2 usage                        75 not yet
              3 declarations invalid         78 state store unusable
              4 unreachable                  130 interrupted
              5 permission                   143 asked to end
            """,
        version: "surety 0.1.0",
        subcommands: [
            DemoCommand.self, InitCommand.self, ValidateCommand.self, PlanCommand.self, RunCommand.self,
            CheckCommand.self, BackfillCommand.self, StatusCommand.self, ExplainCommand.self,
            GateCommand.self,
            ApproveCommand.self, RejectCommand.self, DoneCommand.self, AcceptCommand.self, WaiveCommand.self,
            ServeCommand.self, IncidentsCommand.self, AckCommand.self, SilenceCommand.self,
            ReportCommand.self, ChannelCommand.self, HistoryCommand.self,
            ShowCommand.self, LogsCommand.self, UndoCommand.self, DoctorCommand.self,
            SchemaCommand.self,
        ])
}
