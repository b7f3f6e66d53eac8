"""When a case counts as closed (结案日), by which outcome, per form of aid (requirements C7, C8; facts §1.2).

The Ministry's procedure rules (办理法律援助案件程序规定) let the closing date follow from a document and the day it was
received, never from the day somebody remembers to close the record. Advice and drafting are not in the rules; for them the
union counts the day the worker was given the answer or the document.
"""

from dataclasses import dataclass

from .i18n import _lt

TERMINATION = "termination"


@dataclass(frozen=True)
class Basis:
    """What a case closes by: its name in the dialog, the rule that makes its day the closing date, and what the day is."""

    kind: str
    label: str
    rule: str
    source: str
    has_document: bool = True


BASES = {
    basis.kind: basis
    for basis in (
        Basis(
            "judgment",
            _lt("Judgment, ruling or settlement of the court"),
            _lt("In court the case closes on the day the lawyer received the judgment, ruling or settlement."),
            "办理法律援助案件程序规定",
        ),
        Basis(
            "award",
            _lt("Award, decision or settlement of the commission"),
            _lt(
                "In arbitration or reconsideration the case closes on the day the lawyer received the award or decision."
            ),
            "办理法律援助案件程序规定",
        ),
        Basis(
            "agreement",
            _lt("Agreement between the parties"),
            _lt("Out of court and arbitration the case closes on the day the agreement was reached."),
            "办理法律援助案件程序规定",
        ),
        Basis(
            "performance",
            _lt("No document: the other side performs"),
            _lt("Without a document the case closes on the day the other side began to perform."),
            "办理法律援助案件程序规定",
            has_document=False,
        ),
        Basis(
            "delivery",
            _lt("Answer or document handed to the worker"),
            _lt("Advice and drafting close on the day the worker was given the answer or the document."),
            "",
            has_document=False,
        ),
        Basis(
            TERMINATION,
            _lt("Decision to terminate"),
            _lt("A terminated case closes on the day the lawyer's firm received the decision."),
            "办理法律援助案件程序规定",
        ),
    )
}

# The likely one first: it is proposed.
BASES_OF_FORM = {
    "litigation": ("judgment", "agreement", "performance"),
    "arbitration": ("award", "agreement", "performance"),
    "mediation": ("agreement", "performance"),
    "advice": ("delivery",),
    "drafting": ("delivery",),
}
OUTCOMES_OF_FORM = {
    "litigation": ("won", "partly_won", "lost", "mediated", "settled", "withdrawn"),
    "arbitration": ("won", "partly_won", "lost", "mediated", "settled", "withdrawn"),
    "mediation": ("mediated", "settled", "no_agreement", "withdrawn"),
    "advice": ("completed", "withdrawn"),
    "drafting": ("completed", "withdrawn"),
}
# Of these outcomes the parties made an agreement between themselves.
AGREED_OUTCOMES = ("settled",)


def outcomes_of(form):
    """Return the outcomes that fit the form of aid, the likely one first; all of them where the form is not known."""
    if form in OUTCOMES_OF_FORM:
        return OUTCOMES_OF_FORM[form]
    return tuple(dict.fromkeys(outcome for outcomes in OUTCOMES_OF_FORM.values() for outcome in outcomes))


def bases_of(form):
    """Return what a case of this form may close by, the likely one first."""
    return BASES_OF_FORM.get(form, tuple(kind for kind in BASES if kind != TERMINATION))


def proposed_basis(form, outcome=None):
    """Return what the case probably closes by; parties who settle have no judgment or award."""
    bases = bases_of(form)
    if outcome in AGREED_OUTCOMES and "agreement" in bases:
        return "agreement"
    return bases[0]
