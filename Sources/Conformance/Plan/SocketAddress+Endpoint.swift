// SPDX-License-Identifier: Apache-2.0
import Engine

extension SocketAddress {
  /// Host and port, as expressions see them; `nil` for a unix socket.
  var endpoint: (host: String, port: Int)? { port.map { (host, Int($0)) } }
}
