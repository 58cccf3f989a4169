"""Small parts of the pages of accounts."""
