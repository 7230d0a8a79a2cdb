"""5.4: at the end of a connection, orderly or not, it is unregistered and closed; else it is reported for ever."""

import selectors
import socket

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    break_off,
    hints,
    interest,
    linux_only,
    on_stub,
    read_exactly,
    read_to_end,
    reset,
    short_sends,
    wait_fin,
    wait_reset,
    wait_unread,
    wait_until,
)

READ = selectors.EVENT_READ


def turns(kata, selector, number):
    """So many turns of a server's loop, without waiting; how often a connection was reported."""
    reported = 0
    for _ in range(number):
        for key, _ in selector.select(0):
            reported += 1
            kata.echo_ready(selector, key.fileobj)
    return reported


@on_stub(GREEN)
@hints(
    "What does an echo server do with what it reads?",
    "Receive what is there and send it back. Nothing else changes.",
)
def test_what_arrives_is_sent_back(kata, selector, pair):
    sock, peer = pair
    before = selector.register(sock, READ, "the callback")
    for message in (b"hello", b"hello again"):
        peer.sendall(message)
        wait_unread(sock, len(message))
        kata.echo_ready(selector, sock)
        assert read_exactly(peer, len(message)) == message, "the peer did not read what it had sent"
    assert selector.get_map().get(sock) == before, (
        "your code did not leave the connection registered for the next message"
    )


@on_stub(GREEN)
@hints(
    "The selector has said that there is something to read. For how many recv() calls does that hold?",
    "For one. The next one may find nothing, and then waits: do not read in a loop.",
)
def test_it_does_not_wait_for_more(kata, selector, unix_pair, background, tape):
    sock, peer = unix_pair
    selector.register(sock, READ)
    peer.send(b"hello")
    echoing = background(kata.echo_ready, selector, sock)
    # The peer is there and says nothing more, and other connections want to be served.
    wait_until(lambda: echoing.done or tape.waits(), "the call to return, or to wait")
    waiting = [call.text for call in tape.waits()]
    assert waiting == [], "your code waited for more bytes, and nobody else was served meanwhile"
    echoing.result()


@on_stub("your code closed the connection")
@hints(
    "Has anybody promised that the bytes are text?",
    "To send bytes back one need not know what they mean: do not decode them.",
)
def test_bytes_that_are_no_text_are_sent_back(kata, selector, unix_pair):
    sock, peer = unix_pair
    selector.register(sock, READ)
    peer.send(b"\xff\xfe\x00")
    kata.echo_ready(selector, sock)
    assert sock.fileno() != -1, "the bytes were not text, and your code closed the connection"
    assert read_exactly(peer, 3) == b"\xff\xfe\x00", "the peer did not read the bytes that it had sent"


@on_stub("send() took a part")
@hints(
    "What does send() return, and do you look at it?",
    "send() may take a part. sendall() goes on until all is taken.",
)
def test_every_byte_is_sent_back_though_send_takes_a_part(kata, selector, unix_pair):
    conn, peer = unix_pair
    short_sends(conn, 4)
    selector.register(conn, READ)
    peer.send(b"a dozen bytes")
    kata.echo_ready(selector, conn)
    conn.shutdown(socket.SHUT_WR)
    assert read_to_end(peer) == b"a dozen bytes", "send() took a part, and your code lost the rest"


@on_stub("the connection had ended, and your code left it in the selector")
@hints(
    "How does recv() say that the peer has gone? Does it raise anything?",
    "It returns b'', and that is not a message. Treat it as you treat an error.",
    "if not data: selector.unregister(conn); conn.close()",
)
def test_at_the_end_of_the_stream_it_leaves_the_selector(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ)
    peer.close()
    wait_fin(sock)
    kata.echo_ready(selector, sock)
    assert list(selector.get_map()) == [], "the connection had ended, and your code left it in the selector"


@on_stub("the connection had ended, and your code did not close it")
@hints(
    "The peer has said that it has no more to say. What does it still wait for?",
    "For your end: close the connection as well.",
)
def test_at_the_end_of_the_stream_it_is_closed(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ)
    # The peer has ended its direction, and waits for the server to end the other one.
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    kata.echo_ready(selector, sock)
    assert sock.fileno() == -1, "the connection had ended, and your code did not close it"
    assert read_to_end(peer) == b"", "the peer did not see the end alone"


@on_stub("the selector reported the end again and again: the server's loop never sleeps")
@hints(
    "The end of a stream does not go away. How often does select() report it?",
    "In every turn, until the connection is unregistered.",
)
def test_the_end_is_reported_once(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ)
    peer.close()
    wait_fin(sock)
    # Five turns of the server. The first one hears of the end, and the others of nothing.
    assert turns(kata, selector, 5) == 1, (
        "the selector reported the end again and again: the server's loop never sleeps"
    )


