"""Input of accounts. Forms check what was typed; actions decide what may happen."""
