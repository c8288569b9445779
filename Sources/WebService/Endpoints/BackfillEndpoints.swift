import Engine
import Hummingbird
import Presentation
import SuretyCore

/// Ranges of intervals: first what running them means, then the run of just that.
enum BackfillEndpoints {
    static let all: [Endpoint] = [.post("/api/v1/promises/:id/backfills", backfill)]

    /// Without `plan` the plan with its hash; with the hash it is begun, unless it is not the plan any more.
    private static func backfill(_ call: Call) async throws -> Response {
        let promise = try call.finder.promise(call.id)
        let fields = try await call.fields(["for", "plan"])
        let intervals = try fields.required("for", such: "2026-11-01..2026-11-19")
        let slices = try call.finder.slices(intervals, of: promise.needs) ?? [:]
        var options = RunOptions()
        options.trigger = "backfill"
        let preview = try await Backfill(try call.acting()).preview(
            .promise(promise), slices: slices, options: options)
        guard let hash = try fields.text("plan") else {
            return .document(
                PlanDocument.json(
                    preview.planned.plan, hash: preview.planned.hash, effects: preview.effects))
        }
        if let refusal = preview.refusal { throw Problem(.forbidden, "permission", refusal) }
        guard hash == preview.planned.hash else {
            throw PortFailure(
                .conflict, "the plan changed: it is \(preview.planned.hash) now",
                hint: "Look at it again without `plan`.")
        }
        var request = RunRequest(promise.id.rawValue, intervals: intervals)
        request.trigger = "backfill"
        return .begun(try await call.front.backfill(request, plan: hash))
    }
}
