# SPDX-License-Identifier: Apache-2.0
import socket, struct, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 1001
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(('', port))
group = socket.inet_aton('224.0.0.1')
mreq = struct.pack('4sL', group, socket.INADDR_ANY)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, mreq)
data, address = sock.recvfrom(1024)
print(data.decode("utf-8"))
