import Marketplace

// The facts of subscriptions and plans, in the names of the wire.

extension Subscription {
    var facts: Facts {
        Facts {
            $0.add("id", id)
            $0.add("name", name)
            $0.add("customerId", customer)
            $0.add("status", word(status, status.word))
            $0.add("renewalStatus", autoRenews)
            $0.add("creationDate", created)
            $0.add("renewalDate", renews)
            $0.add("lastModifiedDate", modified)
            $0.add("expirationDate", expires)
            $0.add("billingPeriod", billingPeriod?.facts)
            $0.add("subscriptionPeriod", subscriptionPeriod?.facts)
        }
    }
}

extension SubscriptionDetail {
    var facts: Facts {
        Facts {
            $0.add(all: subscription.facts)
            $0.add("products", products.map(\.facts))
            $0.add("totalPrice", totalPrice?.facts)
            $0.add("totalSubscriptionPrice", termPrice?.facts)
            $0.add("totalSubscriptionCost", termCost?.facts)
            $0.add("orderParameters", orderParameters.map(\.facts))
            $0.add("fulfillmentParameters", fulfillmentParameters.map(\.facts))
            $0.add("planId", plan)
            $0.add("billingModel", billingModel)
            $0.add("attributes", attributes.facts)
        }
    }
}

extension SubscriptionProduct {
    fileprivate var facts: Facts {
        Facts {
            $0.add("id", product)
            $0.add("mpn", mpn)
            $0.add("vendor", vendor)
            $0.add("name", name)
            $0.add("quantity", quantity)
            $0.add("unitPrice", unitPrice?.facts)
            $0.add("unitCost", unitCost?.facts)
            $0.add("extendedPrice", extendedPrice?.facts)
            $0.add("vendorSubscriptionId", vendorSubscriptionID)
        }
    }
}

extension Plan {
    var facts: Facts {
        Facts {
            $0.add("id", id)
            $0.add("name", name)
            $0.add("shortDescription", summary)
            $0.add("longDescription", description)
            $0.add("published", isPublished)
            $0.add("subscriptionPeriods", terms.map(\.facts))
            $0.add("billingPeriod", billingPeriod?.facts)
            $0.add("billingModel", billingModel)
        }
    }
}

extension Plan.Term {
    fileprivate var facts: Facts {
        Facts {
            $0.add(all: period.facts)
            $0.add("trial", isTrial)
            $0.add("active", isActive)
        }
    }
}

extension PlanDetail {
    var facts: Facts {
        Facts {
            $0.add(all: plan.facts)
            $0.add("planSwitches", switches.map(\.facts))
        }
    }
}

extension PlanSwitch {
    fileprivate var facts: Facts {
        Facts {
            $0.add("planId", plan)
            $0.add("subscriptionPeriod", period?.facts)
            $0.add("sourceSubscriptionPeriod", sourcePeriod?.facts)
            let policy =
                switch charging {
                case .periodChange: "period_change"
                case .prorateFromNewPeriod: "prorate_starting_new_subscription_period"
                case .prorateKeepingExpiry: "prorate_keeping_exp_date"
                case .prorateRefund: "prorate_refund"
                case .noRefund: "no_refund"
                case .noRefundWithFullRefundPeriod: "no_refund_with_full_refund_period"
                case .prorateRefundWithFullRefundPeriod: "prorate_refund_with_full_refund_period"
                case .other(let text): text
                }
            $0.add("billingPolicy", word(charging, policy))
            let moment =
                switch effective {
                case .immediately: "immediately"
                case .nextBillingPeriod: "next_billing_period"
                case .nextSubscriptionPeriod: "next_subscription_period"
                case .other(let text): text
                }
            $0.add("whenEffective", word(effective, moment))
        }
    }
}
