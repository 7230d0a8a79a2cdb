"""Takes every broken pipe for the client's, even that of its own output.

caught by: test_an_error_of_show_propagates_and_the_connection_is_closed
words: error of show() was taken for one of the client
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
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
    return line[:-1].decode()
