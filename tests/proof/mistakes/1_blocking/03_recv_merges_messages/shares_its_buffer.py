"""Keeps the buffer in the class: all readers have one.

caught by: test_two_readers_do_not_mix_their_streams
words: reader returned bytes of another stream
"""


class LineReader:
    buffer = bytearray()

    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit

    def readline(self):
        while not (size := self.buffer.find(b"\n") + 1):
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
            piece = self.sock.recv(1024)
            if not piece:
                size = len(self.buffer)
                break
            self.buffer.extend(piece)
        if size > self.limit:
            raise ValueError("line too long")
        line = bytes(self.buffer[:size])
        del self.buffer[:size]
        return line
