"""The API description as a page: plain HTML from the OpenAPI document, no script at all."""

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Environment

_METHODS: Final = ("get", "post", "patch", "put", "delete")

_PAGE: Final = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ info.title }} API</title>
<style nonce="{{ nonce }}">
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 2rem 1rem; }
h2 { margin: 2.5rem 0 .5rem; text-transform: capitalize; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; min-height: 24px; overflow-wrap: anywhere; }
.method { display: inline-block; font-weight: 700; min-width: 4.5rem; text-transform: uppercase; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: start; vertical-align: top; }
code { font-family: ui-monospace, monospace; font-size: .95em; }
.scroll { overflow-x: auto; }
</style>
</head>
<body>
<h1>{{ info.title }} API, version {{ info.version }}</h1>
<p>{{ info.description }}</p>
<p>The machine-readable description is at <a href="/openapi.json">/openapi.json</a>.</p>
{% for tag, operations in groups %}
<h2>{{ tag }}</h2>
{% for op in operations %}
<details>
<summary><span class="method">{{ op.method }}</span> <code>{{ op.path }}</code> {{ op.summary }}</summary>
<p>{{ op.description }}</p>
{% if op.parameters %}
<div class="scroll"><table>
<tr><th>Parameter</th><th>In</th><th>Type</th><th>Required</th></tr>
{% for p in op.parameters %}
<tr>
<td><code>{{ p.name }}</code></td><td>{{ p.where }}</td><td>{{ p.type }}</td>
<td>{{ "yes" if p.required else "" }}</td>
</tr>
{% endfor %}
</table></div>
{% endif %}
{% if op.fields %}
<div class="scroll"><table>
<tr><th>Field of the body</th><th>Type</th><th>Required</th></tr>
{% for f in op.fields %}
<tr><td><code>{{ f.name }}</code></td><td>{{ f.type }}</td><td>{{ "yes" if f.required else "" }}</td></tr>
{% endfor %}
</table></div>
{% endif %}
</details>
{% endfor %}
{% endfor %}
</body>
</html>
""")


def render(document: Mapping[str, Any], *, nonce: str) -> str:
    """The page for an OpenAPI 3.1 document; `nonce` is the one in its Content-Security-Policy."""
    schemas = document.get("components", {}).get("schemas", {})
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = _operation(path, method, item[method], schemas)
                groups.setdefault(operation["tag"], []).append(operation)
    return _PAGE.render(info=document["info"], groups=groups.items(), nonce=nonce)


def _operation(
    path: str, method: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]
) -> dict[str, Any]:
    body = (
        operation.get("requestBody", {})
        .get("content", {})
        .get("application/json", {})
        .get("schema", {})
    )
    return {
        "path": path,
        "method": method,
        "tag": (operation.get("tags") or ["other"])[0],
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": [
            {
                "name": found["name"],
                "where": found["in"],
                "type": _type(found.get("schema", {})),
                "required": found.get("required", False),
            }
            for found in operation.get("parameters", [])
        ],
        "fields": _fields(body, schemas),
    }


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = schemas.get(_name(schema), schema)
    required = set(found.get("required", []))
    return [
        {"name": name, "type": _type(field), "required": name in required}
        for name, field in found.get("properties", {}).items()
    ]


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("const", schema.get("type", "any")))


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
