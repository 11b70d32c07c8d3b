import Marketplace

// What subscriptions and plans tell, in the names of the wire.

extension Subscription {
    var facts: Facts {
        Facts {
            $0.tell("id", id)
            $0.tell("name", name)
            $0.tell("customerId", customer)
            $0.tell("status", word(status, status.word))
            $0.tell("renewalStatus", autoRenews)
            $0.tell("creationDate", created)
            $0.tell("renewalDate", renews)
            $0.tell("lastModifiedDate", modified)
            $0.tell("expirationDate", expires)
            $0.tell("billingPeriod", billingPeriod?.facts)
            $0.tell("subscriptionPeriod", subscriptionPeriod?.facts)
        }
    }
}

extension SubscriptionDetail {
    var facts: Facts {
        Facts {
            $0.tell(all: subscription.facts)
            $0.tell("products", products.map(\.facts))
            $0.tell("totalPrice", totalPrice?.facts)
            $0.tell("totalSubscriptionPrice", termPrice?.facts)
            $0.tell("totalSubscriptionCost", termCost?.facts)
            $0.tell("orderParameters", orderParameters.map(\.facts))
            $0.tell("fulfillmentParameters", fulfillmentParameters.map(\.facts))
            $0.tell("planId", plan)
            $0.tell("billingModel", billingModel)
            $0.tell("attributes", attributes.facts)
        }
    }
}

extension SubscriptionProduct {
    fileprivate var facts: Facts {
        Facts {
            $0.tell("id", product)
            $0.tell("mpn", mpn)
            $0.tell("vendor", vendor)
            $0.tell("name", name)
            $0.tell("quantity", quantity)
            $0.tell("unitPrice", unitPrice?.facts)
            $0.tell("unitCost", unitCost?.facts)
            $0.tell("extendedPrice", extendedPrice?.facts)
            $0.tell("vendorSubscriptionId", vendorSubscriptionID)
        }
    }
}

extension Plan {
    var facts: Facts {
        Facts {
            $0.tell("id", id)
            $0.tell("name", name)
            $0.tell("shortDescription", summary)
            $0.tell("longDescription", description)
            $0.tell("published", isPublished)
            $0.tell("subscriptionPeriods", terms.map(\.facts))
            $0.tell("billingPeriod", billingPeriod?.facts)
            $0.tell("billingModel", billingModel)
        }
    }
}

extension Plan.Term {
    fileprivate var facts: Facts {
        Facts {
            $0.tell(all: period.facts)
            $0.tell("trial", isTrial)
            $0.tell("active", isActive)
        }
    }
}

extension PlanDetail {
    var facts: Facts {
        Facts {
            $0.tell(all: plan.facts)
            $0.tell("planSwitches", switches.map(\.facts))
        }
    }
}

extension PlanSwitch {
    fileprivate var facts: Facts {
        Facts {
            $0.tell("planId", plan)
            $0.tell("subscriptionPeriod", period?.facts)
            $0.tell("sourceSubscriptionPeriod", sourcePeriod?.facts)
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
            $0.tell("billingPolicy", word(charging, policy))
            let moment =
                switch effective {
                case .immediately: "immediately"
                case .nextBillingPeriod: "next_billing_period"
                case .nextSubscriptionPeriod: "next_subscription_period"
                case .other(let text): text
                }
            $0.tell("whenEffective", word(effective, moment))
        }
    }
}
