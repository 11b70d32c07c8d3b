import Marketplace

// What the client's values tell, in the names of the wire. Written from the description, not from the client's decoder.

/// A word of a closed list. One that the client does not know is said so, except `unknown`, which the API itself uses.
func word(_ value: some Any, _ text: String) -> String {
    if ["not reported", "unreported"].contains(text) { return "" }
    return "\(value)".hasPrefix("other(") && !text.isEmpty && text != "unknown"
        ? "\(text), which it does not know" : text
}

extension Money {
    var facts: Facts {
        Facts {
            $0.tell("amount", amount)
            $0.tell("currency", currency)
        }
    }
}

extension Period {
    var facts: Facts {
        Facts {
            let type =
                switch unit {
                case .day: "day"
                case .month: "month"
                case .year: "year"
                case .statementDay: "statement_day"
                case .other(let text): text
                }
            $0.tell("type", word(unit, type))
            $0.tell("duration", count)
        }
    }
}

extension Parameter {
    var facts: Facts {
        Facts {
            $0.tell("name", name)
            $0.tell("value", value)
        }
    }
}

extension [String: String] {
    var facts: Facts { Facts { for (name, value) in self { $0.tell(name, value) } } }
}

extension Listing {
    func facts(_ row: (Row) -> Facts) -> Facts {
        Facts {
            $0.tell("data", rows.map(row))
            $0.tell("pagination.total", total)
            for problem in problems {
                $0.tell("data[\(problem.index)]", "a row that cannot be read: \(problem.reason)")
            }
        }
    }
}

extension Account {
    var facts: Facts {
        Facts {
            $0.tell("id", id)
            $0.tell("name", name)
            $0.tell(
                "status",
                word(status, status == .creditHold ? "creditHold" : status == .adminHold ? "adminHold" : status.word))
            $0.tell("resellerId", vendorAccount)
            $0.tell("externalId", externalID)
            $0.tell("address", address?.facts)
            $0.tell("contactPersons", contacts.map(\.facts))
            $0.tell("language", language)
            $0.tell("taxRegId", taxRegistration)
            $0.tell("currency", currency)
            $0.tell("taxationProviderName", taxationProvider)
            $0.tell("customerClass", customerClass)
            $0.tell("attributes", attributes.facts)
        }
    }
}

extension Address {
    fileprivate var facts: Facts {
        Facts {
            $0.tell("streetAddress", street)
            $0.tell("addressExtension", addition)
            $0.tell("postalCode", postalCode)
            $0.tell("city", city)
            $0.tell("state", state)
            $0.tell("countryCode", country)
        }
    }
}

extension ContactPerson {
    fileprivate var facts: Facts {
        Facts {
            let type =
                switch role {
                case .administrator: "admin"
                case .billing: "billing"
                case .technical: "technical"
                case .other(let text): text
                }
            $0.tell("type", word(role, type))
            $0.tell("firstName", firstName)
            $0.tell("lastName", lastName)
            $0.tell("email", email)
            $0.tell("phoneNumber", phone)
        }
    }
}

extension Product {
    var facts: Facts {
        Facts {
            $0.tell("id", id)
            $0.tell("mpn", mpn)
            $0.tell("vendor", vendor)
            $0.tell("name", name)
            $0.tell("serviceName", serviceName)
            $0.tell("minimumQuantity", minimumQuantity)
            $0.tell("maximumQuantity", maximumQuantity)
            $0.tell("prices", prices.map(\.facts))
            $0.tell("costs", costs.map(\.facts))
            $0.tell("billingPeriod", billingPeriod?.facts)
            $0.tell("subscriptionPeriod", subscriptionPeriod?.facts)
            $0.tell("billingModel", billingModel)
            $0.tell("dependsOn", dependsOn.map { mpn in Facts { $0.tell("mpn", mpn) } })
            $0.tell("coterming.required", coterming)
            $0.tell("coterming.type", cotermingType)
        }
    }
}

extension Charge {
    fileprivate var facts: Facts {
        Facts {
            $0.tell("type", word(kind, kind.word))
            $0.tell(all: amount.facts)
            $0.tell("lowerLimit", fromQuantity)
        }
    }
}

extension Report {
    var facts: Facts {
        Facts {
            $0.tell("id", id)
            $0.tell("name", name)
            $0.tell("customizationName", view)
            $0.tell("status", word(status, status.word))
            let type =
                switch kind {
                case .periodic: "periodic"
                case .daily: "daily"
                case .monthly: "monthly"
                case .oneTime: "onetime"
                case .onInvoice: "on_invoice"
                case .other(let text): text
                }
            $0.tell("type", word(kind, type))
            $0.tell("format", word(format, format.word))
            $0.tell("creationDate", created)
            $0.tell("startDate", from)
            $0.tell("endDate", to)
            $0.tell("downloadUrl", download?.revealed)
        }
    }
}

extension MarketplaceError {
    /// Which error it is, and what it carries of the answer.
    var facts: Facts {
        Facts {
            switch self {
            case .wrongPassword: $0.tell("error", "wrong password")
            case .wrongSubscriptionKey(let message):
                $0.tell("error", "wrong subscription key")
                $0.tell("message", message)
            case .wrongMarketplace(_, let message):
                $0.tell("error", "wrong marketplace")
                $0.tell("message", message)
            case .forbidden(let message, let id):
                $0.tell("error", "forbidden")
                $0.tell("message", message)
                $0.tell("correlationId", id)
            case .notFound(_, let id):
                $0.tell("error", "not found")
                $0.tell("correlationId", id)
            case .rejected(let message, let status, let id):
                $0.tell("error", "rejected")
                $0.tell("message", message)
                $0.tell("status", status)
                $0.tell("correlationId", id)
            case .rateLimited(let seconds):
                $0.tell("error", "rate limited")
                $0.tell("seconds", seconds)
            case .quotaExhausted(let seconds):
                $0.tell("error", "quota exhausted")
                $0.tell("seconds", seconds)
            case .serverFailed(let status, let message, let id):
                $0.tell("error", "server failed")
                $0.tell("message", message)
                $0.tell("status", status)
                $0.tell("correlationId", id)
            case .outcomeUnknown(_, _, let id):
                $0.tell("error", "outcome unknown")
                $0.tell("correlationId", id)
            case .unreachable, .untrusted, .timedOut, .unreadable, .writeRefused, .cancelled:
                $0.tell("error", "\(self)")
            }
        }
    }
}
