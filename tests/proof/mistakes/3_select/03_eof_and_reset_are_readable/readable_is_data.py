"""Takes every readable socket for one with data.

caught by: test_the_end_is_eof
words: readable without a byte: the peer has ended the stream
"""

import select


def classify_ready(socks):
    return {sock: "data" for sock in select.select(socks, [], [], 0)[0]}
