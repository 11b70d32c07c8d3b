/// What makes a shell ask this program for the words that may come next.
enum CompletionScript {
    static let shells = ["bash", "zsh", "fish"]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["completions"], summary: "Print what makes a shell complete souk's words.", argument: "SHELL",
            options: CommonOptions.help, calls: "0", schema: nil, fields: [], isList: false, columns: [],
            filterColumns: [],
            examples: [
                "souk completions bash > ~/.local/share/bash-completion/completions/souk",
                "souk completions fish > ~/.config/fish/completions/souk.fish",
            ], isLocal: true
        ) { arguments in
            let shell = arguments.positionals.first ?? ""
            guard let text = text(for: shell) else {
                throw CommandError(
                    .badValue, "there is no script for '\(shell)'.",
                    hint: "There are those of \(shells.joined(separator: ", ")).")
            }
            try printOutput(text)
        }
    }

    /// Answers a script: a candidate a line, with its note after a tab; `:files` where the shell is to name files.
    static func answer(_ words: [String], _ environment: [String: String]) throws {
        // The file that the line names holds the profiles.
        let source = Settings.Source(
            environment: environment, path: Completion.value(of: "--config", in: words),
            profile: Completion.value(of: "--profile", in: words) ?? Completion.value(of: "-p", in: words))
        let completion = Completion(commands: CommandDescription.all) { Settings.profileNames(source) }
        switch completion.answer(words) {
        case .files: try printOutput(":files")
        case .words(let candidates): try print(candidates)
        case .live(let live) where !words.contains("--sandbox"): try print(live.candidates(source))
        case .live: break
        }
    }

    private static func print(_ candidates: [Completion.Candidate]) throws {
        for candidate in candidates {
            try printOutput([candidate.text, candidate.note].map(StandardStreams.safe).joined(separator: "\t"))
        }
    }

    private static func text(for shell: String) -> String? {
        switch shell {
        case "bash": bash
        case "zsh": zsh
        case "fish": fish
        default: nil
        }
    }

    // Bash takes `=` and `:` for ends of words, and replaces only what comes after them.
    private static let bash = #"""
        # Completes souk's words in bash.
        _souk() {
            local line typed before words
            read -ra words <<< "${COMP_LINE:0:COMP_POINT}"
            case ${COMP_LINE:0:COMP_POINT} in *[[:space:]]) words+=("") ;; esac
            typed=${words[${#words[@]} - 1]}
            before=${typed%"${COMP_WORDS[COMP_CWORD]#[=:]}"}
            COMPREPLY=()
            while IFS= read -r line; do
                if [ "$line" = ":files" ]; then
                    compopt -o default 2> /dev/null
                    return
                fi
                line=${line%%$'\t'*}
                line=${line#"$before"}
                # Names come from others: each stays one word, and none ends a quotation.
                case $typed in
                    [\'\"]*) [[ $line == *[\'\"\\\$\`\!]* ]] && continue ;;
                    *) [[ $line =~ ^[A-Za-z0-9_.,:=/@+-]*$ ]] || printf -v line %q "$line" ;;
                esac
                COMPREPLY+=("$line")
            done < <("${words[0]}" \#(Completion.word) "${words[@]:1}" 2> /dev/null)
            return 0
        }
        complete -F _souk souk
        """#

    private static let zsh = #"""
        #compdef souk
        # Completes souk's words in zsh.
        _souk() {
            local line
            local -a found
            for line in "${(@f)$("${words[1]}" \#(Completion.word) "${(@)words[2,CURRENT]}" 2> /dev/null)}"; do
                [[ $line == ":files" ]] && { _files; return }
                [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
            done
            (( ${#found} )) && _describe souk found
        }
        if [ "$funcstack[1]" = "_souk" ]; then _souk "$@"; else compdef _souk souk; fi
        """#

    private static let fish = #"""
        # Completes souk's words in fish.
        function __souk_complete
            set -l words (commandline -opc)
            set -l found ($words[1] \#(Completion.word) $words[2..] (commandline -ct) 2> /dev/null)
            if test "$found" = ":files"
                __fish_complete_path (commandline -ct)
            else
                string join -- \n $found
            end
        end
        complete -c souk -f -a "(__souk_complete)"
        """#
}
