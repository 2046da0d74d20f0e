"""The OpenAPI document of the API, made from its routes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from variorum.serve.ask import TOKEN, Route

__all__ = ["document"]

_PART = re.compile(r"{(\w+)(?::path)?}")
ERRORS = {
    "400": "what was sent does not fit", "401": "log in first", "403": "not for this role, or without a token",
    "404": "there is no such row", "413": "larger than is read", "503": "the edition is being made",
}  # fmt: skip


def document(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """The document, OpenAPI 3.1; the schemas are those that requests are checked by."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {"Error": {"type": "object", "properties": {"error": {"type": "string"}}}}
    for route in routes:
        path = _PART.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Variorum",
            "version": version,
            "description": "Rows, decisions and search of an edition. Changes need the session's cookie and its token.",
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "summary": route.text,
        "operationId": "_".join([route.method.lower(), *re.findall(r"[a-z]+", _PART.sub(r"by_\1", route.path))]),
        "parameters": [*_parameters(route)],
        "responses": _responses(route),
    }
    if route.body is not None:
        schema = route.body.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[route.body.__name__] = schema
        reference = {"$ref": f"#/components/schemas/{route.body.__name__}"}
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference}}}
    return made


def _parameters(route: Route) -> Iterable[dict[str, Any]]:
    for name in _PART.findall(route.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    for name, text in route.query.items():
        yield {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
    if route.method != "GET":
        text = "the token of the session, from GET /api/session"
        yield {"name": TOKEN, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}


def _responses(route: Route) -> dict[str, Any]:
    kind = "application/json" if route.answer == "JSON" else route.answer
    status = {"/api/make": "202"}.get(route.path, "201" if "decisions" in route.path else "200")
    fine = {(status if route.method == "POST" else "200"): {"description": route.text, "content": {kind: {}}}}
    reference = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return fine | {code: {"description": text, "content": reference} for code, text in ERRORS.items()}
