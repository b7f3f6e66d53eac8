"""Names, clauses and sentences in a row: parted by 、 and ； and nothing in Chinese, by comma, semicolon and space elsewhere.

Odoo hands no term without a letter to the translators, so a separator cannot be one of them.
"""


def _is_chinese(env):
    return (env.lang or "").startswith("zh")


def join_names(env, names):
    """``names`` (an iterable of texts) as a list within a sentence, in the language of ``env``."""
    return ("、" if _is_chinese(env) else ", ").join(names)


def join_clauses(env, clauses):
    """``clauses`` (an iterable of texts), each of which may hold a list of its own, one after the other."""
    return ("；" if _is_chinese(env) else "; ").join(clauses)


def join_sentences(env, sentences):
    """``sentences`` (an iterable of texts), one after the other; Chinese ones need no space between them."""
    return ("" if _is_chinese(env) else " ").join(sentences)
