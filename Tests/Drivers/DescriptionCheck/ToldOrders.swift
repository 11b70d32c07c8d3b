import Marketplace

// What orders, estimates and verdicts on parameters tell, in the names of the wire.

extension Order {
    var facts: Facts {
        Facts {
            $0.tell("id", id)
            $0.tell("orderNumber", number)
            $0.tell("type", word(kind, kind.word))
            $0.tell("customerId", customer)
            $0.tell("status", word(status, status.word))
            $0.tell("statusCode", statusCode)
            $0.tell("creationDate", created)
            $0.tell("provisioningDate", provisioned)
            $0.tell("poNumber", poNumber)
            $0.tell("subscriptionId", subscription)
            $0.tell("creditCheck", checksCredit)
            $0.tell("total", total?.facts)
            $0.tell("products", lines.map(\.facts))
            $0.tell("details", charges.map(\.facts))
            $0.tell("scheduledOn", scheduledOn)
            $0.tell("planId", plan)
        }
    }
}

extension OrderLine {
    fileprivate var facts: Facts {
        Facts {
            $0.tell("id", product)
            $0.tell("mpn", mpn)
            $0.tell("vendor", vendor)
            $0.tell("name", name)
            $0.tell("quantity", quantity)
            $0.tell("subscriptionId", subscription)
            $0.tell("extendedPrice", extendedPrice?.facts)
        }
    }
}

extension OrderCharge {
    fileprivate var facts: Facts {
        Facts {
            $0.tell("type", kind)
            $0.tell("description", description)
            $0.tell("quantity", quantity)
            $0.tell("unitPrice", unitPrice?.facts)
            $0.tell("extendedPrice", extendedPrice?.facts)
        }
    }
}

extension Estimate {
    var facts: Facts {
        Facts {
            $0.tell("total", total?.facts)
            $0.tell("products", lines.map(\.facts))
            $0.tell("details", charges.map(\.facts))
        }
    }
}

extension [ParameterVerdict] {
    /// The client does not keep which product a verdict belongs to; the examples have one.
    var facts: Facts {
        Facts {
            $0.tell(
                "data",
                [
                    Facts {
                        $0.tell(
                            "parameters",
                            map { verdict in
                                Facts {
                                    $0.tell("name", verdict.name)
                                    $0.tell("result", verdict.isAccepted ? "success" : "error")
                                    $0.tell("message", verdict.message)
                                    $0.tell(
                                        "valueChoices",
                                        verdict.choices.map { choice in Facts { $0.tell("value", choice) } })
                                }
                            })
                    }
                ])
        }
    }
}
