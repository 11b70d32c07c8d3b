import Glibc
import Screen
import TerminalSupport
import TestSupport
import Testing

@testable import CursesScreen

extension Stages {
    @Suite struct `Keys arrive` {
        @Test func `as arrows in both cursor modes`() throws {
            let stage = try Stage()
            let keys = stage.type("\u{1B}OA\u{1B}[A\u{1B}OB\u{1B}[B\u{1B}[C\u{1B}OD\u{1B}[H\u{1B}OF", expecting: 8)
            #expect(keys == [.up, .up, .down, .down, .right, .left, .home, .end])
        }

        @Test(arguments: ["xterm-256color", "vt100", "linux", "screen", "dtterm"])
        func `as function and page keys on`(_ type: String) throws {
            let stage = try Stage(type: type)
            let keys = stage.type("\u{1B}[21~\u{1B}OP\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[Z", expecting: 6)
            #expect(keys == [.function(10), .function(1), .pageUp, .pageDown, .delete, .backTab])
        }

        @Test(arguments: ["xterm-256color", "putty-256color", "screen-256color", "tmux-256color", "linux", "vt100"])
        func `as what is printed on the numeric keypad on`(_ type: String) throws {
            let stage = try Stage(type: type)
            let keys = stage.type("\u{1B}Or\u{1B}Ou", "2", "5", "\u{1B}Om\u{1B}OM\u{1B}[2~", expecting: 7)
            #expect(keys == ["2", "5", "2", "5", "-", .enter, .insert])
        }

        @Test func `as the terminal's entry has them, where no other terminal does`() throws {
            #expect(try Stage(type: "linux").type("\u{1B}[[A\u{1B}\t", expecting: 2) == [.function(1), .backTab])
            #expect(try Stage(type: "sun").type("\u{1B}[224z\u{1B}[216z", expecting: 2) == [.function(1), .pageUp])
            #expect(try Stage(type: "vt52").type("\u{1B}A\u{1B}B", expecting: 2) == [.up, .down])
        }

        @Test func `as characters of any language`() throws {
            let stage = try Stage()
            #expect(stage.type("aø作€👍", expecting: 5) == ["a", "ø", "作", "€", "👍"])
        }

        @Test func `with control, none of them as a signal`() throws {
            let stage = try Stage()
            let keys = stage.type("\u{3}\u{1A}\u{1C}\u{11}\u{13}\u{16}\r\t\u{7F}", expecting: 9)
            #expect(
                keys == [
                    .control("c"), .control("z"), .control("\\"), .control("q"), .control("s"), .control("v"), .enter,
                    .tab, .backspace,
                ])
        }

        @Test func `as Esc when it comes alone`() throws {
            let stage = try Stage()
            let clock = ContinuousClock()
            var keys: [Key] = []
            stage.emulator.send("\u{1B}")
            keys = stage.type(expecting: 1)
            // The quickest of many: a busy machine may hold up any of them.
            let again = (1...50).map { _ in clock.measure { keys += stage.terminal.keys() } }
            #expect(keys == [.escape])
            #expect(again.contains { $0 < .milliseconds(20) })
        }

        @Test func `with Alt as keys of their own`() throws {
            let stage = try Stage()
            let keys = stage.type("\u{1B}c", "\u{1B}\u{1B}[A", "\u{1B}5k", expecting: 4)
            #expect(keys == [.alt("c"), .alt(.up), .alt("5"), "k"])
        }

        @Test func `as one paste where pastes are not marked`() throws {
            let stage = try Stage()
            #expect(stage.type("25\rAUR-365-BP\r", expecting: 1) == [.paste("25\nAUR-365-BP\n")])
        }

        @Test func `as one paste, though it comes in pieces`() throws {
            let stage = try Stage()
            let keys = stage.type("\u{1B}[200~AUR-", "365-", "BP\u{1B}[201~", expecting: 1)
            #expect(keys == [.paste("AUR-365-BP")])
        }

        @Test func `not at all for reports that nobody asked for`() throws {
            let stage = try Stage()
            let keys = stage.type("\u{1B}[I\u{1B}[?62;22c\u{1B}]11;rgb:1c1c/1e1e/2626\u{1B}\\k", expecting: 1)
            #expect(keys == ["k"])
        }

