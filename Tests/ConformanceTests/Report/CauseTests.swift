// SPDX-License-Identifier: Apache-2.0
import Conformance
import Foundation
import Testing

@Suite("Causes") struct CauseTests {
  @Test("are known by their identifiers, in capitals or not")
  func named() {
    #expect(Cause.named("F1")?.id == "F1")
    #expect(Cause.named("d10")?.id == "D10")
    #expect(Cause.named("F3") == nil)
    #expect(Cause.named("") == nil)
  }

  @Test("are these")
  func identifiers() {
    let expected = """
      F1 F2 F4 F6 F8 F9 F10 F11 F12 D1 D2 D5 D6 D7 D8 D9 D10 S1 S2 S3 S4 C1 C3 V1 V2 V3 V5 V7 V8 V9 \
      N1 N2 G1 G2 G3 G4 G6 B1 B2 B3 B4 B5 B6 R1 R2 R3 R4 K1 K2 K3 K4 K5 K6 K7 U1 U2 U3 U5 U7 X1 X2 \
      X3 X4 X5
      """
    #expect(Cause.all.map(\.id).joined(separator: " ") == expected)
  }

  @Test("are all that tests and diagnosis speak of")
  func complete() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Conformance")
    var named: Set<String> = []
    for stage in ["Plan", "Diagnosis"] {
      let files = try FileManager.default.contentsOfDirectory(
        at: folder.appending(path: stage),
        includingPropertiesForKeys: nil
      )
      for file in files {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /"([FDSCVNGBRKUX][0-9]{1,2})"/) {
          named.insert(String(match.1))
        }
      }
    }
    #expect(named.count > 30)
    #expect(named.filter { Cause.named($0) == nil }.sorted() == [])
  }

  @Test("speak of the role under test")
  func title() throws {
    let cause = try #require(Cause.named("F1"))
    #expect(cause.title(role: "server") == "Your server treats one recv() as one message.")
    #expect(cause.title(role: "a") == "Your program treats one recv() as one message.")
  }

  @Test("say when they are not proven")
  func reasons() throws {
    let cause = try #require(Cause.named("F1"))
    #expect(cause.reasons(.because) == [cause.reason])
    #expect(cause.reasons(.probably).count == 2)
    #expect(cause.reasons(.probably)[0].contains("does not prove it"))
  }

  @Test("have sentences for every part", arguments: Cause.all.map(\.id))
  func parts(id: String) throws {
    let cause = try #require(Cause.named(id))
    #expect(!cause.name.isEmpty && cause.name.last != ".")
    #expect(cause.title(role: "server").count <= 78)
    for sentence in [cause.reason, cause.advice] {
      #expect(sentence.last == ".")
      #expect(sentence.count <= 180)
    }
  }

  @Test("have a lesson of a page, with an example", arguments: Cause.all.map(\.id))
  func lesson(id: String) throws {
    let cause = try #require(Cause.named(id))
    let lines = cause.lesson.split(separator: "\n", omittingEmptySubsequences: false)
    #expect((10...25).contains(lines.count), "\(lines.count) lines")
    #expect(lines.contains { $0.hasPrefix("    ") })
    for line in lines { #expect(line.count <= 80 && line.last != " ", "\(line)") }
  }
}
