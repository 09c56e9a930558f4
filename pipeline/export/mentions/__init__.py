"""Mentions in the formats of other tools, out and back: brat, PubTator and BioC."""

from pipeline.export.mentions.annotations import AnnotatedText, Annotation, BadAnnotation, annotate_text
from pipeline.export.mentions.bioc import read_bioc, write_bioc
from pipeline.export.mentions.brat import read_brat, write_brat
from pipeline.export.mentions.pubtator import read_pubtator, write_pubtator

MENTION_FORMATS = ("brat", "pubtator", "bioc")

__all__ = [
    "MENTION_FORMATS",
    "AnnotatedText",
    "Annotation",
    "BadAnnotation",
    "annotate_text",
    "read_bioc",
    "read_brat",
    "read_pubtator",
    "write_bioc",
    "write_brat",
    "write_pubtator",
]
