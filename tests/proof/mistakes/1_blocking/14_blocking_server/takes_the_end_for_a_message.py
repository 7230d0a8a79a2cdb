"""Goes on reading at the end of the stream: b"" comes for ever.

caught by: test_at_the_end_of_the_stream_it_closes_the_connection
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
                while True:
                    show(decoder.decode(conn.recv(1024)))
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
