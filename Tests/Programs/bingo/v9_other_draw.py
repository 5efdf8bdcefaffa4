# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V9|C3 args=1 options="--set interval=1s"
# Draws anew for each player instead of once for all.
import asyncio
import random
import re
import sys

interval = float(sys.argv[2]) if len(sys.argv) > 2 else 10.0
tickets = {}  # StreamWriter -> set of numbers, empty without a ticket


def say(writer, text):
    if not writer.is_closing():
        writer.write(text.encode() + b"\n")


def ticket_from(line):
    words = re.split(r"[\s,]+", line.strip(" ,\t\r\n"))
    try:
        numbers = [int(word) for word in words]
    except ValueError:
        return None
    if len(numbers) == 5 and len(set(numbers)) == 5 and all(1 <= n <= 47 for n in numbers):
        return set(numbers)
    return None


async def draw_forever():
    while True:
        await asyncio.sleep(interval)
        drawn = sorted(random.sample(range(1, 48), 5))
        print("Drawn:", *drawn, flush=True)
        for writer in tickets:
            drawn = sorted(random.sample(range(1, 48), 5))
            say(writer, "Drawn: " + " ".join(str(n) for n in drawn))
        for writer, ticket in tickets.items():
            hits = len(ticket & set(drawn))
            if hits == 5:
                say(writer, "BINGO")
            elif ticket:
                say(writer, f"You hit {hits}")


async def client(reader, writer):
    tickets[writer] = set()
    try:
        while True:
            line = await reader.readline()
            if not line.endswith(b"\n"):
                break
            ticket = ticket_from(line.decode("utf-8", "replace"))
            if ticket:
                tickets[writer] = ticket
                say(writer, "OK")
            else:
                say(writer, "ERR that is no ticket")
    except OSError:
        pass
    except ValueError:
        say(writer, "ERR line too long")
    finally:
        del tickets[writer]
        writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", int(sys.argv[1]), limit=65536)
    drawing = asyncio.create_task(draw_forever())
    async with server:
        await server.serve_forever()


asyncio.run(main())
