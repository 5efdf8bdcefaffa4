// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Messages of several parts are the same however the stream is cut, and what is sent with their
/// values is read as the same again.
///
/// The first byte chooses the specification, whose server sends back what it receives; the rest is
/// the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzComposed(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let program = programs[Int(choice) % programs.count]
  let stream = Array(input.dropFirst())
  let whole = echo(of: stream, program, step: stream.count)
  precondition(
    whole == echo(of: stream, program, step: 1),
    "the messages depend on where the stream was cut"
  )
  if !whole.hasFailed, !whole.bytes.isEmpty {
    precondition(
      echo(of: whole.bytes, program, step: whole.bytes.count).bytes == whole.bytes,
      "what was sent is read as something else"
    )
  }
  return 0
}

private struct Echo: Equatable {
  var bytes: [UInt8] = []
  var hasFailed = false
}

/// What the server sends when the stream arrives in pieces of `step` bytes.
private func echo(of stream: [UInt8], _ program: Program, step: Int) -> Echo {
  var interpreter = Interpreter(program)
  var world = World(program, seed: 1)
  world.open(World.background, program)
  interpreter.connect(1, peer: nil, in: &world, now: 1)
  var progress = FrameProgress()
  var start = 0
  var arrived = 0
  while arrived < stream.count {
    arrived = min(arrived + step, stream.count)
    let available = Array(stream[..<arrived])
    reading: while interpreter.takesMessages(1, world) {
      let frame = interpreter.nextFrame(
        in: available.span,
        from: start,
        progress: progress,
        isAtEnd: false,
        1,
        world
      )
      switch frame {
      case .message(let lower, let upper, let next):
        precondition(start <= lower && lower <= upper && upper <= next && next <= arrived)
        precondition(next > start, "a message that takes nothing comes for ever")
        let message = available.span.extracting(lower..<upper)
        _ = interpreter.receive(message, session: 1, in: &world, now: 1)
        (start, progress) = (next, FrameProgress())
      case .incomplete(let reached):
        progress = reached
        break reading
      case .refused:
        interpreter.abort(1, "refused", in: &world, now: 1)
      }
    }
  }
  var echo = Echo()
  while let effect = interpreter.effects.next() {
    switch effect {
    case .send(_, _, let lower, let upper): echo.bytes += interpreter.effects.bytes[lower..<upper]
    case .failed: echo.hasFailed = true
    default: break
    }
  }
  return echo
}

private let programs: [Program] = specifications.map { text in
  var diagnostics = Diagnostics()
  let file = SourceFile(name: "fuzz.yaml", bytes: Array(text.utf8))
  guard let spec = SpecLoader.load(file: file, into: &diagnostics) else {
    preconditionFailure(DiagnosticRenderer(file: file, colour: false).render(diagnostics))
  }
  return Compiler.compile(spec, roleIndex: 0, hooks: HookRegistry())
}
