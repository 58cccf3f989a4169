"""The one exception of this package, and how a child says that its memory has run out."""

OUT_OF_MEMORY = 77


class FileRefused(Exception):  # noqa: N818 -- the file is refused, nothing in the program is broken
    """The file cannot or may not be read. Its text is one Russian sentence that says what to do."""
