/// The themes that come with the program, as the files in `assets/themes` have them: an installed program needs no other
/// file to draw. A test holds both together.
extension Theme {
    /// Names of the themes that come with the program, the one that is used when none is chosen first.
    public static var names: [String] { embedded.map(\.name) }

    /// A theme that comes with the program; nil when none is called `name`.
    public static func named(_ name: String) -> Theme? {
        embedded.first { $0.name == name }.flatMap { try? Theme(text: $0.text) }
    }

    /// The one that is used when none is chosen: the terminal's own sixteen colours on its own background.
    public static let standard = named("default") ?? withoutColour

    static let embedded: [(name: String, text: String)] = [
        (
            "default",
            """
            # The terminal's own sixteen colours on its own background: fits light and dark, and any palette.
            # A line for each: colour, "on" and its ground, and bold, dim or reverse. Colours: default, red, bright-red, 0 to 255, #rrggbb.

            background  default
            plain       default
            faint       default dim
            title       cyan bold
            accent      cyan
            good        green
            warning     yellow
            bad         red bold
            rule        default dim
            header      default reverse
            alarm       white on red bold
            key         cyan bold
            selection   default reverse

            """
        ),
        (
            "dark",
            """
            # Quiet colours on near black. At least 4.5:1 everywhere.

            background  #16181d
            plain       #d8dbe2
            faint       #8f96a6
            title       #7fc8e8 bold
            accent      #7fc8e8
            good        #8fce8b
            warning     #e5c07b
            bad         #ff8a8a bold
            rule        #858d9e
            header      #e8ebf2 on #2f3a4d
            alarm       #ffffff on #b3202c bold
            key         #7fc8e8 bold
            selection   #10131a on #8fbfe0

            """
        ),
        (
            "light",
            """
            # Dark ink on paper white. At least 4.5:1 everywhere.

            background  #fbfbf9
            plain       #22252b
            faint       #646a75
            title       #00588a bold
            accent      #00588a
            good        #1d6b2a
            warning     #855300
            bad         #b3141f bold
            rule        #6d737f
            header      #ffffff on #2f5170
            alarm       #ffffff on #b3141f bold
            key         #00588a bold
            selection   #ffffff on #1f5f8b

            """
        ),
        (
            "colour-blind",
            """
            # Blue, orange and brightness in place of green and red (after Okabe and Ito): states stay apart with any kind of colour
            # vision. At least 4.5:1 everywhere.

            background  #101216
            plain       #e2e4e8
            faint       #989ca5
            title       #56b4e9 bold
            accent      #56b4e9
            good        #56b4e9
            warning     #f0e442
            bad         #ff9d3c bold
            rule        #898e98
            header      #ffffff on #27405c
            alarm       #000000 on #ff9d3c bold
            key         #ffffff bold
            selection   #000000 on #f0e442

            """
        ),
        (
            "high-contrast",
            """
            # Pure colours on black. At least 7:1 everywhere.

            background  #000000
            plain       #ffffff
            faint       #d0d0d0
            title       #00ffff bold
            accent      #00ffff
            good        #5fff5f
            warning     #ffff00
            bad         #ffafaf bold
            rule        #d0d0d0
            header      #000000 on #ffffff
            alarm       #ffffff on #8b0000 bold
            key         #00ffff bold
            selection   #000000 on #ffff00

            """
        ),
    ]
}
