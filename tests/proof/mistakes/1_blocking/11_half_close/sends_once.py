"""Takes it that one send takes everything; with a timeout it takes what there is room for.

caught by: test_a_long_request_arrives_whole
words: your code ended its direction before the last byte of the request
breaks: 1
"""

import socket


def ask(address, request):
    with socket.create_connection(address, timeout=30) as sock:
        sock.send(request)
        sock.settimeout(None)
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as receiving:
            return receiving.read()
