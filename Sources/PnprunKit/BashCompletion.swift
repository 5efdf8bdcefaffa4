// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// What the generated completion script does not know: that `run` may be left out.
enum BashCompletion {
  /// The script, with `pnprun SPEC --role …` completed as `pnprun run SPEC --role …`.
  ///
  /// A first word is a command if one begins like it, otherwise a specification.
  static func completed(_ script: String) -> String {
    let commands = Pnprun.configuration.subcommands.compactMap { $0.configuration.commandName }
    return script + """

      _pnprun_or_run() {
          if ((COMP_CWORD == 1)); then
              _pnprun "$@"
              if ((${#COMPREPLY[@]} > 0)); then return; fi
          fi
          case "${COMP_WORDS[1]}" in
          \((commands + ["help"]).joined(separator: "|"))) ;;
          *)
              COMP_WORDS=("${COMP_WORDS[0]}" run "${COMP_WORDS[@]:1}")
              ((COMP_CWORD += 1))
              ;;
          esac
          _pnprun "$@"
      }

      complete -o filenames -F _pnprun_or_run pnprun
      """
  }
}
