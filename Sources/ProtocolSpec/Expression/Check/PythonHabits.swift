// SPDX-License-Identifier: Apache-2.0

/// What to write for the names that people bring along from Python and JavaScript.
enum PythonHabits {
  static let names: [String: String] = [
    "True": "write true",
    "False": "write false",
    "None": "write null",
    "nil": "write null",
    "undefined": "write null",
  ]

  static let functions: [String: String] = [
    "len": "Python's len(x) is size(x) here",
    "str": "Python's str(x) is string(x) here",
    "float": "Python's float(x) is double(x) here",
    "any": "write  list.exists(x, condition)",
    "all": "write  list.all(x, condition)",
    "round": "int(x) cuts the fraction off",
    "sorted": "there is no sorting; let a hook do it",
    "chr": "write the character as a text, as in \"\\n\"",
    "ord": "compare texts directly, as in x >= \"a\"",
    "filter": "write  list.filter(x, condition)",
    "map": "write  list.map(x, result)",
    "reversed": "write  text.reverse()",
    "print": "`print` is a step, not a function",
    "random": "the step `choose` draws a value",
    "randint": "the step `choose` draws a value",
  ]

  static let methods: [String: String] = [
    "upper": "Python's .upper() is .upperAscii() here",
    "lower": "Python's .lower() is .lowerAscii() here",
    "toUpperCase": "write .upperAscii()",
    "toLowerCase": "write .lowerAscii()",
    "strip": "Python's .strip() is .trim() here",
    "startswith": "Python's .startswith(x) is .startsWith(x) here",
    "endswith": "Python's .endswith(x) is .endsWith(x) here",
    "find": "Python's .find(x) is .indexOf(x) here",
    "rfind": "Python's .rfind(x) is .lastIndexOf(x) here",
    "index": "Python's .index(x) is .indexOf(x) here",
    "append": "write  list + [x]",
    "push": "write  list + [x]",
    "extend": "write  list + other",
    "remove": "write  without(list, x)",
    "pop": "write  slice(list, 0, size(list) - 1)",
    "count": "write  list.filter(x, condition).size()",
    "length": "write  size(x)",
    "isdigit": "write .matches(\"^[0-9]+$\")",
    "isnumeric": "write .matches(\"^[0-9]+$\")",
    "isalpha": "write .matches(\"^[A-Za-z]+$\")",
    "isalnum": "write .matches(\"^[A-Za-z0-9]+$\")",
    "isupper": "write  x == x.upperAscii()",
    "islower": "write  x == x.lowerAscii()",
    "keys": "a map is a list of its keys already",
    "values": "write  m.map(key, m[key])",
    "items": "write  m.map(key, m[key])",
    "get": "write  key in m ? m[key] : otherwise",
    "format": "write a template: a text with {expression} in it",
  ]
}
