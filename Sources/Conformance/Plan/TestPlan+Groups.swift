// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What clients see of each other: groups that messages are sent to.
extension TestPlan {
  mutating func addGroups() {
    guard !role.groups.isEmpty else { return }
    let membership = Membership(program, catalogue, count: 4)
    guard membership.entries.count > 2 else { return }
    if isStream, !membership.talk.isEmpty {
      addTalk(membership)
      addRefusedName(membership)
      addBursts(membership)
      addDeadReceiver(membership)
      addSlowReader(membership)
    }
    addBackground(membership)
  }

  private mutating func addTalk(_ membership: Membership) {
    add(
      "A",
      .together,
      "what one sends reaches all, one after the other",
      points: 2,
      company: .fresh
    ) { run throws(TrialFailure) in
      run.evidence.situation = .inTurn
      let trial = try run.trial()
      var members: [Int] = []
      for index in 0..<3 {
        members.append(try membership.enter(index, trial, run))
        // Who is there sees the newcomer, who sees nobody.
        try membership.say(index, from: members[index], trial, run)
      }
      for (index, member) in members.enumerated() {
        try membership.say(index + 1, from: member, trial, run)
      }
      try trial.part(members[1])
      try trial.drain()
      try membership.say(2, from: members[0], trial, run)
      try trial.conclude()
    }
    guard membership.hasEntry else { return }
    add("A", .together, "who has not entered is sent nothing", company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .outsider
      let trial = try run.trial()
      let outsider = try trial.connect("outsider")
      run.evidence.subject = outsider
      let member = try membership.enter(0, trial, run)
      try membership.say(0, from: member, trial, run)
      try trial.wait(seconds: 0.02)
      try trial.part(outsider)
      try trial.drain()
      try membership.say(1, from: member, trial, run)
      try trial.conclude()
    }
  }

  // MARK: - Order

  private mutating func addBursts(_ membership: Membership) {
    if hasBorders {
      add(
        "A",
        .together,
        "several messages of one client reach all in their order",
        company: .fresh
      ) { run throws(TrialFailure) in
        run.evidence.situation = .burst
        let trial = try run.trial()
        var members: [Int] = []
        for index in 0..<3 { members.append(try membership.enter(index, trial, run)) }
        for member in members {
          run.evidence.subject = member
          for index in 0..<4 {
            let message = membership.message(index)
            run.evidence.messages.append(message)
            trial.send(message.bytes, on: member, separation: 0)
          }
          try trial.drain()
        }
        try trial.conclude()
      }
    }
    add("A", .together, "what several send at the same time stays whole", company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .race
      let trial = try run.trial()
      var members: [Int] = []
      for index in 0..<3 { members.append(try membership.enter(index, trial, run)) }
      do throws(TrialFailure) {
        for round in 0..<6 {
          for (index, member) in members.enumerated() {
            let message = membership.message(index + round)
            run.evidence.messages.append(message)
            trial.send(message.bytes, on: member)
          }
          try trial.drain()
        }
        try trial.conclude()
      } catch {
        // Each message is whole, only not for all in the same order: nothing forbids it.
        guard trial.hasSeenElsewhere(error) else { throw error }
        run.warn("B4", "what two clients sent did not reach all in the same order")
      }
    }
  }

  // MARK: - Receivers that fail

