"""Official papers with one table: what a department signs, as a Word document, a PDF or a workbook."""

from nastavnik.documents.official.paper import Heading, Line, OfficialPaper, PaperColumn, Stamp
from nastavnik.documents.official.responses import FORMATS, paper_response

__all__ = ["FORMATS", "Heading", "Line", "OfficialPaper", "PaperColumn", "Stamp", "paper_response"]
