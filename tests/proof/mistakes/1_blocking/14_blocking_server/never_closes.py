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
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
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
    return line[:-1].decode()
