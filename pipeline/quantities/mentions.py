"""Quantities of the running text as mentions."""

from __future__ import annotations

from pipeline.model import Document, Mention, Span
from pipeline.quantities.finder import find_quantities


def find_quantity_mentions(document: Document) -> tuple[Mention, ...]:
    """Return doses, schedules, durations, ages, effects, p-values and sample sizes, sentence by sentence."""
    mentions = []
    defined = {item.short: item.long for item in document.abbreviations}
    for sentence in document.sentences:
        text = document.clean.text[sentence.clean.start : sentence.clean.end]
        for match in find_quantities(text, offset=sentence.clean.start):
            long = defined.get(document.clean.text[match.start : match.end])
            if long is not None and not any(other.label == match.label for other in find_quantities(long)):
                continue  # "NS" of a text that writes it for "nephrotic syndrome"
            spans = document.clean.to_source(match.start, match.end)
            if len(spans) == 1:
                mentions.append(
                    Mention(
                        label=match.label,
                        span=spans[0],
                        text=document.quote(spans[0]),
                        clean=Span(match.start, match.end),
                        quantity=match.quantity,
                    )
                )
    return tuple(mentions)
