"""Waits in the queue of the other threads: the thread of the loop stands still.

caught by: test_while_a_task_waits_the_others_run
words: and not in a call on a socket
"""

import queue


class Mailbox:
    def __init__(self):
        self.items = queue.Queue()

    def post(self, item):
        self.items.put(item)

    async def get(self):
        return self.items.get()
