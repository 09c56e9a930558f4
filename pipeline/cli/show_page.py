"""``litclaims show PAPER.pdf --page 3``: a drawing of the page as it was read."""

from __future__ import annotations

from pathlib import Path


def write_page(paper: str, page: int) -> None:
    """Draw a page of a PDF into ``outputs/NAME-page-N.svg`` and print the file's path.

    Raises:
        SettingsError: there is no such file, it is no PDF, or it has no such page.
        DocumentError: the file cannot be read.
    """
    from pipeline.errors import SettingsError
    from pipeline.ingest import read_document
    from pipeline.ingest.page_drawing import draw_page
    from pipeline.settings import Places, Settings

    path = Path(paper)
    if not path.is_file():
        raise SettingsError(f"there is no file {paper!r}: --page wants the PDF itself")
    drawing = draw_page(read_document(path, name=path.name, settings=Settings()), page)
    place = Places().outputs / f"{path.stem}-page-{page}.svg"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(drawing, encoding="utf-8")
    print(place)
