"""The client waits for a greeting before every message, as the document's does.

caught by: test_the_client_says_everything_and_ends
words: still blocked in socket 1.recv(1024)
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
        for message in messages:
            greeting = client.recv(1024)
            client.sendall(message.encode())
    return greeting[:-1].decode()
