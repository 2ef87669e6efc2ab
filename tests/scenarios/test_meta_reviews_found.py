"""A meta-review's own postmortem, opened from the list of all."""

from tests.scenarios.stage import Stage
from tests.scenarios.test_meta_reviews import begun, opened_whole


async def test_it_is_called_a_meta_review_and_nothing_is_missing(slack: Stage) -> None:
    await begun(slack)
    await opened_whole(slack)
    said = (await slack.person("bob").modal()).text()
    assert "Meta-review" in said
    assert "imported" not in said
    assert "Still missing" not in said
