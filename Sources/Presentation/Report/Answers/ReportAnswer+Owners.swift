import SuretyCore

extension ReportAnswer {
    /// Who cannot do what owners do.
    static func owners(_ report: WeeklyReport) -> ReportAnswer {
        ReportAnswer(
            .q5, of: report, [],
            [
                ReportTable(
                    "What is not owned well", ["Subject", "Tier", "Owner", "What is missing"],
                    report.ownership.map { line in
                        [
                            .init(line.subject, .strong), .init(String(line.tier.rawValue)),
                            line.owner.map { .init($0.rawValue) } ?? .init("nobody", .bad),
                            .init(line.flags.map(\.words).joined(separator: "; ")),
                        ]
                    },
                    empty: "Whatever is promised has an owner who can be reached and knows how to recover it."
                )
            ])
    }
}

extension WeeklyReport.OwnershipLine.Flag {
    /// What is missing, in words.
    var words: String {
        switch self {
        case .noOwner: "no owner"
        case .ownerUnreachable: "its owner cannot be reached"
        case .noRoute: "no alert reaches anybody"
        case .noRecoverySteps: "no recovery steps"
        case .neverAcknowledges: "its owner never acknowledges"
        }
    }
}
