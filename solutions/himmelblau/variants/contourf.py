import torch
import matplotlib.pyplot as plt


def himmelblau(u, v):
    a = torch.add(u**2, v) - 11.0
    b = torch.add(v**2, u) - 7.0
    return a * a + b * b


def gradient(u, v):
    with torch.no_grad():
        A = u * u + v - 11.0
        B = v * v + u - 7.0
        grad_u = torch.zeros_like(u)
        grad_u += 4.0 * u * A
        grad_u += 2.0 * B
        grad_v = 2.0 * A + 4.0 * v * B
    return [grad_u, grad_v]


def optimize(make_optimizer, u0, v0, num_steps=100):
    torch.manual_seed(0)
    u = torch.tensor(u0, dtype=torch.float32).requires_grad_()
    v = torch.tensor(v0, dtype=torch.float32).requires_grad_()
    opt = make_optimizer(params=[u, v]) if False else make_optimizer([u, v])

    us, vs = [], []

    def record():
        us.append(u.clone())
        vs.append(v.clone())

    record()
    step = 0
    while step < num_steps:

        def closure():
            opt.zero_grad(set_to_none=False)
            f = himmelblau(u, v)
            f.backward()
            return f

        opt.step(closure)
        record()
        step += 1
    return torch.stack([torch.stack(us), torch.stack(vs)], dim=1)


def plot_trajectories(trajectories):
    n = 121
    ticks = torch.linspace(-6.5, 6.5, n)
    z = himmelblau(ticks.view(1, n), ticks.view(n, 1))
    fig, (ax, ax2) = plt.subplots(ncols=2)
    half = 6.5 / (n - 1)
    ax.imshow(torch.log10(z + 1e-3), extent=(-6.5 - half, 6.5 + half, -6.5 - half, 6.5 + half), origin="lower")
    cf = ax2.contourf(ticks, ticks, z.log1p(), levels=30)
    ax2.pcolormesh(ticks, ticks, z.log1p(), alpha=0.2)
    fig.colorbar(cf, ax=ax2)
    for name, t in trajectories.items():
        xy = t.tolist()
        for axis in (ax, ax2):
            axis.plot([p[0] for p in xy], [p[1] for p in xy], "-x")
    fig.legend(labels=list(trajectories), loc="lower center")
    return fig
