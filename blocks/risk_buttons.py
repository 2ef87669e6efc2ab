"""The buttons with which an accepted risk is looked at again, wherever it is shown (rule 3)."""

from blocks.parts import Block, button
from domain.accepted_risks import AcceptedRisk

#: Accepts a risk once more; its value is the risk's id.
RENEW_RISK = "risk.renew"
#: Says that it is none any more; its value is the risk's id.
END_RISK = "risk.end"
#: Says that whoever was named accepts the risk instead of an item; its value is the item's id.
CONFIRM_RISK = "risk.confirm"


def confirm_button(item_id: int, key: str) -> Block:
    """Confirm that one accepts the risk instead of the item that people call `key`."""
    spoken = f"I accept the risk instead of {key}"
    return button("I accept it", CONFIRM_RISK, str(item_id), spoken=spoken, primary=True)


def risk_buttons(risk: AcceptedRisk, key: str) -> list[Block]:
    """Accept it again, or say that it is no risk any more; `key` is the postmortem's."""
    value = str(risk.id)
    return [
        button("Accept it again", RENEW_RISK, value, spoken=f"Accept the risk of {key} again"),
        button("No risk any more", END_RISK, value, spoken=f"End the accepted risk of {key}"),
    ]
