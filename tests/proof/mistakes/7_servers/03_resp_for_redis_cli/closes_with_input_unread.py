"""Closes as soon as the error is sent: what the client has sent meanwhile makes a reset of it.

caught by: test_a_client_that_breaks_the_protocol_is_told_and_no_other_suffers
words: the connection was reset: a close with unread input can destroy the last answer
"""

import re
import select

HEAD = re.compile(rb"([^\n]{0,65535})\n")
HIGH = 256 * 1024
MEGA = 1024 * 1024


class ProtocolError(Exception):
    pass


def number(line, most):
    if not re.fullmatch(rb"[0-9]{1,7}", line) or int(line) > most:
        raise ProtocolError("a number that is none, or too large")
    return int(line)


def parse_command(buffer):
    while True:
        at, words = 0, []

        def line():
            nonlocal at
            found = HEAD.match(buffer, at)
            if not found:
                if len(buffer) - at > 65535:
                    raise ProtocolError("a line without end")
                return None
            at = found.end()
            return found[1].rstrip(b"\r")

        first = line()
        if first is None:
            return None
        if first[:1] == b"*":
            total = 0
            for _ in range(number(first[1:], 1024)):
                head = line()
                if head is None:
                    return None
                if head[:1] != b"$":
                    raise ProtocolError("a length is missing")
                size = number(head[1:], MEGA)
                total += size
                if total > 4 * MEGA:
                    raise ProtocolError("too much in one command")
                if len(buffer) < at + size + 2:
                    return None
                words.append(bytes(buffer[at : at + size]))
                if buffer[at + size : at + size + 2] != b"\r\n":
                    raise ProtocolError("no CRLF behind a value")
                at += size + 2
        else:
            words = first.split()
            if len(words) > 1024:
                raise ProtocolError("too many words")
        del buffer[:at]
        if words:
            return words


def bulk(value):
    return b"$%d\r\n%b\r\n" % (len(value), value)


def execute(store, name, *words):
    match name.upper(), words:
        case b"PING", ():
            return b"+PONG\r\n"
        case ((b"PING" | b"ECHO"), (word,)):
            return bulk(word)
        case b"SET", (key, value):
            store[key] = value
            return b"+OK\r\n"
        case b"GET", (key,):
            return bulk(store[key]) if key in store else b"$-1\r\n"
        case b"DEL", (_, *_):
            return b":%d\r\n" % sum(store.pop(key, None) is not None for key in words)
        case b"EXISTS", (_, *_):
            return b":%d\r\n" % sum(key in store for key in words)
        case b"INCR", (key,):
            value = store.get(key, b"0")
            if re.fullmatch(rb"-?[0-9]{1,19}", value) and -(2**63) <= int(value) < 2**63 - 1:
                store[key] = b"%d" % (int(value) + 1)
                return b":%b\r\n" % store[key]
            return b"-ERR value is not an integer or out of range\r\n"
        case (b"SELECT", (_,)) | (b"QUIT", ()):
            return b"+OK\r\n"
        case ((b"PING" | b"ECHO" | b"SET" | b"GET" | b"DEL" | b"EXISTS" | b"INCR" | b"SELECT" | b"QUIT"), _):
            return b"-ERR wrong number of arguments\r\n"
    shown = re.sub(rb"[^!-~]", b"?", name[:50])
    return b"-ERR unknown command '%b'\r\n" % shown


class Client:
    def __init__(self, conn):
        conn.setblocking(False)
        self.conn, self.input, self.output = conn, bytearray(), bytearray()
        self.ended = self.deaf = self.gone = False

    def fileno(self):
        return self.conn.fileno()

    @property
    def reads(self):
        return not self.ended and len(self.output) <= HIGH

    def read(self):
        try:
            data = self.conn.recv(16384)
        except BlockingIOError:
            return
        self.ended = not data
        if not self.deaf:
            self.input += data

    def work(self, store):
        while True:
            while not self.deaf and len(self.output) <= HIGH:
                try:
                    words = parse_command(self.input)
                except ProtocolError as error:
                    self.output += b"-ERR Protocol error: %b\r\n" % str(error).encode()
                    self.deaf = True
                    break
                if words is None:
                    break
                self.output += execute(store, *words)
                self.deaf = words == [b"QUIT"]
            if not self.output:
                break
            try:
                del self.output[: self.conn.send(self.output)]
            except BlockingIOError:
                return
        self.gone = self.ended or self.deaf


def serve(listener, stop):
    mode = listener.gettimeout()
    listener.setblocking(False)
    clients, store = set(), {}
    try:
        while True:
            readers = [client for client in clients if client.reads]
            writers = [client for client in clients if client.output]
            readable, writable, _ = select.select([listener, stop, *readers], writers, [])
            if stop in readable:
                return
            if listener in readable:
                try:
                    clients.add(Client(listener.accept()[0]))
                except BlockingIOError:
                    pass
            for client in {*readable, *writable} - {listener}:
                try:
                    if client in readable:
                        client.read()
                    client.work(store)
                except OSError:
                    client.gone = True
                if client.gone:
                    clients.discard(client)
                    client.conn.close()
    finally:
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
