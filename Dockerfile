# The grader in an image: `grade` is the command, the course lies in /course. Run without words it is the autograder of
# whatever platform it finds itself on.
#
#   docker build --build-arg TORCH_INDEX=URL -t grade .    URL: an index with torch's CPU builds; else several GB come
#   docker run --rm --network=none -v "$PWD/class:/class:ro" -v "$PWD/results:/results" grade run sinenet /class -o /results
#
# ASSIGNMENT names the one that the image is for, where the platform does not say which (or set $GRADE_ASSIGNMENT).
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
# What only the building and testing of packages needs: a sixth of the image.
RUN cd /opt/grade/lib/python3*/site-packages \
    && rm -rf torch/test torch/include torch/share pip pip-* setuptools setuptools-* /opt/grade/bin/pip* \
    && find torch/bin -type f ! -name torch_shm_manager -delete

FROM ${BASE}
RUN --mount=type=secret,id=aptconf,target=/etc/apt/apt.conf.d/99-build \
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
COPY --from=build /opt/grade /opt/grade
COPY assignments /course/assignments
COPY solutions /course/solutions
# Where a container gives neither Landlock nor namespaces, these modes are what hides the solutions.
RUN chmod 0700 /course/solutions
ARG ASSIGNMENT=
# With the last two `grade` need not start over to have them.
ENV PATH=/opt/grade/bin:/usr/bin:/bin LANG=C.UTF-8 GRADE_COURSE=/course GRADE_ASSIGNMENT=${ASSIGNMENT} \
    PYTHONHASHSEED=0 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
WORKDIR /course
ENTRYPOINT ["grade"]
CMD ["platform", "auto"]
