"""Draws docs/claims-page.png: the claims page of a run over the invented papers of corpus/samples, in chromium.

Run ``python docs/draw_page.py`` from the project root; it needs the test extras and Debian's chromium.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parent / "claims-page.png"
SIZE = {"width": 1200, "height": 800}
COLOURS = 128


def photograph(page: Path) -> bytes:
    """Return the page with the claim of a table row open, as PNG."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        tab.goto(f"{page.as_uri()}#drug=acarbose&kind=table")
        tab.locator("#rows .row").nth(1).click()
        tab.mouse.move(1, 1)
        shot = tab.screenshot()
        browser.close()
    return shot


def main() -> None:
    """Run the samples in a folder of their own and draw their page."""
    with tempfile.TemporaryDirectory() as folder:
        places = {"LITCLAIMS_STORE": f"sqlite:///{folder}/store.sqlite", "LITCLAIMS_OUTPUTS": folder}
        command = [sys.executable, "-m", "pipeline.cli", "run", "corpus/samples", "--name", "samples", "--quiet"]
        subprocess.run(command, check=True, env={**os.environ, **places})
        shot = photograph(Path(folder) / "samples" / "claims.html")
    image = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
