"""BioMed Central's own article XML (root ``art``), rewritten with the element names of JATS."""

from __future__ import annotations

from typing import Final

from lxml import etree

from pipeline.ingest.markup_math import local_name

_NAMES: Final = {
    "fm": "front", "bdy": "body", "bm": "back", "it": "italic", "b": "bold", "st": "title", "fig": "fig",
    "abs": "abstract", "table": "table-wrap", "tbl": "table-wrap", "suppl": "supplementary-material",
    "refgrp": "ref-list", "tblfn": "table-wrap-foot", "tblbdy": "table", "r": "tr", "c": "td", "kwdg": "kwd-group",
}  # fmt: skip
_LINKS: Final = {"abbr": "bibr", "figr": "fig", "tblr": "table", "supplr": "supplementary-material", "secr": "sec"}
_LINK_TARGETS: Final = ("bid", "fid", "tid", "sid", "rid")


def convert_bmc(root: etree._Element) -> etree._Element:
    """Return the article as a JATS tree; the given tree is changed."""
    for element in list(root.iter()):
        name = local_name(element)
        if name in _LINKS:
            target = next((element.get(key, "") for key in _LINK_TARGETS if element.get(key)), "")
            element.tag = "xref"
            element.set("ref-type", _LINKS[name])
            element.set("rid", target)
        elif (
            name == "bibl"
            and element.getparent() is not None
            and local_name(element.getparent()) in {"refgrp", "ref-list"}
        ):
            _convert_reference(element)
        elif name in {"fig", "table", "tbl", "suppl"} and element.find("title") is not None:
            _convert_float(element)
            element.tag = _NAMES.get(name, name)
        elif name in _NAMES:
            element.tag = _NAMES[name]
            if element.get("cspan"):
                element.set("colspan", element.get("cspan"))
            if element.get("rspan"):
                element.set("rowspan", element.get("rspan"))
    for title in list(root.iter("title")):
        _unwrap_paragraph(title)
    article = etree.Element("article")
    front = root.find("front")
    if front is not None:
        article.append(_convert_front(front, root))
    for name in ("body", "back"):
        part = root.find(name)
        if part is not None:
            article.append(part)
    return article


def _convert_front(front: etree._Element, root: etree._Element) -> etree._Element:
    converted = etree.Element("front")
    meta = etree.SubElement(converted, "article-meta")
    record = front.find("bibl")
    if record is not None:
        for pubid in record.iter("pubid"):
            item = etree.SubElement(meta, "article-id")
            item.set("pub-id-type", _id_type(pubid))
            item.text = pubid.text
        title = record.find("title")
        if title is not None:
            title.tag = "article-title"
            etree.SubElement(meta, "title-group").append(title)
        group = etree.SubElement(meta, "contrib-group")
        for author in record.iterfind("aug/au"):
            contributor = etree.SubElement(group, "contrib")
            contributor.set("contrib-type", "author")
            contributor.append(_convert_name(author))
        journal = etree.SubElement(converted, "journal-meta")
        etree.SubElement(journal, "journal-title").text = record.findtext("source")
        date = etree.SubElement(meta, "pub-date")
        etree.SubElement(date, "year").text = record.findtext("pubdate")
    rights = front.find("cpyrt")
    if rights is not None:
        statement = etree.SubElement(etree.SubElement(meta, "permissions"), "license")
        statement.text = " ".join("".join(rights.itertext()).split())
    for name in ("abstract", "kwd-group"):
        for part in front.findall(name):
            meta.append(part)
    return converted


def _convert_reference(element: etree._Element) -> None:
    element.tag = "ref"
    citation = etree.Element("element-citation")
    for child in list(element):
        name = local_name(child)
        if name == "aug":
            group = etree.SubElement(citation, "person-group")
            group.set("person-group-type", "author")
            for author in child.findall("au"):
                group.append(_convert_name(author))
        elif name == "xrefbib":
            for pubid in child.iter("pubid"):
                item = etree.SubElement(citation, "pub-id")
                item.set("pub-id-type", _id_type(pubid))
                item.text = pubid.text
        elif name == "title":
            child.tag = "article-title"
            _unwrap_paragraph(child)
            citation.append(child)
        elif name == "pubdate":
            child.tag = "year"
            citation.append(child)
        else:
            citation.append(child)
        if child.getparent() is element:
            element.remove(child)
    element.append(citation)


def _convert_name(author: etree._Element) -> etree._Element:
    surname, given = author.findtext("snm"), author.findtext("fnm")
    if not surname:
        collab = etree.Element("collab")
        collab.text = author.findtext("cnm")
        return collab
    name = etree.Element("name")
    etree.SubElement(name, "surname").text = surname
    etree.SubElement(name, "given-names").text = " ".join(part for part in (given, author.findtext("mi")) if part)
    return name


def _convert_float(element: etree._Element) -> None:
    title = element.find("title")
    label = etree.Element("label")
    label.text = " ".join("".join(title.itertext()).split())
    element.replace(title, label)
    text = element.find("text")
    caption = element.find("caption")
    if caption is None:
        caption = etree.SubElement(element, "caption")
    if text is not None:
        caption.extend(list(text))
        element.remove(text)


def _unwrap_paragraph(title: etree._Element) -> None:
    if len(title) == 1 and local_name(title[0]) == "p" and not (title.text or "").strip():
        title[0].tag = "styled-content"


def _id_type(pubid: etree._Element) -> str:
    kind: str = pubid.get("idtype", "")
    return {"pmpid": "pmid", "pmcid": "pmcid"}.get(kind, kind)
