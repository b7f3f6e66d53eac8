"""How several names or clauses stand in one sentence: with 、 and ； in Chinese, with commas and semicolons elsewhere.

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
