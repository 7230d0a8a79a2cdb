"""Forgets nobody who has ended in order: at stop it waits for them, for ever.

caught by: test_a_client_that_ends_gets_its_answers_first
words: still waits for serve() to return: stop is readable, and clients have ended before
"""

import asyncio
import contextlib
import re

MEGA = 1024 * 1024


class ProtocolError(Exception):
    pass


class NotYet(Exception):
    pass


class Cursor:
    """Reads a buffer from the front, and takes nothing off it."""

    def __init__(self, buffer):
        self.buffer, self.at = buffer, 0

    def line(self):
        end = self.buffer.find(b"\r\n", self.at)
        if max(end, len(self.buffer) - 2) - self.at > 65534 and (end < 0 or end - self.at > 65534):
            raise ProtocolError("the line is too long")
        if end < 0:
            raise NotYet
        line = bytes(self.buffer[self.at : end])
        self.at = end + 2
        return line

    def value(self, size):
        end = self.at + size
        if len(self.buffer) < end + 2:
            raise NotYet
        if self.buffer[end : end + 2] != b"\r\n":
            raise ProtocolError("a value is not as long as it was said to be")
        value = bytes(self.buffer[self.at : end])
        self.at = end + 2
        return value


def count(digits, most):
    if not digits.isdigit() or len(digits) > 9 or int(digits) > most:
        raise ProtocolError(f"a number from 0 to {most} was expected")
    return int(digits)


def parse_command(buffer):
    cursor = Cursor(buffer)
    words = []
    try:
        while not words:
            start = cursor.at
            line = cursor.line()
            if line[:1] != b"*":
                words = line.split()
                count(b"%d" % len(words), 1024)
                continue
            left = 4 * MEGA
            for _ in range(count(line[1:], 1024)):
                line = cursor.line()
                if line[:1] != b"$":
                    raise ProtocolError("expected a length")
                size = min(left, MEGA)
                size = count(line[1:], size)
                left -= size
                words.append(cursor.value(size))
        del buffer[: cursor.at]
    except NotYet:
        del buffer[:start]
        return None
    return words


def text(value):
    return b"$-1\r\n" if value is None else b"$" + str(len(value)).encode() + b"\r\n" + value + b"\r\n"


def increment(store, key):
    value = store.get(key, b"0")
    if not re.fullmatch(rb"-?\d{1,19}", value) or not -(2**63) <= int(value) < 2**63 - 1:
        return b"-ERR value is not an integer or out of range\r\n"
    store[key] = str(int(value) + 1).encode()
    return b":" + store[key] + b"\r\n"


COMMANDS = {
    "PING": ((0, 1), lambda store, *words: text(*words) if words else b"+PONG\r\n"),
    "ECHO": ((1,), lambda store, word: text(word)),
    "SET": ((2,), lambda store, key, value: store.update({key: value}) or b"+OK\r\n"),
    "GET": ((1,), lambda store, key: text(store.get(key))),
    "DEL": (
        range(1, 1024),
        lambda store, *keys: b":%d\r\n" % len([store.pop(key) for key in keys if key in store]),
    ),
    "EXISTS": (range(1, 1024), lambda store, *keys: b":%d\r\n" % len([key for key in keys if key in store])),
    "INCR": ((1,), increment),
    "SELECT": ((1,), lambda store, word: b"+OK\r\n"),
    "QUIT": ((0,), lambda store: b"+OK\r\n"),
}


def execute(store, name, *words):
    known = COMMANDS.get(name.decode("latin-1").upper())
    if known is None:
        return f"-ERR unknown command {name[:30]!r}\r\n".encode()
    if len(words) not in known[0]:
        return b"-ERR wrong number of arguments\r\n"
    return known[1](store, *words)


async def talk(reader, writer, store):
    writer.transport.set_write_buffer_limits(high=256 * 1024)
    buffer = bytearray()
    try:
        while data := await reader.read(65536):
            buffer += data
            while (words := parse_command(buffer)) is not None:
                writer.write(execute(store, *words))
                await writer.drain()
                if words[0].upper() == b"QUIT" and len(words) == 1:
                    raise EOFError
    except ProtocolError as error:
        writer.write(f"-ERR Protocol error: {error}\r\n".encode())
    except EOFError:
        pass
    writer.write_eof()
    while await reader.read(65536):
        pass
    writer.close()
    await writer.wait_closed()


async def main(listener, stop):
    loop = asyncio.get_running_loop()
    over, store, clients = asyncio.Event(), {}, {}
    loop.add_reader(stop, over.set)

    async def come(reader, writer):
        clients[asyncio.current_task()] = writer
        try:
            with contextlib.suppress(ConnectionError):
                await talk(reader, writer, store)
        except asyncio.CancelledError:
            pass
        finally:
            if not writer.transport.is_closing():
                writer.transport.abort()
                clients.pop(asyncio.current_task())

    server = await asyncio.start_server(come, sock=listener.dup())
    await over.wait()
    loop.remove_reader(stop)
    server.close()
    for task in list(clients):
        task.cancel()
    while clients:
        await asyncio.sleep(0)
    await asyncio.sleep(0)


def serve(listener, stop):
    mode = listener.gettimeout()
    try:
        asyncio.run(main(listener, stop))
    finally:
        listener.settimeout(mode)
