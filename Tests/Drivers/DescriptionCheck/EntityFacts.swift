import Marketplace

// The facts of the client's values, in the names of the wire. Written from the description, not from the client's decoder.

/// A word of a closed list. One that the client does not know is said so, except `unknown`, which the API itself uses.
func word(_ value: some Any, _ text: String) -> String {
    if ["not reported", "not reported"].contains(text) { return "" }
    return "\(value)".hasPrefix("other(") && !text.isEmpty && text != "unknown"
        ? "\(text), which it does not know" : text
}

extension Money {
    var facts: Facts {
        Facts {
            $0.add("amount", amount)
            $0.add("currency", currency)
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
            $0.add("type", word(unit, type))
            $0.add("duration", count)
        }
    }
}

extension Parameter {
    var facts: Facts {
        Facts {
            $0.add("name", name)
            $0.add("value", value)
        }
    }
}

extension [String: String] {
    var facts: Facts { Facts { for (name, value) in self { $0.add(name, value) } } }
}

extension Listing {
    func facts(_ row: (Row) -> Facts) -> Facts {
        Facts {
            $0.add("data", rows.map(row))
            $0.add("pagination.total", total)
            for problem in problems {
                $0.add("data[\(problem.index)]", "a row that cannot be read: \(problem.reason)")
            }
        }
    }
}

extension Account {
    var facts: Facts {
        Facts {
            $0.add("id", id)
            $0.add("name", name)
            $0.add(
                "status",
                word(status, status == .creditHold ? "creditHold" : status == .adminHold ? "adminHold" : status.word))
            $0.add("resellerId", vendorAccount)
            $0.add("externalId", externalID)
            $0.add("address", address?.facts)
            $0.add("contactPersons", contacts.map(\.facts))
            $0.add("language", language)
            $0.add("taxRegId", taxRegistration)
            $0.add("currency", currency)
            $0.add("taxationProviderName", taxationProvider)
            $0.add("customerClass", customerClass)
            $0.add("attributes", attributes.facts)
        }
    }
}

extension Address {
    fileprivate var facts: Facts {
        Facts {
            $0.add("streetAddress", street)
            $0.add("addressExtension", addition)
            $0.add("postalCode", postalCode)
            $0.add("city", city)
            $0.add("state", state)
            $0.add("countryCode", country)
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
            $0.add("type", word(role, type))
            $0.add("firstName", firstName)
            $0.add("lastName", lastName)
            $0.add("email", email)
            $0.add("phoneNumber", phone)
        }
    }
}

extension Product {
    var facts: Facts {
        Facts {
            $0.add("id", id)
            $0.add("mpn", mpn)
            $0.add("vendor", vendor)
            $0.add("name", name)
            $0.add("serviceName", serviceName)
            $0.add("minimumQuantity", minimumQuantity)
            $0.add("maximumQuantity", maximumQuantity)
            $0.add("prices", prices.map(\.facts))
            $0.add("costs", costs.map(\.facts))
            $0.add("billingPeriod", billingPeriod?.facts)
            $0.add("subscriptionPeriod", subscriptionPeriod?.facts)
            $0.add("billingModel", billingModel)
            $0.add("dependsOn", dependsOn.map { mpn in Facts { $0.add("mpn", mpn) } })
            $0.add("coterming.required", coterming)
            $0.add("coterming.type", cotermingType)
        }
    }
}

extension Charge {
    fileprivate var facts: Facts {
        Facts {
            $0.add("type", word(kind, kind.word))
            $0.add(all: amount.facts)
            $0.add("lowerLimit", fromQuantity)
        }
    }
}

extension Report {
    var facts: Facts {
        Facts {
            $0.add("id", id)
            $0.add("name", name)
            $0.add("customizationName", view)
            $0.add("status", word(status, status.word))
            let type =
                switch kind {
                case .periodic: "periodic"
                case .daily: "daily"
                case .monthly: "monthly"
                case .oneTime: "onetime"
                case .onInvoice: "on_invoice"
                case .other(let text): text
                }
            $0.add("type", word(kind, type))
            $0.add("format", word(format, format.word))
            $0.add("creationDate", created)
            $0.add("startDate", from)
            $0.add("endDate", to)
            $0.add("downloadUrl", download?.revealed)
        }
    }
}

extension MarketplaceError {
    /// Which error it is, and what it carries of the answer.
    var facts: Facts {
        Facts {
            switch self {
            case .wrongPassword: $0.add("error", "wrong password")
            case .wrongSubscriptionKey(let message):
                $0.add("error", "wrong subscription key")
                $0.add("message", message)
            case .wrongMarketplace(_, let message):
                $0.add("error", "wrong marketplace")
                $0.add("message", message)
            case .forbidden(let message, let id):
                $0.add("error", "forbidden")
                $0.add("message", message)
                $0.add("correlationId", id)
            case .notFound(_, let id):
                $0.add("error", "not found")
                $0.add("correlationId", id)
            case .rejected(let message, let status, let id):
                $0.add("error", "rejected")
                $0.add("message", message)
                $0.add("status", status)
                $0.add("correlationId", id)
            case .rateLimited(let seconds):
                $0.add("error", "rate limited")
                $0.add("seconds", seconds)
            case .quotaExhausted(let seconds):
                $0.add("error", "quota exhausted")
                $0.add("seconds", seconds)
            case .serverFailed(let status, let message, let id):
                $0.add("error", "server failed")
                $0.add("message", message)
                $0.add("status", status)
                $0.add("correlationId", id)
            case .outcomeUnknown(_, _, let id):
                $0.add("error", "outcome unknown")
                $0.add("correlationId", id)
            case .unreachable, .untrusted, .timedOut, .unreadable, .writeRefused, .cancelled:
                $0.add("error", "\(self)")
            }
        }
    }
}
