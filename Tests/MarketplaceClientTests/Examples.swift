/// Answers and requests as the API description shows them, shared by the suites.
enum Examples {
    static let token = #"""
        {"token": "fake.jwt.token", "expiresInSeconds": 1500}
        """#

    static let customers = #"""
        {"data": [{"id": "1000101", "externalId": "CRM-0042", "status": "active", "name": "Sample Bakery Ltd",
        "language": "en_US", "taxRegId": "00-0000000", "resellerId": "1000001", "attributes": {},
        "address": {"streetAddress": "1 Sample Street", "addressExtension": "Floor 2", "postalCode": "00000",
        "city": "Sampleton", "state": "CA", "countryCode": "US"}, "contactPersons": [{"type": "admin",
        "firstName": "Ada", "lastName": "Sample", "email": "ada.sample@example.com",
        "phoneNumber": "1#555#5550100#"}]}], "pagination": {"offset": 0, "limit": 10, "total": 1}}
        """#

    static let customer = #"""
        {"id": "1000101", "externalId": "CRM-0042", "status": "active", "name": "Sample Bakery Ltd",
        "language": "en_US", "taxRegId": "00-0000000", "resellerId": "1000001", "attributes": {},
        "address": {"streetAddress": "1 Sample Street", "addressExtension": "Floor 2", "postalCode": "00000",
        "city": "Sampleton", "state": "CA", "countryCode": "US"}, "contactPersons": [{"type": "admin",
        "firstName": "Ada", "lastName": "Sample", "email": "ada.sample@example.com",
        "phoneNumber": "1#555#5550100#"}]}
        """#

    static let resellers = #"""
        {"data": [{"id": "1000001", "externalId": "R-1", "status": "active", "name": "Sample Reseller",
        "language": "en_US", "currency": "USD", "taxationProviderName": "Vertex", "customerClass": "Default",
        "attributes": {}, "address": {"streetAddress": "1 Sample Street", "addressExtension": "Floor 2",
        "postalCode": "00000", "city": "Sampleton", "state": "CA", "countryCode": "US"},
        "contactPersons": [{"type": "admin", "firstName": "Ada", "lastName": "Sample",
        "email": "ada.sample@example.com", "phoneNumber": "1#555#5550100#"}]}], "pagination": {"offset": 0,
        "limit": 10, "total": 1}}
        """#

    static let reseller = #"""
        {"id": "1000001", "externalId": "R-1", "status": "active", "name": "Sample Reseller", "language": "en_US",
        "currency": "USD", "taxationProviderName": "Vertex", "customerClass": "Default", "attributes": {},
        "address": {"streetAddress": "1 Sample Street", "addressExtension": "Floor 2", "postalCode": "00000",
        "city": "Sampleton", "state": "CA", "countryCode": "US"}, "contactPersons": [{"type": "admin",
        "firstName": "Ada", "lastName": "Sample", "email": "ada.sample@example.com",
        "phoneNumber": "1#555#5550100#"}]}
        """#

    static let resellerCustomers = #"""
        {"data": [{"id": "1000101", "externalId": "CRM-0042", "status": "active", "name": "Sample Bakery Ltd",
        "language": "en_US", "taxRegId": "00-0000000", "resellerId": "1000001", "attributes": {},
        "address": {"streetAddress": "1 Sample Street", "addressExtension": "Floor 2", "postalCode": "00000",
        "city": "Sampleton", "state": "CA", "countryCode": "US"}, "contactPersons": [{"type": "admin",
        "firstName": "Ada", "lastName": "Sample", "email": "ada.sample@example.com",
        "phoneNumber": "1#555#5550100#"}]}], "pagination": {"offset": 0, "limit": 10, "total": 1}}
        """#

    static let resellerOrders = #"""
        {"data": [{"id": "1000701", "orderNumber": "SO000012", "type": "sales", "customerId": "1000101",
        "status": "completed", "statusCode": "CP", "creationDate": "2031-01-05T10:00:00Z",
        "provisioningDate": "2031-01-05T10:02:11Z"}], "pagination": {"offset": 0, "limit": 10, "total": 1}}
        """#

    static let products = #"""
        {"data": [{"mpn": "FAKE-MPN-E1-ANNUAL", "vendor": "SampleVendor", "id": "SKU-000123",
        "serviceName": "SAMPLE_SERVICE", "name": "Sample Office E1", "minimumQuantity": "0.0",
        "maximumQuantity": "5000.0", "costs": [{"currency": "USD", "amount": "7.05", "type": "recurring",
        "model": "FLAT"}], "prices": [{"currency": "USD", "amount": "8.15", "type": "recurring", "model": "FLAT"}],
        "billingPeriod": {"type": "month", "duration": 1}, "subscriptionPeriod": {"type": "year", "duration": 1},
        "billingModel": "chargeBeforeBillingPeriod", "dependsOn": [], "coterming": {"required": "ALLOWED",
        "type": "SUBSCRIPTION"}}], "pagination": {"offset": 0, "limit": 10, "total": 4211}}
        """#

    static let validation = #"""
        {"data": [{"mpn": "FAKE-MPN-E1-ANNUAL", "vendor": "SampleVendor",
        "draftRequestId": "00000000-0000-4000-8000-0000000000aa", "parameters": [{"name": "domain",
        "result": "success", "message": "Domain is available", "value": "sample-bakery.example"}]}],
        "pagination": {"offset": 0, "limit": 1, "total": 1}}
        """#

    static let orders = #"""
        {"data": [{"id": "1000701", "orderNumber": "SO000012", "type": "sales", "customerId": "1000101",
        "status": "completed", "statusCode": "CP", "creationDate": "2031-01-05T10:00:00Z",
        "provisioningDate": "2031-01-05T10:02:11Z"}], "pagination": {"offset": 0, "limit": 10, "total": 20600}}
        """#

    static let order = #"""
        {"id": "1000701", "orderNumber": "SO000012", "type": "sales", "customerId": "1000101",
        "status": "completed", "statusCode": "CP", "creationDate": "2031-01-05T10:00:00Z",
        "provisioningDate": "2031-01-05T10:02:11Z", "poNumber": "PO-2031-001", "subscriptionId": "1000501",
        "creditCheck": true, "total": {"currency": "USD", "amount": "81.5"}, "attributes": {},
        "products": [{"mpn": "FAKE-MPN-E1-ANNUAL", "vendor": "SampleVendor", "id": "SKU-000123",
        "name": "Sample Office E1", "quantity": 10, "subscriptionId": "1000501",
        "extendedPrice": {"currency": "USD", "amount": "81.5"}}], "details": [{"type": "recurring",
        "mpn": "FAKE-MPN-E1-ANNUAL", "productId": "SKU-000123",
        "description": "Sample Office E1 Recurring (1 Month(s) term) from 2031-01-05 through 2031-02-04",
        "duration": {"type": "month", "duration": 1.0}, "quantity": 10.0, "unitPrice": {"currency": "USD",
        "amount": "8.15"}, "extendedPrice": {"currency": "USD", "amount": "81.5"}}]}
        """#

    static let placedOrder = #"""
        {"id": "1000701", "orderNumber": "SO000012", "type": "sales", "customerId": "1000101",
        "status": "completed", "statusCode": "CP", "creationDate": "2031-01-05T10:00:00Z",
        "provisioningDate": "2031-01-05T10:02:11Z", "poNumber": "PO-2031-001", "subscriptionId": "1000501",
        "creditCheck": true, "total": {"currency": "USD", "amount": "81.5"}, "attributes": {},
        "products": [{"mpn": "FAKE-MPN-E1-ANNUAL", "vendor": "SampleVendor", "id": "SKU-000123",
        "name": "Sample Office E1", "quantity": 10, "subscriptionId": "1000501",
        "extendedPrice": {"currency": "USD", "amount": "81.5"}}], "details": [{"type": "recurring",
        "mpn": "FAKE-MPN-E1-ANNUAL", "productId": "SKU-000123",
        "description": "Sample Office E1 Recurring (1 Month(s) term) from 2031-01-05 through 2031-02-04",
        "duration": {"type": "month", "duration": 1.0}, "quantity": 10.0, "unitPrice": {"currency": "USD",
        "amount": "8.15"}, "extendedPrice": {"currency": "USD", "amount": "81.5"}}]}
        """#

    static let estimate = #"""
        {"type": "sales", "customerId": "1000101", "total": {"currency": "USD", "amount": "81.5"},
        "products": [{"mpn": "FAKE-MPN-E1-ANNUAL", "quantity": 10, "extendedPrice": {"currency": "USD",
        "amount": "81.5"}}]}
        """#

    static let withdrawnOrder = #"""
        {"id": "1000702", "orderNumber": "CH000042", "type": "change", "customerId": "1000101",
        "status": "cancelled", "statusCode": "CL", "creationDate": "2031-01-06T10:00:00Z", "provisioningDate": null,
        "poNumber": "PO-2031-002", "subscriptionId": "1000501", "products": [{"mpn": "FAKE-MPN-E1-ANNUAL",
        "name": "Sample Office E1", "quantity": 2}]}
        """#

    static let subscriptions = #"""
        {"data": [{"id": "1000501", "name": "Sample Office E1", "customerId": "1000101", "status": "active",
        "attributes": {}, "renewalStatus": true, "creationDate": "2031-01-05", "renewalDate": "2032-01-03",
        "lastModifiedDate": "2031-01-05", "expirationDate": "2032-01-05",
        "billingModel": "chargeBeforeBillingPeriod", "billingPeriod": {"type": "month", "duration": 1},
        "subscriptionPeriod": {"type": "year", "duration": 1}}], "pagination": {"offset": 0, "limit": 10,
        "total": 1}}
        """#

    static let subscription = #"""
        {"id": "1000501", "name": "Sample Office E1", "customerId": "1000101", "status": "active", "attributes": {},
        "renewalStatus": true, "creationDate": "2031-01-05", "renewalDate": "2032-01-03",
        "lastModifiedDate": "2031-01-05", "expirationDate": "2032-01-05",
        "billingModel": "chargeBeforeBillingPeriod", "billingPeriod": {"type": "month", "duration": 1},
        "subscriptionPeriod": {"type": "year", "duration": 1}, "planId": 10005, "totalPrice": {"currency": "USD",
        "amount": "81.5"}, "totalSubscriptionPrice": {"currency": "USD", "amount": "978"},
        "totalSubscriptionCost": {"currency": "USD", "amount": "846"}, "products": [{"mpn": "FAKE-MPN-E1-ANNUAL",
        "vendor": "SampleVendor", "id": "SKU-000123", "quantity": 10, "name": "Sample Office E1",
        "unitPrice": {"currency": "USD", "amount": "8.15"}, "unitCost": {"currency": "USD", "amount": "7.05"},
        "extendedPrice": {"currency": "USD", "amount": "81.5"}, "vendorSubscriptionId": "vendor-sub-0001"}],
        "orderParameters": [{"name": "microsoft_domain", "value": "sample-bakery.example"}],
        "fulfillmentParameters": [{"name": "ms_customer_id", "value": "00000000-0000-4000-8000-00000000cafe"}]}
        """#

    static let salesRequest = #"""
        {"type": "sales", "customerId": "1000101", "poNumber": "PO-2031-001",
        "products": [{"mpn": "FAKE-MPN-E1-ANNUAL", "vendor": "SampleVendor", "billingPeriod": {"type": "month",
        "duration": 1}, "subscriptionPeriod": {"type": "year", "duration": 1}, "quantity": 10,
        "parameters": [{"name": "domain", "value": "sample-bakery.example"}]}]}
        """#

    static let validationRequest = #"""
        {"customerId": "1000101", "type": "sales", "products": [{"mpn": "FAKE-MPN-E1-ANNUAL", "quantity": 10,
        "parameters": [{"name": "domain", "value": "sample-bakery.example"}]}]}
        """#

    static let invalidStatus = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 400,
        "message": "Invalid value for parameter status", "path": "/subscriptions",
        "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let ambiguousMPN = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 400,
        "message": "Product FAKE-MPN-E1-ANNUAL is not unique. Provide additional parameters: vendor, subscriptionPeriod, billingPeriod",
        "path": "/orders", "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let notFoundAs400 = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 400, "message": "No entity has been found",
        "path": "/orders/1009999", "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let tokenRefused = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 401, "message": "Unauthorized",
        "path": "/customers", "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let keyMissing = #"""
        {"statusCode": 401,
        "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."}
        """#

    static let forbidden = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 403,
        "message": "Access to the operation is forbidden", "path": "/resellers",
        "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let quota = #"""
        {"statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 05:12:44."}
        """#

    static let notFound = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 404, "message": "No entity has been found",
        "path": "/subscriptions/1009999", "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let rateLimit = #"""
        {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 13 seconds."}
        """#

    static let conflictingOrder = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 500,
        "message": "Cannot Upgrade/Downgrade Resources for Subscription #1000501: there is already an Upgrade/Downgrade Order #CH000042 in status Provisioning is in progress(LO).",
        "path": "/orders", "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let internalError = #"""
        {"timeStamp": "2031-02-03T07:45:08.223+00:00", "status": 500, "message": "Internal Server Error",
        "path": "/subscriptions", "correlationId": "a8n-00000000-1111-2222-3333-444444444444"}
        """#

    static let gatewayTimeout = #"""
        {"statusCode": 504, "message": "Gateway Timeout"}
        """#

    static let gatewayPage = "<html><head><title>504 Gateway Time-out</title></head><body></body></html>"
}
