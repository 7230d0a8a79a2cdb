"""1.9: a wait with a limit tells silence from the end, and leaves no trace on the socket."""

import contextlib
import socket

from dojo.suite import (
    GREEN,
    break_off,
    hints,
    is_nonblocking,
    on_stub,
    raises_errno,
    reset,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
)


@hints(
    "Bytes are there already. Is there anything to wait for?",
    "recv(n) returns what is there, n bytes at most, and does not wait for more.",
)
@on_stub(GREEN)
def test_what_is_there_is_returned_at_once(kata, pair):
    sock, peer = pair
    peer.sendall(b"hello")
    wait_unread(sock, 5)
    got = kata.recv_within(sock, 3, 30)
    assert (got, unread(sock)) == (b"hel", 2), (
        "n bytes are taken, no more and no fewer; the others stay for the next call"
    )
    # Two bytes are left, and no more will come: they are an answer all the same.
    got = kata.recv_within(sock, 100, 30)
    assert (got, type(got)) == (b"lo", bytes), "the bytes that are there, as bytes"


@hints(
    "Who wakes the thread when bytes arrive: your code, or the kernel?",
    "Wait in the call itself: settimeout() and recv(), or select() with a limit.",
)
@on_stub(GREEN)
def test_it_sleeps_in_the_kernel_and_bytes_wake_it(kata, pair, background, tape):
    sock, peer = pair
    reading = background(kata.recv_within, sock, 100, 30)
    # Nothing has come yet. The thread must be asleep, in a call that bytes end.
    reading.asleep()
    peer.sendall(b"at last")
    assert reading.result() == b"at last", "it returns when bytes come, not when the time is over"
    assert tape.count("sleep") == 0, "time.sleep() cannot be woken by a socket: wait in the call itself"


@hints(
    "The end of the stream and silence: which of the two is b''?",
    "b'' from recv() means that the peer has ended the stream. Silence needs another value: None.",
    "except TimeoutError: return None",
)
@on_stub('b"" is the end, None is silence')
def test_silence_is_none(kata, pair):
    sock, _ = pair
    assert kata.recv_within(sock, 100, 0.02) is None, 'nothing came, and nothing ended: b"" is the end, None is silence'


@hints(
    "The end arrives while you wait. Does recv() wait on?",
    "recv() returns b'' for the end, at once. Hand it on as it is.",
)
@on_stub(GREEN)
def test_the_end_is_empty_bytes_and_ends_the_wait(kata, pair, background):
    sock, peer = pair
    reading = background(kata.recv_within, sock, 100, 30)
    reading.asleep()
    peer.close()
    assert reading.result() == b"", "the peer has ended the stream: that is not silence"


@hints(
    "Seconds, milliseconds: which does your call take?",
    "settimeout() and select() take seconds, poll() takes milliseconds.",
)
@on_stub(GREEN)
def test_silence_is_awaited_for_the_whole_time(silence, kata, pair):
    sock, _ = pair
    clock = silence.clock()
    kata.recv_within(sock, 100, 0.03)
    assert clock() >= 0.03, "it gave up before the time was over"
    for seconds in silence.longer(5.5, 31.0):
        clock = silence.clock()
        kata.recv_within(sock, 100, seconds)
        assert clock() >= seconds, f"it gave up before the time was over: {seconds} s"


@hints(
    "Which exceptions does your except clause catch? Is each of them silence?",
    "ConnectionResetError is an OSError, as TimeoutError is. Catch only what means: nothing yet.",
)
@on_stub("broken connection must not look like")
def test_a_reset_propagates(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="a broken connection must not look like silence or like the end"):
        kata.recv_within(sock, 100, 30)


@hints(
    "settimeout(0) is non-blocking mode. How does recv() say there that nothing has come?",
    "It raises BlockingIOError, not TimeoutError. Both mean: nothing yet.",
    "except (TimeoutError, BlockingIOError): return None",
)
@on_stub("0 seconds: it looks once")
def test_zero_seconds_look_once(kata, pair, tape):
    sock, peer = pair
    assert kata.recv_within(sock, 100, 0) is None, "0 seconds: it looks once, and nothing is there"
    assert [call.text for call in tape.waits()] == [], "0 seconds are no time to wait, and no word for some usual time"
    peer.sendall(b"now")
    wait_unread(sock, 3)
    assert kata.recv_within(sock, 100, 0) == b"now", "0 seconds: it looks once, and three bytes are there"


