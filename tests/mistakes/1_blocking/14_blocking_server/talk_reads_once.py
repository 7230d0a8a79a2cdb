"""The client takes what one recv brings for the whole greeting.

caught by: test_the_client_waits_for_the_whole_greeting
words: it returned 'v'
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
        greeting = client.recv(1024).decode(errors="replace")
        for message in messages:
            client.sendall(message.encode())
    return greeting.rstrip("\n")
