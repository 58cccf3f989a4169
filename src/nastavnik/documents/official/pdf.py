"""The paper as a PDF. The layout is a fixed typst file; the words reach it only as JSON, so nothing a person typed is ever
read as markup. The fonts are those inside the library: the paper looks the same on every machine."""

import json
from io import BytesIO
from pathlib import Path

from nastavnik.documents.official.paper import OfficialPaper

LAYOUT = Path(__file__).with_name("paper.typ")


def write_pdf(paper: OfficialPaper) -> BytesIO:
    """The document (PDF/A-2b, which archives accept), at its beginning."""
    import typst  # noqa: PLC0415 -- a heavy library, loaded only when somebody wants a document

    value = json.dumps(paper.to_json(), ensure_ascii=False)
    made = typst.compile(
        LAYOUT.read_bytes(), sys_inputs={"paper": value}, ignore_system_fonts=True, pdf_standards=["a-2b"], format="pdf"
    )
    return BytesIO(made)
