"""The forms behind the settings, and the one that gives an incident its classes."""

from collections.abc import Iterator

from blocks import (
    service_forms,
    settings,
    taxonomy_forms,
    tracker_accounts,
    tracker_forms,
    tracker_people,
    untagged,
)
from blocks.causal_classes import Choice
from blocks.parts import View
from blocks.taxonomy import Taxonomy
from domain.causal_classes import CausalClass
from domain.settings import Settings
from domain.tickets import TrackerKind
from tests.blocks.samples import POSTMORTEM, PROGRAMME

_CLASS, _OTHER = CausalClass(id=1, name="capacity"), CausalClass(id=2, name="missing alert")
_SOMEBODY = tracker_people.Somebody(person="U1ADA", name="Ada", kind=TrackerKind.JIRA)


def forms() -> Iterator[View]:
    """Each, in the order in which a person meets them."""
    yield settings.settings_modal(Settings(programme=PROGRAMME), "U1ADA")
    yield taxonomy_forms.add_form()
    yield taxonomy_forms.rename_form(_CLASS)
    yield taxonomy_forms.merge_form(_CLASS, Taxonomy(classes=[_CLASS, _OTHER]))
    yield untagged.choosing_form(POSTMORTEM, 0, Choice(taxonomy=[_CLASS]))
    yield service_forms.service_form()
    yield tracker_forms.another_form()
    yield tracker_accounts.account_form(_SOMEBODY)
    yield tracker_accounts.another_account_form([TrackerKind.JIRA])
