// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// What is said about values, quotes and lines that are not YAML.
struct SyntaxTests {
  @Test(arguments: values)
  func `explains what a value cannot be`(_ sample: FaultSample) throws { try sample.check() }

  @Test(arguments: quotes)
  func `explains quotes`(_ sample: FaultSample) throws { try sample.check() }

  @Test(arguments: lines)
  func `explains lines that do not fit`(_ sample: FaultSample) throws { try sample.check() }

  static let values = [
    FaultSample(
      "- set: word = tries == 1 ? \"try\" «:» \"tries\"\n",
      "YAML takes `: ` (colon, space) as the start of a new entry",
      "put the expression on the next line after `>-`, or the text into `messages:`"
    ),
    FaultSample(
      "about: The rules«:» one guess\n",
      "YAML takes `: ` (colon, space) as the start of a new entry",
      "put the whole value in quotes, or on the next line after `>-`"
    ),
    FaultSample(
      "guess: send«:» nice\n",
      "YAML takes `: ` (colon, space) as the start of a new entry",
      "put `send: …` on the next line, or the whole value in quotes"
    ),
    FaultSample(
      "- if: «!»done\n",
      "YAML takes `!` at the start of a value as a tag",
      "put the whole value in quotes: \"!…\""
    ),
    FaultSample(
      "- if: «!»(a in b)\n",
      "YAML takes `!` at the start of a value as a tag",
      "put the whole value in quotes: \"!…\""
    ),
    FaultSample(
      "- if: «!»room.exists(m, m.nick == hello.nick)\n  send: x\n",
      "YAML takes `!` at the start of a value as a tag",
      "put the whole value in quotes: \"!…\""
    ),
    FaultSample(
      "a: «%»d\n",
      "a value cannot start with `%`",
      "put the whole value in quotes: \"%…\""
    ),
    FaultSample(
      "a: «@»home\n",
      "a value cannot start with `@`",
      "put the whole value in quotes: \"@…\""
    ),
    FaultSample(
      "a: «`»x`\n",
      "a value cannot start with ```",
      "put the whole value in quotes: \"`…\""
    ),
    FaultSample(
      "a: «]»\n",
      "a value cannot start with `]`",
      "put the whole value in quotes: \"]…\""
    ),
    FaultSample(
      "a: «&»x\n",
      "YAML takes `&` at the start of a value as an anchor",
      "put the whole value in quotes: \"&…\"; to use a value twice, write it twice"
    ),
    FaultSample(
      "a: «*»x\n",
      "YAML takes `*` at the start of a value as an alias",
      "put the whole value in quotes: \"*…\""
    ),
    FaultSample(
      "a: |«x»\n",
      "only the text on the next lines may follow `|` or `>`",
      "write `|` or `>-` alone and start the text on the next line"
    ),
  ]

  static let quotes = [
    FaultSample(
      "print: \"Hello \" «+» name\n",
      "nothing can follow a text in quotes",
      "put values into the text: \"Hello {name}\"; for an expression use `>-` and the next line"
    ),
    FaultSample(
      "a: \"«\\d»+\"\n",
      "`\\d` means nothing in double quotes",
      "use single quotes for a regular expression, or write `\\\\d`"
    ),
    FaultSample(
      "a: \"\\x«g»1\"\n",
      "this escape needs hexadecimal digits",
      "write two digits after `\\x`, four after `\\u`, eight after `\\U`"
    ),
    FaultSample(
      "a: \"b\n\t«\\d»\"\n",
      "`\\d` means nothing in double quotes",
      "use single quotes for a regular expression, or write `\\\\d`"
    ),
    FaultSample("a: «\"»open\n\tb: 1\n", "this quote is never closed", "write \" behind the text"),
    FaultSample("a: «\"»open\nb: 1\n", "this quote is never closed", "write \" behind the text"),
    FaultSample("a: «'»open\n", "this quote is never closed", "write ' behind the text"),
    FaultSample(
      "a: «\"»open\nb: \"closed\"\n",
      "this quote is never closed",
      "write \" behind the text"
    ),
    FaultSample(
      "a: 1\n«\"»b\nc: \"d\"\n",
      "this quote is never closed",
      "write \" behind the text"
    ),
  ]

  static let lines = [
    FaultSample(
      "larger: «-» print: x\n",
      "a list cannot start behind a name",
      "put `- …` on the next line, or write a single step without the dash"
    ),
    FaultSample(
      "a:\n    b: 1\n  «c:» 2\n",
      "this line fits no line above it",
      "indent it exactly like the entries it belongs to"
    ),
    FaultSample(
      "a: b\n  «c»: d\n",
      "`c` is indented below an entry that already has a value",
      "align it with that entry, or give that entry no value of its own"
    ),
    FaultSample(
      "about: text\n  more\n  «c»: d\n",
      "`c` is indented below an entry that already has a value",
      "align it with that entry, or give that entry no value of its own"
    ),
    FaultSample(
      "«roles»\n\n  server:\n",
      "a colon is missing after `roles`",
      "write an entry as `name: value`"
    ),
    FaultSample(
      "steps:\n  - «send»\n    to: x\n",
      "a colon is missing after `send`",
      "write an entry as `name: value`"
    ),
    FaultSample(
      "a: 1\n«...»\nb: 2\n",
      "`...` ends the document, but more follows",
      "remove this line"
    ),
    FaultSample(
      "a: 1\n«b:2»\n",
      "a blank is missing after the colon of `b:2`",
      "write an entry as `name: value`"
    ),
    FaultSample(
      "a: 1\n«foo»\nb: 2\n",
      "a colon is missing after `foo`",
      "write an entry as `name: value`"
    ),
    FaultSample(
      "a: 1\n«-» b\n",
      "a list item cannot stand among entries",
      "write `name: value`, or indent the list below a `name:`"
    ),
    FaultSample(
      "- a\n«b:» c\n",
      "this line is not part of the list above it",
      "start it with `- `, or indent it like the entries it belongs to"
    ),
    FaultSample("a:\n«\t»b: 1\n", "this line is indented with a tab", "use blanks instead of tabs"),
    FaultSample(
      "a:\n  «\t»b: 1\n",
      "this line is indented with a tab",
      "use blanks instead of tabs"
    ),
    FaultSample("a: x\n«\t»y\n", "this line is indented with a tab", "use blanks instead of tabs"),
    FaultSample("a: |\n«\t»y\n", "this line is indented with a tab", "use blanks instead of tabs"),
    FaultSample(
      "a: {\n«\t»b: 1}\n",
      "this line is indented with a tab",
      "use blanks instead of tabs"
    ),
    FaultSample(
      "a: 1\n«:» 2\n",
      "a name is missing before the colon",
      "write an entry as `name: value`"
    ),
  ]
}
