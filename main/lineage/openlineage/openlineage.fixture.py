"""Writes openlineage.fixture.json: the JSON Schema of OpenLineage's RunEvent and of its facets, read off the classes of
openlineage-python 1.54.0 (Apache-2.0), which are made of the specification 2-0-2. `pip install openlineage-python==1.54.0`.
"""
import importlib
import json
import pkgutil
import typing
from enum import Enum
from pathlib import Path

import attr
from openlineage.client import generated
from openlineage.client.generated import base

modules = [importlib.import_module(f"openlineage.client.generated.{m.name}") for m in pkgutil.iter_modules(generated.__path__)]
formats = {"eventTime": "date-time", "producer": "uri", "schemaURL": "uri", "_producer": "uri", "_schemaURL": "uri", "runId": "uuid"}
always = {"producer", "schemaURL", "_producer", "_schemaURL"}


def schema_of(kind):
    if kind is typing.Any:
        return {}
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union or str(origin) == "<class 'types.UnionType'>":
        kinds = [schema_of(a) for a in args if a is not type(None)]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is typing.Literal:
        return {"type": "string", "enum": list(args)}
    if origin is list:
        return {"type": "array", "items": schema_of(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [e.value for e in kind]}
    if attr.has(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"}}[kind]


def describe(cls, module):
    hints = typing.get_type_hints(cls, {**vars(typing), **vars(base), **vars(module)})
    properties, required = {}, []
    for field in attr.fields(cls):
        name = field.name
        properties[name] = {**schema_of(hints[name]), **({"format": formats[name]} if name in formats else {})}
        if name in always or field.default is attr.NOTHING:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required}


classes = {}
for module in [base, *modules]:
    for name, cls in vars(module).items():
        if attr.has(cls) and cls.__module__ == module.__name__:
            classes[name] = describe(cls, module)
wanted = """RunEvent SchemaDatasetFacet DatasourceDatasetFacet DatasetVersionDatasetFacet DatasetTypeDatasetFacet InputStatisticsInputDatasetFacet
OutputStatisticsOutputDatasetFacet JobTypeJobFacet SourceCodeJobFacet ProcessingEngineRunFacet ExecutionParametersRunFacet ErrorMessageRunFacet
TestRunFacet""".split()
for name in wanted:  # grows while it is walked: what a class refers to
    refs = json.dumps(classes[name]).split("#/$defs/")[1:]
    wanted += [ref for ref in dict.fromkeys(r.split('"')[0] for r in refs) if ref not in wanted]
facets = {name: classes[name] for name in sorted(wanted)}
out = Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/$defs/RunEvent", "$defs": facets}, indent=1) + "\n")
print(len(facets), "definitions")
