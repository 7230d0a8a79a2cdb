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
            for text in codecs.iterdecode(said(conn, f"welcome, {host} port {port}\n".encode()), "utf-8", "replace"):
                show(text)


def said(conn, greeting):
    try:
        conn.sendall(greeting)
        while data := conn.recv(1024):
            yield data
    except OSError:
        pass


def talk(address, messages):
    with socket.create_connection(address) as client:
        greeting = b""
        while not greeting.endswith(b"\n"):
            greeting += client.recv(1024)
        for message in messages:
            client.sendall(message.encode())
    return greeting[:-1].decode()
