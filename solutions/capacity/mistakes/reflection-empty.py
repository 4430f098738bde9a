"""The reflection is still to be written.

Write at least 100 words, in any language, on what over- and underfitting looked like in your runs.
"""

LOSES = ("check_reflection_length",)


reflection = ""
