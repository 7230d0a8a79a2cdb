"""Lets the handler itself write to a pipe: it runs before the interrupted wait is taken up again."""

import contextlib
import os
import selectors
import signal
import socket


def wait_readable_or_signal(sock: socket.socket, signum: int) -> str:
    with contextlib.ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        selector.register(sock, selectors.EVENT_READ, "readable")
        reader, writer = os.pipe()
        stack.callback(os.close, reader)
        stack.callback(os.close, writer)
        os.set_blocking(writer, False)
        selector.register(reader, selectors.EVENT_READ, "signal")

        def handler(*_: object) -> None:
            with contextlib.suppress(BlockingIOError):
                os.write(writer, b"!")

        stack.callback(signal.signal, signum, signal.getsignal(signum))
        signal.signal(signum, handler)
        answers = {str(key.data) for key, _ in selector.select()}
        return min(answers)
