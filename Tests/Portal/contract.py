"""The contract as data: its operations, and whether an answer is one that it documents."""
import json
import os
import re

import jsonschema_rs
import yaml

METHODS = ("get", "put", "post", "patch", "delete")
# The parts that the judges of the whole hold the programs to. Whoever lands D and E writes "ABCDE".
INTERFACES = "ABCDE"


def load():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "openapi.yaml")) as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def as_json_schema(node):
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: as_json_schema(value) for key, value in node.items() if key not in ("nullable", "example", "discriminator")}
    if node.get("nullable") is True and "type" in schema:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
    return schema


class Operation:
    def __init__(self, contract, method, path, told):
        self.contract, self.method, self.path, self.told = contract, method.upper(), path, told
        self.id, self.tag = told["operationId"], told["tags"][0]
        self.pattern = re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$")
        self.open = told.get("security") == []

    def response(self, status):
        found = self.told["responses"].get(str(status))
        return self.contract.resolved(found) if found else None

    def schema(self, status):
        content = (self.response(status) or {}).get("content", {})
        return content.get("application/json", {}).get("schema")

    def examples(self, status):
        content = (self.response(status) or {}).get("content", {}).get("application/json", {})
        return [content["example"]] if "example" in content else [entry["value"] for entry in content.get("examples", {}).values()]


class Contract:
    def __init__(self, judged=INTERFACES):
        self.document, self.judged = load(), judged
        self.operations = [Operation(self, method, path, told) for path, item in self.document["paths"].items()
                           for method, told in item.items() if method in METHODS]
        self.schemas = as_json_schema(self.document["components"]["schemas"])
        self.validators = {}

    def tagged(self, *tags):
        return [operation for operation in self.operations if operation.tag in tags]

    def resolved(self, node):
        while "$ref" in node:
            found = self.document
            for key in node["$ref"].removeprefix("#/").split("/"):
                found = found[key]
            node = found
        return node

    def operation(self, method, path):
        """The operation that a request means; where two fit, the one with more literal segments."""
        path = path.split("?")[0]
        fitting = [operation for operation in self.operations if operation.method == method and operation.pattern.match(path)]
        literal = lambda operation: [not segment.startswith("{") for segment in operation.path.split("/")]
        return max(fitting, key=literal, default=None)

    def validator(self, schema):
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            whole = {**as_json_schema(schema), "components": {"schemas": self.schemas}}
            self.validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return self.validators[key]

    def faults(self, answer):
        """What in an answer the contract does not document; nothing for requests that it knows nothing of."""
        method, path = answer.asked.split(" ", 1)
        operation = self.operation(method, path)
        if operation is None or operation.tag not in self.judged and operation.id != "loginUser":
            return []
        response = operation.response(answer.status)
        if response is None:
            return [f"status {answer.status} is not documented: {answer.text[:200]}"]
        if "content" not in response:
            return [f"a body where none is documented: {answer.text[:200]}"] if answer.body else []
        if answer.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return [f"content type {answer.headers.get('content-type')!r}"]
        return [f"{'/'.join(map(str, fault.instance_path))}: {fault.message}"
                for fault in self.validator(operation.schema(answer.status)).iter_errors(answer.json)]
