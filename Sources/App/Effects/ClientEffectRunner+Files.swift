import Dashboard
import Marketplace

/// What the runner reads and writes on this disk, one piece after the other on the queue of files.
extension ClientEffectRunner {
    func export(_ name: String, _ text: String) {
        files.add { [exports, mailbox] in mailbox.post(.exported(exports.write(text, name: name))) }
    }

    func readLastSession() {
        do throws(SessionFile.Problem) {
            if let seen = try lastSession.read() { mailbox.post(.lastSession(seen)) }
        } catch {
            mailbox.post(.sessionLost(error.message))
        }
    }

    func readWatched() {
        do throws(WatchFile.Problem) {
            let kept = try watch.read()
            if !kept.rows.isEmpty { mailbox.post(.watched(kept)) }
        } catch {
            mailbox.post(.watchLost(error.message))
        }
    }

    func readDrafts() {
        do {
            mailbox.post(.drafts(try drafts.kept()))
            if let problem = drafts.problem {
                mailbox.post(.draftsLost(problem))
            } else {
                _ = try drafts.olderDrafts()
            }
        } catch {
            mailbox.post(.draftsLost(drafts.problem ?? error.message))
        }
    }

    func writeDrafts() {
        do {
            let kept = try drafts.write()
            if !kept.isEmpty { mailbox.post(.draftsKept(kept)) }
        } catch {
            mailbox.post(.draftsLost(error.message))
        }
    }

    func keepSession(_ seen: Instant) {
        files.add { [lastSession, mailbox] in
            do throws(SessionFile.Problem) {
                try lastSession.note(seen)
            } catch {
                mailbox.post(.sessionLost(error.message))
            }
        }
    }

    /// Of effects that came with the end of the session, keeps until when the marketplace was seen: nothing is sent for it.
    func keepSession(_ effects: [ClientEffect]) {
        for case .saveSession(let seen) in effects { keepSession(seen) }
    }
}
