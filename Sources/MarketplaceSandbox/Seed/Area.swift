/// A field of software, and the items that a service of it has.
struct Area: Sendable {
    var name: String
    var letters: String
    var items: [String]
    /// Ends the codes of its services.
    var code: String

    init(_ name: String, _ letters: String, _ items: [String]) {
        self.name = name
        self.letters = letters
        self.items = items
        code = String(name.uppercased().map { $0 == " " ? "_" : $0 })
    }

    static let all: [Area] = [
        Area(
            "Backup", "BKP", ["for Mail", "for Servers", "for Databases", "for Endpoints", "Vault, 1 TB", "Retention"]),
        Area("Mail Security", "MSC", ["Standard", "Advanced", "Encryption", "Archive", "Phishing Training", "DMARC"]),
        Area("Endpoint", "END", ["Protect", "Detect & Respond", "Complete", "for Servers", "Mobile", "Patching"]),
        Area("Voice", "VOI", ["User", "Room", "Contact Centre", "Call Recording", "Toll-Free Number", "Fax"]),
        Area("Identity", "IDN", ["Essentials", "Plus", "Governance", "Passkey Reader", "Guest", "Privileged Access"]),
        Area("Sign", "SGN", ["Personal", "Business", "Enterprise", "API Envelope Pack", "Notary", "Qualified Seal"]),
        Area("Drive", "DRV", ["Team", "Business", "Business Plus", "Extra Storage, 1 TB", "Data Room", "Scanner"]),
        Area("CRM", "CRM", ["Starter", "Sales", "Service", "Marketing Contacts, 1,000", "Sandbox", "Telephony"]),
        Area("Firewall", "FWL", ["Virtual S", "Virtual M", "Virtual L", "Threat Feed", "VPN User", "Log Retention"]),
        Area("Analytics", "ANA", ["Viewer", "Creator", "Explorer", "Embedded Pack", "Refresh Boost", "Data Gateway"]),
        Area("Web Hosting", "WEB", ["Start", "Business", "Shop", "Managed CMS", "Certificate, OV", "CDN, 100 GB"]),
        Area(
            "Virtual Desktop", "VDI",
            ["Task Worker", "Knowledge Worker", "GPU", "Profile Storage", "Printing", "Trial"]),
        Area("Learning", "LRN", ["Learner", "Trainer", "Course Library", "Exam Pack", "Video Hosting", "SCORM"]),
        Area("Password Vault", "PWV", ["Teams", "Business", "Enterprise", "Families", "Secrets Engine", "SSO"]),
        Area("Design", "DSN", ["Single App", "All Apps", "Stock Images, 40", "Review Seat", "Fonts", "Asset Server"]),
        Area("Project", "PRJ", ["Plan 1", "Plan 3", "Plan 5", "Portfolio", "Guest", "Time Tracking"]),
        Area("Remote Support", "RMS", ["Technician", "Unattended, 50", "Mobile", "Session Audit", "Branding", "API"]),
        Area("Translation", "TRL", ["Solo", "Team", "Glossary", "API, 1 M Characters", "Voice", "Patent Pack"]),
    ]
}
