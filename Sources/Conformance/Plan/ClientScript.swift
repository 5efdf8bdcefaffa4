// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// How a session with a client goes on, found by trying out in its role what each step leads to.
struct ClientScript: Sendable {
  enum Step: Sendable {
    case type(String)
    /// Messages that the other side may send one behind the other, without waiting for the client.
    case send([EncodedMessage])
  }

  private(set) var steps: [Step] = []
  /// Whether the other side may only send the last messages together when the client has not waited
  /// for the first of them before it sent something again.
  private(set) var needsHaste = false

  /// More messages than that are not sent together.
  private static let mostTogether = 3
  private static let mostSteps = 16

  /// What a person types before anything can come from the network.
  static func opening(of plan: TestPlan) -> [String] {
    var trial = Rehearsal(plan)
    var lines: [String] = []
    while lines.count < mostSteps, let wait = trial.wait, let question = wait.question,
      wait.onlyAsks || lines.isEmpty, let line = trial.answer(question)
    {
      lines.append(line)
    }
    return lines
  }

  /// A session that leads to messages which may arrive together; `nil` when the role has none.
  static func together(_ plan: TestPlan) -> ClientScript? {
    var script = ClientScript()
    var trial = Rehearsal(plan)
    while script.steps.count < mostSteps, let wait = trial.wait {
      if let question = wait.question, wait.onlyAsks {
        guard let line = trial.answer(question) else { return nil }
        script.steps.append(.type(line))
        continue
      }
      guard wait.takesMessages else { return nil }
      if let question = wait.question, !plan.sendsUnasked {
        // Each of its messages is answered: two that are sent in a row may be answered together.
        let before = trial.outputCount
        for _ in 0..<2 {
          guard let line = trial.answer(question) else { return nil }
          script.steps.append(.type(line))
        }
        guard trial.outputCount == before + 2 else { return nil }
        script.needsHaste = true
      }
      let messages = trial.run(atMost: script.needsHaste ? 2 : mostTogether)
      guard !messages.isEmpty else { return nil }
      script.steps.append(.send(messages))
      if messages.count > 1 { return script }
    }
    return nil
  }

  /// The role as it would go on, with typical answers and messages.
  private struct Rehearsal: ~Copyable {
    private let plan: TestPlan
    private var oracle: Oracle
    private var world: PossibleWorld?
    private var asked = -1

    init(_ plan: TestPlan) {
      self.plan = plan
      oracle = Oracle(plan.program)
      var start = oracle.start(at: 1_000_000_000, epoch: 1_700_000_000)
      start.lines[1] = Line(peer: ("127.0.0.1", 40_000))
      world = oracle.step(.connect(1), from: start)
    }

    /// Where the role waits; `nil` when it is over.
    var wait: Wait? {
      guard let world, let index = oracle.wait(of: 1, world) else { return nil }
      return plan.program.waits[index]
    }

    /// How many messages the role has sent.
    var outputCount: Int { world?.lines[1]?.output.count ?? 0 }

    /// Answers a question; returns what was typed.
    mutating func answer(_ alternative: Wait.QuestionAlternative) -> String? {
      asked += 1
      let question = plan.program.questions[Int(alternative.question)]
      guard var next = world, let line = plan.typicalAnswer(to: question, asked) else {
        return nil
      }
      next.keyboard.append((line, 1_000_000_000))
      world = oracle.step(.answer, from: next)
      return line
    }

    /// Messages that the role takes one behind the other and neither asks nor sends anything between
    /// them, each of another kind where there is one.
    mutating func run(atMost count: Int) -> [EncodedMessage] {
      var messages: [EncodedMessage] = []
      while messages.count < count, let wait, wait.takesMessages, let world {
        if messages.count > 0, wait.onlyAsks { break }
        var best: (score: Int, message: EncodedMessage, next: PossibleWorld)?
        for candidate in plan.catalogue.candidates(for: wait) where candidate.kind == .typical {
          guard let next = oracle.take(candidate.bytes, from: world),
            next.lines[1]?.isFree == false
          else { continue }
          let isNew = !messages.contains { $0.message == candidate.message }
          let score = (goesOn(next) ? 2 : 0) + (isNew ? 1 : 0)
          if best.map({ score > $0.score }) ?? true { best = (score, candidate, next) }
        }
        guard let best else { break }
        let sent = best.next.lines[1]?.output.count ?? 0
        let isSilent = sent == outputCount || best.next.lines[1]?.isOver == true
        messages.append(best.message)
        self.world = best.next
        if !isSilent { break }
      }
      return messages
    }

    /// Whether the role takes another message in a world at once.
    private func goesOn(_ next: PossibleWorld) -> Bool {
      guard next.lines[1]?.output.count ?? 0 == outputCount,
        let index = oracle.wait(of: 1, next)
      else { return false }
      let wait = plan.program.waits[index]
      return wait.takesMessages && !wait.onlyAsks
    }
  }
}

extension TestPlan {
  /// Whether the other side sends to a client what others have said or done.
  var sendsUnasked: Bool { assignment.spec.spec.roles.contains { !$0.groups.isEmpty } }
}
