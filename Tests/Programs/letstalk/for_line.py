# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# socketserver, and "for line in file": the end of the stream ends a line as well, so that a name that
# breaks off is a name, for a moment.
import queue
import socketserver
import sys
import threading

room = {}  # username -> the queue of its writer
lock = threading.Lock()


def tell_all(text):
    for mail in room.values():
        mail.put(text)


class Guest(socketserver.StreamRequestHandler):
    def write(self, mail):
        try:
            while (text := mail.get()) is not None:
                self.wfile.write(f"{text}\n".encode())
        except OSError:
            pass

    def handle(self):
        name, mail = None, queue.Queue()
        writer = threading.Thread(target=self.write, args=(mail,), daemon=True)
        writer.start()
        try:
            for line in self.rfile:
                text = line.decode("utf-8").removesuffix("\n").removesuffix("\r")
                with lock:
                    if name is not None:
                        if text:
                            print(f"User {name} say {text}", flush=True)
                            tell_all(f"{name}: {text}")
                    elif text == "" or text in room:
                        mail.put("ERR choose another username")
                        return
                    else:
                        print(f"User {text} has entered room", flush=True)
                        tell_all(f"User {text} has entered room")
                        name = text
                        room[name] = mail
        except UnicodeDecodeError:
            mail.put("ERR not UTF-8")
        except OSError:
            pass
        finally:
            with lock:
                if room.pop(name, None):
                    print(f"User {name} has left room", flush=True)
                    tell_all(f"User {name} has left room")
            mail.put(None)
            writer.join(5)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 100


with Server(("127.0.0.1", int(sys.argv[1])), Guest) as server:
    print("Chat server running...", flush=True)
    server.serve_forever()
