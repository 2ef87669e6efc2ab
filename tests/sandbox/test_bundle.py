"""The page's committed bundle: small, whole, and telling nothing of where it was made."""

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
DIST = PAGE / "dist"
BUDGET = 900_000
PACKAGES = re.compile(r"^- (\S+) \S+ \(([^)]+)\): (.*)$", re.MULTILINE)
#: What a build could let slip: where it ran, and where its packages came from.
TRACES = (
    r"file://",
    r"(?<![\w.])/(?:home|root|Users|tmp|work|opt|var|usr)/\w",
    r"[A-Z]:\\\\",
    r"node_modules/",
    r"registry\.\w",
    r"\bnpmjs\b",
    r"sourceMappingURL",
)


def files() -> list[Path]:
    return sorted(each for each in DIST.rglob("*") if each.is_file())


def licenses() -> str:
    return (DIST / "assets" / "licenses.md").read_text(encoding="utf-8")


def shipped() -> set[str]:
    """What the page depends on when it runs, by the lock file."""
    locked = json.loads((PAGE / "npm-shrinkwrap.json").read_text())["packages"]
    return {
        path.removeprefix("node_modules/") for path, one in locked.items() if not one.get("dev")
    }


def test_the_whole_page_stays_below_900_kb() -> None:
    sizes = {each.name: each.stat().st_size for each in files()}

    assert sum(sizes.values()) < BUDGET, sizes


@pytest.mark.parametrize("trace", TRACES)
def test_the_bundle_says_nothing_of_where_it_was_built(trace: str) -> None:
    for each in files():
        found = re.search(trace, each.read_text(encoding="utf-8"))
        assert found is None, f"{each.name}: {found and found[0]}"


def test_the_page_loads_nothing_that_is_not_in_the_bundle() -> None:
    index = (DIST / "index.html").read_text()
    loaded = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', index)

    assert loaded
    assert all((DIST / path.lstrip("/")).is_file() for path in loaded)


def test_every_package_of_the_bundle_is_named_with_its_license_and_holders() -> None:
    named = {name: (terms, holders) for name, terms, holders in PACKAGES.findall(licenses())}

    assert {"react", "react-dom", "scheduler", "slack-blocks-to-jsx", "react-markdown"} <= set(
        named
    )
    assert set(named) <= shipped()
    assert all(re.search("copyright", holders, re.IGNORECASE) for _, holders in named.values())
    assert {terms for terms, _ in named.values()} <= {"MIT", "ISC", "BSD-3-Clause"}


def test_the_words_of_a_license_stand_once() -> None:
    words = re.findall("permission is hereby granted", licenses(), re.IGNORECASE)

    assert len(words) == 1
