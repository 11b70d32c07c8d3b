import CursesScreen

/// Whether the dashboard can be drawn here, and how.
struct TerminalCheck: Check {
    let name = "terminal"
    let needs: [String] = []

    func look(at examination: inout Examination) -> Finding {
        let settings = examination.settings ?? Settings(environment: examination.source.environment)
        do {
            _ = try TerminalSettings(settings).options(crashReport: nil)
        } catch let problem as EnvironmentProfile.Problem {
            return .wrong(problem.message, next: problem.variable.flatMap { settings.places[$0] })
        } catch let problem as Configuration.Problem {
            return .wrong(problem.message, next: nil)
        } catch {
            return .wrong("\(error)", next: nil)
        }
        guard let facts = TerminalFacts.ofStandardOutput() else {
            return .skipped("the standard output is no terminal")
        }
        return Self.finding(facts, settings.values)
    }

    static func finding(_ facts: TerminalFacts, _ environment: [String: String]) -> Finding {
        switch facts.drawing {
        case .possible: break
        case .tooDumb:
            return .wrong(
                "the terminal '\(facts.name)' cannot move its cursor", next: "souk --linear needs no such terminal.")
        case .unknown:
            return .wrong(
                "this system does not know the terminal '\(facts.name)' that TERM names",
                next: "Set TERM to one it has, for example xterm-256color.")
        }
        let colours =
            environment["NO_COLOR"].filled != nil
            ? "no colours (NO_COLOR)" : facts.colours > 0 ? "\(facts.colours) colours" : "no colours"
        let parts = [
            "\(facts.columns)x\(facts.rows)", colours, facts.isUTF8 ? "UTF-8" : "no UTF-8",
            facts.hasClipboard ? "clipboard" : "no clipboard",
        ]
        let text = parts.joined(separator: ", ")
        if facts.columns < 40 || facts.rows < 10 {
            return .warning(text, next: "The dashboard needs at least 40 x 10; make the window larger.")
        }
        guard facts.isUTF8 else {
            return .warning(
                text + ", so it is drawn in ASCII", next: "Set a locale with UTF-8, for example LANG=C.UTF-8.")
        }
        guard facts.knowsWidths else {
            return .warning(
                text + "; the system does not know how wide characters are",
                next: "Set another locale, for example LC_ALL=C.UTF-8.")
        }
        return .ok(text)
    }
}
