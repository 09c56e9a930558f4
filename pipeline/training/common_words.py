"""Lists the common words of biomedical prose: ``python -m pipeline.training.common_words``.

Counts, over the texts of Evidence Inference, TrialSieve, BC5CDR, CRAFT and LINNAEUS, in how many a word of small
letters stands, and writes those of two texts or more, sorted, to ``pipeline/nlp/data/common_words.xz``. What they say
of a word is only that it is not new (``pipeline.nlp.given_names``).
"""

from __future__ import annotations

import argparse
import lzma
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.nlp.given_names import COMMON_WORDS
from pipeline.training.measure_abstracts import read_texts
from pipeline.training.records import DEFAULT_CORPORA

_WORD: Final = re.compile(r"(?<![\w-])[a-z]{3,}(?!\w)")
_LEAST_TEXTS: Final = 2


def count_texts(texts: Iterable[str]) -> Counter[str]:
    """Return in how many of the texts each word stands in small letters."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(_WORD.findall(text)))
    return counts


def pack_words(counts: Counter[str]) -> bytes:
    """Return the words of at least two texts, sorted, one a line, compressed."""
    words = sorted(word for word, texts in counts.items() if texts >= _LEAST_TEXTS)
    return lzma.compress("\n".join(words).encode(), preset=9 | lzma.PRESET_EXTREME)


def read_corpora(corpora: Path) -> Iterator[str]:
    """Yield the texts of the corpora."""
    with tarfile.open(corpora / "evidence_inference" / "txt.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield file.read().decode("utf-8", errors="replace")
    yield from read_texts(corpora)
    for name in ("craft", "linnaeus"):
        for path in sorted((corpora / name).rglob("*.txt")):
            yield path.read_text(encoding="utf-8", errors="replace")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--out", type=Path, default=COMMON_WORDS)
    options = parser.parse_args()
    data = pack_words(count_texts(read_corpora(options.corpora)))
    options.out.write_bytes(data)
    print(f"{options.out}: {len(lzma.decompress(data).splitlines())} words, {len(data)} bytes")


if __name__ == "__main__":
    main()