        @Test(arguments: ["xterm-256color", "screen-256color", "linux", "vt100", "xterm-1006"])
        func `as clicks and turns of the wheel on`(_ type: String) throws {
            let stage = try Stage(type: type)
            let keys = stage.type("\u{1B}[<0;12;7M\u{1B}[<0;12;7m\u{1B}[<65;1;2Mk", expecting: 3)
            #expect(keys == [.mouse(Mouse(.click, x: 11, y: 6)), .mouse(Mouse(.wheelDown, x: 0, y: 1)), "k"])
        }

        @Test func `not at all when none were typed`() throws {
            let stage = try Stage()
            #expect(stage.terminal.keys() == [])
            #expect(!stage.terminal.isHungUp)
        }
    }

    @Suite struct `The terminal` {
        @Test func `is taken and given back`() throws {
            let stage = try Stage()
            stage.show { $0.write("hello", x: 0, y: 0) }
            #expect(stage.screen.isAlternate)
            #expect(stage.screen.isBracketingPastes)
            for mode in [1000, 1004, 1006] { #expect(stage.screen.modes[mode] == true) }
            #expect(!stage.emulator.isAsShellsWantIt)
            stage.terminal.close()
            stage.terminal.close()
            stage.emulator.settle()
            #expect(!stage.screen.isAlternate)
            #expect(stage.emulator.leftovers == [])
            for mode in [1000, 1004, 1006, 2004] { #expect(stage.screen.modes[mode] == false) }
            #expect(stage.screen.isCursorVisible)
            #expect(stage.screen.modes[1] == false)
            #expect(stage.emulator.isAsShellsWantIt)
            stage.terminal.present(Canvas(size: Size(columns: 3, rows: 3)))
            #expect(stage.terminal.keys() == [])
        }

        @Test func `leaves the mouse to itself where it is not wanted`() throws {
            let stage = try Stage(mouse: false)
            stage.show { $0.write("hello", x: 0, y: 0) }
            #expect(stage.screen.modes[1000] == false && stage.screen.modes[1006] == false)
            #expect(stage.type("\u{1B}[<0;12;7Mk", expecting: 1) == ["k"])
        }

        @Test func `puts keyboard protocols off that others left on, and back`() throws {
            let stage = try Stage()
            stage.emulator.settle()
            let begun = stage.emulator.sentText
            #expect(begun.contains("\u{1B}[>0u") && begun.contains("\u{1B}[>4;0m"))
            // Each screen has flags of its own.
            let (screen, flags) = (begun.firstRange(of: "\u{1B}[?1049h"), begun.firstRange(of: "\u{1B}[>0u"))
            #expect(try #require(screen).upperBound <= #require(flags).lowerBound)
            stage.show { $0.write("hello", x: 0, y: 0) }
            let ended = stage.sent { stage.terminal.close() }
            let order = ["\u{1B}[<u", "\u{1B}[>4m", "\u{1B}[?1049l", "\u{1B}[=0u"].map {
                ended.firstRange(of: $0)?.lowerBound
            }
            #expect(!order.contains(nil) && order.compactMap { $0 } == order.compactMap { $0 }.sorted(), "\(ended)")
        }

        @Test(arguments: ["linux", "vt100"]) func `is not asked for protocols that it would print`(_ type: String)
            throws
        {
            let stage = try Stage(type: type)
            stage.show { $0.write("hello", x: 0, y: 0) }
            stage.terminal.close()
            stage.emulator.settle()
            for start in ["\u{1B}[>", "\u{1B}[<", "\u{1B}[="] { #expect(!stage.emulator.sentText.contains(start)) }
        }

        @Test func `has a title while it is open`() throws {
            let stage = try Stage()
            let first = stage.sent { stage.terminal.title("souk \u{1B}]0;owned\u{7}\u{202E}作者") }
            #expect(first == "\u{1B}]2;souk \u{FFFD}]0;owned\u{FFFD}作者\u{7}")
            #expect(stage.sent { stage.terminal.title("souk \u{1B}]0;owned\u{7}\u{202E}作者") } == "")
            #expect(stage.emulator.sentText.contains("\u{1B}[22;2t"))
            #expect(stage.sent { stage.terminal.close() }.contains("\u{1B}[23;2t"))
        }

        @Test(arguments: ["linux", "vt100"])
        func `has no title and no clipboard where they would be shown as text`(_ type: String) throws {
            let stage = try Stage(type: type)
            #expect(stage.sent { stage.terminal.title("souk") } == "")
            var copied: Copied?
            #expect(stage.sent { copied = stage.terminal.copy("text") } == "")
            #expect(copied == .notPossible)
            #expect(!stage.sent { stage.terminal.close() }.contains("23;2t"))
        }

        @Test func `copies to the clipboard what is harmless`() throws {
            let stage = try Stage()
            var copied: Copied?
            let sent = stage.sent { copied = stage.terminal.copy("a\u{1B}[2J\nbø") }
            #expect(copied == .sent)
            // The text "a\u{FFFD}[2J\nbø" in base 64.
            #expect(sent == "\u{1B}]52;c;Ye+/vVsySgpiw7g=\u{7}")
        }

        @Test func `follows its size`() throws {
            let stage = try Stage(40, 6)
            stage.show { $0.write("before", x: 34, y: 5) }
            for (columns, rows) in [(20, 3), (100, 30), (1, 1), (40, 6)] {
                stage.emulator.resize(columns: columns, rows: rows)
                stage.terminal.resize()
                #expect(stage.terminal.size == Size(columns: columns, rows: rows))
                var canvas = Canvas(size: stage.terminal.size)
                canvas.write("size 作者", x: 0, y: rows - 1)
                stage.show(canvas)
                #expect(stage.screen.text == canvas.text)
            }
            #expect(stage.terminal.keys() == [])
        }

        @Test func `reports signals`() throws {
            let stage = try Stage()
            #expect(stage.terminal.signals() == [])
            var source = pollfd(fd: stage.terminal.signalDescriptor, events: Int16(POLLIN), revents: 0)
            for (number, meaning) in [(SIGWINCH, TerminalSignal.resized), (SIGTERM, .ended(signal: SIGTERM))] {
                kill(getpid(), number)
                #expect(poll(&source, 1, 5000) == 1)
                #expect(stage.terminal.signals() == [meaning])
            }
            #expect(stage.terminal.signals() == [])
        }

        @Test func `notices that its other end is gone`() throws {
            let stage = try Stage()
            stage.emulator.hangUp()
            // A program that another test is starting may hold the other end for a moment.
            var end = pollfd(fd: stage.terminal.inputDescriptor, events: 0, revents: 0)
            #expect(poll(&end, 1, 30_000) == 1)
            #expect(stage.terminal.isHungUp)
            stage.terminal.present(Canvas(size: stage.terminal.size))
            #expect(stage.terminal.keys() == [])
        }

        @Test func `is refused where there is none to draw on`() throws {
            let emulator = try PseudoTerminal()
            func problem(_ type: String, input: Int32? = nil) -> TerminalProblem? {
                do throws(TerminalProblem) {
                    try CursesTerminal(
                        input: input ?? emulator.farEnd, output: emulator.farEnd, type: type, TerminalOptions()
                    ).close()
                    return nil
                } catch {
                    return error
                }
            }
            #expect(problem("no-such-terminal") == .unknownTerminal(name: "no-such-terminal"))
            #expect(problem("") == .unknownTerminal(name: ""))
            #expect(problem("dumb") == .tooDumb(name: "dumb"))
            let null = open("/dev/null", O_RDONLY)
            #expect(problem("xterm", input: null) == .notATerminal)
            close(null)
            emulator.settle()
            #expect(emulator.received.isEmpty)
            #expect(emulator.isAsShellsWantIt)
        }
    }
}

@Suite(.onOwnThreads) struct `Problems with a terminal` {
    @Test func `say what to do`() {
        #expect(TerminalProblem.notATerminal.message.contains("souk --help"))
        #expect(TerminalProblem.unknownTerminal(name: "").message.contains("TERM=xterm-256color"))
        #expect(TerminalProblem.unknownTerminal(name: "a\u{1B}[2J").message.contains("'a\u{FFFD}[2J'"))
        #expect(TerminalProblem.tooDumb(name: "dumb").message.contains("souk --help"))
    }
}
