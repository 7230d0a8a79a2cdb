"""Remembers the first answer for a socket and gives it again after the mode has changed.

caught by: test_the_answer_follows_the_socket
words: settimeout() was called before each question, and your function returned an old mode
"""

import socket
import weakref

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}

_modes: weakref.WeakKeyDictionary[socket.socket, str] = weakref.WeakKeyDictionary()


def io_mode(sock: socket.socket) -> str:
    if sock not in _modes:
        limit = sock.gettimeout()
        if limit is None:
            _modes[sock] = "blocking"
        else:
            _modes[sock] = "timeout" if limit else "non-blocking"
    return _modes[sock]
