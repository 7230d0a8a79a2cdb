"""Makes the socket blocking and waits until all is taken.

caught by: test_what_the_kernel_does_not_take_is_pending
words: still blocked in sock.sendall(
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        self.sock.setblocking(True)
        self.sock.sendall(self.pending)
        self.sock.setblocking(False)
        self.pending.clear()
        return True
