// SPDX-License-Identifier: Apache-2.0

/// The operators and functions of the language; the name is that of CEL where CEL has it.
package enum Builtin: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case negate = "-_"
  case not = "!"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"

  // CEL's standard functions.
  case size
  case contains
  case startsWith
  case endsWith
  case matches
  case int
  case double
  case string
  case bytes
  case bool

  // From the strings extension of CEL.
  case charAt
  case indexOf
  case lastIndexOf
  case lowerAscii
  case upperAscii
  case replace
  case split
  case join
  case substring
  case trim
  case reverse

  // From the encoders extension of CEL.
  case encodeBase64 = "base64.encode"
  case decodeBase64 = "base64.decode"

  // Our own.
  case range
  case min
  case max
  case sum
  case abs
  case slice
  case without
}
