"""Takes a lock of threads for a lock of tasks: the second task stops the whole loop.

caught by: test_each_message_goes_to_the_one_that_has_waited_longest
words: and not in a call on a socket
"""

import asyncio
import threading


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.lock = threading.Lock()

    async def recv(self, n):
        with self.lock:
            return await asyncio.get_running_loop().sock_recv(self.sock, n)
