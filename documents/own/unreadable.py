"""How the parts of the own layout say that something is not as the product writes it."""


class Unreadable(ValueError):
    """This is not as the product writes it; the message says what is not."""
