import ast
import inspect
import textwrap
from functools import cache

from odoo.tests import TransactionCase, tagged

from .access_common import LegalAidAccessCommon

TEXTS = ("char", "text", "html", "json")
# What makes a text one of the user's language: a term, the label of a choice.
TRANSLATED = {"_", "_description_selection", "join_clauses", "join_names", "join_sentences"}


def _get_computed_texts(model):
    """The fields of a model which hold a text that is computed as often as it is asked for."""
    return [
        field
        for name, field in sorted(model._fields.items())
        if field.type in TEXTS
        and field.compute
        and not field.store
        and ("union_legal_aid" in field._modules or name == "display_name")
    ]


@cache
def _get_called(method):
    """Names of the methods that a method calls, but for what it says in an error."""
    called, todo = set(), [ast.parse(textwrap.dedent(inspect.getsource(method)))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Raise):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called.add(node.func.attr)
        todo += ast.iter_child_nodes(node)
    return called


@tagged("post_install", "-at_install")
class TestTextsNameTheirLanguage(TransactionCase):
    """V6: a computed text with translated words in it is kept once for each language, else whoever comes second within a
    request or a job reads the language of the first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.methods = cls._collect_methods()

    @classmethod
    def _collect_methods(cls):
        """``{name: the private methods of this name}``, whichever model of the addon they are of."""
        methods = {}
        for model_name in cls.env.registry:
            for part in cls.env.registry[model_name]._model_classes__:
                if "union_legal_aid" not in part.__module__:
                    continue
                for name, method in vars(part).items():
                    if name.startswith("_") and inspect.isfunction(method):
                        methods.setdefault(name, set()).add(method)
        return methods

    def _is_translated(self, model, name):
        """Whether a method of the model translates, or a private one that it calls on whatever record."""
        versions = (vars(part).get(name) for part in type(model).mro())
        todo, seen = [version for version in versions if inspect.isfunction(version)], set()
        while todo:
            method = todo.pop()
            if method in seen or "union_legal_aid" not in method.__module__:
                continue
            seen.add(method)
            called = _get_called(method)
            if called & TRANSLATED:
                return True
            for name in called:
                todo += self.methods.get(name, ())
        return False

    def _find_named_by_another(self, model):
        """Names that are the name of a linked record, and speak its language."""
        contexts = self.env.registry.field_depends_context
        link = model._fields.get(model._rec_name or "")
        if "union_legal_aid" not in type(model)._original_module or not link or link.type != "many2one":
            return
        name = model._fields["display_name"]
        if "lang" in contexts[self.env[link.comodel_name]._fields["display_name"]] and "lang" not in contexts[name]:
            yield f"{name} by {link}"

    def test_translated_texts_depend_on_the_language(self):
        """V6: told from the code, so that whoever writes the next such text is told here to name the language."""
        missing, translated = [], 0
        for model_name in self.env.registry:
            model = self.env[model_name]
            for field in _get_computed_texts(model):
                if isinstance(field.compute, str) and self._is_translated(model, field.compute):
                    translated += 1
                    if "lang" not in self.env.registry.field_depends_context[field]:
                        missing.append(f"{field} by {field.compute}")
            missing += self._find_named_by_another(model)
        self.assertFalse(missing, f'{len(missing)} need @api.depends_context("lang"):\n' + "\n".join(missing))
        self.assertGreater(translated, 100)


@tagged("post_install", "-at_install")
class TestTextsInTwoLanguages(LegalAidAccessCommon):
    """V6: one environment, two languages: what the second reader finds is what he would find had nobody read before him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"].search([("name", "=", "union_legal_aid")])._update_translations(["zh_CN"])

    def _read(self, record, fields, lang):
        localized = record.with_context(lang=lang)
        return {field.name: localized[field.name] for field in fields}

    def test_the_second_reader_reads_his_own_language(self):
        """V6: every computed text of every specimen, names of linked records included."""
        foreign, different = set(), 0
        for model, specimens in sorted(self.specimens.items()):
            fields = _get_computed_texts(self.env[model])
            for specimen in specimens:
                self.env.invalidate_all()
                english = self._read(specimen.record, fields, "en_US")
                second = self._read(specimen.record, fields, "zh_CN")
                self.env.invalidate_all()
                fresh = self._read(specimen.record, fields, "zh_CN")
                different += sum(english[name] != text for name, text in fresh.items())
                foreign |= {f"{model}.{name}" for name in fresh if fresh[name] != second[name]}
        self.assertFalse(foreign)
        self.assertGreater(different, 100)
