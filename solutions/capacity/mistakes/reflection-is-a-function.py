"""The reflection is a function, where a text is asked for.

Write a text at the top level of the file: reflection = '...', with three quotes at each end if it has several lines.
"""

LOSES = ("check_reflection_length",)


def reflection():
    print("The small network underfits, as its loss stays high, and the large one overfits.")
