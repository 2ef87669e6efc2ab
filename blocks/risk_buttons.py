"""The buttons with which an accepted risk is looked at again, wherever it is shown (rule 3)."""

from blocks.parts import Block, button
from domain.accepted_risks import AcceptedRisk

#: Accepts a risk once more; its value is the risk's id.
RENEW_RISK = "risk.renew"
#: Says that it is none any more; its value is the risk's id.
END_RISK = "risk.end"


def risk_buttons(risk: AcceptedRisk, key: str) -> list[Block]:
    """Accept it again, or say that it is no risk any more; `key` is the postmortem's."""
    value = str(risk.id)
    return [
        button("Accept it again", RENEW_RISK, value, spoken=f"Accept the risk of {key} again"),
        button("No risk any more", END_RISK, value, spoken=f"End the accepted risk of {key}"),
    ]
