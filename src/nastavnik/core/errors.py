"""A refusal: an action that may not or cannot happen, told to the person in one sentence."""


class Refusal(Exception):  # noqa: N818 -- the word of the product: an action is refused, nothing is broken
    """Raised by actions; its text is a whole sentence for the person, in the language of the request."""
