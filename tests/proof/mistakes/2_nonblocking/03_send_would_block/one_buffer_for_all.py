"""Makes pending in the class body: all sockets share it.

caught by: test_each_socket_has_a_buffer_of_its_own
words: bytes that were written for one socket were pending for the other
breaks: 3
"""


class OutputBuffer:
    pending = bytearray()

    def __init__(self, sock):
        self.sock = sock

    def write(self, data):
        self.pending.extend(data)
        return self.flush()

    def flush(self):
        while self.pending:
            try:
                taken = self.sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:taken]
        return True
