"""`croissant.json`: the release as Croissant 1.1.

Specification: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html.  Every shard is
a `FileObject` with size and SHA-256, every table a `FileSet` and a `RecordSet` whose fields are
the columns of the newest contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpusmill.publish.layout import LICENSE
from corpusmill.publish.manifest import canonical_json

if TYPE_CHECKING:
    from corpusmill.contract import Contract, Field
    from corpusmill.contract.field_types import FieldType
    from corpusmill.publish.descriptors.subject import ReleaseSubject

PARQUET: Final = "application/vnd.apache.parquet"
"""https://www.iana.org/assignments/media-types/application/vnd.apache.parquet"""

_READ_AS: Final = "application/x-parquet"
"""The older name; mlcroissant 1.1 reads Parquet under this one only."""

CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification prescribes (appendix "JSON-LD context")."""

_TYPES: Final = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "int32": "cr:Int32",
    "int64": "cr:Int64",
    "float32": "cr:Float32",
    "float64": "cr:Float64",
    "date32": "sc:Date",
    "timestamp[us, UTC]": "sc:DateTime",
}


def croissant_json(subject: ReleaseSubject) -> bytes:
    """Return the bytes of `croissant.json`.

    Args:
        subject: The release.
    """
    languages = [code for code in subject.counts.languages if code != "unknown"]
    return canonical_json(
        {
            "@context": CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": subject.name,
            "description": f"{subject.title}. {_what(subject)}",
            "version": subject.version,
            "datePublished": subject.released_on,
            "creator": [{"@type": "sc:Organization", "name": name} for name in subject.makers],
            "license": {"@type": "sc:CreativeWork", "name": "See LICENSE", "url": LICENSE},
            "citeAs": _bibtex(subject),
            "isLiveDataset": False,
            "inLanguage": languages,
            "keywords": ["text corpus", "web pages", *languages],
            "distribution": [*_file_objects(subject), *map(_file_set, subject.contracts)],
            "recordSet": [_record_set(contract) for contract in subject.contracts],
        }
    )


def _what(subject: ReleaseSubject) -> str:
    counts = subject.counts
    return (
        f"{counts.documents} documents refined from {counts.pages} web pages of "
        f"{counts.site_count} sites by corpusmill {subject.engine_version}; every removed segment "
        f"is listed with the reason."
    )


def _bibtex(subject: ReleaseSubject) -> str:
    authors = " and ".join(f"{{{name}}}" for name in subject.makers)
    year, month, _ = subject.released_on.split("-")
    return (
        f"@misc{{{subject.slug}, title={{{subject.name}}}, author={{{authors}}}, "
        f"version={{{subject.version}}}, year={{{year}}}, month={{{int(month)}}}}}"
    )


def _file_objects(subject: ReleaseSubject) -> list[dict[str, Any]]:
    return [
        {
            "@type": "cr:FileObject",
            "@id": shard.path,
            "name": shard.path,
            "description": f"{shard.rows} rows of {shard.table}, intake {shard.intake}",
            "contentUrl": shard.path,
            "contentSize": f"{shard.bytes} B",
            "encodingFormat": PARQUET,
            "sha256": shard.sha256,
        }
        for shard in subject.shards
    ]


def _file_set(contract: Contract) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{contract.name}-files",
        "name": f"{contract.name}-files",
        "description": f"All shards of {contract.name}",
        "encodingFormat": _READ_AS,
        "includes": f"data/{contract.name}/*.parquet",
    }


def _record_set(contract: Contract) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": contract.name,
        "name": contract.name,
        "description": contract.description,
        "key": [{"@id": f"{contract.name}/{column}"} for column in contract.key],
        "field": [_field(contract.name, field) for field in contract.fields],
    }


def _field(table: str, field: Field) -> dict[str, Any]:
    identity = f"{table}/{field.name}"
    unit = f" (unit: {field.unit})" if field.unit else ""
    source = {"fileSet": {"@id": f"{table}-files"}, "extract": {"column": field.name}}
    described = {
        "@type": "cr:Field",
        "@id": identity,
        "name": field.name,
        "description": f"{field.description}{unit}",
        "source": source,
    }
    return described | _typed(identity, field.type, source)


def _typed(identity: str, kind: FieldType, source: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that say what a field holds; lists are arrays of one dimension."""
    if kind.name == "list":
        element = _typed(identity, kind.members[0].type, source)
        return {**element, "isArray": True, "arrayShape": "-1"}
    if kind.name == "struct":
        return {
            "subField": [
                {
                    "@type": "cr:Field",
                    "@id": f"{identity}/{member.name}",
                    "name": member.name,
                    "source": {**source, "transform": {"jsonPath": f"$[*].{member.name}"}},
                    **_typed(f"{identity}/{member.name}", member.type, source),
                }
                for member in kind.members
            ]
        }
    return {"dataType": _TYPES[kind.name]}
