"""Sends a byte at a time: many calls, and right all the same."""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending.extend(data)
        return self.flush()

    def flush(self):
        sent = 0
        try:
            while sent < len(self.pending):
                self.sock.send(self.pending[sent : sent + 1])
                sent += 1
        except BlockingIOError:
            return False
        finally:
            del self.pending[:sent]
        return True
