// SPDX-License-Identifier: Apache-2.0

/// A fault that students' programs have again and again, with the words that explain it.
///
/// `F1`, for example, is a program that takes what one `recv()` returns for one message. Reports
/// name a cause by its identifier, and `pnprun explain F1` prints its lesson.
package struct Cause: Sendable {
  /// A letter for the family and a number, the same for ever: `F1`.
  package let id: String
  /// The fault in a few words, without a subject: `one recv() is treated as one message`.
  package let name: String
  /// What the program does, as it goes on after `Your server`.
  let predicate: String
  /// The fact of networks or of the language behind it, one sentence.
  package let reason: String
  /// What to change, one or two sentences.
  package let advice: String

  init(_ id: String, _ name: String, does predicate: String, why reason: String, do advice: String)
  {
    self.id = id
    self.name = name
    self.predicate = predicate
    self.reason = reason
    self.advice = advice
  }

  /// The sentence for the reader, such as `Your server treats one recv() as one message.`.
  package func title(role: String) -> String {
    // Roles of one letter, such as `a` and `b`, say nothing to a reader.
    "Your \(role.utf8.count > 1 ? role : "program") \(predicate)."
  }

  /// Why, in sentences; what is not proven is said to be likely only.
  package func reasons(_ strength: Problem.Strength) -> [String] {
    switch strength {
    case .because: [reason]
    case .probably: ["What was seen fits this fault, but does not prove it.", reason]
    }
  }

  /// A page with an example of the fault and of its remedy, at most 80 columns wide.
  package var lesson: String { Lesson.pages[id] ?? advice }

  /// What `pnprun explain` lists, in its order.
  package static let families: [(heading: String, causes: [Cause])] = [
    ("Messages in a stream", framing), ("How connections end", ending),
    ("How servers start", starting), ("Several clients", crowd), ("Numbers and answers", values),
    ("Characters", text), ("Draws and rules", games), ("Messages to many", chat),
    ("What a program uses up", resources), ("Clients", clients), ("UDP", datagrams),
    ("When nothing more precise is known", unexplained),
  ]

  /// All causes, family by family.
  package static let all: [Cause] = families.flatMap(\.causes)

  /// The cause of an identifier, in capitals or not; nil when there is none.
  package static func named(_ id: String) -> Cause? {
    let wanted = id.uppercased()
    return all.first { $0.id == wanted }
  }
}
