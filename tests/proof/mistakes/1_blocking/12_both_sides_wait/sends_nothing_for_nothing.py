"""Returns at once when no bytes are wanted, and data is never sent.

caught by: test_nothing_to_send_or_nothing_to_receive
words: n was 0, and your code did not send data
breaks: 1
"""

import select


def exchange(sock, data, n):
    received = b""
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        while n and (data or len(received) < n):
            reading = [sock] if len(received) < n else []
            readable, writable, _ = select.select(reading, [sock] if data else [], [])
            if readable:
                piece = sock.recv(n - len(received))
                if not piece:
                    raise EOFError
                received += piece
            if writable:
                data = data[sock.send(data) :]
    finally:
        sock.settimeout(before)
    return received
