"""3.3: bytes, the end of the stream and a reset all make a socket readable, and a look tells them apart."""

import socket

import pytest

from dojo.suite import (
    Finding,
    asleep_in,
    break_off,
    hints,
    read_to_end,
    reset,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
    wait_until,
)


@pytest.fixture
def connection(listener, connect, keep, tape):
    """`connection(name)` gives both ends of a TCP connection: the kata's socket, by that name, and its peer."""

    def make(name):
        peer = connect(listener, f"{name}'s peer")
        sock = keep(listener.accept()[0])
        tape.label(sock, name)
        return sock, peer

    return make


@pytest.fixture
def all_kinds(connection):
    """Six sockets by their names; each name tells what has happened, and all of it has arrived."""
    names = ("reset", "data", "silent", "end", "data and end", "reset too")
    socks = {}
    for name in names:
        sock, peer = connection(name)
        if "data" in name:
            peer.sendall(b"hello")
            wait_unread(sock, 5)
        if "end" in name:
            peer.close()
            wait_fin(sock)
        if "reset" in name:
            reset(peer)
            wait_reset(sock)
        socks[name] = sock
    return socks


def kind_of(kata, sock):
    """The kata's entry for the only socket that it is asked about; None if there is none."""
    try:
        return kata.classify_ready([sock]).get(sock)
    except OSError as error:
        words = "the error of a broken connection ended your look, and the other sockets got no entry"
        raise Finding(words, "an entry for the socket", f"{type(error).__name__}: {error}") from error


@hints(
    "Which sockets would not make a read wait? One call tells.",
    "select() with a limit of 0 names them. A look at one byte tells what the read would give.",
    "sock.recv(1, socket.MSG_PEEK) returns a byte and leaves it where it is.",
)
def test_bytes_are_data(kata, pair):
    sock, peer = pair
    peer.sendall(b"hello")
    wait_unread(sock, 5)
    assert kind_of(kata, sock) == "data", 'bytes had come, and your code did not say "data"'


@hints(
    "Nothing has come on this socket. Would a read wait?",
    "It would: select() does not name the socket, and the dict has no entry for it.",
    "Ask all sockets at once with select.select(socks, [], [], 0), and look only at those that it names.",
)
def test_a_silent_socket_is_not_in_the_answer(kata, pair, background, tape):
    sock, _ = pair
    looking = background(kata.classify_ready, [sock])
    wait_until(lambda: looking.done or any(asleep_in(call) for call in tape.waits()), "the answer")
    waits = [call.text for call in tape.waits()]
    assert waits == [], "your code waited for a socket on which nothing had happened"
    entries = list(looking.result().values())
    assert entries == [], "nothing had happened on the socket, and your code gave it an entry"


@hints(
    "The peer has ended the stream. Would a read wait? What would it return?",
    "It would return b'' at once: the end makes a socket readable, but it is not data.",
)
def test_the_end_is_eof(kata, pair):
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    assert kind_of(kata, sock) == "eof", 'the peer had ended the stream, and your code did not say "eof"'


@hints(
    "After your look the caller reads. Does it find all that was there before?",
    "recv() takes what it returns, unless a flag tells it only to look: MSG_PEEK.",
)
def test_nothing_is_taken(kata, connection):
    talking, peer = connection("talking")
    ended, leaving = connection("ended")
    peer.sendall(b"for the caller")
    leaving.close()
    wait_until(lambda: unread(talking) == 14, "14 bytes to arrive")
    wait_fin(ended)
    for _ in range(2):
        found = kata.classify_ready([talking, ended])
        assert [found.get(talking), found.get(ended)] == ["data", "eof"], (
            "nothing was read, and your second look gave another answer"
        )
    assert unread(talking) == 14, "your code took bytes that are the caller's to read"
    peer.close()
    assert read_to_end(talking) == b"for the caller", "your code changed the bytes that the caller reads"


