"""Takes it that looping over the map gives the file objects.

caught by: test_each_registration_stands_under_its_data
words: 'int' object has no attribute 'fileno'
"""


def interests(selector):
    found = {}
    for sock in selector.get_map() or ():
        key = selector.get_key(sock.fileno())
        found[key.data] = key.events
    return found
