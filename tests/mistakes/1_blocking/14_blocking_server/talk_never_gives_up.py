"""The client waits for the newline of a server that is gone.

caught by: test_half_a_greeting_is_an_error
words: a busy loop
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                decoder = codecs.getincrementaldecoder("utf-8")("replace")
                while data := conn.recv(1024):
                    show(decoder.decode(data))
                show(decoder.decode(b"", True))
            except ConnectionError:
                pass


def talk(address, messages):
    with socket.create_connection(address) as client:
        greeting = b""
        while not greeting.endswith(b"\n"):
            greeting += client.recv(1024)
        for message in messages:
            client.sendall(message.encode())
    return greeting[:-1].decode()
