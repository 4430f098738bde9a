import torch
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt


def himmelblau(u, v): return (u*u + v - 11)**2 + (u + v*v - 7)**2


def gradient(u, v): return 4*u*(u*u + v - 11) + 2*(u + v*v - 7), 2*(u*u + v - 11) + 2*(u + v*v - 7)


def optimize(make_optimizer, u0, v0, num_steps=100):
    uv = [torch.tensor(s, requires_grad=True) for s in (u0, v0)]
    opt, out = make_optimizer(uv), [(u0, v0)]
    for _ in range(num_steps):
        opt.zero_grad(), himmelblau(*uv).backward(), opt.step()
        out.append(tuple(p.item() for p in uv))
    return torch.tensor(out, dtype=torch.float32)


def plot_trajectories(trajectories):
    f, ax = plt.subplots()
    s = torch.arange(-6, 6.01, 0.05)
    ax.imshow((1 + himmelblau(s.view(1, -1), s.view(-1, 1))).log(), origin="lower", extent=(-6, 6, -6, 6))
    for n, t in trajectories.items(): ax.plot(*t.unbind(1), label=n)
    ax.legend(); ax.set_xlabel("u"); ax.set_ylabel("v")
    return f
