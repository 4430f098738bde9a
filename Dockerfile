# The grader in an image: `grade` is the command, the course lies in /course.
#
#   docker build --build-arg TORCH_INDEX=URL -t grade .    URL: an index with torch's CPU builds; else several GB come
#   docker run --rm --network=none -v "$PWD/class:/class:ro" -v "$PWD/results:/results" grade run sinenet /class -o /results
#
# The build may be given pip's and apt's settings as secrets (`pipconf`, `aptconf`); nothing of them stays inside.
ARG BASE=debian:bookworm-slim
FROM ${BASE} AS build
RUN --mount=type=secret,id=aptconf,target=/etc/apt/apt.conf.d/99-build \
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-venv
COPY pyproject.toml constraints.txt README.md LICENSE /source/
COPY grader /source/grader
COPY templates /source/templates
COPY assignments /source/assignments
ARG TORCH_INDEX=
RUN --mount=type=secret,id=pipconf,target=/etc/pip.conf \
    python3 -m venv /opt/grade \
    && /opt/grade/bin/pip install --quiet --no-cache-dir --constraint /source/constraints.txt \
       ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} /source

FROM ${BASE}
RUN --mount=type=secret,id=aptconf,target=/etc/apt/apt.conf.d/99-build \
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
COPY --from=build /opt/grade /opt/grade
COPY assignments /course/assignments
COPY solutions /course/solutions
# Where a container gives neither Landlock nor namespaces, these modes are what hides the solutions.
RUN chmod 0700 /course/solutions
ENV PATH=/opt/grade/bin:/usr/bin:/bin LANG=C.UTF-8
WORKDIR /course
ENTRYPOINT ["grade"]
