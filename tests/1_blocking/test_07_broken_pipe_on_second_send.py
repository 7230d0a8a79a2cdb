"""1.7: the first send after the peer closed succeeds, the next one raises BrokenPipeError."""

import socket

from dojo.suite import (
    each_call_may_fail,
    fill,
    hints,
    limits,
    mode_of,
    raises_errno,
    read_exactly,
    read_to_end,
    requirement,
    reset,
    small_buffers,
    unread,
    wait_fin,
    wait_reset,
)

MESSAGES = [b"one ", b"two ", b"three"]


@requirement(1, 2)
@hints(
    "Nothing breaks here. Send each message, and count.",
    "sock.sendall(message) raises if it cannot send; so a message is taken when the call has returned.",
)
def test_a_peer_that_reads_gets_every_message(kata, pair):
    sock, peer = pair
    assert kata.deliver(sock, MESSAGES) == 3, "three messages were taken, and your code counted something else"
    sock.shutdown(socket.SHUT_WR)
    assert read_to_end(peer) == b"one two three", "the messages did not arrive whole and in order"


@requirement(2)
@hints(
    "How much does send() take of an empty message? And does that say anything of the connection?",
    "It takes 0 bytes, and that says nothing. An empty message counts.",
)
def test_an_empty_message_is_taken_too(kata, pair):
    sock, peer = pair
    assert kata.deliver(sock, [b"one", b"", b"two"]) == 3, (
        "the kernel took every message, and your code did not count the empty one, or stopped there"
    )
    assert read_exactly(peer, 6) == b"onetwo", "a message after an empty one was not sent"


@requirement(1)
@hints(
    "When did your code ask for the next message: before or after it had sent this one?",
    "Loop over `messages` and send in the loop. Make no list of it, join nothing.",
)
def test_each_message_goes_out_before_the_next_is_asked_for(kata, unix_pair):
    sock, peer = unix_pair
    arrived = []

    def messages():
        for message in MESSAGES:
            arrived.append(unread(peer))
            yield message

    kata.deliver(sock, messages())
    assert arrived == [0, 4, 8], "your code asked for a message before the one before it was sent"


@requirement(2, 3)
@hints(
    "The peer has closed. Which send() is the first that can know, and what does it raise?",
    "The first send succeeds and provokes a RST; the second raises BrokenPipeError.",
    "Count after each send that returned; on BrokenPipeError return the count.",
)
def test_the_second_send_after_the_peer_closed_breaks(kata, pair):
    sock, peer = pair
    peer.close()
    wait_fin(sock)

    def messages():
        # A FIN alone does not say that the peer has stopped reading: the kernel takes this message.
        yield b"to nobody"
        # The peer's kernel has answered it with RST. From here on it is known.
        wait_reset(sock)
        yield b"broken pipe"
        yield b"never asked for"

    assert kata.deliver(sock, messages()) == 1, (
        "the kernel took the first message after the close and no more, and your code returned another count"
    )


