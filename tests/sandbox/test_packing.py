"""What is packed as JSON comes back as it was, or not at all."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.keeping.packing import MISFIT, pack, unpack


def test_what_cannot_be_kept_says_so() -> None:
    with pytest.raises(TypeError, match="A object cannot be packed: make it a dataclass"):
        pack({"socket": object()})


@pytest.mark.parametrize(
    "packed",
    [
        '{"$":"people.Account","id":"U1","handle":"ana","real_name":"Ana","shoe_size":7}',
        '{"$":"people.Account","id":"U1"}',
        '{"$":"people.Nobody"}',
        '{"$":"nowhere.Account"}',
        '{"$":"server.Sandbox"}',
        '{"$":"bytes"}',
    ],
)
def test_what_does_not_fit_the_classes_of_today_is_not_unpacked(packed: str) -> None:
    with pytest.raises(MISFIT):
        unpack(packed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("$"), inner),
)
VALUES = JSON | st.binary() | st.tuples(JSON) | st.sets(st.integers()) | st.timedeltas()


@given(VALUES | st.dictionaries(st.integers(), VALUES) | st.datetimes(timezones=st.just(UTC)))
def test_whatever_is_packed_is_unpacked_the_same(value: object) -> None:
    assert unpack(pack(value)) == value
