# SPDX-License-Identifier: Apache-2.0
# corpus: server pass args=1 options="--set interval=1s"
# asyncio TaskGroup with a drawing task; dataclass; StreamReader limit; answers are written word by word
import asyncio
import dataclasses
import random
import sys


@dataclasses.dataclass(eq=False)
class Guest:
    writer: asyncio.StreamWriter
    ticket: frozenset = frozenset()

    def line(self, text):
        if self.writer.is_closing():
            return
        if self.writer.transport.get_write_buffer_size() > 1_000_000:
            self.writer.transport.abort()
            return
        for word in text.split(" ")[:-1]:
            self.writer.write(word.encode() + b" ")
        self.writer.write(text.split(" ")[-1].encode() + b"\n")


guests: set[Guest] = set()


def parse_ticket(raw):
    text = raw.decode("utf-8").replace(",", " ")
    numbers = []
    for word in text.split():
        word = word.removeprefix("+")
        if not (word.isascii() and word.isdigit()):
            raise ValueError(f"{word!r} is not a number")
        numbers.append(int(word))
    if len(numbers) != 5:
        raise ValueError("five numbers, please")
    if len(set(numbers)) != 5:
        raise ValueError("five different numbers, please")
    if min(numbers) < 1 or max(numbers) > 47:
        raise ValueError("from 1 to 47, please")
    return frozenset(numbers)


async def guest(reader, writer):
    me = Guest(writer)
    guests.add(me)
    try:
        while True:
            raw = await reader.readuntil(b"\n")
            try:
                me.ticket = parse_ticket(raw)
                me.line("OK")
            except ValueError as e:       # UnicodeDecodeError is one too
                me.line("ERR not a ticket" if isinstance(e, UnicodeError) else f"ERR {e}")
            await writer.drain()
    except asyncio.LimitOverrunError:
        me.line("ERR too long")
    except (asyncio.IncompleteReadError, OSError):
        pass
    finally:
        guests.discard(me)
        writer.close()


async def drawing(interval):
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        due += interval
        await asyncio.sleep(due - loop.time())
        numbers = random.sample(range(1, 48), k=5)
        numbers.sort()
        shown = " ".join(f"{n}" for n in numbers)
        print(f"Drawn: {shown}  ({len(guests)} listening)", flush=True)
        for g in list(guests):
            g.line(f"Drawn: {shown}")
        for g in list(guests):
            if g.ticket:
                hits = len(g.ticket.intersection(numbers))
                g.line("BINGO" if hits == 5 else f"You hit {hits}")


async def main(port, interval="10"):
    server = await asyncio.start_server(guest, "127.0.0.1", int(port), limit=2**16)
    async with server, asyncio.TaskGroup() as tg:
        tg.create_task(drawing(float(interval)))
        tg.create_task(server.serve_forever())


asyncio.run(main(*sys.argv[1:3]))
