"""A release described for machines: RO-Crate, Croissant, Zenodo, SPDX, citation file, sums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from dualuse.release.facts import HOME, KEYWORDS, LICENCE, LICENCE_URL, NAME, Facts
from dualuse.release.files import File
from dualuse.release.sheet import Column, Sheet
from dualuse.release.tabular import path_of

_CROISSANT = "http://mlcommons.org/croissant/"
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": _CROISSANT,
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
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
"""The context that Croissant 1.0 asks every description to carry."""


def to_json(told: object) -> bytes:
    """JSON for people and machines: two spaces, letters as they are."""
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def to_crate(facts: Facts, files: Sequence[File]) -> bytes:
    """``ro-crate-metadata.json``, RO-Crate 1.1."""
    author = {"@id": f"{HOME}#maintainers", "@type": "Organization", "name": facts.creator}
    licence = {
        "@id": LICENCE_URL,
        "@type": "CreativeWork",
        "name": "Creative Commons Attribution 4.0 International",
        "description": "Share and adapt, with credit.",
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": facts.title,
        "description": facts.description,
        "datePublished": facts.known_on.isoformat(),
        "version": facts.version,
        "identifier": facts.name,
        "url": HOME,
        "keywords": ", ".join(KEYWORDS),
        "license": {"@id": LICENCE_URL},
        "author": {"@id": author["@id"]},
        "publisher": {"@id": author["@id"]},
        "creditText": facts.citation,
        "hasPart": [{"@id": file.path} for file in files],
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    parts = [
        {
            "@id": file.path,
            "@type": "File",
            "name": file.path,
            "description": file.says,
            "encodingFormat": file.media,
            "contentSize": str(file.size),
            "sha256": file.sha256,
        }
        for file in files
    ]
    context = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
    return to_json({"@context": context, "@graph": [about, root, author, licence, *parts]})


def to_croissant(facts: Facts, sheets: Sequence[Sheet], files: Sequence[File]) -> bytes:
    """``croissant.json``, Croissant 1.0: the tables with their columns and keys.

    What refers to what is told by the data package alone: readers of Croissant refuse tables that refer to one another
    in a ring, as organisations do to their parents.
    """
    known = {file.path: file for file in files}
    told = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{_CROISSANT}1.0",
        "name": NAME,
        "description": f"{facts.title}. {facts.description}",
        "citeAs": facts.citation,
        "creator": {"@type": "sc:Organization", "name": facts.creator, "url": HOME},
        "datePublished": facts.known_on.isoformat(),
        "license": LICENCE_URL,
        "keywords": list(KEYWORDS),
        "url": HOME,
        "version": facts.version,
        "distribution": [_distributed(sheet, known[f"tables/{path_of(sheet)}"]) for sheet in sheets],
        "recordSet": [_record_set(sheet) for sheet in sheets],
    }
    return to_json(told)


def _file_id(sheet: Sheet) -> str:
    return f"{sheet.name}.csv"


def _distributed(sheet: Sheet, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": _file_id(sheet),
        "name": _file_id(sheet),
        "description": sheet.meaning,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _record_set(sheet: Sheet) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": sheet.name,
        "name": sheet.name,
        "description": sheet.meaning,
        "key": [{"@id": f"{sheet.name}/{name}"} for name in sheet.key],
        "field": [_field(sheet, column) for column in sheet.columns],
    }


def _field(sheet: Sheet, column: Column) -> dict[str, Any]:
    types = {"number": "sc:Float", "integer": "sc:Integer", "address": "sc:URL"}
    return {
        "@type": "cr:Field",
        "@id": f"{sheet.name}/{column.name}",
        "name": column.name,
        "description": column.meaning,
        "dataType": types.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": _file_id(sheet)}, "extract": {"column": column.name}},
    }


def to_zenodo(facts: Facts) -> bytes:
    """``.zenodo.json``: what a deposit at Zenodo is filled in with."""
    return to_json(
        {
            "title": facts.title,
            "upload_type": "dataset",
            "description": f"<p>{facts.description}</p>",
            "creators": [{"name": facts.creator}],
            "version": facts.version,
            "publication_date": facts.known_on.isoformat(),
            "access_right": "open",
            "license": LICENCE.lower(),
            "keywords": list(KEYWORDS),
            "related_identifiers": [
                {"identifier": HOME, "relation": "isAlternateIdentifier", "resource_type": "dataset", "scheme": "url"}
            ],
            "notes": f"sha256 of the graph: {facts.sha256}. The record ends on {facts.known_on.isoformat()}.",
        }
    )


def to_citation(facts: Facts) -> bytes:
    """``CITATION.cff``, Citation File Format 1.2."""
    told = {
        "cff-version": "1.2.0",
        "message": "Please cite the dataset by its version and digest.",
        "type": "dataset",
        "title": facts.title,
        "abstract": facts.description,
        "authors": [{"name": facts.creator}],
        "version": facts.version,
        "date-released": facts.known_on.isoformat(),
        "license": LICENCE,
        "url": HOME,
        "keywords": list(KEYWORDS),
        "identifiers": [{"type": "other", "value": facts.name, "description": "Version and digest of the graph."}],
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120).encode("utf-8")


def to_spdx(facts: Facts, files: Sequence[File]) -> bytes:
    """``dualuse.spdx.json``, SPDX 2.3: every file with its licence and digests."""
    code = hashlib.sha1("".join(sorted(file.sha1 for file in files)).encode(), usedforsecurity=False).hexdigest()
    of = [(file, f"SPDXRef-File-{number}") for number, file in enumerate(files, 1)]
    package = {
        "SPDXID": "SPDXRef-Package",
        "name": NAME,
        "versionInfo": facts.version,
        "supplier": f"Organization: {facts.creator}",
        "downloadLocation": HOME,
        "filesAnalyzed": True,
        "packageVerificationCode": {"packageVerificationCodeValue": code},
        "licenseConcluded": LICENCE,
        "licenseDeclared": LICENCE,
        "licenseInfoFromFiles": [LICENCE],
        "copyrightText": facts.creator,
        "primaryPackagePurpose": "FILE",
        "hasFiles": [key for _, key in of],
    }
    told = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": facts.name,
        "documentNamespace": f"{HOME}/release/{facts.name}",
        "creationInfo": {
            "created": f"{facts.known_on.isoformat()}T00:00:00Z",
            "creators": [f"Organization: {facts.creator}", f"Tool: {NAME}"],
        },
        "packages": [package],
        "files": [_filed(file, key) for file, key in of],
        "documentDescribes": ["SPDXRef-Package"],
    }
    return to_json(told)


def _filed(file: File, key: str) -> Mapping[str, Any]:
    return {
        "SPDXID": key,
        "fileName": f"./{file.path}",
        "checksums": [
            {"algorithm": "SHA1", "checksumValue": file.sha1},
            {"algorithm": "SHA256", "checksumValue": file.sha256},
        ],
        "licenseConcluded": LICENCE,
        "licenseInfoInFiles": [LICENCE],
        "copyrightText": "NOASSERTION",
    }


def to_sums(files: Sequence[File]) -> bytes:
    """``SHA256SUMS``, as ``sha256sum --check`` reads it."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files).encode("utf-8")
