"""Predicts what a level-triggered epoll object reports.

caught by: test_the_reports_for_three_clients_were_predicted
words: REPORTS is your prediction; the epoll object reported otherwise
"""

REPORTS = [1, 1, 1, 1]


def accept_on_edge(epoll, listener):
    accepted = []
    while True:
        try:
            accepted.append(listener.accept()[0])
        except BlockingIOError:
            return accepted
