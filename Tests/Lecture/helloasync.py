# SPDX-License-Identifier: Apache-2.0
import asyncio, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005

async def conn_cbf(r, w):
    await r.read(1024)
    w.write(b"HTTP/1.1 200 OK\r\n\r\nHello world")
    w.close()

loop = asyncio.new_event_loop()  # printed: get_event_loop(), which makes none any more
server = asyncio.start_server(conn_cbf, "localhost", port)
server_loop = loop.run_until_complete(server)
loop.run_forever()
