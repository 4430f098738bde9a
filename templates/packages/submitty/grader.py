"""Pass on what the grader has left in the folder of the test case; it has run in a container by now."""

import json
from pathlib import Path


def main():
    """Write the result, or that there is none."""
    told = json.loads(Path("custom_validator_input.json").read_text(encoding="utf-8"))
    try:
        left = Path(told["testcase_prefix"], "validation_results.json")
        result = json.loads(left.read_text(encoding="utf-8"))
        if not isinstance(result, dict) or not isinstance(result.get("status"), str):
            raise ValueError("it is no result")
    except (OSError, ValueError) as error:
        result = {"status": "fail", "message": f"the grader has left no result: {error}"}
    Path("validation_results.json").write_text(json.dumps(result), encoding="utf-8")


main()