  private mutating func addDeadReceiver(_ membership: Membership) {
    let hasBorders = hasBorders
    add(
      "A",
      .together,
      "one has gone without a word, the others still hear each other",
      points: 2,
      company: .fresh
    ) { run throws(TrialFailure) in
      run.evidence.situation = .deadReceiver
      // A program hears first of whoever is first in its list, or of what happened first.
      let rounds = [(0, 1, true), (3, 2, true), (0, 3, false), (3, 1, false)]
      for (speaker, place, isGoneFirst) in rounds {
        let trial = try run.trial()
        var members: [Int] = []
        for index in 0..<4 { members.append(try membership.enter(index, trial, run)) }
        let (talker, dead) = (members[speaker], members[place])
        members.removeAll { $0 == talker || $0 == dead }
        run.evidence.subject = dead
        // So that it finds the reset and the messages at the same time.
        run.subject?.process?.freeze()
        if isGoneFirst { trial.reset(dead) }
        for index in 0..<(hasBorders ? 3 : 1) {
          let message = membership.message(index)
          run.evidence.messages.append(message)
          trial.send(message.bytes, on: talker, separation: 0)
        }
        if !isGoneFirst { trial.reset(dead) }
        run.subject?.process?.thaw()
        try trial.drain()
        for index in 0..<3 { try membership.say(index, from: talker, trial, run) }
        try membership.say(3, from: members[1], trial, run)
        try trial.conclude()
        run.evidence.passed += 1
      }
    }
  }

  /// So many bytes fill all buffers between the program and a client that does not read.
  private static let slowBytes = 5 << 20
  private static let slowMessage = 8 << 10

  private mutating func addSlowReader(_ membership: Membership) {
    guard hasBorders, let long = catalogue.long(membership.talk[0], Self.slowMessage) else {
      return
    }
    let count = Self.slowBytes / Self.slowMessage
    add("A", .together, "one does not read for a while, and then gets all", company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .slowReader
      let trial = try run.trial()
      let talker = try membership.enter(0, trial, run)
      let slow = try membership.enter(1, trial, run, receiveBuffer: 64 << 10)
      run.evidence.subject = slow
      trial.pauseReading(slow)
      run.evidence.messages.append(long)
      do throws(TrialFailure) {
        for _ in 0..<count where trial.isOpen(talker) {
          guard try trial.push(long.bytes, on: talker, past: slow) else { break }
        }
        trial.resumeReading(slow)
        try trial.drain()
      } catch {
        guard trial.hasDropped(slow) else { throw error }
        run.warn("D7", "it ends the connection of a client that does not read for a while")
        return
      }
      try trial.conclude()
    }
  }
}

extension Trial {
  /// Whether the program has ended a connection that was not read for a while; the others may have
  /// been told of it.
  fileprivate func hasDropped(_ connection: Int) -> Bool {
    resumeReading(connection)
    let limit = Wire.now + patience / 2
    while isOpen(connection), subject.ending == nil, Wire.now < limit {
      _ = try? observe(until: limit)
    }
    return !isOpen(connection) && subject.ending == nil
  }
}

extension Membership {
  /// What the `index`th thing is that is said; always the same ones.
  func message(_ index: Int) -> EncodedMessage {
    let typical = talk.filter { $0.kind == .typical }
    let messages = typical.isEmpty ? talk : typical
    return messages[index % messages.count]
  }

  /// A new member comes in, and everybody has seen it.
  func enter(
    _ index: Int,
    _ trial: Trial,
    _ run: TestRun,
    receiveBuffer: Int? = nil
  ) throws(TrialFailure) -> Int {
    let names = ["ana", "bora", "cira", "dora"]
    let name = index < names.count ? names[index] : "client \(index + 1)"
    let connection = try trial.connect(name, receiveBuffer: receiveBuffer)
    try trial.play(entries[index % entries.count], on: connection, run)
    try trial.drain()
    return connection
  }

  /// A member says something, and everything that is due has come.
  func say(
    _ index: Int,
    from member: Int,
    _ trial: Trial,
    _ run: TestRun
  ) throws(TrialFailure) {
    guard trial.isOpen(member) else { return }
    if run.evidence.situation == .inTurn { run.evidence.subject = member }
    try trial.play([message(index)], on: member, run)
  }
}

extension InputCatalogue {
  /// The message with a text of so many bytes, where it has a field for it.
  func long(_ model: EncodedMessage, _ byteCount: Int) -> EncodedMessage? {
    guard let message = model.message,
      let text = program.spec.spec.messages[message].text, text.fields.count == 1,
      let encoded = encoder.encode(message, texts: [String(repeating: "m", count: byteCount)])
    else { return nil }
    return made(message, encoded, "a text of \(byteCount) bytes", .boundary)
  }
}
