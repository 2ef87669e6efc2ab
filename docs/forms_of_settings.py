"""The forms behind the settings, and the one that gives an incident its classes."""

from collections.abc import Iterator

from blocks import service_forms, settings, taxonomy_forms, untagged
from blocks.causal_classes import Choice
from blocks.parts import View
from blocks.taxonomy import Taxonomy
from domain.causal_classes import CausalClass
from domain.settings import Settings
from tests.blocks.samples import POSTMORTEM, PROGRAMME

_CLASS, _OTHER = CausalClass(id=1, name="capacity"), CausalClass(id=2, name="missing alert")


def forms() -> Iterator[View]:
    """Each, in the order in which a person meets them."""
    yield settings.settings_modal(Settings(programme=PROGRAMME), "U1ADA")
    yield taxonomy_forms.add_form()
    yield taxonomy_forms.rename_form(_CLASS)
    yield taxonomy_forms.merge_form(_CLASS, Taxonomy(classes=[_CLASS, _OTHER]))
    yield untagged.choosing_form(POSTMORTEM, 0, Choice(taxonomy=[_CLASS]))
    yield service_forms.service_form()
