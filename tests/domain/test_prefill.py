"""What a channel's name and topic already say about an incident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.postmortems import SERVICE_MAX, TITLE_MAX, Severity
from domain.prefill import Guess, guess

P1, P2, P3 = Severity


@pytest.mark.parametrize(
    ("name", "topic", "expected"),
    [
        ("inc-checkout-latency", "", ("Checkout latency", "checkout", None)),
        ("incident-2026-11-21-checkout-p1", "", ("Checkout", "checkout", P1)),
        ("inc_20261121_api_down", "", ("Api down", "api", None)),
        ("inc-1234", "", ("", "", None)),
        ("inc-checkout", "P1 · checkout p99 above 8 s", ("Checkout p99 above 8 s", "checkout", P1)),
        ("inc-42", "Search returns nothing", ("Search returns nothing", "search", None)),
        ("inc-77", "Logins &amp; pay &lt;5 %", ("Logins & pay <5 %", "logins", None)),
        ("inc-db", "Lead: <@U1> | <https://a.b|zoom>", ("Db", "db", None)),
        ("inc-db-replica-lag", "replica lag", ("Db replica lag", "db", None)),
        ("inc-db", "Summary: *replica* lags behind", ("Replica lags behind", "db", None)),
        ("", "", ("", "", None)),
    ],
)
def test_a_name_and_a_topic_fill_the_form(
    name: str, topic: str, expected: tuple[str, str, Severity | None]
) -> None:
    title, service, severity = expected
    assert guess(name, topic) == Guess(title=title, service=service, severity=severity)


@pytest.mark.parametrize(
    ("name", "topic", "severity"),
    [
        ("inc-p0-x", "", P1),
        ("sev1-x", "", P1),
        ("inc-sev-2-x", "", P2),
        ("inc_severity_3", "", P3),
        ("inc-p5-x", "", P3),
        ("inc-p1-x", "Now SEV 2", P2),
        ("inc-p99-mvp1-x", "", None),
    ],
)
def test_severity_is_read_in_the_fields_own_shorthand(
    name: str, topic: str, severity: Severity | None
) -> None:
    assert guess(name, topic).severity is severity


@given(st.text(max_size=80), st.text(max_size=250))
def test_a_guess_always_fits_the_form(name: str, topic: str) -> None:
    found = guess(name, topic)
    assert len(found.title) <= TITLE_MAX
    assert len(found.service) <= SERVICE_MAX
