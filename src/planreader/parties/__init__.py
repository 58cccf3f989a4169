"""Who is responsible: the wording of «Ответственные» as roles, places and names."""

from planreader.parties.reading import find_aliases, read_parties
from planreader.parties.scanning import party_prefix, scan_parties

__all__ = ["find_aliases", "party_prefix", "read_parties", "scan_parties"]
