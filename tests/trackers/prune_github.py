"""Prunes GitHub's description of its REST API (MIT) to what is asked of it here.

    npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
    python tests/trackers/prune_github.py package > tests/trackers/github.json

What is kept is theirs, word for word; only what explains it to people is left out.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ISSUES = "/repos/{owner}/{repo}/issues"
ASKED = {
    "/repos/{owner}/{repo}": ["get"],
    ISSUES: ["get", "post"],
    f"{ISSUES}/{{issue_number}}": ["get", "patch"],
    f"{ISSUES}/{{issue_number}}/comments": ["get", "post"],
    f"{ISSUES}/{{issue_number}}/events": ["get"],
    "/repos/{owner}/{repo}/milestones": ["get"],
    "/repos/{owner}/{repo}/assignees/{assignee}": ["get"],
    "/repos/{owner}/{repo}/installation": ["get"],
    "/app/installations/{installation_id}/access_tokens": ["post"],
    "/app": ["get"],
    "/user": ["get"],
    "/users/{username}": ["get"],
    "/search/users": ["get"],
}
EXPLAINS = {"summary", "example", "examples", "externalDocs", "tags"}
Json = Any


def pruned(described: Json) -> Json:
    """The operations that are asked for, and the components that these refer to."""
    paths: Json = {
        path: {method: described["paths"][path][method] for method in methods}
        for path, methods in ASKED.items()
    }
    kept: Json = {}
    waiting = [*references(paths)]
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if kind != "examples" and name not in kept.setdefault(kind, {}):
            kept[kind][name] = described["components"][kind][name]
            waiting += references(kept[kind][name])
    told = {"openapi": described["openapi"], "info": described["info"]}
    components = {kind: bare(those, named=True) for kind, those in kept.items()}
    return bare(told) | {
        "servers": described["servers"],
        "paths": bare(paths, named=True),
        "components": components,
    }


def references(part: Json) -> Iterator[str]:
    """What it refers to."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)


def bare(part: Json, *, named: bool = False) -> Json:
    """The same without what explains it; the keys of what is `named` are somebody's names."""
    if isinstance(part, list):
        return [bare(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: bare(_silenced(key, value), named=key == "properties" and not named)
        for key, value in part.items()
        if named or not (key in EXPLAINS or key.startswith("x-"))
    }


def _silenced(key: str, value: Json) -> Json:
    """A response needs a description, if only an empty one."""
    return "" if key == "description" and isinstance(value, str) else value


if __name__ == "__main__":
    source = Path(sys.argv[1]) / "generated" / "api.github.com.json"
    sys.stdout.write(json.dumps(pruned(json.loads(source.read_text())), separators=(",", ":")))
    sys.stdout.write("\n")
