"""Leaves the inner loop at the end and never closes: the client is kept until the next one comes.

caught by: test_at_the_end_of_the_stream_it_closes_the_connection
words: the client ended its side, and your server did not just close the connection
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        try:
            conn.sendall(f"welcome, {host} port {port}\n".encode())
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
