#!/usr/bin/env python3
"""Validates declaration files against the JSON Schema on stdin: surety schema | .ci/schema-check.py FILE…

Scalars are read as text, as the product does. Exit 1 when a file does not fit, with every place."""

import json
import sys

import jsonschema
import yaml


def main() -> int:
    schema = json.load(sys.stdin)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            document = yaml.load(file, Loader=yaml.BaseLoader)
        for error in sorted(validator.iter_errors(document or {}), key=lambda error: list(map(str, error.path))):
            place = ".".join(map(str, error.absolute_path)) or "(top)"
            print(f"{path}: {place}: {error.message}", file=sys.stderr)
            wrong += 1
    return 1 if wrong else 0


sys.exit(main())
