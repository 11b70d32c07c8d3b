extension Stage {
    /// The screen with every run of blanks as one: for rows of tables.
    var words: String { screen.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
