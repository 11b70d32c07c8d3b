import Marketplace

// The facts of orders, estimates and verdicts on parameters, in the names of the wire.

extension Order {
    var facts: Facts {
        Facts {
            $0.add("id", id)
            $0.add("orderNumber", number)
            $0.add("type", word(kind, kind.word))
            $0.add("customerId", customer)
            $0.add("status", word(status, status.word))
            $0.add("statusCode", statusCode)
            $0.add("creationDate", created)
            $0.add("provisioningDate", provisioned)
            $0.add("poNumber", poNumber)
            $0.add("subscriptionId", subscription)
            $0.add("creditCheck", checksCredit)
            $0.add("total", total?.facts)
            $0.add("products", lines.map(\.facts))
            $0.add("details", charges.map(\.facts))
            $0.add("scheduledOn", scheduledOn)
            $0.add("planId", plan)
        }
    }
}

extension OrderLine {
    fileprivate var facts: Facts {
        Facts {
            $0.add("id", product)
            $0.add("mpn", mpn)
            $0.add("vendor", vendor)
            $0.add("name", name)
            $0.add("quantity", quantity)
            $0.add("subscriptionId", subscription)
            $0.add("extendedPrice", extendedPrice?.facts)
        }
    }
}

extension OrderCharge {
    fileprivate var facts: Facts {
        Facts {
            $0.add("type", kind)
            $0.add("description", description)
            $0.add("quantity", quantity)
            $0.add("unitPrice", unitPrice?.facts)
            $0.add("extendedPrice", extendedPrice?.facts)
        }
    }
}

extension Estimate {
    var facts: Facts {
        Facts {
            $0.add("total", total?.facts)
            $0.add("products", lines.map(\.facts))
            $0.add("details", charges.map(\.facts))
        }
    }
}

extension [ParameterVerdict] {
    /// The client does not keep which product a verdict belongs to; the examples have one.
    var facts: Facts {
        Facts {
            $0.add(
                "data",
                [
                    Facts {
                        $0.add(
                            "parameters",
                            map { verdict in
                                Facts {
                                    $0.add("name", verdict.name)
                                    $0.add("result", verdict.isAccepted ? "success" : "error")
                                    $0.add("message", verdict.message)
                                    $0.add(
                                        "valueChoices",
                                        verdict.choices.map { choice in Facts { $0.add("value", choice) } })
                                }
                            })
                    }
                ])
        }
    }
}