@requirement(3)
@hints(
    "The peer has reset the connection before anything was sent. What does the first send() raise?",
    "A broken connection has two exceptions, depending on what came first, the FIN or the RST.",
    "Catch ConnectionResetError as well as BrokenPipeError.",
)
def test_after_a_reset_the_first_send_breaks(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    assert kata.deliver(sock, MESSAGES) == 0, (
        "the connection was reset before the first message, and your code returned another count than 0"
    )


@requirement(3)
@hints(
    "The connection is broken. Can a later message get through?",
    "Return from the loop at the first message that fails: the caller keeps the others.",
)
def test_no_message_is_asked_for_after_the_break(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    messages = iter(MESSAGES)
    kata.deliver(sock, messages)
    # The first was handed out and could not be sent. What is still in the iterator can go elsewhere.
    assert list(messages) == [b"two ", b"three"], "your code asked for further messages after the one that failed"


@requirement(3)
@hints(
    "The peer has ended its own direction. Does it still read?",
    "A FIN says nothing about reading. Do not ask recv() whether to send: send.",
)
def test_a_peer_that_only_stopped_sending_gets_everything(kata, pair):
    sock, peer = pair
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    # recv() returns b'' on this side, and the peer waits for the messages.
    assert kata.deliver(sock, MESSAGES) == 3, "the peer had only stopped sending, and your code took that for a break"
    assert read_exactly(peer, 13) == b"one two three", "the peer did not get every message"


@requirement(1)
@hints(
    "How many bytes of a long message does one send() take, when the socket has a timeout?",
    "send() returns how many it took. sendall() goes on until all are taken.",
)
def test_long_messages_go_out_whole(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer)
    sock.settimeout(30)
    messages = [b"a" * 200_000, b"b" * 200_000]

    def send_and_end():
        taken = kata.deliver(sock, messages)
        sock.shutdown(socket.SHUT_WR)
        return taken

    sending = background(send_and_end)
    assert read_to_end(peer) == b"".join(messages), "a part of a long message was not sent"
    assert sending.result() == 2, "both messages were taken, and your code returned another count"


@requirement(6)
@hints(
    "The buffers are full. Who wakes the thread when the peer has read: your code, or the kernel?",
    "A blocking send() waits for room by itself.",
)
@hints(
    "For how long may a peer not read?",
    "For as long as it likes: wait in send() without a timeout, or in a selector without one.",
    when="limited the wait",
)
def test_it_sleeps_while_the_buffers_are_full(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    small_buffers(sock, peer)
    before = fill(sock)
    sending = background(kata.deliver, sock, [b"next"])
    # No byte more fits in, and the peer is there: there is nothing to do but wait.
    sending.asleep()
    assert limits(tape.calls()) == [], "the peer may read as slowly as it likes, and your code limited the wait"
    assert read_exactly(peer, before + 4)[before:] == b"next", "there was room again, and your code sent something else"
    assert sending.result() == 1, "the message was taken, and your code did not count it"


@requirement(2)
@hints(
    "The peer resets in the middle of a long message. What does send() return then, and what does sendall() do?",
    "send() may return a short count without an exception. A message counts when all its bytes were taken.",
)
def test_a_message_taken_in_part_does_not_count(kata, pair, background):
    sock, peer = pair
    small_buffers(sock, peer)
    sending = background(kata.deliver, sock, [b"whole", bytes(8_000_000)])
    # Some of the long message is under way, the rest does not fit: the peer does not read.
    sending.asleep()
    reset(peer)
    assert sending.result() == 1, "the kernel took a part of a message, and your code counted it"


@requirement(4)
@hints(
    "A socket that is closed here is a mistake in this program. Did the peer break the connection?",
    "Which exceptions does your except clause catch? Name the two that mean a broken connection.",
)
def test_a_socket_that_is_closed_here_is_no_break(kata, pair):
    sock, _ = pair
    sock.close()
    with raises_errno(
        "EBADF", "ValueError", words="the socket was closed here, and your code took that for a broken connection"
    ):
        kata.deliver(sock, MESSAGES)


@requirement(5, 7)
@hints(
    "`messages` may read from a connection of its own. Whose error is it then?",
    "Keep the try round the send alone; the loop over `messages` stands outside.",
)
@hints(
    "What did your code change on the socket, and who puts it back when an error propagates?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
    when="an error propagated",
)
def test_an_error_of_the_messages_propagates(kata, pair):
    def messages():
        yield b"one"
        raise ConnectionResetError("the connection from which the messages come")

    sock, _ = pair
    before = mode_of(sock)
    with raises_errno("ConnectionResetError", words="`messages` raised an error, and the caller never finds out"):
        kata.deliver(sock, messages())
    assert mode_of(sock) == before, "an error propagated, and your code left the socket in another mode"


@requirement(7)
@hints(
    "What has the function changed on the caller's socket, and is it put back when send() raises?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
)
def test_the_socket_comes_back_as_it_was(kata, pair):
    sock, peer = pair
    sock.settimeout(30)
    before = mode_of(sock)
    kata.deliver(sock, MESSAGES)
    assert mode_of(sock) == before, "your code left the socket in another mode"
    reset(peer)
    wait_reset(sock)
    kata.deliver(sock, MESSAGES)
    assert sock.fileno() != -1, "your code closed the caller's socket after the break"
    assert mode_of(sock) == before, "your code left the socket in another mode after the break"


@requirement(3, 4)
@each_call_may_fail()
@hints(
    "A send can fail in more ways than two. Which of them mean that the connection is broken?",
    "except (BrokenPipeError, ConnectionResetError), at any message: return the count. Let all others propagate.",
)
@hints(
    "Which errors did your except clause catch? ConnectionError has more subclasses than two.",
    "Name BrokenPipeError and ConnectionResetError, and let all others propagate.",
    when="other than a broken connection",
)
def test_each_error_at_any_message_is_reported_as_what_it_is(kata, pair, failing):
    outcome = failing.outcome(kata.deliver, pair[0], MESSAGES)
    if failing.error in ("EPIPE", "ECONNRESET"):
        assert outcome in (0, 1, 2), (
            "the connection broke before the last message, and your code returned something else than a smaller count"
        )
    elif failing.error in ("EHOSTUNREACH", "ECONNREFUSED"):
        failing.propagates(outcome, "an error other than a broken connection did not propagate")
    elif not failing.error:
        assert outcome == 3, "the kernel took three messages, and your code returned another count"


@requirement(4, 7)
@hints(
    "The caller has set a timeout, and the peer reads too slowly. Is the connection broken?",
    "A TimeoutError is the caller's: let it propagate.",
)
@hints(
    "What did your code change on the socket, and who puts it back when an error propagates?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
    when="another mode",
)
def test_the_timeout_of_the_caller_is_no_break(kata, unix_pair, background, comes):
    sock, peer = unix_pair
    small_buffers(sock, peer)
    sock.settimeout(0.02)
    before = mode_of(sock)
    sending = background(kata.deliver, sock, [b"one", bytes(100_000)], may_raise=True)
    # A part of the long message fits, and nobody reads. It gives up when the time is over, or has a wait of its own.
    if comes(lambda: sending.done, "the caller's timeout to pass", timers=False):
        words = "the caller's timeout passed, and your code took that for a broken connection"
        with raises_errno("TimeoutError", words=words):
            sending.result()
        assert mode_of(sock) == before, "the caller's timeout passed, and your code left the socket in another mode"
    else:
        read_exactly(peer, 100_003)
        assert sending.result() == 2, "both messages were taken, and your code returned another count"
