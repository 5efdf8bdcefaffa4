// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// What is said about text that is not YAML, or not the YAML of a specification.
struct SyntaxTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var help: String

    init(_ text: String, _ message: String, _ help: String) {
      self.text = text
      self.message = message
      self.help = help
    }

    var testDescription: String { text.debugDescription }
  }

  private func check(_ sample: Sample) throws {
    let marked = MarkedText(sample.text)
    let found = faults(marked.bytes)
    #expect(found.count == 1)
    let fault = try #require(found.first)
    #expect(fault.severity == .error)
    #expect(fault.message == sample.message)
    #expect(fault.help == sample.help)
    #expect(fault.range == marked.range)
  }

  @Test(arguments: values)
  func `explains what a value cannot be`(_ sample: Sample) throws { try check(sample) }

  @Test(arguments: quotes)
  func `explains quotes`(_ sample: Sample) throws { try check(sample) }

  @Test(arguments: lines)
  func `explains lines that do not fit`(_ sample: Sample) throws { try check(sample) }

  @Test(arguments: brackets)
  func `explains brackets`(_ sample: Sample) throws { try check(sample) }

  @Test(arguments: refused)
  func `refuses what the language leaves out`(_ sample: Sample) throws { try check(sample) }

  static let values = [
    Sample(
      "- set: word = tries == 1 ? \"try\" «:» \"tries\"\n",
      "YAML takes `: ` (colon, space) as the start of a new entry",
      "put the expression on the next line after `>-`, or the text into `messages:`"
    ),
    Sample(
      "about: The rules«:» one guess\n",
      "YAML takes `: ` (colon, space) as the start of a new entry",
      "put the whole value in quotes, or on the next line after `>-`"
    ),
    Sample(
      "guess: send«:» nice\n",
      "YAML takes `: ` (colon, space) as the start of a new entry",
      "put `send: …` on the next line, or the whole value in quotes"
    ),
    Sample(
      "- if: «!»done\n",
      "YAML takes `!` at the start of a value as a tag",
      "put the whole value in quotes: \"!…\""
    ),
    Sample(
      "- if: «!»(a in b)\n",
      "YAML takes `!` at the start of a value as a tag",
      "put the whole value in quotes: \"!…\""
    ),
    Sample(
      "- if: «!»room.exists(m, m.nick == hello.nick)\n  send: x\n",
      "YAML takes `!` at the start of a value as a tag",
      "put the whole value in quotes: \"!…\""
    ),
    Sample(
      "a: «%»d\n",
      "a value cannot start with `%`",
      "put the whole value in quotes: \"%…\""
    ),
    Sample(
      "a: «@»home\n",
      "a value cannot start with `@`",
      "put the whole value in quotes: \"@…\""
    ),
    Sample(
      "a: «`»x`\n",
      "a value cannot start with ```",
      "put the whole value in quotes: \"`…\""
    ),
    Sample("a: «]»\n", "a value cannot start with `]`", "put the whole value in quotes: \"]…\""),
    Sample(
      "a: «&»x\n",
      "YAML takes `&` at the start of a value as an anchor",
      "put the whole value in quotes: \"&…\"; to use a value twice, write it twice"
    ),
    Sample(
      "a: «*»x\n",
      "YAML takes `*` at the start of a value as an alias",
      "put the whole value in quotes: \"*…\""
    ),
    Sample(
      "a: |«x»\n",
      "only the text on the next lines may follow `|` or `>`",
      "write `|` or `>-` alone and start the text on the next line"
    ),
  ]

  static let quotes = [
    Sample(
      "print: \"Hello \" «+» name\n",
      "nothing can follow a text in quotes",
      "put values into the text: \"Hello {name}\"; for an expression use `>-` and the next line"
    ),
    Sample(
      "a: \"«\\d»+\"\n",
      "`\\d` means nothing in double quotes",
      "use single quotes for a regular expression, or write `\\\\d`"
    ),
    Sample(
      "a: \"\\x«g»1\"\n",
      "this escape needs hexadecimal digits",
      "write two digits after `\\x`, four after `\\u`, eight after `\\U`"
    ),
    Sample(
      "a: \"b\n\t«\\d»\"\n",
      "`\\d` means nothing in double quotes",
      "use single quotes for a regular expression, or write `\\\\d`"
    ),
    Sample("a: «\"»open\n\tb: 1\n", "this quote is never closed", "write \" behind the text"),
    Sample("a: «\"»open\nb: 1\n", "this quote is never closed", "write \" behind the text"),
    Sample("a: «'»open\n", "this quote is never closed", "write ' behind the text"),
    Sample(
      "a: «\"»open\nb: \"closed\"\n",
      "this quote is never closed",
      "write \" behind the text"
    ),
    Sample(
      "a: 1\n«\"»b\nc: \"d\"\n",
      "this quote is never closed",
      "write \" behind the text"
    ),
  ]

  static let lines = [
    Sample(
      "larger: «-» print: x\n",
      "a list cannot start behind a name",
      "put `- …` on the next line, or write a single step without the dash"
    ),
    Sample(
      "a:\n    b: 1\n  «c:» 2\n",
      "this line fits no line above it",
      "indent it exactly like the entries it belongs to"
    ),
    Sample(
      "a: b\n  «c»: d\n",
      "`c` is indented below an entry that already has a value",
      "align it with that entry, or give that entry no value of its own"
    ),
    Sample(
      "about: text\n  more\n  «c»: d\n",
      "`c` is indented below an entry that already has a value",
      "align it with that entry, or give that entry no value of its own"
    ),
    Sample(
      "«roles»\n\n  server:\n",
      "a colon is missing after `roles`",
      "write an entry as `name: value`"
    ),
    Sample(
      "steps:\n  - «send»\n    to: x\n",
      "a colon is missing after `send`",
      "write an entry as `name: value`"
    ),
    Sample(
      "a: 1\n«...»\nb: 2\n",
      "`...` ends the document, but more follows",
      "remove this line"
    ),
    Sample(
      "a: 1\n«foo»\nb: 2\n",
      "a colon is missing after `foo`",
      "write an entry as `name: value`"
    ),
    Sample(
      "a: 1\n«-» b\n",
      "a list item cannot stand among entries",
      "write `name: value`, or indent the list below a `name:`"
    ),
    Sample(
      "- a\n«b:» c\n",
      "this line is not part of the list above it",
      "start it with `- `, or indent it like the entries it belongs to"
    ),
    Sample("a:\n«\t»b: 1\n", "this line is indented with a tab", "use blanks instead of tabs"),
    Sample("a:\n  «\t»b: 1\n", "this line is indented with a tab", "use blanks instead of tabs"),
    Sample("a: x\n«\t»y\n", "this line is indented with a tab", "use blanks instead of tabs"),
    Sample("a: |\n«\t»y\n", "this line is indented with a tab", "use blanks instead of tabs"),
    Sample(
      "a: {\n«\t»b: 1}\n",
      "this line is indented with a tab",
      "use blanks instead of tabs"
    ),
    Sample(
      "a: 1\n«:» 2\n",
      "a name is missing before the colon",
      "write an entry as `name: value`"
    ),
  ]

  static let brackets = [
    Sample(
      "seats: {least: «max»(2, 3)}\n",
      "inside { } a comma ends the value, even within ( )",
      "write one entry per line instead of { }"
    ),
    Sample(
      "seats: [«max»(2, 3), 1]\n",
      "inside [ ] a comma ends the value, even within ( )",
      "write one entry per line instead of [ ]"
    ),
    Sample(
      "a: {x: xs«[»0]}\n",
      "inside { } a `[` cannot stand within a value",
      "write one entry per line instead of { }"
    ),
    Sample(
      "a: «[»1, 2\nb: 1\n",
      "this `[` is not closed",
      "write `]` behind the last entry and commas between them; put a text with `[` in quotes"
    ),
    Sample(
      "a: «{»b: 1\nc: 1\n",
      "this `{` is not closed",
      "write `}` behind the last entry and commas between them; put a text with `{` in quotes"
    ),
    Sample(
      "a: «[»",
      "this `[` is not closed",
      "write `]` behind the last entry and commas between them; put a text with `[` in quotes"
    ),
    Sample("a: [1«}»\n", "`}` cannot close `[`", "write `]`"),
    Sample("a: [1, «}»\n", "`}` cannot close `[`", "write `]`"),
    Sample(
      "a: [\"x\" «b»]\n",
      "a comma is missing inside [ ]",
      "write `,` before this"
    ),
    Sample(
      "a: [1]«]»\n",
      "`]` closes nothing",
      "remove it, or put the value in quotes"
    ),
    Sample(
      "a: [1] «+» b\n",
      "nothing can follow `]` here",
      "for an expression write `>-` and put it on the next line"
    ),
    Sample(
      "a: [«,» 1]\n",
      "a value is missing before this comma",
      "remove the comma, or write a text that starts with a comma in quotes"
    ),
  ]

  static let refused = [
    Sample(
      "«<<»: 1\n",
      "a specification has no merge key `<<`",
      "write the entries out"
    ),
    Sample(
      "a: «!!str» 1\n",
      "a specification has no YAML tags",
      "leave `!!str` out"
    ),
    Sample(
      "a: 1\n«---»\nb: 1\n",
      "a second document starts here",
      "a file holds one specification: remove this line, or put the rest into another file"
    ),
    Sample(
      "«%»YAML 1.1\n---\na: 1\n",
      "a specification has no lines that start with `%`",
      "leave the line out"
    ),
    Sample(
      "«%»FOO\n---\na: 1\n",
      "a specification has no lines that start with `%`",
      "leave the line out"
    ),
    Sample(
      "«{»a: 1}: b\n",
      "a name is expected here, not a mapping",
      "a text with braces goes in quotes: \"{…}\""
    ),
    Sample(
      "a: {«{»name}}\n",
      "a name is expected here, not a mapping",
      "a text with braces goes in quotes: \"{…}\""
    ),
    Sample(
      "«[»a]: b\n",
      "a name is expected here, not a list",
      "a text with brackets goes in quotes: \"[…]\""
    ),
    Sample(
      "«?» a\n: b\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    Sample(
      "a: [«?» b: c]\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    Sample(
      "a: {b: c, «?»d: e}\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    Sample(
      "- # a comment\n  «?»\n    b\n  : c\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    Sample("", "the file holds no specification", "the first entry is `pnprun: 1`"),
    Sample("# only words\n", "the file holds no specification", "the first entry is `pnprun: 1`"),
    Sample("---\n", "the file holds no specification", "the first entry is `pnprun: 1`"),
    Sample(
      "a: \"«\u{1B}»\"\n",
      "the invisible character U+001B cannot stand in a specification",
      "remove it; in a text write \"\\u001B\""
    ),
    Sample(
      "a: b«\0»\n",
      "the invisible character U+0000 cannot stand in a specification",
      "remove it; in a text write \"\\u0000\""
    ),
    Sample(
      "a: b«\u{2028}»c\n",
      "the invisible character U+2028 cannot stand in a specification",
      "remove it; in a text write \"\\u2028\""
    ),
  ]
}
