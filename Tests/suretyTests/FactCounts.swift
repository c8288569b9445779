import GRDB
import SuretyCore
import SuretyTestKit

/// What the facts of a week come to, and the questions that ask it.
struct FactCounts {
    /// How often each outcome came, by promise.
    let outcomes: [PromiseID: [String: Int]]
    /// The incidents that were open, oldest first.
    let incidents: [Story.IncidentLine]
    /// The messages that were delivered, the words that it is over left out.
    let delivered: Int
    /// What was not told, by reason.
    let suppressed: [String: Int]
    /// How often each gate closed.
    let closings: [ConsumerID: Int]
    /// When each consumer was first refreshed with an interval, in milliseconds since 1970.
    let shown: [ConsumerID: [String: Int64]]

    /// Counts the facts of a week, from one instant to before another, in milliseconds since 1970.
    init(of week: Range<Int64>, in database: Database) throws {
        let bounds: StatementArguments = ["from": week.lowerBound, "to": week.upperBound]
        var outcomes: [PromiseID: [String: Int]] = [:]
        for row in try Row.fetchAll(database, sql: Self.judged, arguments: bounds) {
            outcomes[PromiseID(rawValue: row["promise"]), default: [:]][row["outcome"]] = row["number"]
        }
        self.outcomes = outcomes
        let incidents = try Row.fetchAll(
            database, sql: Self.newestIncidents + Self.openInTheWeek, arguments: bounds)
        self.incidents = incidents.compactMap { row in
            AssetName(row["asset"] as String).map {
                Story.IncidentLine(root: $0, notifications: row["messages"], open: row["open"])
            }
        }
        delivered = try Int.fetchOne(database, sql: Self.toldInTheWeek, arguments: bounds) ?? 0
        var suppressed: [String: Int] = [:]
        for row in try Row.fetchAll(database, sql: Self.heldBack, arguments: bounds) {
            suppressed[row["reason"]] = row["number"]
        }
        suppressed["root_cause"] = try Int.fetchOne(
            database, sql: Self.newestIncidents + Self.downstream, arguments: bounds)
        self.suppressed = suppressed
        var closings: [ConsumerID: Int] = [:]
        for row in try Row.fetchAll(database, sql: Self.closed, arguments: bounds) {
            closings[ConsumerID(rawValue: row["consumer"])] = row["number"]
        }
        self.closings = closings
        var shown: [ConsumerID: [String: Int64]] = [:]
        for row in try Row.fetchAll(database, sql: Self.refreshed) {
            shown[ConsumerID(rawValue: row["consumer"]), default: [:]][row["slice"]] = row["first"]
        }
        self.shown = shown
    }

    /// The newest judgement of each occurrence decides; it belongs to the week of its deadline.
    private static let judged = """
        WITH judged AS (
          SELECT id, json_extract(body, '$.occurrenceJudged._0.promise') AS promise,
                 json_extract(body, '$.occurrenceJudged._0.deadline') AS deadline,
                 json_extract(body, '$.occurrenceJudged._0.outcome') AS outcome
          FROM facts WHERE kind = 'occurrence_judged')
        SELECT promise, outcome, count(*) AS number FROM judged
        WHERE id IN (SELECT max(id) FROM judged GROUP BY promise, deadline)
          AND unixepoch(deadline) * 1000 >= :from AND unixepoch(deadline) * 1000 < :to
        GROUP BY promise, outcome
        """

    /// What a channel took, other than the word that it is over.
    private static let told = """
        told AS (
          SELECT ended.at AS at, json_extract(queued.body, '$.messageQueued._0.alert.incident.id') AS incident
          FROM facts AS ended JOIN facts AS queued ON queued.kind = 'message_queued'
           AND json_extract(queued.body, '$.messageQueued._0.id')
             = json_extract(ended.body, '$.messageDelivered._0')
          WHERE ended.kind = 'message_delivered'
            AND json_extract(queued.body, '$.messageQueued._0.alert.event') NOT IN ('resolved', 'acknowledged'))
        """

    private static let toldInTheWeek = """
        WITH \(told) SELECT count(*) FROM told WHERE at >= :from AND at < :to
        """

    /// Incidents as they are now, those of experiments left out.
    private static let newestIncidents = """
        WITH \(told), changed AS (
          SELECT id, json_extract(body, '$.incidentChanged._0') AS body
          FROM facts WHERE kind = 'incident_changed'),
        incidents AS (
          SELECT json_extract(body, '$.id') AS id, json_extract(body, '$.root.asset') AS asset, body,
                 unixepoch(json_extract(body, '$.openedAt')) * 1000 AS opened,
                 unixepoch(json_extract(body, '$.resolvedAt')) * 1000 AS resolved
          FROM changed WHERE id IN (SELECT max(id) FROM changed GROUP BY json_extract(body, '$.id'))
            AND NOT json_extract(body, '$.isExperiment'))
        """

    private static let openInTheWeek = """
         SELECT asset, resolved IS NULL AS open,
               (SELECT count(*) FROM told WHERE told.incident = incidents.id) AS messages
        FROM incidents WHERE opened < :to AND (resolved IS NULL OR resolved >= :from)
        ORDER BY json_extract(body, '$.openedAt')
        """

    /// What is affected by an incident of the week, and is not its root.
    private static let downstream = """
         SELECT count(*) FROM incidents, json_each(incidents.body, '$.affects') AS place
        WHERE opened >= :from AND opened < :to
          AND substr(place.value || ' ', 1, length(asset) + 1) <> asset || ' '
        """

    /// What was to be sent and was not.
    private static let heldBack = """
        SELECT coalesce(json_extract(queued.body, '$.messageQueued._0.hold'), 'superseded') AS reason,
               count(*) AS number
        FROM facts AS ended JOIN facts AS queued ON queued.kind = 'message_queued'
         AND json_extract(queued.body, '$.messageQueued._0.id')
           = json_extract(ended.body, '$.messageSuperseded._0')
        WHERE ended.kind = 'message_superseded' AND ended.at >= :from AND ended.at < :to
        GROUP BY reason
        """

    /// How often an answer was `closed` in the week that was not the time before, be that before the week.
    private static let closed = """
        WITH answers AS (
          SELECT id, at, json_extract(body, '$.gateAnswered._0.consumer') AS consumer,
                 json_extract(body, '$.gateAnswered._0.isOpen') AS open
          FROM facts WHERE kind = 'gate_answered' AND at < :to),
        ordered AS (
          SELECT consumer, at, open, lag(open, 1, true) OVER (PARTITION BY consumer ORDER BY id) AS before
          FROM answers)
        SELECT consumer, count(*) AS number FROM ordered
        WHERE at >= :from AND before AND NOT open GROUP BY consumer
        """

    /// The first refresh that went well, of each interval that it showed.
    private static let refreshed = """
        SELECT json_extract(body, '$.refreshEnded._0.consumer') AS consumer, shown.value AS slice,
               min(at) AS first
        FROM facts, json_each(facts.body, '$.refreshEnded._0.intervals') AS shown
        WHERE kind = 'refresh_ended' AND json_extract(body, '$.refreshEnded.failure') IS NULL
        GROUP BY consumer, slice
        """
}
