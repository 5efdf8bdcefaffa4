# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
sClient = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sClient.connect(("127.0.0.1", port))
