"""Turn results into pages and tables; reads `grader.results` and `grader.errors` and nothing else of ours."""
