"""4.6: half-close, close and error have masks of their own, and two bits are reported unasked."""

import select
import socket

from dojo.suite import Finding, hints, kernel_says, linux_only, reset, wait_fin, wait_reset, wait_unread, wait_until

pytestmark = linux_only("epoll")

BITS = ("EPOLLIN", "EPOLLPRI", "EPOLLOUT", "EPOLLERR", "EPOLLHUP", "EPOLLRDHUP")


def mask_of(epoll, sock, *asked):
    """The mask that epoll reports of this socket now; 0 if it reports nothing."""
    epoll.register(sock, sum(getattr(select, name) for name in asked))
    reports = dict(epoll.poll(0))
    epoll.unregister(sock)
    return reports.get(sock.fileno(), 0)


def ask_all(epoll, sock):
    """The mask, when everything was asked for that can be."""
    return mask_of(epoll, sock, "EPOLLIN", "EPOLLPRI", "EPOLLOUT", "EPOLLRDHUP")


def names(mask):
    """A mask in words."""
    if not isinstance(mask, int):
        raise Finding("a mask is a number", "bits of select.EPOLL… joined with |", repr(mask))
    return " | ".join(name for name in BITS if mask & getattr(select, name)) or (hex(mask) if mask else "nothing")


@hints(
    "You ask for nothing and get something all the same. What would even such a caller have to know?",
    "Two bits need not be asked for: the one for an error and the one for a connection that is over.",
    "select.EPOLLERR | select.EPOLLHUP",
)
def test_what_a_reset_reports_unasked_was_predicted(kata, pair, epoll):
    if kata.REPORTED_UNASKED is None:
        raise Finding("predict first: REPORTED_UNASKED", "a number", "nothing is written here yet")
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    mask = mask_of(epoll, sock)
    kernel_says("REPORTED_UNASKED", names(kata.REPORTED_UNASKED), names(mask))
    assert names(kata.REPORTED_UNASKED) == names(mask), (
        "your prediction was wrong: these bits of a reset are always reported, and no others"
    )


@hints(
    "Nothing has come, nobody has left. Which bit does such a connection have all the same?",
    "EPOLLOUT: there is room to send. That is not an end.",
)
def test_an_idle_connection_is_open(kata, pair, epoll):
    sock, _ = pair
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "open", (
        f"{names(mask)} came from a connection with nothing to read and no end, and your answer was wrong"
    )


@hints(
    "Data has come. Does that tell anything of an end?",
    "EPOLLIN and EPOLLPRI speak of data, urgent data included. Only the three other bits speak of ends.",
)
def test_data_is_no_end(kata, pair, epoll):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "open", (
        f"{names(mask)} came from a connection with data to read and no end, and your answer was wrong"
    )
    peer.send(b"!", socket.MSG_OOB)
    wait_until(lambda: ask_all(epoll, sock) & select.EPOLLPRI, "the urgent byte to arrive")
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "open", (
        f"{names(mask)} came from a connection with urgent data and no end, and your answer was wrong"
    )


@hints(
    "The peer has shut down its direction. Which bit is there for just that?",
    "EPOLLRDHUP: the reading side has hung up. The socket can be read, and it can be written too.",
    "if mask & select.EPOLLRDHUP: … – but see which bits a worse end sets as well.",
)
def test_a_peer_that_has_stopped_sending_is_half_closed(kata, pair, epoll):
    sock, peer = pair
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "half-closed", f"{names(mask)}: the peer's direction has ended, and yours is open"


@hints(
    "How does a peer that has closed everything differ from one that only stopped sending, seen from here?",
    "Not at all: both send a FIN and no more. Whether the peer still reads, sending will tell.",
)
def test_a_peer_that_has_closed_cannot_be_told_from_it(kata, pair, epoll):
    sock, peer = pair
    peer.send(b"bye")
    peer.close()
    wait_fin(sock)
    # Its last words are unread, and behind them stands a FIN: all that this side knows.
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "half-closed", f"{names(mask)}: a FIN has come, and what you send may still be read"