@on_stub("the stream was over and the message read, and your code did not close the connection")
@hints(
    "The peer asks, and ends its direction at once. Does it still want an answer?",
    "First what was queued, then the end: recv() returns them in this order.",
)
def test_the_last_message_is_answered_before_the_end(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ)
    peer.sendall(b"last words")
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    turns(kata, selector, 3)
    assert sock.fileno() == -1, "the stream was over and the message read, and your code did not close the connection"
    assert read_to_end(peer) == b"last words", "the peer did not get its last message, and then the end"


@on_stub(GREEN)
@hints(
    "How does a connection end when the peer crashes?",
    "recv() raises ConnectionResetError. The connection is of no use then: unregister and close it.",
)
def test_a_reset_is_a_disconnect_too(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ)
    reset(peer)
    wait_reset(sock)
    kata.echo_ready(selector, sock)
    assert list(selector.get_map()) == [], "the connection was reset, and your code left it in the selector"
    assert sock.fileno() == -1, "the connection was reset, and your code did not close it"


@on_stub(GREEN)
@hints(
    "The bytes came before the reset, and can still be read. Which call notices that the peer has gone?",
    "Sending does. The try has to cover that call too.",
)
def test_a_reset_may_show_at_the_answer(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ)
    peer.sendall(b"goodbye")
    wait_unread(sock, 7)
    reset(peer)
    wait_reset(sock)
    kata.echo_ready(selector, sock)
    assert list(selector.get_map()) == [], (
        "the answer could not be sent, and your code left the connection in the selector"
    )
    assert sock.fileno() == -1, "the answer could not be sent, and your code did not close the connection"


@on_stub(GREEN)
@hints(
    "A peer that has closed cannot be sent to. Which errno says so?",
    "EPIPE: BrokenPipeError. It is a relative of ConnectionResetError: which class covers both?",
    "OSError covers whatever a call on this connection raises.",
)
def test_a_broken_pipe_is_a_disconnect_too(kata, selector, unix_pair):
    sock, peer = unix_pair
    selector.register(sock, READ)
    peer.send(b"goodbye")
    peer.close()
    # The bytes are still here. The answer finds a pipe that is broken.
    kata.echo_ready(selector, sock)
    assert list(selector.get_map()) == [], "the pipe was broken, and your code left the connection in the selector"
    assert sock.fileno() == -1, "the pipe was broken, and your code did not close the connection"


@on_stub(GREEN)
@hints(
    "Whose connection has ended? Only that one has to go.",
    "Unregister conn, and do not close the selector.",
)
def test_the_others_go_on(kata, selector, pair, unix_pair):
    sock, peer = pair
    other, friend = unix_pair
    selector.register(sock, READ, "sock")
    selector.register(other, READ, "other")
    reset(peer)
    wait_reset(sock)
    friend.send(b"still here")
    turns(kata, selector, 2)
    assert selector.get_map().get(other), "one peer had gone, and your code left another one's connection unregistered"
    assert read_exactly(friend, 10) == b"still here", "the other peer did not get its answer"


@on_stub("the kernel went on watching: unregister first, then close, because nothing else can end that")
@linux_only("the list of what an epoll object watches")
@hints(
    "unregister() tells the kernel a number. Whose number is it after close()?",
    "epoll watches a connection until its last duplicate is closed, unless it is told to stop: tell it, then close.",
)
def test_it_is_unregistered_before_it_is_closed(kata, pair, keep):
    sock, peer = pair
    selector = keep(selectors.EpollSelector())
    selector.register(sock, READ)
    # Somebody holds a duplicate, as a child process would.
    keep(sock.dup())
    peer.close()
    wait_fin(sock)
    kata.echo_ready(selector, sock)
    if interest(selector):
        words = "the kernel went on watching: unregister first, then close, because nothing else can end that"
        raise Finding(words, "epoll watches nothing", "the connection's duplicate, which nobody can unregister")


@on_stub(GREEN)
@hints(
    "TCP has given up a peer that does not answer. Which exception is that, and does your except clause catch it?",
    "ETIMEDOUT is a TimeoutError and no ConnectionError. OSError covers whatever a call on this connection raises.",
)
@pytest.mark.parametrize("said", [b"", b"goodbye"], ids=["while it reads", "while it answers"])
def test_a_connection_that_timed_out_is_a_disconnect_too(kata, selector, pair, said):
    sock, peer = pair
    selector.register(sock, READ)
    peer.sendall(said)
    wait_unread(sock, len(said))
    break_off(peer, "ETIMEDOUT")
    wait_reset(sock)
    kata.echo_ready(selector, sock)
    assert list(selector.get_map()) == [], "the connection failed, and your code left it in the selector"
    assert sock.fileno() == -1, "the connection failed, and your code did not close it"
