"""What a spreadsheet would take for a formula (X1, A9): every writer of a text file sends its cells through `defuse`.

Workbooks need no such sign: `workbook` writes text as text cells.
"""

# Full-width signs, too, where the system is set to Chinese; some programs pass over the blanks before a sign.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def defuse(text):
    """Return `text` so that no spreadsheet takes it for a formula: what begins like one gets an apostrophe in front."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text
