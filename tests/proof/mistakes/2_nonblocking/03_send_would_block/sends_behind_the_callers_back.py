"""Leaves the sending to a thread and says that nothing is pending.

caught by: test_what_the_kernel_does_not_take_is_pending
words: the kernel took only a part, and your write() did not return False
"""

import select
import threading


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        threading.Thread(target=self.send, args=(data,), daemon=True).start()
        return self.flush()

    def send(self, data):
        while data:
            select.select([], [self.sock], [])
            data = data[self.sock.send(data) :]

    def flush(self):
        return True