@hints(
    "The peer has reset the connection. In which of its lists does select() name the socket?",
    "In the first: a read would not wait, it would fail. The third list is for urgent data.",
    "except OSError, round the recv() with MSG_PEEK.",
)
def test_a_broken_connection_is_reset(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    assert kind_of(kata, sock) == "reset", 'the connection was broken, and your code did not say "reset"'


@hints(
    "Three bytes and then the end have arrived. What would the next read give?",
    "The bytes. A socket whose peer has ended may have input left: ask for bytes first.",
)
def test_bytes_before_the_end_are_data(kata, pair):
    sock, peer = pair
    peer.sendall(b"bye")
    peer.close()
    wait_fin(sock)
    # The end has arrived, and it stands behind three bytes that nobody has read.
    assert kind_of(kata, sock) == "data", 'the end was behind bytes, and your code did not say "data"'
    sock.recv(3)
    assert kind_of(kata, sock) == "eof", 'the bytes before the end had been read, and your code did not say "eof"'


@hints(
    "Does your loop go on after the socket that was reset?",
    "An exception ends a loop unless it is caught within: put the try round the look at one socket.",
)
def test_each_socket_is_told_by_itself(kata, all_kinds):
    found = kata.classify_ready(list(all_kinds.values()))
    assert type(found) is dict, "your code did not return a dict"
    by_name = {name: found[sock] for name, sock in all_kinds.items() if sock in found}
    wanted = {"reset": "reset", "data": "data", "end": "eof", "data and end": "data", "reset too": "reset"}
    assert by_name == wanted, "five of six sockets were readable, and your code gave a wrong answer for one of them"
    assert len(found) == 5, "your code made an entry for something that is none of the six sockets"


@hints(
    "You have ended your own side. Has the peer ended its?",
    "Each side ends on its own. What the peer sends still comes in, and its end is an end, not a reset.",
    "If you ask poll(): POLLHUP means that both sides have ended; a reset shows as POLLERR.",
)
def test_our_own_end_is_not_the_peers(kata, pair):
    sock, peer = pair
    sock.shutdown(socket.SHUT_WR)
    wait_fin(peer)
    assert kind_of(kata, sock) is None, (
        "this side had ended, the peer's side had not, and your code gave the socket an entry"
    )
    peer.sendall(b"reply")
    wait_unread(sock, 5)
    assert kind_of(kata, sock) == "data", (
        'this side had ended, bytes of the peer had come, and your code did not say "data"'
    )
    sock.recv(5)
    peer.close()
    wait_fin(sock)
    assert kind_of(kata, sock) == "eof", 'both sides had ended in good order, and your code did not say "eof"'


@hints(
    "May your answer depend on the mode in which a socket comes? And may you change it?",
    "select() does not care about modes. A read of what is there waits in none of them.",
    "If you change a mode, put it back in finally: an error is a way out too.",
)
@pytest.mark.parametrize("mode", [None, 7, 0], ids=["blocking", "timeout", "non-blocking"])
def test_sockets_in_any_mode_keep_it(kata, all_kinds, tape, mode):
    for sock in all_kinds.values():
        sock.settimeout(mode)
    kinds = kata.classify_ready(list(all_kinds.values())).values()
    assert sorted(kinds) == ["data", "data", "eof", "reset", "reset"], "your answer was wrong for a socket in this mode"
    modes = {name: sock.gettimeout() for name, sock in all_kinds.items()}
    assert modes == dict.fromkeys(all_kinds, mode), "your code left a socket in another mode or with another timeout"


@hints(
    "No sockets: what is there to tell?",
    "An empty dict. select() with three empty lists and a limit of 0 returns at once.",
)
def test_no_sockets_no_entries(kata):
    assert kata.classify_ready([]) == {}, "no socket was given, and your code did not return an empty dict"


@hints(
    "Three bytes and then a reset have arrived. What would the next read give?",
    "The bytes: Linux keeps what came before the reset. Ask for bytes first, and for the error then.",
)
def test_bytes_before_a_reset_are_data(kata, pair):
    sock, peer = pair
    peer.sendall(b"bye")
    wait_unread(sock, 3)
    reset(peer)
    wait_reset(sock)
    assert kind_of(kata, sock) == "data", "your code told the reset, and a read would have given the bytes before it"
    assert unread(sock) == 3, "your code took bytes that are the caller's to read"


@hints(
    "TCP has given up a peer that does not answer. Which exception is that, and does your except clause catch it?",
    "ETIMEDOUT is a TimeoutError and no ConnectionError. Both are OSErrors.",
)
def test_a_connection_that_timed_out_is_reset_too(kata, pair):
    sock, peer = pair
    break_off(peer, "ETIMEDOUT")
    wait_reset(sock)
    assert kind_of(kata, sock) == "reset", 'the connection was broken, and your code did not say "reset"'
