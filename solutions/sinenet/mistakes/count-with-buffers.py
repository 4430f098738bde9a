"""count_parameters counts what is in state_dict(), where buffers are, too: nobody trains those.

Go over model.parameters(), which holds what is trained and nothing else.
"""

LOSES = ("check_count_parameters_of_any_model",)


def count_parameters(model):
    return sum(value.numel() for value in model.state_dict().values())
