"""A sample that leans towards what is risky, and that anybody can draw again (requirement M13).

Each item has a weight; the heavier, the likelier it is drawn. The draw depends on the seed and on the items' own keys alone, not on
their order, so that the same seed gives the same sample, and an item added elsewhere moves no other (Efraimidis and Spirakis 2006).
"""

import hashlib

SCALE = 2**256


def pick(weights, size, seed):
    """Return the keys of the sample, in the order in which they were drawn.

    `weights` is `{key: weight}` with weights above 0; `seed` any text. Everything is drawn when there are not more items than `size`.
    """

    def rank(key):
        number = int.from_bytes(hashlib.sha256(f"{seed}|{key}".encode()).digest(), "big")
        # Never 0, so that a heavy item cannot fall to the end.
        return ((number + 1) / SCALE) ** (1 / weights[key])

    return sorted(weights, key=lambda key: (-rank(key), str(key)))[: max(size, 0)]