@hints(
    "Is blocking mode what the caller's socket came in?",
    "setblocking(True) is settimeout(None): it forgets whatever timeout there was.",
    "before = sock.gettimeout() at the start, sock.settimeout(before) at the end.",
)
@on_stub("bytes the caller's timeout is as before")
def test_after_bytes_the_timeout_is_as_before(kata, pair):
    sock, peer = pair
    sock.settimeout(7)
    peer.sendall(b"hello")
    kata.recv_within(sock, 100, 30)
    assert sock.gettimeout() == 7, "after bytes the caller's timeout is as before"


@hints(
    "Which lines run after an exception, and which do not?",
    "What must happen on every way out belongs into finally.",
)
@on_stub("silence the caller's timeout is as before")
def test_after_silence_the_timeout_is_as_before(kata, pair):
    sock, _ = pair
    for before in (7, None, 0):
        sock.settimeout(before)
        kata.recv_within(sock, 100, 0.01)
        assert sock.gettimeout() == before, "after silence the caller's timeout is as before"
        assert is_nonblocking(sock) == (before is not None), "Python and the kernel still agree on the socket's mode"
    # A limit of the kernel's own would make every later recv() fail with EAGAIN.
    limit = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)
    assert not any(limit), "the option SO_RCVTIMEO is as before, that is, not set"


@hints(
    "The stream is at its end, but the socket is still the caller's.",
    "Put the timeout back that gettimeout() told before.",
)
@on_stub("the end the caller's timeout is as before")
def test_after_the_end_the_timeout_is_as_before(kata, pair):
    sock, peer = pair
    sock.settimeout(7)
    peer.close()
    wait_fin(sock)
    kata.recv_within(sock, 100, 30)
    assert sock.gettimeout() == 7, "after the end the caller's timeout is as before"


@hints(
    "An error leaves your function too. On which line?",
    "What must happen on every way out belongs into finally.",
)
@on_stub("a reset the caller's timeout is as before")
def test_after_a_reset_the_timeout_is_as_before(kata, pair):
    sock, peer = pair
    sock.settimeout(7)
    reset(peer)
    wait_reset(sock)
    with contextlib.suppress(ConnectionError):
        kata.recv_within(sock, 100, 30)
    assert sock.gettimeout() == 7, "after a reset the caller's timeout is as before"


@hints(
    "The caller's socket is non-blocking. Does recv_within wait for it all the same?",
    "The time to wait is the argument, whatever mode the socket comes in.",
)
@on_stub("caller's socket is non-blocking as before")
def test_a_non_blocking_socket_waits_too(kata, pair, background):
    sock, peer = pair
    sock.setblocking(False)
    reading = background(kata.recv_within, sock, 100, 30)
    reading.asleep()
    peer.sendall(b"at last")
    assert reading.result() == b"at last", "30 seconds were given, and bytes came"
    assert sock.gettimeout() == 0, "the caller's socket is non-blocking as before"


@hints(
    "Does a timeout do anything to the connection?",
    "No: nothing was read and nothing is lost. Neither close it nor shut it down.",
)
@on_stub(GREEN)
def test_the_connection_is_usable_after_silence(kata, pair, background):
    sock, peer = pair
    kata.recv_within(sock, 100, 0.01)
    # Nothing came. The next call waits as the first one did, and now something comes.
    reading = background(kata.recv_within, sock, 100, 30)
    reading.asleep()
    peer.sendall(b"late")
    assert reading.result() == b"late", "what comes after the time was over is still read"


@hints(
    "TimeoutError has two meanings. Who raises it, and what has become of the connection?",
    "Python's own timeout has no errno. The kernel's ETIMEDOUT has one, and the connection is gone.",
    "except TimeoutError as error: raise it again if error.errno is not None. Or wait in select() first.",
)
@on_stub("your code took it for silence or for the end")
def test_etimedout_is_a_broken_connection(kata, pair, background):
    sock, peer = pair
    reading = background(kata.recv_within, sock, 100, 30, may_raise=True)
    reading.asleep()
    # As if the peer had vanished, and the kernel had given up.
    break_off(peer, "ETIMEDOUT")
    words = "recv() failed with ETIMEDOUT, and your code took it for silence or for the end"
    with raises_errno("ETIMEDOUT", words=words):
        reading.result()
