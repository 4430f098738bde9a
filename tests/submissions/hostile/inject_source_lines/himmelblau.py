def himmelblau(u, v):
    raise ValueError  # </code></pre><script>alert(1)</script><style>*{display:none}</style>


def gradient(u, v):
    return u["<script>alert(1)</script>"], "--><svg/onload=alert(1)>"


def optimize(make_optimizer, u0, v0, num_steps=100):
    assert not "{{ config }}{% raw %}<iframe srcdoc='<script>alert(1)</script>'></iframe>"
