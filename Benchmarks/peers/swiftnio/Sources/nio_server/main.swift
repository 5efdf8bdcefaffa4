// SPDX-License-Identifier: Apache-2.0
// The benchmark's guess, sum and broadcast with SwiftNIO: one event loop, a handler for each connection
// that answers all complete lines of a read and flushes when the reading is done.
//
//   nio_server PROTOCOL PORT
import NIOCore
import NIOPosix

enum Game: String {
  case guess
  case sum
  case broadcast
}

/// What the connections of the one loop share.
final class Server {
  let game: Game
  var random = Generator(state: UInt64.random(in: 0...UInt64.max))
  var members: [ObjectIdentifier: Channel] = [:]

  init(_ game: Game) { self.game = game }
}

/// SplitMix64, like the other servers'.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

final class LineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let newline = UInt8(ascii: "\n")
  private static let longestLine = 40

  private let server: Server
  private var input = ByteBuffer()
  private var total = 0

  init(_ server: Server) { self.server = server }

  func channelActive(context: ChannelHandlerContext) {
    guard server.game == .broadcast else { return }
    server.members[ObjectIdentifier(context.channel)] = context.channel
    let welcome = context.channel.allocator.buffer(string: "welcome\n")
    context.writeAndFlush(wrapOutboundOut(welcome), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    server.members[ObjectIdentifier(context.channel)] = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var arrived = unwrapInboundIn(data)
    if input.readableBytes == 0 { input = arrived } else { input.writeBuffer(&arrived) }
    var output = context.channel.allocator.buffer(capacity: 256)
    var goesOn = true
    while goesOn, let end = input.readableBytesView.firstIndex(of: Self.newline) {
      let line = input.readableBytesView[input.readerIndex..<end]
      goesOn = answer(line, &output)
      input.moveReaderIndex(to: end + 1)
    }
    if server.game == .broadcast {
      for member in server.members.values { member.writeAndFlush(output, promise: nil) }
    } else if output.readableBytes > 0 {
      context.write(wrapOutboundOut(output), promise: nil)
    }
    if !goesOn || input.readableBytes > Self.longestLine {
      context.flush()
      context.close(promise: nil)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// Answers a line; returns `false` when it ends the connection.
  private func answer(_ line: ByteBufferView, _ output: inout ByteBuffer) -> Bool {
    switch server.game {
    case .broadcast:
      output.writeString("said: ")
      output.writeBytes(line)
      output.writeInteger(Self.newline)
      return true
    case .sum where line.count == 1 && line.first == UInt8(ascii: "#"):
      output.writeString("\(total)\n")
      total = 0
      return true
    case .sum, .guess: break
    }
    guard let number = number(line) else {
      output.writeString("ERR not a number\n")
      return false
    }
    guard server.game == .guess else {
      total &+= number
      return true
    }
    let secret = Int.random(in: 1...5, using: &server.random)
    if number == secret {
      output.writeString("Nice! I guessed that number\n")
    } else {
      output.writeString("Wrong! I guessed \(secret) and you typed \(number)\n")
    }
    return true
  }

  /// An optional sign and decimal digits, blanks around them ignored.
  private func number(_ line: ByteBufferView) -> Int? {
    var text = line[...]
    while text.first == UInt8(ascii: " ") { text.removeFirst() }
    while text.last == UInt8(ascii: " ") || text.last == UInt8(ascii: "\r") { text.removeLast() }
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { text.removeFirst() }
    guard !text.isEmpty, text.count <= 18 else { return nil }
    var value = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return isNegative ? -value : value
  }
}

guard CommandLine.arguments.count == 3, let game = Game(rawValue: CommandLine.arguments[1]),
  let port = Int(CommandLine.arguments[2])
else {
  print("usage: nio_server guess|sum|broadcast PORT")
  throw ChannelError.operationUnsupported
}
let server = Server(game)
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let channel = try ServerBootstrap(group: group)
  .serverChannelOption(.backlog, value: 4096)
  .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
  .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
  .childChannelOption(.recvAllocator, value: AdaptiveRecvByteBufferAllocator())
  .childChannelInitializer { $0.pipeline.addHandler(LineHandler(server)) }
  .bind(host: "127.0.0.1", port: port)
  .wait()
try channel.closeFuture.wait()
