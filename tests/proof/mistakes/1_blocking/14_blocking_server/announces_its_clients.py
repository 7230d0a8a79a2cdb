"""Shows who comes and goes among what is said.

caught by: test_it_greets_once_and_shows_what_is_said
words: your server did not show what the client said, as it came
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        show(f"{host} has come\n")
        with conn:
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
