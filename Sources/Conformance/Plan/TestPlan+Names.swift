// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Names that members of a group have.
extension TestPlan {
  /// One comes with the name of another one, and is refused: the others do not notice.
  mutating func addRefusedName(_ membership: Membership) {
    guard membership.hasEntry, membership.refusesTaken else { return }
    add("A", .together, "one is refused, the others do not notice", company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .refusedName
      let trial = try run.trial()
      var members: [Int] = []
      for index in 0..<2 { members.append(try membership.enter(index, trial, run)) }
      let rival = try trial.connect("rival")
      try trial.play(membership.entries[0], on: rival, run)
      try trial.part(rival)
      for (index, member) in members.reversed().enumerated() {
        try membership.say(index, from: member, trial, run)
      }
      let newcomer = try membership.enter(2, trial, run)
      try membership.say(2, from: newcomer, trial, run)
      try trial.conclude()
    }
  }
}
