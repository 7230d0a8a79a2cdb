"""Fills n bytes by a second read, and keeps an error of it for the next call."""

import socket
import weakref

_errors: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    if sock in _errors:
        raise _errors.pop(sock)
    try:
        data = sock.recv(n)
    except BlockingIOError:
        return None
    if data and len(data) < n:
        try:
            data += sock.recv(n - len(data))
        except BlockingIOError:
            pass
        except OSError as error:
            _errors[sock] = error.with_traceback(None)
    return data
