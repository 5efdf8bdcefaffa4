// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// What is said about brackets, and about the YAML that a specification does not use.
struct RefusalTests {
  @Test(arguments: brackets)
  func `explains brackets`(_ sample: FaultSample) throws { try sample.check() }

  @Test(arguments: refused)
  func `refuses what the language leaves out`(_ sample: FaultSample) throws { try sample.check() }

  static let brackets = [
    FaultSample(
      "seats: {least: «max»(2, 3)}\n",
      "inside { } a comma ends the value, even within ( )",
      "write one entry per line instead of { }"
    ),
    FaultSample(
      "seats: [«max»(2, 3), 1]\n",
      "inside [ ] a comma ends the value, even within ( )",
      "write one entry per line instead of [ ]"
    ),
    FaultSample(
      "a: {x: xs«[»0]}\n",
      "inside { } a `[` cannot stand within a value",
      "write one entry per line instead of { }"
    ),
    FaultSample(
      "a: «[»1, 2\nb: 1\n",
      "this `[` is not closed",
      "write `]` behind the last entry and commas between them; put a text with `[` in quotes"
    ),
    FaultSample(
      "a: «{»b: 1\nc: 1\n",
      "this `{` is not closed",
      "write `}` behind the last entry and commas between them; put a text with `{` in quotes"
    ),
    FaultSample(
      "a: «[»",
      "this `[` is not closed",
      "write `]` behind the last entry and commas between them; put a text with `[` in quotes"
    ),
    FaultSample("a: [1«}»\n", "`}` cannot close `[`", "write `]`"),
    FaultSample("a: [1, «}»\n", "`}` cannot close `[`", "write `]`"),
    FaultSample(
      "a: [\"x\" «b»]\n",
      "a comma is missing inside [ ]",
      "write `,` before this"
    ),
    FaultSample(
      "a: [1]«]»\n",
      "`]` closes nothing",
      "remove it, or put the value in quotes"
    ),
    FaultSample(
      "a: [1] «+» b\n",
      "nothing can follow `]` here",
      "for an expression write `>-` and put it on the next line"
    ),
    FaultSample(
      "a: [«,» 1]\n",
      "a value is missing before this comma",
      "remove the comma, or write a text that starts with a comma in quotes"
    ),
  ]

  static let refused = [
    FaultSample(
      "«<<»: 1\n",
      "a specification has no merge key `<<`",
      "write the entries out"
    ),
    FaultSample(
      "a: «!!str» 1\n",
      "a specification has no YAML tags",
      "leave `!!str` out"
    ),
    FaultSample(
      "a: 1\n«---»\nb: 1\n",
      "a second document starts here",
      "a file holds one specification: remove this line, or put the rest into another file"
    ),
    FaultSample(
      "«%»YAML 1.1\n---\na: 1\n",
      "a specification has no lines that start with `%`",
      "leave the line out"
    ),
    FaultSample(
      "«%»FOO\n---\na: 1\n",
      "a specification has no lines that start with `%`",
      "leave the line out"
    ),
    FaultSample(
      "«{»a: 1}: b\n",
      "a name is expected here, not a mapping",
      "a text with braces goes in quotes: \"{…}\""
    ),
    FaultSample(
      "a: {«{»name}}\n",
      "a name is expected here, not a mapping",
      "a text with braces goes in quotes: \"{…}\""
    ),
    FaultSample(
      "«[»a]: b\n",
      "a name is expected here, not a list",
      "a text with brackets goes in quotes: \"[…]\""
    ),
    FaultSample(
      "«?» a\n: b\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    FaultSample(
      "a: [«?» b: c]\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    FaultSample(
      "a: {b: c, «?»d: e}\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    FaultSample(
      "- # a comment\n  «?»\n    b\n  : c\n",
      "YAML takes `?` at the start of a name as the mark of a long key",
      "put the name in quotes: \"?…\""
    ),
    FaultSample("", "the file holds no specification", "the first entry is `pnprun: 1`"),
    FaultSample(
      "# only words\n",
      "the file holds no specification",
      "the first entry is `pnprun: 1`"
    ),
    FaultSample("---\n", "the file holds no specification", "the first entry is `pnprun: 1`"),
    FaultSample(
      "a: \"«\u{1B}»\"\n",
      "the invisible character U+001B cannot stand in a specification",
      "remove it; in a text write \"\\u001B\""
    ),
    FaultSample(
      "a: b«\0»\n",
      "the invisible character U+0000 cannot stand in a specification",
      "remove it; in a text write \"\\u0000\""
    ),
    FaultSample(
      "a: b«\u{2028}»c\n",
      "the invisible character U+2028 cannot stand in a specification",
      "remove it; in a text write \"\\u2028\""
    ),
  ]
}
