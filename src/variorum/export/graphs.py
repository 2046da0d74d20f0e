"""The stemma as a graph: GEXF (Gephi) and GraphML (yEd, igraph, networkx). Nodes are accounts, and sources outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa

from variorum import __version__
from variorum import records as r
from variorum.citing import clean
from variorum.export.questions import accounts, edition_title, records

__all__ = ["gexf", "graphml"]

Tables = Mapping[str, pa.Table]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OF_NODES = ("label", "siglum", "publisher", "party", "published", "outside")
OF_EDGES = ("kind", "directed", "passages", "characters", "why")


def _graph(tables: Tables) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The nodes by key, and the edges between them; an edge without a direction is said to have none."""
    nodes = {
        key: {
            "label": clean(w.title or key), "siglum": w.siglum, "publisher": w.publisher or "", "party": w.party or "",
            "published": w.published or "", "outside": False,
        }
        for key, w in accounts(tables).items()
    }  # fmt: skip
    edges = []
    for e in records(tables, r.Stemma):
        for key in (e.source, e.target):
            nodes.setdefault(key, {**dict.fromkeys(OF_NODES, ""), "label": clean(key), "outside": True})
        told = {"kind": e.kind, "passages": e.passages, "characters": e.characters, "why": clean(e.why)}
        edges.append({"source": e.source, "target": e.target, "directed": e.directed, **told})
    return nodes, edges


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else clean(value)


def graphml(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The stemma as GraphML."""
    nodes, edges = _graph(tables)
    ids = {key: f"n{n}" for n, key in enumerate(nodes)}
    kinds = {"outside": "boolean", "directed": "boolean", "passages": "int", "characters": "int"}
    keys = [("node", name) for name in OF_NODES] + [("edge", name) for name in OF_EDGES]
    lines = [HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{t[0]}_{n}" for="{t}" attr.name="{n}" attr.type="{kinds.get(n, "string")}"/>' for t, n in keys]
    lines.append('<graph edgedefault="directed">')
    for key, node in nodes.items():
        data = "".join(f'<data key="n_{n}">{escape(_value(node[n]))}</data>' for n in OF_NODES)
        lines.append(f'<node id="{ids[key]}">{data}</node>')
    for n, edge in enumerate(edges):
        data = "".join(f'<data key="e_{name}">{escape(_value(edge[name]))}</data>' for name in OF_EDGES)
        lines.append(f'<edge id="e{n}" source="{ids[edge["source"]]}" target="{ids[edge["target"]]}">{data}</edge>')
    out.write("\n".join([*lines, "</graph></graphml>\n"]).encode("utf-8", "replace"))


def gexf(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The stemma as GEXF 1.2; the weight of an edge is its characters."""
    nodes, edges = _graph(tables)
    ids = {key: f"n{n}" for n, key in enumerate(nodes)}
    kinds = {"outside": "boolean", "directed": "boolean", "passages": "integer", "characters": "integer"}
    lines = [HEAD + '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">']
    title = escape(clean(edition_title(tables, options)))
    lines.append(f"<meta><creator>Variorum {__version__}</creator><description>{title}</description></meta>")
    lines.append('<graph defaultedgetype="directed">')
    for group, names in (("node", OF_NODES[1:]), ("edge", OF_EDGES)):
        told = "".join(f'<attribute id="{n}" title="{n}" type="{kinds.get(n, "string")}"/>' for n in names)
        lines.append(f'<attributes class="{group}">{told}</attributes>')
    lines.append("<nodes>")
    lines += [
        f'<node id="{ids[k]}" label={quoteattr(node["label"])}>{_cells(node, OF_NODES[1:])}</node>'
        for k, node in nodes.items()
    ]
    lines.append("</nodes><edges>")
    for n, edge in enumerate(edges):
        ends = f'source="{ids[edge["source"]]}" target="{ids[edge["target"]]}" weight="{edge["characters"]}"'
        lines.append(f'<edge id="{n}" {ends}>{_cells(edge, OF_EDGES)}</edge>')
    out.write("\n".join([*lines, "</edges></graph></gexf>\n"]).encode("utf-8", "replace"))


def _cells(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    told = "".join(f'<attvalue for="{n}" value={quoteattr(_value(row[n]))}/>' for n in names)
    return f"<attvalues>{told}</attvalues>"
