"""The type language of contracts: `string`, `list<struct<kind: string, count: int32>>`.

Parses a type text into frozen nodes and says what it is in Arrow and whether a JSON value
fits it.  A `?` behind a struct member makes the member nullable; list elements never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALARS: Final = (
    "string",
    "bool",
    "int32",
    "int64",
    "float32",
    "float64",
    "date32",
    "timestamp[us, UTC]",
    "json",
)
"""Names of the types without parts; `json` (any JSON object) is for manifests only."""

_TOKEN: Final = re.compile(r"\s*(timestamp\[us, UTC\]|[A-Za-z_][A-Za-z0-9_]*|[<>:,?])")
_INTEGER_BITS: Final = {"int32": 32, "int64": 64}


@dataclass(frozen=True, slots=True)
class Member:
    """One named part of a struct, or the only part (`element`, `value`) of a list or map."""

    name: str
    type: FieldType
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class FieldType:
    """A parsed type.

    Attributes:
        name: One of `SCALARS`, `list`, `struct` or `map` (keys are strings).
        members: Parts of a list (1), map (1) or struct (1 or more); empty for scalars.
    """

    name: str
    members: tuple[Member, ...] = ()

    def __str__(self) -> str:
        if not self.members:
            return self.name
        if self.name == "struct":
            inside = ", ".join(f"{m.name}: {m.type}{'?' * m.nullable}" for m in self.members)
        else:
            inside = str(self.members[0].type)
        return f"{self.name}<{inside}>"


def parse_type(text: str) -> FieldType:
    """Return the type that a text names.

    >>> str(parse_type("list<struct<kind:string,count:int32?>>"))
    'list<struct<kind: string, count: int32?>>'

    Args:
        text: Type as written in a contract file.

    Raises:
        ValueError: If the text is not a type; the message says what was expected.
    """
    tokens = list(_tokens(text))
    parsed, rest = _parse(tokens, 0)
    if rest != len(tokens):
        raise ValueError(f"unexpected {tokens[rest]!r} behind the type")
    return parsed


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"unexpected {text[at:].strip()[:10]!r} in the type")
        at = match.end()
        yield match[1]


def _parse(tokens: list[str], at: int) -> tuple[FieldType, int]:
    name = tokens[at] if at < len(tokens) else ""
    if name in SCALARS:
        return FieldType(name), at + 1
    if name in ("list", "map"):
        at = _expect(tokens, at + 1, "<")
        inner, at = _parse(tokens, at)
        part = Member("element" if name == "list" else "value", inner)
        return FieldType(name, (part,)), _expect(tokens, at, ">")
    if name == "struct":
        return _parse_struct(tokens, at + 1)
    known = ", ".join((*SCALARS, "list<…>", "map<…>", "struct<…>"))
    raise ValueError(f"unknown type {name!r}, known are {known}")


def _parse_struct(tokens: list[str], at: int) -> tuple[FieldType, int]:
    members: list[Member] = []
    separator = "<"
    while not members or tokens[at : at + 1] == [","]:
        at = _expect(tokens, at, separator)
        name = tokens[at] if at < len(tokens) else ""
        inner, at = _parse(tokens, _expect(tokens, at + 1, ":"))
        nullable = tokens[at : at + 1] == ["?"]
        members.append(Member(name, inner, nullable))
        at, separator = at + nullable, ","
    return FieldType("struct", tuple(members)), _expect(tokens, at, ">")


def _expect(tokens: list[str], at: int, token: str) -> int:
    if tokens[at : at + 1] != [token]:
        found = tokens[at] if at < len(tokens) else "the end"
        raise ValueError(f"expected {token!r} in the type, found {found!r}")
    return at + 1


def arrow_type(field_type: FieldType) -> Any:
    """Return the Arrow type (`pyarrow.DataType`) of a parsed type.

    Nested fields carry the nullability of the contract, and the names that the Parquet
    format prescribes for list elements, so that a file read back has the same schema.

    Raises:
        ValueError: For `json`, which no table holds.
    """
    import pyarrow as pa

    if field_type.name == "json":
        raise ValueError("the type json is for manifests, not for tables")
    if field_type.name == "timestamp[us, UTC]":
        return pa.timestamp("us", tz="UTC")
    parts = [pa.field(m.name, arrow_type(m.type), nullable=m.nullable) for m in field_type.members]
    if field_type.name == "list":
        return pa.list_(parts[0])
    if field_type.name == "map":
        return pa.map_(pa.string(), parts[0])
    if field_type.name == "struct":
        return pa.struct(parts)
    return getattr(pa, "bool_" if field_type.name == "bool" else field_type.name)()


def json_problems(value: object, field_type: FieldType, where: str) -> Iterator[str]:
    """Yield what keeps a JSON value from fitting a type, one sentence a problem.

    Args:
        value: Value as `json.loads` returns it.
        field_type: What it should be; dates and timestamps are ISO 8601 texts in JSON.
        where: Path of the value inside its file, for the messages.
    """
    if field_type.name == "struct" and isinstance(value, dict):
        yield from object_problems(value, field_type.members, f"{where}.")
    elif field_type.name == "map" and isinstance(value, dict):
        for key in sorted(value):
            yield from json_problems(value[key], field_type.members[0].type, f"{where}.{key}")
    elif field_type.name == "list" and isinstance(value, list):
        for index, element in enumerate(value):
            yield from json_problems(element, field_type.members[0].type, f"{where}[{index}]")
    elif not _fits(value, field_type.name):
        yield f"{where} is {_shown(value)}, expected {field_type}"


def object_problems(
    value: dict[str, object], members: tuple[Member, ...], prefix: str = ""
) -> Iterator[str]:
    """Yield what keeps a JSON object from having exactly the given members.

    Args:
        value: The object; members that are nullable may be absent.
        members: What it should hold.
        prefix: Path of the object with a closing full stop, empty at the top.
    """
    for member in members:
        found = value.get(member.name)
        if found is not None:
            yield from json_problems(found, member.type, f"{prefix}{member.name}")
        elif not member.nullable:
            state = "null" if member.name in value else "missing"
            yield f"{prefix}{member.name} is {state}, expected {member.type}"
    for name in sorted(value.keys() - {member.name for member in members}):
        yield f"{prefix}{name} is not in the contract"


def _fits(value: object, name: str) -> bool:
    if name in _INTEGER_BITS:
        limit = 2 ** (_INTEGER_BITS[name] - 1)
        return isinstance(value, int) and not isinstance(value, bool) and -limit <= value < limit
    if name in ("float32", "float64"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if name == "date32":
        return isinstance(value, str) and _is_date(value)
    python = {"bool": bool, "json": dict, "string": str, "timestamp[us, UTC]": str}
    return name in python and isinstance(value, python[name])


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004  fits a terminal line
