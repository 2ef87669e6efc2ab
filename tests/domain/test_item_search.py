"""What is typed after `items`, and how a list is turned."""

import pytest

from domain.item_search import PAGE, ItemsWanted, Which, read_wanted

ME = "U1"
BOB = "<@U2|bob>"


@pytest.mark.parametrize(
    ("page", "total", "shown"), [(2, 15, 0), (2, 16, 1), (1, 40, 1), (3, 0, 0)]
)
def test_beyond_the_last_page_there_is_none(page: int, total: int, shown: int) -> None:
    assert ItemsWanted(page=page).within(total).page == shown


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", ItemsWanted(owner=ME)),
        ("mine", ItemsWanted(owner=ME)),
        ("  MINE  overdue ", ItemsWanted(owner=ME, which=Which.OVERDUE)),
        ("all", ItemsWanted()),
        ("overdue", ItemsWanted(which=Which.OVERDUE)),
        ("overdue mine", ItemsWanted(owner=ME, which=Which.OVERDUE)),
        ("expired checkout api", ItemsWanted(which=Which.EXPIRED, service="checkout api")),
        ("all search", ItemsWanted(service="search")),
        ("mine search", ItemsWanted(owner=ME, service="search")),
        ("checkout all", ItemsWanted(service="checkout all")),
        (f"{BOB} overdue", ItemsWanted(owner="U2", which=Which.OVERDUE)),
        ("<@U2>", ItemsWanted(owner="U2")),
        ("s" * 90, ItemsWanted(service="s" * 60)),
    ],
)
def test_what_is_typed_says_whose_how_and_of_which_service(words: str, wanted: ItemsWanted) -> None:
    said = read_wanted(words, ME)

    assert (said.wanted, said.name) == (wanted, "")


@pytest.mark.parametrize("words", ["@bob stone", "all @bob stone", "@ bob  stone"])
def test_a_person_without_an_id_is_looked_up_by_name(words: str) -> None:
    assert read_wanted(words, ME).name == "bob stone"


def test_a_list_is_not_turned_back_past_its_first_page() -> None:
    first = ItemsWanted(owner=ME)

    assert first.turned(-1) == first
    assert first.turned(2).offset == 2 * PAGE
