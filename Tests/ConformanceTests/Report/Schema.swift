// SPDX-License-Identifier: Apache-2.0

/// The schemas of the project, as programs of others understand them.
enum Schema {
  /// Whether the programs that know schemas are installed.
  static let canValidate =
    (try? ExternalTool.run(["python3", "-c", "import jsonschema"], input: ""))?.status == 0
    && (try? ExternalTool.run(["xmllint", "--version"], input: "")) != nil

  /// What is wrong with JSON reports; nil when nothing is, or nobody can tell.
  static func faults(inJSON texts: String...) throws -> String? {
    try faults(inJSON: texts)
  }

  static func faults(inJSON texts: [String]) throws -> String? {
    try faults(["python3", "-c", validator], in: "[\(texts.joined(separator: ","))]")
  }

  /// What is wrong with a JUnit report; nil when nothing is, or nobody can tell.
  static func faults(inJUnit text: String) throws -> String? {
    try faults(["xmllint", "--noout", "--schema", "docs/schemas/junit.xsd", "-"], in: text)
  }

  private static func faults(_ command: [String], in text: String) throws -> String? {
    guard let result = try ExternalTool.run(command, input: text) else {
      print(
        "note: \(command[0]) cannot validate reports here; scripts/test.sh installs what it needs"
      )
      return nil
    }
    return result.status == 0 ? nil : result.output
  }

  /// Prints each fault; ends with the status of a program that is missing when the module is.
  private static let validator = """
    import json, sys
    try:
        import jsonschema
    except ImportError:
        sys.exit(127)
    with open("docs/schemas/report.schema.json") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator({"type": "array", "items": schema})
    faults = list(validator.iter_errors(json.load(sys.stdin)))
    for fault in faults:
        print(fault.json_path, fault.message)
    sys.exit(1 if faults else 0)
    """
}
