"""Keeps the flag of the first signal for all calls after it.

caught by: test_each_call_answers_for_itself
words: a byte came, and your code answered with the signal of an earlier call
"""

import os
import select
import signal

came = []


def wait_readable_or_signal(sock, signum):
    reader, writer = os.pipe()

    def handler(*_):
        came.append(signum)
        os.write(writer, b"!")

    former = signal.signal(signum, handler)
    try:
        select.select([sock, reader], [], [])
        return "signal" if signum in came else "readable"
    finally:
        signal.signal(signum, former)
        os.close(reader)
        os.close(writer)
