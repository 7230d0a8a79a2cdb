"""Formats the address with %, as the document does: a tuple of two is two values.

caught by: test_a_client_is_greeted_with_its_own_address
words: TypeError: not all arguments converted
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, address = listener.accept()
        with conn:
            try:
                conn.sendall(("welcome, %s\n" % address).encode())
                for text in codecs.iterdecode(iter(lambda: conn.recv(1024), b""), "utf-8", "replace"):
                    show(text)
            except ConnectionError:
                pass


def talk(address, messages):
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        reader.read()
    return line[:-1].decode()
