"""The ids of records as a form or an address sends them."""

# The ids of PostgreSQL's integers that a text of nine digits holds; no table of ours comes near them.
MAX_DIGITS = 9


def parse_id(text):
    """The id that ``text`` names, 0 for anything else, which is the id of no record."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else 0


def parse_ids(text):
    """The ids of a list like “7,12”; what is none is left out."""
    return [number for number in map(parse_id, text.split(",")) if number]
