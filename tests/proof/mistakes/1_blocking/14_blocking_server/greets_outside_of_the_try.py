"""Expects a reset while it reads, and none while it greets.

caught by: test_a_client_that_is_gone_before_its_greeting_does_not_end_it
words: your server ended with BrokenPipeError EPIPE
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            conn.sendall(f"welcome, {host} port {port}\n".encode())
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
            try:
                while data := conn.recv(1024):
                    show(decoder.decode(data))
                show(decoder.decode(b"", True))
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