@hints(
    "Both sides have shut down their direction. Which bit says that nothing goes either way?",
    "EPOLLHUP is for both directions. EPOLLRDHUP is set as well: which of the two do you look at first?",
)
def test_both_directions_ended_is_closed(kata, pair, epoll):
    sock, peer = pair
    peer.shutdown(socket.SHUT_WR)
    sock.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "closed", f"{names(mask)}: both directions have ended"


@hints(
    "Which of the bits do you get, if you have not asked for any?",
    "EPOLLHUP alone is enough to know. Do not insist on other bits beside it.",
)
def test_a_hangup_is_reported_unasked(kata, pair, epoll):
    sock, peer = pair
    peer.shutdown(socket.SHUT_WR)
    sock.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    mask = mask_of(epoll, sock)
    assert kata.state_of(mask) == "closed", f"{names(mask)} alone: both directions have ended, and nobody asked"


@hints(
    "A Unix socket has no FIN on a wire: the kernel sees both ends. What can it tell, that TCP cannot?",
    "When the peer is gone, nothing goes in either direction, and it says so: look at EPOLLHUP before EPOLLRDHUP.",
)
def test_a_unix_peer_that_has_closed_is_closed(kata, unix_pair, epoll):
    sock, peer = unix_pair
    peer.close()
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "closed", f"{names(mask)}: the other end of this Unix socket is gone"


@hints(
    "Nobody has closed this socket, and yet nothing goes in either direction. Why?",
    "It was never connected. The mask says the same as when both directions have ended.",
)
def test_a_socket_that_was_never_connected_is_closed(kata, epoll, keep):
    sock = keep(socket.socket())
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "closed", f"{names(mask)}: without a peer nothing goes either way, writable or not"


@hints(
    "A reset sets nearly every bit. Which one does no orderly end set?",
    "EPOLLERR, and it comes before the others. It may be there with EPOLLIN or without.",
)
def test_a_reset_is_an_error(kata, pair, epoll):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    for mask in (ask_all(epoll, sock), mask_of(epoll, sock)):
        assert kata.state_of(mask) == "error", f"{names(mask)}: the connection was reset, it did not end in order"


@hints(
    "Is every error the end of a connection?",
    "A datagram socket has no connection that could hang up. EPOLLERR alone is an error too.",
)
def test_an_error_need_not_be_a_hangup(kata, epoll, keep, tape):
    sock, nobody = keep([socket.socket(type=socket.SOCK_DGRAM) for _ in range(2)])
    tape.label(sock, "sock")
    tape.label(nobody, "nobody")
    nobody.bind(("127.0.0.1", 0))
    sock.connect(nobody.getsockname())
    nobody.close()
    sock.send(b"hello?")
    wait_reset(sock)
    # No stream, and no hangup: the kernel of the other side has answered that nobody is there.
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "error", f"{names(mask)}: an error is waiting, and nothing hung up"


@hints(
    "EPOLLERR and EPOLLHUP come unasked. And EPOLLRDHUP?",
    "It has to be asked for. Without it the mask says no more than: there is something to read.",
    "EPOLLIN may be data or the end: recv() will tell, the mask does not.",
)
def test_a_half_close_is_not_reported_unasked(kata, pair, epoll):
    sock, peer = pair
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    mask = mask_of(epoll, sock, "EPOLLIN", "EPOLLOUT")
    assert kata.state_of(mask) == "open", f"{names(mask)}: nobody asked for EPOLLRDHUP, so this mask tells of no end"


@hints(
    "shutdown() was called on this side, in one direction. Which of the two does the mask show?",
    "The end of what comes in has a bit, on whichever side it was ended. The end of what goes out has none.",
)
def test_of_your_own_shutdown_only_the_reading_side_shows(kata, pair, epoll):
    sock, peer = pair
    # One end gives up reading, of which the other hears nothing; then that one gives up sending.
    peer.shutdown(socket.SHUT_RD)
    mask = ask_all(epoll, peer)
    assert kata.state_of(mask) == "half-closed", f"{names(mask)}: this side has given up reading"
    sock.shutdown(socket.SHUT_WR)
    mask = ask_all(epoll, sock)
    assert kata.state_of(mask) == "open", (
        f"{names(mask)}: this side has given up sending, and its mask does not show it"
    )
