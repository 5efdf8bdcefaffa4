# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 1001
multicast_group = ('224.0.0.1', port)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
sent = sock.sendto(b'Hey all!', multicast_group)
